"""Is a reference already in a library? Answered by keys, whatever the library's size.

A library comes in once and becomes an index; then each reference that is asked for is compared with the few that share
a key with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from alliancebib.errors import UnknownName
from alliancebib.matching.census import facts_of
from alliancebib.matching.forms import form_of
from alliancebib.matching.index import Index
from alliancebib.matching.results import Match
from alliancebib.matching.screening import hopeless
from alliancebib.matching.verdict import PRESETS, rule_on
from alliancebib.model import Reference

__all__ = ["Lookup"]

_RANK = {"same": 1, "maybe": 0}


class Lookup:
    """References that are asked whether they hold a work.

    What the collection as a whole tells (a title that many of its works share) is what it told when this was made;
    references that are added later are found, but do not count for it.
    """

    def __init__(self, references: Iterable[Reference]) -> None:
        self._index = Index()
        #: The first reference with each number of forms; one that is equal to it would give the same answer.
        self._references: list[Reference] = []
        numbers = [self.add(reference) for reference in references]
        self._facts = facts_of([self._index.forms[number] for number in numbers])

    def add(self, reference: Reference) -> int:
        """Take a further reference in; its number is of no use outside."""
        number = self._index.add(form_of(reference))
        if number == len(self._references):
            self._references.append(reference)
        return number

    def find(self, reference: Reference, *, preset: str = "balanced") -> Match | None:
        """Give the reference that is the same work, else one that may be; None where there is none.

        Raises:
            UnknownName: There is no such preset.
        """
        if preset not in PRESETS:
            raise UnknownName("preset", preset, PRESETS)
        forms = form_of(reference)
        best: Match | None = None
        for number in self._index.near(forms):
            if self._references[number] == reference:
                return Match(reference=reference, verdict="same", reasons=("the very same entry",))
            other = self._index.forms[number]
            if hopeless(forms, other):
                continue
            ruling = rule_on(forms, other, preset=preset, facts=self._facts)
            if ruling.verdict == "different":
                continue
            if best is None or (_RANK[ruling.verdict], ruling.score) > (_RANK[best.verdict], best.score):
                best = Match(
                    reference=self._references[number],
                    verdict=ruling.verdict,
                    reasons=ruling.reasons,
                    score=ruling.score,
                )
        return best
