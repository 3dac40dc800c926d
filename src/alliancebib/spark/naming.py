"""References of several files get keys and ids that are theirs alone, as `alliancebib.library.distinguish` gives them.

References come in and go out by place. What nobody else is called stays as it is; of several with one name the first
keeps it. Only names are compared, and only references that change their name are moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from operator import add
from typing import TYPE_CHECKING, Any

import msgspec

from alliancebib.citation_key import unique_key
from alliancebib.model import reference_id
from alliancebib.spark.records import decoded, encoded, fingerprint, names_in
from alliancebib.spark.session import kept

if TYPE_CHECKING:
    from pyspark import RDD

__all__ = ["distinct"]

#: A place and the bytes of a reference.
_Placed = tuple[int, bytes]


def distinct(references: RDD[_Placed], partitions: int) -> RDD[_Placed]:
    """Give every reference an id and a key of its own; a new name may be taken, too, so it is looked at again."""
    while True:
        named: RDD[Any] = kept(references.flatMap(_names))
        counts: RDD[Any] = named.mapValues(_one).reduceByKey(add, partitions)
        repeated: RDD[Any] = kept(counts.filter(_is_repeated))
        kinds = set(repeated.mapPartitions(_kinds).collect())
        if not kinds:
            return references
        kind = min(kinds)
        these: RDD[Any] = repeated.filter(partial(_is_of, kind=kind))
        alike: RDD[Any] = kept(named.join(these, partitions).map(lambda one: (one[1][0], one[0])))
        whole: RDD[Any] = references.join(alike, partitions).map(lambda one: (one[1][1], (one[0], one[1][0])))
        changed: RDD[Any] = whole.groupByKey(partitions).values().flatMap(_RENAMING[kind])
        references = kept(references.subtractByKey(alike, partitions).union(changed).coalesce(partitions))


def _names(one: _Placed) -> Iterator[tuple[int, int]]:
    """Give a number for each name, odd for keys and even for ids, with the place."""
    place, data = one
    names = names_in(data)
    for kind, name in enumerate((names.id, names.key.lower())):
        if name:
            yield fingerprint(name.encode("utf-8", "surrogatepass"), 16) * 2 + kind, place


def _kind(name: int) -> int:
    return name % 2


def _kinds(repeated: Iterable[tuple[int, int]]) -> Iterable[int]:
    return {_kind(name) for name, _ in repeated}


def _is_of(one: tuple[int, int], *, kind: int) -> bool:
    return _kind(one[0]) == kind


def _one(_: object) -> int:
    return 1


def _is_repeated(one: tuple[int, int]) -> bool:
    return one[1] > 1


def _keys(alike: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Put letters behind the keys of all but the first."""
    taken: set[str] = set()
    counted: dict[str, int] = {}
    for place, data in sorted(alike):
        reference = decoded(data)
        key = unique_key(reference.key, taken, counted=counted) if taken else reference.key
        taken.add(key.lower())
        yield place, (encoded(msgspec.structs.replace(reference, key=key)) if key != reference.key else data)


def _ids(alike: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Make ids of the raw text of all but the first."""
    occurrences: Counter[tuple[str, str]] = Counter()
    for at, (place, data) in enumerate(sorted(alike)):
        if not at:
            yield place, data
            continue
        reference = decoded(data)
        raw = (reference.origin.page, reference.origin.raw)
        while (identity := reference_id(*raw, occurrences[raw])) == reference.id:
            occurrences[raw] += 1
        occurrences[raw] += 1
        yield place, encoded(msgspec.structs.replace(reference, id=identity))


_RENAMING = (_ids, _keys)
