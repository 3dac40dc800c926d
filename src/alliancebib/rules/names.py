"""Rule: names of persons in their parts, spelled as names.

What stands in the wrong part moves (a suffix, "Family, Given" written as one text), what is no part of a name goes
(honorifics, empty names), initials are spaced, and family names in capitals are spelled as others are. Names of bodies
stay as they are.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from msgspec.structs import replace

from alliancebib.finding import Finding
from alliancebib.model import Name, Reference

__all__ = ["apply"]

_FIELDS = ("author", "editor", "translator")
_CAPITAL = "[^\\W\\d_a-zß-öø-ÿа-яёіїєґў]"
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
#: An initial is one capital, or a capital with one small letter ("Yu."), and a full stop; another follows.
_JOINED_INITIALS = re.compile(rf"(?<![\w.])({_CAPITAL}[^\W\d_]?\.)(?={_CAPITAL})|(?<=\.)({_CAPITAL}\.)(?={_CAPITAL})")
_INITIALS = re.compile(rf"(?:{_CAPITAL}[a-zа-яё]?\.[\s-]?){{1,4}}")
_GIVEN = re.compile(rf"{_CAPITAL}[\w'’.-]*(?:\s+{_CAPITAL}[\w'’.-]*){{0,2}}")
#: Letters of alphabets in which I has a small form of its own; Python spells their small letters as English does.
_TURKIC = frozenset("İĞŞƏ")


@cache
def _words(table: str, key: str) -> frozenset[str]:
    found = tomllib.loads(files("alliancebib.rules").joinpath("names.toml").read_text("utf-8"))[table][key]
    return frozenset(found.split() if isinstance(found, str) else found)


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the names of authors, editors and translators; nothing is noticed.

    >>> author = Name(family="BOKERIYA", given="Dr. S.A.")
    >>> [str(name) for name in apply(Reference(author=(author, Name(literal="and others"))))[0].author]
    ['S. A. Bokeriya', 'et al.']
    """
    changes = {field: _tidied(getattr(reference, field)) for field in _FIELDS}
    return reference.amended("names", changes), ()


def _tidied(names: tuple[Name, ...]) -> tuple[Name, ...]:
    tidy: list[Name] = []
    for name in names:
        one = _tidy(name)
        if str(one).strip() and not (one == Name(others=True) and one in tidy):
            tidy.append(one)
    return tuple(tidy)


def _tidy(name: Name) -> Name:
    if name.others:
        return name
    if _is_others(name):
        return Name(others=True)
    name = _split(name)
    if name.literal:
        return name
    previous = None
    while name != previous:  # "Dr. A.Jr." has a suffix once its initials are spaced
        previous = name
        for step in (_without_honorifics, _with_suffix, _with_spaced_initials, _without_shouting):
            name = step(name)
    return Name(others=True) if _is_others(name) else name


def _is_others(name: Name) -> bool:
    words = str(name).strip(" ,;()[]").lower()
    return words in _words("others", "phrases") and not (name.family and name.given and name.literal)


def _split(name: Name) -> Name:
    """Divide a text at its comma where both sides look like the parts of a person's name, and of no body's."""
    if not name.literal or any((name.family, name.given, name.suffix, name.dropping_particle)):
        return name
    parts = [part.strip() for part in name.literal.split(",")]
    suffix = next((part for part in parts[1:] if part in _words("suffixes", "written")), "")
    if suffix and len(parts) == 3:
        parts.remove(suffix)
    if len(parts) != 2 or (suffix and suffix in parts) or not _is_person(*parts):
        return name
    return Name(family=parts[0], given=parts[1], suffix=suffix)


def _is_person(family: str, given: str) -> bool:
    words = {word.lower().strip(".") for word in re.split(r"[\s-]+", f"{family} {given}")}
    if words & _words("bodies", "words") or not _GIVEN.fullmatch(given):
        return False
    last = [word for word in family.split() if word.lower() not in _words("particles", "small")]
    shaped = bool(last) and all(re.fullmatch(rf"{_CAPITAL}[^\W\d_]*(?:['’-][^\W\d_]+)*", word) for word in last)
    if _INITIALS.fullmatch(given):
        return shaped and len(last) <= 2
    acronym = family.isupper() or given.isupper()  # "OSCE, Vienna"
    return shaped and len(last) == 1 and not acronym


def _without_honorifics(name: Name) -> Name:
    words = name.given.split()
    while words and _is_honorific(words[0]):
        del words[0]
    while len(words) > 1 and words[-1].lower().strip(".,") in _words("honorifics", "after"):
        del words[-1]
    if not words and not name.family:
        return name
    return replace(name, given=" ".join(words).rstrip(","))


def _is_honorific(word: str) -> bool:
    bare = word.lower().rstrip(".,")
    dotted = word.endswith(".") and bare in _words("honorifics", "dotted")
    return dotted or bare in _words("honorifics", "plain")


def _with_suffix(name: Name) -> Name:
    """Move "Jr." or "III" from the end of a part; a part that is nothing else keeps it, for it may be initials."""
    if name.suffix:
        return name
    for part in ("given", "family"):
        rest, _, last = str(getattr(name, part)).rpartition(" ")
        if rest.strip(" ,") and last in _words("suffixes", "written"):
            return replace(name, **{part: rest.rstrip(" ,"), "suffix": last})
    return name


def _with_spaced_initials(name: Name) -> Name:
    return replace(name, given=_JOINED_INITIALS.sub(lambda match: f"{match[0]} ", name.given))


def _without_shouting(name: Name) -> Name:
    if not name.given or not _shouts(name.family):
        return name
    given = _spelled(name.given) if all(_shouts(word) for word in name.given.split()) else name.given
    return replace(name, family=_spelled(name.family), given=given)


def _shouts(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    plain = not any(sign.isdigit() or sign == "." for sign in text)
    return len(letters) > 3 and plain and all(sign.isupper() for sign in letters) and not _TURKIC.intersection(letters)


def _spelled(text: str) -> str:
    """Write words with one capital, particles before the last word with none.

    >>> _spelled("VAN DER BERG"), _spelled("O'BRIEN-SMITH")
    ('van der Berg', "O'Brien-Smith")
    """
    *before, last = text.split()
    small = [word.lower() if word.lower() in _words("particles", "small") else word for word in before]
    return " ".join(
        word if word.islower() else _WORD.sub(lambda match: match[0].capitalize(), word) for word in [*small, last]
    )
