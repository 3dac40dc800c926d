"""Making an index: Crossref records, as JSON lines, as slices of the public data file or as the whole of it.

Records go into one SQLite file, one at a time; memory does not grow with their number. The file is complete or not
there: it is made under another name beside it and takes its place at the end. A record that comes again replaces the
earlier one; a source that is damaged is read as far as it goes, and named.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import sqlite3
import tarfile
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import cast

import msgspec

from alliancebib.errors import InputError, OutputError
from alliancebib.resolvers._records import LATER, is_work

__all__ = ["FORM", "SUFFIXES", "Made", "make_index", "words_of"]

#: The version of the form of the file.
FORM = "1"
#: Called with what is done, how much of it, and how much there is, in bytes.
Progress = Callable[[str, int, int], None]

#: What a folder or a tar file is searched for: slices of the public data file, and exports.
SUFFIXES = (".jsonl", ".jsonl.gz", ".json", ".json.gz", ".ndjson", ".ndjson.gz")
#: What a source that cannot be read raises.
_UNREADABLE = (OSError, EOFError, zlib.error, tarfile.TarError)

#: What is kept of a record: what a reference can hold. Abstracts and lists of references make up most of the rest.
KEPT = frozenset(
    """DOI type subtype title subtitle original-title author editor translator issued published published-print
    published-online published-other posted container-title short-container-title volume issue journal-issue page
    article-number publisher publisher-location ISSN issn-type ISBN event degree update-to updated-by institution
    edition-number language""".split()
)
_DIGITS = re.compile(r"\d+")
_MARKUP = re.compile(r"<[^<>]{1,80}>")
#: A word that is longer is none.
_LONGEST = 40
_TITLES = ("title", "subtitle", "original-title", "container-title", "short-container-title")
_DATES = ("issued", "published", "published-print", "published-online", "posted")
#: A first line that is shorter may be the beginning of a value over several lines.
_SHORT = 200
#: So many records go into one transaction.
_BATCH = 5_000

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA page_size = 8192;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE records (number INTEGER PRIMARY KEY, doi TEXT UNIQUE, record TEXT);
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='ascii');
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, 'words', 'row');
CREATE TABLE frequencies (word TEXT PRIMARY KEY, records INTEGER) WITHOUT ROWID;
"""
#: In how many records each word is: the virtual table that knows it takes a hundred times as long to answer.
_FREQUENCIES = "INSERT INTO frequencies SELECT term, doc FROM temp.vocabulary"


class Made(msgspec.Struct, frozen=True):
    """What was made: so many records, so many that came again, so many lines that are none.

    ``damaged`` names the sources that could not be read to their end, each with the reason.
    """

    records: int
    again: int
    unread: int
    damaged: tuple[str, ...] = ()


def make_index(sources: Iterable[Path], path: Path, *, progress: Progress | None = None) -> Made:
    """Make an index of the records in files: JSON lines, a JSON list or an object with ``items``, plain, gzip or tar.

    Raises:
        InputError: A source is not there, or they hold no record that can be read.
        OutputError: The index cannot be written; an older one is untouched.
    """
    sources, path = tuple(sources), Path(os.path.realpath(path))
    try:
        whole = sum(source.stat().st_size for source in sources)
        if path.exists() and any(source.samefile(path) for source in sources):
            raise OutputError(
                "this file holds records to be read", place=str(path), help="Give the index another name."
            )
    except OSError as problem:
        raise _unreadable(Path(problem.filename or sources[0]), problem) from None
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        with closing(sqlite3.connect(new)) as database:
            made = _filled(database, sources, progress, whole)
        new.replace(path)
    except (OSError, sqlite3.Error) as problem:
        reason = (isinstance(problem, OSError) and problem.strerror) or str(problem)
        help_ = "Make room on the disk, or choose another place."
        raise OutputError(f"it cannot be written: {reason}", place=str(path), help=help_) from None
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    return made


def words_of(text: str) -> list[str]:
    """Give the words by which a record is found, folded; at the end the digits that letters touch, by themselves.

    >>> words_of("Phys. Rev. D85, 054512 (2012): Müller’s")
    ['phys', 'rev', 'd85', '054512', '2012', 'muller', 's', '85']
    """
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    found = folded.translate(_FOLDED).split()
    if found and len(max(found, key=len)) > _LONGEST:
        found = [word[:_LONGEST] for word in found]
    mixed = [word for word in found if not (word.isalpha() or word.isdigit())]
    return found + [part for word in mixed for part in _DIGITS.findall(word)]


class _Folded(dict[int, int | str | None]):
    """What becomes of each sign: letters and digits stay, accents of decomposed letters go, all else is a blank.

    It learns what it is asked for, as Python's tables of signs take longer to answer.
    """

    def __missing__(self, point: int) -> int | str | None:
        sign = chr(point)
        self[point] = None if unicodedata.combining(sign) else point if sign.isalnum() else " "
        return self[point]


_FOLDED = _Folded()


def _filled(database: sqlite3.Connection, sources: Iterable[Path], progress: Progress | None, whole: int) -> Made:
    database.executescript(_TABLES)
    seen = unread = done = 0
    damaged: list[str] = []
    batch: list[tuple[int, str, bytes, str]] = []
    for source in sources:
        for record, place in _records(source, damaged):
            doi = record.get("DOI") if record is not None else None
            if record is None or not isinstance(doi, str) or not doi.strip():
                unread += 1
                continue
            seen += 1
            batch.append((seen, doi.strip().lower(), _kept(record), _text(record)))
            if len(batch) == _BATCH:
                _put(database, batch)
                batch = []
                if progress:
                    progress("Reading records", done + place, whole)
        done += source.stat().st_size
    _put(database, batch)
    if not seen:
        names = ", ".join(map(str, sources))
        help_ = "Give JSON lines of records as Crossref has them."
        if damaged:
            raise InputError(f"no record could be read: {damaged[0]}", help="Copy the file again.")
        raise InputError("no record of Crossref is in it", place=names[:500], help=help_)
    if progress:
        progress("Counting words", whole, whole)
    database.execute("INSERT INTO words(words) VALUES ('optimize')")
    database.execute(_FREQUENCIES)
    kept = database.execute("SELECT count(*) FROM records").fetchone()[0]
    database.execute("INSERT INTO about VALUES ('form', ?)", (FORM,))
    database.commit()
    return Made(kept, seen - kept, unread, tuple(damaged))


