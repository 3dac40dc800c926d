"""A dash for authors that the entry before has as well (CSL 1.0.2, "Reference Grouping")."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor
from small_styles import book, entries, name, style_of

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


WITH_TITLE = NAMES.format(TITLE)


def substituted(substitute: str, layout: str = WITH_TITLE, **values: object) -> list[tuple[str, str]]:
    style = style_of("", layout, bibliography_attributes=f'subsequent-author-substitute="{substitute}"')
    processor = Processor(style)
    processor.register([book("1", title="T", **values), book("2", title="T", **values)])
    return [(entry.id, entry.text) for entry in processor.bibliography().entries]


def test_an_entry_that_is_nothing_but_what_would_go_stays() -> None:
    assert substituted("") == [("1", "T"), ("2", "T")]
    assert substituted("", author=[name("Doe")]) == [("1", "Doe"), ("2", "Doe")]


def test_names_go_where_something_else_is_printed() -> None:
    layout = f'{WITH_TITLE}<text variable="publisher" prefix="P "/>'
    assert substituted("", layout, author=[name("Doe")], publisher="x") == [("1", "DoeP x"), ("2", "P x")]
    assert substituted("—") == [("1", "T"), ("2", "—")]
