"""The order of cites and entries: sort keys of variables and macros, compared (CSL 1.0.2, "Sorting").

Empty values stand last, whichever way a key sorts. Text is compared without case, accents, punctuation and markup; what
is equal then keeps the order in which it was given.
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
from alliancebib.csl.output.tree import plain
from alliancebib.csl.program import SortKey
from alliancebib.rich_text import without_markup

__all__ = ["SortValue", "sort_value", "sorted_places"]

#: The value of one key: None for empty, a number, or the levels of a collation key.
_Key = None | float | tuple[object, ...]
#: The values of all keys of an item, in a shape that Python compares as the keys say.
SortValue = tuple[tuple[object, ...], ...]


class _Descending:
    """A value that stands before smaller ones."""

    __slots__ = ("value",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, value: tuple[int, _Key]) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and self.value == other.value

    def __lt__(self, other: _Descending) -> bool:
        return other.value < self.value


def sort_value(keys: Sequence[SortKey], make: Callable[[], Rendering]) -> SortValue:
    """Work out the sort value of an item; ``make`` gives a fresh rendering for sorting."""
    return tuple(_comparable(_value(key, make()), key) for key in keys)


def sorted_places(values: Sequence[SortValue]) -> list[int]:
    """Give the places of the values in sorted order; equal ones keep their order."""
    return sorted(range(len(values)), key=values.__getitem__)


def _comparable(value: _Key, key: SortKey) -> tuple[object, ...]:
    if value is None:
        return (1,)
    typed = (0 if isinstance(value, int | float) else 1, value)
    return (0, _Descending(typed) if key.descending else typed)


def _value(key: SortKey, rendering: Rendering) -> _Key:
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


def _text_key(text: str, rendering: Rendering) -> _Key:
    text = without_markup(text).strip()
    return collation_key(text, rendering.locale.language) if text else None
