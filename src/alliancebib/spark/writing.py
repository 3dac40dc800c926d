"""What a run found, as a folder of folders: clusters, review, versions, references, keys, and what is unread.

Each is JSON lines or Parquet in the order of the collection. The whole folder is written beside its place first, so
that it is there complete or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from alliancebib.csl.items import to_csl
from alliancebib.spark.places import standing_whole
from alliancebib.spark.reading import Collection
from alliancebib.spark.records import Record, decoded, names_in
from alliancebib.spark.rounds import Told
from alliancebib.spark.session import kept
from alliancebib.spark.versions import Linked

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession

__all__ = ["FORMATS", "Summary", "write"]

#: Name of a format -> how Spark calls it.
FORMATS = {"jsonl": "json", "parquet": "parquet"}
_CLUSTERS = "kept string, ids array<string>"
_PAIRS = "ids array<string>, reason string"
_KEYS = "old string, kept string"
_UNREAD = "page string, line long, reason string, text string"
_REFERENCES = "id string, item string"


class Summary(NamedTuple):
    """How much was read, what could not be, how many works are left, how many clusters and doubtful pairs there are."""

    read: int
    unread: int
    left: int
    clusters: int
    doubtful: int


def write(  # noqa: PLR0913 - what, where and how
    session: SparkSession, found: Linked, collection: Collection, folder: str, *, to: str, partitions: int
) -> Summary:
    """Write the folder.

    Raises:
        OutputError: It is there already, or cannot be put in its place.
    """
    in_order = partial(_in_order, beyond=collection.beyond, partitions=partitions)
    records = kept(in_order(found.records.map(lambda record: (record.place, record))))
    review = kept(in_order(found.doubts))
    clusters = records.filter(lambda record: len(record.members) > 1).map(_names)
    with standing_whole(session, folder) as beside:
        write_ = _writer(session, beside, FORMATS[to])
        write_("clusters", clusters.map(lambda names: (names[0], list(names))), _CLUSTERS)
        write_("review", review.map(_as_pair), _PAIRS)
        write_("versions", in_order(found.links).map(_as_pair), _PAIRS)
        write_("keys", clusters.flatMap(_renamed), _KEYS)
        write_("unread", collection.unread, _UNREAD)
        if to == "parquet":
            write_("references", records.map(_as_row), _REFERENCES)
        else:
            records.map(_as_item).saveAsTextFile(f"{beside}/references")
    tally = records.mapPartitions(_tally).collect()
    read, left, joined = (sum(part[at] for part in tally) for at in range(3))
    return Summary(read, collection.unread.count(), left, joined, review.count())


def _tally(records: Iterable[Record]) -> Iterator[tuple[int, int, int]]:
    """Count the references that records stand for, the records, and those that stand for several."""
    sizes = [len(record.members) for record in records]
    yield sum(sizes), len(sizes), sum(size > 1 for size in sizes)


def _writer(session: SparkSession, beside: str, kind: str) -> Callable[[str, RDD[Any], str], None]:
    def write_(name: str, rows: RDD[Any], schema: str) -> None:
        frame = session.createDataFrame(rows, schema, verifySchema=False)
        frame.write.format(kind).save(f"{beside}/{name}")

    return write_


def _in_order(placed: RDD[Any], *, beyond: int, partitions: int) -> RDD[Any]:
    """Put values in the order of their places; each part has a stretch of the collection."""
    stretch = partial(_stretch, beyond=beyond, partitions=partitions)
    return placed.repartitionAndSortWithinPartitions(partitions, stretch).values()


def _stretch(place: Any, *, beyond: int, partitions: int) -> int:
    first: int = place if isinstance(place, int) else place[0]
    return first * partitions // beyond


def _names(record: Record) -> tuple[str, ...]:
    return tuple(name for _, name in record.members)


def _as_pair(told: Told) -> tuple[list[str], str]:
    return list(told.names), told.reason


def _renamed(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    first, *others = names
    return ((old, first) for old in others)


def _as_item(record: Record) -> str:
    return json.dumps(to_csl(decoded(record.reference)), ensure_ascii=False)


def _as_row(record: Record) -> tuple[str, str]:
    return names_in(record.reference).id, _as_item(record)
