"""Is a service's record the work that a reference means? A DOI is attached only when the evidence is enough.

In come a reference and candidates, out comes a `Judgement`: the one accepted, or the best three with what speaks for
and against them. What was read from a string is judged by the string itself (`recognition`), for a parser may have
erred; what came as fields by the fields: title, author and year must support the candidate. There the probability is
logistic in a sum of weights that are set by hand so that what a person would call certain passes .9 (title of five
words, author and year agree), and what is merely likely does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from alliancebib.lock import THRESHOLD
from alliancebib.matching.containers import same_container, same_publisher
from alliancebib.matching.contradictions import contradiction
from alliancebib.matching.evidence import Evidence, Relation, Title, relate_titles, weigh
from alliancebib.matching.forms import Forms, Group, form_of
from alliancebib.matching.people import People
from alliancebib.matching.places import clashes, elsewhere
from alliancebib.matching.recognition import Recognition, recognise, without_rivals
from alliancebib.matching.results import Judgement, Proposal
from alliancebib.matching.traces import said
from alliancebib.matching.vetoes import veto
from alliancebib.matching.works import VERSIONS
from alliancebib.model import Reference

__all__ = ["judge"]

#: What a candidate must overcome: most records that a search gives are other works.
_PRIOR = -5.0
#: Meaningful words of an equal title -> weight; the largest number that is not above the title's counts.
_TITLE = {0: 0.0, 1: 1.0, 2: 2.0, 3: 2.3, 4: 2.8, 5: 4.0, 8: 4.5}
_PEOPLE = {People.SAME: 2.5, People.OVERLAP: 0.0, People.UNKNOWN: 0.0, People.NAMESAKES: -5.0, People.DIFFERENT: -5.0}
_PAGES = {2: 2.5, 1: 1.5, 0: 0.0, -1: -2.0}
#: Years apart -> weight; more is worse than the largest.
_YEARS = {0: 1.5, 1: 0.5}
_OTHER_YEAR = -4.0
#: A name, and pages that were taken for a part of it. Matches every text.
_PAGES_BEHIND = re.compile(r"(.*?)(?:,\s*(\d[\d–-]*))?", re.DOTALL)
#: How much better the best must be than the next one, in the unit of the weights.
_MARGIN = 1.0
#: What stands as the container of a reference that means a preprint or a paper of a series.
_PREPRINT = re.compile(r"rxiv|preprint|ssrn|repec|research square|(?:working|discussion) papers?\b", re.IGNORECASE)
#: Spans of a string in which the work is not described.
_NOT_SAID = frozenset(["link_title", "url", "doi", "accessed", "number"])
#: A candidate that is less probable is no proposal.
_WORTH_SHOWING = 0.02
_SHOWN = 3
#: Titles with fewer meaningful words are told apart by their place, not by themselves.
_SHORT = 4


class _Case(NamedTuple):
    """A candidate with all that was weighed."""

    candidate: Reference
    relation: Relation
    evidence: Evidence
    vetoed: str
    weight: float
    objection: str

    @property
    def probability(self) -> float:
        return round(1 / (1 + math.exp(-max(min(self.weight, 30.0), -30.0))), 4)

    @property
    def proposal(self) -> Proposal:
        reasons = (self.vetoed, self.relation.reason, *self.evidence.reasons)
        return Proposal(
            candidate=self.candidate,
            probability=self.probability,
            reasons=tuple(dict.fromkeys(reason for reason in reasons if reason)),
        )


def judge(reference: Reference, candidates: Sequence[Reference], *, threshold: float = THRESHOLD) -> Judgement:
    """Say which candidate is the work that the reference means, if any.

    Proposals are the best three whose titles are at all alike; there may be none.

    Args:
        reference: What is to be completed.
        candidates: Records of a service, each with a DOI.
        threshold: The probability (0 to 1) from which a candidate is accepted.
    """
    if reference.spans and reference.origin.raw:
        return _recognised(reference, candidates, threshold)
    return _compared(reference, candidates, threshold)


def _recognised(reference: Reference, candidates: Sequence[Reference], threshold: float) -> Judgement:
    """Judge by the string; what the string contradicts is shown, but neither taken nor a rival of the others."""
    text = _string(reference)
    found = recognise(text, candidates)
    if not found:
        return Judgement(reason="there is no candidate")
    cases = sorted(_unrivalled(reference, text, found), key=lambda case: -case[0].probability)
    # What nothing contradicts goes first where it is likely enough to be taken.
    cases.sort(key=lambda case: bool(case[1]) or case[0].probability < threshold)
    proposals = tuple(
        Proposal(candidate=one.candidate, probability=one.probability, reasons=(*filter(None, (reason,)), *one.reasons))
        for one, reason in cases
        if one.probability >= _WORTH_SHOWING
    )[:_SHOWN]
    best, objection = cases[0]
    if not objection and not best.candidate.doi:
        objection = "the best candidate has no DOI"
    if not objection and best.probability < threshold:
        objection = f"probability {best.probability:.2f} is below {threshold:.2f}"
    return Judgement(
        accepted=None if objection else best.candidate,
        probability=best.probability,
        proposals=proposals,
        reason=objection or "; ".join(best.reasons),
    )


def _unrivalled(reference: Reference, text: str, found: Sequence[Recognition]) -> list[tuple[Recognition, str]]:
    """Give candidates with what contradicts them, and those that nothing contradicts as if they were all there are."""
    string, ours = said(text), form_of(reference)
    judged = [(one, contradiction(reference, ours, string, one)) for one in found]
    free = without_rivals([one for one, reason in judged if not reason])
    return [*((one, "") for one in free), *((one, reason) for one, reason in judged if reason)]


def _string(reference: Reference) -> str:
    """Give the string without what stands in front of it or belongs to the net: a link's title, addresses, DOIs."""
    raw = list(reference.origin.raw)
    for span in reference.spans:
        if span.field in _NOT_SAID:
            raw[span.start : span.end] = " " * (span.end - span.start)
    return "".join(raw)


