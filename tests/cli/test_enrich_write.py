"""``enrich --write`` changes what was added in a file of BibTeX or CSL-JSON, and refuses everything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliancebib.model import reference_id
from cli.running import Ran, alliancebib
from registries import Registries
from services import record

TITLE = "Alliance politics in Central Asia after the war"
KNOWN = record("10.5555/good", TITLE, ("Roy", "Allison"), 2018, "World Politics", ("3", "", "12-30"))
BIB = f"@article{{k,\n  author = {{Allison, Roy}},\n  title = {{{TITLE}}},\n  year = 2018,\n}}\n"
ITEMS = f"""\
[
    {{"id": "x1", "type": "article-journal", "title": "{TITLE}",
     "author": [{{"family":"Allison","given":"Roy","ORCID":"0000"}}], "issued": {{"date-parts":[["2018"]]}},
     "mine": {{"a":[1,2]}}, "citation-key":"k", "custom":{{"z":1}}, "DOI":"", "score": 1.5}},
    {{"id": 7, "type":"weird-type", "title":"Unrelated thing", "title-short":"U"}}
]
"""


def enriched(folder: Path, *words: str) -> Ran:
    with Registries([KNOWN]).serve() as server:
        env = {"XDG_CACHE_HOME": str(folder / "cache")}
        return alliancebib("enrich", *words, "--base-url", server.url, cwd=folder, env=env)


def test_csl_json_of_other_programs_gets_what_was_added_and_keeps_every_other_character(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(ITEMS, "utf-8")
    shown = enriched(tmp_path, "list.json")
    assert path.read_text("utf-8") == ITEMS
    ran = enriched(tmp_path, "list.json", "--write")
    assert ran.code == 0, ran.err
    added = ', "container-title": "World Politics", "volume": "3", "page": "12-30"}'
    wanted = ITEMS.replace('"DOI":""', '"DOI":"10.5555/good"').replace('"score": 1.5}', f'"score": 1.5{added}')
    assert path.read_text("utf-8") == wanted
    new = [line[1:] for line in shown.out.splitlines() if line.startswith("+ ")]
    assert new == [line for line in wanted.splitlines() if line not in ITEMS.splitlines()]
    again = enriched(tmp_path, "list.json", "--write")
    assert "stays as it is" in again.err
    assert json.loads(path.read_text("utf-8"))[1]["id"] == 7


@pytest.mark.parametrize(
    ("name", "text", "words", "said"),
    [
        ("a.bib", BIB, ["--from", "text"], "`--from text`"),
        ("a.bib", BIB, ["--lines"], "`--lines`"),
        ("a.json", ITEMS, ["--lines"], "`--lines`"),
        ("a.bib", BIB, ["--from", "markdown"], "`--from markdown`"),
        ("a.txt", "Allison, R. (2018). A title.\n", [], "only a file of BibTeX or CSL-JSON"),
        ("a.bib", BIB, ["-o", "b.bib"], "`-o` asks for another file"),
        ("a.bib", BIB, ["--to", "csl-json"], "`--to` asks for another file"),
    ],
)
def test_what_cannot_be_written_back_is_refused_before_anybody_is_asked(
    tmp_path: Path, name: str, text: str, words: list[str], said: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    ran = alliancebib("enrich", name, "--write", *words, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) >= 2  # with the next step
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]
    assert (tmp_path / name).read_text("utf-8") == text


def test_standard_input_has_no_file(tmp_path: Path) -> None:
    ran = alliancebib("enrich", "-", "--write", cwd=tmp_path, stdin=BIB.encode())
    assert ran.code == 2
    assert "there is no file" in ran.err


def test_a_time_that_is_over_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIB, "utf-8")
    ran = enriched(tmp_path, "a.bib", "--deadline", "0.001")
    assert (ran.code, ran.out) == (3, "")
    assert "within the deadline" in ran.err
    ran = alliancebib("match", "a.bib", "--deadline", "0.001", "--base-url", "http://127.0.0.1:9", cwd=tmp_path)
    assert ran.code == 3


@pytest.mark.parametrize("only", [["--only-dois"], []])
@pytest.mark.parametrize("name", ["a.bib", "a.json"])
def test_what_stands_where_a_doi_should_stays_and_the_doi_is_proposed(
    tmp_path: Path, only: list[str], name: str
) -> None:
    texts = {"a.bib": BIB.replace("  year", "  doi = {in print},\n  year"), "a.json": ITEMS.replace('""', '"in print"')}
    (tmp_path / name).write_text(texts[name], "utf-8")
    ran = enriched(tmp_path, name, "--write", *only)
    assert ran.code == 0, ran.err
    after = (tmp_path / name).read_text("utf-8")
    assert "in print" in after
    assert "10.5555/good" not in after
    assert "doi-2" not in after
    assert (after == texts[name]) is bool(only)
    assert "AB413" in ran.err
    assert "has the DOI 10.5555/good at crossref; `in print` stands in its place" in ran.err


def test_what_a_person_decided_takes_the_place_of_what_is_no_doi(tmp_path: Path) -> None:
    text = BIB.replace("  year", "  doi = {in print},\n  year")
    (tmp_path / "a.bib").write_text(text, "utf-8")
    (tmp_path / "alliancebib.toml").write_text("", "utf-8")
    (tmp_path / "references").mkdir()
    decision = f'[doi]\n"{reference_id("a.bib", "k")}" = "10.5555/good"\n'
    (tmp_path / "references" / "decisions.toml").write_text(decision, "utf-8")
    ran = enriched(tmp_path, "a.bib", "--write", "--only-dois")
    assert ran.code == 0, ran.err
    assert (tmp_path / "a.bib").read_text("utf-8") == text.replace("in print", "10.5555/good")
