"""Whether work grows in proportion to its size or by the square of it: no test says how many seconds it may take.

Seconds of one machine say nothing about another, and little about the same machine when it is busy. What stays is
growth: where there are eight times as many pieces, each costs as much as before if the work grows in proportion, and
eight times as much if it grows by the square. The limit lies half-way, so that either may be wrong by nearly three.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import TypeVar

__all__ = ["in_proportion", "seconds"]

T = TypeVar("T")

#: Seconds that every reading counts for at least: below them first steps and the clock decide. Work that grows by the
#: square is seen where the larger size takes some twenty times as long.
_SHORTEST = 0.0005
#: Tries before work is said to grow too fast, and readings of each size, of which the least counts. In the first try
#: the larger size is read once: that is most of the time, and nearly always enough.
_TRIES = 3
_READINGS = 3


def in_proportion(made: Callable[[int], T], done: Callable[[T], object], size: int, *, times: int = 8) -> None:
    """Fail if ``done`` takes much more than eight times as long for what is ``made`` of eight times the size.

    What is done is timed, what is made is not. No two readings are of the same size, as much is remembered: ``made``
    has to give something else for one piece more. A try that shows no fault is the last one; a disturbance would have
    to come each time to look like one, and work that grows by the square shows it in every try.
    """
    smaller, larger = count(size), count(times * size)
    found = []
    for tried in range(_TRIES):
        cost = _cost(made, done, islice(smaller, _READINGS))
        found.append(_cost(made, done, islice(larger, _READINGS if tried else 1)) / cost)
        if found[-1] < times**0.5:
            return
    costs = ", ".join(f"{cost:.1f}" for cost in found)
    raise AssertionError(
        f"of {times} times as many pieces each costs {costs} times as much: 1 is in proportion, {times} the square"
    )


def seconds(made: Callable[[int], T], done: Callable[[T], object], size: int) -> float:
    """Give the time that is spent on what is made of a size, to be compared with another: never with a number."""
    what = made(size)
    collects = gc.isenabled()
    gc.disable()  # a large process is walked through now and then
    try:
        began = time.thread_time()  # what other programs and threads do meanwhile does not count
        done(what)
        return max(time.thread_time() - began, _SHORTEST)
    finally:
        if collects:
            gc.enable()


def _cost(made: Callable[[int], T], done: Callable[[T], object], sizes: Iterator[int]) -> float:
    """Give the least time for each piece."""
    return min(seconds(made, done, size) / size for size in sizes)
