"""A reference beside a record that may be its work, as everyone looks at it who judges the two.

In come the two, and what of the record stands in the reference's text where it was read from one; out comes a `Pair`.
It answers the questions that vetoes ask: are the titles one, does the place agree, how far apart are the years? For
fields the answers come of comparing them, for a text of what stands in it: a parser may have erred.
"""

from __future__ import annotations

import msgspec

from alliancebib.matching.containers import same_container
from alliancebib.matching.evidence import Evidence, Relation, Title, relate_titles, weigh, years_apart
from alliancebib.matching.forms import Forms, form_of
from alliancebib.matching.people import People
from alliancebib.matching.recognition import TITLED
from alliancebib.matching.traces import Said, Traces, names_container, words_of
from alliancebib.model import Reference

__all__ = ["SHORT", "Pair", "Text", "pair_of"]

#: Titles with fewer words that mean something are told apart by their place.
SHORT = 4
#: From this likeness on a title stands in a text with all its words.
WHOLE = 0.99
#: From this share of its words on, a container stands in a text.
_SHARED = 0.5
_SAME = (Title.EQUAL, Title.NEAR)


class Text(msgspec.Struct, frozen=True):
    """The text that a reference was read from, and the traces of a record in it."""

    said: Said
    seen: Traces


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A reference and a record, their forms, how they compare, and the reference's text where it was read from one."""

    reference: Reference
    record: Reference
    ours: Forms
    theirs: Forms
    relation: Relation
    evidence: Evidence
    text: Text | None = None

    @property
    def titled(self) -> bool:
        """Say whether the reference has a title that is like the record's."""
        return self.text.seen.title >= TITLED if self.text else self.relation.kind not in (Title.MISSING, Title.UNLIKE)

    @property
    def whole(self) -> bool:
        """Say whether the titles are one, and not the one a part of the other."""
        if self.text is None:
            return self.relation.kind in _SAME
        stands = "".join(words_of(self.record.title)) in self.text.said.letters
        return self.titled and (self.relation.kind in _SAME or (stands and self.relation.kind is not Title.EXTENDED))

    @property
    def telling(self) -> bool:
        """Say whether few works have such a title."""
        ours, theirs = self.ours.title, self.theirs.title
        if self.text:
            return not theirs.generic and theirs.length >= SHORT
        return not (ours.generic or theirs.generic) and min(ours.length, theirs.length) >= SHORT

    @property
    def placed(self) -> bool:
        """Say whether the volume or the first page of both is the same."""
        if self.text:
            return bool(self.text.seen.volume or self.text.seen.page)
        return self.evidence.located or self.evidence.volume is True or self.evidence.pages > 0

    @property
    def located(self) -> bool:
        """Say whether the volume and the first page are the same, or what else tells a place by itself."""
        if self.text:
            return bool(self.text.seen.volume and self.text.seen.page)
        return self.evidence.located or (self.evidence.volume is True and self.evidence.pages > 0)

    @property
    def same_outlet(self) -> bool | None:
        """Say whether journal or book are the same; None where one is not known."""
        if self.text and (self.text.seen.container or 0.0) >= _SHARED and names_container(self.text.said, self.record):
            return True
        return same_container(self.ours.container, self.theirs.container)

    @property
    def years_apart(self) -> int:
        """Give how far apart the years are, the nearest of all dates; 0 where one is not known."""
        apart = years_apart(self.ours, self.theirs)
        if apart is None:
            return 0
        return min(apart, self.text.seen.year or 0) if self.text else apart

    @property
    def same_people(self) -> bool:
        """Say whether both name people, and the same ones."""
        if self.text:
            return bool(self.text.seen.first)
        return self.evidence.people is People.SAME


def pair_of(
    reference: Reference,
    record: Reference,
    *,
    ours: Forms | None = None,
    theirs: Forms | None = None,
    text: Text | None = None,
) -> Pair:
    """Put a reference beside a record; forms that are known already need not be made again."""
    ours, theirs = ours or form_of(reference), theirs or form_of(record)
    return Pair(
        reference=reference,
        record=record,
        ours=ours,
        theirs=theirs,
        relation=relate_titles(ours, theirs),
        evidence=weigh(ours, theirs),
        text=text,
    )
