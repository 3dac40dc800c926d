"""``cs:names``: the people of one or more variables, their labels, and what stands in for them (CSL 1.0.2, "Names")."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from alliancebib.csl.elements.groups import Element, alternatives
from alliancebib.csl.elements.look import Look
from alliancebib.csl.elements.name_list import NameOptions, People, levels_of, name_list, shown_count
from alliancebib.csl.elements.rendering import NamesShown, Rendering
from alliancebib.csl.elements.text import TermText
from alliancebib.csl.item import PersonName
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Branch, Leaf, Node, joined, leaves

__all__ = ["NameLabel", "Names"]


class NameLabel(msgspec.Struct, frozen=True):
    """``cs:label`` in ``cs:names``; ``first`` says that it stands before the names."""

    look: Look
    form: str = "long"
    plural: str = "contextual"
    first: bool = False


class Names:
    """``cs:names``. Elements of ``substitute`` are tried in turn where none of the variables has a name."""

    __slots__ = ("_delimiter", "_label", "_look", "_options", "_substitute", "_variables")

    def __init__(  # noqa: PLR0913 - as many as the element has parts
        self,
        variables: Sequence[str],
        *,
        options: NameOptions,
        look: Look,
        label: NameLabel | None,
        delimiter: str,
        substitute: Sequence[Element] = (),
    ) -> None:
        self._variables = tuple(variables)
        self._options = options
        self._look = look
        self._label = label
        self._delimiter = delimiter
        self._substitute = tuple(substitute)

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        found = [
            (variable, names)
            for variable in self._variables
            if variable not in rendering.suppressed and (names := rendering.item.names(variable))
        ]
        for variable in self._variables:
            rendering.called(variable, has_value=any(variable == name for name, _ in found))
        if not found:
            return self._substituted(rendering) or self._none(rendering)
        if self._options.form == "count":
            return self._counted(found, rendering)
        nodes = [self._variable(names, rendering, variables) for variables, names in _merged(found, rendering)]
        node = joined(nodes, self._delimiter)
        if rendering.in_substitute:
            rendering.suppressed.update(self._variables)
        return self._look.dressed(node, language=rendering.words_language, tag="names") if node is not None else None

    def _substituted(self, rendering: Rendering) -> Node | None:
        for element in alternatives(self._substitute, rendering):
            before = len(rendering.used)
            rendering.in_substitute += 1
            node = element.render(rendering)
            rendering.in_substitute -= 1
            if node is not None:
                rendering.suppressed.update(rendering.used[before:])
                if isinstance(node, Branch) and node.tag == "names":
                    return node
                # Words of the style ("Anonymous") are no names: they are neither collapsed nor replaced by a dash.
                return Branch((node,), tag="names" if any(leaf.label for leaf in leaves(node)) else "")
            if isinstance(element, TermText) and element.is_defined(rendering):
                return None
        return None

    def _none(self, rendering: Rendering) -> Node | None:
        """Give what stands for no name at all: nothing, or 0 where numbers of names are sorted."""
        if not rendering.sorting or self._options.form != "count":
            return None
        rendering.filled = True
        return Leaf("000")

    def _counted(self, found: Sequence[tuple[str, Sequence[PersonName]]], rendering: Rendering) -> Node | None:
        total = sum(
            shown_count(self._options, len(names), subsequent=self._subsequent(rendering)) for _, names in found
        )
        return Leaf(f"{total:03}" if rendering.sorting else str(total), self._variables[0])

    def _subsequent(self, rendering: Rendering) -> bool:
        return rendering.cite.position > 0 and rendering.area == "citation"

    def _variable(self, names: tuple[PersonName, ...], rendering: Rendering, variables: Sequence[str]) -> Node | None:
        place = len(rendering.name_lists)
        cut = not rendering.item.cut_lists.isdisjoint(variables)
        shown = shown_count(self._options, len(names) + cut, subsequent=self._subsequent(rendering))
        hinted = rendering.hints.names[place] if place < len(rendering.hints.names) else 0
        shown = min(len(names), max(shown, hinted))
        shape = self._options.shape
        particle = shape.demote == "never"
        rendering.name_lists.append(NamesShown(names, shown, shape.initialize_with, particle, shape.long))
        people = People(names, variables[0], shown, levels_of(names, rendering, place), cut=cut)
        node = name_list(people, self._options, rendering)
        if node is None or self._label is None or rendering.sorting:
            return node
        return self._labelled(node, "".join(variables), rendering, several=len(names) > 1)

    def _labelled(self, node: Node, term: str, rendering: Rendering, *, several: bool) -> Node:
        label = self._label
        assert label is not None
        plural = label.plural == "always" or (label.plural == "contextual" and several)
        words = field_nodes(rendering.locale.term(term, label.form, plural=plural))
        if words is None:
            return node
        dressed = Branch((label.look.dressed(words, language=rendering.locale.language),), tag="label")
        return Branch((dressed, node) if label.first else (node, dressed))


def _merged(
    found: Sequence[tuple[str, tuple[PersonName, ...]]], rendering: Rendering
) -> list[tuple[tuple[str, ...], tuple[PersonName, ...]]]:
    """Join editors and translators who are the same people, where the language has a term for it."""
    by_name = dict(found)
    pair = ("editor", "translator")
    same = len(found) == 2 and set(by_name) == set(pair) and by_name["editor"] == by_name["translator"]
    if same and rendering.locale.term("editortranslator"):
        return [(pair, by_name["editor"])]
    return [((variable,), names) for variable, names in found]
