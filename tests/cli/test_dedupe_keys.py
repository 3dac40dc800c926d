"""``dedupe`` where keys stand twice: what is written has the keys that documents get, and no key is lost or guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliancebib.cli import cli
from alliancebib.errors import UsageError

REGIONS = "author={Aris, Stephen}, title={Global alternatives and common causes}, journal={Orbis}, year=2014, volume=51"
SUMMIT = "author={Zed, Ann}, title={The summit that never was: A study}, journal={Survival}, year=2018, volume=3"


def dedupe(*words: str | Path) -> None:
    cli.main(["dedupe", *map(str, words)], standalone_mode=False)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_an_entry_gets_the_key_that_documents_cite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twins = f"@article{{k, {REGIONS}}}\n@article{{k, {SUMMIT}}}\n@article{{z, {SUMMIT}}}\n"
    bib, paper = written(tmp_path / "d.bib", twins), written(tmp_path / "d.tex", r"\cite{z}")
    dedupe(bib, "--json")
    assert json.loads(capsys.readouterr().out)["keys"] == {"z": "kb"}
    dedupe(bib, "--write", "--rewrite-keys", paper)
    assert paper.read_text("utf-8") == r"\cite{kb}"
    assert bib.read_text("utf-8") == f"@article{{k, {REGIONS}}}\n@article{{kb, {SUMMIT}, ids={{z}}}}\n"


@pytest.mark.parametrize("first", ["k", "z"])
def test_a_document_that_cites_a_key_of_two_works_is_refused(tmp_path: Path, first: str) -> None:
    entries = {"k": f"@article{{k, {SUMMIT}}}\n", "z": f"@article{{z, {SUMMIT}}}\n"}
    twins = entries[first] + entries["z" if first == "k" else "k"] + f"@article{{k, {REGIONS}}}\n"
    bib, paper = written(tmp_path / "d.bib", twins), written(tmp_path / "d.tex", r"\cite{k}")
    if first == "k":
        twins += f"@article{{y, {REGIONS}}}\n"
        bib.write_text(twins, "utf-8")
    with pytest.raises(UsageError, match="the key of several works"):
        dedupe(bib, "--write", "--rewrite-keys", paper)
    assert (bib.read_text("utf-8"), paper.read_text("utf-8")) == (twins, r"\cite{k}")
    dedupe(bib, "--write")
    assert f"@article{{kb, {REGIONS}" in bib.read_text("utf-8")


def test_keys_that_differ_in_case_alone_are_both_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bib = written(tmp_path / "d.bib", f"@article{{Case, {SUMMIT}}}\n@article{{case, {SUMMIT}}}\n")
    paper = written(tmp_path / "d.tex", r"\cite{case}")
    dedupe(bib, "--json")
    assert json.loads(capsys.readouterr().out)["keys"] == {"case": "Case"}
    dedupe(bib, "--write", "--rewrite-keys", paper)
    assert paper.read_text("utf-8") == r"\cite{Case}"
    assert bib.read_text("utf-8") == f"@article{{Case, {SUMMIT}, ids={{case}}}}\n"


def test_one_key_of_two_files_becomes_two_with_all_that_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a = written(tmp_path / "a.bib", f"@article{{smith, {SUMMIT}}}\n@proceedings{{proc, title={{Of A}}, year=2001}}\n")
    b = written(
        tmp_path / "b.bib",
        f"@article{{smith, {REGIONS}, note={{See \\cite{{proc}}}}}}\n"
        "@inproceedings{one, title={A talk of many words in B}, crossref={proc}}\n"
        "@proceedings{proc, title={The whole of B}, year=1999}\n",
    )
    paper, both = written(tmp_path / "d.tex", r"\cite{smith}"), tmp_path / "ab.bib"
    with pytest.raises(UsageError, match="`smith` is cited here"):
        dedupe(a, b, "-o", both, "--rewrite-keys", paper)
    assert not both.exists()
    dedupe(a, b, "-o", both)
    text = both.read_text("utf-8")
    for entry in ("@article{smith,", "@article{smithb,", "@proceedings{proc,", "@proceedings{procb,"):
        assert text.count(entry) == 1
    assert "crossref={procb}" in text
    assert r"note={See \cite{procb}}" in text
    told = capsys.readouterr().err
    assert "b.bib:1: AB107 The key `smith` stands twice; the later entry is now `smithb`." in told


def test_one_work_under_one_key_in_two_files_keeps_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = (written(tmp_path / name, f"@article{{zed, {SUMMIT}}}\n") for name in ("a.bib", "b.bib"))
    paper = written(tmp_path / "d.tex", r"\cite{zed}")
    dedupe(a, b, "-o", tmp_path / "ab.bib", "--rewrite-keys", paper)
    assert (tmp_path / "ab.bib").read_text("utf-8") == f"@article{{zed, {SUMMIT}}}\n"
    assert paper.read_text("utf-8") == r"\cite{zed}"
    assert "stays as it is" in capsys.readouterr().err
