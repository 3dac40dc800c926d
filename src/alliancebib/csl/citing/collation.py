"""Text compared as readers of a language expect it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["collation_key"]

_IGNORED = re.compile(r"[\"'“”‘’„«»\[\](){}<>¿¡*&#]|(?<=\w)[-‐’'](?=\w)")
_DIGITS = re.compile(r"(\d+)")


@lru_cache(maxsize=65_536)
def collation_key(text: str, language: str) -> tuple[object, ...]:
    """Give a key that sorts a text: letters first, then accents, then case.

    >>> sorted(["Zebra", "Über", "apple", "Uber"], key=lambda text: collation_key(text, "en-US"))
    ['apple', 'Uber', 'Über', 'Zebra']
    """
    text = " ".join(_IGNORED.sub("", text).split())
    folded = text.casefold()
    if folded.isascii():
        return (_numbered(folded), folded, text.swapcase())
    bare = "".join(character for character in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(character))
    return (_numbered(bare), folded, text.swapcase())


def _numbered(text: str) -> tuple[object, ...]:
    """Let numbers in a text compare by their value, before letters."""
    pieces = _DIGITS.split(text)
    return tuple((0, int(piece)) if place % 2 else (1, piece) for place, piece in enumerate(pieces) if piece)
