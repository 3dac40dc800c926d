"""Asking: politely, once, again where that helps, from the cache where it can, and never for ever."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from alliancebib.errors import OfflineError, UnavailableError, UnreachableError
from alliancebib.web import Visit
from alliancebib.web import client as client_module
from alliancebib.web.client import FEW_TRIES, LAST_STRIKES, SILENCES, TRIES, HttpWeb
from services import Jumps, Said, Scripted, record, standin

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
GOOD = Said()


def made_web(folder: Path, clock: Jumps | None = None, **settings: Any) -> HttpWeb:
    """Make a web whose waiting costs no time."""
    clock = clock or Jumps()
    chosen: dict[str, Any] = {"cache": folder / "answers.sqlite", "now": lambda: NOW, "jitter": lambda: 0.0}
    return HttpWeb(clock=clock, sleep=clock.sleep, **(chosen | settings))


@contextmanager
def served(script: Callable[[str, int], Said]) -> Iterator[Scripted]:
    with Scripted(script) as server:
        yield server


def test_an_answer_is_given_with_status_headers_and_body(tmp_path: Path) -> None:
    with served(lambda path, number: GOOD) as server, made_web(tmp_path) as web:
        answer = web.ask(f"{server.url}/works", params={"query": "a b&c"})
    assert (answer.status, answer.body, answer.cached) == (200, b'{"message": {}}', False)
    assert answer.headers["content-type"] == "application/json"
    assert answer.fetched.startswith("2026-11-23T12:00:00")
    assert server.asked[0][0] == "/works?query=a+b%26c"


@pytest.mark.parametrize(
    ("mail", "named"), [("me@example.org", True), ("", False), ("no address", False), ("a\r\nX: 1@b", False)]
)
def test_the_mail_goes_only_where_the_question_names_it(tmp_path: Path, mail: str, named: bool) -> None:
    with served(lambda path, number: GOOD) as server, made_web(tmp_path, mail=mail) as web:
        web.ask(f"{server.url}/works", params={"mailto": mail} if named else {})
        web.ask(f"{server.url}/page")
    agents = [headers["user-agent"] for _, headers in server.asked]
    assert ("(mailto:me@example.org)" in agents[0]) is named
    assert all(agent.startswith("alliancebib/") for agent in agents)
    assert "@" not in agents[1]


@pytest.mark.parametrize("status", [200, 404])
def test_what_was_answered_is_not_asked_again(tmp_path: Path, status: int) -> None:
    with served(lambda path, number: Said(status, b"{}")) as server:
        with made_web(tmp_path) as web:
            web.ask(f"{server.url}/works/1", params={"mailto": "a@b.org"})
        with made_web(tmp_path) as web:
            answer = web.ask(f"{server.url}/works/1", params={"mailto": "other@b.org"})
    assert (answer.status, answer.cached, len(server.asked)) == (status, True, 1)


@pytest.mark.parametrize(("status", "days"), [(200, 31), (404, 2)])
def test_an_old_answer_is_asked_again(tmp_path: Path, status: int, days: int) -> None:
    with served(lambda path, number: Said(status, b"{}")) as server:
        with made_web(tmp_path) as web:
            web.ask(f"{server.url}/works/1")
        with made_web(tmp_path, now=lambda: NOW + timedelta(days=days)) as web:
            assert not web.ask(f"{server.url}/works/1").cached
    assert len(server.asked) == 2


def test_offline_an_answer_of_any_age_serves_and_nothing_is_asked(tmp_path: Path) -> None:
    with served(lambda path, number: GOOD) as server:
        with made_web(tmp_path) as web:
            web.ask(f"{server.url}/works/1")
        with made_web(tmp_path, offline=True, now=lambda: NOW + timedelta(days=200)) as web:
            assert web.ask(f"{server.url}/works/1").cached
            with pytest.raises(OfflineError, match=r"127\.0\.0\.1"):
                web.ask(f"{server.url}/works/2")
            assert web.visit(server.url).problem == "offline"
    assert len(server.asked) == 1


def test_without_network_an_old_answer_is_better_than_none(tmp_path: Path) -> None:
    with served(lambda path, number: GOOD) as server, made_web(tmp_path) as web:
        web.ask(f"{server.url}/works/1")
    with made_web(tmp_path, now=lambda: NOW + timedelta(days=100)) as web:
        assert web.ask(f"{server.url}/works/1").cached
        with pytest.raises(UnreachableError):
            web.ask(f"{server.url}/works/2")


@pytest.mark.parametrize(
    "trouble",
    [
        Said(503, b"<html>Service Temporarily Unavailable</html>"),
        Said(429, b"slow down"),
        Said(200, b"<html>gateway</html>", {"Content-Type": "text/html"}),
        Said(200, b"  <!doctype html><p>login", {}),
        Said(200, b'{"message": {"items": [', {"Content-Type": "application/json"}),
        Said(200, b'{"message"', length=500),
        Said(200, b"not packed", {"Content-Encoding": "gzip", "Content-Type": "application/json"}),
    ],
)
def test_passing_trouble_is_tried_again(tmp_path: Path, trouble: Said) -> None:
    clock = Jumps()
    with (
        served(lambda path, number: trouble if number < 3 else GOOD) as server,
        made_web(tmp_path, clock) as web,
    ):
        assert web.ask(f"{server.url}/works").body == GOOD.body
    assert len(server.asked) == 3
    assert sum(clock.sleeps) >= 1.5  # 0.5 s, then 1 s


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Said(503, b"x"), "out of order"),
        (Said(429, b"x"), "refuses more questions"),
        (Said(200, b"<html>", {"Content-Type": "text/html"}), "web page"),
        (Said(200, b"{"), "breaks off"),
    ],
)
def test_lasting_trouble_ends_in_one_sentence_and_is_never_kept(tmp_path: Path, trouble: Said, words: str) -> None:
    with served(lambda path, number: trouble) as server, made_web(tmp_path) as web:
        for path in ("a", "b", "c", "d"):
            with pytest.raises(UnreachableError, match=words) as caught:
                web.ask(f"{server.url}/{path}")
            assert "could not be asked" in str(caught.value)  # it was reached
        assert len(server.asked) == TRIES  # a host that never answered is left alone after one question


def test_a_host_that_answered_before_gets_a_second_chance(tmp_path: Path) -> None:
    with served(lambda path, number: GOOD if number == 1 else Said(503)) as server, made_web(tmp_path) as web:
        web.ask(f"{server.url}/good")
        for path in ("a", "b", "c", "d"):
            with pytest.raises(UnreachableError, match="out of order"):
                web.ask(f"{server.url}/{path}")
        assert len(server.asked) == 1 + 2 * TRIES


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_an_answer_and_is_not_tried_again(tmp_path: Path, status: int) -> None:
    with served(lambda path, number: Said(status, b"no")) as server, made_web(tmp_path) as web:
        assert web.ask(f"{server.url}/x").status == status
        assert web.ask(f"{server.url}/x").status == status
    assert len(server.asked) == 1


@pytest.mark.parametrize("wanted", ["7", format_datetime(NOW + timedelta(seconds=7), usegmt=True)])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(tmp_path: Path, wanted: str, status: int) -> None:
    clock = Jumps()
    busy = Said(status, b"", {"Retry-After": wanted})
    with served(lambda path, number: busy if number == 1 else GOOD) as server, made_web(tmp_path, clock) as web:
        began = clock()
        web.ask(f"{server.url}/x")
    assert 7 <= clock() - began < 10
    assert len(server.asked) == 2


def test_a_long_retry_after_is_not_waited_for(tmp_path: Path) -> None:
    clock = Jumps()
    busy = Said(429, b"", {"Retry-After": "3600"})
    with served(lambda path, number: busy) as server, made_web(tmp_path, clock) as web:
        with pytest.raises(UnreachableError, match="next 3600 seconds"):
            web.ask(f"{server.url}/x")
        with pytest.raises(UnreachableError):
            web.ask(f"{server.url}/y")
    assert len(server.asked) == 1
    assert sum(clock.sleeps) < 5


def test_a_host_that_cannot_be_reached_is_asked_once(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{unused.getsockname()[1]}"
        clock = Jumps()
        with made_web(tmp_path, clock) as web:
            for path in "abc":
                with pytest.raises(UnreachableError, match="connection is refused"):
                    web.ask(f"{closed}/{path}")
    assert clock.sleeps == [] or sum(clock.sleeps) < 1


@pytest.mark.parametrize("url", ["ftp://example.org/x", "no address", "http://", "http://[::1", "file:///etc/passwd"])
def test_what_is_no_address_is_no_crash(tmp_path: Path, url: str) -> None:
    with made_web(tmp_path) as web, pytest.raises(UnavailableError):
        web.ask(url)


def test_a_question_goes_to_no_other_host(tmp_path: Path) -> None:
    """What is cited, and who cites it, is told to the service that was chosen, wherever it would send us."""
    asked = {"query": "secret", "mailto": "me@example.org"}
    with Scripted(lambda path, number: GOOD, host="127.0.0.2") as end:

        def moved(path: str, number: int) -> Said:
            return GOOD if path.startswith("/new") else Said(301, b"", {"Location": f"{end.url}/evil{path}"})

        with served(moved) as server, made_web(tmp_path, mail="me@example.org") as web:
            with pytest.raises(UnreachableError, match=r"sends the question on to 127\.0\.0\.2:"):
                web.ask(f"{server.url}/old", params=asked)
            assert len(server.asked) == 1
            assert web.ask(f"{server.url}/new").status == 200  # other questions are still put
        assert end.asked == []


def test_a_question_follows_to_a_new_place_at_its_host(tmp_path: Path) -> None:
    def moved(path: str, number: int) -> Said:
        return GOOD if path == "/new" else Said(301, b"", {"Location": "/new"})

    with served(moved) as server, made_web(tmp_path, mail="me@example.org") as web:
        assert web.ask(f"{server.url}/old", params={"mailto": "me@example.org"}).status == 200
    assert "me@example.org" in server.asked[1][1]["user-agent"]


def test_a_list_at_an_address_may_have_moved_to_another_host(tmp_path: Path) -> None:
    with Scripted(lambda path, number: GOOD, host="127.0.0.2") as end:
        moved = Said(301, b"", {"Location": f"{end.url}/new"})
        with served(lambda path, number: moved) as server, made_web(tmp_path, mail="me@example.org") as web:
            assert web.fetch(f"{server.url}/list").url == f"{end.url}/new"
    assert "me@example.org" not in end.asked[0][1]["user-agent"]


def test_a_host_that_says_nothing_is_given_up_after_a_few_time_outs(tmp_path: Path) -> None:
    silent = Said(200, b"{}", pause=0.5)
    with served(lambda path, number: GOOD if number == 1 else silent) as server:
        with made_web(tmp_path, timeout=0.05) as web:
            web.ask(f"{server.url}/good")
            for path in "abcdefgh":
                with pytest.raises(UnreachableError, match="no answer within"):
                    web.ask(f"{server.url}/{path}")
        assert len(server.asked) == 1 + SILENCES


def test_a_host_that_stumbles_over_some_questions_is_asked_the_others(tmp_path: Path) -> None:
    bad = {"/a", "/b", "/c"}
    with served(lambda path, number: Said(500) if path in bad else GOOD) as server, made_web(tmp_path) as web:
        for path in ("/a", "/b", "/c"):
            with pytest.raises(UnreachableError, match="out of order"):
                web.ask(server.url + path)
        assert web.ask(f"{server.url}/d").status == 200
        assert len(server.asked) == TRIES + 2 * FEW_TRIES + 1
        bad |= {f"/{number}" for number in range(20)}
        for number in range(20):
            with pytest.raises(UnreachableError):
                web.ask(f"{server.url}/{number}")
        assert len(server.asked) == TRIES + 2 * FEW_TRIES + 1 + LAST_STRIKES


def test_after_the_deadline_nothing_is_asked(tmp_path: Path) -> None:
    clock = Jumps()
    with served(lambda path, number: GOOD) as server, made_web(tmp_path, clock, deadline=5.0) as web:
        web.ask(f"{server.url}/a")
        clock.time += 6
        with pytest.raises(UnreachableError, match="not asked within the deadline"):
            web.ask(f"{server.url}/b")
        assert web.ask(f"{server.url}/a").cached
    assert len(server.asked) == 1


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-L: "])
def test_what_is_under_way_ends_at_the_deadline(tmp_path: Path, start: bytes) -> None:
    with dripping(start) as address, HttpWeb(cache=tmp_path / "c", deadline=0.4) as web:
        began = time.monotonic()
        with pytest.raises(UnreachableError, match="not asked within the deadline"):
            web.ask(address)
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("target", ["/again", "file:///etc/passwd", "http://[", ""])
def test_redirects_that_lead_nowhere(tmp_path: Path, target: str) -> None:
    moved = Said(302, b"", {"Location": target} if target else {})
    with served(lambda path, number: moved) as server, made_web(tmp_path) as web:
        if not target:
            assert web.ask(f"{server.url}/x").status == 302
            return
        with pytest.raises(UnreachableError, match=r"redirects (?:to is not|more than)|cannot be asked"):
            web.ask(f"{server.url}/x")
    assert len(server.asked) <= 7


def test_packed_answers_are_unpacked(tmp_path: Path) -> None:
    body = json.dumps({"message": {"items": ["word " * 1000] * 200}}).encode()
    packed = Said(200, gzip.compress(body), {"Content-Encoding": "gzip", "Content-Type": "application/json"})
    with served(lambda path, number: packed) as server, made_web(tmp_path) as web:
        assert web.ask(f"{server.url}/x").body == body


def test_an_endless_answer_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alliancebib.web.exchange.BODY_CAP", 100_000)
    bomb = Said(200, gzip.compress(b" " * 5_000_000), {"Content-Encoding": "gzip"})
    with (
        served(lambda path, number: bomb) as server,
        made_web(tmp_path) as web,
        pytest.raises(UnreachableError, match="longer than"),
    ):
        web.ask(f"{server.url}/x")
    assert len(server.asked) == 1


@contextmanager
def dripping(start: bytes) -> Iterator[str]:
    """A server that begins an answer, and then sends a byte now and then; each is a sign of life."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = threading.Event()

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(start)
                while not done.wait(0.02):
                    try:
                        connection.sendall(b" ")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        done.set()
        thread.join(5)


