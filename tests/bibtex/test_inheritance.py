"""What entries have from others: crossref by both programs' rules, xdata, and chains that lead nowhere."""

from __future__ import annotations

import pytest

from alliancebib.bibtex.inheritance import with_inherited
from alliancebib.bibtex.syntax import read_blocks
from alliancebib.files import source_of
from alliancebib.readers import bibtex
from alliancebib.writers import bibtex as writer


def fields(text: str, key: str = "k") -> dict[str, str]:
    block = next(block for block in with_inherited(read_blocks(text)) if block.key == key)
    return {field.name: field.value for field in block.fields if field.name not in ("crossref", "xdata")}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "@inproceedings{k, title={T}, crossref={P}}\n@proceedings{p, title={Proc}, publisher={Pub}, year=1999}",
            {"title": "T", "publisher": "Pub", "year": "1999", "booktitle": "Proc"},
        ),
        (
            "@proceedings{p, title={Proc}, booktitle={The Proc}, year=1999}\n@inproceedings{k, crossref=p, title={T}}",
            {"title": "T", "year": "1999", "booktitle": "The Proc"},
        ),
        (
            "@book{p, title={B}, author={Doe, Jane}}\n@inbook{k, title={T}, author={Roe, Rob}, crossref=p}",
            {"title": "T", "author": "Roe, Rob", "booktitle": "B", "bookauthor": "Doe, Jane"},
        ),
        (
            "@mvbook{p, title={All}, publisher={P}}\n@book{k, title={One}, crossref=p}",
            {"title": "One", "publisher": "P", "maintitle": "All"},
        ),
        (
            "@periodical{p, title={J}, date={2001-02}}\n@article{k, title={T}, year=2002, crossref=p}",
            {"title": "T", "year": "2002", "journaltitle": "J"},
        ),
        ("@book{p, title={B}, year=1999, month=jan}\n@book{k, year=2000, crossref=p}", {"year": "2000", "title": "B"}),
        (
            "@book{p, title={B}, doi={10.1/p}, url={https://p.org}}\n@incollection{k, title={T}, crossref=p}",
            {"title": "T", "booktitle": "B"},
        ),
        (
            "@proceedings{p, title={P}, year=1999, month=may}\n@inproceedings{k, title={T}, crossref=p}",
            {"title": "T", "year": "1999", "month": "May", "booktitle": "P"},
        ),
        (
            "@article{p, title={A}, journal={J}, year=1900}\n@incollection{k, title={T}, crossref=p}",
            {"title": "T", "journal": "J", "year": "1900"},
        ),
        (
            "@mvbook{p, title={All}, author={Doe, J}}\n@book{k, title={One}, crossref=p}",
            {"title": "One", "author": "Doe, J", "maintitle": "All", "bookauthor": "Doe, J"},
        ),
        (
            "@set{k, entryset={a, b}, crossref={a}}\n@article{a, title={A}, journal={J}, doi={10.1234/a}}",
            {"entryset": "a, b", "title": "A", "journal": "J"},
        ),
        (
            "@xdata{x, publisher={P}, xdata={y}}\n@xdata{y, location={L}}\n@book{k, title={T}, xdata={x, y}}",
            {"title": "T", "publisher": "P", "location": "L"},
        ),
        (
            "@book{g, series={S}}\n@proceedings{p, title={P}, crossref=g}\n@inproceedings{k, title={T}, crossref=p}",
            {"title": "T", "series": "S", "booktitle": "P"},
        ),
    ],
)
def test_what_is_inherited(text: str, right: dict[str, str]) -> None:
    assert fields(text) == right


@pytest.mark.parametrize("text", ["@book{k, crossref=k}", "@book{k, crossref=p}\n@book{p, crossref=k}"])
def test_a_circle_ends_with_a_note(text: str) -> None:
    [block, *_] = with_inherited(read_blocks(text))
    assert any("leads back" in note.words for note in block.notes)


def test_a_long_chain_ends() -> None:
    text = "".join(f"@book{{b{n}, crossref=b{n + 1}}}\n" for n in range(3000))
    assert len(with_inherited(read_blocks(text))) >= 3000


def test_many_ways_to_one_parent_do_not_multiply() -> None:
    text = "".join(f"@xdata{{k{n}, xdata={{k{n + 1}, k{n + 2}}}}}\n" for n in range(18)) + "@xdata{k18, note={N}}"
    first = with_inherited(read_blocks(text))[0]
    assert [field.value for field in first.fields if field.name == "note"] == ["N"]
    everyone = ", ".join(f"k{n}" for n in range(12))
    looped = "".join(f"@xdata{{k{n}, note={{{n}}}, xdata={{{everyone}}}}}\n" for n in range(12))
    assert len(with_inherited(read_blocks(looped))) == 24


