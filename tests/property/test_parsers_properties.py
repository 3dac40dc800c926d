# ruff: noqa: E501 - tables of pieces
"""What parsing keeps whatever the text is: no exception, nothing lost, the same answer twice, ids that stay."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.labelling import split_words
from alliancebib.labelling.features import features
from alliancebib.model import Reference
from alliancebib.outline import make_outline
from alliancebib.page import Line, Link, Page, Role, Section
from alliancebib.parsers import Parser, citation, headline, labelled, link, parse_lines, parse_reference, scholar
from growth import in_proportion, seconds
from property.tiling import untiled
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
#: Letters of any kind: halves of surrogate pairs, controls, marks that combine, other directions, and very long words.
ODD = [
    "\ud800",
    "\udfff",
    "\x00",
    "\x1b",
    "\x85",
    "\u0301",
    "\u202e",
    "\u200f",
    "ع",
    "ש",
    "İ",
    "ﬁ",
    "😀",
    "\u2028",
    "\u00ad",
    "a" * 500,
    "1" * 90,
]
odd_texts = (
    texts
    | st.text(max_size=80)
    | st.lists(st.sampled_from(PIECES + ODD) | st.text(max_size=3), max_size=12).map("".join)
)
SECTIONS = [Section(title=""), Section(title="Papers", expects="literature"), Section(title="News", expects="news")]


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
    """The spans stand in order, do not overlap, and with the leftover hold all of the raw text."""
    assert not untiled(reference, raw)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_string_becomes_a_reference_that_keeps_all_of_it(text: str) -> None:
    reference = parse_reference(text)
    check(reference, text)
    assert parse_reference(text) == reference


@settings(max_examples=400, deadline=None)
@given(odd_texts, st.sampled_from(SECTIONS), st.sampled_from([scholar, citation, labelled, link, headline]))
def test_no_parser_loses_anything_of_any_text(text: str, section: Section, parser: Parser) -> None:
    line = Line(number=1, text=text)
    found = parser.parse(line, section, page="x")
    assert found == parser.parse(line, section, page="x")
    if found:
        check(found, text)
    check(parse_reference(text), text)


@settings(max_examples=100, deadline=None)
@given(odd_texts)
def test_what_is_read_before_changes_nothing(text: str) -> None:
    alone = parse_reference(text)
    parse_reference(f"{text} Doe, J. (2020). A title. The Journal, 3(2), 1-9.")
    assert parse_reference(text) == alone


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
    """Time goes by the length, in lines that all grammars look at and up to the longest line that is read at all."""

    def text(size: int) -> str:
        return (piece * size)[:size]

    def parsed(text: str) -> None:
        parse_reference(text)
        page = Page(name="x", lines=(Line(number=1, text="From Newspapers"), Line(number=2, text=text)))
        parse_lines(make_outline(page))

    in_proportion(text, parsed, 360)
    in_proportion(text, parsed, 3_100, times=6)


@pytest.mark.parametrize(
    "name", ["WES, W. M. K. ", "Wes W.-M., ", "Wes, W. and ", "W. M. Wes; ", "van der ", "Wes, W. & Wes, W., "]
)
def test_names_before_a_year_are_gone_over_once(name: str) -> None:
    """Lists of names that end otherwise than they began; each name more once doubled the time."""

    end = "WES. WES. 20th Symposium (Int.) on War, Pittsburgh, 1984. p. 831"
    in_proportion(lambda count: name * count + end, parse_reference, 2)


def test_a_page_of_twice_as_many_lines_takes_twice_the_time() -> None:
    """Lines are read one by one; what a page adds to them grows no faster than they do."""

    def page(count: int) -> Page:
        texts = (f"Doe, J. ({1900 + n % 100}). War of words {n}. The Journal, {n}(3), 1-9." for n in range(count))
        return Page(name="x", lines=tuple(Line(number=n, text=text) for n, text in enumerate(texts, 1)))

    assert len(parse_lines(make_outline(page(50)))) == 50
    in_proportion(page, lambda made: parse_lines(make_outline(made)), 100)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(PIECES + ODD), st.sampled_from(["", "Smith, J. (2020). ", '[1] A. Smith, "Title," ']))
def test_labels_grow_with_the_words(piece: str, front: str) -> None:
    """A line has as many rows of attributes as words, each of a bounded number, and its words tile it."""
    text = (front + f"{piece} " * 4000)[:19_900]
    words = split_words(text)
    rows = features([word.text for word in words])
    assert len(rows) == len(words) <= len(text)
    assert max(map(len, rows), default=0) < 60
    assert all(len(attribute) < 600 for row in rows[:50] for attribute in row)


def test_a_megabyte_is_counted_not_read() -> None:
    """A line of fifty times the characters that are read takes less time than one that is read."""

    def words(size: int) -> str:
        return ("word " * size)[:size]

    def parsed(text: str) -> None:
        parse_lines(make_outline(Page(name="x", lines=(Line(number=1, text=text),))))
        parse_reference(text)

    text = words(1_000_000)
    library = parse_lines(make_outline(Page(name="x", lines=(Line(number=1, text=text),))))
    assert [finding.code for finding in library.findings] == ["AB108", "AB105"]
    assert parse_reference(text).title == text
    assert seconds(words, parsed, 1_000_001) < seconds(words, parsed, 19_900)


@pytest.mark.parametrize(
    "address", ["https://example.org/" + "a/b-" * 600, "10.1000/" + "ab-(" * 600], ids=["url", "doi"]
)
@pytest.mark.parametrize(
    "text",
    [
        "Smith, John, “The Alliance,” Survival, vol. 12, no. 3 (May 2012), pp. 1-9.",
        "Adler, Hans: Pakte der Kleinen, in: ders. (Hrsg.): Bündnisse im Wandel, Wien: Böhlau 2014, S. 15–38.",
        "Smith, J. (2012) 'The alliance', in Doe, A. (ed.) The Book. Oxford: OUP, pp. 1-9. (Accessed: 1 May 2012).",
        "[1] J. Smith, “The alliance,” IEEE Trans., vol. 1, no. 2, pp. 3–4, May 2012, doi: 10.1/x.",
    ],
)
def test_a_long_address_within_a_line_is_not_slow(text: str, address: str) -> None:
    """What is settled stands as blanks in the view, over which patterns with room for blanks went again and again."""
    words = text.split(" ")

    def texts(size: int) -> list[str]:
        return [" ".join([*words[:place], address[:size], *words[place:]]) for place in range(len(words) + 1)]

    in_proportion(texts, lambda made: [parse_reference(text) for text in made], 200)


#: Parts of a reference with room for numbers, in any order.
NUMBERED = [
    "Doe, J.,", "Smith, A. and Roe, B.", "The alliance after the war.", "“Pacts of the small,”", "Journal of Peace", "Oxford: Clarendon Press,",
    "({y}).", "{y}.", "({y}, May {n})", "{n} May {y},", "({y}b)", "{n}({n}), {n}-{n}.", "vol. {n}, no. {n},", "pp. {n}–{n}.", "{n}:{n}–{n},", "{n} S.",
    "Jg. {n}, Heft {n},", "{n}. Aufl.", "Report No. {n}.", "Part {n}", "Suppl {n}", "({n}nd ed.)", "(reprinted {y})", "{n} ({n}/{y}),",
]  # fmt: skip


@st.composite
def numbered_texts(draw: st.DrawFn) -> str:
    """Lines in which no number stands twice."""
    years, numbers = iter(draw(st.permutations(range(1950, 2025)))), iter(draw(st.permutations(range(11, 99))))
    text = " ".join(draw(st.lists(st.sampled_from(NUMBERED), min_size=2, max_size=9)))
    return re.sub(r"\{([ny])\}", lambda match: str(next(years if match[1] == "y" else numbers)), text)


@settings(max_examples=300, deadline=None)
@given(numbered_texts())
def test_no_number_of_a_line_is_lost(text: str) -> None:
    """A number of a line that labels divide stands in a field or in the leftover; but not the one before the line."""
    found = labelled.parse(Line(number=1, text=text), Section(title=""), page="x")
    if found is None:
        return
    kept = " ".join(found.leftover)
    kept += msgspec.json.encode(msgspec.structs.replace(found, origins=(), spans=())).decode()
    lost = set(re.findall(r"\d{2,}", text)) - set(re.findall(r"\d{2,}", kept))
    assert lost <= set(re.findall(r"^\W*(\d+)", text)), found
