"""``cs:group``, ``cs:choose`` and calls of macros: what holds other elements together.

A group goes away when it called variables and none of them had a value (CSL 1.0.2, "Group"); a macro's call behaves
the same, which is what styles are written for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from alliancebib.csl.elements.conditions import Condition
from alliancebib.csl.elements.look import Look
from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.output.tree import Branch, Node, joined

__all__ = ["Choose", "Element", "Group", "alternatives", "render_all"]


class Element(Protocol):
    """Anything that renders."""

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""


def render_all(elements: Sequence[Element], rendering: Rendering) -> list[Node]:
    """Render elements in their order and leave out what is empty."""
    nodes: list[Node] = []
    for element in elements:
        if type(element) is Choose:
            nodes += element.nodes(rendering)
        elif (node := element.render(rendering)) is not None:
            nodes.append(node)
    return nodes


def alternatives(elements: Sequence[Element], rendering: Rendering) -> Iterator[Element]:
    """Give elements of which only the first that prints counts; those of a branch are alternatives like the others."""
    for element in elements:
        if type(element) is Choose:
            yield from alternatives(element.chosen(rendering), rendering)
        else:
            yield element


class Group:
    """``cs:group``, or ``cs:text`` that calls a macro, whose elements stand here."""

    __slots__ = ("_delimiter", "_elements", "_look")

    def __init__(self, elements: Sequence[Element], *, look: Look, delimiter: str = "") -> None:
        self._elements = elements
        self._look = look
        self._delimiter = delimiter

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        tried, filled, worded = rendering.tried, rendering.filled, rendering.worded
        rendering.tried = rendering.filled = rendering.worded = False
        nodes = render_all(self._elements, rendering)
        prints = rendering.filled or (rendering.worded and not rendering.tried)
        rendering.tried = tried or rendering.tried
        rendering.filled = filled or prints
        rendering.worded = worded
        if not prints or not nodes:
            return None
        return self._look.dressed(Branch(nodes, delimiter=self._delimiter), language=rendering.words_language)


class Choose:
    """``cs:choose``: the elements of the first branch whose condition holds."""

    __slots__ = ("_branches",)

    def __init__(self, branches: Sequence[tuple[Condition | None, Sequence[Element]]]) -> None:
        self._branches = branches

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        return joined(self.nodes(rendering))

    def nodes(self, rendering: Rendering) -> list[Node]:
        """Give what the chosen branch prints, node by node: the delimiter of a group stands between them, too."""
        return render_all(self.chosen(rendering), rendering)

    def chosen(self, rendering: Rendering) -> Sequence[Element]:
        """Give the elements of the first branch whose condition holds."""
        for condition, elements in self._branches:
            if condition is None or condition.holds(rendering):
                return elements
        return ()
