"""What a string says instead of a record's title, part, book or place speaks against the record."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliancebib.matching import judge
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.parsers import parse_reference

WEITZ = (Name(family="Weitz", given="Richard"),)
ORBIS = Reference(
    kind="article-journal",
    title="Alliance politics in Central Asia after the war",
    author=WEITZ,
    issued=PartialDate(year=2018),
    container_title="Orbis",
    volume="62",
    issue="3",
    page="31-43",
    doi="10.5555/orbis",
)
BOOK = Reference(
    kind="book",
    title="Alliance politics in Central Asia after the war",
    editor=WEITZ,
    issued=PartialDate(year=2018),
    publisher="Routledge",
    doi="10.5555/book",
)
TITLE = ORBIS.title


def accepted(line: str, *records: Reference) -> Reference | None:
    return judge(parse_reference(line), records).accepted


@pytest.mark.parametrize(
    ("asked", "record"),
    [
        (f"{TITLE}, Part I", f"{TITLE}, Part II"),
        (f"{TITLE}: Part 3: Trade and its friends", f"{TITLE}: Part 4: Fish and its foes"),
        (f"{TITLE}: first report", f"{TITLE}: second report"),
        ("Armed conflict survey of alliances 2016", "Armed conflict survey of alliances 2018"),
        (
            "Which drills are of use for treating weak alliances?",
            "Which drills are of use for preventing weak alliances?",
        ),
        (
            "Evaluation of oral sanctions in the treatment of allies",
            "Evaluation of boycotts in the treatment of allies",
        ),
        ("Security in childhood", "Security and sarcoidosis"),
        (TITLE, f"Correction: {TITLE}"),
        (f"Correction: {TITLE}", TITLE),
    ],
)
@pytest.mark.parametrize("place", [" Orbis, 62(3), 31-43.", " Orbis, 62.", ""])
def test_another_title_is_another_work(asked: str, record: str, place: str) -> None:
    line = f"Weitz, R. (2018). {asked}{'' if asked.endswith('?') else '.'}{place}"
    assert accepted(line, replace(ORBIS, title=record)) is None


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Alliance politcs in Central Asia after the war",
        "Alliance politics in Cen- tral Asia after the war",
        "Alliancepolitics in Central Asia after the wax",
        "politics Alliance war in the after Asia Central",
    ],
)
def test_slips_and_scrambled_words_contradict_nothing(title: str) -> None:
    assert accepted(f"Weitz, R. (2018). {title}. Orbis, 62(3), 31-43.", ORBIS) is ORBIS


@pytest.mark.parametrize("place", ["62(1), 1-12", "62(1), 40-43", "61(3), 5-19", "62, 301-343"])
def test_the_same_title_in_another_place_is_another_work(place: str) -> None:
    assert accepted(f"Weitz, R. (2018). {TITLE}. Orbis, {place}.", ORBIS) is None


@pytest.mark.parametrize("place", ["62(3), 31", "62, 31-43", "62(3), 81-43", "62(4), 31-43", "62", "6 2(3), 3 1-43"])
def test_one_slip_in_the_place_is_none(place: str) -> None:
    assert accepted(f"Weitz, R. (2018). {TITLE}. Orbis, {place}.", ORBIS) is ORBIS


def test_words_of_one_title_alone_need_the_place() -> None:
    record = replace(ORBIS, title="Alliance politics, trade, and sanctions in Central Asia after the war")
    assert accepted(f"Weitz, R. (2018). {TITLE}. Orbis.", record) is None
    longer = f"Alliance politics, trade, and sanctions{TITLE.removeprefix('Alliance politics')}"
    assert accepted(f"Weitz, R. (2018). {longer}. Orbis.", ORBIS) is None
    assert accepted(f"Weitz, R. (2018). {longer}. Orbis, 62(3), 31-43.", ORBIS) is ORBIS
    assert accepted(f"Weitz, R. (2018). {TITLE}. Orbis.", replace(ORBIS, title=f"{TITLE}: a survey")) is not None


def test_a_title_of_many_works_needs_the_whole_place() -> None:
    column = replace(ORBIS, title="Literature Review", page="11-15")
    assert accepted("Weitz, R. (2018). Literature Review. Orbis, 62(3), 11-15.", column) is column
    for place in ("62(2), 11-11", "62, 11-11", "62, 14-15", "62"):
        assert accepted(f"Weitz, R. (2018). Literature Review. Orbis, {place}.", column) is None
    by_nobody = replace(column, author=())
    assert accepted("Weitz, R. (2018). Literature Review. Orbis, 62, 11-15.", by_nobody) is None


def test_a_contradicted_sibling_is_no_rival_but_is_shown() -> None:
    sibling = replace(ORBIS, title=f"{TITLE}, Part II", doi="10.5555/two")
    line = f"Weitz, R. (2018). {TITLE}, Part I. Orbis, 62(3), 31-43."
    first = replace(ORBIS, title=f"{TITLE}, Part I")
    found = judge(parse_reference(line), [sibling, first])
    assert found.accepted is first
    assert "part 1 against part 2" in found.proposals[1].reasons
    alone = judge(parse_reference(line), [sibling])
    assert (alone.accepted, alone.reason) == (None, "part 1 against part 2")


@pytest.mark.parametrize(
    "line",
    [
        f"Poe, A. (2018). The steppe. In R. Weitz (Ed.), {TITLE} (pp. 31-43). Routledge.",
        f"Poe, A. (2018). The steppe and its armies in that century. In R. Weitz (Ed.), {TITLE} (pp. 3-9). Routledge.",
        f"Poe A. Nomads. In: Weitz R, editor. {TITLE}. London: Routledge; 2018. p. 31-43.",
        f"Weitz, R. (2018). {TITLE} [PhD thesis, Oxford].",
    ],
)
@pytest.mark.parametrize("people", ["editor", "author"])
def test_a_part_or_a_thesis_is_not_the_book(line: str, people: str) -> None:
    book = BOOK if people == "editor" else replace(BOOK, editor=(), author=WEITZ)
    assert accepted(line, book) is None


def test_a_book_is_the_book() -> None:
    line = f"Weitz, R. (Ed.). (2018). {TITLE}. Routledge."
    assert accepted(line, BOOK) is BOOK


def test_another_edition_is_another_book() -> None:
    old = replace(BOOK, editor=(), author=WEITZ, issued=PartialDate(year=2010))
    found = judge(parse_reference(f"Weitz, R. (2018). {TITLE} (2nd ed.). Routledge."), [old], threshold=0.5)
    assert found.accepted is None
    assert found.reason == "edition 2, and its record is of 2010"


def test_another_outlet_year_or_nobody_of_the_record() -> None:
    assert accepted(f"Weitz, R. (2018, May 3). {TITLE}. The Diplomat.", ORBIS) is None
    assert accepted(f"Weitz, R. (2002). {TITLE}. Orbis, 62.", ORBIS) is None
    bare = replace(ORBIS, volume="", issue="", page="", container_title="The Handbook")
    assert accepted(f"{TITLE}. 2018.", bare) is None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"issue": "2", "page": "11-11"}, {"issue": "6", "page": "11-15"}),
        ({"issue": "4", "page": "13-15"}, {"issue": "1", "page": "14-15"}),
        ({"issue": "", "page": "13-15"}, {"issue": "1", "page": "40-45"}),
        ({"issue": "", "page": ""}, {"issue": "1", "page": "40-45"}),
    ],
)
def test_fields_with_a_title_of_many_works_need_the_place_too(ours: dict[str, str], theirs: dict[str, str]) -> None:
    for title in ("Literature Review", "Questions and Answers"):
        column = replace(ORBIS, title=title)
        assert judge(replace(column, doi="", **ours), [replace(column, **theirs)]).accepted is None
        whole = replace(column, **theirs)
        assert judge(replace(whole, doi=""), [whole]).accepted is whole
