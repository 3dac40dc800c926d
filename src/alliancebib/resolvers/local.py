"""An index of records on this machine: works are found without network, by their rarest words.

The index is one SQLite file, made by ``alliancebib index`` (`alliancebib.resolvers._index`). A reference or a DOI goes
in, records come out as references; what is asked leaves the machine in no case.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from alliancebib.errors import UnreachableError, UsageError
from alliancebib.model import Reference
from alliancebib.resolvers._index import FORM, Made, make_index, words_of
from alliancebib.resolvers._records import record_to_reference
from alliancebib.resolvers._wanted import citation_of
from alliancebib.web import Web

__all__ = ["Local", "Made", "make", "make_index"]

#: A search asks for so many words, the rarest ones: with all of them it takes ten times as long, and works that the
#: index does not hold are taken for others more often.
RAREST = 8
#: So many are asked for in any case, more only while the records that have them are no more than this.
_LEAST, _MOST_RECORDS = 4, 1500
_SEARCH = """
SELECT record FROM (SELECT rowid AS found, rank AS place FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?)
JOIN records ON records.number = found ORDER BY place
"""


def make(web: Web | None = None, *, base_url: str, mail: str = "") -> Local:  # noqa: ARG001 - the shelf's signature
    """Make the resolver over an index; ``base_url`` is the path of its file.

    Raises:
        UsageError: There is no index.
    """
    return Local(Path(base_url))


class Local:
    """A resolver over one index. Threads may share it; each has a connection of its own."""

    name = "local"

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            help_ = "Make one with `alliancebib index RECORDS -o FILE`, and name it in `[enrich] index`."
            raise UsageError("there is no index of records", place=str(path), help=help_)
        self._path = path
        self._here = threading.local()
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
        rows = self._rows(_SEARCH, (query, limit))
        return tuple(_reference(row[0]) for row in rows)

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
        rows = self._rows("SELECT value FROM about WHERE name = 'form'", ())
        if not rows or rows[0][0] != FORM:
            raise self._odd("it was made by another version")

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            with closing(self._connection().execute(query, values)) as found:
                return found.fetchall()
        except sqlite3.DatabaseError as error:
            raise self._odd(str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._here, "connection", None)
        if known is None:
            known = self._here.connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True
            )
        return known

    def _odd(self, reason: str) -> UnreachableError:
        message = f"the index {self._path} could not be asked ({reason})"
        return UnreachableError(message, help="Make it again with `alliancebib index`.")


def _reference(record: bytes) -> Reference:
    return record_to_reference(msgspec.json.decode(record))
