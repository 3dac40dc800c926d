"""Marks of emphasis that a reader of plain text has left (`*Lancet*`, `**399**`, `_Title_`): they do not count.

A line comes in and goes out without them; the reference read from it gets the places of the line as it was, in which
a mark belongs to the word that it stands at.
"""

from __future__ import annotations

import re
from bisect import bisect_left

import msgspec
from msgspec.structs import replace

from alliancebib.model import Reference, Span, reference_id
from alliancebib.outline.addresses import addresses_of
from alliancebib.page import Line, Link

__all__ = ["Unmarked", "unmarked"]

_MARKED = re.compile(r"(?<![\w*/])(?P<mark>\*{1,3}|_{1,2})(?![\s*_])(?P<text>[^*_]{1,300})(?<!\s)(?P=mark)(?![\w*/])")


class Unmarked(msgspec.Struct, frozen=True):
    """A line without its marks of emphasis: which characters are left, and which of those taken off open something."""

    line: Line
    original: Line
    kept: tuple[int, ...]
    opening: frozenset[int]

    def restored(self, reference: Reference) -> Reference:
        """Give the reference the places of the line as it was."""
        raw = self.original.text
        kept = set(self.kept)
        spans = tuple(self._restored(span, kept) for span in reference.spans)
        origin = replace(reference.origin, raw=raw)
        return replace(reference, id=reference_id(origin.page, raw), spans=spans, origins=(origin,))

    def _restored(self, span: Span, kept: set[int]) -> Span:
        start, end = self.kept[span.start], self.kept[span.end - 1] + 1
        while start and start - 1 not in kept and start - 1 in self.opening:
            start -= 1
        while end < len(self.original.text) and end not in kept and end not in self.opening:
            end += 1
        return Span(span.field, start, end)


def unmarked(line: Line) -> Unmarked | None:
    """Take the marks of emphasis off a line; None where it has none.

    >>> unmarked(Line(number=1, text="AUKUS. *Lancet* 2022; **399**: 12")).line.text
    'AUKUS. Lancet 2022; 399: 12'
    """
    if "*" not in line.text and "_" not in line.text:
        return None
    matches = list(_MARKED.finditer(line.text))
    if not matches:
        return None
    addresses = [range(one.text_end, one.end) for one in addresses_of(line)]
    opening: set[int] = set()
    dropped: set[int] = set()
    for match in matches:
        if any(match.start() in place or match.end() - 1 in place for place in addresses):
            continue
        opening.update(range(match.start(), match.start("text")))
        dropped.update(range(match.start(), match.start("text")), range(match.end("text"), match.end()))
    if not dropped:
        return None
    kept = tuple(place for place in range(len(line.text)) if place not in dropped)
    text = "".join(line.text[place] for place in kept)
    links = tuple(Link(link.url, bisect_left(kept, link.start), bisect_left(kept, link.end)) for link in line.links)
    return Unmarked(replace(line, text=text, links=links), line, kept, frozenset(opening))
