"""Which of many names or titles may mean the same: found by an index, so that no name is compared with all others.

Texts come in, pairs of a rarer or shorter form and a fuller one go out; `consistency` says them.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from alliancebib.matching.containers import ContainerForm, container_form, same_container
from alliancebib.matching.normal import plain, squeezed, words
from alliancebib.matching.people import Person, compatible_given

__all__ = ["abbreviated", "fuller", "letters", "letters_without_marks"]

#: What German writes for a vowel with two dots where there are none; "Uber" and "Ueber" are both "Über", but not one.
_WITHOUT_DOTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
#: Scripts in which a mark is an accent, or tells a vowel that is mostly not written.
_ACCENTED = frozenset({"LATIN", "GREEK", "ARABIC", "HEBREW", "SYRIAC"})
#: Cyrillic letters that are written with and without their marks.
_EXCHANGED = "ёѐѝ"
#: Where a short form fits more names than this, nobody knows which is meant.
_MOST = 50
#: So many initials tell names apart; longer first names are words of another kind.
_INITIALS, _LONGEST_NAME = 8, 30
#: Only shorter words may be abbreviated by letters from inside ("natl"), see `alliancebib.matching.containers`.
_PREFIX = 7
#: An acronym is looked for among the initials of titles, and the other way round.
_COUNTERPARTS = {"acronym": "in full", "in full": "acronym"}


def letters(text: str) -> str:
    """Give the letters and digits of a text, case aside, with their marks.

    >>> letters("U.S.A."), letters("Über-Ich")
    ('usa', 'überich')
    """
    return "".join(words(unicodedata.normalize("NFC", _with_own_letters(plain(text).casefold()))))


@lru_cache(maxsize=20_000)
def letters_without_marks(text: str) -> tuple[str, ...]:
    """Give the letters and digits of a text in the ways that they are written without marks.

    >>> letters_without_marks("Über"), letters_without_marks("Uber")
    (('uber', 'ueber'), ('uber',))
    >>> letters_without_marks("Мой") == letters_without_marks("Мои")
    False
    """
    if text.isascii():
        return (squeezed(text),)
    text = _with_own_letters(text)
    spelled_out = squeezed(unicodedata.normalize("NFC", text).translate(_WITHOUT_DOTS))
    return tuple(dict.fromkeys((squeezed(text), spelled_out)))


def _with_own_letters(text: str) -> str:
    """Give a text in which marks that make another letter are letters, so that no folding takes them away."""
    if text.isascii():
        return text
    pieces, base = [], ""
    for sign in unicodedata.normalize("NFD", text):
        if not unicodedata.category(sign).startswith("M"):
            base = sign
            pieces.append(sign)
        else:
            pieces.append(f"ʔ{ord(sign):x}" if _makes_a_letter(base, sign) else sign)
    return "".join(pieces)


@lru_cache(maxsize=4096)
def _makes_a_letter(base: str, mark: str) -> bool:
    """Say whether a mark is more than an accent: Cyrillic й, Japanese が, the vowels of Indian scripts."""
    script = unicodedata.name(base, "").partition(" ")[0] if base else ""
    if script == "CYRILLIC":
        whole = unicodedata.normalize("NFC", base + mark)
        return len(whole) == 1 and whole.lower() not in _EXCHANGED
    return bool(script) and base.isalpha() and script not in _ACCENTED


def abbreviated(titles: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give each title with full stops and the one without that it abbreviates, if there is but one.

    Both begin with the same letter, and so do all their words, unless one is an acronym or divides words otherwise.
    """
    index: dict[tuple[str, str], _Titles] = defaultdict(_Titles)
    short = []
    for title in titles:
        form = container_form(title)
        if "." in title:
            short.append((title, form))
            continue
        for words_ in form.variants:
            for mark in _marks(words_):
                index[mark].add(title, form, words_)
    for title, form in short:
        found = dict[str, None]()
        for other, its_form in _candidates(form, index):
            if other not in found and squeezed(other)[:1] == squeezed(title)[:1] and same_container(form, its_form):
                found[other] = None
                if len(found) > 1:
                    break
        if len(found) == 1:
            yield title, next(iter(found))


