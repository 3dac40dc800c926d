"""Looking up: stated DOIs go to resolvers, many at a time; records, or why somebody could not be asked, come out.

The first resolver that knows a DOI counts. How references are put together for that is said here, too: look-ups in
batches, searches one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from alliancebib.errors import UnavailableError
from alliancebib.model import Reference
from alliancebib.verification.services import BatchResolver, Resolver, each_by_itself

__all__ = ["BATCH", "LookedUp", "look_up", "units_of"]

#: DOIs that are looked up together where a resolver can.
BATCH = 50

Question = TypeVar("Question")


class LookedUp(NamedTuple):
    """Records with the names of the resolvers that had them, and problems, by DOI; what is in neither nobody knows."""

    found: Mapping[str, tuple[Reference, str]]
    problems: Mapping[str, UnavailableError]


def look_up(dois: Sequence[str], resolvers: Sequence[Resolver]) -> LookedUp:
    """Look DOIs up, given in lower case."""
    problems: dict[str, UnavailableError] = {}
    found: dict[str, tuple[Reference, str]] = {}
    for resolver in resolvers:
        missing = [doi for doi in dict.fromkeys(dois) if doi not in found]
        for doi, work in _works_of(resolver, missing).items():
            if isinstance(work, UnavailableError):
                problems[doi] = work
            else:
                found[doi] = (work, resolver.name)
    return LookedUp(found, problems)


def units_of(questions: Sequence[Question], doi_of: Callable[[Question], str]) -> Iterator[Sequence[Question]]:
    """Give look-ups in batches, then searches one by one."""
    stated = [question for question in questions if doi_of(question)]
    for start in range(0, len(stated), BATCH):
        yield stated[start : start + BATCH]
    for question in questions:
        if not doi_of(question):
            yield [question]


def _works_of(resolver: Resolver, dois: Sequence[str]) -> Mapping[str, Reference | UnavailableError]:
    """Give what a resolver has of DOIs, and why it could not be asked about others."""
    if len(dois) <= 1 or not isinstance(resolver, BatchResolver):
        return each_by_itself(resolver.lookup, dois)
    try:
        return resolver.lookup_many(dois)
    except UnavailableError as problem:
        return dict.fromkeys(dois, problem)
