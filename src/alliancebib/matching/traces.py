"""How much of a work's record stands in a string: its title, its people, year, volume, pages and container.

A string and a record go in, `Traces` come out. Nothing of the string need be understood: what the record says is looked
for in it, in whatever order and layout, with words cut by line ends, letters misread and names of journals abbreviated.
What the record does not say is no trace, and no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from alliancebib.matching.forms import years_of
from alliancebib.matching.normal import fold
from alliancebib.matching.similarity import best_part, ratio
from alliancebib.model import Name, Reference
from alliancebib.rich_text import without_markup

__all__ = ["IDLE", "Said", "Traces", "abbreviates", "names_container", "said", "traces", "words_of"]

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NUMBERING = re.compile(r"^\s*(?:[\[(]\d{1,4}[\])]|\d{1,4}[.)]?)\s+(?=\D)")
_CUT = re.compile(r"(?<=\w)[-\u00ad\u2010]\s+(?=\w)")
_MAIN = re.compile(r"[:.?!] ")
#: Words that every string has, or that say what stands beside them.
IDLE = frozenset(
    """a al an and as at available bd by d da das de del della den der des di die doi dx ed editor editors eds el en et
    for from heft hrsg http https ii iii il in issue iv jg journal l la le les no nos nr of on org or p page pages pp
    press retrieved s the to u und url v vi vol volume von vols with www y""".split()
)
#: A part of a title is looked for from so many letters on; a word counts as misread from so many on.
_LONG, _MISREAD = 12, 5
_ALIKE = 0.85
#: So much of a record is looked for: letters of the title, people, words of the container. Few have more.
_LETTERS, _PEOPLE, _CONTAINER = 400, 50, 40


class Said(msgspec.Struct, frozen=True):
    """A string, ready to be searched: its words, the letters without blanks, its numbers and years."""

    words: tuple[str, ...]
    distinct: frozenset[str]
    letters: str
    numbers: frozenset[str]
    years: frozenset[int]


class Traces(msgspec.Struct, frozen=True):
    """What of a record was found. Shares are 0 to 1; None where the record says nothing.

    ``title`` is the likeness of the title to the part of the string most like it, ``title_words`` the number of its
    words that mean something. ``year`` is the distance of the nearest years: a work may have two (online, in print).
    ``strange`` is the share of the string's words that the record does not have, ``strange_numbers`` that of its
    numbers.
    """

    title: float
    title_words: int
    first: bool | None
    people: float | None
    year: int | None
    volume: bool | None
    issue: bool | None
    page: bool | None
    container: float | None
    strange: float
    strange_words: int
    strange_numbers: float


def said(text: str) -> Said:
    """Make a string ready.

    >>> said("Rai, A. Sea power. Alli- ances 3 (2018) 45").letters
    'raiaseapoweralliances3201845'
    """
    text = _NUMBERING.sub("", without_markup(text), count=1)
    words = tuple(words_of(_CUT.sub("", text)))
    numbers = [number for word in words for number in _NUMBER.findall(word)]
    return Said(
        words=words,
        distinct=frozenset(words),
        letters="".join(words),
        numbers=frozenset(numbers) | {number.lstrip("0") for number in numbers},
        years=frozenset(int(number) for number in numbers if _YEAR.fullmatch(number)),
    )


def traces(string: Said, work: Reference) -> Traces:
    """Look for what a record says in a string.

    >>> work = Reference(title="Sea power", author=(Name(family="Rai", given="A."),), volume="3", page="45-60")
    >>> found = traces(said("A. Rai, Sea power, Alliances 3, 45 (2018)"), work)
    >>> found.title, found.first, found.volume, found.page, found.issue
    (1.0, True, True, True, None)
    """
    title = tuple(words_of(without_markup(work.title)))
    people = [name for name in (work.author or work.editor) if not name.others and (name.family or name.literal)]
    there = [_is_there(name, string) for name in people[:_PEOPLE]]
    container = [word for word in words_of(without_markup(work.container_title)) if word not in IDLE][:_CONTAINER]
    names = {word for name in people for word in words_of(f"{name.family} {name.literal} {name.given}")}
    known = {*title, *names, *words_of(f"{work.publisher} {work.publisher_place}")}
    telling = [word for word in string.words if len(word) > 2 and word not in IDLE and not word.isdigit()]
    letters = "".join(title)[:_LETTERS]
    strange = [
        word
        for word in telling
        if word not in known and word not in letters and not any(abbreviates(word, whole) for whole in container)
    ]
    free = string.distinct.difference(title, names)
    return Traces(
        title=_likeness(string, title, work.title),
        title_words=sum(len(word) > 2 and word not in IDLE for word in title),
        first=there[0] if there else None,
        people=sum(there) / len(there) if there else None,
        year=min((abs(one - year) for one in years_of(work) for year in string.years), default=None),
        volume=_has(string, work.volume),
        issue=_has(string, work.issue),
        page=_has(string, _first_page(work.page)),
        container=_share(any(abbreviates(word, whole) for word in free) for whole in container),
        strange=len(strange) / len(telling) if telling else 0.0,
        strange_words=len(strange),
        strange_numbers=_strange_numbers(string, work, title),
    )


def names_container(string: Said, work: Reference) -> bool:
    """Say whether a word of a string, and no mere initial of somebody, is one of the container's, or short for it."""
    taken = {*words_of(work.title), *words_of(" ".join(f"{name.family} {name.given}" for name in work.author))}
    wholes = [word for word in words_of(work.container_title) if word not in IDLE]
    telling = (word for word in string.distinct - taken if len(word) > 1 and word not in IDLE)
    return any(abbreviates(word, whole) for word in telling for whole in wholes)


