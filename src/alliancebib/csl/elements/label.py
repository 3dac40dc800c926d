"""``cs:label`` outside of names: the term of a number variable, in one or several (CSL 1.0.2, "Label")."""

from __future__ import annotations

from alliancebib.csl.elements.look import Look
from alliancebib.csl.elements.number import value_of
from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.elements.text import plural_of
from alliancebib.csl.numbers import locator_of
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Node

__all__ = ["Label", "term_text"]


def term_text(rendering: Rendering, term: str, form: str, *, plural: bool) -> str:
    """Give the text of a label's term; locators may be written with a hyphen or a blank."""
    for name in dict.fromkeys((term, term.replace(" ", "-"), term.replace("-", " "))):
        if found := rendering.locale.find(name, form):
            return found.multiple if plural else found.single
    return ""


class Label:
    """``cs:label variable``."""

    __slots__ = ("_form", "_look", "_plural", "_variable")

    def __init__(self, variable: str, *, look: Look, form: str = "long", plural: str = "contextual") -> None:
        self._variable = variable
        self._look = look
        self._form = form
        self._plural = plural

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        variable = self._variable
        if variable == "locator":
            term, text = locator_of(rendering.cite.locator, rendering.cite.label)
        else:
            term, text = variable, value_of(rendering, variable)
        if variable in rendering.suppressed and not rendering.in_substitute:
            return None
        # A label without its value prints, against the specification, where something else in its group does: styles
        # take the word of one variable ("No.", "S.") for the value of another. Alone it takes the group away.
        rendering.worded = True
        rendering.tried = rendering.tried or not text.strip()
        plural = self._plural == "always" or (self._plural == "contextual" and plural_of(variable, text))
        node = field_nodes(term_text(rendering, term, self._form, plural=plural))
        return self._look.dressed(node, language=rendering.locale.language) if node is not None else None
