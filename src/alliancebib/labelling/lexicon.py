"""The lexicon: what a word is elsewhere, in names, titles, journals, publishers or places.

`sort_of` gives the sort of a word. The data file has one line for each sort or mixture of sorts: its letters (f family
name, g given name, t title, c container, p publisher, l location), then the words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

__all__ = ["folded", "folded_letters", "is_place", "sort_of"]

_LETTERS = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Give a text in small letters without accents.

    >>> folded("Müller")
    'muller'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()


def folded_letters(word: str) -> str:
    """Give the letters and digits of a word alone, folded: what a word is looked up by.

    >>> folded_letters("(O’Neill,")
    'oneill'
    """
    return folded(word if word.isalnum() else "".join(_LETTERS.findall(word)))


def sort_of(letters: str) -> str:
    """Give the letters of the sorts of a word that was folded; ``?`` for a word that is not in the lexicon.

    >>> sort_of("leipzig"), sort_of("ulrich"), sort_of("zzyzx")
    ('l', 'g', '?')
    """
    return _lexicon().get(letters, "?")


def is_place(word: str) -> bool:
    """Say whether a word, as it stands in a line, is known as the name of a place and as nothing else.

    >>> is_place("Ankara."), is_place("Press")
    (True, False)
    """
    return word[:1].isupper() and sort_of(folded_letters(word)) == "l"


@cache
def _lexicon() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in files("alliancebib.labelling").joinpath("lexicon.txt").read_text("utf-8").splitlines():
        sort, *words = line.split(" ")
        known.update(dict.fromkeys(words, sort))
    return known
