"""Reader of Markdown: one line for each heading, item, paragraph or table row, with its links where they stand.

CommonMark by markdown-it-py; soft breaks join, hard breaks separate. A block of HTML is read as such a page would be.
Footnotes are items of a list. Front matter gives title and author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from alliancebib.files import Source, source_of
from alliancebib.page import Line, Link, Page
from alliancebib.readers import html

__all__ = ["read", "recognises"]

_SIGNS = re.compile(
    r"^#{1,6} \S|^[-*+] \[|\[[^\]\n]+\]\(https?://|^\[[^\]\n]+\]: \S|^(?:---|\*\*\*)$|^```", re.MULTILINE
)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"^\[\^[^\]\n]+\]:[ \t]+", re.MULTILINE)
_ANCHOR = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class _Row(msgspec.Struct):
    """The text of one line while it grows."""

    text: str = ""
    links: list[Link] = msgspec.field(default_factory=list)


def recognises(source: Source) -> float:
    """Say how sure it is: by suffix, and by signs that plain text does not have."""
    if source.suffix in {".md", ".markdown", ".mdown", ".mkd"}:
        return 0.95
    signs = len(_SIGNS.findall(source.text[:20_000]))
    return 0.6 if signs >= 2 else 0.0


def read(source: Source) -> Page:
    """Give the lines of the document, and the title and author of its front matter."""
    fields, text = _without_front_matter(source.text)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    state: dict[str, object] = {}
    tokens = parser.parse(_FOOTNOTE.sub("- ", text), state)
    lines = [*_Walk(tokens).lines(), *_unused(tokens, state)]
    return Page(
        name=source.name,
        lines=tuple(lines),
        title=fields.get("title", ""),
        author=fields.get("author", ""),
        language=fields.get("lang", fields.get("language", "")),
    )


def _without_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Give the fields of the front matter, and the text with blank lines in its place."""
    match = _FRONT.match(text)
    if not match or not _FIELD.search(match[1]):
        return {}, text
    fields = {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(match[1])}
    return fields, "\n" * match[0].count("\n") + text[match.end() :]


class _Walk:
    """One walk through the tokens; what surrounds an inline token is known when it comes."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._items = 0
        self._level = 0
        self._cells: list[_Row] | None = None
        self._number = 0

    def lines(self) -> Iterator[Line]:
        """Give the lines of all tokens, in order."""
        for token in self._tokens:
            number = token.map[0] + 1 if token.map else self._number
            if token.type in {"list_item_open", "list_item_close"}:
                self._items += token.nesting
            elif token.type == "heading_open":
                self._level = int(token.tag[1])
            elif token.type == "tr_open":
                self._cells, self._number = [], number
            elif token.type == "tr_close":
                yield from _table_row(self._cells or [], self._number)
                self._cells = None
            else:
                yield from self._content(token, number)

    def _content(self, token: Token, number: int) -> Iterator[Line]:
        if token.type == "inline" and self._cells is not None:
            self._cells += [row for _, row in _rows(token, number)]
        elif token.type == "inline":
            for place, row in _rows(token, number):
                yield Line(number=place, text=row.text, links=tuple(row.links), level=self._level, item=self._items > 0)
            self._level = 0
        elif token.type == "html_block":
            for line in html.read(source_of(token.content)).lines:
                yield msgspec.structs.replace(line, number=number + line.number - 1)
        elif token.type in {"fence", "code_block"}:
            first = number + (token.type == "fence")
            for offset, text in enumerate(token.content.split("\n")):
                if text.strip():
                    yield Line(number=first + offset, text=text.strip(), item=self._items > 0)


def _table_row(cells: list[_Row], number: int) -> Iterator[Line]:
    whole = _Row()
    for cell in cells:
        if not cell.text:
            continue
        shift = len(whole.text) + 3 if whole.text else 0
        whole.text += f" | {cell.text}" if whole.text else cell.text
        whole.links += [Link(link.url, link.start + shift, link.end + shift) for link in cell.links]
    if whole.text:
        yield Line(number=number, text=whole.text, links=tuple(whole.links))


def _rows(inline: Token, number: int) -> Iterator[tuple[int, _Row]]:
    """Give the rows of an inline token, which hard breaks separate, with their line numbers."""
    row, begin, offset, begun_at = _Row(), 0, 0, 0
    href = ""
    for child in inline.children or ():
        if child.type == "link_open":
            href, begin = str(child.attrs.get("href", "")), len(row.text)
        elif child.type == "html_inline" and (anchor := _ANCHOR.match(child.content)):
            href, begin = anchor[1], len(row.text)
        elif child.type == "link_close" or (child.type == "html_inline" and child.content.lower().startswith("</a")):
            _link(row, href, begin)
            href = ""
        elif child.type == "softbreak":
            offset += 1
            row.text += " "
        elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.match(child.content)):
            offset += child.type == "hardbreak"
            _link(row, href, begin)
            if row.text.strip():
                yield number + begun_at, _stripped(row)
            row, begin, begun_at = _Row(), 0, offset
        elif child.type in {"text", "code_inline"}:
            row.text += child.content.replace("\u00a0", " ")
    if row.text.strip():
        yield number + begun_at, _stripped(row)


def _link(row: _Row, href: str, begin: int) -> None:
    if href.startswith(("http://", "https://")) and len(row.text) > begin:
        row.links.append(Link(href, begin, len(row.text)))


def _stripped(row: _Row) -> _Row:
    lead = len(row.text) - len(row.text.lstrip())
    text = row.text.strip()
    links = [Link(link.url, max(0, link.start - lead), min(len(text), link.end - lead)) for link in row.links]
    return _Row(text, links)


def _unused(tokens: list[Token], state: dict[str, object]) -> Iterator[Line]:
    """Give a line for each address that was defined for a link but that no link uses: nothing is lost."""
    used = {
        str(child.attrs.get("href")) for token in tokens for child in token.children or () if child.type == "link_open"
    }
    references = state.get("references", {})
    assert isinstance(references, dict)
    for reference in references.values():
        url = str(reference["href"])
        if url not in used and url.startswith(("http://", "https://")):
            text = f"{reference['title']} {url}".strip()
            place = reference.get("map") or [0]
            yield Line(number=place[0] + 1, text=text, links=(Link(url, len(text) - len(url), len(text)),))
