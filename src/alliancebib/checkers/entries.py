"""Checker: what of a .bib entry reaches no list, or wrongly: misspelt types and fields, odd dates, names run together.

A library comes in, findings go out, at the line of the field; nothing is asked and nothing changed. References that
were not read from a .bib file have nothing to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from alliancebib.bibtex import FORMAT
from alliancebib.bibtex.blocks import find_blocks
from alliancebib.bibtex.datamodel import is_known_field, is_known_type, meant_field, meant_type
from alliancebib.bibtex.dates import is_only_edtf, parse_parts
from alliancebib.bibtex.fields import NAMES, OURS, SOURCE
from alliancebib.bibtex.literal_lists import list_parts
from alliancebib.bibtex.locating import field_origin
from alliancebib.bibtex.places import field_places, key_place, value_parts
from alliancebib.bibtex.syntax import read_blocks
from alliancebib.checkers import Progress
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding, Report, Severity
from alliancebib.library import Library
from alliancebib.model import Name, Origin, PartialDate, Reference
from alliancebib.web import Web

__all__ = ["NEEDS_WEB", "check", "check_entry"]

NEEDS_WEB = False

_TYPE = re.compile(r"@\s*([^\s{(]+)")
_ENTITY = re.compile(r"&#?\w+;")
_ENTITY_OR_SEMICOLON = re.compile(rf"({_ENTITY.pattern})|;")
#: Page, line and key of an entry.
_Place = tuple[str, int | None, str]
#: ``family=Doe, given=Jane``, biblatex's extended form of names.
_EXTENDED = re.compile(r"\s*[A-Za-z-]+\s*=")
#: Von Last, Jr, First: a name has no more commas.
_MOST_COMMAS = 2
_PARTS_OF_DATES = ("date", "year", "month", "day")


def check(
    library: Library,
    *,
    web: Web,  # noqa: ARG001 - the shelf's face
    settings: CheckSettings,  # noqa: ARG001
    progress: Progress | None = None,  # noqa: ARG001
) -> Report:
    """Look at every entry that a .bib file gave."""
    fields = cache(partial(_fields_of_files, library))
    return Report(findings=tuple(found for reference in library for found in check_entry(reference, fields)))


def check_entry(
    reference: Reference, files: Callable[[], Mapping[_Place, Mapping[str, str]]] = dict
) -> Iterator[Finding]:
    """Look at one entry, and give what no program will understand.

    ``files`` gives the fields of all entries, macros resolved; it is asked where an entry by itself does not tell.

    >>> from alliancebib.model import Origin
    >>> entry = Reference(extra={"bibtex:titel": "A"}, origins=(Origin(line=1, raw="@misc{k, titel = {A}}"),))
    >>> [finding.message for finding in check_entry(entry)]
    ['No program knows the field `titel`; is `title` meant?']
    """
    if not reference.origin.raw.startswith("@"):
        return
    yield from _unknown_type(reference)
    yield from _unknown_fields(reference)
    yield from _odd_dates(reference)
    yield from _names_run_together(reference, files)


def _unknown_type(reference: Reference) -> Iterator[Finding]:
    match = _TYPE.match(reference.origin.raw)
    if match is None or is_known_type(match[1]):
        return
    meant = meant_type(match[1])
    words = f"is `@{meant}` meant?" if meant else "styles set it as they set @misc."
    yield Finding.of(
        "AB209",
        f"No program knows the entry type `@{match[1]}`; {words}",
        origin=reference.origin,
        reference=reference.id,
        severity=None if meant else Severity.NOTE,
        fix=meant,
    )


def _unknown_fields(reference: Reference) -> Iterator[Finding]:
    """Tell of unknown fields that are near to a known one; others are somebody's own, as .bib files allow."""
    for name in _left_over(reference):
        if not is_known_field(name) and (meant := meant_field(name)) and not _has(reference, meant):
            yield Finding.of(
                "AB210",
                f"No program knows the field `{name}`; is `{meant}` meant?",
                origin=field_origin(reference.origin, name),
                reference=reference.id,
                fix=meant,
            )


def _odd_dates(reference: Reference) -> Iterator[Finding]:
    """Tell of what stands where a date should and is none; words without a digit ("forthcoming") tell enough."""
    odd = {name: str(reference.extra[OURS + name]) for name in _PARTS_OF_DATES if OURS + name in reference.extra}
    if reference.issued:
        odd.setdefault("issued", reference.issued.literal)
    for name, value in odd.items():
        if message := _odd_date(reference.issued, name, value):
            yield Finding.of("AB211", message, origin=field_origin(reference.origin, name), reference=reference.id)


