"""Dates of CSL-JSON: one reader for items and for references, and nothing of a date is lost on the way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.csl.dates import Date, DatePoint, date_from_csl, date_to_csl, read_date
from alliancebib.csl.item import Item
from alliancebib.csl.items import from_csl, to_csl
from alliancebib.csl.reference_items import reference_item
from alliancebib.model import PartialDate

YEAR = DatePoint(2004)
#: What either way of an item has to give: as it stands, and as a reference.
SHAPES = [
    ({"date-parts": [[2004], [None]]}, Date(YEAR, DatePoint())),
    ({"date-parts": [[2004], [0]]}, Date(YEAR, DatePoint())),
    ({"date-parts": [[2004]], "season": "Michaelmas"}, Date(YEAR, season="Michaelmas")),
    ({"date-parts": [["2004-05-06"]]}, Date(DatePoint(2004, 5, 6))),
    ({"date-parts": [[2004, 2, 31]]}, Date(DatePoint(2004, 2, 31))),
    ({"date-parts": [[2004, 5]], "season": "spring"}, Date(DatePoint(2004, 5))),
    ({"date-parts": [[2004]], "season": "13"}, Date(DatePoint(2004, 13))),
    ({"date-parts": [[2004, 21], [2005, 24]]}, Date(DatePoint(2004, 13), DatePoint(2005, 16))),
    ({"date-parts": [[None], [2004]]}, Date(YEAR)),
    ({"date-parts": [[2004]], "literal": "in press"}, Date(YEAR, literal="in press")),
    ({"season": "Michaelmas"}, Date(literal="Michaelmas")),
    ({"season": "spring"}, Date(literal="spring")),
    ({"raw": "1999?"}, Date(DatePoint(1999), circa=True)),
    ({"raw": "1999/2004~"}, Date(DatePoint(1999), YEAR, circa=True)),
    ({"raw": "2004-21"}, Date(DatePoint(2004, 13))),
    ({"raw": "2004-02-31"}, Date(literal="2004-02-31")),
    ({"raw": "12/2004"}, Date(literal="12/2004")),
    ({"raw": "Spring 1999"}, Date(DatePoint(1999, 13))),
    ({"raw": "Sept. 1999"}, Date(DatePoint(1999, 9))),
    ({"raw": "Mayor 2004"}, Date(literal="Mayor 2004")),
    ({"raw": "4 spring 1999"}, Date(literal="4 spring 1999")),
    ({"date-time": "2004-05-06T10:00:00Z"}, Date(DatePoint(2004, 5, 6))),
    ({"year": 2004, "month": "5"}, Date(DatePoint(2004, 5))),
    ({"date-parts": [[-44, 3, 15]]}, Date(DatePoint(-44, 3, 15))),
    (0, Date(literal="0")),
]
PART = st.none() | st.integers(-3000, 3000) | st.integers(0, 33) | st.sampled_from(["2004", "5", "", "x", "2004-05-06"])
WORDS = st.integers(0, 30) | st.sampled_from(
    [
        *(
            "spring",
            "Michaelmas",
            "1",
            "13",
            "22",
            "in press",
            "2004",
            "x 2004",
            "May 2004",
            "6 May 2004",
            "1999?",
            "",
            " ",
        )
    ]
    + [str(value["raw"]) for value, _ in SHAPES if isinstance(value, dict) and "raw" in value]
)
DATES = WORDS | st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(st.lists(PART, max_size=4), max_size=3) | st.lists(PART, max_size=3),
        "season": WORDS,
        "circa": st.sampled_from([True, False, 1, "0", "no"]),
        "literal": WORDS,
        "raw": WORDS,
        "year": PART,
        "month": PART,
    },
)


def both_ways(value: object) -> tuple[Date | None, Date | None]:
    item = {"id": "1", "type": "book", "issued": value}
    return Item(item).date("issued"), reference_item(from_csl(item)[0], with_copy=False).date("issued")


@pytest.mark.parametrize(("value", "right"), SHAPES)
def test_dates_of_every_shape(value: object, right: Date | None) -> None:
    assert both_ways(value) == (right, right)


def test_a_number_too_long_to_be_read_is_no_date() -> None:
    assert both_ways(10**5_000) == (None, None)


@settings(max_examples=300, deadline=None)
@given(DATES)
def test_a_reference_keeps_the_date_of_an_item(value: object) -> None:
    one, other = both_ways(value)
    assert one == other


@settings(max_examples=300, deadline=None)
@given(DATES)
def test_a_reference_with_a_date_is_read_back(value: object) -> None:
    reference, _ = from_csl({"id": "1", "type": "book", "issued": value})
    assert from_csl(json.loads(json.dumps(to_csl(reference))))[0] == reference


def test_what_the_model_cannot_hold_is_not_understood() -> None:
    assert date_from_csl({"date-parts": [[2004, 2, 31]]}) == (PartialDate(year=2004, month=2), False)
    assert date_from_csl({"date-parts": [[2004, 5]], "season": 1}) == (PartialDate(year=2004, month=5), False)
    assert read_date({"date-parts": [[2004, 5]], "surprise": 1}) == (Date(DatePoint(2004, 5)), False)


def test_a_date_that_was_changed_is_not_written_as_it_was_given() -> None:
    reference, _ = from_csl({"id": "1", "type": "book", "issued": {"date-parts": [[2004, 2, 31]]}})
    changed = reference.__class__(extra=reference.extra, issued=PartialDate(year=2005))
    assert reference_item(changed, with_copy=False).date("issued") == Date(DatePoint(2005))


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (PartialDate(year=2004, end=PartialDate()), {"date-parts": [[2004], [0]]}),
        (PartialDate(year=2004, literal="Michaelmas 2004"), {"date-parts": [[2004]], "season": "Michaelmas"}),
        (PartialDate(year=2004, season=1), {"date-parts": [[2004]], "season": 1}),
        (PartialDate(year=2004, literal="in press"), {"date-parts": [[2004]], "literal": "in press"}),
        (
            PartialDate(year=2004, season=1, end=PartialDate(year=2005, season=4)),
            {"date-parts": [[2004], [2005, 24]], "season": 1},
        ),
    ],
)
def test_dates_are_written_whole(date: PartialDate, written: object) -> None:
    assert date_to_csl(date) == written
    assert date_from_csl(written) == (date, True)
