"""Where a field of an entry stands in its file: the place of an entry comes in, that of one of its fields goes out.

What was not read from a .bib file keeps the place that it has.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from functools import lru_cache

from msgspec.structs import replace

from alliancebib.bibtex.blocks import find_blocks
from alliancebib.bibtex.places import field_places, key_place
from alliancebib.model import Origin

__all__ = ["field_origin", "origin_in"]

#: Field of a reference -> fields of an entry that it is read from, where their names differ.
_READ_FROM = {
    "page": ("pages", "eid"),
    "issued": ("date", "year", "month", "day"),
    "accessed": ("urldate",),
    "archive_url": ("archiveurl",),
    "container_title": ("journaltitle", "journal", "booktitle"),
    "collection_title": ("series",),
    "issue": ("number", "issue"),
    "publisher": ("publisher", "institution", "school", "organization", "howpublished"),
    "publisher_place": ("location", "address"),
    "genre": ("type",),
    "language": ("langid", "language"),
}


def field_origin(origin: Origin, field: str) -> Origin:
    r"""Give line and column of a field, named as in a `Reference` or as in the entry; else the place of the entry.

    >>> entry = Origin(page="a.bib", line=7, raw="@misc{k,\n  title = {A},\n  pages = {1}}")
    >>> place = field_origin(entry, "page")
    >>> place.line, place.column
    (9, 3)
    """
    if not field or not origin.raw.startswith("@"):
        return origin
    places = _places(origin.raw)
    start = next((places[name] for name in _READ_FROM.get(field, (field,)) if name in places), None)
    if start is None:
        return origin
    return _moved(origin, start)


def origin_in(origin: Origin, where: str | int) -> Origin:
    """Give line and column of a field of an entry, or of a place in its text, which counts its characters."""
    return field_origin(origin, where) if isinstance(where, str) else _moved(origin, where)


def _moved(origin: Origin, start: int) -> Origin:
    lines = _line_starts(origin.raw)
    above = bisect_right(lines, start) - 1
    column = start - lines[above] + 1 if above else origin.column + start
    return replace(origin, line=origin.line + above, column=column)


@lru_cache(maxsize=16)
def _line_starts(raw: str) -> tuple[int, ...]:
    """Give where each line of an entry begins, counted once for all that is said of the entry."""
    return (0, *itertools.accumulate(len(line) + 1 for line in raw.split("\n")[:-1]))


@lru_cache(maxsize=16)
def _places(raw: str) -> dict[str, int]:
    """Give where in the text of an entry each field begins; of a repeated one the first."""
    entry = next(find_blocks(raw))
    body = raw[entry.body : entry.body_end]
    places: dict[str, int] = {}
    for place in field_places(body, key_place(body).end, []):
        places.setdefault(place.name.lower(), entry.body + place.start)
    return places
