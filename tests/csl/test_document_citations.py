"""The processor through its face: registering, citing, editing a document, the bibliography and its labels."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from alliancebib.csl import Citation, Cite, Processor, load_style, parse_style
from alliancebib.errors import UnknownName

NOTE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
<citation near-note-distance="2"><layout delimiter="; " suffix=".">
<choose><if position="ibid-with-locator">
<group delimiter=", "><text term="ibid"/><text variable="locator"/></group></if>
<else-if position="ibid"><text term="ibid"/></else-if>
<else-if position="subsequent"><group delimiter=", "><text variable="title" form="short"/>
<text variable="first-reference-note-number" prefix="n. "/>
<choose><if position="near-note"><text value="near"/></if></choose></group></else-if>
<else><group delimiter=", "><text variable="title"/><text variable="locator"/></group></else></choose>
</layout></citation></style>"""
ITEMS: list[dict[str, Any]] = [
    {
        "id": "a",
        "type": "book",
        "title": "Alpha",
        "author": [{"family": "Doe", "given": "John"}],
        "issued": {"raw": "2001"},
    },
    {
        "id": "b",
        "type": "book",
        "title": "Beta",
        "author": [{"family": "Doe", "given": "John"}],
        "issued": {"raw": "2001"},
    },
    {
        "id": "c",
        "type": "book",
        "title": "Gamma",
        "author": [{"family": "Roe", "given": "Jane"}],
        "issued": {"raw": "1999"},
    },
]


def noted(id_: str, *cites: str | dict[str, Any], note: int) -> dict[str, Any]:
    items = [{"id": cite} if isinstance(cite, str) else cite for cite in cites]
    return {"citationID": id_, "citationItems": items, "properties": {"noteIndex": note}}


def document(style: str = NOTE) -> Processor:
    processor = Processor(parse_style(style), locale="en-US")
    processor.register(ITEMS)
    return processor


def test_positions_follow_the_document() -> None:
    processor = document()
    rows: list[tuple[str, list[Any]]] = [
        ("1", ["a"]),
        ("2", ["a"]),
        ("3", [{"id": "a", "locator": "7"}]),
        ("4", ["b"]),
        ("5", ["a"]),
        ("9", ["a"]),
    ]
    known: list[tuple[str, int]] = []
    for id_, cites in rows:
        processor.insert(noted(id_, *cites, note=int(id_)), before=known)
        known.append((id_, int(id_)))
    texts = [change.text for change in processor.citations()]
    assert texts == ["Alpha.", "Ibid.", "Ibid., 7.", "Beta.", "Alpha, n. 1, near.", "Alpha, n. 1."]


def test_an_insertion_tells_what_it_changed_elsewhere() -> None:
    processor = document()
    processor.insert(noted("1", "a", note=1))
    changes = processor.insert(noted("0", "a", note=1), after=[("1", 2)])
    assert [(change.id, change.place, change.text) for change in changes] == [("0", 0, "Alpha."), ("1", 1, "Ibid.")]


def test_a_citation_that_is_named_nowhere_is_gone() -> None:
    processor = document()
    processor.insert(noted("1", "a", note=1))
    processor.insert(noted("2", "a", note=2), before=[("1", 1)])
    processor.insert(noted("3", "b", note=1))
    assert [(change.id, change.text) for change in processor.citations()] == [("3", "Beta.")]


def test_years_get_letters_and_give_them_back() -> None:
    processor = Processor(load_style("apa"))
    processor.register(ITEMS[:1])
    assert processor.cite(["a"]) == "(Doe, 2001)"
    processor.register(ITEMS[1:])
    assert processor.cite(["a", "b", "c"]) == "(Doe, 2001a, 2001b; Roe, 1999)"
    entries = [entry.text for entry in processor.bibliography().entries]
    assert [text[:18] for text in entries] == ["Doe, J. (2001a). A", "Doe, J. (2001b). B", "Roe, J. (1999). Ga"]


def test_locators_and_what_a_person_writes_round_a_cite() -> None:
    processor = Processor(load_style("apa"), output="html")
    processor.register(ITEMS)
    cites = [
        Cite(id="a", prefix="see ", locator="3-5", suffix=", <i>passim</i>"),
        Cite(id="c", label="chapter", locator="2"),
    ]
    assert processor.cite(cites) == "(see Doe, 2001a, pp. 3–5, <i>passim</i>; Roe, 1999, Chapter 2)"
    assert processor.cite([{"id": "c", "suppress-author": True}]) == "(1999)"
    assert processor.cite(["nobody knows it"]) == ""


def test_a_citation_can_be_a_value() -> None:
    processor = document()
    [change] = processor.insert(Citation(id="1", cites=(Cite(id="c"),), note=4))
    assert change.text == "Gamma."


def test_layout_of_a_bibliography() -> None:
    layout = Processor(load_style("apa")).bibliography().layout
    assert layout.hanging_indent
    ieee = Processor(load_style("ieee"))
    ieee.register(ITEMS)
    book = ieee.bibliography()
    assert (book.layout.second_field_align, book.layout.max_offset) == ("flush", 3)
    assert book.entries[0].text.startswith("[1] ")
    assert Processor(parse_style(NOTE)).bibliography().entries == ()


def test_labels_say_where_each_character_came_from() -> None:
    processor = Processor(load_style("apa"))
    processor.register([{**ITEMS[0], "publisher": "Press", "DOI": "10.1/x"}])
    [entry] = processor.bibliography(labels=True).entries
    assert "".join(run.text for run in entry.runs) == entry.text
    labelled = [(run.label, run.text) for run in entry.runs if run.label]
    assert labelled == [
        ("author:family", "Doe"),
        ("author:given", "J."),
        ("issued:year", "2001"),
        ("title", "Alpha"),
        ("publisher", "Press"),
        ("DOI", "10.1/x"),
    ]


def test_one_line_has_links_and_no_blocks() -> None:
    processor = Processor(load_style("ieee"), output="html", one_line=True)
    processor.register([{**ITEMS[0], "URL": "https://example.org/?a=1&b=2"}])
    [entry] = processor.bibliography().entries
    assert "\n" not in entry.text
    assert "<div" not in entry.text
    assert 'href="https://example.org/?a=1&amp;b=2"' in entry.text


def test_nothing_is_left_over_from_one_rendering_to_the_next() -> None:
    apa, ieee = load_style("apa"), load_style("ieee")

    def texts(style: Any, output: str) -> list[str]:
        processor = Processor(style, output=output)
        processor.register(ITEMS)
        return [processor.cite(["a", "b"]), *(entry.text for entry in processor.bibliography().entries)]

    before = texts(apa, "html")
    texts(ieee, "text")
    assert texts(apa, "html") == before
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append(texts(apa, "html"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [before] * 4


def test_an_unknown_output_is_named() -> None:
    with pytest.raises(UnknownName):
        Processor(load_style("apa"), output="pdf")