def test_a_missing_parent_is_a_finding_and_the_file_comes_back() -> None:
    text = "@inproceedings{k,\n  title = {T},\n  crossref = {gone}\n}\n"
    library = bibtex.read(source_of(text, name="x.bib"))
    assert [finding.code for finding in library.findings] == ["AB109"]
    assert writer.write(library) == text


def test_inherited_fields_are_not_written_into_the_child() -> None:
    text = (
        "@inproceedings{k,\n  title = {T},\n  crossref = {p},\n}\n@proceedings{p,\n  title = {P},\n  year = 1999,\n}\n"
    )
    library = bibtex.read(source_of(text, name="x.bib"))
    assert (library["k"].container_title, library["k"].year) == ("P", 1999)
    changed = library.with_references(
        reference.amended("human", {"doi": "10.1/k"}) if reference.key == "k" else reference for reference in library
    )
    assert writer.write(changed) == text.replace("  crossref = {p},\n", "  crossref = {p},\n  doi = {10.1/k},\n")


def test_a_subtitle_is_inherited_with_its_title_alone() -> None:
    parent = "@collection{p, title = {Whole}, subtitle = {Below}, titleaddon = {Beside}}"
    child = fields(f"@incollection{{c, title = {{T}}, booktitle = {{Another}}, crossref = {{p}}}}\n{parent}", "c")
    assert "booksubtitle" not in child
    assert "booktitleaddon" not in child
    child = fields(f"@incollection{{c, title = {{T}}, crossref = {{p}}}}\n{parent}", "c")
    assert (child["booktitle"], child["booksubtitle"], child["booktitleaddon"]) == ("Whole", "Below", "Beside")


def test_an_entry_with_a_container_inherits_no_other() -> None:
    text = "@set{c, booktitle = {B}, crossref = {p}}\n@article{p, title = {T}, journal = {J}, journalsubtitle = {S}}"
    assert not {"journal", "journalsubtitle"} & fields(text, "c").keys()


GRANULAR = """\
@xdata{g2, author = {Brian Bloom and Arthur Anderson}, editor = {William Wool and xdata=g4-editor-1}}
@xdata{g3, location = {A and C}}
@xdata{g4, editor = {Frank Frill}, title = {Some title}}
@xdata{loop-a, author = {xdata=loop-b-author-1}}
@xdata{loop-b, author = {xdata=loop-a-author-1}}
@book{b, title = {T}}
"""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Simon Smith and xdata=g2-author-1", "Simon Smith and Brian Bloom"),
        ("Simon Smith and xdata=g2-author", "Simon Smith and Brian Bloom and Arthur Anderson"),
        ("xdata=g2-editor-2", "Frank Frill"),
        ("xdata=G4-title", "Some title"),
        ("XDATA = g3-location-1 and B", "A and B"),
        ("xdata=g2", "xdata=g2"),
        ("xdata=g2-note", "xdata=g2-note"),
        ("xdata=g2-author-3", "xdata=g2-author-3"),
        ("xdata=missing-author", "xdata=missing-author"),
        ("xdata=b-title", "xdata=b-title"),
        ("A and xdata=loop-a-author-1", "A and xdata=loop-a-author-1"),
        ("the word xdata", "the word xdata"),
    ],
)
def test_single_values_of_xdata_as_biber_takes_them(value: str, expected: str) -> None:
    text = GRANULAR + f"@book{{k, note = {{{value}}}}}"
    block = with_inherited(read_blocks(text))[-1]
    assert [field.value for field in block.fields] == [expected]
    assert bool(block.notes) == ("xdata=" in expected)


def test_values_that_double_themselves_stop() -> None:
    text = "".join(f"@xdata{{k{n}, author={{xdata=k{n + 1}-author and xdata=k{n + 1}-author}}}}" for n in range(60))
    blocks = with_inherited(read_blocks(text + "@xdata{k60, author={A B}} @book{b, author={xdata=k0-author}}"))
    assert max(len(field.value) for block in blocks for field in block.fields) < 1_000_000


def test_a_parent_is_found_by_its_further_names() -> None:
    text = "@book{p, ids={q, R}, title={B}, year=1999}\n@inbook{k, crossref={r}, title={C}}\n@misc{q, title={Q}}"
    assert fields(text) == {"title": "C", "year": "1999", "booktitle": "B"}
    own = fields("@misc{q, title={Q}, year=2000}\n@book{p, ids={q}, year=1999}\n@inbook{k, crossref={q}}")
    assert own["year"] == "2000"  # a key goes before a further name


def test_an_entry_that_names_itself_by_another_name_leads_back() -> None:
    [block] = with_inherited(read_blocks("@misc{k, ids={z}, crossref={z}}"))
    assert [(note.words, note.where) for note in block.notes] == [
        ("`crossref` leads back to `z`; nothing more was inherited", "crossref")
    ]
