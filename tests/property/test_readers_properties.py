"""What every reader of pages promises: no input raises, places lie inside the source, no word of it is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancebib.errors import InputError
from alliancebib.files import read_source, source_of, write_atomically
from alliancebib.page import Page
from alliancebib.readers import html, markdown, text
from strategies import any_text, words

READERS = {"text": text, "html": html, "markdown": markdown}
TAGS = "p div ul li table tr td th h1 h2 a b br nav main header pre dl dt dd script title span blockquote".split()
PIECES = st.sampled_from(
    [f"<{tag}>" for tag in TAGS]
    + [f"</{tag}>" for tag in TAGS]
    + ['<a href="https://a.org/x">', "<a href=/rel>", "<p hidden>", "<!--", "-->", "&amp;", "&#0;", "<", "<p a='"]
    + ["- ", "1. ", "2023. ", "# ", "> ", "    ", "\n", "\n\n", "  \n", "[x](https://a.org)", "[^1]: ", "[^1]", "| a |"]
    + [
        "|---|",
        "```",
        "[x]: https://a.org",
        "**",
        "`",
        "---\n",
        "title: x\n",
        "\\",
        "\u00a0",
        "\u200b",
        "\u2028",
        "\x0c",
    ]
)


def markup() -> st.SearchStrategy[str]:
    """Soup of tags, marks of Markdown and words."""
    return st.lists(PIECES | words(1, 2) | any_text(4), max_size=25).map("".join)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(soup=markup())
def test_places_lie_inside_the_source(name: str, soup: str) -> None:
    source = source_of(soup, name="any")
    page = READERS[name].read(source)
    assert isinstance(page, Page)
    rows = source.text.count("\n") + 1
    numbers = [line.number for line in page.lines]
    assert numbers == sorted(numbers)
    for line in page.lines:
        assert line.text.strip() == line.text != ""
        assert "\n" not in line.text
        assert 1 <= line.number <= rows
        assert line.column >= 1
        for link in line.links:
            assert 0 <= link.start < link.end <= len(line.text)
            assert link.url.startswith(("http://", "https://"))


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=80, deadline=None)
@given(soup=markup())
def test_reading_is_deterministic_and_recognising_is_a_share(name: str, soup: str) -> None:
    reader = READERS[name]
    source = source_of(soup, name="any.txt")
    assert reader.read(source) == reader.read(source)
    assert 0 <= reader.recognises(source) <= 1


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        source = source_of(data, name="any")
    except InputError:
        return
    assert "\r" not in source.text
    for reader in READERS.values():
        reader.read(source)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(words(1, 6), min_size=1, max_size=8), bullet=st.sampled_from(["", "- ", "• ", "* "]))
def test_text_keeps_every_word_at_its_place(rows: list[str], bullet: str) -> None:
    page = text.read(source_of("\n".join(bullet + row for row in rows), name="a.txt"))
    assert [line.text for line in page.lines] == rows
    assert [line.column for line in page.lines] == [len(bullet) + 1] * len(rows)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(words(1, 6), min_size=1, max_size=8), tag=st.sampled_from(["p", "li", "h2", "div", "dd"]))
def test_html_keeps_every_word_and_its_line(rows: list[str], tag: str) -> None:
    page = html.read(source_of("\n".join(f"<{tag}>{row}</{tag}>" for row in rows), name="a.html"))
    assert [(line.number, line.text) for line in page.lines] == list(enumerate(rows, start=1))


@settings(max_examples=100, deadline=None)
@given(soup=markup())
def test_markdown_loses_no_words(soup: str) -> None:
    source = source_of(soup.replace("<", "").replace("&", "").replace("---\n", "").replace("\\", ""), name="a.md")
    shown = " ".join(f"{line.text} {' '.join(link.url for link in line.links)}" for line in markdown.read(source).lines)
    longest = max(re.findall(r"[^\W\d_]{6,}", source.text), key=len, default="")
    assert longest in shown or "[" in source.text or "```" in source.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_what_is_written_is_read(content: str, tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.txt", "é" + content)
    source = read_source(tmp_path / "a.txt")
    assert (source.text, source.encoding, source.findings) == ("é" + content, "utf-8", ())


@settings(max_examples=100, deadline=None)
@given(
    content=words(3, 12), codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
)
def test_encodings_of_unicode_need_no_guess(content: str, codec: str) -> None:
    source = source_of(f"{content}\nA line\n".encode(codec))
    assert (source.text, source.findings) == (f"{content}\nA line\n", ())
