"""Names and dates as bib(la)tex writes them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from alliancebib.bibtex.dates import format_edtf, parse_edtf, parse_parts
from alliancebib.bibtex.names import format_names, parse_names
from alliancebib.bibtex.sources import balanced
from alliancebib.model import Name, PartialDate
from strategies import calendar_dates, name_lists, names, partial_dates


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ludwig van Beethoven", Name(family="Beethoven", given="Ludwig", dropping_particle="van")),
        ("de la Cruz, Juan", Name(family="Cruz", given="Juan", dropping_particle="de la")),
        ("King, Jr., Martin Luther", Name(family="King", given="Martin Luther", suffix="Jr.")),
        ("{Barnes and Noble}", Name(literal="Barnes and Noble")),
        (r"{\"O}zt{\"u}rk, Ay{\c s}e", Name(family="Öztürk", given="Ayşe")),
        ("De Haas, M.", Name(family="De Haas", given="M.")),
        ("M. De Haas", Name(family="Haas", given="M. De")),
        ("{de Gaulle}, Charles", Name(family="de Gaulle", given="Charles")),
        ("Jean d'Ormesson", Name(family="d'Ormesson", given="Jean")),
        ("Plato", Name(family="Plato")),
        ("family={}, prefix=van, useprefix=true", Name(literal="van")),
        ("family=Beethoven, given=Ludwig, prefix=van, useprefix=true",
         Name(family="Beethoven", given="Ludwig", non_dropping_particle="van")),
    ],
)  # fmt: skip
def test_one_name(source: str, expected: Name) -> None:
    assert parse_names(source) == (expected,)


@pytest.mark.parametrize("joined", ["Doe, Jane and Roe, Max", "Doe, Jane\n AND Roe, Max", "Doe, Jane~and~Roe, Max"])
def test_lists_are_split_at_and(joined: str) -> None:
    assert [name.family for name in parse_names(joined)] == ["Doe", "Roe"]


def test_and_others_is_the_flag() -> None:
    assert parse_names("Doe, Jane and others") == (Name(family="Doe", given="Jane"), Name(others=True))
    assert parse_names("{others}") == (Name(literal="others"),)


@settings(max_examples=100, deadline=None)
@given(name_lists())
def test_sensible_names_come_back(people: tuple[Name, ...]) -> None:
    assert parse_names(format_names(people), particles_drop=False) == people


@settings(max_examples=100, deadline=None)
@given(names())
def test_any_name_is_one_name_with_balanced_braces(name: Name) -> None:
    source = format_names([name])
    assert balanced(source)
    assert len(parse_names(source)) <= 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2020-03-05", "2020-03-05"),
        ("2020-03-05T10:20:00Z", "2020-03-05"),
        ("2020/", "2020/"),
        ("2020/..", "2020/"),
        ("2020-21", "2020-21"),
        ("2020~", "2020~"),
        ("2020?", "2020~"),
        ("2020-05-XX", "2020-05"),
        ("forthcoming", "forthcoming"),
        ("199X", "199X"),
    ],
)
def test_edtf(text: str, shown: str) -> None:
    assert str(parse_edtf(text)) == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("2020", "March", ""), "2020-03"),
        (("2020", "3", "7"), "2020-03-07"),
        (("2020", "2~August", ""), "2020-08-02"),
        (("2020", "Sept.", ""), "2020-09"),
        (("2020", "May--June", ""), "2020-05/2020-06"),
        (("2020", "Spring", ""), "2020-21"),
        (("May 2020", "", ""), "2020-05"),
        (("Dec., 2020", "", "7"), "2020-12-07"),
        (("Autumn 2020", "", ""), "2020-23"),
        (("2020", "14", ""), "2020"),
        (("1998--1999", "", ""), "1998/1999"),
        (("{2020}", "", ""), "2020"),
    ],
)
def test_year_month_day(parts: tuple[str, str, str], shown: str) -> None:
    assert str(parse_parts(*parts)) == shown


def test_a_day_that_is_none_stays_words() -> None:
    assert parse_edtf("2020-02-31") == PartialDate(year=2020, literal="2020-02-31")


def test_short_dates_are_read_where_there_is_such_a_day() -> None:
    assert parse_edtf("2020-3-5") == PartialDate(year=2020, month=3, day=5)
    assert parse_edtf("2020-13-5") == PartialDate(year=2020, literal="2020-13-5")


def test_words_with_a_year_still_tell_the_year() -> None:
    date = parse_parts("c. 1900")
    assert date == PartialDate(year=1900, literal="c. 1900")


@settings(max_examples=150, deadline=None)
@given(partial_dates() | calendar_dates(-9999, 99_999))
def test_dates_come_back(date: PartialDate) -> None:
    assert parse_edtf(date.literal or format_edtf(date)) == date


def test_a_no_break_blank_beside_a_date_says_nothing() -> None:
    assert parse_edtf("2003-2\u00a0") == PartialDate(year=2003, month=2)
