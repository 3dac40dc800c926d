"""Completing references: resolvers, matching, decisions and lock brought together.

A library and a lock come in, an `Enriched` goes out: references with gaps filled from records that are surely theirs,
and a lock that gives the same answers again without network. What is doubtful becomes a finding; what could not be
asked stays as it is, and is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from alliancebib.decisions import Decisions
from alliancebib.enrichment.asking import Asker, Progress, Question
from alliancebib.enrichment.searching import Found, search_all
from alliancebib.enrichment.wording import Tally
from alliancebib.finding import Finding, Severity
from alliancebib.library import Library
from alliancebib.lock import Accepted, Lock, Open
from alliancebib.matching import fill
from alliancebib.model import Reference
from alliancebib.resolvers import Resolver

__all__ = ["Enriched", "Found", "Progress", "enrich", "search_all"]

#: Kinds of works that have DOIs as a rule.
_SCHOLARLY = frozenset(
    """article article-journal book chapter dataset entry entry-dictionary entry-encyclopedia paper-conference report
    review review-book standard thesis""".split()
)
_CODES = {"none": "AB405", "doubtful": "AB403", "other-work": "AB402", "unknown": "AB401"}


class Enriched(msgspec.Struct, frozen=True, kw_only=True):
    """A completed library, its lock, and what was done.

    Of all works that wanted an answer, ``asked`` were answered by services (or the cache of their answers), ``cached``
    by the lock, ``not_asked`` by nobody. ``accepted`` have a record, ``doubtful`` only candidates or a DOI that is
    wrong. ``findings`` are those of this stage; ``summary`` says all this in a line.
    """

    library: Library
    lock: Lock
    findings: tuple[Finding, ...] = ()
    asked: int = 0
    cached: int = 0
    not_asked: int = 0
    accepted: int = 0
    doubtful: int = 0
    summary: str = ""


def enrich(  # noqa: PLR0913 - one argument for each thing that decides
    library: Library,
    *,
    resolvers: Sequence[Resolver],
    lock: Lock,
    decisions: Decisions,
    threshold: float,
    today: date,
    progress: Progress | None = None,
) -> Enriched:
    """Complete references: human decisions first, then the lock, then the resolvers in their order.

    A DOI is attached only where title, author and year support it (`alliancebib.matching.judge`); a stated DOI is kept
    and verified. A service that cannot be asked is one sentence in the summary, never an exception.
    """
    references = [_decided(reference, decisions) for reference in library]
    questions = [
        Question(place, reference, human=reference.id in decisions.doi)
        for place, reference in enumerate(references)
        if _is_askable(reference, decisions)
    ]
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
    tally = Tally(
        whole=len(questions),
        cached=len(entries) - len(asked),
        entries=tuple(entries.values()),
        problem=next((result.problem for _, result in sorted(results.items()) if result.problem), None),
    )
    return _folded(library.with_references(references), entries, lock, tally)


def _decided(reference: Reference, decisions: Decisions) -> Reference:
    if reference.id not in decisions.doi:
        return reference
    return reference.amended("human", {"doi": decisions.doi[reference.id].lower()})


def _is_askable(reference: Reference, decisions: Decisions) -> bool:
    """Say whether a service may know the work: it has a DOI, or is of a kind that has one, and no person said no."""
    if reference.doi:
        return True
    if reference.id in decisions.doi or not (reference.title or reference.origin.raw):
        return False
    return reference.kind in _SCHOLARLY or (reference.kind == "document" and bool(reference.author))


def _folded(library: Library, entries: dict[int, Accepted | Open], lock: Lock, tally: Tally) -> Enriched:
    """Put the answers into the references, in the library's order."""
    references = list(library)
    findings: list[Finding] = []
    for place, entry in sorted(entries.items()):
        reference = references[place]
        if isinstance(entry, Accepted):
            references[place], noticed = fill(reference, entry.record, by=entry.resolver, confidence=entry.score)
            findings += noticed
        else:
            findings.append(_finding_of(entry, reference))
    missing = (Finding.of("AB406", tally.summary),) if tally.not_asked else ()
    return Enriched(
        library=library.with_references(references).with_findings((*findings, *missing)),
        lock=_next_lock(library, entries, lock),
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
    return Finding.of(code, entry.message, origin=reference.origin, reference=reference.id, severity=severity)


def _next_lock(library: Library, entries: dict[int, Accepted | Open], lock: Lock) -> Lock:
    """Give the lock of this library: answers about lines that are gone are dropped, all others stay."""
    here = {reference.id for reference in library if reference.id}
    named = {library[place].id: entry for place, entry in entries.items() if library[place].id}
    works = {name: entry for name, entry in lock.works.items() if name in here and name not in named}
    left = {name: entry for name, entry in lock.open.items() if name in here and name not in named}
    works |= {name: entry for name, entry in named.items() if isinstance(entry, Accepted)}
    left |= {name: entry for name, entry in named.items() if isinstance(entry, Open)}
    return Lock(works=works, open=left, links=lock.links)
