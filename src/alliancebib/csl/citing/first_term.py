"""A term that opens an entry or a note begins with a capital: "Ibid.", "N.d.", "Anonymous", as citeproc-js has it."""

from __future__ import annotations

from collections.abc import Sequence

from alliancebib.csl.output.text_case import recased
from alliancebib.csl.output.tree import Branch, Leaf, Node, leaves, mapped

__all__ = ["is_number", "with_capital_field", "with_capital_term"]


def with_capital_term(node: Node, prefix: str = "", *, language: str) -> Node:
    """Raise the first letter of a term that opens a sentence, as its language does.

    ``prefix`` is what a person put before it; a sentence of several words there makes it open another.
    """
    before = prefix.rstrip().rstrip("\"'”’»")
    if before and not (before.endswith((".", "!", "?")) and " " in before.strip()):
        return node
    term = _opening_term(node)
    if term is None:
        return node
    leaf = next(leaves(term), None)
    if leaf is None:  # a term of markup alone
        return node
    raised = recased(leaf, "capitalize-first", language=language)
    return mapped(node, lambda other: raised if other is leaf and isinstance(raised, Leaf) else other)


def with_capital_field(fields: Sequence[Node], *, language: str) -> list[Node]:
    """Raise the term that opens an entry; its number in the list does not count."""
    place = 0
    while place < len(fields) and is_number(fields[place]):
        place += 1
    if place == len(fields):
        return list(fields)
    return [*fields[:place], with_capital_term(fields[place], language=language), *fields[place + 1 :]]


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
