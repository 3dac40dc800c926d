"""References to records: `write_library` writes a whole file, `record_of` makes one record.

What a tag would not give back as it was (a range of dates, a variable without a tag, one of two CSL types that share an
RIS type) stands in a line ``M2  - variable: text``: each record is read again before it is written, to know.
"""

from __future__ import annotations

import re

from alliancebib.library import Library
from alliancebib.model import ExtraValue, Name, PartialDate, Reference
from alliancebib.rich_text import without_nocase
from alliancebib.ris.own_lines import own_lines, tex_lines
from alliancebib.ris.reading import reference_of
from alliancebib.ris.records import Record, TaggedLine, write_records
from alliancebib.ris.tags import OURS, is_whole, kind_of, tags_of, type_of
from alliancebib.ris.values import is_plain, serial_sort, split_pages, text_of_date
from alliancebib.variables import one_line, written_values
from alliancebib.written_names import text_of_name

__all__ = ["record_of", "write_library"]

_KEPT = re.compile(re.escape(OURS) + r"([A-Z][A-Z0-9])(?:-\d+)?")
_TYPE = re.compile(r"[A-Z0-9]{2,10}")
#: The order in which tags are written.
_ORDER = {
    tag: place
    for place, tag in enumerate(
        """ID AU TI ST A2 A3 A4 PY DA T2 T3 J2 C3 VL NV IS M1 SP EP ET CY C1 PB SN DO UR Y2 LA M3 AB KW N1""".split()
    )
}
_LAST = {"RN": 900, "M2": 901}

#: Variables of a paper whose tags are others where a second variable is there as well.
_CONFERENCE = {
    "container-title": ("event-title", "C3"),
    "event-title": ("container-title", "T2"),
    "publisher-place": ("event-place", "C1"),
    "event-place": ("publisher-place", "CY"),
}

#: People whom every program should see: M2 only says more precisely who they are.
_PEOPLE = frozenset({"author", "editor", "translator"})

Line = tuple[str, str]


def write_library(library: Library) -> str:
    """Write a whole file, in the order of the library."""
    return write_records(record_of(reference) for reference in library)


def record_of(reference: Reference) -> tuple[str, list[Line]]:
    """Give the RIS type of a reference and its lines, in their order."""
    type_ = _type(reference)
    values = _values(reference)
    lines = _tagged(type_, values, reference)
    named: set[str] = set()
    for _ in range(3):  # what is wrong beside another line comes to light when that is gone
        wrong = {name for name in _differences(type_, lines, values, reference) if name in values} - named
        if not wrong:
            break
        for name in wrong:
            seen = lines.get(name, []) if name in _PEOPLE else []
            lines[name] = [*(line for line in seen if line[0] != "M2"), *own_lines(name, values[name])]
        named |= wrong
    pairs = [line for group in lines.values() for line in group]
    return type_, sorted(pairs, key=lambda line: _ORDER.get(line[0], _LAST.get(line[0], 500)))


def _type(reference: Reference) -> str:
    """Give the type as it was read where it still says the same, else the one that the CSL type is written as."""
    read = reference.extra.get(f"{OURS}TY")
    if isinstance(read, str) and _TYPE.fullmatch(read) and (kind_of(read) or "document") == reference.kind:
        return read
    return type_of(reference.kind)


def _values(reference: Reference) -> dict[str, ExtraValue]:
    """Give every value that can be written, each text as one line; RIS cannot say what keeps its case."""
    values = written_values(reference).items()
    lines = {name: one_line(without_nocase(value)) if isinstance(value, str) else value for name, value in values}
    return {name: value for name, value in lines.items() if value}


def _tagged(type_: str, values: dict[str, ExtraValue], reference: Reference) -> dict[str, list[Line]]:
    """Give the lines of each variable, by the tag that the type has for it."""
    tag_of = {variable: tag for tag, variable in tags_of(type_).items()}
    lines: dict[str, list[Line]] = {"": [("ID", one_line(reference.key))] if one_line(reference.key) else []}
    for name, value in values.items():
        if name == "type":
            continue
        special = _special(name, value, type_, values)
        if special is not None:
            lines[name] = special
        elif name in tag_of and not isinstance(value, PartialDate):
            texts = [value] if isinstance(value, str) else map(_name, value)
            lines[name] = [(tag_of[name], text) for text in texts]
        else:
            lines[name] = own_lines(name, value)
    lines[OURS] = [*_kept_lines(reference.extra), *tex_lines(reference)]
    return lines


def _special(name: str, value: ExtraValue, type_: str, values: dict[str, ExtraValue]) -> list[Line] | None:
    """Give the lines of what is more than one tag and one text; None for what is not."""
    if isinstance(value, PartialDate):
        return _dated(name, value)
    if not isinstance(value, str):
        return None
    if type_ == "CONF" and name in _CONFERENCE and _CONFERENCE[name][0] in values:
        return [(_CONFERENCE[name][1], value)]
    if name in ("ISBN", "ISSN"):
        return [("SN", value)] if serial_sort(value, whole=True) == name.lower() else None
    if name == "number-of-pages":
        return [("SP", value)] if is_whole(type_) and "page" not in values else None
    return _parted(name, value)


def _parted(name: str, value: str) -> list[Line] | None:
    """Give the lines of what has more than one line, or a tag that stands for more than text."""
    if name == "page":
        first, last = split_pages(value)
        return [("SP", first), *([("EP", last)] if last else [])]
    if name == "keyword":
        words = value.split(";" if ";" in value else ",")
        return [("KW", word.strip()) for word in words if word.strip()]
    return [("UR", value)] if name == "URL" else None


def _dated(name: str, date: PartialDate) -> list[Line] | None:
    if name == "accessed" and is_plain(date):
        return [("Y2", text_of_date(date))]
    if name != "issued":
        return None
    if date.literal:
        return [("PY", one_line(date.literal))]
    year = [("PY", f"{date.year:04d}")] if date.year is not None and 1 <= date.year <= 9999 else []
    if not is_plain(date):
        return [*year, *own_lines(name, date)]
    return [*year, ("DA", text_of_date(date))] if date.month or date.season else year


def _name(name: Name) -> str:
    return one_line(text_of_name(name))


def _kept_lines(extra: dict[str, ExtraValue]) -> list[Line]:
    """Give the lines that no variable took when they were read."""
    return [
        (match[1], one_line(value))
        for name, value in extra.items()
        if isinstance(value, str) and (match := _KEPT.fullmatch(name)) and match[1] not in ("TY", "ER", "ID")
    ]


def _differences(
    type_: str, lines: dict[str, list[Line]], values: dict[str, ExtraValue], reference: Reference
) -> list[str]:
    """Name the variables that reading the lines would not give back as they are."""
    pairs = [line for group in lines.values() for line in group]
    back, _ = reference_of(Record(type=type_, lines=tuple(TaggedLine(tag, (text,)) for tag, text in pairs)))
    found = _values(back)
    expected = {**values, "type": reference.kind}
    return [name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)]
