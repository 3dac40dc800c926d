"""The CSTO page against its gold: every entry with exactly its fields, and nothing that is no entry."""

from __future__ import annotations

import json
from typing import Any

import pytest

from alliancebib.csl.items import to_csl
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.outline import make_outline
from alliancebib.page import Line, Page, Role
from alliancebib.parsers import parse_lines
from shared_data import SHARED, shared

_FILE = SHARED / "data" / "csto-gold.json"
GOLD: dict[str, Any] = json.loads(_FILE.read_text("utf-8")) if _FILE.exists() else {"entries": [], "non_entries": []}
ENTRIES = {entry["line"]: entry for entry in GOLD["entries"]}
#: What a reference has beside the fields that the gold speaks of.
OWN = {"id", "custom"}


@pytest.fixture(scope="module")
def page() -> Page:
    """The page as lines, with its outline."""
    texts = shared("csto.txt").read_text("utf-8").split("\n")
    lines = tuple(Line(number=number, text=text) for number, text in enumerate(texts, 1) if text.strip())
    return make_outline(Page(name="csto.txt", lines=lines))


@pytest.fixture(scope="module")
def library(page: Page) -> Library:
    """Its entries."""
    return parse_lines(page)


@pytest.fixture(scope="module")
def by_line(library: Library) -> dict[int, Reference]:
    """Its entries by their line."""
    return {reference.origin.line: reference for reference in library}


def test_all_entries_and_no_others(page: Page, by_line: dict[int, Reference]) -> None:
    shared("csto-gold.json")
    others = {line["line"] for line in GOLD["non_entries"]}
    assert sorted(by_line) == sorted(ENTRIES)
    assert {line.number for line in page.lines if line.role is not Role.ENTRY} == others
    assert (len(by_line), len(others)) == (42, 34)
    assert all(line.why for line in page.lines)


@pytest.mark.parametrize("number", ENTRIES)
def test_the_fields_of_an_entry(by_line: dict[int, Reference], number: int) -> None:
    gold, reference = ENTRIES[number], by_line[number]
    item = {name: value for name, value in to_csl(reference).items() if name not in OWN}
    wanted = dict(gold["expected"])
    for name, others in gold.get("also", {}).items():
        if item.get(name) in others:
            wanted[name] = item[name]
    assert item == wanted
    assert reference.inferred == set(gold.get("inferred", []))
    assert reference.origin.link_title == gold.get("link_title", "")
    assert reference.origin.section == gold["section"]
    assert reference.origin.raw == gold["raw"]
    assert reference.leftover == ()


def test_what_the_page_says_of_itself(page: Page) -> None:
    assert page.title == GOLD["title"]
    assert str(page.updated) == GOLD["last_updated"]
    assert page.author == "Ziva Rozen-Bakher"
    assert [section.expects for section in page.sections][-2:] == ["news", "literature"]
    assert page.sections[0].note.startswith("CSTO is a Military Alliance")


def test_navigation_is_offered_on_request() -> None:
    texts = shared("csto.txt").read_text("utf-8").split("\n")
    lines = tuple(Line(number=number, text=text) for number, text in enumerate(texts, 1) if text.strip())
    library = parse_lines(make_outline(Page(name="csto.txt", lines=lines), navigation=True))
    extra = {reference.origin.line for reference in library} - set(ENTRIES)
    assert extra == {5, 6, 7, 9, 11, 13, 14, 16, 18, 20, 21}


def test_nothing_is_uncertain_or_left_over(library: Library) -> None:
    assert library.findings == ()
    assert len({reference.id for reference in library}) == 42


@pytest.mark.parametrize(
    ("dropped", "level", "step"),
    [({22}, 0, 1), (set(range(3, 22)), 0, 1), ({1}, 0, 1), ({1, 2}, 0, 1), (set(), 2, 1), (set(), 0, 2)],
    ids=["no repeated title", "no navigation", "no title", "no head", "headings marked", "empty lines between"],
)
def test_the_entries_do_not_hang_on_one_layout(dropped: set[int], level: int, step: int) -> None:
    texts = shared("csto.txt").read_text("utf-8").split("\n")
    headings = {line["line"] for line in GOLD["non_entries"] if line["why"] == "heading"}
    lines = tuple(
        Line(number=number * step, text=text, level=level if number in headings else 0)
        for number, text in enumerate(texts, 1)
        if text.strip() and number not in dropped
    )
    page = make_outline(Page(name="csto.txt", lines=lines))
    assert [line.number // step for line in page.with_role(Role.ENTRY)] == sorted(ENTRIES)
