"""Settings, inputs and outputs of a project: found from below, told apart, never written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliancebib.config import load_project
from cli.running import alliancebib
from shared_data import ROOT

ONE = "From Newspapers\nArmenia freezes its membership in the alliance - Reuters\nSummit ends in Minsk, TASS\n"
OTHER = "From Newspapers\nBelarus opens a base for the alliance - Reuters\nSummit ends in Minsk, TASS\n"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with two lists of one name."""
    for name, text in (("a", ONE), ("b", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "list.txt").write_text(text, "utf-8")
    return tmp_path


def test_two_inputs_of_one_name_are_two_pages(two: Path) -> None:
    items = json.loads(alliancebib("dedupe", "a/list.txt", "b/list.txt", "--to", "csl-json", cwd=two).out)
    origins = [item["custom"]["alliancebib"]["origins"][0] for item in items]
    assert [origin["page"] for origin in origins] == ["list.txt", "list.txt", "b/list.txt", "b/list.txt"]
    assert len({item["id"] for item in items}) == 4
    value = json.loads(alliancebib("dedupe", "a/list.txt", "b/list.txt", "--to", "clusters", cwd=two).out)
    assert len(set(value["review"][0]["ids"])) == 2


def test_findings_name_the_right_one_of_two_files(two: Path) -> None:
    settings = "inputs = ['a/list.txt', 'b/list.txt']\noutput = 'out'"
    (two / "alliancebib.toml").write_text(settings, "utf-8")
    ran = alliancebib("check", "--offline", "--only", "fields", "--report", "json", cwd=two / "a")
    places = {(found["file"], found["line"]) for found in json.loads(ran.out)["findings"] if found["code"] == "AB205"}
    assert places == {("list.txt", 2), ("list.txt", 3), ("../b/list.txt", 2), ("../b/list.txt", 3)}


def test_an_input_named_twice_is_read_once(two: Path) -> None:
    ran = alliancebib("dedupe", "a/list.txt", "b/../a/list.txt", "--to", "csl-json", cwd=two)
    assert len(json.loads(ran.out)) == 2
    assert "named twice" in ran.err


def test_equal_keys_of_two_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{roe2020, author={Roe, M.}, title={On rivers}, year={2020}}\n", "utf-8")
    (tmp_path / "b.bib").write_text("@book{roe2020, author={Roe, A.}, title={Sea law}, year={2020}}\n", "utf-8")
    items = json.loads(alliancebib("dedupe", "a.bib", "b.bib", "--to", "csl-json", cwd=tmp_path).out)
    assert len({item["id"] for item in items}) == 2


@pytest.mark.parametrize("file", ["alliancebib.toml", "pyproject.toml"])
def test_settings_and_style_files_are_found_from_a_folder_below(two: Path, file: str) -> None:
    table = "[tool.alliancebib]\n" if file == "pyproject.toml" else ""
    settings = f"{table}inputs = ['a/list.txt']\noutput = 'out'\nstyle = 'my.csl'\nlock = 'the.lock'\n"
    (two / file).write_text(settings, "utf-8-sig" if file == "alliancebib.toml" else "utf-8")
    (two / "my.csl").write_bytes((ROOT / "styles" / "alliance-news.csl").read_bytes())
    ran = alliancebib("build", "--offline", cwd=two / "b")
    assert ran.code == 0, ran.err
    assert (two / "out.bib").is_file()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("inptus = []", "Did you mean `inputs`"),
        ("[check]\nwrokers = 1", "Did you mean `check.workers`"),
        ("[check]\nfail-on = 'sometimes'", "never, error, warning, note"),
        ("[check]\nworkers = 0", "check.workers"),
        ("[check]\ntimeout = -1", "check.timeout"),
        ("[dedupe]\npreset = 'bold'", "strict, balanced, relaxed"),
        ("[enrich]\nthreshold = 5", "enrich.threshold"),
        ("inputs = ['list.html']\noutput = 'list'", "over the input"),
        ("inputs = ['list.html']\noutput = 'o'\nformats = ['bibtex', 'biblatex']", "over the format bibtex"),
        ("inputs = ['list.html']\noutput = 'o'\nformats = []", "no `formats`"),
        ("inputs = ['list.html']\noutput = 'o'\nformats = ['bibtex']\nlock = 'o.bib'", "over the file of `lock`"),
    ],
)
def test_settings_that_cannot_be_meant(tmp_path: Path, settings: str, says: str) -> None:
    (tmp_path / "list.html").write_text("<p>mine</p>", "utf-8")
    (tmp_path / "alliancebib.toml").write_text(settings, "utf-8")
    ran = alliancebib("build", "--offline", cwd=tmp_path)
    assert ran.code == 2
    assert says in ran.err
    assert "alliancebib.toml" in ran.err
    assert len(ran.err.splitlines()) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alliancebib.toml", "list.html"]
    assert (tmp_path / "list.html").read_text("utf-8") == "<p>mine</p>"


