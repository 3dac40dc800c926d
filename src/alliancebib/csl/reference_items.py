"""References as items of the processor, which knows CSL-JSON: what that cannot say is told beside it.

Lists that end in "et al.", archived copies, titles in other scripts, which English title case would spoil, and dates
that the model holds in part only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from alliancebib.csl.dates import date_from_csl
from alliancebib.csl.item import Item
from alliancebib.csl.items import FOREIGN, to_plain_csl
from alliancebib.csl.styles import Style
from alliancebib.model import Reference
from alliancebib.variables import DATE_VARIABLES, FIELD_OF

__all__ = ["cut_lists", "joined_hyphens", "prints_copy", "reference_item", "reference_items", "title_language"]

_LATIN_END = "ɐ"


def reference_items(references: Sequence[Reference], style: Style) -> tuple[Item, ...]:
    """Give an item for each reference; its id is the reference's place, from 0."""
    copy = prints_copy(style.data)
    return tuple(
        reference_item(reference, id_=str(place), with_copy=copy) for place, reference in enumerate(references)
    )


def reference_item(reference: Reference, *, id_: str = "", with_copy: bool) -> Item:
    """Give the item of a reference, whose id is its key if no other is given; ``with_copy`` is `prints_copy`."""
    values = to_plain_csl(reference) | _dates_as_given(reference)
    if id_:
        values["id"] = id_
    if reference.archive_url and with_copy and not values.get("archive_location"):
        values["archive_location"] = reference.archive_url
    if isinstance(page := values.get("page"), str):
        values["page"] = joined_hyphens(page)
    if not values.get("language") and (language := title_language(reference)):
        values["language"] = language
    return Item(values, cut_lists=cut_lists(reference))


def prints_copy(data: bytes) -> bool:
    """Say whether a style prints the address of an archived copy.

    With `archive` a style means a shelf in a building; alone, the location can only be an address.
    """
    used = {name for value in re.findall(rb'variable="([^"]*)"', data) for name in value.split()}
    return b"archive_location" in used and b"archive" not in used


def cut_lists(reference: Reference) -> frozenset[str]:
    """Name the variables whose lists end in "et al.", which CSL-JSON cannot say."""
    lists = {"author": reference.author, "editor": reference.editor, "translator": reference.translator}
    lists |= {name: value for name, value in reference.extra.items() if isinstance(value, tuple)}
    return frozenset(name for name, names in lists.items() if len(names) > 1 and names[-1].others)


def title_language(reference: Reference) -> str:
    """Say "und" for a title in another script than Latin: English title case is not for it."""
    letters = [character for character in reference.title if character.isalpha()]
    return "" if sum(character < _LATIN_END for character in letters) * 2 >= len(letters) else "und"


def joined_hyphens(page: str) -> str:
    """Give a range of pages with one hyphen, where it was typed with two as in TeX."""
    return re.sub(r"(?<=\w)\s*--+\s*(?=\w)", "-", page)


def _dates_as_given(reference: Reference) -> dict[str, object]:
    """Give the dates of CSL-JSON that the model holds in part, as they stood there and as long as they still hold."""
    dates: dict[str, object] = {}
    for variable in DATE_VARIABLES:
        kept = reference.extra.get(FOREIGN + variable)
        now = getattr(reference, FIELD_OF[variable]) if variable in FIELD_OF else reference.extra.get(variable)
        if isinstance(kept, str) and now is not None:
            given = _loaded(kept)
            if date_from_csl(given)[0] == now:
                dates[variable] = given
    return dates


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:  # it was a text when it was kept
        return text
