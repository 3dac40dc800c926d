"""What a document asks for: a cite of one item, and a citation of several (CSL-JSON citation objects)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

from alliancebib.errors import UsageError

__all__ = ["Asked", "Citation", "Cite", "citation_of", "cites_of", "neighbours_of"]


class Cite(msgspec.Struct, frozen=True, kw_only=True):
    """One item in a citation.

    ``label`` is the type of the locator ("page" where there is none); ``position`` 0 first, 1 subsequent, 2 ibid,
    3 ibid with locator; ``prefix`` and ``suffix`` may hold the inline markup of fields. ``author_only`` prints
    the names alone, without what the layout sets round a citation, for "Doe (2000) argues"; ``suppress_author`` leaves
    them out.
    """

    id: str
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    position: int = 0
    near_note: bool = False
    first_note: int = 0
    author_only: bool = False
    suppress_author: bool = False


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """Cites that stand together; ``note`` is the number of the note, 0 in running text."""

    id: str
    cites: tuple[Cite, ...]
    note: int = 0
    unsorted: bool = False


#: A cite as callers give it: the id of an item, or more in the shape of CSL-JSON.
Asked = Cite | str | int | Mapping[str, object]


def cites_of(value: Asked | Iterable[Asked]) -> tuple[Cite, ...]:
    """Read cites, or one cite alone.

    Raises:
        UsageError: Something among them is no cite.
    """
    if isinstance(value, Cite | str | int | Mapping):
        return (_cite_of(value),)
    if not isinstance(value, Iterable):
        raise UsageError(f"Cites are ids of items or mappings with an `id`, not {_shown(value)}.")
    return tuple(_cite_of(one) for one in value)


def _cite_of(value: object) -> Cite:
    """Read a cite in the shape of CSL-JSON: ``{"id", "locator", "label", "prefix", "suffix", "position", ...}``."""
    if isinstance(value, Cite):
        return value
    if isinstance(value, str | int):
        return Cite(id=str(value))
    if not isinstance(value, Mapping):
        raise UsageError(f"A cite is the id of an item or a mapping with an `id`, not {_shown(value)}.")
    return Cite(
        id=_text(value.get("id")),
        locator=_text(value.get("locator")).strip(),
        label=_text(value.get("label")).strip(),
        prefix=_text(value.get("prefix")),
        suffix=_text(value.get("suffix")),
        position=_count(value.get("position")),
        near_note=bool(value.get("near-note")),
        first_note=_count(value.get("first-reference-note-number")),
        author_only=bool(value.get("author-only")),
        suppress_author=bool(value.get("suppress-author")),
    )


def citation_of(value: Citation | Mapping[str, object]) -> Citation:
    """Read a citation in the shape of CSL-JSON: ``{"citationID", "citationItems", "properties": {"noteIndex"}}``.

    Raises:
        UsageError: It is no citation, or has no id.
    """
    citation = value if isinstance(value, Citation) else _read(value)
    if not citation.id:
        help_ = "Give each citation of a document a `citationID` of its own; `cite` formats one that is not kept."
        raise UsageError("A citation of a document needs an id.", help=help_)
    return citation


def _read(value: object) -> Citation:
    if not isinstance(value, Mapping):
        help_ = 'For example `{"citationID": "c1", "citationItems": [{"id": "walt"}]}`.'
        raise UsageError(f"A citation is a `Citation` or a mapping, not {_shown(value)}.", help=help_)
    properties = value.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    items = value.get("citationItems")
    if isinstance(items, str | Mapping):
        raise UsageError(f"`citationItems` is a list of cites, not {_shown(items)}.")
    return Citation(
        id=_text(value.get("citationID")),
        cites=cites_of(items) if items is not None else (),
        note=_count(properties.get("noteIndex")),
        unsorted=bool(properties.get("unsorted") or value.get("unsorted")),
    )


def neighbours_of(value: Iterable[object]) -> list[tuple[str, int]]:
    """Read the names of citations with their notes.

    Raises:
        UsageError: Something among them is no pair.
    """
    rows = []
    for row in value:
        if not isinstance(row, tuple | list) or len(row) != 2:
            raise UsageError(f"A citation before or after is named with its note, as `('c1', 0)`, not {_shown(row)}.")
        id_, note = row
        rows.append((id_ if isinstance(id_, str) else _text(id_), note if type(note) is int else _count(note)))
    return rows


def _shown(value: object) -> str:
    text = repr(value)
    return f"`{text if len(text) <= 60 else text[:59] + '…'}`"


def _count(value: object) -> int:
    """Read a number of a note or a position, or its digits; what is neither counts nothing."""
    if isinstance(value, str):
        return int(value) if value.strip().isdecimal() and len(value) < 10 else 0
    return int(value) if isinstance(value, int | float) and math.isfinite(value) else 0


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
