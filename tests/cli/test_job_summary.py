"""The table of findings on the page of a GitHub run: added, never written over, and never too long to be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliancebib.cli import job_summary
from alliancebib.cli.job_summary import add_to_job_summary
from alliancebib.finding import Finding, Report

REPORT = Report(findings=(Finding.of("AB301", "https://a.test/: Gone."),))
ANNOTATED: tuple[tuple[str, Path | None], ...] = (("github", None),)


def test_the_table_is_added_after_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    for _ in range(2):
        add_to_job_summary(REPORT, ANNOTATED, environment={"GITHUB_STEP_SUMMARY": str(file)})
    lines = file.read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines) if line == "## Bibliography check"] == [0, len(lines) // 2 + 1]
    assert lines[len(lines) // 2] == ""


@pytest.mark.parametrize("name", ["terminal", "markdown", "json"])
def test_other_reports_leave_the_summary_alone(tmp_path: Path, name: str) -> None:
    file = tmp_path / "summary"
    add_to_job_summary(REPORT, [(name, None)], environment={"GITHUB_STEP_SUMMARY": str(file)})
    add_to_job_summary(REPORT, ANNOTATED, environment={"GITHUB_STEP_SUMMARY": ""})
    add_to_job_summary(REPORT, ANNOTATED, environment={})
    assert list(tmp_path.iterdir()) == []


def test_who_writes_the_summary_by_a_report_has_it_once(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    file.write_text("written", "utf-8")
    add_to_job_summary(REPORT, [*ANNOTATED, ("markdown", file)], environment={"GITHUB_STEP_SUMMARY": str(file)})
    assert file.read_text("utf-8") == "written"


def test_the_limit_of_github_is_kept_by_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_summary, "LIMIT", 2000)
    file = tmp_path / "summary"
    many = Report(findings=tuple(Finding.of("AB301", f"https://ä.test/{n}: Gone.") for n in range(20)))
    sizes = []
    for _ in range(5):
        add_to_job_summary(many, ANNOTATED, environment={"GITHUB_STEP_SUMMARY": str(file)})
        sizes.append(file.stat().st_size)
    assert 1500 < sizes[0] <= sizes[-1] <= 2000
    text = file.read_text("utf-8")
    assert "The rest did not fit." in text
    assert all(line.endswith("|") for line in text.splitlines() if line.startswith("|"))


def test_a_summary_that_cannot_be_written_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_to_job_summary(REPORT, ANNOTATED, environment={"GITHUB_STEP_SUMMARY": str(tmp_path)})
    assert "summary of the job was not written" in capsys.readouterr().err
