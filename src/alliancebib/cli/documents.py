"""Documents whose citations follow the keys of joined entries; for ``dedupe --rewrite-keys``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from alliancebib.cli.talk import counted, say
from alliancebib.cli.writing import open_source, require_unchanged, write_file
from alliancebib.documents import language_of, rewrite
from alliancebib.errors import InputError, UsageError
from alliancebib.files import Source

__all__ = ["Change", "Document", "changes_in", "open_documents", "require_clear", "write_changes"]


class Document(msgspec.Struct, frozen=True):
    """A document as it was read, and its language."""

    path: Path
    source: Source
    language: str


class Change(msgspec.Struct, frozen=True):
    """A document as it is to be written, and how many of its citations changed."""

    path: Path
    data: bytes
    citations: int


def open_documents(places: Iterable[str]) -> tuple[Document, ...]:
    """Read documents, each once; what cannot be written back is refused before anything is written.

    Raises:
        InputError: There is no such file, or it is no text.
        UsageError: It is of no known language.
    """
    documents = []
    for place in dict.fromkeys(places):
        if place == "-":
            raise UsageError("`--rewrite-keys` changes files", help="Name a document, not standard input.")
        language = language_of(place)
        source = open_source(place)
        if not _is_whole(source):
            raise InputError("it cannot be written back without loss", place=place, help="Save it as UTF-8 first.")
        documents.append(Document(Path(place), source, language))
    return tuple(documents)


def require_clear(documents: Iterable[Document], ambiguous: Iterable[str]) -> None:
    """Refuse documents that cite a key which stands for two works and of which one is to have another key.

    Raises:
        UsageError: One does.
    """
    names = tuple(ambiguous)
    for document in documents:
        for name in names:
            if rewrite(document.source.exact, {name: f"{name}-"}, document.language).changed:
                message = f"`{name}` is cited here and is the key of several works, so nobody knows which one is meant"
                help_ = "Give all but one of these entries keys of their own and cite those, then run this again."
                raise UsageError(message, place=str(document.path), help=help_)


def changes_in(documents: Iterable[Document], keys: Mapping[str, str]) -> tuple[Change, ...]:
    """Put the kept keys into documents, without writing them; nothing else need be written where that cannot be.

    Raises:
        InputError: The encoding of a document lacks a character of a key.
        OutputError: A document was changed since it was read.
    """
    changes = []
    for document in documents:
        found = rewrite(document.source.exact, keys, document.language)
        changes.append(Change(document.path, _encoded(found.text, document.source), found.changed))
    require_unchanged(change.path for change in changes if change.citations)
    return tuple(changes)


def write_changes(changes: Iterable[Change], *, dry_run: bool) -> None:
    """Write documents and say how many citations changed; say only, if ``dry_run``."""
    for change in changes:
        if not change.citations:
            say(f"{change.path} stays as it is.")
            continue
        if not dry_run:
            write_file(change.path, change.data)
        say(f"{change.path}: {counted(change.citations, 'citation')} {'would change' if dry_run else 'changed'}.")


def _is_whole(source: Source) -> bool:
    try:
        return not source.document and source.exact.encode(source.encoding, "surrogateescape") == source.data
    except UnicodeError:
        return False


def _encoded(text: str, source: Source) -> bytes:
    try:
        return text.encode(source.encoding, "surrogateescape")
    except UnicodeEncodeError as problem:
        message = f"`{text[problem.start]}`, which a key has, is not in {source.encoding}, its encoding"
        raise InputError(message, place=source.place, help="Save it as UTF-8 first.") from None
