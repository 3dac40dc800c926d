"""New keys for a .bib file: pointers follow, what is beside stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliancebib.bibtex.new_keys import NewKey, keys_for_file, with_new_keys
from alliancebib.bibtex.pointers import followed_text
from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.rekeying import rekeyed
from alliancebib.bibtex.rewriting import rewritten
from alliancebib.bibtex.writing import write_library
from growth import in_proportion

FILE = """% a comment about old
@proceedings{P1, title = {Blocs}, editor = {Roe, Ann}, year = 2001}
@inproceedings{ old ,crossref = "P1", author = {Doe, Jane}, title={On Things}, note={old}}
@inproceedings(a, CrossRef = {p1}, author = {Doe, Jane}, title={On Wonders},
  related={old , P1}, xdata={xx})
@misc{, title={No key}, year=1999}
@misc{title={No comma}, year=1998}
@xdata{xx, publisher={U}, crossref = P1}
@misc{old, title={Twice}, year=2000}
@misc{7, crossref = 7, title={Digits}, year=2000}
@set{s, entryset={a,old}}
"""


def renamed(text: str, pattern: str, *, missing: bool = False) -> str:
    keys = keys_for_file(text, pattern, missing=missing)
    return with_new_keys(text, {place: key.new for place, key in keys.items()})


def test_all_keys_change_and_pointers_follow() -> None:
    text = renamed(FILE, "auth+year+word")
    assert (
        text
        == """% a comment about old
@proceedings{roe2001blocs, title = {Blocs}, editor = {Roe, Ann}, year = 2001}
@inproceedings{ doe2001things ,crossref = "roe2001blocs", author = {Doe, Jane}, title={On Things}, note={old}}
@inproceedings(doe2001wonders, CrossRef = {roe2001blocs}, author = {Doe, Jane}, title={On Wonders},
  related={doe2001things , roe2001blocs}, xdata={xx})
