"""YAML as values: what is text, what is refused, and that broken entries cost no other."""

from __future__ import annotations

import pytest

from alliancebib.hayagriva.document import read_entries, write_entries
from growth import in_proportion


def test_every_scalar_is_text() -> None:
    [entry] = read_entries(
        "k: {a: 5, b: 2020-05-06, c: no, d: 1.50, e: ~, f: '', g: !!int 3, h: !python/name:os.system x}"
    )
    assert entry.value == {
        "a": "5",
        "b": "2020-05-06",
        "c": "no",
        "d": "1.50",
        "e": None,
        "f": "",
        "g": "3",
        "h": "x",
    }


def test_entries_know_their_line_and_text() -> None:
    first, second = read_entries("# note\nä:\n  title: Ö\n\nb:\n  title: ü\n")
    assert (first.line, first.raw) == (2, "ä:\n  title: Ö")
    assert (second.line, second.raw) == (5, "b:\n  title: ü")


def test_aliases_repeat_values() -> None:
    _, entry = read_entries("a: &x {title: t}\nb: {parent: *x}\n")
    assert entry.value == {"parent": {"title": "t"}}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("k: [1, 2", "did not find expected ',' or ']'"),
        ("k: *x", "there is no anchor `x`"),
        ("k: &x {a: *x}", "an alias stands within what it repeats"),
        ("k: &x {a: {b: [*x]}}", "an alias stands within what it repeats"),
        ("k: " + "[" * 60 + "]" * 60, "it is nested too deeply"),
        ("[" * 100_000, "exceeded maximum nesting depth"),
        ("- a\n- b", "it is no mapping of keys to entries"),
        ("words", "it is no mapping of keys to entries"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, problem: str) -> None:
    [entry] = read_entries(text)
    assert entry.value is None
    assert problem in entry.problem or "nested too deeply" in entry.problem


def laughs(rows: int, each: int) -> str:
    """Give rows that each repeat the one above so many times."""
    repeated = [f"a{row}: &a{row} [{', '.join([f'*a{row - 1}'] * each)}]" for row in range(1, rows)]
    return "\n".join([f"a0: &a0 [{', '.join(['ha'] * each)}]", *repeated])


def test_a_billion_laughs_are_none() -> None:
    in_proportion(lambda rows: laughs(rows, 2), read_entries, 2)  # first with rows that only double, which would end
    assert not [entry for entry in read_entries(laughs(10, 10)) if isinstance(entry.value, dict)]


def test_aliases_do_not_grow_beyond_the_depth() -> None:
    rows = [f"  a{number}: &a{number} [{'[' * 15}*a{number - 1}{']' * 15}]" for number in range(1, 9)]
    [entry] = read_entries("\n".join(["k:", "  a0: &a0 " + "[" * 20 + "]" * 20, *rows]))
    assert "nested too deeply" in entry.problem


def test_a_broken_entry_costs_no_other() -> None:
    entries = read_entries("a:\n  title: A\nb: {title: [\nc:\n  title: 'C\nd:\n  title: D\n")
    assert [entry.key for entry in entries if not entry.problem] == ["a", "d"]
    assert [entry.line for entry in entries if entry.problem] == [3, 4]


def test_fields_that_stand_twice_are_kept() -> None:
    [entry] = read_entries("k:\n  title: A\n  title: B\n  title: C\n")
    assert entry.value == {"title": "A", "title-2": "B", "title-3": "C"}
    assert len(entry.notes) == 2


NUMBERS = "1e3 0x1f 0o17 12:30 1_000 -5 .5 .inf 2020-05-06".split()
WORDS = "no Y null ~ true = <<".split()
MARKS = [
    "# a",
    "a: b",
    " a ",
    "",
    "- a",
    "a\nb",
    "'",
    '"',
    "@x",
    "{NATO}",
    "*a",
    "&a",
    "!a",
    "%",
    "é",
    "\u2028",
    "\x85",
]


@pytest.mark.parametrize("text", [*NUMBERS, *WORDS, *MARKS])
def test_texts_come_back_as_texts(text: str) -> None:
    written = write_entries([("k", {"title": text})])
    [entry] = read_entries(written)
    assert entry.value == {"title": text}


@pytest.mark.parametrize("text", ["1e3", "0o17", "1_000", "no", "12"])
def test_what_another_reader_would_take_for_a_number_is_quoted(text: str) -> None:
    assert write_entries([("k", {"title": text})]) == f'k:\n  title: "{text}"\n'
