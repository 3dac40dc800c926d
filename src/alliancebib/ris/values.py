"""Dates, pages and serial numbers as RIS writes them, both ways.

A date is ``YYYY/MM/DD/other``, of which any part may be empty; what RIS has no form for is written as EDTF elsewhere.
"""

from __future__ import annotations

import re

from alliancebib.edtf import date_of_words, parse_edtf
from alliancebib.identifiers import is_isbn, is_issn
from alliancebib.model import PartialDate

__all__ = [
    "date_of_text",
    "has_more",
    "is_plain",
    "pages_of",
    "serial_sort",
    "split_pages",
    "text_of_date",
    "with_day",
]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASON = re.compile(r"spr(?:ing)?|sum(?:mer)?|aut(?:umn)?|fall?|win(?:ter)?")
_SEASONS = {"spr": 1, "sum": 2, "aut": 3, "fal": 3, "win": 4}
_SEASON_NAMES = ("spring", "summer", "autumn", "winter")
_PARTS = re.compile(r"(\d{4})(?:[/.-](\d{0,2}))?(?:[/.-](\d{0,2}))?(?:/(.*))?")
_YEARS = re.compile(r"\d{4}/\d{4}")
_DASH = re.compile(r"\s*(?:-{1,3}|[\u2010-\u2015])\s*")
_RANGE = re.compile(r"([^\s,;-]+)-([^\s,;-]+)")
_WORD = re.compile(r"[^\W\d_]{3,}")


def date_of_text(text: str) -> PartialDate | None:
    """Read a date of RIS, ISO or EDTF, or with the month as a word; what is none of them is kept as words.

    >>> str(date_of_text("2004/05/06/")), str(date_of_text("2004///Spring")), str(date_of_text("6 May 2004"))
    ('2004-05-06', '2004-21', '2004-05-06')
    """
    text = " ".join(text.split())
    if not text.strip("/ "):
        return None
    if _YEARS.fullmatch(text):
        return parse_edtf(text)
    if match := _PARTS.fullmatch(text):
        date = _of_parts(*match.groups(default=""))
        if date is not None:
            return date
    if date := parse_edtf(text):
        return date
    return _of_words(text)


def has_more(text: str) -> bool:
    """Say whether behind a date of RIS stand words that reading it does not tell.

    >>> has_more("2004/05/06/Epub"), has_more("2004///May"), has_more("2004")
    (True, False, False)
    """
    text = " ".join(text.split())
    match = None if _YEARS.fullmatch(text) else _PARTS.fullmatch(text)
    if not match or not (match[4] or "").strip():
        return False
    date = _of_parts(*match.groups(default=""))
    return date is not None and (bool(match[2]) or not (date.month or date.season))


def _of_parts(year: str, month: str, day: str, other: str) -> PartialDate | None:
    number, days = int(month or 0) or None, int(day or 0) or None
    if number and 21 <= number <= 24 and not days:  # EDTF's seasons
        return PartialDate(year=int(year), season=number - 20)
    if number:
        return PartialDate.of(int(year), number, days)
    return with_day(PartialDate(year=int(year)), other)


def _of_words(text: str) -> PartialDate:
    """Read "6 May 2004", "May 6, 2004", "Spring 2004"; a single year in other words still tells where it belongs."""
    words = date_of_words(text)
    if words.year is None:
        return words
    year = PartialDate(year=words.year)
    dated = with_day(year, re.sub(rf"{words.year:04d}|,", " ", text))
    return dated if dated != year else words


def with_day(date: PartialDate, text: str) -> PartialDate:
    """Give a year with the month, day or season that a text such as "May 6" adds, or as it is.

    >>> str(with_day(PartialDate(year=2004), "MAY 6"))
    '2004-05-06'
    """
    assert date.year is not None
    words = [word for word in text.lower().replace(".", " ").split() if word != str(date.year)]
    if len(words) == 1 and (season := _SEASON.fullmatch(words[0])):
        return PartialDate(year=date.year, season=_SEASONS[season[0][:3]])
    names = [word for word in words if _WORD.fullmatch(word) and word[:3] in _MONTHS]
    days = [word.rstrip("stndrh") for word in words if word not in names]
    if len(names) != 1 or len(days) > 1 or not all(re.fullmatch(r"\d{1,2}", day) for day in days):
        return date
    month = _MONTHS.index(names[0][:3]) + 1
    return PartialDate.of(date.year, month, int(days[0]) if days else None) or date


def is_plain(date: PartialDate) -> bool:
    """Say whether RIS has a form for the whole date: year, month, day or season, and nothing else."""
    return date.year is not None and 1 <= date.year <= 9999 and not (date.circa or date.literal or date.end)


def text_of_date(date: PartialDate) -> str:
    """Write a plain date as RIS has it.

    >>> text_of_date(PartialDate(year=2004, month=5)), text_of_date(PartialDate(year=2004, season=1))
    ('2004/05//', '2004///spring')
    """
    season = _SEASON_NAMES[date.season - 1] if date.season and 1 <= date.season <= 4 else ""
    month = f"{date.month:02d}" if date.month and not season else ""
    day = f"{date.day:02d}" if date.day and month else ""
    return f"{date.year or 0:04d}/{month}/{day}/{season}"


def pages_of(first: str, last: str) -> str:
    """Join what SP and EP say; either may hold the whole range.

    >>> pages_of("12", "34"), pages_of("12\u201334", ""), pages_of("12-34", "34"), pages_of("", "7")
    ('12-34', '12-34', '12-34', '7')
    """
    first, last = (_DASH.sub("-", part.strip()) for part in (first, last))
    if not first or not last or first == last or first.endswith(f"-{last}"):
        return first or last
    return last if last.startswith(f"{first}-") else f"{first}-{last}"


def split_pages(page: str) -> tuple[str, str]:
    """Part a range of pages for SP and EP; anything else stands in SP.

    >>> split_pages("12-34"), split_pages("e12"), split_pages("1-4, 7")
    (('12', '34'), ('e12', ''), ('1-4, 7', ''))
    """
    match = _RANGE.fullmatch(page.strip())
    return (match[1], match[2]) if match and match[1] != match[2] else (page.strip(), "")


def serial_sort(text: str, *, whole: bool) -> str:
    """Say what a serial number is: ``isbn``, ``issn``, or the empty text for neither.

    One with a wrong check digit is still told by its length; ``whole`` works have an ISBN where that settles nothing.

    >>> [serial_sort(number, whole=True) for number in ("1463-1377", "9783161484100", "A/52/PV")]
    ['issn', 'isbn', '']
    """
    if is_issn(text):
        return "issn"
    if is_isbn(text):
        return "isbn"
    digits = re.findall(r"\d[\d -]{6,16}[\dXx]", text)
    lengths = {len(re.sub(r"[ -]", "", number)) for number in digits}
    if lengths == {8}:
        return "issn"
    if lengths and lengths <= {10, 13}:
        return "isbn"
    return ("isbn" if whole else "issn") if lengths & {8, 10, 13} else ""
