"""A name on one line, family name first: ``von der Leyen, Ursula, Jr.`` comes in, a `Name` goes out, and back.

Words in small letters before a family name are its particle; those behind a given name are one that drops ("Humboldt,
Alexander von"). A body stands without a comma inside; where it has one, the first is doubled, and where a program might
take its words for first and last name, one ends it: both are what EndNote asks of its users.
"""

from __future__ import annotations

import re

from alliancebib.model import Name

__all__ = ["name_of_text", "says_others", "split_given", "split_particle", "text_of_name"]

#: What stands in place of a name for the people who are not named.
_OTHERS = frozenset({"et al", "and others", "others", "et alii", "and et al", "u.a", "и др"})
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")  # a no-break blank holds the words beside it together
_SUFFIX = re.compile(r"(?:jn?r|sn?r|junior|senior)\.?|i{2,3}|iv", re.IGNORECASE)


def says_others(text: str) -> bool:
    """Say whether a text stands for the people who are not named.

    >>> says_others("et al."), says_others("Al, E.")
    (True, False)
    """
    return text.strip(" .,").lower() in _OTHERS


def name_of_text(text: str) -> Name | None:
    """Read a name; None for an empty text. Several words without a comma are a body, a single one a family name.

    >>> str(name_of_text("van der Berg, Jan, Jr."))
    'Jan van der Berg Jr.'
    >>> name_of_text("University of California,, Berkeley").literal
    'University of California, Berkeley'
    """
    text = _BLANKS.sub(" ", text).strip(" ")
    if not text.strip(", "):
        return None
    if says_others(text):
        return Name(others=True)
    body, doubled, rest = text.partition(",,")
    if doubled and rest and body and not _SUFFIX.fullmatch(rest.strip()):
        return Name(literal=f"{body},{rest}".rstrip(","))
    parts = [part.strip() for part in text.split(",", 2)]
    if len(parts) == 1:
        return Name(literal=text) if " " in text else Name(family=text)
    if not any(parts[1:]):
        return Name(literal=parts[0])
    return _name(*parts)


def _name(before: str, given: str, suffix: str = "") -> Name:
    if not suffix and before and _SUFFIX.fullmatch(given):  # "Doe, Jr."
        given, suffix = "", given
    particle, family = split_particle(before)
    given, dropping = split_given(given)
    return Name(
        family=family,
        given=given,
        dropping_particle=dropping,
        non_dropping_particle=particle,
        suffix=suffix.strip(" ,"),
    )


def split_particle(text: str) -> tuple[str, str]:
    """Part the small words before a family name from it; at least one word is the family name.

    >>> split_particle("de la Cruz"), split_particle("hooks")
    (('de la', 'Cruz'), ('', 'hooks'))
    """
    words = [word for word in text.split(" ") if word]
    count = next((place for place, word in enumerate(words) if not _is_small(word)), len(words) - 1)
    return " ".join(words[:count]), " ".join(words[max(count, 0) :])


def split_given(text: str) -> tuple[str, str]:
    """Part a given name from the small words behind it; at least one word is the given name.

    >>> split_given("Alexander von")
    ('Alexander', 'von')
    """
    words = [word for word in text.split(" ") if word]
    count = len(words)
    while count > 1 and _is_small(words[count - 1]):
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])


def _is_small(word: str) -> bool:
    return word[:1].islower()


def text_of_name(name: Name) -> str:
    """Write a name; what has no form of its own is written as the person's name is said.

    >>> text_of_name(Name(literal="United Nations, Secretariat")), text_of_name(Name(literal="UN"))
    ('United Nations,, Secretariat', 'UN,')
    """
    if name.others:
        return "et al."
    if name.literal or not (name.family or name.given):
        body = str(name)
        return body.replace(",", ",,", 1) if "," in body else f"{body},"
    before = f"{name.non_dropping_particle} {name.family}".strip()
    given = f"{name.given} {name.dropping_particle}".strip()
    if name.suffix:
        return f"{before}, {given}, {name.suffix}"
    return f"{before}, {given}" if given else before
