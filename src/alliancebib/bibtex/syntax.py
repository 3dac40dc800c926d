"""Text to entries: a file comes in, its blocks go out, with macros and ``#`` resolved as BibTeX does it.

What was odd is said in ``Block.notes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from sys import intern

import msgspec

from alliancebib.bibtex.blocks import Stretch, find_blocks
from alliancebib.bibtex.places import Flaw, field_places, key_place, value_parts
from alliancebib.bibtex.regular import Regular
from alliancebib.bibtex.sources import mended, one_line

__all__ = ["Block", "Field", "Note", "blocks_of", "read_blocks"]

#: What every style defines.
_MONTHS = {
    name[:3].lower(): name
    for name in ("January February March April May June July August September October November December".split())
}
#: Longer than any value of several parts; a macro that doubles itself again and again stops here.
_LONGEST = 100_000
#: Macros made of macros that stand below them, one in the other; longer chains are a mistake, or an attack.
_LONGEST_CHAIN = 20

#: What may be the definition of a macro; what stands before the name is no part of one.
_STRING = re.compile(r"@[ \t]*string\s*[{(][^=]{0,200}?([^\s=,{}\"#%()]+)\s*=", re.IGNORECASE)
#: Only from the beginning of a word: no part of a long one is tried again.
_ASSIGNED = re.compile(r"(?<![^\s=,{}\"#%()])([^\s=,{}\"#%()]++)\s*+=\s*+")


class Field(msgspec.Struct, frozen=True, gc=False):
    """A field of an entry: name in lower case, value as TeX text.

    In the value macros are resolved, white space is single, and braces are balanced.
    """

    name: str
    value: str


class Note(msgspec.Struct, frozen=True, gc=False):
    """What was odd in an entry, and where: the name of the field, or a count of characters of its raw text."""

    words: str
    where: str | int = ""


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
    notes: tuple[Note, ...] = ()
    broken: bool = False


def read_blocks(text: str) -> Iterator[Block]:
    """Read every block of a file, in order; nothing raises, and every character is in the raw text of one block.

    >>> [_, block] = read_blocks('@string{a = "Foo"}@misc{k, title = a # { B}}')
    >>> block.fields
    (Field(name='title', value='Foo B'),)
    """
    return blocks_of(text, find_blocks(text))


def blocks_of(text: str, stretches: Iterable[Stretch]) -> Iterator[Block]:
    """Read the blocks of a file that were found already."""
    macros = _Macros(text)
    line, counted = 1, 0
    for stretch in stretches:
        line += text.count("\n", counted, stretch.start)
        counted = stretch.start
        raw = text[stretch.start : stretch.end]
        if stretch.kind == "entry":
            if stretch.regular:
                yield _regular_entry(stretch, stretch.regular, raw=raw, line=line, macros=macros)
            else:
                yield _entry(text, stretch, raw=raw, line=line, macros=macros)
            continue
        if stretch.kind == "string":
            for name, source in _assignment(text, stretch):
                macros.define(name, source)
        yield Block(kind=stretch.kind, type=stretch.type, line=line, raw=raw, broken=not stretch.closed)


class _Macros:
    """What macro names mean: what was defined above, else what is defined below, else the months."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._above: dict[str, str] = {}
        self._names: set[str] | None = None
        self._definitions: dict[str, str] | None = None
        #: What macros that are defined below mean, each looked at once.
        self._from_below: dict[str, str] = {}

    def define(self, name: str, source: str) -> None:
        """Take an ``@string`` into account."""
        self._above[name] = self.joined(source, [], defining=frozenset({name}))

    def resolved(self, source: str, notes: list[str]) -> str:
        """Give the value of a field."""
        value = one_line(self.joined(source, notes))
        return mended(value) if "{" in value or "}" in value else value  # what was never closed

    def joined(self, source: str, notes: list[str], *, defining: frozenset[str] = frozenset()) -> str:
        """Give the parts as one text; the blanks at the ends of a macro count, as they do in BibTeX."""
        parts = [text if kind == "text" else self.meaning(text, notes, defining) for kind, text in _parts(source)]
        value = "".join(parts)
        if len(value) > _LONGEST and len(parts) > 1:
            notes.append("a macro grows beyond all measure; its name was taken")
            return source
        return value

    def meaning(self, name: str, notes: list[str], defining: frozenset[str] = frozenset()) -> str:
        """Give what a bare word stands for: a number for itself, a name for a macro."""
        lower = name.lower()
        if name.isdecimal():
            return name
        if lower in self._above:
            return self._above[lower]
        if lower not in defining and len(defining) < _LONGEST_CHAIN and (source := self._below(lower)):
            if lower not in self._from_below:
                self._from_below[lower] = self.joined(source, notes, defining=defining | {lower})
            return self._from_below[lower]
        if lower not in _MONTHS:
            notes.append(f"`{name}` is neither in braces nor defined by @string; it was taken as text")
        return _MONTHS.get(lower, name)

    def _below(self, name: str) -> str:
        """Give the source of a macro that is defined below; the blocks are looked for if its name stands there."""
        if self._names is None:
            self._names = {found.lower() for found in _STRING.findall(self._text)}
        if name not in self._names:
            return ""
        if self._definitions is None:
            self._definitions = dict(_all_definitions(self._text))
        return self._definitions.get(name, "")


