"""Checker: does a work stand twice in the library? Pairs that `dedupe` told of already are not repeated.

In comes a library, out come findings: AB501 for pairs that are one work and still stand apart, and for doubtful pairs,
AB504 for two versions of one text.
"""

from __future__ import annotations

from itertools import pairwise

from alliancebib.checkers import Progress
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding, Report
from alliancebib.library import Library
from alliancebib.matching import compare, find_clusters
from alliancebib.matching.merging import name_of
from alliancebib.model import Reference
from alliancebib.web import Web

__all__ = ["NEEDS_WEB", "check"]

NEEDS_WEB = False


def check(
    library: Library,
    *,
    web: Web,  # noqa: ARG001 - the shelf's face
    settings: CheckSettings,  # noqa: ARG001
    progress: Progress | None = None,
) -> Report:
    """Tell of works that stand twice in a library, or may do so."""
    found = find_clusters(library, progress=progress)
    pairs = [(pair, "") for cluster in found.clusters for pair in pairwise(cluster)]
    pairs += [((doubt.a, doubt.b), doubt.reason) for doubt in found.review]
    versions = {pair.ids: pair.reason for pair in found.versions}
    pairs += list(versions.items())
    told = {frozenset((one.reference, *one.related)) for one in library.findings if one.code in ("AB501", "AB504")}
    place = {reference.id: number for number, reference in reversed(list(enumerate(library)))}
    pairs.sort(key=lambda pair: (place[pair[0][0]], place[pair[0][1]]))
    findings = [
        (_versions if (a, b) in versions else _finding)(library[place[a]], library[place[b]], reason)
        for (a, b), reason in pairs
        if frozenset((a, b)) not in told
    ]
    return Report(findings=tuple(findings))


def _finding(a: Reference, b: Reference, doubt: str) -> Finding:
    opening = "Perhaps one work" if doubt else "One work stands twice"
    reason = doubt or "; ".join(compare(a, b).reasons)
    message = f"{opening}: {name_of(a)} and {name_of(b)} ({reason})."
    return Finding.of("AB501", message, origin=b.origin, reference=a.id, related=(b.id,))


def _versions(a: Reference, b: Reference, reason: str) -> Finding:
    message = f"Two versions of one text: {name_of(a)} and {name_of(b)} ({reason})."
    return Finding.of("AB504", message, origin=b.origin, reference=a.id, related=(b.id,))
