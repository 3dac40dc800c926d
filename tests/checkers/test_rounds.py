"""Work at many hosts: in turn, within limits, again when a piece asks for it, never beyond the end."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.checkers import _rounds
from alliancebib.checkers._rounds import Rounds, Step


def in_time(seconds: float = 20.0) -> float:
    return time.monotonic() + seconds


@given(
    st.dictionaries(st.sampled_from("abcde"), st.lists(st.integers(0, 3), max_size=6), max_size=5),
    st.integers(1, 5),
    st.integers(1, 3),
)
@settings(max_examples=40, deadline=None)
def test_every_piece_is_done_once_whatever_asks_for_another_try(
    tries: dict[str, list[int]], workers: int, per_host: int
) -> None:
    """A piece is (host, number, tries still to be made)."""
    groups = {host: [(host, n, again) for n, again in enumerate(pieces)] for host, pieces in tries.items()}
    done: list[tuple[str, int]] = []

    def work(piece: tuple[str, int, int]) -> Step[tuple[str, int, int], str]:
        host, number, again = piece
        return Step(again=(0.001, (host, number, again - 1))) if again else Step(host)

    rounds = Rounds(work, workers=workers, per_host=per_host, end=in_time())
    left = rounds.run(groups, lambda piece, result: done.append((result, piece[1])))
    assert left.pieces == ()
    assert Counter(done) == Counter((host, n) for host, pieces in tries.items() for n in range(len(pieces)))


class Counting:
    """Counts how much runs at a time at each host; a piece is (host, seconds)."""

    def __init__(self, step: Callable[[tuple[str, float]], Step[tuple[str, float], str]]) -> None:
        self.lock = threading.Lock()
        self.running: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.starts: list[tuple[str, float]] = []
        self.step = step

    def __call__(self, piece: tuple[str, float]) -> Step[tuple[str, float], str]:
        host, seconds = piece
        with self.lock:
            self.starts.append((host, time.monotonic()))
            self.running[host] += 1
            self.most[host] = max(self.most[host], self.running[host])
        time.sleep(seconds)
        with self.lock:
            self.running[host] -= 1
        return self.step(piece)


def test_a_host_that_bears_it_is_asked_more_and_never_more_than_allowed() -> None:
    work = Counting(lambda piece: Step(piece[0]))
    Rounds(work, workers=16, per_host=4, end=in_time()).run({"a": [("a", 0.01)] * 60}, lambda *_: None)
    assert work.most["a"] == 4
    short = Counting(lambda piece: Step(piece[0]))
    Rounds(short, workers=16, per_host=4, end=in_time()).run({"a": [("a", 0.02)] * 6}, lambda *_: None)
    assert short.most["a"] == 2


def test_a_host_that_complains_is_asked_less_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_rounds, "SHORTEST_GAP", 0.05)
    work = Counting(lambda piece: Step(piece[0], complains=piece[0] == "busy"))
    groups = {"busy": [("busy", 0.0)] * 6, "calm": [("calm", 0.0)] * 6}
    ends: list[tuple[str, float]] = []
    began = time.monotonic()
    Rounds(work, workers=4, per_host=1, end=in_time()).run(
        groups, lambda piece, _: ends.append((piece[0], time.monotonic() - began))
    )
    assert [host for host, _ in ends[-4:]] == ["busy"] * 4
    moments = [moment for host, moment in work.starts if host == "busy"]
    assert all(later - earlier > 0.04 for earlier, later in pairwise(moments))


def test_a_host_gets_the_rest_that_it_asks_for() -> None:
    work = Counting(lambda piece: Step(piece[0], rest=0.15))
    Rounds(work, workers=4, per_host=1, end=in_time()).run({"a": [("a", 0.0)] * 3}, lambda *_: None)
    moments = [moment for _, moment in work.starts]
    assert all(later - earlier >= 0.15 for earlier, later in pairwise(moments))


def test_a_slow_piece_leaves_its_place_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_rounds, "SLOW", 0.1)
    order: list[float] = []
    work = Counting(lambda piece: Step(piece[0]))
    pieces = [("a", 1.0), ("a", 0.01), ("a", 0.02)]
    Rounds(work, workers=4, per_host=2, end=in_time()).run({"a": pieces}, lambda piece, _: order.append(piece[1]))
    assert order == [0.01, 0.02, 1.0]
    assert work.most["a"] == 2
    strict = Counting(lambda piece: Step(piece[0]))
    Rounds(strict, workers=4, per_host=1, end=in_time()).run({"a": [("a", 0.3), ("a", 0.01)]}, lambda *_: None)
    assert strict.most["a"] == 1


def test_at_the_end_of_the_time_what_is_not_done_comes_back() -> None:
    work = Counting(lambda piece: Step(again=(60.0, piece)) if piece[0] == "again" else Step(piece[0]))
    groups = {"stuck": [("stuck", 3.0), ("stuck", 3.1)], "again": [("again", 0.0)], "quick": [("quick", 0.0)]}
    began = time.monotonic()
    done: list[str] = []
    left = Rounds(work, workers=8, per_host=1, end=in_time(0.3)).run(groups, lambda _, result: done.append(result))
    assert time.monotonic() - began < 2
    assert done == ["quick"]
    assert not left.stopped
    assert sorted(left.pieces) == [("again", 0.0), ("stuck", 3.0), ("stuck", 3.1)]


def test_a_host_whose_moment_comes_while_others_start_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(number * 0.0005 for number in range(2_000))
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    state: _rounds._State[str] = _rounds._State({"a": ["a1", "a2"], "b": ["b1"]}, 4)
    state._hosts["b"].next_start = 0.004
    found = [piece for _ in range(5) for _, piece in state.next_pieces(8, end=10.0)]
    assert sorted(found) == ["a1", "a2", "b1"]


def test_a_fault_of_the_work_is_no_silence() -> None:
    def broken(_: int) -> Step[int, int]:
        raise ValueError("no")

    with pytest.raises(RuntimeError, match="failed inside on 1"):
        Rounds(broken, workers=1, per_host=1, end=in_time()).run({"a": [1]}, lambda *_: None)
