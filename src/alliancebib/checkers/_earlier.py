"""What earlier runs saw of the addresses of this one: what is fresh enough to serve, and what this run adds.

Sightings come in and go out; the visits themselves are not made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from alliancebib.config import CheckSettings
from alliancebib.finding import LinkState
from alliancebib.sightings import Sighting, Sightings, seen_again
from alliancebib.web.address import Address, is_local, read_address

__all__ = ["Earlier"]


class Earlier:
    """The memory of earlier runs, as one run uses it."""

    def __init__(self, sightings: Sightings, *, settings: CheckSettings, today: date) -> None:
        self._sightings = sightings
        self._fresh_for: dict[str, int] = msgspec.structs.asdict(settings.fresh_for)
        self._today = today

    def fresh(self, urls: Iterable[str]) -> dict[str, Sighting]:
        """Give the sightings that need no visit; what stands on one's own network changes with one's work."""
        found = {}
        for url in urls:
            seen = self._sightings.of(url)
            if seen and self._is_fresh(seen.state) and not _is_local(url):
                state = msgspec.structs.replace(seen.state, attempts=0, seconds=0.0)
                found[url] = msgspec.structs.replace(seen, state=state)
        return found

    def add(self, seen: Iterable[Sighting]) -> list[Sighting]:
        """Remember what this run saw, and give it with what earlier runs add."""
        whole = []
        for one in seen:
            url = one.state.url
            before = self._sightings.of(url) or self._sightings.of(url.partition("#")[0])
            state = seen_again(one.state, before.state if before else None, today=self._today)
            whole.append(msgspec.structs.replace(one, state=state))
        self._sightings.note(one for one in whole if one.state.checked)
        return whole

    def _is_fresh(self, state: LinkState) -> bool:
        # That a host is asked too much, or not asked any more, says nothing of tomorrow.
        days = 0 if state.status in {None, 429, 503} else self._fresh_for.get(state.outcome, 0)
        try:
            age = self._today - date.fromisoformat(state.checked)
        except ValueError:
            return False
        return timedelta(0) <= age < timedelta(days=days)


def _is_local(url: str) -> bool:
    address = read_address(url)
    return isinstance(address, Address) and is_local(address)
