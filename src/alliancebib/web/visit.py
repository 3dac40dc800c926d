"""Visiting one address as a browser would: GET, redirects by hand, cookies for one visit, bounded in every way.

A `Visitor` turns an address into a `Visit`; it judges nothing and never raises for what a server does. Private targets
are refused at every hop after the name was resolved; a visit takes at most `TOTAL` times the timeout; at most 256 KiB
of a body are read or unpacked.
"""

from __future__ import annotations

import base64
import contextlib
import re
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse

import msgspec

from alliancebib.web import Hop, Visit
from alliancebib.web.address import Address, BadAddress, join_address, read_address
from alliancebib.web.body import Body, read_body
from alliancebib.web.connect import Resolve, Response, Trouble, connect, name_trouble, resolve_host, tls_context
from alliancebib.web.jar import VisitJar
from alliancebib.web.watch import cut_after

__all__ = ["Visitor", "retry_after_of"]

MOST_HOPS = 10
#: One try may take this many timeouts, all hops together: enough for a chain of slow servers.
TOTAL = 3.0

_REDIRECTS = frozenset([301, 302, 303, 307, 308])

#: What ordinary sites expect of a reader; several refuse a visit without a language.
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


class _Answer(msgspec.Struct, frozen=True):
    """What one hop answered; ``location`` is "" where it leads nowhere else."""

    status: int
    headers: dict[str, str]
    location: str
    body: Body


class Visitor:
    """Visits addresses; one visitor serves many threads.

    Args:
        user_agent: An honest name with a version.
        timeout: Longest wait for a connection, and for each sign of life after it, in seconds.
        allow_private: Visit private, loopback and link-local addresses as well.
        per_host: At most so many connections to one host at a time, wherever redirects come from.
        clock: Monotonic seconds.
        resolve: Host and port to IP addresses.
    """

    def __init__(  # noqa: PLR0913 - settings, all by name
        self,
        *,
        user_agent: str,
        timeout: float = 10.0,
        allow_private: bool = False,
        per_host: int = 16,
        clock: Callable[[], float] = time.monotonic,
        resolve: Resolve = resolve_host,
    ) -> None:
        self._headers = {"User-Agent": user_agent, **_HEADERS}
        self._timeout = timeout
        self._allow_private = allow_private
        self._clock = clock
        self._resolve = resolve
        self._lock = threading.Lock()
        self._per_host = max(per_host, 1)
        self._places: dict[str, threading.Semaphore] = {}
        self._tls: ssl.SSLContext | None = None

    def visit(self, url: str) -> Visit:
        """Look at an address once and give what happened; whether another try can help is for others to say."""
        began = self._clock()
        address = read_address(url)
        if isinstance(address, BadAddress):
            return Visit(url=url, problem=address.problem, detail=address.detail, attempts=0)
        seen = self._tour(url, address)
        return msgspec.structs.replace(seen, seconds=round(self._clock() - began, 3))

    def _tour(self, url: str, start: Address) -> Visit:
        """Go once from the start over all redirects to the end."""
        end = self._clock() + TOTAL * self._timeout
        jar, hops, here = VisitJar(), tuple[Hop, ...](), start
        been = {(start.url, "")}
        try:
            while True:
                waiting = self._clock()
                with self._place_at(here):
                    end += self._clock() - waiting
                    answer = self._step(here, jar, end)
                if not answer.location:
                    return _arrived(url, here, hops, answer)
                hops = (*hops, Hop(here.url, answer.status))
                here = _next_hop(here, answer.location, hops)
                _note_place(been, here, jar)
        except Trouble as trouble:
            return Visit(url=url, final_url=here.full_url, hops=hops, problem=trouble.problem, detail=trouble.detail)

    def _place_at(self, here: Address) -> threading.Semaphore:
        """Give the places of a host; many addresses may redirect to one that nobody cites."""
        with self._lock:
            if here.authority not in self._places:
                self._places[here.authority] = threading.Semaphore(self._per_host)
            return self._places[here.authority]

    def _step(self, here: Address, jar: VisitJar, end: float) -> _Answer:
        """Ask one address and give its answer; the connection is closed, whatever is left on it."""
        limit = min(self._timeout, max(end - self._clock(), 0.001))
        connection = connect(
            here,
            timeout=limit,
            allow_private=self._allow_private,
            resolve=self._resolve,
            tls=self._trusted,
        )
        with contextlib.closing(connection), cut_after(end - self._clock(), connection.sock):
            too_late = Trouble("timeout", f"No complete answer within {TOTAL * self._timeout:g} seconds.")
            try:
                response = self._ask(connection, here, jar)
            except (OSError, HTTPException, ValueError, Trouble) as problem:
                raise (too_late if self._clock() >= end else name_trouble(problem, limit)) from None
            with response:
                if self._clock() >= end:  # cut off in the headers, which looks like their end
                    raise too_late
                return self._received(response, here, jar, late=lambda: self._clock() >= end)

    def _ask(self, connection: HTTPConnection, here: Address, jar: VisitJar) -> HTTPResponse:
        connection.putrequest("GET", here.target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", here.authority)
        for name, value in self._headers.items():
            connection.putheader(name, value)
        if cookies := jar.header(here.url):
            connection.putheader("Cookie", cookies)
        if here.user:
            connection.putheader("Authorization", f"Basic {base64.b64encode(here.user.encode()).decode()}")
        connection.endheaders()
        response = connection.getresponse()
        if isinstance(response, Response) and response.headless:
            response.close()
            raise Trouble("body", "The server's answer breaks off before its headers end.")
        return response

    def _received(self, response: HTTPResponse, here: Address, jar: VisitJar, *, late: Callable[[], bool]) -> _Answer:
        headers = _plain_headers(response)
        jar.take(response, here.url)
        location = headers.get("location", "").strip()
        if response.status in _REDIRECTS and location:
            return _Answer(response.status, headers, _in_unicode(location), Body(b""))
        return _Answer(response.status, headers, "", read_body(response, headers, late=late))

    def _trusted(self) -> ssl.SSLContext:
        """Give the one TLS context; it reads the store of certificates, which is slow, at the first https visit."""
        with self._lock:
            if self._tls is None:
                self._tls = tls_context()
            return self._tls


def retry_after_of(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Read ``Retry-After`` as seconds from now, stated as a number or as a date; None where nothing readable stands.

    >>> retry_after_of({"retry-after": "120"})
    120.0
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,3})?", text, re.ASCII):
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max((when - (now or datetime.now(UTC))).total_seconds(), 0.0)


