"""Given names as initials (CSL 1.0.2, "Name": ``initialize-with``, ``initialize``, ``initialize-with-hyphen``)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["initialized"]

_WORDS = re.compile(r"((?:<[^<>]*>|\s|(?<=\S)-(?=\S))+)")
_TAGS = re.compile(r"<[^<>]*>")
_HYPHEN = re.compile(r"-(?=([^\W\d_]))")
_HIDDEN = "\ue000"
#: Scripts that have capitals; other names are not shortened.
_CASED = re.compile("[A-Za-zÀ-ʯͰ-ϿЀ-ԯԱ-֏Ḁ-ỿἀ-῿]")
_NEVER = frozenset({"Lord", "Lady"})


class _Word(NamedTuple):
    """A word of a given name, what stood before it ("", " ", "-"), and the tags that stood there."""

    text: str
    joiner: str
    tags: str
    is_initial: bool


@lru_cache(maxsize=16_384)
def initialized(given: str, mark: str, *, shorten: bool = True, hyphens: bool = True) -> str:
    """Give a given name with ``mark`` ("." or ". " ...) after each initial.

    ``shorten`` False keeps whole names and only dresses what is an initial or an abbreviation already; ``hyphens``
    False drops hyphens between initials. Inline markup stays where it is.

    >>> initialized("Jean-Luc M", ". "), initialized("James T", ".", shorten=False), initialized("Guo-ping", "")
    ('J.-L. M.', 'James T.', 'G')
    """
    if given in _NEVER or not _CASED.match(_TAGS.sub("", given).lstrip()[:1]):
        return given
    if not hyphens:
        given = given.replace("-", " ")
    text, previous = "", None
    # A hyphen before a small letter does not part names ("Guo-ping").
    hidden = _HYPHEN.sub(lambda found: _HIDDEN if found[1].islower() else "-", given)
    for word in _words(hidden, shorten=shorten):
        text, previous = _joined(text, previous, word, mark, hyphens=hyphens), word
    return text.rstrip().replace(_HIDDEN, "-")


def _words(given: str, *, shorten: bool) -> list[_Word]:
    spaced = re.sub(r"\.(?=[^\s.<-])", ". ", given.strip())
    pieces = _WORDS.split(spaced)
    words = []
    for place in range(0, len(pieces), 2):
        between = pieces[place - 1] if place else ""
        tags = "".join(_TAGS.findall(between))
        joiner = "-" if "-" in _TAGS.sub("", between) else " " if between.strip() != between or " " in between else ""
        text, is_initial = _short(pieces[place], shorten=shorten)
        words.append(_Word(text, joiner, tags, is_initial))
    return words


def _short(word: str, *, shorten: bool) -> tuple[str, bool]:
    """Give a word as it is to be written without mark, and whether a mark belongs behind it."""
    bare = word.rstrip(".")
    if not bare or not bare[0].isupper():
        return word, False
    if word.endswith(".") or len(bare) == 1:
        return bare, True
    if not shorten:
        return word, False
    run = next((place for place, letter in enumerate(bare[1:]) if not letter.isupper()), len(bare) - 1)
    second = bare[1 : run + 1] if run < len(bare) - 1 else ""
    # "TSerendorj" begins with one letter that is written as two.
    return bare[0] + second.lower(), True


def _joined(text: str, previous: _Word | None, word: _Word, mark: str, *, hyphens: bool) -> str:
    """Put a word behind those before it: initials close together, everything else with a blank."""
    written = word.text + (mark if word.is_initial else "")
    if previous is None or not text:
        return word.tags + written
    if word.tags.startswith("</"):
        text, word = _with_tags(text, word.tags), word._replace(tags="")
    if word.joiner == "-" and hyphens:
        return f"{text.rstrip()}{word.tags}-{written}"
    if not word.text:
        return _with_tags(text, word.tags)
    if word.is_initial and previous.is_initial:
        return text + word.tags + written
    return f"{text.rstrip()}{word.tags} {written}"


def _with_tags(text: str, tags: str) -> str:
    """Put closing tags behind a text, before its last blank."""
    bare = text.rstrip()
    return bare + tags + text[len(bare) :]
