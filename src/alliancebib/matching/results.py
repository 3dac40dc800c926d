"""What matching says: verdicts on pairs, clusters of a library, judgements on candidates of a service.

Plain values, made by the other modules of this room and read by the command line, enrichment and the checkers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from alliancebib.model import Reference

__all__ = ["Clusters", "Comparison", "Doubt", "Judgement", "Match", "Progress", "Proposal", "Verdict", "Versions"]

#: Told of a step's name, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], object]
Verdict = Literal["same", "maybe", "different"]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Are two references one work? ``reasons`` in words, the deciding one first; ``score`` is the sum of evidence.

    The score has no unit: each agreement of a field adds about one, each contradiction takes away one to three.
    ``facts`` is what the library around the two adds, in words; ``versions`` says that they are two versions of one
    text, and which.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    score: float = 0.0
    facts: tuple[str, ...] = ()
    versions: str = ""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A reference of a library that is the work asked for ("same"), or may be ("maybe"), and why.

    ``score`` is that of a `Comparison`.
    """

    reference: Reference
    verdict: Verdict
    reasons: tuple[str, ...]
    score: float = 0.0


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """Two references, by id, that may be one work and were kept apart, and why."""

    a: str
    b: str
    reason: str


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """Two references, by id, that are versions of one text, as a preprint and its article; their kinds, and why."""

    ids: tuple[str, str]
    kinds: tuple[str, str]
    reason: str


class Clusters(msgspec.Struct, frozen=True, kw_only=True):
    """The groups of two and more references that are one work, and the doubtful pairs; ids in the library's order.

    ``versions`` are pairs that are no doubt: two versions of one text, each a work that can be cited.
    """

    clusters: tuple[tuple[str, ...], ...] = ()
    review: tuple[Doubt, ...] = ()
    versions: tuple[Versions, ...] = ()


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A candidate, how probable it is that it is the work (0 to 1), and what speaks for and against it."""

    candidate: Reference
    probability: float
    reasons: tuple[str, ...]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Which candidate is the work, if the evidence is enough; the three best in any case.

    ``probability`` is that of the best candidate, ``reason`` one clause on why it was taken or not.
    """

    accepted: Reference | None = None
    probability: float = 0.0
    proposals: tuple[Proposal, ...] = ()
    reason: str = ""
