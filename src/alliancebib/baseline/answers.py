"""Answers that hosts are known to give, as the settings name them: findings of these are set aside.

A report and ``check.accept`` come in, a report goes out. The state of the address decides; its verdict stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from alliancebib.baseline.faults import words_of
from alliancebib.baseline.states import States, with_standings
from alliancebib.config import AcceptedAnswer
from alliancebib.finding import Finding, Report
from alliancebib.model import Origin
from alliancebib.web.address import Address, read_address

__all__ = ["accept_answers"]

#: Findings of uncertain addresses: their answer may be accepted by status or by outcome.
_UNCERTAIN = frozenset(["AB303", "AB304", "AB308"])
#: Findings of dead ones: only where the setting says so in as many words.
_DEAD = {"AB301": frozenset([404, 410, "gone"]), "AB302": frozenset(["invalid"])}


def accept_answers(report: Report, answers: Sequence[AcceptedAnswer], *, today: date, place: str = "") -> Report:
    """Set aside the findings of answers that a host is known to give.

    An answer whose last day is over counts again, which a note tells; ``place`` is the file of the settings.
    """
    states = States(report)
    findings, passed = [], []
    over: Counter[AcceptedAnswer] = Counter()
    for finding in report.findings:
        known = _of(finding, states, answers)
        if answer := next((one for one in known if one.until is None or one.until >= today), None):
            words = words_of(reason=answer.reason, until=answer.until)
            passed.append(msgspec.structs.replace(finding, help=words))
        else:
            findings.append(finding)
            over.update(known[:1])
    notes = [_over(answer, number, place) for answer, number in over.items()]
    return with_standings(
        msgspec.structs.replace(report, findings=(*findings, *notes), accepted=(*report.accepted, *passed))
    )


def _of(finding: Finding, states: States, answers: Iterable[AcceptedAnswer]) -> list[AcceptedAnswer]:
    """Give the answers that a finding is of."""
    if finding.code not in _UNCERTAIN and finding.code not in _DEAD:
        return []
    link = states.link(finding.subject)
    if link is None:
        return []
    # The answer is that of the last host; but a person knows the one that is cited.
    read = (read_address(url) for url in (link.url, link.final_url) if url)
    hosts = {address.host for address in read if isinstance(address, Address)}
    return [
        answer
        for answer in answers
        if answer.answer in {link.status, link.outcome}
        and answer.answer in _DEAD.get(finding.code, {answer.answer})
        and any(answer.has(host) for host in hosts)
    ]


def _over(answer: AcceptedAnswer, number: int, place: str) -> Finding:
    counted = "1 finding counts" if number == 1 else f"{number} findings count"
    message = f"{answer.host}: the answer {answer.answer} was accepted until {answer.until}; {counted} again."
    return Finding.of("AB712", message, origin=Origin(page=place))