def test_a_server_that_sends_byte_after_byte_does_not_hold_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "DEADLINE", 0.3)
    with (
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n") as address,
        HttpWeb(cache=tmp_path / "c") as web,
        pytest.raises(UnreachableError, match="its answer did not end in time"),
    ):
        web.ask(address)


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n"[:-2], b""])
def test_headers_that_never_end_do_not_hold_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    """Each byte is a sign of life, so no time limit of the socket ends this; a cut must not look like the end."""
    monkeypatch.setattr("alliancebib.web.adapter.HEAD_TIME", 0.2)
    monkeypatch.setattr(client_module, "DEADLINE", 0.1)
    with (
        dripping(start) as address,
        HttpWeb(cache=tmp_path / "c") as web,
        pytest.raises(UnreachableError, match="did not begin in time"),
    ):
        web.ask(address, accept="*/*")


def test_the_same_question_of_several_threads_is_asked_once(tmp_path: Path) -> None:
    with served(lambda path, number: Said(200, b"{}", pause=0.05)) as server, made_web(tmp_path) as web:
        pool = ThreadPoolExecutor(6)
        answers = list(pool.map(lambda _: web.ask(f"{server.url}/x"), range(6)))
        pool.shutdown()
    assert len(server.asked) == 1
    assert {answer.body for answer in answers} == {b"{}"}


