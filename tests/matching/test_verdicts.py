"""Are two references one work? A case for each veto and each rule."""

from __future__ import annotations

import msgspec
import pytest

from alliancebib.errors import UnknownName
from alliancebib.matching import compare
from alliancebib.model import Name, PartialDate, Reference

ARTICLE = Reference(
    kind="article-journal",
    title="A general theory of military alliances and regional order",
    author=(Name(family="Roe", given="Jane"), Name(family="Poe", given="A.")),
    issued=PartialDate(year=2010),
    container_title="Journal of Testing",
    volume="12",
    issue="3",
    page="1-20",
)
BOOK = Reference(
    kind="book",
    title="Alliance politics",
    author=(Name(family="Roe", given="Jane"),),
    issued=PartialDate(year=1997),
    publisher="Some University Press",
)
NEWS = Reference(kind="article-newspaper", title="Alliance approves a plan to strengthen the southern border")


def change(reference: Reference, **changes: object) -> Reference:
    return msgspec.structs.replace(reference, **changes)


def verdict(a: Reference, b: Reference) -> str:
    assert compare(a, b).verdict == compare(b, a).verdict
    return compare(a, b).verdict


@pytest.mark.parametrize(
    "title",
    [
        "A general theory of military alliances and regional order, part II",
        "Erratum: A general theory of military alliances and regional order",
        "A general theory of military alliances and regional order: a reply",
        "A general theory of economic alliances and regional order",
        "No general theory of military alliances and regional order",
    ],
)
def test_another_title_is_another_work(title: str) -> None:
    # Without pages: equal places would make it a doubtful pair.
    assert verdict(change(ARTICLE, page=""), change(ARTICLE, title=title, page="")) != "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A theory of alliances, part I", "A theory of alliances, part II"),
        ("SIPRI yearbook 2019: armaments and security", "SIPRI yearbook 2020: armaments and security"),
        ("Trade of northern member states in peace", "Trade of southern member states in peace"),
        ("Sanctions and trade: evidence from Iran", "Sanctions and trade: evidence from Iraq"),
        ("Treatment of hypotension in old age", "Treatment of hypertension in old age"),
        ("Peace with strong allies in Europe", "Peace without strong allies in Europe"),
        ("Attention is all you need", "Attention is not all you need"),
    ],
)
def test_titles_that_differ_in_a_telling_word(one: str, other: str) -> None:
    assert verdict(change(ARTICLE, title=one, page=""), change(ARTICLE, title=other, page="")) == "different"


def test_other_ways_to_write_one_article() -> None:
    other = change(
        ARTICLE,
        title="A GENERAL THEORY OF MILITARY ALLIANCES AND REGIONAL ORDER. [English]",
        author=(Name(family="Roe", given="J."), Name(others=True)),
        container_title="J. Test.",
        page="1–20",
        issue="",
    )
    assert verdict(ARTICLE, other) == "same"


def test_british_and_american_spelling() -> None:
    one, other = "Organisation of defence programmes in the centre", "Organization of defense programs in the center"
    assert verdict(change(ARTICLE, title=one), change(ARTICLE, title=other)) == "same"


def test_a_subtitle_may_be_missing_where_the_place_agrees() -> None:
    long = change(ARTICLE, title=ARTICLE.title + ": evidence of two centuries")
    assert verdict(ARTICLE, long) == "same"
    bare = {"volume": "", "issue": "", "page": "", "container_title": ""}
    assert verdict(change(ARTICLE, **bare), change(long, **bare)) != "same"


def test_a_translated_title_needs_people_volume_year_and_page_range() -> None:
    other = change(ARTICLE, title="Eine allgemeine Theorie der Bündnisse und der Ordnung einer Region")
    assert verdict(ARTICLE, other) == "same"
    assert verdict(ARTICLE, change(other, page="1")) == "different"


def test_editions_and_years_of_books() -> None:
    assert verdict(BOOK, change(BOOK, title="Alliance Politics.", publisher="Place: Some University Press")) == "same"
    assert verdict(change(BOOK, edition="4"), change(BOOK, edition="5")) == "different"
    assert verdict(change(BOOK, edition="2nd"), change(BOOK, edition="second")) == "same"
    assert verdict(BOOK, change(BOOK, issued=PartialDate(year=2007))) == "different"
    assert verdict(BOOK, change(BOOK, issued=PartialDate(year=1998))) == "maybe"


def test_kinds_that_are_never_one_work() -> None:
    assert verdict(BOOK, change(BOOK, kind="chapter", container_title="A handbook")) == "different"
    assert verdict(BOOK, change(BOOK, kind="review-book")) == "different"
    assert verdict(change(BOOK, kind="thesis"), BOOK) == "maybe"


