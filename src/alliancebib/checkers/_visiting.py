"""Many addresses visited once each: cited texts come in, an `Inspection` for each goes out.

Texts that mean one address share a visit. A host that throttles gets a slow second round; one that is silent is not
asked for ever.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from alliancebib.checkers import Progress
from alliancebib.checkers._inspect import Inspection, inspect, unvisited
from alliancebib.checkers._rounds import Rounds
from alliancebib.checkers._verdict import Judgement
from alliancebib.config import CheckSettings
from alliancebib.web import Web
from alliancebib.web.address import Address, read_address

__all__ = ["LATE", "visit_each"]

#: Seconds between two visits to a host that asked for fewer, in the second round.
SLOW_PAUSE = 1.0
#: So many refusals in a row, and a host is left in peace for this run.
SLOW_REFUSALS = 2
#: So many visits without an answer, and a host that never gave one is called unreachable for its other addresses too:
#: each would cost the whole timeout.
SILENT_VISITS = 4

_SILENT = frozenset(["dns", "connect", "timeout"])


#: What is said of an address that was not reached in time.
LATE = "It was not visited within the deadline."


class _Target(msgspec.Struct, frozen=True):
    """One address to be visited: text without fragment, host, and the fragments under which it is cited."""

    url: str
    host: str
    fragments: tuple[str, ...] = ()


def visit_each(
    urls: Iterable[str], *, web: Web, settings: CheckSettings, end: float, progress: Progress | None
) -> dict[str, Inspection]:
    """Visit each address, those that differ by their fragment once, until ``end`` (monotonic)."""
    cited = _targets(urls)
    targets = {target.url: target for target in cited.values()}
    found: dict[str, Inspection] = {}

    def done(target: _Target, inspection: Inspection) -> None:
        found[target.url] = inspection
        if progress:
            progress("links", len(found), len(targets))

    look = _Look(web)
    rounds = Rounds(look.at, workers=settings.workers, per_host=settings.per_host, end=end)
    for target in rounds.run(_by_host(targets.values()), done):
        found[target.url] = unvisited(LATE)
    _visit_slowly([target for target in targets.values() if found[target.url].throttled], web, settings, end, found)
    return {url: found[target.url] for url, target in cited.items()}


class _Look:
    """Looks at targets, and remembers which hosts never answer."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._silences: Counter[str] = Counter()
        self._answering: set[str] = set()

    def at(self, target: _Target) -> Inspection:
        host = target.host
        if self._silences[host] >= SILENT_VISITS and host not in self._answering:
            detail = f"The host {host} did not answer {SILENT_VISITS} other visits of this run."
            return Inspection(judgement=Judgement.of("unreachable", detail))
        inspection = inspect(target.url, target.fragments, self._web)
        if inspection.problem in _SILENT:
            self._silences[host] += 1
        else:
            self._answering.add(host)
        return inspection


def _targets(urls: Iterable[str]) -> dict[str, _Target]:
    """Give the target of each cited address; texts that mean one address share it."""
    spelled: dict[tuple[str, str], str] = {}
    fragments: dict[str, list[str]] = defaultdict(list)
    places: dict[str, tuple[str, str]] = {}
    for url in urls:
        address = read_address(url)
        if not isinstance(address, Address):
            places[url] = (url, "")
            continue
        bare = spelled.setdefault((address.url, address.user), url.partition("#")[0])
        places[url] = (bare, address.authority)
        if address.fragment:
            fragments[bare].append(address.fragment)
    return {url: _Target(bare, host, tuple(fragments[bare])) for url, (bare, host) in places.items()}


def _visit_slowly(
    throttled: Sequence[_Target], web: Web, settings: CheckSettings, end: float, found: dict[str, Inspection]
) -> None:
    """Visit once more, one at a time, at hosts that asked for fewer visits; what stays refused stays as it was."""
    groups = _by_host(throttled)

    def visit_host(host: str) -> dict[str, Inspection]:
        seen: dict[str, Inspection] = {}
        refused = 0
        for target in groups[host]:
            if refused == SLOW_REFUSALS or time.monotonic() + SLOW_PAUSE > end:
                break
            time.sleep(SLOW_PAUSE)
            inspection = inspect(target.url, target.fragments, web)
            refused = refused + 1 if inspection.throttled else 0
            before = found[target.url]
            seen[target.url] = msgspec.structs.replace(
                inspection,
                attempts=before.attempts + inspection.attempts,
                seconds=round(before.seconds + inspection.seconds, 3),
            )
        return seen

    rounds = Rounds(visit_host, workers=settings.workers, per_host=1, end=end)
    rounds.run({host: [host] for host in groups}, lambda _, seen: found.update(seen))


def _by_host(targets: Iterable[_Target]) -> dict[str, list[_Target]]:
    groups: dict[str, list[_Target]] = defaultdict(list)
    for target in targets:
        groups[target.host].append(target)
    return groups
