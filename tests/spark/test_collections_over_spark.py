"""Deduplication over Spark gives what one process gives. Skipped with the reason where PySpark or Java is missing."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from alliancebib.csl.items import from_csl, to_csl
from alliancebib.decisions import Decisions, Judged
from alliancebib.errors import InputError, OutputError
from alliancebib.library import Library, distinguish
from alliancebib.matching import Deduplicated, deduplicated
from alliancebib.spark import Summary, dedupe_collection, missing
from alliancebib.spark.components import components
from alliancebib.spark.session import session_for
from benchmarks.made_records import made_records
from shared_data import shared

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # PySpark leaves sockets to the collector
]

Item = dict[str, Any]

HEADLINE = "Leaders say the bloc has developed contacts with 'natural partners'"
PARTS = 2


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """Start Spark once: two threads on this machine, nothing but loopback."""
    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # what runs for seconds is not worth compiling well
    made = session_for("local[2]", {"spark.sql.shuffle.partitions": "2", "spark.driver.extraJavaOptions": quick})
    yield made
    made.stop()


def news(name: str, title: str = HEADLINE, **fields: object) -> Item:
    return {"id": name, "type": "article-newspaper", "title": title, **fields}


def dated(year: int) -> Item:
    return {"date-parts": [[year]]}


def paper(name: str, title: str, family: str = "Roe", **fields: object) -> Item:
    return {"id": name, "type": "article-journal", "title": title, "author": [{"family": family}], **fields}


def tricky() -> list[Item]:
    """Make what is easily got wrong: chains, decisions, outlets, versions, equal forms, shared titles, names twice."""
    book = {"type": "book", "title": "Alliance politics", "author": [{"family": "Roe", "given": "Jane"}]}
    text = {"author": [{"family": "Poe", "given": "Ann"}], "title": "Bargaining among small allies in long conflicts"}
    return [
        news("chain1", issued=dated(2022)),
        news("chain2"),
        news("chain3", issued=dated(2023)),
        news("tass", "The bloc opens its summit with a warning to neighbours", **{"container-title": "TASS"}),
        news("reuters", "The bloc opens its summit with a warning to neighbours", **{"container-title": "Reuters"}),
        *(news(f"said{number}", "Ministers of the alliance meet in the capital for talks") for number in range(3)),
        *(news(f"copy{number}", "Observers of the alliance praise the vote in parliament") for number in range(4)),
        {"id": "book1", **book, "issued": dated(2001), "publisher": "Some Press", "ISBN": "9780674537514"},
        {"id": "book2", **book, "issued": dated(2002), "publisher": "Some Press Ltd", "ISBN": "9780674537514"},
        {"id": "book3", **book, "issued": dated(2003), "publisher": "Some Press"},
        {"id": "pre", "type": "article", **text, "issued": dated(2019), "DOI": "10.48550/arxiv.1901.00001"},
        {"id": "pub", "type": "article-journal", **text, "issued": dated(2020), "DOI": "10.1234/small.1"},
        *(
            paper(f"note{n}", "Regional security notes", family)
            for n, family in enumerate(("Roe", "Roe", "Poe", "Doe"))
        ),
        paper("copy1", "A name that an entry of another kind has, too", issued=dated(1999)),
        paper("COPY1", "A name that an entry has in capitals", issued=dated(1998)),
    ]


DECISIONS = Decisions(
    same=(Judged(ids=("tass", "reuters"), reason="agency copy"),),
    different=(Judged(ids=("said0", "said2")), Judged(ids=("copy0", "book3"))),
)


def large_block() -> list[Item]:
    """Make 200 references that share a key, some of them twice."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        paper(
            f"large{number}",
            f"Collective defence {letters[number % 26] * 5}{letters[number // 26] * 3} commitments",
            "Doe",
            volume=str(number),
            page=f"{number}-{number + 9}",
            issued=dated(1990),
        )
        for number in (*range(180), *range(0, 180, 9))
    ]


class Run(NamedTuple):
    """What Spark wrote, and what one process says of the same references."""

    summary: Summary
    folder: Path
    one: Deduplicated
    library: Library

    def lines(self, name: str) -> list[Any]:
        paths = sorted((self.folder / name).glob("part-*"))
        return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]

    def name(self, identity: str) -> str:
        reference = self.library[identity]
        return reference.key or reference.id


def written(path: Path, items: Sequence[Item], more: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(item, ensure_ascii=False)}\n" for item in items) + more, "utf-8")
    return path


def library_of(paths: Sequence[Path]) -> Library:
    """Read what is an item, one line after the other."""
    references = []
    for path in paths:
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1):
            if text.startswith("{") and text.endswith("}"):
                references.append(from_csl(json.loads(text), page=path.name, line=line, raw=text)[0])
    return Library(distinguish(references)[0])


