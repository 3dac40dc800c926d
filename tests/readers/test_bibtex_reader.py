"""Reading .bib files: made-up ones with every fault, and the real ones that lie beside the repository."""

from __future__ import annotations

import json

import pytest

from alliancebib.files import Source, source_of
from alliancebib.model import reference_id
from alliancebib.readers import bibtex
from alliancebib.writers import Options
from alliancebib.writers import biblatex as biblatex_writer
from alliancebib.writers import bibtex as bibtex_writer
from shared_data import shared

BAD = """\
@article{k, title={One}}
@article{k, title={Two}}
@misc{open, title={Never closed
@misc{, title={Keyless}}
@misc{twice, title={A}, title={B}, author={Doe, Jane and others}}
@misc lost, title={no brace}}
"""


def source(text: str, name: str = "x.bib") -> Source:
    return source_of(text, name=name)


def test_nothing_of_a_bad_file_is_lost() -> None:
    library = bibtex.read(source(BAD))
    assert [reference.title for reference in library] == ["One", "Two", "Never closed", "Keyless", "A"]
    assert [reference.key for reference in library] == ["k", "kb", "open", "", "twice"]
    found = {(finding.code, finding.origin.line) for finding in library.findings}
    assert found == {("AB107", 2), ("AB106", 3), ("AB109", 5), ("AB106", 6)}
    assert library["twice"].extra == {"bibtex:title-2": "B"}
    assert library["twice"].author[-1].others


def test_an_id_stays_when_other_entries_and_fields_change() -> None:
    before = bibtex.read(source("@misc{k, title={One}}"))
    after = bibtex.read(source("@misc{a, title={Zero}}\n@misc{k, title={One}, note={more}}"))
    assert before["k"].id == after["k"].id == reference_id("x.bib", "k")


def test_an_origin_is_the_entry() -> None:
    library = bibtex.read(source("\n@misc{k, title={One}}\n"))
    origin = library[0].origin
    assert (origin.page, origin.line, origin.raw) == ("x.bib", 2, "@misc{k, title={One}}")
    assert library[0].provenance[0].fields == ("kind", "title")


@pytest.mark.parametrize(
    ("text", "name", "sure"),
    [
        ("@misc{k, title={T}}", "x.bib", True),
        ("", "x.bib", True),
        ("% comment\n@article{k, title={T}}", "x.txt", True),
        ("Some words\n@article{k,\n title={T}}", "x.txt", True),
        ("Write to me@example.org {please}", "x.txt", False),
        ("A list\nof lines", "x.txt", False),
    ],
)
def test_recognising(text: str, name: str, *, sure: bool) -> None:
    assert (bibtex.recognises(source(text, name)) > 0.5) is sure


def test_real_files_are_read_and_written_twice_alike() -> None:
    """No file raises, no entry seen by three other readers is lost, and the second writing equals the first."""
    folder = shared("bibtex")
    consensus = json.loads((folder / "consensus.json").read_text("utf-8"))
    lost = set()
    for path in sorted(folder.rglob("*.bib")):
        library = bibtex.read(source_of(path.read_bytes(), name=path.name))
        keys = {finding.fix and library[finding.reference].key.lower() for finding in library.findings}
        keys |= {reference.key.lower() for reference in library}
        lost |= set(consensus.get(str(path.relative_to(folder)), [])) - keys
        assert bibtex_writer.compose(library).data == path.read_bytes(), path
        for writer in (bibtex_writer, biblatex_writer):
            # In our own form a parent's fields may have other names, which its children then inherit; once.
            once = writer.write(library, Options(anew=True))
            twice = writer.write(bibtex.read(source_of(once, name=path.name)), Options(anew=True))
            again = writer.write(bibtex.read(source_of(twice, name=path.name)), Options(anew=True))
            assert again == twice, path
            inherits = any("bibtex:crossref" in reference.extra for reference in library)
            assert twice == once or inherits, path
    assert lost == {"py03a", "steward03"}, "these two stand inside an @comment{...} block"


def test_a_field_may_stand_there_thousands_of_times() -> None:
    text = "@misc{k, " + "".join(f"f = {{{number}}}, " for number in range(10_050)) + "}"
    [reference] = bibtex.read(source_of(text, name="x.bib"))
    assert reference.extra["bibtex:f-10050"] == "10049"


@pytest.mark.parametrize(
    "names",
    [
        "Doe, Jane and Roe, Richard Q.",
        "Jane Doe and Richard Q. Roe and others",
        "O'Neil, J.-P. and Müller, Änne",
        "NATO",
    ],
)
def test_plain_names_are_read_as_with_braces_beside_them(names: str) -> None:
    plain = bibtex.read(source_of(f"@misc{{k, author = {{{names}}}}}", name="x.bib"))[0].author
    careful = bibtex.read(source_of(f"@misc{{k, author = {{{names} and {{A}}}}}}", name="x.bib"))[0].author
    assert [name for name in careful if name.literal != "A"] == list(plain)
