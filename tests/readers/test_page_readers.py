"""The readers of pages: text, HTML and Markdown give the lines that a person sees, with places and links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.files import source_of
from alliancebib.page import Line, Page, Role
from alliancebib.readers import html, markdown, text

HTML = """<!doctype html>
<html lang="en"><head><title>The alliance - A site</title>
<link rel="canonical" href="https://example.org/alliance/page"><meta name="author" content="The editors"></head>
<body><header><a href="/">Home</a></header>
<nav><ul><li><a href="/other">Other alliances</a></li></ul></nav>
<main><h1>The alliance</h1>
<h2>News</h2>
<ul>
<li><a href="https://news.example/2020/01/02/x">A  headline</a> - Reuters</li>
<li>Parent<ul><li>Child <i>in</i> italics</li></ul>tail</li>
</ul>
<p>One<br>Two <a href="rel">link</a><br/>Three</p>
<table><tr><td>Title</td><td></td><td>Outlet <a href="#x">here</a></td></tr></table>
<a href="https://z.example/"><h3>Linked head</h3><p>Linked text</p></a>
<pre>first
second</pre>
<p hidden>secret</p><p style="display: none">secret</p><script>var secret</script>
</main><footer>Imprint</footer></body></html>
"""

MARKDOWN = """\
---
title: The alliance
author: The editors
---
# News

See [a headline](https://news.example/1) - Reuters
on two rows
hard\\
break [by reference][1]

* item <https://a.example> one
* two
   * nested [link](https://q.example "t")

[^1]: Smith, J. (2020). A title.
[^2]: Another note

| A | B |
|---|---|
| [x](https://x.example) | z |

<p>in <a href="https://h.example">html</a></p>

[1]: https://one.example
[2]: https://unused.example "Unused"
"""


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def linked(line: Line) -> list[tuple[str, str]]:
    return [(line.text[link.start : link.end], link.url) for link in line.links]


def test_html_gives_the_blocks_that_a_person_sees() -> None:
    page = html.read(source_of(HTML, name="page.html"))
    assert texts(page) == [
        "Home",
        "Other alliances",
        "The alliance",
        "News",
        "A headline - Reuters",
        "Parent",
        "Child in italics",
        "tail",
        "One",
        "Two link",
        "Three",
        "Title | | Outlet here",
        "Linked head",
        "Linked text",
        "first",
        "second",
        "Imprint",
    ]
    assert (page.title, page.author, page.language) == ("The alliance", "The editors", "en")
    assert page.url == "https://example.org/alliance/page"


def test_html_keeps_links_resolved_and_in_place() -> None:
    lines = {line.text: line for line in html.read(source_of(HTML, name="page.html")).lines}
    assert linked(lines["A headline - Reuters"]) == [("A headline", "https://news.example/2020/01/02/x")]
    assert linked(lines["Two link"]) == [("link", "https://example.org/alliance/rel")]
    assert linked(lines["Title | | Outlet here"]) == []
    assert linked(lines["Linked text"]) == [("Linked text", "https://z.example/")]


def test_html_says_what_the_markup_says() -> None:
    lines = {line.text: line for line in html.read(source_of(HTML, name="page.html")).lines}
    outside = [text for text, line in lines.items() if line.role is Role.NAVIGATION]
    assert outside == ["Home", "Other alliances", "Imprint"]
    assert [lines[name].level for name in ("The alliance", "News", "Linked head", "One")] == [1, 2, 3, 0]
    assert lines["A headline - Reuters"].item
    assert not lines["One"].item
    assert lines["A headline - Reuters"].number == 9


@pytest.mark.parametrize("depth", [300, 5000, 50_000])
def test_html_of_any_depth_loses_nothing(depth: int) -> None:
    page = html.read(source_of("<div>" * depth + "the text", name="deep.html"))
    assert texts(page) == ["the text"]


def test_html_counts_lines_beyond_the_16_bits_of_its_parser() -> None:
    page = html.read(source_of("<p>a</p>\n" * 66_000, name="long.html"))
    assert page.lines[-1].number == 66_000


def test_markdown_gives_its_lines() -> None:
    page = markdown.read(source_of(MARKDOWN, name="page.md"))
    assert texts(page) == [
        "News", "See a headline - Reuters on two rows hard", "break by reference", "item https://a.example one", "two",
        "nested link", "Smith, J. (2020). A title.", "Another note", "A | B", "x | z", "in html",
        "Unused https://unused.example",
    ]  # fmt: skip
    assert (page.title, page.author) == ("The alliance", "The editors")
    lines = {line.text: line for line in page.lines}
    assert linked(lines["See a headline - Reuters on two rows hard"]) == [("a headline", "https://news.example/1")]
    assert linked(lines["break by reference"]) == [("by reference", "https://one.example")]
    assert linked(lines["x | z"]) == [("x", "https://x.example")]
    assert linked(lines["in html"]) == [("html", "https://h.example")]
    assert lines["News"].level == 1
    assert lines["nested link"].item
    assert [lines[name].number for name in ("News", "break by reference", "two", "Another note")] == [5, 10, 13, 17]


def test_text_takes_bullets_and_numbers_but_no_years() -> None:
    page = text.read(source_of("  - one\n2023. A headline\n1. two\n2. three\n3. four\n\nE19.1 Members\n", name="a.txt"))
    assert [(line.number, line.column, line.text, line.item) for line in page.lines] == [
        (1, 5, "one", True),
        (2, 1, "2023. A headline", False),
        (3, 4, "two", True),
        (4, 4, "three", True),
        (5, 4, "four", True),
        (7, 1, "E19.1 Members", False),
    ]


def test_a_single_number_is_no_list() -> None:
    assert texts(text.read(source_of("5. Division returns\nOther line\n", name="a.txt"))) == [
        "5. Division returns",
        "Other line",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.html", "anything", html), ("a.txt", "<!DOCTYPE html><p>x", html), ("a.txt", "plain words", text),
        ("a.md", "plain words", markdown), ("a.txt", "# Head\n\n- [x](https://x.example)\n", markdown),
        ("a.txt", "One < two\n- three\n", text),
    ],
)  # fmt: skip
def test_the_surest_reader_is_the_right_one(name: str, content: str, reader: object) -> None:
    source = source_of(content, name=name)
    offers = {module: module.recognises(source) for module in (text, html, markdown)}
    assert max(offers, key=lambda module: offers[module]) is reader


@pytest.mark.parametrize("reader", [text, html, markdown])
@given(content=st.text(st.sampled_from("ab <>/p=\"'[](){}#*-_|`\\&;\n\t1.2:h") | st.characters()))
def test_no_text_raises_and_links_are_in_range(reader: object, content: str) -> None:
    page = reader.read(source_of(content, name="any"))  # type: ignore[attr-defined]
    for line in page.lines:
        assert line.text == line.text.strip()
        assert line.text
        assert 1 <= line.number <= content.count("\n") + content.count("\r") + 1
        assert all(0 <= link.start < link.end <= len(line.text) for link in line.links)
