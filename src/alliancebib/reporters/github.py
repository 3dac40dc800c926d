"""Reporter: workflow commands of GitHub Actions, which become annotations beside the lines of a pull request.

GitHub shows ten of a level for a step and drops the rest without a word
(https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations): so the ten worst are written, and
how many more there are. The command line adds the whole table to the summary of the job.
"""

from __future__ import annotations

from alliancebib.finding import Finding, Report, Severity, explain
from alliancebib.reporters._foreign import is_file, one_line
from alliancebib.reporters._tally import by_severity, counted, summary

__all__ = ["report"]

MOST = 10

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(report: Report) -> str:
    """Give the report as workflow commands and a last line of counts."""
    commands = []
    for severity, findings in by_severity(report).items():
        if severity is Severity.WARNING:
            commands += [f"::warning title=could not check::{_data(one_line(told))}" for told in report.unavailable]
        commands += [_command(_LEVELS[severity], finding) for finding in findings]
    lines = commands[:MOST]
    if hidden := len(commands[MOST:]):
        lines.append(f"{counted(hidden, 'more annotation')} would not be shown: the summary of the job has them all.")
    # A line that begins with :: would be a command; ours begin with a word.
    return "\n".join([*lines, summary(report)]) + "\n"


def _command(level: str, finding: Finding) -> str:
    origin = finding.origin
    properties = {"file": origin.page} if is_file(origin.page) else {}
    if properties and origin.line:
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
