"""The room that tells growth in proportion from growth by the square: by real work, and by a clock that is set."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable

import pytest

from growth import in_proportion, seconds

SQUARE = "of 8 times as many pieces each costs .* times as much"


def once(pieces: list[int]) -> None:
    """Go over the pieces."""
    for piece in pieces:
        sum(range(piece, piece + 9))


def for_each(pieces: list[int]) -> None:
    """Go over the pieces for each of them."""
    for piece in pieces:
        piece in pieces[::-1]  # noqa: B015 - looked for, whether it is found or not


def pieces_of(size: int) -> list[int]:
    return list(range(size))


@pytest.mark.parametrize("size", [1, 10, 200, 2_000])
def test_work_in_proportion_passes(size: int) -> None:
    in_proportion(pieces_of, once, size)


def test_work_by_the_square_fails_every_time() -> None:
    for _ in range(5):
        with pytest.raises(AssertionError, match=SQUARE):
            in_proportion(pieces_of, for_each, 300)


def test_what_is_made_is_not_timed() -> None:
    def slowly(size: int) -> list[int]:
        for_each(pieces_of(size))
        return pieces_of(size)

    in_proportion(slowly, once, 300)


def test_waiting_does_not_count() -> None:
    assert seconds(lambda size: size / 1_000, time.sleep, 100) < seconds(pieces_of, for_each, 500)


class Clock:
    """A clock that goes on by what work costs; ``disturbed`` says how much longer each reading takes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, cost: Callable[[int], float]) -> None:
        self.now = 0.0
        self.cost = cost
        self.disturbed: dict[int, float] = {}
        self.sizes: list[int] = []
        monkeypatch.setattr(time, "thread_time", lambda: self.now)

    def work(self, size: int) -> None:
        assert not gc.isenabled()
        self.now += self.cost(size) * self.disturbed.get(len(self.sizes), 1)
        self.sizes.append(size)


LINEAR: dict[str, Callable[[int], float]] = {
    "in proportion": lambda size: size,
    "sorted": lambda size: size * math.log(size),
    "with a start": lambda size: 5_000 + size,
}
STEEP: dict[str, Callable[[int], float]] = {
    "by the square": lambda size: size**2,
    "by the square at last": lambda size: 1_000 * size + size**2,
    "by the cube": lambda size: size**3,
}


@pytest.fixture(params=LINEAR)
def linear(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch, LINEAR[request.param])


@pytest.fixture(params=STEEP)
def steep(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch, STEEP[request.param])


def test_what_shows_no_fault_is_tried_once(linear: Clock) -> None:
    in_proportion(int, linear.work, 1_000)
    assert linear.sizes == [1_000, 1_001, 1_002, 8_000]


def test_a_disturbance_is_no_growth(linear: Clock) -> None:
    linear.disturbed = {3: 50.0, 7: 50.0, 9: 50.0}
    in_proportion(int, linear.work, 1_000)
    assert len(linear.sizes) == 4 + 6


def test_a_first_reading_that_takes_long_hides_no_growth(steep: Clock) -> None:
    steep.disturbed = {0: 50.0, 1: 50.0, 5: 50.0, 6: 50.0, 11: 50.0}
    with pytest.raises(AssertionError, match=SQUARE):
        in_proportion(int, steep.work, 1_000)


def test_no_size_is_read_twice(steep: Clock) -> None:
    with pytest.raises(AssertionError, match=SQUARE):
        in_proportion(int, steep.work, 1_000)
    assert len(steep.sizes) == len(set(steep.sizes)) == 4 + 6 + 6


def test_work_that_doubles_with_each_piece_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, lambda size: 2**size / 1_000_000)
    with pytest.raises(AssertionError, match=SQUARE):
        in_proportion(int, clock.work, 2)


@pytest.mark.parametrize("times", [4, 6, 20])
def test_the_limit_is_half_way_whatever_the_larger_size_is(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    clock = Clock(monkeypatch, lambda size: size**1.4)
    in_proportion(int, clock.work, 1_000, times=times)
    clock.cost = lambda size: size**1.6
    with pytest.raises(AssertionError, match=f"{times} the square"):
        in_proportion(int, clock.work, 1_000, times=times)


def test_what_takes_next_to_no_time_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, lambda size: size**2 / 10_000_000_000)
    in_proportion(int, clock.work, 1_000)
    with pytest.raises(AssertionError, match=SQUARE):
        in_proportion(int, clock.work, 4_000)


def test_garbage_is_collected_afterwards_if_it_was_before(linear: Clock) -> None:
    assert gc.isenabled()
    in_proportion(int, linear.work, 1_000)
    assert gc.isenabled()
    gc.disable()
    try:
        in_proportion(int, linear.work, 1_000)
        assert not gc.isenabled()
    finally:
        gc.enable()
