"""One form for British, American, umlaut and digraph spellings, and digits for number words."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["spelling"]

_CARDINALS = "one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_NUMBERS = {word: str(value) for row in (_CARDINALS, _ORDINALS) for value, word in enumerate(row.split(), start=1)}

#: organise and analyse, centre and fibre, programme.
_ISE = re.compile(r"(?<=[a-z]{3})[iy]s(?=e|ing|at|ab)")
_TRE = re.compile(r"(?<=[a-z]{2}[bt])re$")
_GRAMME = re.compile(r"gramme(?=s?$)")


@lru_cache(maxsize=50_000)
def spelling(word: str) -> str:
    """Give one form for British, American, umlaut and digraph spellings, and digits for number words.

    The result is no word of any language; equal results mean equal words.

    >>> spelling("organisation") == spelling("organization"), spelling("haemolytic") == spelling("hemolytic")
    (True, True)
    """
    number = _NUMBERS.get(word)
    if number:
        return number
    if len(word) < 5 or not word.isascii():
        return word
    word = word.replace("ae", "e").replace("oe", "e").replace("ou", "o").replace("ll", "l").replace("ph", "f")
    word = _ISE.sub("iz", word)
    if word.endswith("ence"):
        return word[:-2] + "se"
    return _GRAMME.sub("gram", _TRE.sub("er", word))