def _odd_date(date: PartialDate | None, name: str, value: str) -> str:
    """Say what is odd in what stands where a date should; nothing of dates that only biblatex understands."""
    if name in ("date", "issued"):
        told = not re.search(r"\d", value) or is_only_edtf(value)
        return "" if told else f"The date `{value}` cannot be read as a date."
    part = _part(name, value)
    if part is None:
        return f"The {name} `{value}` cannot be read as a date."
    if date is None:
        return f"The {name} `{value}` stands without a year and is no date."
    if date.year is None:
        return f"The {name} `{value}` stands beside `{date}`, which counts as the date."
    same = part == _part_of(date, name)
    return "" if same else f"The {name} `{value}` is another than that of the date `{date}`."


def _part(name: str, value: str) -> tuple[int | None, ...] | None:
    """Read a part that stands beside a date; None where it is no part of one."""
    if name == "day":
        return (int(value),) if value.isdecimal() and 1 <= int(value) <= 31 else None
    date = parse_parts(value) if name == "year" else parse_parts("2000", value)
    part = None if date is None or date.literal else _part_of(date, name)
    return part if part and any(number is not None for number in part) else None


def _part_of(date: PartialDate, name: str) -> tuple[int | None, ...]:
    return (date.month, date.season) if name == "month" else (date.year if name == "year" else date.day,)


def _names_run_together(
    reference: Reference, files: Callable[[], Mapping[_Place, Mapping[str, str]]]
) -> Iterator[Finding]:
    """Tell of one name that has a semicolon, or more commas than a name can have; a body in braces may have both."""
    for field in NAMES:
        names: tuple[Name, ...] = getattr(reference, field)
        semicolon = any(";" in _ENTITY.sub("", f"{name.family} {name.given} {name.suffix}") for name in names)
        if not semicolon and not any(name.suffix for name in names):
            continue  # as nearly always: the second of two commas or more gives a suffix
        source = _source(reference, field)
        macro = _has_macro(reference.origin.raw, field)
        if macro:
            source = files().get(_place(reference.origin, reference.key), {}).get(field, source)
        told = next((part for part in list_parts(source) if _is_run_together(part)), "")
        if told:
            yield Finding.of(
                "AB213",
                f"`{told}` is read as one name; between persons stands `and`.",
                origin=field_origin(reference.origin, field),
                reference=reference.id,
                fix=_with_and(source) if semicolon and not macro and "{" not in source else "",
            )


def _source(reference: Reference, field: str) -> str:
    """Give a field as it stands in the entry; nothing if it was inherited."""
    block = next(read_blocks(reference.origin.raw))
    return next((one.value for one in block.fields if one.name == field), "")


def _has_macro(raw: str, field: str) -> bool:
    """Say whether the value of a field is made of macros, which stand elsewhere in the file."""
    entry = next(find_blocks(raw))
    body = raw[entry.body : entry.body_end]
    places = field_places(body, key_place(body).end, [])
    typed = next((body[place.value : place.end] for place in places if place.name.lower() == field), "")
    return any(part[0] not in '{"' for part in value_parts(typed))


def _fields_of_files(library: Library) -> dict[_Place, dict[str, str]]:
    """Read the lists of names in the .bib files of a library once more, with their macros."""
    return {
        _place(Origin(page=original.source.name, line=block.line), block.key): {
            one.name: one.value for one in reversed(block.fields) if one.name in NAMES
        }
        for original in library.originals
        if original.format == FORMAT
        for block in read_blocks(original.source.text)
        if block.kind == "entry"
    }


def _place(origin: Origin, key: str) -> _Place:
    return origin.page, origin.line, key


def _is_run_together(part: str) -> bool:
    bare = _outside_braces(part)
    if _EXTENDED.match(bare):
        return False
    return ";" in _ENTITY.sub("", bare) or bare.count(",") > _MOST_COMMAS


def _outside_braces(source: str) -> str:
    depth, pieces = 0, []
    for piece in re.split("([{}])", source):
        depth += (piece == "{") - (piece == "}")
        if not depth and piece != "}":
            pieces.append(piece)
    return "".join(pieces)


def _with_and(source: str) -> str:
    parts = _ENTITY_OR_SEMICOLON.sub(lambda match: match[1] or "\n", source).split("\n")
    return " and ".join(filter(None, map(str.strip, parts)))


def _left_over(reference: Reference) -> list[str]:
    """Give the fields that no variable holds."""
    names = (name for name in reference.extra if name.startswith(OURS) and not name.startswith(SOURCE))
    return [bare for name in names if (bare := name.removeprefix(OURS)) not in ("entrytype", *_PARTS_OF_DATES)]


def _has(reference: Reference, field: str) -> bool:
    return field_origin(reference.origin, field) != reference.origin
