"""CSL-JSON in which some addresses change, and nothing else: text and changes by item come in, text goes out."""

from __future__ import annotations

from collections.abc import Mapping

from alliancebib.csl.in_place.edits import with_members
from alliancebib.csl.item_reading import OUR_NAME

__all__ = ["edited"]

#: Field of a reference -> where its value stands in an item.
_PLACES = {"url": ("URL",), "archive_url": ("custom", OUR_NAME, "archive_url")}


def edited(text: str, changes: Mapping[int, Mapping[str, str]]) -> str:
    r"""Give a file of CSL-JSON with other values for some fields of some items, which are named by their places.

    The fields are ``url`` and ``archive_url``; one that an item lacks is added to it.

    >>> edited('[{"id": "a",\t"URL": "http://a.org"}]', {0: {"url": "https://a.org"}})
    '[{"id": "a",\t"URL": "https://a.org"}]'

    Raises:
        ValueError: The text is no JSON, or something else stands where the value belongs.
        IndexError: There is no such item.
    """
    return with_members(
        text, {place: {_PLACES[field]: value for field, value in fields.items()} for place, fields in changes.items()}
    )
