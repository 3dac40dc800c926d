"""The resolver: what it asks, and what it makes of answers good and bad."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

from alliancebib.errors import UnreachableError, UsageError
from alliancebib.model import Name, Origin, PartialDate, Reference
from alliancebib.resolvers._wanted import LONGEST_QUERY
from alliancebib.resolvers.crossref import SELECTED, Crossref, make
from alliancebib.web import Answer, Visit
from alliancebib.web.client import HttpWeb
from registries import Registries
from services import Said, Scripted, StandIn, record, standin

SICI = "10.1002/(sici)1097-461x(1998)66:4<261::aid-qua1>3.0.co;2-t"
RECORDS = [
    record(
        "10.5555/ALLISON", "Protective integration and security", ("Roy", "Allison"), 2018, "CJIP", ("11", "3", "297")
    ),
    record("10.5555/aris", "Collective security treaty organization", ("Stephen", "Aris"), 2014, kind="book-chapter"),
    record(SICI, "Renormalized perturbation theory", ("A", "Author"), 1998),
    record("10.5555/a,b", "A comma in its name", ("B", "Author"), 2001),
    *(record(f"10.5555/n{number}", f"Number {number}", ("C", "Author"), 2000) for number in range(60)),
]


class FakeWeb:
    """Answers from a table of paths, or with one answer for all; keeps what was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, str]]] = []

    def ask(self, url: str, *, params: Mapping[str, str] | None = None, accept: str = "application/json") -> Answer:
        self.asked.append((url, dict(params or {})))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def visit(self, url: str) -> Visit:
        raise AssertionError


def said(message: object, status: int = 200, kind: str = "application/json") -> Answer:
    body = message if isinstance(message, bytes) else json.dumps({"status": "ok", "message": message}).encode()
    return Answer(url="u", status=status, headers={"content-type": kind}, body=body)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with standin(RECORDS, tmp_path_factory.mktemp("corpus")) as running:
        yield running


@pytest.fixture
def crossref(service: StandIn, tmp_path: Path) -> Iterator[Crossref]:
    clock_free = {"sleep": lambda _: None}  # the stand-in does not enforce its limits here
    with HttpWeb(cache=tmp_path / "c", **clock_free) as web:  # type: ignore[arg-type]
        yield make(web, base_url=service.url)


def test_search_finds_the_work(crossref: Crossref) -> None:
    wanted = Reference(title="Collective security treaty organization", author=(Name(family="Aris"),))
    found = crossref.search(wanted, limit=3)
    assert found[0].doi == "10.5555/aris"
    assert found[0].kind == "chapter"
    assert len(found) <= 3


@pytest.mark.parametrize("doi", ["10.5555/allison", SICI, "10.5555/a,b"])
def test_lookup_of_any_doi(crossref: Crossref, doi: str) -> None:
    found = crossref.lookup(doi)
    assert found is not None
    assert found.doi == doi


@pytest.mark.parametrize("doi", ["10.5555/missing", "no doi", "", "10.5555", "../works"])
def test_lookup_of_what_is_not_there(crossref: Crossref, doi: str) -> None:
    assert crossref.lookup(doi) is None


def test_many_dois_are_looked_up_in_few_questions(service: StandIn, crossref: Crossref) -> None:
    before = service.stats()["requests"]
    dois = [f"10.5555/N{number}" for number in range(60)]
    found = crossref.lookup_many([*dois, "10.5555/a,b", "10.5555/missing", SICI])
    assert list(found) == [*(doi.lower() for doi in dois), "10.5555/a,b", SICI]
    assert service.stats()["requests"] - before == 4  # two batches, the comma, the missing one once more


def test_what_is_sent_is_the_citation_and_no_more() -> None:
    web = FakeWeb(said({"items": []}))
    reference = Reference(
        id="secret",
        title="A title",
        author=(Name(family="Aris", given="Stephen"), Name(literal="NATO"), Name(others=True)),
        container_title="Handbook",
        issued=PartialDate(year=2014),
        note="private",
        origins=(Origin(raw="the whole line", page="my-list.txt"),),
    )
    make(web, base_url="https://api.example.org/v1/works/", mail="me@example.org").search(reference, limit=7)
    (url, params), *_ = web.asked
    assert url == "https://api.example.org/v1/works"
    assert params["query.bibliographic"] == "A title Aris NATO Handbook 2014"
    assert (params["rows"], params["mailto"]) == ("7", "me@example.org")
    assert set(params) == {"query.bibliographic", "rows", "select", "mailto"}
    make(web, base_url="https://api.example.org", mail="").search(reference)
    assert "mailto" not in web.asked[1][1]


def test_a_line_that_was_not_understood_is_sent_as_it_stands() -> None:
    web = FakeWeb(said({"items": []}))
    raw = "Aris S\n  Coll. Sec.\x00 2014;3:4"
    make(web).search(Reference(title=raw, origins=(Origin(raw=raw),)))
    assert web.asked[0][1]["query.bibliographic"] == "Aris S Coll. Sec.\x00 2014;3:4"
    assert make(web).search(Reference()) == ()
    make(web).search(Reference(title="word " * 1000))
    assert len(web.asked[1][1]["query.bibliographic"]) <= LONGEST_QUERY
    assert len(web.asked) == 2


