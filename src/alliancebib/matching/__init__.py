"""How alike are two references: normal forms, keys, vetoes, evidence, verdict, clusters, merging, acceptance.

Face: `dedupe` and `find_clusters` for a library, `compare` for a pair, `merge` for a cluster; `judge` says whether a
service's record is the work, `fill` completes a reference from it. What comes in is never changed; nothing here raises.
"""

from __future__ import annotations

from collections.abc import Sequence

from alliancebib.decisions import Decisions
from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.matching.results import Clusters, Comparison, Doubt, Judgement, Proposal
from alliancebib.model import Reference

__all__ = [
    "Clusters",
    "Comparison",
    "Doubt",
    "Judgement",
    "Proposal",
    "compare",
    "dedupe",
    "fill",
    "find_clusters",
    "judge",
    "merge",
]


def dedupe(library: Library, *, decisions: Decisions = Decisions(), preset: str = "balanced") -> Library:
    """Placeholder while the room is being built."""
    return library


def find_clusters(library: Library, *, decisions: Decisions = Decisions(), preset: str = "balanced") -> Clusters:
    """Placeholder while the room is being built."""
    return Clusters()


def compare(a: Reference, b: Reference, *, preset: str = "balanced") -> Comparison:
    """Placeholder while the room is being built."""
    return Comparison(verdict="maybe", reasons=("not compared yet",))


def merge(references: Sequence[Reference]) -> tuple[Reference, tuple[Finding, ...]]:
    """Placeholder while the room is being built."""
    return references[0], ()


def judge(reference: Reference, candidates: Sequence[Reference], *, threshold: float = 0.9) -> Judgement:
    """Placeholder while the room is being built."""
    return Judgement()


def fill(
    reference: Reference, record: Reference, *, by: str, confidence: float
) -> tuple[Reference, tuple[Finding, ...]]:
    """Placeholder while the room is being built."""
    return reference, ()
