"""A term that opens an entry or a note begins with a capital: "Ibid.", "N.d.", "Anonymous", as citeproc-js has it."""

from __future__ import annotations

from collections.abc import Sequence

from alliancebib.csl.output.tree import Branch, Leaf, Node, leaves, mapped

__all__ = ["is_number", "with_capital_field", "with_capital_term"]


def with_capital_term(node: Node, prefix: str = "") -> Node:
    """Raise the first letter of a term that opens a sentence.

    ``prefix`` is what a person put before it; a sentence of several words there makes it open another.
    """
    before = prefix.rstrip().rstrip("\"'”’»")
    if before and not (before.endswith((".", "!", "?")) and " " in before.strip()):
        return node
    term = _opening_term(node)
    if term is None:
        return node
    leaf = next(leaves(term))
    raised = Leaf(leaf.text[:1].upper() + leaf.text[1:], leaf.label, affix=leaf.affix)
    return mapped(node, lambda other: raised if other is leaf else other)


def with_capital_field(fields: Sequence[Node]) -> list[Node]:
    """Raise the term that opens an entry; its number in the list does not count."""
    place = 0
    while place < len(fields) and is_number(fields[place]):
        place += 1
    if place == len(fields):
        return list(fields)
    return [*fields[:place], with_capital_term(fields[place]), *fields[place + 1 :]]


def is_number(node: Node) -> bool:
    """Say whether a field is the number of an entry and nothing else."""
    return {leaf.label for leaf in leaves(node)} == {"citation-number"}


def _opening_term(node: Node) -> Branch | None:
    """Give the term that a tree begins with."""
    while isinstance(node, Branch):
        if node.tag == "term":
            return node
        if not node.children:
            return None
        node = node.children[0]
    return None
