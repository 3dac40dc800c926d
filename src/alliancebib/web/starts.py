"""When the processes of this machine put their questions, and how many at a time: together they keep to the limits.

A pool of questions and a wanted moment come in, the moment that is free goes out, and is taken; a host has so many
places, which are taken and given back. It is one SQLite file beside the cache; where it cannot be used, each process
keeps to the limits by itself, and nothing here raises.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

__all__ = ["SharedStarts"]

#: How long to wait for another process that takes its moment, in seconds.
BUSY = 2.0
#: Moments are remembered for this many seconds, longer than any window that services state.
KEPT = 7200.0
#: What lies further ahead was written by a clock that was wrong.
AHEAD = 120.0
#: A place is given back by itself after so many seconds; no question takes longer.
LONGEST = 110.0

T = TypeVar("T")


class SharedStarts:
    """Moments by pool, in seconds since 1970, shared by all threads and processes that name the same file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._useless = False

    def take(self, pool: str, wanted: float, free: Callable[[Sequence[float]], float]) -> float:
        """Take and give a moment of a pool: what ``free`` makes of the moments taken already, or the one wanted."""

        def taken(cursor: sqlite3.Cursor) -> float:
            cursor.execute("delete from starts where moment < ? or moment > ?", (wanted - KEPT, wanted + AHEAD))
            rows = cursor.execute("select moment from starts where pool = ? order by moment", (pool,))
            moment = max(wanted, free([row[0] for row in rows]))
            cursor.execute("insert into starts values (?, ?)", (pool, moment))
            return moment

        return self._safely(taken, otherwise=wanted)

    def move(self, pool: str, moment: float, later: float) -> None:
        """Take a later moment of a pool instead of one that was taken."""

        def moved(cursor: sqlite3.Cursor) -> None:
            mine = "select rowid from starts where pool = ? and abs(moment - ?) < 1e-6 limit 1"
            cursor.execute(f"update starts set moment = ? where rowid = ({mine})", (later, pool, moment))  # noqa: S608

        self._safely(moved, otherwise=None)

    def enter(self, host: str, most: int, now: float) -> bool:
        """Take one of the ``most`` places at a host; False where all are taken by living processes."""

        def entered(cursor: sqlite3.Cursor) -> bool:
            cursor.execute("delete from places where until <= ? or until > ?", (now, now + AHEAD))
            rows = cursor.execute("select process from places where host = ?", (host,)).fetchall()
            gone = {process for (process,) in rows if not _lives(process)}
            cursor.executemany("delete from places where process = ?", [(process,) for process in gone])
            if sum(process not in gone for (process,) in rows) >= most:
                return False
            cursor.execute("insert into places values (?, ?, ?)", (host, os.getpid(), now + LONGEST))
            return True

        return self._safely(entered, otherwise=True)

    def leave(self, host: str, until: float) -> None:
        """Give a place at a host back at a moment to come."""

        def left(cursor: sqlite3.Cursor) -> None:
            mine = "select rowid from places where host = ? and process = ? order by until desc limit 1"
            cursor.execute(f"update places set until = ? where rowid = ({mine})", (until, host, os.getpid()))  # noqa: S608

        self._safely(left, otherwise=None)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._drop()

    def _safely(self, work: Callable[[sqlite3.Cursor], T], *, otherwise: T) -> T:
        """Do something with the file, whole or not at all; do without where it cannot be used."""
        with self._lock:
            if self._useless:
                return otherwise
            try:
                return self._whole(work)
            except (sqlite3.Error, OSError):  # no folder, no permission, damaged, busy for too long
                self._useless = True
                self._drop()
                return otherwise

    def _whole(self, work: Callable[[sqlite3.Cursor], T]) -> T:
        with contextlib.closing(self._opened().cursor()) as cursor:
            cursor.execute("begin immediate")
            try:
                result = work(cursor)
            except BaseException:
                cursor.execute("rollback")
                raise
            cursor.execute("commit")
        return result

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=BUSY, isolation_level=None, check_same_thread=False)
            self._connection.execute("pragma synchronous = off")
            self._connection.execute("create table if not exists starts (pool text not null, moment real not null)")
            self._connection.execute(
                "create table if not exists places (host text not null, process integer not null, until real not null)"
            )
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _lives(process: int) -> bool:
    """Say whether a process of this machine still runs; where that cannot be asked, its places end by themselves."""
    if os.name != "posix" or process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True
