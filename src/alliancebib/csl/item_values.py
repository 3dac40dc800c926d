"""Names, dates and texts as CSL-JSON writes them, and as the rest of the world does.

Values of the model go out in the shapes of the CSL 1.0.2 schema; any JSON value comes in. A reader here gives the value
and whether everything in the JSON was understood; it never raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from alliancebib.model import Name, PartialDate

__all__ = ["date_from_csl", "date_of_text", "date_to_csl", "names_from_csl", "names_to_csl", "text_from_csl"]

_PARTS = (
    ("family", "family"),
    ("given", "given"),
    ("dropping_particle", "dropping-particle"),
    ("non_dropping_particle", "non-dropping-particle"),
    ("suffix", "suffix"),
    ("literal", "literal"),
)
#: What a program that does not know the flag makes of "and others" and "et al.".
_OTHERS = frozenset({"others", "and others", "et al", "et al.", "et alii", "u.a.", "и др."})
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE_KEYS = frozenset({"date-parts", "season", "circa", "literal", "raw", "date-time", "timestamp", "edtf"})
_NO = frozenset({"", "0", "false", "no"})
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\.? )?([^\W\d_]{3,9})\.? (\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.? (\d{1,2}), (\d{4})")


def text_from_csl(value: object) -> str | None:
    """Give a text or number as text; None for what is neither.

    >>> text_from_csl(12), text_from_csl(3.0), text_from_csl([])
    ('12', '3', None)
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return None


def names_to_csl(names: tuple[Name, ...]) -> list[dict[str, str]]:
    """Give names as CSL-JSON; "others" has no form there and is left out."""
    return [{key: value for part, key in _PARTS if (value := getattr(name, part))} for name in names if not name.others]


def names_from_csl(value: object) -> tuple[tuple[Name, ...], bool]:
    """Read a name variable: a list of names, one name, or a text.

    >>> names_from_csl([{"family": "Aris", "given": "S."}, {"literal": "others"}])[0][1].others
    True
    """
    if isinstance(value, (str, Mapping)):
        value = [value]
    if not isinstance(value, (list, tuple)):
        return (), False
    read = [_name(one) for one in value]
    names = [name for name in read if name is not None]
    if len(names) > 1 and _says_others(names[-1]):
        names[-1] = Name(others=True)
    return tuple(names), len(names) == len(value)


def _name(value: object) -> Name | None:
    if isinstance(value, str):
        return Name(literal=value.strip()) if value.strip() else None
    if not isinstance(value, Mapping):
        return None
    parts = {part: text for part, key in _PARTS if (text := text_from_csl(value.get(key)) or "")}
    if not parts and (body := text_from_csl(value.get("name"))):  # Crossref's way to write an organisation
        parts = {"literal": body}
    return msgspec.convert(parts, Name) if parts else None


def _says_others(name: Name) -> bool:
    return not name.given and (name.literal or name.family).strip().lower() in _OTHERS


def date_to_csl(date: PartialDate) -> dict[str, object]:
    """Give a date as CSL-JSON; a range has two lists of parts, years before 1 are counted without a year 0.

    >>> date_to_csl(PartialDate(year=-43, circa=True))
    {'date-parts': [[-44]], 'circa': True}
    """
    value: dict[str, object] = {}
    ends = [date, *([date.end] if date.end else [])]
    parts = [_parts(end) for end in ends if end.year is not None]
    if date.year is not None:
        value["date-parts"] = parts
    if date.season:
        value["season"] = date.season
    if date.circa:
        value["circa"] = True
    if date.literal:
        value["literal"] = date.literal
    return value


def _parts(date: PartialDate) -> list[int]:
    assert date.year is not None
    year = date.year if date.year > 0 else date.year - 1
    if not date.month or date.season:
        return [year]
    return [year, date.month, date.day] if date.day else [year, date.month]


def date_from_csl(value: object) -> tuple[PartialDate | None, bool]:
    """Read a date variable in the shapes of the schema, of Crossref, and of older programs.

    >>> str(date_from_csl({"date-parts": [["2004", None]]})[0])
    '2004'
    >>> date_from_csl({"date-parts": [[None]]})
    (None, True)
    """
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return date_of_text(str(value)), True
    if isinstance(value, (list, tuple)):
        return _of_parts(value)
    if not isinstance(value, Mapping):
        return None, False
    date, understood = _of_parts(value.get("date-parts"))
    if date is None and (raw := text_from_csl(value.get("raw") or value.get("edtf"))):
        date = date_of_text(raw)
    if date is None and "year" in value:
        date, understood = _of_parts([[value.get("year"), value.get("month"), value.get("day")]])
    elif not value.keys() <= _DATE_KEYS:
        understood = False
    return _with_words(date or PartialDate(), value, understood=understood)


