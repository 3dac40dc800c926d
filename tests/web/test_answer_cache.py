"""The cache: fresh by outcome, shared by processes, never a reason to stop."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alliancebib.web import Answer
from alliancebib.web.cache import AnswerCache, default_path, is_fresh, question_key

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def answer(status: int = 200, body: bytes = b"{}", days_ago: float = 0.0) -> Answer:
    fetched = (NOW - timedelta(days=days_ago)).isoformat()
    headers = {"content-type": "application/json", "set-cookie": "secret"}
    return Answer(url="https://a.example/x", status=status, headers=headers, body=body, fetched=fetched)


def open_cache(path: Path | None) -> AnswerCache:
    return AnswerCache(path, now=lambda: NOW)


def test_what_is_put_is_got_again_without_cookies(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "answers.sqlite"
    first = open_cache(path)
    first.put("key", answer(body="тело".encode()))
    first.close()
    got = open_cache(path).get("key")
    assert got is not None
    assert (got.text, got.status, got.cached) == ("тело", 200, True)
    assert got.headers == {"content-type": "application/json"}


@pytest.mark.parametrize("status", [403, 429, 500, 503, 301])
def test_errors_are_not_kept(tmp_path: Path, status: int) -> None:
    cache = open_cache(tmp_path / "c")
    cache.put("key", answer(status))
    assert cache.get("key") is None


@pytest.mark.parametrize(
    ("status", "days", "fresh"),
    [(200, 29, True), (200, 31, False), (404, 0.9, True), (404, 2, False), (200, -1, False)],
)
def test_freshness_goes_by_outcome(status: int, days: float, fresh: bool) -> None:
    assert is_fresh(answer(status, days_ago=days), NOW) is fresh


def test_very_old_answers_are_dropped(tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "c")
    cache.put("old", answer(days_ago=500))
    cache.put("young", answer(days_ago=300))
    cache.close()
    again = open_cache(tmp_path / "c")
    assert again.get("old") is None
    assert again.get("young") is not None


def test_the_key_knows_what_is_asked_and_not_who_asks() -> None:
    url = "https://a.example/works"
    key = question_key(url, {"b": "2", "a": "1", "mailto": "me@example.org"}, "*/*")
    assert key == question_key(url, {"a": "1", "b": "2"}, "*/*")
    assert "me@" not in key
    assert key != question_key(url, {"a": "1", "b": "3"}, "*/*")
    assert key != question_key(url, {"a": "1", "b": "2"}, "text/html")


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4000, b"\x00" * 10])
def test_a_damaged_file_is_set_aside_and_made_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "answers.sqlite"
    path.write_bytes(damage)
    cache = open_cache(path)
    assert cache.get("key") is None
    cache.put("key", answer())
    cache.close()
    assert open_cache(path).get("key") is not None
    assert (tmp_path / "answers.sqlite.damaged").read_bytes() == damage


def test_damage_in_the_middle_of_a_run(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    cache = open_cache(path)
    for number in range(200):
        cache.put(f"key{number}", answer(body=os.urandom(2000)))
    cache.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:5000] + b"\xaa" * (len(whole) - 5000))
    again = open_cache(path)
    for number in range(0, 200, 20):
        again.get(f"key{number}")
    again.put("new", answer())
    assert again.get("new") is not None


def test_a_damaged_row_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    cache = open_cache(path)
    cache.put("key", answer())
    cache.close()
    with sqlite3.connect(path) as connection:
        connection.execute("update answers set body = x'00ff'")
    connection.close()
    cache = open_cache(path)
    assert cache.get("key") is None
    cache.put("key", answer())
    assert cache.get("key") is not None


def test_another_version_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    cache = open_cache(path)
    cache.put("key", answer())
    cache.close()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()
    assert open_cache(path).get("key") is None


def test_where_nothing_can_be_written_memory_serves(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = open_cache(tmp_path / "file" / "answers.sqlite")
    cache.put("key", answer())
    assert cache.get("key") is not None
    cache.close()


def test_two_processes_may_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    code = (
        "import sys; from pathlib import Path; from alliancebib.web import Answer\n"
        "from alliancebib.web.cache import AnswerCache\n"
        "cache = AnswerCache(Path(sys.argv[1]))\n"
        "for number in range(60):\n"
        "    cache.put(f'{sys.argv[2]}{number}', Answer(url='u', status=200, fetched='2026-11-23T00:00:00+00:00'))\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in "ab"]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    cache = AnswerCache(path, now=lambda: NOW)
    assert all(cache.get(f"{name}{number}") for name in "ab" for number in range(60))
    assert not path.with_name(path.name + ".damaged").exists()


def test_odd_characters_in_a_key(tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "c")
    cache.put("a\ud800\x00b", answer())
    assert cache.get("a\ud800\x00b") is not None


def test_the_cache_lies_in_the_users_cache_folder() -> None:
    assert default_path().parts[-2:] == ("alliancebib", "answers.sqlite") or os.name == "nt"
