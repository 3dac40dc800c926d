"""What services answered, kept on this machine in one SQLite file that several processes may share.

A question's key and an `Answer` come in and go out. The file is only ever a convenience (`alliancebib.kept`).
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from alliancebib.kept import KeptFile, kept_path, storable
from alliancebib.web import Answer

__all__ = ["AnswerCache", "default_path", "is_fresh", "question_key"]

#: Raised when the table or its meaning changes; a file of another version is emptied.
SCHEMA_VERSION = 1
#: Status -> how long an answer counts as fresh. Answers of any other status are never kept.
FRESH_FOR = {200: timedelta(days=30), 404: timedelta(days=1)}
#: Older answers are dropped: without network an old answer is better than none, but not for ever.
KEPT_FOR = timedelta(days=400)
#: Parameters that say who asks, not what.
_WHO = frozenset(["mailto"])
#: Headers that are of use later.
_HEADERS = frozenset(["content-type", "last-modified", "etag", "link"])


def default_path() -> Path:
    """Give the place of the cache file in the user's cache folder."""
    return kept_path("answers.sqlite")


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
        self._file = KeptFile(
            path,
            table="answers",
            columns="key text primary key, url text not null, status integer not null,"
            " headers blob not null, body blob not null, fetched text not null",
            version=SCHEMA_VERSION,
            prune=lambda connection: _prune(connection, now() - KEPT_FOR),
        )

    def get(self, key: str) -> Answer | None:
        """Give the kept answer of any age; None where there is none."""
        return self._file.safely(lambda connection: _read(connection, key), otherwise=None)

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, if its status is one that is kept."""
        if answer.status in FRESH_FOR:
            self._file.safely(lambda connection: _write(connection, key, answer), otherwise=None)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _prune(connection: sqlite3.Connection, before: datetime) -> None:
    connection.execute("delete from answers where fetched < ?", (before.isoformat(),))


def _read(connection: sqlite3.Connection, key: str) -> Answer | None:
    row = connection.execute(
        "select url, status, headers, body, fetched from answers where key = ?", (storable(key),)
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
        connection.execute("delete from answers where key = ?", (storable(key),))
        return None


def _write(connection: sqlite3.Connection, key: str, answer: Answer) -> None:
    headers = {name: value for name, value in answer.headers.items() if name in _HEADERS}
    connection.execute(
        "insert or replace into answers values (?, ?, ?, ?, ?, ?)",
        (
            storable(key),
            storable(answer.url),
            answer.status,
            msgspec.json.encode(headers),
            zlib.compress(answer.body),
            answer.fetched,
        ),
    )
