"""Rule: dates that stand as words become dates; impossible ones are named, and kept.

The forms are those of lists ("2 August 2021", "Spring 2020", "12-14 May 2021", "2019-2020"). What could be read in two
ways, as 02/08/2021, stays words.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from alliancebib.bibtex.locating import field_origin
from alliancebib.finding import Finding
from alliancebib.model import PartialDate, Reference
from alliancebib.outline.dates import date_at

__all__ = ["apply"]

#: Seasons in the languages of most lists, by number.
_SEASONS = {
    1: "spring frühjahr frühling printemps primavera весна lente wiosna",
    2: "summer sommer été verano estate лето zomer lato",
    3: "autumn fall herbst automne otoño autunno осень herfst jesień",
    4: "winter hiver invierno inverno зима zima",
}
_SEASON = {word: number for number, words in _SEASONS.items() for word in words.split()}
_SEASONED = re.compile(r"(?:([^\W\d_]+)[\s,]+(\d{4})|(\d{4})[\s,]+([^\W\d_]+))")
_CIRCA = re.compile(r"(?:circa|ca\.?|c\.|um|около|ок\.|vers)\s*(?=\d)", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:.*")
_AMBIGUOUS = re.compile(r"(\d\d?)[-/](\d\d?)[-/]\d{4}")
_DASH = r"\s*[-‐‑‒–—]\s*"
_DAYS = re.compile(rf"(\d{{1,2}}\.?){_DASH}(\d{{1,2}}\.?\s+\S.*)")
_MONTHS = re.compile(r"([^\W\d_]+\.?)\s*[-‐‑‒–—/]\s*([^\W\d_]+\.?[\s,]+(\d{4}))")
_ENDS = re.compile(r"(\S.*?)(?:\s*[–—/]\s*|\s+(?:-|to|bis)\s+|(?<=\d{4})-(?=\d{4}$))(\S.*)")

#: Before movable type in Europe, and after every plan: a mistyped year.
_FIRST, _LAST = 1400, 2100
#: Kinds that are older by right.
_OLD = frozenset("classic manuscript treaty legislation graphic figure map collection".split())


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Read the dates of publication and access; AB206 for what no calendar or press allows.

    >>> str(apply(Reference(issued=PartialDate(literal="12 August 2021")))[0].issued)
    '2021-08-12'
    """
    changes = {"issued": _read(reference.issued), "accessed": _read(reference.accessed)}
    reference = reference.amended("dates", changes)
    messages = {
        "issued": _fault("The date", reference.issued, old=reference.kind in _OLD),
        "accessed": _fault("The date of access", reference.accessed),
    }
    findings = tuple(
        Finding.of("AB206", message, origin=field_origin(reference.origin, field), reference=reference.id)
        for field, message in messages.items()
        if message
    )
    return reference, findings


def _read(value: PartialDate | None) -> PartialDate | None:
    if value is None or value.year is not None or value.end is not None or not value.literal:
        return value
    text = value.literal.strip(" ,:;()[]")
    circa = _CIRCA.match(text)
    text = text[circa.end() :] if circa else text
    bare = text.rstrip(".")
    # A full stop ends a sentence, or belongs to the date ("2023 г.").
    found = _range(bare) or _point(bare) or _range(text) or _point(text)
    return replace(found, circa=value.circa or bool(circa)) if found else value


def _range(text: str) -> PartialDate | None:
    if days := _DAYS.fullmatch(text):
        end = _point(days[2])
        begin = PartialDate.of(end.year, end.month, int(days[1].rstrip("."))) if end and end.year else None
        return replace(begin, end=end) if begin and end and end.day else None
    if months := _MONTHS.fullmatch(text):
        return _joined(f"{months[1]} {months[3]}", months[2])
    ends = _ENDS.fullmatch(text)
    return _joined(ends[1], ends[2]) if ends else None


def _joined(first: str, last: str) -> PartialDate | None:
    begin, end = _point(first), _point(last)
    return replace(begin, end=end) if begin and end else None


def _point(text: str) -> PartialDate | None:
    if season := _SEASONED.fullmatch(text):
        word, year = (season[1] or season[4]).lower(), int(season[2] or season[3])
        if word in _SEASON:
            return PartialDate(year=year, season=_SEASON[word])
    if clock := _CLOCK.fullmatch(text):
        text = clock[1]
    if iso := PartialDate.from_iso(text):
        return iso
    numbers = _AMBIGUOUS.fullmatch(text)
    if numbers and int(numbers[1]) <= 12 and int(numbers[2]) <= 12 and int(numbers[1]) != int(numbers[2]):
        return None
    found = date_at(text, 0)
    return found.date if found and found.end == len(text) else None


def _fault(subject: str, value: PartialDate | None, *, old: bool = False) -> str:
    if value is None or value.year is None:
        return ""
    end = value.end if value.end and value.end.year is not None else None
    if not _exists(value) or (end and not _exists(end)):
        return f"{subject}, {value}, is in no calendar."
    if value.year > _LAST or (end and _year(end) > _LAST):
        return f"{subject}, {value}, lies in the future."
    if value.year < _FIRST and not old:
        return f"{subject}, {value}, lies before printing."
    if end and _day(end, 12, 31) < _day(value, 1, 1):
        return f"{subject}, {value}, ends before it begins."
    return ""


def _year(value: PartialDate) -> int:
    return value.year or 0


def _exists(value: PartialDate) -> bool:
    if value.season is not None and not 1 <= value.season <= 4:
        return False
    try:
        date(2000 if not 1 <= _year(value) <= 9999 else _year(value), value.month or 1, value.day or 1)
    except ValueError:
        return False
    return True


def _day(value: PartialDate, month: int, day: int) -> tuple[int, int, int]:
    """Give a day to compare by; what is not known of it is the first or the last that it can be."""
    known = value.month or (((value.season - 1) * 3 + 1) if value.season else month)
    return _year(value), known, value.day or day
