"""Labelled words to stretches of a line, each of one field, with how probably it is right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from alliancebib.labelling import Labelled, calibrated

__all__ = ["Segment", "segments_of"]

#: Fields of which a line may have two, one behind the other.
_REPEATED = frozenset({"title", "container", "note", "publisher", "location"})


class Segment(msgspec.Struct, frozen=True):
    """Neighbouring words of one label: characters ``start`` to ``end``, and how probably the field is right."""

    label: str
    start: int
    end: int
    probability: float


def segments_of(words: Sequence[Labelled]) -> list[Segment]:
    """Join neighbouring words of one label; a second field of the same label begins where the model says so."""
    firsts = [
        place
        for place, (last, word) in enumerate(zip((None, *words), words, strict=False))
        if last is None or last.label != word.label or (word.begins and word.label in _REPEATED)
    ]
    return [_joined(words[first:end]) for first, end in pairwise((*firsts, len(words)))]


def _joined(words: Sequence[Labelled]) -> Segment:
    right = calibrated(min([word.probability for word in words]))
    return Segment(words[0].label, words[0].word.start, words[-1].word.end, right)
