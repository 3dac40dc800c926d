"""Faults, findings and states for tests of what people accepted."""

from __future__ import annotations

from datetime import date

from alliancebib.baseline import Baseline, Fault, Looked
from alliancebib.finding import Finding, LinkState, Report, Verdict

TODAY = date(2026, 11, 28)
BEFORE = date(2026, 11, 1)
URL = "https://www.example.org/a"

_OUTCOMES = {"AB301": "gone", "AB302": "invalid", "AB303": "refused", "AB304": "unreachable", "AB308": "unknown"}


def link(outcome: str = "gone", *, url: str = URL, status: int | None = None, checked: str = "2026-11-28") -> LinkState:
    verdicts = {"ok": Verdict.OK, "moved": Verdict.OK, "gone": Verdict.DEAD, "invalid": Verdict.DEAD}
    return LinkState(
        url=url,
        verdict=verdicts.get(outcome, Verdict.UNCERTAIN),
        outcome=outcome,
        status=status,
        attempts=1,
        checked=checked,
        references=("r1",),
    )


def finding(code: str = "AB301", *, reference: str = "r1", subject: str = URL, message: str = "") -> Finding:
    return Finding.of(code, message or f"{subject}: It is so.", reference=reference, subject=subject)


def fault(code: str = "AB301", *, reference: str = "r1", subject: str = URL, **more: object) -> Fault:
    values = {"outcome": _OUTCOMES.get(code, ""), "since": BEFORE, "reason": "known"} | more
    return Fault(code=code, reference=reference, subject=subject, **values)  # type: ignore[arg-type]


def baseline(*faults: Fault) -> Baseline:
    return Baseline(faults=faults, place="accepted.toml", lines=tuple(range(4, 4 + len(faults))))


def looked(*checkers: str, references: tuple[str, ...] = ("r1", "r2"), whole: bool = True) -> Looked:
    ran = checkers or ("fields", "entries", "consistency", "keys", "dois", "records", "links")
    return Looked(checkers=frozenset(ran), references={one: one for one in references}, whole=whole)


def report(*findings: Finding, links: tuple[LinkState, ...] = (), unavailable: tuple[str, ...] = ()) -> Report:
    return Report(findings=findings, links=links, unavailable=unavailable)
