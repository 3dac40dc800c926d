"""The jobs of `deduplication.py`, each in a process of its own: ``deduplication_jobs.py PROGRAM FILE|COUNT``.

In comes a file of libraries, a list of lists of records as CSL-JSON, or the number of records to be made; each library
is deduplicated by itself. Out goes JSON: clusters of ids, pairs left for a person, candidates where the program tells
them, CPU seconds for reading and for deduplicating, and the peak of memory. Imported are the standard library and the
program alone, so that a peer needs no more than its own environment.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1]))  # started as a program, it still finds the maker of records
from benchmarks.made_records import made_records
from benchmarks.made_words import stock

Record = dict[str, Any]

ENTRY_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "chapter": "inbook",
    "book": "book",
    "report": "techreport",
    "thesis": "phdthesis",
}
#: Where the entries of these types have the title of what holds them.
IN_BOOKS = frozenset({"inproceedings", "inbook"})
#: bib-dedupe 0.11 fails where no record has an author: then this one, which is like no other, keeps it going.
STRANGER = {"ID": "stranger", "ENTRYTYPE": "misc", "title": "Xylophones", "author": "Nemo, N.", "year": "1601"}


class Found(NamedTuple):
    """What a program says of one library."""

    clusters: list[list[str]]
    review: list[list[str]]
    candidates: int | None


class Program(NamedTuple):
    """How a program reads records, and how it deduplicates what was read."""

    read: Callable[[Iterable[Record]], Any]
    deduplicate: Callable[[Any], Found]


def ours() -> Program:
    """Deduplicate in one process, as ``alliancebib dedupe`` does."""
    from alliancebib.csl.items import from_csl
    from alliancebib.library import Library
    from alliancebib.matching import find_clusters

    def read(records: Iterable[Record]) -> tuple[Library, list[str]]:
        names: list[str] = []

        def references() -> Iterable[Any]:
            for record in records:
                names.append(record["id"])
                yield from_csl(record)[0]

        return Library(references()), names

    def deduplicate(what: tuple[Library, list[str]]) -> Found:
        library, names = what
        found = find_clusters(library)
        name = {reference.id: own for reference, own in zip(library, names, strict=True)}
        clusters = [[name[member] for member in cluster] for cluster in found.clusters]
        return Found(clusters, [[name[doubt.a], name[doubt.b]] for doubt in found.review], None)

    return Program(read, deduplicate)


def bib_dedupe(cpu: int) -> Program:
    """Deduplicate as bib-dedupe's readme says; -1 processors are all there are, which is what it does by itself."""
    import pandas as pd  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from bib_dedupe.bib_dedupe import block, cluster, match, prep  # type: ignore[import-not-found]

    def deduplicate(frame: Any) -> Found:
        pairs = block(prep(frame, verbosity_level=0, cpu=cpu), cpu=cpu)
        matched = match(pairs, cpu=cpu)
        maybe = matched[matched["duplicate_label"] == "maybe"][["ID_1", "ID_2"]].to_numpy().tolist()
        clusters = cluster(matched)
        home = {member: number for number, members in enumerate(clusters) for member in members}
        review = [pair for pair in maybe if home.get(pair[0], pair[0]) != home.get(pair[1], pair[1])]
        return Found(clusters, review, len(pairs))

    def read(records: Iterable[Record]) -> Any:
        rows = [row_of(record) for record in records]
        if not any(row["author"] for row in rows):
            rows.append(STRANGER)
        return pd.DataFrame(rows)

    return Program(read, deduplicate)


def row_of(record: Record) -> dict[str, str]:
    """Give a record the columns of bib-dedupe."""
    kind = ENTRY_TYPES.get(record.get("type", ""), "misc")
    container = record.get("container-title", "")
    people = [
        who.get("literal") or ", ".join(filter(None, (who.get("family"), who.get("given")))) for who in _of(record)
    ]
    return {
        "ID": record["id"],
        "ENTRYTYPE": kind,
        "title": record.get("title", ""),
        "author": " and ".join(people),
        "year": str(record.get("issued", {}).get("date-parts", [[""]])[0][0]),
        "journal": "" if kind in IN_BOOKS else container,
        "booktitle": container if kind in IN_BOOKS else "",
        "volume": str(record.get("volume", "")),
        "number": str(record.get("issue", "")),
        "pages": str(record.get("page", "")),
        "doi": record.get("DOI", ""),
        "abstract": record.get("abstract", ""),
    }


def _of(record: Record) -> list[dict[str, str]]:
    return list(record.get("author", ()))


PROGRAMS: dict[str, Callable[[], Program]] = {
    "alliancebib": ours,
    "bib-dedupe": lambda: bib_dedupe(-1),
    "bib-dedupe, one CPU": lambda: bib_dedupe(1),
}


def seconds() -> float:
    """Give the CPU seconds of this process and of those that it started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak() -> float:
    """Give the most memory that one process had, in MB.

    What `resource` says of this process counts its parent's in on Linux.
    """
    status = Path("/proc/self/status")
    if status.exists():
        own = int(status.read_text("utf-8").partition("VmHWM:")[2].split()[0])
    else:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


class Given:
    """Records as they are given, one after the other; it knows how long they took to make."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.making = 0.0

    def __iter__(self) -> Iterator[Record]:
        began = time.process_time()
        for record in self._records:
            self.making += time.process_time() - began
            yield record
            began = time.process_time()


def as_read(count: int) -> Iterator[Record]:
    """Make records as a file of them gives them: none has a text in common with another."""
    return (json.loads(json.dumps(record)) for record in made_records(count))


def measure(name: str, what: str) -> dict[str, Any]:
    """Do one job."""
    if what.isdecimal():
        stock()  # what records are made of is no memory of the program
    bare = peak()
    program = PROGRAMS[name]()
    libraries = [as_read(int(what))] if what.isdecimal() else json.loads(Path(what).read_text("utf-8"))
    found, reading, deduplicating = [], 0.0, 0.0
    for library in libraries:
        given, began = Given(library), seconds()
        read = program.read(given)
        done = seconds()
        found.append(program.deduplicate(read))
        reading += done - began - given.making
        deduplicating += seconds() - done
    megabytes = peak()
    told = [one.candidates for one in found if one.candidates is not None]
    return {
        "clusters": [cluster for one in found for cluster in one.clusters],
        "review": [pair for one in found for pair in one.review],
        "candidates": sum(told) if told else None,
        "reading": reading,
        "alone": deduplicating,
        "megabytes": megabytes,
        "above": megabytes - bare,
    }


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):  # some talk
        answer = measure(*sys.argv[1:])
    json.dump(answer, sys.stdout)
