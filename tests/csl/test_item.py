"""Items: whatever shape values come in, they are texts, names and dates."""

from __future__ import annotations

import pytest

from alliancebib.csl.dates import Date, DatePoint
from alliancebib.csl.item import Item, PersonName, item_names


@pytest.mark.parametrize(
    ("value", "right"), [("a", "a"), (5, "5"), (5.0, "5"), (1.5, "1.5"), (None, ""), (True, ""), ([1], ""), ({}, "")]
)
def test_texts(value: object, right: str) -> None:
    assert Item({"title": value}).text("title") == right


def test_what_is_missing() -> None:
    item = Item({})
    assert (item.id, item.type, item.language, item.text("title")) == ("", "document", "", "")
    assert (item.names("author"), item.date("issued"), item.has("title")) == ((), None, False)


def test_short_forms_fall_back() -> None:
    item = Item({"title": "Long", "container-title": "Journal", "journalAbbreviation": "J."})
    assert (item.short("title"), item.short("container-title"), item.short("genre")) == ("Long", "J.", "")
    assert Item({"title": "Long", "title-short": "L"}).short("title") == "L"


@pytest.mark.parametrize(
    ("page", "first"), [("12-15", "12"), ("12–15", "12"), ("12", "12"), ("12, 15", "12"), ("", "")]
)
def test_the_first_page(page: str, first: str) -> None:
    assert Item({"page": page}).text("page-first") == first


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ({"date-parts": [[2004]]}, Date(DatePoint(2004))),
        ({"date-parts": [["2004", "05", "06"]]}, Date(DatePoint(2004, 5, 6))),
        ({"date-parts": [[2004], [2005]]}, Date(DatePoint(2004), DatePoint(2005))),
        ({"date-parts": [[-100]]}, Date(DatePoint(-100))),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [[2004, None, None]]}, Date(DatePoint(2004))),
        ({"date-parts": [[2004]], "season": 2}, Date(DatePoint(2004, 14))),
        ({"date-parts": [[2004]], "circa": True}, Date(DatePoint(2004), circa=True)),
        ({"literal": "in press"}, Date(literal="in press")),
        ({"raw": "2004-05-06"}, Date(DatePoint(2004, 5, 6))),
        ({"raw": "2004-05/2005-06"}, Date(DatePoint(2004, 5), DatePoint(2005, 6))),
        ({"raw": "6 May 2004"}, Date(DatePoint(2004, 5, 6))),
        ({"raw": "May 6, 2004"}, Date(DatePoint(2004, 5, 6))),
        ({"raw": "someday"}, Date(literal="someday")),
        ("2004-05", Date(DatePoint(2004, 5))),
        (2004, Date(DatePoint(2004))),
        (True, None),
        ([], None),
    ],
)
def test_dates(value: object, right: Date | None) -> None:
    item = Item({"issued": value})
    assert item.date("issued") == right
    assert item.has("issued") is (right is not None)


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ({"family": "Doe", "given": "Jane"}, PersonName("Doe", "Jane")),
        ({"literal": "United Nations"}, PersonName(literal="United Nations")),
        ("United Nations", PersonName(literal="United Nations")),
        ({"family": "Doe", "given": None}, PersonName("Doe")),
        ({"family": "King", "given": "M.", "suffix": "Jr."}, PersonName("King", "M.", suffix="Jr.")),
        (
            {"family": "Dam", "given": "P.", "non-dropping-particle": "van"},
            PersonName("Dam", "P.", non_dropping="van"),
        ),
        ({"family": "Dam", "given": "P.", "dropping-particle": "de"}, PersonName("Dam", "P.", dropping="de")),
    ],
)
def test_names(value: object, right: PersonName) -> None:
    assert item_names([value]) == (right,)


@pytest.mark.parametrize("value", [None, 5, [], [None], [{}], [{"family": ""}], ""])
def test_no_names(value: object) -> None:
    assert item_names(value) == ()


def test_a_list_that_ends_in_others_is_cut() -> None:
    item = Item({"author": [{"family": "A"}, {"literal": "et al."}], "editor": [{"literal": "others"}]})
    assert (item.names("author"), item.names("editor")) == ((PersonName("A"),), (PersonName(literal="others"),))
    assert item.cut_lists == {"author"}


def test_numbers_too_long_to_be_written_are_nothing() -> None:
    assert Item({"volume": 10**5_000, "issue": 10**200}).text("volume") == ""
    assert Item({"issue": 10**200}).text("issue") == str(10**200)
