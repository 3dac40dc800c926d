"""HTML: what a reader sees, with places and links; what the markup calls no content keeps its lines."""

from __future__ import annotations

import pytest

from alliancebib.files import source_of
from alliancebib.page import Line, Page, Role
from alliancebib.readers.html import read, recognises


def page_of(body: str, *, head: str = "", name: str = "p.html") -> Page:
    return read(source_of(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", name=name))


def texts(body: str) -> list[str]:
    return [line.text for line in page_of(body).lines]


def linked(line: Line) -> list[tuple[str, str]]:
    return [(line.text[link.start : link.end], link.url) for link in line.links]


def test_what_the_page_says_of_itself() -> None:
    head = (
        "<title>The CSTO &mdash; Monitoring</title><meta name=Author content='Jane Doe'>"
        '<link rel="canonical" href="https://example.org/csto">'
        '<meta property="article:modified_time" content="2024-10-29T10:00:00Z"><meta property=og:locale content=en_GB>'
    )
    page = page_of("<h1>The <i>CSTO</i></h1>", head=head)
    assert (page.title, page.author, page.url, page.language) == (
        "The CSTO",
        "Jane Doe",
        "https://example.org/csto",
        "en-GB",
    )
    assert str(page.updated) == "2024-10-29"
    assert page_of("<h1>Another heading</h1>", head=head).title == "The CSTO — Monitoring"
    assert page_of("<h1>Only a heading</h1>").title == "Only a heading"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://a.org/x?b=1&amp;c=2#d", "https://a.org/x?b=1&c=2#d"),
        ("//a.org/x", "https://a.org/x"),
        ("../news/1", "https://example.org/news/1"),
        ("www.a.org/x", "https://www.a.org/x"),
        ("https://a.org/a b", "https://a.org/a%20b"),
        ("https://ru.wikipedia.org/wiki/ОДКБ", "https://ru.wikipedia.org/wiki/ОДКБ"),
        ("https://www.google.com/url?q=https://real.org/a%3Fb&amp;sa=D", "https://real.org/a?b"),
        ("#part", None),
        ("https://example.org/lists/csto#part", None),
        ("mailto:a@b.org", None),
        ("javascript:void(0)", None),
        ("tel:123", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_links_are_absolute_or_none(href: str, url: str | None) -> None:
    head = '<link rel=canonical href="https://example.org/lists/csto">'
    (line,) = page_of(f'<p>See <a href="{href}">this  one</a>.</p>', head=head).lines
    assert line.text == "See this one."
    assert linked(line) == ([("this one", url)] if url else [])


def test_relative_links_without_a_page_are_no_links() -> None:
    assert page_of('<p><a href="/a">x</a>').lines[0].links == ()
    assert (
        page_of('<p><a href="/a">x</a>', head='<base href="https://b.org/">').lines[0].links[0].url == "https://b.org/a"
    )
    assert page_of('<p><a href="a">x</a>', name="https://own.org/d/").lines[0].links[0].url == "https://own.org/d/a"


def test_a_link_on_a_picture_belongs_to_the_line() -> None:
    (line,) = page_of('<p>A title <a href="https://a.org"><img alt="icon"></a></p>').lines
    assert linked(line) == [("A title", "https://a.org")]
    assert page_of('<p><a href="https://a.org"><img alt="icon"></a></p>').lines == ()


def test_blocks() -> None:
    assert texts("<ul><li>own<ul><li>nested</ul>rest</ul>") == ["own", "nested", "rest"]
    assert texts("<dl><dt>Term<dd>Meaning</dl>") == ["Term", "Meaning"]
    assert texts("<div>direct<p>para</p>after</div>") == ["direct", "para", "after"]
    assert texts("<h2>One<br>heading</h2><p>two<br>parts") == ["One heading", "two", "parts"]
    assert texts("a<sup>1</sup> H<sub>2</sub>O <b>b</b><i>c</i>&nbsp;&amp;&#8211;&shy;d") == ["a1 H2O bc &–d"]
    assert texts("<pre>one\n two   three</pre>") == ["one", "two three"]
    assert texts("<blockquote>said<cite>who</cite></blockquote>") == ["saidwho"]


def test_rows_of_data_are_lines_and_tables_of_layout_are_not() -> None:
    assert texts("<table><tr><th>Date<th>Title<tr><td>2023<td><p>Summit</p><td>TASS</table>") == [
        "Date | Title",
        "2023 | Summit | TASS",
    ]
    assert texts("<table><tr><td>menu<td><p>one</p><p>two</p><ul><li>three</ul></table>") == [
        "menu",
        "one",
        "two",
        "three",
    ]
    assert texts("<table><tr><td>out<td><table><tr><td>in<td>side</table></table>") == ["out", "in | side"]
    (row,) = page_of('<table><tr><td>2023<td><a href="https://a.org">Summit</a></table>').lines
    assert linked(row) == [("Summit", "https://a.org")]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>", "<style>x</style>", "<template><p>x</p></template>", "<noscript>x</noscript>",
        "<p hidden>x</p>", "<p style='Display : none'>x</p>", "<svg><title>x</title></svg>", "<!-- x -->",
        "<select><option>x</select>", "<span class='mw-editsection'>[edit]</span>", "<span class=sr-only>x</span>",
        "<a href='#x' aria-hidden=true>#</a>", "<dialog>x</dialog>", "<iframe>x</iframe>",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_no_text(hidden: str) -> None:
    assert texts(f"<p>before</p>{hidden}<p>after</p>") == ["before", "after"]


@pytest.mark.parametrize(
    "frame",
    [
        "<nav><a href='https://a.org'>x</a></nav>", "<footer>x</footer>", "<aside>x</aside>",
        "<header><ul><li>x</ul></header>", "<div role=navigation>x</div>", "<div role=contentinfo>x</div>",
        "<div id='cookie-banner'>x</div>", "<section class='gdpr_notice'>x</section>",
        "<a class='skip-link' href='#main'>x</a>", "<a href='#c'>Skip to content</a>",
    ],
)  # fmt: skip
def test_the_frame_of_the_site_is_navigation(frame: str) -> None:
    first, *others = page_of(f"{frame}<main><p>content</p></main>").lines
    assert first.role is Role.NAVIGATION
    assert first.why
    assert all(line.role is None for line in others)


def test_content_is_never_navigation_except_nav() -> None:
    page = page_of(
        "<article><header><h1>Title</h1></header><aside>aside</aside><div class='cookie-notice'>cookies</div>"
        "<footer>foot</footer><nav>nav</nav></article><section><header>of a section</header></section>"
    )
    assert [line.text for line in page.lines if line.role] == ["nav"]


def test_title_and_date_in_the_header_of_the_site_stay() -> None:
    page = page_of("<header><h1>Title</h1><p>Latest update: 29 October 2024</p><a href='/'>Home</a></header><p>x")
    assert [line.text for line in page.lines if line.role] == ["Home"]


def test_a_class_of_the_body_hides_no_page() -> None:
    page = read(source_of("<html><body class='cookie-notice-visible'><p>x</p><p>y</p>", name="a.html"))
    assert [line.role for line in page.lines] == [None, None]


def test_a_page_that_is_all_frame_is_content() -> None:
    assert [line.role for line in page_of("<nav><p>one</p><p>two</p></nav>").lines] == [None, None]


def test_places_are_those_of_the_source() -> None:
    source = '<ul>\n  <li\n   class="a">\n\n  One\n  <li>T<b>w</b>o\n <li><a\n href="https://a.org">Three</a>\n</ul>'
    found = [(line.number, line.column, line.text) for line in read(source_of(source, name="a.html")).lines]
    assert found == [(5, 3, "One"), (6, 7, "Two"), (8, 23, "Three")]


def test_lines_far_down_keep_their_number() -> None:
    source = "<p>a</p>\n" * 66_000 + "<!--\n\n-->\n<p\n\nid=x>last</p>\n"
    assert read(source_of(source, name="a.html")).lines[-1].number == 66_006


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td"])
def test_depth_loses_nothing(tag: str) -> None:
    assert [line.text for line in read(source_of(f"<{tag}>" * 3000 + "deep", name="a.html")).lines] == ["deep"]


def test_a_page_in_one_line_of_megabytes() -> None:
    body = "<ul>" + '<li><a href="https://a.org/">word</a> and more' * 20_000 + "</ul>" + "x" * 2_000_000
    page = read(source_of(body, name="a.html"))
    assert len(page.lines) == 20_001
    assert page.lines[10].column > page.lines[9].column


def test_a_file_without_any_tag_keeps_its_lines() -> None:
    assert [line.text for line in read(source_of("one\ntwo & three\n", name="a.html")).lines] == ["one", "two & three"]


@pytest.mark.parametrize(
    ("name", "text", "sure"),
    [
        ("a.txt", " <!DOCTYPE HTML><p>", True), ("a.txt", "<?xml version='1.0'?>\n<html>", True),
        ("a.txt", "<!-- saved -->\n<html lang=en>", True), ("a", "<ul><li>a</li>\n<li>b</li>\n<li>c</li></ul>", True),
        ("a.txt", "One < two and <i>x</i>", False), ("a.txt", "- [x](https://a.org)", False),
    ],
)  # fmt: skip
def test_html_is_recognised_by_its_content(name: str, text: str, sure: bool) -> None:
    assert (recognises(source_of(text, name=name)) > 0.6) is sure


def test_lists_of_word_are_items_without_their_numbers() -> None:
    (line,) = page_of(
        "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>1.<span style='font:7.0pt Times'>&nbsp;&nbsp; </span></span><![endif]>"
        '<a href="https://a.org">Smith</a>, J.<o:p></o:p></p>'
    ).lines
    assert (line.text, line.item, linked(line)) == ("Smith, J.", True, [("Smith", "https://a.org")])


def test_breaks_in_a_column_of_layout_part_lines_and_in_data_they_do_not() -> None:
    assert texts("<table><tr><td>One<br>Two<br><br>Three</td></tr></table>") == ["One", "Two", "Three"]
    assert texts("<table><tr><td></td><td>One<br>Two</td></tr></table>") == ["One", "Two"]
    assert texts("<table><tr><td>2023<td>One<br>Two<td>TASS</table>") == ["2023 | One Two | TASS"]
    assert texts("<table><tr><td>One<br>Two<ul><li>Three</ul></table>") == ["One", "Two", "Three"]
    (one, two) = page_of('<table><tr><td><a href="https://a.org">A<br>B</a></table>').lines
    assert linked(one) + linked(two) == [("A", "https://a.org"), ("B", "https://a.org")]


SAVED = {
    "Squarespace": (
        (
            '<div class="sqs-block html-block" data-block-type="2"><div class="sqs-block-content">'
            '<div class="sqs-html-content"><p style="white-space:pre-wrap;"><strong>From Newspapers</strong></p>'
            '<p style="white-space:pre-wrap;"><a href="https://a.org/1" target="_blank">One</a>, TASS<br>'
            '<a href="https://a.org/2">Two</a><br/><br/>Three</p></div></div></div>'
        ),
        ["From Newspapers", "One, TASS", "Two", "Three"],
    ),
    "WordPress": (
        (
            '<div class="entry-content"><!-- wp:heading --><h2 class="wp-block-heading">Books</h2><!-- /wp:heading -->'
            '<!-- wp:list {"ordered":true} --><ol class="wp-block-list"><li>One<ul><li><a href="https://a.org/2">Two</a>'
            "</li></ul></li><li><p>Three</p></li></ol><!-- /wp:list --></div>"
        ),
        ["Books", "One", "Two", "Three"],
    ),
    "Google Docs": (
        (
            '<body class="c3 doc-content"><p class="c1"><span class="c2">One, </span><span class="c4"><a class="c5" '
            'href="https://www.google.com/url?q=https://a.org/1&amp;sa=D&amp;ust=1">link</a></span></p>'
            '<ol class="c6 lst-kix_1-0 start" start="1"><li class="c0 li-bullet-0"><span>Two</span></li></ol>'
        ),
        ["One, link", "Two"],
    ),
    "soup": (
        (
            "<div><div><span>One</span></div><div><div>Two <a href=https://a.org/2>b</a></div></div>Three"
            "<div><b>Four</b><div>Five</div></div></div>"
        ),
        ["One", "Two b", "Three", "Four", "Five"],
    ),
    "definitions": ("<dl><div><dt>One<dd>Two<dd><p>Three</div></dl>", ["One", "Two", "Three"]),
}


@pytest.mark.parametrize("name", SAVED)
def test_bodies_of_the_systems_that_pages_are_made_with(name: str) -> None:
    body, entries = SAVED[name]
    assert texts(body) == entries
    assert all(link.url.startswith("https://a.org") for line in page_of(body).lines for link in line.links)


def test_a_row_that_names_the_columns_is_a_label() -> None:
    lines = page_of("<table><tr><th>Date<th>Title<tr><th>2023<td>Summit</table>").lines
    assert [line.role for line in lines] == [Role.LABEL, None]
    assert page_of('<table><tr><th>A<th><a href="https://a.org">b</a></table>').lines[0].role is None