def test_a_doi_is_escaped_in_the_path() -> None:
    web = FakeWeb(said(b"Resource not found.", 404, "text/plain"))
    assert make(web, base_url="http://x.example").lookup(SICI + "/a%2Fb?c#d") is None
    url = web.asked[0][0]
    assert unquote(url) == f"http://x.example/works/{SICI}/a%2Fb?c#d"
    assert not set("<>;?# ") & set(url.removeprefix("http://"))
    assert url.count("/") == 5


@pytest.mark.parametrize(
    "answer",
    [
        said(b"<html>not here</html>", 404, "text/html; charset=utf-8"),
        said(b"forbidden", 403),
        said(b"who", 401),
        said(b"moved", 302),
        said([], 200),
        said(b"[]", 200),
        said(b"", 200),
        said(b"{", 200),
    ],
)
def test_odd_answers_are_no_crash_and_no_proof_of_absence(answer: Answer) -> None:
    resolver = make(FakeWeb(answer), base_url="https://service.example")
    with pytest.raises(UnreachableError, match=r"service\.example"):
        resolver.lookup("10.5555/x")
    with pytest.raises(UnreachableError, match=r"service\.example"):
        resolver.search(Reference(title="A"))


@pytest.mark.parametrize("message", [{}, {"title": ["A work"]}, {"items": []}, {"DOI": ""}])
def test_a_message_without_a_doi_is_no_record(message: dict[str, object]) -> None:
    with pytest.raises(UnreachableError, match="not with a record"):
        make(FakeWeb(said(message)), base_url="https://service.example").lookup("10.5555/x")


def test_one_doi_that_the_service_stumbles_over_costs_no_other(tmp_path: Path) -> None:
    """It comes first, and is of the kind that nobody can tell by its form."""
    dois = ["10.5555/bad", *(f"10.5555/n{number}" for number in range(12)), "no doi", "10.5555/white space"]
    registries = Registries(RECORDS)
    for status in (400, 500):

        def stumbling(path: str, _: int, status: int = status) -> Said:
            return Said(status, b'{"message": [{"message": "odd"}]}') if "bad" in path else registries.answer(path)

        with (
            Scripted(stumbling) as server,
            HttpWeb(cache=tmp_path / f"c{status}", sleep=lambda _: None) as web,
        ):
            found = make(web, base_url=server.url).lookup_many(dois)
            filters = [unquote(path) for path, _ in server.asked if "filter" in path]
        assert [doi for doi, work in found.items() if isinstance(work, Reference)] == dois[1:13]
        assert isinstance(found.pop("10.5555/bad"), UnreachableError)
        assert list(found) == dois[1:13]
        assert not any("white" in path or "no doi" in path for path in filters)


def test_items_of_the_wrong_shape_are_passed_over() -> None:
    items = [None, 7, {}, {"title": ["no DOI"]}, {"DOI": "10.5555/ok"}]
    assert [work.doi for work in make(FakeWeb(said({"items": items}))).search(Reference(title="A"))] == ["10.5555/ok"]
    with pytest.raises(UnreachableError):
        make(FakeWeb(said({"items": None}))).search(Reference(title="A"))


def test_a_service_that_does_not_know_a_name_is_asked_for_whole_records() -> None:
    failure = json.dumps({"message": [{"type": "x", "value": "y", "message": "no such element"}]}).encode()
    web = FakeWeb(said(failure, 400), said({"items": [{"DOI": "10.5555/1"}]}))
    assert len(make(web).search(Reference(title="A"))) == 1
    assert "select" not in web.asked[1][1]
    with pytest.raises(UnreachableError, match="no such element"):
        make(FakeWeb(said(failure, 400))).search(Reference(title="A"))


@pytest.mark.parametrize("base_url", ["", "api.crossref.org", "ftp://x.example", "http://"])
def test_a_wrong_base_url_is_told_at_once(base_url: str) -> None:
    with pytest.raises(UsageError):
        make(FakeWeb(said({})), base_url=base_url)


def test_selected_names_are_those_of_the_api() -> None:
    # https://api.crossref.org/swagger-ui/index.html, parameter `select`
    known = """abstract URL member posted score created degree update-policy short-title license ISSN container-title
        issued update-to issue prefix approved indexed article-number clinical-trial-number accepted author group-title
        DOI is-referenced-by-count updated-by event chair standards-body original-title funder translator archive
        published-print alternative-id subject subtitle published-online publisher-location content-domain reference
        title link type publisher volume references-count ISBN issn-type assertion deposited page content-created
        short-container-title relation editor""".split()
    assert set(SELECTED) <= set(known)


def test_figures_and_grants_are_no_candidates() -> None:
    """A supplement bears the title of its article, and has a DOI of its own."""
    items = [
        record(f"10.5555/{kind}", "One title", ("A", "Author"), 2001, kind=kind) for kind in ("component", "grant")
    ]
    article = record("10.5555/article", "One title", ("A", "Author"), 2001)
    found = make(FakeWeb(said({"items": [*items, article]}))).search(Reference(title="One title"))
    assert [work.doi for work in found] == ["10.5555/article"]


@pytest.mark.parametrize("status", [401, 403])
def test_who_was_refused_does_not_ask_again(status: int) -> None:
    web = FakeWeb(said(b"forbidden", status))
    resolver = make(web)
    for number in range(3):
        with pytest.raises(UnreachableError, match=f"refuses to answer, status {status}"):
            resolver.search(Reference(title=f"Title number {number}"))
    with pytest.raises(UnreachableError):
        resolver.lookup("10.5555/1")
    assert len(web.asked) == 1
