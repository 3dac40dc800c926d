"""Reporter: JSON for programs, version 1: every address and work with its verdict, every finding with its place.

A program gets every character that was there; what would steer a terminal stands as JSON's own escape.
"""

from __future__ import annotations

import json

import msgspec

from alliancebib.finding import Finding, LinkState, Report
from alliancebib.reporters._foreign import STEERING

__all__ = ["report"]

VERSION = 1


def report(report: Report) -> str:
    """Give the report as one JSON object."""
    whole: dict[str, object] = {
        "version": VERSION,
        "links": [_link(link) for link in report.links],
        "findings": [_finding(finding) for finding in report.findings],
    }
    if report.records:  # where works were looked up
        whole["records"] = [msgspec.structs.asdict(record) for record in report.records]
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    # The line ends of the indented form are the only controls that json leaves below U+0080.
    return STEERING.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text) + "\n"


def _link(link: LinkState) -> dict[str, object]:
    return {
        "url": link.url,
        "verdict": link.verdict.value,
        "outcome": link.outcome,
        "status": link.status,
        "final_url": link.final_url,
        "attempts": link.attempts,
        "seconds": link.seconds,
        "detail": link.detail,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": finding.origin.page,
        "line": finding.origin.line,
        "column": finding.origin.column,
        "reference": finding.reference,
        "related": list(finding.related),
        "help": finding.help,
        "fix": finding.fix,
    }
