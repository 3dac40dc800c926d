"""What is said of candidates and records, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from alliancebib.matching import Judgement, Objection, Proposal
from alliancebib.model import Reference
from alliancebib.rich_text import without_markup

__all__ = ["against_stated", "doubt", "joined", "named", "not_found", "unknown_doi"]


def doubt(judged: Judgement) -> str:
    """Put the best three candidates with what speaks for and against them into one sentence."""
    candidates = "; ".join(f"({place}) {_candidate(proposal)}" for place, proposal in enumerate(judged.proposals, 1))
    return f"No candidate is certain, as {judged.reason}: {candidates}."


def _candidate(proposal: Proposal) -> str:
    work = proposal.candidate
    reasons = ", ".join(proposal.reasons)
    return f"{work.doi} {named(work)}, {proposal.probability:.2f}: {reasons}"


def _short(title: str) -> str:
    title = without_markup(title)
    if not title:
        return "a work without a title"
    return f"'{title}'" if len(title) <= 80 else f"'{title[:77].rstrip()}...'"


def _by_whom(work: Reference) -> str:
    people = work.author or work.editor
    words = [str(people[0].family or people[0].literal) if people else "", str(work.year or "")]
    text = " ".join(word for word in words if word)
    return f" ({text})" if text else ""


def named(work: Reference) -> str:
    """Give a work as "'Title' (First author Year)"."""
    return f"{_short(work.title)}{_by_whom(work)}"


def joined(names: Sequence[str], link: str = "and") -> str:
    """Give names as "a", "a and b", "a, b and c".

    >>> joined(["crossref", "datacite"], "or")
    'crossref or datacite'
    """
    return f" {link} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def against_stated(doi: str, reference: Reference, record: Reference, objection: Objection) -> str:
    """Say that a stated DOI has the record of another work, or perhaps has, and why."""
    verb = "belongs" if objection.sure else "may belong"
    if not objection.reason:
        return f"The DOI {doi} {verb} to {named(record)}, of which the line says nothing."
    return f"The DOI {doi} {verb} to {named(record)}, not to {named(reference)}: {objection.reason}."


def not_found(reference: Reference, services: Sequence[str], nearest: Sequence[Reference] = ()) -> str:
    """Say that services know no such work, which works they have that come nearest, and that this proves nothing."""
    verb = "knows" if len(services) == 1 else "know"
    works = "; ".join(f"({place}) {work.doi} {named(work)}" for place, work in enumerate(nearest, 1))
    rest = f" The nearest: {works}." if works else ""
    return f"{joined(services)} {verb} no work like {named(reference)}; this is no proof of anything.{rest}"


def unknown_doi(doi: str, services: Sequence[str]) -> str:
    """Say that no service has a DOI; it is no proof, as other agencies have DOIs as well."""
    verb = "has" if len(services) == 1 else "have"
    return f"{joined(services)} {verb} no record of the DOI {doi}; it may be mistyped, or registered elsewhere."
