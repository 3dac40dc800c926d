"""Entries to text, in one tidy form: the one door to bibtexparser, which lays them out (docs/decisions/0011)."""

from __future__ import annotations

from collections.abc import Iterable

from bibtexparser import model as written
from bibtexparser.library import Library
from bibtexparser.writer import BibtexFormat, write

__all__ = ["write_entries"]


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
