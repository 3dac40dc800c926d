"""``dedupe`` says what a file has no place for, and keeps what gave way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliancebib.cli import cli

RIS = "TY  - JOUR\nAU  - Zed, Ann\nTI  - The summit that never was\nPY  - 2018\nL1  - file.pdf\nC1  - mine\nER  - \n"


def dedupe(*words: str | Path) -> None:
    cli.main(["dedupe", *map(str, words)], standalone_mode=False)


@pytest.mark.parametrize("to", ["bibtex", "biblatex"])
def test_what_a_bib_file_has_no_field_for_is_named(tmp_path: Path, to: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.ris").write_text(RIS, "utf-8")
    dedupe(tmp_path / "a.ris", "--to", to, "-o", tmp_path / "a.bib")
    told = capsys.readouterr().err
    assert "AB111 No .bib file holds what stands beside the variables: " in told
    assert "1 × `ris:C1`" in told
    assert "1 × `ris:L1`" in told
    cli.main(["convert", str(tmp_path / "a.ris"), "-o", str(tmp_path / "b.bib")], standalone_mode=False)
    assert "1 × `ris:L1`" in capsys.readouterr().err
