"""``enrich --write`` never loses what only the file itself holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliancebib.model import reference_id
from cli.running import alliancebib

ENTRY = "@article{k,\n  title = {One},\n  year = {2020},\n}\n"


@pytest.mark.parametrize(
    "extra", ["A remark of mine.\n\n", '@preamble{"\\newcommand{\\noop}[1]{}"}\n\n', "@comment{x}\n\n"]
)
def test_a_file_with_remarks_keeps_them(tmp_path: Path, extra: str) -> None:
    (tmp_path / "mine.bib").write_bytes((extra + ENTRY).encode())
    ran = alliancebib("enrich", "mine.bib", "--write", "--offline", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert (tmp_path / "mine.bib").read_bytes() == (extra + ENTRY).encode()


def test_what_is_added_is_the_only_change(tmp_path: Path) -> None:
    before = "% mine\r\n" + ENTRY.replace("\n", "\r\n")
    (tmp_path / "mine.bib").write_bytes(before.encode())
    (tmp_path / "references").mkdir()
    (tmp_path / "alliancebib.toml").write_text("", "utf-8")
    identity = reference_id("mine.bib", "k")
    decision = f'[fields."{identity}"]\nvolume = "7"\n'
    (tmp_path / "references" / "decisions.toml").write_text(decision, "utf-8")
    ran = alliancebib("enrich", "mine.bib", "--write", "--offline", cwd=tmp_path)
    assert ran.code == 0, ran.err
    after = (tmp_path / "mine.bib").read_bytes().decode()
    assert after == before.replace("{2020},\r\n", "{2020},\r\n  volume = {7},\r\n")


def test_a_plain_file_is_written_back(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(ENTRY, "utf-8")
    ran = alliancebib("enrich", "mine.bib", "--write", "--offline", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "title = {One}" in (tmp_path / "mine.bib").read_text("utf-8")
