"""Faults that people accepted: a file of them, one on a line, and answers that hosts are known to give.

A `Report` and a `Baseline` (or the answers of ``check.accept``) come in; a report in which the known faults stand
apart goes out. `accept_faults` passes what the file names, and tells what is healed; `accept_answers` passes what the
settings name; `updated` gives the file that accepts what fails today. Nothing here opens a file or asks for the day.

    baseline = read_baseline(path.read_bytes(), place="references/accepted.toml")
    report = accept_faults(report, baseline, looked=Looked.at(library, checkers, whole=True), today=date.today())
"""

from __future__ import annotations

from alliancebib.baseline.accepting import accept_faults
from alliancebib.baseline.answers import accept_answers
from alliancebib.baseline.faults import Baseline, Fault
from alliancebib.baseline.looking import Looked
from alliancebib.baseline.reading import read_baseline
from alliancebib.baseline.updating import Updated, updated
from alliancebib.baseline.writing import baseline_text, fault_line

__all__ = [
    "Baseline",
    "Fault",
    "Looked",
    "Updated",
    "accept_answers",
    "accept_faults",
    "baseline_text",
    "fault_line",
    "read_baseline",
    "updated",
]
