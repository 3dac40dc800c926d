"""What is read, written in our own form and read again is the same, whatever stood in the file."""

from __future__ import annotations

import pytest

from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.syntax import read_blocks
from alliancebib.bibtex.writing import entry_of, write_library
from alliancebib.library import Library
from alliancebib.model import Name, PartialDate, Reference

#: Entries with fields that stand in each other's way.
ODD = {
    "two names of a place": "@book{k, title={T}, address={Minsk}, location={Moscow}}",
    "two names of a journal": "@article{k, title={T}, journal={A}, journaltitle={B}}",
    "two names of a note": "@book{k, title={T}, annote={A}, annotation={B}}",
    "school and institution": "@phdthesis{k, title={T}, school={A}, institution={B}}",
    "two languages": "@book{k, title={T}, langid={{}}, language={german}}",
    "pages that are empty": "@article{k, title={T}, pages={{}}, eid={e1}}",
    "two subtitles": "@inproceedings{k, booktitle={A}, booksubtitle={B}, journalsubtitle={C}}",
    "publisher and an address": r"@misc{k, publisher={P}, howpublished={\url{https://example.org}}, url={x y}}",
    "publisher that is an address": "@misc{k, publisher={{https}://example.org/&}}",
    "year beside words": "@misc{k, date={soon}, year={2020}}",
    "words that look like a year": "@misc{k, date={7}, year={7}, month=nov}",
    "month beside a date": "@misc{k, date={2017-10}, month={a}}",
    "month that a date leaves out": "@misc{k, date={2017}, month={5}}",
    "month beside an open range": "@misc{k, date={2020/..}, month={1}}",
    "year beside a range": "@misc{k, year={5}, date={2012/2013}, month=jun}",
    "day without month": "@misc{k, year={2020}, day={5}}",
    "words that no month has": "@misc{k, year={2020}, month={term}}",
    "words with a tie": "@misc{k, year={2~1}}",
    "subtype of a speech": "@unpublished{k, eventtitle={E}, entrysubtype={x}}",
    "unknown subtype": "@article{k, journal={J}, entrysubtype={x}}",
    "field named after our own": "@misc{k, entrytype={book}, tex:title={x}}",
    "names that nobody can write": "@misc{k, don't={1}, a@b={2}, ~={3}}",
    "unclosed": r"@misc{k, note={a {b}, title={\m{c",
    "too many braces": '@misc(k, note="a }b", title={T})',
    "unknown command under another name": r"@article{k, journaltitle={\foo{J}}, title={\bar}}",
    "unknown command in a subtitle": r"@book{k, title={A}, subtitle={\bar{B}}}",
    "unknown commands twice": r"@book{k, title={\bar}, shorttitle={\bar}}",
    "unknown command in an issue": r"@article{k, number={3}, issue={\foo}}",
    "unknown command in a publisher": r"@report{k, publisher={\foo}, type={\bar}}",
    "a suffix and a given name": "@misc{k, author={,{9},o}}",
    "a particle and a given name": "@misc{k, author={von {}, Jan}}",
    "a particle that begins with a capital": "@misc{k, author={Π v {M},}}",
    "a sign before an and": "@misc{k, author={^and E}}",
    "a particle with a command": r"@misc{k, author={d’\i Å}}",
    "a no-break blank before a command": "@misc{k, publisher={\u00a0\\e}}",
    "a date that says nothing": r"@misc{k, date={\c}, crossref={e}} @book{e, date={2009}}",
    "an empty title in the parent": "@inproceedings{k, crossref={e}} @book{e, title={}, title={r}}",
    "a brace behind a backslash": r"@inproceedings{k, booktitle={{S\}}}",
    "names of nobody": "@misc{k, csl-interviewer+names={~}}",
    "a particle with a tie": "@misc{k, author={s\u00a0e N}}",
    "a suffix of nobody": "@misc{k, author={,{9},}}",
    "marks in a particle": "@misc{k, author={An e{,} a{n}d L}}",
    "an annex without a title": "@book{k, subtitle={d}, titleaddon={l}}",
    "an annex to an empty title": "@book{k, title={{}}, titleaddon={l}}",
    "groups in a list": r"@book{k, publisher={{} and {\e} and {}\foo{} and {{A}}}, date={2020}}",
    "a semicolon before an address": "@book{k, publisher={x; http://y and z}, date={2020}}",
    "a suffix without a family": "@misc{k, author={,n,p}}",
    "a particle without a family": "@misc{k, author={de {}, Ann}}",
    "an empty field in the parent": "@inproceedings{k, crossref={e}} @book{e, title={}, title={B}}",
    "a blank at the end": r"@misc{k, note={\n{}~}}",
    "a particle that ends with a number": "@misc{k, author={c{ 0} Haas and Ann d'{ }X Y}}",
    "one title under two names": "@article{k, journal={A {NATO}}, journaltitle={A NATO}}",
    "a container that is inherited": "@online{k, crossref={e}} @misc{e, booktitle={F}}",
    "a tie in a particle": '@misc{k, author={{"~"} a {s},}}',
    "a command in braces": r"@misc{k, title={g{{\y }}}}",
    "a particle that ends in and": "@misc{k, author={^and r and {^}and}}",
    "names of a variable without names": "@misc{k, csl-director+names={~}}",
    "capitals round a particle": "@misc{k, author={{M} e{ }L k,}}",
    "a brace too many before a command": '@misc(k, title="} \\e{{r',
    "a body whose name begins with a command": r"@misc{k, author={{{}\#} and {{\&} Co}}}",
    "another particle that begins with a capital": "@misc{k, author={Le de Haas,}}",
    "a blank before a brace too many": '@misc(k, note="a }")',
    "a body with an and": "@book{k, school={S}, publisher={A and B}, institution={{C and D}}}",
    "a no-break blank behind a name": "@misc{k, author={Ann J\u00a0 K}}",
    "a command that takes what follows": r"@book{k, howpublished={\textbf}, publisher={t}}",
    "a name like an option": "@misc{k, author={B {ID}{=}x and useprefix{=} {A}, B}}",
    "options": "@misc{k, options={useprefix=true, foo}, author={Ludwig van Beethoven}}",
    "names of a variable": "@misc{k, options={useprefix=true}, csl-director+names={Jan de Bont}, author={A van B}}",
    "variables that are none": "@misc{k, csl-+names={A}, csl-a:b={x}}",
    "a field again in the parent": "@misc{k, crossref={e}} @book{e, title={A}, title={B}}",
    "crossref again": "@inproceedings{k, crossref={e}, crossref={f}} @book{e, title={A}} @book{f, title={B}}",
    "an empty field": "@inbook{k, crossref={e}, publisher={}} @book{e, title={A}, publisher={P}}",
}
#: Mathematics as TeX sets it, and dollars.
MATHS = {
    "The $n$ of $N$ bodies": "The $n$ of $N$ bodies",
    "$p<0.05$ and $p = 3$": "$p<0.05$ and $p = 3$",
    "$SU(2)$ and $pp$": "$SU(2)$ and $pp$",
    r"The \$n\$ of \$CASH\$": r"The \$n\$ of \$CASH\$",
    "at $5 and $6": r"at \$5 and \$6",
    "at $5/$6 or US$5 to CA$ 6": r"at \$5/\$6 or US\$5 to CA\$ 6",
}
#: Fields that stand anew as they stood, in both dialects: CSL has less to say.
KEPT = (
    "@misc{k, date={2024-05-06T10:00:00+01:00}}",
    "@misc{k, date={2024?}, urldate={2024-02-03T04:05}, origdate={1900%}, eventdate={2004-06-11?/2004-06-12~}}",
    "@misc{k, date={199X}, urldate={2020-XX}, origdate={/1900}, csl-submitted+date={2001?}}",
    "@article{k, number={3}, issue={Spring}}",
    "@manual{k, organization={O}, publisher={P}}",
    "@misc{k, organization={O}, publisher={P}}",
    "@inproceedings{k, organization={O}, publisher={P and Q}}",
    "@phdthesis{k, school={S}, institution={I}}",
    "@article{k, organization={A {B}}, publisher={A B}}",
    r"@misc{k, howpublished={\foo{H}}, publisher={P}}",
    "@misc{k, crossref={e}, publisher={P}}",
    "@misc{k, howpublished={H}, xdata={e}, publisher={P}}",
)
#: Fields that only biblatex knows in this form, and what classic BibTeX is told.
EXTENDED = {
    "author={family=Bann, given=Ann, prefix=van, useprefix=true and de Haas, Jan}": "van Bann, Ann and de Haas, Jan",
    "author={useprefix=true and van Bann, Ann}": "van Bann, Ann",
    "bookauthor={nosortothers=true and Doe, J. and others}": "Doe, J. and others",
    "author={id=1, family=Doe, given=Jane, given-i=J}": "Doe, Jane",
    "csl-director+names={id=1, family=Doe, given=Jane}": "Doe, Jane",
    "location={countryus and countryde}": "United States of America; Germany",
}
COMPARED = tuple(
    field for field in Reference.__struct_fields__ if field not in ("id", "origins", "provenance", "spans", "leftover")
)


