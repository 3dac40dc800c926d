"""Reader of HTML pages: one line for each block that shows text, with its links where they stand.

Paragraphs, list items, headings, table rows and the parts between ``<br>`` are blocks. What the markup itself calls
navigation, header or footer of the site keeps its lines with that role. Scripts, styles and hidden parts are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml import etree, html

from alliancebib.files import Source
from alliancebib.page import Line, Link, Page, Role

__all__ = ["read", "recognises"]

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot
    thead tr ul""".split()
)
_SILENT = frozenset(
    """button head iframe input math meta noscript object script select style svg template textarea title""".split()
)
#: Words of class attributes that hide a part from readers, or mark a control, in the systems most pages are made with.
_SILENT_CLASSES = frozenset(
    """mw-editsection noprint screen-reader-text skip-link sr-only visually-hidden visuallyhidden""".split()
)
_OUTSIDE = frozenset("nav footer aside".split())
_OUTSIDE_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar".split())
_CELLS = frozenset(["td", "th"])
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2007\u202f]+")
_TAG = re.compile(r"<[^<>]*>")
#: libxml2 counts the lines of HTML in 16 bits.
_LAST_LINE = 65_535
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")


class _Context(msgspec.Struct, frozen=True):
    """What the elements around a text say of it."""

    level: int = 0
    item: bool = False
    content: bool = False
    outside: bool = False
    pre: bool = False


class _Block(msgspec.Struct):
    """The text of one block while it grows; white space is collapsed as it comes."""

    number: int
    context: _Context
    text: str = ""
    parts: list[str] = msgspec.field(default_factory=list)
    length: int = 0
    links: list[tuple[str, int, int]] = msgspec.field(default_factory=list)

    def add(self, text: str) -> None:
        text = _INVISIBLE.sub("", _SPACE.sub(" ", text))
        if not self.parts:
            text = text.lstrip()
        elif self.parts[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            self.parts.append(text)
            self.length += len(text)

    def line(self, base: str) -> Line | None:
        text = "".join(self.parts)
        text = re.sub(r"(?: \|)+ ?$", "", text).rstrip()
        if not text:
            return None
        return Line(
            number=self.number,
            text=text,
            links=tuple(_links(text, self.links, base)),
            level=self.context.level,
            item=self.context.item,
            role=Role.NAVIGATION if self.context.outside else None,
            why="navigation, header or footer of the site in the markup" if self.context.outside else "",
        )


def recognises(source: Source) -> float:
    """Say how sure it is: by suffix, and by a doctype, a root element or other markup at the beginning."""
    head = source.text[:4000].lstrip().lower()
    if head.startswith(("<!doctype html", "<html")) or re.match(r"<\?xml[^>]*>\s*<(!doctype html|html)", head):
        return 1.0
    if source.suffix in {".html", ".htm", ".xhtml", ".mht"}:
        return 0.9
    if re.match(r"<(body|main|article|section|p|ul|ol|div|h[1-6]|table)\b[^>]*>", head):
        return 0.7
    return 0.0


def read(source: Source) -> Page:
    """Give the lines of the page, its title, its address, its author and its language."""
    root = _tree(source.text)
    if root is None:
        return _without_tree(source)
    address = _address(root, source.name)
    base = urljoin(address, _first(root, "//base/@href"))
    lines = tuple(line for block in _Walk(root).blocks() if (line := block.line(base)) is not None)
    return Page(
        name=source.name,
        lines=lines,
        title=_first(root, "//h1", "//meta[@property='og:title']/@content", "//title"),
        url=address,
        author=_first(root, "//meta[@name='author']/@content"),
        language=_first(root, "//html/@lang"),
    )


def _tree(text: str) -> etree._Element | None:
    # Tag soup is recovered; nothing is fetched. A tree deeper than libxml2 allows comes back as None.
    parser = html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    data = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    # A resource limit ends the tree early, without an exception: what stands behind it would be lost.
    return None if any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log) else root


def _without_tree(source: Source) -> Page:
    """Give the lines of a page that no parser can hold: the text between the tags, row by row."""
    rows = enumerate(source.text.split("\n"), start=1)
    shown = ((number, _SPACE.sub(" ", _TAG.sub(" ", row)).strip()) for number, row in rows)
    return Page(name=source.name, lines=tuple(Line(number=number, text=text) for number, text in shown if text))


def _first(root: etree._Element, *paths: str) -> str:
    """Give the text of the first of the paths that leads to any."""
    for path in paths:
        for found in cast("list[Any]", root.xpath(path)):
            text = str(found) if isinstance(found, str) else "".join(found.itertext())
            if text.strip():
                return _SPACE.sub(" ", text).strip()
    return ""


