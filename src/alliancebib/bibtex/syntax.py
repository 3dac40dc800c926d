r"""Text to entries and back: the one door to bibtexparser.

A block is made tame before bibtexparser's splitter sees it: comments between fields are gone, commas are where they
belong, and every mark inside a value is a stand-in, so that backslashes, quotes and ``@`` in values mislead it no
longer. What was odd is said in ``Block.notes``. Macros and ``#`` are resolved as BibTeX does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
from bibtexparser import model as written
from bibtexparser.library import Library
from bibtexparser.splitter import Splitter
from bibtexparser.writer import BibtexFormat, write

from alliancebib.bibtex.blocks import Stretch, find_blocks
from alliancebib.bibtex.places import field_places, key_place, value_parts
from alliancebib.bibtex.tex import mended, one_line

__all__ = ["Block", "Field", "read_blocks", "write_entries"]

#: What every style defines.
_MONTHS = {
    name[:3].lower(): name
    for name in ("January February March April May June July August September October November December".split())
}
#: Marks of the splitter, and what stands for them inside a value: code points that never are characters.
_STAND_INS = {ord(mark): chr(0xFDD0 + place) for place, mark in enumerate('{}",=@()\\')}
_MARKS = {ord(stand_in): chr(mark) for mark, stand_in in _STAND_INS.items()}
#: Longer than any field; a macro that doubles itself again and again stops here.
_LONGEST = 1_000_000

_ASSIGNED = re.compile(r"([^\s=,{}\"#%()]+)\s*=\s*")


class Field(msgspec.Struct, frozen=True):
    """A field of an entry: name in lower case, value as TeX text.

    In the value macros are resolved, white space is single, and braces are balanced.
    """

    name: str
    value: str


class Block(msgspec.Struct, frozen=True, kw_only=True):
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
    stretches = list(find_blocks(text))
    later = dict(_definitions(text, stretches))
    macros: dict[str, str] = {}
    blocks = []
    line, counted = 1, 0
    for stretch in stretches:
        line += text.count("\n", counted, stretch.start)
        counted = stretch.start
        raw = text[stretch.start : stretch.end]
        if stretch.kind == "entry":
            blocks.append(_entry(text, stretch, line, macros=_Macros(macros, later)))
            continue
        if stretch.kind == "string":
            for name, source in _assignment(text, stretch):
                macros[name] = _Macros(macros, later, defining=name).joined(source, [])
        blocks.append(Block(kind=stretch.kind, type=stretch.type, line=line, raw=raw, broken=not stretch.closed))
    return tuple(blocks)


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
        """Give the value of a field."""
        return one_line(self.joined(source, notes))

    def joined(self, source: str, notes: list[str]) -> str:
        """Give the parts as one text; the blanks at the ends of a macro count, as they do in BibTeX."""
        pieces = []
        for kind, text in _parts(source):
            pieces.append(text if kind == "text" else self._meaning(text, notes))
        value = "".join(pieces)
        if len(value) > _LONGEST:
            notes.append("a macro grows beyond all measure; its name was taken")
            return mended(source[:200])
        return mended(value) if "{" in value or "}" in value else value  # what was never closed

    def _meaning(self, name: str, notes: list[str]) -> str:
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
    if key.end < len(body) and key.text and "," not in body[key.stop : key.end]:
        notes.append(f"a comma is missing behind the key `{key.text}`")
    places = field_places(body, key.end, notes)
    tame = "".join(f"{place.name} = {body[place.value : place.end].translate(_STAND_INS)},\n" for place in places)
    fields = tuple(
        Field(field.key.lower(), macros.resolved(field.value.translate(_MARKS), notes))
        for field in _split(f"@entry{{key,\n{tame}}}")
    )
    return Block(
        kind="entry",
        type=stretch.type,
        key=key.text,
        fields=fields,
        line=line,
        raw=text[stretch.start : stretch.end],
        notes=tuple(dict.fromkeys(notes)),
        broken=not stretch.closed,
    )


def _split(tame: str) -> list[written.Field]:
    """Give the fields of one tame entry; one with a repeated field is in the splitter's failed list, and whole."""
    [block] = Splitter(tame).split().blocks
    entry = block.ignore_error_block if isinstance(block, written.ParsingFailedBlock) else block
    assert isinstance(entry, written.Entry)
    return entry.fields


def _parts(source: str) -> Iterator[tuple[str, str]]:
    """Give the parts of a value, each as text or as the name of a macro."""
    for part in value_parts(source):
        if part[0] in '{"':
            closed = len(part) > 1 and part[-1] == ("}" if part[0] == "{" else '"')
            yield "text", part[1:-1] if closed else part[1:]
        else:
            yield "name", part
