"""A paragraph as it is being read: text with blanks collapsed, links with their places in it, where it began.

Readers of markup put pieces in; a `Line` comes out at the end of each paragraph.
"""

from __future__ import annotations

import re

from alliancebib.page import Line, Link, Role
from alliancebib.readers._visible import fold

__all__ = ["Paragraph"]

_BLANKS = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


class Paragraph:
    """Collects one paragraph; `taken` gives it as a line and begins the next. A link that is open goes on there."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blank = False
        self._links: list[Link] = []
        self._open = ""
        self._open_at = 0
        self._number = 0
        self._column = 1

    @property
    def is_empty(self) -> bool:
        """Nothing that can be seen was put in."""
        return not self._length

    def put(self, text: str, *, number: int, column: int) -> tuple[int, int]:
        """Put in text that begins at a place of the source; give the place behind it.

        Columns count the characters as they are shown: behind a character reference they are too small until the next
        tag.
        """
        seen = fold(text)
        words = _BLANKS.sub(" ", seen)
        if self.is_empty:
            words = words.lstrip(" ")
            if words:
                self._number, self._column = _behind(text[: len(text) - len(text.lstrip())], number, column)
        if words.strip(" "):
            if words[0] == " " or self._blank:
                words = words.lstrip(" ")
                if self._length:
                    self._add(" ")
            if self._open and self._open_at < 0:
                self._open_at = self._length
            self._blank = words.endswith(" ")
            self._add(words.rstrip(" "))
        elif words:
            self._blank = True
        return _behind(text, number, column)

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def open_link(self, url: str) -> None:
        """Begin a link at this place; one that is still open ends."""
        self.close_link()
        self._open, self._open_at = url, -1

    def close_link(self) -> None:
        """End the link that is open."""
        self._cut_link()
        self._open = ""

    def _cut_link(self) -> None:
        if self._open:
            start = self._length if self._open_at < 0 else self._open_at
            self._links.append(Link(self._open, start, self._length))
            self._open_at = -1

    def taken(self, *, level: int = 0, item: bool = False, role: Role | None = None, why: str = "") -> Line | None:
        """Give what was put in as a line, None where nothing can be seen, and begin anew."""
        shown = self._open and self._open_at >= 0
        if shown or (self._open and not self.is_empty and not self._links):
            self._cut_link()
        text = "".join(self._pieces)
        links = _shown(self._links, self._length)
        line = Line(
            number=self._number,
            column=self._column,
            text=text,
            links=links,
            level=level,
            item=item,
            role=role,
            why=why,
        )
        self._pieces, self._length, self._blank, self._links = [], 0, False, []
        self._open_at = -1
        return line if text else None


def _shown(links: list[Link], length: int) -> tuple[Link, ...]:
    """Keep links with text. Where there is none, and pictures lead to one address alone, the whole line leads there."""
    shown = tuple(link for link in links if link.end > link.start)
    if shown or not length or len({link.url for link in links}) != 1:
        return shown
    return (Link(links[0].url, 0, length),)


def _behind(text: str, number: int, column: int) -> tuple[int, int]:
    """Give line and column behind a text that begins at a place."""
    breaks = text.count("\n")
    return (number + breaks, len(text) - text.rindex("\n")) if breaks else (number, column + len(text))