@misc{key1999, title={No key}, year=1999}
@misc{comma1998, title={No comma}, year=1998}
@xdata{xx, publisher={U}, crossref = {roe2001blocs}}
@misc{twice2000, title={Twice}, year=2000}
@misc{digits2000, crossref = {digits2000}, title={Digits}, year=2000}
@set{s, entryset={doe2001wonders,doe2001things}}
"""
    )
    assert renamed(text, "auth+year+word") == text


def test_keys_that_stand_stay_where_only_missing_ones_are_made() -> None:
    text = renamed(FILE, "auth+year", missing=True)
    assert text == FILE.replace("{, title={No", "{key1999, title={No").replace("{title={No", "{comma1998, title={No")


def test_a_library_with_new_keys_points_at_them() -> None:
    library = rekeyed(read_library(FILE, page="x.bib"), "auth+year+word")
    assert library["doe2001wonders"].extra["bibtex:related"] == "doe2001things , roe2001blocs"
    assert library["doe2001things"].extra["bibtex:crossref"] == "roe2001blocs"
    assert rekeyed(library, "auth+year+word") is library


def test_a_title_that_reads_like_a_key_stays() -> None:
    part = "@inbook{a, crossref={SCO}, title={SCO}, author={Doe, J}}\n"
    text = f"{part}@book{{SCO, title={{Blocs}}, author={{Roe, R}}, year=2001}}\n"
    library = rekeyed(read_library(text, page="x.bib"), "auth+year")
    assert library["doe2001"].extra["bibtex:crossref"] == "roe2001"
    assert library["doe2001"].title == "SCO"


def test_a_key_that_is_changed_elsewhere_takes_the_pointers_of_others_with_it() -> None:
    library = read_library(FILE, page="x.bib")
    now = {one.id: replace(one, key="new") if one.key == "P1" else one for one in library}
    text = rewritten(FILE, library.references, now)
    assert text == FILE.replace("{P1,", "{new,").replace('"P1"', '"new"').replace("{p1}", "{new}").replace(
        ", P1}", ", new}"
    ).replace("= P1}", "= {new}}")


def test_all_that_follows_new_keys_follows_alike() -> None:
    text = (
        '@string{m = "p"}\n@misc{p, title={One}}\n'
        '@misc{c, xref = m, related = "p" # {, q}, title={Like \\cite{p}}, note={\\cites{q}{p}}, x-text={\\cite{p}}}\n'
        '@preamble{"\\nocite{p}"}\n'
    )
    library = read_library(text, page="x.bib")
    now = {one.id: replace(one, key="one") if one.key == "p" else one for one in library}
    assert rewritten(text, library.references, now) == with_new_keys(text, {0: "one"})
    new = rekeyed(library, "title(1)")
    assert (new["like"].title, new["like"].note) == ("Like [one]", "\\cites{q}one")
    written = write_library(new, classic=True)
    assert all(f"{{{value}}}" in written for value in ("one, q", "Like \\cite{one}", "\\cites{q}{one}", "\\cite{one}"))
    spaced = read_library("@misc{p q, title={One}}@misc{c, note={\\cite{p q}}}")
    assert "note = {\\cite{p-q}}" in write_library(spaced, classic=True)


def test_keys_that_change_places() -> None:
    text = "@misc{a, title={A}, xref={b}}\n@misc{b, title={B}, xref={a}}\n"
    assert with_new_keys(text, {0: "b", 1: "a"}) == "@misc{b, title={A}, xref={a}}\n@misc{a, title={B}, xref={b}}\n"
    library = read_library(text, page="x.bib")
    now = {one.id: replace(one, key={"a": "b", "b": "a"}[one.key]) for one in library}
    assert rewritten(text, library.references, now) == with_new_keys(text, {0: "b", 1: "a"})


def test_doubled_keys_become_two_and_are_named_as_they_stand() -> None:
    text = "@misc{one, title={One}}\n@misc{one, title={One}}\n@misc{c, xref={one}, title={See}}\n"
    keys = keys_for_file(text, "title(1)")
    assert keys == {1: NewKey("one", "oneb", 2, again=True), 2: NewKey("c", "see", 3)}
    new = renamed(text, "title(1)")
    assert new == "@misc{one, title={One}}\n@misc{oneb, title={One}}\n@misc{see, xref={one}, title={See}}\n"
    assert renamed(new, "title(1)") == new
    assert keys_for_file("@misc{x, title={A}}", "title(1)") == {0: NewKey("x", "a", 1)}


def test_a_name_that_another_entry_has_already_is_no_new_key() -> None:
    text = "@misc{a, title={One}}\n@misc{b, ids={one, uno}, title={Two}}\n"
    assert renamed(text, "title(1)") == "@misc{oneb, title={One}}\n@misc{two, ids={one, uno}, title={Two}}\n"


def test_a_key_that_a_pointer_names_in_vain_is_no_new_key() -> None:
    text = (
        "@misc{a, title={T}, crossref={Doe2021}, xref={b}}\n@book{b, author={Doe, J}, title={U}, year=2021}\n"
        "@misc{c, related={x, t-nd-}}\n"
    )
    new = renamed(text, "auth+year")
    assert "@book{doe2021b," in new
    assert "crossref={Doe2021}, xref={doe2021b}" in new
    assert renamed(new, "auth+year") == new
    library = rekeyed(read_library(text), "auth+year")
    assert [one.key for one in library][1] == "doe2021b"


def test_pointers_follow_in_whatever_form() -> None:
    text = (
        '@string{m = "p"}\n@book{p, title={One}}\n'
        '@misc{c, crossref = p, xref = m, related = "p" # {, q}, title={Two}}\n'
        "@misc{d, title={Three}, note={See \\citet*[see][3]{p,q} and \\parencite {p}, not \\cited p}}\n"
        '@preamble{"\\nocite{p}"}\n'
        "@comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 ExplicitGroup:p\\;0\\;p\\;q\\;\n;\n"
        "2 KeywordGroup:k\\;0\\;p\\;;\n}\n% \\cite{p}\n"
    )
    assert renamed(text, "title(1)") == (
        '@string{m = "p"}\n@book{one, title={One}}\n'
        "@misc{two, crossref = {one}, xref = {one}, related = {one, q}, title={Two}}\n"
        "@misc{three, title={Three}, note={See \\citet*[see][3]{one,q} and \\parencite {one}, not \\cited p}}\n"
        '@preamble{"\\nocite{one}"}\n'
        "@comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 ExplicitGroup:p\\;0\\;one\\;q\\;\n;\n"
        "2 KeywordGroup:k\\;0\\;p\\;;\n}\n% \\cite{p}\n"
    )


@pytest.mark.parametrize(
    ("source", "now"),
    [
        (r"\cites{a}{b}", r"\cites{x}{y}"),
        (r"\parencites(see)(){a} [3][(4)] {b,c} {d e}{b}", r"\parencites(see)(){x} [3][(4)] {y,c} {d e}{y}"),
        (r"\footcitetexts(a)(b){a}[a]{b}", r"\footcitetexts(a)(b){x}[a]{y}"),
        (r"\cite[see][p.~[2]]{a}", r"\cite[see][p.~[2]]{x}"),
        (r"\cite[{[1]}]{a} \cite[{]}]{a}", r"\cite[{[1]}]{x} \cite[{]}]{x}"),
        (r"\cite<1>{a} \cite<2->[3]{b}", r"\cite<1>{x} \cite<2->[3]{y}"),
        (r"\textcite[see \cite{b}][]{a}", r"\textcite[see \cite{y}][]{x}"),
        (r"\volcite{a}[b]{a} \Volcites()(){b}{b}[a]{a}{b}", r"\volcite{a}[b]{x} \Volcites()(){b}{y}[a]{a}{y}"),
        (r"\cite{a}{a} \citename{a}[a]{a}", r"\cite{x}{a} \citename{x}[a]{a}"),
        (r"\cite(a){a} \cite[a{a} \cites{a}(b){b} \cite {\a}", r"\cite(a){a} \cite[a{a} \cites{x}(b){b} \cite {\a}"),
    ],
)
def test_citations_follow_with_all_their_arguments(source: str, now: str) -> None:
    assert followed_text(source, {"a": "x", "b": "y"}) == now


@pytest.mark.parametrize(
    "piece",
    ["cite", r"\cite[", r"\cite{a", r"\cites(", r"\cites{a}", r"\cite<", r"\cite{", r"\volcites{", r"\cite[]", "{[("],
)
def test_pointers_are_found_in_linear_time(piece: str) -> None:
    def followed(text: str) -> None:
        with_new_keys(f"@misc{{k, note={{{text}}}}}", {0: "x"})
        followed_text(text, {"a": "x"})

    in_proportion(lambda size: rf"\cites{piece * size}", followed, 500)


def test_pointers_of_groups_are_found_in_linear_time() -> None:
    in_proportion(
        lambda size: f"@comment{{jabref-meta: grouping: {'1 ExplicitGroup:' * size}{'1' * size}}}",
        lambda text: with_new_keys(text, {0: "x"}),
        2_500,
    )


@given(st.text(alphabet='@{}(),="#% \n\\xref', max_size=60).map(lambda text: f"@misc{{k, xref = {text}"))
def test_where_no_key_is_new_every_text_stays(text: str) -> None:
    assert with_new_keys(text, {}) == text


def test_an_entry_without_an_end_gets_no_key() -> None:
    text = "@article{\n@misc{a, title = {One},\n}\n"
    assert renamed(text, "title(1)") == text.replace("{a,", "{one,")


def test_groups_that_are_damaged_stay() -> None:
    text = "@comment{jabref-meta: grouping:\n1 ExplicitGroup:a;\n1 ExplicitGroup:a\\;0;\n1 ExplicitGroup:}@misc{b,}"
    assert with_new_keys(text, {0: "c"}) == text.replace("misc{b", "misc{c")
