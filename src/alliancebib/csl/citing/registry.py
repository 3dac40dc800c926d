"""The items of a document: in the bibliography's order, numbered, with what disambiguation found for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alliancebib.csl.citing.disambiguation import disambiguated
from alliancebib.csl.citing.entry import Entry
from alliancebib.csl.citing.labels import citation_label
from alliancebib.csl.citing.sorting import sort_keys, sorted_places
from alliancebib.csl.elements.groups import render_all
from alliancebib.csl.elements.rendering import CiteFacts, Hints, Rendering
from alliancebib.csl.item import Item
from alliancebib.csl.locale import Locale
from alliancebib.csl.output.tree import joined, plain
from alliancebib.csl.program import Program

__all__ = ["Registry"]


class Registry:
    """Items by id; order, numbers and hints are worked out anew after a change, when they are asked for."""

    def __init__(self, program: Program, locale: Locale, *, keep_order: bool = False) -> None:
        self._program = program
        self._locale = locale
        self._keep_order = keep_order
        self._items: dict[str, Item] = {}
        self._active: Sequence[str] | None = None
        self._entries: tuple[Entry, ...] | None = None

    def add(self, items: Iterable[Item]) -> None:
        """Take up items; the same id again replaces the item."""
        for item in items:
            self._items[item.id] = item
        self._entries = None

    def limit_to(self, ids: Sequence[str]) -> None:
        """Say which items the document cites, in the order of their first cite; the others do not count."""
        known = [id_ for id_ in ids if id_ in self._items]
        if known != self._active:
            self._active = known
            self._entries = None

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in the bibliography's order."""
        if self._entries is None:
            self._entries = self._settled()
        return self._entries

    def by_id(self) -> dict[str, Entry]:
        """Give all entries by id, in the bibliography's order."""
        return {entry.item.id: entry for entry in self.entries()}

    def _settled(self) -> tuple[Entry, ...]:
        ids = self._items if self._active is None else self._active
        entries = [Entry(self._items[id_], number=place) for place, id_ in enumerate(ids, 1)]
        entries = [entry.numbered(place) for place, entry in enumerate(self._sorted(entries), 1)]
        return tuple(self._disambiguated(entries))

    def _sorted(self, entries: list[Entry]) -> list[Entry]:
        area = self._program.bibliography
        if area is None or not area.sort or self._keep_order:
            return entries
        values = [
            sort_keys(
                area.sort,
                lambda entry=entry: Rendering(  # type: ignore[misc]
                    entry.item,
                    locale=self._locale,
                    cite=CiteFacts(number=entry.number, citation_label=citation_label(entry.item)),
                    options=area.options,
                    area="bibliography",
                    sorting=True,
                ),
            )
            for entry in entries
        ]
        return [entries[place] for place in sorted_places(values, area.sort)]

    def _disambiguated(self, entries: list[Entry]) -> list[Entry]:
        area = self._program.citation
        labels = {entry.item.id: citation_label(entry.item) for entry in entries}
        if area is None:
            return entries
        hints = disambiguated(entries, area, self._read)
        return [entry.hinted(hints.get(entry.item.id, Hints()), labels[entry.item.id]) for entry in entries]

    def _read(self, entry: Entry, hints: Hints) -> tuple[str, Rendering]:
        """Render a cite as it stands when an item was cited before, without decorations."""
        area = self._program.citation
        assert area is not None
        facts = CiteFacts(position=1, near_note=True, number=entry.number, citation_label=citation_label(entry.item))
        rendering = Rendering(
            entry.item, locale=self._locale, cite=facts, hints=hints, options=area.options, comparing=True
        )
        return plain(joined(render_all(area.elements, rendering))), rendering
