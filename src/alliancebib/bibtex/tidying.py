"""A .bib file in one tidy form: text comes in, text goes out that says the same.

One field a line, names of types and fields in lower case, one kind of delimiter, one blank line between blocks. Macros,
concatenations, comments (also those between fields), preambles, and the order of entries and fields stay, unless an
order is asked for. An entry that is damaged is left as it is. What comes out is read again and compared: a form that
would change what any entry says is never given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from alliancebib.bibtex.blocks import Stretch, find_blocks
from alliancebib.bibtex.places import FieldPlace, field_places, key_place, value_parts
from alliancebib.bibtex.syntax import Block, read_blocks

__all__ = ["Layout", "tidied"]

_COMMENT = re.compile(r"%[^\n]*")
_NUMBER = re.compile(r"\d+")
#: What BibTeX takes for a blank; others, such as no-break blanks, are text.
_BLANK = " \t\r\n\f\v"
_BLANKS = re.compile(f"[{_BLANK}]+")
#: The order of fields where one is asked for: who, what, where, when, how to find it; all others follow by name.
_ORDER = (
    "author",
    "editor",
    "title",
    "subtitle",
    "journal",
    "journaltitle",
    "booktitle",
    "entrysubtype",
    "series",
    "volume",
    "number",
    "issue",
    "pages",
    "edition",
    "publisher",
    "institution",
    "school",
    "organization",
    "address",
    "location",
    "date",
    "year",
    "month",
    "day",
    "doi",
    "isbn",
    "issn",
    "url",
    "urldate",
)


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a tidy file looks.

    ``indent`` is the number of blanks before a field; ``align`` puts the equals signs of an entry below each other;
    ``sort_fields`` brings fields into a fixed order; ``sort`` brings entries into the order of "key", "type" or "year"
    ("": as they stand), each keeping the text above it.
    """

    indent: int = 2
    align: bool = False
    sort_fields: bool = False
    sort: str = ""


def tidied(text: str, layout: Layout = Layout()) -> str:
    """Give a file in tidy form; the same again gives the same.

    >>> print(tidied('@Misc{ k,TITLE="A", % why' + chr(10) + 'year=2020}'), end="")
    @misc{k,
      title = {A}, % why
      year = {2020},
    }
    """
    parts = [_block(text, stretch, layout) for stretch in find_blocks(text)]
    parts = [part for part in parts if part.text]
    said = _says(text)
    if layout.sort and sorted(map(repr, _says(new := _joined(_sorted(parts, layout.sort))))) == sorted(map(repr, said)):
        return new
    new = _joined(parts)
    return new if _says(new) == said else text


def _joined(parts: Sequence[_Part]) -> str:
    pieces: list[str] = []
    for before, part in zip([None, *parts], parts, strict=False):
        if before is not None:
            pieces.append("\n" if before.kind == part.kind == "string" else "\n\n")
        pieces.append(part.text)
    return "".join([*pieces, "\n"]) if pieces else ""


class _Part(msgspec.Struct, frozen=True):
    """A block in tidy form; ``keys`` are what entries are sorted by."""

    text: str
    kind: str
    keys: dict[str, str]


def _says(text: str) -> list[tuple[object, ...]]:
    """Give what the blocks of a file say, without their form."""
    return [_told(block) for block in read_blocks(text) if block.kind != "text" or block.raw.strip()]


def _told(block: Block) -> tuple[object, ...]:
    if block.kind == "entry":
        fields = sorted((field.name, field.value) for field in block.fields)
        return block.type, block.key, fields, _kept_comments(block.raw), block.broken
    return block.kind, "\n".join(line.rstrip(_BLANK) for line in block.raw.strip(_BLANK).split("\n"))


def _kept_comments(raw: str) -> list[str]:
    """Give the comments between the fields of an entry."""
    stretch = next(find_blocks(raw))
    body = raw[stretch.body : stretch.body_end]
    key = key_place(body)
    rows = _rows(body, key.end, tuple(field_places(body, key.end, [])))
    return sorted(comment for row in rows for comment in (*row.above, row.behind) if comment)