def test_chapters_of_one_book() -> None:
    chapter = change(BOOK, kind="chapter", container_title="A handbook", isbn="9780674537514", page="1-9")
    assert verdict(chapter, change(chapter, page="10-19")) == "different"
    assert verdict(chapter, change(chapter, title="Alliance Politics", page="1–9")) == "same"


def test_identifiers() -> None:
    poor = Reference(kind="article-journal", title=ARTICLE.title, doi="10.1234/a")
    assert verdict(change(ARTICLE, doi="https://doi.org/10.1234/A"), poor) == "same"
    assert verdict(change(ARTICLE, doi="10.1234/b", page="77-81"), change(ARTICLE, doi="10.1234/a")) == "different"
    other_work = change(ARTICLE, title="Something else altogether about fish", doi="10.1234/a", page="")
    assert verdict(change(ARTICLE, doi="10.1234/a", page=""), other_work) != "same"


def test_namesakes_are_two_people() -> None:
    assert verdict(BOOK, change(BOOK, author=(Name(family="Roe", given="Vivian"),))) == "different"


@pytest.mark.parametrize("title", ["Editorial", "Introduction", "Vorwort", "Введение", "Book reviews"])
def test_generic_titles_need_an_exact_place(title: str) -> None:
    one = change(ARTICLE, title=title, volume="", issue="", page="")
    assert verdict(one, one) != "same"
    placed = change(ARTICLE, title=title)
    assert verdict(placed, placed) == "same"


def test_print_and_online_a_year_apart() -> None:
    early = change(ARTICLE, issued=PartialDate(year=2009), volume="", issue="", page="1-6")
    assert verdict(ARTICLE, early) == "maybe"
    assert verdict(change(ARTICLE, doi="10.1234/a"), change(early, doi="10.1234/a")) == "same"


def test_poor_records_end_in_doubt() -> None:
    assert verdict(ARTICLE, Reference(kind="article-journal", title=ARTICLE.title)) == "maybe"
    assert verdict(ARTICLE, change(ARTICLE, title="")) == "maybe"


def test_headlines() -> None:
    assert verdict(NEWS, change(NEWS, issued=PartialDate(year=2023), kind="webpage")) == "same"
    assert verdict(change(NEWS, container_title="TASS"), change(NEWS, container_title="Reuters")) == "maybe"
    years = [change(NEWS, issued=PartialDate(year=year)) for year in (2022, 2023)]
    assert verdict(*years) == "different"
    days = [change(NEWS, issued=PartialDate(year=2023, month=5, day=day)) for day in (2, 9)]
    assert verdict(*days) == "maybe"
    assert verdict(change(NEWS, title="PREVIEW: " + NEWS.title), NEWS) == "different"
    assert verdict(change(NEWS, title=NEWS.title.replace("plan", "ban")), NEWS) == "different"
    assert verdict(change(NEWS, title="Drills begin"), change(NEWS, title="Drills begin")) == "maybe"


def test_an_outlet_behind_a_headline() -> None:
    with_tail = change(NEWS, title=NEWS.title + " - Jamestown")
    assert verdict(with_tail, change(NEWS, container_title="Jamestown")) == "same"
    assert verdict(with_tail, change(NEWS, container_title="Reuters")) != "same"
    assert verdict(change(NEWS, title=NEWS.title + " - minister"), NEWS) != "same"


def test_addresses() -> None:
    one = change(NEWS, url="https://www.example.org/2023/plan?utm_source=x#top")
    assert verdict(one, change(NEWS, url="http://example.org/2023/plan/")) == "same"
    assert verdict(one, change(NEWS, url="https://example.org/2024/plan")) == "maybe"
    assert verdict(one, change(NEWS, title="Something else", url=one.url)) == "maybe"
    home = Reference(kind="webpage", title="Website of the alliance", url="https://example.org/")
    assert verdict(home, change(home, title="News of the bloc")) == "different"


def test_reasons_and_presets() -> None:
    assert compare(BOOK, change(BOOK, edition="2")).reasons
    assert compare(change(BOOK, edition="1"), change(BOOK, edition="2")).reasons == ("editions differ: 1 against 2",)
    poor = change(ARTICLE, kind="book", volume="", issue="", page="", container_title="")
    assert [compare(poor, poor, preset=preset).verdict for preset in ("strict", "balanced")] == ["maybe", "same"]
    with pytest.raises(UnknownName, match="Did you mean `balanced`"):
        compare(BOOK, BOOK, preset="balance")
