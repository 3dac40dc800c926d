"""Pieces of work done several at a time, by threads that hold nobody up.

Pieces come in, results go out as they are there, or in the order of the pieces. The threads are daemons, as those of
`concurrent.futures` are joined at the end of the program: one that a silent service holds would hold it, too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

__all__ = ["WORKERS", "done_in_time", "in_order"]

#: Questions under way at a time; how fast they go out is the web's business.
WORKERS = 4

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def done_in_time(
    work: Callable[[Piece], Result], pieces: Sequence[Piece], *, workers: int, seconds: float | None = None
) -> Iterator[tuple[int, Result]]:
    """Do the work on each piece; give results with the places of their pieces, as they come.

    What is not done within so many ``seconds`` is left; what the work raises is raised here. When nobody asks for
    results any more, no further piece is begun.
    """
    end = None if seconds is None else time.monotonic() + seconds
    waiting: SimpleQueue[int] = SimpleQueue()
    results: SimpleQueue[tuple[int, list[Result], BaseException | None]] = SimpleQueue()
    over = threading.Event()
    for place in range(len(pieces)):
        waiting.put(place)

    def run() -> None:
        while not over.is_set() and (end is None or time.monotonic() < end):
            try:
                place = waiting.get_nowait()
            except Empty:
                return
            try:
                results.put((place, [work(pieces[place])], None))
            except BaseException as problem:  # noqa: BLE001 - it is raised again where somebody waits for the result
                over.set()
                results.put((place, [], problem))

    for number in range(min(workers, len(pieces))):
        threading.Thread(target=run, name=f"ask {number}", daemon=True).start()
    try:
        for _ in pieces:
            try:
                place, found, problem = results.get(timeout=None if end is None else _left(end))
            except Empty:
                return
            if problem is not None:
                raise problem
            yield place, found[0]
    finally:
        over.set()


def in_order(parts: Iterable[Mapping[int, Result]]) -> Iterator[Result]:
    """Give results that come in parts, by their places from 0 on, in the order of the places, each as soon as it can.

    >>> list(in_order([{1: "b", 2: "c"}, {0: "a"}]))
    ['a', 'b', 'c']
    """
    early: dict[int, Result] = {}
    following = 0
    for part in parts:
        early |= part
        while following in early:
            yield early.pop(following)
            following += 1


def _left(end: float) -> float:
    return min(max(end - time.monotonic(), 0.0), threading.TIMEOUT_MAX)
