"""The one door to the network. What needs it receives a `Web`; nothing else opens a connection.

Two ways out: `Web.ask` puts a question to a service (politely: limits obeyed, retried, kept in a cache) and `Web.visit`
looks at any address as a reader would (redirects by hand, private addresses refused, bodies capped, nothing kept).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

__all__ = ["Answer", "Fetch", "Hop", "Visit", "Web"]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a service answered: status, headers with lower-case names, body, ISO time of the answer, from the cache?"""

    url: str
    status: int
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    body: bytes = b""
    fetched: str = ""
    cached: bool = False

    @property
    def text(self) -> str:
        """The body as UTF-8 text."""
        return self.body.decode("utf-8", "replace")


class Hop(msgspec.Struct, frozen=True):
    """One redirect on the way: the address that answered, and its status."""

    url: str
    status: int


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What an address did: the hops, the last answer, or the problem that stopped it.

    ``problem`` is "" for an answer, else one of dns, resolver (nobody could be asked for the host's address), connect,
    closed (nothing listens there), route (none from here), timeout, reset, handshake (no secure connection), issuer
    (unknown here), tls (a bad certificate), body (broke off), loop, hops (too many), scheme, private, address (not an
    address), offline. ``body`` holds at most the first 256 KiB, unpacked.
    ``seconds`` is the whole time, waiting included; ``retry_after`` what the server asked for.
    """

    url: str
    final_url: str = ""
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    body: bytes = b""
    problem: str = ""
    detail: str = ""
    attempts: int = 1
    seconds: float = 0.0
    retry_after: float | None = None


class Fetch(Protocol):
    """What reading a list at an address needs."""

    def fetch(self, url: str, *, accept: str) -> Answer:
        """Get what stands at an address now; what was kept of it only where it cannot be had.

        Raises:
            OfflineError: Offline, and the cache has nothing.
            UnreachableError: No network, the server is down or goes on refusing, and the cache has nothing.
        """
        ...


class Web(Protocol):
    """What the library may do on the network; tests hand in a fake."""

    def ask(self, url: str, *, params: Mapping[str, str] | None = None, accept: str = "application/json") -> Answer:
        """Put a question to a service and give its answer, whatever its status, from the cache where it is fresh.

        Raises:
            OfflineError: Offline, and the cache has no answer.
            UnreachableError: No network, the service is down or goes on refusing.
        """
        ...

    def visit(self, url: str) -> Visit:
        """Look at an address once with GET and give what happened; never raises for what an address does."""
        ...
