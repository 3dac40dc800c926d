"""Which pairs share a key, and the rulings on them: the same as `alliancebib.matching.index` and `clusters.rule` give.

Numbers come in with their forms, pairs of numbers with their rulings go out. Keys are sorted within each partition and
walked as a stream: no block, however large, is held in memory; of those that are too large the forms are fetched,
sorted and looked at through a window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, combinations, groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from alliancebib.matching.clusters import Pair
from alliancebib.matching.forms import order_of
from alliancebib.matching.index import LARGEST_BLOCK, WINDOW
from alliancebib.matching.keys import keys_of
from alliancebib.matching.ruling import Facts, Ruling
from alliancebib.matching.screening import hopeless
from alliancebib.matching.verdict import rule_on
from alliancebib.spark.records import decoded_forms, fingerprint
from alliancebib.spark.session import kept

if TYPE_CHECKING:
    from pyspark import RDD, Broadcast

__all__ = ["Ruled", "candidate_pairs", "rulings"]

#: Number -> forms as bytes.
_Forms = tuple[int, bytes]
#: A key and a number under it, and whether pairs with it are to be looked at anew.
_Entry = tuple[tuple[int, int], bool]


class Ruled(NamedTuple):
    """A pair of numbers, the ruling, and its reasons as they read with the larger number first."""

    pair: Pair
    ruling: Ruling
    turned: tuple[str, ...]


def candidate_pairs(
    index: RDD[_Forms], alive: RDD[_Forms], again: RDD[tuple[int, bool]] | None, since: int, partitions: int
) -> RDD[Pair]:
    """Give the pairs of numbers that share a key, each once, the smaller first.

    Args:
        index: All numbers there ever were: a block that was large stays so.
        alive: Those that still stand for a reference. Pairs of others may come along; nobody has their forms.
        again: Earlier numbers that merged references have now; None for none.
        since: In small blocks, pairs with a number from here on are looked at, and those with one of ``again``.
        partitions: So many parts are made.
    """
    marked: RDD[Any] = index.leftOuterJoin(again, partitions) if again else index.mapValues(_unmarked)
    entries = marked.flatMap(_entries).repartitionAndSortWithinPartitions(partitions, _of_key)
    seen = kept(entries.mapPartitions(partial(_in_blocks, since=since)))
    small: RDD[Any] = seen.filter(lambda one: one[0] is None).map(lambda one: one[1])
    large: RDD[Any] = seen.filter(lambda one: one[0] is not None).map(lambda one: (one[1], one[0]))
    if large.isEmpty():
        return small.distinct(partitions)
    ordered: RDD[Any] = large.join(alive, partitions).map(
        lambda one: ((one[1][0], order_of(decoded_forms(one[1][1])), one[0]), None)
    )
    windowed = ordered.repartitionAndSortWithinPartitions(partitions, _of_key).mapPartitions(_windowed)
    return small.union(windowed).distinct(partitions)


def rulings(pairs: RDD[Pair], alive: RDD[_Forms], facts: Broadcast[Facts], preset: str, partitions: int) -> RDD[Ruled]:
    """Rule on pairs; those that are different works are left out."""
    first: RDD[Any] = pairs.join(alive, partitions)
    both: RDD[Any] = first.map(lambda one: (one[1][0], (one[0], one[1][1]))).join(alive, partitions)
    return both.mapPartitions(partial(_ruled, facts=facts, preset=preset))


def _unmarked(data: bytes) -> tuple[bytes, None]:
    return data, None


def _entries(one: tuple[int, tuple[bytes, bool | None]]) -> Iterator[_Entry]:
    number, (data, again) = one
    for key in keys_of(decoded_forms(data)):
        yield (fingerprint(key.encode("utf-8", "surrogatepass"), 8), number), bool(again)


def _of_key(entry: Any) -> int:
    key: int = entry[0]
    return key


def _in_blocks(entries: Iterable[_Entry], *, since: int) -> Iterator[tuple[int | None, Any]]:
    """Give the pairs of small blocks under None, and the members of large ones under the key."""
    for key, block in groupby(entries, key=lambda entry: entry[0][0]):
        head = [(number, again) for (_, number), again in islice(block, LARGEST_BLOCK + 1)]
        if len(head) <= LARGEST_BLOCK:
            for (one, anew), (other, also) in combinations(head, 2):
                if other >= since or anew or also:
                    yield None, (one, other)
        else:
            yield from ((key, number) for number, _ in head)
            yield from ((key, number) for (_, number), _ in block)


def _windowed(entries: Iterable[tuple[tuple[int, Any, int], None]]) -> Iterator[Pair]:
    """Walk what is left of large blocks in their order."""
    for _, block in groupby((entry for entry, _ in entries), key=_of_key):
        head = [number for _, _, number in islice(block, LARGEST_BLOCK + 1)]
        if len(head) <= LARGEST_BLOCK:
            yield from combinations(sorted(head), 2)
            continue
        before: deque[int] = deque(maxlen=WINDOW)
        for number in chain(head, (number for _, _, number in block)):
            yield from ((min(other, number), max(other, number)) for other in before)
            before.append(number)


def _ruled(both: Iterable[Any], *, facts: Broadcast[Facts], preset: str) -> Iterator[Ruled]:
    for larger, ((smaller, ours), theirs) in both:
        a, b = decoded_forms(ours), decoded_forms(theirs)
        if hopeless(a, b):
            continue
        ruling = rule_on(a, b, preset=preset, facts=facts.value)
        if ruling.verdict != "different":
            turned = rule_on(b, a, preset=preset, facts=facts.value).reasons if ruling.verdict == "maybe" else ()
            yield Ruled((smaller, larger), ruling, turned)
