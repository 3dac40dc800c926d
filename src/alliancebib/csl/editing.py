"""CSL-JSON in which some addresses change, and nothing else: text and changes by item come in, text goes out.

JSON has many layouts, and other programs' files have theirs: what nobody changed keeps every character. Values are
found by their places in the text; members that are new stand behind the others, laid out as these are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from alliancebib.csl.item_reading import OUR_NAME

__all__ = ["edited"]

_BLANKS = re.compile(r"[\s\ufeff]*")
_SEPARATOR = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
#: Field of a reference -> where its value stands in an item.
_PLACES = {"url": ("URL",), "archive_url": ("custom", OUR_NAME, "archive_url")}
#: Wrappers around the list of items, which stands in the first that is there.
_WRAPPERS = tuple(path for name in ("items", "references", "message") for path in ((name,), (name, "items")))


class _Stretch(NamedTuple):
    """The characters of a value."""

    start: int
    end: int


def edited(text: str, changes: Mapping[int, Mapping[str, str]]) -> str:
    r"""Give a file of CSL-JSON with other values for some fields of some items, which are named by their places.

    The fields are ``url`` and ``archive_url``; one that an item lacks is added to it.

    >>> edited('[{"id": "a",\t"URL": "http://a.org"}]', {0: {"url": "https://a.org"}})
    '[{"id": "a",\t"URL": "https://a.org"}]'

    Raises:
        ValueError: The text is no JSON, or something else stands where the value belongs.
        IndexError: There is no such item.
    """
    items = list(_items(text))
    edits = [
        _edit(text, items[place], _PLACES[field], value)
        for place, fields in changes.items()
        for field, value in fields.items()
    ]
    pieces, end = [], 0
    for stretch, new in sorted(edits):
        pieces += [text[end : stretch.start], new]
        end = stretch.end
    return "".join([*pieces, text[end:]])


def _edit(text: str, item: _Stretch, path: tuple[str, ...], value: str) -> tuple[_Stretch, str]:
    """Give the characters that give way, and those that come: as deep in the item as it has what the path names."""
    here = item
    for depth, name in enumerate(path):
        members = _members(text, here)
        inner: object = value
        for outer in reversed(path[depth + 1 :]):
            inner = {outer: inner}
        if name not in members:
            return _added(text, here, members, f"{json.dumps(name)}: {json.dumps(inner)}")
        here = members[name]
        if depth + 1 < len(path) and not text.startswith("{", here.start):
            if text[here.start : here.end] != "null":
                raise ValueError(f"`{name}` holds something else than an object")
            return here, json.dumps(inner)
    return here, json.dumps(value)


def _added(text: str, whole: _Stretch, members: Mapping[str, _Stretch], member: str) -> tuple[_Stretch, str]:
    """Add a member behind the last one, after the same blanks as stand before the first."""
    if not members:
        return _Stretch(whole.start + 1, whole.start + 1), member
    end = max(stretch.end for stretch in members.values())
    lead = _BLANKS.match(text, whole.start + 1)
    blanks = lead[0] if lead and "\n" in lead[0] else " "
    return _Stretch(end, end), f",{blanks}{member}"


def _items(text: str) -> Iterator[_Stretch]:
    """Give the items in the order in which the reader gives them."""
    place = _after(_BLANKS, text, 0)
    while place < len(text):
        whole = _value(text, place)
        yield from _of(text, whole)
        place = _after(_BLANKS, text, whole.end)


def _of(text: str, whole: _Stretch) -> Iterator[_Stretch]:
    if text.startswith("[", whole.start):
        yield from _elements(text, whole)
        return
    listed = next((found for path in _WRAPPERS if (found := _list_at(text, whole, path))), None)
    if listed:
        yield from _elements(text, listed)
    else:
        yield whole


def _list_at(text: str, whole: _Stretch, path: tuple[str, ...]) -> _Stretch | None:
    here = whole
    for name in path:
        members = _members(text, here) if text.startswith("{", here.start) else {}
        if name not in members:
            return None
        here = members[name]
    return here if text.startswith("[", here.start) else None


def _elements(text: str, whole: _Stretch) -> Iterator[_Stretch]:
    place = _after(_SEPARATOR, text, whole.start + 1)
    while not text.startswith("]", place):
        element = _value(text, place)
        yield element
        place = _after(_SEPARATOR, text, element.end)


def _members(text: str, whole: _Stretch) -> dict[str, _Stretch]:
    """Give the values of an object by their names; of a repeated name the last counts, as for all who read JSON."""
    members = {}
    place = _after(_SEPARATOR, text, whole.start + 1)
    while text.startswith('"', place):
        name, end = _DECODER.raw_decode(text, place)
        colon = _after(_BLANKS, text, end)
        members[name] = value = _value(text, _after(_BLANKS, text, colon + 1))
        place = _after(_SEPARATOR, text, value.end)
    return members


def _value(text: str, place: int) -> _Stretch:
    _, end = _DECODER.raw_decode(text, place)
    return _Stretch(place, end)


def _after(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place
