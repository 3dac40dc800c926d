"""One exchange with a service over `requests`: a question goes out, a whole `Reply` or a `Failure` comes back.

No retries, no waiting, no memory: these are the business of `alliancebib.web.client`. An answer that broke off, that is
longer than allowed, or that is no JSON although JSON was asked for is a failure, not an answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
import urllib3

from alliancebib.web.adapter import LateError, WatchedAdapter, heads_within

__all__ = ["Exchange", "Failure", "Reply", "host_of"]

#: No service answers a question of ours with more than this.
BODY_CAP = 32 * 1024 * 1024
MOST_REDIRECTS = 5
PIECE = 64 * 1024

_PORTS = {"http": 80, "https": 443}
_ADDRESS = "the address"
_AGAIN = "Try again later."
_REDIRECTS = frozenset([301, 302, 303, 307, 308])

_SILENCE = urllib3.exceptions.ReadTimeoutError
_NAMELESS = (urllib3.exceptions.NameResolutionError,)
#: Kinds of errors, the more special ones first; in words; and whether asking again is no use.
_CAUSES: tuple[tuple[tuple[type[Exception], ...], str, bool], ...] = (
    ((LateError,), "its answer did not begin in time", True),
    (_NAMELESS, "its name has no address here; perhaps there is no network", True),
    (
        (urllib3.exceptions.ConnectTimeoutError, requests.ConnectTimeout),
        "no connection within {connect:g} seconds",
        True,
    ),
    ((urllib3.exceptions.ProxyError, requests.exceptions.ProxyError), "the proxy of this network fails", True),
    ((urllib3.exceptions.SSLError, requests.exceptions.SSLError), "its certificate or its TLS fails", True),
    (
        (_SILENCE, requests.ReadTimeout, TimeoutError),
        "no answer within {read:g} seconds",
        False,
    ),
    ((urllib3.exceptions.DecodeError, requests.exceptions.ContentDecodingError), "its answer is damaged", False),
    ((requests.exceptions.ChunkedEncodingError, requests.ConnectionError), "the connection broke off", False),
    ((ValueError,), "the address cannot be asked", True),
)


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer: the address that gave it, status, headers with lower-case names, the unpacked body."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


class Failure(Exception):  # noqa: N818 - it never leaves the room
    """Why there is no answer, as the rest of a sentence about the host.

    ``lasting``: asking the host again, whatever it be, is no use. ``final``: asking the same again is no use.
    ``reached``: the host answered, but not with what was asked for. ``silent``: it took the question and said nothing.
    ``of_question``: the fault may lie in this question; the host may answer others.
    ``help`` is the next step.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        reason: str,
        *,
        lasting: bool = False,
        final: bool = False,
        reached: bool = False,
        silent: bool = False,
        of_question: bool = False,
        help: str = _AGAIN,  # noqa: A002
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting
        self.final = final or lasting
        self.reached = reached
        self.silent = silent
        self.of_question = of_question
        self.help = help


