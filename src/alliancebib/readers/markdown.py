"""Markdown (CommonMark, tables, footnotes, front matter): each paragraph, item, row and heading is one line.

The text is what a reader sees, with the places of the links in it. Soft breaks join where a row went on, hard breaks
part. Addresses that no link uses, and whatever the parser passes over, are kept as lines too; front matter becomes the
page's own fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from alliancebib.files import Source
from alliancebib.page import Line, Link, Page
from alliancebib.readers import html
from alliancebib.readers._flow import Paragraph
from alliancebib.readers._front_matter import front_matter_of
from alliancebib.readers._notes import NOTE, use_notes
from alliancebib.readers._visible import fold
from alliancebib.readers._wrapping import are_rows_apart

__all__ = ["read", "recognises"]

_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd"})
_LINK = re.compile(r"(?<!\\)\[[^\[\]\n]{1,500}\]\(\s?<?https?://[^\s()<>]{1,2000}")
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_LIST_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+\S", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*\S[^*\n]{1,200}\*\*")
#: Deeper lists and brackets are read as text, so that no page exhausts the interpreter's stack.
_DEEPEST = 60
#: A longer line is a document without line breaks, or data: it is kept as it is.
_LONGEST = 20_000
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_TAG = re.compile(r"<\s*(/?)\s*([A-Za-z][\w-]*)([^<>]*)>")
_LABEL = re.compile(r"[\s>]*\[([^\[\]]+)\]:")
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


class _Markdown(MarkdownIt):
    """Keeps addresses as they are written: what is foreign in them is encoded when they are visited."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


def recognises(source: Source) -> float:
    """Say how sure it is that this is Markdown: by its suffix, else only by strong signs together."""
    if source.suffix in _SUFFIXES:
        return 0.95
    head = source.text[:50_000]
    links = len(_LINK.findall(head))
    headings = len(_HEADING.findall(head))
    items = len(_LIST_ITEM.findall(head))
    if links and (headings or items >= 2):
        return 0.8
    if front_matter_of(head).title and (headings or links):
        return 0.8
    return 0.7 if headings >= 2 and (items >= 2 or _EMPHASIS.search(head)) else 0.0


def read(source: Source) -> Page:
    """Make a line of every paragraph, item, row and heading."""
    front = front_matter_of(source.text)
    rows = source.text.split("\n")
    long = [number for number, row in enumerate(rows, 1) if len(row) > _LONGEST and number > front.length]
    lines = [_verbatim(rows, number) for number in long]
    blank = frozenset(range(1, front.length + 1)).union(long)
    text = "\n".join("" if number in blank else row for number, row in enumerate(rows, 1))
    try:
        lines += _Reading(text).lines()
    except RecursionError:  # nested beyond every measure: the lines are kept as they stand
        lines += [_verbatim(rows, number) for number in range(1, len(rows) + 1) if number not in blank]
    kept = sorted((line for line in lines if line), key=lambda line: line.number)
    return Page(
        name=source.name,
        lines=tuple(kept),
        title=front.title or next((line.text for line in kept if line.level == 1), ""),
        url=front.url,
        author=front.author,
        language=front.language,
        updated=front.updated,
        findings=source.findings,
    )


def _verbatim(rows: Sequence[str], number: int) -> Line | None:
    text = fold(rows[number - 1]).strip()
    return Line(number=number, column=_column(rows, number, text), text=text) if text else None


def _column(rows: Sequence[str], number: int, text: str) -> int:
    """Give the column of a text's first word in its row; 1 where markup stands within it."""
    place = rows[number - 1].find(text.split(" ", 1)[0]) if 0 < number <= len(rows) else -1
    return place + 1 if place >= 0 else 1


