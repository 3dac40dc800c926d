"""Each command as a newcomer would use it: data on stdout, talk on stderr, the exit codes of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliancebib import plugins
from alliancebib.cli.parse import LABELS, label_of
from alliancebib.model import Reference
from cli.running import alliancebib

CHAPTER = (
    "Deyermond, R. (2018). The collective security treaty organization. In Routledge Handbook of Russian Foreign "
    "Policy (pp. 421-429). Routledge."
)
LIST = f"""\
Watching the alliance

From Newspapers
Armenia freezes its membership in the alliance - Reuters
Summit of the alliance ends in Minsk, TASS

Research Papers
{CHAPTER}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one list."""
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    return tmp_path


def test_no_arguments_show_the_help_with_the_first_example(tmp_path: Path) -> None:
    ran = alliancebib(cwd=tmp_path)
    assert ran.code == 0
    assert "alliancebib LIST.txt" in ran.out


def test_first_run(folder: Path) -> None:
    ran = alliancebib("list.txt", cwd=folder)
    assert ran.code == 0
    assert ran.out.split() == ["list.bib", "list.html"]
    assert "1 scholarly reference, 2 news titles" in ran.err
    assert "Next: " in ran.err.strip().splitlines()[-1]
    assert "@article" in (folder / "list.bib").read_text("utf-8")
    assert "<!doctype html>" in (folder / "list.html").read_text("utf-8").lower()
    assert alliancebib("list.txt", cwd=folder).code == 0  # twice is no harm


def test_first_run_from_standard_input(tmp_path: Path) -> None:
    ran = alliancebib("-", cwd=tmp_path, stdin=LIST.encode())
    assert ran.code == 0
    assert ran.out.split() == ["bibliography.bib", "bibliography.html"]


def test_parse_gives_csl_json(folder: Path) -> None:
    items = json.loads(alliancebib("parse", "list.txt", cwd=folder).out)
    assert [item["type"] for item in items] == ["article-newspaper", "article-newspaper", "chapter"]
    assert [item.get("container-title") for item in items[:2]] == ["Reuters", "TASS"]
    assert items[2]["page"] == "421-429"


def test_parse_lines_takes_every_line(tmp_path: Path) -> None:
    ran = alliancebib("parse", "-", "--lines", "--to", "jsonl", cwd=tmp_path, stdin=f"\n{CHAPTER}\n\nHello\n".encode())
    items = [json.loads(line) for line in ran.out.splitlines()]
    assert len(items) == 2
    assert items[0]["type"] == "chapter"


def test_parse_spans_point_into_the_raw_line(tmp_path: Path) -> None:
    ran = alliancebib("parse", "-", "--lines", "--to", "spans", cwd=tmp_path, stdin=CHAPTER.encode())
    (row,) = [json.loads(line) for line in ran.out.splitlines()]
    cut = {span["label"]: row["raw"][span["start"] : span["end"]] for span in row["spans"]}
    assert row["raw"] == CHAPTER
    assert "Deyermond" in cut["author"]
    assert "2018" in cut["date"]
    assert "421-429" in cut["pages"]


def test_every_field_has_a_label_of_the_corpora() -> None:
    fields = [*Reference.__struct_fields__, "link_title", "number", "number_of_pages", "event_place"]
    assert {label_of(field) for field in fields} <= LABELS


def test_parse_roles_name_every_line(folder: Path) -> None:
    rows = [line.split("\t") for line in alliancebib("parse", "list.txt", "--to", "roles", cwd=folder).out.splitlines()]
    assert [row[1] for row in rows] == ["title", "heading", "entry", "entry", "heading", "entry"]
    assert all(row[2] for row in rows)


@pytest.mark.parametrize("to", ["bibtex", "biblatex", "csl-json", "markdown", "html"])
def test_convert_writes_every_format(folder: Path, to: str) -> None:
    ran = alliancebib("convert", "list.txt", "--to", to, cwd=folder)
    assert ran.code == 0
    assert "Armenia freezes its membership" in ran.out.replace("{", "").replace("}", "")


@pytest.mark.parametrize("to", plugins.EXCHANGE)
def test_all_commands_that_give_entries_give_every_format(folder: Path, to: str) -> None:
    expected = alliancebib("convert", "list.txt", "--to", to, cwd=folder).out
    for command in (["parse", "list.txt"], ["dedupe", "list.txt"], ["enrich", "list.txt", "--offline"]):
        ran = alliancebib(*command, "--to", to, cwd=folder)
        assert "security treaty organization" in ran.out
        assert command[0] == "enrich" or ran.out == expected
    assert "security treaty organization" in alliancebib("cite", CHAPTER, "--to", to, cwd=folder).out


def test_converted_bibtex_reads_back_the_same(folder: Path) -> None:
    alliancebib("convert", "list.txt", "--to", "bibtex", "-o", "list.bib", cwd=folder)
    once = (folder / "list.bib").read_text("utf-8")
    assert alliancebib("convert", "list.bib", "--to", "bibtex", cwd=folder).out == once


@pytest.mark.parametrize(("output", "begins"), [("x.ris", "TY  - "), ("x.yml", "doe2004a"), ("x.yaml", "doe2004a")])
def test_convert_by_the_suffix_of_the_output(tmp_path: Path, output: str, begins: str) -> None:
    (tmp_path / "a.ris").write_text("TY  - BOOK\nTI  - A\nAU  - Doe, Jane\nPY  - 2004\nER  - \n", "utf-8")
    assert alliancebib("convert", "a.ris", "-o", output, cwd=tmp_path).code == 0
    assert (tmp_path / output).read_text("utf-8").startswith(begins)
    back = alliancebib("convert", output, "--to", "bibtex", cwd=tmp_path)
    assert back.code == 0
    assert "title = {A}" in back.out


def test_format_prints_one_entry_a_line(folder: Path) -> None:
    ran = alliancebib("format", "list.txt", "--style", "apa", cwd=folder)
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 3
    assert any("Deyermond, R. (2018)" in line for line in ran.out.splitlines())


def test_cite_text(tmp_path: Path) -> None:
    ran = alliancebib("cite", CHAPTER, "--style", "chicago-author-date", "--offline", cwd=tmp_path)
    assert ran.code == 0
    assert "Deyermond" in ran.out
    assert "2018" in ran.out
    assert "(Deyermond, 2018)" in alliancebib("cite", CHAPTER, "--style", "apa", "--in-text", cwd=tmp_path).out


def test_cite_an_unknown_doi_offline_says_so(tmp_path: Path) -> None:
    cache = {"XDG_CACHE_HOME": str(tmp_path)}
    ran = alliancebib("cite", "10.1234/nothing", "--offline", cwd=tmp_path, env=cache)
    assert ran.code == 3
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_dedupe_shows_clusters(tmp_path: Path) -> None:
    headline = "Putin says bloc has developed contacts with 'natural partners'"
    lines = f"2023. {headline}\n{headline}\n"
    ran = alliancebib("dedupe", "-", "--lines", "--to", "clusters", cwd=tmp_path, stdin=lines.encode())
    value = json.loads(ran.out)
    assert [len(cluster) for cluster in value["clusters"]] == [2]
    assert {"clusters", "review", "keys"} <= set(value)


def test_check_offline_needs_no_network(folder: Path) -> None:
    ran = alliancebib("check", "list.txt", "--offline", "--report", "json", cwd=folder)
    assert ran.code == 0
    value = json.loads(ran.out)
    assert value["version"] == 1
    assert value["links"] == []


def test_check_fails_on_what_it_is_told_to(folder: Path) -> None:
    bib = "@article{k, author={Roe, M.}, title={On pages}, journal={J}, year={2020}, pages={20--10}}\n"
    (folder / "odd.bib").write_text(bib, "utf-8")
    assert alliancebib("check", "odd.bib", "--offline", cwd=folder).code == 0
    ran = alliancebib("check", "odd.bib", "--offline", "--fail-on", "warning", cwd=folder)
    assert ran.code == 1
    assert "AB207" in ran.out
    assert "odd.bib:1" in ran.out


def test_check_writes_several_reports(folder: Path) -> None:
    ran = alliancebib("check", "list.txt", "--offline", "--report", "json=all.json", "--report", "github", cwd=folder)
    assert ran.code == 0
    assert json.loads((folder / "all.json").read_text("utf-8"))["version"] == 1


def test_init_sets_up_a_project_that_builds(folder: Path) -> None:
    ran = alliancebib("init", "--yes", "--page", "list.txt", "--style", "ieee", cwd=folder)
    assert ran.code == 0
    built = alliancebib("build", "--offline", cwd=folder)
    assert built.code == 0, built.err
    assert (folder / "references" / "bibliography.html").is_file()
    again = alliancebib("init", "--yes", cwd=folder)
    assert again.code == 2
    assert "alliancebib.toml" in again.err


def test_styles_explain_plugins_config(tmp_path: Path) -> None:
    assert "harvard-cite-them-right" in alliancebib("styles", "--search", "harvard", cwd=tmp_path).out
    assert "What to do" in alliancebib("explain", "ab301", cwd=tmp_path).out
    assert "crossref" in alliancebib("plugins", cwd=tmp_path).out
    assert json.loads(alliancebib("plugins", "--json", cwd=tmp_path).out)
    assert json.loads(alliancebib("config", cwd=tmp_path).out)["settings"]["style"] == "apa"
    assert "properties" in json.dumps(json.loads(alliancebib("config", "--schema", cwd=tmp_path).out))


def test_tables_are_columns_or_json_where_no_person_reads(tmp_path: Path) -> None:
    rows = [line.split() for line in alliancebib("explain", cwd=tmp_path).out.splitlines()]
    assert ["AB301", "error", "link-gone"] in rows
    assert json.loads(alliancebib("explain", "AB301", "--json", cwd=tmp_path).out)["name"] == "link-gone"
    none = alliancebib("styles", "--search", "zzzz", cwd=tmp_path)
    assert none.out == ""
    assert "zzzz" in none.err


def test_a_wrong_call_is_one_sentence_with_the_next_step(folder: Path) -> None:
    for words in (["parse"], ["list.txt", "--nothing"], ["parse", "list.txt", "--to", "xml"]):
        ran = alliancebib(*words, cwd=folder)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("alliancebib")
        assert "first" not in ran.err
        assert len(ran.err.splitlines()) == 2
        assert "--help" in ran.err.splitlines()[1]


def test_every_command_counts_what_it_read(folder: Path) -> None:
    for words in (["format"], ["convert"], ["dedupe"], ["enrich", "--offline"], ["check", "--offline"], ["parse"]):
        assert "3 other lines" in alliancebib(*words, "list.txt", cwd=folder).err
