"""The measuring programs for BibTeX: how they ask, judge and count, with peers that are made up."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from alliancebib.files import source_of
from benchmarks.bibtex_jobs import made_entries, run_alliancebib, with_key
from benchmarks.bibtex_speed import Figures, Job, report
from conformance import bibtex_peers, bibtex_score, compare_pandoc
from conformance.bibtex_files import alone, entries_of, in_braces, kept, named
from conformance.bibtex_peers import Heard, ask_bibtex, classify, fields_of, heard, names_in, style_for
from conformance.bibtex_readers import Answer, read_with, unique_entries
from conformance.csl_values import Day, Person, difference, level, values_of
from property import growth_bibtex
from property.fuzz_bibtex import SMALL, Files, a_file, fault_of, outcome_of, reduced

BIB = """@string{jn = "Journal"}
@article{Kid, title = {A {B}
   C}, journal = jn # " of" # gone, title = {D}, crossref = {Par}}
@book(Par, title = {Parent}, publisher = "P")
@comment{@misc{hidden, note = {x}}}
@misc{kid, note = {again}}
"""
PRINTED = """k Kid
f title A {B}
  C
f journal Journal of
f publisher P
f crossref Par
k Par
f title Parent
f publisher P
k hidden
f note x
"""


def test_the_style_has_every_field_of_the_file() -> None:
    names = names_in(BIB)
    assert names == ["jn", "journal", "note", "publisher", "title"]
    assert '"title" title print..field' in style_for(names)
    assert "<" not in style_for(names).split("ENTRY")[1]


def test_lines_that_were_broken_are_joined_and_errors_have_their_lines() -> None:
    said = "Warning--no\n--line 7 of file all.bib\nRepeated entry---line 6 of file all.bib\n"
    answer = heard({"printed": PRINTED, "said": said, "ended": 2})
    assert answer.entries["kid"]["title"] == "A {B} C"
    assert (answer.errors, answer.broke_off) == ((6,), "")
    assert heard({"printed": "", "said": "a\n(That was a fatal error)\n", "ended": 3}).broke_off


def test_fields_are_counted_those_that_are_inherited_too() -> None:
    tally = bibtex_peers.Tally()
    bibtex_peers.compare(tally, "f.bib", BIB, heard({"printed": PRINTED, "said": "", "ended": 0}))
    assert (tally.compared, tally.equal) == (5, 4)
    assert (tally.inherited, tally.inherited_equal) == (1, 1)
    [case] = tally.found["undefined macro"]
    assert (case.name, case.ours, case.theirs) == ("journal", "Journal ofgone", "Journal of")
    assert set(tally.only) == {"only ours: the key stands twice", "only BibTeX's: in @comment"}
    assert any("80.00 %" in line for line in bibtex_peers.report(tally, show=3))


def test_inheriting_as_biblatex_does_is_wanted() -> None:
    text = (
        "@inbook{kid, author={B}, crossref=par, xdata=x}\n@book{par, title={P}, author={A}, doi={10.1/p}}\n"
        "@xdata{x, note={N}}"
    )
    theirs = {"title": "P", "author": "B", "doi": "10.1/p"}
    tally = bibtex_peers.Tally()
    bibtex_peers.compare(tally, "f.bib", text, Heard({"kid": theirs}))
    assert {kind: sorted(case.name for case in cases) for kind, cases in tally.found.items()} == {
        "inherited: under another name": ["bookauthor", "booktitle", "title"],
        "inherited: where the parent is found": ["doi"],
        "inherited: by biblatex alone": ["note"],
        "too many": ["xdata"],
    }


def test_a_file_on_which_bibtex_breaks_off_is_not_compared() -> None:
    tally = bibtex_peers.Tally()
    bibtex_peers.compare(tally, "f.bib", BIB, Heard(broke_off="fatal"))
    assert tally.broken == {"f.bib": "fatal"}
    assert tally.compared == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("A", "A", ""),
        (None, "A", "missing"),
        ("A", None, "too many"),
        ("A B", "AB", "space"),
        ("{A} B", "A B", "braces"),
        ("a", "A", "case"),
        ("A", "B", "words"),
        ("x y-z", "", "undefined macro"),
    ],
)
def test_classes_of_fields(ours: str | None, theirs: str | None, kind: str) -> None:
    notes = ["`x` is neither in braces nor defined by @string", "`y-z` is neither in braces nor defined by @string"]
    assert classify(ours, theirs, notes=notes) == kind


def test_real_bibtex_says_the_same() -> None:
    program = shutil.which("bibtex")
    if program is None:
        pytest.skip("bibtex is not installed")
    answer = heard(ask_bibtex(program, BIB))
    by_key = {entry.key: fields_of(entry) for entry in entries_of(BIB)}
    assert answer.entries["par"] == by_key["Par"]
    assert answer.entries["kid"]["title"] == by_key["Kid"]["title"] == "A {B} C"


def test_an_entry_alone_has_its_macros_and_parents_in_braces() -> None:
    entries = entries_of(BIB)
    text = alone([*entries], entries[0])
    assert [entry.key for entry in entries_of(text)] == ["Kid", "Par"]
    assert "@book{Par" in text
    assert in_braces("@misc(a, note={)})") == "@misc{a, note={)}}"
    assert named(Path("a/b/c.bib")) == "b/c.bib"


def test_only_keys_that_stand_once_are_compared() -> None:
    assert list(unique_entries(BIB)) == ["Par"]


class Strict:
    """A reader that takes files of one entry, and no entry called bad."""

    name = "strict"
    told = "strict"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, texts: Sequence[str]) -> Iterable[Answer]:
        for text in texts:
            self.asked.append(text)
            entries = entries_of(text)
            bad = len(entries) > 1 or entries[0].key == "bad"
            yield {"error": "no"} if bad else {"items": [{"id": entry.key} for entry in entries]}


def test_a_reader_that_gives_up_is_fed_each_entry_and_asked_once(tmp_path: Path) -> None:
    peer = Strict()
    files = [source_of("@misc{a, note={}}\n@misc{bad, note={}}\n@misc{B, note={}}", name="f.bib")]
    read = read_with(peer, files, cache=tmp_path)
    assert list(read.items) == [("f.bib", "a"), ("f.bib", "B")]
    assert (read.raised, read.lost) == (["f.bib"], [("f.bib", "bad")])
    assert len(peer.asked) == 4
    assert read_with(peer, files, cache=tmp_path) == read
    assert len(peer.asked) == 4


def test_answers_are_kept(tmp_path: Path) -> None:
    made = iter([1, 2])
    assert [kept(tmp_path, told, lambda: next(made)) for told in ("a", "a", "b")] == [1, 1, 2]


@pytest.mark.parametrize(
    ("variable", "value", "other"),
    [
        ("title", 'The <span class="nocase">NATO</span>', "The NATO"),
        ("title", "l’“A”", 'l\'"A"'),
        ("title", '<span style="font-variant: small-caps;">a</span>', '<span style="font-variant:small-caps">a</span>'),
        ("page", "1–2", "1--2"),
        ("volume", 3, "3"),
        ("DOI", "10.1/A", "10.1/a"),
        ("issued", {"date-parts": [["2001", 21]]}, {"date-parts": [[2001]], "season": 1}),
        ("issued", {"raw": "soon", "circa": False}, {"literal": "soon"}),
        ("author", [{"literal": "UN"}], [{"family": "UN"}]),
        ("author", [{"family": "A", "given": "B"}, {"literal": "others"}], [{"family": "A", "given": "B"}]),
    ],
)
def test_conventions_are_no_differences(variable: str, value: object, other: object) -> None:
    assert level(variable, value) == level(variable, other)


def test_dashes_in_titles_and_empty_values_are_kept_apart() -> None:
    assert level("title", "1–2") != level("title", "1-2")
    assert values_of({"id": "a", "title": "", "issued": {}, "custom": {"a": 1}}) == {}


@pytest.mark.parametrize(
    ("variable", "ours", "theirs", "label"),
    [
        ("title", "A", None, "too many"),
        ("title", "a", "A", "case"),
        ("title", "<i>A</i>", "A", "markup"),
        ("type", "book", "chapter", "`book` for `chapter`"),
        ("issued", Day(((2001,),)), Day(((2001, 2),)), "parts [1] for [2]"),
        ("issued", Day(((2001,),)), Day(((2002,),)), "other numbers"),
        ("issued", Day(words="soon"), Day(((2002,),)), "parts and words"),
        ("author", (Person("A"),), (Person("A"), Person("B")), "number of names"),
        ("author", (Person("A", dropping="de"),), (Person("A", non_dropping="de"),), "particle"),
        ("author", (Person("de A", "B"),), (Person("A", "B", "de"),), "parts: dropping family"),
        ("author", (Person("A", "B"),), (Person("A", "C"),), "words"),
        ("author", "A", (Person("A"),), "sort of value"),
    ],
)
def test_differences_have_names(variable: str, ours: Any, theirs: Any, label: str) -> None:
    assert difference(variable, ours, theirs) == label


def test_variables_are_counted_for_both() -> None:
    tally = compare_pandoc.Tally()
    item = {"id": "a", "type": "book", "title": "Peace", "volume": "1"}
    pandoc, other = item | {"title": "peace", "publisher": "P"}, {"id": "a", "type": "book", "title": "peace"}
    compare_pandoc.compare(tally, ("f.bib", "a"), "book", ours=item, pandoc=pandoc, citation_js=other)
    columns = {key: vars(column) for key, column in tally.columns.items()}
    assert columns["title", "ours"] == {"equal": 0, "case": 1, "missing": 0, "extra": 0}
    assert columns["title", "citation-js"]["equal"] == 1
    assert columns["publisher", "ours"]["missing"] == columns["volume", "citation-js"]["missing"] == 1
    lines = list(compare_pandoc.report(tally, show=5, with_peer=True))
    assert any("title: case" in line for line in lines)
    assert any("title: case" in line for line in compare_pandoc.closer(tally, "title", label="", show=1))


def test_made_entries_have_keys_of_their_own(tmp_path: Path) -> None:
    entries = [with_key(entry, number) for number, entry in enumerate(made_entries(5) * 2)]
    file = tmp_path / "a.bib"
    file.write_text("\n".join(entries), "utf-8")
    assert len(unique_entries(file.read_text("utf-8"))) == 10
    steps = dict(run_alliancebib(file))
    assert steps["read"] == 10
    assert steps["save"] == len(file.read_text("utf-8"))


def test_the_table_has_ratios_and_growth() -> None:
    seconds = {(10, "alliancebib"): 4.0, (10, "splitter"): 2.0, (100, "alliancebib"): 40.0}
    found = {(Job(*job), "read"): Figures(value, 10, 1, [value]) for job, value in seconds.items()}
    lines = list(report(found))
    assert "2.00" in lines[1]
    assert lines[-1].endswith("x 10.00")


def test_cases_of_the_fuzzer_are_always_the_same() -> None:
    files = Files()
    assert [a_file(seed, files) for seed in range(5)] == [a_file(seed, files) for seed in range(5)]


@pytest.mark.parametrize("text", SMALL)
def test_sound_files_have_no_fault(text: str) -> None:
    assert fault_of(text) == ""


def test_a_file_is_cut_down_to_its_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("property.fuzz_bibtex.fault_of", lambda text: "x" if "@@" in text else "")
    assert outcome_of("a@@b") == "x"
    assert reduced("abc@@defgh", "x") == "@@"


def test_every_repeated_piece_makes_a_file_that_can_be_read() -> None:
    for name, make in growth_bibtex.pieces().items():
        assert len(make(20)) > len(make(10)), name
        assert min(growth_bibtex.seconds(make(10))) >= 0


def test_micro_checks_are_judged_by_what_they_expect() -> None:
    bib = "@article{k, title={{A} B}, author={Doe, Jane and van Dam, {\\O}le}, journal={J}, date={2020-03}, month=mar}"

    def verdict(**expected: object) -> str:
        check = {"name": "x", "bib": bib, "encoding": "utf-16", "key": "k", "expected": expected}
        return bibtex_score.score_micro([check]).wrong.get("x", "")

    assert verdict(field="title", any_of=["C", "A B"]) == ""
    assert verdict(field="journal", any_of=["J"]) == ""
    assert verdict(field="month", any_of=["3"]) == ""
    assert verdict(date=[[[2019]], [[2020, 3]]]) == ""
    assert verdict(
        names=[{"family": "Doe", "given": "Jane"}, {"family": "Dam", "given": "Øle", "particle": "van"}]
    ) == ("")
    assert verdict(field="title", any_of=["C"]) == "title ['A B']"
    assert verdict(date=[[[2020]]]) == "date [[2020, 3]]"
    assert verdict(names=[{"literal": "Doe"}]).startswith("names")


def test_micro_checks_count_entries_and_miss_none() -> None:
    check = {"name": "x", "bib": "@misc{a}\n@misc{b}", "encoding": "utf-8", "key": "a", "entries": 3, "expected": {}}
    assert bibtex_score.score_micro([check]).wrong == {"x": "2 entries, not 3"}
    other = {**check, "key": "c", "entries": 2}
    assert bibtex_score.score_micro([other]).wrong == {"x": "no entry c"}


def test_files_are_scored_by_what_is_lost_and_changed(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(b"% kept\r\n@misc{One, title = {A}}\r\n")
    (tmp_path / "b.bib").write_bytes(b"@misc(two, title = {x\n")
    files = bibtex_score.score_files(
        sorted(tmp_path.glob("*.bib")), folder=tmp_path, consensus={"a.bib": ["one", "gone"], "b.bib": ["two"]}
    )
    assert (files.files, files.entries, files.raised, files.changed, files.unsteady) == (2, 2, [], [], [])
    assert files.lost == {"a.bib": ["gone"]}
    lines = list(bibtex_score.report(bibtex_score.Micro(checks=2, wrong={"x": "no"}), files))
    assert lines[0] == "micro checks      1 / 2"
    assert any("byte-identical" in line and "2 / 2" in line for line in lines)
