"""How many of what: the one line under a report, and findings by how bad they are.

A report comes in; counts and their words go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from alliancebib.finding import Finding, Report, Severity, Verdict

__all__ = ["by_severity", "counted", "summary"]

#: Verdict on a reference -> its words, in the order of the summary.
_VERDICTS = {
    "agrees": "confirmed",
    "differs": "with other values in the record",
    "other-work": "with the DOI of another work",
    "unknown": "with an unknown DOI",
    "not-found": "not found",
    "not-checkable": "not checkable",
    "not-asked": "not asked about",
}


def counted(number: int, what: str) -> str:
    """Give a number with its noun.

    >>> counted(1, "error"), counted(3, "address")
    ('1 error', '3 addresses')
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}{'es' if what.endswith('s') else 's'}"


def by_severity(report: Report) -> dict[Severity, list[Finding]]:
    """Give the findings of each severity, the worst first, in their order."""
    return {
        severity: [finding for finding in report.findings if finding.severity is severity]
        for severity in sorted(Severity, key=lambda severity: -severity.rank)
    }


def summary(report: Report) -> str:
    """Say in one line what was found.

    >>> summary(Report())
    'Nothing found.'
    """
    counts = [counted(len(found), severity.value) for severity, found in by_severity(report).items() if found]
    words = f"Found {', '.join(counts)}." if counts else "Nothing found."
    accepted = [f"{len(report.accepted)} accepted."] if report.accepted else []
    return " ".join([words, *accepted, *_works(report), *_addresses(report)])


def _works(report: Report) -> Iterator[str]:
    """Count the references by what services know of them; what nobody can check is never counted as good."""
    verdicts = Counter(record.verdict for record in report.records)
    parts = [f"{verdicts[verdict]} {words}" for verdict, words in _VERDICTS.items() if verdicts[verdict]]
    if parts:
        yield f"{counted(len(report.records), 'work')}: {', '.join(parts)}."


def _addresses(report: Report) -> Iterator[str]:
    if not report.links:
        return
    verdicts = Counter(link.verdict for link in report.links)
    skipped = sum(link.outcome == "skipped" for link in report.links)
    parts = [f"{verdicts[verdict]} {verdict.value}" for verdict in Verdict if verdicts[verdict]]
    addition = f" ({skipped} not visited)" if skipped else ""
    yield f"{counted(len(report.links), 'address')}: {', '.join(parts)}{addition}."
