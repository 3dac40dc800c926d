"""Dates as CSL-JSON writes them, and as the rest of the world does: the one reader of them, and the one writer.

Any JSON value comes in; a `Date`, as processing needs it, goes out, or a `PartialDate` of the model. Nothing here
raises: null dates, numbers for texts and impossible days are all common in the wild. What the model cannot hold is
said to be not understood, so that the caller can keep it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from alliancebib.csl.item_values import text_from_csl
from alliancebib.model import PartialDate

__all__ = ["Date", "DatePoint", "date_from_csl", "date_to_csl", "read_date"]

_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_KEYS = frozenset({"date-parts", "season", "circa", "literal", "raw", "date-time", "timestamp", "edtf"})
_NO = frozenset({"", "0", "false", "no"})
_NUMBER = re.compile(r"-?\d{1,9}")
_ISO = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_CLOCK = re.compile(r"(?<=\d)[T ]\d\d:\d\d.*")
#: Marks of a year that is not certain (EDTF).
_DOUBTS = "~?%"


class DatePoint(NamedTuple):
    """A day, month or year; ``month`` 13 to 16 are the seasons from spring on; 0 is unknown. Years BC are negative."""

    year: int = 0
    month: int = 0
    day: int = 0


class Date(NamedTuple):
    """A date or a range of two; ``literal`` is a date in words, ``season`` one in a word beside a year.

    A range that is open has an end without a year.
    """

    start: DatePoint = DatePoint()
    end: DatePoint | None = None
    literal: str = ""
    season: str = ""
    circa: bool = False


# reading


def read_date(value: object) -> tuple[Date | None, bool]:
    """Read a date variable in the shapes of the schema, of Crossref, and of older programs.

    The second value says whether all of it was understood; the first is None where there is no date.

    >>> read_date({"date-parts": [["2004", None]]})
    (Date(start=DatePoint(year=2004, month=0, day=0), end=None, literal='', season='', circa=False), True)
    """
    if isinstance(value, str | int) and not isinstance(value, bool):
        text = text_from_csl(value)
        return (_of_text(text), True) if text is not None else (None, False)
    if isinstance(value, list | tuple):
        return _of_parts(value)
    if not isinstance(value, Mapping):
        return None, False
    date, understood = _of_parts(value.get("date-parts"))
    if date is None and (raw := text_from_csl(value.get("raw") or value.get("edtf") or value.get("date-time"))):
        date = _of_text(raw)
    if date is None and "year" in value:
        date, understood = _of_parts([[value.get("year"), value.get("month"), value.get("day")]])
    elif not value.keys() <= _KEYS:
        understood = False
    return _with_words(date or Date(), value, understood=understood)


def _with_words(date: Date, value: Mapping[str, object], *, understood: bool) -> tuple[Date | None, bool]:
    """Add the season, the words and the doubt that stand beside the numbers."""
    literal = (text_from_csl(value.get("literal")) or "").strip() or date.literal
    circa = (text_from_csl(value.get("circa")) or str(bool(value.get("circa")))).lower() not in _NO
    season = (text_from_csl(value.get("season")) or "").strip()
    start, number = date.start, _season(season)
    if number and start.year and not start.month:
        start, season = start._replace(month=12 + number), ""
    elif number and start.month == 12 + number:
        season = ""
    elif season and (start.month or not start.year):  # a season beside a month, or without a year, has no place
        word = "" if start.year or season.isdecimal() or literal else season
        literal, understood, season = literal or word, understood and bool(word), ""
    done = Date(start, date.end, literal, season, circa or date.circa)
    return (done if start.year or literal else None), understood


def _season(text: str) -> int:
    """Give the number of a season, 0 for a word that is none."""
    word = text.lower()
    if word.isdecimal() and len(word) < 3:
        return next((int(word) - base for base in (0, 12, 20) if 1 <= int(word) - base <= 4), 0)
    return _SEASONS.get(word, 0)


def _of_parts(value: object) -> tuple[Date | None, bool]:
    if value is None:
        return None, True
    if not isinstance(value, list | tuple):
        return None, False
    ends = list(value) if any(isinstance(part, list | tuple) for part in value) else [value]
    if len(ends) == 1 and isinstance(ends[0], list | tuple) and len(ends[0]) == 1 and _is_words(ends[0][0]):
        date = _of_text(str(ends[0][0]))  # a whole date where the year belongs
        return date, date is not None and bool(date.start.year)
    read = [_point(end) for end in ends[:2]]
    understood = len(ends) < 3 and all(whole for _, whole in read)
    start = read[0][0]
    if len(ends) == 1:
        return (Date(start) if start.year else None), understood
    end = read[1][0]
    if start.year:
        return Date(start, end), understood
    return (Date(end), False) if end.year else (None, understood)  # of a range without beginning, what is there


def _is_words(part: object) -> bool:
    return isinstance(part, str) and bool(part.strip()) and not _NUMBER.fullmatch(part.strip())


def _point(value: object) -> tuple[DatePoint, bool]:
    """Read year, month and day, and say whether each was a number that can be one."""
    if not isinstance(value, list | tuple):
        return DatePoint(), value is None
    texts = [(text_from_csl(part) or "").strip() for part in value]
    numbers = [int(text) if _NUMBER.fullmatch(text) else 0 for text in texts]
    odd = any(not number and part not in (None, "", 0, "0", "00") for number, part in zip(numbers, value, strict=True))
    year, month, day, *more = (*numbers, 0, 0, 0)
    if 17 <= month <= 24:  # seasons by EDTF are 21 to 24
        month -= 4 if month < 21 else 8
    if not year or not 0 < month <= 16:
        return DatePoint(year), not (odd or month or day or any(more))
    known = day if 0 < day <= 31 and month <= 12 else 0
    return DatePoint(year, month, known), not (odd or day != known or any(more))


def _of_text(text: str) -> Date | None:
    """Read a date of text: ISO, an ISO range, "May 6, 2004", "6 May 2004", "Spring 1999"; else it stays words."""
    text = text.strip()
    first, slash, last = (part.strip() for part in text.partition("/"))
    start, end = _iso(first), _iso(last)
    circa = first.endswith(tuple(_DOUBTS)) or last.endswith(tuple(_DOUBTS))
    if start and not slash:
        return Date(start, circa=circa)
    if start and start.year > 999 and (end or last in ("", "..")):
        return Date(start, end or DatePoint(), circa=circa)
    point = _of_words(text)
    if point:
        return Date(point)
    return Date(literal=text) if text else None


def _iso(text: str) -> DatePoint | None:
    match = _ISO.fullmatch(_CLOCK.sub("", text).rstrip(_DOUBTS))
    if match is None:
        return None
    point, whole = _point(match.groups())
    return point if whole and point.year and _is_real(point) else None


def _of_words(text: str) -> DatePoint | None:
    """Read a month or season with a year, and perhaps a day, in any order."""
    words = re.findall(r"[^\W\d_]+|\d+", text.lower())
    names = [word for word in words if not word.isdecimal()]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 5]
    if not 2 <= len(words) <= 3 or len(names) != 1 or len(names) + len(numbers) != len(words):
        return None
    year = numbers.pop() if numbers[-1] > 31 or len(numbers) > 1 or len(words) == 2 else 0
    season, day = _SEASONS.get(names[0], 0), numbers[0] if numbers else 0
    point = DatePoint(year, 12 + season if season else _month(names[0]), day)
    return point if year and point.month and not (season and day) and _is_real(point) else None


def _month(word: str) -> int:
    """Give the number of a month, written in full or shortened to three letters or more; 0 for another word."""
    return next((n for n, name in enumerate(_MONTHS, 1) if len(word) > 2 and f"{name} sept".find(word) in (0, 10)), 0)


def _is_real(point: DatePoint) -> bool:
    return (
        point.month > 12 or PartialDate.of(2000 if point.year < 0 else point.year, point.month, point.day) is not None
    )


# the model


def date_from_csl(value: object) -> tuple[PartialDate | None, bool]:
    """Read a date variable for the model; the second value says whether it holds all that was there.

    >>> str(date_from_csl({"date-parts": [["2004", None]]})[0])
    '2004'
    >>> date_from_csl({"date-parts": [[None]]})
    (None, True)
    """
    date, understood = read_date(value)
    if date is None:
        return None, understood
    partial = _partial(date)
    return partial, understood and _whole(partial) == date


def _partial(date: Date) -> PartialDate:
    start = _partial_point(date.start)
    literal = date.literal
    if date.season:  # "Michaelmas": a word that stays a word
        literal = literal or f"{date.season} {date.start.year}"
    return PartialDate(
        year=start.year,
        month=start.month,
        day=start.day,
        season=start.season,
        circa=date.circa,
        literal=literal,
        end=_partial_point(date.end) if date.end is not None else None,
    )


def _partial_point(point: DatePoint) -> PartialDate:
    if not point.year:
        return PartialDate()
    year = point.year if point.year > 0 else point.year + 1  # the model counts a year 0
    if point.month > 12:
        return PartialDate(year=year, season=point.month - 12)
    forms = (PartialDate.of(year, *rest) for rest in ((point.month, point.day), (point.month,), ()))
    return next(form for form in forms if form is not None)


def _whole(date: PartialDate) -> Date:
    """Give a date of the model as processing needs it."""
    literal, season = date.literal, _season_word(date)
    end = _whole_point(date.end) if date.end is not None else None
    return Date(_whole_point(date), end, "" if season else literal, season, date.circa)


def _whole_point(date: PartialDate) -> DatePoint:
    if date.year is None:
        return DatePoint()
    month = 12 + date.season if date.season else date.month or 0
    return DatePoint(_csl_year(date.year), month, 0 if date.season else date.day or 0)


def _csl_year(year: int) -> int:
    return year if year > 0 else year - 1


def _season_word(date: PartialDate) -> str:
    """Give the word that stands before the year in the words of a date: "Michaelmas 2004"."""
    if date.year is None or date.month or date.season:
        return ""
    word, blank, year = date.literal.rpartition(" ")
    return word.strip() if blank and year == str(_csl_year(date.year)) and not _season(word.strip()) else ""


def date_to_csl(date: PartialDate) -> dict[str, object]:
    """Give a date as CSL-JSON; a range has two lists of parts, years before 1 are counted without a year 0.

    >>> date_to_csl(PartialDate(year=-43, circa=True))
    {'date-parts': [[-44]], 'circa': True}
    >>> date_to_csl(PartialDate(year=2004, end=PartialDate()))
    {'date-parts': [[2004], [0]]}
    """
    value: dict[str, object] = {}
    if date.year is not None:
        start = _whole_point(date)
        ends = [_parts(start._replace(month=0) if date.season else start)]
        if date.end is not None:  # the schema has no empty parts for an open end
            ends.append(_parts(_whole_point(date.end)))
        value["date-parts"] = ends
    word = _season_word(date)
    if date.season or word:
        value["season"] = date.season or word
    if date.circa:
        value["circa"] = True
    if date.literal and not word:
        value["literal"] = date.literal
    return value


def _parts(point: DatePoint) -> list[int]:
    month = point.month + 8 if point.month > 12 else point.month  # seasons by EDTF
    known = [part for part in (point.year, month, point.day) if part]
    return known or [0]
