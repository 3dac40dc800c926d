"""What the records say as a whole, taken in parts: the same facts as `alliancebib.matching.census.facts_of` gives.

Records come in with how often each form stands for one, facts come out. The driver holds the titles that are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    tallied: RDD[Any] = counted.flatMap(_said).reduceByKey(_both, partitions)
    parts = tallied.mapPartitions(_part).collect()
    generic = frozenset[str]().union(*(titles for titles, _, _ in parts))
    total, different = sum(total for _, total, _ in parts), sum(different for _, _, different in parts)
    return Facts(generic=generic, issues_count=not are_row_numbers(total, different))


def _said(one: tuple[int, tuple[bytes, int]]) -> Iterator[tuple[str, _Sharing | int]]:
    """Give a record's short titles with author and year, and its issue with how often it is there."""
    data, count = one[1]
    forms = decoded_forms(data)
    for core, author, year in shares(forms):
        yield f"title {core}", (frozenset([author]), frozenset([year]))
    if forms.issue:
        yield f"issue {forms.issue}", count


def _part(tallied: Iterable[tuple[str, Any]]) -> Iterator[tuple[list[str], int, int]]:
    """Give the shared titles of a part, how many issues its records have, and how many different ones."""
    titles, total, different = [], 0, 0
    for name, tally in tallied:
        kind, _, text = name.partition(" ")
        if kind == "issue":
            total, different = total + tally, different + 1
        elif is_shared(*tally):
            titles.append(text)
    yield titles, total, different


def _both(a: Any, b: Any) -> Any:
    """Join two tallies; of sharings no more is kept than decides, so that a title everybody uses stays small."""
    if isinstance(a, int):
        return a + b
    return _few(a[0] | b[0]), _few(a[1] | b[1])


def _few(values: frozenset[Any]) -> frozenset[Any]:
    return frozenset(sorted(values)[:SHARED_BY])
