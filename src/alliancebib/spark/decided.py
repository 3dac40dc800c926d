"""What people decided, and what entries say of each other, in the ids and places of a collection.

Only references that are named there come to the driver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from alliancebib.decisions import Decisions
from alliancebib.library import Library
from alliancebib.matching.clusters import Pair
from alliancebib.matching.declared import targets_of, with_declared
from alliancebib.matching.rounds import decided_pairs
from alliancebib.model import Reference
from alliancebib.spark.records import decoded, names_in

if TYPE_CHECKING:
    from pyspark import RDD

__all__ = ["by_id", "different_places", "ids_of"]


def by_id(references: RDD[tuple[int, bytes]], decisions: Decisions) -> Decisions:
    """Give decisions with ids for citation keys, and with the pairs of which one names the other."""
    pointing = [one for _, one in sorted(references.flatMap(_pointing).collect())]
    targets = {name for data in pointing for name in targets_of(decoded(data))}
    names = frozenset(name.lower() for name in (*ids_of(decisions), *targets))
    if not names:
        return decisions
    named = references.filter(partial(_is_named, names=names)).union(references.flatMap(_pointing)).collect()
    library = Library(decoded(data) for _, data in sorted(dict(named).items()))
    return with_declared(decisions.by_id(library), library)


def different_places(references: RDD[tuple[int, bytes]], decisions: Decisions) -> frozenset[Pair]:
    """Give the pairs of places that were called different."""
    wanted = frozenset(identity for group in decisions.different for identity in group.ids)
    if not wanted:
        return frozenset()
    found = references.flatMap(partial(_wanted, wanted=wanted)).collect()
    return frozenset(decided_pairs(decisions.different, dict(sorted(found, key=lambda one: one[1]))))


def ids_of(decisions: Decisions) -> frozenset[str]:
    """Give the names of all that is called the same or different."""
    return frozenset(name for group in (*decisions.same, *decisions.different) for name in group.ids)


def _pointing(one: tuple[int, bytes]) -> Iterator[tuple[int, bytes]]:
    if b"bibtex:" in one[1] and targets_of(decoded(one[1])):
        yield one


def _is_named(one: tuple[int, bytes], *, names: frozenset[str]) -> bool:
    called = names_in(one[1])
    if called.id.lower() in names or called.key.lower() in names:
        return True
    return b"bibtex:ids" in one[1] and not names.isdisjoint(_further(decoded(one[1])))


def _further(reference: Reference) -> Iterable[str]:
    further = reference.extra.get("bibtex:ids", "")
    return [key.strip().lower() for key in further.split(",")] if isinstance(further, str) else []


def _wanted(one: tuple[int, bytes], *, wanted: frozenset[str]) -> Iterator[tuple[str, int]]:
    identity = names_in(one[1]).id
    if identity in wanted:
        yield identity, one[0]