def _block(text: str, stretch: Stretch, layout: Layout) -> _Part:
    raw = text[stretch.start : stretch.end]
    as_it_is = _Part("\n".join(line.rstrip(_BLANK) for line in raw.strip(_BLANK).split("\n")), stretch.kind, {})
    if stretch.kind != "entry" or not stretch.closed:
        return as_it_is
    body = text[stretch.body : stretch.body_end]
    key, notes = key_place(body), list[str]()
    places = tuple(field_places(body, key.end, notes))
    if notes:
        return as_it_is
    rows = list(_rows(body, key.end, places))
    if layout.sort_fields:
        rows.sort(key=lambda row: _rank(row.name))
    keys = {row.name: row.value for row in reversed(rows)} | {"key": key.text, "type": stretch.type}
    new = _entry(stretch.type, key.text, rows, layout)
    return _Part(new, "entry", keys) if _says(new) == _says(raw) else as_it_is


class _Row(msgspec.Struct, frozen=True):
    """A field with the comments above it and the one behind it; a row without name holds the last comments."""

    name: str
    value: str
    above: tuple[str, ...] = ()
    behind: str = ""


def _rows(body: str, start: int, places: Sequence[FieldPlace]) -> Iterator[_Row]:
    """Give the fields in order, each with the comments that stand around it."""
    above = tuple(comment for comment in _comments(body, start, places[0].start if places else len(body)) if comment)
    for number, place in enumerate(places):
        end = places[number + 1].start if number + 1 < len(places) else len(body)
        behind, *below = _comments(body, place.end, end)
        yield _Row(place.name.lower(), _value(body[place.value : place.end]), above, behind)
        above = tuple(below)
    if above:
        yield _Row("", "", above)


def _comments(body: str, start: int, end: int) -> list[str]:
    """Give the comments of a gap: that of its first line ("" for none), then the others."""
    gap = body[start:end]
    found = [(match.start(), match[0].rstrip()) for match in _COMMENT.finditer(gap)]
    line = gap.find("\n") if "\n" in gap else len(gap)
    same = [text for place, text in found if place < line]
    return [same[0] if same else "", *(text for place, text in found if place >= line)]


def _value(source: str) -> str:
    """Give a value in braces, a macro as it is, parts with one blank round each ``#``."""
    parts = list(value_parts(source))
    if len(parts) == 1:
        part = parts[0]
        if _NUMBER.fullmatch(part):
            return f"{{{part}}}"
        if part[0] == '"' and len(part) > 1 and part[-1] == '"':
            return f"{{{_single(part[1:-1])}}}"
        return f"{{{_single(part[1:-1])}}}" if part[0] == "{" and part[-1] == "}" else part
    return " # ".join(_BLANKS.sub(" ", part) for part in parts)  # blanks at the ends of parts count here


def _single(text: str) -> str:
    """Give a text on one line, as BibTeX reads it, without blanks at its ends."""
    return _BLANKS.sub(" ", text).strip(_BLANK)


def _entry(type_: str, key: str, rows: Sequence[_Row], layout: Layout) -> str:
    blanks = " " * layout.indent
    width = max((len(row.name) for row in rows), default=0) if layout.align else 0
    lines = [f"@{type_}{{{key},"]
    for row in rows:
        lines += [f"{blanks}{comment}" for comment in row.above]
        if row.name:
            behind = f" {row.behind}" if row.behind else ""
            lines.append(f"{blanks}{row.name.ljust(width)} = {row.value},{behind}")
    return "\n".join([*lines, "}"])


def _rank(name: str) -> tuple[int, str]:
    if not name:
        return len(_ORDER) + 1, ""
    return (_ORDER.index(name), "") if name in _ORDER else (len(_ORDER), name)


def _sorted(parts: Sequence[_Part], by: str) -> list[_Part]:
    """Sort entries; what stands above an entry goes with it, what defines macros stays in front."""
    front: list[_Part] = []
    groups: list[list[_Part]] = []
    waiting: list[_Part] = []
    for part in parts:
        if part.kind == "entry":
            groups.append([*waiting, part])
            waiting = []
        elif part.kind in ("string", "preamble"):
            front += [*waiting, part]
            waiting = []
        else:
            waiting.append(part)
    groups.sort(key=lambda group: _sort_key(group[-1], by))
    return [*front, *(part for group in groups for part in group), *waiting]


def _sort_key(part: _Part, by: str) -> tuple[str, str]:
    key = part.keys.get("key", "").lower()
    value = part.keys.get("year") or part.keys.get("date") or "" if by == "year" else part.keys.get(by, "")
    return value.strip("{}").lower(), key
