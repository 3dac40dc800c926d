"""HTML: formatting attributes, divisions, escaping."""

from __future__ import annotations

import pytest

from alliancebib.csl import Processor, parse_style
from alliancebib.csl.output.html import to_html
from alliancebib.csl.output.stream import Mark, Piece, Token
from small_styles import book, cited, entries, style_xml


@pytest.mark.parametrize(
    ("attribute", "html"),
    [
        ('font-style="italic"', "<i>T</i>"),
        ('font-weight="bold"', "<b>T</b>"),
        ('vertical-align="sup"', "<sup>T</sup>"),
        ('vertical-align="sub"', "<sub>T</sub>"),
        ('font-variant="small-caps"', '<span style="font-variant:small-caps;">T</span>'),
        ('text-decoration="underline"', '<span style="text-decoration:underline;">T</span>'),
        ('font-style="normal"', "T"),
    ],
)
def test_formatting(attribute: str, html: str) -> None:
    assert cited(f'<text variable="title" {attribute}/>', {"title": "T"}, output="html") == html


def test_affixes_stand_outside_the_formatting_of_an_element() -> None:
    layout = '<text variable="title" font-style="italic" prefix="(" suffix=")"/>'
    assert cited(layout, {"title": "T"}, output="html") == "(<i>T</i>)"


@pytest.mark.parametrize("display", ["block", "left-margin", "right-inline", "indent"])
def test_display(display: str) -> None:
    layout = f'<text variable="title"/><text variable="publisher" display="{display}"/>'
    (entry,) = entries(layout, [book("a", title="T", publisher="P")], output="html")
    assert f'<div class="csl-{display}">P</div>' in entry


def test_all_text_is_escaped_also_that_of_the_style() -> None:
    layout = '<text variable="title" prefix="&lt;" suffix="&amp;"/><text value="&lt;i&gt;"/>'
    assert cited(layout, {"title": "a<b"}, output="html") == "&lt;a&lt;b&amp;&lt;i&gt;"


def test_streams() -> None:
    tokens: list[Token] = [
        Mark("font-weight", "bold", opens=True),
        Piece("a&b"),
        Mark("font-weight", "bold", opens=False),
    ]
    assert to_html(tokens) == "<b>a&amp;b</b>"
    assert to_html([]) == ""


def test_superscript_characters_are_set_as_superscript() -> None:
    assert cited('<text variable="title"/>', {"title": "m²"}, output="html") == "m<sup>2</sup>"
    assert cited('<text variable="title"/>', {"title": "m²"}) == "m²"


@pytest.mark.parametrize(
    "attribute", ["font-style", "font-variant", "font-weight", "text-decoration", "vertical-align", "display"]
)
@pytest.mark.parametrize("value", ["x&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;", "&quot; onmouseover=&quot;a()"])
def test_a_style_brings_no_markup_in_its_attributes(attribute: str, value: str) -> None:
    layout = f'<names variable="author" {attribute}="{value}"/><text variable="title" {attribute}="{value}"/>'
    style = parse_style(style_xml(layout, layout, layout_attributes=f'{attribute}="{value}"'))
    processor = Processor(style, output="html")
    processor.register([book("a", title="T", author=[{"family": "D"}])])
    assert (processor.cite(["a"]), processor.bibliography().entries[0].text) == ("DT", "DT")


def test_what_a_mark_holds_is_escaped() -> None:
    mark = Mark("font-style", '"><b>', opens=True)
    assert to_html([mark]) == '<span style="font-style:&quot;&gt;&lt;b&gt;;">'


def test_only_parts_of_the_layout_itself_are_blocks() -> None:
    part = '<text variable="publisher" display="block"/>'
    item = [{"id": "x", "type": "book", "title": "T", "publisher": "P"}]
    macros = f'<macro name="m">{part}</macro>'
    for layout in (f'<text variable="title"/><group>{part}</group>', '<text variable="title"/><text macro="m"/>'):
        assert entries(layout, item, before=macros) == ["TP"]
    branch = f'<text variable="title"/><choose><if type="book">{part}</if></choose>'
    assert entries(branch, item) == ["T\nP"]
