"""Plain text: lines with their places; bullets, numbers and wrapped paragraphs only where the evidence is strong."""

from __future__ import annotations

import pytest

from alliancebib.files import source_of
from alliancebib.page import Line
from alliancebib.readers.text import read, recognises


def lines(text: str) -> list[tuple[int, int, str, bool]]:
    return [_told(line) for line in read(source_of(text, name="a.txt")).lines]


def _told(line: Line) -> tuple[int, int, str, bool]:
    return (line.number, line.column, line.text, line.item)


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "– ", "— ", "◦  ", "·\t", "\uf0b7 ", "o\t", "•"])
def test_bullets_are_no_text(bullet: str) -> None:
    assert lines(f"Heading\n  {bullet}Armenia freezes") == [
        (1, 1, "Heading", False),
        (2, 3 + len(bullet), "Armenia freezes", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2023. Putin says the bloc has developed contacts",
        "E19.1 Members of the alliance",
        "-5 degrees in Minsk",
        "1. Only one number",
        "3) Another number",
        "12. Mai 2023: Gipfel",
        "*emphasis* is no bullet",
        "50 000 soldiers",
        "[Translated] A headline",
    ],
)
def test_what_only_looks_like_a_bullet_stays(text: str) -> None:
    assert lines(text) == [(1, 1, text, False)]


def test_numbers_that_count_up_are_no_text() -> None:
    assert [line[2:] for line in lines("Sources\n[1] One\n[2] Two\n\n7) Seven\n8) Eight\n9) Nine")] == [
        ("Sources", False), ("One", True), ("Two", True), ("Seven", True), ("Eight", True), ("Nine", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "1. News\nA headline\n2. Literature\nA title\n3. Links\nA link",  # headings
        "1. Mai: Gipfel\n2. Mai: Treffen\n3. Mai: Ende",  # days
        "2021. One\n2022. Two\n2023. Three",  # years
        "4. Four\n6. Six\n9. Nine",  # no list counts like this
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert [line[2] for line in lines(text)] == text.split("\n")


def test_hanging_lines_of_a_bibliography_are_joined() -> None:
    text = (
        "Deyermond, R. (2018). The collective security treaty organization. In\n"
        "    Routledge Handbook of Russian Foreign Policy (pp. 421-429).\n"
        "    Routledge.\n"
        "Allison, R. (2018). Protective integration and security policy\n"
        "    coordination. The Chinese Journal of International Politics.\n"
    )
    assert [(number, text[-25:]) for number, _, text, _ in lines(text)] == [
        (1, "y (pp. 421-429). Routledge."[-25:]),
        (4, "of International Politics."[-25:]),
    ]


def test_the_rest_of_a_bulleted_paragraph_is_joined() -> None:
    text = (
        "- Armenia considers a possible future outside of the Russia-led military\n  bloc, its minister said\n- Short\n"
    )
    assert [line[2] for line in lines(text)] == [
        "Armenia considers a possible future outside of the Russia-led military bloc, its minister said",
        "Short",
    ]


def test_paragraphs_wrapped_without_indent_are_joined_where_all_agree() -> None:
    one = "Armenia considers a possible future outside of the Russia-led bloc\nand says so in public"
    two = "The defence ministers of the alliance agree to equip their forces\nwith other weapons"
    three = "The exercises of the collective forces begin near the borders of\nBelarus this week"
    assert [line[0] for line in lines(f"{one}\n\n{two}\n\n{three}")] == [1, 4, 7]
    assert len(lines(f"{one}\n\n{two}")) == 4  # two paragraphs are no pattern


@pytest.mark.parametrize(
    "text",
    [
        "News from the alliance and its members, with outlets where known\n    One headline of a day\n    Another",
        "A headline of one line\nA second headline of one line\nA third",
        "From Scientific Literature - Research Papers\n    Sakhariyev, S. (2022). Collective Security\n    Aris, S.",
        "Short\n  indented",
    ],
)
def test_indented_lines_that_are_entries_stay_apart(text: str) -> None:
    assert len(lines(text)) == text.count("\n") + 1


def test_blanks_are_folded_and_what_has_no_width_goes() -> None:
    assert lines("\u00a0\u200bThe\u00a0Secu\u00adrity\u202fpact \ufeff\n\u200e\n") == [
        (1, 3, "The Security pact", False)
    ]


def test_other_marks_between_lines_do_not_count() -> None:
    assert [line[0] for line in lines("one\x0ctwo\u2028three\x85\nfour")] == [1, 2]


@pytest.mark.parametrize("text", ["<!DOCTYPE html><p>", "@article{a, title = {x}}", '[{"id": 1}]', '{"a": 1}'])
def test_other_formats_are_left_to_others(text: str) -> None:
    assert recognises(source_of(text, name="a.txt")) < 0.2


def test_a_page_takes_the_findings_of_its_source() -> None:
    assert [found.code for found in read(source_of("Größe".encode("cp1252"))).findings] == ["AB103"]


def test_an_item_ends_at_the_heading_of_the_next_section() -> None:
    text = (
        "REFERENCES\n\n"
        '[1] O. Lund, "The financial crisis, contested legitimacy and the genesis of\n'
        'cooperation," Global Governance, vol. 19, no. 4, pp. 611-630, 2013.\n'
        '[2] Harbour Centre, "Founding declaration of the cooperation," Example Press,\n'
        "2023. [Online]. Available: https://example.org/founding-declaration.html\n"
        '[3] B. Liu, "Expansion and the monetary order of the southern countries," Third\n'
        "World Quarterly, vol. 45, pp. 201-219, 2024.\n\n"
        "NEWS\n\n"
        "[4] Leaders welcome new members in push to reshuffle order. Reuters. 2023.\n"
    )
    page = read(source_of(text, name="x.txt"))
    assert [line.number for line in page.lines] == [1, 3, 5, 7, 10, 12]
