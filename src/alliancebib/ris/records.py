"""RIS text in records, whatever is wrong: a text comes in, records of tagged lines with their places go out, and back.

A record begins with TY and ends with ER, with the next TY, or with the text; tags before any TY are a record too. Text
in a record that has no tag belongs to the tag before it. Nothing raises, and no line is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from alliancebib.ris.tags import KNOWN
from alliancebib.variables import one_line

__all__ = ["Record", "TaggedLine", "read_records", "write_records"]

#: As the specification has it; the blank behind the hyphen is lost where an editor strips the ends of lines.
_STRICT = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)$")
#: As it is met: indented, a blank too few or too many, small letters, another dash.
_LOOSE = re.compile(r"[ \t]{0,8}([A-Za-z][A-Za-z0-9])[ \t]{0,4}[-\u2010-\u2015](?:[ \t]+(.*)|)$")
_START, _END = "TY", "ER"


class TaggedLine(msgspec.Struct, frozen=True):
    """A tag, the texts of its line and of those that continue it, and its line number."""

    tag: str
    texts: tuple[str, ...]
    line: int = 0

    @property
    def text(self) -> str:
        """The whole value as one line."""
        return one_line(" ".join(self.texts))


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One record: its type as written, its lines without TY and ER, where it stands, and what is odd about it.

    A record whose type is the empty text and which has no lines is text beside the records.
    """

    type: str = ""
    lines: tuple[TaggedLine, ...] = ()
    line: int = 0
    raw: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Say whether this is text that stands beside the records."""
        return not self.type and not self.lines and not self.notes


class _Open:
    """A record, or text beside records, that is still being read."""

    def __init__(self, line: int, *, inside: bool) -> None:
        self.line = line
        self.inside = inside
        self.type = ""
        self.raw: list[str] = []
        self.tags: list[tuple[str, list[str], int]] = []
        self.notes: list[str] = []

    def closed(self) -> Record:
        lines = tuple(TaggedLine(tag, tuple(texts), line) for tag, texts, line in self.tags)
        raw = "\n".join(self.raw).strip("\n")
        return Record(type=self.type, lines=lines, line=self.line, raw=raw, notes=tuple(self.notes))


def read_records(text: str) -> Iterator[Record]:
    r"""Give the records in their order, and between them the text that is none.

    >>> [(record.type, [line.tag for line in record.lines]) for record in read_records("TY  - BOOK\nTI  - A\nER  - ")]
    [('BOOK', ['TI'])]
    """
    current: _Open | None = None
    for number, row in enumerate(text.split("\n"), start=1):
        tag, value = _tagged(row, inside=bool(current and current.inside))
        begins = tag == _START or (tag and tag != _END and not (current and current.inside))
        if begins:
            if current is not None:
                if current.inside:
                    current.notes.append("The record is not closed by ER; the next one begins.")
                yield from _finished(current)
            current = _begun(tag, number)
        elif current is None:
            current = _Open(number, inside=False)
        current.raw.append(row)
        _take(current, tag, value, number)
        if tag == _END and current.inside:
            yield current.closed()
            current = None
    if current is not None:
        if current.inside:
            current.notes.append("The record is not closed by ER; it was read to the end.")
        yield from _finished(current)


def _begun(tag: str, number: int) -> _Open:
    begun = _Open(number, inside=True)
    if tag != _START:
        begun.notes.append("The record does not begin with TY; it is taken for a document.")
    return begun


def _finished(current: _Open) -> Iterator[Record]:
    if current.inside or any(row.strip() for row in current.raw):
        yield current.closed()


def _take(current: _Open, tag: str, value: str, number: int) -> None:
    """Put one line where it belongs."""
    if not current.inside or tag == _END:
        return
    if tag == _START:
        current.type = value.strip()
        current.notes += [] if current.type else ["The record has no type; it is taken for a document."]
    elif tag:
        current.tags.append((tag, [value.strip()], number))
    elif value.strip():
        if current.tags:
            current.tags[-1][1].append(value.strip())
        else:
            current.tags.append(("N1", [value.strip()], number))
            current.notes.append("Text stands before the first tag of the record; it was kept as a note.")


def _tagged(row: str, *, inside: bool) -> tuple[str, str]:
    """Give tag and value of a line; no tag where it is text. In a record an unknown tag counts in its strict form."""
    if match := _STRICT.match(row):
        if inside or match[1] in KNOWN:
            return match[1], match[2] or ""
    elif (match := _LOOSE.match(row)) and _is_meant(match):
        return match[1].upper(), match[2] or ""
    return "", row


def _is_meant(match: re.Match[str]) -> bool:
    """Tell a careless tag from prose ("as - he said"): it is known, and in capitals or set off like a tag."""
    tag = match[1]
    if tag.upper() not in KNOWN:
        return False
    set_off = bool(re.search(r"[A-Za-z0-9](?:[ \t]{2,}|\t)[-\u2010-\u2015]", match[0]))
    return tag.isupper() or (set_off and tag.islower())


def write_records(records: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> str:
    """Write records of type and pairs of tag and value, each value on one line."""
    written = []
    for type_, pairs in records:
        rows = [(_START, type_), *pairs, (_END, "")]
        written.append("".join(f"{tag}  - {one_line(value)}\n" for tag, value in rows))
    return "\n".join(written)
