"""Long fields and long styles take time in proportion to their length."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from alliancebib.csl import parse_style
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.text_case import recased
from alliancebib.csl.output.tree import Leaf
from alliancebib.errors import StyleError
from small_styles import style_xml


def macros_in_a_row(count: int) -> str:
    """Give a style whose last macro calls the first one, so that every way has to be walked."""
    calls = [f'<macro name="m{number}"><text macro="m{(number + 1) % count}"/></macro>' for number in range(count)]
    return style_xml('<text macro="m0"/>', before="".join(calls))


def refused(style: str) -> None:
    with pytest.raises(StyleError, match="calls itself"):
        parse_style(style)


WORK: dict[str, tuple[Callable[[int], object], int]] = {
    "words in title case": (lambda size: recased(Leaf("word: of " * size), "title"), 500),
    "quotations": (lambda size: field_nodes("a 'b' " * size), 1_000),
    "marks that never close": (lambda size: field_nodes("\"a 'b " * size), 1_000),
    "tags that never close": (lambda size: field_nodes("<i>a" * size), 1_000),
    "macros in a row": (lambda size: refused(macros_in_a_row(size)), 500),
}


def seconds(work: Callable[[int], object], size: int) -> float:
    """Give the least of three times; sizes differ a little, since fields are remembered."""
    gc.disable()  # a large process is walked through now and then
    try:
        times = []
        for repeat in range(3):
            started = time.process_time()
            work(size + repeat)
            times.append(time.process_time() - started)
        return min(times)
    finally:
        gc.enable()


@pytest.mark.parametrize("what", WORK)
def test_eightfold_length_takes_not_the_square_of_the_time(what: str) -> None:
    work, size = WORK[what]
    assert seconds(work, 8 * size) < 24 * seconds(work, size)  # in proportion it is 8 times, by the square 64 times
