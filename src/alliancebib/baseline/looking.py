"""What a run looked at: a fault counts as healed only where somebody looked for it and did not find it.

A fault and a report without it come in; the rest of a sentence that says why it is healed goes out, or "".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from alliancebib.baseline.faults import Fault
from alliancebib.baseline.states import LINKS, States
from alliancebib.finding import LinkState, Report, Verdict
from alliancebib.library import Library

__all__ = ["CHECKERS", "Looked", "healing_of"]

#: Code -> the checker that looks for it. What is not here is noticed when an input is read or joined.
CHECKERS = {
    **dict.fromkeys("AB201 AB202 AB203 AB204 AB205 AB206 AB207".split(), "fields"),
    "AB208": "keys",
    **dict.fromkeys("AB209 AB210 AB211 AB213".split(), "entries"),
    "AB212": "consistency",
    **dict.fromkeys("AB301 AB302 AB303 AB304 AB305 AB306 AB307 AB308".split(), "links"),
    "AB401": "dois",
    **dict.fromkeys("AB402 AB403 AB404 AB405 AB407 AB408 AB409 AB410 AB411 AB412 AB413".split(), "records"),
}

#: Codes that only a record can tell, and the verdicts that show that there was one.
_OF_RECORDS = frozenset("AB404 AB409 AB410 AB411 AB412 AB413".split())
_WITH_RECORD = frozenset(["agrees", "differs"])
#: Codes that compare references, or that belong to the bibliography which a project builds.
_OF_THE_WHOLE = ("AB212", "AB5", "AB6", "AB7")
#: Signs that a part of an input is missing: who is not there may stand in it.
_UNREAD = frozenset(["AB105", "AB106", "AB108", "AB110"])

#: Codes of addresses that are dead for certain -> their outcome, for lines that state none.
_OUTCOMES = {"AB202": "invalid", "AB301": "gone", "AB302": "invalid", "AB401": "gone"}

_NOT_FOUND = "was not found any more"
_MOVED = "belongs to an address that its reference does not have any more"


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What a run looked at, as far as its report does not say so.

    ``checkers`` are those that ran; ``references`` has the ids of the library, and for each the one that stands now;
    ``whole``: all inputs of the project were read, and joined as its bibliography.
    """

    checkers: frozenset[str] = frozenset()
    references: Mapping[str, str] = msgspec.field(default_factory=dict)
    whole: bool = False

    @classmethod
    def at(cls, library: Library, checkers: Iterable[str], *, whole: bool) -> Looked:
        """Say what checking a library by these checkers looks at."""
        references = library.aliases | {reference.id: reference.id for reference in library}
        complete = bool(references) and not any(finding.code in _UNREAD for finding in library.findings)
        return cls(checkers=frozenset(checkers), references=references, whole=whole and complete)


def healing_of(fault: Fault, report: Report, states: States, looked: Looked) -> str:
    """Say why a fault that is not in a report is healed; "" where it was not looked for."""
    if fault.reference and looked.whole and fault.reference not in looked.references:
        return f"belongs to {fault.reference}, which is not in the bibliography any more"
    link = states.link(fault.subject) if fault.code in LINKS else None
    if link and (why := _healing_of_link(fault, link)):
        return why
    checker = CHECKERS.get(fault.code, "")
    if report.stopped or (checker and checker not in looked.checkers):
        return ""
    if link or checker in {"links", "dois"}:
        return _MOVED if _is_cited_no_more(fault, link, report, looked) else ""
    if checker == "records":
        return _NOT_FOUND if _is_known(fault, states, looked) else ""
    alone = fault.reference in looked.references and not fault.code.startswith(_OF_THE_WHOLE)
    return _NOT_FOUND if alone or looked.whole else ""


def _healing_of_link(fault: Fault, link: LinkState) -> str:
    """Say that a visit settled it; an address that refuses or is silent may be as it was."""
    accepted = fault.outcome or _OUTCOMES.get(fault.code, "")
    settled = link.verdict is Verdict.OK or link.outcome in {*_OUTCOMES.values()} - {accepted}
    # What an earlier run saw serves for some days, but is no news of what was accepted since.
    seen = bool(link.checked) and link.checked >= str(fault.since or "")
    return f"is not true any more: the address is {link.outcome}" if settled and seen else ""


def _is_cited_no_more(fault: Fault, link: LinkState | None, report: Report, looked: Looked) -> bool:
    """Say whether its reference is there and has another address now."""
    reference = looked.references.get(fault.reference)
    return reference is not None and not report.unavailable and not (link and reference in link.references)


def _is_known(fault: Fault, states: States, looked: Looked) -> bool:
    """Say whether a service answered for the reference, with a record where the fault is told by records alone."""
    record = states.record(looked.references.get(fault.reference, fault.reference))
    if record is None or record.verdict == "not-asked":
        return False
    return fault.code not in _OF_RECORDS or record.verdict in _WITH_RECORD
