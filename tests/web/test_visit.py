"""What a visit makes of servers that behave and misbehave, all on 127.0.0.1; the tests themselves resolve names."""

from __future__ import annotations

import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from alliancebib.web import Hop
from alliancebib.web.body import BODY_CAP, unpacked
from alliancebib.web.visit import Visitor, retry_after_of
from loopback import PAGE, Reply, Site, to


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def visitor(**settings: Any) -> Visitor:
    plain: dict[str, Any] = {
        "user_agent": "alliancebib/test",
        "timeout": 2.0,
        "allow_private": True,
    }
    return Visitor(**{**plain, **settings})


def reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def test_a_page_is_got_with_honest_headers_and_no_fragment(site: Site) -> None:
    seen = visitor().visit(site.url("/ok#sec"))
    assert (seen.status, seen.problem, seen.attempts) == (200, "", 1)
    assert seen.body == PAGE.encode()
    assert seen.final_url == site.url("/ok#sec")
    assert site.asked == ["/ok"]
    assert site.headers[0]["user-agent"] == "alliancebib/test"
    assert site.headers[0]["host"] == f"127.0.0.1:{site.port}"
    assert "cookie" not in site.headers[0]
    assert "authorization" not in site.headers[0]


def test_foreign_letters_are_encoded_once(site: Site) -> None:
    site.answers["*"] = Reply()
    visitor().visit(site.url("/café/ОДКБ?q=а б&done=%D0%90%"))
    assert site.asked == ["/caf%C3%A9/%D0%9E%D0%94%D0%9A%D0%91?q=%D0%B0%20%D0%B1&done=%D0%90%25"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_named(site: Site, status: int) -> None:
    site.answers["/old"] = to("/ok", status)
    seen = visitor().visit(site.url("/old#part"))
    assert seen.status == 200
    assert seen.hops == (Hop(site.url("/old"), status),)
    assert seen.final_url == site.url("/ok#part")


def test_a_redirect_may_hold_bytes_of_utf_8(site: Site) -> None:
    site.answers["/old"] = to("/статья".encode().decode("latin-1"))
    site.answers["*"] = Reply()
    assert visitor().visit(site.url("/old")).final_url == site.url("/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F")


def test_ten_hops_pass_eleven_do_not(site: Site) -> None:
    for number in range(11):
        site.answers[f"/{number}"] = to(f"/{number + 1}", 301)
    site.answers["/11"] = Reply()
    assert visitor().visit(site.url("/1")).status == 200
    assert visitor().visit(site.url("/0")).problem == "hops"


def test_a_circle_is_a_loop_unless_a_cookie_breaks_it(site: Site) -> None:
    site.answers["/a"], site.answers["/b"] = to("/b"), to("/a")
    assert visitor().visit(site.url("/a")).problem == "loop"
    assert site.asked == ["/a", "/b"]

    def wall(handler: BaseHTTPRequestHandler) -> None:
        known = "seen=1" in handler.headers.get("Cookie", "")
        (Reply() if known else to("/wall", Set_Cookie="seen=1; Path=/")).send(handler)

    site.answers["/wall"] = wall
    one = visitor()
    assert one.visit(site.url("/wall")).status == 200
    assert one.visit(site.url("/wall")).hops  # the jar of the first visit is gone


def test_a_circle_with_ever_new_cookies_ends(site: Site) -> None:
    numbers = iter(range(1000))
    site.answers["/c"] = lambda handler: to("/c", Set_Cookie=f"n={next(numbers)}").send(handler)
    assert visitor().visit(site.url("/c")).problem == "hops"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "data:,x"])
def test_other_schemes_are_never_followed(site: Site, target: str) -> None:
    site.answers["/x"] = to(target)
    seen = visitor().visit(site.url("/x"))
    assert (seen.problem, seen.status) == ("scheme", None)
    assert target in seen.detail


def test_passwords_stay_with_their_host(site: Site) -> None:
    with Site() as other:
        site.answers["/here"] = to("/ok")
        site.answers["/there"] = to(other.url("/ok"))
        visitor().visit(site.url("/here").replace("http://", "http://me:secret@"))
        assert [bool(headers.get("authorization")) for headers in site.headers] == [True, True]
        seen = visitor().visit(site.url("/there").replace("http://", "http://me:secret@"))
        assert "authorization" not in other.headers[0]
        assert "secret" not in seen.final_url


