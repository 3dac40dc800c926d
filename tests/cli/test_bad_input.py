"""Bad input gets one sentence with place and next step, and the right exit code; nothing is lost or half-written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cli.running import Ran, alliancebib

LIST = "From Newspapers\nArmenia freezes its membership in the alliance - Reuters\nSummit ends in Minsk, TASS\n"


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def is_one_sentence(ran: Ran, *, code: int, names: str) -> None:
    assert ran.code == code, ran
    assert names in ran.err
    assert "Traceback" not in ran.err
    assert 1 <= len(ran.err.strip().splitlines()) <= 3, ran.err
    assert ran.out == ""


@pytest.mark.parametrize("command", [("parse",), ("convert",), ("format",), ("dedupe",)])
def test_missing_file(tmp_path: Path, command: tuple[str, ...]) -> None:
    is_one_sentence(alliancebib(*command, "missing.txt", cwd=tmp_path), code=2, names="missing.txt")
    assert files_in(tmp_path) == []


def test_empty_file_is_said_to_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = alliancebib("parse", "empty.txt", cwd=tmp_path)
    assert ran.code == 0
    assert json.loads(ran.out) == []
    assert "no entry" in ran.err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00"),
        ("list.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"),
        ("list.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00>\x00"),
        ("list.docx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\x00\x00"),
    ],
)
def test_binary_file(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data * 20)
    is_one_sentence(alliancebib("parse", name, cwd=tmp_path), code=2, names=name)
    is_one_sentence(alliancebib(name, cwd=tmp_path), code=2, names=name)
    assert files_in(tmp_path) == [name]


def test_fifty_megabytes_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(LIST + "x" * 25_000_000 + " word" * 5_000_000 + "\n", "utf-8")
    ran = alliancebib("parse", "long.txt", cwd=tmp_path)
    assert ran.code == 0
    assert len(json.loads(ran.out)) == 2
    assert "4 lines" in ran.err  # the long one is counted


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = "From Newspapers\nMünchner Gespräche über Sicherheit in Zürich und Genève - Reuters\n"
    (tmp_path / "list.txt").write_bytes(text.encode(encoding))
    ran = alliancebib("parse", "list.txt", cwd=tmp_path)
    assert [item["title"] for item in json.loads(ran.out)] == [
        "Münchner Gespräche über Sicherheit in Zürich und Genève"
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends(tmp_path: Path, end: str) -> None:
    (tmp_path / "list.txt").write_bytes(LIST.replace("\n", end).encode())
    items = json.loads(alliancebib("parse", "list.txt", cwd=tmp_path).out)
    assert [item["custom"]["alliancebib"]["origins"][0]["line"] for item in items] == [2, 3]


def test_bibtex_where_text_was_expected(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("@article{a, title = {One}, year = 2020}\n@book{b, title = {Two},\n", "utf-8")
    ran = alliancebib("parse", "list.txt", cwd=tmp_path)
    assert ran.code == 0
    assert json.loads(ran.out)[0]["title"] == "One"


@pytest.mark.parametrize(("style", "near"), [("apaa", "apa"), ("chicago-autor-date", "chicago-author-date")])
def test_unknown_style(tmp_path: Path, style: str, near: str) -> None:
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    ran = alliancebib("format", "list.txt", "--style", style, cwd=tmp_path)
    is_one_sentence(ran, code=2, names=style)
    assert f"`{near}`" in ran.err


@pytest.mark.skipif(os.name != "posix", reason="folders without permission are made by POSIX modes")
def test_unwritable_output(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    ran = alliancebib("convert", "list.txt", "-o", "file/out.bib", cwd=tmp_path)
    is_one_sentence(ran, code=2, names="out.bib")
    assert files_in(tmp_path) == ["file", "list.txt"]


def test_unknown_names_get_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    assert "bibtex" in alliancebib("convert", "list.txt", "--to", "bibtexx", cwd=tmp_path).err
    assert "terminal" in alliancebib("check", "list.txt", "--report", "terminall", cwd=tmp_path).err
    assert "parse" in alliancebib("prase", cwd=tmp_path).err
    assert "AB301" in alliancebib("explain", "AB3011", cwd=tmp_path).err
    for words in (["convert", "list.txt", "--to", "bibtexx"], ["prase"], ["explain", "AB3011"], ["parse"]):
        assert alliancebib(*words, cwd=tmp_path).code == 2


@pytest.mark.parametrize(
    ("settings", "names"),
    [("styel = 'apa'", "styel"), ("[check]\ntimeout = 'long'", "timeout"), ("style = ", "alliancebib.toml")],
)
def test_wrong_settings(tmp_path: Path, settings: str, names: str) -> None:
    (tmp_path / "alliancebib.toml").write_text(settings, "utf-8")
    is_one_sentence(alliancebib("build", cwd=tmp_path), code=2, names=names)


@pytest.mark.parametrize("damage", ["{", '{"version": "one"}', '{"version": 1, "works": []}', "[]", "\x00"])
def test_lock_damaged_by_hand(tmp_path: Path, damage: str) -> None:
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    (tmp_path / "alliancebib.toml").write_text("inputs = ['list.txt']\noutput = 'out'\nlock = 'the.lock'", "utf-8")
    (tmp_path / "the.lock").write_text(damage, "utf-8")
    ran = alliancebib("build", "--offline", cwd=tmp_path)
    assert ran.code == 2
    assert "the.lock" in ran.err
    assert "Traceback" not in ran.err
    assert files_in(tmp_path) == ["alliancebib.toml", "list.txt", "the.lock"]
    assert (tmp_path / "the.lock").read_text("utf-8") == damage


def test_no_network_is_no_empty_success(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(
        "Deyermond, R. (2018). The collective security treaty organization. In Routledge Handbook of Russian Foreign "
        "Policy (pp. 421-429). Routledge.\n",
        "utf-8",
    )
    closed = "http://127.0.0.1:9"  # discard: nothing listens there
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = alliancebib("enrich", "list.txt", "--lines", "--to", "bibtex", "--base-url", closed, cwd=tmp_path, env=cache)
    assert ran.code == 3
    assert "Deyermond" in ran.out
    assert "could not be reached" in ran.err
    assert "Traceback" not in ran.err


def test_first_run_replaces_no_file_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    (tmp_path / "list.bib").write_text("@misc{mine}\n", "utf-8")
    ran = alliancebib("list.txt", cwd=tmp_path)
    assert ran.code == 2
    assert "list.bib" in ran.err
    assert (tmp_path / "list.bib").read_text("utf-8") == "@misc{mine}\n"
    assert files_in(tmp_path) == ["list.bib", "list.txt"]
