"""Who is asked of what: dead addresses alone, each once, near their day; no secrets, no private networks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from alliancebib.archive import with_archived
from alliancebib.archive.asking import askable, moment_near
from alliancebib.config import CheckSettings
from alliancebib.errors import OfflineError, UnreachableError
from alliancebib.finding import Finding, LinkState, Report, Standing, Verdict
from alliancebib.library import Library
from alliancebib.model import PartialDate, Reference
from alliancebib.web import Answer, Visit

SETTINGS = CheckSettings()
GONE = "https://example.com/gone"


class Service:
    """A web whose service has a copy of everything, or does what it is told."""

    def __init__(self, say: Callable[[str], bytes] | None = None) -> None:
        self.asked: list[tuple[str, str]] = []
        self._say = say or found

    def ask(self, url: str, *, params: Mapping[str, str] | None = None, accept: str = "") -> Answer:
        assert params is not None
        assert url == "https://archive.org/wayback/available"
        self.asked.append((params["url"], params["timestamp"]))
        return Answer(url=url, status=200, body=self._say(params["url"]))

    def visit(self, url: str) -> Visit:
        raise AssertionError(url)


def found(url: str) -> bytes:
    bare = url.removeprefix("https://")
    copy = f"http://web.archive.org/web/20200304050607/http://{bare}"
    return json.dumps({"archived_snapshots": {"closest": {"available": True, "status": "200", "url": copy}}}).encode()


def state(url: str, verdict: Verdict = Verdict.DEAD, **more: object) -> LinkState:
    outcome = {"ok": "ok", "dead": "gone", "uncertain": "refused"}[verdict.value]
    made = {"standing": Standing.COUNTS if verdict is Verdict.DEAD else None} | more
    return LinkState(url=url, verdict=verdict, outcome=outcome, **made)  # type: ignore[arg-type]


def report(*states: LinkState, reference: str = "a", code: str = "AB301") -> Report:
    dead = [one for one in states if one.verdict is Verdict.DEAD]
    return Report(
        links=states,
        findings=tuple(Finding.of(code, f"{one.url}: 404.", subject=one.url, reference=reference) for one in dead),
    )


def library(**fields: object) -> Library:
    return Library([Reference(id="a", url=GONE, **fields)])  # type: ignore[arg-type]


def test_state_and_finding_are_told_of_the_copy() -> None:
    web = Service()
    whole = with_archived(report(state(GONE)), library(), web=web, settings=SETTINGS)
    copy = "https://web.archive.org/web/20200304050607/http://example.com/gone"
    assert whole.links[0].archived == copy
    assert whole.findings[0].message == f"{GONE}: 404. An archived copy of 2020-03-04 is there: {copy}"
    assert whole.findings[0].fix == copy
    assert "--fix" in whole.findings[0].help
    assert [url for url, _ in web.asked] == ["example.com/gone"]


def test_only_the_dead_are_asked_about() -> None:
    web = Service()
    others = (state("https://a.org/", Verdict.OK), state("https://b.org/", Verdict.UNCERTAIN))
    accepted = state("https://c.org/", standing=Standing.ACCEPTED)
    before = report(*others, accepted)
    assert with_archived(before, Library(), web=web, settings=SETTINGS) == before
    assert web.asked == []


def test_a_finding_of_another_kind_is_not_told() -> None:
    whole = with_archived(report(state(GONE), code="AB306"), library(), web=Service(), settings=SETTINGS)
    assert "copy" not in whole.findings[0].message


def test_in_days_of_grace_the_copy_is_told_but_no_fix() -> None:
    whole = with_archived(report(state(GONE, standing=Standing.GRACE)), library(), web=Service(), settings=SETTINGS)
    assert "archived copy" in whole.findings[0].message
    assert whole.findings[0].fix == ""


def test_an_empty_answer_is_asked_once_more_for_the_address_as_it_is_cited() -> None:
    web = Service(lambda url: found(url) if url.startswith("https:") else b'{"archived_snapshots": {}}')
    whole = with_archived(report(state(GONE)), library(), web=web, settings=SETTINGS)
    assert [url for url, _ in web.asked] == ["example.com/gone", GONE]
    assert whole.links[0].archived


def test_nowhere_means_nobody_is_asked() -> None:
    web = Service()
    with_archived(report(state(GONE)), library(), web=web, settings=CheckSettings(archive_base_url=""))
    assert web.asked == []


def test_who_stays_offline_hears_nothing_of_it() -> None:
    def say(_: str) -> bytes:
        raise OfflineError("offline")

    before = report(state(GONE))
    assert with_archived(before, library(), web=Service(say), settings=SETTINGS) == before


def test_a_service_that_is_away_is_one_note() -> None:
    def say(_: str) -> bytes:
        raise UnreachableError("archive.org could not be reached")

    before = report(*(state(f"https://example.com/{number}") for number in range(9)))
    whole = with_archived(before, Library(), web=Service(say), settings=SETTINGS)
    assert whole.unavailable == ()
    assert [one.code for one in whole.findings[9:]] == ["AB309"]
    assert "9 dead addresses: archive.org could not be reached." in whole.findings[9].message


def test_ctrl_c_keeps_what_was_found() -> None:
    def progress(*_: object) -> None:
        raise KeyboardInterrupt

    whole = with_archived(report(state(GONE)), library(), web=Service(), settings=SETTINGS, progress=progress)
    assert whole.stopped
    assert whole.links[0].archived


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "http://10.0.0.1/x",
        "http://[::1]/x",
        "http://localhost/x",
        "http://wiki/x",
        "https://wiki.corp/x",
        "https://host.internal/x",
        "https://me:secret@example.com/x",
        "https://me@example.com/x",
        "https://example.com/x?token=1",
        "https://example.com/x?a=1&X-Amz-Signature=1",
        "https://example.com/x?api_key=",
        "https://example.com/x?PHPSESSID=1",
        "ftp://example.com/",
        "no address",
    ],
)
def test_some_addresses_are_nobodys_business(url: str) -> None:
    assert not askable(url, SETTINGS)
    assert not askable(url, CheckSettings(allow_private=True))


def test_a_service_at_home_may_know_what_is_at_home() -> None:
    home = CheckSettings(archive_base_url="http://127.0.0.1:8080", allow_private=True)
    assert askable("http://10.0.0.1/x", home)
    assert not askable("http://10.0.0.1/x", CheckSettings(archive_base_url="http://127.0.0.1:8080"))
    assert not askable("http://me:secret@10.0.0.1/x", home)


@pytest.mark.parametrize("url", ["https://example.com/x?id=5&lang=en", "https://example.com/token/author?keyword=x"])
def test_most_queries_are_no_secret(url: str) -> None:
    assert askable(url, SETTINGS)


@pytest.mark.parametrize(
    ("fields", "last_ok", "moment"),
    [
        ({"accessed": PartialDate(year=2019, month=5, day=6), "issued": PartialDate(year=2018)}, "", "20190506"),
        ({"issued": PartialDate(year=2018)}, "2026-01-01", "20180701"),
        ({"issued": PartialDate(year=2018, month=2)}, "", "20180215"),
        ({}, "2026-01-02", "20260102"),
        ({}, "", "20261101"),
        ({"issued": PartialDate(year=1984)}, "", "20261101"),
        ({"issued": PartialDate(year=2031)}, "", "20261101"),
        ({"issued": PartialDate(literal="forthcoming")}, "", "20261101"),
    ],
)
def test_the_moment_is_that_of_the_citation(fields: dict[str, PartialDate], last_ok: str, moment: str) -> None:
    assert moment_near([Reference(**fields)], last_ok, today=date(2026, 11, 24)) == moment  # type: ignore[arg-type]