class _Reading:
    """One page as it is read: the parser's tokens in, lines out."""

    def __init__(self, text: str) -> None:
        self._rows = text.split("\n")
        parser = _Markdown("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
        use_notes(parser)
        self._environment: dict[str, dict[str, dict[str, object]]] = {}
        self._tokens = parser.parse(text, self._environment)
        self._labels = frozenset(token.info for token in self._tokens if token.type == NOTE)
        self._hrefs: set[str] = set()
        self._covered: set[int] = set()
        self._items: list[str] = []  # of each open item, what its first paragraph has to keep of its mark
        self._level = 0
        self._row = 0
        self._in_head = False

    def lines(self) -> list[Line | None]:
        """Give the lines of the page; those that the parser passed over come last."""
        return [*self._read(), *self._definitions(), *self._passed_over()]

    def _read(self) -> Iterator[Line | None]:
        cells: list[Line | None] = []
        for token in self._tokens:
            if token.type == "tr_close":
                row = html.row_line(cells)
                yield html.head_row(row) if row and self._in_head else row
                cells = []
            elif token.type == "inline" and self._row:
                cells += self._inline(token) or [None]
            elif token.type == "inline":
                yield from self._inline(token)
            elif token.type in ("fence", "code_block", "html_block"):
                yield from self._block(token)
            self._step(token)

    def _step(self, token: Token) -> None:
        """Keep in mind what is open: items, a heading, a row."""
        if token.type == "list_item_open":
            self._items.append(f"{token.info}{token.markup} " if _YEAR.fullmatch(token.info) else "")
        elif token.type == NOTE:
            self._items.append("")
        elif token.type in ("list_item_close", "note_close"):
            self._items.pop()
        elif token.type in ("heading_open", "heading_close"):
            self._level = int(token.tag[1]) if token.nesting == 1 else 0
            self._cover(token)
        elif token.type in ("thead_open", "thead_close"):
            self._in_head = token.nesting == 1
        elif token.type in ("tr_open", "tr_close"):
            self._row = (token.map or [0])[0] + 1 if token.nesting == 1 else 0
            self._cover(token)

    def _cover(self, token: Token) -> None:
        if token.map:
            self._covered |= set(range(token.map[0] + 1, token.map[1] + 1))

    def _block(self, token: Token) -> Iterator[Line | None]:
        self._cover(token)
        first = (token.map or [0])[0] + 1
        if token.type == "html_block":
            yield from html.lines_of_fragment(token.content, line=first)
            return
        first += token.type == "fence"
        for number, text in enumerate(token.content.split("\n"), start=first):
            if shown := fold(text).strip():
                yield Line(number=number, column=_column(self._rows, number, shown), text=shown, item=bool(self._items))

    def _inline(self, token: Token) -> list[Line]:
        """Read a paragraph: its parts between hard breaks, and definitions below a term, are lines."""
        self._cover(token)
        number = self._row or (token.map or [0])[0] + 1
        paragraph = Paragraph()
        lines: list[Line | None] = []
        if self._items and self._items[-1]:
            paragraph.put(self._items[-1], number=number, column=1)
            self._items[-1] = ""  # only the first paragraph of an item stands behind its mark
        whole = bool(self._level or self._row)
        children = token.children or []
        apart = not whole and are_rows_apart(token.content.split("\n"))
        for place, child in enumerate(children):
            number += child.type in ("softbreak", "hardbreak") and not self._row
            if child.type == "softbreak" and not whole and _defines(children[place + 1 : place + 2]):
                lines.append(self._taken(paragraph))
                children[place + 1].content = children[place + 1].content[2:]
            elif (child.type == "softbreak" and not apart) or (_is_break(child) and whole):
                paragraph.put(" ", number=number, column=1)
            elif _is_break(child) or (child.type == "softbreak" and apart):
                lines.append(self._taken(paragraph))
            elif child.type in ("text", "code_inline", "text_special"):
                first = not place and bool(self._items)
                paragraph.put(self._shown(child, first=first), number=number, column=1)
            else:
                self._mark(child, paragraph)
        lines.append(self._taken(paragraph))
        return [self._placed(line) for line in lines if line]

    def _taken(self, paragraph: Paragraph) -> Line | None:
        return paragraph.taken(level=self._level, item=bool(self._items))

    def _mark(self, child: Token, paragraph: Paragraph) -> None:
        """Read what stands around text: links count, emphasis and pictures do not."""
        if child.type == "link_open":
            paragraph.open_link(self._target(str(child.attrGet("href") or "")))
        elif child.type == "link_close":
            paragraph.close_link()
        elif child.type == "html_inline":
            self._tag(child.content, paragraph)

    def _shown(self, child: Token, *, first: bool) -> str:
        text = child.content
        if first and (task := _TASK.match(text)):
            text = text[task.end() :]
        for label in self._labels if "[^" in text else ():
            text = text.replace(f"[^{label}]", "")
        return text

    def _target(self, href: str) -> str:
        self._hrefs.add(href)
        if href.lower().startswith("www."):
            return f"https://{href}"
        return href if href.lower().startswith(("http://", "https://")) else ""

    def _tag(self, content: str, paragraph: Paragraph) -> None:
        """Read a tag of HTML within a paragraph: links count, all others are passed over."""
        match = _TAG.fullmatch(content)
        if not match or match[2].lower() != "a":
            return
        href = _HREF.search(match[3])
        paragraph.close_link()
        if not match[1] and href:
            paragraph.open_link(self._target(href[1] or href[2] or href[3] or ""))

    def _placed(self, line: Line) -> Line:
        column = _column(self._rows, line.number, line.text)
        return Line(
            number=line.number, column=column, text=line.text, links=line.links, level=line.level, item=line.item
        )

    def _definitions(self) -> Iterator[Line | None]:
        """Give the addresses that are written for links, but that no text of the page uses."""
        for definition in self._environment.get("references", {}).values():
            place, url = definition.get("map"), str(definition.get("href"))
            if not isinstance(place, list):
                continue
            self._covered |= set(range(place[0] + 1, place[1] + 1))
            if url in self._hrefs:
                continue
            label = _LABEL.match(self._rows[place[0]])
            words = str(definition.get("title") or "") or (label[1] if label and not label[1].isdecimal() else "")
            text = fold(" ".join(f"{words} {url}".split()))
            links = (Link(url, len(text) - len(url), len(text)),) if self._target(url) == url else ()
            yield Line(number=place[0] + 1, text=text, links=links) if text else None

    def _passed_over(self) -> Iterator[Line | None]:
        """Give the rows that stand in nothing the parser found: too deep a list, a second address of one name."""
        for number, row in enumerate(self._rows, start=1):
            if number not in self._covered and any(letter.isalnum() for letter in row):
                yield _verbatim(self._rows, number)


def _defines(following: Sequence[Token]) -> bool:
    """Say whether a row begins with the mark of a definition: ``: text`` below a term."""
    return bool(following) and following[0].type == "text" and following[0].content.startswith((": ", ":\t"))


def _is_break(child: Token) -> bool:
    if child.type != "html_inline":
        return child.type == "hardbreak"
    match = _TAG.fullmatch(child.content)
    return bool(match and match[2].lower() == "br")
