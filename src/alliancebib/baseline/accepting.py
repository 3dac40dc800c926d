"""A report without the faults of a baseline: they stand apart, and what is healed or over is told.

A report, a baseline and a day come in; a report goes out in which known faults do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from alliancebib.baseline.faults import Baseline, Fault, Index, words_of
from alliancebib.baseline.looking import Looked, healing_of
from alliancebib.baseline.states import States, with_standings
from alliancebib.finding import Finding, Report, explain
from alliancebib.model import Origin

__all__ = ["accept_faults", "named"]


def accept_faults(report: Report, baseline: Baseline, *, looked: Looked, today: date) -> Report:
    """Set aside the findings that a baseline names; tell its lines that are healed, stand twice, or are over.

    The order of findings is kept; those about the baseline come last, in the order of its lines.
    """
    states = States(report)
    index = Index(baseline.faults, states, now=looked.references)
    findings, passed = [], []
    holding = {number for finding in report.accepted for number in index.of(finding)}
    for finding in report.findings:
        faults = index.of(finding)
        holding |= set(faults)
        if fault := next((one for one in faults.values() if not one.has_ended(today)), None):
            words = words_of(reason=fault.reason, since=fault.since, until=fault.until)
            passed.append(msgspec.structs.replace(finding, help=words))
        else:
            findings.append(_over(finding, max(faults.values(), key=_last_day)) if faults else finding)
    told = [
        *findings,
        *_healed(report, baseline, states, looked, holding),
        *_repeated(baseline),
    ]
    whole = msgspec.structs.replace(report, findings=tuple(told), accepted=(*report.accepted, *passed))
    return with_standings(whole)


def named(fault: Fault) -> str:
    """Name a fault in a sentence.

    >>> named(Fault(code="AB301", subject="https://example.org/", reference="3f2a9c01de"))
    'AB301 link-gone of https://example.org/ (3f2a9c01de)'
    """
    about = f" of {fault.subject}" if fault.subject else f" ({fault.message.rstrip('.')})"
    return f"{fault.code} {explain(fault.code).name}{about}{f' ({fault.reference})' if fault.reference else ''}"


def _last_day(fault: Fault) -> date:
    return fault.until or date.max


def _over(finding: Finding, fault: Fault) -> Finding:
    return msgspec.structs.replace(finding, message=f"{finding.message} It was accepted until {fault.until}.")


def _healed(report: Report, baseline: Baseline, states: States, looked: Looked, holding: set[int]) -> Iterator[Finding]:
    for number, fault in enumerate(baseline.faults):
        if number not in holding and (why := healing_of(fault, report, states, looked)):
            since = f", accepted since {fault.since}," if fault.since else ""
            message = f"Accepted fault healed: {named(fault)}{since} {why}."
            yield _about_line("AB711", message, baseline, number, fault)


def _repeated(baseline: Baseline) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for number, fault in enumerate(baseline.faults):
        if (earlier := first.setdefault(fault.identity, number)) != number:
            where = f", first in line {baseline.line(earlier)}" if baseline.line(earlier) else ""
            yield _about_line("AB713", f"{named(fault)} is accepted twice{where}.", baseline, number, fault)


def _about_line(code: str, message: str, baseline: Baseline, number: int, fault: Fault) -> Finding:
    origin = Origin(page=baseline.place, line=baseline.line(number))
    return Finding.of(code, message, origin=origin, reference=fault.reference)
