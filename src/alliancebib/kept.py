"""Files that the program keeps for itself in the user's cache folder: SQLite, shared by processes, never needed.

What is kept is only ever a convenience: a file that is damaged is set aside and made anew, one that cannot be written
is replaced by memory, and nothing here raises for either.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path

__all__ = ["KeptFile", "kept_path", "storable"]

#: How long to wait for another process that is writing, in milliseconds.
BUSY_MS = 5000

T = TypeVar("T")


def kept_path(name: str) -> Path:
    """Give the place of a file in the user's cache folder."""
    return user_cache_path("alliancebib", appauthor=False) / name


def storable(text: str) -> str:
    """Give text that SQLite can hold: lone halves of surrogate pairs are written out."""
    return text.encode("utf-8", "backslashreplace").decode()


class KeptFile:
    """One SQLite file with one table; threads and processes may share it.

    Args:
        path: The file; None for memory alone.
        table: The name of the table.
        columns: Its columns as SQL.
        version: Raised when the table or its meaning changes; a file of another version is emptied.
        prune: Called once with the open file, to drop what is too old.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        table: str,
        columns: str,
        version: int,
        prune: Callable[[sqlite3.Connection], object] = lambda _: None,
    ) -> None:
        self._path = path
        self._table = table
        self._columns = columns
        self._version = version
        self._prune = prune
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        #: Why the file cannot be used, and memory serves instead; "" where it can.
        self.problem = ""

    def safely(self, work: Callable[[sqlite3.Connection], T], *, otherwise: T) -> T:
        """Do something with the file; where it is damaged make a new one and try once more, else give up quietly."""
        with self._lock:
            for _ in range(2):
                try:
                    return work(self._opened())
                except sqlite3.OperationalError:  # locked for too long, full or read-only: do without
                    self._drop_connection()
                    return otherwise
                except sqlite3.DatabaseError:
                    self._set_aside()
            return otherwise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._drop_connection()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._connection = self._open(self._path)
                self._prune(self._connection)
            except (sqlite3.OperationalError, OSError) as problem:  # no folder, no permission, read-only
                self._drop_connection()
                self.problem = f"{self._path}: {getattr(problem, 'strerror', None) or problem}"
                self._path = None
                self._connection = self._open(None)
        return self._connection

    def _open(self, path: Path | None) -> sqlite3.Connection:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        # Autocommit: each statement is whole on disk or not there at all, whatever stops the program.
        connection = sqlite3.connect(
            path or ":memory:", timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"pragma busy_timeout = {BUSY_MS:d}")
        with contextlib.suppress(sqlite3.OperationalError):  # another process is making the file at this moment
            connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        (version,) = connection.execute("pragma user_version").fetchone()
        if version not in {0, self._version}:
            connection.execute(f"drop table if exists {self._table}")
        connection.execute(f"create table if not exists {self._table} ({self._columns}) without rowid")
        connection.execute(f"pragma user_version = {self._version:d}")

    def _set_aside(self) -> None:
        self._drop_connection()
        if self._path is None:
            return
        aside = self._path.with_name(f"{self._path.name}.damaged")
        with contextlib.suppress(OSError):
            self._path.replace(aside)
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink()

    def _drop_connection(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
