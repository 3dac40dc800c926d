"""Threads that do pieces of work: in time, in order, and never holding the end of the program."""

from __future__ import annotations

import threading
import time

import pytest

from alliancebib.verification.workers import done_in_time, in_order


def test_results_come_in_the_order_of_the_pieces_as_soon_as_they_can() -> None:
    gate = threading.Event()

    def work(piece: int) -> int:
        if piece == 1:
            gate.wait(10)
        return piece * piece

    results = in_order({place: result} for place, result in done_in_time(work, range(5), workers=3))
    assert next(results) == 0  # while the second is still at work
    gate.set()
    assert list(results) == [1, 4, 9, 16]


def test_what_is_not_done_in_time_is_left_and_holds_nobody() -> None:
    gate = threading.Event()
    began = time.monotonic()
    found = dict(done_in_time(lambda piece: gate.wait(30) if piece else True, range(3), workers=2, seconds=0.2))
    assert time.monotonic() - began < 5
    assert found == {0: True}
    assert all(thread.daemon for thread in threading.enumerate() if thread.name.startswith("ask "))
    gate.set()


def test_what_goes_wrong_is_told_where_the_results_are_awaited() -> None:
    done: list[int] = []

    def work(piece: int) -> int:
        if piece == 3:
            raise KeyError(piece)
        done.append(piece)
        return piece

    with pytest.raises(KeyError):
        list(done_in_time(work, range(1000), workers=1))
    assert len(done) < 1000  # nothing more is begun
    assert list(done_in_time(work, (), workers=2)) == []
