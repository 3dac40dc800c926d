"""What earlier runs saw of each address, kept on this machine: since when it is dead, and when it was last well.

States of links go in and come out (`alliancebib.finding.LinkState`), one for each address as it is cited. The file is a
convenience (`alliancebib.kept`): without it every run is the first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from alliancebib.finding import LinkState, Verdict
from alliancebib.kept import KeptFile, kept_path, storable

__all__ = ["FIRST_RUN", "Sighting", "Sightings", "SightingsFile", "seen_again"]

#: Raised when the form of a sighting changes.
VERSION = 1
#: What was not looked at for longer is forgotten.
KEPT_FOR = timedelta(days=800)


class Sighting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What is remembered of an address: its state on the day of its last visit, with what was found.

    ``code`` is that of the finding, "" for none; ``without_place``: the page lacked the place after ``#``.
    """

    state: LinkState
    code: str = ""
    without_place: bool = False


class Sightings(Protocol):
    """What earlier runs saw; a run reads it and adds what it sees."""

    def of(self, url: str) -> Sighting | None:
        """Give what was seen of an address last; None for nothing."""
        ...

    def note(self, sightings: Iterable[Sighting]) -> None:
        """Remember what was seen of addresses now."""
        ...


class _FirstRun:
    """No memory: every run is the first."""

    def of(self, url: str) -> Sighting | None:  # noqa: ARG002
        return None

    def note(self, sightings: Iterable[Sighting]) -> None:
        pass


#: The memory of a run that has none.
FIRST_RUN = _FirstRun()


class SightingsFile:
    """Sightings in a SQLite file.

    Args:
        path: The file; None for the one in the user's cache folder.
        today: The day of the run.
    """

    def __init__(self, path: Path | None = None, *, today: date) -> None:
        before = (today - KEPT_FOR).isoformat()
        self._file = KeptFile(
            path or kept_path("links.sqlite"),
            table="sightings",
            columns="url text primary key, checked text not null, seen blob not null",
            version=VERSION,
            prune=lambda connection: connection.execute("delete from sightings where checked < ?", (before,)),
        )

    def of(self, url: str) -> Sighting | None:
        """Give what was seen of an address last; None for nothing."""
        return self._file.safely(lambda connection: _read(connection, url), otherwise=None)

    def note(self, sightings: Iterable[Sighting]) -> None:
        """Remember what was seen of addresses now."""
        rows = [(storable(seen.state.url), seen.state.checked, msgspec.json.encode(_bare(seen))) for seen in sightings]

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("insert or replace into sightings values (?, ?, ?)", rows)

        self._file.safely(write, otherwise=None)

    @property
    def problem(self) -> str:
        """Why nothing is remembered beyond this run; "" where it is."""
        return self._file.problem

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def seen_again(state: LinkState, before: LinkState | None, *, today: date) -> LinkState:
    """Give a state with what earlier runs add: since when it is dead, when it was last well.

    What settles nothing (a filter against robots, a body that broke off) leaves both dates as they were; only where no
    answer was what was wrong, any answer ends that.
    """
    since, last_ok = (before.since, before.last_ok) if before else ("", "")
    if state.verdict is Verdict.OK:
        since, last_ok = "", state.checked
    elif state.verdict is Verdict.DEAD:
        since = since or state.checked or today.isoformat()
    elif before and before.outcome == "unreachable" and state.status is not None:
        since = ""
    return msgspec.structs.replace(state, since=since, last_ok=last_ok)


def _read(connection: sqlite3.Connection, url: str) -> Sighting | None:
    row = connection.execute("select seen from sightings where url = ?", (storable(url),)).fetchone()
    if row is None:
        return None
    try:
        seen = msgspec.json.decode(row[0], type=Sighting)
        for day in (seen.state.since, seen.state.last_ok, seen.state.checked):
            date.fromisoformat(day or "2000-01-01")
    except (ValueError, TypeError):  # of another version, or damaged (msgspec's errors are ValueErrors)
        return None
    return seen


def _bare(seen: Sighting) -> Sighting:
    """Leave out what belongs to one run and one bibliography; halves of surrogate pairs are no text."""
    state = msgspec.structs.replace(
        seen.state,
        url=storable(seen.state.url),
        final_url=storable(seen.state.final_url),
        moved_to=storable(seen.state.moved_to),
        detail=storable(seen.state.detail),
        references=(),
        standing=None,
        archived="",
    )
    return msgspec.structs.replace(seen, state=state)
