"""One tidy form: it says the same, it is stable, and what is damaged stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.bibtex import tidying
from alliancebib.bibtex.syntax import read_blocks
from alliancebib.bibtex.tidying import Layout, TidyForm, tidied, tidy_form
from alliancebib.files import source_of
from growth import in_proportion
from shared_data import shared

UNTIDY = """\
% a list
@string{jn = "Nature"}
@string{pub={A  Press}}
@Article{ Doe:2020 ,
  Author  = "Doe, Jane   and others",
  TITLE   = {The {NATO}
     question}, % as printed
  % a line
  journal = jn # " Letters",
  year    = 2020, month = jan
}

Words.
@comment{kept  as it is}
@Misc(b,note={x})
"""
TIDY = """\
% a list

@string{jn = "Nature"}
@string{pub={A  Press}}

@article{Doe:2020,
  author = {Doe, Jane and others},
  title = {The {NATO} question}, % as printed
  % a line
  journal = jn # " Letters",
  year = {2020},
  month = jan,
}

Words.

@comment{kept  as it is}

@misc{b,
  note = {x},
}
"""


def test_a_tidy_form_says_the_same() -> None:
    assert tidied(UNTIDY) == TIDY
    assert tidied(TIDY) == TIDY


def test_layouts() -> None:
    text = "@misc{b, year=2001, title={B}, note={n}}\n% of a\n@book{a, year=2000, title={A}}\n"
    wide = tidied(text, Layout(indent=4, align=True, sort_fields=True))
    assert wide.startswith("@misc{b,\n    title = {B},\n    year  = {2001},\n    note  = {n},\n}\n")
    assert tidied(text, Layout(sort="key")).startswith("% of a\n@book{a,")
    assert tidied(text, Layout(sort="year")).startswith("% of a\n@book{a,")
    assert tidied(text, Layout(sort="type")).startswith("% of a\n@book{a,")


@pytest.mark.parametrize(
    "text",
    [
        "@misc{k, title = {never closed\n",
        "@misc{k, title {no equals sign}, year = 2000}\n",
        "",
        "Only words.\n",
    ],
)
def test_what_is_damaged_stays(text: str) -> None:
    assert tidied(text) == text


def test_blanks_that_say_something_stay() -> None:
    text = '@misc{k, journal = "A " # jn # " B", note = {a\u00a0 b}}'
    assert tidied(text) == '@misc{k,\n  journal = "A " # jn # " B",\n  note = {a\u00a0 b},\n}\n'


def test_what_stands_behind_an_entry_in_its_line_stays_there() -> None:
    text = "@misc{a, note={A}} % of a\n% of b\n@misc{b, note={B}}, and more"
    tidy = "@misc{a,\n  note = {A},\n} % of a\n\n% of b\n@misc{b,\n  note = {B},\n} , and more\n"
    assert tidied(text) == tidy
    assert tidied(tidy) == tidy
    assert tidied("@misc{b} % b\n@misc{a} % a\n", Layout(sort="key")) == "@misc{a,\n} % a\n\n@misc{b,\n} % b\n"


def test_the_head_of_a_file_stays_in_front() -> None:
    text = "% Encoding: UTF-8\n\n@misc{b,\n}\n\n@misc{a,\n}\n"
    assert tidied(text, Layout(sort="key")).startswith("% Encoding: UTF-8\n\n@misc{a,")


@pytest.mark.parametrize("by", ["key", "type", "year"])
def test_parents_are_sorted_behind_their_children(by: str) -> None:
    text = (
        "@proceedings{a, ids={p}, crossref={A0}, year=2000}@book{a0, year=1999}"
        "@inproceedings{z, crossref=P, year=2002}@inproceedings{y, crossref={a}, year=2001}"
    )
    tidy = tidied(text, Layout(sort=by))
    assert [block.key for block in read_blocks(tidy) if block.kind == "entry"] == ["y", "z", "a", "a0"]


@pytest.mark.parametrize("by", ["key", "type", "year"])
def test_entries_with_one_key_keep_their_order(by: str) -> None:
    text = (
        "@inproceedings{c, title={C}, crossref={p}, year=2001}\n"
        "@proceedings{p, booktitle={FIRST}, year=2021}\n@inproceedings{d, crossref={P}, year=2030}\n"
        "@collection{q, ids={P}, booktitle={SECOND}, year=2020}\n@book{Q, title={THIRD}, year=2000}\n"
    )
    tidy = tidied(text, Layout(sort=by))
    assert [block.key for block in read_blocks(tidy) if block.kind == "entry"] == ["c", "d", "p", "q", "Q"]
    twice = "@misc{b, year=2}\n@misc{c, title={1}, year=3}\n@misc{c, title={2}, year=1}\n@misc{a, year=4}\n"
    keys = [block.key for block in read_blocks(tidied(twice, Layout(sort="key"))) if block.kind == "entry"]
    assert keys == ["a", "b", "c", "c"]


def test_an_order_in_which_another_entry_would_be_meant_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "ordered", lambda parts, _: parts[::-1])
    assert tidy_form("@misc{a, note={1}}\n@misc{b}\n", Layout(sort="key")).unsorted == ""
    assert tidy_form("@misc{a, note={1}}\n@misc{A, note={2}}\n", Layout(sort="key")).unsorted


def test_parents_in_a_circle_have_no_order() -> None:
    text = "@misc{b,\n  crossref = {a},\n}\n\n@misc{a,\n  crossref = {b},\n}\n"
    assert tidied(text, Layout(sort="key")).startswith("@misc{a,")


HOSTILE: dict[str, Callable[[int], str]] = {
    "a macro without a value": lambda size: f"@string{{{'a' * 4 * size}}}",
    "entries without fields": lambda size: "@misc{a} % x\n" * size,
    "comments in an entry": lambda size: "@misc{a," + "% x\n" * 4 * size,
    "each the child of the next": lambda size: "".join(f"@misc{{{n}, crossref={{{n + 1}}}}}\n" for n in range(size)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_tidied_in_linear_time(what: str) -> None:
    in_proportion(HOSTILE[what], lambda text: tidied(text, Layout(sort="key")), 300)


def test_a_macro_that_is_defined_twice_is_not_sorted_away() -> None:
    text = '@string{a = "1"}\n\n@misc{z,\n  note = a,\n}\n\n@string{a = "2"}\n\n@misc{b,\n  note = a,\n}\n'
    assert tidied(text, Layout(sort="key")) == text
    assert tidy_form(text, Layout(sort="key")).unsorted == "the macro `a` is defined twice"
    assert tidy_form(text).unsorted == ""


def test_texts_that_become_neighbours_are_no_hindrance() -> None:
    text = "% My bibliography\n\n@misc{z, title={Z}}\n\n% about a\n@misc{a, title={A}}"
    form = tidy_form(text, Layout(sort="key"))
    assert form.unsorted == ""
    assert form.text.startswith("% My bibliography\n\n% about a\n")
    assert form.text.index("@misc{a,") < form.text.index("@misc{z,")


@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_file_is_sorted(text: str) -> None:
    assert tidy_form(text, Layout(sort="key")) == TidyForm("")


def test_what_stands_in_the_way_of_an_order_is_named() -> None:
    text = "{@misc{b, title={x\n@misc{a"
    assert tidy_form(text, Layout(sort="key")).unsorted == "the end of the entry `b` was not found"


def test_a_form_without_the_comments_between_fields_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "@misc{a, title={A}, % as printed\n% a line\nyear=2000}"
    monkeypatch.setattr(tidying, "_entry", lambda *_: "@misc{a,\n  title = {A},\n  year = {2000},\n}")
    assert tidied(text) == f"{text}\n"


def test_remarks_stay_with_their_entry() -> None:
    text = "% about z\n@misc{z, title={Z}}\n% also about z\n\n% of m\n\n@misc{m, title={M}}\n\n% of a\n@misc{a}\n% end"
    tidy = tidied(text)
    assert "% about z\n@misc{z,\n  title = {Z},\n}\n% also about z\n\n% of m\n\n@misc{m," in tidy
    assert tidied(tidy) == tidy
    assert (
        tidied(tidy, Layout(sort="key"))
        == tidied(text, Layout(sort="key"))
        == (
            "% of a\n@misc{a,\n}\n% end\n\n% of m\n\n@misc{m,\n  title = {M},\n}\n\n"
            "% about z\n@misc{z,\n  title = {Z},\n}\n% also about z\n"
        )
    )


@pytest.mark.parametrize("line", ["% Encoding: UTF-8", "%% -*- coding: utf-8 -*-"])
def test_what_editors_say_of_a_file_is_its_head(line: str) -> None:
    assert tidied(f"{line}\n@misc{{b}}\n@misc{{a}}", Layout(sort="key")).startswith(f"{line}\n\n@misc{{a,")


PIECES = ("@misc{b, note={1}}", "@misc{a, year=2}", "@misc(c, xref={a})", "% x", "words", "\n", "\n\n", " ", "\n")
MORE = ('@string{m = "1"}', "@comment{x}", '@preamble{"p"}', "% Encoding: UTF-8", "@inbook{a, crossref={b}}", "\n  ")


@given(st.lists(st.sampled_from([*PIECES, *PIECES, *MORE]), max_size=14).map("".join))
def test_a_file_is_sorted_once_and_for_all(text: str) -> None:
    for by in ("key", "type", "year"):
        layout = Layout(sort=by)
        form = tidied(text, layout)
        assert tidied(form, layout) == form
        assert tidied(tidied(text), layout) == form


@given(st.text(alphabet='@{}(),="#% \n\\abcé', max_size=80))
def test_any_text_is_tidied_once_and_for_all(text: str) -> None:
    tidy = tidied(text)
    assert tidied(tidy) == tidy
    assert _values(tidy) == _values(text)


def test_real_files_say_the_same() -> None:
    for path in sorted(shared("bibtex").rglob("*.bib"))[::5]:
        text = source_of(path.read_bytes()).text
        for layout in (Layout(), Layout(align=True, sort_fields=True), Layout(sort="key")):
            tidy = tidied(text, layout)
            assert tidied(tidy, layout) == tidy, path
            assert sorted(_values(tidy)) == sorted(_values(text)), path


def _values(text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    blocks = [block for block in read_blocks(text) if block.kind == "entry"]
    return [(one.type, one.key, sorted((field.name, field.value) for field in one.fields)) for one in blocks]
