"""The texts of a document's citations, each made anew only where something that it prints has changed.

An insertion moves numbers, positions and year suffixes far from its place, so every citation is looked at; but to look
is cheap, and to render is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from alliancebib.csl.citing.cite import Citation, Cite
from alliancebib.csl.citing.clusters import CiteState, Clusters
from alliancebib.csl.citing.document import Document
from alliancebib.csl.output.tree import Node

__all__ = ["CitationTexts"]


class _Ordered(NamedTuple):
    """A citation as it was put in, what the document added to its cites, and these in the style's order."""

    citation: Citation
    state: tuple[CiteState, ...]
    cites: Sequence[Cite]


class _Printed(NamedTuple):
    """Cites in order and with their positions, and how they read."""

    ordered: _Ordered
    cites: Sequence[Cite]
    text: str


class CitationTexts:
    """The order of cites and the text of each citation, by id, with all that they were made from."""

    def __init__(self, write: Callable[[Node | None], str]) -> None:
        self._write = write
        self._ordered: dict[str, _Ordered] = {}
        self._printed: dict[str, _Printed] = {}

    def of(self, document: Document, clusters: Clusters) -> dict[str, str]:
        """Give the texts of all citations of a document, in its order."""
        printed = {
            citation.id: self._print(citation, clusters)
            for citation in document.positioned(lambda citation: self._order(citation, clusters))
        }
        self._printed = printed
        self._ordered = {id_: self._ordered[id_] for id_ in printed}
        return {id_: one.text for id_, one in printed.items()}

    def _order(self, citation: Citation, clusters: Clusters) -> Sequence[Cite]:
        state = clusters.state(citation.cites)
        known = self._ordered.get(citation.id)
        if known is None or known.state != state or known.citation != citation:
            cites = clusters.known(citation.cites) if citation.unsorted else clusters.ordered(citation.cites)
            known = self._ordered[citation.id] = _Ordered(citation, state, cites)
        return known.cites

    def _print(self, citation: Citation, clusters: Clusters) -> _Printed:
        """Print a citation whose cites stand in order."""
        ordered, known = self._ordered[citation.id], self._printed.get(citation.id)
        if known is not None and known.ordered is ordered and known.cites == citation.cites:
            return known
        return _Printed(ordered, citation.cites, self._write(clusters.node(citation.cites)))
