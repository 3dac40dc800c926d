"""The entries of a bibliography: layout, second-field alignment, repeated authors (CSL 1.0.2, "Bibliography")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from alliancebib.csl.citing.entry import Entry
from alliancebib.csl.citing.first_term import with_capital_field
from alliancebib.csl.citing.substitution import substituted
from alliancebib.csl.elements.groups import render_all
from alliancebib.csl.elements.rendering import CiteFacts, Rendering
from alliancebib.csl.locale import Locale
from alliancebib.csl.output.tree import Branch, Leaf, Node, plain
from alliancebib.csl.program import Area

__all__ = ["EntryList"]


class EntryList:
    """Makes the entries; ``max_offset`` is known once `nodes` was walked through."""

    def __init__(self, area: Area, locale: Locale, entries: Sequence[Entry], *, first_notes: Mapping[str, int]) -> None:
        self._area = area
        self._locale = locale
        self._entries = entries
        self._first_notes = first_notes
        self.max_offset = 0

    def nodes(self) -> Iterator[tuple[str, Node | None]]:
        """Give the id and the tree of every entry, in order; None where the style prints nothing."""
        made = [(entry.item.id, self._fields(entry)) for entry in self._entries]
        if self._area.author_substitute is not None:
            made = substituted(made, self._area.author_substitute, self._area.author_substitute_rule)
        for id_, fields in made:
            yield id_, self._laid_out(fields)

    def _fields(self, entry: Entry) -> list[Node]:
        facts = CiteFacts(
            number=entry.number,
            first_note=self._first_notes.get(entry.item.id, 0),
            citation_label=entry.label,
        )
        rendering = Rendering(
            entry.item,
            locale=self._locale,
            cite=facts,
            hints=entry.hints,
            options=self._area.options,
            area="bibliography",
        )
        fields = render_all(self._area.elements, rendering)
        return with_capital_field(fields, language=self._locale.language)

    def _laid_out(self, fields: list[Node]) -> Node | None:
        if not fields:
            return None
        area, look = self._area, self._area.look
        if area.second_field_align and len(fields) > 1:
            self.max_offset = max(self.max_offset, len(plain(fields[0])))
            fields = _aligned(fields, area)
        inner: Node = Branch(_closed(fields, look.suffix), delimiter=area.delimiter, prefix=look.prefix)
        return Branch((inner,), form=look.form) if look.form else inner


def _closed(fields: list[Node], suffix: str) -> list[Node]:
    """Put the suffix of the layout behind the last field, inside its display block where it is one."""
    if not suffix or not fields:
        return fields
    last = fields[-1]
    end = Leaf(suffix, affix=True)
    if isinstance(last, Branch) and last.display and not suffix.isspace():
        return [*fields[:-1], last.holding([Branch(last.children, delimiter=last.delimiter), end])]
    return [*fields[:-1], Branch((last, end))]


def _aligned(fields: list[Node], area: Area) -> list[Node]:
    """Set the first field apart from the others."""
    rest = Branch(fields[1:], delimiter=area.delimiter)
    return [Branch((fields[0],), display="left-margin"), Branch((rest,), display="right-inline")]
