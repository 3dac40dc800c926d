"""Connections for visits: a host name is resolved, its addresses are judged, and one that passed is connected to.

Resolving, judging and connecting are one step, so that a name cannot show one address to the judge and another to the
socket. The name stays in the header ``Host`` and in the TLS handshake. What goes wrong becomes a `Trouble`.
"""

from __future__ import annotations

import errno
import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from typing import Any, cast

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from alliancebib.web.address import Address, is_public

__all__ = ["UNKNOWN_ISSUER", "Resolve", "Response", "Trouble", "connect", "name_trouble", "resolve_host", "tls_context"]

#: Host and port to IP addresses in the order in which they are to be tried.
Resolve = Callable[[str, int], Sequence[str]]

#: For so many seconds the addresses of a host are not asked for again.
REMEMBERED = 60.0
#: So many answers before the answer are passed over.
MOST_EARLY = 10
#: More addresses than these are never tried: a browser gives up as early.
MOST_TRIED = 4

#: What is said of a certificate whose chain ends nowhere; when all say so, it is this machine that trusts nobody.
UNKNOWN_ISSUER = "The certificate was issued by an authority that is not trusted here."

#: Verification errors of OpenSSL (X509_V_ERR_*) in words.
_CERTIFICATE_FAULTS = {
    9: "the certificate is not valid yet",
    10: "the certificate has expired",
    18: "the certificate is self-signed",
    23: "the certificate was revoked",
    62: "the certificate is for another name",
    64: "the certificate is for another address",
}
#: Self-signed in the chain, issuer not found, first certificate not verifiable.
_UNKNOWN_ISSUERS = frozenset([19, 20, 21])


class Response(HTTPResponse):
    """An answer that knows whether its headers came to their end: http.client takes a broken connection for one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = _Lines(self.fp)
        self.fp = cast("io.BufferedReader", self._lines)  # it has all that is asked of one
        self.headless = False

    def begin(self) -> None:
        """Read the headers; those of answers before the answer (103 Early Hints) are passed over."""
        super().begin()
        for _ in range(MOST_EARLY):
            if not 102 <= self.status < 200 or self._lines.ended:
                break
            self.headers = self.msg = None  # type: ignore[assignment]  # what makes it begin
            super().begin()
        self.headless = self._lines.ended


class _Lines:
    """A file of bytes that notes when there was no further line."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.ended = False

    def readline(self, *args: int) -> bytes:
        line: bytes = self._file.readline(*args)
        self.ended = not line
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _Connection(HTTPConnection):
    response_class = Response


class Trouble(Exception):  # noqa: N818 - it never leaves the room
    """What stopped a visit: a problem of `Visit` and one sentence."""

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail


def tls_context() -> ssl.SSLContext:
    """Make a context that trusts what the system trusts, and what requests trusts (systems without a store)."""
    context = ssl.create_default_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host, in its order; the answer serves for a minute at most."""
    return _resolved(host, port, int(time.monotonic() // REMEMBERED))


@lru_cache(maxsize=1024)
def _resolved(host: str, port: int, period: int) -> tuple[str, ...]:  # noqa: ARG001 - what was asked in one is not after
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(
    address: Address,
    *,
    timeout: float,
    allow_private: bool,
    resolve: Resolve = resolve_host,
    tls: Callable[[], ssl.SSLContext] = tls_context,
) -> HTTPConnection:
    """Give an open connection to a checked address of the host; close it when done.

    Raises:
        Trouble: The name has no address, none may be visited, none accepts, or TLS fails.
    """
    connection = _Connection(address.host, address.port, timeout=timeout)
    plain = _open_socket(_allowed(address, resolve, allow_private=allow_private), address.port, timeout)
    if address.scheme == "http":
        connection.sock = plain
        return connection
    try:
        plain.settimeout(timeout)
        connection.sock = tls().wrap_socket(plain, server_hostname=address.host)
    except (OSError, ValueError) as problem:
        plain.close()
        raise name_trouble(problem, timeout) from None
    return connection


def name_trouble(problem: Exception, timeout: float) -> Trouble:
    """Put what a socket or the HTTP protocol raised into a problem and a sentence."""
    match problem:
        case Trouble():
            return problem
        case TimeoutError():
            return Trouble("timeout", f"No answer within {timeout:g} seconds.")
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError() | ConnectionError():
            return Trouble("reset", "The server broke the connection off.")
        case ssl.SSLError():
            return _tls_trouble(problem)
        case HTTPException():
            return Trouble("body", "The server's answer is not valid HTTP.")
        case _:
            return Trouble("reset", f"The connection failed: {getattr(problem, 'strerror', None) or problem}.")


def _tls_trouble(problem: ssl.SSLError) -> Trouble:
    if not isinstance(problem, ssl.SSLCertVerificationError):
        reason = (problem.reason or "unknown reason").replace("_", " ").lower()
        return Trouble("handshake", f"No secure connection: {reason}.")
    if problem.verify_code in _UNKNOWN_ISSUERS:  # the server may send it tomorrow, and browsers may know it
        return Trouble("issuer", UNKNOWN_ISSUER)
    fault = _CERTIFICATE_FAULTS.get(problem.verify_code, f"the certificate fails: {problem.verify_message}")
    return Trouble("tls", f"{fault[0].upper()}{fault[1:]}.")


def _allowed(address: Address, resolve: Resolve, *, allow_private: bool) -> Sequence[str]:
    try:
        found = resolve(address.host, address.port)
    except (OSError, UnicodeError) as problem:
        if getattr(problem, "errno", None) == socket.EAI_AGAIN:  # it is not the host that is at fault
            raise Trouble("resolver", f"The address of the host {address.host} could not be asked for.") from None
        reason = getattr(problem, "strerror", None) or "not a valid name"
        raise Trouble("dns", f"The host {address.host} has no address ({reason}).") from None
    if not found:
        raise Trouble("dns", f"The host {address.host} has no address.")
    allowed = [text for text in found if allow_private or is_public(text)]
    if not allowed:
        raise Trouble("private", f"The host {address.host} is on a private network ({found[0]}).")
    return allowed[:MOST_TRIED]


def _open_socket(found: Sequence[str], port: int, timeout: float) -> socket.socket:
    """Try the addresses in order; each gets an equal share of the time that is left."""
    end = time.monotonic() + timeout
    failed: OSError | None = None
    for number, text in enumerate(found):
        share = (end - time.monotonic()) / (len(found) - number)
        if share <= 0:
            break
        try:
            return _dial(text, port, share)
        except OSError as problem:
            failed = problem
    if isinstance(failed, ConnectionRefusedError):
        raise Trouble("closed", f"Nothing answers on port {port}: the connection is refused.")
    if failed is not None and failed.errno in {errno.ENETUNREACH, errno.EHOSTUNREACH}:
        raise Trouble("route", f"This machine has no way to the host ({failed.strerror}).")
    if failed is None or isinstance(failed, TimeoutError):
        raise Trouble("connect", f"No connection within {timeout:g} seconds.")
    raise Trouble("connect", f"No connection: {failed.strerror or failed}.")


def _dial(text: str, port: int, timeout: float) -> socket.socket:
    """Connect to an IP address, never to a name: nothing is resolved a second time."""
    family = socket.AF_INET if ip_address(text.partition("%")[0]).version == 4 else socket.AF_INET6
    dialled = socket.socket(family, socket.SOCK_STREAM)
    try:
        dialled.settimeout(timeout)
        dialled.connect((text, port))
        dialled.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        dialled.close()
        raise
    dialled.settimeout(timeout)
    return dialled
