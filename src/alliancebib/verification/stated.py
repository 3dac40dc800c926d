"""The verdict on the record of a DOI that a reference states: the same for completing, checking and matching."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from alliancebib.matching import Judgement, Objection, as_titled, judge, mentions, objection_to
from alliancebib.model import Reference
from alliancebib.updates import as_first_published, is_notice

__all__ = ["Stated", "judge_stated"]


class Stated(NamedTuple):
    """How like the record is, and what speaks against it; None where it may be believed."""

    judgement: Judgement
    objection: Objection | None


def judge_stated(reference: Reference, record: Reference, *, threshold: float) -> Stated:
    """Say whether the record of a stated DOI is the work: believed until the record speaks against it.

    The judgement accepts the record, under the DOI that was stated, unless something speaks against it.
    """
    doi = reference.doi.lower()
    # The DOI itself must not speak for its record here, and a record may answer under a newer name.
    before = (reference, record) if is_notice(record) else map(as_first_published, (reference, record))
    unnamed, own = (msgspec.structs.replace(work, doi="") for work in before)
    own = as_titled(unnamed, own)
    judged = judge(unnamed, [msgspec.structs.replace(own, doi=doi)], threshold=threshold)
    objection = None if judged.accepted else _objection(unnamed, own)
    accepted = None if objection else msgspec.structs.replace(record, doi=doi)
    reason = (objection.reason or "the line says nothing of it") if objection else judged.reason
    return Stated(msgspec.structs.replace(judged, accepted=accepted, reason=reason), objection)


def _objection(reference: Reference, record: Reference) -> Objection | None:
    """Say what speaks against a record; of a line that nobody could read no more is asked than that it speaks of it."""
    if not _is_unread(reference):
        return objection_to(reference, record)
    return None if mentions(reference.origin.raw, record) else Objection("", sure=True)


def _is_unread(reference: Reference) -> bool:
    """Say whether the title is (nearly) the whole line, as nothing in the line was understood."""
    whole = len(reference.origin.raw)
    return reference.kind == "document" and not reference.author and len(reference.title) > 0.8 * whole > 0
