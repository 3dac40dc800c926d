"""Reporter: JSON for programs, version 1: every address with its verdict, every finding with its place.

Foreign text stays as it is: JSON escapes what needs it, and a program should get what was there.
"""

from __future__ import annotations

import json

from alliancebib.finding import Finding, LinkState, Report

__all__ = ["report"]

VERSION = 1


def report(report: Report) -> str:
    """Give the report as one JSON object."""
    whole = {
        "version": VERSION,
        "links": [_link(link) for link in report.links],
        "findings": [_finding(finding) for finding in report.findings],
    }
    # A lone surrogate cannot be written as UTF-8; json writes it as an escape only where everything is escaped.
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    return (text if _is_writable(text) else json.dumps(whole, indent=2)) + "\n"


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


def _is_writable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
