"""The bibliography that this repository keeps is what its own tool makes of its lists, without network."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.running import alliancebib
from shared_data import ROOT

OUTPUTS = ("csto.bib", "csto.json", "csto.html")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the bibliography anew in a copy that has the lists but not the outputs."""
    folder = tmp_path_factory.mktemp("references")
    shutil.copytree(ROOT / "references", folder / "references", ignore=shutil.ignore_patterns(*OUTPUTS))
    shutil.copy(ROOT / "alliancebib.toml", folder)
    ran = alliancebib("build", "--offline", cwd=folder)
    assert ran.code == 0, ran.err
    return folder / "references"


@pytest.mark.parametrize("name", [*OUTPUTS, "alliancebib.lock"])
def test_committed_files_are_what_build_writes(built: Path, name: str) -> None:
    assert (ROOT / "references" / name).read_bytes() == (built / name).read_bytes(), "run `make bibliography`"


def test_a_second_build_changes_nothing(built: Path) -> None:
    before = {path.name: path.read_bytes() for path in built.iterdir()}
    ran = alliancebib("build", "--offline", cwd=built.parent)
    assert ran.code == 0
    assert "up to date" in ran.err
    assert {path.name: path.read_bytes() for path in built.iterdir()} == before
    assert alliancebib("build", "--offline", "--check", cwd=built.parent).code == 0


def test_a_stale_file_is_told(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "references")
    shutil.copy(ROOT / "alliancebib.toml", tmp_path)
    (tmp_path / "references" / "csto.bib").write_text("", "utf-8")
    ran = alliancebib("build", "--offline", "--check", cwd=tmp_path)
    assert ran.code == 1
    assert "csto.bib" in ran.err
    assert (tmp_path / "references" / "csto.bib").read_text("utf-8") == ""


def test_the_headline_listed_twice_is_one_entry_with_its_year(built: Path) -> None:
    items = json.loads((built / "csto.json").read_text("utf-8"))
    putin = [item for item in items if item["title"].startswith("Putin says CSTO bloc")]
    assert len(putin) == 1
    assert putin[0]["issued"] == {"date-parts": [[2023]]}
    assert len(putin[0]["custom"]["alliancebib"]["origins"]) == 2
    assert len(items) == 41


def test_works_with_nearly_one_title_stay_apart(built: Path) -> None:
    items = json.loads((built / "csto.json").read_text("utf-8"))
    families = [
        item["author"][0]["family"]
        for item in items
        if "security treaty organization" in item["title"].lower() and item.get("author")
    ]
    assert {"Sakhariyev", "Aris", "Golub", "Deyermond"} <= set(families)


def test_only_dois_that_people_confirmed_are_there(built: Path) -> None:
    items = json.loads((built / "csto.json").read_text("utf-8"))
    assert sorted(item["DOI"] for item in items if "DOI" in item) == [
        "10.1080/13518046.2016.1200383",
        "10.1080/14631377.2020.1800316",
        "10.1093/cjip/poy008",
        "10.22363/2313-0660-2023-23-2-241-252",
    ]
