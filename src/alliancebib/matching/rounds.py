"""Joining in rounds until one joins nothing: a merged reference knows more than its members did.

In comes a library with what people decided; out come the references that are left, the places that each stands for, and
the doubts. The last round is what a second run would do first, so that a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from alliancebib.decisions import Decisions, Judged
from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.matching.census import facts_of
from alliancebib.matching.clusters import Judge, Pair, Partition, join, rule
from alliancebib.matching.forms import form_of
from alliancebib.matching.index import Index
from alliancebib.matching.merging import merge, name_of
from alliancebib.matching.results import Progress
from alliancebib.matching.versions import leading
from alliancebib.model import Reference

__all__ = ["Outcome", "decided_pairs", "joined_in", "make_rounds", "still_open"]

#: After so many references it is told how far the work is.
_TOLD_EVERY = 1000


class Outcome(NamedTuple):
    """What the rounds end in: merged references, the places that each stands for, doubts, findings."""

    references: tuple[Reference, ...]
    places: tuple[tuple[int, ...], ...]
    doubts: tuple[tuple[int, int, str], ...]
    findings: tuple[Finding, ...]


def make_rounds(library: Library, decisions: Decisions, preset: str, progress: Progress | None) -> Outcome:
    """Join what is one work, round by round; decisions name ids."""
    current = library.references
    index = Index()
    numbers = _numbered(current, index, progress)
    places: tuple[tuple[int, ...], ...] = tuple((place,) for place in range(len(current)))
    findings: list[Finding] = []
    doubts: dict[tuple[int, int], str] = {}
    judge = Judge(index.forms, facts_of([index.forms[number] for number in numbers]), preset)
    while True:
        rulings = rule(_told(index.pairs(set(numbers)), len(library), progress), judge)
        progress = None  # later rounds have little to do
        same, different = _judged(library, places, decisions)
        found = join(numbers, rulings, judge, same=same, different=different)
        for (a, b), reason in found.doubts.items():
            ends = (places[a][0], places[b][0])
            doubts.pop(ends, None)  # the later reason goes to the end: of two for one pair, the last counts
            doubts[ends] = reason
        if not found.groups:
            return Outcome(current, places, still_open(doubts, places), tuple(findings))
        known = {group[0]: number for group, number in zip(places, numbers, strict=True)}
        before = {group[0]: len(group) for group in places}
        current, places, noticed = joined_in(current, places, found)
        findings += noticed
        numbers = [
            known[group[0]] if len(group) == before[group[0]] else index.add(form_of(reference))
            for group, reference in zip(places, current, strict=True)
        ]
        facts = facts_of([index.forms[number] for number in numbers])
        if facts != judge.facts:
            judge = Judge(index.forms, facts, preset)
            index.restart()


def _numbered(references: Sequence[Reference], index: Index, progress: Progress | None) -> list[int]:
    """Put references into an index; give the number of the forms of each. That is the first half of the work."""
    numbers = []
    for done, reference in enumerate(references):
        if progress and done % _TOLD_EVERY == 0:
            progress("duplicates", done, 2 * len(references))
        numbers.append(index.add(form_of(reference)))
    return numbers


def _told(pairs: Iterable[Pair], count: int, progress: Progress | None) -> Iterator[Pair]:
    """Hand pairs on and tell how far they are: they come by the larger number, those of large blocks at the end."""
    told = 0
    for pair in pairs:
        if progress and pair[1] >= told + _TOLD_EVERY:
            told = pair[1]
            progress("duplicates", count + min(told, count), 2 * count)
        yield pair
    if progress:
        progress("duplicates", 2 * count, 2 * count)


def _judged(
    library: Library, places: Sequence[tuple[int, ...]], decisions: Decisions
) -> tuple[dict[Pair, str], frozenset[Pair]]:
    """Give the pairs of places that people called the same, with reasons, and those that they called different.

    What was said of a member holds for what it was merged into.
    """
    if not decisions.same and not decisions.different:
        return {}, frozenset()
    by_id = {library[old].id: at for at, members in enumerate(places) for old in members if library[old].id}
    by_id |= {old: by_id[kept] for old, kept in library.aliases.items() if kept in by_id and old not in by_id}
    return decided_pairs(decisions.same, by_id), frozenset(decided_pairs(decisions.different, by_id))


def decided_pairs(groups: Sequence[Judged], by_id: dict[str, int]) -> dict[Pair, str]:
    """Give the pairs of places, with reasons, that groups of ids amount to."""
    pairs: dict[Pair, str] = {}
    for group in groups:
        known = sorted({by_id[identity] for identity in group.ids if identity in by_id})
        pairs |= {(a, b): group.reason for at, a in enumerate(known) for b in known[at + 1 :]}
    return pairs


def joined_in(
    references: Sequence[Reference], places: Sequence[tuple[int, ...]], found: Partition, *, versions: bool = False
) -> tuple[tuple[Reference, ...], tuple[tuple[int, ...], ...], list[Finding]]:
    """Merge groups of places; give the references that are left, what each stands for, and what was noticed.

    Args:
        references: The references by place.
        places: The places in the first library that each of them stands for.
        found: What is to be joined.
        versions: Members are versions of one text, of which one speaks for all.
    """
    group_of = {place: group for group in found.groups for place in group}
    merged: list[Reference] = []
    stands_for: list[tuple[int, ...]] = []
    findings: list[Finding] = []
    for place in range(len(references)):
        group = group_of.get(place, (place,))
        if group[0] != place:
            continue
        members = [references[member] for member in group]
        one, noticed = merge(members, published=leading(members, always=versions) if len(members) > 1 else ())
        merged.append(one)
        stands_for.append(tuple(sorted(old for member in group for old in places[member])))
        if len(group) > 1:
            findings += [_join(members, group, found), *noticed]
    return tuple(merged), tuple(stands_for), findings


def _join(members: Sequence[Reference], group: tuple[int, ...], found: Partition) -> Finding:
    first, *others = members
    reason = next((found.reasons[place] for place in group if place in found.reasons), "by decision")
    named = [name_of(member) for member in members]
    message = f"One work: {', '.join(named[:-1])} and {named[-1]} ({reason})."
    related = tuple(other.id for other in others)
    return Finding.of("AB502", message, origin=others[0].origin, reference=first.id, related=related)


def still_open(
    doubts: dict[tuple[int, int], str], places: Sequence[tuple[int, ...]]
) -> tuple[tuple[int, int, str], ...]:
    """Keep the doubts between references that later rounds did not join, one for each pair, in order."""
    home = {old: group[0] for group in places for old in group}
    open_: dict[tuple[int, int], tuple[int, int, str]] = {}
    for (a, b), reason in doubts.items():
        ends = (min(home[a], home[b]), max(home[a], home[b]))
        if ends[0] != ends[1]:
            open_[ends] = (*ends, reason)
    return tuple(open_[ends] for ends in sorted(open_))
