"""Which references are one work: candidate pairs, verdicts, and a union that any contradiction across it refuses.

In come comparison forms, out comes a partition by places and the doubtful pairs. The partition does not depend on the
order of the references: joins are made from the strongest to the weakest, ties by content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from alliancebib.matching.forms import Forms, order_of, statement_of
from alliancebib.matching.ruling import Facts, Ruling
from alliancebib.matching.screening import hopeless
from alliancebib.matching.verdict import rule_on

__all__ = ["Judge", "Pair", "Partition", "between", "join", "of_places", "rule", "speaking"]

#: A pair of places, or of numbers of forms, the smaller first.
Pair = tuple[int, int]


class Partition(NamedTuple):
    """Groups of two and more places, the doubtful pairs with reasons, and why each place was first joined."""

    groups: tuple[tuple[int, ...], ...]
    doubts: dict[Pair, str]
    reasons: dict[int, str]


class Judge:
    """Gives the ruling on two forms, by number, and remembers it."""

    def __init__(self, forms: Sequence[Forms], facts: Facts, preset: str) -> None:
        self.forms = forms
        self.facts = facts
        self._preset = preset
        self._rulings: dict[Pair, Ruling] = {}

    def __call__(self, a: int, b: int) -> Ruling:
        """Rule on two references."""
        pair = (a, b) if a <= b else (b, a)
        found = self._rulings.get(pair)
        if found is None:
            found = rule_on(self.forms[pair[0]], self.forms[pair[1]], preset=self._preset, facts=self.facts)
            self._rulings[pair] = found
        return found

    def in_words(self, a: int, b: int) -> str:
        """Give the reasons of a ruling, what they tell of ``a`` before what they tell of ``b``."""
        ruling = self(a, b)
        if a > b:  # a reference that was merged has a higher number than those that stand behind it
            ruling = rule_on(self.forms[a], self.forms[b], preset=self._preset, facts=self.facts)
        return "; ".join(ruling.reasons)

    def are_apart(self, a: int, b: int) -> bool:
        """Say whether two forms contradict each other, so that no group may hold both."""
        return a != b and self(a, b).hard


def rule(pairs: Iterable[Pair], judge: Judge) -> dict[Pair, Ruling]:
    """Rule on pairs of numbers; those that are different works are left out."""
    forms = judge.forms
    rulings = {}
    for a, b in pairs:
        if not hopeless(forms[a], forms[b]):
            ruling = judge(a, b)
            if ruling.verdict != "different":
                rulings[a, b] = ruling
    return rulings


def join(
    numbers: Sequence[int],
    rulings: Mapping[Pair, Ruling],
    judge: Judge,
    *,
    same: Mapping[Pair, str],
    different: frozenset[Pair],
) -> Partition:
    """Join what is one work.

    Args:
        numbers: The number of the forms of each place.
        rulings: What was ruled on pairs of numbers; none means that they are different works.
        judge: Rules on the pairs that a join brings together.
        same: Pairs of places that a person called the same, with reasons; they are joined whatever the evidence says.
        different: Pairs of places that a person called different; no group ever holds both.
    """
    groups = _Groups(numbers, judge.forms, different)
    found = Partition((), {}, {})
    for pair, reason in sorted(same.items()):
        if groups.join(*pair, contradicts=lambda a, b: False):  # noqa: ARG005 - a person has decided
            found.reasons.update(dict.fromkeys(pair, reason or "a person decided so"))
    undecided = list(of_places(numbers, rulings, judge, set().union(*same, *different)))
    decided = {_pair(numbers[a], numbers[b]) for a, b in same}
    alike = [(pair, ruling) for pair, ruling in undecided if ruling.verdict == "same" and pair not in different]

    def contradicts(a: int, b: int) -> bool:
        return judge.are_apart(a, b) and _pair(a, b) not in decided

    def in_words(a: int, b: int) -> str:
        return judge.in_words(numbers[a], numbers[b])

    _join_alike(_from_strong_to_weak(alike, numbers, judge), groups, contradicts, in_words, found)
    for pair, ruling in undecided:
        if ruling.verdict == "maybe" and not groups.together(*pair) and not groups.decided(*pair):
            found.doubts[pair] = in_words(*pair)
    return found._replace(groups=groups.all())


def _join_alike(
    pairs: Iterable[Pair],
    groups: _Groups,
    contradicts: Callable[[int, int], bool],
    in_words: Callable[[int, int], str],
    found: Partition,
) -> None:
    """Join pairs in their order unless a member of their groups contradicts, which makes a doubt."""
    for pair in pairs:
        if groups.together(*pair):
            continue
        reason = in_words(*pair)
        if groups.join(*pair, contradicts=contradicts):
            for place in pair:
                found.reasons.setdefault(place, reason)
        elif not groups.decided(*pair):
            found.doubts[pair] = f"alike ({reason}), but another member of the group contradicts"


def _from_strong_to_weak(alike: Sequence[tuple[Pair, Ruling]], numbers: Sequence[int], judge: Judge) -> list[Pair]:
    """Order pairs from strong to weak, ties by what the references say and only then by place."""
    contents = {number: order_of(judge.forms[number]) for pair, _ in alike for number in map(numbers.__getitem__, pair)}

    def order(one: tuple[Pair, Ruling]) -> tuple[object, ...]:
        pair, ruling = one
        return (-ruling.score, sorted(contents[numbers[place]] for place in pair), pair)

    return [pair for pair, _ in sorted(alike, key=order)]


def of_places(
    numbers: Sequence[int], rulings: Mapping[Pair, Ruling], judge: Judge, decided: Container[int]
) -> Iterator[tuple[Pair, Ruling]]:
    """Give rulings on pairs of places for those on pairs of numbers, and on places with one number.

    Where equal forms are one work, one of their places speaks for all but those that a person spoke of.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(numbers):
        places[number].append(place)
    for number, equal in places.items():
        if len(equal) > 1:
            ruling = judge(number, number)
            spoken = [place for place in equal if place in decided]
            yield from ((pair, ruling) for pair in _chain(equal, spoken) if ruling.verdict != "different")
            places[number] = speaking(equal, ruling, decided)
    for (a, b), ruling in sorted(rulings.items()):
        if a not in places or b not in places:
            continue
        yield from ((pair, ruling) for pair in between(places[a], places[b]))


