"""Places of publication behind a publisher's name: "Gazi Üniversitesi, Ankara"."""

from __future__ import annotations

from alliancebib.labelling import is_place

__all__ = ["place_at_end"]


def place_at_end(text: str) -> int:
    """Give where a place begins that stands behind the last comma; -1 where none does.

    >>> place_at_end("Gazi Üniversitesi, Ankara."), place_at_end("Beck, Hahn")
    (18, -1)
    """
    name, comma, place = text.rpartition(",")
    words = place.split()
    return len(name) + len(comma) if name.strip() and words and all(map(is_place, words)) else -1
