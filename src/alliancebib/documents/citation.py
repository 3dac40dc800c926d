"""Where keys stand in a text, and the text with other keys in their place.

A `Citation` is one command or bracket with the places of its keys. Of keys that become equal in it the later goes, with
what parts it from its neighbour, where nothing but the key would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

__all__ = ["Citation", "Key", "Rewritten", "blanked", "listed_keys", "with_new_keys"]


class Key(NamedTuple):
    """A key and where it stands; ``item`` is the stretch that goes where it is doubled, None where it cannot go.

    ``closed`` says that marks stand around it, as in ``@{key}``, so that any key can.
    """

    text: str
    start: int
    end: int
    item: tuple[int, int] | None = None
    closed: bool = False


class Citation(NamedTuple):
    """The keys of one citation in their order, and how a key is written in its language."""

    keys: tuple[Key, ...]
    written: Callable[[str], str] = str


class Rewritten(NamedTuple):
    """A text with new keys, and how many citations in it changed."""

    text: str
    changed: int


def with_new_keys(text: str, keys: Mapping[str, str], citations: Iterable[Citation]) -> Rewritten:
    """Give a text in which the keys of citations are other ones."""
    edits: dict[tuple[int, int], str] = {}
    count = 0
    for citation in citations:
        new = _edits(citation, keys)
        count += bool(new)
        edits |= new
    pieces, place = [], 0
    for (start, end), replacement in sorted(edits.items()):
        if start < place:
            continue  # within what goes
        pieces += [text[place:start], replacement]
        place = end
    return Rewritten("".join([*pieces, text[place:]]), count)


def _edits(citation: Citation, keys: Mapping[str, str]) -> dict[tuple[int, int], str]:
    edits: dict[tuple[int, int], str] = {}
    seen: dict[str, bool] = {}
    for key in citation.keys:
        new = keys.get(key.text, key.text)
        renamed = new != key.text
        if new in seen and (renamed or seen[new]) and key.item is not None:
            edits[key.item] = ""
        elif renamed:
            edits[key.start, key.end] = new if key.closed else citation.written(new)
        seen[new] = seen.get(new, False) or renamed
    return edits


def listed_keys(text: str, start: int, end: int, *, mark: str = ",") -> tuple[Key, ...]:
    """Give the keys of a list with marks between them, such as ``a, b``; blanks around a key are none of it.

    >>> [key.text for key in listed_keys("a, b,c", 0, 6)]
    ['a', 'b', 'c']
    """
    found, place = [], start
    for part in text[start:end].split(mark):
        if key := part.strip():
            first = place + part.index(key)
            item = (place - 1, first + len(key)) if place > start else None
            found.append(Key(key, first, first + len(key), item))
        place += len(part) + 1
    return tuple(found)


def blanked(text: str, pattern: re.Pattern[str], mark: str = "\0") -> str:
    """Give a text of the same length in which all that a pattern matches is hidden; line ends stay.

    >>> blanked("a `b` c", re.compile("`[^`]*`"), "-")
    'a --- c'
    """
    return pattern.sub(lambda match: re.sub(r"[^\r\n]", mark, match[0]), text)
