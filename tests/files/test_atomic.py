"""A file is written whole or not at all, and nothing is left behind."""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path

import pytest

from alliancebib.errors import InputError, OutputError
from alliancebib.files import read_source, write_atomically

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX links, modes and devices")


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@posix
def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "link.bib").symlink_to("real.bib")
    assert write_atomically(tmp_path / "link.bib", "text")
    assert (tmp_path / "link.bib").is_symlink()
    assert (tmp_path / "real.bib").read_text("utf-8") == "text"


@posix
def test_links_that_lead_in_a_circle_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OutputError):
        write_atomically(tmp_path / "a", "text")
    assert names(tmp_path) == ["a", "b"]


@posix
def test_a_new_file_has_the_permissions_of_the_mask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new.bib", "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.bib").stat().st_mode) == 0o640


def test_folders_made_for_a_file_that_failed_are_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as caught:
        write_atomically(tmp_path / "deep" / "deeper" / "a.bib", "text")
    assert "room" in caught.value.help
    assert names(tmp_path) == []


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.bib", "text")
    assert names(tmp_path) == []


def test_a_folder_in_the_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.bib").mkdir()
    with pytest.raises(OutputError, match="directory"):
        write_atomically(tmp_path / "a.bib", "text")
    assert names(tmp_path) == ["a.bib"]


@posix
def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.bib").write_text("mine", "utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as one who may do everything
    with pytest.raises(OutputError):
        write_atomically(tmp_path / "a.bib", "text")
    assert (tmp_path / "a.bib").read_text("utf-8") == "mine"


@posix
def test_devices_are_written_to(tmp_path: Path) -> None:
    assert write_atomically(Path(os.devnull), "text")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_halves_of_surrogates_do_not_stop_a_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.bib", "a\ud800b")
    assert "\ufffd" in (tmp_path / "a.bib").read_text("utf-8")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Größe".encode())))
    assert read_source("-").text == "Größe"
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError):
        read_source("-")


@pytest.mark.parametrize(
    ("name", "words"), [("missing.txt", "no such file"), (".", "folder"), ("x\0y", "cannot be read")]
)
def test_what_cannot_be_read_says_why_and_what_next(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_source(f"{tmp_path}/{name}")
    assert caught.value.help
