"""Processes that share a machine share what a service allows it; without the file each one goes on alone."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from alliancebib.web.pace import MARGIN, Limits, Pace
from alliancebib.web.starts import AHEAD, KEPT, LONGEST, SharedStarts
from services import Jumps

NOW = 1_800_000_000.0


def one_a_second(taken: Sequence[float]) -> float:
    return taken[-1] + 1 if taken else 0.0


def test_moments_are_taken_once(tmp_path: Path) -> None:
    first, second = (SharedStarts(tmp_path / "new" / "starts.sqlite") for _ in range(2))
    moments = [starts.take("a list", NOW, one_a_second) for starts in (first, second, first)]
    assert moments == [NOW, NOW + 1, NOW + 2]
    assert second.take("a single", NOW, one_a_second) == NOW
    assert second.take("a list", NOW + 60, one_a_second) == NOW + 60
    first.close()
    assert first.take("a list", NOW, one_a_second) == NOW + 61


def test_old_moments_and_those_of_a_wrong_clock_do_not_count(tmp_path: Path) -> None:
    starts = SharedStarts(tmp_path / "starts.sqlite")
    starts.take("a", NOW + AHEAD + 60, one_a_second)
    assert starts.take("a", NOW, one_a_second) == NOW
    assert starts.take("a", NOW + KEPT + 1, lambda taken: float(len(taken)) + NOW + KEPT + 1) == NOW + KEPT + 1


@pytest.mark.parametrize("kind", ["folder", "damaged", "no folder"])
def test_without_a_file_everyone_is_alone(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "starts.sqlite"
    if kind == "folder":
        path.mkdir()
    elif kind == "damaged":
        path.write_bytes(b"no database at all " * 1000)
    else:
        path = tmp_path / "file" / "starts.sqlite"
        (tmp_path / "file").write_text("")
    starts = SharedStarts(path)
    assert [starts.take("a", NOW, one_a_second) for _ in range(2)] == [NOW, NOW]
    starts.close()


def test_two_paces_keep_to_the_limit_of_one(tmp_path: Path) -> None:
    clock, moments = Jumps(), list[float]()
    paces = [
        Pace(clock=clock, sleep=clock.sleep, shared=SharedStarts(tmp_path / "starts.sqlite"), offset=NOW)
        for _ in range(2)
    ]
    for number in range(24):
        pace = paces[number % 2]
        with pace.turn("host", "list"):
            moments.append(clock())
        pace.learn("host", "list", {"x-rate-limit-limit": "3", "x-rate-limit-interval": "1s"})
    assert all(later - earlier >= MARGIN - 1e-6 for earlier, later in zip(moments, moments[3:], strict=False))


def taking(path: Path, count: int) -> list[float]:
    starts, limits = SharedStarts(path), Limits(questions=5)
    found = []
    for _ in range(count):
        now = time.time()
        found.append(starts.take("a", now, partial(limits.next_start, now=now)))
    return found


def test_two_processes_take_no_moment_twice(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        both = pool.starmap(taking, [(tmp_path / "starts.sqlite", 15)] * 2)
    moments = sorted(both[0] + both[1])
    assert len(moments) == 30
    # No more than five in any window; moments are kept as they are, so nothing but rounding is allowed for.
    assert all(later - earlier >= MARGIN - 0.001 for earlier, later in zip(moments, moments[5:], strict=False))


def test_a_late_question_counts_from_when_it_went_out(tmp_path: Path) -> None:
    starts = SharedStarts(tmp_path / "starts.sqlite")
    taken = starts.take("a list", NOW + 0.1234567, one_a_second)
    starts.move("a list", taken, NOW + 0.5)
    starts.move("a list", NOW - 7, NOW + 9)  # nobody took that
    assert starts.take("a list", NOW + 0.6, one_a_second) == NOW + 1.5


def test_a_thread_that_wakes_late_does_not_bring_the_next_too_near(tmp_path: Path) -> None:
    clock, went_out = Jumps(), list[float]()

    def late(seconds: float) -> None:
        clock.sleep(seconds + 0.3)

    pace = Pace(clock=clock, sleep=late, shared=SharedStarts(tmp_path / "starts.sqlite"), offset=NOW)
    for _ in range(6):
        with pace.turn("host", "list"):
            went_out.append(clock())
    assert min(later - earlier for earlier, later in pairwise(went_out)) >= 1.0


def test_places_are_shared_and_given_back(tmp_path: Path) -> None:
    first, second = (SharedStarts(tmp_path / "starts.sqlite") for _ in range(2))
    assert [starts.enter("host", 2, NOW) for starts in (first, second, first)] == [True, True, False]
    assert first.enter("other", 1, NOW)
    second.leave("host", NOW + 0.05)
    assert not first.enter("host", 2, NOW)  # the service has not counted it out yet
    assert first.enter("host", 2, NOW + 0.06)
    assert first.enter("host", 1, NOW + LONGEST + 1)  # no question takes so long


def occupying(path: Path) -> bool:
    return SharedStarts(path).enter("host", 1, NOW)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX tells whether a process lives")
def test_who_was_killed_takes_no_place(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(occupying, [tmp_path / "starts.sqlite"])
        assert not SharedStarts(tmp_path / "starts.sqlite").enter("host", 1, NOW)
    assert SharedStarts(tmp_path / "starts.sqlite").enter("host", 1, NOW)


def test_without_a_file_places_are_each_ones_own(tmp_path: Path) -> None:
    (tmp_path / "starts.sqlite").mkdir()
    starts = SharedStarts(tmp_path / "starts.sqlite")
    assert [starts.enter("host", 1, NOW) for _ in range(2)] == [True, True]
    starts.leave("host", NOW)
