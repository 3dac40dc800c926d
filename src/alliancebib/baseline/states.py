"""What a report says of each address and of each work, found by what findings are about."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from alliancebib.finding import Finding, LinkState, RecordState, Report, Standing, Verdict
from alliancebib.identifiers import doi_of_address

__all__ = ["LINKS", "States", "with_standings"]

#: Codes that belong to the visit of an address.
LINKS = frozenset(f"AB30{number}" for number in range(1, 9)) | {"AB202", "AB401"}


class States:
    """The states of a report by address, or DOI; and by the id of the reference."""

    def __init__(self, report: Report) -> None:
        self._links = {doi: link for link in report.links if (doi := doi_of_address(link.url))}
        self._links |= {link.url: link for link in report.links}
        self._records = {record.reference: record for record in report.records}

    def link(self, subject: str) -> LinkState | None:
        """Give the state of an address or DOI."""
        return self._links.get(subject) if subject else None

    def record(self, reference: str) -> RecordState | None:
        """Give what services know of a reference."""
        return self._records.get(reference)

    def outcome_of(self, finding: Finding) -> str:
        """Give the outcome of the address that a finding is about, if that is dead or uncertain."""
        link = self.link(finding.subject) if finding.code in LINKS else None
        return link.outcome if link and link.verdict is not Verdict.OK else ""


def with_standings(report: Report) -> Report:
    """Mark the dead addresses of which every fault was accepted."""
    states = States(report)
    passed = set(_dead(report.accepted, states)) - set(_dead(report.findings, states))
    if not passed:
        return report
    links = tuple(
        msgspec.structs.replace(link, standing=Standing.ACCEPTED) if link.url in passed else link
        for link in report.links
    )
    return msgspec.structs.replace(report, links=links)


def _dead(findings: Iterable[Finding], states: States) -> list[str]:
    about = (states.link(finding.subject) for finding in findings if finding.code in LINKS)
    return [link.url for link in about if link and link.verdict is Verdict.DEAD]