@pytest.mark.parametrize("classic", [True, False])
@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_entries_come_back(name: str, *, classic: bool) -> None:
    library = read_library(ODD[name])
    text = write_library(library, classic=classic)
    again = read_library(text)
    for one, other in zip(library, again, strict=True):
        assert {field: getattr(other, field) for field in COMPARED} == {
            field: getattr(one, field) for field in COMPARED
        }, text
    assert write_library(again, classic=classic) == text


@pytest.mark.parametrize("classic", [True, False])
def test_pointers_follow_a_key_that_bibtex_refuses(*, classic: bool) -> None:
    text = write_library(read_library("@inbook{k, crossref={a (b)}} @book{a (b), title={T}}"), classic=classic)
    [child, parent] = read_library(text)
    assert (child.extra["bibtex:crossref"], parent.key, child.container_title) == ("a-b", "a-b", "T")
    assert write_library(read_library(text), classic=classic) == text


def test_braces_are_balanced_where_a_file_is_broken() -> None:
    [reference] = read_library("@misc{k, file={a {b}, title={c")
    assert reference.extra["bibtex:file"] == "a {b}, title={c}"


def test_a_name_that_no_field_can_have_is_told() -> None:
    library = read_library("@misc{k, don't={1}}")
    assert library[0].extra["bibtex:don-t"] == "1"
    assert "`don't`" in library.findings[0].message


