"""Rounds over a collection of any size: pairs, rulings, components, joins, until a round joins nothing.

References come in by place, deduplicated records and doubtful pairs go out: those that one process gives. Whole
numbers, facts and the decisions of people are all that the driver holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from operator import add
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from alliancebib.decisions import Decisions
from alliancebib.matching.clusters import Pair
from alliancebib.matching.forms import form_of
from alliancebib.matching.rounds import decided_pairs
from alliancebib.matching.ruling import Facts
from alliancebib.spark.census import facts_of
from alliancebib.spark.components import AT_ONCE, components
from alliancebib.spark.decided import ids_of
from alliancebib.spark.joining import NEW, Apart, Decided, Doubt, Home, Speakers, across, joined
from alliancebib.spark.pairs import Ruled, candidate_pairs, rulings
from alliancebib.spark.records import Record, decoded, encoded, fingerprint, names_in
from alliancebib.spark.session import kept

if TYPE_CHECKING:
    from pyspark import RDD

__all__ = ["Outcome", "Settled", "Told", "rounds", "still_open"]

#: A place and the bytes of a reference.
Placed = tuple[int, bytes]


class Settled(NamedTuple):
    """What stays the same from round to round: decisions, preset, in how many parts, how many pairs the driver joins.

    ``beyond`` is a number larger than every place, ``spoken`` has the first places of the ids that decisions name.
    """

    decisions: Decisions
    preset: str
    partitions: int
    beyond: int
    at_once: int = AT_ONCE
    spoken: Mapping[str, int] = MappingProxyType({})


class Told(NamedTuple):
    """What is said of two records: what they are called, and why it is said."""

    names: tuple[str, str]
    reason: str


class Outcome(NamedTuple):
    """Deduplicated records, and doubts by pairs of first places."""

    records: RDD[Record]
    doubts: RDD[tuple[Pair, Told]]


class _State(NamedTuple):
    """Records by the numbers of their forms; all numbers there ever were with their forms; fingerprint -> number.

    All three are dealt out by what they are under, so that later steps need not move them. ``again`` are numbers that
    were there before and are those of merged references now.
    """

    records: RDD[tuple[int, Record]]
    forms: RDD[tuple[int, bytes]]
    names: RDD[tuple[int, int]]
    again: RDD[tuple[int, bool]] | None = None


class _Joined(NamedTuple):
    """What one round made: records of components, the new ones among them, records that have none, and doubts."""

    changed: RDD[Record]
    alone: RDD[tuple[int, Record]]
    doubts: RDD[Doubt]


def rounds(references: RDD[Placed], settled: Settled) -> Outcome:
    """Join references until nothing is joined any more."""
    partitions = settled.partitions
    state = _numbered(references.map(_fresh), None, 0, partitions)
    settled = settled._replace(spoken=_spoken_of(references, settled.decisions))
    doubts: list[RDD[Doubt]] = []
    facts: Facts | None = None
    turn = 0
    while True:
        counted = kept(_counted(state, partitions))
        before, facts = facts, facts_of(counted, partitions)
        since = turn * settled.beyond if facts == before else 0
        made = _round(state, counted, facts, settled, since=since, turn=turn)
        doubts.append(made.doubts)
        if made.changed.filter(_is_new).isEmpty():
            break
        turn += 1
        state = _numbered(made.changed, state._replace(records=made.alone), turn * settled.beyond, partitions)
    records = state.records.values()
    return Outcome(records, still_open(references.context.union(doubts), records, partitions))


def _fresh(one: Placed) -> Record:
    place, data = one
    names = names_in(data)
    return Record(place, NEW, ((place, names.key or names.id),), data)


def _numbered(changed: RDD[Record], before: _State | None, offset: int, partitions: int) -> _State:
    """Give numbers to the forms of new references: that of equal ones that are known, else one behind all others."""
    formed: RDD[Any] = kept(changed.filter(_is_new).map(_formed))
    firsts: RDD[Any] = formed.map(lambda one: (one[0], (one[1].place, one[2]))).reduceByKey(_first, partitions)
    found: RDD[Any] = kept(firsts.leftOuterJoin(before.names, partitions) if before else firsts.mapValues(_unseen))
    unseen: RDD[Any] = found.filter(lambda one: one[1][1] is None)
    names = unseen.mapValues(lambda one: offset + one[0][0])
    forms = unseen.map(lambda one: (offset + one[1][0][0], one[1][0][1])).partitionBy(partitions)
    numbers: RDD[Any] = found.mapValues(lambda one: offset + one[0][0] if one[1] is None else one[1])
    new: RDD[Any] = formed.map(lambda one: (one[0], one[1])).join(numbers, partitions)
    numbered = new.map(lambda one: (one[1][1], one[1][0]._replace(number=one[1][1])))
    if before is None:
        return _State(kept(numbered.partitionBy(partitions)), kept(forms), kept(names))
    old: RDD[Any] = changed.filter(_is_old).map(lambda record: (record.number, record))
    again: RDD[Any] = found.filter(lambda one: one[1][1] is not None).map(lambda one: (one[1][1], True))
    return _State(
        kept(before.records.union(numbered.union(old).partitionBy(partitions))),
        kept(before.forms.union(forms)),
        kept(before.names.union(names)),
        again,
    )


def _unseen(first: tuple[int, bytes]) -> tuple[tuple[int, bytes], None]:
    return first, None


def _is_new(record: Record) -> bool:
    return record.number == NEW


def _is_old(record: Record) -> bool:
    return record.number != NEW


def _formed(record: Record) -> tuple[int, Record, bytes]:
    data = encoded(form_of(decoded(record.reference)))
    return fingerprint(data, 16), record, data


def _first(a: tuple[int, bytes], b: tuple[int, bytes]) -> tuple[int, bytes]:
    return min(a, b)


def _counted(state: _State, partitions: int) -> RDD[tuple[int, tuple[bytes, int]]]:
    """Give the forms of each number that stands for a reference, and for how many."""
    counts: RDD[tuple[int, int]] = state.records.mapValues(_one).reduceByKey(add, partitions)
    return state.forms.join(counts, partitions)


def _one(_: object) -> int:
    return 1


def _round(  # noqa: PLR0913 - all by name
    state: _State,
    counted: RDD[tuple[int, tuple[bytes, int]]],
    facts: Facts,
    settled: Settled,
    *,
    since: int,
    turn: int,
) -> _Joined:
    partitions = settled.partitions
    context = state.records.context
    alive = counted.mapValues(lambda one: one[0])
    decided, spoken = _decisions(state.records.values(), settled)
    pairs = candidate_pairs(state.forms, alive, state.again, since, partitions)
    ruled = kept(rulings(pairs, alive, context.broadcast(facts), settled.preset, partitions))
    alike = ruled.filter(lambda one: one.ruling.verdict == "same").map(lambda one: one.pair)
    by_word = [(spoken[a], spoken[b]) for a, b in decided.same]
    edges = alike.union(context.parallelize(by_word, 1)) if by_word else alike
    roots = kept(_roots(counted, components(kept(edges), partitions, at_once=settled.at_once), partitions))
    inside, cross = _parted(ruled, roots, partitions)
    parts: RDD[Any] = context.union([
        state.records.join(roots, partitions).values().map(_turned),
        alive.join(roots, partitions).map(lambda one: (one[1][1], (one[0], one[1][0]))),
        inside,
    ])  # fmt: skip
    join = partial(_component, facts=context.broadcast(facts), preset=settled.preset, decided=decided, turn=turn)
    made: RDD[Any] = kept(parts.groupByKey(partitions).flatMap(join))
    alone = kept(state.records.subtractByKey(roots, partitions))
    doubts = made.filter(_is(Doubt))
    if not cross.isEmpty():
        doubts = doubts.union(_across(cross, made, alone, _apart(made, decided), turn, partitions))
    return _Joined(made.filter(_is(Record)), alone, kept(doubts))


def _roots(
    counted: RDD[tuple[int, tuple[bytes, int]]], found: RDD[tuple[int, int]], partitions: int
) -> RDD[tuple[int, int]]:
    """Give each number that has anything to join with the smallest of its component."""
    whole: RDD[Any] = counted.leftOuterJoin(found, partitions)
    return whole.mapPartitions(_with_roots, preservesPartitioning=True)


def _with_roots(numbers: Iterable[Any]) -> Iterator[tuple[int, int]]:
    for number, ((_, references), root) in numbers:
        if root is not None or references > 1:
            yield number, number if root is None else root


def _parted(
    ruled: RDD[Ruled], roots: RDD[tuple[int, int]], partitions: int
) -> tuple[RDD[tuple[int, Ruled]], RDD[Ruled]]:
    """Tell rulings within a component, under its root, from those across two."""
    one: RDD[Any] = ruled.map(lambda ruling: (ruling.pair[0], ruling)).leftOuterJoin(roots, partitions)
    other: RDD[Any] = one.map(lambda found: (found[1][0].pair[1], found[1])).leftOuterJoin(roots, partitions)
    both = kept(other.map(lambda found: found[1]))
    inside = both.filter(lambda found: found[1] is not None and found[0][1] == found[1])
    cross = both.filter(lambda found: found[1] is None or found[0][1] != found[1])
    return inside.map(lambda found: (found[1], found[0][0])), cross.map(lambda found: found[0][0])


def _turned(pair: tuple[Any, Any]) -> tuple[Any, Any]:
    return pair[1], pair[0]


def _component(
    one: tuple[int, Iterable[Any]], *, facts: Any, preset: str, decided: Decided, turn: int
) -> Iterator[Any]:
    return joined(one[1], facts.value, preset, decided, turn)


def _is(kind: type) -> Any:
    return partial(_of_kind, kind=kind)


def _of_kind(one: object, *, kind: type) -> bool:
    return isinstance(one, kind)


def _apart(made: RDD[Any], decided: Decided) -> Apart:
    home = dict(made.filter(_is(Home)).collect()) if decided.different else {}
    return Apart(frozenset((home.get(a, a), home.get(b, b)) for a, b in decided.different), home)


def _across(  # noqa: PLR0913, PLR0917 - what is joined, and how
    cross: RDD[Ruled], made: RDD[Any], alone: RDD[tuple[int, Record]], apart: Apart, turn: int, partitions: int
) -> RDD[Doubt]:
    """Tell the doubts between components, whose places are known now."""
    heard: RDD[Any] = made.filter(_is(Speakers)).union(alone.map(lambda one: Speakers(one[0], (one[1].place,))))
    first: RDD[Any] = cross.map(lambda one: (one.pair[0], one)).join(heard, partitions)
    both: RDD[Any] = first.map(lambda one: (one[1][0].pair[1], one[1])).join(heard, partitions)
    return both.values().flatMap(partial(_told, apart=apart, turn=turn))


def _told(one: Any, *, apart: Apart, turn: int) -> Iterator[Doubt]:
    (ruled, ours), theirs = one
    return across(ruled, ours, theirs, apart, turn)


def _spoken_of(references: RDD[Placed], decisions: Decisions) -> dict[str, int]:
    """Give the places of the references that decisions name; of several with one id the last."""
    wanted = ids_of(decisions)
    if not wanted:
        return {}
    return dict(sorted(references.flatMap(partial(_wanted, wanted=wanted)).collect(), key=lambda one: one[1]))


def _wanted(one: Placed, *, wanted: frozenset[str]) -> Iterator[tuple[str, int]]:
    place, data = one
    identity = names_in(data).id
    if identity in wanted:
        yield identity, place


def _decisions(records: RDD[Record], settled: Settled) -> tuple[Decided, dict[int, int]]:
    """Give the decisions by the places of records as they are now, and the numbers of these records.

    What was said of a member holds for what it was merged into.
    """
    if not settled.spoken:
        return Decided.of({}, ()), {}
    found = records.flatMap(partial(_speaking, places=frozenset(settled.spoken.values()))).collect()
    now = {first: place for first, place, _ in found}
    by_id = {identity: now[place] for identity, place in settled.spoken.items()}
    decisions = settled.decisions
    same, different = decided_pairs(decisions.same, by_id), decided_pairs(decisions.different, by_id)
    return Decided.of(same, different), {place: number for _, place, number in found}


def _speaking(record: Record, *, places: frozenset[int]) -> Iterator[tuple[int, int, int]]:
    """Give each member that decisions name with the place and number of its record."""
    for place, _ in record.members:
        if place in places:
            yield place, record.place, record.number


def still_open(doubts: RDD[Doubt], records: RDD[Record], partitions: int) -> RDD[tuple[Pair, Told]]:
    """Keep the doubts between records that later rounds did not join, one for each pair: the last."""
    homes: RDD[Any] = kept(records.flatMap(_homes).partitionBy(partitions))
    first: RDD[Any] = doubts.map(lambda one: (one.ends[0], one)).join(homes, partitions)
    both: RDD[Any] = first.map(lambda one: (one[1][0].ends[1], one[1])).join(homes, partitions)
    ends: RDD[Any] = both.values().flatMap(_with_homes)
    last: RDD[Any] = ends.reduceByKey(_later, partitions)
    return last.mapValues(lambda one: one[1])


def _homes(record: Record) -> Iterator[tuple[int, tuple[int, str]]]:
    for place, _ in record.members:
        yield place, (record.place, record.name)


def _with_homes(one: Any) -> Iterator[tuple[Pair, tuple[Any, Told]]]:
    """Put a doubt under the records that its ends became, unless they became one."""
    (doubt, ours), theirs = one
    if ours != theirs:
        (a, name), (b, other) = sorted((ours, theirs))
        yield (a, b), (doubt.order, Told((name, other), doubt.reason))


def _later(a: tuple[Any, Told], b: tuple[Any, Told]) -> tuple[Any, Told]:
    return max(a, b)
