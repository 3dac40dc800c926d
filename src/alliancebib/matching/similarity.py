"""The door to rapidfuzz: how far apart are two words or two texts.

Only words that are no opposites, no countries and no numbers may differ by a slip; that is decided here for all rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from alliancebib.matching.normal import roman
from alliancebib.matching.vocabulary import vocabulary

__all__ = [
    "are_opposites",
    "best_part",
    "best_window",
    "has_counterpart",
    "leftovers",
    "ratio",
    "slip",
    "token_ratio",
]

#: How far around the part that is most like a word the parts are looked at, and how much longer they may be.
_SHIFTS, _MORE = range(-2, 3), range(-1, 2)


def ratio(a: str, b: str) -> float:
    """Give the likeness of two texts from 0 to 1."""
    return fuzz.ratio(a, b) / 100


def best_part(a: str, b: str) -> float:
    """Give the likeness of the shorter text to the part of the longer one most like it, from 0 to 1."""
    return fuzz.partial_ratio(a, b) / 100


def best_window(word: str, text: str) -> float:
    """Give the likeness of a word to the part of a text of about its length that is most like it, letter by letter.

    Other than `best_part` it counts exchanged letters once, so that a misread word is told from another word.

    >>> best_window("forswearing", "fidelity and forkwuariug") > 0.7 > best_window("treating", "for preventing")
    True
    """
    if word in text:
        return 1.0
    if not word or not text:
        return 0.0
    found = fuzz.partial_ratio_alignment(word, text) if len(text) > len(word) else None
    start = found.dest_start if found else 0
    windows = (text[max(0, start + shift) : start + shift + len(word) + more] for shift in _SHIFTS for more in _MORE)
    return max(Levenshtein.normalized_similarity(word, window) for window in windows)


def token_ratio(a: str, b: str) -> float:
    """Give the likeness of the words of two texts from 0 to 1, whatever their order."""
    return fuzz.token_sort_ratio(a, b) / 100


def slip(a: str, b: str) -> bool:
    """Say whether two words differ by a slip of the pen: one letter from five letters on, two from nine letters on.

    >>> slip("organization", "organizaton"), slip("iran", "iraq"), slip("type1", "type2")
    (True, False, False)
    """
    if a == b:
        return True
    shorter = min(len(a), len(b))
    allowed = 2 if shorter >= 9 else 1
    if shorter < 5 or abs(len(a) - len(b)) > allowed or OSA.distance(a, b, score_cutoff=allowed) > allowed:
        return False
    return not any(sign.isdigit() for sign in a + b)


@lru_cache(maxsize=20_000)
def are_opposites(a: str, b: str) -> bool:
    """Say whether one word turns the other round: "north" and "south", "hyper-" and "hypo-"."""
    known = vocabulary()
    if frozenset((a, b)) in known.opposites:
        return True
    if a[-3:] != b[-3:]:
        return False
    for first, second in known.beginnings:
        for one, other in ((a, b), (b, a)):
            rest = one.removeprefix(first)
            if rest != one and len(rest) >= 3 and other == second + rest:
                return True
    return False


@lru_cache(maxsize=50_000)
def _counterparts(a: str, b: str) -> bool:
    """Say whether two words of titles may be the same word: a slip, a plural, a cut, a Roman number."""
    if a == b or roman(a) == b or roman(b) == a:
        return True
    known = vocabulary()
    short, long = sorted((a, b), key=len)
    plural = len(short) >= 4 and long.startswith(short) and long[len(short) :] in ("s", "es")
    if not (plural or slip(a, b)):
        return False
    return not (are_opposites(a, b) or a in known.countries or b in known.countries)


def leftovers(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Give the words of each title that have no counterpart in the other, in their order.

    Words that one writes together and the other apart are counterparts.

    >>> leftovers(("post", "soviet", "drills"), ("postsoviet", "summit"))
    (['drills'], ['summit'])
    """
    left, right = [], list(b)
    for word in a:
        if word in right:
            right.remove(word)
        else:
            left.append(word)
    if left and right:
        for word in tuple(left):
            if (partner := _partner(word, right)) is not None:
                left.remove(word)
                right.remove(partner)
        _join_split_words(left, right)
        _join_split_words(right, left)
    return left, right


def _partner(word: str, others: Iterable[str]) -> str | None:
    """Give the first word that may be the same; only such of about its length that begin or end alike are looked at."""
    first, last, size = word[0], word[-1], len(word)
    for other in others:
        alike = -3 < size - len(other) < 3 and (first == other[0] or last == other[-1])
        if (alike or first.isdigit() or other[0].isdigit()) and _counterparts(word, other):
            return other
    return None


def has_counterpart(word: str, others: Iterable[str]) -> bool:
    """Say whether a word of a title may be one of other words: a slip, a plural, a Roman number."""
    return _partner(word, others) is not None


def _join_split_words(apart: list[str], together: list[str]) -> None:
    for place in range(len(apart) - 1, 0, -1):
        if place < len(apart) and (joined := apart[place - 1] + apart[place]) in together:
            together.remove(joined)
            del apart[place - 1 : place + 1]
