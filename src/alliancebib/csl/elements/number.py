"""``cs:number``, and the printing of number variables by ``cs:text`` (CSL 1.0.2, "Number", "Page ranges")."""

from __future__ import annotations

from alliancebib.csl.elements.look import Look
from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.numbers import (
    NumberPart,
    embedded,
    is_numeric,
    is_plural,
    locator_of,
    long_ordinal,
    number_parts,
    ordinal,
    roman,
    whole_number,
)
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Leaf, Node
from alliancebib.csl.page_ranges import page_range

__all__ = ["Number", "number_tag", "number_text", "value_of"]
_PAGES = frozenset({"page", "locator"})


class Number:
    """``cs:number``: a number variable in Arabic or Roman numerals or as an ordinal."""

    __slots__ = ("_form", "_look", "_variable")

    def __init__(self, variable: str, *, look: Look, form: str = "numeric") -> None:
        self._variable = variable
        self._look = look
        self._form = form

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        variable = self._variable
        text = "" if variable in rendering.suppressed else value_of(rendering, variable)
        rendering.called(variable, has_value=bool(text))
        if not text:
            return None
        node = number_text(rendering, variable, text, form=self._form)
        if node is None:
            return None
        tag = variable if variable == "citation-number" else number_tag(node)
        return self._look.dressed(node, language=rendering.words_language, tag=tag)


def number_tag(node: Node | None) -> str:
    """Give the tag of a part that is one number and nothing else."""
    return "number" if isinstance(node, Leaf) and node.text.isdecimal() else ""


def value_of(rendering: Rendering, variable: str) -> str:
    """Give the text of a number variable of the item or of the cite, as it was typed."""
    if variable == "locator":
        return rendering.cite.locator
    if variable == "citation-number":
        return str(rendering.cite.number or "")
    if variable == "first-reference-note-number":
        return str(rendering.cite.first_note or "")
    return rendering.item.text(variable).strip()


def number_text(rendering: Rendering, variable: str, text: str, *, form: str = "numeric") -> Node | None:
    """Give the text of a number variable: its ranges in the style's form, its numbers in the form asked for."""
    if variable == "locator":
        text = locator_of(text, rendering.cite.label).text
    if not text.strip():
        return None
    if text.isdecimal() and form == "numeric":
        return Leaf(text, variable)
    written = "".join(
        _label(rendering, typed, name, piece) + _numbers(rendering, variable, piece, form if not name else "numeric")
        for typed, piece, name in embedded(text)
    )
    return field_nodes(written, variable)


def _label(rendering: Rendering, typed: str, name: str, text: str) -> str:
    """Give a label inside a number text in the short form of the language."""
    if not name:
        return typed
    term = rendering.locale.term(name, "short", plural=is_plural(text))
    return f", {term} " if term else typed


def _numbers(rendering: Rendering, variable: str, text: str, form: str) -> str:
    parts = number_parts(text)
    if form != "numeric" and not is_numeric(text):
        form = "numeric"
    parts = page_range(
        parts, rendering.options.page_range_format if variable in _PAGES else "", pages=variable in _PAGES
    )
    # Page numbers are set close together; words keep the blanks round a dash that stands between them.
    close = variable in _PAGES and not any(" " in part.text for part in parts)
    written = ""
    for part in parts:
        written += _joiner(rendering, part, close=close) + _formed(rendering, variable, part.text, form)
    return written


def _joiner(rendering: Rendering, part: NumberPart, *, close: bool) -> str:
    joiner = part.joiner
    if joiner in ("", "–"):
        return rendering.locale.term("page-range-delimiter") or "–" if joiner else ""
    if joiner == "-":  # it makes no range: what was typed
        return part.typed.strip() if close else part.typed
    if "&" in joiner:
        word = rendering.locale.ampersand
        return f"{',' if ',' in joiner else ''} {word} "
    return f"{joiner} " if part.spaced else joiner


def _formed(rendering: Rendering, variable: str, text: str, form: str) -> str:
    number, locale = whole_number(text), rendering.locale
    if form == "numeric" or number is None:
        return text
    if form == "roman":
        return roman(number)
    term = locale.find(rendering.cite.label if variable == "locator" else variable)
    gender = term.gender if term else ""
    return (ordinal if form == "ordinal" else long_ordinal)(number, locale, gender=gender)
