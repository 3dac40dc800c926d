"""A file of CSL-JSON of which only what changed is new: its text and what changed come in, its text goes out.

JSON has many layouts, and other programs' files have theirs: what nobody changed keeps every character. Rooms, from the
text inwards: `stretches` (where values stand), `layout` (how a file sets what it holds), `edits` (members of items get
other values), `members` (which members two states of a reference differ in).

Face: `rewritten`; `edits.with_members` for members that are named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from alliancebib.csl.in_place.edits import with_members
from alliancebib.csl.in_place.members import changed_members
from alliancebib.csl.in_place.stretches import items_in
from alliancebib.library import Original
from alliancebib.model import Reference

__all__ = ["FORMAT", "rewritten", "with_members"]

#: The name of this format in `alliancebib.library.Original`.
FORMAT = "csl-json"


def rewritten(original: Original, now: Mapping[str, Reference]) -> str:
    """Give a file with what changed since it was read: the members that differ, and no others.

    ``now`` has the present references by id. Ids and keys of items stay, and so does an item whose reference is gone:
    to take out or rename what others cite is no business of this room.

    Raises:
        ValueError: The items of the file are not those that were read from it.
    """
    text = original.source.exact
    changed = {
        place: (old, new)
        for place, old in enumerate(original.references)
        if (new := now.get(old.id)) is not None and new is not old and new != old
    }
    if not changed:
        return text
    items = items_in(text)
    if len(items) != len(original.references):
        raise ValueError("its items are not those that were read")
    changes = {
        place: changed_members(json.loads(text[items[place].start : items[place].end]), old, new)
        for place, (old, new) in changed.items()
    }
    done = with_members(text, changes)
    try:
        done.encode(original.source.encoding, "surrogateescape")
    except UnicodeEncodeError:  # JSON can spell every character in ASCII, which all encodings of files hold
        return with_members(text, changes, ascii_only=True)
    return done
