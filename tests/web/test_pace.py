"""The pace: slow until the service says more, then as fast as it allows and no faster."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from alliancebib.web.pace import Limits, Pace, TooSlowError, limits_of
from services import Jumps

POLITE = {"x-rate-limit-limit": "3", "x-rate-limit-interval": "1s", "x-concurrency-limit": "2"}


@pytest.mark.parametrize(
    ("headers", "limits"),
    [
        (POLITE, Limits(questions=3, window=1.0, at_a_time=2)),
        ({"x-rate-limit-limit": "50", "x-rate-limit-interval": "60s"}, Limits(questions=50, window=60.0, at_a_time=1)),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1m"}, Limits(questions=5, window=60.0, at_a_time=1)),
        ({"x-rate-limit-limit": "1", "x-rate-limit-interval": "500ms"}, Limits(questions=1, window=0.5, at_a_time=1)),
        ({}, Limits(questions=5, window=1.0, at_a_time=1)),
        ({"x-rate-limit-limit": "0", "x-rate-limit-interval": "0s", "x-concurrency-limit": "-1"}, limits_of({})),
        ({"x-rate-limit-limit": "many", "x-rate-limit-interval": "soon"}, limits_of({})),
    ],
)
def test_limits_are_read_from_headers(headers: dict[str, str], limits: Limits) -> None:
    assert limits_of(headers) == limits


def test_absurd_allowances_are_not_used_up() -> None:
    limits = limits_of({"x-rate-limit-limit": "1000000", "x-concurrency-limit": "5000"})
    assert limits.questions / limits.window <= 50
    assert limits.at_a_time <= 8


def starts(pace: Pace, clock: Jumps, count: int, headers: dict[str, str]) -> list[float]:
    """Ask a number of times, one after the other, and give the moments."""
    moments = []
    for _ in range(count):
        with pace.turn("api.example.org", "list"):
            moments.append(clock())
            pace.learn("api.example.org", "list", headers)
    return moments


def most_in_a_window(moments: list[float], window: float) -> int:
    return max(sum(1 for moment in moments if start <= moment <= start + window) for start in moments)


@pytest.mark.parametrize(("limit", "interval", "seconds"), [("3", "1s", 1.0), ("1", "1s", 1.0), ("50", "60s", 60.0)])
def test_never_more_than_the_limit_in_any_window(limit: str, interval: str, seconds: float) -> None:
    clock = Jumps()
    headers = {"x-rate-limit-limit": limit, "x-rate-limit-interval": interval}
    moments = starts(Pace(clock=clock, sleep=clock.sleep), clock, 130, headers)
    assert most_in_a_window(moments, seconds) <= int(limit)
    # and not much slower than allowed either
    assert moments[-1] - moments[0] <= 1.2 * seconds * 130 / int(limit)


def test_before_the_first_answer_one_a_second() -> None:
    clock = Jumps()
    pace = Pace(clock=clock, sleep=clock.sleep)
    for _ in range(3):
        with pace.turn("a.example", "list"):
            pass
    assert clock() - 1000 >= 2


def test_pools_have_limits_of_their_own() -> None:
    clock = Jumps()
    pace = Pace(clock=clock, sleep=clock.sleep)
    starts(pace, clock, 2, {"x-rate-limit-limit": "1", "x-rate-limit-interval": "10s"})
    before = clock()
    with pace.turn("api.example.org", "single"):
        pass
    assert clock() - before < 1


def test_an_answer_without_limits_changes_no_limit_that_was_named() -> None:
    clock = Jumps()
    pace = Pace(clock=clock, sleep=clock.sleep)
    one_in_ten = {"x-rate-limit-limit": "1", "x-rate-limit-interval": "10s"}
    starts(pace, clock, 1, one_in_ten)
    moments = starts(pace, clock, 3, {})
    assert moments[2] - moments[1] >= 10


def test_a_hold_stops_everyone_at_that_host_and_no_one_elsewhere() -> None:
    clock = Jumps()
    pace = Pace(clock=clock, sleep=clock.sleep)
    pace.hold("a.example", 20)
    with pace.turn("b.example", "list"):
        assert clock() == 1000
    with pace.turn("a.example", "list"):
        assert clock() >= 1020


def test_never_more_at_a_time_than_allowed() -> None:
    pace = Pace()
    running, most, lock = 0, 0, threading.Lock()
    headers = POLITE | {"x-rate-limit-limit": "50"}

    def ask(_: int) -> None:
        nonlocal running, most
        with pace.turn("a.example", "list"):
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.12)
            with lock:
                running -= 1
            pace.learn("a.example", "list", headers)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, range(6)))
    assert most == 2


def test_a_place_is_given_back_when_waiting_is_broken_off() -> None:
    clock = Jumps()

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    pace = Pace(clock=clock, sleep=stop)
    pace.hold("a.example", 5)
    with pytest.raises(KeyboardInterrupt), pace.turn("a.example", "list"):
        pass
    clock.time += 60
    with pace.turn("a.example", "list"):
        pass


@pytest.mark.parametrize(
    ("limit", "interval", "asked", "words"),
    [
        ("1", "999999s", 1, "one question in 999999 seconds"),
        ("10", "1h", 1, "one question in 360 seconds"),
        ("200", "1h", 200, "no further question for"),
    ],
)
def test_a_service_that_allows_next_to_nothing_is_not_waited_for(
    limit: str, interval: str, asked: int, words: str
) -> None:
    clock = Jumps()
    pace = Pace(clock=clock, sleep=clock.sleep)
    headers = {"x-rate-limit-limit": limit, "x-rate-limit-interval": interval}
    assert len(starts(pace, clock, asked, headers)) == asked
    before = clock()
    for _ in range(3):
        with pytest.raises(TooSlowError, match=words), pace.turn("api.example.org", "list"):
            raise AssertionError
    assert clock() - before < 1
    with pace.turn("api.example.org", "single"):  # limits are those of a pool
        pass
