"""New keys for a .bib file: pointers follow, what is beside stays."""

from __future__ import annotations

from msgspec.structs import replace

from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.rekeying import keys_by_pattern, rekeyed
from alliancebib.bibtex.rewriting import rewritten, with_keys

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
    return with_keys(text, keys_by_pattern(read_library(text, page="x.bib").references, pattern, missing=missing))


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
@xdata{xx, publisher={U}, crossref = P1}
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


def test_a_key_that_is_changed_elsewhere_takes_the_pointers_of_others_with_it() -> None:
    library = read_library(FILE, page="x.bib")
    now = {one.id: replace(one, key="new") if one.key == "P1" else one for one in library}
    text = rewritten(FILE, library.references, now)
    assert text == FILE.replace("{P1,", "{new,").replace('"P1"', '"new"').replace("{p1}", "{new}").replace(
        ", P1}", ", new}"
    )


def test_keys_that_change_places() -> None:
    text = "@misc{a, title={A}, xref={b}}\n@misc{b, title={B}, xref={a}}\n"
    assert with_keys(text, {0: "b", 1: "a"}) == "@misc{b, title={A}, xref={a}}\n@misc{a, title={B}, xref={b}}\n"
    library = read_library(text, page="x.bib")
    now = {one.id: replace(one, key={"a": "b", "b": "a"}[one.key]) for one in library}
    assert rewritten(text, library.references, now) == with_keys(text, {0: "b", 1: "a"})
