"""Completing: the right DOI or none, once, and the same again without network; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliancebib.decisions import Decisions
from alliancebib.enrichment import Enriched, enrich, renew
from alliancebib.errors import OfflineError, UnreachableError
from alliancebib.finding import LinkState, Severity, Verdict
from alliancebib.library import Library
from alliancebib.lock import Lock, load_lock, lock_text
from alliancebib.model import Name, Origin, PartialDate, Reference, reference_id
from alliancebib.resolvers import Resolver
from alliancebib.resolvers.crossref import make
from alliancebib.web.client import HttpWeb
from services import Jumps, record, standin

TODAY = date(2026, 11, 23)


def work(title: str, author: str, year: int, **fields: object) -> Reference:
    """Make a reference as a page has it."""
    raw = f"{author} ({year}). {title}."
    made = Reference(
        id=reference_id("list.txt", raw),
        kind="article-journal",
        title=title,
        author=(Name(family=author.partition(",")[0], given=author.partition(", ")[2]),),
        issued=PartialDate(year=year),
        origins=(Origin(page="list.txt", line=1, raw=raw),),
    )
    return replace(made, **fields)


ALLISON = work(
    "Protective integration and security policy coordination: Comparing the SCO and CSTO",
    "Allison, R.",
    2018,
    container_title="The Chinese Journal of International Politics",
    volume="11",
    issue="3",
    page="297-338",
)
ARIS = work(
    "Collective security treaty organization",
    "Aris, S.",
    2014,
    kind="chapter",
    container_title="Handbook of governance and security",
    page="554-570",
)
ABSENT = work("Military drills of small alliances in cold regions", "Nobody, N.", 2019)
NEWS = work("Armenia freezes its membership", "Agency", 2024, kind="article-newspaper")
PAGE = work("Website", "Site", 2024, kind="webpage", url="https://odkb-csto.org/")

RECORDS = [
    record(
        "10.5555/allison",
        "Protective Integration and Security Policy Coordination: Comparing the SCO and CSTO",
        ("Roy", "Allison"),
        2018,
        "The Chinese Journal of International Politics",
        ("11", "3", "297-338"),
        publisher="Oxford University Press (OUP)",
    ),
    record(
        "10.5555/aris",
        "Collective Security Treaty Organization",
        ("Stephen", "Aris"),
        2014,
        "Handbook of Governance and Security",
        ("", "", "554-570"),
        "book-chapter",
    ),
    record(
        "10.5555/hoffmann",
        "Collective Security Treaty Organization",
        ("Stanley", "Hoffmann"),
        2012,
        "Another Handbook",
        ("", "", "100-110"),
        "book-chapter",
    ),
]


class Service:
    """A resolver over a table; counts what it is asked; may be out of order."""

    name = "crossref"

    def __init__(self, *works: Reference, problem: BaseException | None = None) -> None:
        self.works = works
        self.problem = problem
        self.asked: list[str] = []

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        self.asked.append(reference.title)
        if self.problem:
            raise self.problem
        return self.works[:limit]

    def lookup(self, doi: str) -> Reference | None:
        self.asked.append(doi)
        if self.problem:
            raise self.problem
        return next((known for known in self.works if known.doi == doi), None)


def known(reference: Reference, doi: str, **fields: object) -> Reference:
    """Make the record that a service has of a reference."""
    changes = {"id": "", "origins": (), "doi": doi, "publisher": "A Press"} | fields
    return replace(reference, **changes)


def run(
    references: Sequence[Reference],
    *resolvers: Resolver,
    lock: Lock = Lock(),
    decisions: Decisions = Decisions(),
    today: date = TODAY,
    threshold: float = 0.9,
) -> Enriched:
    return enrich(
        Library(references), resolvers=resolvers, lock=lock, decisions=decisions, threshold=threshold, today=today
    )


def codes(enriched: Enriched) -> list[str]:
    return [found.code for found in enriched.findings]


@pytest.fixture
def resolver(tmp_path: Path) -> Iterator[Resolver]:
    """The real resolver over the stand-in, without waiting."""
    clock = Jumps()
    with (
        standin(RECORDS, tmp_path) as service,
        HttpWeb(cache=tmp_path / "c", clock=clock, sleep=clock.sleep) as web,
    ):
        yield make(web, base_url=service.url)


def test_the_right_doi_or_none(resolver: Resolver) -> None:
    enriched = run([NEWS, ALLISON, ARIS, ABSENT, PAGE], resolver)
    assert [reference.doi for reference in enriched.library] == ["", "10.5555/allison", "10.5555/aris", "", ""]
    allison = enriched.library[1]
    assert (allison.title, allison.publisher) == (ALLISON.title, "Oxford University Press (OUP)")
    assert allison.provenance[-1].actor == "crossref"
    assert enriched.library.references[0] == NEWS
    assert (enriched.asked, enriched.cached, enriched.accepted, enriched.not_asked) == (3, 0, 2, 0)
    assert set(codes(enriched)) <= {"AB403", "AB405"}


def test_the_lock_gives_the_same_again_without_asking(resolver: Resolver, tmp_path: Path) -> None:
    first = run([ALLISON, ARIS, ABSENT], resolver)
    (tmp_path / "the.lock").write_text(lock_text(first.lock), "utf-8")
    silent = Service(problem=UnreachableError("x.example could not be reached (gone)"))
    again = run([ALLISON, ARIS, ABSENT], silent, lock=load_lock(tmp_path / "the.lock"), today=date(2026, 12, 1))
    assert silent.asked == []
    assert again.library == first.library
    assert lock_text(again.lock) == lock_text(first.lock)
    assert (again.asked, again.cached, again.not_asked) == (0, 3, 0)
    assert "3 answered from the lock" in again.summary


def test_a_line_that_changed_is_asked_again() -> None:
    service = Service(known(ALLISON, "10.5555/allison"))
    first = run([ALLISON], service)
    changed = replace(ALLISON, id="other")
    again = run([changed], service, lock=first.lock)
    assert again.asked == 1
    assert list(again.lock.works) == ["other"]  # what the old line got is dropped


def test_nothing_is_attached_that_title_author_and_year_do_not_support() -> None:
    others = [
        known(ALLISON, "10.5555/1", author=(Name(family="Other", given="A."),)),
        known(ALLISON, "10.5555/2", issued=PartialDate(year=2001)),
        known(ALLISON, "10.5555/3", title="Protective clothing"),
    ]
    for other in others:
        enriched = run([ALLISON], Service(other))
        assert enriched.library[0] == ALLISON
        assert enriched.accepted == 0


def test_a_doubtful_work_is_told_with_its_candidates() -> None:
    near = [
        known(ALLISON, f"10.5555/{number}", author=(Name(family="Other"),), issued=PartialDate(year=2001 + number))
        for number in range(5)
    ]
    enriched = run([ALLISON], Service(*near))
    (found,) = enriched.findings
    assert found.code == "AB403"
    assert found.reference == ALLISON.id
    assert found.origin.page == "list.txt"
    assert sum(f"10.5555/{number}" in found.message for number in range(5)) == 3
    assert "author" in found.message
    assert enriched.doubtful == 1


def test_what_no_service_knows_is_a_warning() -> None:
    enriched = run([ALLISON], Service())
    assert codes(enriched) == ["AB405"]
    assert enriched.findings[0].severity is Severity.WARNING
    assert enriched.lock.open[ALLISON.id].verdict == "none"


def test_open_answers_are_asked_again_after_a_month_or_with_another_threshold() -> None:
    first = run([ALLISON], Service())
    service = Service()
    assert run([ALLISON], service, lock=first.lock, today=TODAY + timedelta(days=29)).cached == 1
    assert service.asked == []
    assert run([ALLISON], service, lock=first.lock, threshold=0.8).asked == 1
    assert run([ALLISON], service, lock=first.lock, today=TODAY - timedelta(days=1)).cached == 1
    assert run([ALLISON], service, lock=first.lock, today=TODAY - timedelta(days=2)).asked == 1  # a clock was wrong
    later = run([ALLISON], service, lock=first.lock, today=TODAY + timedelta(days=31))
    assert (later.asked, later.lock.open[ALLISON.id].date) == (1, "2026-12-24")
    broken = Service(problem=UnreachableError("x could not be reached (gone)"))
    kept = run([ALLISON], broken, lock=first.lock, today=TODAY + timedelta(days=99))
    assert (kept.cached, kept.not_asked, kept.lock) == (1, 0, first.lock)


def test_people_decide_before_anyone_else() -> None:
    service = Service(known(ALLISON, "10.5555/allison"), known(ARIS, "10.5555/aris"))
    decisions = Decisions(doi={ALLISON.id: "10.5555/ARIS", ARIS.id: ""})
    enriched = run([ALLISON, ARIS], service, decisions=decisions)
    assert [reference.doi for reference in enriched.library] == ["10.5555/aris", ""]
    assert service.asked == ["10.5555/aris"]
    assert "AB402" not in codes(enriched)
    assert enriched.library[0].provenance[-2].actor == "human"
    assert enriched.library[0].title == ALLISON.title


def test_a_decision_that_is_taken_back_leaves_no_doi_behind() -> None:
    service = Service(known(ARIS, "10.5555/aris"))
    wrong = Decisions(doi={ALLISON.id: "10.5555/aris"})
    first = run([ALLISON], service, decisions=wrong)
    assert first.library[0].doi == "10.5555/aris"
    assert run([ALLISON], Service(), lock=first.lock, decisions=wrong).cached == 1
    for again in (run([ALLISON], service, lock=first.lock), run([ALLISON], lock=first.lock)):
        assert again.library[0].doi == ""
        assert again.accepted == 0


def test_a_higher_threshold_holds_for_locked_records_too() -> None:
    service = Service(known(ARIS, "10.5555/aris", page=""))
    first = run([ARIS], service)
    score = first.lock.works[ARIS.id].score
    assert run([ARIS], service, lock=first.lock, threshold=score - 0.01).cached == 1
    strict = run([ARIS], service, lock=first.lock, threshold=score + 0.001)
    assert (strict.cached, strict.accepted, strict.library[0].doi) == (0, 0, "")


def test_a_decision_without_network_still_holds() -> None:
    broken = Service(problem=UnreachableError("x could not be reached (gone)"))
    enriched = run([ALLISON], broken, decisions=Decisions(doi={ALLISON.id: "10.5555/allison"}))
    assert enriched.library[0].doi == "10.5555/allison"


def test_a_stated_doi_is_verified_and_kept() -> None:
    right = replace(ALLISON, doi="10.5555/allison")
    wrong = replace(ALLISON, id="wrong", doi="10.5555/aris")
    unknown = replace(ARIS, doi="10.5555/typo")
    service = Service(known(ALLISON, "10.5555/allison"), known(ARIS, "10.5555/aris"))
    enriched = run([right, wrong, unknown, replace(NEWS, doi="10.5555/none")], service)
    assert [reference.doi for reference in enriched.library] == [
        "10.5555/allison",
        "10.5555/aris",
        "10.5555/typo",
        "10.5555/none",
    ]
    assert codes(enriched) == ["AB402", "AB401", "AB401"]
    other, missing, _ = enriched.findings
    assert "Aris" in other.message
    assert "Allison" in other.message
    assert other.severity is Severity.ERROR
    assert missing.severity is Severity.WARNING
    assert enriched.library[0].publisher == "A Press"
    assert enriched.library[1].publisher == ""
    again = run([right, wrong, unknown], Service(), lock=enriched.lock)
    assert (again.cached, codes(again)) == (3, ["AB402", "AB401"])


def test_a_doi_on_a_line_that_speaks_of_something_else_completes_nothing() -> None:
    raw = "Fish and chips in the north of England, doi:10.5555/allison"
    line = Reference(
        id="fish", kind="document", title=raw, doi="10.5555/allison", origins=(Origin(page="x", line=1, raw=raw),)
    )
    enriched = run([line], Service(known(ALLISON, "10.5555/allison")))
    assert codes(enriched) == ["AB402"]
    assert "of which the line says nothing" in enriched.findings[0].message
    assert enriched.library[0] == line
    told = replace(
        line, title=(said := "Allison, Chinese Journal 2018 doi:10.5555/allison"), origins=(Origin(raw=said),)
    )
    assert run([told], Service(known(ALLISON, "10.5555/allison"))).library[0].author == ALLISON.author


@pytest.mark.parametrize(
    "stated",
    [
        {"issued": PartialDate(year=2017), "author": ()},
        {"title": ALLISON.title.partition(":")[0], "author": (Name(family="Allison", given="R."), Name(others=True))},
        {"kind": "book", "container_title": "", "author": ()},
    ],
)
def test_a_stated_doi_is_believed_where_title_people_and_year_bear_it_out(stated: dict[str, object]) -> None:
    reference = replace(ALLISON, doi="10.5555/allison", **stated)
    enriched = run([reference], Service(known(ALLISON, "10.5555/allison")))
    assert enriched.accepted == 1
    assert "AB402" not in codes(enriched)


@pytest.mark.parametrize(
    "stated",
    [
        {"author": (Name(family="Aris", given="S."),), "volume": "", "page": ""},
        {"title": "Protective clothing in security services", "author": ()},
        {"issued": PartialDate(year=1999), "author": (), "container_title": "", "volume": "", "page": ""},
    ],
)
def test_a_stated_doi_whose_record_speaks_against_it_is_another_works(stated: dict[str, object]) -> None:
    reference = replace(ALLISON, doi="10.5555/allison", **stated)
    assert codes(run([reference], Service(known(ALLISON, "10.5555/allison")))) == ["AB402"]


def test_the_reason_is_told_when_two_titles_look_the_same() -> None:
    notice = known(replace(ARIS, title=f"{ARIS.title} (erratum)"), "10.5555/erratum")
    (found,) = run([replace(ARIS, doi="10.5555/erratum")], Service(notice)).findings
    assert found.message.endswith(": only one is marked as erratum.")


def test_a_person_may_accept_a_doi_that_looks_wrong() -> None:
    wrong = replace(ALLISON, doi="10.5555/aris")
    service = Service(known(ARIS, "10.5555/aris"))
    first = run([wrong], service)
    assert codes(first) == ["AB402"]
    accepted = run([wrong], service, lock=first.lock, decisions=Decisions(doi={wrong.id: "10.5555/aris"}))
    assert "AB402" not in codes(accepted)
    assert accepted.accepted == 1


def test_contradictions_are_told_and_change_nothing() -> None:
    enriched = run([ALLISON], Service(known(ALLISON, "10.5555/allison", volume="12")))
    assert enriched.library[0].doi == "10.5555/allison"
    assert enriched.library[0].volume == "11"
    assert codes(enriched) == ["AB404"]
    assert ("volume", "12") in enriched.library[0].provenance[-1].refused


def test_without_network_one_sentence_and_nothing_changed() -> None:
    problem = UnreachableError("api.example.org could not be reached (the connection is refused)", help="Try later.")
    before = run([ALLISON], Service(known(ALLISON, "10.5555/allison")))
    lock = Lock(works=before.lock.works, links={"u": LinkState(url="u", verdict=Verdict.OK, outcome="ok")})
    enriched = run([ALLISON, ARIS, ABSENT, NEWS], Service(problem=problem), lock=lock)
    assert [reference.doi for reference in enriched.library] == ["10.5555/allison", "", "", ""]
    assert enriched.library.references[1:] == (ARIS, ABSENT, NEWS)
    assert enriched.summary == (
        "api.example.org could not be reached (the connection is refused). "
        "1 of 3 answered; 2 not asked. The others stay as they are. Try later."
    )
    assert [found.code for found in enriched.library.findings] == ["AB406"]
    assert enriched.lock == lock
    nothing = run([ARIS], Service(problem=problem))
    assert nothing.summary.endswith("0 of 1 answered; 1 not asked. The entries stay as they are. Try later.")
    assert nothing.library.references == (ARIS,)


def test_asked_to_stay_offline() -> None:
    enriched = run([ARIS], Service(problem=OfflineError("offline, and nothing is kept")))
    assert enriched.summary == (
        "Offline: 0 of 1 answered from lock and cache; 1 not asked. The entries stay as they are."
    )
    assert "No service was asked." in run([ARIS]).summary


def test_a_second_service_is_asked_where_the_first_does_not_know() -> None:
    broken = Service(problem=UnreachableError("a could not be reached (gone)"))
    second = Service(known(ALLISON, "10.5555/allison"))
    second.name = "other"
    enriched = run([ALLISON], broken, Service(), second)
    assert enriched.library[0].provenance[-1].actor == "other"
    assert enriched.lock.works[ALLISON.id].resolver == "other"
    missing = run([ARIS], broken, Service())
    assert (missing.not_asked, missing.findings) == (1, ())  # the first may know it


def test_order_and_place_stay_whatever_answers_first() -> None:
    many = [work(f"Alliance studies of the region number {number} in detail", "Aris, S.", 2000) for number in range(30)]
    service = Service(*(known(reference, f"10.5555/{place}") for place, reference in enumerate(many)))
    seen: list[tuple[int, int]] = []
    enriched = enrich(
        Library(many),
        resolvers=[service],
        lock=Lock(),
        decisions=Decisions(),
        threshold=0.9,
        today=TODAY,
        progress=lambda what, done, whole: seen.append((done, whole)),
    )
    assert [reference.id for reference in enriched.library] == [reference.id for reference in many]
    assert seen[-1] == (30, 30)
    assert run(many, service).library == enriched.library


def test_references_without_an_id_are_kept_apart() -> None:
    service = Service(known(ALLISON, "10.5555/allison"), known(ARIS, "10.5555/aris"))
    nameless = [replace(ALLISON, id=""), replace(ARIS, id="")]
    first = run(nameless, service)
    assert [reference.doi for reference in first.library] == ["10.5555/allison", "10.5555/aris"]
    assert first.lock == Lock()


def test_ctrl_c_goes_up_and_leaves_the_rest_alone() -> None:
    service = Service(problem=KeyboardInterrupt())
    many = [replace(ALLISON, id=str(number)) for number in range(50)]
    with pytest.raises(KeyboardInterrupt):
        run(many, service)
    assert len(service.asked) < 50


@pytest.mark.parametrize("mail", ["fault503@example.org", "faulthtml@example.org"])
def test_a_faulty_service(tmp_path: Path, mail: str) -> None:
    clock = Jumps()
    with standin(RECORDS, tmp_path, "--enforce") as service:
        with HttpWeb(mail=mail, cache=tmp_path / "c", clock=clock, sleep=clock.sleep) as web:
            enriched = run([ALLISON, ARIS], make(web, base_url=service.url, mail=mail))
        found = [reference.doi for reference in enriched.library]
        if "html" in mail:
            assert found == ["", ""]
            assert "web page" in enriched.summary
            assert service.stats()["requests"] <= 10
        else:
            assert set(found) <= {"10.5555/allison", "10.5555/aris", ""}
            assert enriched.accepted + enriched.not_asked == 2


def test_a_service_with_limits_and_delay_refuses_nothing(tmp_path: Path) -> None:
    many = [
        ALLISON,
        ARIS,
        *(replace(ALLISON, id=str(number), title=f"{ALLISON.title} {number}") for number in range(4)),
    ]
    mail = "me@example.org"
    with standin(RECORDS, tmp_path, "--enforce", "--latency-ms", "100") as service:
        with HttpWeb(mail=mail, cache=tmp_path / "c") as web:
            enriched = run(many, make(web, base_url=service.url, mail=mail))
        assert enriched.not_asked == 0
        assert service.stats() == {"requests": 6, "c429": 0}
        with HttpWeb(mail=mail, cache=tmp_path / "c", offline=True) as web:
            offline = run(many, make(web, base_url=service.url, mail=mail))
        assert offline.library == enriched.library
        assert service.stats()["requests"] == 6


def test_a_title_that_many_records_bear_attaches_nothing() -> None:
    """Of 13,587 records 584 share their title with another one: "questions and answers", "editorial board" ..."""
    many = [
        known(ARIS, f"10.5555/{number}", title="Questions and Answers", author=(), container_title=f"Journal {number}")
        for number in range(5)
    ]
    enriched = run(
        [replace(ARIS, title="Questions and answers", author=(), container_title="", page="")], Service(*many)
    )
    assert (enriched.library[0].doi, enriched.accepted) == ("", 0)


def renewed(references: Sequence[Reference], resolver: Resolver, lock: Lock) -> Enriched:
    day = TODAY + timedelta(days=1)
    decisions = Decisions()
    return renew(
        Library(references),
        resolvers=[resolver],
        lock=lock,
        decisions=decisions,
        threshold=0.9,
        today=day,
        progress=None,
    )


def test_an_update_looks_a_found_record_up_and_does_not_lose_it() -> None:
    found = run([ALLISON], Service(known(ALLISON, "10.5555/allison")))
    twin = known(ALLISON, "10.5555/twin")
    service = Service(twin, known(ALLISON, "10.5555/allison", publisher="Another Press"))
    again = renewed([ALLISON], service, found.lock)
    assert service.asked == ["10.5555/allison"]  # a search would find two that are as good, and take none
    entry = again.lock.works[ALLISON.id]
    assert (entry.doi, entry.record.publisher, entry.stated) == ("10.5555/allison", "Another Press", False)
    assert entry.score == found.lock.works[ALLISON.id].score
    assert again.library[0].doi == "10.5555/allison"
    assert run([ALLISON], lock=again.lock).library[0].doi == "10.5555/allison"


def test_an_update_searches_anew_where_the_doi_is_known_no_more() -> None:
    found = run([ALLISON], Service(known(ALLISON, "10.5555/allison")))
    again = renewed([ALLISON], Service(known(ALLISON, "10.5555/new")), found.lock)
    assert again.lock.works[ALLISON.id].doi == "10.5555/new"


def test_an_update_leaves_the_lock_where_the_answer_says_nothing() -> None:
    for stated in (ALLISON, replace(ALLISON, doi="10.5555/allison")):
        found = run([stated], Service(known(ALLISON, "10.5555/allison")))
        again = renewed([stated], Service(Reference(doi="10.5555/allison")), found.lock)
        assert again.lock.works == found.lock.works


@pytest.mark.parametrize("stated", [True, False])
def test_an_update_keeps_and_tells_records_that_are_unknown_all_at_once(stated: bool) -> None:
    given = replace(ALLISON, doi="10.5555/allison") if stated else ALLISON
    found = run([given], Service(known(ALLISON, "10.5555/allison")))
    again = renewed([given], Service(), found.lock)
    assert again.lock.works == found.lock.works
    assert again.lost == 1
    assert [(one.code, one.reference) for one in again.findings] == [("AB407", ALLISON.id)]
    assert "has no record of 10.5555/allison any more" in again.findings[0].message
    assert again.library[0].doi == "10.5555/allison"
