"""The lock: the same values give the same bytes and come back whole; damage is told with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliancebib.errors import SettingsError
from alliancebib.finding import LinkState, Verdict
from alliancebib.lock import Lock, Open, accepted, load_lock, lock_text
from alliancebib.model import Name, Origin, PartialDate, Reference

RECORD = Reference(
    id="1234",
    kind="article-journal",
    title="Организация & <b>",
    author=(Name(family="Aris", given="S."), Name(literal="NATO")),
    issued=PartialDate(year=2014, month=2),
    doi="10.5555/aris",
    extra={"available-date": PartialDate(year=2013), "status": "retracted"},
    origins=(Origin(page="x", raw="x"),),
)
LOCK = Lock(
    works={"b": accepted(RECORD, resolver="crossref", date="2026-11-23", score=0.98765432)},
    open={
        "a": Open(verdict="none", resolver="crossref", date="2026-11-23", threshold=0.9, message="Nothing."),
        "c": Open(verdict="unknown", resolver="crossref", date="2026-11-23", threshold=0.9, message="?", doi="10.1/x"),
    },
    links={"https://x.example/": LinkState(url="https://x.example/", verdict=Verdict.OK, outcome="ok", status=200)},
)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path / "the.lock", lock_text(LOCK))
    assert load_lock(path) == LOCK
    assert lock_text(load_lock(path)) == lock_text(LOCK)
    assert LOCK.works["b"].record.origins == ()


def test_order_of_entries_does_not_show() -> None:
    other = Lock(works=LOCK.works, open=dict(reversed(LOCK.open.items())), links=LOCK.links)
    assert lock_text(other) == lock_text(LOCK)


def test_a_value_a_line_and_a_line_end() -> None:
    text = lock_text(LOCK)
    assert text.endswith("}\n")
    assert '"title": "Организация & <b>"' in text
    assert max(len(line) for line in text.splitlines()) < 100
    assert json.loads(text)["version"] == 1


def test_times_and_tries_of_a_run_are_left_out() -> None:
    state = LinkState(url="u", verdict=Verdict.DEAD, outcome="gone", status=404, seconds=1.5, attempts=3)
    quick = LinkState(url="u", verdict=Verdict.DEAD, outcome="gone", status=404, seconds=0.1, attempts=1)
    assert lock_text(Lock(links={"u": state})) == lock_text(Lock(links={"u": quick}))


def test_half_a_character_does_not_stop_the_writing(tmp_path: Path) -> None:
    state = LinkState(url="http://x/\ud800", verdict=Verdict.DEAD, outcome="invalid")
    path = written(tmp_path / "the.lock", lock_text(Lock(links={state.url: state})))
    assert list(load_lock(path).links) == ["http://x/\ud800"]


def test_a_missing_file_is_an_empty_lock(tmp_path: Path) -> None:
    assert load_lock(tmp_path / "missing.lock") == Lock()


def test_a_byte_order_mark_is_no_damage(tmp_path: Path) -> None:
    assert load_lock(written(tmp_path / "the.lock", "\ufeff" + lock_text(LOCK))) == LOCK


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", ":1:1"),
        ("{", ":1:2"),
        ('{\n  "version": 1,\n  "works": {\n<<<<<<< ours\n', ":4:1"),
        ("[]", ""),
        ("{}", ""),
        ("null", ""),
        ('{"version": "one"}', ""),
        ('{"version": true}', ""),
        ('{"version": 1, "works": []}', ""),
        ('{"version": 1, "works": {"a": {"doi": "10.1/x"}}}', ""),
        ('{"version": 1, "links": {"a": 7}}', ""),
        ('{"version": 1, "links": {"a": {"verdict": "maybe", "outcome": "ok"}}}', ""),
        ('{"version": 1, "open": {"a": {"verdict": "none", "threshold": NaN}}}', ""),
        ('{"version": 1, "worsk": {}}', ""),
        ("\x00", ":1:1"),
        ("[" * 100_000, ""),
    ],
)
def test_damage_is_told_with_place_and_next_step(tmp_path: Path, text: str, place: str) -> None:
    path = written(tmp_path / "the.lock", text)
    with pytest.raises(SettingsError) as caught:
        load_lock(path)
    assert caught.value.place == f"{path}{place}"
    assert "delete it" in caught.value.help
    assert "damaged" in caught.value.message
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"score": 0.9877', '"score": "much"', "`score` of the entry b of `works` is not what it should be"),
        ('"resolver": "crossref",\n', "", "the entry b of `works` has no `resolver`"),
        ('"resolver": "crossref",\n', '"resolver": "crossref", "x": 1,\n', "the entry b of `works` has a `x`"),
    ],
)
def test_the_entry_that_is_damaged_is_named_in_words(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = lock_text(LOCK)
    start = text.index('    "b": {')
    changed = text[:start] + text[start:].replace(old, new, 1)
    assert changed != text
    with pytest.raises(SettingsError) as caught:
        load_lock(written(tmp_path / "the.lock", changed))
    assert said in caught.value.message
    assert not any(word in caught.value.message for word in ("Expected", "Object", "$", "codec", "Expecting"))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "the.lock"
    path.write_bytes(b'{"version": 1, "x": "\xff\xfe"}')
    with pytest.raises(SettingsError, match="damaged"):
        load_lock(path)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_lock(tmp_path)


def test_a_newer_lock_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="version 2") as caught:
        load_lock(written(tmp_path / "the.lock", '{"version": 2, "future": []}'))
    assert "Update" in caught.value.help


@pytest.mark.parametrize(
    ("old", "new"), [('"year": 2014', '"year": 2015'), ('"doi": "10.5555/aris"', '"doi": "10.1/x"')]
)
def test_a_record_changed_by_hand_is_noticed(tmp_path: Path, old: str, new: str) -> None:
    path = written(tmp_path / "the.lock", lock_text(LOCK).replace(old, new, 1))
    with pytest.raises(SettingsError, match="record of b was changed by hand") as caught:
        load_lock(path)
    assert "decisions.toml" in caught.value.help


@pytest.mark.parametrize("shelf", ["works", "open"])
def test_what_is_no_day_is_damage(tmp_path: Path, shelf: str) -> None:
    value = json.loads(lock_text(LOCK))
    next(iter(value[shelf].values()))["date"] = "yesterday"
    with pytest.raises(SettingsError, match=r"'yesterday' at . is no day"):
        load_lock(written(tmp_path / "the.lock", json.dumps(value)))


def test_locks_of_before_say_nothing_of_stated_dois(tmp_path: Path) -> None:
    value = json.loads(lock_text(LOCK))
    del value["works"]["b"]["stated"]
    assert load_lock(written(tmp_path / "the.lock", json.dumps(value))) == LOCK
