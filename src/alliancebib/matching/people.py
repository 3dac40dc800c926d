"""Are two lists of names the same people? Names become comparison forms, lists become one of five answers.

Initials agree with full names, particles and double names may be cut, a list may be cut; the same family name with
other initials is another person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

import msgspec

from alliancebib.matching.normal import fold, plain, words
from alliancebib.matching.scripts import are_transliterated, script_of
from alliancebib.matching.similarity import ratio, slip
from alliancebib.matching.vocabulary import vocabulary
from alliancebib.model import Name

__all__ = ["People", "Person", "are_rather_two", "compatible_given", "people_of", "relate_people", "same_person"]

_ET_AL = re.compile(r"\b(?:et\.? al|and others|u\. ?a|i dr)\b\.?", re.IGNORECASE)
#: Letters of a part of a family name that may stand for it, and words from which on a body has an acronym.
_SHORTEST_END, _WORDS_OF_A_BODY = 4, 2
#: What has more words is no name.
_LONGEST_NAME = 15
#: Letters up to which a given name is a short form ("Dan", "Rob"), and how alike two ways of writing one are.
_NICK, _ALIKE = 3, 0.7
_LITTLE = frozenset({"and", "und", "y", "e"})
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")


class Person(msgspec.Struct, frozen=True, gc=False):
    """A name to compare: ``family`` without blanks, the same without particles, ``given`` words, first initials.

    ``script`` is that of the family name, "" where it has no letters. ``ends`` are the beginnings and ends of a family
    name of several words, which may be cut to them; ``acronyms`` the first letters of a body's name. ``whole`` says
    that the name came in one piece.
    """

    family: str
    stem: str
    given: tuple[str, ...]
    initials: str
    script: str
    ends: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    whole: bool = False


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
    if not given or not family:
        family, given = _parted(family or name.literal or given)
    in_one = not name.family and not given and " " in family.strip()
    # Where a particle ends and the family name begins ("Espejo de Ochoa"), and which drop, formats say differently.
    if name.dropping_particle or name.non_dropping_particle:
        family = f"{name.dropping_particle} {name.non_dropping_particle} {family}"
    whole, stem, script, ends = _family(family)
    words_given, initials = _given(given)
    acronyms = () if given else _acronyms(family)
    return Person(whole, stem, words_given, initials, script, ends, acronyms, in_one)


@lru_cache(maxsize=50_000)
def _family(text: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Give a family name without blanks, the same without particles, its script, its beginnings and ends."""
    parts = words(_umlauts(fold(plain(_without_others(text)))))
    whole = "".join(parts)
    if len(parts) == 1:
        return whole, whole, script_of(whole), ()
    stem = [word for word in parts if word not in vocabulary().particles] or parts
    if len(stem) > _LONGEST_NAME:
        return whole, "".join(stem), script_of(whole), ()
    ends = {"".join(piece) for place in range(1, len(stem)) for piece in (stem[:place], stem[place:])}
    return whole, "".join(stem), script_of(whole), tuple(sorted(end for end in ends if len(end) > 1))


@lru_cache(maxsize=20_000)
def _acronyms(text: str) -> tuple[str, ...]:
    """Give the first letters of a body's name, with and without each little word; none for a name of one word.

    >>> "osce" in _acronyms("Organization for Security and Co-operation in Europe")
    True
    """
    # "Co-operation" is one word; what stands in a bracket is mostly the acronym itself.
    before = plain(text.partition("(")[0]).replace("-", "")
    parts = [found for found in map(words, fold(before).split()) if found]
    if not _WORDS_OF_A_BODY <= len(parts) <= _LONGEST_NAME:
        return ()
    little = [place for place, part in enumerate(parts) if part[0] in vocabulary().empty or part[0] in _LITTLE]
    if len(parts) - len(little) < _WORDS_OF_A_BODY:
        return ()
    letters = [part[0][0] for part in parts]
    left_out = [set(little), *(set(some) for size in range(min(len(little), 3)) for some in combinations(little, size))]
    found = {"".join(letter for place, letter in enumerate(letters) if place not in some) for some in left_out}
    if short := vocabulary().bodies.get("".join(word for part in parts for word in part)):
        found.add(short)
    return tuple(sorted(map(_umlauts, found)))


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
    if _other_scripts(a, b) or a.family in b.acronyms or b.family in a.acronyms:
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
        return compatible_given(a, b) and _fits_whole(a, b) and _fits_whole(b, a)
    # "Xi Jinping" and "Jinping Xi": family and given name the other way round.
    if not a.given or not b.given or a.family[0] != b.given[0][0] or b.family[0] != a.given[0][0]:
        return False
    return a.family == "".join(b.given) and b.family == "".join(a.given)


def _fits_whole(a: Person, b: Person) -> bool:
    """Say whether what a name in one piece ("Mary Smith") has besides the other's family name is the other's given."""
    if not a.whole or not b.initials or a.stem == b.stem:
        return True
    rest = a.stem.removesuffix(b.stem).removeprefix(b.stem)
    return not rest or rest == a.stem or rest[0] in b.initials


def _other_scripts(a: Person, b: Person) -> bool:
    return a.script != b.script and bool(a.script and b.script)


def _same_family(a: Person, b: Person) -> bool:
    short, long = a.stem, b.stem
    if short == long or a.family == b.family or _is_end(short, b) or _is_end(long, a):
        return True
    if len(short) > len(long):
        short, long = long, short
    return len(short) >= 6 and short[0] == long[0] and len(long) - len(short) <= 2 and slip(short, long)


def _is_end(name: str, other: Person) -> bool:
    """Say whether a family name is the beginning or end of another one; a short one only of a name in one piece."""
    return name in other.ends and (other.whole or len(name) >= _SHORTEST_END)


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


def are_rather_two(a: Person, b: Person) -> bool:
    """Say whether two names that may be one person's have other second initials, or full first names that differ.

    >>> are_rather_two(*people_of([Name(family="Lee", given="J. K."), Name(family="Lee", given="J. H.")]))
    True
    """
    if a.stem != b.stem or not a.initials or not b.initials or a.initials[0] != b.initials[0]:
        return False
    if len(a.initials) > 1 and len(b.initials) > 1 and a.initials[1] != b.initials[1]:
        return a.initials not in b.initials and b.initials not in a.initials
    short, long = sorted((a.given[0], b.given[0]), key=len)
    return len(short) > _NICK and not long.startswith(short) and not slip(short, long) and ratio(short, long) < _ALIKE
