"""A dash for authors that the entry before has as well (CSL 1.0.2, "Reference Grouping")."""

from __future__ import annotations

import pytest

from small_styles import book, entries, name

DASH = 'subsequent-author-substitute="---"'
NAMES = '<names variable="author"><name/><substitute>{}</substitute></names>'
TITLE = '<text variable="title"/>'


def listed(layout: str, **more: str) -> list[str]:
    works = [book(str(n), title=f"T{n}", author=[name("Doe", "Jo")], volume="7") for n in (1, 2)]
    return entries(layout, works, bibliography_attributes=DASH, **more)


@pytest.mark.parametrize("before", ["", '<text variable="citation-number" suffix=". "/>', '<text variable="issue"/>'])
def test_names_that_an_entry_begins_with_give_way(before: str) -> None:
    first, second = listed(before + NAMES.format("") + TITLE)
    assert (first.endswith("Jo DoeT1"), second.endswith("---T2")) == (True, True)


@pytest.mark.parametrize("before", [TITLE, '<text variable="volume"/>', '<text value="By "/>'])
def test_names_amid_an_entry_stay(before: str) -> None:
    assert all("Jo Doe" in entry for entry in listed(before + NAMES.format("")))


def test_affixes_and_quotes_of_a_title_that_stands_for_names_stay() -> None:
    title = '<text variable="title" prefix="(" suffix=")" quotes="true"/>'
    works = [book(str(n), title="T", volume=str(n)) for n in (1, 2)]
    layout = NAMES.format(title) + '<text variable="volume" prefix=" "/>'
    assert entries(layout, works, bibliography_attributes=DASH) == ["(“T”) 1", "(“---”) 2"]
