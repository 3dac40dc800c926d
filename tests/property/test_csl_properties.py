"""What formatting must keep: every entry, every character, whatever the reference holds."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alliancebib.csl import cite_references, format_references
from alliancebib.csl.citeproc_py.marked_text import field_text, linked, marked, plain_text, runs_of, tidied
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.writers import Options
from alliancebib.writers.html import write as write_html
from alliancebib.writers.markdown import write as write_markdown
from strategies import any_text, references, sensible_references, typed_text

PIECES = st.lists(
    typed_text(12).map(field_text)
    | st.builds(marked, st.sampled_from(["italic", "bold", "smallcaps", "sup", "underline"]), typed_text(8))
    | st.builds(linked, st.sampled_from(["doi", "url"]), typed_text(12).map("https://example.org/".__add__)),
    max_size=5,
).map("".join)


class Text(HTMLParser):
    """The text of a piece of HTML; fails on elements that were never written."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in {"i", "b", "u", "sup", "sub", "span", "a", "em", "strong", "p"}

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(markup: str) -> str:
    parser = Text()
    parser.feed(markup)
    parser.close()
    return parser.text


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_html_shows_the_text_and_nothing_else(piece: str) -> None:
    assert text_of(OUTPUTS["html"](runs_of(piece))) == plain_text(piece)


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_markdown_shows_the_text_and_nothing_else(piece: str) -> None:
    line = OUTPUTS["markdown"](runs_of(piece.strip()))
    shown = MarkdownIt("commonmark").render(f"x {line}")  # an entry stands behind the mark of a list item
    # This renderer decodes %xx in the text of an address.
    text = html.unescape(re.sub(r"<[^>]*>", "", shown))
    assert unquote(text).split() == unquote(f"x {plain_text(piece)}").split()


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_latex_has_balanced_braces_and_no_command_of_a_field(piece: str) -> None:
    line = OUTPUTS["latex"](runs_of(piece))
    bare = re.sub(r"\\[{}%#&$_]", "", line)
    assert bare.count("{") == bare.count("}")
    assert not re.search(r"(?<!\\)[%#&$^~]", re.sub(r"(?<=\\href{)[^{}]*~[^{}]*", "", line))  # hyperref takes ~
    commands = {"href", "textit", "textbf", "textsc", "textsuperscript", "underline", "textbackslash", "textless"}
    commands |= {"textgreater", "textbar", "textasciitilde", "textasciicircum"}
    assert set(re.findall(r"\\([a-z]+)", line)) <= commands


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_tidying_is_idempotent_and_changes_punctuation_only(piece: str) -> None:
    once = tidied(piece, closing_quotes="”")
    assert tidied(once, closing_quotes="”") == once
    assert re.findall(r"\w", plain_text(once)) == re.findall(r"\w", plain_text(piece))


@settings(max_examples=40, deadline=None)
@given(st.lists(references(), max_size=3), st.sampled_from(["apa", "ieee", "alliance-literature", "alliance-news"]))
def test_no_reference_is_lost_whatever_it_holds(many: list[Reference], style: str) -> None:
    done = format_references(many, style=style, output="html")
    assert sorted(done.places) == list(range(len(many)))
    assert all(entry.text for entry in done)
    for entry in done:
        text_of(entry.text)
    assert isinstance(cite_references(many, style=style), str)


@settings(max_examples=25, deadline=None)
@given(st.lists(sensible_references(), max_size=3), any_text(10))
def test_pages_take_any_library_and_give_the_same_bytes(many: list[Reference], title: str) -> None:
    library, options = Library(many), Options(title=title, style="alliance-news")
    for write in (write_html, write_markdown):
        text = write(library, options)
        assert text == write(library, options)
        text.encode()
    assert write_html(library, options).count('<li class="entry"') == len(many)
