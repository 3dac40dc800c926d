r"""Text to entries and back; the one door to bibtexparser, which writes them (docs/decisions/0011).

A file comes in as text, its blocks go out, fields with macros and ``#`` resolved as BibTeX does it. What was odd is
said in ``Block.notes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from sys import intern

import msgspec
from bibtexparser import model as written
from bibtexparser.library import Library
from bibtexparser.writer import BibtexFormat, write

from alliancebib.bibtex.blocks import Stretch, find_blocks
from alliancebib.bibtex.places import field_places, key_place, regular_fields, value_parts
from alliancebib.bibtex.tex import one_line

__all__ = ["Block", "Field", "each_block", "read_blocks", "write_entries"]

#: What every style defines.
_MONTHS = {
    name[:3].lower(): name
    for name in ("January February March April May June July August September October November December".split())
}
#: A value made of macros grows no longer, even where each is made of the last one; BibTeX itself stops here.
_LONGEST = 20_000

_ASSIGNED = re.compile(r"([^\s=,{}\"#%()]+)\s*=\s*")


class Field(msgspec.Struct, frozen=True, gc=False):  # texts alone: no cycles
    """A field of an entry: name in lower case, value as TeX text with macros resolved and white space made single."""

    name: str
    value: str


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A block as read; ``line`` counts from 1, ``raw`` is its exact text.

    ``kind`` is entry, string, preamble, comment or text. ``broken`` says that its end was not found.
    """

    kind: str
    type: str = ""
    key: str = ""
    fields: tuple[Field, ...] = ()
    line: int
    raw: str
    notes: tuple[str, ...] = ()
    broken: bool = False


def read_blocks(text: str) -> tuple[Block, ...]:
    """Read every block of a file, in order; nothing raises, and every character is in the raw text of one block.

    >>> [block] = read_blocks('@string{a = "Foo"}@misc{k, title = a # { B}}')[1:]
    >>> block.fields
    (Field(name='title', value='Foo B'),)
    """
    return tuple(each_block(text))


def each_block(text: str) -> Iterator[Block]:
    """Read the blocks of a file one after the other, so that not all need be there at once."""
    stretches = list(find_blocks(text))
    later = dict(_definitions(text, stretches))
    macros: dict[str, str] = {}
    meanings = _Macros(macros, later)
    line, counted = 1, 0
    for stretch in stretches:
        line += text.count("\n", counted, stretch.start)
        counted = stretch.start
        if stretch.kind == "entry":
            yield _entry(text, stretch, line, macros=meanings)
            continue
        if stretch.kind == "string":
            for name, source in _assignment(text, stretch):
                macros[name] = _Macros(macros, later, defining=name).resolved(source, [])
        raw = text[stretch.start : stretch.end]
        yield Block(kind=stretch.kind, type=stretch.type, line=line, raw=raw, broken=not stretch.closed)


def write_entries(entries: Iterable[tuple[str, str, Iterable[tuple[str, str]]]]) -> str:
    """Write entries of type, key, and pairs of name and source (``{text}`` or ``macro``); one blank line between."""
    blocks: list[written.Block] = [
        written.Entry(type_, key, [written.Field(name, source) for name, source in fields])
        for type_, key, fields in entries
    ]
    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent = "  "
    form.block_separator = "\n"
    form.trailing_comma = True
    return str(write(Library(blocks), form))


class _Macros:
    """What macro names mean: what was defined above, else what is defined below, else the months."""

    def __init__(self, above: dict[str, str], below: dict[str, str], *, defining: str = "") -> None:
        self.above = above
        self.below = below
        self.defining = defining

    def resolved(self, source: str, notes: list[str]) -> str:
        """Give the value that a source stands for; ``notes`` gets what was odd."""
        parts = list(_parts(source))
        value = one_line("".join(text if kind == "text" else self.meaning(text, notes) for kind, text in parts))
        if len(value) > _LONGEST and any(kind == "name" for kind, _ in parts):
            notes.append("a macro grows beyond all measure; its name was taken")
            return source[:200]
        return value

    def meaning(self, name: str, notes: list[str]) -> str:
        lower = name.lower()
        if name.isdecimal():
            return name
        if lower in self.above:
            return self.above[lower]
        if lower in self.below and lower != self.defining:
            return "".join(text for kind, text in _parts(self.below[lower]) if kind == "text")
        if lower not in _MONTHS:
            notes.append(f"`{name}` is neither in braces nor defined by @string; it was taken as text")
        return _MONTHS.get(lower, name)


def _definitions(text: str, stretches: Iterable[Stretch]) -> Iterator[tuple[str, str]]:
    for stretch in stretches:
        if stretch.kind == "string":
            yield from _assignment(text, stretch)


def _assignment(text: str, stretch: Stretch) -> Iterator[tuple[str, str]]:
    body = text[stretch.body : stretch.body_end]
    if match := _ASSIGNED.search(body):
        yield match[1].lower(), body[match.end() :].strip()


def _entry(text: str, stretch: Stretch, line: int, *, macros: _Macros) -> Block:
    body = text[stretch.body : stretch.body_end]
    notes: list[str] = []
    key = key_place(body)
    return Block(
        kind="entry",
        type=stretch.type,
        key=key.text,
        fields=tuple(_fields(body, key.end, macros, notes)),
        line=line,
        raw=text[stretch.start : stretch.end],
        notes=tuple(dict.fromkeys(notes)),
        broken=not stretch.closed,
    )


def _fields(body: str, place: int, macros: _Macros, notes: list[str]) -> Iterator[Field]:
    regular = regular_fields(body, place)
    if regular is None:
        for found in list(field_places(body, place, notes)):
            yield Field(intern(found.name.lower()), macros.resolved(body[found.value : found.end].rstrip(), notes))
        return
    for name, braced, quoted, bare in regular:
        value = macros.resolved(bare, notes) if bare and not bare.isdecimal() else one_line(braced or quoted or bare)
        yield Field(intern(name.lower()), value)


def _parts(source: str) -> Iterator[tuple[str, str]]:
    """Give the parts of a value, each as text or as the name of a macro."""
    for part in value_parts(source):
        if part[0] in '{"':
            closed = len(part) > 1 and part[-1] == ("}" if part[0] == "{" else '"')
            yield "text", part[1:-1] if closed else part[1:]
        else:
            yield "name", part
