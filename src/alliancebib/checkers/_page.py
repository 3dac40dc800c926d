"""What stands on a page: its title and headings, its text with and without what all pages of its site share.

Bytes and headers, or a page's markup, come in; text goes out. Markup of any sort is read in one pass and never refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from urllib.parse import unquote

import msgspec

__all__ = ["Body", "Heads", "has_place", "heads", "is_html", "page_text", "plain", "read_body", "seen", "word_count"]

#: Only encodings of text, so that no codec of another sort is ever asked.
_TEXT_ENCODING = re.compile(
    r"(utf-?(8|16(le|be)?)|us-ascii|ascii|latin-?1|(x-)?(iso-?8859-?\d{1,2}|windows-?125\d|cp-?125\d|mac-?cyrillic)"
    r"|koi8-?[ru]|cp866|gb2312|gbk|gb18030|big5|shift[-_]jis|sjis|euc-?(jp|kr)|iso-2022-jp)"
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,30})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]{1,30})", re.IGNORECASE)

_TITLE = re.compile(r"<title\b[^<>]{0,300}>([^<]{0,500})", re.IGNORECASE)
_HEADING = re.compile(r"<h([123])\b[^<>]{0,500}>", re.IGNORECASE)
#: Of this many headings, and of each this many letters, the words are looked at.
_MOST_HEADINGS, _LONGEST_HEADING = 12, 600
_META = re.compile(r"<meta\b([^<>]{0,1000})>", re.IGNORECASE)
_OG_TITLE = re.compile(r"(?:property|name)\s{0,9}=\s{0,9}[\"']?(?:og|twitter):title\b", re.IGNORECASE)
_CONTENT = re.compile(r"content\s{0,9}=\s{0,9}(?:\"([^\"]{0,300})|'([^']{0,300}))", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|noscript|svg|template|iframe|textarea|select)\b|<!--")
_TAG = re.compile(r"<(/?)([a-z][\w:-]{0,40})([^<>]{0,2000})>|<[!?/][^<>]{0,2000}>", re.IGNORECASE)
_WORD = re.compile(r"\w+")
#: Scripts without blanks: two of these letters are about a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

#: The title, which is no text, and parts that the pages of a site share, by element
#: or by the names that sites give them.
_SHARED = frozenset({"title", "nav", "header", "footer", "aside", "menu", "dialog"})
_SHARED_NAMES = frozenset(
    {"nav", "navbar", "navigation", "menu", "footer", "sidebar", "breadcrumb", "breadcrumbs", "related", "banner",
     "cookie", "cookies"}
)  # fmt: skip
_NAMING = re.compile(r"\b(?:role|id|class)\s{0,5}=\s{0,5}(\"[^\"]*|'[^']*|[^\s\"'>]+)", re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]+")
_NAMED = frozenset({"div", "section", "ul", "ol", "td", "table", "form"})
#: Elements that do not end a line.
_INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "kbd", "mark", "q", "s", "small",
                     "span", "strong", "sub", "sup", "tt", "u", "wbr", "img"})  # fmt: skip


class Heads(msgspec.Struct, frozen=True):
    """How a page is named: its title and that for other sites, its first headings of the first and of lesser ranks."""

    titles: tuple[str, ...]
    first: tuple[str, ...]
    lesser: tuple[str, ...]


class Body(msgspec.Struct, frozen=True):
    """A page's text: all of it; without the parts that a site's pages share, by line; and that without links."""

    whole: str
    lines: tuple[str, ...]
    core: str


def is_html(headers: Mapping[str, str], body: bytes) -> bool:
    """Say whether an answer is a page, by its stated type or, where none is stated, by its look."""
    kind = headers.get("content-type", "").lower()
    return "html" in kind or (not kind and b"<html" in body[:2000].lower())


def page_text(headers: Mapping[str, str], body: bytes) -> str:
    """Decode a page: by its header, its meta element, else as UTF-8 or Windows Western."""
    stated = [match.group(1) for match in [_HEADER_CHARSET.search(headers.get("content-type", ""))] if match]
    stated += [match.group(1).decode("ascii") for match in [_META_CHARSET.search(body[:4096])] if match]
    for name in stated:
        if _TEXT_ENCODING.fullmatch(name.lower()):
            try:
                return body.decode(name, "replace")
            except LookupError:
                continue
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as problem:
        cut = problem.start >= len(body) - 3  # the cap may have cut a letter in two
        return body.decode("utf-8" if cut else "cp1252", "replace")


def has_place(text: str, fragment: str) -> bool:
    """Say whether a page has the place that a fragment names, or the fragment is no name of a place.

    >>> has_place("<h2 id='results'>Results</h2>", "results"), has_place("<p>", "results")
    (True, False)
    """
    names = {fragment, unquote(fragment)}
    if fragment.lower() in {"", "top"} or fragment.startswith(("!", "/", ":~:", "?")):
        return True
    places = "|".join(re.escape(variant) for name in names for variant in (name, html.escape(name)))
    return bool(
        re.search(rf"\b(?:id|name)\s*=\s*(?:\"(?:{places})\"|'(?:{places})'|(?:{places})[\s/>])", text, re.IGNORECASE)
    )


def seen(text: str) -> str:
    """Give a page's markup without scripts, styles, comments and what is shown only where scripts do not run."""
    lowered = (text if text.isascii() else text.replace("\u0130", "I")).lower()  # the one that is longer when small
    pieces: list[str] = []
    place = 0
    while opening := _HIDDEN.search(lowered, place):
        pieces.append(text[place : opening.start()])
        name = opening.group(1)
        place = _end(lowered, name, opening.end())
        if place < 0:
            return " ".join(pieces)
    pieces.append(text[place:])
    return " ".join(pieces)


