"""The citations of a document in their order, and the position of each cite (CSL 1.0.2, "Position")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from alliancebib.csl.citing.cite import Citation, Cite

__all__ = ["Document"]

_FIRST, _SUBSEQUENT, _IBID, _IBID_WITH_LOCATOR = range(4)


class Document:
    """Citations in their order; a change gives a new document."""

    def __init__(self, near_note_distance: int, citations: Sequence[Citation] = ()) -> None:
        self._distance = near_note_distance
        self._citations = tuple(citations)

    def with_citation(
        self, citation: Citation, *, before: Sequence[tuple[str, int]], after: Sequence[tuple[str, int]]
    ) -> Document:
        """Give the document with a citation put between others, which are named with their note numbers."""
        known = {old.id: old for old in self._citations}
        row = [_with_note(known[id_], note) for id_, note in before if id_ in known and id_ != citation.id]
        rest = [_with_note(known[id_], note) for id_, note in after if id_ in known and id_ != citation.id]
        return Document(self._distance, [*row, citation, *rest])

    def ids(self) -> tuple[str, ...]:
        """Give the ids of the citations."""
        return tuple(citation.id for citation in self._citations)

    def item_ids(self) -> list[str]:
        """Give the ids of the items in the order of their first cite."""
        return list(dict.fromkeys(cite.id for citation in self._ordered() for cite in citation.cites))

    def first_notes(self) -> Mapping[str, int]:
        """Give for each item the number of the note that cites it first."""
        notes: dict[str, int] = {}
        for citation in self._ordered():
            for cite in citation.cites:
                notes.setdefault(cite.id, citation.note)
        return notes

    def positioned(self) -> tuple[Citation, ...]:
        """Give the citations with the position of each cite worked out."""
        return _Positions(self._distance).of(self._citations)

    def _ordered(self) -> Sequence[Citation]:
        return self._citations


def _with_note(citation: Citation, note: int) -> Citation:
    return citation if citation.note == note else msgspec.structs.replace(citation, note=note)


class _Positions:
    """One walk over the citations, with what was cited so far."""

    def __init__(self, distance: int) -> None:
        self._distance = distance
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}

    def of(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        done: list[Citation] = []
        for place, citation in enumerate(citations):
            before = _before(citations, place)
            cites: list[Cite] = []
            for number, cite in enumerate(citation.cites):
                previous = citation.cites[number - 1] if number else _only(before)
                cites.append(self._positioned(cite, previous, citation))
                self._first.setdefault(cite.id, citation.note)
                self._last[cite.id] = citation.note
            done.append(msgspec.structs.replace(citation, cites=tuple(cites)))
        return tuple(done)

    def _positioned(self, cite: Cite, previous: Cite | None, citation: Citation) -> Cite:
        if cite.id not in self._last:
            return msgspec.structs.replace(cite, position=_FIRST, near_note=False, first_note=0)
        near = citation.note - self._last[cite.id] <= self._distance
        position = _ibid(cite, previous) if previous is not None and previous.id == cite.id else _SUBSEQUENT
        return msgspec.structs.replace(cite, position=position, near_note=near, first_note=self._first[cite.id])


def _before(citations: Sequence[Citation], place: int) -> Sequence[Citation]:
    """Give what stands right before a citation: the one before it in its note, or all of the note before.

    Notes and running text are two rows of their own.
    """
    now = citations[place]
    row = [other for other in citations[:place] if bool(other.note) == bool(now.note)]
    if not row or (now.note and now.note - row[-1].note > 1):
        return ()
    if not now.note or row[-1].note == now.note:
        return row[-1:]
    return [other for other in row if other.note == row[-1].note]


def _only(before: Sequence[Citation]) -> Cite | None:
    """Give the cite that "ibid." may mean: the last one, where those before cite one item only."""
    cites = [cite for citation in before for cite in citation.cites]
    return cites[-1] if len({cite.id for cite in cites}) == 1 else None


def _ibid(cite: Cite, previous: Cite) -> int:
    """Tell ibid. with and without locator, after the locators of the two cites."""
    if previous.locator and not cite.locator:
        return _SUBSEQUENT
    if cite.locator and (cite.locator, cite.label or "page") != (previous.locator, previous.label or "page"):
        return _IBID_WITH_LOCATOR
    return _IBID
