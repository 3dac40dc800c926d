"""Are two lists of names the same people? Names become comparison forms, lists become one of five answers.

Initials agree with full names, particles and double names may be cut, a list may be cut; the same family name with
other initials is another person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

import msgspec

from alliancebib.matching.normal import fold, plain, words
from alliancebib.matching.scripts import are_transliterated, script_of
from alliancebib.matching.similarity import slip
from alliancebib.matching.vocabulary import vocabulary
from alliancebib.model import Name

__all__ = ["People", "Person", "compatible_given", "people_of", "relate_people", "same_person"]

_ET_AL = re.compile(r"\b(?:et\.? al|and others|u\. ?a|i dr)\b\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")


class Person(msgspec.Struct, frozen=True, gc=False):
    """A name to compare: ``family`` without blanks, the same without particles, ``given`` words, first initials.

    ``script`` is that of the family name, "" where it has no letters.
    """

    family: str
    stem: str
    given: tuple[str, ...]
    initials: str
    script: str


class People(StrEnum):
    """What two lists of names are to each other."""

    SAME = "same"
    OVERLAP = "overlap"
    UNKNOWN = "unknown"
    DIFFERENT = "different"
    NAMESAKES = "namesakes"


def people_of(names: Iterable[Name]) -> tuple[Person, ...]:
    """Make the comparison forms of a list; the name that stands for the others has none."""
    found = [_person(name) for name in names if not name.others]
    return tuple([person for person in found if person.family])


@lru_cache(maxsize=50_000)
def _person(name: Name) -> Person:
    family, given = name.family, name.given
    if not family:
        family, given = _parted(name.literal or name.given)
    elif not given:
        family, given = _parted(family)
    # Where a particle ends and the family name begins ("Espejo de Ochoa"), and which drop, formats say differently.
    if name.dropping_particle or name.non_dropping_particle:
        family = f"{name.dropping_particle} {name.non_dropping_particle} {family}"
    whole, stem, script = _family(family)
    words_given, initials = _given(given)
    return Person(whole, stem, words_given, initials, script)


@lru_cache(maxsize=50_000)
def _family(text: str) -> tuple[str, str, str]:
    """Give a family name without blanks, the same without particles, and its script."""
    parts = words(_umlauts(fold(plain(_without_others(text)))))
    whole = "".join(parts)
    if len(parts) == 1:
        return whole, whole, script_of(whole)
    stem = [word for word in parts if word not in vocabulary().particles] or parts
    return whole, "".join(stem), script_of(whole)


def _without_others(text: str) -> str:
    return _ET_AL.sub("", text) if " " in text or "." in text else text


def _parted(text: str) -> tuple[str, str]:
    """Part a name that came in one piece: "Leeds, Brett", "Leeds B.A."; a body stays whole."""
    family, comma, given = text.partition(",")
    if comma:
        return family, given
    head, _, tail = text.rpartition(" ")
    if head and _INITIALS.fullmatch(tail):
        more, _, before = head.rpartition(" ")
        return (more, f"{before} {tail}") if more and _INITIALS.fullmatch(before) else (head, tail)
    return text, ""


@lru_cache(maxsize=20_000)
def _given(text: str) -> tuple[tuple[str, ...], str]:
    """Give the words of given names, and their initials."""
    found: list[str] = []
    for word in words(plain(_without_others(text))):
        # "JD" is two initials, "Jo" a name.
        found += list(word) if len(word) <= 3 and word.isupper() else [word]
    folded = [_umlauts(fold(word)) for word in found]
    particles = vocabulary().particles
    initials = "".join([word[0] for word in folded if word and word not in particles])
    return tuple(folded), initials


def _umlauts(text: str) -> str:
    return text.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def relate_people(a: tuple[Person, ...], b: tuple[Person, ...]) -> People:
    """Say what two lists are to each other; the first names and the share in common decide."""
    if not a or not b:
        return People.UNKNOWN
    if a == b:
        return People.SAME
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if same_person(a[0], b[0]):
        return People.SAME if _are_half(short, long) else People.OVERLAP
    met = [_stands_in(person, long, place) for place, person in enumerate(short)]
    if any(met):
        return People.SAME if len(met) > 1 and all(met) else People.OVERLAP
    return _strangers(a[0], b[0])


def _are_half(short: tuple[Person, ...], long: tuple[Person, ...]) -> bool:
    """Say whether half of the shorter list stands in the longer one; asked no longer than it is open."""
    missing = 0
    for place, person in enumerate(short):
        if not _stands_in(person, long, place):
            missing += 1
            if missing * 2 > len(short):
                return False
        elif (place + 1 - missing) * 2 >= len(short):
            return True
    return True


def _stands_in(person: Person, people: tuple[Person, ...], place: int) -> bool:
    """Say whether someone is in a list, most likely at a certain place."""
    return same_person(person, people[place]) or any(same_person(person, other) for other in people)


def _strangers(a: Person, b: Person) -> People:
    """Say what two first authors are that are not one person as far as their names can be compared."""
    if _other_scripts(a, b):
        return People.UNKNOWN
    return People.NAMESAKES if _same_family(a, b) else People.DIFFERENT


def same_person(a: Person, b: Person) -> bool:
    """Say whether two names may be one person's, also where one is transliterated.

    >>> same_person(*people_of([Name(family="Иванов", given="И."), Name(family="Ivanov", given="I.")]))
    True
    """
    if _other_scripts(a, b):
        return are_transliterated(a.family, b.family)
    if _same_family(a, b):
        return compatible_given(a, b)
    # "Xi Jinping" and "Jinping Xi": family and given name the other way round.
    if not a.given or not b.given or a.family[0] != b.given[0][0] or b.family[0] != a.given[0][0]:
        return False
    return a.family == "".join(b.given) and b.family == "".join(a.given)


def _other_scripts(a: Person, b: Person) -> bool:
    return a.script != b.script and bool(a.script and b.script)


def _same_family(a: Person, b: Person) -> bool:
    short, long = a.stem, b.stem
    if short == long or a.family == b.family:
        return True
    if len(short) > len(long):
        short, long = long, short
    if len(short) < 4:
        return False
    if long.startswith(short) or long.endswith(short):
        return True
    return len(short) >= 6 and short[0] == long[0] and len(long) - len(short) <= 2 and slip(short, long)


def compatible_given(a: Person, b: Person) -> bool:
    """Say whether given names may be one person's: the first initials agree, full first names are no other names."""
    if not a.initials or not b.initials:
        return True
    if a.initials[0] != b.initials[0]:
        # A second name by which someone is called: "S. Michael" and "Michael".
        return a.initials[0] in b.initials[1:2] or b.initials[0] in a.initials[1:2]
    first, second = a.given[0], b.given[0]
    if len(first) <= 2 or len(second) <= 2:
        return True
    short, long = sorted((first, second), key=len)
    return long.startswith(short[:3]) or slip(first, second)
