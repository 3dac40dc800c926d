"""How alike are two references: normal forms, keys, vetoes, evidence, verdict, clusters, merging, acceptance.

Face: `dedupe`, `find_clusters` and, for both at once, `deduplicated` for a library, `compare` for a pair, `merge` for
a cluster; `judge` says whether a service's record is the work, `objection_to` what speaks against the record of a
stated DOI, `mentions` whether a line that nobody could read speaks of it, `fill` completes a reference from it,
`attach` takes the DOI alone. What comes in is never changed.
"""

from __future__ import annotations

from alliancebib.matching.acceptance import judge
from alliancebib.matching.deduplication import Deduplicated, compare, dedupe, deduplicated, find_clusters, with_ids
from alliancebib.matching.filling import attach, fill
from alliancebib.matching.mentions import mentions
from alliancebib.matching.merging import merge
from alliancebib.matching.results import Clusters, Comparison, Doubt, Judgement, Proposal, Versions
from alliancebib.matching.stated import Objection, as_titled, objection_to

__all__ = [
    "Clusters",
    "Comparison",
    "Deduplicated",
    "Doubt",
    "Judgement",
    "Objection",
    "Proposal",
    "Versions",
    "as_titled",
    "attach",
    "compare",
    "dedupe",
    "deduplicated",
    "fill",
    "find_clusters",
    "judge",
    "mentions",
    "merge",
    "objection_to",
    "with_ids",
]