def test_one_at_a_time_until_the_service_allows_more(tmp_path: Path) -> None:
    said = Said(200, b"{}", {"x-rate-limit-limit": "50", "x-concurrency-limit": "1"}, pause=0.03)
    with served(lambda path, number: said) as server, HttpWeb(cache=tmp_path / "c") as web:
        pool = ThreadPoolExecutor(4)
        list(pool.map(lambda name: web.ask(f"{server.url}/{name}"), "abcd"))
        pool.shutdown()
    assert (len(server.asked), server.most_at_a_time) == (4, 1)


def test_proxies_of_the_environment_are_not_asked_for_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with served(lambda path, number: GOOD) as server, made_web(tmp_path) as web:
        assert web.ask(f"{server.url}/x").status == 200
        with pytest.raises(UnreachableError, match="proxy"):
            web.ask("http://service.invalid/x")


def test_passwords_of_a_netrc_file_stay_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with served(lambda path, number: GOOD) as server, made_web(tmp_path) as web:
        web.ask(f"{server.url}/x")
    assert "authorization" not in server.asked[0][1]


def test_closing_wakes_those_who_wait(tmp_path: Path) -> None:
    busy = Said(429, b"", {"Retry-After": "25"})
    with served(lambda path, number: busy) as server:
        web = HttpWeb(cache=tmp_path / "c")
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(web.ask, f"{server.url}/x")
            while not server.asked:
                pass
            web.close()
            with pytest.raises(UnreachableError, match="stopped"):
                waiting.result(timeout=5)


