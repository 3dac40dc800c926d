"""Reporter: plain text for a person: findings under their file, the next step once for each code, one line of counts.

Each finding is ``file:line:column: CODE message``, which editors and terminals turn into a link. Colour is the
command line's business.
"""

from __future__ import annotations

from alliancebib.finding import Finding, Report, explain
from alliancebib.reporters._foreign import one_line
from alliancebib.reporters._tally import summary

__all__ = ["report"]


def report(report: Report) -> str:
    """Give the report as text for a terminal."""
    lines = []
    for page, findings in _by_page(report).items():
        lines += [_line(page, finding) for finding in findings]
        lines.append("")
    if helps := _helps(report):
        lines += ["What to do:", *helps, ""]
    lines += [one_line(sentence) for sentence in report.unavailable]
    lines.append(summary(report))
    return "\n".join(lines) + "\n"


def _by_page(report: Report) -> dict[str, list[Finding]]:
    """Group findings by page, in the order in which pages come up; within one by line."""
    pages: dict[str, list[Finding]] = {}
    for finding in report.findings:
        pages.setdefault(finding.origin.page, []).append(finding)
    return {
        page: sorted(findings, key=lambda finding: (finding.origin.line, finding.origin.column))
        for page, findings in pages.items()
    }


def _line(page: str, finding: Finding) -> str:
    origin = finding.origin
    spot = f":{origin.line}:{origin.column}" if origin.line else ""
    place = f"{one_line(page)}{spot}: " if page else ""
    fix = f" Fix: {one_line(finding.fix)}" if finding.fix and finding.fix not in finding.message else ""
    return f"{place}{finding.code} {one_line(finding.message)}{fix}"


def _helps(report: Report) -> list[str]:
    """Give each code with its name and its next step, in the order of the codes."""
    steps: dict[str, dict[str, None]] = {}
    for finding in report.findings:
        steps.setdefault(finding.code, {})[finding.help] = None
    return [
        f"  {code} {explain(code).name}: {one_line(help_)}" for code in sorted(steps) for help_ in steps[code] if help_
    ]
