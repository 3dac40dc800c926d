"""Rule: a better kind for what is only a document, where its fields leave no doubt.

Every other kind stays, and so does a document of which somebody was sure: they knew more than the fields tell.
"""

from __future__ import annotations

from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["apply"]

#: Fields, any of which says that a work is more than a page on the web.
_PRINTED = (
    "container_title",
    "collection_title",
    "volume",
    "issue",
    "page",
    "edition",
    "publisher",
    "isbn",
    "issn",
    "doi",
)
#: How sure the fields make us; less than a person or a registry that names the kind.
_CONFIDENCE = 0.7
#: From here on whoever set a kind was sure.
_SURE = 0.9


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Give a document the kind that its fields show; nothing is noticed.

    >>> apply(Reference(title="A", container_title="Europe-Asia Studies", volume="61"))[0].kind
    'article-journal'
    """
    if reference.kind != "document" or _is_sure(reference):
        return reference, ()
    kind, why = _kind(reference)
    return (reference.amended("kinds", {"kind": kind}, confidence=_CONFIDENCE, note=why) if kind else reference), ()


def _is_sure(reference: Reference) -> bool:
    return any("kind" in record.fields and record.confidence >= _SURE for record in reference.provenance)


def _kind(reference: Reference) -> tuple[str, str]:
    """Give a kind and the reason; ("", "") where the fields could mean several."""
    has_maker = bool(reference.publisher or reference.isbn)
    if reference.container_title:
        if reference.volume and not reference.isbn:
            return "article-journal", "It has a container and a volume."
        if reference.page and has_maker and not reference.volume:
            return "chapter", "It has a container, pages and the marks of a book."
        return "", ""
    if reference.isbn or (reference.publisher and not reference.url):
        return "book", "It has an ISBN." if reference.isbn else "It has a publisher and no container."
    if reference.url and not any(getattr(reference, field) for field in _PRINTED):
        return "webpage", "It has an address and nothing of a printed work."
    return "", ""