def heads(visible: str) -> Heads:
    """Give the title and headings of what `seen` gave of a page."""
    titles = [match.group(1) for match in [_TITLE.search(visible)] if match]
    metas = (match.group(1) for match in _META.finditer(visible[:60_000]) if _OG_TITLE.search(match.group(1)))
    contents = (match for match in map(_CONTENT.search, metas) if match)
    titles += [match.group(1) or match.group(2) or "" for match in contents]
    headings = list(_headings(visible))
    return Heads(
        tuple(plain(title) for title in titles[:3]),
        tuple(words for rank, words in headings if rank == "1"),
        tuple(words for rank, words in headings if rank != "1"),
    )


def read_body(visible: str) -> Body:
    """Read what `seen` gave of a page, from the first letter to the last."""
    whole, main, core = [], [], []
    for words, shared, linked, ends in _pieces(visible):
        whole.append(words)
        if not shared:
            main.append(words)
            if not linked:
                core.append(words)
            if ends:
                main.append("\n")
    text = html.unescape("".join(main))
    everything = html.unescape(" ".join(whole))
    if not text.strip():  # an element that is never closed may have taken all
        return Body(everything, tuple(_lines(html.unescape("\n".join(whole)))), everything)
    return Body(everything, tuple(_lines(text)), html.unescape(" ".join(core)))


def plain(markup: str) -> str:
    """Give the words of a piece of markup, with single blanks."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).replace("’", "'").split())


def word_count(text: str) -> int:
    """Count the words of a text; in scripts without blanks two letters count as one."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len(_WORD.findall(text)) + unspaced // 2


def _end(lowered: str, name: str | None, place: int) -> int:
    """Find the end of a hidden element, or of a comment; -1 where there is none."""
    if name is None:
        end = lowered.find("-->", place)
        return end + 3 if end >= 0 else -1
    end = lowered.find(f"</{name.lower()}", place)
    return end + len(name) + 2 if end >= 0 else -1


def _headings(visible: str) -> Iterator[tuple[str, str]]:
    for opening in islice(_HEADING.finditer(visible), _MOST_HEADINGS):
        end = visible.find("</h", opening.end(), opening.end() + _LONGEST_HEADING)
        end = end if end >= 0 else visible.find("</H", opening.end(), opening.end() + _LONGEST_HEADING)
        if end >= 0:
            yield opening.group(1), plain(visible[opening.end() : end])


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        words = " ".join(line.split())
        if words:
            yield words


def _pieces(visible: str) -> Iterator[tuple[str, bool, bool, bool]]:
    """Give each piece of text, whether it is in a shared part, whether in a link, and whether a line ends after it."""
    place, shared, depth, linked = 0, "", 0, False
    for tag in _TAG.finditer(visible):
        name = (tag.group(2) or "").lower()
        yield visible[place : tag.start()], bool(shared), linked, name not in _INLINE
        place = tag.end()
        opens = not tag.group(1) and not (tag.group(3) or "").endswith("/")
        if name == "a":
            linked = opens
        if name == shared:
            depth += 1 if opens else -1
            shared = shared if depth > 0 else ""
        elif not shared and opens and _is_shared(name, tag.group(3)):
            shared, depth = name, 1
    yield visible[place:], bool(shared), linked, True


def _is_shared(name: str, attributes: str) -> bool:
    if name in _SHARED:
        return True
    if name not in _NAMED or not attributes:
        return False
    values = " ".join(_NAMING.findall(attributes)).lower()
    return not _SHARED_NAMES.isdisjoint(_LETTERS.findall(values))