def _arrived(url: str, here: Address, hops: tuple[Hop, ...], answer: _Answer) -> Visit:
    return Visit(
        url=url,
        final_url=here.full_url,
        status=answer.status,
        hops=hops,
        headers=answer.headers,
        body=answer.body.data,
        problem="body" if answer.body.broken else "",
        detail=answer.body.broken,
        retry_after=retry_after_of(answer.headers),
    )


def _next_hop(here: Address, location: str, hops: tuple[Hop, ...]) -> Address:
    if len(hops) > MOST_HOPS:
        raise Trouble("hops", f"It redirects more than {MOST_HOPS} times.")
    there = join_address(here, location)
    if isinstance(there, BadAddress):
        raise Trouble(there.problem, f"It redirects to {location[:200]}, which no reader can follow.")
    return there


def _note_place(been: set[tuple[str, str]], here: Address, jar: VisitJar) -> None:
    """Note where the visit is and with which cookies; the same again is a circle, other cookies may break it."""
    state = (here.url, jar.header(here.url))
    if state in been:
        raise Trouble("loop", f"It redirects in a circle through {here.url}.")
    been.add(state)


def _plain_headers(response: HTTPResponse) -> dict[str, str]:
    """Give the headers with lower-case names; repeated ones joined, cookies left out."""
    plain: dict[str, str] = {}
    for name, value in response.getheaders():
        low = name.lower()
        if low == "location":
            plain.setdefault(low, value)
        elif low != "set-cookie":
            plain[low] = f"{plain[low]}, {value}" if low in plain else value
    return plain


def _in_unicode(location: str) -> str:
    """Read a header that holds UTF-8 bytes, as many servers send them against the rules, as UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
