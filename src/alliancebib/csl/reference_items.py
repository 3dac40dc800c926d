"""References as items of the processor, which knows CSL-JSON: what that cannot say is told beside it.

Lists that end in "et al.", archived copies, types that an older style does not know, and titles in other scripts,
which English title case would spoil.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alliancebib.csl.item import Item
from alliancebib.csl.items import to_plain_csl
from alliancebib.csl.styles import Style
from alliancebib.model import Reference

__all__ = ["reference_items"]

#: Types of CSL 1.0.2 -> the nearest of 1.0, for styles that do not know the newer ones.
_NEAREST = {
    "collection": "book",
    "event": "speech",
    "hearing": "bill",
    "performance": "speech",
    "periodical": "book",
    "regulation": "legislation",
    "software": "book",
    "standard": "report",
}
_LATIN_END = "ɐ"


def reference_items(references: Sequence[Reference], style: Style) -> tuple[Item, ...]:
    """Give an item for each reference; its id is the reference's place, from 0."""
    known = _words_of(style.data, b"type")
    used = _words_of(style.data, b"variable")
    # With `archive` a style means a shelf in a building; alone, the location can only be an address.
    prints_copy = "archive_location" in used and "archive" not in used
    return tuple(
        _item(reference, place, known=known, prints_copy=prints_copy) for place, reference in enumerate(references)
    )


def _words_of(data: bytes, attribute: bytes) -> frozenset[str]:
    values = re.findall(attribute + rb'="([^"]*)"', data)
    return frozenset(name for value in values for name in value.decode("utf-8", "replace").split())


def _item(reference: Reference, place: int, *, known: frozenset[str], prints_copy: bool) -> Item:
    values = dict(to_plain_csl(reference))
    values["id"] = str(place)
    kind = str(values.get("type", ""))
    if kind not in known:
        values["type"] = _NEAREST.get(kind, kind)
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
