"""Searching: a reference goes to resolvers, their candidates are judged; the first one that is accepted wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from alliancebib.errors import UnavailableError
from alliancebib.matching import Judgement, as_titled, judge
from alliancebib.model import Reference
from alliancebib.updates import as_first_published, is_marked_retracted
from alliancebib.verification.looking_up import look_up, units_of
from alliancebib.verification.services import Resolver
from alliancebib.verification.stated import judge_stated
from alliancebib.verification.workers import WORKERS, done_in_time, in_order

__all__ = ["CANDIDATES", "Found", "search", "search_all"]

#: Candidates that a search is asked for.
CANDIDATES = 10
#: Works of each service that are named where none is like the one that is looked for.
NEAREST = 2


class Found(msgspec.Struct, frozen=True):
    """The judgement of the resolver that knew best, its name, and why another one could not be asked.

    ``judgement`` is None where nobody could be asked. ``nearest`` are works that were found, like it or not.
    """

    judgement: Judgement | None = None
    by: str = ""
    problem: UnavailableError | None = None
    nearest: tuple[Reference, ...] = ()


def search(reference: Reference, resolvers: Sequence[Resolver], *, threshold: float) -> Found:
    """Search for the work that a reference means; a DOI that it states is not looked at."""
    problem: UnavailableError | None = None
    best: Found | None = None
    nearest: list[Reference] = []
    for resolver in resolvers:
        try:
            candidates = resolver.search(reference, limit=CANDIDATES)
        except UnavailableError as unavailable:
            problem = unavailable
            continue
        nearest += candidates[:NEAREST]
        # Titles as they were before a retraction, unless the reference speaks of it: it may mean the notice.
        alike = candidates if is_marked_retracted(reference.title) else map(as_first_published, candidates)
        judged = judge(reference, tuple(as_titled(reference, one) for one in alike), threshold=threshold)
        if judged.accepted:
            record = next(work for work in candidates if work.doi == judged.accepted.doi)
            return Found(msgspec.structs.replace(judged, accepted=record), resolver.name)
        if best is None or best.judgement is None or judged.probability > best.judgement.probability:
            best = Found(judged, resolver.name)
    if best is None:
        return Found(problem=problem)
    return msgspec.structs.replace(best, problem=problem, nearest=tuple(nearest))


def search_all(
    references: Sequence[Reference],
    resolvers: Sequence[Resolver],
    *,
    threshold: float,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Found]:
    """Search for many works, several at a time, or look their DOIs up, many in one question.

    The answers come in the order of the references, each as soon as it can.
    """
    units = sorted(units_of(tuple(enumerate(references)), lambda one: one[1].doi), key=lambda unit: unit[0][0])
    answers = done_in_time(lambda unit: _found(unit, resolvers, threshold), units, workers=WORKERS)
    for number, found in enumerate(in_order(part for _, part in answers), 1):
        if progress:
            progress(number)
        yield found


def _found(unit: Sequence[tuple[int, Reference]], resolvers: Sequence[Resolver], threshold: float) -> dict[int, Found]:
    """Look stated DOIs up, or search; a DOI that nobody knows is not replaced by another."""
    if not unit[0][1].doi:
        return {place: search(reference, resolvers, threshold=threshold) for place, reference in unit}
    known, problems = look_up([reference.doi.lower() for _, reference in unit], resolvers)
    found = {}
    for place, reference in unit:
        doi = reference.doi.lower()
        if doi in known:
            work, by = known[doi]
            found[place] = Found(judge_stated(reference, work, threshold=threshold).judgement, by)
        else:
            problem = problems.get(doi)
            nobody = Judgement(reason=f"nobody knows the DOI {reference.doi}")
            found[place] = Found(None if problem else nobody, problem=problem)
    return found
