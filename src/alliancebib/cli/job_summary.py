"""The summary of a job on GitHub: what the annotations have no room for, as a table on the page of the run.

GitHub names the file in ``GITHUB_STEP_SUMMARY``. It takes 1 MiB for a step and shows nothing at all of more
(https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from alliancebib import pipeline
from alliancebib.cli.streams import say
from alliancebib.finding import Report

__all__ = ["add_to_job_summary"]

VARIABLE = "GITHUB_STEP_SUMMARY"
LIMIT = 1 << 20
CUT = "\nThe rest did not fit.\n"


def add_to_job_summary(
    whole: Report, wanted: Iterable[tuple[str, Path | None]], *, environment: Mapping[str, str] = os.environ
) -> None:
    """Add the table to the summary if the report "github" is wanted, after what earlier commands of the step put there.

    ``wanted`` are names of reports with the files that they were written to; a summary among these files is left as it
    is. Where the file cannot be written, the check goes on.
    """
    wanted = tuple(wanted)
    place = environment.get(VARIABLE, "")
    if not place or all(name != "github" for name, _ in wanted):
        return
    file = Path(place)
    if any(other and os.path.realpath(other) == os.path.realpath(file) for _, other in wanted):
        return
    text = pipeline.report(whole, "markdown").encode("utf-8", "replace")
    try:
        there = file.stat().st_size if file.exists() else 0
        with file.open("ab") as summary:
            summary.write(_fitting(b"\n" + text if there else text, LIMIT - there))
    except OSError as problem:
        say(f"The summary of the job was not written: {problem.strerror}.")


def _fitting(text: bytes, room: int) -> bytes:
    """Cut a text after the last line that fits, and say so in it; where there is no room for that, give nothing."""
    if len(text) <= room:
        return text
    kept = text[: max(room - len(CUT), 0)].rpartition(b"\n")[0]
    return kept + b"\n" + CUT.encode() if kept else b""
