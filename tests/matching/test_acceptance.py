"""Is a service's record the work? A DOI only when title, author and year support it."""

from __future__ import annotations

import msgspec
import pytest

from alliancebib.matching import judge
from alliancebib.model import Name, PartialDate, Reference

ALLISON = Reference(
    kind="article-journal",
    title="Protective integration and security policy coordination: Comparing the SCO and CSTO",
    author=(Name(family="Allison", given="R."),),
    issued=PartialDate(year=2018),
    container_title="The Chinese Journal of International Politics",
    volume="11",
    issue="3",
    page="297-338",
)
RECORD = msgspec.structs.replace(
    ALLISON,
    title="Protective Integration and Security Policy Coordination: Comparing the SCO and CSTO",
    author=(Name(family="Allison", given="Roy"),),
    doi="10.1093/cjip/poy008",
)
CHAPTER = Reference(
    kind="chapter",
    title="Collective Security Treaty Organization",
    author=(Name(family="Sakhariyev", given="S."),),
    issued=PartialDate(year=2022),
    container_title="International Conflict and Security Law: A Research Handbook",
    page="609-618",
)


def change(reference: Reference, **changes: object) -> Reference:
    return msgspec.structs.replace(reference, **changes)


BARE = change(ALLISON, container_title="", volume="", issue="", page="")


def test_the_work_is_accepted_with_reasons() -> None:
    found = judge(ALLISON, [RECORD])
    assert found.accepted is RECORD
    assert found.probability > 0.99
    assert {"title equal", "authors agree", "same year 2018"} <= set(found.proposals[0].reasons)


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_a_long_title_with_author_and_year_is_enough(year: int) -> None:
    found = judge(change(BARE, issued=PartialDate(year=year)), [RECORD])
    assert (found.accepted is RECORD) == (year == 2018 or found.probability >= 0.9)
    assert judge(change(ALLISON, issued=PartialDate(year=year)), [RECORD]).accepted is RECORD


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"author": (Name(family="Hoffmann", given="A."),)}, "author"),
        ({"author": (Name(family="Allison", given="Graham"),)}, "author"),
        ({"author": ()}, "author"),
        ({"issued": PartialDate(year=2009)}, "year"),
        ({"issued": None}, "year"),
        ({"title": "Protective integration and policy coordination in Europe: Comparing the EU and NATO"}, "title"),
    ],
)
def test_without_title_author_or_year_no_doi_is_attached(changes: dict[str, object], word: str) -> None:
    found = judge(BARE, [change(RECORD, **changes)])
    assert found.accepted is None
    assert word in found.reason


@pytest.mark.parametrize(
    "title",
    [
        "Erratum to: " + RECORD.title,
        RECORD.title + " (retraction notice)",
        "Review of " + RECORD.title,
        RECORD.title + ": a reply",
        RECORD.title + ", part 2",
    ],
)
def test_notices_and_parts_are_other_works(title: str) -> None:
    assert judge(ALLISON, [change(RECORD, title=title, page="", volume="", issue="")]).accepted is None


def test_a_chapter_is_told_from_its_namesakes_by_book_and_pages() -> None:
    hoffmann = change(
        CHAPTER,
        author=(Name(family="Hoffmann", given="K."),),
        issued=PartialDate(year=2010),
        container_title="Handbook of Transnational Governance",
        page="130-136",
        doi="10.4324/9780203422496-13",
    )
    found = judge(CHAPTER, [hoffmann])
    assert found.accepted is None
    assert any("Hoffmann" in reason for reason in found.proposals[0].reasons)
    right = change(CHAPTER, doi="10.1007/right")
    assert judge(CHAPTER, [hoffmann, right]).accepted is right
    unplaced = change(CHAPTER, container_title="", page="")
    assert judge(unplaced, [hoffmann, right]).accepted is None


def test_a_book_is_not_its_chapter_or_review() -> None:
    book = Reference(
        kind="book",
        title="Regional security governance in post-Soviet Eurasia: history and effectiveness",
        author=(Name(family="Davidzon", given="I."),),
        issued=PartialDate(year=2021),
    )
    for kind in ("chapter", "article-journal", "review-book"):
        assert judge(book, [change(book, kind=kind, doi="10.1234/a")]).accepted is None
    assert judge(book, [change(book, doi="10.1234/a")]).accepted is not None


