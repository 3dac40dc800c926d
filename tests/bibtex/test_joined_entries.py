"""A file of which entries were joined: what named them follows, parents stay behind children, all else stays."""

from __future__ import annotations

from alliancebib import Library, dedupe, parse, read, source_of
from alliancebib.bibtex.rekeying import further_keys, keys_of_joined
from alliancebib.pipeline import write, write_back

PARENT = "title = {Proceedings of the Conference on Regional Alliances}, year = 2011, editor = {Poe, Ann}"
BIB = f"""\
@comment{{jabref-meta: groupstree: 0 AllEntriesGroup:;1 ExplicitGroup:mine\\;0\\;proc2\\;;}}
@inproceedings{{one, author = {{Roe, Jane}}, title = {{On summits}}, crossref = {{proc1}}}}
@proceedings{{proc1, {PARENT}, isbn = {{9783161484100}}}}

@inproceedings{{two, author = {{Doe, John}}, title = {{Of treaties}}, crossref = {{PROC2}}, note = {{\\cite{{proc2}}}}}}
@set{{both, entryset = {{proc1,proc2,one}}}}
@proceedings{{proc2, {PARENT}, isbn = {{978-3-16-148410-0}}, address = {{Bergen}}}}
% the end
"""


def read_in(text: str) -> Library:
    return parse(read(source_of(text, name="a.bib")))


def test_what_named_a_joined_entry_names_the_kept_one() -> None:
    text = write_back(dedupe(read_in(BIB))).text
    assert "\\;proc1\\;;}" in text
    assert "crossref = {proc1}, note = {\\cite{proc1}}" in text
    assert "entryset = {proc1, one}" in text
    assert "proc2" not in text.replace("ids = {proc2}", "")
    assert text.endswith("% the end\n")


def test_a_parent_stands_behind_its_children() -> None:
    text = write_back(dedupe(read_in(BIB))).text
    assert text.index("@inproceedings{two") < text.index("@proceedings{proc1")
    assert text.count("@proceedings") == 1
    assert "address = {Bergen}" in text


def test_without_children_the_first_place_is_kept() -> None:
    plain = "".join(line for line in BIB.splitlines(keepends=True) if "inproceedings" not in line)
    text = write_back(dedupe(read_in(plain))).text
    assert text.index("@proceedings{proc1") < text.index("@set{both")


def test_a_file_in_which_nothing_is_joined_stays() -> None:
    bib = "@book{a, title={A}, ids={old}}\n@misc{b, title={Other}, crossref={old}}\n"
    library = read_in(bib)
    assert write_back(dedupe(library)).text == bib
    assert (keys_of_joined(library, dedupe(library)), further_keys(library)) == ({}, {"old": "a"})


def test_other_addresses_are_a_field_of_their_own() -> None:
    bib = "@book{a, title={A}, url={https://a.example}, urls={https://b.example https://c.example/x_y}}\n"
    library = read_in(bib)
    assert library[0].extra == {"alliancebib:urls": "https://b.example https://c.example/x_y"}
    written = write(library.with_references(library))
    assert read_in(written)[0].extra == library[0].extra
    words = read_in("@book{a, title={A}, urls={see there}}")
    assert words[0].extra == {"bibtex:urls": "see there"}
