# ruff: noqa: E501 - tables of pieces
"""What parsing keeps whatever the text is: no exception, nothing lost, the same answer twice, ids that stay."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.model import Reference, leftover_of
from alliancebib.outline import make_outline
from alliancebib.page import Line, Link, Page, Role
from alliancebib.parsers import parse_lines, parse_reference
from strategies import any_text, typed_text

#: Pieces of which references and headlines are made, in any order.
PIECES = [
    "Guliyev, F., & Gawrich, A.", "Doe J, Roe M.", "Иванов И. И.", "(2021).", "2021.", "(2019, June 5)", ", 2023:", "n.d.",
    "The alliance after 2020", "“Why it matters”", '"Quoted', "In", "In:", "InBook", "(Eds.),", "(pp. 1-2).", "33(2-3),", "283-304.",
    "https://a.org/2021/08/12/x?y=1#z", "[text](https://b.org/c)", "<a href='https://c.org'>d</a>", "www.d.org", "doi:10.1234/ab(c)",
    "(Translated)", " | Reuters", " - Le Monde", ", TASS", "by Dr. Ann Lee", "The Hague: Asser.", " // ", "– С. 1–2", "№ 1", "[12]", "•",
    "...", "(", ")", "[", "“", "!.", "?", "其他", "新华社", "وكالة", "ﬁ", "İ", "\u00a0", "\u202e", "Vol. 3", "et al.",
]  # fmt: skip
texts = any_text(120) | typed_text(120) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
texts |= st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Lines with or without links and markup."""
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    links = (Link(draw(st.sampled_from(["https://a.org/x", "#top", "mailto:x", "http://[bad", ""])), start, len(text)),)
    return Line(
        number=draw(st.integers(1, 30)),
        text=text,
        links=links if draw(st.booleans()) else (),
        level=draw(st.integers(0, 3)),
        item=draw(st.booleans()),
    )


def check(reference: Reference, raw: str) -> None:
    """The spans stand in order, do not overlap, and tile the raw text together with the leftover."""
    assert reference.origin.raw == raw
    ends = [0]
    for span in reference.spans:
        assert ends[-1] <= span.start < span.end <= len(raw)
        ends.append(span.end)
    assert reference.leftover == leftover_of(raw, reference.spans)
    assert 0 <= reference.confidence <= 1
    covered = sum(span.end - span.start for span in reference.spans)
    blanks = sum(letter.isspace() for letter in raw)
    assert covered + blanks + sum(map(len, reference.leftover)) >= len(raw)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_string_becomes_a_reference_that_keeps_all_of_it(text: str) -> None:
    reference = parse_reference(text)
    check(reference, text)
    assert parse_reference(text) == reference


@settings(max_examples=200, deadline=None)
@given(st.lists(lines(), max_size=12), st.booleans())
def test_any_page_is_accounted_for_line_by_line(given_lines: list[Line], navigation: bool) -> None:
    page = make_outline(Page(name="x", lines=tuple(given_lines)), navigation=navigation)
    assert [line.text for line in page.lines] == [line.text for line in given_lines]
    assert all(line.role is not None and line.why for line in page.lines)
    assert all(-1 <= line.section < len(page.sections) for line in page.lines)
    library = parse_lines(page)
    entries = [line for line in page.lines if line.role is Role.ENTRY]
    assert [reference.origin.raw for reference in library] == [line.text for line in entries]
    for reference in library:
        check(reference, reference.origin.raw)
    assert len({reference.id for reference in library}) == len(library)
    assert make_outline(Page(name="x", lines=tuple(given_lines)), navigation=navigation) == page
    assert parse_lines(page) == library


@settings(max_examples=50, deadline=None)
@given(st.lists(typed_text(40).filter(str.strip), min_size=1, max_size=6), st.integers(0, 5))
def test_a_line_keeps_its_id_wherever_it_stands(given_texts: list[str], moved: int) -> None:
    def ids(rows: list[str]) -> dict[str, list[str]]:
        page = Page(name="x", lines=tuple(Line(number=n, text=t, role=Role.ENTRY) for n, t in enumerate(rows, 1)))
        found: dict[str, list[str]] = {}
        for reference in parse_lines(page):
            found.setdefault(reference.origin.raw, []).append(reference.id)
        return found

    place = moved % len(given_texts)
    assert ids(given_texts) == ids([*given_texts[place:], *given_texts[:place]])


@pytest.mark.parametrize(
    "piece",
    [
        "a", "A ", "(", ")", "[", '"', "“", ". ", "A. ", "A, B. ", "Aa, B., ", "Smith, J., & ", "Smith J, ", "1 ", "1, ", "(2021) ", "2021. ", ", 2021. ", "12(3), ",
        "https://a.org/ ", "[a](b ", "<a href=", "in In ", "In A. ", " - ", " | ", ", ", " // ", "pp. 1-2 ", "10.1234/a ", "Dr. A ", "by Dr. ", "А. Б. ", "。", "İ",
        "word Word ", "Title. ", "? ", "(Eds.), ", "(x (y ", "Van der ", "et al., ", "….", "-", "The Times, ",
    ],
)  # fmt: skip
def test_no_text_is_slow(piece: str) -> None:
    """Reading twice as much takes about twice the time, up to the longest line that is read at all."""

    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        started = time.process_time()
        parse_reference(text)
        page = Page(name="x", lines=(Line(number=1, text="From Newspapers"), Line(number=2, text=text)))
        parse_lines(make_outline(page))
        return time.process_time() - started

    seconds(100)
    assert seconds(19_900) < 2.0, "20,000 characters should take milliseconds"


def test_fifty_megabytes_are_counted_not_read() -> None:
    started = time.perf_counter()
    text = "word " * 10_000_000
    library = parse_lines(make_outline(Page(name="x", lines=(Line(number=1, text=text),))))
    assert [finding.code for finding in library.findings] == ["AB108", "AB105"]
    assert parse_reference(text).title == text
    assert time.perf_counter() - started < 5
