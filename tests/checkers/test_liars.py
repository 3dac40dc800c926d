"""Servers that lie: whatever comes over the wire, a run ends in time, raises nothing, and calls no half page fine.

The servers here write raw bytes, since no well-kept server would send these.
"""

from __future__ import annotations

import contextlib
import itertools
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.checkers import _again, links
from alliancebib.config import CheckSettings
from alliancebib.finding import LinkState, Report
from alliancebib.web.client import HttpWeb

#: Longest wait for a first byte, and for a run, in seconds.
TIMEOUT, DEADLINE = 0.3, 3.0
BODY = b"<!doctype html><title>Article</title>" + b"<p>lorem ipsum</p>" * 20
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)

Sending = Callable[[socket.socket], None]


class Liar:
    """A server on loopback that reads a request and then does as it likes with the connection."""

    def __init__(self, sending: Sending) -> None:
        self._sending = sending
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/x"
        self.requests = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connected, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connected,), daemon=True).start()

    def _answer(self, connected: socket.socket) -> None:
        with contextlib.suppress(OSError), connected:
            connected.settimeout(5)
            request = b""
            while b"\r\n\r\n" not in request and (piece := connected.recv(65536)):
                request += piece
            self.requests += 1
            self._sending(connected)


@contextlib.contextmanager
def serving(sending: Sending) -> Iterator[Liar]:
    liar = Liar(sending)
    try:
        yield liar
    finally:
        liar.close()


def checked(folder: Path, urls: list[str], *, deadline: float = DEADLINE, workers: int = 16) -> Report:
    chosen = CheckSettings(
        allow_private=True, timeout=TIMEOUT, deadline=deadline, workers=workers, per_host=workers, grace=0
    )
    began = time.monotonic()
    with HttpWeb(cache=folder / "answers.sqlite", timeout=TIMEOUT, deadline=deadline, allow_private=True) as web:
        report = links.check_urls(urls, web=web, settings=chosen)
    assert time.monotonic() - began < deadline + 3
    return report


def state_of(folder: Path, sending: Sending) -> LinkState:
    with serving(sending) as liar:
        [state] = checked(folder, [liar.url]).links
    return state


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_again, "PAUSE", 0.01)


def whole(data: bytes) -> Sending:
    return lambda connected: connected.sendall(data)


def drip(data: bytes, pause: float = 0.05) -> Sending:
    def send(connected: socket.socket) -> None:
        for byte in data:
            connected.sendall(bytes([byte]))
            time.sleep(pause)

    return send


def endless(start: bytes, piece: bytes) -> Sending:
    def send(connected: socket.socket) -> None:
        connected.sendall(start)
        while True:
            connected.sendall(piece)

    return send


def in_turn(*sendings: Sending) -> Sending:
    def send(connected: socket.socket) -> None:
        for sending in sendings:
            sending(connected)

    return send


