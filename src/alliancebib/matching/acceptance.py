"""Is a service's record the work that a reference means? A DOI is attached only when the evidence is enough.

In come a reference and candidates, out comes a `Judgement`: the one accepted, or the best three with what speaks for
and against them. How probable a candidate is tells the text that the reference was read from (`recognition`), for a
parser may have erred, or its fields where it came as fields (`weighing`). What speaks against a record is one list for
both (`objections`); such a record is shown, but neither taken nor a rival of the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from alliancebib.lock import THRESHOLD
from alliancebib.matching.containers import same_container
from alliancebib.matching.evidence import Title, relate_titles
from alliancebib.matching.forms import Forms, form_of
from alliancebib.matching.objections import first_objection
from alliancebib.matching.pairs import Pair, Text, pair_of
from alliancebib.matching.recognition import recognise, without_rivals
from alliancebib.matching.results import Judgement, Proposal
from alliancebib.matching.support import lack_of
from alliancebib.matching.traces import said
from alliancebib.matching.weighing import facts_of, probabilities
from alliancebib.model import Reference

__all__ = ["judge"]

#: Spans of a string in which the work is not described.
_NOT_SAID = frozenset(["link_title", "url", "doi", "accessed", "number"])
#: A name, and pages that were taken for a part of it. Matches every text.
_PAGES_BEHIND = re.compile(r"(.*?)(?:,\s*(\d[\d–-]*))?", re.DOTALL)
#: A candidate that is less probable is no proposal.
_WORTH_SHOWING = 0.02
_SHOWN = 3
#: How much better the best must be than the next one, in the unit of the weights.
_MARGIN = 1.0


class _Case(NamedTuple):
    """A candidate, how probable it is, what was seen of it, and what speaks against it; "" for nothing."""

    candidate: Reference
    probability: float
    reasons: tuple[str, ...]
    objection: str = ""

    @property
    def proposal(self) -> Proposal:
        reasons = tuple(dict.fromkeys(filter(None, (self.objection, *self.reasons))))
        return Proposal(candidate=self.candidate, probability=self.probability, reasons=reasons)


def judge(reference: Reference, candidates: Sequence[Reference], *, threshold: float = THRESHOLD) -> Judgement:
    """Say which candidate is the work that the reference means, if any.

    Proposals are the best three that are at all like it; there may be none.

    Args:
        reference: What is to be completed.
        candidates: Records of a service, each with a DOI.
        threshold: The probability (0 to 1) from which a candidate is accepted.
    """
    read = bool(reference.spans and reference.origin.raw)
    cases = _recognised(reference, candidates) if read else _compared(reference, candidates)
    # What nothing contradicts goes first where it is likely enough to be taken.
    cases.sort(key=lambda case: (bool(case.objection) or case.probability < threshold, -case.probability))
    if not cases:
        return Judgement(reason="there is no candidate" if read else "no candidate has a title like this")
    best = cases[0]
    objection = best.objection
    if not objection and not best.candidate.doi:
        objection = "the best candidate has no DOI"
    if not objection and best.probability < threshold:
        objection = f"probability {best.probability:.2f} is below {threshold:.2f}"
    return Judgement(
        accepted=None if objection else best.candidate,
        probability=best.probability,
        # By its fields a candidate has a title like this, whatever speaks against it.
        proposals=tuple(case.proposal for case in cases if not read or case.probability >= _WORTH_SHOWING)[:_SHOWN],
        reason=objection or "; ".join(best.proposal.reasons),
    )


def _recognised(reference: Reference, candidates: Sequence[Reference]) -> list[_Case]:
    """Judge by the text; without those that it contradicts the others have fewer rivals, and are surer."""
    ours, text = form_of(reference), _said(reference)
    string = said(text)
    free, spoken_against = [], []
    for one in recognise(text, candidates):
        reason = first_objection(pair_of(reference, one.candidate, ours=ours, text=Text(string, one.traces)))
        if reason:
            spoken_against.append(_Case(one.candidate, one.probability, one.reasons, reason))
        else:
            free.append(one)
    return [_Case(one.candidate, one.probability, one.reasons) for one in without_rivals(free)] + spoken_against


def _said(reference: Reference) -> str:
    """Give the text without what stands in front of it or belongs to the net: a link's title, addresses, DOIs."""
    raw = list(reference.origin.raw)
    for span in reference.spans:
        if span.field in _NOT_SAID:
            raw[span.start : span.end] = " " * (span.end - span.start)
    return "".join(raw)


def _compared(reference: Reference, candidates: Sequence[Reference]) -> list[_Case]:
    """Judge by the fields."""
    ours, part = form_of(reference), _as_part(reference)
    pairs = [
        pair_of(reference, one, ours=_reading(ours, part, theirs), theirs=theirs)
        for one, theirs in ((one, form_of(one)) for one in candidates)
    ]
    pairs = [pair for pair in pairs if _is_alike(pair)]
    recurring = _recurs([pair.theirs for pair in pairs], ours)
    against = [first_objection(pair) for pair in pairs]
    free = [pair for pair, reason in zip(pairs, against, strict=True) if not reason]
    refused = [(pair, reason) for pair, reason in zip(pairs, against, strict=True) if reason]
    lacking = [lack_of(pair, recurring=recurring) for pair in free]
    weighed = probabilities([facts_of(pair, contradicted=False) for pair in free])
    told = _with_rivals(free, lacking, [weight for weight, _ in weighed])
    cases = [_case(pair, sure, reason) for pair, (_, sure), reason in zip(free, weighed, told, strict=True)]
    others = probabilities([facts_of(pair, contradicted=True) for pair, _ in refused])
    return cases + [_case(pair, sure, reason) for (pair, reason), (_, sure) in zip(refused, others, strict=True)]


def _case(pair: Pair, probability: float, objection: str) -> _Case:
    return _Case(pair.record, probability, (pair.relation.reason, *pair.evidence.reasons), objection)


def _with_rivals(pairs: Sequence[Pair], lacking: Sequence[str], weights: Sequence[float]) -> list[str]:
    """Give what is lacking of each pair; where two are as good, none of those that lack nothing may be taken."""
    told = list(lacking)
    able = sorted((place for place in range(len(pairs)) if not lacking[place]), key=lambda place: -weights[place])
    others = [place for place in able if pairs[place].record.doi != pairs[able[0]].record.doi]
    if others and weights[able[0]] - weights[others[0]] < _MARGIN:
        first, second = (pairs[place].record.doi for place in (able[0], others[0]))
        for place in able:  # nor may a third one be taken instead
            told[place] = f"two candidates are as good: {first} and {second}"
    return told


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


def _is_alike(pair: Pair) -> bool:
    return pair.relation.kind in (Title.EQUAL, Title.NEAR, Title.EXTENDED) or pair.located


def _recurs(forms: Sequence[Forms], ours: Forms) -> bool:
    """Say whether candidates of several authors have this very title."""
    same = [theirs for theirs in forms if relate_titles(ours, theirs).kind is Title.EQUAL]
    return len({theirs.authors[0].stem for theirs in same if theirs.authors}) > 1
