"""The one command for both tables of enrichment calls programs that are there."""

from __future__ import annotations

from pathlib import Path

from conformance.enrichment_tables import commands


def test_both_programs_are_there(tmp_path: Path) -> None:
    programs = commands(tmp_path)
    assert [Path(command[0]).name for command in programs] == ["matching_table.py", "crossref_faults.py"]
    assert all(Path(command[0]).exists() and command[-1] == str(tmp_path) for command in programs)
