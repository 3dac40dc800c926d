"""Do two values of one field say the same, or is one a part of the other? For merging and filling, field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from alliancebib.matching.containers import container_form, same_container
from alliancebib.matching.forms import names_as_text
from alliancebib.matching.normal import bare_doi, bare_isbns, bare_url, page_range, squeezed
from alliancebib.matching.people import Person, compatible_given, people_of, same_person
from alliancebib.matching.scripts import are_comparable, other_scripts
from alliancebib.matching.titles import title_form
from alliancebib.model import Name, PartialDate

__all__ = ["agree", "as_text"]

#: Signs of an abstract that are compared.
_BEGINNING = 200


def agree(field: str, one: object, other: object) -> bool:
    """Say whether two values of a field are two ways to write one, or the one is a part of the other.

    >>> agree("page", "237", "237–260"), agree("volume", "3", "4")
    (True, False)
    """
    if one == other:
        return True
    return _AGREEMENTS.get(field, _same_letters)(one, other)


def as_text(value: object) -> str:
    """Write any field's value as text, names as "Aris, Stephen; NATO"; "" for nothing."""
    if isinstance(value, tuple):
        return names_as_text(value)
    return "" if value is None else str(value)


def _same_letters(one: object, other: object) -> bool:
    return squeezed(str(one)) == squeezed(str(other))


def _abstracts(one: str, other: str) -> bool:
    """Compare how abstracts begin: sources cut them, and add the publisher's name."""
    first, second = squeezed(one[:_BEGINNING]), squeezed(other[:_BEGINNING])
    return first.startswith(second) or second.startswith(first)


def _names(one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    few, many = sorted((people_of(one), people_of(other)), key=len)
    return all(any(_are_one(a, b) for b in many) for a in few)


def _are_one(one: Person, other: Person) -> bool:
    if other_scripts(one.family, other.family):
        return not are_comparable(one.family, other.family) or same_person(one, other)
    return one.stem == other.stem and compatible_given(one, other)


def _dates(one: PartialDate, other: PartialDate) -> bool:
    if one.year != other.year:
        return False
    return None in (one.day, other.day) or (one.month, one.day) == (other.month, other.day)


def _titles(one: str, other: str) -> bool:
    if _same_letters(one, other):  # a numeral in small letters is no numeral, but "part ii" is "Part II"
        return True
    first, second = title_form(one), title_form(other)
    if first.marks != second.marks or not first.core or not second.core:
        return False
    return first.core.startswith(second.core) or second.core.startswith(first.core)


def _pages(one: str, other: str) -> bool:
    (first, last), (other_first, other_last) = page_range(one), page_range(other)
    return first == other_first and (last == other_last or "" in (last, other_last))


_AGREEMENTS: dict[str, Callable[[Any, Any], bool]] = {
    "author": _names,
    "editor": _names,
    "translator": _names,
    "issued": _dates,
    "accessed": _dates,
    "title": _titles,
    "abstract": _abstracts,
    "page": _pages,
    "container_title": lambda one, other: same_container(container_form(one), container_form(other)) is True,
    "doi": lambda one, other: bare_doi(one) == bare_doi(other),
    "isbn": lambda one, other: bool(set(bare_isbns(one)) & set(bare_isbns(other))),
    "url": lambda one, other: bare_url(one) == bare_url(other),
}
