"""What the records say as a whole, taken in parts: the same facts as `alliancebib.matching.census.facts_of` gives.

Records come in with how often each form stands for one, facts come out. The driver holds the titles that are shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import add
from typing import TYPE_CHECKING, Any

from alliancebib.matching.census import SHARED_BY, are_row_numbers, is_shared, shares
from alliancebib.matching.ruling import Facts
from alliancebib.spark.records import decoded_forms

if TYPE_CHECKING:
    from pyspark import RDD

__all__ = ["facts_of"]

#: First authors and years of a title, as far as they need be counted.
_Sharing = tuple[frozenset[str], frozenset[int]]


def facts_of(counted: RDD[tuple[int, tuple[bytes, int]]], partitions: int) -> Facts:
    """Take stock of records: number -> the forms, and how many references have them."""
    generic = (
        counted.flatMap(_shares)
        .reduceByKey(_both, partitions)
        .filter(lambda one: is_shared(*one[1]))
        .keys()
        .collect()
    )
    total, different = (
        counted.flatMap(_issue)
        .reduceByKey(add, partitions)
        .values()
        .aggregate((0, 0), lambda so_far, count: (so_far[0] + count, so_far[1] + 1), _sums)
    )
    return Facts(generic=frozenset(generic), issues_count=not are_row_numbers(total, different))


def _shares(one: tuple[int, tuple[bytes, int]]) -> Iterator[tuple[str, _Sharing]]:
    for core, author, year in shares(decoded_forms(one[1][0])):
        yield core, (frozenset([author]), frozenset([year]))


def _both(a: _Sharing, b: _Sharing) -> _Sharing:
    """Join two sharings; more than decides is not kept, so that a title everybody uses stays small."""
    return _few(a[0] | b[0]), _few(a[1] | b[1])


def _few(values: frozenset[Any]) -> frozenset[Any]:
    return frozenset(sorted(values)[:SHARED_BY])


def _issue(one: tuple[int, tuple[bytes, int]]) -> Iterator[tuple[str, int]]:
    data, count = one[1]
    if issue := decoded_forms(data).issue:
        yield issue, count


def _sums(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return a[0] + b[0], a[1] + b[1]
