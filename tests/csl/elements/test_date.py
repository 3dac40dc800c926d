"""Dates: parts, formats of the locale, ranges, seasons, years before 1000 (CSL 1.0.2, "Date")."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor
from small_styles import book, cited, style_of

DAY = [2004, 5, 6]


def dated(layout: str, *points: list[int], locale: str = "en-US", **more: object) -> str:
    return cited(layout, {"issued": {"date-parts": list(points), **more}}, locale=locale)


def local(form: str = "text", shown: str = "year-month-day", inner: str = "") -> str:
    return f'<date variable="issued" form="{form}" date-parts="{shown}">{inner}</date>'


def part(name: str, form: str = "") -> str:
    chosen = f'form="{form}"' if form else ""
    return f'<date variable="issued"><date-part name="{name}" {chosen}/></date>'


@pytest.mark.parametrize(
    ("locale", "form", "shown", "right"),
    [
        ("en-US", "text", "year-month-day", "May 6, 2004"),
        ("en-US", "text", "year-month", "May 2004"),
        ("en-US", "text", "year", "2004"),
        ("en-GB", "text", "year-month-day", "6 May 2004"),
        ("de-DE", "text", "year-month-day", "6. Mai 2004"),
        ("en-US", "numeric", "year", "2004"),
    ],
)
def test_formats_of_the_locale(locale: str, form: str, shown: str, right: str) -> None:
    assert dated(local(form, shown), DAY, locale=locale) == right


@pytest.mark.parametrize(
    ("name", "form", "right"),
    [
        ("year", "", "2004"),
        ("year", "short", "04"),
        ("month", "", "May"),
        ("month", "numeric", "5"),
        ("month", "numeric-leading-zeros", "05"),
        ("day", "", "6"),
        ("day", "numeric-leading-zeros", "06"),
        ("day", "ordinal", "6th"),
    ],
)
def test_parts(name: str, form: str, right: str) -> None:
    assert dated(part(name, form), DAY) == right


def test_a_date_says_no_more_than_it_knows() -> None:
    assert dated(local(), [2004, 5]) == "May 2004"
    assert dated(local(), [2004]) == "2004"
    assert dated(local() + '<text value="!"/>') == "!"


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        (DAY, [2004, 5, 8], "May 6–8, 2004"),
        (DAY, [2004, 6, 8], "May 6–June 8, 2004"),
        (DAY, [2005, 6, 8], "May 6, 2004–June 8, 2005"),
        ([2004, 5], [2004, 6], "May–June 2004"),
        ([2004], [2005], "2004–2005"),
        (DAY, DAY, "May 6, 2004"),
    ],
)
def test_ranges(start: list[int], end: list[int], right: str) -> None:
    assert dated(local(), start, end) == right


def test_range_delimiter_is_that_of_the_largest_part_that_differs() -> None:
    inner = '<date-part name="day" range-delimiter=" to "/><date-part name="year" range-delimiter="/"/>'
    assert dated(local(inner=inner), DAY, [2004, 5, 8]) == "May 6 to 8, 2004"
    assert dated(local(inner=inner), [2004], [2005]) == "2004/2005"


EARLY = [(-100, "100 BC"), (79, "79 AD"), (499, "499 AD"), (770, "770"), (1000, "1000")]


@pytest.mark.parametrize(("year", "right"), EARLY)
def test_early_years(year: int, right: str) -> None:
    assert dated(part("year"), [year]).replace("\u00a0", " ").replace("BC", " BC").replace("AD", " AD").split() == (
        right.split()
    )


def test_seasons() -> None:
    assert dated(local(), [2004], season=1) == "Spring 2004"
    assert dated(local(), [2004], season="4") == "Winter 2004"


def test_delimiter_and_affixes_of_parts() -> None:
    layout = '<date variable="issued" delimiter="-" prefix="[" suffix="]"><date-part name="year"/>'
    layout += '<date-part name="month" form="numeric-leading-zeros"/><date-part name="day" suffix="."/></date>'
    assert dated(layout, DAY) == "[2004-05-6.]"


def test_ordinals_for_the_first_day_only() -> None:
    assert dated(part("day", "ordinal"), [2004, 5, 1], locale="fr-FR") == "1ᵉʳ"
    assert dated(part("day", "ordinal"), [2004, 5, 2], locale="fr-FR") == "2"


@pytest.mark.parametrize(
    ("locale", "right"), [("hu-HU", "május 6."), ("ko-KR", "5월 6일"), ("de-DE", "6. Mai"), ("en-US", "May 6")]
)
def test_what_joins_the_year_goes_with_it(locale: str, right: str) -> None:
    assert dated(local(shown="month-day"), DAY, locale=locale) == right


def test_a_day_of_access_has_the_letter_only_where_there_is_no_other_date() -> None:
    accessed = '<date variable="accessed"><date-part name="year"/></date>'
    layout = f'{accessed} <group prefix=" | "><names variable="author" suffix=" "/>{part("year")}</group>'
    style = style_of(layout, citation_attributes='disambiguate-add-year-suffix="true"')
    for issued, right in ((2000, "2020 | D 2000a; 2020 | D 2000b"), (None, "2020a | D ; 2020b | D ")):
        processor = Processor(style)
        day = {"accessed": {"date-parts": [[2020]]}, "author": [{"family": "D"}], "issued": issued}
        processor.register([book(id_, title=id_, **day) for id_ in "ab"])
        assert [processor.cite([id_]).strip() for id_ in "ab"] == [text.strip() for text in right.split(";")]


def test_a_date_in_words_looks_like_the_year() -> None:
    layout = '<date variable="issued"><date-part name="month"/><date-part name="year" prefix=" (" suffix=") "/></date>'
    assert cited('<text value="A"/>' + layout + '<text value="B"/>', {"issued": {"literal": "in press"}}) == (
        "A (in press) B"
    )
    assert cited(part("month") + "<text value='!'/>", {"issued": {"literal": "in press"}}) == "!"
