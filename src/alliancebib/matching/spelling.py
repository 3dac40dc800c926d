"""One form for British, American, umlaut and digraph spellings, and digits for number words."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["spelling"]

#: Shorter words are written in one way.
_SHORTEST = 5
_CARDINALS = "one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_NUMBERS = {word: str(value) for row in (_CARDINALS, _ORDINALS) for value, word in enumerate(row.split(), start=1)}

#: organise and analyse, centre and fibre, programme; labour, modelling, oesophagus and sulphur. What stands before or
#: behind keeps words apart that are two: "mourning" and "morning", "filling" and "filing", "poets" and "pets".
_ISE = re.compile(r"(?<=[a-z]{3})[iy]s(?=e|ing|at|ab)")
_TRE = re.compile(r"(?<=[a-z]{2}[bt])re$")
_GRAMME = re.compile(r"gramme(?=s?$)")
_OUR = re.compile(r"(?<=[a-z]{3})our|(?<=^od)our|(?<=^m)ou(?=l[dt])|(?<=^sm)ou(?=ld)")
_LL = re.compile(r"(?<=[a-z]{3})ll|(?<=^wi)ll(?=ful)")
_OE = re.compile(r"oe(?!$|[sd]$|[tm])")
#: Little German words with an umlaut, and what they are without it; they are too short to be told as slips.
_UMLAUTS = {"fuer": "fur", "ueber": "uber"}
#: Letters of Greek that stand for a thing.
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi"
        " chi psi omega".split(),
        strict=True,
    )
)
_GREEK_WORD = re.compile(r"[0-9a-z]*[α-ω][0-9a-z]*")


@lru_cache(maxsize=50_000)
def spelling(word: str) -> str:
    """Give one form for British, American, umlaut and digraph spellings, and digits for number words.

    The result is no word of any language; equal results mean equal words.

    >>> spelling("organisation") == spelling("organization"), spelling("haemolytic") == spelling("hemolytic")
    (True, True)
    >>> spelling("mourning") == spelling("morning"), spelling("α") == spelling("alpha")
    (False, True)
    """
    number = _NUMBERS.get(word)
    if number:
        return number
    if not word.isascii():
        return _with_greek_spelled(word)
    if len(word) < _SHORTEST or word in _UMLAUTS:
        return _UMLAUTS.get(word, word)
    word = word.replace("ae", "e").replace("sulph", "sulf")
    word = _ISE.sub("iz", _OUR.sub(_without_u, _LL.sub("l", _OE.sub("e", word))))
    if word.endswith("ence"):
        return word[:-2] + "se"
    return _GRAMME.sub("gram", _TRE.sub("er", word))


def _without_u(found: re.Match[str]) -> str:
    return found[0].replace("u", "")


def _with_greek_spelled(word: str) -> str:
    """Spell the Greek letter out that stands alone or beside Latin letters and digits; a Greek word stays."""
    if not _GREEK_WORD.fullmatch(word):
        return word
    return "".join(_GREEK.get(sign, sign) for sign in word)
