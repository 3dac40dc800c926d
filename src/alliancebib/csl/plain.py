"""The form of an entry that needs no style: "Author (Year). Title. Container. Address", as marked text."""

from __future__ import annotations

from alliancebib.csl.citeproc_py.marked_text import field_text, linked
from alliancebib.model import Name, Reference

__all__ = ["plain_citation", "plain_entry"]


def plain_entry(reference: Reference) -> str:
    """Give everything that a reader needs to find the work; never empty.

    >>> plain_entry(Reference(title="A title?", author=(Name(family="Aris", given="S."),)))
    'Aris, S. A title?'
    """
    names = "; ".join(_name(name) for name in reference.author or reference.editor)
    year = str(reference.year or reference.issued or "")
    head = f"{names} ({year})" if names and year else names
    title = reference.title if names or not year else f"{reference.title} ({year})".strip()
    parts = [field_text(part) for part in (head, title, reference.container_title, reference.publisher)]
    text = " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
    if reference.doi:
        text = f"{text} https://doi.org/{linked('doi', reference.doi)}"
    elif reference.url:
        text = f"{text} {linked('url', reference.url)}"
    return text.strip() or field_text(reference.origin.raw or reference.key or reference.id) or "—"


def plain_citation(reference: Reference) -> str:
    """Give the short form: first author or title, and year."""
    people = reference.author or reference.editor
    who = (people[0].family or str(people[0])) if people else reference.title
    if len(people) > 1:
        who += " et al."
    return field_text(", ".join(part for part in (who, str(reference.year or "")) if part)) or "—"


def _name(name: Name) -> str:
    if not name.family:
        return str(name)
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    return ", ".join(part for part in (family, given, name.suffix) if part)
