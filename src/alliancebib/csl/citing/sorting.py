"""The order of cites and entries: sort keys of variables and macros, compared (CSL 1.0.2, "Sorting").

Empty values stand last, whichever way a key sorts. Text is compared without case, accents, punctuation and markup
first, and by them only where all else is equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from alliancebib.csl.citing.collation import collation_key
from alliancebib.csl.elements.date import sort_key_of
from alliancebib.csl.elements.look import PLAIN
from alliancebib.csl.elements.name_list import NameOptions
from alliancebib.csl.elements.names import Names
from alliancebib.csl.elements.person import NameShape
from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.items import DATE_VARIABLES, NAME_VARIABLES
from alliancebib.csl.output.fields import without_markup
from alliancebib.csl.output.tree import plain
from alliancebib.csl.program import SortKey

__all__ = ["Key", "sort_keys", "sorted_places"]

#: A sort value: None for empty, a number, or the levels of a collation key.
Key = None | float | tuple[object, ...]


def sort_keys(keys: Sequence[SortKey], make: Callable[[], Rendering]) -> tuple[Key, ...]:
    """Work out the sort values of an item; ``make`` gives a fresh rendering for sorting."""
    return tuple(_value(key, make()) for key in keys)


def sorted_places(values: Sequence[Sequence[Key]], keys: Sequence[SortKey]) -> list[int]:
    """Give the places of the values in sorted order; equal ones keep their order."""
    places = list(range(len(values)))
    for number in range(len(keys) - 1, -1, -1):
        there = [place for place in places if values[place][number] is not None]
        empty = [place for place in places if values[place][number] is None]
        there.sort(key=lambda place: _comparable(values[place][number]), reverse=keys[number].descending)
        places = [*there, *empty]
    return places


def _comparable(value: Key) -> tuple[int, object]:
    return (0, value) if isinstance(value, int | float) else (1, value)


def _value(key: SortKey, rendering: Rendering) -> Key:
    if key.macro is not None:
        node = key.macro.render(rendering)
        return _text_key(plain(node), rendering) if node is not None else None
    variable = key.variable
    if variable == "citation-number":
        return float(rendering.cite.number) if rendering.cite.number else None
    if variable == "citation-label":
        return _text_key(rendering.cite.citation_label, rendering)
    if variable in DATE_VARIABLES:
        date = rendering.item.date(variable)
        return (sort_key_of(date),) if date is not None and sort_key_of(date) else None
    if variable in NAME_VARIABLES:
        return _text_key(plain(_names(variable, rendering.options.demote_particle).render(rendering)), rendering)
    return _text_key(rendering.item.text(variable), rendering)


@lru_cache(maxsize=256)
def _names(variable: str, demote: str) -> Names:
    shape = NameShape(demote=demote, sort_separator=" ")
    options = NameOptions(shape=shape, as_sort_order="all", delimiter="  ")
    return Names([variable], options=options, look=PLAIN, label=None, delimiter="  ")


def _text_key(text: str, rendering: Rendering) -> Key:
    text = without_markup(text).strip()
    return collation_key(text, rendering.locale.language) if text else None