def test_a_damaged_pyproject_counts_only_where_it_holds_our_settings(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(ONE, "utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.other\n", "utf-8")
    assert alliancebib("parse", "list.txt", cwd=tmp_path).code == 0
    (tmp_path / "pyproject.toml").write_text("[tool.alliancebib\n", "utf-8")
    ran = alliancebib("parse", "list.txt", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "pyproject.toml" in ran.err


def test_a_folder_that_may_not_be_looked_into_has_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", refuse)
    assert load_project(tmp_path).file is None


@pytest.mark.parametrize("doi", ["https://doi.org/10.1093/CJIP/poy008", "doi:10.1093/cjip/poy008"])
def test_a_decided_doi_comes_out_bare(tmp_path: Path, doi: str) -> None:
    (tmp_path / "k.bib").write_text("@book{k, author={Roe, M.}, title={On rivers}, year={2020}}\n", "utf-8")
    item = json.loads(alliancebib("parse", "k.bib", cwd=tmp_path).out)[0]
    identity = item["custom"]["alliancebib"]["id"]
    (tmp_path / "references").mkdir()
    decisions = tmp_path / "references" / "decisions.toml"
    decisions.write_text(f"[doi]\n'{identity}' = '{doi}'\n", "utf-8-sig")
    ran = alliancebib("enrich", "k.bib", "--offline", "-o", "out.json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))[0]["DOI"] == "10.1093/cjip/poy008"
    decisions.write_text(f"[doi]\n'{identity}' = 'hello'\n", "utf-8")
    ran = alliancebib("enrich", "k.bib", "--offline", cwd=tmp_path)
    assert ran.code == 2
    assert "`hello`" in ran.err


def test_the_suffix_of_the_output_says_the_format(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(ONE, "utf-8")
    for command in ("convert", "parse", "dedupe"):
        assert alliancebib(command, "list.txt", "-o", "out.json", cwd=tmp_path).code == 0
        assert len(json.loads((tmp_path / "out.json").read_text("utf-8"))) == 2
        assert alliancebib(command, "list.txt", "-o", "out.bib", cwd=tmp_path).code == 0
        assert (tmp_path / "out.bib").read_text("utf-8").startswith("@article")


def test_each_line_of_a_page_with_markup_is_what_a_person_sees(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text("<ul><li><i>Roe, M.</i> (2020). On rivers. Springer.</ul>", "utf-8")
    ran = alliancebib("parse", "list.html", "--lines", "--to", "spans", cwd=tmp_path)
    assert [json.loads(line)["raw"] for line in ran.out.splitlines()] == ["Roe, M. (2020). On rivers. Springer."]


@pytest.mark.parametrize("name", ["empty.txt", "empty.bib", "empty.json", "empty.html", "empty.md"])
def test_a_first_run_on_nothing_writes_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    ran = alliancebib(name, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert f"{name}: there is nothing in it" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert f"{name} is empty" in alliancebib("parse", name, cwd=tmp_path).err


def test_check_takes_one_thing_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text("# none yet\n", "utf-8")
    assert alliancebib("check", "list.txt", "--urls", "urls.txt", cwd=tmp_path).code == 2
    ran = alliancebib("check", "--urls", "urls.txt", cwd=tmp_path)
    assert "no address in urls.txt" in ran.err
    for option in (["--workers", "0"], ["--timeout", "0"], ["--deadline", "-1"]):
        assert alliancebib("check", "--urls", "urls.txt", *option, cwd=tmp_path).code == 2


def test_a_workflow_for_a_list_at_an_address_does_not_ask_for_it_offline(tmp_path: Path) -> None:
    workflow = tmp_path / ".github" / "workflows" / "bibliography.yml"
    alliancebib("init", "--yes", "--page", "https://example.org/list", cwd=tmp_path)
    assert "--offline" not in workflow.read_text("utf-8")
    assert "check --report github" in workflow.read_text("utf-8")
