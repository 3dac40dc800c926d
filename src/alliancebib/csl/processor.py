"""The processor: items are registered, citations are made and remembered, the bibliography is listed.

A style and a language come in once; items and citations as a document goes along. Whatever depends on the whole
document (order, numbers, positions, disambiguation) is worked out when it is asked for. One processor belongs to one
document; styles are shared, and any number of processors may run beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from alliancebib.csl.bibliography import Layout
from alliancebib.csl.citing.cite import Citation, Cite, citation_of, cite_of
from alliancebib.csl.citing.clusters import Clusters
from alliancebib.csl.citing.document import Document
from alliancebib.csl.citing.entries import EntryList
from alliancebib.csl.citing.registry import Registry
from alliancebib.csl.compiler import compiled
from alliancebib.csl.item import Item
from alliancebib.csl.items import to_plain_csl
from alliancebib.csl.locale import load_locale
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.csl.output.renderer import labelled_runs, on_a_line, tokens_of, written
from alliancebib.csl.output.runs import Run
from alliancebib.csl.output.tree import Node
from alliancebib.csl.styles import Style
from alliancebib.errors import UnknownName
from alliancebib.model import Reference

__all__ = ["BibliographyEntry", "Change", "FormattedBibliography", "Processor"]


class BibliographyEntry(msgspec.Struct, frozen=True):
    """One entry: the item's id, the text in the processor's output, and its runs with the variable of each."""

    id: str
    text: str
    runs: tuple[Run, ...] = ()


class FormattedBibliography(msgspec.Struct, frozen=True):
    """Entries in the style's order, and how to set them; empty where the style has no bibliography."""

    entries: tuple[BibliographyEntry, ...]
    layout: Layout = Layout()


class Change(msgspec.Struct, frozen=True):
    """A citation whose text is new or has changed: its id, its place in the document, its text."""

    id: str
    place: int
    text: str


class Processor:
    """Formats the citations and the bibliography of one document.

    >>> from alliancebib.csl import load_style
    >>> processor = Processor(load_style("apa"))
    >>> processor.register([{"id": "a", "type": "book", "title": "On War", "author": [{"family": "Clausewitz"}]}])
    >>> processor.cite(["a"])
    '(Clausewitz, n.d.)'
    """

    def __init__(
        self,
        style: Style,
        *,
        locale: str = "",
        output: str = "text",
        one_line: bool = False,
        keep_order: bool = False,
    ) -> None:
        """``locale`` is a language ("": the style's own), ``output`` one of text, html, markdown, rst, latex.

        ``one_line`` gives running text: every entry on a line of its own, DOIs and addresses as links, HTML without
        divisions and style attributes. ``keep_order`` lists the items as they were registered, whatever the style's
        sort keys say.

        Raises:
            UnknownName: There is no such output.
        """
        if output not in OUTPUTS:
            raise UnknownName("output", output, OUTPUTS)
        self._program = compiled(style.data)
        self._output = output
        self._write = on_a_line if one_line else written
        language = locale or style.default_locale or self._program.default_locale
        self._locale = load_locale(language, self._program.words)
        self._registry = Registry(self._program, self._locale, keep_order=keep_order)
        self._document = Document(self._program.citation.near_note_distance if self._program.citation else 5)
        self._texts: dict[str, str] = {}

    def register(self, items: Iterable[Mapping[str, object] | Reference]) -> None:
        """Take up items as they are in CSL-JSON, or references; the same id again replaces the item."""
        self._registry.add([_item(item) for item in items])

    def register_items(self, items: Iterable[Item]) -> None:
        """Take up items that were made before."""
        self._registry.add(items)

    def write(self, node: Node | None) -> str:
        """Write a tree that did not come from the style in the language and output of the processor."""
        return self._text(node)

    def plain(self, text: str) -> str:
        """Give written text without the markup of the output, to see whether it says anything."""
        return re.sub(r"<[^<>]*>|&[a-z]+;", "", text)

    def cite(self, cites: Sequence[Cite | str | Mapping[str, object]]) -> str:
        """Format one citation by itself: positions are those that the cites name, nothing is remembered."""
        return self._text(self._clusters().node([cite_of(cite) for cite in cites]))

    def insert(
        self,
        citation: Citation | Mapping[str, object],
        *,
        before: Sequence[tuple[str, int]] = (),
        after: Sequence[tuple[str, int]] = (),
    ) -> tuple[Change, ...]:
        """Put a citation into the document, or replace the one with its id.

        ``before`` and ``after`` name all citations on either side with their note numbers; one that is in neither is
        taken out of the document. Gives the citations whose text is new or changed, as a word processor needs them.
        """
        new = citation_of(citation)
        self._document = self._document.with_citation(new, before=before, after=after)
        self._registry.limit_to(self._document.item_ids())
        return self._changes(new.id)

    def citations(self) -> tuple[Change, ...]:
        """Give all citations of the document, in its order, with their texts."""
        return tuple(Change(id_, place, self._texts[id_]) for place, id_ in enumerate(self._document.ids()))

    def bibliography(self, *, labels: bool = False, all_items: bool = False) -> FormattedBibliography:
        """List all registered items in the style's order; ``labels`` adds runs that name each text's variable.

        An item for which the style prints nothing is left out, or with ``all_items`` has an empty entry.
        """
        area = self._program.bibliography
        if area is None:
            return FormattedBibliography(())
        cites = self._program.citation
        listed = EntryList(
            area,
            self._locale,
            self._registry.entries(),
            first_notes=self._document.first_notes(),
            more_names=cites is not None and cites.add_givenname,
        )
        nodes = [(id_, node) for id_, node in listed.nodes() if node is not None or all_items]
        entries = [self._entry(id_, node, labels=labels) for id_, node in nodes]
        layout = Layout(
            hanging_indent=area.hanging_indent,
            second_field_align=area.second_field_align,
            line_spacing=area.line_spacing,
            entry_spacing=area.entry_spacing,
            max_offset=listed.max_offset,
        )
        return FormattedBibliography(tuple(entries), layout)

    def _entry(self, id_: str, node: Node | None, *, labels: bool) -> BibliographyEntry:
        tokens = tokens_of(node, self._locale)
        text = self._write(tokens, self._output)
        return BibliographyEntry(id_, text, labelled_runs(tokens) if labels else ())

    def _changes(self, id_: str) -> tuple[Change, ...]:
        clusters = self._clusters()
        changes = []
        texts = {}
        for place, citation in enumerate(self._document.positioned()):
            text = self._text(clusters.node(citation.cites, sort=not citation.unsorted))
            texts[citation.id] = text
            if citation.id == id_ or self._texts.get(citation.id) != text:
                changes.append(Change(citation.id, place, text))
        self._texts = texts
        return tuple(changes)

    def _clusters(self) -> Clusters:
        return Clusters(self._program, self._locale, self._registry.by_id())

    def _text(self, node: Node | None) -> str:
        return self._write(tokens_of(node, self._locale), self._output)


def _item(value: Mapping[str, object] | Reference) -> Item:
    return Item(to_plain_csl(value) if isinstance(value, Reference) else value)
