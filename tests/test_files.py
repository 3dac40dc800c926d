"""The door to the disk: what comes in is told apart, what goes out is whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alliancebib.errors import InputError, OutputError
from alliancebib.files import read_source, source_of, write_atomically


def test_line_ends_become_one_and_are_remembered(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo\rthree\n")
    source = read_source(tmp_path / "a.txt")
    assert source.text == "one\ntwo\nthree\n"
    assert source.newline == "\r\n"


def test_a_guessed_encoding_is_a_finding() -> None:
    source = source_of("Zürich".encode("cp1252"), name="a.txt")
    assert [found.code for found in source.findings] == ["AB103"]
    assert source.findings[0].origin.page == "a.txt"


def test_replaced_characters_are_a_finding_with_their_line() -> None:
    source = source_of("Zürich, Genève\nKöln ".encode() + b"\xff", name="a.txt")
    assert [(found.code, found.origin.line) for found in source.findings] == [("AB104", 2)]


@pytest.mark.parametrize("name", ["missing.txt", ".", "a\0b"])
def test_what_cannot_be_opened_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_source(str(tmp_path / name))
    assert str(tmp_path) in str(caught.value)


def test_writing_says_whether_anything_changed(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "a.bib"
    assert write_atomically(target, "one") is True
    assert write_atomically(target, "one") is False
    assert write_atomically(target, "two") is True
    assert target.read_text("utf-8") == "two"
    assert [path.name for path in target.parent.iterdir()] == ["a.bib"]


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes and links")
def test_mode_and_link_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.bib"
    real.write_text("old", "utf-8")
    real.chmod(0o640)
    link = tmp_path / "link.bib"
    link.symlink_to(real)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert real.read_text("utf-8") == "new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.bib"
    target.write_text("old", "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_atomically(target, "new")
    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bib"]


def test_a_file_in_the_place_of_a_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError) as caught:
        write_atomically(tmp_path / "file" / "a.bib", "text")
    assert caught.value.help
