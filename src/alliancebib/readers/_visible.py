"""Characters that a reader of a page does not see, in one place for all readers of pages."""

from __future__ import annotations

import re

__all__ = ["fold"]

#: Blanks of fixed or unbreakable width, and blanks of other scripts: each becomes one plain blank.
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: Zero-width space, word joiner, byte order mark, soft hyphen, marks of direction. The zero-width joiners that Persian
#: and Indic scripts are spelled with stay.
_INVISIBLE = "\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_FOLDED = re.compile(f"[{_BLANKS}]")
_DROPPED = re.compile(f"[{_INVISIBLE}]+")
_EITHER = re.compile(f"[{_BLANKS}{_INVISIBLE}]")


def fold(text: str) -> str:
    """Give a text as it is seen: every sort of blank as a plain one, nothing that has no width.

    >>> fold("50\u00a0km\u200b")
    '50 km'
    """
    if text.isascii() or not _EITHER.search(text):
        return text
    return _DROPPED.sub("", _FOLDED.sub(" ", text))
