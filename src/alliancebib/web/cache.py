"""What services answered, kept on this machine in one SQLite file that several processes may share.

A question's key and an `Answer` come in and go out. The file is only ever a convenience: one that is damaged is set
aside and made anew, one that cannot be written is replaced by memory, and nothing here raises for either.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
from platformdirs import user_cache_path

from alliancebib.web import Answer

__all__ = ["AnswerCache", "default_path", "is_fresh", "question_key"]

#: Raised when the table or its meaning changes; a file of another version is emptied.
SCHEMA_VERSION = 1
#: Status -> how long an answer counts as fresh. Answers of any other status are never kept.
FRESH_FOR = {200: timedelta(days=30), 404: timedelta(days=1)}
#: Older answers are dropped: without network an old answer is better than none, but not for ever.
KEPT_FOR = timedelta(days=400)
#: How long to wait for another process that is writing, in milliseconds.
BUSY_MS = 5000
#: Parameters that say who asks, not what.
_WHO = frozenset(["mailto"])
#: Headers that are of use later.
_HEADERS = frozenset(["content-type", "last-modified", "etag", "link"])

T = TypeVar("T")


def default_path() -> Path:
    """Give the place of the cache file in the user's cache folder."""
    return user_cache_path("alliancebib", appauthor=False) / "answers.sqlite"


def question_key(url: str, params: Mapping[str, str], accept: str) -> str:
    """Name a question: the same for every order of its parameters, and without the mail address of who asks.

    >>> question_key("https://example.org/works", {"rows": "5", "mailto": "a@b.org"}, "*/*")
    'GET https://example.org/works rows=5 */*'
    """
    asked = "&".join(f"{name}={value}" for name, value in sorted(params.items()) if name not in _WHO)
    return f"GET {url} {asked} {accept}"


def is_fresh(answer: Answer, now: datetime) -> bool:
    """Say whether a kept answer is young enough to be given without asking again."""
    age = now - datetime.fromisoformat(answer.fetched).astimezone(UTC)
    return timedelta(0) <= age <= FRESH_FOR.get(answer.status, timedelta(0))


class AnswerCache:
    """Answers by key.

    Args:
        path: The SQLite file; None for memory alone.
        now: The time, with its zone.
    """

    def __init__(self, path: Path | None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def get(self, key: str) -> Answer | None:
        """Give the kept answer of any age; None where there is none."""
        return self._safely(lambda connection: _read(connection, key), otherwise=None)

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, if its status is one that is kept."""
        if answer.status in FRESH_FOR:
            self._safely(lambda connection: _write(connection, key, answer), otherwise=None)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._drop_connection()

    def _safely(self, work: Callable[[sqlite3.Connection], T], *, otherwise: T) -> T:
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

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._connection = _open(self._path)
                _prune(self._connection, self._now() - KEPT_FOR)
            except (sqlite3.OperationalError, OSError):  # no folder, no permission, read-only
                self._drop_connection()
                self._path = None
                self._connection = _open(None)
        return self._connection

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


def _open(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    # Autocommit: each statement is whole on disk or not there at all, whatever stops the program.
    connection = sqlite3.connect(
        path or ":memory:", timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute(f"pragma busy_timeout = {BUSY_MS:d}")
    with contextlib.suppress(sqlite3.OperationalError):  # another process is making the file at this moment
        connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    (version,) = connection.execute("pragma user_version").fetchone()
    if version not in {0, SCHEMA_VERSION}:
        connection.execute("drop table if exists answers")
    connection.execute(
        "create table if not exists answers (key text primary key, url text not null, status integer not null,"
        " headers blob not null, body blob not null, fetched text not null) without rowid"
    )
    connection.execute(f"pragma user_version = {SCHEMA_VERSION:d}")


def _prune(connection: sqlite3.Connection, before: datetime) -> None:
    connection.execute("delete from answers where fetched < ?", (before.isoformat(),))


def _read(connection: sqlite3.Connection, key: str) -> Answer | None:
    row = connection.execute(
        "select url, status, headers, body, fetched from answers where key = ?", (_storable(key),)
    ).fetchone()
    if row is None:
        return None
    url, status, headers, packed, fetched = row
    try:
        datetime.fromisoformat(fetched).astimezone(UTC)
        return Answer(
            url=url,
            status=status,
            headers=msgspec.json.decode(headers, type=dict[str, str]),
            body=zlib.decompress(packed),
            fetched=fetched,
            cached=True,
        )
    except (ValueError, TypeError, zlib.error):  # one damaged row: forget it (msgspec's errors are ValueErrors)
        connection.execute("delete from answers where key = ?", (_storable(key),))
        return None


def _write(connection: sqlite3.Connection, key: str, answer: Answer) -> None:
    headers = {name: value for name, value in answer.headers.items() if name in _HEADERS}
    connection.execute(
        "insert or replace into answers values (?, ?, ?, ?, ?, ?)",
        (
            _storable(key),
            _storable(answer.url),
            answer.status,
            msgspec.json.encode(headers),
            zlib.compress(answer.body),
            answer.fetched,
        ),
    )


def _storable(text: str) -> str:
    """Give text that SQLite can hold: lone halves of surrogate pairs are written out."""
    return text.encode("utf-8", "backslashreplace").decode()
