"""Rule: names of people in their parts: family and given apart, initials spaced, titles out, suffixes in their place.

Names of bodies stay as they are; what cannot be told apart for sure stays together. Academic titles that were taken
out are kept in the provenance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from alliancebib.finding import Finding
from alliancebib.model import ExtraValue, Name, Reference
from alliancebib.outline.outlets import load_outlets
from alliancebib.rules._fields import NAME_FIELDS

__all__ = ["apply"]

_OTHERS = frozenset({"et al", "and others", "others", "u. a", "u.a", "и др", "et autres", "y otros", "и другие", "et alii"})
_TAIL = re.compile(r",?\s+(?:et\s+al\.?|and\s+others|и\s+др\.)$", re.IGNORECASE)
_TITLES = re.compile(
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx|Rev|Hon|Univ|Doz|Assoc|Asst|Ing|Mag)\.(?:\s?(?:habil|phil|rer|nat|med|jur|pol)\.)*\s?"
    r"|(?:Dr|Prof|Professor|Doctor|Sir|Dame|Lord)\s)(?=[^\W\d_])"
)
_SUFFIX = re.compile(r",?\s+((?:Jr|Sr)\.?|II|III|IV|Jnr\.?|Snr\.?)$")
_INITIAL = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,2})\.(?=[^\W\d_])")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
#: Words that no person is called by; a literal with one of them is a body.
_BODIES = frozenset(
    """agency agencia agence association bank bureau center centre centro club college comité commission committee
    company conference congress corporation council department embassy federation foundation fund government group
    institut institute institution international kremlin league library ministry news office organisation organization
    parliament party press project secretariat service society staff state states team union united university
    агентство ассоциация библиотека бюро институт комитет министерство организация союз университет центр""".split()
)


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the names of a reference.

    >>> name = apply(Reference(author=(Name(literal="BOKERIYA, Dr. S.A."),)))[0].author[0]
    >>> name.family, name.given
    ('Bokeriya', 'S. A.')
    """
    titles: list[str] = []
    changes: dict[str, object] = {field: _tidied(getattr(reference, field), titles) for field in NAME_FIELDS}
    extra: dict[str, ExtraValue] = {
        name: _tidied(value, titles) if isinstance(value, tuple) else value for name, value in reference.extra.items()
    }
    changes["extra"] = {name: value for name, value in extra.items() if value != () or reference.extra[name] == ()}
    note = f"taken out: {', '.join(titles)}" if titles else ""
    return reference.amended("names", changes, note=note), ()


def _tidied(names: Iterable[Name], titles: list[str]) -> tuple[Name, ...]:
    """Tidy each name; the mark of a cut list comes last, once."""
    people: list[Name] = []
    cut = False
    for name in names:
        rest, is_cut = _without_others(name)
        cut = cut or is_cut
        tidied = _person(rest, titles)
        if tidied != Name():
            people.append(tidied)
    return (*people, Name(others=True)) if cut else tuple(people)


def _without_others(name: Name) -> tuple[Name, bool]:
    """Take "et al." out of a name, and say whether it was there."""
    whole = str(msgspec.structs.replace(name, others=False)).strip(" .,;").lower()
    swapped = f"{name.family} {name.given}".strip(" .,;").lower()
    if whole in _OTHERS or swapped in _OTHERS:
        return Name(), True
    for part in ("literal", "family", "given"):
        text = getattr(name, part)
        if match := _TAIL.search(text):
            return msgspec.structs.replace(name, others=False, **{part: text[: match.start()]}), True
    return msgspec.structs.replace(name, others=False), name.others


def _person(name: Name, titles: list[str]) -> Name:
    """Repeat until nothing changes: what one step takes off may uncover work for another."""
    while True:
        new = _spaced(_suffixed(_untitled(_split(_trimmed(name)), titles)))
        new = msgspec.structs.replace(new, family=_spoken(new.family, new.given))
        if new == name:
            return name
        name = new


def _trimmed(name: Name) -> Name:
    parts = {part: getattr(name, part).strip(" ,;") for part in name.__struct_fields__ if part != "others"}
    return msgspec.structs.replace(name, **parts)


def _split(name: Name) -> Name:
    """Part a literal that is clearly ``Family, Given``."""
    family, comma, given = (part.strip() for part in name.literal.partition(","))
    alone = name == Name(literal=name.literal)
    if not (alone and comma and family and given) or "," in given or re.search(r"[\d&/()]", name.literal):
        return name
    words = [word.lower() for word in _WORD.findall(name.literal)]
    if any(word in _BODIES for word in words) or len(family.split()) > 3:
        return name
    bare = _TITLES.sub("", given)
    if _has_initials(bare):
        return Name(family=family, given=given)
    plain = _WORD.fullmatch(family) and all(_WORD.fullmatch(word) for word in bare.split()) and len(bare.split()) < 3
    spelled = plain and _is_capital(family) and all(_is_capital(word) for word in bare.split())
    if not spelled or (family.isupper() and len(family) < 6) or _is_known_body(family):
        return name
    return Name(family=family, given=given)


def _has_initials(given: str) -> bool:
    """Say whether these are given names with an initial ("S. M.", "J.-P.", "John F."), which no body has."""
    words = given.split()
    initials = [bool(_INITIALS.fullmatch(word)) for word in words]
    return any(initials) and all(
        _is_capital(word) and (initial or _WORD.fullmatch(word)) for word, initial in zip(words, initials, strict=True)
    )


def _is_known_body(family: str) -> bool:
    """A place behind a comma makes no person of an agency ("Reuters, Moscow")."""
    return load_outlets().knows(family)


def _is_capital(text: str) -> bool:
    return text[:1].isupper()


def _untitled(name: Name, titles: list[str]) -> Name:
    given = name.given
    while match := _TITLES.match(given):
        titles.append(match[0].strip())
        given = given[match.end() :]
    return msgspec.structs.replace(name, given=given)


def _suffixed(name: Name) -> Name:
    if name.suffix or not (name.family and name.given):
        return name
    for part in ("given", "family"):
        text = getattr(name, part)
        if match := _SUFFIX.search(text):
            return msgspec.structs.replace(name, suffix=match[1], **{part: text[: match.start()]})
    return name


def _spaced(name: Name) -> Name:
    """Set a blank behind each initial: "A.V." becomes "A. V.", "J.-P." stays."""
    return msgspec.structs.replace(name, given=" ".join(_INITIAL.sub(r"\1. ", name.given).split()))


def _spoken(family: str, given: str) -> str:
    """Write a family name in capitals as it is spoken, where the given name shows that it is a person's."""
    letters = [letter for letter in family if letter.isalpha()]
    if len(letters) <= 3 or not family.isupper() or re.search(r"[\d&/.]", family):
        return family
    if not (any(letter.islower() for letter in given) or re.search(r"[^\W\d_]\.", given)):
        return family  # nothing, or one more word in capitals: it may be an acronym
    return _WORD_PART.sub(_recased, family)


_WORD_PART = re.compile(r"(MC)?([^\W\d_])([^\W\d_]*)")


def _recased(match: re.Match[str]) -> str:
    prefix = "Mc" if match[1] and match[3] else (match[1] or "").capitalize()
    first = match[2] if prefix in ("", "Mc") else match[2].lower()
    return prefix + first + match[3].lower()
