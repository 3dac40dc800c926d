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

__all__ = ["Document", "open_documents", "write_documents"]


class Document(msgspec.Struct, frozen=True):
    """A document as it was read, and its language."""

    path: Path
    source: Source
    language: str


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


def write_documents(documents: Iterable[Document], keys: Mapping[str, str], *, dry_run: bool) -> None:
    """Put the kept keys into documents, all or none, and say how many citations changed; say only, if ``dry_run``."""
    changed = []
    for document in documents:
        source = document.source
        found = rewrite(source.exact, keys, document.language)
        if not found.changed:
            say(f"{document.path} stays as it is.")
            continue
        changed.append((document.path, _encoded(found.text, source)))
        would = "would change" if dry_run else "changed"
        say(f"{document.path}: {counted(found.changed, 'citation')} {would}.")
    if not dry_run:
        require_unchanged(path for path, _ in changed)
        for path, data in changed:
            write_file(path, data)


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
