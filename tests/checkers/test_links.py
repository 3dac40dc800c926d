"""From address to verdict, over real loopback servers: the table of behaviours, soft 404s, walls, hosts, deadlines."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from alliancebib.checkers import _again, _rounds, _visiting, links
from alliancebib.config import CheckSettings
from alliancebib.errors import UnreachableError
from alliancebib.finding import LinkState, Report
from alliancebib.library import Library
from alliancebib.model import Origin, Reference
from alliancebib.sightings import SightingsFile
from alliancebib.web import Answer, Visit
from alliancebib.web.connect import UNKNOWN_ISSUER
from alliancebib.web.visit import Visitor
from loopback import PAGE, Reply, Site, to

SETTINGS = CheckSettings(allow_private=True, timeout=2.0, deadline=20.0)
MISSING = "<title>404 - Page not found</title><h1>Page not found</h1><p>Sorry, the page could not be found.</p>"
WALL = "<title>Just a moment...</title>Enable JavaScript and cookies to continue"


class FakeWeb:
    """A web whose visits are real or given, and whose questions have given answers."""

    def __init__(self, visits: dict[str, Visit] | None = None, answers: dict[str, Answer] | None = None) -> None:
        self.visits = visits
        self.answers = answers or {}
        self.asked: list[str] = []
        self.visited: list[str] = []
        self._visitor = Visitor(user_agent="alliancebib/test", timeout=2.0, allow_private=True)

    def ask(self, url: str, *, params: Any = None, accept: str = "") -> Answer:
        self.asked.append(url)
        if url not in self.answers:
            raise UnreachableError("nobody answers")
        return self.answers[url]

    def visit(self, url: str) -> Visit:
        self.visited.append(url)
        return self._visitor.visit(url) if self.visits is None else self.visits[url]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_again, "SLOW_PAUSE", 0.01)
    monkeypatch.setattr(_again, "PAUSE", 0.01)
    monkeypatch.setattr(_rounds, "SHORTEST_GAP", 0.01)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def state_of(url: str, **settings: Any) -> LinkState:
    (state,) = links.check_urls([url], web=FakeWeb(**settings), settings=SETTINGS).links
    assert state.url == url
    return state


def said(url: str) -> tuple[str, str]:
    state = state_of(url)
    return state.verdict.value, state.outcome


def reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


#: What the path /x answers, and what is said of it. The site has a page at /ok and real 404s elsewhere.
TABLE: dict[str, tuple[Any, str, str]] = {
    "a page": (Reply(), "ok", "ok"),
    "no content": (Reply(204, ""), "ok", "ok"),
    "301": (to("/ok", 301), "ok", "moved"),
    "308": (to("/ok", 308), "ok", "moved"),
    "302": (to("/ok", 302), "ok", "moved"),
    "301 to a 404": (to("/none", 301), "dead", "gone"),
    "301 to nothing stated": (Reply(301, ""), "uncertain", "unknown"),
    "circle": (to("/x"), "dead", "invalid"),
    "to a file": (to("file:///etc/hostname"), "dead", "invalid"),
    "404": (Reply(404, "gone"), "dead", "gone"),
    "404 with a wall": (Reply(404, WALL, {"cf-mitigated": "challenge"}), "uncertain", "refused"),
    "410": (Reply(410, "gone"), "dead", "gone"),
    "401": (Reply(401, ""), "uncertain", "refused"),
    "402": (Reply(402, ""), "uncertain", "refused"),
    "403": (Reply(403, ""), "uncertain", "refused"),
    "407": (Reply(407, ""), "uncertain", "refused"),
    "451": (Reply(451, ""), "uncertain", "refused"),
    "403 with a wall": (Reply(403, WALL, {"cf-mitigated": "challenge"}), "uncertain", "refused"),
    "503 with a wall": (Reply(503, WALL), "uncertain", "refused"),
    "200 with a wall": (Reply(200, WALL), "uncertain", "refused"),
    "202 with a wall": (Reply(202, "", {"x-amzn-waf-action": "challenge"}), "uncertain", "refused"),
    "999": (Reply(999, ""), "uncertain", "refused"),
    "429 for an hour": (Reply(429, "", {"Retry-After": "3600"}), "uncertain", "refused"),
    "429 for ever": (Reply(429, "", {"Retry-After": "1"}), "uncertain", "refused"),
    "429 without a word": (Reply(429, ""), "uncertain", "refused"),
    "429 once": ([Reply(429, "", {"Retry-After": "1"}), Reply()], "ok", "ok"),
    "429 once without a word": ([Reply(429, ""), Reply()], "ok", "ok"),
    "503 once": ([Reply(503, ""), Reply()], "ok", "ok"),
    "500 every time": (Reply(500, ""), "dead", "unreachable"),
    "418": (Reply(418, ""), "uncertain", "unknown"),
    "reset": (reset, "dead", "unreachable"),
    "a body that ends early": (Reply(length=99_999), "uncertain", "unknown"),
    "404 that ends early": (Reply(404, "x", length=99_999), "dead", "gone"),
    "a log-in": (to("/login?next=/x"), "uncertain", "refused"),
    "a picture": (Reply(200, b"\x89PNG", {"Content-Type": "image/png"}), "ok", "ok"),
    "words on 404 in an article": (Reply(200, "<title>What a 404 means</title>" + PAGE), "ok", "ok"),
}


@pytest.mark.parametrize("case", TABLE)
def test_each_behaviour_has_its_verdict(site: Site, case: str) -> None:
    answering, verdict, outcome = TABLE[case]
    site.answers |= {"/x": answering, "/login?next=/x": Reply()}
    assert said(site.url("/x")) == (verdict, outcome)


@pytest.mark.parametrize(
    ("problem", "verdict", "outcome"),
    [
        ("timeout", "dead", "unreachable"),
        ("dns", "dead", "unreachable"),
        ("resolver", "uncertain", "unknown"),
        ("connect", "dead", "unreachable"),
        ("closed", "dead", "unreachable"),
        ("reset", "dead", "unreachable"),
        ("handshake", "dead", "unreachable"),
        ("issuer", "dead", "unreachable"),
        ("route", "uncertain", "unknown"),
        ("tls", "dead", "invalid"),
        ("hops", "dead", "invalid"),
        ("private", "uncertain", "skipped"),
        ("body", "uncertain", "unknown"),
    ],
)
def test_each_problem_has_its_verdict(problem: str, verdict: str, outcome: str) -> None:
    good, bad = "https://good.test/", "https://bad.test/x"
    visits = {good: Visit(url=good, final_url=good, status=200), bad: Visit(url=bad, problem=problem, detail="So.")}
    states = links.check_urls([good, bad], web=FakeWeb(visits), settings=SETTINGS).links
    assert [(state.verdict, state.outcome) for state in states] == [("ok", "ok"), (verdict, outcome)]


@pytest.mark.parametrize(
    ("text", "verdict", "outcome"),
    [
        ("www.example.org/x", "dead", "invalid"),
        ("http://", "dead", "invalid"),
        ("mailto:a@example.org", "uncertain", "skipped"),
    ],
)
def test_what_is_no_address_is_told_without_a_visit(text: str, verdict: str, outcome: str) -> None:
    report = links.check_urls([text], web=FakeWeb(), settings=SETTINGS)
    assert (report.links[0].verdict, report.links[0].outcome) == (verdict, outcome)
    assert [finding.code for finding in report.findings] == ["AB202"]


# -- soft 404


@pytest.mark.parametrize(
    "words",
    [
        "404 - Page not found",
        "Страница не найдена | Новости",
        "Seite nicht gefunden – Zeitung",
        "Page introuvable",
        "Página no encontrada",
        "页面不存在",
        "Sayfa bulunamadı",
        "Էջը չի գտնվել",
        "Strona nie została znaleziona",
        "ページが見つかりません",
    ],
)
def test_a_page_that_says_so_and_gives_the_same_beside_it_is_gone(site: Site, words: str) -> None:
    site.answers["*"] = Reply(200, f"<meta charset=utf-8><title>{words}</title><p>Home, search, contact.</p>")
    assert said(site.url("/news/2019/item.html")) == ("dead", "gone")
    assert len(site.asked) == 2


def test_a_page_in_an_old_encoding_is_read(site: Site) -> None:
    page = "<title>Страница не найдена</title>".encode("cp1251")
    site.answers["*"] = Reply(200, page, {"Content-Type": "text/html; charset=windows-1251"})
    assert said(site.url("/a/b")) == ("dead", "gone")


def test_a_page_that_says_so_where_others_are_really_missing_is_uncertain(site: Site) -> None:
    site.answers["/x"] = Reply(200, MISSING)
    assert said(site.url("/x")) == ("uncertain", "unknown")


def test_a_page_of_a_doubtful_name_where_others_are_really_missing_is_a_page(site: Site) -> None:
    site.answers["/x"] = Reply(200, "<title>Missing</title><p>A novel.")
    assert said(site.url("/x")) == ("ok", "ok")


def test_what_redirects_to_a_page_for_errors_like_all_others_is_gone(site: Site) -> None:
    site.answers |= {
        "*": to("/not-found?from=x", 302),
        "/not-found?from=x": Reply(200, "<title>Home</title><p>Search</p>"),
    }
    assert said(site.url("/old/item")) == ("dead", "gone")


def test_a_domain_for_sale_is_gone_and_an_article_on_one_is_not(site: Site) -> None:
    site.answers |= {"*": Reply(200, "<h1>a.test</h1><p>This domain is for sale.</p>"), "/news": Reply()}
    assert said(site.url("/old/item")) == ("dead", "gone")
    site.answers["*"] = Reply(404, "")
    site.answers["/news"] = Reply(200, "<h1>A domain for sale</h1><p>States buy names.</p>")
    assert said(site.url("/news")) == ("ok", "ok")


def test_two_articles_of_one_site_are_two_pages(site: Site) -> None:
    page = "<title>{}</title><nav>" + "Home News Treaties " * 30 + "</nav><p>{}</p>"
    site.answers["/old/item"] = Reply(200, page.format("Not found", "A story of the lost treaty of six states"))
    site.answers["*"] = Reply(200, page.format("News", "Peacekeepers went home on Monday after two weeks"))
    assert said(site.url("/old/item")) == ("uncertain", "unknown")


def test_a_page_that_moved_to_the_home_page_like_all_others_is_uncertain(site: Site) -> None:
    site.answers |= {"*": to("/", 301), "/": Reply()}
    report = links.check_urls([site.url("/old/item")], web=FakeWeb(), settings=SETTINGS)
    assert (report.links[0].verdict, report.links[0].outcome) == ("uncertain", "unknown")
    assert not any(finding.fix for finding in report.findings)


def test_one_page_that_moved_to_the_home_page_is_no_proposal(site: Site) -> None:
    site.answers |= {"/old/item": to("/", 301), "/": Reply()}
    report = links.check_urls([site.url("/old/item")], web=FakeWeb(), settings=SETTINGS)
    assert report.links[0].outcome == "moved"
    assert report.findings == ()


def test_a_site_that_gives_one_shell_for_all_is_no_soft_404(site: Site) -> None:
    site.answers["*"] = Reply(200, "<title>App</title><div id=root></div><noscript>Page not found</noscript>")
    assert said(site.url("/any/thing")) == ("ok", "ok")


# -- findings


def reference(name: str, url: str, line: int, archive: str = "") -> Reference:
    origin = Origin(page="list.txt", line=line, raw=name)
    return Reference(id=name, title=name, url=url, archive_url=archive, origins=(origin,))


def checked(references: list[Reference], web: FakeWeb | None = None, **changes: Any) -> Report:
    settings = CheckSettings(allow_private=True, timeout=2.0, **{"deadline": 20.0, **changes})
    return links.check(Library(references), web=web or FakeWeb(), settings=settings)


def test_every_reference_is_told_and_every_address_visited_once(site: Site) -> None:
    gone, page = site.url("/gone"), site.url("/ok")
    report = checked(
        [reference("a", gone, 3), reference("b", page, 4), reference("c", gone, 7), reference("d", "", 8, gone)]
    )
    assert [(f.code, f.reference, f.origin.page, f.origin.line) for f in report.findings] == [
        ("AB301", "a", "list.txt", 3),
        ("AB301", "c", "list.txt", 7),
        ("AB301", "d", "list.txt", 8),
    ]
    assert Counter(site.asked) == {"/gone": 1, "/ok": 1}
    assert [(state.url, state.references) for state in report.links] == [(gone, ("a", "c", "d")), (page, ("b",))]


def test_who_has_a_copy_that_is_well_misses_nothing(site: Site) -> None:
    gone, copy = site.url("/gone"), site.url("/ok")
    report = checked([reference("a", gone, 1, copy), reference("b", gone, 2)])
    assert [(f.reference, f.severity.value) for f in report.findings] == [("a", "note"), ("b", "error")]
    assert "Its archived copy is well." in report.findings[0].message
    assert report.links[0].standing == "counts"
    report = checked([reference("a", gone, 1, copy)])
    assert report.links[0].standing == "archived"
    report = checked([reference("a", gone, 1, site.url("/none"))])
    assert [f.severity.value for f in report.findings] == ["error", "error"]


def test_a_permanent_chain_proposes_its_end_and_a_broken_one_does_not(site: Site) -> None:
    site.answers |= {"/a": to("/b", 301), "/b": to("/ok", 308), "/c": to("/d", 301), "/d": to("/ok", 302)}
    report = checked([reference("a", site.url("/a#part"), 1), reference("c", site.url("/c"), 2)])
    assert [(f.code, f.reference, f.fix) for f in report.findings if f.code != "AB306"] == [
        ("AB305", "a", site.url("/ok#part"))
    ]
    assert [state.final_url for state in report.links] == [site.url("/ok#part"), site.url("/ok")]


def test_fragments_share_a_visit_and_are_notes(site: Site) -> None:
    urls = [site.url("/ok#sec"), site.url("/ok#loaded"), site.url("/ok"), site.url("/ok#:~:text=lorem")]
    report = checked([reference(str(place), url, place) for place, url in enumerate(urls, start=1)])
    assert site.asked == ["/ok"]
    assert [(f.code, f.severity, f.reference) for f in report.findings] == [("AB306", "note", "2")]
    assert {state.verdict.value for state in report.links} == {"ok"}


def test_private_addresses_are_named_and_not_visited() -> None:
    strict = Visitor(user_agent="alliancebib/test", timeout=1.0)
    web = FakeWeb()
    web.visit = strict.visit  # type: ignore[method-assign]
    report = checked([reference("a", "http://127.0.0.1:9/x", 1)], web)
    assert [f.code for f in report.findings] == ["AB307"]
    assert (report.links[0].outcome, report.links[0].verdict) == ("skipped", "uncertain")


def test_addresses_at_doi_org_are_asked_about_not_visited() -> None:
    known, unknown = "https://doi.org/10.1000/Good", "http://dx.doi.org/10.1000/bad"
    base = "https://doi.org/api/handles"
    answers = {
        f"{base}/10.1000/good": Answer(url="", status=200, body=b'{"responseCode":1}'),
        f"{base}/10.1000/bad": Answer(url="", status=404, body=b'{"responseCode":100}'),
    }
    web = FakeWeb({}, answers)
    report = links.check_urls([unknown, known], web=web, settings=SETTINGS)
    assert [(state.url, state.verdict) for state in report.links] == [(unknown, "dead"), (known, "ok")]
    assert [finding.code for finding in report.findings] == ["AB401"]
    assert links.check(Library([reference("a", known, 1)]), web=web, settings=SETTINGS) == Report()
    assert web.visited == []


# -- the run as a whole


def test_without_network_nothing_is_called_dead() -> None:
    urls = [f"https://host{number}.test/" for number in range(3)]
    visits = {url: Visit(url=url, problem="dns", detail="No.") for url in [*urls, SETTINGS.doi_base_url]}
    report = checked([reference(url, url, 1) for url in urls], FakeWeb(visits))
    assert [state.outcome for state in report.links] == ["skipped"] * 3
    assert report.findings == ()
    assert "No network" in report.unavailable[0]


def test_neither_a_private_address_nor_a_bad_one_is_a_network() -> None:
    url, private, bad = "https://a.test/", "http://10.0.0.1/", "www.example.org"
    visits = {one: Visit(url=one, problem="dns", detail="No.") for one in (url, SETTINGS.doi_base_url)}
    visits |= {
        private: Visit(url=private, problem="private", detail="Private."),
        bad: Visit(url=bad, problem="address", detail="No address.", attempts=0),
    }
    report = checked([reference(one, one, 1) for one in (url, private, bad)], FakeWeb(visits))
    assert [state.outcome for state in report.links] == ["skipped", "skipped", "invalid"]
    assert [finding.code for finding in report.findings] == ["AB307", "AB202"]
    assert "No network" in report.unavailable[0]


def test_a_list_of_dead_hosts_is_no_missing_network() -> None:
    url = "https://gone.test/"
    there = Visit(url=SETTINGS.doi_base_url, final_url=SETTINGS.doi_base_url, status=200)
    visits = {url: Visit(url=url, problem="dns", detail="No."), SETTINGS.doi_base_url: there}
    report = checked([reference("a", url, 1)], FakeWeb(visits))
    assert [(state.verdict, state.outcome) for state in report.links] == [("dead", "unreachable")]
    assert report.unavailable == ()


def test_offline_is_said_once() -> None:
    urls = [f"https://host{number}.test/" for number in range(3)]
    visits = {url: Visit(url=url, problem="offline", attempts=0) for url in urls}
    report = checked([reference(url, url, 1) for url in urls], FakeWeb(visits))
    assert report.unavailable == ("Offline: 3 addresses not visited.",)
    assert {state.verdict.value for state in report.links} == {"uncertain"}
    assert report.findings == ()


class SlowWeb(FakeWeb):
    """Counts how many visits run at a time, together and to each host."""

    def __init__(self, seconds: dict[str, float]) -> None:
        super().__init__({})
        self.seconds = seconds
        self.lock = threading.Lock()
        self.running: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.order: list[str] = []

    def visit(self, url: str) -> Visit:
        host = url.split("/")[2]
        with self.lock:
            self.order.append(host)
            for name in (host, "all"):
                self.running[name] += 1
                self.most[name] = max(self.most[name], self.running[name])
        time.sleep(self.seconds.get(host, 0.01))
        with self.lock:
            self.running.subtract([host, "all"])
        return Visit(url=url, final_url=url, status=200)


def test_hosts_are_served_in_turn_and_never_beyond_their_limit() -> None:
    urls = [f"https://big.test/{number}" for number in range(30)] + [f"https://h{number}.test/" for number in range(6)]
    web = SlowWeb({})
    report = checked([reference(url, url, 1) for url in urls], web, workers=8, per_host=3)
    assert [state.url for state in report.links] == urls
    assert web.most["big.test"] == 3
    assert web.most["all"] <= 8
    assert {f"h{number}.test" for number in range(6)} <= set(web.order[:16])


def test_what_the_deadline_cuts_off_is_named_and_uncertain() -> None:
    urls = ["https://stuck.test/1", "https://stuck.test/2", "https://quick.test/"]
    web = SlowWeb({"stuck.test": 3.0})
    began = time.monotonic()
    report = checked([reference(url, url, 1) for url in urls], web, per_host=1, deadline=0.3)
    assert time.monotonic() - began < 2.5
    assert [(state.verdict, state.outcome) for state in report.links] == [
        ("uncertain", "skipped"),
        ("uncertain", "skipped"),
        ("ok", "ok"),
    ]
    assert "https://stuck.test/1" in report.unavailable[0]
    assert "https://stuck.test/2" in report.unavailable[0]


def test_a_throttled_host_is_tried_slowly_and_left_in_peace_when_it_goes_on_refusing() -> None:
    calls: Counter[str] = Counter()

    class Throttling(FakeWeb):
        def visit(self, url: str) -> Visit:
            calls[url] += 1
            kind = url.split("/")[2]
            good = kind == "fine.test" or (kind == "later.test" and calls[url] > 1)
            return Visit(url=url, final_url=url, status=200 if good else 429)

    urls = [f"https://{host}.test/{number}" for host in ("later", "never", "fine") for number in range(9)]
    report = checked([reference(url, url, 1) for url in urls], Throttling(), per_host=2)
    outcomes = Counter((state.url.split("/")[2], state.outcome) for state in report.links)
    assert outcomes == {("later.test", "ok"): 9, ("never.test", "refused"): 9, ("fine.test", "ok"): 9}
    assert sum(number for url, number in calls.items() if "never" in url) <= _visiting.MOST_REFUSALS + 1


def test_a_host_that_redirects_to_dead_ones_is_none(site: Site) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{unused.getsockname()[1]}/x"
        site.answers |= {f"/r{number}": to(dead) for number in range(8)}
        urls = [site.url(f"/r{number}") for number in range(8)] + [site.url("/ok")]
        report = checked([reference(url, url, 1) for url in urls])
    assert [state.outcome for state in report.links] == ["unreachable"] * 8 + ["ok"]


def test_a_resolver_that_is_down_kills_no_host() -> None:
    urls = [f"https://one.test/{number}" for number in range(8)]
    visits = {url: Visit(url=url, problem="resolver", detail="Nobody could be asked.") for url in urls}
    good = "https://good.test/"
    visits[good] = Visit(url=good, final_url=good, status=200)
    report = checked([reference(url, url, 1) for url in visits], FakeWeb(visits))
    assert {state.outcome for state in report.links} == {"unknown", "ok"}


def test_a_burst_of_refusals_is_one_and_what_a_host_asks_for_is_granted() -> None:
    class Bucket(FakeWeb):
        """Answers five visits in each .2 s."""

        times: list[float] = []  # noqa: RUF012 - one list for the one web of this test

        def visit(self, url: str) -> Visit:
            now = time.monotonic()
            full = sum(now - moment < 0.2 for moment in self.times) >= 5
            if not full:
                self.times.append(now)
            return Visit(url=url, final_url=url, status=429 if full else 200, retry_after=0.2 if full else None)

    urls = [f"https://one.test/{number}" for number in range(40)]
    report = checked([reference(url, url, 1) for url in urls], Bucket({}))
    assert Counter(state.outcome for state in report.links)["ok"] >= 36


def test_a_limit_that_is_used_up_for_long_ends_the_visits_of_a_host() -> None:
    class Spent(FakeWeb):
        def visit(self, url: str) -> Visit:
            self.visited.append(url)
            headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600"}
            return Visit(url=url, final_url=url, status=403, headers=headers)

    web = Spent({})
    urls = [f"https://api.test/{number}" for number in range(30)]
    report = checked([reference(url, url, 1) for url in urls], web)
    assert {state.outcome for state in report.links} == {"refused"}
    assert len(web.visited) <= 8


def test_all_addresses_of_a_host_that_is_down_are_remembered(tmp_path: Path) -> None:
    urls = [f"https://down.test/{number}" for number in range(12)]
    visits = {url: Visit(url=url, problem="closed", detail="Nothing answers.") for url in urls}
    good = "https://good.test/"
    visits[good] = Visit(url=good, final_url=good, status=200)
    file = SightingsFile(tmp_path / "links.sqlite", today=date(2026, 11, 28))
    links.check_urls([*urls, good], web=FakeWeb(visits), settings=SETTINGS, sightings=file)
    assert all(file.of(url) for url in urls)
    file.close()


def test_a_landing_page_for_all_addresses_is_proposed_for_none(site: Site) -> None:
    site.answers |= {"*": to("/en/start.html", 301), "/en/start.html": Reply()}
    report = checked([reference(str(n), site.url(f"/papers/{n}.html"), n) for n in range(1, 4)])
    assert {state.outcome for state in report.links} == {"unknown"}
    assert not any(finding.fix for finding in report.findings)


def test_who_waits_for_another_try_holds_no_place() -> None:
    class Busy(FakeWeb):
        def visit(self, url: str) -> Visit:
            self.visited.append(url)
            again = self.visited.count(url) > 1
            return Visit(url=url, final_url=url, status=200 if again or "/late" not in url else 503, retry_after=0.3)

    web = Busy({})
    urls = ["https://one.test/late", *(f"https://one.test/{number}" for number in range(5))]
    report = checked([reference(url, url, 1) for url in urls], web, workers=1, per_host=1)
    assert web.visited == [*urls, urls[0]]
    assert [(state.outcome, state.attempts) for state in report.links] == [("ok", 2), *[("ok", 1)] * 5]


def test_what_was_tried_once_is_judged_by_that_when_the_time_is_over() -> None:
    url = "https://busy.test/"
    visits = {url: Visit(url=url, final_url=url, status=503, retry_after=20.0)}
    report = checked([reference("a", url, 1)], FakeWeb(visits), deadline=1.0)
    assert [(state.outcome, state.status) for state in report.links] == [("refused", 503)]


def test_ctrl_c_leaves_what_was_found() -> None:
    urls = [f"https://host{number}.test/" for number in range(40)]
    seen: list[int] = []

    def interrupting(_: str, done: int, __: int) -> None:
        seen.append(done)
        if done == 5:
            raise KeyboardInterrupt

    report = links.check(
        Library([reference(url, url, 1) for url in urls]),
        web=SlowWeb({}),
        settings=CheckSettings(workers=2, per_host=1),
        progress=interrupting,
    )
    assert report.stopped
    assert [state.outcome for state in report.links].count("ok") == 5
    assert report.unavailable == ("Stopped: 35 of 40 addresses were not visited.",)


def test_progress_is_told_in_the_callers_thread(site: Site) -> None:
    told: list[tuple[str, int, int, str]] = []
    urls = [site.url(f"/{number}") for number in range(4)]
    links.check_urls(
        urls,
        web=FakeWeb(),
        settings=SETTINGS,
        progress=lambda what, done, whole: told.append((what, done, whole, threading.current_thread().name)),
    )
    assert told == [("links", number, 4, threading.current_thread().name) for number in range(1, 5)]


def test_a_machine_that_trusts_nobody_calls_nobody_dead() -> None:
    urls = [f"https://host{number}.test/" for number in range(3)]
    bad = {url: Visit(url=url, problem="tls", detail=UNKNOWN_ISSUER) for url in urls}
    plain = "http://plain.test/"
    visits = {**bad, plain: Visit(url=plain, final_url=plain, status=404)}
    report = checked([reference(url, url, 1) for url in visits], FakeWeb(visits))
    assert [state.outcome for state in report.links] == ["skipped"] * 3 + ["gone"]
    assert [finding.code for finding in report.findings] == ["AB301"]
    assert "No certificate" in report.unavailable[0]
    good = "https://good.test/"
    visits[good] = Visit(url=good, final_url=good, status=200)
    report = checked([reference(url, url, 1) for url in visits], FakeWeb(visits))
    assert [state.outcome for state in report.links] == ["invalid"] * 3 + ["gone", "ok"]


def test_a_silent_host_is_not_waited_for_at_each_of_its_addresses() -> None:
    class Silent(FakeWeb):
        def visit(self, url: str) -> Visit:
            self.visited.append(url)
            quiet = "quiet" in url
            return Visit(url=url, final_url=url, problem="timeout" if quiet else "", status=None if quiet else 200)

    urls = [f"https://quiet.test/{number}" for number in range(30)] + ["https://good.test/"]
    web = Silent()
    report = checked([reference(url, url, 1) for url in urls], web, per_host=2)
    assert Counter(state.outcome for state in report.links) == {"unreachable": 30, "ok": 1}
    assert len(web.visited) <= 1 + _visiting.SILENT_VISITS + 2
    assert [finding.code for finding in report.findings] == ["AB304"] * 30
