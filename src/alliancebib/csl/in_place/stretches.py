"""Where the values of a file of CSL-JSON stand: its text comes in, the stretches of its items and their members go out.

The order is that in which the reader `csl_json` gives the items.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Member", "Stretch", "items_in", "members_of"]

_BLANKS = re.compile(r"[\s\ufeff]*")
_SEPARATOR = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
#: Wrappers around the list of items, which stands in the first that is there.
_WRAPPERS = tuple(path for name in ("items", "references", "message") for path in ((name,), (name, "items")))


class Stretch(NamedTuple):
    """The characters of a value."""

    start: int
    end: int


class Member(NamedTuple):
    """A member of an object: its name, where that begins and ends, and its value."""

    name: str
    start: int
    stop: int
    value: Stretch


def items_in(text: str) -> list[Stretch]:
    """Give the items of a file in the order in which the reader gives them.

    Raises:
        ValueError: The text is no JSON.
    """
    return list(_items(text))


def members_of(text: str, whole: Stretch) -> list[Member]:
    """Give the members of an object in their order; of a repeated name the last counts, as for all who read JSON."""
    members = []
    place = _after(_SEPARATOR, text, whole.start + 1)
    while text.startswith('"', place):
        name, stop = _DECODER.raw_decode(text, place)
        colon = _after(_BLANKS, text, stop)
        value = _value(text, _after(_BLANKS, text, colon + 1))
        members.append(Member(name, place, stop, value))
        place = _after(_SEPARATOR, text, value.end)
    return members


def _items(text: str) -> Iterator[Stretch]:
    place = _after(_BLANKS, text, 0)
    while place < len(text):
        whole = _value(text, place)
        yield from _inside(text, whole)
        place = _after(_BLANKS, text, whole.end)


def _inside(text: str, whole: Stretch) -> Iterator[Stretch]:
    if text.startswith("[", whole.start):
        yield from _elements(text, whole)
        return
    listed = next((found for path in _WRAPPERS if (found := _list_at(text, whole, path))), None)
    if listed:
        yield from _elements(text, listed)
    else:
        yield whole


def _list_at(text: str, whole: Stretch, path: tuple[str, ...]) -> Stretch | None:
    here = whole
    for name in path:
        members = members_of(text, here) if text.startswith("{", here.start) else []
        named = [member.value for member in members if member.name == name]
        if not named:
            return None
        here = named[-1]
    return here if text.startswith("[", here.start) else None


def _elements(text: str, whole: Stretch) -> Iterator[Stretch]:
    place = _after(_SEPARATOR, text, whole.start + 1)
    while not text.startswith("]", place):
        element = _value(text, place)
        yield element
        place = _after(_SEPARATOR, text, element.end)


def _value(text: str, place: int) -> Stretch:
    _, end = _DECODER.raw_decode(text, place)
    return Stretch(place, end)


def _after(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place
