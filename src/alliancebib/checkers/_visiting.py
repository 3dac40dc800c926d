"""Many addresses visited once each: cited texts come in, an `Inspection` for each goes out.

Texts that mean one address share a visit. What may have failed by chance is tried again while others are visited; a
host that refuses everything, or never answers, is not asked for ever.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

import msgspec

from alliancebib.checkers import Progress
from alliancebib.checkers._again import asks_too_much, pause_before_another, rest_of
from alliancebib.checkers._inspect import Inspection, inspect, unvisited
from alliancebib.checkers._rounds import Rounds, Step
from alliancebib.checkers._verdict import Judgement
from alliancebib.config import CheckSettings
from alliancebib.web import Visit, Web
from alliancebib.web.address import Address, read_address

__all__ = ["LATE", "STOPPED", "visit_each"]

#: So many refusals, one after the other, and a host is left in peace for this run; those of visits that were under way
#: together count as one.
MOST_REFUSALS = 5
#: After so many a host is taken at its word: one refusal among good answers may be that of a page.
FEW_REFUSALS = 2
#: So many seconds a host may ask to be left alone, all in all, before it is left in peace for this run.
MOST_REST = 60.0
#: So many visits without an answer, and a host that never gave one is called unreachable for its other addresses too:
#: each would cost the whole timeout.
SILENT_VISITS = 4
#: So many made-up addresses are remembered with what they gave; many soft 404s stand in one folder.
MOST_PROBES = 40

_SILENT = frozenset(["dns", "resolver", "route", "connect", "closed", "timeout"])

#: Silences that may be no fault of the host.
_OF_THIS_MACHINE = frozenset(["resolver", "route"])

#: What is said of an address that was not reached in time, or before somebody stopped the run.
LATE = "It was not visited within the deadline."
STOPPED = "It was not visited before the run was stopped."


class _Target(msgspec.Struct, frozen=True, gc=False):
    """One address to be visited: text without fragment, host, and the fragments under which it is cited."""

    url: str
    host: str
    fragments: tuple[str, ...] = ()


class _Try(msgspec.Struct, frozen=True, gc=False):
    """A target on its way: the tries so far, when the first began, what was seen last."""

    target: _Target
    tries: int = 0
    began: float = 0.0
    seen: Visit | None = None


def visit_each(  # noqa: PLR0913 - what a run is made of, all by name
    urls: Iterable[str],
    *,
    web: Web,
    settings: CheckSettings,
    end: float,
    progress: Progress | None = None,
    noted: Callable[[Mapping[str, Inspection]], None] = lambda _: None,
) -> tuple[dict[str, Inspection], bool]:
    """Visit each address until ``end`` (monotonic); say also whether somebody stopped it by Ctrl-C.

    ``noted`` is called in this thread with what was found of the texts that cite an address, as soon as it is found.
    """
    cited = _targets(urls)
    citing: dict[_Target, list[str]] = defaultdict(list)
    for url, target in cited.items():
        citing[target].append(url)
    found: dict[_Target, Inspection] = {}

    def done(tried: _Try, inspection: Inspection) -> None:
        found[tried.target] = inspection
        noted(dict.fromkeys(citing[tried.target], inspection))
        if progress:
            progress("links", len(found), len(citing))

    groups: dict[str, list[_Try]] = defaultdict(list)
    for target in citing:
        groups[target.host].append(_Try(target))
    look = _Look(web, settings, end)
    left = Rounds(look.at, workers=settings.workers, per_host=settings.per_host, end=end).run(groups, done)
    for tried in left.pieces:
        found.setdefault(tried.target, look.unfinished(tried, STOPPED if left.stopped else LATE))
    return {url: found.get(target) or unvisited(STOPPED) for url, target in cited.items()}, left.stopped


class _Look:
    """Looks at targets, and remembers which hosts never answer or refuse everything."""

    def __init__(self, web: Web, settings: CheckSettings, end: float) -> None:
        self._web = web
        self._retries = settings.retries
        self._end = end
        self._silences: Counter[str] = Counter()
        self._astray: set[str] = set()
        self._refusals: Counter[str] = Counter()
        self._last_refusal: dict[str, float] = {}
        self._rests: Counter[str] = Counter()
        self._answering: set[str] = set()
        self._probes: dict[str, Visit] = {}

    def at(self, tried: _Try) -> Step[_Try, Inspection]:
        """Visit a target, and judge what was seen, or say when it is to be tried again."""
        host = tried.target.host
        if gone := self._given_up(tried):
            return Step(gone)
        start = time.monotonic()
        began = tried.began or start
        seen = self._web.visit(tried.target.url)
        self._note(host, seen, start)
        tries = tried.tries + min(seen.attempts, 1)
        seen = msgspec.structs.replace(seen, attempts=tries, seconds=round(time.monotonic() - began, 3))
        pause = pause_before_another(seen, tries=tries, most=self._retries)
        crowded = not seen.hops and asks_too_much(seen) and self._refusals[host] >= FEW_REFUSALS
        rest = 0.0 if seen.hops else rest_of(seen.headers)  # the limit of another host, where there were hops
        self._rests[host] += round(rest)
        rest = rest if self._rests[host] <= MOST_REST else 0.0  # nothing waits for a host that is not asked any more
        if pause is not None and time.monotonic() + pause < self._end:
            next_try = _Try(tried.target, tries, began, msgspec.structs.replace(seen, body=b""))
            return Step(again=(pause, next_try), complains=crowded, rest=max(rest, pause if crowded else 0.0))
        inspection = inspect(seen, tried.target.fragments, self._probe)
        return Step(inspection, complains=crowded, rest=rest)

    def unfinished(self, tried: _Try, reason: str) -> Inspection:
        """Give what is known of a target for which there was no time: what its last try showed, if it had one."""
        if tried.seen is None:
            return unvisited(reason)
        return inspect(tried.seen, (), lambda url: Visit(url=url, problem="offline", attempts=0))

    def _given_up(self, tried: _Try) -> Inspection | None:
        """Give what is said of a target whose host is not asked any more; None while it is."""
        host = tried.target.host
        if self._silences[host] >= SILENT_VISITS and host not in self._answering:
            detail = f"The host {host} did not answer {SILENT_VISITS} other visits of this run."
            return Inspection(judgement=Judgement.of("unknown" if host in self._astray else "unreachable", detail))
        if tried.seen is not None:  # what it asked for is granted
            return None
        if self._refusals[host] >= MOST_REFUSALS:
            detail = f"The host {host} refused {MOST_REFUSALS} other visits of this run, one after another (429)."
            return Inspection(judgement=Judgement.of("refused", detail))
        if self._rests[host] > MOST_REST:
            detail = f"The host {host} has a limit that is used up, and asks to be left alone for longer than this run."
            return Inspection(judgement=Judgement.of("refused", detail))
        return None

    def _note(self, host: str, seen: Visit, start: float) -> None:
        """Note what a visit that began at a moment shows of its host; after a hop it is another host that speaks."""
        if seen.problem in _SILENT and not seen.hops:
            self._silences[host] += 1
            if seen.problem in _OF_THIS_MACHINE:
                self._astray.add(host)
            return
        self._answering.add(host)
        if seen.hops or not asks_too_much(seen):
            self._refusals[host] = 0
        elif start > self._last_refusal.get(host, 0.0):
            self._refusals[host] += 1
            self._last_refusal[host] = time.monotonic()

    def _probe(self, url: str) -> Visit:
        if url not in self._probes:
            seen = self._web.visit(url)
            if len(self._probes) >= MOST_PROBES:
                return seen
            self._probes[url] = seen
        return self._probes[url]


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
