"""What this room says and does where there is no Spark, and the parts of it that need none."""

from __future__ import annotations

import random
from itertools import groupby
from pathlib import Path

import pytest

from alliancebib.cli import cli
from alliancebib.csl.items import from_csl
from alliancebib.errors import UsageError
from alliancebib.matching.census import facts_of
from alliancebib.matching.forms import Forms, form_of, order_of
from alliancebib.matching.index import pairs_of_block
from alliancebib.matching.keys import keys_of
from alliancebib.spark import session
from alliancebib.spark.pairs import _entries, _in_blocks, _windowed
from alliancebib.spark.records import decoded, decoded_forms, encoded, fingerprint
from benchmarks.made_records import made_records
from cli.running import alliancebib

REFERENCES = [from_csl(item, page="made.jsonl", line=1, raw="{}")[0] for item in made_records(150)]


def test_without_java_or_pyspark_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None)
    assert session.missing() == "the engine `spark` needs PySpark, which is not installed"
    with pytest.raises(UsageError) as told:
        session.session_for()
    assert "pip install alliancebib[spark]" in told.value.help
    monkeypatch.setattr(session, "find_spec", lambda name: object())
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "there is none on this machine" in session.missing()
    monkeypatch.setattr(session, "_java", lambda: "java")
    monkeypatch.setattr(session, "_version_of", lambda java: 11)
    assert session.missing().endswith("`java` is Java 11")


def test_the_command_line_says_it_too(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text('{"id": "a", "type": "book", "title": "T"}\n', "utf-8")
    words = ("dedupe", "--engine", "spark", "items.jsonl")
    ran = alliancebib(*words, "-o", "found", cwd=tmp_path, env={"JAVA_HOME": str(tmp_path)})
    assert ran.code == 2
    assert "alliancebib: the engine `spark` needs " in ran.err
    assert "Install" in ran.err
    assert not (tmp_path / "found").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--engine", "spark"), "writes a folder"),
        (("--engine", "spark", "-o", "found", "--to", "ris"), "does not write `ris`"),
        (("--engine", "spark", "-o", "found", "--dry-run"), "goes with"),
        (("--to", "parquet", "-o", "found"), "are for `--engine spark`"),
        (("--spark-master", "yarn"), "are for `--engine spark`"),
    ],
)
def test_calls_that_make_no_sense_are_refused(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        cli.main(["dedupe", "items.jsonl", *words], standalone_mode=False)


def test_references_and_forms_come_back_from_their_bytes() -> None:
    assert [decoded(encoded(reference)) for reference in REFERENCES] == REFERENCES
    all_forms = [form_of(reference) for reference in REFERENCES]
    back = [decoded_forms(encoded(forms)) for forms in all_forms]
    assert back == all_forms
    assert [hash(forms) for forms in back] == [hash(forms) for forms in all_forms]
    assert [encoded(forms) for forms in back] == [encoded(forms) for forms in all_forms]
    assert facts_of(back) == facts_of(all_forms)


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    assert fingerprint(b"doi 10.1234/x", 8) == 10701285451336312738


def _pairs_by_stream(forms: list[Forms]) -> set[tuple[int, int]]:
    """Do what the parts do, in one part."""
    entries = sorted(entry for number, one in enumerate(forms) for entry in _entries((number, (encoded(one), None))))
    seen = list(_in_blocks(entries, since=0))
    ordered = sorted(((key, order_of(forms[number]), number), None) for key, number in seen if key is not None)
    return {pair for key, pair in seen if key is None} | set(_windowed(ordered))


@pytest.mark.parametrize("count", [59, 60, 61, 200])
def test_pairs_of_blocks_of_any_size_are_those_of_one_process(count: int) -> None:
    titles = [f"Collective defence number {number % 50} of the small" for number in range(count)]
    random.Random(1).shuffle(titles)
    items = [
        {"type": "book", "title": title, "author": [{"family": "Doe"}], "volume": n} for n, title in enumerate(titles)
    ]
    forms = list(dict.fromkeys(form_of(from_csl(item)[0]) for item in items))
    entries = sorted((key, number) for number, one in enumerate(forms) for key in keys_of(one))
    blocks = [[number for _, number in block] for _, block in groupby(entries, key=lambda entry: entry[0])]
    assert _pairs_by_stream(forms) == {pair for block in blocks for pair in pairs_of_block(block, forms)}
