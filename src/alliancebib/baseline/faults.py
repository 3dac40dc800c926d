"""An accepted fault, and which findings it names: code, reference, and what the finding is about.

What a finding is about is its subject, an address or DOI; of one without a subject, its sentence: where the values in
it change, a person should look again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from alliancebib.baseline.states import States
from alliancebib.finding import Finding

__all__ = ["Baseline", "Fault", "Index", "plain", "words_of"]

_NOBODY: Mapping[str, str] = {}


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One accepted fault. ``since`` and ``until`` are days, the last of them included; ``reason`` is a person's.

    ``outcome`` is that of the address, where it is one that is dead or uncertain: a page that was accepted as refused
    and is gone now is another fault. "" stands for any.
    """

    code: str
    reference: str = ""
    subject: str = ""
    message: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    reason: str = ""

    @classmethod
    def of(cls, finding: Finding, *, outcome: str, today: date) -> Fault:
        """Accept a finding from today on."""
        return cls(
            code=finding.code,
            reference=plain(finding.reference),
            subject=plain(finding.subject),
            message="" if finding.subject else plain(finding.message),
            outcome=outcome,
            since=today,
        )

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other faults; also its place in the file."""
        return self.code, self.subject, self.message, self.reference, self.outcome

    def has_ended(self, today: date) -> bool:
        """Say whether its last day is over."""
        return self.until is not None and self.until < today

    def names(self, finding: Finding, *, outcome: str, now: Mapping[str, str] = _NOBODY) -> bool:
        """Say whether this is the fault of a finding; ``now`` has the ids of merged references and those that stand.

        An address that stands in no library (``--urls``) belongs to no reference: code and address suffice.
        """
        if self.code != finding.code or (self.outcome and outcome and self.outcome != outcome):
            return False
        same = now.get(self.reference, self.reference) == plain(finding.reference)
        if self.subject:
            return self.subject == plain(finding.subject) and (same or not (self.reference and finding.reference))
        return same and not finding.subject and self.message == plain(finding.message)


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """Accepted faults in the order of their file, its name, and the line of each (0: unknown)."""

    faults: tuple[Fault, ...] = ()
    place: str = ""
    lines: tuple[int, ...] = ()

    def line(self, number: int) -> int:
        """Give the line of a fault by its place in the order."""
        return self.lines[number] if number < len(self.lines) else 0


class Index:
    """Finds the faults of a baseline that name a finding, by their places in its order."""

    def __init__(self, faults: Iterable[Fault], states: States, *, now: Mapping[str, str] = _NOBODY) -> None:
        self._states = states
        self._now = now
        self._about: dict[tuple[str, str], list[tuple[int, Fault]]] = defaultdict(list)
        for number, fault in enumerate(faults):
            self._about[fault.code, fault.subject or fault.message].append((number, fault))

    def of(self, finding: Finding) -> dict[int, Fault]:
        """Give the faults that name a finding, each with its place."""
        about = self._about.get((finding.code, plain(finding.subject or finding.message)), ())
        outcome = self._states.outcome_of(finding)
        return {number: fault for number, fault in about if fault.names(finding, outcome=outcome, now=self._now)}


def plain(text: str) -> str:
    r"""Give a text as a file can hold it: half a surrogate pair, which is no character, becomes its number.

    >>> plain("a\udc80") == "a\\udc80"
    True
    """
    return text.encode("utf-8", "backslashreplace").decode()


def words_of(*, reason: str, since: date | None = None, until: date | None = None) -> str:
    """Say in a sentence that something was accepted, when, for how long, and why.

    >>> words_of(reason="robot filter", until=date(2027, 3, 1))
    'Accepted until 2027-03-01: robot filter'
    """
    days = [f"since {since}"] * bool(since) + [f"until {until}"] * bool(until)
    return f"{' '.join(['Accepted', *days])}{f': {reason}' if reason else '.'}"
