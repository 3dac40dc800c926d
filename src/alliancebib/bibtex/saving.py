"""A library becomes the text of a .bib file: the files that it was read from with what changed, then what is new.

One file comes back in its own encoding and with its own line ends; several are joined as text. What was not read from
a .bib file, or is asked for anew, is written in one tidy form by `alliancebib.bibtex.writing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import msgspec

from alliancebib.bibtex import FORMAT
from alliancebib.bibtex.rewriting import rewritten
from alliancebib.bibtex.writing import write_library
from alliancebib.citation_key import key_in_source
from alliancebib.finding import Finding
from alliancebib.library import Library, Original
from alliancebib.model import Origin, Reference

__all__ = ["Saved", "saved"]


class Saved(msgspec.Struct, frozen=True):
    """A file: its text, with its own line ends and byte order mark, its bytes, and what was noticed."""

    text: str
    data: bytes
    findings: tuple[Finding, ...] = ()


def saved(library: Library, *, classic: bool) -> Saved:
    """Give the files that a library was read from, with what changed since, and its other references behind them."""
    originals = [original for original in library.originals if original.format == FORMAT]
    now = {reference.id: reference for reference in library}
    joined = {old: now[kept] for old, kept in library.aliases.items() if kept in now}
    known = {reference.id for original in originals for reference in original.references}
    others = library.with_references(reference for reference in library.keyed() if reference.id not in known)
    new = write_library(others, classic=classic) if len(others) else ""
    if len(originals) == 1:
        return _one(originals[0], now, joined, new)
    texts = [_tidy_text(original, now, joined, now.keys()) for original in originals]
    text = "\n".join(text if text.endswith("\n") or not text else f"{text}\n" for text in [*texts, new] if text)
    return Saved(text, text.encode("utf-8", "replace"))


def _tidy_text(
    original: Original, now: Mapping[str, Reference], joined: Mapping[str, Reference], rekeyed: AbstractSet[str]
) -> str:
    """Give the file as its references were read from it, with what changed."""
    text = rewritten(original.source.text, original.references, now, joined, rekeyed=rekeyed)
    assert text is not None  # each of its entries is one of the references
    return text


def _one(original: Original, now: Mapping[str, Reference], joined: Mapping[str, Reference], new: str) -> Saved:
    """Write one file in its own encoding; where that lacks a character that is new, in UTF-8."""
    source = original.source
    exact = source.exact
    rekeyed = {kept.id for kept in joined.values()}  # what documents cite for those that were joined
    gone = {old.key for old in original.references if old.id in joined and old.id not in now}  # further names now
    rekeyed |= {old.id for old in original.references if key_in_source(old) in gone}
    text = rewritten(exact, original.references, now, joined, rekeyed=rekeyed)
    if text is None:  # line ends of old Macintoshes and control characters hide entries
        mark = exact[:1] if exact.startswith("\ufeff") else ""
        text = mark + _tidy_text(original, now, joined, rekeyed).replace("\n", source.newline)
    if new:
        gap = "" if not text else source.newline if text.endswith("\n") else source.newline * 2
        text += gap + new.replace("\n", source.newline)
    if text == exact:
        return Saved(text, source.data)
    try:
        return Saved(text, text.encode(source.encoding, "surrogateescape"))
    except UnicodeEncodeError as problem:
        letter = text[problem.start]
        message = f"`{letter}` is not in {source.encoding}, the encoding of the file; it was written in UTF-8."
        found = Finding.of("AB112", message, origin=Origin(page=source.name, line=1))
        return Saved(text, text.encode("utf-8", "replace"), (found,))
