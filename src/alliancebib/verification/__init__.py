"""Is the record that a service has of a DOI, or finds for a citation, the work that a reference means?

Questions about references come in, go to resolvers, and come out as answers that were judged. Completing (`enrichment`)
and checking (the checker `records`) both ask here, so that both say the same of the same reference.
"""

from __future__ import annotations

from alliancebib.verification.asking import Asker, Progress, Question, Result, has_doi_as_a_rule, is_askable
from alliancebib.verification.searching import Found, search_all
from alliancebib.verification.services import Resolver, Services, each_by_itself

__all__ = [
    "Asker",
    "Found",
    "Progress",
    "Question",
    "Resolver",
    "Result",
    "Services",
    "each_by_itself",
    "has_doi_as_a_rule",
    "is_askable",
    "search_all",
]
