"""Positions of cites over a document (CSL 1.0.2, "Position")."""

from __future__ import annotations

import pytest

from alliancebib.csl.citing.cite import Citation, Cite
from alliancebib.csl.citing.document import Document

FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = range(4)


def document(*rows: tuple[int, str], distance: int = 5) -> Document:
    """Make citations of some items ("a b") in notes."""
    citations = [
        Citation(id=str(place), cites=tuple(Cite(id=id_) for id_ in items.split()), note=note)
        for place, (note, items) in enumerate(rows)
    ]
    return Document(distance, citations)


def positions(*rows: tuple[int, str]) -> list[int]:
    return [cite.position for citation in document(*rows).positioned() for cite in citation.cites]


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ([(1, "a"), (2, "a")], [FIRST, IBID]),
        ([(1, "a"), (2, "b"), (3, "a")], [FIRST, FIRST, SUBSEQUENT]),
        ([(1, "a a")], [FIRST, IBID]),
        ([(1, "a b"), (2, "b")], [FIRST, FIRST, SUBSEQUENT]),
        ([(1, "a b a")], [FIRST, FIRST, SUBSEQUENT]),
        ([(1, "a"), (2, "b a")], [FIRST, FIRST, SUBSEQUENT]),
        ([(1, "a"), (2, "a b"), (3, "a")], [FIRST, IBID, FIRST, SUBSEQUENT]),
        ([(0, "a"), (0, "a")], [FIRST, IBID]),
    ],
)
def test_positions(rows: list[tuple[int, str]], right: list[int]) -> None:
    assert positions(*rows) == right


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        ("", "", IBID),
        ("", "3", IBID_WITH_LOCATOR),
        ("3", "3", IBID),
        ("3", "4", IBID_WITH_LOCATOR),
        ("3", "", SUBSEQUENT),
    ],
)
def test_locators(one: str, other: str, right: int) -> None:
    cites = [Citation(id=x, cites=(Cite(id="a", locator=x.strip("x")),), note=n) for n, x in enumerate((one, other), 1)]
    cites = [Citation(id=str(n), cites=c.cites, note=c.note) for n, c in enumerate(cites)]
    assert Document(5, cites).positioned()[1].cites[0].position == right


def test_the_kind_of_a_locator_counts() -> None:
    cites = [Cite(id="a", locator="3", label="page"), Cite(id="a", locator="3", label="chapter")]
    done = Document(5, [Citation(id="1", cites=tuple(cites), note=1)]).positioned()
    assert [cite.position for cite in done[0].cites] == [FIRST, IBID_WITH_LOCATOR]


def test_near_notes_and_first_notes() -> None:
    done = document((1, "a"), (2, "b"), (4, "a"), (9, "a"), distance=3).positioned()
    assert [(c.cites[0].near_note, c.cites[0].first_note) for c in done] == [
        (False, 0), (False, 0), (True, 1), (False, 1),
    ]  # fmt: skip


def test_inserting_replaces_and_renumbers() -> None:
    old = document((1, "a"), (2, "b"))
    new = old.with_citation(Citation(id="0", cites=(Cite(id="c"),), note=2), before=[("1", 1)], after=[])
    assert new.ids() == ("1", "0")
    assert new.item_ids() == ["b", "c"]
    assert new.first_notes() == {"b": 1, "c": 2}
    assert old.ids() == ("0", "1")


def test_unknown_neighbours_are_no_citations() -> None:
    new = document().with_citation(Citation(id="x", cites=()), before=[("gone", 1)], after=[("too", 2)])
    assert new.ids() == ("x",)
