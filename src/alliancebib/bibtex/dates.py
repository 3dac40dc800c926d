"""Dates in bib(la)tex: EDTF in ``date`` and its kin, and the older ``year``, ``month``, ``day``.

`parse_edtf` and `parse_parts` read; `format_edtf` and `plain_parts` write. What is no date stays words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from alliancebib import edtf
from alliancebib.bibtex.tex import decode
from alliancebib.edtf import format_edtf
from alliancebib.model import PartialDate

__all__ = [
    "MONTH_MACROS",
    "format_edtf",
    "is_exact",
    "is_only_edtf",
    "is_plain",
    "joined_date",
    "parse_edtf",
    "parse_parts",
]

MONTH_MACROS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
#: What stands around a date and says nothing.
_AROUND = "{} \u00a0"
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_YEAR = re.compile(r"-?\d{1,4}")
_MONTH_AND_YEAR = re.compile(r"([^\W\d_]{3,})\.?,?\s+(\d{4})")
#: What biber refuses and people write; there is one way to read it.
_SHORT_ISO = re.compile(r"(\d{4})-(\d\d?)(?:-(\d\d?))?")
#: A decade, a century, a range whose beginning is open: dates for biblatex (section 2.3.8), words for CSL.
_ONLY_EDTF = re.compile(r"\d\d(?:\d|X)X|(?:\.\.)?/-?\d{4}(?:-\d\d){0,2}[?~%]?")
#: Day and month as exporters write them in a `date` beside a `year`: "Mar 3", "3rd of March", "March", "3".
_DAY_AND_MONTH = re.compile(
    r"(?:(?P<day>\d\d?)(?:st|nd|rd|th)?\.?(?:\s*of)?\s*)?(?P<month>[^\W\d_]{3,})?\.?,?(?:\s*(?P<after>\d\d?)(?:st|nd|rd|th)?)?",
    re.IGNORECASE,
)
_YEAR_RANGE = re.compile(r"(\d{4})\s*(?:-+|–|/)\s*(\d{4})?")


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> PartialDate | None:
    """Read a date of EDTF level 1; None for an empty value. What is no such date is kept as words.

    >>> str(parse_edtf("2020-03-05/2020-04"))
    '2020-03-05/2020-04'
    >>> parse_edtf("forthcoming").literal
    'forthcoming'
    """
    if date := edtf.parse_edtf(text.strip(_AROUND)):  # `~` is circa here, no blank
        return date
    if iso := _SHORT_ISO.fullmatch(text.strip(_AROUND)):
        parts = [int(part) for part in iso.groups() if part]
        if date := PartialDate.of(*parts):
            return date
    words = decode(text).strip()
    if not words:
        return None
    return edtf.parse_edtf(words) or edtf.date_of_words(words)


@lru_cache(maxsize=4096)
def parse_parts(year: str, month: str = "", day: str = "") -> PartialDate | None:
    """Read the older fields; a month may be a name, a number, a season, or carry a day or a second month.

    >>> str(parse_parts("2021", "2~August"))
    '2021-08-02'
    """
    source = year
    year, month, day = (decode(part).replace("\u00a0", " ").strip() for part in (year, month, day))
    if not year:
        return None
    if not month and (dated := _MONTH_AND_YEAR.fullmatch(year)) and (_months(dated[1]) or _season(dated[1])):
        month, year = dated.groups()
    if span := _YEAR_RANGE.fullmatch(year):
        end = PartialDate(year=int(span[2])) if span[2] else PartialDate()
        return PartialDate(year=int(span[1]), end=end)
    if not _YEAR.fullmatch(year):
        return parse_edtf(source)
    number = int(year)
    if season := _season(month):
        return PartialDate(year=number, season=season)
    months = _months(month)
    digits = re.search(r"(?<!\d)\d{1,2}(?!\d)", "" if month.isdecimal() else month)
    days = day or (digits[0] if digits else "")
    first = months[0] if months else None
    date = PartialDate.of(number, first, int(days) if days.isdecimal() else None) or PartialDate.of(number, first)
    if date and len(months) > 1 and months[1] != months[0]:
        return replace(date, end=PartialDate(year=number + (months[1] < months[0]), month=months[1]))
    return date


def joined_date(
    date: PartialDate | None, year: str, month: str = "", day: str = ""
) -> tuple[PartialDate | None, frozenset[str]]:
    """Give the date that `date` and the older fields tell, and which of the four fields say nothing else.

    A `date` of words without a year ("Mar 3", as EndNote exports it) does not hide the year: what can be read of the
    words goes with it.

    >>> date, used = joined_date(parse_edtf("2020-03-05"), "2020", "mar")
    >>> str(date), sorted(used)
    ('2020-03-05', ['date', 'month', 'year'])
    >>> date, used = joined_date(parse_edtf("Mar 3"), "2015")
    >>> str(date), sorted(used)
    ('2015-03-03', ['date', 'year'])
    """
    older = parse_parts(year, month, day)
    told = {"date"}
    if date is None:
        date = older
    elif older and date.year is None and is_plain(older) and not is_only_edtf(date.literal):
        found = _beside(date.literal, older)
        told = {"date"} if found else set()
        date = found or older
    if date is None or older is None or older.year != date.year:
        return date, frozenset(told)
    if (older.literal or older.end) and older != date:
        return date, frozenset(told)
    told.add("year")
    if (older.month or older.season) and (older.month, older.season) == (date.month, date.season):
        told |= {"month", *(["day"] if older.day and older.day == date.day else [])}
    return date, frozenset(told)


def _beside(words: str, older: PartialDate) -> PartialDate | None:
    """Read day and month, or from when to when, beside a year; None unless all words are understood and agree."""
    words = " ".join(words.replace("\u00a0", " ").split())
    assert older.year is not None
    if season := _season(words):
        return PartialDate(year=older.year, season=season) if older.month is None else None
    points = [_day_and_month(part.strip()) for part in re.split(r"-+|[–/]", words)]
    known: list[int | None] = [point[0] for point in points if point and point[0]]
    known = known or [older.month]
    if len(points) > 2 or not all(points) or known[0] is None:
        return None
    dates = [
        PartialDate.of(older.year, point[0] or end, point[1])
        for point, end in zip(filter(None, points), (known[0], known[-1]), strict=False)
    ]
    first, last = dates[0], dates[-1]
    agrees = first and first.month == (older.month or first.month) and first.day == (older.day or first.day)
    if not agrees or first is None or last is None:
        return None
    if len(dates) == 1:
        return first
    order = [(date.month or 0, date.day or 0) for date in (first, last)]
    return replace(first, end=last) if order[0] < order[1] else None


def _day_and_month(words: str) -> tuple[int | None, int | None] | None:
    """Give the month and the day that words name, each if it is there; None for other words."""
    match = _DAY_AND_MONTH.fullmatch(words) if words else None
    if match is None or (match["day"] and match["after"]):
        return None
    name = (match["month"] or "").lower()
    months = [number for number, month in enumerate(_MONTHS, start=1) if name and month.startswith(name)]
    if name and not months:
        return None
    digits = match["day"] or match["after"]
    return months[0] if months else None, int(digits) if digits else None


@lru_cache(maxsize=4096)
def is_exact(source: str) -> bool:
    """Say whether a date tells all that its source does: no time of day, no mark of doubt, no unspecified digits.

    >>> [is_exact(source) for source in ("2020-03-05", "2020-03-05T10:00", "2020?", "2020-XX", "199X", "soon")]
    [True, False, False, False, False, True]
    """
    text = source.strip("{} ")
    date = edtf.parse_edtf(text)
    return not is_only_edtf(text) if date is None else format_edtf(date) == text


def is_only_edtf(text: str) -> bool:
    """Say whether a text is a date for biblatex for which there are only words here.

    >>> is_only_edtf("199X"), is_only_edtf("../2004-01-01"), is_only_edtf("2004")
    (True, True, False)
    """
    return bool(_ONLY_EDTF.fullmatch(text.strip(_AROUND)))


def _season(word: str) -> int:
    return _SEASONS.get(word.lower().strip("."), 0)


def _months(text: str) -> list[int]:
    if text.isdecimal():
        return [int(text)] if 1 <= int(text) <= 12 else []
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return [MONTH_MACROS.index(word[:3]) + 1 for word in words if word[:3] in MONTH_MACROS]


def is_plain(date: PartialDate) -> bool:
    """Say whether year, month and day tell the whole date, so that every BibTeX can be told it."""
    return (
        date.year is not None and 0 < date.year <= 9999 and not (date.season or date.circa or date.literal or date.end)
    )
