"""Completing references: resolvers, matching, decisions and lock brought together.

A library and a lock come in, an `Enriched` goes out: references with gaps filled from records that are surely theirs,
and a lock that gives the same answers again without network. What is doubtful becomes a finding; what could not be
asked stays as it is, and is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import msgspec

from alliancebib.decisions import Decisions, decided_doi
from alliancebib.enrichment.changes import Change, changes_between
from alliancebib.enrichment.proposing import with_unread_doi
from alliancebib.enrichment.renewing import asked_again, lost_records, steady, told_lost
from alliancebib.enrichment.tally import Tally, renewal
from alliancebib.finding import Finding, Severity
from alliancebib.library import Library
from alliancebib.lock import Accepted, Lock, Open
from alliancebib.matching import fill
from alliancebib.model import Reference
from alliancebib.verification import Asker, Progress, Question, Resolver, Result, has_doi_as_a_rule, is_askable

__all__ = ["Change", "Completing", "Enriched", "Progress", "changes_between", "enrich", "renew"]

_CODES = {"none": "AB405", "doubtful": "AB403", "other-work": "AB402", "unknown": "AB401"}


class Completing(Protocol):
    """How a record completes a reference: `alliancebib.matching.fill` or `attach`."""

    def __call__(
        self, reference: Reference, record: Reference, *, by: str, confidence: float
    ) -> tuple[Reference, tuple[Finding, ...]]:
        """Give the completed reference, and what the two disagree about."""
        ...


class Enriched(msgspec.Struct, frozen=True, kw_only=True):
    """A completed library, its lock, and what was done.

    Of all works that wanted an answer, ``asked`` were answered by services (or the cache of their answers), ``cached``
    by the lock, ``not_asked`` by nobody. ``accepted`` have a record, ``doubtful`` only candidates or a DOI that is
    wrong; ``lost`` are kept by `renew` although nobody knows their DOIs any more. ``findings`` are those of this stage;
    ``summary`` says all this in a line.
    """

    library: Library
    lock: Lock
    findings: tuple[Finding, ...] = ()
    asked: int = 0
    cached: int = 0
    not_asked: int = 0
    accepted: int = 0
    doubtful: int = 0
    lost: int = 0
    summary: str = ""


def enrich(  # noqa: PLR0913 - one argument for each thing that decides
    library: Library,
    *,
    resolvers: Sequence[Resolver],
    lock: Lock,
    decisions: Decisions,
    threshold: float,
    today: date,
    completing: Completing = fill,
    progress: Progress | None = None,
) -> Enriched:
    """Complete references: human decisions first, then the lock, then the resolvers in their order.

    A DOI is attached only where title, author and year support it (`alliancebib.matching.judge`); a stated DOI is kept
    and verified. A service that cannot be asked is one sentence in the summary, never an exception. ``completing`` says
    what a record gives: all that is missing (`alliancebib.matching.fill`), or the DOI alone (`attach`).
    """
    library = library.with_references(_decided(reference, decisions) for reference in library)
    questions = _questions(library, decisions)
    asker = Asker(resolvers, threshold=threshold, today=today)
    locked = {question.place: entry for question in questions if (entry := asker.locked(question, lock))}
    results = asker.ask([question for question in questions if question.place not in locked], progress)
    asked = {place: result.entry for place, result in results.items() if result.entry}
    earlier = {
        question.place: entry
        for question in questions
        if question.place not in asked and (entry := asker.locked_earlier(question, lock))
    }
    entries = earlier | locked | asked
    tally = _tally(questions, results, entries=entries, asked=len(asked))
    return _folded(library, entries, _next_lock(library, entries, lock), tally, completing)


def renew(  # noqa: PLR0913 - one argument for each thing that decides
    library: Library,
    *,
    resolvers: Sequence[Resolver],
    lock: Lock,
    decisions: Decisions,
    threshold: float,
    today: date,
    progress: Progress | None = None,
) -> Enriched:
    """Ask again about everything that the lock answers of a library, and complete the references from that.

    Where nobody answers, what the lock says stays; so do its answers about other libraries, and records whose DOIs are
    unknown all at once, which are told: a service that lost them is likelier than works that never were. A record that
    did not change keeps its entry, day included, so that the lock differs only where something did.
    """
    library = library.with_references(_decided(reference, decisions) for reference in library)
    asker = Asker(resolvers, threshold=threshold, today=today)
    whole = _questions(library, decisions)
    known = {
        question.place: entry
        for question in whole
        if (entry := asker.locked(question, lock) or asker.locked_earlier(question, lock))
    }
    questions = [question for question in whole if question.place in known]
    results = asked_again(asker, questions, known, progress)
    lost = lost_records(known, results)
    asked = {
        place: lost.get(place) or steady(known[place], result.entry)
        for place, result in results.items()
        if result.entry
    }
    tally = _tally(questions, results, entries=known | asked, asked=len(asked))
    enriched = _folded(library, known | asked, _with_answers(lock, library, asked), tally, fill)
    findings = tuple(told_lost(library[place], entry) for place, entry in sorted(lost.items()))
    return msgspec.structs.replace(
        enriched,
        library=enriched.library.with_findings(findings),
        findings=(*enriched.findings, *findings),
        lost=len(lost),
        summary=renewal(tally),
    )


def _questions(library: Library, decisions: Decisions) -> list[Question]:
    return [
        Question(place, reference, human=reference.id in decisions.doi)
        for place, reference in enumerate(library)
        if _is_open(reference, decisions)
    ]


def _tally(
    questions: Sequence[Question],
    results: dict[int, Result],
    *,
    entries: dict[int, Accepted | Open],
    asked: int,
) -> Tally:
    return Tally(
        whole=len(questions),
        cached=len(entries) - asked,
        entries=tuple(entries.values()),
        problem=next((result.problem for _, result in sorted(results.items()) if result.problem), None),
    )


def _decided(reference: Reference, decisions: Decisions) -> Reference:
    if reference.id not in decisions.doi:
        return reference
    return reference.amended("human", decided_doi(reference, decisions.doi[reference.id]))


def _is_open(reference: Reference, decisions: Decisions) -> bool:
    """Say whether services are to be asked: one may know the work, and no person said that it has no DOI."""
    return is_askable(reference) and (bool(reference.doi) or reference.id not in decisions.doi)


def _folded(
    library: Library, entries: dict[int, Accepted | Open], lock: Lock, tally: Tally, completing: Completing
) -> Enriched:
    """Put the answers into the references, in the library's order."""
    references = list(library)
    findings: list[Finding] = []
    for place, entry in sorted(entries.items()):
        reference = references[place]
        if isinstance(entry, Accepted):
            completed, noticed = completing(reference, entry.record, by=entry.resolver, confidence=entry.score)
            references[place], proposed = with_unread_doi(reference, completed, by=entry.resolver)
            findings += (*noticed, *proposed)
        else:
            findings.append(_finding_of(entry, reference))
    missing = (Finding.of("AB406", tally.summary),) if tally.not_asked else ()
    return Enriched(
        library=library.with_references(references).with_findings((*findings, *missing)),
        lock=lock,
        findings=tuple(findings),
        asked=len(entries) - tally.cached,
        cached=tally.cached,
        not_asked=tally.not_asked,
        accepted=tally.accepted,
        doubtful=tally.doubtful,
        summary=tally.summary,
    )