def _all_definitions(text: str) -> Iterator[tuple[str, str]]:
    """Give the macros of a whole file, for names that stand above their definition."""
    for stretch in find_blocks(text):
        if stretch.kind == "string":
            yield from _assignment(text, stretch)


def _assignment(text: str, stretch: Stretch) -> Iterator[tuple[str, str]]:
    body = text[stretch.body : stretch.body_end]
    if match := _ASSIGNED.search(body):
        yield match[1].lower(), body[match.end() :].strip()


def _regular_entry(stretch: Stretch, regular: Regular, *, raw: str, line: int, macros: _Macros) -> Block:
    odd: list[str] = []
    fields = tuple(
        Field(intern(name.lower()), macros.resolved(bare, odd) if braced is None else one_line(braced))
        for name, braced, bare in regular.fields
    )
    key, notes = regular.key, _regular_notes(regular, macros) if odd else ()
    return Block(kind="entry", type=stretch.type, key=key, fields=fields, line=line, raw=raw, notes=notes)


def _regular_notes(regular: Regular, macros: _Macros) -> tuple[Note, ...]:
    """Give what was odd, with the fields; few entries have any."""
    notes: dict[str, str] = {}
    for name, braced, bare in regular.fields:
        odd: list[str] = []
        if braced is None:
            macros.resolved(bare, odd)
        for words in odd:
            notes.setdefault(words, name.lower())
    return tuple(Note(words, name) for words, name in notes.items())


def _entry(text: str, stretch: Stretch, *, raw: str, line: int, macros: _Macros) -> Block:
    body = text[stretch.body : stretch.body_end]
    flaws: list[Flaw] = []
    key = key_place(body)
    if key.end < len(body) and key.text and "," not in body[key.stop : key.end]:
        flaws.append(Flaw(f"a comma is missing behind the key `{key.text}`", key.start))
    fields = []
    for place in field_places(body, key.end, flaws):
        odd: list[str] = []
        fields.append(Field(place.name.lower(), macros.resolved(body[place.value : place.end], odd)))
        flaws += [Flaw(words, place.value) for words in odd]
    before = stretch.body - stretch.start
    notes = {flaw.words: Note(flaw.words, before + flaw.place) for flaw in reversed(flaws)}
    return Block(
        kind="entry",
        type=stretch.type,
        key=key.text,
        fields=tuple(fields),
        line=line,
        raw=raw,
        notes=tuple(sorted(notes.values(), key=lambda note: note.where)),
        broken=not stretch.closed,
    )


def _parts(source: str) -> Iterator[tuple[str, str]]:
    """Give the parts of a value, each as text or as the name of a macro."""
    for part in value_parts(source):
        if part[0] in '{"':
            closed = len(part) > 1 and part[-1] == ("}" if part[0] == "{" else '"')
            yield "text", part[1:-1] if closed else part[1:]
        else:
            yield "name", part
