"""Rule: dates in words become dates, and dates that no calendar or no press can have are named.

The day of today plays no part, so that the same list always gives the same result: only years that no list means are
called odd here (the checker of fields knows what day it is).
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.finding import Finding
from alliancebib.model import ExtraValue, PartialDate, Reference
from alliancebib.outline.dates import date_at
from alliancebib.rules._fields import DATE_FIELDS, found

__all__ = ["apply", "read_date"]

_FIRST_YEAR, _LAST_YEAR = 1400, 2100
#: Kinds that may be older than printing.
_OLD = frozenset("classic manuscript treaty legislation graphic figure map document collection".split())
_SEASONS = {
    word: number
    for number, words in enumerate(
        (
            "spring frühling frühjahr printemps primavera весна",
            "summer sommer été verano estate verão лето",
            "autumn fall herbst automne otoño autunno outono осень",
            "winter hiver invierno inverno зима",
        ),
        start=1,
    )
    for word in words.split()
}
_SEASON = re.compile(rf"(?P<s>{'|'.join(_SEASONS)})[\s,]+(?P<y>\d{{4}})|(?P<y2>\d{{4}})[\s,]+(?P<s2>{'|'.join(_SEASONS)})")
_CIRCA = re.compile(r"(?:c\.|ca\.?|circa|um|около)\s?(?=\d)", re.IGNORECASE)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d\S*")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")
_RANGE = re.compile(r"\s*[–—‒]\s*|\s+(?:-{1,3}|to|until|bis|à|по)\s+|(?<=\d{4})\s?[-/]{1,2}\s?(?=\d{4}(?!\d))|/")
_DAYS = re.compile(r"(\d{1,2})\.?\s?[-–—/]\s?(\d{1,2}\.?\s[^\W\d_].*)")
_MONTHS = re.compile(r"([^\W\d_]{3,}\.?)\s?[-–—/]\s?([^\W\d_]{3,}\.?\s\d{4})")
_LONGEST = 80


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Read the dates that stand in words, and look at all of them.

    >>> str(apply(Reference(issued=PartialDate(literal="12 August 2021")))[0].issued)
    '2021-08-12'
    """
    changes: dict[str, object] = {field: _read(getattr(reference, field)) for field in DATE_FIELDS}
    changes["extra"] = {name: _read_extra(value) for name, value in reference.extra.items()}
    new = reference.amended("dates", changes)
    looks = [_odd(date, old_is_fine=new.kind in _OLD) for date in (new.issued, new.accessed) if date]
    return new, tuple(found(new, "AB206", message) for message in dict.fromkeys(looks) if message)


def _read_extra(value: ExtraValue) -> ExtraValue:
    return _read(value) or value if isinstance(value, PartialDate) else value


def _read(date: PartialDate | None) -> PartialDate | None:
    """Read the words of a date that has nothing but words; take out of a calendar date what no calendar has."""
    if date is None:
        return None
    if date == PartialDate(literal=date.literal, circa=date.circa) and date.literal:
        read = read_date(date.literal)
        return msgspec.structs.replace(read, circa=read.circa or date.circa) if read else date
    if date.year is None or date.literal or PartialDate.of(date.year, date.month, date.day):
        return date
    words = "-".join(str(part) for part in (date.year, date.month, date.day) if part is not None)
    return PartialDate(year=date.year, circa=date.circa, literal=words, end=date.end)


def read_date(text: str) -> PartialDate | None:
    """Read a date, a season, a range or a circa that is the whole of a text; None for all else.

    Days and months in numbers whose order nobody can tell (03/04/2021) are none.

    >>> [str(read_date(text)) for text in ("Spring 2020", "c. 1920", "12-14 May 2021", "2019–2021", "May/June 2020")]
    ['2020-21', '1920~', '2021-05-12/2021-05-14', '2019/2021', '2020-05/2020-06']
    """
    text = " ".join(text.split()).strip(" .,;[]()")
    if not text or len(text) > _LONGEST:
        return None
    if match := _CIRCA.match(text):
        date = _point(text[match.end() :])
        return msgspec.structs.replace(date, circa=True) if date else None
    if text.endswith(("?", "~")) and (date := _point(text[:-1].strip())):
        return msgspec.structs.replace(date, circa=True)
    return _point(text) or _range(text)


def _point(text: str) -> PartialDate | None:
    if match := _TIME.fullmatch(text):
        text = match[1]
    if match := _COMPACT.fullmatch(text):
        date = PartialDate.of(int(match[1]), int(match[2]) or 99, int(match[3]) or 99)
        return date if date and _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR else None
    if (match := _SLASHED.fullmatch(text)) and match[1] != match[2] and max(int(match[1]), int(match[2])) <= 12:
        return None
    if match := _SEASON.fullmatch(text.lower()):
        return PartialDate(year=int(match["y"] or match["y2"]), season=_SEASONS[match["s"] or match["s2"]])
    iso = PartialDate.from_iso(text) if text.isascii() else None
    if iso:
        return iso
    written = date_at(text, 0)
    return written.date if written and written.end == len(text) else None


def _range(text: str) -> PartialDate | None:
    """Read two dates; of the first, what the second says for both may be missing ("12-14 May 2021")."""
    if match := _DAYS.fullmatch(text):
        first, last = f"{match[1]} {match[2].split(' ', 1)[1]}", match[2]
    elif match := _MONTHS.fullmatch(text):
        first, last = f"{match[1]} {match[2].rsplit(' ', 1)[1]}", match[2]
    else:
        parts = _RANGE.split(text)
        if len(parts) != 2:
            return None
        first, last = parts
        if not re.search(r"\d{4}", first) and (year := re.search(r"\d{4}$", last)):
            first = f"{first} {year[0]}"
    begin, end = _point(first.strip()), _point(last.strip())
    if begin and first and not last.strip(" ."):
        return msgspec.structs.replace(begin, end=PartialDate())
    if begin is None or end is None or _parts(end) < _parts(begin):
        return None
    return begin if begin == end else msgspec.structs.replace(begin, end=end)


def _parts(date: PartialDate) -> tuple[int, int, int]:
    month = (date.season - 1) * 3 + 1 if date.season else date.month
    return (date.year or 0, month or 0, date.day or 0)


def _odd(date: PartialDate, *, old_is_fine: bool) -> str:
    if date.year is None:
        return ""
    if date.literal and re.fullmatch(r"-?\d+(?:--?\d+){1,2}", date.literal) and not read_date(date.literal):
        return f"The date, {date.literal}, is in no calendar."
    if date.year > _LAST_YEAR:
        return f"The date, {date}, lies in the future."
    if date.year < _FIRST_YEAR and not old_is_fine:
        return f"The date, {date}, lies before printing."
    end = date.end
    if end and end.year is not None and _end_of(end) < _parts(date):
        return f"The date, {date}, ends before it begins."
    return ""


def _end_of(date: PartialDate) -> tuple[int, int, int]:
    return (date.year or 0, (date.season or 0) * 3 or date.month or 12, date.day or 31)
