"""Markdown: what a reader sees, with places and links; nothing that CommonMark passes over is lost."""

from __future__ import annotations

import pytest

from alliancebib.files import source_of
from alliancebib.outline import make_outline
from alliancebib.page import Line, Role
from alliancebib.readers.markdown import read, recognises


def lines(text: str) -> tuple[Line, ...]:
    return read(source_of(text, name="a.md")).lines


def texts(text: str) -> list[str]:
    return [line.text for line in lines(text)]


def linked(line: Line) -> list[tuple[str, str]]:
    return [(line.text[link.start : link.end], link.url) for link in line.links]


YAML = """---
title: "The CSTO: a list"
author: [Jane Doe, J. Roe]
date: 2024-01-01
updated: 29 October 2024 # now
lang: en
url: https://example.org/csto
tags:
  - x
---
"""
TOML = """+++
title = "The CSTO: a list"
author = ["Jane Doe", "J. Roe"]
lastmod = 2024-10-29
lang = "en"
canonical = "https://example.org/csto"
+++
"""


@pytest.mark.parametrize("front", [YAML, TOML])
def test_front_matter(front: str) -> None:
    page = read(source_of(f"{front}# News\n", name="a.md"))
    assert (page.title, page.author, page.language) == ("The CSTO: a list", "Jane Doe, J. Roe", "en")
    assert (page.url, str(page.updated)) == ("https://example.org/csto", "2024-10-29")
    assert [(line.text, line.number) for line in page.lines] == [("News", front.count("\n") + 1)]


@pytest.mark.parametrize("text", ["---\n\nA line\n\n---\nAnother", "---\nnot closed: x\n", "+++\nno toml\n+++\n"])
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert all(any(word in found for found in texts(text)) for word in text.split() if word.isalpha())


def test_links_and_their_places() -> None:
    (line,) = lines(
        '**A [headline](https://a.org/x_(y) "t")** - <https://b.org>, [c], ![p](https://p.org)\n\n[c]: https://c.org'
    )
    assert line.text == "A headline - https://b.org, c,"
    assert linked(line) == [
        ("headline", "https://a.org/x_(y)"),
        ("https://b.org", "https://b.org"),
        ("c", "https://c.org"),
    ]
    assert linked(lines("[x](/relative) [y](mailto:a@b.org) [z](www.z.org)")[0]) == [("z", "https://www.z.org")]
    assert linked(lines("[ОДКБ](https://ru.wikipedia.org/wiki/ОДКБ)")[0]) == [
        ("ОДКБ", "https://ru.wikipedia.org/wiki/ОДКБ")
    ]


def test_items_headings_and_years() -> None:
    found = lines("# One\n\nTwo\n---\n\n2023. Putin says\n2022. Another\n\n1. first\n   - nested\n2. [ ] task\n")
    assert [(line.text, line.level, line.item) for line in found] == [
        ("One", 1, False), ("Two", 2, False), ("2023. Putin says", 0, True), ("2022. Another", 0, True),
        ("first", 0, True), ("nested", 0, True), ("task", 0, True),
    ]  # fmt: skip


def test_breaks() -> None:
    found = lines("soft\nbreak  \nhard\\\nharder<br>last")
    assert [(line.number, line.text) for line in found] == [(1, "soft break"), (3, "hard"), (4, "harder"), (4, "last")]


def test_footnotes_are_entries() -> None:
    text = (
        "Armenia[^a] stays[^b]\n\n[^a]: Smith, J. (2020). *Title*.\n    Second row\n[^2]: https://only.org/\n- an item"
    )
    assert texts(text) == [
        "Armenia stays[^b]", "Smith, J. (2020). Title. Second row", "https://only.org/", "an item",
    ]  # fmt: skip


def test_html_inside() -> None:
    found = lines('para <a href="https://a.org">one</a>\n\n<ul>\n<li><a href="https://b.org">two</a></li>\n</ul>\n')
    assert [(line.number, linked(line)) for line in found] == [
        (1, [("one", "https://a.org")]),
        (4, [("two", "https://b.org")]),
    ]


def test_code_and_tables_are_lines() -> None:
    assert texts("```\none\n\ntwo\n```\n\n    three\n\n| a | b |\n|---|---|\n| c | [d](https://d.org) |\n") == [
        "one", "two", "three", "a | b", "c | d",
    ]  # fmt: skip


def test_addresses_that_nothing_uses_are_kept() -> None:
    (one, two) = lines("[The site]: https://a.org/\n[1]: https://b.org/ 'A title'\n")
    assert (one.text, two.text) == ("The site https://a.org/", "A title https://b.org/")
    assert linked(two) == [("https://b.org/", "https://b.org/")]


@pytest.mark.parametrize(
    "text",
    [
        "- " * 300 + "word", "> " * 300 + "word", "[" * 5000 + "word", "*a**" * 2000 + "word", "word " * 30_000,
        "\n".join("  " * depth + "- word" for depth in range(200)), "[x]: https://word.org\n[x]: https://word2.org\n",
    ],
)  # fmt: skip
def test_nothing_is_too_deep_or_too_long(text: str) -> None:
    assert sum("word" in found for found in texts(text)) == len(text.rstrip().split("\n"))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("# News\n\n- [x](https://a.org)\n", True), ("- [x](https://a.org)\n- y\n", True),
        ("See [x](https://a.org) here\n", False), ("- one\n- two\n", False), ("# only\ntext", False),
        ("# One\n\n**bold** words\n\n## Two\n", True),
    ],
)  # fmt: skip
def test_text_is_markdown_only_with_strong_signs(text: str, sure: bool) -> None:
    assert (recognises(source_of(text, name="a.txt")) > 0.6) is sure


def test_definitions_are_lines_below_their_term() -> None:
    assert texts("Term\n: Smith (2010). *One*.\n: Two,\nwrapped\n") == ["Term", "Smith (2010). One.", "Two, wrapped"]
    assert texts("Title\n:no definition\n") == ["Title :no definition"]
    assert [line.number for line in lines("Term\n: One\n: Two")] == [1, 2, 3]


def test_references_on_rows_of_one_paragraph_are_entries_each() -> None:
    text = "Smith, J. (2010). *A first title*. Routledge.\nJones, K. (2011). A [second](https://a.org). Springer.\n"
    page = make_outline(read(source_of(text, name="a.md")))
    assert [line.text for line in page.lines] == [
        "Smith, J. (2010). A first title. Routledge.", "Jones, K. (2011). A second. Springer.",
    ]  # fmt: skip
    assert linked(page.lines[1]) == [("second", "https://a.org")]


def test_a_row_that_names_the_columns_is_a_label() -> None:
    found = lines("| Author | Title |\n|---|---|\n| Smith | One |\n")
    assert [(line.text, line.role) for line in found] == [("Author | Title", Role.LABEL), ("Smith | One", None)]


def test_rows_with_room_to_spare_are_lines_of_their_own() -> None:
    rows = ["Summit ends in Minsk - TASS", "Leaders meet in the capital to discuss the pact of the straits - Reuters"]
    assert texts("\n".join(rows) + "\n") == rows
    linked = ["[Charter](https://example.org/charter)", "[Pact of the straits](https://example.org/pact)"]
    assert texts("\n".join(linked) + "\n") == ["Charter", "Pact of the straits"]
    wrapped = "Doe, J. (2018). The end of the long\nalliance. The Journal, 1(2), 3-4.\n"
    assert texts(wrapped) == ["Doe, J. (2018). The end of the long alliance. The Journal, 1(2), 3-4."]
