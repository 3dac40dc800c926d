"""The fields of a reference by what they hold, and what rules do with a value that has to leave its field."""

from __future__ import annotations

from collections.abc import Mapping

from alliancebib.finding import Finding
from alliancebib.model import ExtraValue, Reference

__all__ = ["DATE_FIELDS", "NAME_FIELDS", "TEXT_FIELDS", "found", "moved_out"]

NAME_FIELDS = ("author", "editor", "translator")
DATE_FIELDS = ("issued", "accessed")
TEXT_FIELDS = (
    "title",
    "container_title",
    "collection_title",
    "volume",
    "issue",
    "page",
    "edition",
    "publisher",
    "publisher_place",
    "genre",
    "language",
    "doi",
    "isbn",
    "issn",
    "url",
    "archive_url",
    "abstract",
    "note",
)


def found(reference: Reference, code: str, message: str, *, fix: str = "") -> Finding:
    """Make a finding about a reference."""
    return Finding.of(code, message, origin=reference.origin, reference=reference.id, fix=fix)


def moved_out(reference: Reference, field: str, text: str, *, extra: Mapping[str, ExtraValue]) -> dict[str, ExtraValue]:
    """Give ``extra`` with a text that cannot stay in its field, under ``alliancebib:FIELD``.

    A name with a colon is no variable of CSL: no style prints it and every file of ours keeps it. What stands there
    already stays in front.
    """
    name = f"alliancebib:{field}"
    before = extra.get(name)
    if not isinstance(before, str) or not before:
        return {**extra, name: text}
    return {**extra, name: before if text in before.split("; ") else f"{before}; {text}"}
