"""Which numbers hang together by pairs of one work: pairs come in, each number with the smallest of its component out.

Few pairs are joined on the driver: whole numbers and nothing else. More are joined by all machines, with the stars of
Kiveris and others ("Connected Components in MapReduce and Beyond", 2014), in some twelve passes for a thousand million
pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from alliancebib.matching.clusters import Pair

if TYPE_CHECKING:
    from pyspark import RDD

__all__ = ["AT_ONCE", "components"]

#: So many pairs are joined on the driver, which takes some 200 bytes for each.
AT_ONCE = 3_000_000


def components(pairs: RDD[Pair], partitions: int, *, at_once: int = AT_ONCE) -> RDD[tuple[int, int]]:
    """Give each number of a pair with the smallest number of its component."""
    parts = pairs.mapPartitions(partial(_few, most=at_once // max(1, pairs.getNumPartitions()))).collect()
    if None in parts:
        return _by_stars(pairs, partitions)
    roots = _roots(pair for part in parts for pair in part or ())
    return pairs.context.parallelize(sorted(roots.items()), partitions)


def _few(pairs: Iterable[Pair], *, most: int) -> Iterator[list[Pair] | None]:
    """Give the pairs of a part, or None where they are too many for the driver."""
    few = list(islice(pairs, most + 1))
    yield few if len(few) <= most else None


def _roots(pairs: Iterable[Pair]) -> dict[int, int]:
    root: dict[int, int] = {}

    def top(number: int) -> int:
        while (above := root.setdefault(number, number)) != number:
            root[number] = root[above]
            number = root[number]
        return number

    for a, b in pairs:
        one, other = sorted((top(a), top(b)))
        root[other] = one
    return {number: top(number) for number in root}


def _by_stars(pairs: RDD[Pair], partitions: int) -> RDD[tuple[int, int]]:
    edges: RDD[Any] = pairs.filter(lambda pair: pair[0] != pair[1]).distinct(partitions).cache()
    before = None
    while before != (before := _state(edges)):
        large = edges.flatMap(_ways).groupByKey(partitions).flatMap(_large_star)
        small = large.map(_downwards).groupByKey(partitions).flatMap(_small_star).distinct(partitions).cache()
        _state(small)
        edges.unpersist()
        edges = small
    return edges.flatMap(lambda edge: [edge, (edge[1], edge[1])]).distinct(partitions)


def _state(edges: RDD[Pair]) -> tuple[int, int]:
    """Tell one set of edges from another; each pass changes the sum of their ends unless it changes nothing."""
    return edges.aggregate((0, 0), _counted, lambda a, b: (a[0] + b[0], a[1] + b[1]))


def _counted(so_far: tuple[int, int], edge: Pair) -> tuple[int, int]:
    return so_far[0] + 1, so_far[1] + edge[0] + edge[1]


def _ways(edge: Pair) -> tuple[Pair, Pair]:
    return edge, (edge[1], edge[0])


def _downwards(edge: Pair) -> Pair:
    return (max(edge), min(edge))


def _large_star(one: tuple[int, Iterable[int]]) -> Iterator[Pair]:
    """Lead all larger neighbours to the smallest one."""
    number, near = one[0], list(one[1])
    least = min(number, *near)
    return ((other, least) for other in near if other > number)


def _small_star(one: tuple[int, Iterable[int]]) -> Iterator[Pair]:
    """Lead a number and its smaller neighbours to the smallest one."""
    number, near = one[0], list(one[1])
    least = min(near)
    return ((other, least) for other in {number, *near} if other != least)
