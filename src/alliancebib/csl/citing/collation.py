"""Text compared as readers of a language expect it: word by word, without case, accents or punctuation.

Numbers are compared by their value. The letters that a language sorts in a way of its own are in ``collation.toml``;
the full tables of Unicode are not here, since no library gives them without compiling ICU.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from alliancebib.csl.numbers import whole_number

__all__ = ["CollationKey", "collation_key"]

#: For each word its pieces: (0, value) for a number, (1, letters) in the language's own script, (2, letters) in others.
CollationKey = tuple[tuple[tuple[int, int | str], ...], ...]

#: The characters that put a letter behind its base; they are nobody's letters, and sort behind all of them.
_BEHIND = "\uf8f0\uf8f1\uf8f2\uf8f3\uf8f4"
#: Signs that are vowels rather than accents, in scripts of South and South-East Asia; to Python they are no letters.
_VOWELS = "".join(
    sign
    for sign in map(chr, (*range(0x900, 0x1D00), *range(0xA800, 0xABF0)))
    if unicodedata.category(sign) in ("Mc", "Mn") and not unicodedata.combining(sign)
)
_PIECES = re.compile(rf"\d+|(?:[^\W\d]|[{_BEHIND}{_VOWELS}])+")
#: Marks inside a word: "U.S." is sorted as "US", "co-op" as "coop".
_INSIDE = re.compile(rf"(?<=[^\W\d])[^\w\s{_VOWELS}]+(?=[^\W\d])")
#: Letters that have no decomposition, as they are sorted in most languages.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
#: Capitals that Unicode's folding knows in their usual form only.
_DOTS = str.maketrans({"I": "ı", "İ": "i"})
_DOTTED = frozenset({"az", "tr"})


class _Alphabet(NamedTuple):
    """How a language sorts: its letters and pairs of letters, what each becomes, and the bounds of its own script."""

    letters: re.Pattern[str]
    becomes: Mapping[str, str]
    script: tuple[str, str] | None


@lru_cache(maxsize=65_536)
def collation_key(text: str, language: str) -> CollationKey:
    """Give a key that sorts a text; ``language`` is a code such as ``sv-SE``.

    >>> sorted(["Zebra", "Über", "apple 10", "apple 9"], key=lambda text: collation_key(text, "en-US"))
    ['apple 9', 'apple 10', 'Über', 'Zebra']
    >>> sorted(["Zebra", "Östen", "Oskar"], key=lambda text: collation_key(text, "sv-SE"))
    ['Oskar', 'Zebra', 'Östen']
    """
    language = language.partition("-")[0]
    alphabet = _alphabet(language)
    folded = (text.translate(_DOTS) if language in _DOTTED else text).casefold()
    words = (_PIECES.findall(word) for word in _folded(_INSIDE.sub("", folded), alphabet).split())
    return tuple(tuple(_piece(piece, alphabet) for piece in pieces) for pieces in words if pieces)


def _piece(piece: str, alphabet: _Alphabet) -> tuple[int, int | str]:
    number = whole_number(piece)
    if number is not None:
        return 0, number
    script = alphabet.script
    return (1 if script is None or script[0] <= piece[0] <= script[1] else 2), piece


def _folded(text: str, alphabet: _Alphabet) -> str:
    text = unicodedata.normalize("NFC", text)
    if alphabet.becomes:
        text = alphabet.letters.sub(lambda match: alphabet.becomes[match[0]], text)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_PLAIN)


@cache
def _alphabet(language: str) -> _Alphabet:
    table = _table()
    becomes: dict[str, str] = {}
    for rule in f"{table['everywhere']['letters']} {table['letters'].get(language, '')}".split():
        if "=" in rule:
            letter, like = rule.split("=")
            becomes[like] = becomes.get(letter, letter)
            continue
        first, *others = rule.split("<")
        base = becomes.get(first, first)
        becomes |= {letter: f"{base}{_BEHIND[place]}" for place, letter in enumerate(others)}
    found = "|".join(sorted(map(re.escape, becomes), key=len, reverse=True))
    bounds = table["scripts"].get(language)
    return _Alphabet(re.compile(found), becomes, (bounds[0], bounds[1]) if bounds else None)


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("alliancebib.csl.citing").joinpath("collation.toml").read_text("utf-8"))