def speaking(equal: Sequence[int], ruling: Ruling, decided: Container[int]) -> list[int]:
    """Give the places of one number that speak to others: where they are one work, the first and those decided on."""
    if ruling.verdict != "same":
        return list(equal)
    return sorted({equal[0], *(place for place in equal if place in decided)})


def between(ours: Sequence[int], theirs: Sequence[int]) -> list[Pair]:
    """Give the pairs of places for a pair of numbers: each of a side with the first of the other."""
    pairs = [*((one, theirs[0]) for one in ours), *((ours[0], other) for other in theirs)]
    return [_pair(*pair) for pair in dict.fromkeys(pairs)]


def _chain(equal: Sequence[int], spoken: Sequence[int]) -> list[Pair]:
    """Give pairs that lead from every place to every other; those that a person spoke of are paired with all."""
    pairs = [*pairwise(equal), *((one, other) for one in spoken for other in equal)]
    return list(dict.fromkeys(_pair(a, b) for a, b in pairs if a != b))


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a <= b else (b, a)


class _Groups:
    """Disjoint groups of places that grow by joins; each knows its members and who of them speaks for the others.

    Of members that say the same in all that can contradict one speaks, so that a work in a thousand spellings does not
    take a million rulings.
    """

    def __init__(self, numbers: Sequence[int], forms: Sequence[Forms], different: frozenset[Pair]) -> None:
        self._numbers = numbers
        self._all_forms = forms
        #: Only places that were joined to others are in these.
        self._root: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._speakers: dict[int, dict[object, int]] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for a, b in different:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def together(self, a: int, b: int) -> bool:
        return self._root.get(a, a) == self._root.get(b, b)

    def decided(self, a: int, b: int) -> bool:
        """Say whether a person called any two members of both groups different."""
        if not self._apart:
            return False
        others = set(self._members_of(b))
        return any(self._apart[member] & others for member in self._members_of(a) if member in self._apart)

    def _members_of(self, place: int) -> list[int]:
        return self._members.get(self._root.get(place, place), [place])

    def _speakers_of(self, root: int) -> dict[object, int]:
        number = self._numbers[root]
        return self._speakers.get(root) or {statement_of(self._all_forms[number]): number}

    def join(self, a: int, b: int, *, contradicts: Callable[[int, int], bool]) -> bool:
        """Join the groups of two places unless a decision or a contradiction between any two members forbids it."""
        if self.together(a, b):
            return True
        if self.decided(a, b):
            return False
        small, large = sorted((a, b), key=lambda place: len(self._members_of(place)))
        members, host = self._members_of(small), self._members_of(large)
        small, large = self._root.get(small, small), self._root.get(large, large)
        ours, theirs = self._speakers_of(small), self._speakers_of(large)
        if any(contradicts(one, other) for one in ours.values() for other in theirs.values()):
            return False
        self._root |= dict.fromkeys(members, large)
        self._root[large] = large
        self._members[large] = [*host, *members]
        self._speakers[large] = ours | theirs
        self._members.pop(small, None)
        self._speakers.pop(small, None)
        return True

    def all(self) -> tuple[tuple[int, ...], ...]:
        """Give the groups of two and more, each in order, by their first member."""
        return tuple(sorted(tuple(sorted(members)) for members in self._members.values()))
