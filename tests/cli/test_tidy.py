"""``alliancebib tidy``: output, diff, check and write."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Ran, alliancebib

UNTIDY = b"@Misc{k,TITLE={Gr\xf6\xdfe}}\r\n"
TIDY = b"@misc{k,\r\n  title = {Gr\xf6\xdfe},\r\n}\r\n"


def run(*words: str) -> Ran:
    return alliancebib("tidy", *words, cwd=Path())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.bib"
    path.write_bytes(b"% Encoding: ISO8859_1\r\n" + UNTIDY)
    return path


def test_writing_keeps_encoding_and_line_ends(file: Path) -> None:
    assert run(str(file), "--check").code == 1
    assert run(str(file), "--write").code == 0
    assert file.read_bytes() == b"% Encoding: ISO8859_1\r\n\r\n" + TIDY
    assert run(str(file), "--check").code == 0


def test_a_diff_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    shown = run(str(file), "--diff")
    assert "-@Misc{k,TITLE={Größe}}" in shown.out
    assert "+  title = {Größe}," in shown.out
    assert file.read_bytes() == before


def test_calls_that_contradict_themselves(file: Path) -> None:
    assert run(str(file), "--write", "--check").code == 2
    assert run(str(file), str(file)).code == 2
    assert run(str(file) + "x").code == 2
