"""Two works beside each other, with all that is known of how they compare: what the rules on works look at."""

from __future__ import annotations

from typing import NamedTuple

from alliancebib.matching.evidence import Evidence, Relation, Title
from alliancebib.matching.forms import Forms
from alliancebib.matching.people import People
from alliancebib.matching.ruling import Facts

__all__ = ["AGREEING", "DISAGREEING", "LONG_TITLE", "Pairing"]

#: Meaningful words from which a title says something by itself.
LONG_TITLE = 5
AGREEING = (People.SAME, People.OVERLAP)
DISAGREEING = (People.DIFFERENT, People.NAMESAKES)


class Pairing(NamedTuple):
    """Two works beside each other, with all that is known of how they compare.

    ``bold`` says that title, people and year are to be enough where no place is known.
    """

    a: Forms
    b: Forms
    relation: Relation
    evidence: Evidence
    facts: Facts
    bold: bool = False

    @property
    def identified(self) -> bool:
        """Say whether a DOI, an ISBN or an address is the same."""
        return self.evidence.same_doi or bool({"same ISBN", "same address"} & set(self.evidence.reasons))

    @property
    def long(self) -> bool:
        """Say whether the titles say something by themselves."""
        return self.relation.length >= LONG_TITLE and self.relation.kind is not Title.MISSING

    @property
    def whole(self) -> bool:
        """Say whether the titles are equal."""
        return self.relation.kind is Title.EQUAL
