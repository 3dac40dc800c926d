"""``index`` makes an index of files and folders of records, whole or not at all, and says what it left out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from alliancebib.resolvers.local import Local
from cli.running import alliancebib
from services import record

RECORDS = [record(f"10.5555/n{number}", f"Alliances, part {number}", ("Ole", "Øre"), 2000) for number in range(6)]
LINES = "".join(f"{json.dumps(one)}\n" for one in RECORDS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of records in files and folders below, with other files among them."""
    below = tmp_path / "records" / "2026"
    below.mkdir(parents=True)
    (tmp_path / "records" / "0.json.gz").write_bytes(gzip.compress(json.dumps({"items": RECORDS[:2]}).encode()))
    (tmp_path / "records" / "README.txt").write_text("no records", "utf-8")
    (below / "1.jsonl").write_text(f"{json.dumps(RECORDS[2])}\nno record\n{json.dumps(RECORDS[0])}\n", "utf-8")
    (below / "2.jsonl").mkdir()
    (below / "2.jsonl" / "3.ndjson").write_text(json.dumps(RECORDS[3]), "utf-8")
    return tmp_path


def test_folders_and_files_become_one_index(folder: Path) -> None:
    (folder / "more").write_text(LINES, "utf-8")
    ran = alliancebib("index", "records", "more", "-o", "out/records.index", cwd=folder)
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert ran.err.splitlines() == [
        "Wrote out/records.index: 6 records.",
        "5 records came again; the last one was kept.",
        "1 line could not be read as a record and was left out.",
    ]
    assert Local(folder / "out" / "records.index").lookup("10.5555/N3")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("records/README.txt", "-o", "x.index"), "no record of Crossref is in it"),
        (("empty", "-o", "x.index"), "no file of records is in it"),
        (("missing", "-o", "x.index"), "missing"),
        (("records",), "--output"),
        (("-o", "x.index"), "RECORDS"),
        (("lines.jsonl", "-o", "lines.jsonl"), "holds records to be read"),
        (("lines.jsonl", "-o", "lines.jsonl/x.index"), "cannot be written"),
        (("cut.jsonl.gz", "-o", "x.index"), "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(folder: Path, words: tuple[str, ...], said: str) -> None:
    (folder / "empty").mkdir()
    (folder / "lines.jsonl").write_text(LINES, "utf-8")
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(LINES.encode())[:-20])
    ran = alliancebib("index", *words, cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert (folder / "lines.jsonl").read_text("utf-8") == LINES
    assert not [path for path in folder.rglob("*") if path.name.endswith((".index", ".new"))]


def test_a_slice_that_cannot_be_read_is_told_and_costs_no_other(folder: Path) -> None:
    (folder / "records" / "1.json.gz").write_bytes(gzip.compress(LINES.encode())[:-20])
    ran = alliancebib("index", "records", "-o", "x.index", cwd=folder)
    assert (ran.code, ran.out) == (1, "")
    assert "Wrote x.index: 4 records." in ran.err
    assert "records/1.json.gz cannot be read to its end" in ran.err


def test_an_index_is_made_anew_while_it_is_searched(folder: Path) -> None:
    (folder / "lines.jsonl").write_text(LINES, "utf-8")
    assert alliancebib("index", "records", "-o", "x.index", cwd=folder).code == 0
    local = Local(folder / "x.index")
    assert local.lookup("10.5555/n5") is None
    assert alliancebib("index", "lines.jsonl", "-o", "x.index", cwd=folder).code == 0
    assert local.lookup("10.5555/n3") is not None  # the file that it opened is still the old one
    assert Local(folder / "x.index").lookup("10.5555/n5") is not None
