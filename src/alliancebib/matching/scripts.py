"""Names in two scripts: is one the other, transliterated?

There is no one way to write a Russian name in Latin letters: "Хрущёв" is Khrushchev (BGN/PCGN), Hruŝëv (ISO 9),
Hruščev (scholars), Chruschtschow (German) and Khrouchtchev (French). So both are reduced to what all systems have in
common, and that need only be alike. Names in scripts that nobody can compare here are no contradiction.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from alliancebib.citation_key import folded
from alliancebib.matching.similarity import ratio

__all__ = ["are_comparable", "are_transliterated", "other_scripts", "script_of"]

#: Reduced names are one from this likeness on.
_ALIKE = 0.65
#: Groups of letters that one sound is written with; the longest first.
_SOUNDS = tuple(
    pair.split("=")
    for pair in """schtsch=s chtch=s shch=s tsch=c sch=s tch=c sh=s ch=c kh=h zh=z ts=c tz=c cz=c sz=s ph=f ks=x ou=u
    ff=v w=v q=k g=h""".split()
)


def other_scripts(one: str, other: str) -> bool:
    """Say whether two names are written in different scripts.

    >>> other_scripts("иванов", "ivanov"), other_scripts("ivanov", "müller")
    (True, False)
    """
    first, second = script_of(one), script_of(other)
    return bool(first and second) and first != second


def are_transliterated(one: str, other: str) -> bool:
    """Say whether one name may be the other in another script.

    >>> are_transliterated("хрущев", "chruschtschow"), are_transliterated("иванов", "petrov")
    (True, False)
    """
    first, second = _reduced(one), _reduced(other)
    return bool(first and second) and (first == second or ratio(first, second) >= _ALIKE)


def are_comparable(one: str, other: str) -> bool:
    """Say whether both names are in scripts that are transliterated here.

    >>> are_comparable("王", "wang")
    False
    """
    return bool(_reduced(one) and _reduced(other))


@lru_cache(maxsize=20_000)
def script_of(text: str) -> str:
    """Give the first word of the Unicode name of the first letter: LATIN, CYRILLIC, GREEK, CJK ..."""
    letter = next((sign for sign in text if sign.isalpha()), "")
    return "LATIN" if letter.isascii() and letter else unicodedata.name(letter, "").partition(" ")[0] if letter else ""


@lru_cache(maxsize=20_000)
def _reduced(text: str) -> str:
    """Give what all systems of transliteration have in common; "" for scripts without one here."""
    latin = folded(text)
    for letters, sound in _SOUNDS:
        latin = latin.replace(letters, sound)
    # й, ы, ь and the beginnings of ю and я are y, i, j, an apostrophe or nothing.
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[yij]", "", latin))
