"""Formattable strings, persons and dates of Hayagriva."""

from __future__ import annotations

import pytest

from alliancebib.hayagriva.document import Value
from alliancebib.hayagriva.strings import (
    date_of_value,
    format_text,
    names_of_value,
    plain_text,
    short_of,
    value_of_date,
    value_of_name,
)
from alliancebib.model import Name, PartialDate


@pytest.mark.parametrize("text", ["a {b} $c$ \\d", "}{", '<span class="nocase">NATO</span> {x}', "5 $ and 6 $", "\\"])
def test_texts_come_back(text: str) -> None:
    assert plain_text(format_text(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{NATO} and {the {EU}}", '<span class="nocase">NATO</span> and <span class="nocase">the EU</span>'),
        ({"value": "A } b", "verbatim": "true"}, "A } b"),
        ({"value": "A", "short": "B"}, "A"),
        ({"value": {"value": "A", "verbatim": "true"}, "short": "B"}, "A"),
        ("$x^2$ and {open", '$x^2$ and <span class="nocase">open</span>'),
        (["a"], ""),
        (None, ""),
    ],
)
def test_what_is_found_is_understood(value: Value, text: str) -> None:
    assert plain_text(value) == text


def test_short_forms_of_newer_and_older_files() -> None:
    assert short_of({"value": "A", "short": "{B}"}) == '<span class="nocase">B</span>'
    assert short_of({"value": "A", "shorthand": "B"}) == "B"
    assert short_of("A") == ""


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Doe, Janet", Name(family="Doe", given="Janet")),
        ("Luther King, Martin, Jr.", Name(family="Luther King", given="Martin", suffix="Jr.")),
        ("King, Jr., Martin", Name(family="King", given="Martin", suffix="Jr.")),
        ("von der Leyen, Ursula", Name(family="Leyen", given="Ursula", dropping_particle="von der")),
        ("UNICEF", Name(literal="UNICEF")),
        ({"name": "United Nations, New York"}, Name(literal="United Nations, New York")),
        (
            {"name": "van Beethoven", "given-name": "Ludwig", "suffix": "III"},
            Name(family="Beethoven", given="Ludwig", non_dropping_particle="van", suffix="III"),
        ),
        (
            {"name": "Humboldt", "given-name": "Alexander", "prefix": "von"},
            Name(family="Humboldt", given="Alexander", dropping_particle="von"),
        ),
        ("A, B, C, D", Name(literal="A, B, C, D")),
    ],
)
def test_persons(value: Value, name: Name) -> None:
    assert names_of_value(value) == ((name,), True)


@pytest.mark.parametrize("value", [{"given-name": "B"}, ["a", ["b"]], {"name": "A", "alias": "b"}, ""])
def test_what_is_no_whole_name_is_said(value: Value) -> None:
    assert names_of_value(value)[1] is False


@pytest.mark.parametrize(
    "name",
    [
        Name(family="Aris", given="S."),
        Name(family="Berg", given="Jan", non_dropping_particle="van der"),
        Name(family="Humboldt", given="A.", dropping_particle="von", suffix="Jr."),
        Name(family="hooks", given="bell"),
        Name(literal="United Nations, Secretariat"),
        Name(literal="openSUSE"),
        Name(family="Иванов", given="Пётр"),
        Name(family="O, B", given="C, D"),
    ],
)
def test_names_come_back(name: Name) -> None:
    value = value_of_name(name)
    assert isinstance(value, str | dict)
    assert names_of_value(value)[0] == (name,)


@pytest.mark.parametrize(
    ("value", "date", "understood"),
    [
        ("2020", PartialDate(year=2020), True),
        ("2020-05-06", PartialDate(year=2020, month=5, day=6), True),
        ("~2020-05", PartialDate(year=2020, month=5, circa=True), True),
        ("-0043", PartialDate(year=-43), True),
        ("2020-02-31", PartialDate(year=2020, literal="2020-02-31"), False),
        ("2020/2021", PartialDate(year=2020, end=PartialDate(year=2021)), True),
        ("soon", PartialDate(literal="soon"), False),
        (None, None, True),
        (["2020"], None, False),
    ],
)
def test_dates(value: Value, date: PartialDate | None, *, understood: bool) -> None:
    assert date_of_value(value) == (date, understood)


@pytest.mark.parametrize(
    ("date", "value"),
    [
        (PartialDate(year=2020), 2020),
        (PartialDate(year=543), "0543"),
        (PartialDate(year=2020, month=5, day=6), "2020-05-06"),
        (PartialDate(year=2020, season=1, end=PartialDate(year=2021)), 2020),
        (PartialDate(year=12000, month=5), 12000),
        (PartialDate(year=-12000, circa=True), -12000),
        (PartialDate(year=-43, circa=True), "~-0043"),
        (PartialDate(literal="soon"), None),
    ],
)
def test_what_can_be_said_of_a_date_is_written(date: PartialDate, value: object) -> None:
    assert value_of_date(date) == value