def _put(database: sqlite3.Connection, batch: Sequence[tuple[int, str, bytes, str]]) -> None:
    """Write records and their words; the words of a record that comes again stay, and lead nowhere."""
    database.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", ((row[0], row[1], row[2]) for row in batch))
    database.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", ((row[0], row[3]) for row in batch))
    database.commit()


def _kept(record: Mapping[str, object]) -> bytes:
    kept = {name: value for name, value in record.items() if name in KEPT}
    relations = record.get("relation")
    # Of a book they name every chapter; kept is what leads to a later form of the work.
    if isinstance(relations, dict) and (later := {name: relations[name] for name in LATER if name in relations}):
        kept["relation"] = later
    return msgspec.json.encode(kept)


def _text(record: Mapping[str, object]) -> str:
    """Give the words of a record that a citation may have; for what is no work none, so that no search finds it."""
    if not is_work(record):
        return ""
    parts: list[str] = []
    for name in _TITLES:
        if value := record.get(name):
            parts += _texts(value)
    for name in ("author", "editor"):
        people = record.get(name)
        for person in people if isinstance(people, list) else ():
            if isinstance(person, dict):
                parts += [str(person.get(part) or "") for part in ("family", "name")]
    parts += [str(record.get(name) or "") for name in ("volume", "issue", "page", "article-number")]
    parts += _years(record)
    return " ".join(words_of(" ".join(parts)))


def _texts(value: object) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    return [_MARKUP.sub(" ", text) if "<" in text else text for text in texts if isinstance(text, str)]


def _years(record: Mapping[str, object]) -> set[str]:
    return {str(year) for name in _DATES if (value := record.get(name)) and (year := _year(value)) is not None}


def _year(value: object) -> int | None:
    rows = value.get("date-parts") if isinstance(value, dict) else None
    row = rows[0] if isinstance(rows, list) and rows else None
    first = row[0] if isinstance(row, list) and row else None
    if type(first) is int:
        return first
    return int(first) if isinstance(first, str) and first.isascii() and first.isdecimal() and len(first) < 9 else None


def _records(source: Path, damaged: list[str]) -> Iterator[tuple[Mapping[str, object] | None, int]]:
    """Give the records of a file with how many of its bytes are read; None for what is no record.

    What cannot be read, or not to its end, is added to ``damaged``.
    """
    name = str(source)
    try:
        with source.open("rb") as raw:
            for name, stream in _streams(str(source), raw):
                try:
                    for record in _records_in(stream):
                        yield record, raw.tell()
                except _UNREADABLE as problem:
                    damaged.append(f"{name} cannot be read to its end ({_reason(problem)})")
    except _UNREADABLE as problem:
        damaged.append(f"{name} cannot be read to its end ({_reason(problem)})")


def _streams(name: str, raw: io.BufferedReader) -> Iterator[tuple[str, io.BufferedReader]]:
    """Give what a file holds: itself, unpacked, or the files of records in an archive."""
    opened = _unpacked(raw)
    if opened.peek(512)[257:262] != b"ustar":
        yield name, opened
        return
    with tarfile.open(fileobj=opened, mode="r|") as archive:
        for member in archive:
            if member.name.endswith(SUFFIXES) and (stream := archive.extractfile(member)):
                yield f"{name}: {member.name}", _unpacked(cast("io.BufferedReader", stream))


def _unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    if stream.peek(2)[:2] != b"\x1f\x8b":
        return stream
    return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=stream)))  # it has all that is asked of one


def _records_in(stream: io.BufferedReader) -> Iterator[Mapping[str, object] | None]:
    first = stream.readline().removeprefix(b"\xef\xbb\xbf")
    lines: Iterable[bytes] = chain((first,), stream)
    if _goes_on(first):
        text = first + stream.read()
        lines = text.splitlines() if _decoded(text) is None else (text,)  # a damaged line is no reason to stop
    for line in lines:
        if line.strip():
            yield from _items(line)


def _reason(problem: Exception) -> str:
    return (isinstance(problem, OSError) and problem.strerror) or str(problem)


def _unreadable(source: Path, problem: Exception) -> InputError:
    return InputError(f"it cannot be read ({_reason(problem)})", place=str(source), help="Give files of records.")


def _goes_on(first: bytes) -> bool:
    """Say whether a file seems to be one JSON value over several lines, whose first line this is."""
    start = first.strip()
    opens = start.startswith(b"[") or (start.startswith(b"{") and (len(start) < _SHORT or b'"items"' in start[:_SHORT]))
    return opens and _decoded(first) is None


def _items(text: bytes) -> list[Mapping[str, object] | None]:
    """Give what a JSON value holds: itself, or the items of a list, of a slice or of an answer of the API."""
    whole = _decoded(text)
    if isinstance(whole, dict):
        message = whole.get("message")
        whole = message if isinstance(message, dict) else whole
        whole = whole.get("items", [whole])
    return [item if isinstance(item, dict) else None for item in whole] if isinstance(whole, list) else [None]


def _decoded(text: bytes) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
