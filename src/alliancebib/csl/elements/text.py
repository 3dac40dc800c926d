"""``cs:text``: a variable, a term, or words that the style gives (CSL 1.0.2, "Text"); macros are groups."""

from __future__ import annotations

from alliancebib.csl.elements.look import Look
from alliancebib.csl.elements.number import number_tag, number_text
from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.numbers import is_plural
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.links import doi_link, short_url, url_link
from alliancebib.csl.output.tree import Leaf, Node
from alliancebib.variables import DATE_VARIABLES, NAME_VARIABLES

__all__ = ["TermText", "ValueText", "VariableText"]

#: Variables whose text is numbers: ranges get their dash, ampersands their word.
NUMBER_VARIABLES = frozenset(
    """chapter-number collection-number edition issue locator number number-of-pages number-of-volumes page page-first
    part-number printing-number section supplement-number version volume""".split()
)
#: Those of them that are words as often.
_WORDY = frozenset({"part-number", "printing-number", "section", "supplement-number", "version"})
_VERBATIM = frozenset({"DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL"})


class VariableText:
    """``cs:text variable``."""

    __slots__ = ("_look", "_look_kept", "_short", "_variable")

    def __init__(self, variable: str, *, look: Look, form: str = "") -> None:
        self._variable = variable
        self._look = look
        self._look_kept = look.keeping_titles()
        self._short = form == "short"

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        variable = self._variable
        if variable in DATE_VARIABLES or variable in NAME_VARIABLES:
            return None
        node, tag = self._node(rendering, variable)
        if variable not in ("year-suffix", "citation-number", "citation-label") or node is not None:
            rendering.called(variable, has_value=node is not None)
        if node is None:
            return None
        if rendering.in_substitute:
            rendering.suppressed.add(variable)
        look = self._look_kept if rendering.keeps_titles else self._look
        return look.dressed(node, language=rendering.words_language, tag=tag, link=_link(rendering, variable))

    def _node(self, rendering: Rendering, variable: str) -> tuple[Node | None, str]:  # noqa: PLR0911 - kinds of text
        special = _SPECIAL.get(variable)
        if special is not None:
            text = special(rendering)
            return (Leaf(text, variable) if text else None), variable
        if variable in rendering.suppressed:
            return None, ""
        if variable == "locator":
            return number_text(rendering, variable, rendering.cite.locator), ""
        item = rendering.item
        text = item.short(variable) if self._short else item.text(variable)
        if not text.strip():
            return None, ""
        if variable in NUMBER_VARIABLES and variable != "page-first":
            node = number_text(rendering, variable, text)
            return node, "" if variable in _WORDY else number_tag(node)
        if variable in _VERBATIM:
            return Leaf(short_url(text) if variable == "URL" and self._short else text.strip(), variable), ""
        return field_nodes(text, variable), ""


def _link(rendering: Rendering, variable: str) -> str:
    if variable == "DOI":
        return doi_link(rendering.item.text("DOI"))
    return url_link(rendering.item.text(variable)) if variable in ("URL", "archive_location") else ""


def _citation_number(rendering: Rendering) -> str:
    return str(rendering.cite.number) if rendering.cite.number else ""


def _first_note(rendering: Rendering) -> str:
    return str(rendering.cite.first_note) if rendering.cite.first_note else ""


def _citation_label(rendering: Rendering) -> str:
    return rendering.cite.citation_label + rendering.hints.year_suffix


def _year_suffix(rendering: Rendering) -> str:
    if rendering.hints.year_suffix:
        rendering.suffix_printed = True
    return rendering.hints.year_suffix


_SPECIAL = {
    "citation-number": _citation_number,
    "first-reference-note-number": _first_note,
    "citation-label": _citation_label,
    "year-suffix": _year_suffix,
}


class TermText:
    """``cs:text term``."""

    __slots__ = ("_form", "_look", "_plural", "_term")

    def __init__(self, term: str, *, look: Look, form: str = "long", plural: bool = False) -> None:
        self._term = term
        self._look = look
        self._form = form
        self._plural = plural

    def is_defined(self, rendering: Rendering) -> bool:
        """Say whether the language has the term, be it an empty one."""
        return rendering.locale.find(self._term, self._form) is not None

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        rendering.worded = True
        text = rendering.locale.term(self._term, self._form, plural=self._plural)
        node = field_nodes(text)
        if node is None:
            return None
        tag = "" if self._look.text_case == "lowercase" else "term"  # such a one stays small where an entry begins
        return self._look.dressed(node, language=rendering.locale.language, tag=tag)


class ValueText:
    """``cs:text value``."""

    __slots__ = ("_look", "_node")

    def __init__(self, value: str, *, look: Look) -> None:
        self._node = field_nodes(value)
        self._look = look

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        rendering.worded = True
        if self._node is None:
            return None
        return self._look.dressed(self._node, language=rendering.locale.language)


def plural_of(variable: str, text: str) -> bool:
    """Say whether the label of a number variable is plural (CSL 1.0.2, "Label")."""
    if variable.startswith("number-of-"):
        return (text.strip() not in ("1", "0", "") and text.strip()[:1].isdigit()) or is_plural(text)
    return is_plural(text)
