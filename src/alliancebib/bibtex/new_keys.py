"""New citation keys for the entries of a file: what points at them follows, and what is beside stays as it is.

The text of a file and a pattern come in; keys by the places of their entries, and the text that has them, go out.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from alliancebib.bibtex.blocks import find_blocks
from alliancebib.bibtex.places import field_places, key_place
from alliancebib.bibtex.pointers import followed_file
from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.rekeying import keys_by_pattern, renames_of
from alliancebib.bibtex.syntax import read_blocks

__all__ = ["NewKey", "keys_for_file", "with_new_keys"]


class NewKey(msgspec.Struct, frozen=True):
    """The key that an entry gets, the one that stands there ("": none), and the line where the entry begins.

    ``again`` says that the old key stands at an entry above, too.
    """

    old: str
    new: str
    line: int
    again: bool = False


def keys_for_file(text: str, pattern: str, *, missing: bool = False) -> dict[int, NewKey]:
    """Give, by their places among the entries of a file, the keys that are other than those that stand there.

    Of entries with one key, which reading tells apart, the first is the one that may keep it. One that is not closed
    gets none where it has none: what follows would run into it.

    Raises:
        UsageError: The pattern breaks the rules of its language, or names a part that there is not.
    """
    references = read_library(text).references
    entries = [stretch for stretch in find_blocks(text) if stretch.kind == "entry"]
    typed = [key_place(text[stretch.body : stretch.body_end]).text for stretch in entries]
    made = keys_by_pattern(references, pattern, missing=missing)
    first: dict[str, int] = {}
    for place, key in enumerate(typed):
        first.setdefault(key, place)
    return {
        place: NewKey(old, key, references[place].origin.line, again=first[old] < place)
        for place, key in made.items()
        if key != (old := typed[place]) and (old or entries[place].closed)
    }


def with_new_keys(text: str, keys: Mapping[int, str]) -> str:
    """Give a file whose entries have other keys, by their place in it; what points at them follows.

    >>> with_new_keys("@misc{a, title={A}} @misc{b, crossref={a}}", {0: "x"})
    '@misc{x, title={A}} @misc{b, crossref={x}}'
    """
    blocks = (block for block in read_blocks(text) if block.kind == "entry")
    text = followed_file(
        text, renames_of((block.key, keys.get(place, block.key)) for place, block in enumerate(blocks))
    )
    pieces, end = [], 0
    for place, stretch in enumerate(stretch for stretch in find_blocks(text) if stretch.kind == "entry"):
        if place in keys:
            pieces += [text[end : stretch.body], _renamed(text[stretch.body : stretch.body_end], keys[place])]
            end = stretch.body_end
    return "".join([*pieces, text[end:]])


def _renamed(body: str, new: str) -> str:
    """Put another key into the body of an entry."""
    key = key_place(body)
    comma = "" if key.end > key.stop or not any(field_places(body, key.end, [])) else ", "
    return f"{body[: key.start]}{new}{comma}{body[key.stop :]}"
