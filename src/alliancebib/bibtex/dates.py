"""Dates in bib(la)tex: EDTF in ``date`` and its kin, and the older ``year``, ``month``, ``day``.

`parse_edtf` and `parse_parts` read; `format_edtf` and `plain_parts` write. What is no date stays words.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from alliancebib.bibtex.tex import decode
from alliancebib.model import PartialDate

__all__ = ["MONTH_MACROS", "format_edtf", "is_plain", "parse_edtf", "parse_parts"]

MONTH_MACROS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_POINT = re.compile(r"(-?\d{4}|Y-?\d+)(?:-(\d\d|XX|uu))?(?:-(\d\d|XX|uu))?([?~%]?)(?:[T ]\d\d:\d\d.*)?", re.IGNORECASE)
_YEAR = re.compile(r"-?\d{1,4}")
_YEAR_IN_WORDS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_YEAR_RANGE = re.compile(r"(\d{4})\s*(?:-+|–|/)\s*(\d{4})?")


def parse_edtf(text: str) -> PartialDate | None:
    """Read a date of EDTF level 1; None for an empty value. What is no such date is kept as words.

    >>> str(parse_edtf("2020-03-05/2020-04"))
    '2020-03-05/2020-04'
    >>> parse_edtf("forthcoming").literal
    'forthcoming'
    """
    first, slash, last = (part.strip() for part in text.strip("{} ").partition("/"))  # `~` is circa here, no blank
    start = _point(first)
    if start and not slash:
        return start
    if start and last in ("", ".."):
        return replace(start, end=PartialDate())
    if start and (end := _point(last)):
        return replace(start, end=end)
    words = decode(text).strip()
    return _words(words) if words else None


def _point(text: str) -> PartialDate | None:
    match = _POINT.fullmatch(text)
    if not match:
        return None
    year, month, day = (
        int(part.lstrip("Yy")) if part and part[-1].isdecimal() else None for part in match.groups()[:3]
    )
    assert year is not None
    if month and 21 <= month <= 24:
        date: PartialDate | None = PartialDate(year=year, season=month - 20)
    else:
        date = PartialDate.of(year, month, day)
    return replace(date, circa=True) if date and match[4] else date


def _words(text: str) -> PartialDate:
    """Keep the words; a single year in them still tells where the work belongs."""
    years = _YEAR_IN_WORDS.findall(text)
    return PartialDate(year=int(years[0]) if len(years) == 1 else None, literal=text)


def parse_parts(year: str, month: str = "", day: str = "") -> PartialDate | None:
    """Read the older fields; a month may be a name, a number, a season, or carry a day or a second month.

    >>> str(parse_parts("2021", "2~August"))
    '2021-08-02'
    """
    year, month, day = (decode(part).replace("\u00a0", " ").strip() for part in (year, month, day))
    if not year:
        return None
    if span := _YEAR_RANGE.fullmatch(year):
        end = PartialDate(year=int(span[2])) if span[2] else PartialDate()
        return PartialDate(year=int(span[1]), end=end)
    if not _YEAR.fullmatch(year):
        return parse_edtf(year)
    number = int(year)
    if season := _SEASONS.get(month.lower().strip(".")):
        return PartialDate(year=number, season=season)
    months = _months(month)
    digits = re.search(r"(?<!\d)\d{1,2}(?!\d)", "" if month.isdecimal() else month)
    days = day or (digits[0] if digits else "")
    first = months[0] if months else None
    date = PartialDate.of(number, first, int(days) if days.isdecimal() else None) or PartialDate.of(number, first)
    if date and len(months) > 1 and months[1] != months[0]:
        return replace(date, end=PartialDate(year=number + (months[1] < months[0]), month=months[1]))
    return date


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


def format_edtf(date: PartialDate) -> str:
    """Write a date as EDTF; the empty text where it has no year.

    >>> format_edtf(PartialDate(year=-43, circa=True)), format_edtf(PartialDate(year=2020, end=PartialDate()))
    ('-0043~', '2020/..')
    """
    if date.year is None:
        return ""
    year = abs(date.year)
    text = ("-" if date.year < 0 else "") + (f"{year:04d}" if year <= 9999 else "")
    if year > 9999:
        text = f"Y{date.year}"
    if date.season:
        text += f"-{date.season + 20}"
    elif date.month:
        text += f"-{date.month:02d}" + (f"-{date.day:02d}" if date.day else "")
    text += "~" if date.circa else ""
    if date.end is None:
        return text
    return f"{text}/{format_edtf(date.end) or '..'}"
