"""What sort of work it is, told by the fields that it has and the words in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from alliancebib.parsers._genres import PATENT, THESIS, kind_of_mark
from alliancebib.parsers._rest import JOURNAL_WORD

__all__ = ["CONFERENCE", "ENTRY", "kind_of"]

CONFERENCE = re.compile(
    r"\b(?:proc(?:eedings)?|conf(?:erence)?|symp(?:osium)?|workshop|congress|colloquium|meeting|tagung(?:sband)?|kongress|konferenz|"
    r"colloque|atti|convegno|congres+o|конференци\w*)\b",
    re.IGNORECASE,
)
ENTRY = re.compile(
    r"en[cz]y[ck]lop|lexikon|wörterbuch|dictionary|dictionnaire|diccionario|dizionario|энциклопеди|словарь",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"\b(?:arxiv|biorxiv|medrxiv|ssrn|corr|preprint)\b", re.IGNORECASE)
_PATENT = re.compile(r"\bpatent\b", re.IGNORECASE)


def kind_of(fields: Mapping[str, object], text: str) -> str:  # noqa: PLR0911 - one way out for each kind
    """Give the CSL type.

    >>> kind_of({"title": "A", "container_title": "The Journal", "volume": "3"}, "")
    'article-journal'
    >>> kind_of({"title": "A", "publisher": "B"}, "")
    'book'
    """
    genre, container = str(fields.get("genre", "")), str(fields.get("container_title", ""))
    if said := _said(text, container):
        return said
    if genre and THESIS.search(genre):
        return "thesis"
    if _PREPRINT.search(container) or (not container and _PREPRINT.search(text)):
        return "article"
    if container:
        return _in_container(fields, container)
    if genre:
        return "report"
    if _PATENT.search(text):
        return "patent"
    if fields.get("publisher") or fields.get("isbn") or fields.get("edition"):
        return "book"
    return "webpage" if fields.get("url") and not fields.get("doi") else "document"


def _in_container(fields: Mapping[str, object], container: str) -> str:
    """Give the CSL type of what stands in something."""
    if CONFERENCE.search(container):
        return "paper-conference"
    if ENTRY.search(container) and not fields.get("volume"):
        return "entry-encyclopedia"
    if fields.get("editor") or (
        fields.get("publisher") and not fields.get("issue") and not JOURNAL_WORD.search(container)
    ):
        return "chapter"
    numbered = any(fields.get(name) for name in ("volume", "issue", "page", "author", "doi"))
    return "article-journal" if numbered or not fields.get("url") else "webpage"


def _said(text: str, container: str) -> str:
    """Give the type that a text says itself, by a mark or the number of a patent; "" where it does not."""
    if marked := kind_of_mark(text):
        return "chapter" if marked == "book" and container else marked
    return "patent" if not container and PATENT.search(text) else ""