def _address(root: etree._Element, name: str) -> str:
    """Give the page's own address: stated by the page, or the name under which it was fetched."""
    for found in (_first(root, "//link[@rel='canonical']/@href"), _first(root, "//meta[@property='og:url']/@content")):
        if urlsplit(found).scheme in {"http", "https"}:
            return found
    return name if name.startswith(("http://", "https://")) else ""


class _Walk:
    """One walk through a tree, without recursion, giving the blocks in the order of reading."""

    def __init__(self, root: etree._Element) -> None:
        self._events = etree.iterwalk(root, events=("start", "end"))
        self._contexts = [_Context()]
        self._block = _Block(number=1, context=self._contexts[0])
        self._href = ""
        self._since = 0
        self._beyond = 0

    def blocks(self) -> Iterator[_Block]:
        """Give every block, empty ones too."""
        for event, node in self._events:
            tag = node.tag if isinstance(node.tag, str) else ""
            if event == "start":
                yield from self._start(node, tag)
            else:
                yield from self._end(node, tag)
        yield self._broken(0)

    def _start(self, node: etree._Element, tag: str) -> Iterator[_Block]:
        if tag in _SILENT or _is_hidden(node):
            self._events.skip_subtree()
            return
        if tag in _BLOCKS:
            self._contexts.append(_inner(self._contexts[-1], node, tag))
            yield self._broken(self._line_of(node))
        elif tag == "br":
            yield self._broken(self._line_of(node))
        elif tag in _CELLS and self._block.length:
            self._block.add(" | ")
        elif tag == "a":
            self._href, self._since = str(node.get("href") or ""), self._block.length
        yield from self._say(node.text, node)

    def _end(self, node: etree._Element, tag: str) -> Iterator[_Block]:
        silent = tag in _SILENT or _is_hidden(node)
        if tag == "a" and not silent:
            self._close_link()
            self._href = ""
        if tag in _BLOCKS and not silent:
            self._contexts.pop()
            yield self._broken(self._block.number)
        if node.getparent() is not None:
            yield from self._say(node.tail, node)

    def _say(self, text: str | None, node: etree._Element) -> Iterator[_Block]:
        if not text:
            return
        if self._line_of(node) >= _LAST_LINE:
            self._beyond += text.count("\n")
        if not self._contexts[-1].pre:
            self._block.add(text)
            return
        for offset, row in enumerate(text.split("\n")):
            if offset:
                yield self._broken(self._line_of(node) + offset)
            self._block.add(row)

    def _line_of(self, node: etree._Element) -> int:
        """Give the line of an element; beyond the last that libxml2 counts, by the line ends met since."""
        number = cast("int | None", node.sourceline) or 0
        return number + self._beyond if number >= _LAST_LINE else number

    def _broken(self, number: int) -> _Block:
        """End the block and begin another; a link that is open goes on in it."""
        self._close_link()
        done, self._block = self._block, _Block(number=number, context=self._contexts[-1])
        self._since = 0
        return done

    def _close_link(self) -> None:
        if self._href and self._block.length > self._since:
            self._block.links.append((self._href, self._since, self._block.length))
        self._since = self._block.length


def _inner(around: _Context, node: etree._Element, tag: str) -> _Context:
    role = str(node.get("role") or "").lower()
    content = around.content or tag in {"main", "article"} or role == "main"
    outside = around.outside or role in _OUTSIDE_ROLES or tag in _OUTSIDE or (tag == "header" and not content)
    if content and tag != "nav" and role != "navigation":
        outside = around.outside and not (tag in {"main", "article"} or role == "main")
    level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
    return _Context(
        level=level,
        item=tag == "li" or (around.item and tag not in {"ul", "ol"}),
        content=content,
        outside=outside and level != 1,
        pre=around.pre or tag == "pre",
    )


def _is_hidden(node: etree._Element) -> bool:
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    style = str(node.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    return not _SILENT_CLASSES.isdisjoint(str(node.get("class") or "").lower().split())


def _links(text: str, links: list[tuple[str, int, int]], base: str) -> Iterator[Link]:
    """Give the links that lead to another page, with the white space at their ends left out."""
    for href, start, end in links:
        shown = text[start:end]
        begin = start + len(shown) - len(shown.lstrip())
        try:
            url = urljoin(base, href.strip())
            scheme = urlsplit(url).scheme
        except ValueError:
            continue
        if shown.strip() and not href.startswith("#") and scheme in {"http", "https"}:
            yield Link(url=url, start=begin, end=begin + len(shown.strip()))
