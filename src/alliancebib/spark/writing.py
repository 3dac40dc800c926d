"""What a run found, as a folder of folders: clusters, review, versions, references, keys, and what is unread.

Each is JSON lines or Parquet in the order of the collection. The whole folder is written beside its place first, so
that it is there complete or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from alliancebib.csl.items import to_csl
from alliancebib.spark.places import standing_whole
from alliancebib.spark.reading import Collection
from alliancebib.spark.records import Record, decoded, names_in
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
    names: RDD[Any] = kept(collection.references.map(_named).partitionBy(partitions))
    in_order = partial(_in_order, beyond=collection.beyond, partitions=partitions)
    clusters = kept(in_order(_clusters(found.records, names, partitions)))
    review = kept(in_order(_with_names(found.doubts, names, partitions)))
    versions = in_order(_with_names(found.links, names, partitions))
    records = in_order(found.records.map(lambda record: (record.place, record.reference)))
    with standing_whole(session, folder) as beside:
        write_ = _writer(session, beside, FORMATS[to])
        write_("clusters", clusters.map(lambda names: (names[0], list(names))), _CLUSTERS)
        write_("review", review, _PAIRS)
        write_("versions", versions, _PAIRS)
        write_("keys", clusters.flatMap(_renamed), _KEYS)
        write_("unread", collection.unread, _UNREAD)
        if to == "parquet":
            write_("references", records.map(_as_row), _REFERENCES)
        else:
            records.map(_as_item).saveAsTextFile(f"{beside}/references")
    return Summary(names.count(), collection.unread.count(), found.records.count(), clusters.count(), review.count())


def _writer(session: SparkSession, beside: str, kind: str) -> Callable[[str, RDD[Any], str], None]:
    def write_(name: str, rows: RDD[Any], schema: str) -> None:
        frame = session.createDataFrame(rows, schema, verifySchema=False)
        frame.write.format(kind).save(f"{beside}/{name}")

    return write_


def _named(one: tuple[int, bytes]) -> tuple[int, str]:
    names = names_in(one[1])
    return one[0], names.key or names.id


def _in_order(placed: RDD[Any], *, beyond: int, partitions: int) -> RDD[Any]:
    """Put values in the order of their places; each part has a stretch of the collection."""
    stretch = partial(_stretch, beyond=beyond, partitions=partitions)
    return placed.repartitionAndSortWithinPartitions(partitions, stretch).values()


def _stretch(place: Any, *, beyond: int, partitions: int) -> int:
    first: int = place if isinstance(place, int) else place[0]
    return first * partitions // beyond


def _clusters(records: RDD[Record], names: RDD[tuple[int, str]], partitions: int) -> RDD[tuple[int, tuple[str, ...]]]:
    """Give the names of the members, in order, by the first place."""
    homes: RDD[Any] = records.filter(lambda one: len(one.members) > 1).flatMap(
        lambda one: [(member, one.place) for member in one.members]
    )
    named: RDD[Any] = homes.join(names, partitions).map(lambda one: (one[1][0], (one[0], one[1][1])))
    return named.groupByKey(partitions).mapValues(lambda found: tuple(name for _, name in sorted(found)))


def _with_names(
    told: RDD[tuple[tuple[int, int], str]], names: RDD[tuple[int, str]], partitions: int
) -> RDD[tuple[tuple[int, int], tuple[list[str], str]]]:
    """Give the names of both and the reason, by the two places."""
    first: RDD[Any] = told.map(lambda one: (one[0][0], one)).join(names, partitions)
    both: RDD[Any] = first.map(lambda one: (one[1][0][0][1], one[1])).join(names, partitions)
    return both.values().map(lambda one: (one[0][0][0], ([one[0][1], one[1]], one[0][0][1])))


def _renamed(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    first, *others = names
    return ((old, first) for old in others)


def _as_item(reference: bytes) -> str:
    return json.dumps(to_csl(decoded(reference)), ensure_ascii=False)


def _as_row(reference: bytes) -> tuple[str, str]:
    return names_in(reference).id, _as_item(reference)