def head(*lines: str, body: bytes = b"", status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1") + body


COUNT = itertools.count()

LIARS: dict[str, tuple[Sending, set[str]]] = {
    "nothing at all": (whole(b""), {"unreachable"}),
    "no HTTP": (whole(b"SSH-2.0-OpenSSH_9.6\r\n"), {"unknown"}),
    "a status that is none": (whole(b"HTTP/1.1 two hundred\r\n\r\n"), {"unknown"}),
    "a status of 20 digits": (whole(head(status="9" * 20)), {"unknown"}),
    "another version": (whole(b"HTTP/9.9 200 OK\r\n\r\n"), {"unknown"}),
    "a longer length": (whole(head("Content-Length: 99999", body=BODY)), {"unknown"}),
    "a shorter length": (whole(head("Content-Length: 3", body=BODY)), {"ok"}),
    "a negative length": (whole(head("Content-Length: -1", body=BODY)), {"ok", "unknown"}),
    "a length that is none": (whole(head("Content-Length: many", body=BODY)), {"ok", "unknown"}),
    "two lengths": (whole(head("Content-Length: 5", "Content-Length: 9", body=BODY)), {"ok", "unknown"}),
    "chunks that break off": (whole(head("Transfer-Encoding: chunked", body=b"5\r\nlo")), {"unknown"}),
    "chunks of no size": (whole(head("Transfer-Encoding: chunked", body=b"zz\r\nlorem")), {"unknown"}),
    "a chunk of a billion": (whole(head("Transfer-Encoding: chunked", body=b"3B9ACA00\r\nlorem")), {"unknown"}),
    "a packing that is none": (whole(head("Content-Encoding: gzip", body=BODY)), {"unknown"}),
    "a packing in a packing": (whole(head("Content-Encoding: " + "gzip, " * 900 + "gzip", body=BODY)), {"unknown"}),
    "slow headers": (drip(ANSWER), {"unreachable"}),
    "a slow body": (in_turn(whole(head("Content-Length: 500")), drip(BODY)), {"ok", "unknown"}),
    "a body that stands still": (in_turn(whole(ANSWER[:200]), lambda _: time.sleep(2)), {"ok", "unknown"}),
    "endless headers": (endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 100), {"unknown", "unreachable"}),
    "an endless header": (endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"a" * 65536), {"unknown", "unreachable"}),
    "an endless first line": (endless(b"HTTP/1.1 200 ", b"a" * 65536), {"unknown", "unreachable"}),
    "an endless body": (endless(head("Content-Type: text/html"), b"lorem " * 9000), {"ok"}),
    "endless continues": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), {"unreachable", "unknown"}),
    "a redirect to nowhere": (whole(head("Location: ", status="302 Found")), {"unknown"}),
    "a redirect to rubbish": (whole(head("Location: http://[::1", status="302 Found")), {"invalid"}),
    "a redirect with controls": (whole(head("Location: \x01\x1b[2J", status="302 Found")), {"invalid", "unknown"}),
    "a redirect of a megabyte": (whole(head(f"Location: /{'a' * 60000}", status="301 X")), {"invalid", "unknown"}),
    "ten thousand redirects": (
        lambda connected: connected.sendall(head(f"Location: /{next(COUNT)}", "Content-Length: 0", status="302 X")),
        {"invalid"},
    ),
    "a cookie of a megabyte": (whole(head(f"Set-Cookie: a={'b' * 60000}", body=BODY)), {"ok"}),
    "headers without a colon": (whole(b"HTTP/1.1 200 OK\r\nrubbish\r\n\r\n" + BODY), {"ok", "unknown"}),
    "null bytes": (whole(b"\x00" * 4000), {"unknown"}),
}


@pytest.mark.parametrize("lie", LIARS)
def test_no_lie_raises_or_holds_the_run(tmp_path: Path, lie: str) -> None:
    sending, outcomes = LIARS[lie]
    assert state_of(tmp_path, sending).outcome in outcomes


def broken(place: int, ending: str) -> Sending:
    def send(connected: socket.socket) -> None:
        connected.sendall(ANSWER[:place])
        if ending == "reset":
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif ending == "silence":
            time.sleep(1.5)

    return send


@pytest.mark.parametrize("ending", ["reset", "end", "silence"])
def test_an_answer_that_breaks_off_at_any_byte_is_no_page(tmp_path: Path, ending: str) -> None:
    places = range(0, len(ANSWER), 7 if ending != "silence" else 23)
    with contextlib.ExitStack() as stack:
        liars = [stack.enter_context(serving(broken(place, ending))) for place in places]
        report = checked(tmp_path, [liar.url for liar in liars], deadline=30.0)
    assert len(report.links) == len(places)
    assert {state.outcome for state in report.links} <= {"unreachable", "unknown", "ok"}
    headless = [state for place, state in zip(places, report.links, strict=True) if place < ANSWER.index(b"\r\n\r\n")]
    assert all(state.outcome != "ok" for state in headless)


def test_the_deadline_holds_whatever_the_servers_do(tmp_path: Path) -> None:
    with serving(drip(ANSWER, pause=0.2)) as liar:
        urls = [f"{liar.url}{number}" for number in range(40)]
        report = checked(tmp_path, urls, deadline=1.0, workers=4)
    assert len(report.links) == 40
    assert report.unavailable
    assert all(state.verdict.value != "ok" for state in report.links)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda data: b"HTTP/1.1 200 OK\r\n" + data),
        st.binary(max_size=200).map(lambda data: head("Content-Type: text/html; charset=x") + data),
        st.binary(max_size=100).map(lambda data: b"HTTP/1.1 302 Found\r\nLocation: " + data + b"\r\n\r\n"),
    )
)
def test_any_bytes_give_a_verdict(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    assert state_of(folder, whole(data)).url.startswith("http://127.0.0.1:")
