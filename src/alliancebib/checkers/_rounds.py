"""Work at many hosts at a time: pieces grouped by host come in, results come out as they are done.

Hosts are served in turn, so that one with many pieces does not hold the others up, and each at the pace that it bears.
A piece that is to be tried again waits without holding a place. The threads are daemons: one that hangs at the deadline
is left behind, and holds up neither the report nor the end of the program.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from typing import Generic, NamedTuple, TypeVar

__all__ = ["Left", "Rounds", "Step"]

Piece = TypeVar("Piece")
Result = TypeVar("Result")

#: A piece that is under way for longer keeps its host waiting and not busy; it leaves its place to another one.
SLOW = 1.0
#: Shortest and longest pause between two starts at a host that was asked too much, in seconds.
SHORTEST_GAP, LONGEST_GAP = 0.25, 4.0
#: After so many answers without a complaint a host is asked one piece more at a time.
ANSWERS = 8
#: Each answer without a complaint takes this share of the pause away.
RELIEF = 0.3


class Step(NamedTuple, Generic[Piece, Result]):
    """What one go at a piece came to: a result, or ``again``: the piece as it is tried next, in so many seconds.

    ``complains``: the host was asked too much. ``rest``: nothing is asked of it for so many seconds.
    """

    result: Result | None = None
    again: tuple[float, Piece] | None = None
    complains: bool = False
    rest: float = 0.0


class Left(NamedTuple, Generic[Piece]):
    """The pieces that were not finished, because the time was over or (``stopped``) somebody pressed Ctrl-C."""

    pieces: tuple[Piece, ...] = ()
    stopped: bool = False


class _Host(Generic[Piece]):
    """One host: what waits for it, how much it is asked at a time, and when it may be asked next."""

    def __init__(self, pieces: Iterable[Piece], most: int) -> None:
        self.waiting = deque(pieces)
        self.busy = 0
        self.slow = 0
        self.queued = False
        self.next_start = 0.0
        self._ceiling = most
        self._most = max(most // 2, 1)
        self._good = 0
        self._gap = 0.0

    @property
    def has_room(self) -> bool:
        return bool(self.waiting) and self.busy < self._most and not self.queued

    def take(self, now: float) -> Piece:
        self.busy += 1
        self.next_start = max(self.next_start, now + self._gap)
        return self.waiting.popleft()

    def slow_down(self) -> bool:
        """Let a piece that is under way for long give its place up; half as many as there are places may."""
        if self.slow >= self._ceiling // 2:
            return False
        self.busy -= 1
        self.slow += 1
        return True

    def learn(self, *, complains: bool, rest: float, now: float) -> None:
        """Ask half as much of a host that complains, and more again after answers that do not."""
        self._good = 0 if complains else self._good + 1
        if complains:
            self._most = max(self._most // 2, 1)
            self._gap = min(max(2 * self._gap, SHORTEST_GAP), LONGEST_GAP)
            self.next_start = max(self.next_start, now + self._gap)
        else:
            self._most = min(self._most + (self._good % ANSWERS == 0), self._ceiling)
            self._gap = self._gap * (1 - RELIEF) if self._gap > SHORTEST_GAP / 10 else 0.0
        self.next_start = max(self.next_start, now + rest)


class Rounds(Generic[Piece, Result]):
    """Does ``work`` on pieces: at most ``workers`` at a time, ``per_host`` at one host, until ``end`` (monotonic).

    A host is asked half as much at first, and more as it bears it.
    """

    def __init__(
        self, work: Callable[[Piece], Step[Piece, Result]], *, workers: int, per_host: int, end: float
    ) -> None:
        self._work = work
        self._workers = max(workers, 1)
        self._per_host = max(per_host, 1)
        self._end = end

    def run(self, groups: Mapping[str, Sequence[Piece]], done: Callable[[Piece, Result], None]) -> Left[Piece]:
        """Work through the groups, one for each host, and hand each result to ``done`` in the calling thread."""
        state: _State[Piece] = _State(groups, self._per_host)
        crew = _Crew(self._work, self._workers)
        stopped = False
        try:
            while state.is_open:
                for ticket, piece in state.next_pieces(self._workers, end=self._end):
                    crew.start(ticket, piece)
                finished = crew.next(until=min(state.next_moment, self._end))
                if finished is None:
                    if time.monotonic() >= self._end:
                        break
                    continue
                ticket, step = finished
                piece = state.finished(ticket, step)
                if step.result is not None:
                    done(piece, step.result)
        except KeyboardInterrupt:
            stopped = True
        finally:
            crew.dismiss()
        return Left(tuple(state.unfinished()), stopped)


class _State(Generic[Piece]):
    """Which pieces wait, at which hosts, and which are under way."""

    def __init__(self, groups: Mapping[str, Sequence[Piece]], per_host: int) -> None:
        self._hosts = {name: _Host(pieces, per_host) for name, pieces in groups.items() if pieces}
        self._open = sum(map(len, groups.values()))
        self._ready: deque[_Host[Piece]] = deque()
        self._running: dict[int, tuple[_Host[Piece], Piece]] = {}
        self._slow: set[int] = set()
        self._numbers = itertools.count()
        #: Moments to come, each with what is done then.
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._waiting: dict[int, Piece] = {}
        for host in self._hosts.values():
            self._offer(host)

    @property
    def is_open(self) -> bool:
        return self._open > 0

    def next_pieces(self, workers: int, *, end: float) -> Iterator[tuple[int, Piece]]:
        """Take the pieces that may start now, one from each host in turn."""
        now = time.monotonic()
        while self._later and self._later[0][0] <= now:
            heapq.heappop(self._later)[2]()
        while self._ready and len(self._running) < workers and now < end:
            now = time.monotonic()  # starting threads takes its time
            host = self._ready.popleft()
            host.queued = False
            if not host.has_room or host.next_start > now:  # it complained since
                self._offer(host)
                continue
            piece, ticket = host.take(now), next(self._numbers)
            self._running[ticket] = host, piece
            self._at(now + SLOW, partial(self._slow_down, ticket))
            self._offer(host)
            yield ticket, piece

    @property
    def next_moment(self) -> float:
        """When there is something to do even if nothing is finished."""
        return self._later[0][0] if self._later else float("inf")

    def finished(self, ticket: int, step: Step[Piece, Result]) -> Piece:
        """Note how a piece went, and give it."""
        host, piece = self._running.pop(ticket)
        now = time.monotonic()
        if ticket in self._slow:
            self._slow.discard(ticket)
            host.slow -= 1
        else:
            host.busy -= 1
        host.learn(complains=step.complains, rest=step.rest, now=now)
        if step.again is not None:
            seconds, self._waiting[ticket] = step.again
            self._at(now + seconds, partial(self._try_again, ticket, host))
        else:
            self._open -= 1
        self._offer(host)
        return piece

    def unfinished(self) -> Iterator[Piece]:
        yield from (piece for _, piece in self._running.values())
        yield from self._waiting.values()
        yield from (piece for host in self._hosts.values() for piece in host.waiting)

    def _offer(self, host: _Host[Piece]) -> None:
        """Put a host in the queue of those that may be asked, or wake it later; a host stands there once."""
        if not host.has_room:
            return
        host.queued = True
        if host.next_start > time.monotonic():
            self._at(host.next_start, partial(self._wake, host))
        else:
            self._ready.append(host)

    def _at(self, moment: float, work: Callable[[], None]) -> None:
        heapq.heappush(self._later, (moment, next(self._numbers), work))

    def _wake(self, host: _Host[Piece]) -> None:
        host.queued = False
        self._offer(host)

    def _try_again(self, ticket: int, host: _Host[Piece]) -> None:
        host.waiting.appendleft(self._waiting.pop(ticket))
        self._offer(host)

    def _slow_down(self, ticket: int) -> None:
        if ticket in self._running and self._running[ticket][0].slow_down():
            self._slow.add(ticket)
            self._offer(self._running[ticket][0])


class _Crew(Generic[Piece, Result]):
    """Threads that do the work, as many as are needed at a time."""

    def __init__(self, work: Callable[[Piece], Step[Piece, Result]], most: int) -> None:
        self._work = work
        self._most = most
        self._threads = 0
        self._idle = 0
        self._tasks: SimpleQueue[tuple[int, Piece] | None] = SimpleQueue()
        self._results: SimpleQueue[tuple[int, Piece, Step[Piece, Result] | Exception]] = SimpleQueue()

    def start(self, ticket: int, piece: Piece) -> None:
        if self._idle:
            self._idle -= 1
        elif self._threads < self._most:
            self._threads += 1
            threading.Thread(target=self._run, name=f"check {self._threads}", daemon=True).start()
        self._tasks.put((ticket, piece))

    def next(self, *, until: float) -> tuple[int, Step[Piece, Result]] | None:
        """Wait for a piece that is finished, or until a moment."""
        seconds = max(until - time.monotonic(), 0.0)
        try:
            ticket, piece, step = self._results.get(timeout=min(seconds, threading.TIMEOUT_MAX))
        except Empty:
            return None
        self._idle += 1
        if isinstance(step, Exception):
            raise RuntimeError(f"a check failed inside on {piece!r}") from step  # noqa: TRY004 - it is not its type
        return ticket, step

    def dismiss(self) -> None:
        for _ in range(self._threads):
            self._tasks.put(None)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            ticket, piece = task
            try:
                self._results.put((ticket, piece, self._work(piece)))
            except Exception as problem:  # noqa: BLE001 - it is raised again in the calling thread
                self._results.put((ticket, piece, problem))
