"""A library becomes one in which each work stands once: clusters are joined, doubts shown, nothing lost.

Rounds are made until one joins nothing: a merged reference knows more than its members did. The last round is what a
second run would do first, so that a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from alliancebib.decisions import Decisions, Judged
from alliancebib.errors import UnknownName
from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.matching.census import facts_of
from alliancebib.matching.clusters import Judge, Pair, Partition, join, rule
from alliancebib.matching.declared import with_declared
from alliancebib.matching.forms import Forms, form_of
from alliancebib.matching.index import Index
from alliancebib.matching.merging import merge, name_of
from alliancebib.matching.results import Clusters, Comparison, Doubt, Progress, Versions
from alliancebib.matching.ruling import NO_FACTS, Facts
from alliancebib.matching.verdict import PRESETS, rule_on
from alliancebib.matching.versions import leading, version_groups, version_pairs
from alliancebib.model import Reference
from alliancebib.variables import OTHER_VERSIONS

__all__ = ["VERSIONS", "Deduplicated", "compare", "dedupe", "deduplicated", "find_clusters"]

#: What becomes of two versions of one text.
VERSIONS = ("link", "merge")


class Deduplicated(NamedTuple):
    """A library in which each work stands once, and what was joined, doubted and linked on the way."""

    library: Library
    clusters: Clusters


#: After so many references it is told how far the work is.
_TOLD_EVERY = 1000


class _Outcome(NamedTuple):
    """What the rounds end in: merged references, the places that each stands for, doubts, findings."""

    references: tuple[Reference, ...]
    places: tuple[tuple[int, ...], ...]
    doubts: tuple[tuple[int, int, str], ...]
    findings: tuple[Finding, ...]


def compare(a: Reference, b: Reference, *, preset: str = "balanced", within: Library | None = None) -> Comparison:
    """Say whether two references are one work, and why.

    What only a whole library can tell (a title that many of its works share) is known where one is given.

    >>> aris = Reference(title="Alliance politics", kind="book")
    >>> compare(aris, Reference(title="Alliance policies", kind="book")).verdict
    'different'

    Raises:
        UnknownName: There is no such preset.
    """
    facts = facts_of([form_of(reference) for reference in within]) if within is not None else NO_FACTS
    one, other = form_of(a), form_of(b)
    ruling = rule_on(one, other, preset=_known(preset), facts=facts)
    return Comparison(
        verdict=ruling.verdict,
        reasons=ruling.reasons,
        score=ruling.score,
        facts=_in_words(facts, one, other),
        versions=version_pairs([a, b]).get((0, 1), ""),
    )


def _in_words(facts: Facts, a: Forms, b: Forms) -> tuple[str, ...]:
    """Say what the whole library tells of two references."""
    told = []
    if not facts.generic.isdisjoint((a.title.core, b.title.core)):
        told.append("several authors of this list have works of this title, so it proves nothing by itself")
    if not facts.issues_count and (a.issue or b.issue):
        told.append("nearly every entry of this list has an issue of its own, so the issue is no evidence")
    return tuple(told)


def find_clusters(
    library: Library,
    *,
    decisions: Decisions = Decisions(),
    preset: str = "balanced",
    progress: Progress | None = None,
) -> Clusters:
    """Find the references that are one work, without joining them; ids in the order of the library."""
    return deduplicated(library, decisions=decisions, preset=preset, progress=progress).clusters


def dedupe(
    library: Library,
    *,
    decisions: Decisions = Decisions(),
    preset: str = "balanced",
    versions: str = "link",
    progress: Progress | None = None,
) -> Library:
    """Join references that are one work; show doubtful pairs as findings (AB501) and keep them apart.

    A merged reference stands where its first member stood and keeps its id and key; ``aliases`` leads from the ids of
    the others to it. Two versions of one text, as a preprint and its article, are told (AB504) and stay two, unless
    ``versions`` is "merge". Findings: AB502 for each join, AB503 where values differ, AB501 for each doubt.

    Raises:
        UnknownName: There is no such preset.
    """
    return deduplicated(library, decisions=decisions, preset=preset, versions=versions, progress=progress).library


def deduplicated(
    library: Library,
    *,
    decisions: Decisions = Decisions(),
    preset: str = "balanced",
    versions: str = "link",
    progress: Progress | None = None,
) -> Deduplicated:
    """Give what `dedupe` and `find_clusters` give, in one run.

    Raises:
        UnknownName: There is no such preset, or no such way to treat versions.
    """
    if versions not in VERSIONS:
        raise UnknownName("way to treat versions", versions, VERSIONS)
    decisions = with_declared(decisions.by_id(library), library)
    outcome = _rounds(library, decisions, _known(preset), progress)
    outcome, links = _with_versions(outcome, library, decisions, versions)
    clusters = _clusters(library, outcome, links)
    aliases = dict(library.aliases)
    for ids in clusters.clusters:
        aliases |= {old: ids[0] for old in ids[1:] if old not in ("", ids[0])}
    aliases = {old: aliases.get(kept, kept) for old, kept in aliases.items()}
    told = [_doubt(library[a], library[b], reason) for a, b, reason in outcome.doubts]
    told += [_link(library[a], library[b], reason) for (a, b), reason in links.items()]
    joined = library.with_references(_naming_versions(outcome.references, library, links), aliases=aliases)
    return Deduplicated(joined.with_findings([*outcome.findings, *told]), clusters)


def _naming_versions(references: Sequence[Reference], library: Library, links: Mapping[Pair, str]) -> list[Reference]:
    """Give references that name their other versions."""
    others: dict[str, list[str]] = {}
    names = {reference.id: reference.key or reference.id for reference in references}
    for pair in links:
        one, other = (library[place].id for place in pair)
        others.setdefault(one, []).append(names[other])
        others.setdefault(other, []).append(names[one])
    return [
        replace(one, extra=one.extra | {OTHER_VERSIONS: " ".join(others[one.id])}) if one.id in others else one
        for one in references
    ]


def _clusters(library: Library, outcome: _Outcome, links: Mapping[Pair, str]) -> Clusters:
    ids = [reference.id for reference in library]
    return Clusters(
        clusters=tuple(tuple(ids[place] for place in places) for places in outcome.places if len(places) > 1),
        review=tuple(Doubt(a=ids[a], b=ids[b], reason=reason) for a, b, reason in outcome.doubts),
        versions=tuple(
            Versions(ids=(ids[a], ids[b]), kinds=(library[a].kind, library[b].kind), reason=reason)
            for (a, b), reason in links.items()
        ),
    )


def _with_versions(
    outcome: _Outcome, library: Library, decisions: Decisions, versions: str
) -> tuple[_Outcome, dict[Pair, str]]:
    """Tell versions from doubts: give what is left, and the links by the first places of both.

    Where they are to be joined, links are those that something spoke against.
    """
    by_id = {library[old].id: place for place, places in enumerate(outcome.places) for old in places}
    pairs = version_pairs(outcome.references, _decided(decisions.different, by_id))
    if versions == "merge" and (groups := version_groups(outcome.references, pairs)):
        reasons = {place: f"two versions: {reason}" for pair, reason in pairs.items() for place in pair}
        found = Partition(groups, {}, reasons)
        references, places, noticed = _joined(outcome.references, outcome.places, found, versions=True)
        doubts = _still_open({(a, b): reason for a, b, reason in outcome.doubts}, places)
        outcome = _Outcome(references, places, doubts, (*outcome.findings, *noticed))
        pairs = {}
    links = {(outcome.places[a][0], outcome.places[b][0]): reason for (a, b), reason in pairs.items()}
    return outcome._replace(doubts=tuple(doubt for doubt in outcome.doubts if doubt[:2] not in links)), links


def _known(preset: str) -> str:
    if preset not in PRESETS:
        raise UnknownName("preset", preset, PRESETS)
    return preset


def _rounds(library: Library, decisions: Decisions, preset: str, progress: Progress | None) -> _Outcome:
    current = library.references
    index = Index()
    numbers = _numbered(current, index, progress)
    places: tuple[tuple[int, ...], ...] = tuple((place,) for place in range(len(current)))
    findings: list[Finding] = []
    doubts: dict[tuple[int, int], str] = {}
    judge = Judge(index.forms, facts_of([index.forms[number] for number in numbers]), preset)
    while True:
        rulings = rule(index.pairs(set(numbers)), judge)
        same, different = _judged(current, library.aliases, decisions)
        found = join(numbers, rulings, judge, same=same, different=different)
        for (a, b), reason in found.doubts.items():
            ends = (places[a][0], places[b][0])
            doubts.pop(ends, None)  # the later reason goes to the end: of two for one pair, the last counts
            doubts[ends] = reason
        if not found.groups:
            return _Outcome(current, places, _still_open(doubts, places), tuple(findings))
        known = {id(reference): number for reference, number in zip(current, numbers, strict=True)}
        current, places, noticed = _joined(current, places, found)
        findings += noticed
        numbers = [
            known[id(reference)] if id(reference) in known else index.add(form_of(reference)) for reference in current
        ]
        facts = facts_of([index.forms[number] for number in numbers])
        if facts != judge.facts:
            judge = Judge(index.forms, facts, preset)
            index.restart()


def _numbered(references: Sequence[Reference], index: Index, progress: Progress | None) -> list[int]:
    """Put references into an index; give the number of the forms of each."""
    numbers = []
    for done, reference in enumerate(references):
        if progress and done % _TOLD_EVERY == 0:
            progress("duplicates", done, len(references))
        numbers.append(index.add(form_of(reference)))
    if progress:
        progress("duplicates", len(references), len(references))
    return numbers


def _judged(
    references: Sequence[Reference], aliases: dict[str, str], decisions: Decisions
) -> tuple[dict[Pair, str], frozenset[Pair]]:
    """Give the pairs of places that people called the same, with reasons, and those that they called different."""
    if not decisions.same and not decisions.different:
        return {}, frozenset()
    by_id = {reference.id: place for place, reference in enumerate(references) if reference.id}
    by_id |= {old: by_id[kept] for old, kept in aliases.items() if kept in by_id and old not in by_id}
    return _decided(decisions.same, by_id), frozenset(_decided(decisions.different, by_id))


def _decided(groups: Sequence[Judged], by_id: dict[str, int]) -> dict[Pair, str]:
    pairs: dict[Pair, str] = {}
    for group in groups:
        known = sorted({by_id[identity] for identity in group.ids if identity in by_id})
        pairs |= {(a, b): group.reason for at, a in enumerate(known) for b in known[at + 1 :]}
    return pairs


def _joined(
    references: Sequence[Reference], places: Sequence[tuple[int, ...]], found: Partition, *, versions: bool = False
) -> tuple[tuple[Reference, ...], tuple[tuple[int, ...], ...], list[Finding]]:
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


def _still_open(
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


def _link(a: Reference, b: Reference, reason: str) -> Finding:
    message = f"Two versions of one text, both kept: {name_of(a)} and {name_of(b)} ({reason})."
    return Finding.of("AB504", message, origin=b.origin, reference=a.id, related=(b.id,))


def _doubt(a: Reference, b: Reference, reason: str) -> Finding:
    message = f"Perhaps one work: {name_of(a)} and {name_of(b)} ({reason}); ids {a.id} and {b.id}."
    return Finding.of("AB501", message, origin=b.origin, reference=a.id, related=(b.id,))
