"""Reading BibTeX text into blocks: nothing is lost, whatever stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.bibtex.blocks import closing_brace
from alliancebib.bibtex.places import Flaw, field_places, value_parts
from alliancebib.bibtex.printing import write_entries
from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.regular import regular_entry
from alliancebib.bibtex.syntax import Block, Note, read_blocks
from growth import in_proportion


def entries(text: str) -> list[Block]:
    return [block for block in read_blocks(text) if block.kind == "entry"]


def fields(text: str) -> dict[str, str]:
    [entry] = entries(text)
    return {field.name: field.value for field in entry.fields}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"@misc{k, title={foo \\}, note={n}}", {"title": r"foo \\", "note": "n"}),
        ('@misc{k, title="A {"}q{"} B", note={n}}', {"title": 'A {"}q{"} B', "note": "n"}),
        ("@misc{k, title={A},, note={n}}", {"title": "A", "note": "n"}),
        ("@misc{k, title={A} note={n}}", {"title": "A", "note": "n"}),
        ("@misc{k,\n title={One}, % a comment\n % another = {x},\n note={n}\n}", {"title": "One", "note": "n"}),
        ("@misc{k, title = % remark {x}\n {A}, note={n}}", {"title": "A", "note": "n"}),
        ("@misc{k, title = {A} # % jan\n % more\n { B} % c\n, note=%\n{n}}", {"title": "A B", "note": "n"}),
        ("@misc{k, title = 50%, note = {%n}}", {"title": "50%", "note": "%n"}),
        ("@misc{k, abstract={see\n@foo{bar} there}, note={n}}", {"abstract": "see @foo{bar} there", "note": "n"}),
        ("@misc\n{k, title={A}}", {"title": "A"}),
        ('@misc(k, title="a) b", note={n)})', {"title": "a) b", "note": "n)"}),
        ("@MISC{k, TITLE = {A}}", {"title": "A"}),
        ("@misc{k, author+an = {1=x}, bdsk-url-1 = {u}}", {"author+an": "1=x", "bdsk-url-1": "u"}),
        ("@misc{k, title={A\n   B}}", {"title": "A B"}),
        ("@misc{title={no key}}", {"title": "no key"}),
        ("@misc{k, year = 2020}", {"year": "2020"}),
        ("@misc{k, month = 10 # {~} # jan}", {"month": "10~January"}),
    ],
)
def test_fields_are_those_of_bibtex(text: str, expected: dict[str, str]) -> None:
    assert fields(text) == expected


@pytest.mark.parametrize(
    ("strings", "value", "expected"),
    [
        ('@string{tcs="Theor"}', '"A " # tcs # " B"', "A Theor B"),
        ('@string{a="Foo"}@string{tcs=a # " Bar"}', "tcs", "Foo Bar"),
        ('@string{TCS="Foo"}', "tcs", "Foo"),
        ("@string(tcs = {Foo})", "tcs", "Foo"),
        ('@string{tcs = tcs # "x"}', "tcs", "x"),
        ("", "jan", "January"),
        ("", "undefined", "undefined"),
    ],
)
def test_macros_mean_what_was_defined(strings: str, value: str, expected: str) -> None:
    value_read = fields(f"{strings}\n@misc{{k, journal = {value}}}")["journal"]
    assert value_read.removeprefix("tcs") == expected


def test_macros_that_double_themselves_stop() -> None:
    strings = '@string{a = "0123456789"}' + "@string{a = a # a}" * 60
    assert len(fields(strings + "@misc{k, title = a}")["title"]) <= 1_000_000


def test_a_broken_entry_costs_nothing_but_itself() -> None:
    found = entries("@misc{a, title={One, year=2020}\n\n@misc{k, title={Two}}\n\n@book{m, title={Three}}")
    assert [entry.key for entry in found] == ["a", "k", "m"]
    assert [entry.broken for entry in found] == [True, False, False]


def test_repeated_keys_and_fields_are_all_there() -> None:
    found = entries("@misc{k, title={One}, title={Two}}\n@misc{k, note={x}}\n@misc{, title={A}}")
    assert [entry.key for entry in found] == ["k", "k", ""]
    assert [field.value for field in found[0].fields] == ["One", "Two"]


def test_a_key_without_its_comma_is_a_key() -> None:
    [entry] = entries("@misc{smith99\n  title = {One},\n  year = 1999}")
    assert (entry.key, [field.name for field in entry.fields]) == ("smith99", ["title", "year"])
    assert entry.notes == (Note("a comma is missing behind the key `smith99`", 6),)
    assert [entry.key for entry in entries("@misc{ title = {One}}\n@misc{alone}\n@misc{a b, note={x}}")] == [
        "",
        "alone",
        "a b",
    ]


def test_blanks_at_the_ends_of_a_macro_count() -> None:
    strings = '@string{p = "Proc. of the "}\n@string{q = p # {\n  First }}\n'
    assert fields(strings + "@misc{k, title = q # { Meeting }}")["title"] == "Proc. of the First Meeting"


def test_what_is_commented_out_is_no_entry() -> None:
    text = "% @misc{x, title={X}}\n@comment{ @misc{y, title={Y}} }\n@misc{k, title={One}}"
    assert [entry.key for entry in entries(text)] == ["k"]


def test_a_comment_within_a_field_is_told() -> None:
    [entry] = entries("@misc{k, title = % remark\n {A} # % a {b}\n jan, note = {100 % n}}")
    assert entry.notes == (Note("`% remark` stands within the field `title`; no other file will hold it", 17),)


def test_blocks_know_their_lines_and_raw_text() -> None:
    text = "free text\n\n@misc{a,\n title={A}}\n  @misc{b, title={B}}\n"
    blocks = list(read_blocks(text))
    assert [(block.kind, block.line) for block in blocks] == [
        ("text", 1),
        ("entry", 3),
        ("text", 4),
        ("entry", 5),
        ("text", 5),
    ]
    assert blocks[1].raw == "@misc{a,\n title={A}}"


@settings(max_examples=200, deadline=None)
@given(st.text('@{}()",=#%\\ \nabmisc{k,title=string', max_size=60) | st.text(max_size=30))
def test_any_text_is_divided_without_loss(text: str) -> None:
    assert "".join(block.raw for block in read_blocks(text)) == text


@pytest.mark.parametrize(
    ("front", "piece", "end"),
    [
        ("", "@a{", ""),
        ("@misc{k, title = {", "{", ""),
        ("", "@a{\n", ""),
        ("", "{", ""),
        ("", "% @a{ ", ""),
        ("@a{", " ", "= {x}}"),
    ],
)
def test_hostile_files_take_linear_time(front: str, piece: str, end: str) -> None:
    in_proportion(lambda size: front + piece * size + end, lambda text: list(read_blocks(text)), 2_500)


@given(
    st.lists(
        st.sampled_from(["a", "b = ", "c=", "{", "}", "{d}", '"', '"e"', "#", " # ", ",", "%", "\n", " ", "\\", "@"])
    )
)
@settings(max_examples=500)
def test_fields_read_at_once_are_those_found_one_by_one(pieces: list[str]) -> None:
    body = "".join(pieces)
    regular = regular_entry(f"{{k,{body}}}", 1)
    if regular is not None:
        flaws: list[Flaw] = []
        body = body[: regular.end - len("{k,")]
        careful = [(place.name, *value_parts(body[place.value : place.end])) for place in field_places(body, 0, flaws)]
        assert not flaws
        assert list(regular.fields) == [
            (name, part[1:-1], "") if part[0] in '{"' else (name, None, part) for name, part in careful
        ]


@given(st.text("{}a", max_size=40))
def test_a_group_ends_at_its_brace_however_deep_it_is(text: str) -> None:
    depth, expected = 0, -1
    for place, mark in enumerate(text):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            expected = place
            break
    assert closing_brace(text, 0, len(text)) == expected


def test_a_value_of_any_length_is_whole_unless_macros_make_it_grow() -> None:
    assert fields("@misc{k, note = {" + "x" * 2_000_000 + "}}")["note"] == "x" * 2_000_000
    *_, entry = read_blocks("@string{a = {x}}" + "@string{a = a # a}" * 40 + "@misc{k, note = a}")
    assert len(entry.fields[0].value) <= 100_000


def test_macros_below_may_be_made_of_macros() -> None:
    [entry, *_] = read_blocks('@misc{k, title = b} @string{a = "X"} @string{b = a # "Y"}')
    assert entry.fields[0].value == "XY"
    [entry, *_] = read_blocks("@misc{k, title = a} @string{a = b # {x}} @string{b = a}")
    assert "x" in entry.fields[0].value
    chain = "".join(f"@string{{a{number} = a{number + 1} # a{number + 1}}}" for number in range(300))
    assert len(list(read_blocks(f"@misc{{k, title = a0}} {chain}"))) > 300


def test_a_bare_word_in_parentheses_ends_with_them() -> None:
    text = "@misc(k, a=)\r\n)"
    assert regular_entry(text, 6) is None


def test_entries_are_written_one_blank_line_apart() -> None:
    text = write_entries([("misc", "a", [("title", "{A}"), ("month", "jan")]), ("book", "b", [("title", "{B}")])])
    assert text == "@misc{a,\n  title = {A},\n  month = jan,\n}\n\n@book{b,\n  title = {B},\n}\n"


@pytest.mark.parametrize(
    ("text", "words", "line", "column"),
    [
        ("@misc{k,\n  title = {A}\n  year = 1999}", "a comma is missing before the field `year`.", 3, 3),
        (
            "@misc{k, title = {A} % a, b\n year = 1999 month = jan}",
            "a comma is missing before the field `year` and before 1 more.",
            2,
            2,
        ),
        ("@misc{k,\n  title = {A},\n  junk {x},\n}", "`junk {x}` is no field and was skipped.", 3, 3),
        ("@misc{\n  k\n  title = {A}}", "a comma is missing behind the key `k`.", 2, 3),
        (
            "@misc{k,\n  title = {A},\n  note = foo}",
            "`foo` is neither in braces nor defined by @string; it was taken as text.",
            3,
            3,
        ),
        (
            '@misc{k,\n  note = "a" # {b}\n   # foo}',
            "`foo` is neither in braces nor defined by @string; it was taken as text.",
            2,
            10,
        ),
        (
            "@misc{k,\n  title = {A},\n  xref={a}, crossref = {b}}",
            "`b`, which `crossref` names, is not in the file.",
            3,
            13,
        ),
    ],
)
def test_what_is_odd_is_told_where_it_stands(text: str, words: str, line: int, column: int) -> None:
    [finding] = read_library(text, page="a.bib").findings
    assert finding.message == words
    assert (finding.code, finding.origin.line, finding.origin.column) == ("AB109", line, column)


def test_commas_that_are_there_are_not_missed() -> None:
    assert read_library("@misc{k, title = {A}, year = 1999 % b\n, month = jan # {}, note = {x},\n}").findings == ()


@pytest.mark.parametrize("piece", ["{}x", "1{}-2", "and{}x", "a{}and{}b"])
@pytest.mark.parametrize("field", ["pages", "publisher", "location", "note"])
def test_reading_takes_linear_time_where_nothing_is_found(piece: str, field: str) -> None:
    in_proportion(
        lambda size: f"@book{{k, date={{2000}}, {field} = {{{piece.replace('{}', chr(0xA0) * size)}}}}}",
        read_library,
        2_500,
    )


def test_a_macro_without_a_meaning_is_looked_for_in_linear_time() -> None:
    in_proportion(lambda size: f"@string{{{'a' * size}}}@misc{{k, note = b}}", read_library, 5_000)