def test_private_addresses_are_refused_before_and_after_redirects(site: Site) -> None:
    site.answers["/in"] = to(site.url("/ok"))
    names = {"public.test": ["127.0.0.1"], "127.0.0.1": ["127.0.0.1"], "mixed.test": ["10.0.0.1", "127.0.0.1"]}
    strict = visitor(allow_private=False, resolve=lambda host, _: names[host])
    for host in names:
        assert strict.visit(site.url("/ok", host)).problem == "private"
    assert site.asked == []


def test_a_name_is_resolved_once_for_each_connection(site: Site) -> None:
    # DNS rebinding: a judge that asks again, or a socket that does, would meet the second answer.
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    seen = visitor(resolve=lambda *_: next(answers)).visit(site.url("/ok", "name.test"))
    assert seen.status == 200
    assert site.headers[0]["host"] == f"name.test:{site.port}"


def test_the_public_address_of_a_name_is_taken_where_it_has_a_private_one_too(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliancebib.web.connect.is_public", lambda text: text == "127.0.0.1")
    strict = visitor(allow_private=False, resolve=lambda *_: ["10.9.9.9", "127.0.0.1"])
    assert strict.visit(site.url("/ok", "mixed.test")).status == 200


def test_a_redirect_into_a_private_network_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers["/out"] = to("http://169.254.169.254/latest/meta-data")
    monkeypatch.setattr("alliancebib.web.connect.is_public", lambda text: text == "127.0.0.1")
    seen = visitor(allow_private=False, resolve=lambda host, _: [host]).visit(site.url("/out"))
    assert seen.problem == "private"
    assert "169.254.169.254" in seen.detail


def test_names_without_address_and_closed_ports() -> None:
    def nothing(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    seen = visitor(resolve=nothing).visit("http://nowhere.invalid/")
    assert (seen.problem, seen.attempts) == ("dns", 1)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        seen = visitor().visit(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert (seen.problem, seen.attempts) == ("closed", 1)
    assert "refused" in seen.detail


def test_another_address_of_the_name_is_tried(site: Site) -> None:
    both = visitor(resolve=lambda *_: ["::1", "127.0.0.1"])
    assert both.visit(site.url("/ok", "two.test")).status == 200


def test_a_host_is_asked_no_more_at_a_time_wherever_redirects_come_from(site: Site) -> None:
    lock, running, most = threading.Lock(), [0], [0]

    def slow(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.05)
        with lock:
            running[0] -= 1
        Reply().send(handler)

    site.answers["/slow"] = slow
    with Site() as other:
        other.answers["/r"] = to(site.url("/slow"))
        one = visitor(per_host=2)
        threads = [threading.Thread(target=one.visit, args=(other.url("/r"),)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most[0] == 2


@pytest.mark.parametrize("early", [102, 103])
def test_answers_before_the_answer_are_passed_over(site: Site, early: int) -> None:
    def hinting(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(f"HTTP/1.1 {early} Wait\r\nLink: </a.css>\r\n\r\n".encode() * 2)
        Reply().send(handler)

    site.answers["/x"] = hinting
    assert visitor().visit(site.url("/x")).status == 200


def test_an_error_is_given_as_it_is_and_not_tried_again(site: Site) -> None:
    site.answers |= {"/bad": Reply(500, "err"), "/reset": reset, "/slow": Reply(429, "", {"Retry-After": "7"})}
    seen = [visitor().visit(site.url(path)) for path in ("/bad", "/reset", "/slow")]
    assert [(one.status, one.problem, one.retry_after) for one in seen] == [
        (500, "", None),
        (None, "reset", None),
        (429, "", 7.0),
    ]
    assert site.asked == ["/bad", "/reset", "/slow"]


def test_a_resolver_that_cannot_be_asked_is_no_fault_of_the_host() -> None:
    def nobody(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    assert visitor(resolve=nobody).visit("http://somewhere.test/").problem == "resolver"


def test_retry_after_is_a_number_or_a_date() -> None:
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert retry_after_of({"retry-after": "Mon, 23 Nov 2026 12:00:20 GMT"}, now=now) == 20
    assert retry_after_of({"retry-after": "Mon, 23 Nov 2020 12:00:20 GMT"}, now=now) == 0
    for text in ("soon", "-5", "nan", "9" * 400, ""):
        assert retry_after_of({"retry-after": text}, now=now) is None


def test_a_server_that_never_answers_is_left_after_one_try(site: Site) -> None:
    site.answers["/hang"] = lambda _: time.sleep(1)
    seen = visitor(timeout=0.15).visit(site.url("/hang"))
    assert (seen.problem, seen.attempts) == ("timeout", 1)


def drip(pieces: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def send(handler: BaseHTTPRequestHandler) -> None:
        for place in range(len(pieces)):
            handler.wfile.write(pieces[place : place + 1])
            time.sleep(0.05)

    return send


def test_a_server_that_drips_is_cut_off(site: Site) -> None:
    site.answers["/head"] = drip(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 500)
    seen = visitor(timeout=0.15).visit(site.url("/head"))
    assert (seen.problem, seen.status) == ("timeout", None)

    def headers(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        drip(b"X-Long: " + b"x" * 500)(handler)

    site.answers["/headers"] = headers  # cut off here, they look as if they were whole
    seen = visitor(timeout=0.15).visit(site.url("/headers"))
    assert (seen.problem, seen.status) == ("timeout", None)

    def body(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        drip(b"x" * 500)(handler)

    site.answers["/body"] = body
    seen = visitor(timeout=0.15).visit(site.url("/body"))
    assert (seen.problem, seen.status) == ("", 200)
    assert 0 < len(seen.body) < 100


def test_what_is_not_http_is_named(site: Site) -> None:
    site.answers["/odd"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n" * 3)
    assert visitor().visit(site.url("/odd")).problem == "body"


def test_a_body_that_ends_early_is_named(site: Site) -> None:
    site.answers["/short"] = Reply(length=100_000)
    seen = visitor().visit(site.url("/short"))
    assert (seen.status, seen.problem) == (200, "body")
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nabc"
    site.answers["/chunk"] = lambda handler: handler.wfile.write(chunked)
    assert visitor().visit(site.url("/chunk")).problem == "body"


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream"])
def test_an_endless_body_is_left_at_the_cap(site: Site, kind: str) -> None:
    sent = 0

    def pour(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.wfile.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: 999999999999\r\n\r\n".encode())
        while True:
            sent += handler.wfile.write(b"x" * 65536)

    site.answers["/huge"] = pour
    seen = visitor().visit(site.url("/huge"))
    assert (seen.status, seen.problem) == (200, "")
    assert len(seen.body) <= BODY_CAP
    assert sent < 64 << 20


@pytest.mark.parametrize(("coding", "window"), [("gzip", 31), ("deflate", 15), ("deflate", -15)])
def test_a_bomb_is_unpacked_to_the_cap_only(site: Site, coding: str, window: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    bomb = packer.compress(bytes(40 << 20)) + packer.flush()
    site.answers["/bomb"] = Reply(200, bomb, {"Content-Encoding": coding})
    seen = visitor().visit(site.url("/bomb"))
    assert (seen.status, seen.problem, len(seen.body)) == (200, "", BODY_CAP)


def test_codings_that_lie_are_named(site: Site) -> None:
    site.answers["/lie"] = Reply(200, "plain", {"Content-Encoding": "gzip"})
    assert visitor().visit(site.url("/lie")).problem == "body"
    assert unpacked(b"\x1f\x8b", "br") == (b"", True)
    assert unpacked(zlib.compress(zlib.compress(b"twice")), "deflate, deflate") == (b"twice", True)


@pytest.mark.parametrize(
    "url", ["", "not an address", "http://", "http://a..b/", "http://[::1", "mailto:a@b.org", "http://x:0/"]
)
def test_what_is_no_address_is_never_asked(url: str) -> None:
    seen = visitor().visit(url)
    assert seen.problem in {"address", "scheme"}
    assert (seen.attempts, seen.status) == (0, None)
    assert seen.detail


def test_times_are_counted_with_their_pauses(site: Site) -> None:
    ticks = iter(range(10_000))
    seen = visitor(clock=lambda: float(next(ticks)) / 1000).visit(site.url())
    assert 0 < seen.seconds < 1
