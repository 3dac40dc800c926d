"""Dates as EDTF level 1 writes them (ISO 8601-2): text comes in, a `PartialDate` goes out, and back.

Formats that have no form of their own for a season, a range or "circa" write such dates like this.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from alliancebib.model import PartialDate

__all__ = ["date_of_words", "format_edtf", "parse_edtf"]

_POINT = re.compile(r"(-?\d{4}|Y-?\d+)(?:-(\d\d|XX|uu))?(?:-(\d\d|XX|uu))?([?~%]?)(?:[T ]\d\d:\d\d.*)?", re.IGNORECASE)
_YEAR_IN_WORDS = re.compile(r"(?<!\d)\d{4}(?!\d)")


def parse_edtf(text: str) -> PartialDate | None:
    """Read a date, or a range closed or open; None for what is neither.

    >>> str(parse_edtf("2020-03-05/2020-04"))
    '2020-03-05/2020-04'
    """
    first, slash, last = (part.strip() for part in text.partition("/"))
    start = _point(first)
    if start is None or not slash:
        return start
    if last in ("", ".."):
        return replace(start, end=PartialDate())
    end = _point(last)
    return replace(start, end=end) if end else None


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


def date_of_words(text: str) -> PartialDate:
    """Keep words that are no date; a single year in them still tells where the work belongs.

    >>> date_of_words("about 1900").year, date_of_words("forthcoming").year
    (1900, None)
    """
    years = _YEAR_IN_WORDS.findall(text)
    return PartialDate(year=int(years[0]) if len(years) == 1 else None, literal=text)


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
