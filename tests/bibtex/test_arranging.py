"""biblatex's many fields: what they tell, and that what is told is written so that it is read again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alliancebib.bibtex.literal_lists import bare_list, list_parts, list_source
from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.writing import write_library
from alliancebib.csl.items import to_plain_csl
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import KINDS, Name, PartialDate, Reference
from alliancebib.readers import bibtex
from alliancebib.writers import bibtex as writer
from strategies import sensible_names, words


def read_one(fields: str, type_: str) -> Reference:
    [reference] = read_library(f"@{type_}{{k, {fields}}}")
    return reference


def item(fields: str, type_: str) -> dict[str, object]:
    return {name: value for name, value in to_plain_csl(read_one(fields, type_)).items() if name not in ("id", "type")}


@pytest.mark.parametrize(
    ("type_", "fields", "right"),
    [
        ("book", "title={Two}, subtitle={S}, maintitle={All}", {"title": "All", "volume-title": "Two: S"}),
        ("book", "title={Two}, titleaddon={A play}", {"title": "Two. A play"}),
        ("book", "title={Who?}, titleaddon={A play}", {"title": "Who? A play"}),
        ("mvbook", "maintitle={All}, mainsubtitle={S}", {"title": "All: S"}),
        (
            "inbook",
            "title={C}, booktitle={Two}, booktitleaddon={X}, maintitle={All}, maintitleaddon={Y}",
            {"title": "C", "container-title": "All. Y", "volume-title": "Two. X"},
        ),
        ("article", "title={T}, journaltitle={J}, issuetitle={War}, issuesubtitle={Peace}",
         {"title": "T", "container-title": "J", "volume-title": "War: Peace"}),
        ("proceedings", "title={P}, eventtitle={E}, eventtitleaddon={X}", {"title": "P", "event-title": "E. X"}),
        ("book", "title={P}, note={N}, addendum={A}", {"title": "P", "note": "N. A"}),
        ("online", "title={P}, addendum={A}", {"title": "P", "note": "A"}),
    ],
)  # fmt: skip
def test_titles_and_annexes(type_: str, fields: str, right: dict[str, object]) -> None:
    assert item(fields, type_) == right


@pytest.mark.parametrize(
    ("type_", "fields", "title"),
    [
        ("proceedings", "title={P}, booktitle={P short}", ""),
        ("book", "title={{Two} Men}, booktitle={Two men}", ""),
        ("book", "title={Chess}, booktitle={Machines}", "Machines"),
        ("inproceedings", "title={P}, booktitle={P}", "P"),
    ],
)
def test_a_book_does_not_stand_in_itself(type_: str, fields: str, title: str) -> None:
    reference = read_one(fields, type_)
    assert reference.container_title == title
    assert ("bibtex:booktitle" in reference.extra) == (not title)
    assert "booktitle = {" in write_library(Library([reference]), classic=True)


@pytest.mark.parametrize(
    ("type_", "fields", "publisher"),
    [
        ("book", "publisher={Bell and Sons}, year=1900", "Bell and Sons"),
        ("book", "publisher={Bell and Sons}, date=1900", "Bell; Sons"),
        ("book", "publisher={Bell and Sons}, date=1900, langid=english", "Bell; Sons"),
        ("book", "publisher={Bell and Sons}, date=1900-05, year=1900, langid=english", "Bell and Sons"),
        ("book", "publisher={{Bell and Sons} and North}, date=1900", "Bell and Sons; North"),
        ("book", "publisher={{Bell} and {North}}, year=1900", "Bell; North"),
        ("book", "publisher={A and B and others}, date=1900", "A; B; et al."),
        ("report", "institution={A and B}", "A; B"),
        ("inproceedings", "organization={Org}, publisher={Pub}", "Org; Pub"),
        ("inproceedings", "organization={{IEEE}}, publisher={IEEE}", "IEEE"),
        ("manual", "organization={Org}, publisher={Pub}", "Org; Pub"),
        ("misc", "howpublished={\\url{https://x.org/}}, publisher={Pub}", "Pub"),
        ("misc", "howpublished={Leaflet}, institution={Inst}", "Inst; Leaflet"),
        ("online", "organization={Site}, publisher={Pub}", "Pub"),
    ],
)
def test_all_bodies_are_told(type_: str, fields: str, publisher: str) -> None:
    assert read_one(fields, type_).publisher == publisher


@pytest.mark.parametrize(
    ("fields", "type_"),
    [
        ("title={T}, booktitle={T}, booksubtitle={S}", "book"),
        ("title={T}, maintitle={T}", "book"),
        ("title={T}, langid={en}, langidopts={variant=american}", "misc"),
        ("title={T}, institution={A and see http://x.org/}, date={2001}", "techreport"),
    ],
)
@pytest.mark.parametrize("classic", [True, False])
def test_what_was_read_is_read_again(fields: str, type_: str, *, classic: bool) -> None:
    library = read_library(f"@{type_}{{k, {fields}}}")
    [again] = read_library(write_library(library, classic=classic))
    assert (again.title, again.language, again.publisher) == (
        library[0].title,
        library[0].language,
        library[0].publisher,
    )
    assert {**again.extra, "bibtex:entrytype": ""} == {**library[0].extra, "bibtex:entrytype": ""}


def test_places_are_a_list_only_for_biblatex() -> None:
    assert read_one("location={Oslo and Bergen}", "book").publisher_place == "Oslo; Bergen"
    assert read_one("address={Oslo and Bergen}", "book").publisher_place == "Oslo and Bergen"
    assert item("origlocation={A and B}, origpublisher={C and D}", "book") == {
        "original-publisher-place": "A; B",
        "original-publisher": "C; D",
    }


def test_lists_are_divided_outside_of_braces() -> None:
    assert list_parts(r"\'{a} AND {b and c} and band") == [r"\'{a}", "{b and c}", "band"]
    assert bare_list("A and", biblatex=True) == "A and"
    assert list_source("A; et al.", classic=False) == "{A} and others"
    assert list_source("A;", classic=False) == "A;"


def test_countries_of_a_patent_are_its_jurisdiction() -> None:
    fields = "title={T}, type={patentus}, location={countryus and countryde and Chile}, address={Oslo}"
    assert item(fields, "patent") == {
        "title": "T",
        "genre": "U.S. patent",
        "jurisdiction": "United States of America; Germany; Chile",
        "publisher-place": "Oslo",
    }


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("eprint={2101.00001}, eprinttype={arxiv}", "https://arxiv.org/abs/2101.00001"),
        ("eprint={arXiv:2101.00001v2}, archiveprefix={arXiv}", "https://arxiv.org/abs/2101.00001v2"),
        ("eprint={math/0101001}, eprinttype={arXiv}", "https://arxiv.org/abs/math/0101001"),
        ("eprint={0101001}, archiveprefix={arXiv}, primaryclass={math.AG}", "https://arxiv.org/abs/math/0101001"),
        ("eprint={0101001}, archiveprefix={arXiv}", ""),
        ("eprint={123}, eprinttype={jstor}", "https://www.jstor.org/stable/123"),
        ("eprint={10/1}, eprinttype={hdl}", "https://hdl.handle.net/10/1"),
        ("eprint={a_b}, eprinttype={googlebooks}", "https://books.google.com/books?id=a_b"),
        ("eprint={1}, eprinttype={elsewhere}", ""),
        ("eprint={1}", ""),
        ("eprint={123}, eprinttype={jstor}, url={https://x.org/}", "https://x.org/"),
        ("eprint={123}, eprinttype={jstor}, howpublished={\\url{https://x.org/}}", "https://x.org/"),
    ],
)
def test_eprints_have_addresses(fields: str, url: str) -> None:
    reference = read_one(fields, "article")
    assert reference.url == url
    assert "bibtex:eprint" in reference.extra


def test_biblatex_is_not_told_the_address_that_it_makes_itself() -> None:
    library = read_library("@article{k, eprint={123}, eprinttype={jstor}}")
    assert "url" not in write_library(library, classic=False)
    assert "url = {https://www.jstor.org/stable/123}" in write_library(library, classic=True)


def test_roles_of_editors() -> None:
    reference = read_one(
        "editor={A, B}, editora={C, D}, editoratype={director}, editorb={E, F}, editorbtype={illustrator}, "
        "editorc={G, H}, editorctype={redactor}",
        "book",
    )
    assert reference.editor == (Name(family="A", given="B"),)
    assert reference.extra == {
        "director": (Name(family="C", given="D"),),
        "illustrator": (Name(family="E", given="F"),),
        "bibtex:editorc": "G, H",
        "bibtex:editorctype": "redactor",
    }


@pytest.mark.parametrize(
    "fields",
    [
        "  editor = {A, B},\n  editortype = {director},\n",
        "  editorb = {A, B},\n  editorbtype = {director},\n",
        "  editora = {A, B},\n  editoratype = {illustrator},\n  editorb = {C, D},\n  editorbtype = {director},\n",
    ],
)
def test_roles_come_back_where_they_stood(fields: str) -> None:
    text = f"@book{{k,\n  title = {{T}},\n{fields}}}\n"
    library = bibtex.read(source_of(text, name="x.bib"))
    lines = write_library(Library(library), classic=True).splitlines()
    assert sorted(lines) == sorted(text.splitlines())


def test_an_editor_who_comes_later_is_no_director() -> None:
    reference = read_one("title={T}, editor={A, B}, editortype={director}", "movie")
    text = write_library(Library([replace(reference, editor=(Name(family="C", given="D"),))]), classic=True)
    assert "editor = {C, D}" in text
    assert "editora = {A, B}" in text
    assert "editoratype = {director}" in text
    assert "editortype" not in text


@pytest.mark.parametrize(
    ("fields", "right"),
    [
        ("pubstate={inpress}", {"status": "in press"}),
        ("series={newseries}", {"collection-title": "New series"}),
        ("langid={english}, langidopts={variant=uk}", {"language": "en-GB"}),
        ("langid={german}, langidopts={variant=swiss}", {"language": "de-CH"}),
        ("langid={french}, langidopts={variant=swiss}", {"language": "fr"}),
        ("langid={latin}", {"language": "la"}),
        ("pmid={123}, pmcid={PMC1}", {"PMID": "123", "PMCID": "PMC1"}),
        ("pages={5\\psqq}", {"page": "5 sqq."}),
        ("note={See \\cite{roe}}", {"note": "See [roe]"}),
        ("doi={doi: 10.1234/A}", {"DOI": "10.1234/a"}),
        ("doi={\\url{https://doi.org/10.1234/a}}", {"DOI": "10.1234/a"}),
        ("title={The $4^{\\textrm{e}}$ and \\(5^\\mbox{th}\\)}", {"title": "The $4^{\\textrm{e}}$ and $5^\\mbox{th}$"}),
        ("title={Case\\hyphen bound}", {"title": "Case-bound"}),
    ],
)
def test_words_and_commands_of_biblatex(fields: str, right: dict[str, object]) -> None:
    assert item(fields, "article") == right


def test_a_reference_to_an_entry_is_written_back() -> None:
    text = "@misc{k,\n  note = {See \\cite{roe}},\n}\n"
    assert write_library(read_library(text), classic=True) == text


@pytest.mark.parametrize(
    "author",
    [
        "uniquelist=false and Doe, Jane",
        "uniquename=false, family=Doe, given=Jane",
        "given-i=J, family=Doe, given=Jane, sortingnamekeytemplatename=x",
    ],
)
def test_options_of_names_are_no_names(author: str) -> None:
    assert read_one(f"author={{{author}}}", "misc").author == (Name(family="Doe", given="Jane"),)


CHANGES = [
    ("organization = {Org},\n  publisher = {Pub and Sons},\n  date = {2001}", {"publisher": "New"}),
    ("organization = {Org},\n  year = {2001}", {"publisher": "New"}),
    ("organization = {Org},\n  year = {2001}", {"publisher": ""}),
    ("subtitle = {S},\n  titleaddon = {A}", {"title": "New"}),
    ("note = {N},\n  addendum = {A}", {"note": "New"}),
    ("location = {A and B}", {"publisher_place": "C; D"}),
    ("eprint = {123},\n  eprinttype = {jstor}", {"url": "https://x.org/"}),
]


@pytest.mark.parametrize(("fields", "change"), CHANGES)
def test_what_was_joined_goes_when_the_text_changes(fields: str, change: dict[str, str]) -> None:
    text = f"@inproceedings{{k,\n  title = {{T}},\n  {fields},\n}}\n"
    library = bibtex.read(source_of(text, name="x.bib"))
    changed = library.with_references(reference.amended("human", change) for reference in library)
    [back] = bibtex.read(source_of(writer.write(changed), name="x.bib"))
    assert {name: getattr(back, name) for name in change} == change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"language": "de"}, "langid = {german}"),
        ({"issued": PartialDate(year=2019, end=PartialDate(year=2020))}, "date = {2019/2020}"),
    ],
)
@pytest.mark.parametrize("publisher", ["Springer Science and Business Media LLC", "{North} and {South}"])
def test_what_saving_adds_changes_no_reading_of_other_fields(
    change: dict[str, object], told: str, publisher: str
) -> None:
    text = f"@article{{k,\n  title = {{T}},\n  publisher = {{{publisher}}},\n  year = 2019,\n}}\n"
    library = bibtex.read(source_of(text, name="x.bib"))
    changed = library.with_references(reference.amended("human", change) for reference in library)
    saved = writer.write(changed)
    assert told in saved
    [back] = bibtex.read(source_of(saved, name="x.bib"))
    assert back.publisher == library.references[0].publisher


def test_a_patent_gets_a_place_beside_its_countries() -> None:
    text = "@patent{k,\n  title = {T},\n  location = {countryde and countryus},\n}\n"
    library = bibtex.read(source_of(text, name="x.bib"))
    changed = library.with_references(reference.amended("human", {"publisher_place": "Bonn"}) for reference in library)
    assert writer.write(changed) == text.replace("us},\n", "us},\n  address = {Bonn},\n")


BODIES = words(1, 3) | st.sampled_from(
    ["A; B", "Barnes and Noble", "A; B and C", "X; et al.", "and", "others", "A and others", "X;", "; Y", "A; A"]
)
PEOPLE = st.lists(sensible_names(), min_size=1, max_size=2).map(tuple)
TITLES = st.sampled_from(["", "T", "U"]) | words(1, 2)


@pytest.mark.parametrize("classic", [True, False])
@settings(max_examples=150, deadline=None)
@given(
    reference=st.builds(
        Reference,
        key=st.just("k"),
        kind=st.sampled_from(sorted(KINDS)),
        title=TITLES,
        container_title=TITLES,
        publisher=st.just("") | BODIES,
        publisher_place=st.just("") | BODIES,
        collection_title=st.sampled_from(["", "New series", "S"]),
        genre=st.sampled_from(["", "Technical report", "U.S. patent", "X"]),
        editor=st.just(()) | PEOPLE,
        url=st.sampled_from(["", "https://arxiv.org/abs/2101.00001"]),
        extra=st.fixed_dictionaries(
            {},
            optional={
                "volume-title": words(1, 3),
                **dict.fromkeys(["director", "illustrator", "compiler", "contributor", "host", "organizer"], PEOPLE),
                **dict.fromkeys(["jurisdiction", "original-publisher", "original-publisher-place"], BODIES),
                "status": st.sampled_from(["in press", "forthcoming", "read"]),
            },
        ),
    )
)
def test_what_the_fields_of_biblatex_hold_comes_back(reference: Reference, *, classic: bool) -> None:
    text = write_library(Library([reference]), classic=classic)
    library = read_library(text)
    assert library.findings == ()
    beside = {"id": library[0].id, "origins": library[0].origins, "provenance": library[0].provenance}
    assert library[0] == replace(reference, **beside)
    assert write_library(library, classic=classic) == text
