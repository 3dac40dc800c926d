"""``enrich --write`` never loses what only the file itself holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import alliancebib

ENTRY = "@article{k,\n  title = {One},\n  year = {2020},\n}\n"


@pytest.mark.parametrize(
    "extra", ["A remark of mine.\n\n", '@preamble{"\\newcommand{\\noop}[1]{}"}\n\n', "@comment{x}\n\n"]
)
def test_a_file_with_remarks_is_not_written_back(tmp_path: Path, extra: str) -> None:
    (tmp_path / "mine.bib").write_text(extra + ENTRY, "utf-8")
    ran = alliancebib("enrich", "mine.bib", "--write", "--offline", cwd=tmp_path)
    assert ran.code == 2
    assert "mine.bib" in ran.err
    assert (tmp_path / "mine.bib").read_text("utf-8") == extra + ENTRY


def test_a_plain_file_is_written_back(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(ENTRY, "utf-8")
    ran = alliancebib("enrich", "mine.bib", "--write", "--offline", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "title = {One}" in (tmp_path / "mine.bib").read_text("utf-8")