class Exchange:
    """Connections of one thread to any number of services.

    Proxies are taken from the environment (``HTTPS_PROXY``, ``NO_PROXY``), as users in institutions need it, but not
    for this machine itself; passwords from ``.netrc`` are never sent.

    Args:
        user_agent: Who asks.
        mail: Added to the name where the question itself names it (``mailto``), and nowhere else.
        connect_timeout: Seconds until a connection must stand.
        read_timeout: Seconds between two signs of life after it.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        mail: str = "",
        connect_timeout: float = 10.0,
        read_timeout: float = 20.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = requests.Session()
        self._session.auth = _no_password
        self._session.mount("http://", WatchedAdapter())
        self._session.mount("https://", WatchedAdapter())
        self._user_agent = user_agent
        self._mail = mail
        self._timeout = (connect_timeout, read_timeout)
        self._clock = clock

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def ask(self, url: str, params: Mapping[str, str], *, accept: str, until: float, abroad: bool = False) -> Reply:
        """Put a question and give the answer; redirects are followed, to other hosts only where ``abroad`` says so.

        A question names what its user cites, and perhaps himself: it is for the host that he chose, and no other.

        Raises:
            Failure: No answer, or none that can be used.
        """
        named = bool(self._mail) and params.get("mailto") == self._mail
        here = requests.Request("GET", url, params=dict(params)).prepare().url if _is_web(url) else None
        words = _ADDRESS
        for _ in range(MOST_REDIRECTS + 1):
            if here is None or not _is_web(here):
                reached = words != _ADDRESS
                raise Failure(
                    f"{words} is not a complete http or https address", lasting=not reached, final=True, reached=reached
                )
            if not (abroad or _is_one_host(here, url)):
                raise Failure(
                    f"it sends the question on to {host_of(here)}, which is not asked",
                    final=True,
                    reached=True,
                    help=f"Name that service by `base-url` if it is the one that you mean. {_AGAIN}",
                )
            named = named and _is_one_host(here, url)
            reply = self._get(here, {"User-Agent": self._name(named=named), "Accept": accept}, until)
            location = reply.headers.get("location", "")
            if reply.status not in _REDIRECTS or not location:
                _require_json(reply, accept)
                return reply
            words, here = "the address that it redirects to", urljoin(here, location)
        raise Failure(f"it redirects more than {MOST_REDIRECTS} times", final=True, reached=True)

    def _name(self, *, named: bool) -> str:
        return f"{self._user_agent} (mailto:{self._mail})" if named else self._user_agent

    def _get(self, url: str, headers: dict[str, str], until: float) -> Reply:
        proxies = {"no_proxy": "*"} if _is_here(url) else None
        left = max(until - self._clock(), 0.001)
        connect, read = (min(seconds, left) for seconds in self._timeout)
        try:
            with (
                heads_within(left),
                self._session.get(
                    url, headers=headers, timeout=(connect, read), stream=True, allow_redirects=False, proxies=proxies
                ) as response,
            ):
                body = b"".join(self._pieces(response.raw, until))
                names = {name.lower(): value for name, value in response.headers.items()}
                return Reply(url=url, status=response.status_code, headers=names, body=body)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as problem:
            raise _failure_of(problem, (connect, read)) from None

    def _pieces(self, raw: urllib3.HTTPResponse, until: float) -> Iterator[bytes]:
        """Read what is there as it comes, so that a server that sends byte after byte cannot hold us for ever."""
        size = 0
        while piece := raw.read1(PIECE, decode_content=True):
            size += len(piece)
            if size > BODY_CAP:
                raise Failure(f"its answer is longer than {BODY_CAP // 1024**2} MiB", lasting=True, reached=True)
            if self._clock() > until:
                raise Failure("its answer did not end in time", lasting=True, reached=True)
            yield piece


def host_of(url: str) -> str:
    """Give host and port of an address, in lower case; "" where it has none.

    >>> host_of("https://API.Crossref.org/works")
    'api.crossref.org'
    """
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _is_one_host(url: str, other: str) -> bool:
    """Say whether two addresses are of one host, at one port or, over http and https, at the schemes' own ports."""
    one, two = (urlsplit(address) for address in (url, other))
    try:
        ports = {(parts.scheme.lower(), parts.port or _PORTS[parts.scheme.lower()]) for parts in (one, two)}
    except ValueError:  # no number that a port has
        return False
    own = all(port == _PORTS[scheme] for scheme, port in ports)
    return one.hostname == two.hostname and (own or len({port for _, port in ports}) == 1)


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://")) and bool(host_of(url))


def _is_here(url: str) -> bool:
    """Say whether an address is on this machine: a proxy would look for it on itself."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _require_json(reply: Reply, accept: str) -> None:
    """Refuse an answer with status 200 that is no JSON although nothing else was asked for."""
    if reply.status != 200 or "json" not in accept or "*/*" in accept:
        return
    kind = reply.headers.get("content-type", "").lower()
    if kind.startswith("text/html") or reply.body.lstrip()[:1] == b"<":
        words = "it answers with a web page where data was asked for"
        raise Failure(words, reached=True, help=f"Check the base URL. {_AGAIN}")
    try:
        json.loads(reply.body)
    except (ValueError, RecursionError):
        words = "its answer breaks off or is no JSON"
        raise Failure(words, reached=True, help=f"Check the base URL. {_AGAIN}") from None


def _failure_of(problem: Exception, timeout: tuple[float, float]) -> Failure:
    """Put what `requests` and urllib3 raise into words, and say whether asking again can help."""
    cause = _cause_of(problem)
    if isinstance(cause, urllib3.exceptions.NewConnectionError) and not isinstance(cause, _NAMELESS):
        return Failure(_connection_words(cause), lasting=True)
    for kinds, words, lasting in _CAUSES:
        if isinstance(cause, kinds):
            return Failure(
                words.format(connect=round(timeout[0], 1), read=round(timeout[1], 1)),
                lasting=lasting,
                silent=_SILENCE in kinds,
            )
    return Failure("the connection broke off")


def _cause_of(problem: Exception) -> Exception:
    """Give the innermost urllib3 error that `requests` wrapped."""
    inner = problem.args[0] if problem.args else None
    if isinstance(inner, urllib3.exceptions.MaxRetryError) and inner.reason is not None:
        return inner.reason
    return inner if isinstance(inner, urllib3.exceptions.HTTPError) else problem


def _connection_words(problem: Exception) -> str:
    below = problem.__cause__ or problem.__context__
    if isinstance(below, ConnectionRefusedError):
        return "the connection is refused"
    reason = getattr(below, "strerror", None)
    return f"no connection ({reason})" if reason else "no connection"
