"""Repeated authors give way to a dash (CSL 1.0.2, "Reference Grouping"); no entry gives way altogether."""

from __future__ import annotations

from alliancebib.csl import Processor
from small_styles import book, name, style_of

NAMES = '<names variable="author"><substitute><text variable="title"/></substitute></names>'


def listed(substitute: str, layout: str = NAMES, **values: object) -> list[tuple[str, str]]:
    style = style_of("", layout, bibliography_attributes=f'subsequent-author-substitute="{substitute}"')
    processor = Processor(style)
    processor.register([book("1", title="T", **values), book("2", title="T", **values)])
    return [(entry.id, entry.text) for entry in processor.bibliography().entries]


def test_an_entry_that_is_nothing_but_what_would_go_stays() -> None:
    assert listed("") == [("1", "T"), ("2", "T")]
    assert listed("", author=[name("Doe")]) == [("1", "Doe"), ("2", "Doe")]


def test_names_go_where_something_else_is_printed() -> None:
    layout = f'{NAMES}<text variable="publisher" prefix="P "/>'
    assert listed("", layout, author=[name("Doe")], publisher="x") == [("1", "DoeP x"), ("2", "P x")]
    assert listed("—") == [("1", "T"), ("2", "—")]