def _compared(reference: Reference, candidates: Sequence[Reference], threshold: float) -> Judgement:
    ours = form_of(reference)
    forms = [form_of(candidate) for candidate in candidates]
    recurring = _recurs(ours, forms)
    other_reading = _as_part(reference)
    cases = [
        _weighed(_reading(ours, other_reading, theirs), theirs, candidate, recurring=recurring)
        for theirs, candidate in zip(forms, candidates, strict=True)
    ]
    cases = [case for case in cases if _is_alike(case)]
    cases.sort(key=lambda case: (-case.weight, case.candidate.doi))
    if not cases:
        return Judgement(reason="no candidate has a title like this")
    best = cases[0]
    objection = _objection(cases, threshold)
    return Judgement(
        accepted=None if objection else best.candidate,
        probability=best.probability,
        proposals=tuple(case.proposal for case in cases[:3]),
        reason=objection or "; ".join(best.proposal.reasons),
    )


def _as_part(reference: Reference) -> Forms | None:
    """Read a book's publisher as a container: in "Author (Year). Title. Name." the name may be either.

    Gives None for what is no such line.
    """
    if reference.kind != "book" or reference.container_title or reference.isbn or not reference.publisher:
        return None
    match = _PAGES_BEHIND.fullmatch(reference.publisher)
    name, pages = match.groups("") if match else (reference.publisher, "")
    changes = {"kind": "document", "container_title": name, "publisher": "", "page": reference.page or pages}
    return form_of(msgspec.structs.replace(reference, **changes))


def _reading(ours: Forms, other: Forms | None, theirs: Forms) -> Forms:
    """Give the other reading of the reference where it agrees with the candidate's container."""
    return other if other is not None and same_container(other.container, theirs.container) else ours


def _is_alike(case: _Case) -> bool:
    return case.relation.kind in (Title.EQUAL, Title.NEAR, Title.EXTENDED) or case.evidence.located


def _recurs(ours: Forms, forms: Sequence[Forms]) -> bool:
    """Say whether candidates of several authors have this very title."""
    same = [theirs for theirs in forms if relate_titles(ours, theirs).kind is Title.EQUAL]
    return len({theirs.authors[0].stem for theirs in same if theirs.authors}) > 1


def _weighed(ours: Forms, theirs: Forms, candidate: Reference, *, recurring: bool) -> _Case:
    relation, evidence = relate_titles(ours, theirs), weigh(ours, theirs)
    vetoed = veto(ours, theirs)
    weight = _PRIOR + _title_weight(ours, theirs, relation) + _place_weight(evidence)
    weight += _PEOPLE[evidence.people] + _year_weight(ours, theirs) + _kind_weight(ours, theirs)
    if vetoed:
        weight = min(weight, 0.0) - 4.0
    if ours.doi and theirs.doi:
        weight += 4.0 if evidence.same_doi else -6.0
    generic = ours.title.generic or theirs.title.generic or recurring or relation.length < _SHORT
    objection = (
        vetoed
        or _unsupported(ours, theirs, relation, evidence, generic=generic)
        or _elsewhere(ours, theirs, relation, evidence, telling=not generic)
        or _version(ours, theirs, candidate, evidence)
    )
    return _Case(candidate, relation, evidence, vetoed, weight, objection)


def _title_weight(ours: Forms, theirs: Forms, relation: Relation) -> float:
    if relation.kind is Title.EQUAL:
        generic = ours.title.generic or theirs.title.generic
        return 0.3 if generic else _TITLE[max(words for words in _TITLE if words <= relation.length)]
    if relation.kind is Title.EXTENDED:
        return 2.2 if relation.length >= _SHORT and _is_subtitle(ours, theirs) else 0.0
    if relation.kind is Title.NEAR:
        return 1.5 if relation.length >= _SHORT else 0.0
    return 0.0 if relation.kind is Title.MISSING else -6.0