def _candidates(form: ContainerForm, index: Mapping[tuple[str, str], _Titles]) -> Iterator[tuple[str, ContainerForm]]:
    for words_ in form.variants:
        for sort, mark in _marks(words_):
            if (titles := index.get((_COUNTERPARTS.get(sort, sort), mark))) is not None:
                yield from titles.like(words_) if sort == "initials" else titles.all()


def _marks(words_: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give what titles that match have in common: the letters all in all, those that words begin with, an acronym."""
    initials = "".join(word[0] for word in words_)
    yield "letters", "".join(words_)
    yield "initials", initials
    if len(words_) == 1:
        yield "acronym", words_[0]
    elif len(words_) > 2:
        yield "in full", initials


class _Titles:
    """Titles that have one mark in common. If they are many, the letters of their words tell which to look at."""

    def __init__(self) -> None:
        self._titles: list[tuple[str, ContainerForm]] = []
        self._words: list[tuple[str, ...]] = []
        self._with_letter: dict[tuple[int, str], set[int]] = {}

    def add(self, title: str, form: ContainerForm, words_: tuple[str, ...]) -> None:
        self._titles.append((title, form))
        self._words.append(words_)

    def all(self) -> Iterable[tuple[str, ContainerForm]]:
        return self._titles

    def like(self, short: tuple[str, ...]) -> Iterable[tuple[str, ContainerForm]]:
        """Give those whose words have all the letters of an abbreviated title's, if there are many."""
        if len(self._titles) <= _MOST:
            return self._titles
        if not self._with_letter:
            self._with_letter = defaultdict(set)
            for number, full in enumerate(self._words):
                for place, word in enumerate(full):
                    for letter in {*word, word[:_PREFIX]}:
                        self._with_letter[place, letter].add(number)
        asked = {
            (place, letter)
            for place, word in enumerate(short)
            for letter in ({*word[1:]} if len(word) < _PREFIX else {word[:_PREFIX]})
        }
        sets = sorted((self._with_letter.get(key, set()) for key in asked), key=len)
        if not sets:
            return self._titles
        return [self._titles[number] for number in sorted(sets[0].intersection(*sets[1:]))]


def fuller(people: Mapping[str, Person]) -> Iterator[tuple[str, str]]:
    """Give names of one family with the one form that says more; where there are two such, nobody knows which."""
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in sorted(people, key=lambda text: -_length(people[text])):
        initials = people[text].initials[:_INITIALS]
        for mark in _given_marks(people[text]):
            for end in range(len(initials) + 1):
                index[initials[:end], mark].append(text)
    for text, person in people.items():
        found = _longer(person, people, index)
        if found and all(compatible_given(people[found[0]], people[other]) for other in found[1:]):
            yield text, found[0]


def _longer(person: Person, people: Mapping[str, Person], index: Mapping[tuple[str, str], list[str]]) -> list[str]:
    """Give the forms that may be a person's and say more, the longest first; none if they are too many."""
    length, found = _length(person), dict[str, None]()
    for mark in _wanted_marks(person):
        texts = index.get((person.initials[:_INITIALS], mark), ())
        longer = bisect_left(texts, -length, key=lambda text: -_length(people[text]))
        if longer > _MOST:
            return []
        found.update(dict.fromkeys(texts[:longer]))
    fitting = [
        text
        for text in found
        if people[text].initials.startswith(person.initials) and compatible_given(person, people[text])
    ]
    return sorted(fitting, key=lambda text: -_length(people[text]))


def _given_marks(person: Person) -> Iterator[str]:
    """Give the marks that a name is found by: all are found by none, a first name also by its letters."""
    yield ""
    first = person.given[0] if person.given else ""
    yield from _name_marks(first) if len(first) > 2 else ("short",)


def _wanted_marks(person: Person) -> tuple[str, ...]:
    """Give the marks of names that a person's may be: an initial may be any, a name is that or an initial."""
    first = person.given[0] if person.given else ""
    return ("short", *_name_marks(first)) if len(first) > 2 else ("",)


def _name_marks(first: str) -> tuple[str, ...]:
    """Give the beginning of a first name, and the name without each of its letters, which a slip leaves in common."""
    beginning = f"{first[:3]}..."
    if len(first) > _LONGEST_NAME:
        return (beginning,)
    without = (first[:place] + first[place + 1 :] for place in range(len(first)))
    return tuple(dict.fromkeys((beginning, first, *without)))


def _length(person: Person) -> int:
    return sum(map(len, person.given))
