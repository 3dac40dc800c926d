"""A baseline brought up to date: what fails today is accepted, what is healed is dropped, the rest stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import msgspec

from alliancebib.baseline.faults import Baseline, Fault, Index
from alliancebib.baseline.looking import Looked, healing_of
from alliancebib.baseline.states import States
from alliancebib.finding import Finding, Report

__all__ = ["Updated", "updated"]


class Updated(msgspec.Struct, frozen=True, kw_only=True):
    """The new baseline; what it has more and less than the old one, and what is accepted anew after its last day."""

    baseline: Baseline
    added: tuple[Fault, ...] = ()
    removed: tuple[Fault, ...] = ()
    renewed: tuple[Fault, ...] = ()


def updated(
    report: Report, baseline: Baseline, *, looked: Looked, today: date, fails: Callable[[Finding], bool]
) -> Updated:
    """Accept the findings of a report that ``fails`` says would fail a build, beside what holds of a baseline.

    Days and reasons stay; a fault whose last day is over is accepted anew from today, for the same reason. What was not
    looked at is never dropped. The report is one to which no baseline was applied.
    """
    states = States(report)
    faults = dict(_once(baseline.faults, today))
    index = Index(faults.values(), states, now=looked.references)
    keys = list(faults)
    holding = {number for finding in report.accepted for number in index.of(finding)}
    added: dict[tuple[str, ...], Fault] = {}
    renewed: dict[tuple[str, ...], Fault] = {}
    for finding in report.findings:
        known = index.of(finding)
        holding |= set(known)
        if not fails(finding):
            continue
        if not known:
            fault = Fault.of(finding, outcome=states.outcome_of(finding), today=today)
            added[fault.identity] = fault
        elif all(fault.has_ended(today) for fault in known.values()):
            number = min(known)
            renewed[keys[number]] = msgspec.structs.replace(known[number], since=today, until=None)
    removed = {
        key: faults[key]
        for number, key in enumerate(keys)
        if number not in holding and healing_of(faults[key], report, states, looked)
    }
    kept = {key: fault for key, fault in faults.items() if key not in removed}
    whole = kept | renewed | added
    return Updated(
        baseline=Baseline(faults=tuple(whole[key] for key in sorted(whole)), place=baseline.place),
        added=tuple(added[key] for key in sorted(added)),
        removed=tuple(removed[key] for key in sorted(removed)),
        renewed=tuple(renewed[key] for key in sorted(renewed)),
    )


def _once(faults: Iterable[Fault], today: date) -> Iterator[tuple[tuple[str, ...], Fault]]:
    """Give each fault once: of several lines one that is in force, and that has a reason."""
    ranked = sorted(faults, key=lambda fault: (not fault.has_ended(today), bool(fault.reason)))
    yield from ((fault.identity, fault) for fault in ranked)  # the last one wins
