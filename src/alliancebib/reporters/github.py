"""Reporter: workflow commands of GitHub Actions, which become annotations beside the lines of a pull request.

GitHub shows ten of each level for a step and drops the rest without a word
(https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations): so ten are written, and how many
more there are.
"""

from __future__ import annotations

from alliancebib.finding import Finding, Report, Severity, explain
from alliancebib.reporters._foreign import one_line
from alliancebib.reporters._tally import by_severity, counted, summary

__all__ = ["report"]

MOST_OF_A_LEVEL = 10

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(report: Report) -> str:
    """Give the report as workflow commands and a last line of counts."""
    lines = []
    for severity, findings in by_severity(report).items():
        level = _LEVELS[severity]
        told = report.unavailable if severity is Severity.WARNING else ()
        commands = [f"::warning title=could not check::{_data(one_line(sentence))}" for sentence in told]
        commands += [_command(level, finding) for finding in findings]
        lines += commands[:MOST_OF_A_LEVEL]
        if len(commands) > MOST_OF_A_LEVEL:
            hidden = counted(len(commands) - MOST_OF_A_LEVEL, f"more {level}")
            lines.append(f"{hidden} not shown as annotations.")
    # A line that begins with :: would be a command; ours begin with a word.
    return "\n".join([*lines, summary(report)]) + "\n"


def _command(level: str, finding: Finding) -> str:
    origin = finding.origin
    properties = {"file": origin.page} if origin.page else {}
    if origin.page and origin.line:
        properties |= {"line": str(origin.line), "col": str(origin.column)}
    properties["title"] = f"{finding.code} {explain(finding.code).name}"
    stated = ",".join(f"{name}={_property(one_line(value))}" for name, value in properties.items())
    message = one_line(finding.message)
    step = f" {one_line(finding.help)}" if finding.help else ""
    return f"::{level} {stated}::{_data(message + step)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
