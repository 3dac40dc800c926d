"""Many pieces of work at many hosts: some at a time, few at one host, and none after the deadline.

Hosts are served in turn, so that one with many addresses does not hold the others up. Each piece runs in a daemon
thread: one that hangs at the deadline is left behind and holds up neither the report nor the end of the program.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

__all__ = ["Rounds"]

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Rounds(Generic[Piece, Result]):
    """Does ``work`` on pieces: at most ``workers`` at a time, ``per_host`` at one host, until ``end`` (monotonic)."""

    def __init__(self, work: Callable[[Piece], Result], *, workers: int, per_host: int, end: float) -> None:
        self._work = work
        self._workers = max(workers, 1)
        self._per_host = max(per_host, 1)
        self._end = end

    def run(self, groups: Mapping[str, Sequence[Piece]], done: Callable[[Piece, Result], None]) -> tuple[Piece, ...]:
        """Work through the groups, one for each host, and hand each result to ``done`` in the calling thread.

        Gives the pieces that were not finished in time.
        """
        waiting = deque((host, deque(pieces)) for host, pieces in groups.items() if pieces)
        running: dict[tuple[str, int], Piece] = {}
        busy: Counter[str] = Counter()
        results: SimpleQueue[tuple[tuple[str, int], tuple[Result, ...]]] = SimpleQueue()
        number = 0
        while waiting or running:
            for host, piece in self._next(waiting, busy, self._workers - len(running)):
                number += 1
                running[host, number] = piece
                self._start((host, number), piece, results)
            try:
                name, found = results.get(timeout=max(self._end - time.monotonic(), 0.0))
            except Empty:
                break
            busy[name[0]] -= 1
            piece = running.pop(name)
            for result in found:
                done(piece, result)
            if not found:  # the work itself failed; its thread has said so
                raise RuntimeError(f"a check failed inside on {piece!r}")
        return (*running.values(), *(piece for _, pieces in waiting for piece in pieces))

    def _next(self, waiting: deque[tuple[str, deque[Piece]]], busy: Counter[str], free: int) -> list[tuple[str, Piece]]:
        """Take the next pieces, one from each host in turn, as far as there is room."""
        taken: list[tuple[str, Piece]] = []
        idle = 0
        while waiting and idle < len(waiting) and len(taken) < free and time.monotonic() < self._end:
            host, pieces = waiting.popleft()
            if busy[host] >= self._per_host:
                idle += 1
                waiting.append((host, pieces))
                continue
            idle = 0
            busy[host] += 1
            taken.append((host, pieces.popleft()))
            if pieces:
                waiting.append((host, pieces))
        return taken

    def _start(
        self,
        name: tuple[str, int],
        piece: Piece,
        results: SimpleQueue[tuple[tuple[str, int], tuple[Result, ...]]],
    ) -> None:
        def run() -> None:
            found: tuple[Result, ...] = ()
            try:
                found = (self._work(piece),)
            finally:
                results.put((name, found))

        threading.Thread(target=run, name=f"check {name[0]}", daemon=True).start()
