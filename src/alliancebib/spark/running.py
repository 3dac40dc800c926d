"""The whole run: items come in as JSON lines or Parquet, a folder goes out, and how much of what there was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alliancebib.decisions import Decisions
from alliancebib.errors import UnknownName
from alliancebib.matching.deduplication import VERSIONS
from alliancebib.matching.verdict import PRESETS
from alliancebib.spark.decided import by_id, different_places
from alliancebib.spark.places import require_free
from alliancebib.spark.reading import read
from alliancebib.spark.rounds import Settled, rounds
from alliancebib.spark.session import in_one_sentence, session_for
from alliancebib.spark.versions import with_versions
from alliancebib.spark.writing import FORMATS, Summary, write

__all__ = ["FORMATS", "Summary", "dedupe_collection"]


def dedupe_collection(  # noqa: PLR0913 - all by name
    places: Sequence[str],
    folder: str,
    *,
    master: str = "",
    decisions: Decisions = Decisions(),
    preset: str = "balanced",
    versions: str = "link",
    rules: Iterable[str] = (),
    to: str = "jsonl",
    partitions: int = 0,
) -> Summary:
    """Deduplicate a collection with Spark, and write what was found to a folder.

    Args:
        places: Files or folders of CSL-JSON items, one a line, or of Parquet; paths or addresses that Spark knows.
        folder: Where the result goes; it must not be there yet.
        master: Where the work is done, as ``local[*]``; else in the session that there is, or by Spark's settings.
        decisions: What people decided.
        preset: How bold to be: strict, balanced or relaxed.
        versions: What becomes of two versions of one text: link or merge.
        rules: Names of the rules that tidy each reference first.
        to: The format of the output: jsonl or parquet.
        partitions: In how many parts the work is done; else as Spark finds it fit.

    Raises:
        UsageError: PySpark or Java is missing, an input is not there, the folder is, or a name is unknown.
        UnavailableError: Spark does not start, or gives up.
    """
    if preset not in PRESETS:
        raise UnknownName("preset", preset, PRESETS)
    if versions not in VERSIONS:
        raise UnknownName("way to treat versions", versions, VERSIONS)
    if to not in FORMATS:
        raise UnknownName("format", to, FORMATS)
    session = session_for(master)
    with in_one_sentence():
        require_free(session, folder)
        parts = partitions or session.sparkContext.defaultParallelism
        collection = read(session, places, rules=tuple(rules), partitions=parts)
        decisions = by_id(collection.references, decisions)
        settled = Settled(decisions, preset, parts, collection.beyond)
        joined = rounds(collection.references, settled)
        apart = different_places(collection.references, decisions)
        found = with_versions(joined, apart, partitions=parts, merging=versions == "merge")
        return write(session, found, collection, folder, to=to, partitions=parts)