def words_of(text: str) -> list[str]:
    """Give the words of a text, folded."""
    return _WORD.findall(fold(text))


def _share(found: Iterable[bool]) -> float | None:
    each = list(found)
    return sum(each) / len(each) if each else None


def _likeness(string: Said, title: Sequence[str], written: str) -> float:
    """Give how like the title is to a part of the string, or what share of its words are there, in any order."""
    letters = "".join(title)[:_LETTERS]
    if not letters or not string.letters:
        return 0.0
    found = _stands(letters, string)
    main = "".join(words_of(_MAIN.split(without_markup(written), maxsplit=1)[0]))[:_LETTERS]
    if _LONG <= len(main) < len(letters):
        found = max(found, 0.97 * _stands(main, string))
    telling = [word for word in title if len(word) > 2 and word not in IDLE]
    return max(found, _share(word in string.distinct for word in telling) or 0.0)


def _stands(letters: str, string: Said) -> float:
    """Give how like letters are to a part of the string; one that is shorter has a title cut off, or none at all."""
    return best_part(letters, string.letters) * min(1.0, len(string.letters) / len(letters))


def _is_there(name: Name, string: Said) -> bool:
    words = list(words_of(name.family or name.literal))
    if all(word in string.distinct for word in words):
        return bool(words)
    letters = "".join(words)
    return len(letters) >= _MISREAD and (
        letters in string.letters
        or any(abs(len(word) - len(letters)) < 2 and ratio(word, letters) >= _ALIKE for word in string.distinct)
    )


def _has(string: Said, value: str) -> bool | None:
    """Say whether a number stands in the string; None where there is none to look for."""
    if not value:
        return None
    folded = "".join(words_of(value))
    digits = _NUMBER.findall(folded)
    return folded in string.distinct or bool(
        digits and (digits[-1] in string.numbers or digits[-1].lstrip("0") in string.numbers)
    )


def _first_page(page: str) -> str:
    return re.split(r"[-–,;]", page, maxsplit=1)[0].strip()


@lru_cache(maxsize=65536)
def abbreviates(word: str, whole: str) -> bool:
    """Say whether a word is another one, cut off ("Rev") or with letters left out ("Natl")."""
    if not word or word[0] != whole[0] or len(word) > len(whole):
        return False
    if whole.startswith(word):
        return True
    letters = iter(whole)
    return len(word) >= 3 and all(letter in letters for letter in word)


def _strange_numbers(string: Said, work: Reference, title: Sequence[str]) -> float:
    numbers = {number for word in string.words for number in _NUMBER.findall(word)}
    if not numbers:
        return 0.0
    texts = (work.volume, work.issue, work.page, work.doi, work.edition, work.isbn, str(work.year or ""), *title)
    known = {number for text in texts for number in _NUMBER.findall(text)}
    known |= {number.lstrip("0") for number in known}
    return sum(number not in known and number.lstrip("0") not in known for number in numbers) / len(numbers)
