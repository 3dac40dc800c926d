"""Dates, pages and numbers of RIS, records of lines, and lines that name their variable."""

from __future__ import annotations

import pytest

from alliancebib.model import Name, PartialDate
from alliancebib.ris.own_lines import own_lines, value_of_own_line
from alliancebib.ris.records import read_records
from alliancebib.ris.values import date_of_text, pages_of, serial_sort, text_of_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2004", "2004"),
        ("2004///", "2004"),
        ("2004/05/06/", "2004-05-06"),
        ("2004/5/6", "2004-05-06"),
        ("2004/05/06/spring", "2004-05-06"),
        ("2004///Spring 2004", "2004-21"),
        ("2010///Sum", "2010-22"),
        ("2004///May", "2004-05"),
        ("2004-05", "2004-05"),
        ("2004-05-06T10:00:00Z", "2004-05-06"),
        ("2004-21", "2004-21"),
        ("2004/2005", "2004/2005"),
        ("6 May 2004", "2004-05-06"),
        ("May 6th, 2004", "2004-05-06"),
        ("SEP 2004", "2004-09"),
        ("Winter 2004", "2004-24"),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert str(date_of_text(text)) == date


@pytest.mark.parametrize(
    ("text", "year"), [("in press", None), ("2004/13/45", 2004), ("2004/10/35", 2004), ("c. 1900", 1900)]
)
def test_what_is_no_date_stays_words(text: str, year: int | None) -> None:
    assert date_of_text(text) == PartialDate(year=year, literal=text)


def test_nothing_is_no_date() -> None:
    assert date_of_text("") is date_of_text("///") is None


def test_dates_are_written_with_all_slashes() -> None:
    assert text_of_date(PartialDate(year=543)) == "0543///"
    assert text_of_date(PartialDate(year=2004, season=4)) == "2004///winter"


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [
        ("297", "338", "297-338"),
        ("297--338", "", "297-338"),
        ("297 – 338", "338", "297-338"),
        ("297", "297-338", "297-338"),
        ("e12", "e12", "e12"),
        ("", "338", "338"),
    ],
)
def test_pages(first: str, last: str, pages: str) -> None:
    assert pages_of(first, last) == pages


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("1463-1377", "issn"),
        ("1463-1378 (print)", "issn"),  # a wrong check digit is another room's concern
        ("0-19-852663-6", "isbn"),
        ("9783161484100 (hardback)", "isbn"),
        ("A/52/PV.7", ""),
    ],
)
def test_serial_numbers_are_told_apart_by_their_form(text: str, sort: str) -> None:
    assert serial_sort(text, whole=True) == sort


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("TY  - BOOK\nTI  - A\nER  - \n", [["TI"]]),
        ("TY  - BOOK\nTI  - A\nER  -", [["TI"]]),  # an editor took the blanks at the ends of lines
        ("ty  - book\nti  - A\ner  - \n", [["TI"]]),
        ("TY - BOOK\nTI - A\nER - \n", [["TI"]]),
        ("  TY  - BOOK\n  TI  - A\n  ER  - \n", [["TI"]]),
        ("TY  \u2013 BOOK\nTI  \u2013 A\nER  \u2013 \n", [["TI"]]),
        ("TI  - A\nER  - \nTY  - BOOK\nTI  - B\n", [["TI"], ["TI"]]),
        ("TY  - BOOK\nXY  - unknown\nIn - deed\nin  - deed\nER  - \n", [["XY"]]),
        ("junk\n\nTY  - BOOK\nER  - \njunk", [[], [], []]),
    ],
)
def test_records(text: str, tags: list[list[str]]) -> None:
    assert [[line.tag for line in record.lines] for record in read_records(text)] == tags


def test_text_without_a_tag_belongs_to_the_line_before() -> None:
    [record] = read_records("TY  - BOOK\nAB  - One\ntwo - three\n\n  four\nER  - \n")
    assert record.lines[0].text == "One two - three four"
    assert record.lines[0].line == 2


@pytest.mark.parametrize(
    ("variable", "value", "lines"),
    [
        ("original-title", "Der Pakt", ["original-title: Der Pakt"]),
        ("original-date", PartialDate(year=1886, circa=True), ["original-date: 1886~"]),
        (
            "interviewer",
            (Name(family="Berg", given="Jan", non_dropping_particle="van der", suffix="Jr."), Name(literal="UN, NY")),
            ["interviewer: van der Berg || Jan, Jr.", "interviewer: UN, NY"],
        ),
    ],
)
def test_lines_that_name_their_variable(
    variable: str, value: str | PartialDate | tuple[Name, ...], lines: list[str]
) -> None:
    written = own_lines(variable, value)
    assert written == [("M2", line) for line in lines]
    read = [value_of_own_line(text) for _, text in written]
    assert [name for name, _ in read] == [variable] * len(lines)
    if isinstance(value, tuple):
        assert sum((found for _, found in read if isinstance(found, tuple)), ()) == value
    else:
        assert read[0][1] == value


@pytest.mark.parametrize("text", ["DOI: none", "Type: comic", "URL: www.example.org"])
def test_a_line_whose_value_has_the_wrong_form_has_none(text: str) -> None:
    assert not value_of_own_line(text)[1]
