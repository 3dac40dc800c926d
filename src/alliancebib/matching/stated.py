"""Does a record speak against a DOI that somebody stated for a work? Believed until it does, and then how loudly.

In come a reference and the record of its DOI, both without the DOI, which must not speak for its record here; out comes
an `Objection`, or None. Somebody said that the two are one, so of the vetoes of `objections` only the grave ones count,
and most of these not where title, people and year bear the DOI out. But a title of which only the beginning is the
other's, or that many works have, or none at all says little: then people and place must speak for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from alliancebib.matching.agreement import agree
from alliancebib.matching.evidence import Evidence, Title
from alliancebib.matching.languages import other_languages
from alliancebib.matching.objections import Gravity, first_objection
from alliancebib.matching.pairs import SHORT, Pair, pair_of
from alliancebib.matching.people import People
from alliancebib.matching.scripts import other_scripts
from alliancebib.matching.titles import title_form
from alliancebib.matching.verdict import rule_on
from alliancebib.model import Reference

__all__ = ["Objection", "as_titled", "objection_to"]

#: So many agreements of other fields outweigh one contradiction where no title can speak.
_OUTWEIGH = 2
_STRANGERS = (People.DIFFERENT, People.NAMESAKES)


class Objection(NamedTuple):
    """Why a record is not, or perhaps not, the work; ``sure`` where it is another one."""

    reason: str
    sure: bool


def as_titled(reference: Reference, record: Reference) -> Reference:
    """Give a record under its original title where that is what the reference has: translated records have both."""
    original = record.extra.get("original-title")
    if (
        not isinstance(original, str)
        or not original
        or not reference.title
        or agree("title", reference.title, record.title)
    ):
        return record
    other = msgspec.structs.replace(record, title=original)
    if not agree("title", reference.title, original) and not other_scripts(reference.title, record.title):
        return record
    return other


def objection_to(reference: Reference, record: Reference) -> Objection | None:
    """Say what of a stated DOI's record speaks against it."""
    pair = pair_of(reference, record)
    ours, theirs = pair.ours.title, pair.theirs.title
    if not ours.core or not theirs.core or other_scripts(ours.core, theirs.core):
        return _without_titles(pair)
    if reason := first_objection(pair, above=Gravity.ANOTHER):
        return Objection(reason, sure=True)
    borne_out = _is_borne_out(pair)
    if not borne_out and (found := _another_work(pair)):
        return found
    if reason := _in_doubt(pair):
        return Objection(reason, sure=False)
    whole = ours.core == theirs.core or pair.whole
    likely = pair.relation.kind is not Title.UNLIKE and pair.evidence.people not in _STRANGERS
    if borne_out or (likely and (whole or pair.relation.length >= SHORT or _is_supported(pair.evidence))):
        return None
    return Objection(pair.relation.reason, sure=False)


def _another_work(pair: Pair) -> Objection | None:
    """Say that a record is of another work, or perhaps of one, where title, people and year do not bear it out."""
    if reason := first_objection(pair, above=Gravity.UNLESS_BORNE_OUT, below=Gravity.UNLESS_BORNE_OUT):
        return Objection(reason, sure=True)
    # The year is asked about by itself, as a work has several and one is easily mistyped.
    ours, theirs = (msgspec.structs.replace(forms, year=None, years=(), day=None) for forms in (pair.ours, pair.theirs))
    ruling = rule_on(ours, theirs)
    if ruling.verdict != "different":
        return None
    return Objection(ruling.reasons[0], sure=not _may_be_translated(pair))


def _may_be_translated(pair: Pair) -> bool:
    """Say whether unlike titles may be one in two languages: people and place agree, as far as both are known."""
    evidence = pair.evidence
    if pair.relation.kind is not Title.UNLIKE or not pair.same_people or pair.years_apart > 1:
        return False
    if evidence.volume is False or evidence.pages == -1 or evidence.container is False:
        return False
    return other_languages(pair.reference, pair.record) and (evidence.container is True or pair.placed)


def _in_doubt(pair: Pair) -> str:
    """Say what is doubtful: the place of a title that is not the same or that many have; the year of what little is."""
    if pair.whole and pair.telling and not pair.years_apart > 1:
        return ""
    return first_objection(pair, above=Gravity.DOUBT, below=Gravity.DOUBT)


def _is_borne_out(pair: Pair) -> bool:
    """Say whether title, people and year of a record speak for a stated DOI, as far as both have them."""
    reference, record = pair.reference, pair.record
    people = not reference.author or not record.author or agree("author", reference.author, record.author)
    if not people or pair.years_apart > 1 or not agree("title", reference.title, record.title):
        return False
    short, long = sorted((title_form(work.title) for work in (reference, record)), key=lambda title: len(title.core))
    if short.core == long.core or short.length >= SHORT:
        return True
    # The beginning of a title is a title of its own; who wrote it, or where it stands, must say that it is this one.
    cut = short.core == long.head and not short.generic and pair.same_people
    return cut or _is_supported(pair.evidence)


def _is_supported(evidence: Evidence) -> bool:
    return _is_placed(evidence) or (evidence.people is People.SAME and evidence.container is not False)


def _is_placed(evidence: Evidence) -> bool:
    return evidence.located or evidence.volume is True or (evidence.pages > 0 and evidence.volume is not False)


def _without_titles(pair: Pair) -> Objection | None:
    """Judge by people, year and place alone: a title is missing, or in another script."""
    evidence = pair.evidence
    if evidence.located:
        return None
    against = list(_contradictions(pair))
    if evidence.people in _STRANGERS or len(against) > 1:
        return Objection("; ".join(against), sure=True)
    agreed = (evidence.people is People.SAME, evidence.pages > 0, evidence.volume is True, evidence.container is True)
    if against:
        return None if sum(agreed) >= _OUTWEIGH else Objection(against[0], sure=False)
    unreadable = bool(pair.reference.title) and not pair.ours.title.core
    return Objection("nothing of it can be compared", sure=False) if unreadable and not any(agreed) else None


def _contradictions(pair: Pair) -> Iterator[str]:
    ours, theirs, evidence = pair.ours, pair.theirs, pair.evidence
    if evidence.people in _STRANGERS:
        yield next(reason for reason in evidence.reasons if "uthors" in reason)
    if pair.years_apart > 1:
        yield f"year {ours.year} against {theirs.year}"
    if evidence.container is False and not other_scripts(ours.outlet, theirs.outlet):
        yield "containers differ"
    if evidence.volume is False:
        yield f"volume {ours.volume} against {theirs.volume}"
    if evidence.pages == -1:
        yield f"pages {ours.pages[0]} against {theirs.pages[0]}"
