"""Files that come back: byte for byte where nothing changed, and one line for one field where something did."""

from __future__ import annotations

import difflib

import pytest

from alliancebib.bibtex.saving import saved
from alliancebib.files import source_of
from alliancebib.library import Library
from alliancebib.model import PartialDate, Reference
from alliancebib.readers import bibtex
from alliancebib.writers import bibtex as writer
from shared_data import shared

FILE = """\
% Encoding: UTF-8
@string{jn = "Nature"}

@Article{ Doe:2020 ,
  Author  = "Doe, Jane and others",
  TITLE   = {The {NATO} question}, % as printed
  journal = jn # { Letters},
  year    = 2020
}
Words between entries.
@book{roe, title={A book}, year={1999}, note = "x"}
@comment{kept}
@misc(bar, title = {In parentheses})
"""


def library(text: str | bytes) -> Library:
    return bibtex.read(source_of(text, name="x.bib"))


def changed(text: str, entry: str, **changes: object) -> list[str]:
    """Give the lines that change, as a diff without context."""
    before = library(text)
    after = before.with_references(
        reference.amended("human", changes) if reference.key == entry else reference for reference in before
    )
    new = writer.write(after)
    assert len(library(new)) == len(before)
    rows = difflib.unified_diff(text.splitlines(), new.splitlines(), n=0, lineterm="")
    return [row for row in rows if row[:1] in "+-" and row[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    ("key", "changes", "rows"),
    [
        (
            "Doe:2020",
            {"title": "Who?"},
            ["-  TITLE   = {The {NATO} question}, % as printed", "+  TITLE   = {Who?}, % as printed"],
        ),
        ("Doe:2020", {"container_title": "Science"}, ["-  journal = jn # { Letters},", "+  journal = {Science},"]),
        ("Doe:2020", {"container_title": ""}, ["-  journal = jn # { Letters},"]),
        ("Doe:2020", {"doi": "10.1/x"}, ["-  year    = 2020", "+  year    = 2020,", "+  doi    = {10.1/x}"]),
        ("Doe:2020", {"key": "doe"}, ["-@Article{ Doe:2020 ,", "+@Article{ doe ,"]),
        (
            "roe",
            {"note": "y", "kind": "thesis"},
            [
                '-@book{roe, title={A book}, year={1999}, note = "x"}',
                '+@thesis{roe, title={A book}, year={1999}, note = "y"}',
            ],
        ),
        (
            "roe",
            {"volume": "3"},
            [
                '-@book{roe, title={A book}, year={1999}, note = "x"}',
                '+@book{roe, title={A book}, year={1999}, note = "x", volume = {3}}',
            ],
        ),
        ("bar", {"title": "B"}, ["-@misc(bar, title = {In parentheses})", "+@misc(bar, title = {B})"]),
        ("bar", {"title": ""}, ["-@misc(bar, title = {In parentheses})", "+@misc(bar, )"]),
    ],
)  # fmt: skip
def test_a_changed_field_changes_its_own_line(key: str, changes: dict[str, object], rows: list[str]) -> None:
    assert changed(FILE, key, **changes) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_nobody_changed_keeps_its_bytes(encoding: str, newline: str) -> None:
    declared = FILE.replace("UTF-8", "ISO8859_1") if encoding == "latin-1" else FILE
    data = declared.replace("Words", "Wörter").replace("\n", newline).encode(encoding)
    before = library(data)
    assert writer.compose(before).data == data
    after = before.with_references(
        reference.amended("human", {"title": "Größe"}) if reference.key == "roe" else reference for reference in before
    )
    new = writer.compose(after).data
    assert new is not None
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    assert new == data.replace("A book".encode(codec), "Größe".encode(codec))
    assert library(new)["roe"].title == "Größe"


def test_a_character_that_the_encoding_lacks() -> None:
    data = "% Encoding: ISO8859_1\n@misc{k, title = {Größe}}\n".encode("latin-1")
    before = library(data)
    written = writer.compose(before.with_references([before[0].amended("human", {"title": "Łódź"})]))
    assert written.data == "% Encoding: ISO8859_1\n@misc{k, title = {Łódź}}\n".encode()
    assert [finding.code for finding in written.findings] == ["AB112"]


@pytest.mark.parametrize("marks", [("{", "}"), ('"', '"')])
def test_an_address_changes_where_styles_without_a_field_for_it_have_it(marks: tuple[str, str]) -> None:
    text = "@misc{{k, title={{A}}, howpublished = {}\\url{{http://a.org/b_c}}{}}}\n".format(*marks)
    rows = changed(text, "k", url="https://a.org/d")
    assert rows == [f"-{text.rstrip()}", f"+{text.rstrip().replace('http://a.org/b_c', 'https://a.org/d')}"]
    other = "@misc{k, title={A}, howpublished = {Leaflet}}\n"
    assert "howpublished = {Leaflet}, url = {https://a.org/d}}" in changed(other, "k", url="https://a.org/d")[1]


def test_entries_come_and_go() -> None:
    before = library(FILE)
    new = Reference(id="new", key="new2024", kind="book", title="New", issued=PartialDate(year=2024))
    kept = [reference for reference in before if reference.key != "roe"]
    text = writer.write(before.with_references([*kept, new]))
    assert text == FILE.replace('@book{roe, title={A book}, year={1999}, note = "x"}\n', "") + (
        "\n@book{new2024,\n  title = {New},\n  year = {2024},\n}\n"
    )


def test_doubled_and_missing_keys_stay_as_they_are() -> None:
    text = "@misc{k, title={A}}\n@misc{k, title={B}}\n@misc{, title={C}}\n@misc{k, title={open\n"
    assert writer.write(library(text)) == text


def test_several_files_are_joined() -> None:
    one, two = library("@misc{k, title={A}}"), library("% two\n@misc{k, title={B}}\n")
    both = one.joined(two)
    assert writer.write(both) == "@misc{k, title={A}}\n\n% two\n@misc{kb, title={B}}\n"


def test_a_subtitle_goes_with_its_title() -> None:
    text = "@book{k,\n  title = {A},\n  subtitle = {B},\n  year = 2000\n}\n"
    assert changed(text, "k", title="C") == ["-  title = {A},", "-  subtitle = {B},", "+  title = {C},"]


def test_settled_changes_are_not_written_back() -> None:
    before = library(FILE)
    tidied = before.with_references(reference.amended("rule", {"title": "tidy"}) for reference in before)
    assert writer.write(tidied.settled()) == FILE
    assert writer.write(tidied) != FILE


def test_real_files_come_back_and_take_changes() -> None:
    folder = shared("bibtex")
    for path in sorted(folder.rglob("*.bib"))[::7]:
        before = library(path.read_bytes())
        assert writer.compose(before).data == path.read_bytes(), path
        for place in (0, len(before) - 1):
            if not len(before) or not before[place].title:
                continue
            references = list(before)
            references[place] = references[place].amended("human", {"volume": "4711"})
            data = writer.compose(before.with_references(references)).data
            assert data is not None
            again = library(data)
            assert again[place].volume == "4711", path
            assert [one.title for one in again] == [one.title for one in before], path


def test_a_last_field_that_goes_while_another_comes() -> None:
    text = "@book{k,\n  title = {A},\n  publisher = {P},\n}\n"
    assert changed(text, "k", kind="article-journal", publisher="", container_title="J") == [
        "-@book{k,",
        "+@article{k,",
        "-  publisher = {P},",
        "+  journal = {J},",
    ]


def test_all_fields_go_while_another_comes() -> None:
    text = "@book{k,\n  title = {A}\n}\n"
    assert changed(text, "k", title="", note="N") == ["-  title = {A}", "+  note = {N}"]


def test_two_names_of_one_field_are_changed_apart() -> None:
    text = "@misc{k,\n  title = {A},\n  pages = {1},\n  eid = {7},\n}\n"
    before = library(text)
    extra = {**before[0].extra, "bibtex:eid": "8"}
    after = before.with_references([before[0].amended("human", {"page": "2", "extra": extra})])
    assert writer.write(after) == text.replace("{1}", "{2}").replace("{7}", "{8}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n  title = {A}, % of the title\n", "\n  title = {A}, % of the title\n  doi = {10.1/x},\n"),
        ("\n  title = {A} % of the title\n", "\n  title = {A}, % of the title\n  doi = {10.1/x}\n"),
        (" title = {A}, % of the title\n", " title = {A}, % of the title\n  doi = {10.1/x},\n"),
        ("\r\n  title = {A}, % a\r\n  % b\r\n", "\r\n  title = {A}, % a\r\n  doi = {10.1/x},\r\n  % b\r\n"),
    ],
)
def test_a_new_field_stands_behind_the_comment_of_the_last(before: str, after: str) -> None:
    library = bibtex.read(source_of(f"@misc{{k,{before}}}".encode(), name="x.bib"))
    changed = library.with_references(one.amended("human", {"doi": "10.1/x"}) for one in library)
    assert saved(changed, classic=True).data == f"@misc{{k,{after}}}".encode()


def test_titles_stay_braced_as_they_are_when_the_language_is_filled_in() -> None:
    text = "@article{k, title={Nederlands en Japans}, booktitle={A {B} C}, year=2022}\n"
    rows = changed(text, "k", language="nl", volume="60")
    assert rows == [
        "-@article{k, title={Nederlands en Japans}, booktitle={A {B} C}, year=2022}",
        "+@article{k, title={Nederlands en Japans}, booktitle={A {B} C}, year=2022, volume={60}, langid={dutch}}",
    ]
    rows = changed(text.replace("year", "langid={english}, year"), "k", language="nl", title="Nederlands en Frans")
    assert "langid={dutch}" in rows[1].replace(" ", "")
    assert "Frans" in rows[1]
