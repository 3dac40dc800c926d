"""What other processors trip over: odd items, odd fields, hostile styles."""

from __future__ import annotations

from typing import Any

import pytest

from alliancebib.csl import Processor, load_style, parse_style
from alliancebib.errors import StyleError


def style(layout: str, *, rest: str = "", attributes: str = "") -> str:
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" {attributes}>{rest}'
        f'<citation><layout delimiter="; ">{layout}</layout></citation>'
        f"<bibliography><layout>{layout}</layout></bibliography></style>"
    )


def cited(layout: str, *items: dict[str, Any], output: str = "text", locale: str = "en-US", **more: str) -> str:
    processor = Processor(parse_style(style(layout, **more)), locale=locale, output=output)
    processor.register([{"id": str(place), **item} for place, item in enumerate(items)])
    return processor.cite([str(item.get("id", place)) for place, item in enumerate(items)])


DATE = '<date variable="issued" form="text"/>'
LOUD = '<date variable="issued" form="text"><date-part name="month" form="short" text-case="uppercase"/></date>'


def test_an_attribute_of_one_date_stays_with_it() -> None:
    layout = f'<group delimiter=" | ">{DATE}{LOUD}{DATE}</group>'
    assert (
        cited(layout, {"issued": {"date-parts": [[2001, 2, 3]]}})
        == "February 3, 2001 | FEB. 3, 2001 | February 3, 2001"
    )


@pytest.mark.parametrize(
    ("issued", "text"),
    [
        ({"date-parts": [[None]]}, "none"),
        ({"date-parts": [[]]}, "none"),
        ({"date-parts": []}, "none"),
        (None, "none"),
        ({"date-parts": [["2004", None]]}, "2004"),
        ({"raw": "2004-05-06"}, "May 6, 2004"),
        ({"raw": "6 May 2004"}, "May 6, 2004"),
        ({"date-parts": [[2000]], "season": 3}, "Autumn 2000"),
        ({"date-parts": [[2003, 8, 10], [2003, 8, 23]]}, "August 10–23, 2003"),
        ({"date-parts": [[2004, 5], [2004]]}, "May 2004"),
        ({"date-parts": [[-43, 3, 15]]}, "March 15, 43 BC"),
        ({"literal": "forthcoming"}, "forthcoming"),
        ({"date-parts": [[2001, 99, 99]]}, "2001"),
    ],
)
def test_dates(issued: object, text: str) -> None:
    layout = f'<choose><if variable="issued">{DATE}</if><else><text value="none"/></else></choose>'
    assert cited(layout, {"issued": issued}).casefold() == text.casefold()


@pytest.mark.parametrize(
    ("title", "output", "text"),
    [
        ("<script>alert(1)</script> a & b", "html", "&lt;script&gt;alert(1)&lt;/script&gt; a &amp; b"),
        ("One & <i>two</i>", "text", "One & two"),
        ("<i>never closed", "html", "&lt;i&gt;never closed"),
        ("<i>a</b></i>", "html", "<i>a&lt;/b&gt;</i>"),
        ("She said 'no' to \"it\"", "text", "She said “no” to “it”"),
        ("dogs' tails", "text", "dogs’ tails"),
        ("the class of '68", "text", "the class of ’68"),
        ("עברית and English", "text", "עברית and English"),
        ("x²", "html", "x<sup>2</sup>"),
        ("x²", "text", "x²"),
    ],
)
def test_fields(title: str, output: str, text: str) -> None:
    assert cited('<text variable="title"/>', {"title": title}, output=output) == text


def test_ids_that_differ_in_case_are_two_items() -> None:
    processor = Processor(load_style("apa"))
    processor.register([{"id": "A", "type": "book", "title": "One"}, {"id": "a", "type": "book", "title": "Two"}])
    assert len(processor.bibliography().entries) == 2


def test_items_without_type_or_with_an_unknown_one_are_printed() -> None:
    layout = '<choose><if type="book"><text value="book"/></if><else><text variable="title"/></else></choose>'
    assert cited(layout, {"title": "A"}, {"type": "nonsense", "title": "B"}) == "A; B"


def test_cites_stand_in_the_order_in_which_they_are_given() -> None:
    processor = Processor(parse_style(style('<text variable="title"/>')))
    processor.register([{"id": "1", "title": "A"}, {"id": "2", "title": "B"}])
    assert processor.cite(["2", "1"]) == "B; A"


def test_a_web_page_of_nobody_has_its_title_once() -> None:
    processor = Processor(load_style("apa"))
    processor.register([{"id": "1", "type": "webpage", "title": "A page", "URL": "https://example.org"}])
    assert processor.bibliography().entries[0].text.count("A page") == 1


def test_a_question_mark_needs_no_full_stop() -> None:
    processor = Processor(load_style("nature"))
    item = {"id": "1", "type": "article-journal", "title": "Who knows?", "container-title": "Journal"}
    processor.register([item])
    assert "Who knows? Journal" in processor.bibliography().entries[0].text


def test_thousands_of_authors_are_no_trouble() -> None:
    authors = [{"family": f"F{number}", "given": "A."} for number in range(5_000)]
    twin = [*authors[:-1], {"family": "Last", "given": "B."}]
    processor = Processor(load_style("apa"))
    issued = {"date-parts": [[2012]]}
    processor.register(
        [
            {"id": "1", "type": "article-journal", "title": "A", "author": authors, "issued": issued},
            {"id": "2", "type": "article-journal", "title": "B", "author": twin, "issued": issued},
        ]
    )
    assert processor.cite(["1", "2"]) == "(F0 et al., 2012a, 2012b)"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + style("<text value='&x;'/>"),
        '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + style("<text value='&b;'/>"),
        style('<text macro="m"/>', rest='<macro name="m"><group><text macro="m"/></group></macro>'),
        style('<text macro="nowhere"/>'),
        style("<group>" * 3_000 + "<text value='x'/>" + "</group>" * 3_000),
        "<style/>",
        "no xml",
        "",
    ],
)
def test_a_style_that_cannot_be_used_gets_one_sentence(text: str) -> None:
    with pytest.raises(StyleError):
        Processor(parse_style(text))


def test_a_style_that_names_itself_as_parent_is_refused() -> None:
    text = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>x</title>'
        '<link rel="independent-parent" href="http://www.zotero.org/styles/me"/></info></style>'
    )
    with pytest.raises(StyleError):
        parse_style(text, name="me")
