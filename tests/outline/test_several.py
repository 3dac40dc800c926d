"""Several references in one paragraph: parted where each part is a reference, whole where that is in doubt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.files import source_of
from alliancebib.outline import make_outline
from alliancebib.outline.several import parted
from alliancebib.page import Line, Link, Role
from alliancebib.parsers import parse_lines
from alliancebib.readers import html, text
from growth import in_proportion
from strategies import any_text, words

APA = (
    "Smith, J. (2010). A first title. Journal of Peace, 1(2), 2-3.",
    "Van Dyke, K., & De Haas, M. (2011, May). A second title. Survival, 4(2), 5-6.",
    "Doe-Roe, J. A., Jones, K., ... & Oxley, B. (n.d.). A third title. Routledge.",
    "Иванов, И. И. (2012). Название. Журнал, 3, 4-5.",
)
HARVARD = (
    "Smith, J., 2010. A first title. Survival, 1(2), pp.2-3.",
    "Jones, K. and Doe, J., 2011. A second. Survival, 4(2), pp.5-6.",
)
VANCOUVER = (
    "Smith J. A title. Survival. 2010;1:2-3.",
    "Jones K, Doe J. Another title. Survival. 2011;4:5-6.",
    "Doe J. A third title. Survival. 2012;7:8-9.",
)


def texts(paragraph: str) -> list[str]:
    return [line.text for line in parted(Line(number=1, text=paragraph))]


@pytest.mark.parametrize("entries", [APA, HARVARD, APA[1:3]])
@pytest.mark.parametrize("mark", [" ", "; ", " ;  "])
def test_names_and_years_part_a_paragraph(entries: tuple[str, ...], mark: str) -> None:
    assert texts(mark.join(entries)) == list(entries)


@pytest.mark.parametrize("number", ["[{}] ", "{}. ", "{}) ", "({}) "])
@pytest.mark.parametrize("first", [1, 9, 98])
def test_numbers_that_count_up_part_a_paragraph(number: str, first: int) -> None:
    paragraph = " ".join(number.format(place) + entry for place, entry in enumerate(VANCOUVER, first))
    found = parted(Line(number=3, column=5, text=paragraph))
    assert [line.text for line in found] == list(VANCOUVER)
    assert [paragraph[line.column - 5 :][: len(line.text)] for line in found] == list(VANCOUVER)
    assert {line.number for line in found} == {3}


@pytest.mark.parametrize(
    "paragraph",
    [
        APA[0],
        "Smith, J. (2010). A title. In Jones, K. (2011). A book. Routledge.",
        "A first title! Smith, J. (2010). A first title! Journal of Peace, 1(2), 2-3.",
        "In 2010 this was said. Smith, J. (2010) agrees. Jones, K. (2011) does not, as far as anybody knows.",
        "See Smith, J. (2010). A title. Routledge. Jones, K. (2011). Another. Routledge.",
        "1. Smith J. A title, Vol. 2. Survival. 2010. 3. edition.",
        "[1] shows that this is so, and [2] shows that it is not so at all.",
        "1. Armenia freezes its membership. 2. Putin says the bloc has contacts. 3. The exercises begin in May.",
        "Smith, J., & Jones, K. (2010). A title. Doe, J., and others.",
        "(Smith, J., 2010; Jones, K., 2011; Doe, J., 2012)",
    ],
)
def test_what_is_doubtful_stays_whole(paragraph: str) -> None:
    assert texts(paragraph) == [paragraph]


@pytest.mark.parametrize("known", [{"level": 2}, {"role": Role.NAVIGATION}])
def test_headings_and_what_is_known_stay_whole(known: dict[str, object]) -> None:
    line = Line(number=1, text=" ".join(APA), **known)  # type: ignore[arg-type]
    assert parted(line) == (line,)


def test_links_go_with_their_part() -> None:
    paragraph = f"{APA[0]} {APA[1]}"
    at = len(APA[0]) + 1
    links = (
        Link("https://a.example", 0, 5),
        Link("https://b.example", at, at + 8),
        Link("https://c.example", 3, at + 3),
    )
    first, second = parted(Line(number=1, text=paragraph, links=links))
    assert first.links == (Link("https://a.example", 0, 5), Link("https://c.example", 3, len(APA[0])))
    assert second.links == (Link("https://b.example", 0, 8), Link("https://c.example", 0, 3))


def test_a_paragraph_of_linked_titles_is_parted_and_a_menu_is_not() -> None:
    soup = (
        '<p><a href="https://a.example/1">Armenia freezes its membership</a> | '
        '<a href="https://a.example/2">Summit ends in Minsk today</a></p>'
        '<p><a href="https://a.example/3">Home</a> | <a href="https://a.example/4">About us</a></p>'
    )
    page = make_outline(html.read(source_of(soup, name="a.html")))
    assert [line.text for line in page.lines] == [
        "Armenia freezes its membership", "Summit ends in Minsk today", "Home | About us",
    ]  # fmt: skip
    assert [line.links[0].url for line in page.lines] == [f"https://a.example/{number}" for number in (1, 2, 3)]


def test_parts_of_a_wrapped_paragraph_stand_where_their_rows_do() -> None:
    rows = (
        "Smith, J. (2010). A first title that is long enough for a row, and of\n"
        "interest. Journal of Peace, 1(2), 2-3. Jones, K. (2011). A second ti-\n"
        "tle. Survival, 4(2), 5-6. Doe, J. (2012). The third of the titles, of\n"
        "which there are no more. Routledge."
    )
    library = parse_lines(make_outline(text.read(source_of(rows, name="a.txt"))))
    assert [(one.title, one.origin.line, one.origin.column) for one in library] == [
        ("A first title that is long enough for a row, and of interest", 1, 1),
        ("A second title", 2, 40),
        ("The third of the titles, of which there are no more", 3, 27),
    ]
    parts = [line.source for line in make_outline(text.read(source_of(rows, name="a.txt"))).lines]
    assert " ".join(parts).replace("\n", " ") == rows.replace("\n", " ")


PIECES = st.sampled_from(
    [*APA, *HARVARD, *VANCOUVER, "[1] ", "[2] ", "1. ", "2. ", "3. ", "; ", "https://a.org/x ", "In "]
)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(PIECES | words(1, 3) | any_text(5), max_size=12), column=st.integers(1, 9))
def test_parts_are_pieces_of_the_line_in_their_order(pieces: list[str], column: int) -> None:
    paragraph = " ".join("".join(f"{piece} " for piece in pieces).split())
    found = parted(Line(number=1, column=column, text=paragraph))
    at = 0
    for line in found:
        start = line.column - column
        assert paragraph[start : start + len(line.text)] == line.text
        between = paragraph[at:start].strip()
        assert not between or len(found) > 1
        assert all(letter in "0123456789[]().; " for letter in between)
        at = start + len(line.text)
    assert paragraph[at:].strip(" ;") == ""
    if len(found) > 1:
        assert all(parted(line) == (line,) for line in found)


@pytest.mark.parametrize(
    "piece",
    ["Smith, J. (2010). ", "Smith, J., ", "A-", "Aa Bb, C. ", "[1] ", "1. A", "A. ", "de de ", "(2010). ", "; "],
)  # fmt: skip
def test_hostile_paragraphs_take_time_by_their_length(piece: str) -> None:
    in_proportion(lambda size: Line(number=1, text=(piece * size)[:size]), parted, 2_490)