def _is_subtitle(ours: Forms, theirs: Forms) -> bool:
    """Say whether one title is the other without its subtitle, or cut off; a number in the rest makes it a part."""
    first, second = ours.title, theirs.title
    return first.numbers == second.numbers and (
        first.core.startswith(second.core) or second.core.startswith(first.core)
    )


def _place_weight(evidence: Evidence) -> float:
    weight = _PAGES[evidence.pages]
    if evidence.volume is not None:
        weight += 1.0 if evidence.volume else -1.5
    if evidence.container is not None:
        placed = evidence.volume and evidence.pages > 0
        weight += 1.5 if evidence.container else (-0.5 if placed else -2.0)
    return weight


def _year_weight(ours: Forms, theirs: Forms) -> float:
    if ours.year is None or theirs.year is None:
        return 0.0
    return _YEARS.get(abs(ours.year - theirs.year), _OTHER_YEAR)


def _kind_weight(ours: Forms, theirs: Forms) -> float:
    weight = 0.0
    if Group.ANY not in (ours.group, theirs.group) and ours.group is not theirs.group:
        weight -= 1.5
    if ours.group is theirs.group is Group.BOOK and same_publisher(ours.publisher, theirs.publisher):
        weight += 1.0
    if _full_names_agree(ours, theirs):
        weight += 0.5
    return weight


def _full_names_agree(ours: Forms, theirs: Forms) -> bool:
    if not ours.authors or not theirs.authors:
        return False
    one, other = ours.authors[0], theirs.authors[0]
    return bool(one.given and other.given) and one.given[0] == other.given[0] and len(one.given[0]) > 2


def _unsupported(ours: Forms, theirs: Forms, relation: Relation, evidence: Evidence, *, generic: bool) -> str:
    """Say which of title, author and year does not support the candidate; "" when all do."""
    located = evidence.located or (evidence.volume is True and evidence.pages > 0)
    if relation.kind not in (Title.EQUAL, Title.NEAR) and not (
        relation.kind is Title.EXTENDED and _is_subtitle(ours, theirs)
    ):
        return f"the title does not support it: {relation.reason}"
    if evidence.people is not People.SAME and not (evidence.people is People.UNKNOWN and located):
        return "the author does not support it"
    if ours.year is None or theirs.year is None:
        return "" if located else "a year is missing"
    if abs(ours.year - theirs.year) > 1:
        return f"the year does not support it: {ours.year} against {theirs.year}"
    borne = ours.title.generic or theirs.title.generic
    if generic and not (located or evidence.same_doi or (evidence.container is True and not borne)):
        return "the title is short or borne by many works, and the place does not support it"
    return ""


def _elsewhere(ours: Forms, theirs: Forms, relation: Relation, evidence: Evidence, *, telling: bool) -> str:
    """Say that the record stands in another place: a part, a reply, a later note of the same name; "" where not."""
    if evidence.same_doi:
        return ""
    whole = relation.kind in (Title.EQUAL, Title.NEAR)
    if reason := elsewhere(clashes(ours, theirs), whole=whole, telling=telling):
        return reason
    apart = evidence.pages == -1 or evidence.volume is False or evidence.container is False
    placed = evidence.pages > 0 and evidence.volume
    if relation.kind is Title.EXTENDED and apart and not placed:
        return f"{relation.reason}, and the place is another"
    return ""


def _version(ours: Forms, theirs: Forms, candidate: Reference, evidence: Evidence) -> str:
    """Say that the record may be another version of the text, which has its own DOI; "" where it is none."""
    if evidence.located:
        return ""
    if frozenset((ours.group, theirs.group)) in VERSIONS:
        return f"perhaps two versions of one text: {ours.group} and {theirs.group}"
    posted = candidate.kind == "article" and not candidate.container_title
    if posted and ours.group is not Group.ANY and not _PREPRINT.search(ours.outlet):
        return "the record is a preprint, or posted by itself, and the reference is not"
    return ""


def _objection(cases: Sequence[_Case], threshold: float) -> str:
    """Say why the best candidate is not accepted; "" when it is."""
    best, *rest = cases
    if best.objection:
        return best.objection
    if not best.candidate.doi:
        return "the best candidate has no DOI"
    if best.probability < threshold:
        return f"probability {best.probability:.2f} is below {threshold:.2f}"
    rivals = [case for case in rest if case.candidate.doi != best.candidate.doi and not case.objection]
    if rivals and best.weight - rivals[0].weight < _MARGIN:
        return f"two candidates are as good: {best.candidate.doi} and {rivals[0].candidate.doi}"
    return ""
