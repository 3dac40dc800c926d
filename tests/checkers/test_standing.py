"""When a dead address counts, and what is said of it; what earlier runs saw, and for how long it serves."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from alliancebib.checkers._earlier import Earlier
from alliancebib.checkers._standing import severity_of, with_standing, words_of
from alliancebib.config import CheckSettings, FreshFor
from alliancebib.finding import LinkState, Severity, Standing, Verdict
from alliancebib.sightings import Sighting, SightingsFile

TODAY = date(2026, 11, 28)
OK, DEAD, UNCERTAIN = Verdict.OK, Verdict.DEAD, Verdict.UNCERTAIN


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def dead(outcome: str, since: int = 0, last_ok: str = "") -> LinkState:
    return LinkState(
        url="https://a.example/x", verdict=DEAD, outcome=outcome, since=ago(since), last_ok=last_ok, checked=ago(0)
    )


@pytest.mark.parametrize(
    ("state", "changes", "counts"),
    [
        (dead("gone"), {}, True),
        (dead("invalid"), {}, True),
        (dead("unreachable"), {}, False),
        (dead("unreachable"), {"grace": 0}, True),
        (dead("unreachable", since=2), {}, False),
        (dead("unreachable", since=3), {}, True),
        (dead("unreachable", since=3), {"grace": 10}, False),
        (dead("gone", last_ok=ago(30)), {}, False),
        (dead("gone", since=3, last_ok=ago(30)), {}, True),
        (dead("gone", last_ok=ago(30)), {"grace_for_gone": False}, True),
        (dead("invalid", last_ok=ago(30)), {"grace_for_gone": False}, False),
        (dead("unreachable", last_ok=ago(30)), {"grace_for_gone": False}, False),
    ],
)
def test_what_counts(state: LinkState, changes: dict[str, Any], counts: bool) -> None:
    found = with_standing(state, settings=CheckSettings(**changes), today=TODAY, host_is_well=True)
    assert found.standing is (Standing.COUNTS if counts else Standing.GRACE)
    assert severity_of(found) is (Severity.ERROR if counts else Severity.WARNING)


def test_one_sighting_does_not_come_to_count_by_itself() -> None:
    seen_once = msgspec.structs.replace(dead("gone", since=4, last_ok=ago(30)), checked=ago(4))
    found = with_standing(seen_once, settings=CheckSettings(), today=TODAY)
    assert found.standing is Standing.GRACE


def test_a_page_is_not_gone_for_certain_while_its_host_is_unwell() -> None:
    state = dead("gone", last_ok=ago(30))
    found = with_standing(state, settings=CheckSettings(grace_for_gone=False), today=TODAY, host_is_well=False)
    assert found.standing is Standing.GRACE


def test_only_the_dead_have_a_standing() -> None:
    state = LinkState(url="https://a.example/", verdict=UNCERTAIN, outcome="refused", standing=Standing.COUNTS)
    found = with_standing(state, settings=CheckSettings(), today=TODAY)
    assert found.standing is None
    assert severity_of(found) is None
    assert words_of(found, settings=CheckSettings()) == ""


def test_what_is_said_of_days() -> None:
    settings = CheckSettings()
    new = with_standing(dead("unreachable"), settings=settings, today=TODAY)
    assert words_of(new, settings=settings) == f" It counts as dead if it still is so on {ago(-3)}."
    old = with_standing(dead("gone", since=1, last_ok=ago(9)), settings=settings, today=TODAY)
    said = f" Dead since {ago(1)}; it was well on {ago(9)}; it counts as dead if it still is so on {ago(-2)}."
    assert words_of(old, settings=settings) == said
    assert words_of(with_standing(dead("gone"), settings=settings, today=TODAY), settings=settings) == ""


# -- memory


def seen(url: str, verdict: Verdict, outcome: str, day: date, **fields: Any) -> Sighting:
    state = LinkState(url=url, verdict=verdict, outcome=outcome, checked=day.isoformat(), attempts=1, **fields)
    return Sighting(state=state, code=fields.pop("code", ""))


def status_of(outcome: str) -> int | None:
    return {"ok": 200, "gone": 404, "refused": 403}.get(outcome)


def history(path: Path, *verdicts: tuple[Verdict, str]) -> LinkState:
    """Give the state after one run a day with these verdicts, the last today."""
    url = "https://a.example/x"
    found = Sighting(state=dead("gone"))
    for place, (verdict, outcome) in enumerate(verdicts):
        day = TODAY - timedelta(days=len(verdicts) - 1 - place)
        file = SightingsFile(path, today=day)
        [found] = Earlier(file, settings=CheckSettings(), today=day).add(
            [seen(url, verdict, outcome, day, status=status_of(outcome))]
        )
        file.close()
    return found.state


@pytest.mark.parametrize(
    ("verdicts", "since", "last_ok"),
    [
        ([(OK, "ok")], "", ago(0)),
        ([(DEAD, "gone")], ago(0), ""),
        ([(OK, "ok"), (DEAD, "gone"), (DEAD, "gone")], ago(1), ago(2)),
        ([(OK, "ok"), (DEAD, "gone"), (UNCERTAIN, "refused"), (DEAD, "gone")], ago(2), ago(3)),
        ([(DEAD, "gone"), (OK, "ok"), (DEAD, "unreachable")], ago(0), ago(1)),
        ([(DEAD, "unreachable"), (DEAD, "gone"), (DEAD, "invalid")], ago(2), ""),
        ([(DEAD, "unreachable"), (UNCERTAIN, "refused"), (DEAD, "unreachable")], ago(0), ""),
    ],
)
def test_runs_add_up(tmp_path: Path, verdicts: list[tuple[Verdict, str]], since: str, last_ok: str) -> None:
    found = history(tmp_path / "links.sqlite", *verdicts)
    assert (found.since, found.last_ok) == (since, last_ok)


@pytest.mark.parametrize(
    ("url", "answer", "days", "fresh"),
    [
        ("https://a.example/x", ("ok", 200), 6, True),
        ("https://a.example/x", ("ok", 200), 7, False),
        ("https://a.example/x", ("gone", 404), 0, True),
        ("https://a.example/x", ("gone", 404), 1, False),
        ("https://a.example/x", ("refused", 403), 6, True),
        ("https://a.example/x", ("refused", 429), 0, False),
        ("https://a.example/x", ("refused", None), 0, False),
        ("https://a.example/x", ("unreachable", None), 0, False),
        ("https://a.example/x", ("ok", 200), -1, False),
        ("http://127.0.0.1:8000/x", ("ok", 200), 0, False),
        ("http://wiki/x", ("ok", 200), 0, False),
    ],
)
def test_for_how_long_a_visit_serves(
    tmp_path: Path, url: str, answer: tuple[str, int | None], days: int, fresh: bool
) -> None:
    outcome, status = answer
    file = SightingsFile(tmp_path / "links.sqlite", today=TODAY)
    file.note([seen(url, OK, outcome, TODAY - timedelta(days=days), status=status)])
    found = Earlier(file, settings=CheckSettings(), today=TODAY).fresh([url, "https://b.example/"])
    assert list(found) == [url] * fresh
    assert all(one.state.attempts == 0 for one in found.values())
    never = CheckSettings(fresh_for=FreshFor(ok=0, moved=0, refused=0, gone=0))
    assert not Earlier(file, settings=never, today=TODAY).fresh([url])
    file.close()


def test_another_place_on_a_page_that_was_well_is_no_new_page(tmp_path: Path) -> None:
    file = SightingsFile(tmp_path / "links.sqlite", today=TODAY)
    earlier = Earlier(file, settings=CheckSettings(), today=TODAY)
    earlier.add([seen("https://a.example/x", OK, "ok", TODAY - timedelta(days=9), status=200)])
    [found] = earlier.add([seen("https://a.example/x#y", DEAD, "gone", TODAY, status=404)])
    assert found.state.last_ok == ago(9)
    file.close()


def test_memory_that_cannot_be_used_is_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    path.write_bytes(b"no database" * 100)
    file = SightingsFile(path, today=TODAY)
    assert file.of("https://a.example/") is None
    file.note([seen("https://a.example/\ud800", OK, "ok", TODAY)])
    assert file.of("https://a.example/\ud800") is not None
    file.close()
    folder = tmp_path / "folder"
    folder.mkdir()
    blocked = SightingsFile(folder, today=TODAY)
    blocked.note([seen("https://a.example/", OK, "ok", TODAY)])
    assert str(folder) in blocked.problem
    blocked.close()


def test_what_is_too_old_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    file = SightingsFile(path, today=TODAY - timedelta(days=900))
    file.note([seen("https://a.example/", OK, "ok", TODAY - timedelta(days=900))])
    file.close()
    file = SightingsFile(path, today=TODAY)
    assert file.of("https://a.example/") is None
    file.close()
