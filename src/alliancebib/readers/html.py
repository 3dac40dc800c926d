"""HTML: each paragraph, heading, list item, table row and part between `<br>` is one line, with its links.

The text is what a reader sees: blanks collapsed, scripts and hidden parts left out. What the markup itself says is no
content (`<nav>`, the site's header and footer, banners) keeps its lines, with the role of navigation. The source is
read as a stream, so that neither depth nor size matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import cast

import msgspec
from lxml import etree

from alliancebib.files import Source
from alliancebib.page import Line, Link, Page, Role
from alliancebib.readers._flow import Paragraph
from alliancebib.readers._head import Head
from alliancebib.readers._markup import PLACE, with_places, without_places

__all__ = ["head_row", "lines_of_fragment", "read", "recognises", "row_line"]

_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})
_MEDIA = frozenset({"text/html", "application/xhtml+xml"})
_START = re.compile(
    r"(?:\s|<!--(?:[^-]|-(?!->)){0,5000}-->|<\?xml[^<>]{0,200}\?>)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE
)
_BLOCK_END = re.compile(r"</(?:p|li|div|tr|h[1-6]|ul|ol|table|dd)\s*>|<br\s*/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search section summary
    table tbody tfoot thead tr ul""".split()
)
#: Blocks that may stand around the one paragraph of a cell.
_WRAPPERS = frozenset("p div center form section article address".split())
_SKIPPED = frozenset(
    """script style template noscript svg iframe object embed video audio canvas select textarea datalist map
    noframes noembed""".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ITEMS = frozenset({"li", "dd"})
_CONTENT = frozenset({"main", "article"})
_HEAD = frozenset({"html", "base", "link", "meta"})
#: Roles of WAI-ARIA that say "no content" of the site's frame.
_FRAME_ROLES = frozenset("banner contentinfo complementary search dialog alertdialog menu menubar toolbar".split())
_CONSENT = re.compile(
    r"(?:cookie|consent|gdpr)s?[-_]{0,2}(?:banner|notice|bar|popup|law|message|dialog|overlay|modal|consent|info)",
    re.IGNORECASE,
)
#: The last one is Word's for the bullets and numbers of its lists.
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-list\s*:\s*ignore", re.IGNORECASE)
_WORD_ITEM = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
#: Classes of the systems that most pages are made with: text for screen readers alone, "[edit]" behind headings.
_HIDDEN_CLASSES = frozenset("mw-editsection sr-only visually-hidden visuallyhidden noprint".split())
_SKIP_TEXT = re.compile(
    r"(?:skip|jump) to |skip navigation|zum inhalt|aller au contenu|saltar al|перейти к", re.IGNORECASE
)
_PLACE = re.compile(r"(\d{1,15}):(\d{1,15})")
_CELL_BREAK = " |"


class _Frame(msgspec.Struct, frozen=True):
    """An open element, and what holds inside it."""

    tag: str
    skipped: bool = False
    navigation: str = ""
    content: bool = False
    sectioned: bool = False
    level: int = 0
    item: bool = False
    verbatim: bool = False


class _Row(msgspec.Struct):
    """An open row of a table: its cells, each of the parts between `<br>`, as long as each cell is one paragraph."""

    depth: int
    cells: list[list[Line]]
    parts: list[Line]
    tags: set[str]
    layout: bool = False


def recognises(source: Source) -> float:
    """Say how sure it is that this is HTML: by its beginning, by its suffix or stated type, by the tags in it."""
    head = source.text[:20_000]
    if _START.match(head):
        return 0.97
    if source.suffix in _SUFFIXES or source.media in _MEDIA:
        return 0.95 if _has_tags(source.text) else 0.5
    ends = len(_BLOCK_END.findall(head))
    return 0.7 if ends >= 3 and head.lstrip().startswith("<") and ends * 2 >= head.count("\n") else 0.0


def read(source: Source) -> Page:
    """Make a line of every paragraph; title, address, author and language are those that the markup states."""
    target = _Target(Head(own=source.address), verbatim=not _has_tags(source.text))
    _feed(source.text, target, line=1)
    head, lines = target.head, target.lines
    if lines and all(line.role for line in lines):  # a page that is all frame has lost its content to a wrong mark
        lines = [msgspec.structs.replace(line, role=None, why="") for line in lines]
    return Page(
        name=source.name,
        lines=tuple(lines),
        title=_title(head.title, lines),
        url=head.url,
        author=head.author,
        language=head.language,
        updated=head.updated,
        findings=source.findings,
    )


def _has_tags(text: str) -> bool:
    return _ANY_TAG.search(text[:500_000]) is not None


def _title(stated: str, lines: Sequence[Line]) -> str:
    """Give the title as the page's own heading has it, where the stated title only adds the name of the site."""
    headings = [line.text for line in lines if line.level == 1]
    if not stated:
        return headings[0] if headings else ""
    fitting = [heading for heading in headings if heading.lower() in stated.lower()]
    return max(fitting, key=lambda heading: (stated.lower().startswith(heading.lower()), len(heading)), default=stated)


def lines_of_fragment(text: str, *, line: int) -> tuple[Line, ...]:
    """Give the lines of a piece of HTML that stands in another text, from a line on."""
    target = _Target(Head())
    _feed(text, target, line=line)
    return tuple(target.lines)


def _feed(text: str, target: _Target, *, line: int) -> None:
    parser = etree.HTMLParser(target=cast("etree.ParserTarget", target), encoding="utf-8", huge_tree=True)
    marked = with_places(text.replace("\x00", "\ufffd"), line=line)
    target.number = line
    with suppress(etree.XMLSyntaxError):  # what stood before the fault was read
        etree.fromstring(marked.encode("utf-8", "replace"), parser)
    target.finish()


class _Target:
    """What the parser tells its events to (https://lxml.de/parsing.html#the-target-parser-interface)."""

    def __init__(self, head: Head, *, verbatim: bool = False) -> None:
        self.head = head
        self.lines: list[Line] = []
        self.number, self.column = 1, 1
        self._frames = [_Frame("", verbatim=verbatim)]
        self._rows: list[_Row] = []
        self._paragraph = Paragraph()
        self._skip_link = self._anchored = False
        self._in_title = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        if place := _PLACE.fullmatch(attributes.get(PLACE, "")):
            self.number, self.column = int(place[1]), int(place[2])
        frame = self._frames[-1]
        if frame.skipped or tag in _SKIPPED or _is_hidden(tag, attributes):
            self._frames.append(_Frame(tag, skipped=True))
            return
        self._in_title = tag == "title" and not self.head.title_text
        if tag in _HEAD:
            self.head.see(tag, attributes)
        if tag in _BLOCKS:
            self._begin_block(tag)
        elif tag == "br":
            self._break()
        elif tag in ("td", "th"):
            self._begin_cell(tag)
        elif tag == "a":
            self._begin_link(attributes)
        self._frames.append(_inner(frame, tag, attributes))
        if tag == "tr":
            self._rows.append(_Row(len(self._frames), [], [], set()))

    def end(self, tag: str) -> None:
        """Close an element."""
        self.column += len(tag) + 3
        if len(self._frames) < 2 or self._frames[-1].tag != tag:
            return
        if not self._frames[-1].skipped:
            self._close(tag)
        self._frames.pop()

    def data(self, text: str) -> None:
        """Read text."""
        frame = self._frames[-1]
        if self._in_title:
            self.head.title_text.append(without_places(text))
        elif frame.skipped:
            self.number += text.count("\n")
        elif frame.verbatim and not self._row:
            for place, piece in enumerate(text.split("\n")):
                if place:
                    self._flush()
                    self.number, self.column = self.number + 1, 1
                self._put(piece)
        else:
            self._put(text)

    def comment(self, text: str) -> None:
        """Pass over a comment."""
        self.number += text.count("\n")

    def close(self) -> None:
        """End the page, as the parser's interface asks for."""

    def finish(self) -> None:
        """Give out what is still open."""
        while self._rows:
            self._end_row()
        self._flush()

    def _put(self, text: str) -> None:
        self.number, self.column = self._paragraph.put(text, number=self.number, column=self.column)

    def _close(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "a":
            self._paragraph.close_link()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            while self._rows and self._rows[-1].depth >= len(self._frames):
                self._end_row()
        elif tag in _BLOCKS:
            if self._row and tag in _WRAPPERS:
                self._paragraph.put(" ", number=self.number, column=self.column)
            else:
                self._flush()

    @property
    def _row(self) -> _Row | None:
        """The row whose cell is being read, unless its cells hold more than a paragraph each."""
        return self._rows[-1] if self._rows and not self._rows[-1].layout else None

    def _begin_block(self, tag: str) -> None:
        row = self._row
        if row and (tag not in _WRAPPERS or not self._paragraph.is_empty):
            self._spill(row)
        if not self._row:
            self._flush()

    def _break(self) -> None:
        if self._frames[-1].level:
            self._paragraph.put(" ", number=self.number, column=self.column)
        elif not (row := self._row):
            self._flush()
        elif line := self._taken():
            row.parts.append(line)

    def _begin_cell(self, tag: str) -> None:
        if self._row:
            self._row.tags.add(tag)
        if self._row is None or not self._paragraph.is_empty:  # text between cells is a cell of its own
            self._end_cell()

    def _end_cell(self) -> None:
        if row := self._row:
            line = self._taken()
            row.cells.append([*row.parts, line] if line else row.parts)
            row.parts = []
        else:
            self._flush()

    def _spill(self, row: _Row) -> None:
        """Give the cells of a row as lines of their own: the table lays out the page, or a cell is more than a cell."""
        row.layout = True
        self.lines += [line for cell in (*row.cells, row.parts) for line in cell]
        row.cells, row.parts = [], []

    def _end_row(self) -> None:
        self._end_cell()
        row = self._rows.pop()
        filled = [cell for cell in row.cells if cell]
        if len(filled) == 1:  # a column is laid out; beside other cells the parts are one value
            self.lines += filled[0]
        elif line := row_line([row_line(cell, between=" ") for cell in row.cells]):
            self.lines.append(head_row(line) if row.tags == {"th"} else line)

    def _begin_link(self, attributes: Mapping[str, str]) -> None:
        href = attributes.get("href", "")
        if href.lstrip().startswith("#"):
            self._skip_link |= "skip" in attributes.get("class", "").lower()
        self._anchored = True
        self._paragraph.open_link(self.head.resolved(href))

    def _flush(self) -> None:
        if line := self._taken():
            self.lines.append(line)

    def _taken(self) -> Line | None:
        frame = self._frames[-1]
        line = self._paragraph.taken(level=frame.level, item=frame.item)
        skips, anchored = self._skip_link, self._anchored
        self._skip_link = self._anchored = False
        if line is None:
            return None
        why = frame.navigation
        if why == "header" and (line.level or not (anchored or line.item)):
            why = ""  # a page's title and its date may stand in the header of the site
        if len(line.text) < 80 and not line.links and (skips or _SKIP_TEXT.match(line.text)):
            why = "a link to skip to the content"
        if not why:
            return line
        why = f"in the page's {why}" if " " not in why else why
        return msgspec.structs.replace(line, role=Role.NAVIGATION, why=why)


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")):
        return tag not in ("html", "body")
    if tag == "dialog" and "open" not in attributes:
        return True
    if not _HIDDEN_CLASSES.isdisjoint(attributes.get("class", "").lower().split()):
        return True
    return attributes.get("aria-hidden") == "true" and tag not in _BLOCKS


def _inner(outer: _Frame, tag: str, attributes: Mapping[str, str]) -> _Frame:
    """Give what holds inside an element."""
    role = attributes.get("role", "").lower()
    content = outer.content or tag in _CONTENT or role in _CONTENT
    level = _HEADINGS.get(tag, outer.level)
    if role == "heading":
        level = _stated_level(attributes.get("aria-level", "2"))
    return _Frame(
        tag,
        navigation=outer.navigation or _navigation(tag, role, attributes, outer),
        content=content,
        sectioned=outer.sectioned or content or tag in ("section", "aside", "nav"),
        level=level,
        item=tag in _ITEMS
        or _WORD_ITEM.search(attributes.get("style", "")) is not None
        or (outer.item and tag != "table"),
        verbatim=outer.verbatim or tag == "pre",
    )


def _stated_level(text: str) -> int:
    return min(max(int(text), 1), 6) if text.isdecimal() and len(text) < 4 else 2


def _navigation(tag: str, role: str, attributes: Mapping[str, str], outer: _Frame) -> str:
    """Say in a word why an element is no content of the page; "" where it may be."""
    if tag == "nav" or role == "navigation":
        return "navigation"
    if outer.content or tag in ("html", "body", *_CONTENT) or role in _CONTENT:
        return ""
    if tag == "aside" or (tag in ("header", "footer") and not outer.sectioned):
        return tag
    if role in _FRAME_ROLES:
        return "header" if role == "banner" else role
    if _CONSENT.search(f"{attributes.get('id', '')} {attributes.get('class', '')}"):
        return "notice on cookies"
    return ""


def head_row(line: Line) -> Line:
    """Give the first row of a table, which names its columns, its role; one with links is an entry all the same."""
    return line if line.links else msgspec.structs.replace(line, role=Role.LABEL, why="it names the columns of a table")


def row_line(cells: Sequence[Line | None], *, between: str = _CELL_BREAK) -> Line | None:
    """Join the cells of a row into one line, as a reader sees them side by side; an empty one between two is kept."""
    first = next((cell for cell in cells if cell), None)
    if first is None:
        return None
    text, end, links = "", 0, list[Link]()
    for cell in cells:
        text += between if text else ""
        if cell:
            text += " " if text and not text.endswith(" ") else ""
            links += [Link(link.url, link.start + len(text), link.end + len(text)) for link in cell.links]
            text += cell.text
            end = len(text)
    return msgspec.structs.replace(first, text=text[:end], links=tuple(links))
