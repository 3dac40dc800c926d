"""Names in a stretch that is known to hold names: nothing is refused, however it is written.

`read_names` asks whether a stretch is a list of names; here that is settled, and what it cannot read is divided by its
marks: inverted or upright, with initials before or behind, with or without commas.
"""

from __future__ import annotations

import re

from alliancebib.model import Name
from alliancebib.parsers._names import person, read_names

__all__ = ["is_nobody", "is_odd", "read_people"]

_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё]"
#: "J.", "J. A.", "J.-P.", "JA", "Ch."
_INITIALS = re.compile(rf"(?:{_CAPITAL}[a-z]?\.[\s-]*){{1,5}}|{_CAPITAL}{{1,3}}|(?:{_CAPITAL}-?){{1,3}}")
_FAMILY_FIRST = re.compile(
    rf"(?P<family>[^\W\d_][^,]*?[\w'’)])\s+(?P<given>(?:{_CAPITAL}[a-z]?\.[\s-]*){{1,5}}|{_CAPITAL}(?:-?{_CAPITAL}){{0,2}})"
)
_GIVEN_FIRST = re.compile(
    rf"(?P<given>(?:{_CAPITAL}[a-z]?\.[\s-]*){{1,5}}|{_CAPITAL}{{1,2}}\s)\s*(?P<family>[^\W\d_].*)"
)
#: Two names that a language joins by a word which others have in names.
_JOINED = re.compile(r"\s(?:e|en|og|och)\s")
#: Initials that end a list with its full stop: "Court DW."
_STOPPED = re.compile(rf"\s{_CAPITAL}{{2,3}}\.$")
#: What is no name of a body: initials before or behind a comma.
_LISTED = re.compile(rf"\b{_CAPITAL}{{1,3}}\.?,|,\s(?:{_CAPITAL}\.){{1,3}}")
_CLOSE_INITIAL = re.compile(r"\.(?=[^\W\d_])")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
#: What introduces or follows names, and is none.
_ROLE = re.compile(
    r"[(\[]?\s*\b(?:eds?|editors?|edited\sby|hrsgg?|hg|herausgegeben\svon|red|a\scura\sdi|cur|coords?|dirs?|trans|transl|translated\sby|"
    r"übers(?:etzt)?(?:\svon)?|trad|traduzione\sdi|ред|пер)\b\.?(?:\s?(?:by|von|di)\b)?\s*[)\]]?[.,:;]?",
    re.IGNORECASE,
)
#: What in small letters each of those holds.
_MAY_BE_ROLE = re.compile("ed|h(?:rs)?g|herausg|red|cur|coord|dir|trad|trans|übers|ред|пер")
_LEADS = re.compile(r"^[\s.,;:]*(?:in|en|dans|em|by|von|and|und|&)\b[\s:.]*", re.IGNORECASE)
_OTHERS = re.compile(
    r"[\s,;&]*(?:\b(?:and|&|und|e|et|y|i)\s+)?(?:\bet\.?\s?al\b\.?|\bothers\b|u\.\s?a\.|u\.\s?v\.\s?a\.|и\sдр\.?|\baltri\b|\bcolab\b\.?|\banderen?\b|\.\s?\.\s?\.|…)[\s.,;:]*$",
    re.IGNORECASE,
)
#: What such a list ends with but for its marks; most others end otherwise.
_MAY_BE_OTHERS = ("al", "others", "a", "др", "altri", "colab", "andere", "anderen", "…")
_AND = re.compile(
    r"\s*(?:,\s*)?(?:\s(?:and|und|et|y|e|и|en|og|och|sowie|with|(?-i:a(?=\s[^\W\d_a-z])))\s|&)\s*", re.IGNORECASE
)
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
#: "Major, Claudia/Mölling, Christian": a stroke between names, not inside a word of them.
_STROKE = re.compile(
    r"(?<=[^\W\d_.)])\s?/\s?(?=[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){0,3},)|(?<=\.)\s?/\s?(?=[^\W\d_])"
)
_MARKS = " \t,;:&/*†‡()[]"
#: A list of more characters is no list of names, whatever its label.
_LONGEST = 5000
#: So many of its last characters say that a list is cut.
_END = 80


_PARTICLES = frozenset("y i e de da do del della di van von der den zu und al el la le bin ibn ben dos das du".split())
#: "o. V.": nobody is named.
_NOBODY = re.compile(r"[(\[]?o\.\s?(?:V|A|Verf)\.[)\]]?[\s.,:;]*")


def is_nobody(text: str) -> bool:
    """Say whether a text says that nobody is named.

    >>> is_nobody("o. V.:"), is_nobody("O. V. Doe")
    (True, False)
    """
    return _NOBODY.fullmatch(text) is not None


def is_odd(name: Name) -> bool:
    """Say whether a family name is more than one: its first word is no particle, and a later one is small."""
    first, *others = name.family.split() or [""]
    return first[:1].isupper() and any(word.islower() and word not in _PARTICLES for word in others)


