"""Styles that are small to read and endless to print are refused before they print."""

from __future__ import annotations

import pytest
from lxml import etree

from alliancebib.csl import Processor, compiler, parse_style
from alliancebib.csl.elements.groups import Element
from alliancebib.errors import StyleError
from growth import in_proportion
from small_styles import book, style_xml

LEAF = '<text variable="title"/>'
DATE = '<date variable="issued"><date-part name="year"/></date>'


def doubling(levels: int, last: str = LEAF) -> str:
    """Give macros that each call the next one twice; the first is ``m0``."""
    macros = [f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(levels)]
    return "".join(macros) + f'<macro name="m{levels}">{last}</macro>'


def cited(xml: str) -> str:
    processor = Processor(parse_style(xml))
    processor.register([book("a", title="T", issued=2000)])
    return processor.cite(["a"])


def test_macros_that_double_are_printed_while_they_are_few() -> None:
    assert cited(style_xml('<text macro="m0"/>', before=doubling(5))) == "T" * 32


@pytest.mark.parametrize("last", [LEAF, DATE])
def test_macros_that_double_too_often_are_refused_at_once(monkeypatch: pytest.MonkeyPatch, last: str) -> None:
    """Each macro is compiled once, however often it would print; if few levels were not refused, more would not end."""
    parents: list[object] = []
    compiled = compiler._Compiler.all

    def counted(self: compiler._Compiler, parent: etree._Element) -> tuple[Element, ...]:
        parents.append(parent)
        return compiled(self, parent)

    monkeypatch.setattr(compiler._Compiler, "all", counted)
    for levels in (16, 55):
        parents.clear()
        with pytest.raises(StyleError, match="25,000 elements") as caught:
            cited(style_xml('<text macro="m0"/>', before=doubling(levels, last)))
        assert len(parents) <= levels + 2  # the layout and the macro without calls stand beside them
        assert "styles --search" in caught.value.help


@pytest.mark.parametrize("last", [LEAF, DATE])
def test_sort_keys_are_counted_too(last: str) -> None:
    keys = '<key macro="m0"/>'
    with pytest.raises(StyleError, match="25,000 elements"):
        cited(style_xml(LEAF, before=doubling(16, last), citation_sort=keys))


def test_of_several_branches_the_largest_counts() -> None:
    """The largest official styles hold some 800,000 elements over all branches, and print 1,089 of them at most."""
    branches = [f'<else-if type="book"><text macro="m{n % 3}"/></else-if>' for n in range(40)]
    choose = f'<choose><if type="map"><text macro="m0"/></if>{"".join(branches)}</choose>'
    assert cited(style_xml(choose, before=doubling(11))) == "T" * 2048


def test_a_style_of_many_conditions_is_done_in_time() -> None:
    def processor(conditions: int) -> Processor:
        tests = '<choose><if disambiguate="true"><text value="x"/></if></choose>' * conditions
        made = Processor(parse_style(style_xml(LEAF + tests)))
        made.register([book("a", title="T"), book("b", title="T")])
        return made

    in_proportion(processor, lambda made: made.cite(["a"]), 100)


@pytest.mark.parametrize("attribute", ["near-note-distance", "line-spacing", "entry-spacing"])
def test_numbers_that_are_too_long_say_nothing(attribute: str) -> None:
    place = "<citation" if attribute == "near-note-distance" else "<bibliography"
    xml = style_xml(LEAF, LEAF).replace(place, f'{place} {attribute}="{"9" * 5000}"')
    assert attribute in xml
    processor = Processor(parse_style(xml))
    processor.register(book("a"))
    layout = processor.bibliography().layout
    assert (layout.line_spacing, layout.entry_spacing) == (1, 1)
