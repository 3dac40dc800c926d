"""Does enough of a reference's fields speak for a record? Title, author and year must, and more where they say little.

What speaks against a record is asked in `objections`; a work is not taken either where hardly anything is known.
"""

from __future__ import annotations

from alliancebib.matching.containers import same_publisher
from alliancebib.matching.evidence import Title, years_apart
from alliancebib.matching.forms import Group
from alliancebib.matching.pairs import SHORT, Pair
from alliancebib.matching.people import People
from alliancebib.matching.weighing import all_people_agree, is_cut

__all__ = ["lack_of"]

#: Works that have a publisher where others have a journal.
_OF_A_HOUSE = (Group.BOOK, Group.REPORT, Group.THESIS, Group.ANY)


def lack_of(pair: Pair, *, recurring: bool) -> str:
    """Say which of title, author, year and place does not support a record; "" when enough does.

    Args:
        pair: The reference and the record.
        recurring: Candidates of several authors have this title.
    """
    if pair.relation.kind is Title.MISSING:
        return _lack_of_place(pair)
    said = _lack_of_title(pair) or _lack_of_people(pair)
    if said:
        return said
    if years_apart(pair.ours, pair.theirs) is None:
        return "" if pair.located else "a year is missing"
    borne = pair.ours.title.generic or pair.theirs.title.generic
    says_little = borne or recurring or pair.relation.length < SHORT
    return _PLACELESS if says_little and not _is_borne_out(pair, borne=borne, recurring=recurring) else ""


def _lack_of_place(pair: Pair) -> str:
    """Say that without a title not all of people, journal, volume and first page are there and the same."""
    there = pair.located and pair.evidence.container is not False and pair.evidence.people is People.SAME
    return "" if there else "there is no title, and the place does not support it"


def _lack_of_title(pair: Pair) -> str:
    kind, evidence = pair.relation.kind, pair.evidence
    if kind in (Title.EQUAL, Title.NEAR):
        return ""
    if kind is not Title.EXTENDED or not is_cut(pair):
        return f"the title does not support it: {pair.relation.reason}"
    if pair.placed or evidence.container or all_people_agree(pair):
        return ""
    return "only one title has such a subtitle, and no place supports it"


def _lack_of_people(pair: Pair) -> str:
    people = pair.evidence.people
    same = people is People.SAME or (people is People.UNKNOWN and pair.located)
    return "" if same else "the author does not support it"


_PLACELESS = "the title is short or borne by many works, and the place does not support it"


def _is_borne_out(pair: Pair, *, borne: bool, recurring: bool) -> bool:
    """Say whether a title that says little is borne out by the place, the publisher, or by all the people."""
    evidence = pair.evidence
    if pair.located or evidence.same_doi:
        return True
    if borne:
        return False
    if evidence.container is True:
        return True
    exact = pair.relation.kind is Title.EQUAL and years_apart(pair.ours, pair.theirs) == 0
    house = pair.ours.group in _OF_A_HOUSE and same_publisher(pair.ours.publisher, pair.theirs.publisher)
    if exact and house:
        return True
    return exact and not recurring and _is_named_by_people(pair)


def _is_named_by_people(pair: Pair) -> bool:
    """Say whether all the people agree: several, or one with the name in full, or with two initials and a title."""
    ours, theirs = (forms.authors or forms.editors for forms in (pair.ours, pair.theirs))
    if all_people_agree(pair):
        return len(ours) > 1 or pair.relation.length > 1
    alone = len(ours) == len(theirs) == 1 and ours[0].stem == theirs[0].stem
    return alone and ours[0].initials == theirs[0].initials and len(ours[0].initials) > 1 and pair.relation.length > 2
