"""Several files, each checked by itself: how the words of a call are parted, and which exit code comes out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "@book{k, author={Roe, M.}, title={On pages}, publisher={P}, year={2020}}\n"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "alliancebib.cli.check_each"]
    return subprocess.run(
        [*program, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.bib", "b.bib", "-c.bib"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    return tmp_path


def test_one_work_in_two_files_is_no_duplicate(folder: Path) -> None:
    ran = run(folder, "--offline", "--fail-on", "note", "a.bib", "b.bib")
    assert (ran.returncode, ran.stdout) == (0, "Nothing found.\n" * 2)


def test_a_file_may_look_like_an_option(folder: Path) -> None:
    assert run(folder, "--offline", "--", "-c.bib", "a.bib").returncode == 0


def test_a_broken_file_costs_no_other(folder: Path) -> None:
    ran = run(folder, "--offline", "none.bib", "a.bib")
    assert ran.returncode == 2
    assert "none.bib: there is no such file" in ran.stderr
    assert ran.stdout == "Nothing found.\n"


def test_a_wrong_call_is_said_once(folder: Path) -> None:
    ran = run(folder, "--nothing", "a.bib", "b.bib")
    assert ran.returncode == 2
    assert ran.stderr.count("--nothing") == 1
