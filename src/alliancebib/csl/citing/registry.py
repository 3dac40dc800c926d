"""The items of a document: in the bibliography's order, numbered, with what disambiguation found for each.

Order, numbers and hints are worked out anew after a change, when they are asked for. What is slow about it, rendering
sort keys and cites, is done once for each item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from alliancebib.csl.citing.disambiguation import Disambiguation
from alliancebib.csl.citing.entry import Entry
from alliancebib.csl.citing.labels import citation_label
from alliancebib.csl.citing.readings import Readings
from alliancebib.csl.citing.sorting import SortValue, sort_value
from alliancebib.csl.elements.rendering import CiteFacts, Rendering
from alliancebib.csl.item import Item
from alliancebib.csl.locale import Locale
from alliancebib.csl.program import Area, Program

__all__ = ["Registry"]


class Registry:
    """Items by id, and the other names by which they may be cited."""

    def __init__(self, program: Program, locale: Locale, *, keep_order: bool = False) -> None:
        self._program = program
        self._locale = locale
        self._keep_order = keep_order
        self._items: dict[str, Item] = {}
        self._cited: Sequence[str] | None = None
        self._entries: dict[str, Entry] | None = None
        self._labels: dict[str, str] = {}
        #: The sort value of an item, and the number that it holds for.
        self._sort_values: dict[str, tuple[int, SortValue]] = {}
        #: The ids as they were sorted last.
        self._order: Sequence[str] = ()
        area = program.citation
        self._readings = Readings(area, locale) if area is not None else None
        self._disambiguation = Disambiguation(area, self._readings) if area is not None and self._readings else None

    def __contains__(self, id_: str) -> bool:
        return id_ in self._items

    def add(self, items: Iterable[Item]) -> None:
        """Take up items; the same id again replaces the item."""
        for item in items:
            if item.id in self._items and self._readings is not None:
                self._readings.forget(self._items[item.id])
            self._items[item.id] = item
            self._labels.pop(item.id, None)
            self._sort_values.pop(item.id, None)
        self._entries = None

    def limit_to(self, ids: Sequence[str] | None) -> None:
        """Say which items the document cites, in the order of their first cite; with None all items count."""
        if ids != self._cited:
            self._cited = ids
            self._entries = None

    def entries(self) -> Mapping[str, Entry]:
        """Give all entries by id, in the bibliography's order."""
        if self._entries is None:
            self._entries = self._settled(self._items if self._cited is None else self._cited)
        return self._entries

    def entries_with(self, ids: Iterable[str]) -> Mapping[str, Entry]:
        """Give the entries as they would be if the document cited some more items at its end."""
        entries = self.entries()
        more = [id_ for id_ in dict.fromkeys(ids) if id_ in self._items and id_ not in entries]
        return self._settled([*(self._cited or ()), *more]) if more else entries

    def listed(self) -> Sequence[Entry]:
        """Give all entries in their order, with the hints that hold in a bibliography."""
        entries = tuple(self.entries().values())
        return self._disambiguation.listed(entries) if self._disambiguation is not None else entries

    def _settled(self, ids: Iterable[str]) -> dict[str, Entry]:
        known = [id_ for id_ in ids if id_ in self._items]
        entries = [
            Entry(self._items[id_], number=number, label=self._label(id_))
            for number, id_ in enumerate(self._sorted(known), 1)
        ]
        hints = self._disambiguation.hints(entries) if self._disambiguation is not None else {}
        if not hints:
            return {entry.item.id: entry for entry in entries}
        return {(id_ := entry.item.id): entry.hinted(hints[id_]) if id_ in hints else entry for entry in entries}

    def _label(self, id_: str) -> str:
        label = self._labels.get(id_)
        if label is None:
            label = self._labels[id_] = citation_label(self._items[id_])
        return label

    def _sorted(self, ids: Sequence[str]) -> Sequence[str]:
        area = self._program.bibliography
        if area is None or not area.sort or self._keep_order:
            return ids
        numbers = {id_: number for number, id_ in enumerate(ids, 1)}
        # Nearly sorted already, as most were there before: Python's sort then looks at each once.
        nearly = [*(id_ for id_ in self._order if id_ in numbers), *numbers]
        values = ((self._sort_value(id_, numbers[id_], area), numbers[id_], id_) for id_ in dict.fromkeys(nearly))
        self._order = [id_ for _, _, id_ in sorted(values)]
        return self._order

    def _sort_value(self, id_: str, number: int, area: Area) -> SortValue:
        """Give what an item is sorted by; ``number`` is its place among the cited items."""
        number = number if area.sorts_by_number else 0
        known = self._sort_values.get(id_)
        if known is not None and known[0] == number:
            return known[1]
        value = sort_value(
            area.sort,
            lambda: Rendering(
                self._items[id_],
                locale=self._locale,
                cite=CiteFacts(number=number, citation_label=self._label(id_)),
                options=area.options,
                area="bibliography",
                sorting=True,
            ),
        )
        self._sort_values[id_] = (number, value)
        return value
