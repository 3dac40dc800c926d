"""Members of items get other values, and nothing else of a file of CSL-JSON changes.

Values are found by their places in the text; members that are new stand behind the others, laid out as these are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from alliancebib.csl.in_place.layout import escapes_all, is_expanded, layout_of
from alliancebib.csl.in_place.stretches import Member, Stretch, items_in, members_of

__all__ = ["Path", "with_members"]

#: Where a value stands in an item: the names of members, from the outermost inwards.
Path = tuple[str, ...]


class _Edit(NamedTuple):
    """Characters of the text that give way to others."""

    stretch: Stretch
    text: str


class _Look(NamedTuple):
    """What a file says of how it is set."""

    expanded: bool | None
    ascii_only: bool


def with_members(text: str, changes: Mapping[int, Mapping[Path, object]], *, ascii_only: bool = False) -> str:
    r"""Give a file of CSL-JSON with other values for some members of some items, which are named by their places.

    A member that an item lacks is added to it; None takes one out. ``ascii_only`` escapes all letters that are new and
    not ASCII, as is done anyway where the file does so.

    >>> with_members('[{"id": "a",\t"URL": "http://a.org"}]', {0: {("URL",): "https://a.org"}})
    '[{"id": "a",\t"URL": "https://a.org"}]'

    Raises:
        ValueError: The text is no JSON, or something else than an object stands where a member belongs.
        IndexError: There is no such item.
    """
    items = items_in(text)
    look = _Look(is_expanded(text, items), ascii_only or escapes_all(text))
    edits = [edit for place, wanted in changes.items() for edit in _edits(text, items[place], _nested(wanted), look)]
    pieces, end = [], 0
    for stretch, new in sorted(edits, key=lambda edit: edit.stretch):
        pieces += [text[end : stretch.start], new]
        end = stretch.end
    return "".join([*pieces, text[end:]])


class _Inner(dict[str, object]):
    """What changes inside an object, which is not the object itself."""


def _nested(changes: Mapping[Path, object]) -> _Inner:
    """Put changes whose paths begin alike together: an object that is not there yet is added once."""
    whole = _Inner()
    for path, value in changes.items():
        here = whole
        for name in path[:-1]:
            inner = here.setdefault(name, _Inner())
            assert isinstance(inner, _Inner)
            here = inner
        here[path[-1]] = value
    return whole


def _edits(text: str, whole: Stretch, wanted: _Inner, look: _Look, *, name: str = "") -> Iterator[_Edit]:
    """Give the characters that give way, and those that come, as deep in the object as it has what is named."""
    if not text.startswith("{", whole.start):
        raise ValueError(f"`{name or 'the item'}` holds something else than an object")
    members = members_of(text, whole)
    layout = layout_of(text, whole, members, expanded=look.expanded, ascii_only=look.ascii_only)
    by_name = {member.name: place for place, member in enumerate(members)}
    added = []
    for inner, value in wanted.items():
        place = by_name.get(inner)
        if place is None:
            added += [layout.member(inner, _plain(value))] if value is not None else []
        elif value is None:
            yield _without(members, place)
        elif isinstance(value, _Inner) and not _is_null(text, members[place].value):
            yield from _edits(text, members[place].value, value, look, name=inner)
        else:
            yield _Edit(members[place].value, layout.value(_plain(value)))
    if added:
        joined = f",{layout.lead}".join(added)
        end = members[-1].value.end if members else whole.start + 1
        yield _Edit(Stretch(end, end), f",{layout.lead}{joined}" if members else joined)


def _without(members: Sequence[Member], place: int) -> _Edit:
    """Take a member out with the comma before it; one that has none before it says nothing instead."""
    if not place:
        return _Edit(members[0].value, "null")
    return _Edit(Stretch(members[place - 1].value.end, members[place].value.end), "")


def _is_null(text: str, stretch: Stretch) -> bool:
    return text[stretch.start : stretch.end] == "null"


def _plain(value: object) -> object:
    if isinstance(value, _Inner):
        return {name: _plain(part) for name, part in value.items() if part is not None}
    return value
