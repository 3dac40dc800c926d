"""Versions of one text: a preprint and the article that it became, a thesis and the book made of it.

References come in; pairs of places with the reason go out, and which of several members of a cluster came out in print
or at a publisher: that one says what the work is called and where it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from alliancebib.matching.evidence import Title, relate_titles
from alliancebib.matching.forms import Forms, Group, form_of, group_of, is_posted
from alliancebib.matching.kinds import two_versions
from alliancebib.matching.people import People, relate_people
from alliancebib.matching.verdict import rule_on
from alliancebib.matching.vetoes import veto
from alliancebib.model import Reference

__all__ = ["heading_of", "leading", "version_groups", "version_pairs"]

#: Which of several versions says what the work is called and where it stands: the first of these groups.
_ORDER = (Group.ARTICLE, Group.BOOK, Group.PART, Group.PAPER, Group.THESIS, Group.REPORT)
#: Versions of one text come out within so many years of each other.
_YEARS = 5
#: Meaningful words from which a title tells one work of its authors from another.
_WORDS = 2
#: Larger groups of one name and title are no versions of one text; of them neighbours alone are looked at.
_MANY = 30
_NO_LETTER = re.compile(r"<[^<>]*>|[\W_]+")
#: How the reason of a doubt begins; a link is sure of it.
_DOUBTFULLY = "perhaps two versions of one text: "


def version_pairs(references: Sequence[Reference], apart: Iterable[tuple[int, int]] = ()) -> dict[tuple[int, int], str]:
    """Find pairs that are two versions of one text, and why; ``apart`` are pairs that a person called different.

    Such pairs have one title and the same authors, kinds that may hold one text, and DOIs of their own or none. They
    are looked for among references of one first author and title, so that the work grows with the list alone.
    """
    not_these = set(apart)
    forms: dict[int, Forms] = {}
    found = {}
    for pair in _candidates(references):
        for place in pair:
            forms.setdefault(place, form_of(references[place]))
        if pair not in not_these and (reason := _why(*(forms[place] for place in pair))):
            found[pair] = reason
    return dict(sorted(found.items()))


def version_groups(references: Sequence[Reference], pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Give the groups that pairs of versions make up, by places, where nothing within a group speaks against it."""
    pairs = set(pairs)
    home: dict[int, set[int]] = {}
    for a, b in sorted(pairs):
        group = home.get(a, {a}) | home.get(b, {b})
        home |= dict.fromkeys(group, group)
    groups = sorted({tuple(sorted(group)) for group in home.values()})
    return tuple(group for group in groups if _are_one(group, references, pairs))


def leading(references: Sequence[Reference], *, always: bool = False) -> tuple[Reference, ...]:
    """Give the members of a cluster that came out, the best first, where others are preprints of them; else none.

    ``always``: also where all came out, as a thesis and a book did.
    """
    if not always and len({(one.kind, one.container_title) for one in references}) == 1:
        return ()
    came_out = [one for one in references if not is_posted(one) and group_of(one) in _ORDER]
    if not came_out or not (always or any(map(is_posted, references))):
        return ()
    best = min((group_of(one) for one in came_out), key=_ORDER.index)
    return tuple(one for one in came_out if group_of(one) is best)


def heading_of(reference: Reference) -> tuple[str, str] | None:
    """Give first author and title, which versions of one text share; None where one of them is not known."""
    if not (reference.title and reference.author):
        return None
    author = reference.author[0]
    return (author.family or author.literal).casefold(), _NO_LETTER.sub("", reference.title).casefold()


def _candidates(references: Sequence[Reference]) -> list[tuple[int, int]]:
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, reference in enumerate(references):
        if name := heading_of(reference):
            by_name[name].append(place)
    groups = [places for places in by_name.values() if len(places) > 1]
    return [
        pair for places in groups for pair in (pairwise(places) if len(places) > _MANY else combinations(places, 2))
    ]


def _why(a: Forms, b: Forms) -> str:
    reason = two_versions(a, b)
    if not reason or veto(a, b) or a.title.generic or b.title.generic:
        return ""
    relation = relate_titles(a, b)
    if relation.kind is not Title.EQUAL or relation.length < _WORDS:
        return ""
    if a.year and b.year and abs(a.year - b.year) > _YEARS:
        return ""
    people = relate_people(a.authors, b.authors)
    return reason.removeprefix(_DOUBTFULLY) if people is People.SAME else ""


def _are_one(group: Sequence[int], references: Sequence[Reference], pairs: set[tuple[int, int]]) -> bool:
    """Say whether any two of a group are versions of each other, or at least not two works."""
    others = [pair for pair in combinations(group, 2) if pair not in pairs]
    return all(rule_on(*(form_of(references[place]) for place in pair)).verdict != "different" for pair in others)