@pytest.mark.parametrize("source", sorted(MATHS))
def test_mathematics_stays_and_prices_stay_dollars(source: str) -> None:
    library = read_library(f"@misc{{k, title = {{{source}}}, note = {{{source}}}}}")
    text = write_library(library, classic=False)
    assert f"note = {{{MATHS[source]}}}" in text
    assert f"title = {{{MATHS[source]}}}" in text.replace("{US}", "US").replace("{CA}", "CA")
    assert read_library(text)[0].extra == library[0].extra


@pytest.mark.parametrize("classic", [True, False])
@pytest.mark.parametrize("entry", KEPT)
def test_what_csl_cannot_say_stands_anew_as_it_stood(entry: str, *, classic: bool) -> None:
    before, after = (next(read_blocks(text)) for text in (entry, write_library(read_library(entry), classic=classic)))
    fields = {field.name: field.value for field in after.fields}
    told = {field.name: field.value for field in before.fields}
    assert {name: value.replace("{", "").replace("}", "") for name, value in fields.items() if name in told} == {
        name: value.replace("{", "").replace("}", "") for name, value in told.items()
    }
    assert fields.keys() - told.keys() <= ({"year", "month"} if classic else {"type"})


@pytest.mark.parametrize("field", sorted(EXTENDED))
def test_forms_of_biblatex_stand_anew_in_its_dialect_alone(field: str) -> None:
    library = read_library(f"@patent{{k, {field}}}")
    name, _, source = field.partition("=")
    written = source.strip("{}")
    if name.startswith("csl-"):
        name = "editora"
    for classic, expected in ((False, written), (True, EXTENDED[field])):
        fields = dict(entry_of(library[0], key="k", classic=classic)[2])
        assert fields[name].strip("{}") == expected.strip("{}")


def test_a_source_stays_only_as_long_as_its_value() -> None:
    [reference] = read_library("@article{k, date={2024?}, number={3}, issue={Spring}, author={id=1, family=Doe}}")
    changed = reference.amended(
        "human", {"issued": PartialDate(year=2025), "issue": "4", "author": (Name(family="A"),)}
    )
    fields = dict(entry_of(changed, key="k", classic=False)[2])
    assert fields == {"author": "{A}", "number": "{4}", "date": "{2025}"}
    bodies = read_library("@manual{k, organization={O}, publisher={P}}")[0].amended("human", {"publisher": "Q"})
    assert dict(entry_of(bodies, key="k", classic=True)[2]) == {"organization": "{Q}"}


def test_each_name_tells_of_its_particle_where_they_differ() -> None:
    bann = Name(family="Bann", given="A, B", non_dropping_particle="van")
    names = (bann, Name(family="Haas", dropping_particle="de"), Name(family="Cruz", given="J", dropping_particle="De"))
    director = (Name(family="X and Y", given="Z", suffix="Jr", non_dropping_particle="von der"), Name(others=True))
    one = Reference(key="k", title="T", author=names, extra={"director": director})
    text = write_library(Library([one]), classic=False)
    assert ("useprefix=true and de Haas" in text, "options" in text) == (True, False)
    [again] = read_library(text)
    assert (again.author, again.extra) == (names, {"director": director})


def test_a_list_that_tells_of_its_particles_needs_no_option() -> None:
    [reference] = read_library("@book{k, author={useprefix=true and van Bann, Ann}, editor={de Haas, Jan}}")
    assert reference.author[0].non_dropping_particle == "van"
    assert reference.editor[0].dropping_particle == "de"
    assert "options" not in dict(entry_of(reference, key="k", classic=False)[2])


@pytest.mark.parametrize("classic", [True, False])
def test_a_body_that_is_inherited_is_told_once(*, classic: bool) -> None:
    library = read_library("@misc{k, crossref={e}} @book{e, title={E}, publisher={P}}")
    fields = dict(entry_of(library[0], key="k", classic=classic)[2])
    assert (fields["publisher"], "howpublished" in fields) == ("{P}", False)
