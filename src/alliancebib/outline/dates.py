"""Dates as people write them in lists: a text and a place come in, a `PartialDate` and its extent go out.

Fifteen languages of month names stand in ``dates.toml``; numeric forms of Europe, America, East Asia and ISO are known.
Of several days the first is taken. Nothing here guesses from arbitrary digits: a year is four digits from 1800 to 2099.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from alliancebib.model import PartialDate

__all__ = ["FoundDate", "date_at", "date_ending", "find_date", "is_date", "is_day", "season_in"]

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_FOUR_DIGITS = re.compile(r"\d{4}")
_SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}
_SEASON = re.compile(rf"(?<![^\W_])(?P<season>{'|'.join(_SEASONS)})(?![^\W_])", re.IGNORECASE)
#: No written date is longer than this; it bounds every search.
_LONGEST = 48


class FoundDate(msgspec.Struct, frozen=True):
    """A date, and the characters ``start`` to ``end`` of the text that say it."""

    date: PartialDate
    start: int
    end: int

    @property
    def is_year(self) -> bool:
        """Only the year is known."""
        return self.date.month is None


@cache
def _months() -> dict[str, int]:
    table = tomllib.loads(files("alliancebib.outline").joinpath("dates.toml").read_text("utf-8"))["months"]
    return {name.replace("_", " "): int(number) for number, names in table.items() for name in names.split()}


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    month = rf"(?P<{{0}}>{names})(?![^\W\d_])\.?"
    year = r"(?P<{0}>(?:18|19|20)\d\d)(?!\d)"
    day = r"(?P<{0}>[0-3]?\d)(?!\d)"
    of = r"(?:\s*,)?\s+(?:de\s+|del\s+|of\s+)?"
    forms = (
        (
            rf"{day.format('d1')}(?:st|nd|rd|th|er|º|°|\.)?(?:\s?[-–]\s?[0-3]?\d\.?(?=\s))?(?:\s+(?:de|of)\s+|\s*[\s.\-]\s*){month.format('m1')}{of}"
            rf"{year.format('y1')}(?:\s+(?:г\.|года|р\.|року|r\.|roku)(?!\w))?"
        ),
        rf"{month.format('m2')}\s+{day.format('d2')}(?:st|nd|rd|th)?(?:\s?[-–]\s?[0-3]?\d(?:st|nd|rd|th)?)?\s*,?\s+{year.format('y2')}",
        rf"{month.format('m3')}(?:\s?[-–/]\s?(?:{names})(?![^\W\d_])\.?)?{of}{year.format('y3')}",
        rf"{year.format('y4')}(?:,\s*|\s+){month.format('m4')}(?:\s+{day.format('d4')}(?![-–]?\d))?",
        rf"{year.format('y0')}\.\s(?:[–—-]\s)?{day.format('d0')}\s{month.format('m0')}",  # GOST: "2023. 21 июля"
        r"(?P<y5>(?:18|19|20)\d\d)(?P<s5>[-/.])(?P<m5>[01]?\d)(?P=s5)(?P<d5>[0-3]?\d)(?!\d)",
        r"(?P<d6>[0-3]?\d)(?P<s6>[-/]|\.\s?)(?P<m6>[0-3]?\d)(?P=s6)(?P<y6>(?:18|19|20)\d\d)(?!\d)",
        r"(?P<y7>(?:18|19|20)\d\d)年(?:\s?(?P<m7>[01]?\d)月(?:\s?(?P<d7>[0-3]?\d)日)?)?",
        r"(?P<y8>(?:18|19|20)\d\d)-(?P<m8>0[1-9]|1[0-2])(?![\d-])",
        year.format("y9") + r"(?:\s+(?:г\.|р\.|r\.)(?!\w))?",
    )
    return re.compile(rf"(?<![\w.])(?:{'|'.join(forms)})", re.IGNORECASE)


def date_at(text: str, place: int) -> FoundDate | None:
    """Read the date that begins exactly at a place.

    >>> str(date_at("29 October 2024. Summit", 0).date)
    '2024-10-29'
    >>> str(date_at("Stand: 3. März 2021", 7).date)
    '2021-03-03'
    """
    if not _FOUR_DIGITS.search(text, place, place + _LONGEST):
        return None  # no year
    window = text[max(0, place - 1) : place + _LONGEST].translate(_DIGITS)
    offset = min(place, 1)
    match = _pattern().match(window, offset)
    return _found(match, place - offset) if match else None


def find_date(text: str) -> FoundDate | None:
    """Read the first date within the first 200 characters; a full date is better than a year before it."""
    year = None
    for match in _pattern().finditer(text[:200].translate(_DIGITS)):
        found = _found(match, 0)
        if found and not found.is_year:
            return found
        year = year or found
    return year


def date_ending(text: str, end: int) -> FoundDate | None:
    """Read the longest date that ends exactly at a place.

    >>> found = date_ending("Summit ends, 12 May 2023", 24)
    >>> (str(found.date), found.start)
    ('2023-05-12', 13)
    """
    start = max(0, end - _LONGEST)
    if not _FOUR_DIGITS.search(text, start, end):
        return None  # no year
    for place in range(start, end):
        if text[place].isspace() or (place and text[place - 1].isalnum()):
            continue
        found = date_at(text[:end], place)
        if found and found.end == end:
            return found
    return None


def is_date(text: str) -> bool:
    """Say whether a text is a date and nothing else ("2023", "May 2023")."""
    text = text.strip(" .:()[]")
    found = date_at(text, 0)
    return bool(found and found.end == len(text))


def is_day(text: str) -> bool:
    """Say whether a text is the date of a day and nothing else ("3 May 2023")."""
    text = text.strip(" .:()[]")
    found = date_at(text, 0)
    return bool(found and found.end == len(text) and found.date.day)


def season_in(text: str, date: PartialDate | None) -> PartialDate | None:
    """Add to a year the season that a text names beside it; None where it names none or more than the year is known.

    >>> str(season_in("(1991, Summer)", PartialDate(year=1991)))
    '1991-22'
    """
    found = _SEASON.search(text[:_LONGEST])
    if found is None or date is None or date.year is None or date.month or date.season or date.end:
        return None
    return PartialDate(year=date.year, season=_SEASONS[found["season"].lower()], circa=date.circa)


def _group(match: re.Match[str], name: str) -> str:
    """Give what a group matched; "" where it matched nothing or its form has none of that name."""
    return (match[name] or "") if name in match.re.groupindex else ""


def _found(match: re.Match[str], offset: int) -> FoundDate | None:
    form = (match.lastgroup or "")[1:]  # all groups that take part are of one form
    year = int(match["y" + form])
    month, day = (_group(match, name + form) for name in "md")
    number = int(month) if month.isdigit() else _months().get(month.lower().rstrip("."), 0)
    numeric_day = int(day) if day else 0
    if (
        form == "6" and number > 12 and numeric_day <= 12
    ):  # American order is certain only where the other is impossible
        number, numeric_day = numeric_day, number
    if (month and not 1 <= number <= 12) or (day and not 1 <= numeric_day <= 31):
        return None
    date = PartialDate.of(year, number or None, numeric_day or None)
    return FoundDate(date, match.start() + offset, match.end() + offset) if date else None