def test_a_ctrl_c_leaves_a_whole_cache_and_waits_for_no_one(tmp_path: Path) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    answers = [GOOD, Said(503, b"")]
    with served(lambda path, number: answers[min(number - 1, 1)]) as server:
        with HttpWeb(cache=tmp_path / "c", sleep=interrupted, now=lambda: NOW) as web:
            web.ask(f"{server.url}/a")
            with pytest.raises(KeyboardInterrupt):
                web.ask(f"{server.url}/b")
        with made_web(tmp_path, cache=tmp_path / "c", offline=True) as web:
            assert web.ask(f"{server.url}/a").cached


def test_visits_go_to_the_visitor(tmp_path: Path) -> None:
    with HttpWeb(cache=tmp_path / "c", visitor=lambda url: Visit(url=url, status=204)) as web:
        assert web.visit("https://example.org/").status == 204


def test_a_service_that_counts_refuses_nothing(tmp_path: Path) -> None:
    """Several threads against the stand-in with its limits enforced."""
    records = [record(f"10.5555/{number}", f"Alliance number {number}", ("A", "Aris"), 2020) for number in range(9)]
    with standin(records, tmp_path, "--enforce", "--latency-ms", "30") as service:
        with HttpWeb(mail="me@example.org", cache=tmp_path / "c") as web, ThreadPoolExecutor(6) as pool:
            questions: list[tuple[str, dict[str, str]]] = [
                (f"{service.url}/works/10.5555/{number}", {}) for number in range(9)
            ]
            questions += [(f"{service.url}/works", {"query": f"alliance {number}"}) for number in range(4)]
            answers = pool.map(lambda q: web.ask(q[0], params=q[1] | {"mailto": "me@example.org"}), questions)
            assert [answer.status for answer in answers] == [200] * 13
        assert service.stats() == {"requests": 13, "c429": 0}


