"""Cites as they are compared: how each reads without decorations, rendered once for each way that hints make it read.

Disambiguation reads the same cites again and again, and most of them once more after every change of a document. What
was read is kept with all that it depends on; a change of the items or of the hints is read anew.
"""

from __future__ import annotations

from typing import NamedTuple

from alliancebib.csl.citing.entry import Entry
from alliancebib.csl.elements.groups import render_all
from alliancebib.csl.elements.rendering import CiteFacts, Hints, NamesShown, Rendering
from alliancebib.csl.item import Item, PersonName
from alliancebib.csl.locale import Locale
from alliancebib.csl.output.tree import joined, plain
from alliancebib.csl.program import Area

__all__ = ["Reading", "Readings", "Sight"]

#: What a reading depends on beside the hints of its own cite: the item, its number, the people told apart everywhere.
Sight = tuple[Item, int, tuple[tuple[PersonName, int], ...]]


class Reading(NamedTuple):
    """A cite as it reads: its text, its lists of names, and how many tests for ``disambiguate`` it met."""

    text: str
    name_lists: tuple[NamesShown, ...]
    conditions_met: int


class Readings:
    """Reads cites in the layout of citations, as they stand when an item was cited before."""

    def __init__(self, area: Area, locale: Locale) -> None:
        self._area = area
        self._locale = locale
        #: For each item the number that it was read with last, and what was read with it.
        self._known: dict[Item, tuple[int, dict[tuple[object, ...], Reading]]] = {}
        self._names: dict[Item, frozenset[PersonName]] = {}

    def forget(self, item: Item) -> None:
        """Forget an item that was replaced."""
        self._known.pop(item, None)
        self._names.pop(item, None)

    def sight(self, entry: Entry, hints: Hints) -> Sight:
        """Give what makes a cite read otherwise than before: hints about people that its item does not have do not."""
        people = hints.people
        own = tuple((name, people[name]) for name in self.names(entry.item) if name in people) if people else ()
        return entry.item, entry.number if self._area.prints_number else 0, own

    def read(self, entry: Entry, hints: Hints) -> Reading:
        """Give how a cite reads with some hints."""
        item, number, people = self.sight(entry, hints)
        read_with, known = self._known.get(item, (number, {}))
        if item not in self._known or read_with != number:  # what was read with another number is not asked for again
            known = {}
            self._known[item] = (number, known)
        key = (people, hints.names, hints.givens, hints.conditions)
        reading = known.get(key)
        if reading is None:
            reading = known[key] = self._rendered(entry, hints)
        return reading

    def names(self, item: Item) -> frozenset[PersonName]:
        """Give all people of an item that the layout may print."""
        names = self._names.get(item)
        if names is None:
            lists = (item.names(variable) for variable in self._area.name_variables)
            names = self._names[item] = frozenset(name for people in lists for name in people)
        return names

    def _rendered(self, entry: Entry, hints: Hints) -> Reading:
        facts = CiteFacts(position=1, near_note=True, number=entry.number, citation_label=entry.label)
        rendering = Rendering(
            entry.item, locale=self._locale, cite=facts, hints=hints, options=self._area.options, comparing=True
        )
        text = plain(joined(render_all(self._area.elements, rendering)))
        return Reading(text, tuple(rendering.name_lists), rendering.conditions_met)
