"""When another try can help, and how long a host is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from alliancebib.checkers._again import LONGEST_WAIT, asks_too_much, pause_before_another, rest_of
from alliancebib.web import Visit


def seen(**fields: Any) -> Visit:
    return Visit(url="https://example.org/", **fields)


@pytest.mark.parametrize(
    ("visit", "pauses"),
    [
        (seen(status=500), [0.6, 1.2, None]),
        (seen(status=503), [0.6, 1.2, None]),
        (seen(problem="reset"), [0.6, 1.2, None]),
        (seen(problem="handshake"), [0.6, 1.2, None]),
        (seen(status=429), [2.25, 4.5, None]),
        (seen(status=200), [None]),
        (seen(status=404), [None]),
        (seen(problem="timeout"), [None]),
        (seen(problem="closed"), [None]),
        (seen(problem="tls"), [None]),
    ],
)
def test_what_is_tried_again_and_after_how_long(visit: Visit, pauses: list[float | None]) -> None:
    found = [
        pause_before_another(visit, tries=tries, most=2, jitter=lambda: 0.5) for tries in range(1, len(pauses) + 1)
    ]
    assert found == pytest.approx(pauses)


@pytest.mark.parametrize("status", [429, 503])
def test_the_wish_of_a_server_is_granted_within_reason(status: int) -> None:
    def pause(seconds: float, *, most: int = 2) -> float | None:
        return pause_before_another(seen(status=status, retry_after=seconds), tries=1, most=most)

    assert [pause(7.0), pause(LONGEST_WAIT), pause(LONGEST_WAIT + 1), pause(7.0, most=0)] == [7, 30, None, None]


def test_who_asks_for_an_hour_does_not_ask_for_a_slower_pace() -> None:
    assert asks_too_much(seen(status=429))
    assert asks_too_much(seen(status=429, retry_after=3.0))
    assert not asks_too_much(seen(status=429, retry_after=3600.0))
    assert not asks_too_much(seen(status=503))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"ratelimit": "limit=10, remaining=0, reset=5"}, 0.0),
        ({"ratelimit": '"day";r=0;t=7, "second";r=3;t=1'}, 0.0),
        ({"ratelimit": '"default";r=0;t=7'}, 7.0),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "9"}, 9.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1000000012"}, 11.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "999999"}, 999999.0),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "2"}, 2.0),
        ({"x-ratelimit-remaining": "0"}, 0.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}, 0.0),
        ({"x-ratelimit-remaining": "-1", "x-ratelimit-reset": "9" * 400}, 0.0),
    ],
)
def test_a_limit_that_is_used_up_gives_the_host_a_rest(headers: dict[str, str], seconds: float) -> None:
    assert rest_of(headers, now=lambda: 1_000_000_001.0) == seconds