def test_two_programs_with_one_cache_ask_together_what_one_would_ask(tmp_path: Path) -> None:
    headers = {"Content-Type": "application/json", "x-rate-limit-limit": "50", "x-concurrency-limit": "1"}
    said = Said(200, b"{}", headers, pause=0.05)
    with (
        served(lambda path, number: said) as server,
        HttpWeb(cache=tmp_path / "c") as one,
        HttpWeb(cache=tmp_path / "c") as other,
    ):
        questions = [f"{server.url}/{name}" for name in "abcde"]
        pool = ThreadPoolExecutor(2)
        both = list(pool.map(lambda web: [web.ask(url).status for url in questions], [one, other]))
        pool.shutdown()
    assert both == [[200] * 5] * 2
    assert (len(server.asked), server.most_at_a_time) == (5, 1)


def test_asking_anew_does_not_count_what_was_answered_before(tmp_path: Path) -> None:
    times = iter(NOW + timedelta(hours=hours) for hours in range(100))
    with served(lambda path, number: Said(200, b'{"number": %d}' % number)) as server:
        with made_web(tmp_path, now=lambda: next(times)) as web:
            assert web.ask(f"{server.url}/x").body == b'{"number": 1}'
        with made_web(tmp_path, now=lambda: next(times), anew=True) as web:
            assert [web.ask(f"{server.url}/x").body for _ in range(3)] == [b'{"number": 2}'] * 3
        address = server.url
    with made_web(tmp_path, now=lambda: next(times), anew=True) as web:
        assert web.ask(f"{address}/x").body == b'{"number": 2}'  # better than nothing


def test_a_host_that_allows_next_to_nothing_is_told_as_unavailable(tmp_path: Path) -> None:
    slow = {"x-rate-limit-limit": "1", "x-rate-limit-interval": "999999s"}
    with served(lambda _path, _number: Said(200, b"{}", slow)) as server, made_web(tmp_path) as web:
        assert web.ask(f"{server.url}/works/1").status == 200
        for number in (2, 3):
            with pytest.raises(UnreachableError, match="it allows one question in 999999 seconds"):
                web.ask(f"{server.url}/works/{number}")
        assert len(server.asked) == 1
