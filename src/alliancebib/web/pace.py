"""How often a service may be asked, and how much at a time: learnt from its answers, never assumed.

A `Pace` lets questions pass one by one until the first answer names the limits (``x-rate-limit-limit``,
``x-rate-limit-interval``, ``x-concurrency-limit``); after that it keeps to them, for every thread of this process and,
through `SharedStarts`, together with the other processes of this machine.
"""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

import msgspec

from alliancebib.web.starts import SharedStarts

__all__ = ["Limits", "Pace", "TooSlowError", "limits_of"]

#: A window is stretched by this much: a question arrives a little later or earlier than it was sent.
MARGIN = 1.1
#: A place at a service stays taken this long after the answer: the server counts the question out after sending it.
SETTLE = 0.05
#: Longest wait for another thread or process to give its place back, before looking again.
LOOK_AGAIN = 0.1
#: So much later than its moment a question may go out without the next one coming too early (see `MARGIN`).
UNNOTICED = 0.02
#: However much a service allows, no more than this is used.
MOST_PER_SECOND = 50.0
MOST_AT_A_TIME = 8
#: So many questions are remembered for each pool.
MEMORY = 2048

#: A service that allows only one question in more seconds than these is not worth waiting for, as one that asks for as
#: long a pause (``Retry-After``).
SLOWEST = 30.0
#: Longest wait between two questions where a window is used up: some services count by the minute.
LONGEST_WAIT = 90.0

_UNITS = {"ms": 0.001, "s": 1.0, "": 1.0, "m": 60.0, "h": 3600.0}


