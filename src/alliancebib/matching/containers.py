"""Are two journals, books or outlets the same?

Abbreviations match word by word and in order, acronyms by first letters, variants ("JPEN. Journal of ...") each.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from alliancebib.matching.normal import fold, plain, words
from alliancebib.matching.similarity import ratio
from alliancebib.matching.spelling import spelling
from alliancebib.matching.vocabulary import vocabulary

__all__ = ["ContainerForm", "container_form", "same_container", "same_publisher"]

_VARIANT = re.compile(r"\s*[:=/;|(\[]\s*|\s+[-–—]\s+|\.\s*(?=[A-Z][a-z]{3})")
#: Letters that are articles in a title, and words in the name of a journal: "Harv. L. Rev."
_INITIALS = frozenset("l")
_NUMBER = re.compile(r"\d+")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


class ContainerForm(msgspec.Struct, frozen=True, gc=False):
    """The words of a title of a journal, book or outlet, and of its variants ("JPEN. Journal of ...")."""

    variants: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=20_000)
def container_form(text: str) -> ContainerForm:
    """Make the comparison form of a container's title."""
    bare = plain(text)
    pieces = [_BRACKET.sub("", bare), *_VARIANT.split(bare)]
    found = [tuple(_words(piece)) for piece in pieces]
    return ContainerForm(tuple(dict.fromkeys(variant for variant in found if variant)))


def _words(text: str) -> list[str]:
    empty = vocabulary().empty - _INITIALS
    spelled = [spelling(word) for word in words(fold(text))]
    return [word for word in spelled if word not in empty] or spelled


@lru_cache(maxsize=50_000)
def same_container(a: ContainerForm, b: ContainerForm) -> bool | None:
    """Say whether two containers are one; None where one is not known.

    >>> same_container(container_form("Annu. Rev. Polit. Sci."), container_form("Annual Review of Political Science"))
    True
    >>> same_container(container_form("Harv. L. Rev."), container_form("Harvard Law Review"))
    True
    """
    if not a.variants or not b.variants:
        return None
    whole_a, whole_b = a.variants[0], b.variants[0]
    if _match(whole_a, whole_b):
        return True
    tries = [(whole_a, other) for other in b.variants[1:]] + [(other, whole_b) for other in a.variants[1:]]
    return any(_match(one, other) for one, other in tries if min(len("".join(one)), len("".join(other))) >= 4)


def _match(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if _numbers(a) != _numbers(b) and _numbers(a) and _numbers(b):
        return False  # the 5th and the 6th congress
    joined_a, joined_b = "".join(a), "".join(b)
    if joined_a == joined_b:
        return True
    if len(a) == len(b):
        return all(_abbreviates(one, other) for one, other in zip(a, b, strict=True)) or (
            12 <= min(len(joined_a), len(joined_b)) <= 500 and ratio(joined_a, joined_b) >= 0.95
        )
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) > 2:
        return short[0] == "".join(word[0] for word in long)
    return False


def _numbers(words: tuple[str, ...]) -> frozenset[str]:
    """Give the numbers among the words of a container: that of a congress, a channel, a series."""
    return frozenset([match[0] for word in words if (match := _NUMBER.match(word))])


def _abbreviates(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if short[0] != long[0]:
        return False
    if long.startswith(short):
        return True
    if len(short) > 6 or len(short) >= len(long) - 1:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)


def same_publisher(a: str, b: str) -> bool | None:
    """Say whether two publishers share a name; None where one is not known."""
    known = vocabulary().publishers
    one, other = ({word for word in words(fold(plain(text))) if word not in known} for text in (a, b))
    if not one or not other:
        return None
    return bool(one & other)
