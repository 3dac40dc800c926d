"""Rows that one paragraph was wrapped into become one text: blanks, hyphens and addresses at the ends of rows.

A hyphen at the end of a row may part a word or belong to it. The page itself is asked first (does the whole word, or
the word with its hyphen, stand elsewhere on it?), then the letters beside the hyphen, then the usual compounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["joined", "words_with_hyphens"]

_WORD = re.compile(r"[^\W\d_]+(?:[-‐’'][^\W\d_]+)*")
_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,40}(?:-[^\W\d_]{1,40}){0,3})[-‐]$")
_AFTER = re.compile(r"[^\W\d_]{1,40}")
_ADDRESS = re.compile(r"(?:https?://|www\.|10\.\d{4,9}/)\S{0,2000}$", re.IGNORECASE)
#: Longer addresses are not followed to their beginning.
_TAIL = 2100
_BREAKS_OF_ADDRESSES = tuple("/-_=?&.")
#: After "pre-" these words begin no second half: "pre- and post-war".
_SUSPENDING = frozenset("and or to und oder bis et ou y o e и или a en of i".split())
#: First and second halves that are nearly always written with a hyphen in English and German titles.
_FIRST = frozenset(
    """
    self non ex quasi pseudo anti pro pan well half cross so all semi vice great two three four five six seven eight
    nine ten twenty thirty forty fifty sixty seventy eighty ninety long short high low decision policy peace state
    anglo sino russo franco euro afro austro graeco eu us uk un
    """.split()
)
_SECOND = frozenset(
    """
    led backed based making maker makers building keeping like wide free known called term scale level old year being
    style sponsored driven oriented related specific in up off by elect general century war to and
    """.split()
)


def words_with_hyphens(rows: Iterable[str]) -> frozenset[str]:
    """Give the words of a page, lower-case, those with hyphens whole; halves at the ends of rows are no words.

    >>> sorted(words_with_hyphens(["inter-", "national post-war", "order"]))
    ['order', 'post-war']
    """
    words: set[str] = set()
    parted = False
    for row in rows:
        found = _WORD.findall(row)
        begin, parted = int(parted), row.endswith(("-", "‐"))
        words.update(word.casefold().replace("‐", "-") for word in found[begin : len(found) - parted])
    return frozenset(words)


def joined(rows: Sequence[str], soft: Sequence[bool], words: frozenset[str]) -> str:
    """Join rows; ``soft`` says which of them ended with a soft hyphen, ``words`` are those of the page.

    >>> joined(["Anglo-", "American inter-", "national, pp. 20-", "30"], [False] * 4, frozenset())
    'Anglo-American international, pp. 20-30'
    """
    pieces, tail = [rows[0]], rows[0]
    for above_is_soft, row in zip(soft, rows[1:], strict=False):
        cut, between = (0, "") if above_is_soft else _seam(tail, row, words)
        if cut:
            pieces[-1] = pieces[-1][:-cut]
        pieces += [between, row]
        tail = f"{tail[: len(tail) - cut]}{between}{row}"[-_TAIL:]
    return "".join(pieces)


def _seam(above: str, below: str, words: frozenset[str]) -> tuple[int, str]:
    """Say how many characters of a row's end go, and what stands between it and the next."""
    if _goes_on_as_address(above, below):
        return 0, ""
    # A dash between blanks and a double dash are no hyphens.
    if len(above) < 2 or above[-1] not in "-‐–" or not above[-2].isalnum() or not below[:1].isalnum():
        return 0, " "
    before, after = _BEFORE.search(above[-130:]), _AFTER.match(below)
    if not before or not after or above[-1] == "–":
        return 0, ""
    if after[0].casefold() in _SUSPENDING:
        return 0, " "
    return (0, "") if _keeps_hyphen(before[1], after[0], words) else (1, "")


def _keeps_hyphen(before: str, after: str, words: frozenset[str]) -> bool:
    if not after[0].islower():  # a capital, or a script without capitals: nobody divides a word there
        return True
    first, second = before.casefold(), after.casefold()
    whole, hyphenated = first + second in words, f"{first}-{second}" in words
    if whole != hyphenated:
        return hyphenated
    if before.isupper() and len(before) > 1:
        return True
    return first.rpartition("-")[2] in _FIRST or second in _SECOND or (before[0].isupper() and first in words)


def _goes_on_as_address(above: str, below: str) -> bool:
    """Say whether an address that a row ends with goes on below: it broke at a mark, and what follows is no word."""
    if not above.endswith(_BREAKS_OF_ADDRESSES) or not below[:1].isalnum() or not _ADDRESS.search(above):
        return False
    first = below.split(" ", 1)[0][:2000]
    if above.endswith("."):
        return first[0].isdigit() or (first[0].islower() and any(mark in first for mark in "/.=_-"))
    return not first[0].isupper() or any(letter in "/._=-" or letter.isdigit() for letter in first[:-1])
