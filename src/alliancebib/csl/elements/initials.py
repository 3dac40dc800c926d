"""Given names as initials (CSL 1.0.2, "Name": ``initialize-with``, ``initialize``, ``initialize-with-hyphen``)."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["initialized"]

_WORDS = re.compile(r"([-‐\s]+)")


@lru_cache(maxsize=16_384)
def initialized(given: str, mark: str, *, shorten: bool = True, hyphens: bool = True) -> str:
    """Give a given name with ``mark`` ("." or ". " ...) after each initial.

    ``shorten`` False keeps whole names and only dresses what is an initial already; ``hyphens`` keeps them.

    >>> initialized("Jean-Luc M", ". "), initialized("James T", ".", shorten=False)
    ('J.-L. M.', 'James T.')
    """
    pieces = _WORDS.split(_separated(given, shorten=shorten))
    text = ""
    for place in range(0, len(pieces), 2):
        word = pieces[place]
        joiner = pieces[place - 1] if place else ""
        if word:
            text = _joined(text, joiner, _initial(word, mark, shorten=shorten), mark, hyphens=hyphens)
    return text.strip()


def _separated(given: str, *, shorten: bool) -> str:
    """Part initials that stand together: "M.E." and, where names are shortened, "ME"."""
    text = re.sub(r"\.(?=[^\s.-])", ". ", given)
    return re.sub(r"(?<![^\s.-])([^\W\d_a-zß-öø-ÿ])(?=[^\W\d_a-zß-öø-ÿ](?:\s|\.|$))", r"\1 ", text) if shorten else text


class _Word(str):
    """A word of a given name; ``kind`` is "initial", "whole" or "lower"."""

    kind: str = "whole"


def _initial(word: str, mark: str, *, shorten: bool) -> _Word:
    bare = word.rstrip(".")
    if bare[:1].islower() and not (len(bare) == 1 and word.endswith(".")):
        made, kind = _Word(word), "lower"
    elif len(bare) == 1 and bare.isalpha():
        made, kind = _Word(bare + mark), "initial"
    elif not shorten:
        made, kind = _Word(word), "whole"
    elif word.endswith(".") and len(bare) > 1:
        made, kind = _Word(bare + mark), "initial"
    else:
        made, kind = _Word(_first_letters(bare) + mark), "initial"
    made.kind = kind
    return made


def _first_letters(word: str) -> str:
    """Give the first letter, or two where the first is one sound with the second in small type ("Ǆ", combining marks)."""
    first = word[:1]
    rest = word[1:]
    while rest and not rest[0].isalpha() and not rest[0].isspace() and first and not first[0].isalpha():
        first, rest = first + rest[0], rest[1:]
    return first.upper() if first.isalpha() else first + rest[:1].upper()


def _joined(text: str, joiner: str, word: _Word, mark: str, *, hyphens: bool) -> str:
    if not text:
        return word
    if joiner.strip() and word.kind == "initial":
        return text.rstrip() + ("-" if hyphens else "" if not mark.endswith(" ") else " ") + word
    if joiner.strip():
        return text.rstrip() + joiner + word
    if word.kind == "initial" and text.endswith(mark) and mark:
        return text + word
    if word.kind == "initial" and not mark:
        return text + word if text[-1:].isupper() else f"{text} {word}"
    return f"{text.rstrip()} {word}"
