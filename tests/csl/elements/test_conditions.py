"""Conditions and groups (CSL 1.0.2, "Choose", "Group")."""

from __future__ import annotations

import pytest

from small_styles import cited


def holds(condition: str, item: dict[str, object] | None = None, cite: dict[str, object] | None = None) -> bool:
    layout = f'<choose><if {condition}><text value="yes"/></if><else><text value="no"/></else></choose>'
    return cited(layout, item or {"title": "T"}, cite=cite) == "yes"


@pytest.mark.parametrize(
    ("condition", "right"),
    [
        ('type="book"', True),
        ('type="article"', False),
        ('type="article book" match="any"', True),
        ('type="article" match="none"', True),
        ('variable="title"', True),
        ('variable="title publisher"', False),
        ('variable="title publisher" match="any"', True),
        ('variable="title publisher" match="none"', False),
        ('variable="publisher page" match="none"', True),
        ('variable="author"', True),
        ('variable="editor"', False),
        ('variable="issued"', True),
        ('variable="accessed"', False),
        ('type="book" variable="publisher"', False),
        ('type="book" variable="publisher" match="any"', True),
        ('disambiguate="true"', False),
        ('is-uncertain-date="issued"', True),
        ('is-uncertain-date="accessed"', False),
    ],
)
def test_conditions(condition: str, right: bool) -> None:
    item: dict[str, object] = {"type": "book", "title": "T", "author": [{"family": "Doe"}], "editor": []}
    item |= {"issued": {"date-parts": [[2000]], "circa": True}, "accessed": {"date-parts": [[None]]}, "page": ""}
    assert holds(condition, item) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("5", True), (7, True), ("2nd", True), ("D2", True), ("2, 3", True), ("2-4", True), ("2 & 4", True),
        ("second", False), ("2nd edition", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_is_numeric(text: object, right: bool) -> None:
    assert holds('is-numeric="edition"', {"edition": text}) is right


@pytest.mark.parametrize(
    ("locator", "right"), [("page", True), ("chapter", False), ("chapter page", True), ("sub-verbo", False)]
)
def test_locators(locator: str, right: bool) -> None:
    condition = f'locator="{locator}" match="any"'
    assert holds(condition, cite={"locator": "5", "label": "page"}) is right
    assert not holds(condition)


def test_sub_verbo_in_both_spellings() -> None:
    for label in ("sub-verbo", "sub verbo"):
        assert holds('locator="sub-verbo"', cite={"locator": "x", "label": label})


@pytest.mark.parametrize(
    ("position", "true_at"),
    [("first", {0}), ("subsequent", {1, 2, 3}), ("ibid", {2, 3}), ("ibid-with-locator", {3})],
)
def test_positions(position: str, true_at: set[int]) -> None:
    assert {n for n in range(4) if holds(f'position="{position}"', cite={"position": n})} == true_at


def test_the_first_branch_that_holds_prints() -> None:
    layout = (
        '<choose><if type="book"><text value="1"/></if><else-if variable="title"><text value="2"/></else-if>'
        '<else-if variable="title"><text value="3"/></else-if><else><text value="4"/></else></choose>'
    )
    assert [cited(layout, item) for item in ({"type": "book", "title": "T"}, {"title": "T"}, {"page": "1"})] == [
        "1", "2", "4",
    ]  # fmt: skip


GROUP = '<group prefix="(" suffix=")" delimiter=" "><text term="in"/><text variable="publisher"/></group>'


@pytest.mark.parametrize(
    ("layout", "right"),
    [
        (GROUP, "."),
        (GROUP.replace("publisher", "title"), "(in T)."),
        ('<group><text value="a"/><text term="in"/></group>', "ain."),
        (f'<group><text value="a"/>{GROUP}</group>', "."),
        ('<group delimiter=", "><text variable="title"/><text variable="page"/><text value="x"/></group>', "T, x."),
    ],
)
def test_groups_go_with_their_variables(layout: str, right: str) -> None:
    assert cited(layout + '<text value="."/>', {"title": "T"}) == right
