"""Versions of one text in a collection of any size: told from doubts and linked, or joined where that is asked for.

What `alliancebib.matching.versions` says of a library it says of each group of one first author and title by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from alliancebib.matching.clusters import Pair
from alliancebib.matching.versions import heading_of, version_groups, version_pairs
from alliancebib.model import Reference
from alliancebib.spark.joining import Doubt, merged
from alliancebib.spark.records import Record, decoded, encoded, fingerprint
from alliancebib.spark.rounds import Outcome, Told, still_open
from alliancebib.spark.session import kept
from alliancebib.variables import OTHER_VERSIONS

if TYPE_CHECKING:
    from pyspark import RDD

__all__ = ["Linked", "with_versions"]


class Linked(NamedTuple):
    """Records, doubts that are left, and links with reasons, both by pairs of first places."""

    records: RDD[Record]
    doubts: RDD[tuple[Pair, Told]]
    links: RDD[tuple[Pair, Told]]


class _Link(NamedTuple):
    """Two versions of one text, by first places."""

    pair: Pair
    told: Told


def with_versions(found: Outcome, apart: frozenset[Pair], *, partitions: int, merging: bool) -> Linked:
    """Tell versions from doubts; ``apart`` are pairs of places that a person called different."""
    headed: RDD[Any] = kept(found.records.map(_headed))
    alone = headed.filter(lambda one: one[0] is None).values()
    groups: RDD[Any] = kept(headed.filter(lambda one: one[0] is not None).groupByKey(partitions).values())
    empty: RDD[Any] = found.records.context.emptyRDD()
    if merging:
        made: RDD[Any] = kept(groups.flatMap(partial(_joined, apart=apart)))
        if made.count() < groups.map(_size).sum():
            records = made.union(alone)
            doubts = found.doubts.map(lambda one: Doubt(one[0], one[0], one[1].reason))
            return Linked(kept(records), still_open(doubts, records, partitions), empty)
    made = kept(groups.flatMap(partial(_linked, apart=apart)))
    links: RDD[Any] = made.filter(lambda one: isinstance(one, _Link))
    records = kept(made.filter(lambda one: isinstance(one, Record)).union(alone))
    return Linked(records, found.doubts.subtractByKey(links, partitions), links)


def _headed(record: Record) -> tuple[int | None, Record]:
    heading = heading_of(decoded(record.reference))
    if heading is None:
        return None, record
    return fingerprint("\0".join(heading).encode("utf-8", "surrogatepass"), 16), record


def _size(group: Iterable[Record]) -> int:
    return len(list(group))


def _joined(group: Iterable[Record], *, apart: frozenset[Pair]) -> Iterator[Record]:
    records = sorted(group)
    references, pairs = _pairs(records, apart)
    home = {place: places for places in version_groups(references, pairs) for place in places} if pairs else {}
    for at, record in enumerate(records):
        places = home.get(at, (at,))
        if len(places) == 1:
            yield record
        elif places[0] == at:
            yield merged([records[place] for place in places], versions=True)


def _linked(group: Iterable[Record], *, apart: frozenset[Pair]) -> Iterator[Record | _Link]:
    records = sorted(group)
    references, pairs = _pairs(records, apart)
    others: dict[int, list[str]] = {}
    for (a, b), reason in pairs.items():
        others.setdefault(a, []).append(references[b].key or references[b].id)
        others.setdefault(b, []).append(references[a].key or references[a].id)
        yield _Link((records[a].place, records[b].place), Told((records[a].name, records[b].name), reason))
    for at, record in enumerate(records):
        if at in others:
            extra = references[at].extra | {OTHER_VERSIONS: " ".join(others[at])}
            yield record._replace(reference=encoded(replace(references[at], extra=extra)))
        else:
            yield record


def _pairs(records: list[Record], apart: frozenset[Pair]) -> tuple[list[Reference], dict[Pair, str]]:
    """Give the references of a group, and the pairs of versions by their places in it."""
    if len(records) == 1:
        return [], {}
    references = [decoded(record.reference) for record in records]
    at = {member: at for at, record in enumerate(records) for member, _ in record.members} if apart else {}
    kept_apart = [(min(at[a], at[b]), max(at[a], at[b])) for a, b in apart if a in at and b in at]
    return references, version_pairs(references, kept_apart)
