"""Faults that other processors are known for, each with an input and the right answer, and input that is hostile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from alliancebib.csl import Processor, load_style, parse_style
from alliancebib.errors import StyleError
from small_styles import NAMESPACE, book, cited, entries, name, style_of, style_xml

TITLE = '<text variable="title"/>'
DATE = '<date variable="issued" form="text"/>'
LOUD = '<date variable="issued" form="text"><date-part name="month" form="short" text-case="uppercase"/></date>'
NAMES = '<names variable="author"><name form="short" et-al-min="3" et-al-use-first="1"/></names>'


def test_a_changed_date_part_changes_no_later_date() -> None:
    layout = f'<group delimiter=" | ">{DATE}{LOUD}{DATE}</group>'
    text = cited(layout, {"issued": {"date-parts": [[2001, 2, 3]]}})
    assert text == "February 3, 2001 | FEB. 3, 2001 | February 3, 2001"


def test_an_output_belongs_to_a_run_and_not_to_the_style() -> None:
    style = style_of("", '<text variable="title" font-style="italic"/>')
    html, text = Processor(style, output="html"), Processor(style)
    for processor in (html, text):
        processor.register([book("b", title="B")])
    done = html.bibliography()
    assert text.bibliography().entries[0].text == "B"
    assert done.entries[0].text == html.bibliography().entries[0].text == "<i>B</i>"


def test_ids_that_differ_in_case_are_two() -> None:
    assert entries(TITLE, [book("A", title="one"), book("a", title="two")]) == ["one", "two"]


@pytest.mark.parametrize(
    ("title", "html", "text"),
    [
        (
            "<script>alert(1)</script> a & b",
            "&lt;script&gt;alert(1)&lt;/script&gt; a &amp; b",
            "<script>alert(1)</script> a & b",
        ),
        ("One & <i>two</i>", "One &amp; <i>two</i>", "One & two"),
        ("a &amp; b", "a &amp;amp; b", "a &amp; b"),
        ("x < y > z", "x &lt; y &gt; z", "x < y > z"),
        ("<i>open", "&lt;i&gt;open", "<i>open"),
        ("<i>a</b></i>", "<i>a&lt;/b&gt;</i>", "a</b>"),
        ("shut</i>", "shut&lt;/i&gt;", "shut</i>"),
        (
            "العربية mixed עברית и русский 中文",
            "العربية mixed עברית и русский 中文",
            "العربية mixed עברית и русский 中文",
        ),
    ],
)
def test_fields_are_text(title: str, html: str, text: str) -> None:
    assert cited(TITLE, {"title": title}, output="html") == html
    assert cited(TITLE, {"title": title}) == text


def test_a_tag_with_attributes_is_text() -> None:
    assert "<b " not in cited(TITLE, {"title": "<b onclick='x'>b</b>"}, output="html")


def test_markup_that_overlaps_leaves_no_open_tag() -> None:
    html = cited(TITLE, {"title": "<i>a<b>c</i>d</b>"}, output="html")
    assert html.count("<i>") == html.count("</i>")
    assert html.count("<b>") == html.count("</b>")


def test_cites_keep_their_order_without_sort_keys() -> None:
    processor = Processor(style_of(layout_attributes='delimiter="; "'))
    processor.register([book("a", title="A"), book("b", title="B")])
    assert processor.cite(["b", "a"]) == "B; A"


@pytest.mark.parametrize(
    ("issued", "right"),
    [
        ({"date-parts": [[None]]}, ""),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": []}, ""),
        ({"date-parts": None}, ""),
        ({}, ""),
        (None, ""),
        ({"date-parts": [["2004", None]]}, "2004"),
        ({"date-parts": [["2004", "5", "6"]]}, "May 6, 2004"),
        ({"date-parts": [[2004, 13, 40, 7]]}, "Spring 2004"),
        ({"raw": "2004-05-06"}, "May 6, 2004"),
        ({"raw": "6 May 2004"}, "May 6, 2004"),
        ({"date-parts": [[2000]], "season": 3}, "Autumn 2000"),
        ({"date-parts": [[2003, 8, 10], [2003, 8, 23]]}, "August 10–23, 2003"),
        ({"date-parts": [[2004, 5], [2004]]}, "May 2004"),
        ({"date-parts": [[-43, 3, 15]]}, "March 15, 43 BC"),
        ({"date-parts": [[2001, 99, 99]]}, "2001"),
        ({"literal": "in press"}, "in press"),
    ],
)
def test_dates_of_the_wild(issued: object, right: str) -> None:
    assert cited(f'{DATE}<text value="!"/>', {"title": "T", "issued": issued}) == f"{right}!"


@pytest.mark.parametrize("kind", [{}, {"type": ""}, {"type": None}, {"type": "hologram"}])
def test_a_type_is_not_needed(kind: dict[str, object]) -> None:
    layout = '<choose><if type="book"><text value="book"/></if><else><text variable="title"/></else></choose>'
    assert cited(layout, {"title": "T", **kind}) == "T"


def test_no_bibliography_is_no_error() -> None:
    processor = Processor(style_of())
    processor.register([book("a", title="T")])
    assert processor.bibliography().entries == ()


def test_a_dependent_style_prints_as_its_parent() -> None:
    style = load_style("nature-physics")
    assert style.parent
    processor = Processor(style)
    processor.register([book("a", title="On War", author=[name("Clausewitz", "Carl")])])
    assert "Clausewitz" in processor.bibliography().entries[0].text


def test_three_works_of_one_year_in_apa() -> None:
    processor = Processor(load_style("apa"))
    processor.register([book(i, title=i, author=[name("Smith", "Ann")], issued=2001) for i in "xyz"])
    assert processor.cite(["x", "y", "z"]) == "(Smith, 2001a, 2001b, 2001c)"


def test_a_web_page_of_nobody_and_no_date_in_apa() -> None:
    processor = Processor(load_style("apa"))
    processor.register([{"id": "w", "type": "webpage", "title": "A page of note", "URL": "https://example.org/"}])
    (entry,) = processor.bibliography().entries
    assert entry.text.count("A page of note") == 1
    assert "(n.d.)" in entry.text


@pytest.mark.parametrize("mark", ["?", "!"])
def test_a_question_swallows_the_full_stop(mark: str) -> None:
    layout = '<text variable="title" suffix=". "/><text variable="container-title"/>'
    assert cited(layout, {"title": f"know{mark}", "container-title": "Journal"}) == f"know{mark} Journal"
    processor = Processor(load_style("nature"))
    values: dict[str, object] = {"title": "What do we know?", "container-title": "Journal", "issued": {"raw": "2001"}}
    processor.register([{"id": "q", "type": "article-journal", **values}])
    assert "?." not in processor.bibliography().entries[0].text


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("lowercase", "ab cd."),
        ("uppercase", "AB CD."),
        ("capitalize-first", "Ab cd."),
        ("capitalize-all", "Ab Cd."),
        ("title", "Ab Cd."),
        ("sentence", "Ab cd."),
        ("unknown", "ab cd."),
    ],
)
@pytest.mark.parametrize("part", ['value="ab cd"', 'term="and others"', 'variable="page"', 'variable="issue"'])
def test_text_case_applies_to_every_kind_of_text(case: str, text: str, part: str) -> None:
    words = '<locale><terms><term name="and others">ab cd</term></terms></locale>'
    item = {"page": "ab cd", "issue": "ab cd", "type": "book"}
    assert cited(f'<text {part} text-case="{case}" suffix="."/>', item, before=words) == text


def test_five_thousand_names() -> None:
    people = [name(f"N{number}", "A. B.") for number in range(5_000)]
    assert cited(NAMES, {"author": people}) == "N0 et al."
    assert cited('<names variable="author"/>', {"author": people}).count("N") == 5_000


def test_thousands_of_people_are_told_apart_by_letters() -> None:
    people = [name(f"F{number}", "A.") for number in range(5_000)]
    processor = Processor(load_style("apa"))
    processor.register(
        [book("x", author=people, issued=2012), book("y", author=[*people[:-1], name("Z")], issued=2012)]
    )
    assert processor.cite(["x", "y"]) == "(F0 et al., 2012a, 2012b)"


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b", "\udfff", "\u202egnp.exe", "a\tb\r\nc", "\ufeff"])
@pytest.mark.parametrize("output", ["text", "html", "markdown", "rst", "latex"])
def test_odd_characters_do_no_harm(odd: str, output: str) -> None:
    layout = f'{NAMES}<text variable="title" quotes="true" text-case="title"/>{DATE}'
    item = {"title": odd, "author": [name(odd, odd)], "issued": {"literal": odd}}
    letters = {letter.lower() for letter in odd if letter.isalpha()}
    (entry,) = entries(layout, [book("o", **item)], output=output, sort='<key variable="title"/>')
    for text in (cited(layout, item, output=output), entry):
        assert letters <= set(text.lower())
        assert text.count("“") == text.count("”") == 1


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"author": None}, "."),
        ({"author": "Doe"}, "Doe."),
        ({"author": [None, {}, {"family": None}, 7]}, "."),
        ({"title": None}, "."),
        ({"title": ["a"]}, "."),
        ({"title": {"a": 1}}, "."),
        ({"volume": 1.5}, "1.5."),
        ({"issued": [2004, 5]}, "May 2004."),
        ({"issued": 2004}, "2004."),
        ({"note": 5}, "."),
    ],
)
def test_values_of_the_wrong_kind_do_not_raise(values: dict[str, object], text: str) -> None:
    layout = f'<group delimiter=" ">{NAMES}<text variable="title"/><number variable="volume"/>{DATE}</group>'
    assert cited(layout + '<text value="."/>', values) == text


def deep(depth: int) -> str:
    return style_xml("<group>" * depth + TITLE + "</group>" * depth)


def printed(style: str) -> str:
    processor = Processor(parse_style(style))
    processor.register([book("a", title="T")])
    return processor.cite(["a"])


HOSTILE = {
    "external entity": '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    + style_xml('<text value="&x;"/>'),
    "external type": '<!DOCTYPE style SYSTEM "http://127.0.0.1/x.dtd">' + style_xml(),
    "entity bomb": '<!DOCTYPE style [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
    + style_xml('<text value="&i;"/>'),
    "macro cycle": style_xml(
        '<text macro="a"/>',
        before='<macro name="a"><text macro="b"/></macro><macro name="b"><group><text macro="a"/></group></macro>',
    ),
    "macro of its own": style_xml('<text macro="a"/>', before='<macro name="a"><text macro="a"/></macro>'),
    "macro that is missing": style_xml('<text macro="nowhere"/>'),
    "deep": deep(3_000),
    "empty": "",
    "no XML": "hello",
    "not closed": "<style>",
    "another root": "<html/>",
    "no layout": f'<style xmlns="{NAMESPACE}" version="1.0"><info/></style>',
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_styles_are_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(StyleError) as caught:
        printed(HOSTILE[what])
    assert str(caught.value)


def macros_in_a_row(count: int) -> str:
    macros = [f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(count)]
    return style_xml('<text macro="m0"/>', before="".join(macros) + f'<macro name="m{count}">{TITLE}</macro>')


@pytest.mark.parametrize("nested", [deep, macros_in_a_row])
@pytest.mark.parametrize("depth", [20, 40])
def test_nesting_as_deep_as_in_any_style_renders(nested: Callable[[int], str], depth: int) -> None:
    assert printed(nested(depth)) == "T"


@pytest.mark.parametrize("nested", [deep, macros_in_a_row])
@pytest.mark.parametrize("depth", [100, 240, 1_000])
def test_deeper_nesting_is_refused(nested: Callable[[int], str], depth: int) -> None:
    with pytest.raises(StyleError, match=r"nests|no XML"):  # libxml2 has a bound of its own
        printed(nested(depth))


def test_parents_that_go_round_are_refused(tmp_path: Path) -> None:
    for one, other in (("first", "second"), ("second", "first")):
        link = f'<link rel="independent-parent" href="http://www.zotero.org/styles/{other}"/>'
        text = f'<style xmlns="{NAMESPACE}" version="1.0"><info><title>{one}</title>{link}</info></style>'
        (tmp_path / f"{one}.csl").write_text(text, encoding="utf-8")
    with pytest.raises(StyleError):
        load_style(tmp_path / "first.csl")


def test_a_style_that_names_itself_as_parent_is_refused() -> None:
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/me"/>'
    with pytest.raises(StyleError, match="itself"):
        parse_style(f'<style xmlns="{NAMESPACE}" version="1.0"><info>{link}</info></style>', name="me")


@pytest.mark.parametrize("name_", ["chicago-author-date", "taylor-and-francis-chicago-author-date"])
def test_the_deepest_styles_of_the_repository_are_not_refused(name_: str) -> None:
    processor = Processor(load_style(name_))
    processor.register([book("a", title="On War", author=[name("Clausewitz", "Carl")])])
    assert "Clausewitz" in processor.cite(["a"])
