"""The form of an entry that needs no style: "Author (Year). Title. Container. Address", as a tree."""

from __future__ import annotations

from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.links import doi_link, url_link
from alliancebib.csl.output.tree import Branch, Leaf, Node
from alliancebib.model import Name, Reference
from alliancebib.rich_text import without_markup

__all__ = ["plain_citation", "plain_entry", "short_title"]


def plain_entry(reference: Reference) -> Node:
    """Give everything that a reader needs to find the work; never empty."""
    names = "; ".join(_name(name) for name in reference.author or reference.editor)
    year = str(reference.year or reference.issued or "")
    head = f"{names} ({year})" if names and year else names
    title = reference.title if names or not year else f"{reference.title} ({year})".strip()
    texts = (head, title, reference.container_title, reference.publisher)
    nodes: list[Node] = [
        Branch((node,), suffix=".") for text in texts if (node := field_nodes(_line(text))) is not None
    ]
    if reference.doi:
        doi = Leaf(f"https://doi.org/{reference.doi}", "DOI")
        nodes.append(Branch((doi,), link=doi_link(reference.doi)))
    elif reference.url:
        nodes.append(Branch((Leaf(reference.url, "URL"),), link=url_link(reference.url)))
    last = _line(reference.origin.raw or reference.key or reference.id) or "—"
    return Branch(nodes, delimiter=" ") if nodes else Leaf(last)


def plain_citation(reference: Reference) -> Node:
    """Give the short form: first author or title, and year."""
    people = reference.author or reference.editor
    who = (people[0].family or str(people[0])) if people else reference.title
    if len(people) > 1:
        who += " et al."
    text = _line(", ".join(part for part in (who, str(reference.year or "")) if part))
    return field_nodes(text) or Leaf("—")


def short_title(reference: Reference) -> str:
    """Give the words by which messages name a reference."""
    title = _line(without_markup(reference.title) or reference.origin.raw or reference.id)
    return title if len(title) <= 60 else title[:59] + "…"


def _line(text: str) -> str:
    return " ".join(text.split())


def _name(name: Name) -> str:
    if not name.family:
        return str(name)
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    return ", ".join(part for part in (family, given, name.suffix) if part)
