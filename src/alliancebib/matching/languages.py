"""Are two titles in two languages? Told by the little words, which every language has its own of.

In come a reference and a record; out comes yes, or no where that is not known. What either says of its language counts
where the little words say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from alliancebib.matching.normal import fold, plain, words
from alliancebib.model import Reference

__all__ = ["language_of", "other_languages"]

#: Little words by language; those that several languages have say nothing and are left out.
_LITTLE: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and in on for with from to by is are as at an its their after between towards",
        "de": "der die das und im von zur zum den dem des eine einer einem nach zwischen mit fur uber als auf ist ein",
        "fr": "le les et dans du des une pour avec sur au aux entre apres vers est sous",
        "es": "el los las y del en por una para con sobre entre desde hacia su",
        "it": "il lo gli della delle dei degli nel nella per tra fra dopo sul e di",
        "pt": "os do dos da das na nas nos um uma para com sobre entre ao e",
        "nl": "het een van voor met tussen bij naar over uit de en op",
        "pl": "w z na i do po o oraz przez miedzy wobec",
        "ru": "и в на по с о об от к для из при как",
    }.items()
}


def language_of(title: str) -> str:
    """Give the language of a title as a code of two letters; "" where the little words do not tell.

    >>> language_of("Die Bündnispolitik Russlands im neuen Jahrhundert"), language_of("Alliances, 1815-1945")
    ('de', '')
    """
    found = words(fold(plain(title)))
    counts = {language: sum(word in little for word in found) for language, little in _LITTLE.items()}
    best, second = sorted(counts.values(), reverse=True)[:2]
    return next(language for language, count in counts.items() if count == best) if best > second else ""


def other_languages(reference: Reference, record: Reference) -> bool:
    """Say whether the titles of two works are in two languages, as far as that is known."""
    ours = language_of(reference.title) or reference.language.lower()[:2]
    theirs = language_of(record.title) or record.language.lower()[:2]
    return bool(ours and theirs) and ours != theirs
