"""The processor: items are registered, citations are made and remembered, the bibliography is listed.

A style and a language come in once; items and citations as a document goes along. Whatever depends on the whole
document (order, numbers, positions, disambiguation) is worked out when it is asked for. One processor belongs to one
document; styles are shared, and any number of processors may run beside each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from alliancebib.csl.bibliography import Layout
from alliancebib.csl.citing.cite import Asked, Citation, Cite, citation_of, cites_of, neighbours_of
from alliancebib.csl.citing.clusters import Clusters
from alliancebib.csl.citing.document import Document
from alliancebib.csl.citing.entries import EntryList
from alliancebib.csl.citing.registry import Registry
from alliancebib.csl.citing.texts import CitationTexts
from alliancebib.csl.compiler import compiled
from alliancebib.csl.item import Item
from alliancebib.csl.locale import load_locale
from alliancebib.csl.locales import find_locale
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.csl.output.renderer import labelled_line, labelled_runs, on_a_line, tokens_of, written
from alliancebib.csl.output.runs import Run
from alliancebib.csl.output.tree import Node
from alliancebib.csl.reference_items import prints_copy, reference_item
from alliancebib.csl.styles import Style, load_style
from alliancebib.errors import UnknownName, UsageError
from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["BibliographyEntry", "Change", "FormattedBibliography", "Processor"]

_Registered = Mapping[str, object] | Reference


class BibliographyEntry(msgspec.Struct, frozen=True):
    """One entry: the item's id, the text in the processor's output, and its runs with the variable of each."""

    id: str
    text: str
    runs: tuple[Run, ...] = ()


class FormattedBibliography(msgspec.Struct, frozen=True):
    """Entries in the style's order, how to set them, and what was noticed; empty where the style has no bibliography.

    Findings are about items for which the style prints nothing (AB601), citations of items that are not registered
    (AB603), and ids that several items share or one lacks (AB604).
    """

    entries: tuple[BibliographyEntry, ...]
    layout: Layout = Layout()
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[BibliographyEntry]:
        return iter(self.entries)


class Change(msgspec.Struct, frozen=True):
    """A citation whose text is new or has changed: its id, its place in the document, its text.

    ``unknown`` names the items that it cites and that are not registered; they are left out of the text.
    """

    id: str
    place: int
    text: str
    unknown: tuple[str, ...] = ()


class Processor:
    """Formats the citations and the bibliography of one document.

    >>> processor = Processor("apa")
    >>> processor.register([{"id": "a", "type": "book", "title": "On War", "author": [{"family": "Clausewitz"}]}])
    ()
    >>> processor.cite("a")
    '(Clausewitz, n.d.)'
    """

    def __init__(
        self,
        style: Style | str | Path,
        *,
        locale: str = "",
        output: str = "text",
        one_line: bool = False,
        keep_order: bool = False,
    ) -> None:
        """``style`` is one that was loaded, or the name or file of one; ``locale`` is a language ("": the style's own).

        ``output`` is one of text, html, markdown, rst, latex. ``one_line`` gives running text: every entry, and its
        runs, on a line of its own, DOIs and addresses as links, HTML without divisions and style attributes.
        ``keep_order`` lists the items as they were registered, whatever the style's sort keys say.

        Raises:
            UnknownName: There is no such style, locale or output.
            StyleError: The style cannot be used: its file cannot be read, or its elements are nested too deeply or
                are too many.
        """
        if output not in OUTPUTS:
            raise UnknownName("output", output, OUTPUTS)
        sheet = _sheet(style)
        self._program = compiled(sheet.data)
        self._prints_copy = prints_copy(sheet.data)
        self._output = output
        self._write = on_a_line if one_line else written
        self._runs = labelled_line if one_line else labelled_runs
        own = sheet.default_locale or self._program.default_locale
        # A style may name a language that nobody has: the specification then asks for English, not for an error.
        language = find_locale(locale) if locale and locale != own else own
        self._locale = load_locale(language, self._program.words)
        self._registry = Registry(self._program, self._locale, keep_order=keep_order)
        self._document = Document(self._program.citation.near_note_distance if self._program.citation else 5)
        self._texts = CitationTexts(self._text)
        self._given: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._noticed: dict[str, Finding] = {}

    def register(self, items: Iterable[_Registered] | _Registered) -> tuple[Finding, ...]:
        """Take up items as they are in CSL-JSON, or references; the same id again replaces the item.

        A reference is cited by its key or its id. Gives a finding for each id that several of the items share, and
        for items without an id; the bibliography has them as well.

        Raises:
            UsageError: Something among them is neither.
        """
        given = [items] if isinstance(items, Mapping | Reference) else list(items)
        made = [self._item(value) for value in given]
        noticed = _noticed([item.id for item in made])
        for item, value in zip(made, given, strict=True):
            self._noticed.pop(item.id, None)
            if isinstance(value, Reference) and value.id != item.id:
                self._names[value.id] = item.id
        self._noticed |= noticed
        self.register_items(made)
        return tuple(noticed.values())

    def _item(self, value: object) -> Item:
        if isinstance(value, Reference):
            return reference_item(value, with_copy=self._prints_copy)
        if isinstance(value, Mapping):
            return Item(value)
        kind = type(value).__name__
        raise UsageError(f"An item is a mapping in the shape of CSL-JSON or a `Reference`, and this is a {kind}.")

    def register_items(self, items: Iterable[Item]) -> None:
        """Take up items that were made before."""
        self._registry.add(items)
        if self._names:
            self._document = self._document.with_citations([*map(self._named, self._document.citations())])
        self._edit(self._document)

    def write(self, node: Node | None) -> str:
        """Write a tree that did not come from the style in the language and output of the processor."""
        return self._text(node)

    def cite(self, cites: Asked | Iterable[Asked]) -> str:
        """Format one citation by itself: positions are those that the cites name, nothing is remembered.

        Numbers and what tells cites apart are those of the document; items that it does not cite count as if it cited
        them at its end. Unknown ids are left out: `unknown` names them.

        Raises:
            UsageError: Something among them is no cite.
        """
        asked = [self._by_id(cite) for cite in cites_of(cites)]
        clusters = Clusters(self._program, self._locale, self._registry.entries_with(cite.id for cite in asked))
        return self._text(clusters.node(clusters.ordered(asked)))

    def unknown(self, cites: Asked | Iterable[Asked]) -> tuple[str, ...]:
        """Name the ids in cites that no registered item has."""
        ids = dict.fromkeys(self._by_id(cite).id for cite in cites_of(cites))
        return tuple(id_ for id_ in ids if id_ not in self._registry)

    def insert(
        self,
        citation: Citation | Mapping[str, object],
        *,
        before: Iterable[tuple[str, int]] = (),
        after: Iterable[tuple[str, int]] = (),
    ) -> tuple[Change, ...]:
        """Put a citation into the document, or replace the one with its id.

        ``before`` and ``after`` name all citations on either side with their note numbers; one that is in neither is
        taken out of the document. Gives the citations whose text is new or changed, as a word processor needs them.

        Raises:
            UsageError: It is no citation or has no id, or a neighbour is not named with its note.
            UnknownName: A neighbour is not in the document.
        """
        new = self._named(citation_of(citation))
        rows, rest = neighbours_of(before), neighbours_of(after)
        self._check_known({id_ for id_, _ in (*rows, *rest)} - {new.id})
        self._edit(self._document.with_citation(new, before=rows, after=rest))
        return self._changes(new.id)

    def update(self, citations: Iterable[Citation | Mapping[str, object]]) -> tuple[Change, ...]:
        """Give the document these citations, in their order, in place of those that it has.

        For a document that is opened or was changed in many places, this is one step instead of an insertion for each.
        Gives the citations whose text is new or changed.

        Raises:
            UsageError: Something among them is no citation or has no id, or two have the same id.
        """
        if isinstance(citations, Citation | Mapping):
            raise UsageError("A document is updated with a list of citations, not with one alone.")
        new = [self._named(citation_of(citation)) for citation in citations]
        for id_, count in Counter(citation.id for citation in new).items():
            if count > 1:
                raise UsageError(f"{count} citations are called `{id_}`.", help="Give each citation an id of its own.")
        self._edit(self._document.with_citations(new))
        return self._changes()

    def remove(self, id_: str) -> tuple[Change, ...]:
        """Take a citation out of the document; the others keep their notes. Gives those whose text has changed.

        Raises:
            UnknownName: There is no such citation.
        """
        self._check_known({id_})
        self._edit(self._document.without(id_))
        return self._changes()

    def citations(self) -> tuple[Change, ...]:
        """Give all citations of the document, in its order, with their texts as they are now.

        What was given here is not told again as a change.
        """
        self._changes()
        return tuple(self._change(place, citation) for place, citation in enumerate(self._document.citations()))

    def bibliography(self, *, labels: bool = False, all_items: bool = False) -> FormattedBibliography:
        """List the items that the document cites, or all registered ones where it has no citations.

        They stand in the style's order; ``labels`` adds runs that name each text's variable. An item for which the
        style prints nothing is left out, or with ``all_items`` has an empty entry.
        """
        findings = [*self._noticed.values(), *map(_unregistered, self.unknown(self._document.item_ids()))]
        area = self._program.bibliography
        if area is None:
            return FormattedBibliography((), findings=tuple(findings))
        listed = EntryList(area, self._locale, self._registry.listed(), first_notes=self._document.first_notes())
        made = [self._entry(id_, node, labels=labels) for id_, node in listed.nodes()]
        findings += [_unprinted(entry.id) for entry in made if not entry.text.strip()]
        layout = Layout(
            hanging_indent=area.hanging_indent,
            second_field_align=area.second_field_align,
            line_spacing=area.line_spacing,
            entry_spacing=area.entry_spacing,
            max_offset=listed.max_offset,
        )
        kept = (entry for entry in made if all_items or entry.text.strip())
        return FormattedBibliography(tuple(kept), layout, tuple(findings))

    def _entry(self, id_: str, node: Node | None, *, labels: bool) -> BibliographyEntry:
        tokens = tokens_of(node, self._locale)
        text = self._write(tokens, self._output)
        return BibliographyEntry(id_, text, self._runs(tokens) if labels else ())

    def _edit(self, document: Document) -> None:
        """Take another state of the document; without citations, all items are listed."""
        self._document = document
        self._registry.limit_to(document.item_ids() if document.ids() else None)

    def _check_known(self, ids: set[str]) -> None:
        known = set(self._document.ids())
        for id_ in sorted(ids - known):
            raise UnknownName("citation", id_, known, help="Name citations that the document has.")

    def _changes(self, new: str = "") -> tuple[Change, ...]:
        """Give the citations whose text is another than was given before, and the one with the id."""
        clusters = Clusters(self._program, self._locale, self._registry.entries())
        before, self._given = self._given, self._texts.of(self._document, clusters)
        return tuple(
            self._change(place, citation)
            for place, citation in enumerate(self._document.citations())
            if citation.id == new or before.get(citation.id) != self._given[citation.id]
        )

    def _change(self, place: int, citation: Citation) -> Change:
        return Change(citation.id, place, self._given[citation.id], self.unknown(citation.cites))

    def _named(self, citation: Citation) -> Citation:
        """Give a citation whose cites have the ids of the items that their names stand for."""
        cites = tuple(map(self._by_id, citation.cites))
        return citation if cites == citation.cites else msgspec.structs.replace(citation, cites=cites)

    def _by_id(self, cite: Cite) -> Cite:
        if cite.id in self._registry or cite.id not in self._names:
            return cite
        return msgspec.structs.replace(cite, id=self._names[cite.id])

    def _text(self, node: Node | None) -> str:
        return self._write(tokens_of(node, self._locale), self._output)


def _sheet(style: Style | str | Path) -> Style:
    if isinstance(style, Style):
        return style
    if isinstance(style, str | Path):
        return load_style(style)
    raise UsageError("A style is what `load_style` gives, or the name or file of one.")


def _noticed(ids: Sequence[str]) -> dict[str, Finding]:
    """Give a finding for each id that does not name one item."""
    found: dict[str, Finding] = {}
    for id_, count in Counter(ids).items():
        if not id_:
            found[id_] = Finding.of("AB604", "An item was registered without an id; nothing can cite it.")
        elif count > 1:
            found[id_] = Finding.of(
                "AB604", f"{count} items are called `{id_}`; the last of them stands.", reference=id_
            )
    return found


def _unregistered(id_: str) -> Finding:
    return Finding.of("AB603", f"The document cites `{id_}`, which is not registered.", reference=id_)


def _unprinted(id_: str) -> Finding:
    return Finding.of("AB601", f"The style prints nothing for `{id_}`.", reference=id_)