def test_a_container_that_was_read_as_a_publisher() -> None:
    book = Reference(
        kind="book",
        title="Novel interdigital sensors and their development",
        author=(Name(family="Zia", given="A. I."),),
        issued=PartialDate(year=2016),
        publisher="Smart Sensors, Measurement and Instrumentation, 39–74",
    )
    record = change(
        book,
        kind="chapter",
        container_title="Smart Sensors, Measurement and Instrumentation",
        publisher="Springer",
        page="39-74",
        doi="10.1234/a",
    )
    assert judge(book, [record]).accepted is record
    assert judge(change(book, publisher="Springer"), [record]).accepted is None


def test_a_subtitle_on_one_side_needs_the_container() -> None:
    short = change(ALLISON, title="Protective integration and security policy coordination")
    assert judge(short, [RECORD]).accepted is RECORD
    assert judge(change(short, container_title="", volume="", issue="", page=""), [RECORD]).accepted is None


def test_two_candidates_that_are_as_good_are_a_question() -> None:
    found = judge(BARE, [RECORD, change(RECORD, doi="10.1234/preprint")])
    assert found.accepted is None
    assert "as good" in found.reason
    assert len(found.proposals) == 2
    three = [change(RECORD, doi=f"10.1234/{number}") for number in range(3)]
    worse = change(RECORD, doi="10.1234/worse", issued=PartialDate(year=2019))
    assert judge(BARE, [*three, worse]).accepted is None


def test_generic_titles_need_a_place() -> None:
    editorial = change(ALLISON, title="Editorial")
    record = change(RECORD, title="Editorial")
    assert judge(editorial, [record]).accepted is record
    placeless = {"container_title": "", "volume": "", "issue": "", "page": ""}
    assert judge(change(editorial, **placeless), [record]).accepted is None


def test_nothing_alike_gives_no_proposals() -> None:
    found = judge(ALLISON, [change(RECORD, title="Fish of the northern seas", volume="", page="")])
    assert (found.accepted, found.proposals) == (None, ())
    assert judge(ALLISON, []).proposals == ()


def test_proposals_are_the_best_three() -> None:
    others = [change(RECORD, doi=f"10.1234/{year}", issued=PartialDate(year=year)) for year in range(2001, 2010)]
    found = judge(ALLISON, [*others, RECORD])
    assert found.proposals[0].candidate is RECORD
    assert len(found.proposals) == 3
    assert judge(ALLISON, [RECORD], threshold=1.0).accepted is None


def test_a_preprint_is_not_the_article() -> None:
    """Both have DOIs, and title, author and year are the same; only the reference says which is meant."""
    posted = change(RECORD, kind="article", container_title="", volume="", issue="", page="", doi="10.5555/preprint")
    found = judge(ALLISON, [posted])
    assert found.accepted is None
    assert "preprint" in found.reason
    assert judge(change(BARE, kind="document"), [posted]).accepted is posted
    assert judge(change(BARE, container_title="SocArXiv"), [posted]).accepted is posted


@pytest.mark.parametrize(("ours", "theirs"), [("thesis", "book"), ("article-journal", "report")])
def test_versions_of_one_text_are_told_apart(ours: str, theirs: str) -> None:
    full = (Name(family="Allison", given="Roy"),)
    found = judge(change(BARE, kind=ours, author=full), [change(RECORD, kind=theirs, container_title="", page="")])
    assert found.accepted is None
    assert "two versions" in found.reason


def test_the_same_title_in_another_issue_on_other_pages_is_another_work() -> None:
    later = change(RECORD, issue="4", page="401-410", doi="10.5555/later")
    found = judge(ALLISON, [later])
    assert found.accepted is None
    assert found.reason == "pages and issue differ (3 against 4)"


def test_a_longer_title_in_another_issue_is_another_work() -> None:
    later = change(RECORD, title=RECORD.title + ", revisited", issue="4", page="", doi="10.5555/later")
    assert judge(ALLISON, [later]).accepted is None
    assert judge(ALLISON, [change(RECORD, title=RECORD.title + ": A view from Moscow")]).accepted
