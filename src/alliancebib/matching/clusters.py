"""Which references are one work: candidate pairs, verdicts, and a union that any contradiction across it refuses.

In come comparison forms, out comes a partition by places and the doubtful pairs. The partition does not depend on the
order of the references: joins are made from the strongest to the weakest, ties by content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from alliancebib.matching.forms import Forms
from alliancebib.matching.keys import candidate_pairs
from alliancebib.matching.ruling import Facts, Ruling
from alliancebib.matching.verdict import rule_on

__all__ = ["Judge", "Pair", "Partition", "partition"]

#: A pair of places, the smaller first.
Pair = tuple[int, int]


class Partition(NamedTuple):
    """Groups of two and more places, the doubtful pairs with reasons, and why each place was first joined."""

    groups: tuple[tuple[int, ...], ...]
    doubts: dict[Pair, str]
    reasons: dict[int, str]


class Judge:
    """Gives the ruling on two comparison forms and remembers it; equal forms are judged once."""

    def __init__(self, facts: Facts, preset: str) -> None:
        self.facts = facts
        self._preset = preset
        self._rulings: dict[tuple[Forms, Forms], Ruling] = {}

    def __call__(self, a: Forms, b: Forms) -> Ruling:
        """Rule on two references."""
        found = self._rulings.get((a, b))
        if found is None:
            found = self._rulings[a, b] = rule_on(a, b, preset=self._preset, facts=self.facts)
        return found


def partition(
    all_forms: Sequence[Forms], judge: Judge, *, same: Mapping[Pair, str], different: frozenset[Pair]
) -> Partition:
    """Join what is one work.

    Args:
        all_forms: The references.
        judge: Rules on a pair.
        same: Pairs that a person called the same, with reasons; they are joined whatever the evidence says.
        different: Pairs that a person called different; no group ever holds both.
    """
    groups = _Groups(all_forms, different)
    reasons: dict[int, str] = {}
    doubts: dict[Pair, str] = {}
    for pair, reason in sorted(same.items()):
        if groups.join(*pair, contradicts=lambda a, b: False):  # noqa: ARG005 - a person has decided
            reasons |= dict.fromkeys(pair, reason or "a person decided so")
    decided = {frozenset((all_forms[a], all_forms[b])) for a, b in same}
    undecided = [(pair, judge(*(all_forms[place] for place in pair))) for pair in candidate_pairs(all_forms)]
    joins = [(pair, ruling) for pair, ruling in undecided if ruling.verdict == "same" and pair not in different]
    for pair, ruling in sorted(joins, key=lambda join: _strength(join[0], join[1], all_forms)):
        if groups.together(*pair):
            continue
        if groups.join(*pair, contradicts=lambda a, b: judge(a, b).hard and frozenset((a, b)) not in decided):
            for place in pair:
                reasons.setdefault(place, _in_words(ruling))
        elif not groups.decided(*pair):
            doubts[pair] = f"alike ({_in_words(ruling)}), but another member of the group contradicts"
    for pair, ruling in undecided:
        if ruling.verdict == "maybe" and not groups.together(*pair) and not groups.decided(*pair):
            doubts[pair] = _in_words(ruling)
    return Partition(groups.all(), doubts, reasons)


def _in_words(ruling: Ruling) -> str:
    return "; ".join(ruling.reasons)


def _strength(pair: Pair, ruling: Ruling, all_forms: Sequence[Forms]) -> tuple[object, ...]:
    """Order joins from strong to weak, ties by what the references say and only then by place."""
    content = sorted(_content(all_forms[place]) for place in pair)
    return (-ruling.score, content, pair)


def _content(forms: Forms) -> tuple[object, ...]:
    people = [(person.family, person.initials) for person in (*forms.authors, *forms.editors)]
    place = (forms.outlet, forms.publisher, forms.volume, forms.issue, forms.pages, forms.edition, forms.number)
    return (forms.title.text, forms.group, people, str(forms.year), place, forms.doi, forms.isbns, forms.address)


class _Groups:
    """Disjoint groups of places that grow by joins; each knows its members and how many different forms they have."""

    def __init__(self, all_forms: Sequence[Forms], different: frozenset[Pair]) -> None:
        size = len(all_forms)
        self._root = list(range(size))
        self._members: dict[int, list[int]] = {place: [place] for place in range(size)}
        self._forms: dict[int, dict[Forms, None]] = {place: {forms: None} for place, forms in enumerate(all_forms)}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for a, b in different:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def together(self, a: int, b: int) -> bool:
        return self._root[a] == self._root[b]

    def decided(self, a: int, b: int) -> bool:
        """Say whether a person called any two members of both groups different."""
        if not self._apart:
            return False
        others = set(self._members[self._root[b]])
        return any(self._apart[member] & others for member in self._members[self._root[a]] if member in self._apart)

    def join(self, a: int, b: int, *, contradicts: Callable[[Forms, Forms], bool]) -> bool:
        """Join the groups of two places unless a decision or a contradiction between any two members forbids it."""
        if self.together(a, b):
            return True
        small, large = sorted((self._root[a], self._root[b]), key=lambda root: len(self._members[root]))
        if self.decided(a, b):
            return False
        if any(contradicts(one, other) for one in self._forms[small] for other in self._forms[large]):
            return False
        for member in self._members.pop(small):
            self._root[member] = large
            self._members[large].append(member)
        self._forms[large] |= self._forms.pop(small)
        return True

    def all(self) -> tuple[tuple[int, ...], ...]:
        """Give the groups of two and more, each in order, by their first member."""
        return tuple(sorted(tuple(sorted(members)) for members in self._members.values() if len(members) > 1))
