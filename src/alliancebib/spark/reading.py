"""Collections of items, as JSON lines or Parquet, become references by place; what cannot be read is told, not lost.

An input is a file or a folder of files, on this machine or on any file system that Spark knows. Items are those of
CSL-JSON, one a line or one a row; a Parquet file may hold them as text in a column ``item``, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from alliancebib import plugins
from alliancebib.csl.item_values import without_halves
from alliancebib.csl.items import from_csl
from alliancebib.errors import InputError
from alliancebib.spark.naming import distinct
from alliancebib.spark.places import holds_parquet, require_there
from alliancebib.spark.records import encoded
from alliancebib.spark.session import kept

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Collection", "Unread", "read"]


class Unread(NamedTuple):
    """A line that could not be read: its file and place, why, and the line itself."""

    page: str
    line: int
    reason: str
    text: str


class Collection(NamedTuple):
    """References by place; lines that could not be read; a number larger than every place."""

    references: RDD[tuple[int, bytes]]
    unread: RDD[Unread]
    beyond: int


class _Piece(NamedTuple):
    """A part of a file that one task reads: the number of the input, the address of the file, the first byte."""

    rank: int
    path: str
    start: int


class _Start(NamedTuple):
    """What lies before a piece: rows of the whole, rows of its file; and what the file is called."""

    place: int
    line: int
    page: str


def read(session: SparkSession, places: Sequence[str], *, rules: Sequence[str], partitions: int) -> Collection:
    """Read inputs in their order, and files of a folder in that of their names.

    Args:
        session: The session.
        places: Paths and addresses, patterns among them.
        rules: Names of the rules that tidy each reference.
        partitions: So many parts are made where names must be told apart.

    Raises:
        InputError: An input is not there, or holds no item that can be read.
    """
    rows = session.sparkContext.union([_rows(session, place, rank) for rank, place in enumerate(places)])
    starts, beyond = _starts(_totals(rows.mapPartitions(_counted).collect()))
    found = kept(rows.mapPartitions(partial(_read, starts=session.sparkContext.broadcast(starts), rules=tuple(rules))))
    unread: RDD[Any] = found.filter(lambda one: isinstance(one, Unread))
    references: RDD[Any] = found.filter(lambda one: not isinstance(one, Unread))
    if references.isEmpty():
        message = "there is nothing in it that can be read as an item of CSL-JSON"
        raise InputError(message, place=", ".join(places), help="Write one item a line, or a row of Parquet for each.")
    return Collection(distinct(references, partitions), unread, beyond)


def _rows(session: SparkSession, place: str, rank: int) -> RDD[tuple[_Piece, Any]]:
    require_there(session, place)
    rows: RDD[Any] = _frame(session, place).rdd
    return rows.map(partial(_row, rank=rank))


def _frame(session: SparkSession, place: str) -> DataFrame:
    where = ("_metadata.file_path AS path", "_metadata.file_block_start AS start")
    if holds_parquet(session, place):
        return session.read.parquet(place).selectExpr("struct(*) AS item", *where)
    return session.read.text(place).selectExpr("value AS item", *where)


def _row(row: Any, *, rank: int) -> tuple[_Piece, Any]:
    return _Piece(rank, row.path, row.start), row.item


def _counted(rows: Iterable[tuple[_Piece, Any]]) -> Iterator[tuple[_Piece, int]]:
    """Count the rows of each piece that a partition holds."""
    counts: dict[_Piece, int] = {}
    for piece, _ in rows:
        counts[piece] = counts.get(piece, 0) + 1
    return iter(counts.items())


def _totals(counts: Iterable[tuple[_Piece, int]]) -> dict[_Piece, int]:
    totals: dict[_Piece, int] = {}
    for piece, count in counts:
        totals[piece] = totals.get(piece, 0) + count
    return totals


def _starts(counts: Mapping[_Piece, int]) -> tuple[dict[_Piece, _Start], int]:
    starts: dict[_Piece, _Start] = {}
    pages: dict[tuple[int, str], str] = {}
    place, line = 0, 0
    for piece in sorted(counts):
        if (piece.rank, piece.path) not in pages:
            pages[piece.rank, piece.path] = _page(piece.path, set(pages.values()))
            line = 0
        starts[piece] = _Start(place, line, pages[piece.rank, piece.path])
        place += counts[piece]
        line += counts[piece]
    return starts, place


def _page(path: str, taken: set[str]) -> str:
    """Name a file by its name, with folders above it where that is taken, as the command line does."""
    parts = PurePosixPath(unquote(urlsplit(path).path)).parts
    tails = ("/".join(parts[-length:]) for length in range(1, len(parts) + 1))
    return next((tail for tail in tails if tail not in taken), path)


def _read(
    rows: Iterable[tuple[_Piece, Any]], *, starts: Any, rules: Sequence[str]
) -> Iterator[tuple[int, bytes] | Unread]:
    shelf = [plugins.rule(name) for name in rules]
    done: dict[_Piece, int] = {}
    for piece, row in rows:
        at = done.get(piece, 0)
        done[piece] = at + 1
        place, before, page = starts.value[piece]
        raw, item, reason = _item(row)
        if reason:
            yield Unread(page, before + at + 1, reason, raw)
        elif raw:
            reference, _ = from_csl(item, page=page, line=before + at + 1, raw=raw)
            for rule in shelf:
                reference, _ = rule.apply(reference)
            yield place + at, encoded(reference)


def _item(row: Any) -> tuple[str, object, str]:
    """Give the text of an item, the item, and why it cannot be read; the text is empty where there is none."""
    if row is not None and not isinstance(row, str):
        fields = row.asDict()
        if not isinstance(fields.get("item"), str):
            item = _plain(row)
            return json.dumps(item, ensure_ascii=False), item, ""
        row = fields["item"]
    text = (row or "").lstrip("\ufeff").strip()
    if not text:
        return "", None, ""
    try:
        item = without_halves(json.loads(text))
    except RecursionError:
        return text, None, "it is nested too deeply"
    except ValueError as problem:
        return text, None, f"this is no valid JSON: {problem}"
    if isinstance(item, list) or (isinstance(item, dict) and "type" not in item and {"items", "message"} & set(item)):
        return text, None, "several items stand in one line"
    return text, item, ""


def _plain(value: Any) -> Any:
    """Give a value of a row as JSON has it, without what is null."""
    if hasattr(value, "asDict"):
        value = value.asDict()
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items() if part is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value if part is not None]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool)) else str(value)
