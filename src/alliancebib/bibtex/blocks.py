"""Where the blocks of a BibTeX file begin and end: text comes in, stretches of it go out, in order and without gaps.

Only braces count, as in BibTeX itself; a backslash hides none. An entry that is never closed ends where the next one
begins, so that it costs nothing but itself. Every character of the file is in exactly one block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from alliancebib.bibtex.regular import Regular, regular_entry

__all__ = ["Stretch", "closing_brace", "closing_quote", "find_blocks"]

_START = re.compile(r"@[ \t]*([^\W\d_][\w.+-]*)\s*([{(])")
#: A block inside a block: at the start of a line, which a value hardly ever has.
_WEAK_START = re.compile(r"^[ \t]*(@[ \t]*[^\W\d_][\w.+-]*\s*[{(])", re.MULTILINE)
#: An entry inside an entry: as above, with a key, a comma and the first field.
_STRONG_START = re.compile(
    r"^[ \t]*(@[ \t]*[^\W\d_][\w.+-]*\s*[{(]\s*[^\s{}(),\"=#%]*\s*,\s*[^\s=,{}\"#%()]+\s*=)", re.MULTILINE
)
#: Up to the closing brace of a group with three levels of braces in it, as nearly all are; nothing is tried twice.
_SHALLOW = re.compile(r"[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}[^{}]*+)*+\}")
_BRACES = re.compile(r"[{}]")
_BRACES_AND_QUOTES = re.compile(r'[{}"]')
_PAREN_MARKS = re.compile(r'[{}")]')
_OTHER_KINDS = frozenset({"string", "preamble", "comment"})


class Stretch(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A block of the file: characters ``start`` to ``end``; its body lies between ``body`` and ``body_end``.

    ``kind`` is entry, string, preamble, comment, or text for what stands between blocks. ``closed`` says whether the
    closing delimiter was found. ``regular`` has key and fields of an entry that was read on the way.
    """

    kind: str
    type: str = ""
    start: int
    end: int
    body: int = 0
    body_end: int = 0
    closed: bool = True
    regular: Regular | None = None


def find_blocks(text: str) -> Iterator[Stretch]:
    """Divide a file into blocks and the text between them, in time linear in its length."""
    starts = _Starts(text)
    place = search = 0
    while match := _START.search(text, search):
        if comment := _comment_around(text, place, match.start()):
            search = comment
            continue
        if match.start() > place:
            yield Stretch(kind="text", start=place, end=match.start())
        stretch = _block(text, match, starts)
        yield stretch
        place = search = stretch.end
    if place < len(text):
        yield Stretch(kind="text", start=place, end=len(text))


class _Starts:
    """Where the next block seems to start: each place is looked for once, since the questions only move on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[re.Pattern[str], int] = {}
        self.hopeless = False  # a block ran to the end of the file: no later one will be closed either

    def next(self, pattern: re.Pattern[str], place: int) -> int:
        """Give the next start, or the length of the file."""
        if self._found.get(pattern, -1) < place:
            match = pattern.search(self._text, place)
            self._found[pattern] = match.start(1) if match else len(self._text)
        return self._found[pattern]


def _comment_around(text: str, after: int, place: int) -> int:
    """Give the end of the line if a ``%`` stands before the place in it, as biber reads it; else 0."""
    line = max(text.rfind("\n", after, place) + 1, after)
    if text.find("%", line, place) < 0:
        return 0
    end = text.find("\n", place)
    return end if end >= 0 else len(text)


def _block(text: str, match: re.Match[str], starts: _Starts) -> Stretch:
    type_ = match[1].lower()
    kind = type_ if type_ in _OTHER_KINDS else "entry"
    body = match.end()
    # Where no other block may begin inside, an entry that is regular needs no further look.
    if kind == "entry" and (regular := regular_entry(text, body)) and text.find("@", body, regular.end) < 0:
        end = regular.end
        return Stretch(
            kind=kind, type=type_, start=match.start(), end=end + 1, body=body, body_end=end, regular=regular
        )
    limit = len(text) if kind == "comment" else starts.next(_STRONG_START, body)
    if starts.hopeless:
        limit = min(limit, starts.next(_WEAK_START, body))
    end = closing_brace(text, body, limit) if match[2] == "{" else _closing_parenthesis(text, body, limit)
    if end >= 0:
        return Stretch(kind=kind, type=type_, start=match.start(), end=end + 1, body=body, body_end=end)
    starts.hopeless = starts.hopeless or limit == len(text)
    limit = min(limit, starts.next(_WEAK_START, body))
    return Stretch(kind=kind, type=type_, start=match.start(), end=limit, body=body, body_end=limit, closed=False)


def closing_brace(text: str, start: int, limit: int) -> int:
    """Give the place of the brace that closes a group whose inside begins at ``start``; -1 where there is none.

    >>> closing_brace("a{b}c} d", 0, 8)
    5
    """
    if match := _SHALLOW.match(text, start, limit):
        return match.end() - 1
    depth = 0
    for mark in _BRACES.finditer(text, start, limit):
        if mark[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return mark.start()
    return -1


def closing_quote(text: str, start: int, limit: int) -> int:
    """Give the place of the quote that closes a value whose inside begins at ``start``; -1 where there is none."""
    depth = 0
    for mark in _BRACES_AND_QUOTES.finditer(text, start, limit):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
            if depth < 0:
                return -1
        elif not depth:
            return mark.start()
    return -1


def _closing_parenthesis(text: str, start: int, limit: int) -> int:
    depth, quoted = 0, False
    for mark in _PAREN_MARKS.finditer(text, start, limit):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif depth <= 0 and mark[0] == '"':
            quoted = not quoted
        elif depth <= 0 and not quoted and mark[0] == ")":
            return mark.start()
    return -1
