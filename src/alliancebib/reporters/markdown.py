"""Reporter: a Markdown table, made for the summary of a job (``GITHUB_STEP_SUMMARY``) or for an issue.

Foreign text can neither break the table nor bring markup, mentions or HTML with it. A summary may hold 1 MiB; rows
that do not fit are counted.
"""

from __future__ import annotations

import re

from alliancebib.finding import Finding, Report
from alliancebib.reporters._foreign import one_line
from alliancebib.reporters._tally import by_severity, counted, summary

__all__ = ["report"]

#: Room for the rows, in bytes: 1 MiB less what may stand around them.
ROOM = 900_000

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~^$:])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}


def report(report: Report) -> str:
    """Give the report as Markdown: counts, then a table with the worst first."""
    lines = ["## Bibliography check", "", _escaped(summary(report)), ""]
    lines += [f"- {_escaped(one_line(sentence))}" for sentence in report.unavailable]
    lines += [""] if report.unavailable else []
    findings = [finding for found in by_severity(report).values() for finding in found]
    if findings:
        lines += ["| | Where | Code | What | What to do |", "| --- | --- | --- | --- | --- |", *_rows(findings)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _rows(findings: list[Finding]) -> list[str]:
    rows: list[str] = []
    size = 0
    for place, finding in enumerate(findings):
        row = _row(finding)
        size += len(row.encode()) + 1
        if size > ROOM:
            return [*rows, "", f"{counted(len(findings) - place, 'more finding')} did not fit."]
        rows.append(row)
    return rows


def _row(finding: Finding) -> str:
    origin = finding.origin
    place = origin.page + (f":{origin.line}" if origin.line else "")
    cells = (finding.severity.value, place, finding.code, finding.message, finding.help)
    return f"| {' | '.join(_escaped(one_line(cell)) for cell in cells)} |"


def _escaped(text: str) -> str:
    for character, entity in _HTML.items():
        text = text.replace(character, entity)
    return _MARKUP.sub(r"\\\1", text).replace("www.", "www&#46;")  # which GitHub makes a link of
