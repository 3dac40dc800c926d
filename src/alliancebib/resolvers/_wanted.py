"""What a service is asked with: the words of a citation."""

from __future__ import annotations

from alliancebib.model import Reference
from alliancebib.rich_text import without_markup

__all__ = ["LONGEST_QUERY", "citation_of"]

#: A citation is cut at a blank after so many characters; more finds nothing better and overloads the address.
LONGEST_QUERY = 600


def citation_of(reference: Reference) -> str:
    """Give the words to search with: the fields where there is a title, else the line as it stands."""
    names = [*reference.author, *reference.editor] if not reference.author else reference.author
    families = [name.family or name.literal for name in names if not name.others]
    fields = [
        without_markup(reference.title),
        " ".join(families[:5]),
        without_markup(reference.container_title),
        str(reference.year or ""),
        reference.volume,
        reference.page,
    ]
    understood = reference.title and reference.title != reference.origin.raw
    words = fields if understood else [reference.origin.raw or reference.title]
    text = " ".join(" ".join(words).split())
    text = text.encode("utf-8", "ignore").decode()
    return text if len(text) <= LONGEST_QUERY else text[:LONGEST_QUERY].rpartition(" ")[0] or text[:LONGEST_QUERY]