class TooSlowError(Exception):
    """The limits of a service are such that nobody waits for it; the words are the rest of a sentence about it."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """So many questions in each window of so many seconds, and so many at a time."""

    questions: int = 1
    window: float = 1.0
    at_a_time: int = 1

    def next_start(self, starts: Sequence[float], now: float) -> float:
        """Say when the next question may be asked after those that began at ``starts``, in their order."""
        count, window = self.questions, self.window * MARGIN
        if count > MEMORY:
            count, window = 1, window / count  # a window longer than the memory: evenly spaced instead
        earliest = starts[-count] + window if count <= len(starts) else now
        return max(now, earliest, starts[-1] if starts else now)


#: Before the first answer: one question a second, one at a time.
UNKNOWN = Limits()
#: For a service that answers without naming limits (doi.org): as gentle as the slow pool of those that do.
UNSTATED = Limits(questions=5, window=1.0, at_a_time=1)


def limits_of(headers: Mapping[str, str]) -> Limits:
    """Read the limits that an answer names; `UNSTATED` fills in what it does not.

    >>> limits_of({"x-rate-limit-limit": "50", "x-rate-limit-interval": "60s"})
    Limits(questions=50, window=60.0, at_a_time=1)
    """
    questions = _number(headers.get("x-rate-limit-limit", "")) or UNSTATED.questions
    window = _seconds(headers.get("x-rate-limit-interval", "")) or UNSTATED.window
    at_a_time = _number(headers.get("x-concurrency-limit", "")) or UNSTATED.at_a_time
    if questions / window > MOST_PER_SECOND:
        questions = max(int(MOST_PER_SECOND * window), 1)
    return Limits(questions=questions, window=window, at_a_time=min(at_a_time, MOST_AT_A_TIME))


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII) and int(text) else None


def _seconds(text: str) -> float | None:
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*(ms|s|m|h|)", text.strip(), re.ASCII | re.IGNORECASE)
    return float(match[1]) * _UNITS[match[2].lower()] or None if match else None


def _too_slow(limits: Limits, wait: float) -> str:
    """Say why nobody waits for a service with these limits, for the next question so many seconds; "" if they do."""
    each = limits.window / limits.questions
    if each > SLOWEST:
        return f"it allows one question in {each:.0f} seconds"
    return f"it allows no further question for {wait:.0f} seconds" if wait > LONGEST_WAIT else ""


class _Pool:
    """One kind of question at one host: its limits, and when the last ones were asked."""

    def __init__(self) -> None:
        self.limits = UNKNOWN
        self.starts: deque[float] = deque(maxlen=MEMORY)

    def next_start(self, now: float) -> float:
        """Say when the next question may be asked, and take that moment."""
        start = self.limits.next_start(self.starts, now)
        self.starts.append(start)
        return start


class _Host:
    """One host: its pools, the questions under way, and places that were just given back."""

    def __init__(self) -> None:
        self.pools: defaultdict[str, _Pool] = defaultdict(_Pool)
        self.at_a_time = UNKNOWN.at_a_time
        self.running = 0
        self.settling: list[float] = []
        self.held_until = float("-inf")


class Pace:
    """Lets questions pass at the pace that each host and pool allows.

    Args:
        clock: Monotonic seconds.
        sleep: Waits; what it raises ends the waiting.
        shared: The moments and places that all processes take; None for this process alone.
        offset: What makes the clock's seconds those since 1970.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        shared: SharedStarts | None = None,
        offset: float = 0.0,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._shared = shared
        self._offset = offset
        self._lock = threading.Condition()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @contextmanager
    def turn(self, host: str, pool: str) -> Iterator[None]:
        """Wait until a question of this pool may be put to the host; the place is given back at the end.

        Raises:
            TooSlowError: That would take too long.
        """
        while (pause := self._enter(host)) is not None:
            self._sleep(pause)
        try:
            self._wait_for_start(host, pool)
            yield
        finally:
            self._leave(host)

    def learn(self, host: str, pool: str, headers: Mapping[str, str]) -> None:
        """Keep to the limits that an answer of this pool names; one that names none changes nothing that was named."""
        limits = limits_of(headers)
        stated = "x-rate-limit-limit" in headers or "x-concurrency-limit" in headers
        with self._lock:
            known = self._hosts[host]
            if not stated and known.pools[pool].limits is not UNKNOWN:
                return
            known.pools[pool].limits = limits
            known.at_a_time = limits.at_a_time

    def hold(self, host: str, seconds: float) -> None:
        """Ask a host nothing for some seconds, because it said so."""
        with self._lock:
            known = self._hosts[host]
            known.held_until = max(known.held_until, self._clock() + seconds)

    def _enter(self, host: str) -> float | None:
        """Take a place at the host and give None, or say how long to sleep before trying again."""
        with self._lock:
            known, now = self._hosts[host], self._clock()
            known.settling = [moment for moment in known.settling if moment > now]
            if known.running + len(known.settling) < known.at_a_time:
                if self._shared and not self._shared.enter(host, known.at_a_time, now + self._offset):
                    return LOOK_AGAIN
                known.running += 1
                return None
            if known.settling:
                return min(known.settling) - now
            self._lock.wait(LOOK_AGAIN)
            return 0.0

    def _leave(self, host: str) -> None:
        with self._lock:
            known = self._hosts[host]
            known.running -= 1
            settled = self._clock() + SETTLE
            known.settling.append(settled)
            if self._shared:
                self._shared.leave(host, settled + self._offset)
            self._lock.notify_all()

    def _wait_for_start(self, host: str, pool: str) -> None:
        with self._lock:
            known = self._hosts[host]
            own = known.pools[pool]
            now = max(self._clock(), known.held_until)
            before = max(now, own.starts[-1]) if own.starts else now
            start = own.next_start(now)
            if self._shared:
                wanted = start + self._offset
                free = partial(own.limits.next_start, now=wanted)
                start = own.starts[-1] = self._shared.take(f"{host} {pool}", wanted, free) - self._offset
            if reason := _too_slow(own.limits, start - before):
                own.starts.pop()
                raise TooSlowError(reason)
        while (pause := max(start, known.held_until) - self._clock()) > 0:
            self._sleep(pause)
        self._note_lateness(own, f"{host} {pool}", start)

    def _note_lateness(self, own: _Pool, name: str, start: float) -> None:
        """Let the moment count at which a question really goes out: a busy machine wakes threads late."""
        now = self._clock()
        if now - start <= UNNOTICED:
            return
        with self._lock:
            own.starts = deque(sorted(now if moment == start else moment for moment in own.starts), maxlen=MEMORY)
            if self._shared:
                self._shared.move(name, start + self._offset, now + self._offset)
