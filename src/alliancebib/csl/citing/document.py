"""The citations of a document in their order, and the position of each cite (CSL 1.0.2, "Position")."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from alliancebib.csl.citing.cite import Citation, Cite

__all__ = ["Document"]

_FIRST, _SUBSEQUENT, _IBID, _IBID_WITH_LOCATOR = range(4)


def _as_given(citation: Citation) -> Sequence[Cite]:
    return citation.cites


class Document:
    """Citations in their order; a change gives a new document."""

    def __init__(self, near_note_distance: int, citations: Sequence[Citation] = ()) -> None:
        self._distance = near_note_distance
        self._citations = tuple(citations)

    def with_citation(
        self, citation: Citation, *, before: Sequence[tuple[str, int]], after: Sequence[tuple[str, int]]
    ) -> Document:
        """Give the document with a citation put between others, which are named with their note numbers.

        A citation that is named twice stands where it is named first; a name that no citation has is passed over.
        """
        left = {old.id: old for old in self._citations if old.id != citation.id}
        row = [_with_note(left.pop(id_), note) for id_, note in before if id_ in left]
        rest = [_with_note(left.pop(id_), note) for id_, note in after if id_ in left]
        return Document(self._distance, [*row, citation, *rest])

    def with_citations(self, citations: Sequence[Citation]) -> Document:
        """Give the document with other citations."""
        return Document(self._distance, citations)

    def without(self, id_: str) -> Document:
        """Give the document without a citation."""
        return Document(self._distance, [citation for citation in self._citations if citation.id != id_])

    def citations(self) -> tuple[Citation, ...]:
        """Give the citations as they were put in."""
        return self._citations

    def ids(self) -> tuple[str, ...]:
        """Give the ids of the citations."""
        return tuple(citation.id for citation in self._citations)

    def item_ids(self) -> list[str]:
        """Give the ids of the items in the order of their first cite."""
        return list(dict.fromkeys([cite.id for citation in self._citations for cite in citation.cites]))

    def first_notes(self) -> Mapping[str, int]:
        """Give for each item the number of the note that cites it first."""
        notes: dict[str, int] = {}
        for citation in self._citations:
            for cite in citation.cites:
                notes.setdefault(cite.id, citation.note)
        return notes

    def positioned(self, order: Callable[[Citation], Sequence[Cite]] = _as_given) -> tuple[Citation, ...]:
        """Give the citations with the position of each cite worked out; ``order`` gives cites as they are printed."""
        return _Positions(self._distance).of(self._citations, order)


def _with_note(citation: Citation, note: int) -> Citation:
    return citation if citation.note == note else msgspec.structs.replace(citation, note=note)


class _Positions:
    """One walk over the citations, with what was cited so far."""

    def __init__(self, distance: int) -> None:
        self._distance = distance
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        #: The last citation of the running text, the last note, and the citations of each note.
        self._in_text: Sequence[Cite] = ()
        self._note = 0
        self._in_notes: dict[int, list[Sequence[Cite]]] = {}

    def of(self, citations: Sequence[Citation], order: Callable[[Citation], Sequence[Cite]]) -> tuple[Citation, ...]:
        done: list[Citation] = []
        for citation in citations:
            ordered = order(citation)
            previous = self._before(citation.note)
            cites: list[Cite] = []
            for cite in ordered:
                cites.append(self._positioned(cite, previous, citation.note))
                self._first.setdefault(cite.id, citation.note)
                self._last[cite.id] = citation.note
                previous = cite
            same = tuple(cites) == citation.cites
            done.append(citation if same else msgspec.structs.replace(citation, cites=tuple(cites)))
            self._pass(ordered, citation.note)
        return tuple(done)

    def _before(self, note: int) -> Cite | None:
        """Give the cite that "ibid." may mean: the last one, where what stands right before cites one item only.

        That is the citation before in the same note, or all of the note before. Notes and running text are two rows
        of their own.
        """
        if not note:
            return _only([self._in_text])
        there = self._in_notes.get(self._note, [])
        if not there or note - self._note > 1:
            return None
        return _only(there[-1:] if self._note == note else there)

    def _pass(self, cites: Sequence[Cite], note: int) -> None:
        if not note:
            self._in_text = cites
            return
        self._note = note
        self._in_notes.setdefault(note, []).append(cites)

    def _positioned(self, cite: Cite, previous: Cite | None, note: int) -> Cite:
        if cite.id not in self._last:
            return _placed(cite, _FIRST, near=False, first=0)
        near = note - self._last[cite.id] <= self._distance
        position = _ibid(cite, previous) if previous is not None and previous.id == cite.id else _SUBSEQUENT
        return _placed(cite, position, near=near, first=self._first[cite.id])


def _placed(cite: Cite, position: int, *, near: bool, first: int) -> Cite:
    if (cite.position, cite.near_note, cite.first_note) == (position, near, first):
        return cite
    return msgspec.structs.replace(cite, position=position, near_note=near, first_note=first)


def _only(before: Sequence[Sequence[Cite]]) -> Cite | None:
    cites = [cite for row in before for cite in row]
    return cites[-1] if len({cite.id for cite in cites}) == 1 else None


def _ibid(cite: Cite, previous: Cite) -> int:
    """Tell ibid. with and without locator, after the locators of the two cites."""
    if previous.locator and not cite.locator:
        return _SUBSEQUENT
    if cite.locator and (cite.locator, cite.label or "page") != (previous.locator, previous.label or "page"):
        return _IBID_WITH_LOCATOR
    return _IBID
