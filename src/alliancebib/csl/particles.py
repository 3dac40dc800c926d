"""Particles of family names that stand unmarked in the family or given part: "van der Vlist", "Alexander von".

Words in small letters before a family name do not drop ("van der Vlist"); words in small letters behind a given name
do ("Ludwig van"), as users of reference managers type them (CSL-JSON 1.0.2, names).
"""

from __future__ import annotations

import re

__all__ = ["with_particles"]

_APOSTROPHES = "'’ʼ"
#: A word with the blank behind it, or a start that an apostrophe or hyphen ties to the name: "d'", "al-".
_WORD = re.compile(
    rf"\s*((?:[{_APOSTROPHES}]\S{{1,2}}|[^\s{_APOSTROPHES}-]+)(?:\s+|[{_APOSTROPHES}]\s*|-(?=\S)))(?=\S)"
)


def with_particles(family: str, given: str) -> tuple[str, str, str, str]:
    """Give family, given, dropping and non-dropping particle of a name whose particles are not marked.

    >>> with_particles("van der Vlist", "Eric"), with_particles("Humboldt", "Alexander von")
    (('Vlist', 'Eric', '', 'van der'), ('Humboldt', 'Alexander', 'von', ''))
    """
    rest, non_dropping = _before(family)
    given, dropping = _behind(given) if family else (given, "")
    return rest, given, dropping, non_dropping


def _before(family: str) -> tuple[str, str]:
    """Part the small words that a family name begins with; what is left has to begin with a capital."""
    place = 0
    while (found := _WORD.match(family, place)) and _is_small(found[1]):
        place = found.end()
    rest = family[place:]
    if not place or not rest[:1].isupper():
        return family, ""
    particle = family[:place]
    bare = particle.rstrip()
    # A blank behind an apostrophe was typed on purpose and stays.
    return rest, f"{bare} " if bare != particle and bare.endswith(tuple(_APOSTROPHES)) else bare


def _behind(given: str) -> tuple[str, str]:
    """Part the small words that a given name ends with."""
    words = given.split(" ")
    count = 0
    while count < len(words) - 1 and _is_small(words[-1 - count]) and not set(words[-1 - count]) & set(".,"):
        count += 1
    return (" ".join(words[:-count]).rstrip(), " ".join(words[-count:])) if count else (given, "")


def _is_small(word: str) -> bool:
    letter = next((character for character in word if character.isalpha()), "")
    return letter.islower()
