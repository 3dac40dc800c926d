"""Long fields and long styles take time in proportion to their length."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alliancebib.csl import parse_style
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.text_case import recased
from alliancebib.csl.output.tree import Leaf
from alliancebib.errors import StyleError
from growth import in_proportion
from small_styles import style_xml


def macros_in_a_row(count: int) -> str:
    """Give a style whose last macro calls the first one, so that every way has to be walked."""
    calls = [f'<macro name="m{number}"><text macro="m{(number + 1) % count}"/></macro>' for number in range(count)]
    return style_xml('<text macro="m0"/>', before="".join(calls))


def refused(style: str) -> None:
    with pytest.raises(StyleError, match="calls itself"):
        parse_style(style)


WORK: dict[str, tuple[Callable[[int], object], int]] = {
    "words in title case": (lambda size: recased(Leaf("word: of " * size), "title"), 250),
    "quotations": (lambda size: field_nodes("a 'b' " * size), 500),
    "marks that never close": (lambda size: field_nodes("\"a 'b " * size), 500),
    "tags that never close": (lambda size: field_nodes("<i>a" * size), 500),
    "macros in a row": (lambda size: refused(macros_in_a_row(size)), 500),
}


@pytest.mark.parametrize("what", WORK)
def test_time_grows_in_proportion(what: str) -> None:
    work, size = WORK[what]
    in_proportion(int, work, size)