def _with_words(date: PartialDate, value: Mapping[str, object], *, understood: bool) -> tuple[PartialDate | None, bool]:
    season, literal = text_from_csl(value.get("season")), text_from_csl(value.get("literal")) or ""
    circa = date.circa or (text_from_csl(value.get("circa")) or str(bool(value.get("circa")))).lower() not in _NO
    number = _season(season) if season else date.season
    if season and number is None:  # "Michaelmas": a word that stays a word
        literal = literal or " ".join(part for part in (season, str(date)) if part)
    whole = PartialDate(
        year=date.year,
        month=None if number else date.month,
        day=None if number else date.day,
        season=number,
        circa=circa,
        literal=literal or date.literal,
        end=date.end,
    )
    return (None if whole == PartialDate() else whole), understood


def _season(text: str) -> int | None:
    word = text.strip().lower()
    if word.isdecimal() and len(word) < 3:
        number = int(word)
        return next((number - base for base in (0, 12, 20) if 1 <= number - base <= 4), None)
    return _SEASONS.get(word)


def _of_parts(value: object) -> tuple[PartialDate | None, bool]:
    if value is None:
        return None, True
    if not isinstance(value, (list, tuple)):
        return None, False
    ends = list(value) if any(isinstance(part, (list, tuple)) for part in value) else [value]
    first, understood = _of_numbers(ends[0])
    if first is None or len(ends) == 1:
        return first, understood and len(ends) == 1
    last, understood_too = _of_numbers(ends[1])
    end = last or PartialDate()  # no year at the other end: the range is open
    date = PartialDate(year=first.year, month=first.month, day=first.day, season=first.season, end=end)
    return date, understood and understood_too and len(ends) == 2


def _of_numbers(value: object) -> tuple[PartialDate | None, bool]:
    if not isinstance(value, (list, tuple)):
        return None, value is None
    texts = [(text_from_csl(part) or "").strip() for part in value]
    if len(texts) == 1 and not re.fullmatch(r"-?\d{0,9}", texts[0]):
        date = date_of_text(texts[0])
        return date, date.year is not None
    numbers = [int(text) if re.fullmatch(r"-?\d{1,9}", text) else None for text in texts]
    odd = any(number is None and part not in (None, "") for number, part in zip(numbers, value, strict=True))
    padded: list[int | None] = [*numbers, None, None, None]
    year, month, day, *more = padded
    if not year:
        return None, not odd and not month
    year = year if year > 0 else year + 1
    if month and 13 <= month <= 24 and _season(str(month)):
        return PartialDate(year=year, season=_season(str(month))), not odd
    for parts in ((year, month, day), (year, month), (year,)):
        if all(part is None or part >= 0 for part in parts[1:]) and (real := PartialDate.of(*parts)):
            return real, not odd and parts == (year, month, day) and not any(more)
    return None, False


def date_of_text(text: str) -> PartialDate:
    """Read a date written as text: ISO, an ISO range, "6 May 2004", "May 6, 2004"; anything else stays words.

    >>> str(date_of_text("2004-05-06T10:00:00Z")), date_of_text("in press").literal
    ('2004-05-06', 'in press')
    """
    text = text.strip()
    first, slash, last = text.partition("/")
    start = _iso(first)
    if start and slash:
        end = PartialDate() if last.strip() in ("", "..") else _iso(last)
        if end is not None:
            return PartialDate(year=start.year, month=start.month, day=start.day, circa=start.circa, end=end)
    if start and not slash:
        return start
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        month, day, year = match.groups()
    else:
        return PartialDate(literal=text) if text else PartialDate()
    number = next((place for place, name in enumerate(_MONTHS, 1) if month.lower().startswith(name)), None)
    date = PartialDate.of(int(year), number, int(day) if day else None) if number else None
    return date or PartialDate(literal=text)


def _iso(text: str) -> PartialDate | None:
    text = re.sub(r"(?<=\d)[T ]\d\d:\d\d.*", "", text.strip())
    circa = text.endswith("~")
    date = PartialDate.from_iso(text.rstrip("~"))
    if date is None or not circa:
        return date
    return PartialDate(year=date.year, month=date.month, day=date.day, circa=True)