def _finding_of(entry: Open, reference: Reference) -> Finding:
    # A DOI that one agency does not know may be another's; only the handle system can call it unknown for certain.
    severity = Severity.WARNING if entry.verdict == "unknown" else None
    code = _CODES[entry.verdict]
    if code == "AB405" and not has_doi_as_a_rule(reference):
        severity = Severity.NOTE
    return Finding.of(code, entry.message, origin=reference.origin, reference=reference.id, severity=severity)


def _next_lock(library: Library, entries: dict[int, Accepted | Open], lock: Lock) -> Lock:
    """Give the lock of this library: answers about lines that are gone are dropped, all others stay."""
    here = {reference.id for reference in library if reference.id}
    works = {name: entry for name, entry in lock.works.items() if name in here}
    left = {name: entry for name, entry in lock.open.items() if name in here}
    return _with_answers(Lock(works=works, open=left, links=lock.links), library, entries)


def _with_answers(lock: Lock, library: Library, entries: dict[int, Accepted | Open]) -> Lock:
    """Give a lock with new answers in the place of older ones."""
    named = {library[place].id: entry for place, entry in entries.items() if library[place].id}
    works = {name: entry for name, entry in lock.works.items() if name not in named}
    left = {name: entry for name, entry in lock.open.items() if name not in named}
    works |= {name: entry for name, entry in named.items() if isinstance(entry, Accepted)}
    left |= {name: entry for name, entry in named.items() if isinstance(entry, Open)}
    return Lock(works=works, open=left, links=lock.links)
