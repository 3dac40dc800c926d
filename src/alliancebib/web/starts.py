"""When the processes of this machine put their questions, so that together they keep to what a service allows.

A pool of questions and a wanted moment come in, the moment that is free goes out, and is taken. It is one SQLite file
beside the cache; where it cannot be used, each process keeps to the limits by itself, and nothing here raises.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["SharedStarts"]

#: How long to wait for another process that takes its moment, in seconds.
BUSY = 2.0
#: Moments are remembered for this many seconds, longer than any window that services state.
KEPT = 7200.0
#: What lies further ahead was written by a clock that was wrong.
AHEAD = 120.0


class SharedStarts:
    """Moments by pool, in seconds since 1970, shared by all threads and processes that name the same file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._useless = False

    def take(self, pool: str, wanted: float, free: Callable[[Sequence[float]], float]) -> float:
        """Take and give a moment of a pool: what ``free`` makes of the moments taken already, or the one wanted."""
        with self._lock:
            if self._useless:
                return wanted
            try:
                return self._taken(pool, wanted, free)
            except (sqlite3.Error, OSError):  # no folder, no permission, damaged, busy for too long
                self._useless = True
                self._drop()
                return wanted

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._drop()

    def _taken(self, pool: str, wanted: float, free: Callable[[Sequence[float]], float]) -> float:
        connection = self._opened()
        with contextlib.closing(connection.cursor()) as cursor:
            cursor.execute("begin immediate")
            try:
                cursor.execute("delete from starts where moment < ? or moment > ?", (wanted - KEPT, wanted + AHEAD))
                rows = cursor.execute("select moment from starts where pool = ? order by moment", (pool,))
                moment = max(wanted, free([row[0] for row in rows]))
                cursor.execute("insert into starts values (?, ?)", (pool, moment))
            except BaseException:
                cursor.execute("rollback")
                raise
            cursor.execute("commit")
        return moment

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=BUSY, isolation_level=None, check_same_thread=False)
            self._connection.execute("pragma synchronous = off")
            self._connection.execute("create table if not exists starts (pool text not null, moment real not null)")
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
