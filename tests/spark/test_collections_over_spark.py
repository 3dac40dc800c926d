"""Deduplication over Spark gives what one process gives. Skipped with the reason where PySpark or Java is missing."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from alliancebib.cli import cli
from alliancebib.cli.session import load_library, project_of
from alliancebib.csl.items import from_csl, to_csl
from alliancebib.decisions import Decisions, Judged
from alliancebib.errors import InputError, OutputError
from alliancebib.library import Library, distinguish
from alliancebib.matching import Deduplicated, deduplicated
from alliancebib.model import Reference
from alliancebib.spark.components import components
from alliancebib.spark.reading import Collection, Unread, _plain
from alliancebib.spark.records import Record, encoded
from alliancebib.spark.rounds import Told
from alliancebib.spark.running import Summary, dedupe_collection
from alliancebib.spark.session import missing, session_for
from alliancebib.spark.versions import Linked
from alliancebib.spark.writing import write
from benchmarks.made_records import made_records
from shared_data import SHARED

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


def references_of(path: Path) -> list[Reference]:
    """Read what is an item, one line after the other."""
    return [
        from_csl(json.loads(text), page=path.name, line=line, raw=text)[0]
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1)
        if text.startswith("{") and text.endswith("}")
    ]


def library_of(references: Iterable[Reference]) -> Library:
    return Library(distinguish(references)[0])


def stored(session: SparkSession, folder: Path, items: Sequence[Item]) -> list[Reference]:
    """Write items as Parquet with columns, and give what they are."""
    lines = written(folder.with_suffix(".jsonl"), items)
    session.read.json(str(lines)).coalesce(1).write.parquet(str(folder))
    lines.unlink()
    (file,) = folder.glob("*.parquet")
    rows = [_plain(row) for row in session.read.parquet(str(file)).collect()]
    return [
        from_csl(row, page=file.name, line=line, raw=json.dumps(row, ensure_ascii=False))[0]
        for line, row in enumerate(rows, 1)
    ]


@pytest.fixture(scope="module")
def run(session: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run once over a file, a folder and Parquet that hold everything, shuffled."""
    folder = tmp_path_factory.mktemp("collection")
    items = [*made_records(300), *large_block(), *tricky()]
    random.Random(7).shuffle(items)
    paths = [
        written(folder / "one.jsonl", items[:200], '{"id": "broken", \n\n[{"id": "several"}]\n'),
        written(folder / "more" / "part-0.jsonl", items[200:300]),
        written(folder / "more" / "part-1.jsonl", items[300:400]),
    ]
    rows = stored(session, folder / "columns", items[400:])
    places = [str(paths[0]), str(folder / "more"), str(folder / "columns")]
    summary = dedupe_collection(places, str(folder / "found"), decisions=DECISIONS, partitions=PARTS)
    library = library_of([*(reference for path in paths for reference in references_of(path)), *rows])
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
    assert {path.name for path in run.folder.parent.iterdir()} == {"one.jsonl", "more", "columns", "found"}
    with pytest.raises(OutputError, match="is there already"):
        dedupe_collection([str(run.folder.parent / "one.jsonl")], str(run.folder))


def test_an_input_that_is_not_there_is_told(session: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        dedupe_collection([str(tmp_path / "none.jsonl")], str(tmp_path / "found"))
    path = written(tmp_path / "list.jsonl", [], "no JSON\n")
    with pytest.raises(InputError, match="nothing in it"):
        dedupe_collection([str(path)], str(tmp_path / "found"), partitions=PARTS)
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_found_is_written_as_parquet_too(session: SparkSession, tmp_path: Path) -> None:
    def spread(*values: Any) -> Any:
        return session.sparkContext.parallelize(values, 1)

    reference = Reference(id="1", key="b", title="T", kind="book")
    records = spread(
        Record(4, 4, ((4, "b"), (7, "c")), encoded(reference)), Record(0, 0, ((0, "a"),), encoded(Reference(id="0")))
    )
    doubt = ((0, 4), Told(("a", "b"), "perhaps"))
    collection = Collection(spread(), spread(Unread("p", 9, "why", "{")), 10)
    out = str(tmp_path / "found")
    found = write(session, Linked(records, spread(doubt), spread()), collection, out, to="parquet", partitions=PARTS)
    assert found == Summary(read=3, unread=1, left=2, clusters=1, doubtful=1)

    def rows(name: str) -> list[Any]:
        return [row.asDict() for row in session.read.parquet(f"{out}/{name}").collect()]

    assert rows("clusters") == [{"kept": "b", "ids": ["b", "c"]}]
    assert rows("keys") == [{"old": "c", "kept": "b"}]
    assert rows("review") == [{"ids": ["a", "b"], "reason": "perhaps"}]
    assert rows("unread") == [{"page": "p", "line": 9, "reason": "why", "text": "{"}]
    assert [row["id"] for row in rows("references")] == ["0", "1"]
    assert json.loads(rows("references")[1]["item"]) == json.loads(json.dumps(to_csl(reference)))


def test_the_command_line_finds_what_it_finds_without_spark(session: SparkSession, tmp_path: Path) -> None:
    """Try a labelled set where it is there, made records elsewhere; the rules of the settings tidy both."""
    labelled = SHARED / "data" / "duplicates" / "stroke.jsonl.gz"
    items: Iterable[Item] = made_records(200)
    if labelled.exists():
        with gzip.open(labelled, "rt", encoding="utf-8") as text:
            items = [json.loads(line) for line in text]
    path = written(tmp_path / "items.jsonl", list(items))
    words = ["dedupe", "--engine", "spark", str(path), "-o", str(tmp_path / "found"), "--spark-master", "local[2]"]
    cli.main(words, standalone_mode=False)
    library = load_library([str(path)], project_of(str(path)))
    found = Run(Summary(0, 0, 0, 0, 0), tmp_path / "found", deduplicated(library), library)
    expected = [[found.name(identity) for identity in cluster] for cluster in found.one.clusters.clusters]
    assert [line["ids"] for line in found.lines("clusters")] == expected
    assert [line["reason"] for line in found.lines("review")] == [one.reason for one in found.one.clusters.review]
    assert found.lines("references") == [json.loads(json.dumps(to_csl(reference))) for reference in found.one.library]


def test_components_are_the_same_on_the_driver_and_on_all_machines(session: SparkSession) -> None:
    dice = random.Random(3)
    pairs = [(dice.randrange(60), dice.randrange(60)) for _ in range(45)] + [(at, at + 1) for at in range(100, 130)]
    spread = session.sparkContext.parallelize([(min(pair), max(pair)) for pair in pairs], PARTS)
    here = dict(components(spread, PARTS).collect())
    assert dict(components(spread, PARTS, at_once=0).collect()) == {
        number: root for number, root in here.items() if number != root or list(here.values()).count(root) > 1
    }
    assert {here[number] for number in range(100, 131)} == {100}
