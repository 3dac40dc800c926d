"""Editions as lists write them: "2nd ed.", "3., überarb. Aufl.", "second edition", "2ª edición"."""

from __future__ import annotations

import re

__all__ = ["EDITION", "edition_in", "says_more"]

_ORDINALS = {
    word: str(number)
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}
_WORDS = frozenset(
    "ed edn edition editions aufl auflage éd édit édition edición edição edizione edycja utgave udgave druk "
    "vyd vydání wyd wydanie изд издание baskı basım bs".split()
)
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
EDITION = re.compile(
    rf"(?P<edition>(?<!\d)\d{{1,2}}(?:st|nd|rd|th|[ªºae]|-?(?:о?е|th))?\.?|rev(?:ised|\.)?|{'|'.join(_ORDINALS)}),?\s?"
    rf"(?:[^\W\d_]{{3,30}}\.?,?\s(?:(?:und|and|et|y|e)\s)?){{0,3}}(?:{_WORD})\b\.?",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<!\d)\d{{1,2}}(?!\d)|\b(?:{'|'.join(_ORDINALS)})\b|\brev\w*", re.IGNORECASE)
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]{3,}|[0-9]{1,12}")


def edition_in(text: str) -> str:
    """Give the number of an edition as figures; the word where it has none; the text where neither is found.

    >>> edition_in("3., überarb. Aufl."), edition_in("Second edition"), edition_in("rev. ed."), edition_in("Jubiläum")
    ('3', '2', 'rev', 'Jubiläum')
    """
    number = _NUMBER.search(text)
    return _ORDINALS.get(number[0].lower(), number[0]) if number else text


def says_more(text: str) -> bool:
    """Say whether a text has more than the number and the word for an edition.

    >>> says_more("3., überarb. Aufl."), says_more("3rd ed.")
    (True, False)
    """
    said = {*_WORDS, *_ORDINALS, edition_in(text).lower()}
    return not set(_WORD_OR_NUMBER.findall(text.lower())) <= said
