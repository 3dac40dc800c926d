"""A library becomes one in which each work stands once: clusters are joined, doubts shown, nothing lost.

In comes a library, out comes one with fewer references, with findings for each join, doubt and pair of versions; or the
clusters alone; or the verdict on two references.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from alliancebib.decisions import Decisions
from alliancebib.errors import UnknownName
from alliancebib.finding import Finding
from alliancebib.library import Library
from alliancebib.matching.census import facts_of
from alliancebib.matching.clusters import Pair, Partition
from alliancebib.matching.declared import with_declared
from alliancebib.matching.forms import Forms, form_of
from alliancebib.matching.merging import name_of
from alliancebib.matching.results import Clusters, Comparison, Doubt, Progress, Versions
from alliancebib.matching.rounds import Outcome, decided_pairs, joined_in, make_rounds, still_open
from alliancebib.matching.ruling import NO_FACTS, Facts
from alliancebib.matching.verdict import PRESETS, rule_on
from alliancebib.matching.versions import version_groups, version_pairs
from alliancebib.model import Reference, reference_id
from alliancebib.variables import OTHER_VERSIONS

__all__ = ["VERSIONS", "Deduplicated", "compare", "dedupe", "deduplicated", "find_clusters", "with_ids"]

#: What becomes of two versions of one text.
VERSIONS = ("link", "merge")


class Deduplicated(NamedTuple):
    """A library in which each work stands once, and what was joined, doubted and linked on the way."""

    library: Library
    clusters: Clusters


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
    """Give the library of `deduplicated` alone: `alliancebib.pipeline.dedupe` without what follows the keys.

    A merged reference stands where its first member stood and keeps its id and key; ``aliases`` leads from the ids of
    the others to it. Findings: AB502 for each join, AB503 where values differ, AB501 for each doubt, AB504 for each
    pair of versions.
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
    """Give what `dedupe` and `find_clusters` give, in one run; references without an id get one.

    Raises:
        UnknownName: There is no such preset, or no such way to treat versions.
    """
    if versions not in VERSIONS:
        raise UnknownName("way to treat versions", versions, VERSIONS)
    library = with_ids(library)
    decisions = with_declared(decisions.by_id(library), library)
    outcome = make_rounds(library, decisions, _known(preset), progress)
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


def with_ids(library: Library) -> Library:
    """Give a library of which every reference has an id: those made by hand may have none, and get one by place."""
    if all(reference.id for reference in library):
        return library
    taken = {reference.id for reference in library}
    named = []
    for place, reference in enumerate(library):
        new = reference.id
        number = 0
        while not new or (not reference.id and new in taken):
            new, number = reference_id("", f"reference {place}", number), number + 1
        taken.add(new)
        named.append(reference if reference.id else replace(reference, id=new))
    return library.with_references(named)


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


def _clusters(library: Library, outcome: Outcome, links: Mapping[Pair, str]) -> Clusters:
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
    outcome: Outcome, library: Library, decisions: Decisions, versions: str
) -> tuple[Outcome, dict[Pair, str]]:
    """Tell versions from doubts: give what is left, and the links by the first places of both.

    Where they are to be joined, links are those that something spoke against.
    """
    by_id = {library[old].id: place for place, places in enumerate(outcome.places) for old in places}
    pairs = version_pairs(outcome.references, decided_pairs(decisions.different, by_id))
    if versions == "merge" and (groups := version_groups(outcome.references, pairs)):
        reasons = {place: f"two versions: {reason}" for pair, reason in pairs.items() for place in pair}
        found = Partition(groups, {}, reasons)
        references, places, noticed = joined_in(outcome.references, outcome.places, found, versions=True)
        doubts = still_open({(a, b): reason for a, b, reason in outcome.doubts}, places)
        outcome = Outcome(references, places, doubts, (*outcome.findings, *noticed))
        pairs = {}
    links = {(outcome.places[a][0], outcome.places[b][0]): reason for (a, b), reason in pairs.items()}
    return outcome._replace(doubts=tuple(doubt for doubt in outcome.doubts if doubt[:2] not in links)), links


def _known(preset: str) -> str:
    if preset not in PRESETS:
        raise UnknownName("preset", preset, PRESETS)
    return preset


def _link(a: Reference, b: Reference, reason: str) -> Finding:
    message = f"Two versions of one text, both kept: {name_of(a)} and {name_of(b)} ({reason})."
    return Finding.of("AB504", message, origin=b.origin, reference=a.id, related=(b.id,))


def _doubt(a: Reference, b: Reference, reason: str) -> Finding:
    message = f"Perhaps one work: {name_of(a)} and {name_of(b)} ({reason}); ids {a.id} and {b.id}."
    return Finding.of("AB501", message, origin=b.origin, reference=a.id, related=(b.id,))
