"""What a processor knows of one registered item."""

from __future__ import annotations

from alliancebib.csl.elements.rendering import NO_HINTS, Hints
from alliancebib.csl.item import Item

__all__ = ["Entry"]


class Entry:
    """An item, its number in the bibliography, and what disambiguation found for it; replaced, never changed."""

    __slots__ = ("hints", "item", "label", "number")

    def __init__(self, item: Item, *, number: int = 0, hints: Hints = NO_HINTS, label: str = "") -> None:
        self.item = item
        self.number = number
        self.hints = hints
        self.label = label

    def numbered(self, number: int) -> Entry:
        """Give the same entry with another number."""
        return Entry(self.item, number=number, hints=self.hints, label=self.label)

    def hinted(self, hints: Hints) -> Entry:
        """Give the same entry with what disambiguation found."""
        return Entry(self.item, number=self.number, hints=hints, label=self.label)
