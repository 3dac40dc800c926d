"""Entries and references: the mapping, and the list of what it cannot hold."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliancebib.bibtex.fields import NOT_HELD
from alliancebib.bibtex.kinds import entry_type_of, kind_of
from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.writing import write_library
from alliancebib.library import Library
from alliancebib.model import KINDS, Name, Origin, PartialDate, Provenance, Reference, Span

#: One reference for each thing that is not held.
EXAMPLES = {
    "id": Reference(id="0123456789"),
    "origins": Reference(origins=(Origin(page="x.txt", raw="y"),)),
    "spans": Reference(spans=(Span("title", 0, 1),)),
    "key that BibTeX refuses": Reference(key="a{b"),
    "leftover": Reference(leftover=("x",)),
    "provenance": Reference(provenance=(Provenance(actor="human"),)),
    "extra of other formats": Reference(extra={"ris:U1": "x"}),
    "white space": Reference(abstract="one\n\ntwo"),
    "control characters": Reference(abstract="one\0two\x7f"),
    "given name alone": Reference(author=(Name(given="Plato"),)),
    "family name of several words alone": Reference(author=(Name(family="Pliny Elder"),)),
    "particle in capitals": Reference(author=(Name(family="Haas", given="M.", dropping_particle="De"),)),
    "two sorts of particles in one entry": Reference(
        author=(
            Name(family="A", given="B", dropping_particle="von"),
            Name(family="C", given="D", non_dropping_particle="van"),
        )
    ),
    "options of names": Reference(
        author=(Name(family="A", given="B"),), extra={"bibtex:tex:author": "family=A, given=B"}
    ),
    "words beside a date": Reference(issued=PartialDate(year=2020, month=2, literal="winter term 2020")),
    "day without month": Reference(issued=PartialDate(year=2020, day=3)),
    "season beside a month": Reference(issued=PartialDate(year=2020, month=3, season=1)),
    "year of words": Reference(issued=PartialDate(literal="about 1900")),
    "genre Report": Reference(kind="report", genre="Report"),
    "keys of biblatex": Reference(collection_title="newseries"),
    "case that is kept anyway": Reference(title='<span class="nocase">NATO</span>'),
    "case in other fields than titles": Reference(note='the <span class="nocase">blue</span> note'),
    "broken address": Reference(url="https://example.org/{"),
}


def there_and_back(reference: Reference, *, classic: bool) -> Reference:
    [back] = read_library(write_library(Library([reference]), classic=classic))
    return back


@pytest.mark.parametrize("name", sorted(NOT_HELD))
def test_the_list_of_what_is_not_held_is_true(name: str) -> None:
    reference = EXAMPLES[name]
    back = there_and_back(replace(reference, key=reference.key or "k", title=reference.title or "T"), classic=True)
    fields = [
        field for field in Reference.__struct_fields__ if getattr(reference, field) != getattr(Reference(), field)
    ]
    changed = [field for field in fields if getattr(back, field) != getattr(reference, field)]
    assert changed


def test_every_example_is_listed() -> None:
    assert EXAMPLES.keys() == NOT_HELD.keys()


@pytest.mark.parametrize("classic", [True, False])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_all_kinds_come_back(kind: str, *, classic: bool) -> None:
    reference = Reference(key="k", kind=kind, title="T", container_title="C", publisher="P", issue="4", genre="G")
    back = there_and_back(reference, classic=classic)
    for field in ("kind", "title", "container_title", "publisher", "issue", "genre", "extra"):
        assert getattr(back, field) == getattr(reference, field)


@pytest.mark.parametrize(
    ("type_", "subtype", "kind"),
    [
        ("www", "", "webpage"),
        ("article", "newspaper", "article-newspaper"),
        ("article", "Magazine", "article-magazine"),
        ("conference", "", "paper-conference"),
        ("inbook", "", "chapter"),
        ("proceedings", "", "book"),
        ("phdthesis", "", "thesis"),
        ("dataset", "", "dataset"),
        ("misc", "", "document"),
        ("comic", "", ""),
    ],
)
def test_entry_types_that_others_write(type_: str, subtype: str, kind: str) -> None:
    assert kind_of(type_, subtype) == kind


def test_news_and_web_by_the_convention() -> None:
    assert entry_type_of("article-newspaper", classic=True) == ("article", "newspaper")
    assert entry_type_of("article-magazine", classic=False) == ("article", "magazine")
    assert entry_type_of("webpage", classic=True) == ("online", "")


def read_one(fields: str, type_: str = "article") -> Reference:
    [reference] = read_library(f"@{type_}{{k, {fields}}}")
    return reference


def test_unknown_fields_and_types_come_back_as_they_were() -> None:
    text = "@comic{k,\n  title = {T},\n  file = {a\\_b:C\\:/x.pdf},\n  groups = {A, {B}},\n}\n"
    library = read_library(text)
    assert library[0].kind == "document"
    assert library[0].extra["bibtex:groups"] == "A, {B}"
    assert write_library(library, classic=True) == text


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        ("title={A}, subtitle={B}", "title", "A: B"),
        ("journaltitle={J}", "container_title", "J"),
        ("number={3}, issue={Spring}", "issue", "3, Spring"),
        ("pages={12--34}", "page", "12-34"),
        ("pages={12 – 34}", "page", "12-34"),
        ("eid={e7}", "page", "e7"),
        ("doi={https://doi.org/10.1234/A\\_B}", "doi", "10.1234/a_b"),
        ("url={https://x.org/a_b%20c~d?e=1&f=2#g}", "url", "https://x.org/a_b%20c~d?e=1&f=2#g"),
        ("url={\\url{https://x.org/a\\_b}}", "url", "https://x.org/a_b"),
        ("howpublished={\\url{https://x.org/a\\_b}}", "url", "https://x.org/a_b"),
        ("langid={russian}", "language", "ru"),
        ("language={de-CH}", "language", "de-CH"),
        ("publisher={{A} and {B}}", "publisher", "A; B"),
        ("location={Oslo}", "publisher_place", "Oslo"),
        ("title={{T} of {NATO}}", "title", '<span class="nocase">T</span> of NATO'),
    ],
)
def test_fields_are_read_into_their_place(fields: str, field: str, value: str) -> None:
    assert getattr(read_one(fields), field) == value


def test_numbers_are_what_the_type_says() -> None:
    assert read_one("number={7}").issue == "7"
    assert read_one("number={7}, series={S}", "book").extra == {"collection-number": "7"}
    assert read_one("number={7}, type={Patent}", "patent").extra == {"number": "7"}


@pytest.mark.parametrize(("fields", "code"), [("doi={none}", "AB201"), ("url={www.x.org}", "AB202")])
def test_what_is_no_identifier_is_named_and_kept(fields: str, code: str) -> None:
    library = read_library(f"@misc{{k, {fields}}}")
    assert [finding.code for finding in library.findings] == [code]
    assert read_library(write_library(library, classic=True))[0].extra == library[0].extra


def test_particles_are_dropped_unless_the_entry_says_otherwise() -> None:
    assert read_one("author={van Berg, A}").author[0].dropping_particle == "van"
    assert read_one("author={van Berg, A}, options={useprefix=true}").author[0].non_dropping_particle == "van"


@pytest.mark.parametrize("classic", [True, False])
def test_whatever_a_field_holds_it_is_one_line_without_controls(*, classic: bool) -> None:
    bad = "1\0a\r\n2"
    reference = Reference(
        key=bad,
        title=bad,
        page=bad,
        doi=f"10.1/{bad}",
        isbn=bad,
        language=bad,
        extra={"bibtex:x": bad, "a\0b": "left out"},
    )
    text = write_library(Library([reference]), classic=classic)
    assert len(text.splitlines()) == len(text.split("\n")) - 1 == text.count(" = ") + 2
    assert all(character.isprintable() for character in text.replace("\n", ""))
    assert "left out" not in text


@pytest.mark.parametrize("particle", ["de, la", "de and la", "and"])
def test_no_particle_makes_two_persons_of_one(particle: str) -> None:
    reference = Reference(title="T", author=(Name(family="Haas", given="M.", non_dropping_particle=particle),))
    assert there_and_back(reference, classic=True).author == reference.author


SOURCE = r"""@book{k,
  title = {{\noopsort{a}}A {\sffamily study} of $x^2$},
  publisher = {\textquotesingle\myhouse},
  note = {Plain \& simple},
}
"""


def test_commands_that_are_unknown_here_are_written_as_they_were_read() -> None:
    library = read_library(SOURCE)
    assert write_library(library, classic=True) == SOURCE
    assert [name for name in library[0].extra if name.startswith("bibtex:tex:")] == [
        "bibtex:tex:title",
        "bibtex:tex:publisher",
    ]


def test_a_changed_field_wins_over_its_source() -> None:
    [reference] = read_library(SOURCE)
    text = write_library(Library([replace(reference, title="Another")]), classic=True)
    assert "title = {Another}" in text
    assert "noopsort" not in text


def test_what_stands_beside_the_entries_is_counted() -> None:
    library = read_library(
        "% by hand\n@preamble{x}\n@string{a = {b}}\n@comment{y}\n@book{k, title = a}\n", page="x.bib"
    )
    assert [(finding.code, finding.origin.page) for finding in library.findings] == [("AB111", "x.bib")]
    assert "1 × @comment, 1 × @preamble, 1 × text between entries" in library.findings[0].message
    assert read_library("@string{a = {b}}\n\n@book{k, title = a}\n").findings == ()


@pytest.mark.parametrize(
    ("fields", "issued", "left"),
    [
        ("date = {Mar 3}, year = {2015}", "2015-03-03", {}),
        ("date = {3rd~of March}, year = 2015, month = mar", "2015-03-03", {}),
        ("date = {8--12 June}, year = 2015", "2015-06-08/2015-06-12", {}),
        ("date = {Mar-Apr}, year = 2015", "2015-03/2015-04", {}),
        ("date = {3}, year = 2015, month = apr", "2015-04-03", {}),
        ("date = {Spring}, year = 2015", "2015-21", {}),
        ("date = {Mar 3}, year = 2015, month = apr", "2015-04", {"bibtex:date": "Mar 3"}),
        ("date = {Dec 30 - Jan 2}, year = 2015", "2015", {"bibtex:date": "Dec 30 - Jan 2"}),
        ("date = {Feb 30}, year = 2015", "2015", {"bibtex:date": "Feb 30"}),
        ("date = {3}, year = 2015", "2015", {"bibtex:date": "3"}),
        ("date = {forthcoming}, year = 2015", "2015", {"bibtex:date": "forthcoming"}),
        ("date = {Mar 3}, year = {c. 2015}", "Mar 3", {"bibtex:year": "c. 2015"}),
        ("date = {199X}, year = 1990", "199X", {"bibtex:year": "1990", "bibtex:tex:date": "199X"}),
    ],
)
@pytest.mark.parametrize("classic", [True, False])
def test_a_date_of_words_does_not_hide_the_year(
    fields: str, issued: str, left: dict[str, str], *, classic: bool
) -> None:
    library = read_library(f"@article{{k, title = {{T}}, {fields}}}")
    [again] = read_library(write_library(library, classic=classic))
    for reference in (*library, again):
        assert (str(reference.issued), reference.extra) == (issued, left)
