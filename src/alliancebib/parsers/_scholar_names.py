"""Names exactly as Google Scholar's formats list them: a text that must be names and nothing else, or None.

APA and Harvard give initials behind every family name, Vancouver initials without marks, MLA and Chicago given names,
behind the family name of the first author only. Bodies and people of one name stand among them.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.model import Name
from alliancebib.parsers._names import is_body, is_particle, is_suffix, person

__all__ = ["Listed", "in_full", "initialled", "unmarked"]

#: Scholar names at most some twenty people, of whom each has a name of ordinary length.
_LONGEST = 1500
_INITIALS = re.compile(r"[^\W\d_]\.(?:[ -]?[^\W\d_]\.){0,5}")
#: A letter that was decoded wrongly leaves marks of Latin-1 within a word ("TschÃ¤pe").
_WORD = r"(?:[dDlLoO]['’‘])?[^\W\d_](?:[^\W\d_'’‘ʼ`´.-]|[\u00a1-\u00bf])*(?:['’‘ʼ`´‐-][^\W\d_]*)*"
_FAMILY = re.compile(rf"(?:S[tT]\. )?{_WORD}(?: {_WORD}){{0,5}}\.?")
_GIVEN = re.compile(rf"(?:{_WORD}\.?|(?:[^\W\d_]\.-?){{1,5}})(?: (?:{_WORD}\.?|(?:[^\W\d_]\.-?){{1,5}})){{0,5}}")
#: "Hans M. U.S.": who writes blanks between initials does not write two without one; a title begins there.
_STATE_BEHIND = re.compile(r"[^\W\d_]\. (?:U\.(?:[KNS]|S\.S\.R)|E\.U|[^\W\d_]\.[^\W\d_])\.?$")
_UNMARKED = re.compile(
    rf"(?P<family>{_WORD}(?: {_WORD}){{0,4}}) (?P<given>[^\W\d_a-zß-öø-ÿ]{{1,6}})(?: (?P<suffix>Jr|Sr|II|III|IV))?"
)
_BODY_BEHIND = re.compile(r"(?:[^\W\d_]+\s)?[^\W\d_]\.\s")
_EDITORS = {
    "apa": re.compile(r" \((?:Ed|Eds)\.\)$"),
    "harvard": re.compile(r",? eds?\.$"),
    "full": re.compile(r", eds?$"),
    "vancouver": re.compile(r", editors?$"),
}


class Listed(msgspec.Struct, frozen=True):
    """Names, whether they are editors, and whether nothing else can be meant."""

    names: tuple[Name, ...]
    editors: bool = False
    sure: bool = True


def initialled(text: str, style: str) -> Listed | None:
    """Read "Doe, J. M., Roe, M., ... & Poe, E. A." (APA) and "Doe, J.M., Roe, M. and Poe, E.A." (Harvard).

    >>> [str(name) for name in initialled("Doe, J.-M., & van der Roe Jr, M.", "apa").names]
    ['J.-M. Doe', 'M. van der Roe Jr']
    >>> initialled("The end of history", "apa") is None
    True
    """
    text, editors = _without_role(text, style)
    if len(text) > _LONGEST:
        return None
    joint = re.compile(r",? and " if style == "harvard" else r",? (?:(?:\.\.\.|…) )?& ")
    names: list[Name] = []
    cut = (Name(others=True),) if style == "apa" and text.endswith(", et al.") else ()
    text = text.removesuffix(", et al.") if cut else text
    groups = joint.split(text)
    if is_body(text) and ", " not in text and style == "harvard":
        groups = [text]
    for group in groups:
        pieces = group.split(", ")
        place = 0
        while place < len(pieces):
            following = pieces[place + 1] if place + 1 < len(pieces) else ""
            suffix = pieces[place + 2] if place + 2 < len(pieces) and is_suffix(pieces[place + 2]) else ""
            if _INITIALS.fullmatch(following):
                if not _may_be_family(pieces[place], small=bool(names)):
                    return None
                names.append(person(pieces[place], following, suffix))
                place += 2 + bool(suffix)
                continue
            if (alone := _alone(pieces[place], listed=len(pieces) > 1 or len(groups) > 1)) is None:
                return None
            names.append(alone)
            place += 1
    if not any(name.given or is_body(name.literal) for name in names) and " & " not in text:
        return None  # "Doe, Jane" is another format
    return Listed((*names, *cut), editors, _is_sure(names))


def in_full(text: str, *, bounded: bool = False) -> Listed | None:
    """Read "Doe, Jane M., Max Roe, and Edgar Poe" (MLA, Chicago), and "Doe, Jane, et al".

    ``bounded``: something else than their full stop says where the names end, so that odd ones may be taken.

    >>> [str(name) for name in in_full("Doe, Jane M., Max van der Roe, and Edgar Poe").names]
    ['Jane M. Doe', 'Max van der Roe', 'Edgar Poe']
    """
    text, editors = _without_role(text, "full")
    if len(text) > _LONGEST:
        return None
    cut = re.search(r",? et al\.?$", text[-10:])
    text = text[: len(text) - len(cut[0])] if cut else text
    if is_body(text) and ", and " not in text:
        return Listed((Name(literal=text),), editors)
    pieces = re.split(r", and |, ", text)
    if re.search(r" and ", text) and len(pieces) <= 2 and ", and " not in text:
        pieces = [*pieces[:1], *pieces[1].split(" and ")] if len(pieces) == 2 else text.split(" and ")
    first = _first(pieces, alone=text.startswith(f"{pieces[0]}, and "), listed=cut is not None)
    if first is None:
        return None
    names, place = [first[0]], first[1]
    for piece in pieces[place:]:
        if is_suffix(piece) and names[-1].family and not names[-1].suffix:
            names[-1] = msgspec.structs.replace(names[-1], suffix=piece)
            continue
        name = _upright(piece) or (_odd(piece) if bounded else None)
        if name is None:
            return None
        names.append(name)
    if names[0].literal and not is_body(names[0].literal) and any(_BODY_BEHIND.match(one.literal) for one in names[1:]):
        return None  # "Doe, Jane M. The Institute": one person, and a title that has the word of a body
    # "Jane Mary Doe, Max Roe, and Edgar Poe": nobody tells whether the first name is turned round.
    doubtful = " " in names[0].family and " " in names[0].given and not re.search(r"\.|^[^\W\d_]\b", names[0].given)
    return Listed((*names, Name(others=True)) if cut else tuple(names), editors, _is_sure(names) and not doubtful)


def _first(pieces: list[str], *, alone: bool, listed: bool) -> tuple[Name, int] | None:
    """Read the first author, family name first; give the name and how many pieces it takes."""
    if len(pieces) > 1 and not alone and _may_be_family(pieces[0]) and _may_be_given(pieces[1]):
        return person(pieces[0], pieces[1]), 2
    name = _alone(pieces[0], listed=listed or len(pieces) > 1)
    return (name, 1) if name else None


def unmarked(text: str) -> Listed | None:
    """Read "Doe JM, Roe M, Poe EA" (Vancouver).

    >>> [str(name) for name in unmarked("van der Berg JM, Roe M").names]
    ['J. M. van der Berg', 'M. Roe']
    """
    text, editors = _without_role(text, "vancouver")
    if len(text) > _LONGEST:
        return None
    if is_body(text) and not any(map(_UNMARKED.fullmatch, text.split(", "))):
        return Listed((Name(literal=text),), editors)
    names: list[Name] = []
    pieces = text.split(", ")
    cut = pieces[-1] in {"et al", "et al."}
    for piece in pieces[:-1] if cut else pieces:
        match = _UNMARKED.fullmatch(piece)
        if match and _are_initials(match["given"]) and _may_be_family(match["family"], small=True):
            given = " ".join(f"{letter}." for letter in match["given"])
            names.append(person(match["family"], given, match["suffix"] or ""))
        elif len(piece) > 1 and (alone := _alone(piece, listed=len(pieces) > 1)):
            names.append(alone)
        else:
            return None
    if not any(name.given or is_body(name.literal) for name in names):
        return None
    return Listed((*names, Name(others=True)) if cut else tuple(names), editors, _is_sure(names))


def _are_initials(text: str) -> bool:
    """Say whether letters are capitals, or of a script that has none."""
    return text.isupper() or (len(text) <= 3 and text.upper() == text.lower())


def _without_role(text: str, style: str) -> tuple[str, bool]:
    role = _EDITORS[style].search(text)
    return (text[: role.start()], True) if role else (text, False)


def _alone(text: str, *, listed: bool) -> Name | None:
    """Read a body; in a list also a person of one name, or a body that no word of it names so."""
    if is_body(text):
        return Name(literal=text)
    words = text.split(" ")
    named = (
        listed
        and not words[0][:1].islower()
        and len(words) <= 10
        and not re.search(r"[\d:;?!\"]|\. | [^\W\d_]\.$", text)
    )
    return Name(literal=text) if named and not _INITIALS.fullmatch(text) else None


def _upright(text: str) -> Name | None:
    """Read given names and then the family name, which takes the small particles before it."""
    words = text.split(" ")
    if _INITIALS.fullmatch(text):
        return None
    if is_body(text):
        return Name(literal=text)
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and words[start - 1].islower() and is_particle(words[start - 1]):
        start -= 1
    given, family = " ".join(words[:start]), " ".join(words[start:])
    if not _FAMILY.fullmatch(family):
        return None
    if not given:
        return Name(literal=text)
    return person(family, given, suffix) if _may_be_given(given) else None


def _odd(text: str) -> Name | None:
    """Read a name that keeps no rule of names, as long as it is short and in words."""
    words = text.split(" ")
    if not 0 < len(words) <= 12 or re.search(r"[\d?!\"]", text) or _INITIALS.fullmatch(text):
        return None
    plain = 2 <= len(words) <= 4 and all(_FAMILY.fullmatch(word) for word in words)
    return person(words[-1], " ".join(words[:-1])) if plain else Name(literal=text)


def _may_be_family(text: str, *, small: bool = False) -> bool:
    """Say whether a text can be a family name: its small words are particles, and it has no more than three others.

    ``small``: it may be a single word without a capital, as some write their names in lists.
    """
    if not _FAMILY.fullmatch(text):
        return False
    if small and " " not in text:
        return True
    words = text.split(" ")
    large = [word for word in words if not is_particle(word)]
    return len(large) <= 3 and not any(word[0].islower() and word.isalpha() for word in large)


def _may_be_given(text: str) -> bool:
    """Say whether a text can be given names: no sentence ends in it, and it does not begin small."""
    if not _GIVEN.fullmatch(text) or is_body(text):
        return False
    words = text.split(" ")
    if _STATE_BEHIND.search(text):
        return False
    if any(word.endswith(".") and len(word.strip(".")) > 3 and word.count(".") == 1 for word in words):
        return False
    initials = (place for place, word in enumerate(words) if place and len(word) == 2 and word[1] == ".")
    initial = next(initials, len(words))
    if sum(len(word) > 2 for word in words[initial + 1 :]) > 1:
        return False  # "Jane M. The Great Powers": a title begins behind the initial
    return not any(word.islower() and len(word) > 1 and not is_particle(word) for word in words)


def _is_sure(names: list[Name]) -> bool:
    return all(name.family or is_body(name.literal) for name in names)