@pytest.fixture(scope="module")
def run(session: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run once over files and a folder that hold everything, shuffled."""
    folder = tmp_path_factory.mktemp("collection")
    items = [*made_records(300), *large_block(), *tricky()]
    random.Random(7).shuffle(items)
    paths = [
        written(folder / "one.jsonl", items[:200], '{"id": "broken", \n\n[{"id": "several"}]\n'),
        written(folder / "more" / "part-0.jsonl", items[200:350]),
        written(folder / "more" / "part-1.jsonl", items[350:]),
    ]
    places = [str(paths[0]), str(folder / "more")]
    summary = dedupe_collection(places, str(folder / "found"), decisions=DECISIONS, partitions=PARTS)
    library = library_of(paths)
    return Run(summary, folder / "found", deduplicated(library, decisions=DECISIONS), library)


def test_clusters_are_those_of_one_process(run: Run) -> None:
    expected = [[run.name(identity) for identity in cluster] for cluster in run.one.clusters.clusters]
    assert run.lines("clusters") == [{"kept": names[0], "ids": names} for names in expected]
    joined = {frozenset(names) for names in expected}
    assert len(joined) > 60
    assert any({"tass", "reuters"} <= names for names in joined)
    assert not any({"chain1", "chain3"} <= names for names in joined)


def test_doubtful_pairs_are_those_of_one_process(run: Run) -> None:
    expected = [
        {"ids": [run.name(doubt.a), run.name(doubt.b)], "reason": doubt.reason} for doubt in run.one.clusters.review
    ]
    assert run.lines("review") == expected
    assert expected


def test_versions_are_those_of_one_process(run: Run) -> None:
    (pair,) = run.one.clusters.versions
    assert run.lines("versions") == [{"ids": [run.name(one) for one in pair.ids], "reason": pair.reason}]


def test_references_are_those_of_one_process_and_nothing_is_lost(run: Run) -> None:
    found = run.lines("references")
    assert found == [json.loads(json.dumps(to_csl(reference))) for reference in run.one.library]
    origins = [origin for item in found for origin in item["custom"]["alliancebib"]["origins"]]
    assert len(origins) == len(run.library)
    kept = {item["id"] for item in found}
    gone = {line["old"]: line["kept"] for line in run.lines("keys")}
    assert kept | set(gone) == {run.name(reference.id) for reference in run.library}
    assert kept.isdisjoint(gone)
    assert set(gone.values()) <= kept


def test_lines_that_cannot_be_read_are_told_with_their_place(run: Run) -> None:
    broken, several = run.lines("unread")
    assert (broken["page"], broken["line"], broken["text"]) == ("one.jsonl", 201, '{"id": "broken",')
    assert broken["reason"].startswith("this is no valid JSON")
    assert (several["line"], several["reason"]) == (203, "several items stand in one line")
    counts = (len(run.library), 2, len(run.one.library))
    assert (run.summary.read, run.summary.unread, run.summary.left) == counts


def test_the_output_stands_alone_and_is_not_written_over(run: Run, session: SparkSession) -> None:
    assert {path.name for path in run.folder.parent.iterdir()} == {"one.jsonl", "more", "found"}
    with pytest.raises(OutputError, match="is there already"):
        dedupe_collection([str(run.folder.parent / "one.jsonl")], str(run.folder))


def test_an_input_that_is_not_there_is_told(session: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        dedupe_collection([str(tmp_path / "none.jsonl")], str(tmp_path / "found"))
    path = written(tmp_path / "list.jsonl", [], "no JSON\n")
    with pytest.raises(InputError, match="nothing in it"):
        dedupe_collection([str(path)], str(tmp_path / "found"), partitions=PARTS)
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_is_read_and_written(session: SparkSession, tmp_path: Path) -> None:
    items = list(made_records(80))
    session.read.json(str(written(tmp_path / "items.jsonl", items))).coalesce(1).write.parquet(str(tmp_path / "in"))
    out = str(tmp_path / "found")
    dedupe_collection([str(tmp_path / "in")], out, to="parquet", partitions=PARTS)
    library = Library(from_csl(item)[0] for item in items)
    expected = [[library[identity].key for identity in cluster] for cluster in deduplicated(library).clusters.clusters]
    assert [list(row.ids) for row in session.read.parquet(f"{out}/clusters").collect()] == expected
    found = session.read.parquet(f"{out}/references").collect()
    assert len(found) == len(deduplicated(library).library)
    assert {len(item) for item in items} >= {len(json.loads(row.item)) - 1 for row in found}  # no nulls came along


def test_a_labelled_set_has_the_clusters_of_one_process(session: SparkSession, tmp_path: Path) -> None:
    with gzip.open(shared("duplicates/stroke.jsonl.gz"), "rt", encoding="utf-8") as text:
        items = [json.loads(line) for line in text]
    path = written(tmp_path / "stroke.jsonl", items)
    dedupe_collection([str(path)], str(tmp_path / "found"), partitions=PARTS)
    library = library_of([path])
    found = Run(Summary(0, 0, 0, 0, 0), tmp_path / "found", deduplicated(library), library)
    test_clusters = [[found.name(identity) for identity in cluster] for cluster in found.one.clusters.clusters]
    assert [line["ids"] for line in found.lines("clusters")] == test_clusters
    assert [line["reason"] for line in found.lines("review")] == [one.reason for one in found.one.clusters.review]


def test_components_are_the_same_on_the_driver_and_on_all_machines(session: SparkSession) -> None:
    dice = random.Random(3)
    pairs = [(dice.randrange(60), dice.randrange(60)) for _ in range(45)] + [(at, at + 1) for at in range(100, 130)]
    spread = session.sparkContext.parallelize([(min(pair), max(pair)) for pair in pairs], PARTS)
    here = dict(components(spread, PARTS).collect())
    assert dict(components(spread, PARTS, at_once=0).collect()) == {
        number: root for number, root in here.items() if number != root or list(here.values()).count(root) > 1
    }
    assert {here[number] for number in range(100, 131)} == {100}