def read_people(text: str) -> tuple[Name, ...]:
    """Read names; the last one is "and others" where the list says so.

    >>> [str(name) for name in read_people("S. Della Pietra, V. Della Pietra, and J. Lafferty.")]
    ['S. Della Pietra', 'V. Della Pietra', 'J. Lafferty']
    >>> [(name.family, name.given) for name in read_people("Smith JA, Doe B (eds.)")]
    [('Smith', 'J. A.'), ('Doe', 'B.')]
    """
    text = " ".join(text[:_LONGEST].split())
    if is_nobody(text):
        return ()
    text = _STROKE.sub("; ", text) if "/" in text else text
    text = _HYPHENATED.sub("", text) if "- " in text else text
    text = _ROLE.sub(" ", text) if _MAY_BE_ROLE.search(text.lower()) else text
    text = _LEADS.sub("", text).strip(_MARKS)
    cut = _cut_at(text)
    text = text if cut is None else text[:cut]
    listed = text.strip(_MARKS)
    listed = listed[:-1] if _STOPPED.search(listed, max(0, len(listed) - 5)) else listed
    if not any(map(str.isalpha, listed)):
        return ()
    names = read_names(listed)
    if names is None or any(_LISTED.search(name.literal) or _JOINED.search(name.given) for name in names):
        names = _divided(listed)
    names = tuple(name for name in names if not name.others)
    return (*names, Name(others=True)) if cut is not None and names else names


def _cut_at(text: str) -> int | None:
    """Say where the words begin that end a list which goes on ("et al."); None where there are none."""
    end = text[-_END:].lower()
    if not end.rstrip(" .,;:").endswith(_MAY_BE_OTHERS) and ".." not in end.replace(" ", ""):
        return None
    cut = _OTHERS.search(text, max(0, len(text) - _END))
    return cut.start() if cut else None


def _divided(text: str) -> tuple[Name, ...]:
    names: list[Name] = []
    groups = text.split(";") if ";" in text else [text]
    for group in groups:
        chunks = [chunk for part in _AND.split(group) for chunk in _chunks(part)]
        names += _paired(chunks)
    return tuple(names)


def _chunks(text: str) -> list[str]:
    return [chunk for part in text.split(",") if (chunk := part.strip(_MARKS))]


def _paired(chunks: list[str]) -> list[Name]:
    """Make names of what stands between commas: initials go with the family name before them, or after them."""
    names: list[Name] = []
    place = 0
    upright = bool(chunks) and _GIVEN_FIRST.fullmatch(chunks[0]) is not None
    while place < len(chunks):
        chunk = chunks[place]
        following = chunks[place + 1] if place + 1 < len(chunks) else ""
        if names and _SUFFIX.fullmatch(chunk):
            names[-1] = _with_suffix(names[-1], chunk)
        elif following and not upright and _INITIALS.fullmatch(following) and not _INITIALS.fullmatch(chunk):
            names.append(person(chunk.rstrip("."), _spaced(following)))
            place += 1
        elif upright and _INITIALS.fullmatch(chunk) and following:
            names.append(person(following, _spaced(chunk)))
            place += 1
        elif match := _GIVEN_FIRST.fullmatch(chunk):
            names.append(person(_bare(match["family"]), _spaced(match["given"])))
        elif match := _FAMILY_FIRST.fullmatch(chunk):
            names.append(person(match["family"], _spaced(match["given"])))
        else:
            name, used = _of_words(chunk, following)
            names.append(name)
            place += used
        place += 1
    return names


def _of_words(chunk: str, following: str) -> tuple[Name, int]:
    """Make a name of words without initials; say whether the chunk behind it belongs to it."""
    words = chunk.split()
    if len(words) == 1 and following and len(following.split()) <= 2 and not following[:1].islower():
        return person(chunk, following), 1
    if len(words) == 1 or len(words) > 5:
        return Name(literal=_bare(chunk)), 0
    start = len(words) - 1
    while start > 1 and words[start - 1][:1].islower():
        start -= 1
    return person(_bare(" ".join(words[start:])), " ".join(words[:start])), 0


def _bare(text: str) -> str:
    return text.rstrip(". ") if len(text) > 3 and not text.endswith(("Jr.", "Sr.")) else text


def _spaced(given: str) -> str:
    """Give initials with full stops and blanks, as names are kept."""
    given = given.strip(_MARKS)
    if given.isupper() and given.isalpha() and len(given) <= 3:
        return " ".join(f"{letter}." for letter in given)
    return _CLOSE_INITIAL.sub(". ", given)


def _with_suffix(name: Name, suffix: str) -> Name:
    return Name(
        family=name.family or name.literal,
        given=name.given,
        dropping_particle=name.dropping_particle,
        non_dropping_particle=name.non_dropping_particle,
        suffix=suffix,
    )
