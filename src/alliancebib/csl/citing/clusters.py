"""One citation: its cites rendered, sorted, collapsed and joined in the style's layout (CSL 1.0.2, "Citation")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alliancebib.csl.citing.cite import Cite
from alliancebib.csl.citing.collapsing import RenderedCite, collapsed
from alliancebib.csl.citing.entry import Entry
from alliancebib.csl.citing.first_term import with_capital_term
from alliancebib.csl.citing.sorting import sort_value, sorted_places
from alliancebib.csl.elements.groups import render_all
from alliancebib.csl.elements.rendering import CiteFacts, Hints, Rendering
from alliancebib.csl.item import Item
from alliancebib.csl.locale import Locale
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Branch, Leaf, Node, find_first, joined, leaves, mapped, replaced
from alliancebib.csl.program import Area, Program

__all__ = ["NO_PRINTED_FORM", "CiteState", "Clusters"]

#: What the document adds to a cite: its item, what disambiguation found for it, its number where that is printed.
CiteState = tuple[Item, Hints, int] | None

#: What stands where a style prints nothing for an item, as in citeproc-js and the official tests.
NO_PRINTED_FORM = "[CSL STYLE ERROR: reference with no printed form.]"


class Clusters:
    """Makes citations of registered items."""

    def __init__(self, program: Program, locale: Locale, entries: Mapping[str, Entry]) -> None:
        self._program = program
        self._locale = locale
        self._entries = entries

    def known(self, cites: Sequence[Cite]) -> Sequence[Cite]:
        """Give the cites of known items; others are left out of a citation."""
        return [cite for cite in cites if cite.id in self._entries]

    def ordered(self, cites: Sequence[Cite]) -> Sequence[Cite]:
        """Give the cites of known items in the style's order."""
        area, known = self._program.citation, self.known(cites)
        if area is None or not area.sort or len(known) < 2:
            return known
        values = [
            sort_value(area.sort, lambda cite=cite: self._rendering(cite, area, sorting=True))  # type: ignore[misc]
            for cite in known
        ]
        return [known[place] for place in sorted_places(values)]

    def state(self, cites: Sequence[Cite]) -> tuple[CiteState, ...]:
        """Give what the document adds to cites: as long as it is the same they read the same."""
        area = self._program.citation
        numbered = area is not None and (area.prints_number or area.sorts_by_number)
        entries = (self._entries.get(cite.id) for cite in cites)
        return tuple(
            (entry.item, entry.hints, entry.number if numbered else 0) if entry is not None else None
            for entry in entries
        )

    def node(self, cites: Sequence[Cite]) -> Node | None:
        """Give the tree of a citation whose cites stand in order."""
        area = self._program.citation
        if area is None or not cites:
            return None
        rendered = [self._cite(cite, area, first=not place or bool(cite.prefix)) for place, cite in enumerate(cites)]
        inner = collapsed(rendered, area)
        if inner is None:
            return Leaf(NO_PRINTED_FORM)
        # Authors alone are words of the sentence, which has no parentheses round them.
        in_sentence = all(cite.cite.author_only and find_first(cite.body, "names") is not None for cite in rendered)
        return inner if in_sentence else _in_layout(inner, area)

    def _rendering(self, cite: Cite, area: Area, *, sorting: bool = False) -> Rendering:
        entry = self._entries[cite.id]
        facts = CiteFacts(
            locator=cite.locator,
            label=cite.label,
            position=cite.position,
            near_note=cite.near_note,
            first_note=cite.first_note,
            number=entry.number,
            citation_label=entry.label,
        )
        return Rendering(
            entry.item,
            locale=self._locale,
            cite=facts,
            hints=entry.hints,
            options=area.options,
            area="citation",
            sorting=sorting,
        )

    def _cite(self, cite: Cite, area: Area, *, first: bool) -> RenderedCite:
        entry = self._entries[cite.id]
        node = joined(render_all(area.elements, self._rendering(cite, area)))
        if node is None:
            node = Leaf(NO_PRINTED_FORM)
        if cite.author_only:
            node = find_first(node, "names") or area.author.render(self._rendering(cite, area)) or node
        elif cite.suppress_author:
            node = _without_author(node)
        if self._program.style_class == "note" and first:
            node = with_capital_term(node, cite.prefix, language=self._locale.language)
        return RenderedCite(cite, _with_affixes(node, cite), node, number=entry.number, suffix=entry.hints.year_suffix)


def _without_author(node: Node) -> Node:
    names = find_first(node, "names")
    if names is None:
        return node
    rest = replaced(node, names, None)
    return rest if rest is not None else node


def _with_affixes(node: Node, cite: Cite) -> Node:
    if not (cite.prefix or cite.suffix):
        return node
    nodes = [_affix(cite.prefix, "prefix"), node, _affix(cite.suffix, "suffix")]
    there = [part for part in nodes if part is not None]
    return Branch(there)


def _affix(text: str, side: str) -> Node | None:
    """Give the text that a person put before or after a cite; a blank parts it from the cite where one is wanting."""
    if not text:
        return None
    if side == "prefix" and text[-1].isalnum():
        text += " "
    if side == "suffix" and text[0].isalnum():
        text = " " + text
    node = field_nodes(text)
    if node is None or side == "prefix":
        return node
    first = next(leaves(node), None)
    return mapped(node, lambda leaf: Leaf(leaf.text, "", affix=True) if leaf is first else leaf)


def _in_layout(node: Node, area: Area) -> Node:
    """Put a citation into its layout, whose affixes stand inside its formatting."""
    look = area.look
    inner: Node = Branch((node,), prefix=look.prefix, suffix=look.suffix)
    return Branch((inner,), form=look.form, quotes=look.quotes) if look.form or look.quotes else inner
