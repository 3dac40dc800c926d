"""Rule: a better kind for what is only a "document", where the fields leave no doubt.

A kind that a parser or a person set, and was sure of, stays.
"""

from __future__ import annotations

import re

from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["apply"]

#: From here on the one who set a kind was sure.
_SURE = 0.8
#: How sure this rule is of what it sets.
_CONFIDENCE = 0.7
_THESIS = re.compile(r"\b(?:thesis|dissertation|diplomarbeit|habilitation|mémoire|tesis|диссертация)\b", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:report|working paper|policy (?:brief|paper)|white paper|bericht|rapport|доклад)\b", re.IGNORECASE)


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Give a document the kind that its fields show.

    >>> apply(Reference(title="A", container_title="The Journal", volume="3"))[0].kind
    'article-journal'
    """
    if reference.kind != "document" or _is_sure(reference):
        return reference, ()
    return reference.amended("kinds", {"kind": _kind(reference)}, confidence=_CONFIDENCE), ()


def _is_sure(reference: Reference) -> bool:
    return any("kind" in record.fields and record.confidence >= _SURE for record in reference.provenance)


def _kind(reference: Reference) -> str:
    if _THESIS.search(reference.genre):
        return "thesis"
    if _REPORT.search(reference.genre):
        return "report"
    if reference.container_title:
        return _kind_of_part(reference)
    if reference.volume and not reference.isbn:
        return "document"
    if reference.isbn or (reference.publisher and not reference.url and (reference.author or reference.editor)):
        return "book"
    return "webpage" if reference.url and reference.title and not reference.publisher else "document"


def _kind_of_part(reference: Reference) -> str:
    if reference.isbn or (reference.publisher and reference.page):
        return "chapter"
    if reference.publisher or reference.editor:
        return "document"
    if reference.volume or reference.issn or (reference.issue and reference.page):
        return "article-journal"
    return "webpage" if reference.url and not (reference.page or reference.issue or reference.doi) else "document"
