"""What a document asks for: a cite of one item, and a citation of several (CSL-JSON citation objects)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

__all__ = ["Citation", "Cite", "citation_of", "cite_of"]


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


def cite_of(value: Cite | str | Mapping[str, object]) -> Cite:
    """Read a cite in the shape of CSL-JSON: ``{"id", "locator", "label", "prefix", "suffix", "position", ...}``."""
    if isinstance(value, Cite):
        return value
    if isinstance(value, str):
        return Cite(id=value)
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
    """Read a citation in the shape of CSL-JSON: ``{"citationID", "citationItems", "properties": {"noteIndex"}}``."""
    if isinstance(value, Citation):
        return value
    properties = value.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    items = value.get("citationItems")
    return Citation(
        id=_text(value.get("citationID")),
        cites=tuple(cite_of(item) for item in items) if isinstance(items, Sequence) else (),
        note=_count(properties.get("noteIndex")),
        unsorted=bool(properties.get("unsorted") or value.get("unsorted")),
    )


def _count(value: object) -> int:
    """Read a number of a note or a position, or its digits; what is neither counts nothing."""
    if isinstance(value, str):
        return int(value) if value.strip().isdecimal() and len(value) < 10 else 0
    return int(value) if isinstance(value, int | float) and math.isfinite(value) else 0


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
