"""Writing BibTeX: what a person sees, and what BibTeX and biber say to it where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import KINDS, Name, PartialDate, Reference
from alliancebib.readers import bibtex as bibtex_reader
from alliancebib.writers import biblatex, bibtex

NEWS = Reference(
    id="1",
    kind="article-newspaper",
    title="CSTO & Russia: 100 % of #1",
    issued=PartialDate(year=2021, month=8, day=2),
    url="https://example.org/a_b%20c#d",
)
WEB = Reference(id="2", kind="webpage", title="Сайт ОДКБ", container_title="Wikipedia", url="https://odkb-csto.org/")
REPORT = Reference(
    id="3",
    kind="report",
    title="A Report",
    author=(Name(family="Berg", given="Ana", non_dropping_particle="van der"), Name(others=True)),
    issued=PartialDate(year=2020, month=5, end=PartialDate(year=2021)),
    accessed=PartialDate(year=2024, month=1, day=2),
    publisher="An Institute",
    publisher_place="Oslo",
)
LIBRARY = Library([NEWS, WEB, REPORT])


def test_both_dialects_at_once() -> None:
    assert bibtex.write(LIBRARY) == (
        "@article{csto2021russia,\n"
        "  title = {{CSTO} \\& {Russia}: 100 \\% of \\#1},\n"
        "  entrysubtype = {newspaper},\n"
        "  year = {2021},\n"
        "  month = aug,\n"
        "  day = {2},\n"
        "  url = {https://example.org/a_b%20c#d},\n"
        "}\n\n"
        "@online{wikipedia-nd-sayt,\n"
        "  title = {Сайт {ОДКБ}},\n"
        "  organization = {Wikipedia},\n"
        "  url = {https://odkb-csto.org/},\n"
        "}\n\n"
        "@techreport{vanderberg2020report,\n"
        "  author = {van der Berg, Ana and others},\n"
        "  title = {A Report},\n"
        "  institution = {An Institute},\n"
        "  address = {Oslo},\n"
        "  type = {Report},\n"
        "  date = {2020-05/2021},\n"
        "  year = {2020},\n"
        "  month = may,\n"
        "  urldate = {2024-01-02},\n"
        "  options = {useprefix=true},\n"
        "}\n"
    )


def test_biblatex_alone() -> None:
    text = biblatex.write(LIBRARY)
    assert "  date = {2021-08-02},\n" in text
    assert "@report{" in text
    assert "  location = {Oslo},\n" in text
    assert "year" not in text.replace("urldate", "")


def test_a_date_of_access_is_never_made_up() -> None:
    assert "urldate" not in bibtex.write(Library([NEWS, WEB]))


def test_keys_that_bibtex_refuses_are_mended_and_stay_apart() -> None:
    library = Library([Reference(id="1", key="a b"), Reference(id="2", key="a,b"), Reference(id="3", key="A-B")])
    keys = [reference.key for reference in bibtex_reader.read(source_of(bibtex.write(library), name="x.bib"))]
    assert keys == ["a-b", "a-bb", "A-Bc"]


def test_an_empty_library_is_an_empty_file() -> None:
    assert bibtex.write(Library()) == ""


def every_kind() -> Library:
    fields = {
        "author": (Name(family="Doe", given="Jane"), Name(literal="Smith & Sons, Ltd"), Name(others=True)),
        "url": "https://example.org/a_b%20c#d?e=1&f=~g",
        "container_title": "The 100% Journal",
        "publisher": "A & B",
        "page": "1-9",
        "note": "_ # $ % & ~ ^ \\ { }",
    }
    return Library(
        Reference(
            id=kind,
            kind=kind,
            title=f"On {kind} {{ $5 _ ^ ~ \\ NATO",
            issued=PartialDate(year=1950 + number, month=8, day=2),
            **fields,  # type: ignore[arg-type]
        )
        for number, kind in enumerate(sorted(KINDS))
    )


@pytest.mark.parametrize("style", ["plain", "alpha"])
def test_bibtex_itself_reads_every_kind(tmp_path: Path, style: str) -> None:
    if not shutil.which("bibtex"):
        pytest.skip("bibtex is not installed")
    (tmp_path / "x.bib").write_text(bibtex.write(every_kind()), "utf-8")
    (tmp_path / "x.aux").write_text(f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{x}}\n")
    ran = subprocess.run(["bibtex", "x"], cwd=tmp_path, capture_output=True, text=True, check=False)
    if "I couldn't open style file" in ran.stdout:
        pytest.skip(f"{style}.bst is not installed")
    assert "error message" not in ran.stdout
    assert (tmp_path / "x.bbl").read_text("utf-8").count("\\bibitem") == len(KINDS)


@pytest.mark.parametrize("writer", [bibtex, biblatex])
def test_biber_itself_reads_every_kind(tmp_path: Path, writer: object) -> None:
    if not shutil.which("biber"):
        pytest.skip("biber is not installed")
    (tmp_path / "x.bib").write_text(writer.write(every_kind()), "utf-8")  # type: ignore[attr-defined]
    command = ["biber", "--tool", "--output-format=bibtex", "-O", "out.bib", "x.bib"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "WARN" not in ran.stdout
    assert (tmp_path / "out.bib").read_text("utf-8").count("-08-02") == len(KINDS)
