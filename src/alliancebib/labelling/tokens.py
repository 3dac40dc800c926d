"""A reference string to words: `split_words` gives them with their places.

Words are divided at white space, marks stay on them, as in the data that the model learned from. Scripts that have no
blanks between words are divided behind their full stops and commas.
"""

from __future__ import annotations

import re

import msgspec

__all__ = ["Word", "split_words"]

#: Chinese and Japanese marks that end a part; what follows is a word of its own.
_WORD = re.compile(r"[^\s、。，；：．]+[、。，；：．]?|[、。，；：．]")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word and its characters, ``start`` to before ``end``, in the text."""

    text: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Divide a text into words.

    >>> [word.text for word in split_words("Doe, J.  (2020). Title.")]
    ['Doe,', 'J.', '(2020).', 'Title.']
    """
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
