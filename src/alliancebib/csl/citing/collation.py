"""Text compared as readers expect it: word by word, without case, accents or punctuation, numbers by their value."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["CollationKey", "collation_key"]

#: For each word its pieces: (0, value) for numbers, (1, letters) for the rest.
CollationKey = tuple[tuple[tuple[int, int | str], ...], ...]

_PIECES = re.compile(r"\d+|[^\W\d]+")
#: Letters that have no decomposition, as they are sorted in most languages.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@lru_cache(maxsize=65_536)
def collation_key(text: str, language: str) -> CollationKey:
    """Give a key that sorts a text.

    >>> sorted(["Zebra", "Über", "apple 10", "apple 9"], key=lambda text: collation_key(text, "en-US"))
    ['apple 9', 'apple 10', 'Über', 'Zebra']
    """
    words = (_PIECES.findall(word) for word in _folded(text, language).split())
    return tuple(
        tuple((0, int(piece)) if piece.isdecimal() else (1, piece) for piece in pieces) for pieces in words if pieces
    )


def _folded(text: str, language: str) -> str:
    folded = text.casefold()
    if folded.isascii():
        return folded
    tailored = _TAILORED.get(language[:2])
    if tailored:
        folded = unicodedata.normalize("NFC", folded).translate(tailored)
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_PLAIN)


#: Letters that stand at the end of an alphabet (CLDR collations); "{|}" follow "z".
_TAILORED: dict[str, dict[int, str]] = {}
