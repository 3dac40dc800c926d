"""References as items of the processor, which knows CSL-JSON: what that cannot say is told beside it.

Lists that end in "et al.", archived copies, and titles in other scripts, which English title case would spoil.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alliancebib.csl.item import Item
from alliancebib.csl.items import to_plain_csl
from alliancebib.csl.styles import Style
from alliancebib.model import Reference

__all__ = ["reference_items"]

_LATIN_END = "ɐ"


def reference_items(references: Sequence[Reference], style: Style) -> tuple[Item, ...]:
    """Give an item for each reference; its id is the reference's place, from 0."""
    used = _variables_of(style.data)
    # With `archive` a style means a shelf in a building; alone, the location can only be an address.
    prints_copy = "archive_location" in used and "archive" not in used
    return tuple(_item(reference, place, prints_copy=prints_copy) for place, reference in enumerate(references))


def _variables_of(data: bytes) -> frozenset[str]:
    values = re.findall(rb'variable="([^"]*)"', data)
    return frozenset(name for value in values for name in value.decode("utf-8", "replace").split())


def _item(reference: Reference, place: int, *, prints_copy: bool) -> Item:
    values = dict(to_plain_csl(reference))
    values["id"] = str(place)
    if reference.archive_url and prints_copy and not values.get("archive_location"):
        values["archive_location"] = reference.archive_url
    if isinstance(page := values.get("page"), str):
        values["page"] = re.sub(r"(?<=\w)\s*--+\s*(?=\w)", "-", page)
    if not values.get("language") and not _is_latin(reference.title):
        values["language"] = "und"
    return Item(values, cut_lists=_cut_lists(reference))


def _cut_lists(reference: Reference) -> frozenset[str]:
    lists = {"author": reference.author, "editor": reference.editor, "translator": reference.translator}
    lists |= {name: value for name, value in reference.extra.items() if isinstance(value, tuple)}
    return frozenset(name for name, names in lists.items() if len(names) > 1 and names[-1].others)


def _is_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character < _LATIN_END for character in letters) * 2 >= len(letters)
