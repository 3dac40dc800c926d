"""``dedupe`` says what a file has no place for, and keeps what gave way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliancebib.cli import cli
from alliancebib.errors import InputError

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


BIB = """\
@book{one, author={Zed, Ann}, title={The summit that never was}, publisher={Hill}, year=2018, myown={x1}}
@book{two, author={Zed, A.}, title={The summit that never was}, publisher={Hill}, year=2018, myown={x22}}
"""


def test_what_gives_way_in_a_changed_file_is_kept_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bib, aside = tmp_path / "a.bib", tmp_path / "a.gave-way.json"
    bib.write_text(BIB, "utf-8")
    dedupe(bib, "--json")
    listed = json.loads(capsys.readouterr().out)["gave_way"]
    assert {"kept": "one", "from": "one (line 1 of a.bib)", "field": "bibtex:myown", "value": "x1"} in listed
    dedupe(bib, "-o", tmp_path / "b.bib")
    assert f"{len(listed)} values gave way to others: `--json` lists them" in capsys.readouterr().err
    assert not aside.exists()
    dedupe(bib, "--write")
    assert json.loads(aside.read_text("utf-8")) == listed
    assert f"{len(listed)} values gave way to others: {aside} keeps them." in capsys.readouterr().err


def test_what_gave_way_before_stays(tmp_path: Path) -> None:
    bib, aside = tmp_path / "a.bib", tmp_path / "a.gave-way.json"
    bib.write_text(BIB, "utf-8")
    dedupe(bib, "-o", bib)
    first = json.loads(aside.read_text("utf-8"))
    bib.write_text(bib.read_text("utf-8") + BIB.splitlines()[1].replace("x22", "x333"), "utf-8")
    dedupe(bib, "--write")
    later = json.loads(aside.read_text("utf-8"))
    assert later[: len(first)] == first
    assert {"x1", "x22"} <= {one["value"] for one in later}
    aside.write_text("mine", "utf-8")
    bib.write_text(BIB, "utf-8")
    with pytest.raises(InputError, match="something else"):
        dedupe(bib, "--write")
    assert (bib.read_text("utf-8"), aside.read_text("utf-8")) == (BIB, "mine")
