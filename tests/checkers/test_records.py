"""Records of works, asked of made-up services: whose DOI is it, was it retracted, and what can nobody check?"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from alliancebib.checkers import records
from alliancebib.config import CheckSettings
from alliancebib.errors import UnreachableError
from alliancebib.finding import Finding, Report
from alliancebib.library import Library
from alliancebib.model import Name, Origin, PartialDate, Reference
from alliancebib.resolvers._records import record_to_reference
from alliancebib.verification import Services
from alliancebib.web import Answer, Visit
from services import record

SETTINGS = CheckSettings(doi_base_url="https://doi.test")
TITLE = "Protective integration and security policy coordination: Comparing the SCO and CSTO"
PLACE = ("The Chinese Journal of International Politics", ("11", "3", "297-338"))


def noted(**more: object) -> dict[str, object]:
    """Make the record of the article, with something that its registry notes of it."""
    return record("10.5555/allison", TITLE, ("Roy", "Allison"), 2018, *PLACE) | more


def update(kind: str, doi: str = "10.5555/notice", **more: object) -> dict[str, object]:
    return {"type": kind, "DOI": doi, "updated": {"date-parts": [[2024, 2, 1]]}} | more


ALLISON = Reference(
    id="allison",
    kind="article-journal",
    title=TITLE,
    author=(Name(family="Allison", given="Roy"),),
    issued=PartialDate(year=2018),
    container_title="The Chinese Journal of International Politics",
    volume="11",
    issue="3",
    page="297-338",
    doi="10.5555/allison",
    origins=(Origin(page="list.bib", line=3),),
)
NEWS = Reference(id="news", kind="article-newspaper", title="A headline", origins=(Origin(page="list.bib", line=9),))


class Registry:
    """A resolver over a table; batches are counted."""

    def __init__(self, *known: Mapping[str, object], name: str = "crossref", problem: str = "") -> None:
        self.name = name
        self.works = [record_to_reference(one) for one in known]
        self.problem = problem
        self.batches: list[int] = []

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        if self.problem:
            raise UnreachableError(self.problem)
        return tuple(self.works[:limit])

    def lookup(self, doi: str) -> Reference | None:
        return self.lookup_many([doi]).get(doi)

    def lookup_many(self, dois: Sequence[str]) -> dict[str, Reference]:
        if self.problem:
            raise UnreachableError(self.problem)
        self.batches.append(len(dois))
        return {work.doi: work for work in self.works if work.doi in dois}


class Agencies:
    """doi.org, which knows the agencies of some DOIs."""

    def __init__(self, agencies: Mapping[str, str], *, body: bytes = b"") -> None:
        self.agencies = agencies
        self.body = body
        self.asked: list[str] = []

    def ask(self, url: str, *, params: object = None, accept: str = "") -> Answer:
        assert url.startswith("https://doi.test/doiRA/")
        self.asked.append(url)
        dois = [unquote(part) for part in url.removeprefix("https://doi.test/doiRA/").split(",")]
        rows = [
            {"DOI": doi, "RA": self.agencies[doi]}
            if doi in self.agencies
            else {"DOI": doi, "status": "DOI does not exist"}
            for doi in dois
        ]
        return Answer(url=url, status=200, body=self.body or json.dumps(rows).encode())

    def visit(self, url: str) -> Visit:
        raise AssertionError(url)


NOBODY = Agencies({})


def checked(
    *references: Reference,
    services: Services,
    web: Agencies = NOBODY,
    told: Sequence[Finding] = (),
) -> Report:
    return records.check(Library(references, findings=told), services=services, web=web, settings=SETTINGS)


def asking(*registries: Registry, **agencies: Registry) -> Services:
    return Services(resolvers=registries, agencies=agencies)


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.severity)) for finding in report.findings]


def verdicts(report: Report) -> list[str]:
    return [state.verdict for state in report.records]


def test_a_record_that_agrees_is_said_and_no_finding() -> None:
    report = checked(ALLISON, services=asking(Registry(noted())))
    assert (found(report), verdicts(report), report.unavailable) == ([], ["agrees"], ())
    assert (report.records[0].by, report.records[0].doi) == ("crossref", "10.5555/allison")


def test_a_doi_of_another_work_is_an_error_that_names_it() -> None:
    other = record("10.5555/allison", "Alliances: why write them down?", ("James D.", "Morrow"), 2000)
    report = checked(ALLISON, services=asking(Registry(other)))
    assert (found(report), verdicts(report)) == ([("AB402", "error")], ["other-work"])
    assert "belongs to 'Alliances: why write them down?' (Morrow 2000)" in report.findings[0].message


def test_values_that_differ_are_told_with_both() -> None:
    report = checked(replace(ALLISON, volume="12"), services=asking(Registry(noted())))
    assert (found(report), verdicts(report)) == ([("AB404", "warning")], ["differs"])
    assert "'12' here and '11' at crossref" in report.findings[0].message


@pytest.mark.parametrize(
    ("kind", "code", "severity"),
    [
        ("retraction", "AB409", "error"),
        ("withdrawal", "AB409", "error"),
        ("removal", "AB409", "error"),
        ("partial_retraction", "AB409", "error"),
        ("expression_of_concern", "AB410", "warning"),
        ("Expression of concern", "AB410", "warning"),
        ("correction", "AB411", "note"),
        ("erratum", "AB411", "note"),
        ("corrigendum", "AB411", "note"),
        ("addendum", "AB411", "note"),
        ("new_version", "AB412", "note"),
        ("something_else", "", ""),
    ],
)
def test_each_update_has_its_code(kind: str, code: str, severity: str) -> None:
    registry = Registry(noted(**{"updated-by": [update(kind)]}))
    assert found(checked(ALLISON, services=asking(registry))) == ([(code, severity)] if code else [])


def test_a_retraction_is_told_with_label_notice_source_and_day() -> None:
    told = [
        update("retraction", label="Retraction notice", source="publisher"),
        update("retraction", source="retraction-watch"),
        update("correction"),
    ]
    report = checked(ALLISON, services=asking(Registry(noted(**{"updated-by": told}))))
    assert [finding.code for finding in report.findings] == ["AB409", "AB411"]
    assert report.findings[0].message == (
        "10.5555/allison was retracted: Retraction notice 10.5555/notice of 2024-02-01 (publisher); "
        "retraction 10.5555/notice of 2024-02-01 (retraction-watch)."
    )
    assert (report.findings[0].reference, report.findings[0].origin.line) == ("allison", 3)


@pytest.mark.parametrize(
    ("retracted", "again", "stands"),
    [
        ([2023, 5], [2024, 1, 9], True),
        ([2024, 1, 9], [2024, 1], True),
        ([2025, 1, 9], [2024, 1], False),
        (None, [2024], True),
    ],
)
def test_a_work_that_was_reinstated_stands_again(retracted: list[int] | None, again: list[int], stands: bool) -> None:
    updates = [
        update("retraction", updated={"date-parts": [retracted]} if retracted else None),
        update("Reinstatement", updated={"date-parts": [again]}, source="retraction-watch"),
    ]
    known = noted(**{"updated-by": updates})
    assert ("status" in record_to_reference(known).extra) is not stands
    report = checked(ALLISON, services=asking(Registry(known)))
    assert [found.code for found in report.findings] == ([] if stands else ["AB409"])


def test_a_work_retracted_in_place() -> None:
    """As Elsevier does: the record updates itself, and its title says so."""
    title = f"RETRACTED: {TITLE}"
    in_place = noted(title=[title], **{"update-to": [update("retraction", "10.5555/allison")]})
    assert found(checked(ALLISON, services=asking(Registry(in_place)))) == [("AB409", "error")]


def test_a_title_alone_may_say_it() -> None:
    registry = Registry(noted(title=[f"[Retracted] {TITLE}"]))
    assert found(checked(ALLISON, services=asking(registry))) == [("AB409", "error")]
    told = replace(ALLISON, title=f"RETRACTED: {TITLE}")
    assert found(checked(told, services=asking(registry))) == [("AB409", "warning")]


def test_who_cites_the_notice_is_not_accused() -> None:
    names_other = {"update-to": [update("retraction", "10.5555/original")]}
    for title in (f"Retraction: {TITLE}", f"Retracted: {TITLE}", f"Retraction notice to “{TITLE}”"):
        notice = replace(ALLISON, title=title)
        assert found(checked(notice, services=asking(Registry(noted(title=[title], **names_other))))) == []


def test_a_preprint_that_was_published() -> None:
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/article", "asserted-by": "subject"}]}
    preprint = record("10.5555/allison", TITLE, ("Roy", "Allison"), 2018, kind="posted-content", relation=relation)
    report = checked(replace(ALLISON, kind="article", container_title=""), services=asking(Registry(preprint)))
    (finding,) = (finding for finding in report.findings if finding.code == "AB412")
    assert (finding.severity, finding.fix) == ("note", "10.5555/article")


def test_dois_unknown_to_crossref_are_asked_of_their_agency() -> None:
    theirs = {
        "10.5555/data": "DataCite",
        "10.5555/lost": "Crossref",
        "10.5555/gone": "DataCite",
        "10.5555/a,b": "mEDRA",
        "10.5555/odd": "Unknown",
    }
    cited = [replace(ALLISON, id=doi, doi=doi) for doi in (*theirs, "10.5555/typo")]
    web = Agencies(theirs)
    datacite = Registry(
        record("10.5555/data", TITLE, ("Roy", "Allison"), 2018, *PLACE), record("10.5555/typo", "x", ("", "y"), 1)
    )
    report = checked(*cited, services=asking(Registry(), DataCite=datacite), web=web)
    assert verdicts(report) == ["agrees", "unknown", "unknown", "not-checkable", "not-checkable", "unknown"]
    assert found(report) == [("AB407", "warning"), ("AB407", "warning"), ("AB408", "note"), ("AB408", "note")]
    assert web.asked == [f"https://doi.test/doiRA/{','.join(theirs).replace('a,b', 'a%2Cb')},10.5555/typo"]
    assert datacite.batches == [2]
    assert "mEDRA" in report.findings[2].message


def test_dois_are_asked_fifty_at_a_time() -> None:
    cited = [replace(ALLISON, id=f"r{number}", doi=f"10.5555/{number}") for number in range(120)]
    registry, web = Registry(), Agencies({})
    checked(*cited, services=asking(registry), web=web)
    assert sorted(registry.batches) == [20, 50, 50]
    assert len(web.asked) == 3


def test_what_is_no_doi_is_asked_of_no_agency() -> None:
    web = Agencies({})
    report = checked(replace(ALLISON, doi="doi.org/10.5555"), services=asking(Registry()), web=web)
    assert (verdicts(report), found(report), web.asked) == (["unknown"], [], [])


def test_a_work_that_nobody_knows_is_named_with_the_nearest() -> None:
    unstated = replace(ALLISON, doi="")
    near = [record(f"10.5555/{number}", TITLE, ("Another", "Author"), 1990 + number, *PLACE) for number in range(5)]
    report = checked(unstated, services=asking(Registry(*near)))
    assert (found(report), verdicts(report)) == ([("AB403", "warning")], ["not-found"])
    assert report.findings[0].message.count("10.5555/") == 3
    assert "author" in report.findings[0].message
    both = asking(Registry(), Registry(name="datacite"))
    report = checked(unstated, services=both)
    assert (found(report), verdicts(report)) == ([("AB405", "warning")], ["not-found"])
    assert "crossref and datacite know no work" in report.findings[0].message
    assert "no proof" in report.findings[0].message


def test_datacite_is_asked_too_before_it_is_said_that_nobody_knows_a_work() -> None:
    unstated = replace(ALLISON, doi="")
    other = record("10.5555/fish", "Fish of the northern seas", ("Ann", "Roe"), 1990)
    datacite = Registry(name="datacite")
    report = checked(unstated, services=asking(Registry(other), DataCite=datacite))
    assert (found(report), verdicts(report)) == ([("AB405", "warning")], ["not-found"])
    message = report.findings[0].message
    assert "crossref and datacite know no work" in message
    assert "The nearest: (1) 10.5555/fish 'Fish of the northern seas' (Roe 1990)." in message
    known = Registry(record("10.5555/data", TITLE, ("Roy", "Allison"), 2018, *PLACE), name="datacite")
    report = checked(unstated, services=asking(Registry(), DataCite=known))
    assert found(report) == [("AB413", "note")]
    silent = asking(Registry(), DataCite=Registry(name="datacite", problem="down"))
    report = checked(unstated, services=silent)
    assert "crossref knows no work" in report.findings[0].message


@pytest.mark.parametrize(("kind", "severity"), [("book", "note"), ("thesis", "note"), ("paper-conference", "warning")])
def test_that_a_work_is_not_found_says_little_of_kinds_without_dois(kind: str, severity: str) -> None:
    report = checked(replace(ALLISON, doi="", kind=kind), services=asking(Registry()))
    assert found(report) == [("AB405", severity)]


def test_a_doi_that_is_not_stated_is_offered_and_its_updates_told() -> None:
    registry = Registry(noted(**{"updated-by": [update("retraction")]}))
    report = checked(replace(ALLISON, doi=""), services=asking(registry))
    assert found(report) == [("AB413", "note"), ("AB409", "error")]
    assert (report.findings[0].fix, verdicts(report)) == ("10.5555/allison", ["agrees"])


def test_news_are_not_checkable_and_never_good() -> None:
    page = replace(NEWS, id="page", kind="webpage")
    report = checked(NEWS, page, services=asking(Registry()))
    assert (verdicts(report), found(report)) == (["not-checkable", "not-checkable"], [])
    assert report.unavailable == ()


def test_a_service_that_is_away_is_named_and_nothing_is_accused() -> None:
    away = Registry(problem="api.test could not be reached (gone)")
    report = checked(ALLISON, replace(ALLISON, id="b", doi=""), NEWS, services=asking(away))
    assert (found(report), verdicts(report)) == ([], ["not-asked", "not-asked", "not-checkable"])
    assert report.unavailable == ("2 of 2 works could not be looked up: api.test could not be reached (gone)",)


@pytest.mark.parametrize("body", [b"<html>Log in</html>", b"[]", b"{}", b'[{"DOI": 7}]'])
def test_an_odd_answer_of_doi_org_settles_nothing(body: bytes) -> None:
    report = checked(ALLISON, services=asking(Registry()), web=Agencies({}, body=body))
    assert (found(report), verdicts(report)) == ([], ["not-asked"])
    assert "doi.test" in report.unavailable[0]


def test_without_services_nobody_was_asked() -> None:
    report = checked(ALLISON, services=Services())
    assert (verdicts(report), len(report.unavailable)) == (["not-asked"], 1)


def test_what_enrichment_has_told_is_not_told_again() -> None:
    unstated = replace(ALLISON, doi="")
    registry = Registry()
    told = Finding.of("AB405", "crossref knows no such work.", reference="allison")
    report = checked(unstated, services=asking(registry), told=[told])
    assert (found(report), verdicts(report)) == ([], ["not-found"])


def test_what_people_decided_is_not_doubted() -> None:
    other = record("10.5555/allison", "Alliances: why write them down?", ("James D.", "Morrow"), 2000)
    services = Services(resolvers=(Registry(other),), decided={"allison": "10.5555/allison", "none": ""})
    report = checked(ALLISON, replace(ALLISON, id="none", doi=""), services=services)
    assert verdicts(report) == ["differs", "not-checkable"]
    assert "AB402" not in {finding.code for finding in report.findings}
    assert {finding.reference for finding in report.findings} == {"allison"}


def test_after_the_deadline_what_is_left_is_named() -> None:
    late = CheckSettings(deadline=1e-6)
    report = records.check(
        Library([replace(ALLISON, id=f"r{number}", doi="") for number in range(50)]),
        services=asking(Registry()),
        web=NOBODY,
        settings=late,
    )
    assert "not-asked" in verdicts(report)
    assert "deadline" in report.unavailable[0]


class Stopping(Registry):
    """Somebody presses Ctrl-C while it is asked about the works of a certain name, and later."""

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        if "Stop" in reference.title:
            time.sleep(0.3)  # what came before is answered
            raise KeyboardInterrupt
        return super().search(reference, limit=limit)


def test_what_was_found_before_ctrl_c_is_told() -> None:
    retracted = noted(**{"updated-by": [update("retraction")]})
    stated = [ALLISON, replace(ALLISON, id="unknown", doi="10.5555/unknown")]
    late = [replace(ALLISON, id=f"late{number}", doi="", title="Stop here") for number in range(9)]
    services = Services(resolvers=(Stopping(retracted),))
    report = records.check(Library([*stated, *late]), services=services, web=NOBODY, settings=SETTINGS)
    assert report.stopped
    assert [state.verdict for state in report.records] == ["agrees", *["not-asked"] * 10]
    assert [(one.code, one.reference) for one in report.findings] == [("AB409", "allison")]
    assert report.unavailable == ("Stopped: 10 of 11 works were not looked up.",)
