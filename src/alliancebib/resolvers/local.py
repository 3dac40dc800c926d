"""An index of records on this machine: works are found without network, by their rarest words.

The index is one SQLite file, made by ``alliancebib index`` (`alliancebib.resolvers._index`). A reference or a DOI goes
in, records come out as references; what is asked leaves the machine in no case.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from alliancebib.errors import UnreachableError
from alliancebib.model import Reference
from alliancebib.resolvers._index import FORM, SUFFIXES, Made, make_index, words_of
from alliancebib.resolvers._records import is_work, record_to_reference
from alliancebib.resolvers._wanted import citation_of
from alliancebib.web import Web

__all__ = ["NEEDS_WEB", "SUFFIXES", "Local", "Made", "make", "make_index"]

NEEDS_WEB = False

#: A search asks for so many words, the rarest ones: with all of them it takes ten times as long, and works that the
#: index does not hold are taken for others more often.
RAREST = 8
#: So many are asked for in any case, more only while the records that have them are no more than this.
_LEAST, _MOST_RECORDS = 4, 1500
#: Twice as many are looked for as are wanted: the words of a record that came again lead nowhere.
_SEARCH = """
SELECT record
FROM (SELECT rowid AS found, rank AS place FROM words WHERE words MATCH ?1 ORDER BY rank, rowid DESC LIMIT 2 * ?2)
JOIN records ON records.number = found ORDER BY place, found DESC LIMIT ?2
"""


def make(web: Web | None = None, *, base_url: str, mail: str = "") -> Local:  # noqa: ARG001 - the shelf's signature
    """Make the resolver over an index; ``base_url`` is the path of its file.

    Raises:
        UnreachableError: There is no index, or it cannot be used.
    """
    return Local(Path(base_url))


class Local:
    """A resolver over one index. Threads may share it: each question has a connection of its own."""

    name = "local"

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            help_ = "Make one with `alliancebib index RECORDS -o FILE`, and name it in `[enrich] index`."
            raise UnreachableError(f"there is no index of records {path}", help=help_)
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        weakref.finalize(self, _close, self._idle)
        self._check()

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        """Give the records most like the reference, best first.

        Raises:
            UnreachableError: The file is no index, or is damaged.
        """
        rarest = self._rarest(words_of(citation_of(reference)))
        if not rarest:
            return ()
        query = " OR ".join(f'"{word}"' for word in rarest)
        records = [msgspec.json.decode(row[0]) for row in self._rows(_SEARCH, (query, limit))]
        return tuple(record_to_reference(record) for record in records if is_work(record))  # older indexes hold others

    def lookup(self, doi: str) -> Reference | None:
        """Give the record with this DOI; None where there is none."""
        rows = self._rows("SELECT record FROM records WHERE doi = ?", (doi.lower(),))
        return _reference(rows[0][0]) if rows else None

    def lookup_many(self, dois: Iterable[str]) -> dict[str, Reference]:
        """Give the records with these DOIs, by DOI; a DOI without a record is left out."""
        found = {doi: self.lookup(doi) for doi in dict.fromkeys(doi.lower() for doi in dois)}
        return {doi: work for doi, work in found.items() if work}

    def _rarest(self, words: Iterable[str]) -> list[str]:
        """Give the words of a query that fewest records have, rarest first."""
        wanted = list(dict.fromkeys(words))
        holes = ", ".join("?" * len(wanted))
        known = self._rows(f"SELECT records, word FROM frequencies WHERE word IN ({holes})", tuple(wanted))  # noqa: S608
        rarest: list[str] = []
        records = 0
        for count, word in sorted(known)[:RAREST]:
            records += int(count)
            if len(rarest) >= _LEAST and records > _MOST_RECORDS:
                break
            rarest.append(word)
        return rarest

    def _check(self) -> None:
        try:
            rows = self._rows("SELECT value FROM about WHERE name = 'form'", ())
        except UnreachableError:
            raise self._odd("it is no index, or is damaged") from None
        if not rows or rows[0][0] != FORM:
            raise self._odd("it was made by another version")

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            connection = self._connection()
            try:
                return connection.execute(query, values).fetchall()
            finally:
                self._idle.append(connection)
        except sqlite3.DatabaseError as error:
            raise self._odd(f"it is damaged: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        """Take a connection that nobody uses, or open one; lists give and take in one step, so no lock is needed."""
        try:
            return self._idle.pop()
        except IndexError:
            address = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            return sqlite3.connect(address, uri=True, check_same_thread=False)

    def _odd(self, reason: str) -> UnreachableError:
        message = f"the index {self._path} could not be asked ({reason})"
        return UnreachableError(message, help="Make it again with `alliancebib index`.")


def _close(connections: Iterable[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()


def _reference(record: bytes) -> Reference:
    return record_to_reference(msgspec.json.decode(record))
