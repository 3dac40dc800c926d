"""Whether another try of a visit can help, and when; and what the answer says of how much its host bears.

A `Visit` comes in, seconds go out. Server errors and broken connections are tried again, as is what a server asked to
be asked for later, within reason; a server that is silent is not: each try would cost the whole timeout.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping

from alliancebib.web import Visit

__all__ = ["LONGEST_WAIT", "asks_too_much", "pause_before_another", "rest_of"]

#: Longest ``Retry-After`` that is waited for, in seconds; whoever asks for more is not asked again in this run.
LONGEST_WAIT = 30.0
#: Pause before another try after a server error or a reset, in seconds; it doubles, and jitter adds as much again.
PAUSE = 0.4
#: The same where a host asks for fewer visits and does not say when it may be asked again.
SLOW_PAUSE = 2.0
#: Larger numbers of seconds until a limit is lifted are moments, in seconds since 1970.
_MOMENTS = 1_000_000_000
_LIMIT_ITEM = re.compile(r"\b([rt])\s*=\s*(\d{1,10})\b")


def pause_before_another(
    visit: Visit, *, tries: int, most: int, jitter: Callable[[], float] = random.random
) -> float | None:
    """Say how many seconds to wait before another try; None for no further one, as ``most`` are allowed."""
    if tries > most:
        return None
    asked = visit.retry_after
    backoff = float(2 ** (tries - 1))
    if visit.status == 429 or (visit.status == 503 and asked is not None):
        if asked is None:
            return SLOW_PAUSE * backoff * (1 + jitter() / 4)
        return asked if asked <= LONGEST_WAIT else None
    if visit.problem in {"reset", "handshake"} or (visit.status is not None and 500 <= visit.status < 600):
        return PAUSE * backoff * (1 + jitter())
    return None


def asks_too_much(visit: Visit) -> bool:
    """Say whether a host answers that it is asked too much, and not that it must not be asked for hours."""
    return visit.status == 429 and (visit.retry_after is None or visit.retry_after <= LONGEST_WAIT)


def rest_of(headers: Mapping[str, str], *, now: Callable[[], float] = time.time) -> float:
    """Give the seconds for which a host is not to be asked, because its limit is used up; 0.0 where it is not.

    Read are ``RateLimit`` (draft-ietf-httpapi-ratelimit-headers) and its older forms, ``RateLimit-Remaining`` and
    ``X-RateLimit-Remaining`` with ``-Reset`` in seconds or as a moment.

    >>> rest_of({"ratelimit": '"default";r=0;t=12'}), rest_of({"x-ratelimit-remaining": "5", "x-ratelimit-reset": "9"})
    (12.0, 0.0)

    It may be more than anybody waits for.
    """
    items = dict(_LIMIT_ITEM.findall(headers.get("ratelimit", "")))
    left, reset = items.get("r", ""), items.get("t", "")
    for prefix in ("ratelimit", "x-ratelimit", "x-rate-limit"):
        left = left or headers.get(f"{prefix}-remaining", "").strip()
        reset = reset or headers.get(f"{prefix}-reset", "").strip()
    if not re.fullmatch(r"0+", left, re.ASCII) or not re.fullmatch(r"\d{1,10}", reset, re.ASCII):
        return 0.0
    seconds = float(reset) - (now() if int(reset) > _MOMENTS else 0.0)
    return max(seconds, 0.0)
