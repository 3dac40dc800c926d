"""Lists pasted out of PDFs: rows of one entry are rejoined, hyphens undone; one entry a row stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancebib.files import source_of
from alliancebib.page import Line, Role
from alliancebib.readers._hyphens import joined, words_with_hyphens
from alliancebib.readers.text import read
from growth import in_proportion
from shared_data import ROOT
from strategies import any_text, words

ENTRIES = (
    (
        "Deyermond, R. (2018). The collective security treaty organization. In Routledge Handbook of Russian Foreign "
        "Policy (pp. 421-429). Routledge."
    ),
    (
        "Allison, R. (2018). Protective integration and security policy coordination: Comparing the SCO and CSTO. The "
        "Chinese Journal of International Politics, 11(3), 297-338."
    ),
    (
        "Davidzon, I. (2021). Regional Security Governance in Post-Soviet Eurasia: The History and Effectiveness "
        "of the Collective Security Treaty Organization. Springer Nature."
    ),
    (
        "Kropatcheva, E. (2016). Russia and the Collective Security Treaty Organisation: Multilateral policy or "
        "unilateral ambitions? Europe-Asia Studies, 68(9), 1526-1552."
    ),
)
DEYERMOND = """\
Deyermond, R. (2018). The collective security treaty organization. In
Routledge Handbook of Russian Foreign Policy (pp. 421-429). Rout-
ledge."""
ALLISON = """\
Allison, R. (2018). Protective integration and security policy coordi-
nation: Comparing the SCO and CSTO. The Chinese Journal of
International Politics, 11(3), 297-338."""
DAVIDZON = """\
Davidzon, I. (2021). Regional Security Governance in Post-Soviet Eurasia:
The History and Effectiveness of the Collective Security Treaty Organi-
zation. Springer Nature."""
ROWS = (DEYERMOND, ALLISON, DAVIDZON)


def lines(text: str) -> tuple[Line, ...]:
    return read(source_of(text, name="a.txt")).lines


def texts(text: str) -> list[str]:
    return [line.text for line in lines(text)]


def hung(rows: str, by: int = 4) -> str:
    return rows.replace("\n", "\n" + " " * by)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(ROWS),
        "\n\n".join(ROWS),
        "References\n" + "\n".join(ROWS),
        "\n".join(map(hung, ROWS)),
        "\n".join(hung(rows, 2) for rows in ROWS),
        "\n".join(f"[{number}] {rows}" for number, rows in enumerate(ROWS, 1)),
        "\n".join(f"[{number}] {hung(rows)}" for number, rows in enumerate(ROWS, 1)),
        "\n\n".join(f"{number}. {rows}" for number, rows in enumerate(ROWS, 11)),
        "\n".join(f"- {hung(rows, 2)}" for rows in ROWS),
        "\n".join(ROWS).replace("-\n", "\u00ad\n"),
    ],
)
def test_entries_are_whole_again(text: str) -> None:
    assert [one for one in texts(text) if one != "References"] == list(ENTRIES[:3])


def test_what_was_joined_keeps_its_place_and_its_source() -> None:
    text = "\n\n".join(f"{number}. {rows}" for number, rows in enumerate(ROWS, 1))
    found = lines(text)
    assert [(line.number, line.column, line.item) for line in found] == [(1, 4, True), (5, 4, True), (9, 4, True)]
    assert [line.source for line in found] == list(ROWS)


def test_entries_go_on_behind_the_foot_of_a_page_and_the_head_of_the_next() -> None:
    cut = ALLISON.replace("nation:", "\n13\n\nJournal of Peace 2\n\nnation:", 1).replace("-\n\n", "-\n")
    text = f"{DEYERMOND}\n{cut}\n12\nJournal of Peace 3\n{DAVIDZON}"
    found = lines(text)
    assert [line.text for line in found if line.text.endswith(".")] == list(ENTRIES[:3])
    assert [line.text for line in found if line.role is Role.NAVIGATION] == ["13", "12"]
    assert [line.number for line in found] == sorted(line.number for line in found)
    fed = ALLISON.replace("coordi-\n", "coordi-\n\n\f")
    assert texts(f"{DEYERMOND}\n{fed}") == list(ENTRIES[:2])


def test_the_head_of_a_page_is_no_part_of_a_numbered_entry() -> None:
    text = f"[1] {DEYERMOND}\n\fJournal of Peace 12\n[2] {ALLISON}\n[3] {DAVIDZON}"
    assert texts(text) == [ENTRIES[0], "Journal of Peace 12", *ENTRIES[1:3]]
    inside = ALLISON.replace("nation", "\fJournal of Peace 13\nnation", 1)
    text = f"[1] {DEYERMOND}\n\fJournal of Peace 12\n[2] {inside}\n[3] {DAVIDZON}"
    assert [one for one in texts(text) if not one.startswith("Journal")] == list(ENTRIES[:3])


@pytest.mark.parametrize("heading", ["Books", "From Scientific Literature", "Articles and chapters", "BOOKS:"])
def test_headings_between_entries_stay(heading: str) -> None:
    assert texts(f"{DEYERMOND}\n{heading}\n{ALLISON}\n{DAVIDZON}") == [ENTRIES[0], heading, *ENTRIES[1:3]]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(ENTRIES),
        "\n".join(f"{number}. {entry}" for number, entry in enumerate(ENTRIES, 1)),
        (
            "Armenia freezes its membership in the Russia-led military alliance\nPutin says the bloc has developed its "
            "contacts with Mongolia\nThe exercises of the collective forces begin near the borders\nKazakhstan sends"
        ),
        (
            "1. Armenia freezes its membership in the Russia-led military alliance\nReuters\n2. Putin says the bloc "
            "has developed its contacts\nTASS\n3. The exercises begin\nInterfax"
        ),
        (
            "Armenia freezes its membership in the Russia-led military alliance\nhttps://a.example/1\nPutin says "
            "the bloc has developed its contacts\nhttps://a.example/2\nThe exercises of the collective forces\nhttps://a.example/3"
        ),
        (
            "Smith, J. (2010). A title of a work that fills the row. Routledge.\nJones, K. (2011). Another one of the "
            "same length here. Springer.\nDoe, J. (2012). The third of them is as long as these. Brill."
        ),
    ],
)
def test_pages_of_one_entry_a_row_stay(text: str) -> None:
    assert len(lines(text)) == text.count("\n") + 1
    assert not any(line.source for line in lines(text))


@pytest.mark.parametrize("name", ["csto.txt"])
def test_the_lists_that_are_kept_here_stay(name: str) -> None:
    text = (ROOT / "references" / name).read_text("utf-8")
    assert len(lines(text)) == sum(bool(row.strip()) for row in text.split("\n"))


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("the inter-", "national order", "the international order"),
        ("the Anglo-", "American order", "the Anglo-American order"),
        ("pp. 20-", "30", "pp. 20-30"),
        ("pp. 20–", "30", "pp. 20–30"),
        ("pre-", "and post-war", "pre- and post-war"),
        ("Vor-", "und Nachteile", "Vor- und Nachteile"),
        ("self-", "determination", "self-determination"),
        ("the Russia-", "led bloc", "the Russia-led bloc"),
        ("post-", "soviet", "postsoviet"),
        ("NATO-", "style", "NATO-style"),
        ("a title -", "a subtitle", "a title - a subtitle"),
        ("a title --", "a subtitle", "a title -- a subtitle"),
        ("безо-", "пасность", "безопасность"),
        ("https://doi.org/10.1080/", "13523260.2019", "https://doi.org/10.1080/13523260.2019"),
        ("https://a.example/a-", "b/c", "https://a.example/a-b/c"),
        ("https://a.example/", "Accessed May 2020", "https://a.example/ Accessed May 2020"),
        ("https://a.example/x.", "Another", "https://a.example/x. Another"),
        ("two", "words", "two words"),
    ],
)
def test_hyphens_and_addresses_at_the_ends_of_rows(above: str, below: str, whole: str) -> None:
    assert joined([above, below], [False], frozenset()) == whole


def test_the_page_itself_says_how_a_word_is_written() -> None:
    assert joined(["Sicher-", "heit"], [False], words_with_hyphens(["kollektive Sicher-", "heit"])) == "Sicherheit"
    assert joined(["post-", "soviet"], [False], words_with_hyphens(["the post-Soviet states"])) == "post-soviet"
    assert joined(["well-", "known"], [False], words_with_hyphens(["Wellknown"])) == "wellknown"


PIECES = st.sampled_from(
    [*ROWS, *ENTRIES, "\n", "\n\n", "\f", "12\n", "[1] ", "[2] ", "1. ", "2. ", "    ", "- ", "-\n"]
)


@settings(max_examples=100, deadline=None)
@given(text=st.lists(PIECES | words(1, 12) | any_text(5), max_size=20).map("".join))
def test_the_lines_tile_the_text(text: str) -> None:
    source = source_of(text)
    rows = source.text.split("\n")
    found = read(source).lines
    numbers = [line.number for line in found]
    assert numbers == sorted(numbers)
    seen = ""
    for line in found:
        exact = line.source or rows[line.number - 1][line.column - 1 :]
        assert rows[line.number - 1][line.column - 1 :] == exact.split("\n")[0]
        assert all(row in rows for row in exact.split("\n")[1:])
        seen += exact
        assert _letters(line.text) == _letters(exact) or line.source
    left = _letters(source.text)
    for letter in set(_letters(seen)):
        assert seen.count(letter) == source.text.count(letter)
    assert set(_letters(seen)) == set(left)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha() and letter != "o")  # "o" can be a bullet of Word


@pytest.mark.parametrize(
    "row",
    [
        "1. A\n", "1. A\n2. B\n", "1. A\nb\n2. C\nd\n", "[1] x-\nx\n", "12\n", "a" * 70 + "-\n",
        "Smith, J. (2010). " + "of the " * 8 + "\n",
        "A. B. C. D. " * 6 + "\n", "12\nHead\n", "\n\f",
        "    " + "and the " * 9 + "\n", "https://a.example/" + "-" * 60 + "\n",
    ],
)  # fmt: skip
def test_hostile_pages_take_time_by_their_length(row: str) -> None:
    in_proportion(lambda rows: source_of(row * rows), read, max(50, 2_000 // len(row)))
