"""The lexicon: what a word is elsewhere, in names, titles, journals, publishers or places.

`sort_of` gives the sort of a word. The data file has one line for each sort or mixture of sorts: its letters (f family
name, g given name, t title, c container, p publisher, l location), then the words in order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cache
from importlib.resources import files

__all__ = ["folded", "folded_letters", "is_word_of_place", "sort_of", "sorts_of"]

#: A sort of more words is searched, not tabulated.
_LARGE = 1000
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
    large, small = _lexicon()
    for sort, words in large.items():
        place = bisect_left(words, letters)
        if place < len(words) and words[place] == letters:
            return sort
    return small.get(letters, "?")


def is_word_of_place(word: str) -> bool:
    """Say whether a word, as it stands in a line, is known as the name of a place and as nothing else.

    >>> is_word_of_place("Ankara."), is_word_of_place("Press")
    (True, False)
    """
    return word[:1].isupper() and sort_of(folded_letters(word)) == "l"


def sorts_of(word: str) -> str:
    """Give the letters of the sorts of a word as it stands in a line; ``?`` for one that is not in the lexicon.

    >>> sorts_of("Ulrich,")
    'g'
    """
    return sort_of(folded_letters(word))


@cache
def _lexicon() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Give the large sorts as they stand in the file, sorted, and the words of the small ones.

    To put all words into one table takes five times as long as to read them, and most are never looked up.
    """
    large: dict[str, list[str]] = {}
    small: dict[str, str] = {}
    for line in files("alliancebib.labelling").joinpath("lexicon.txt").read_text("utf-8").splitlines():
        sort, *words = line.split(" ")
        if len(words) > _LARGE:
            large[sort] = words
        else:
            small.update(dict.fromkeys(words, sort))
    return large, small
