"""Does a record speak against a DOI that somebody stated for a work? Believed until it does, and then how loudly.

In come a reference and the record of its DOI, both without the DOI, which must not speak for its record here; out comes
an `Objection`, or None. Somebody said that the two are one, so less is asked for than in a search. But a title of which
only the beginning is the other's, or that many works have, or none at all says little: then people and place must
bear it out, and what they contradict is another work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from alliancebib.matching.agreement import agree
from alliancebib.matching.evidence import Evidence, Title, relate_titles, weigh
from alliancebib.matching.forms import Forms, form_of
from alliancebib.matching.people import People
from alliancebib.matching.places import Clashes, clashes, elsewhere, two_places
from alliancebib.matching.scripts import other_scripts
from alliancebib.matching.titles import title_form
from alliancebib.matching.verdict import rule_on
from alliancebib.model import Reference

__all__ = ["Objection", "as_titled", "objection_to"]

#: Titles with fewer words that mean something are told apart by their place.
_SHORT = 4
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
    ours, theirs = form_of(reference), form_of(record)
    evidence = weigh(ours, theirs)
    if not ours.title.core or not theirs.title.core or other_scripts(ours.title.core, theirs.title.core):
        return _without_titles(ours, theirs, evidence)
    places = clashes(ours, theirs)
    if reason := two_places(places):
        return Objection(reason, sure=True)
    borne_out = _is_borne_out(reference, record, evidence)
    ruling = rule_on(ours, theirs)
    if not borne_out and ruling.verdict == "different":
        return Objection(ruling.reasons[0], sure=True)
    relation = relate_titles(ours, theirs)
    whole = ours.title.core == theirs.title.core or relation.kind in (Title.EQUAL, Title.NEAR)
    if reason := _too_little(ours, theirs, evidence, places, whole=whole):
        return Objection(reason, sure=False)
    likely = relation.kind is not Title.UNLIKE and evidence.people not in _STRANGERS
    if borne_out or (likely and (whole or relation.length >= _SHORT or _is_supported(evidence))):
        return None
    return Objection(ruling.reasons[0], sure=False)


def _too_little(ours: Forms, theirs: Forms, evidence: Evidence, places: Clashes, *, whole: bool) -> str:
    """Say that a title that is not the same, or that many works have, is not borne out by the place."""
    generic = ours.title.generic or theirs.title.generic
    telling = not generic and min(ours.title.length, theirs.title.length) >= _SHORT
    if not (whole and telling) and (reason := elsewhere(places, whole=whole, telling=telling)):
        return reason
    if generic and evidence.container is False and not _is_placed(evidence):
        return "many works have such a title, and the containers differ"
    return ""


def _is_borne_out(reference: Reference, record: Reference, evidence: Evidence) -> bool:
    """Say whether title, people and year of a record speak for a stated DOI, as far as both have them."""
    people = not reference.author or not record.author or agree("author", reference.author, record.author)
    near = reference.year is None or record.year is None or abs(reference.year - record.year) <= 1
    if not people or not near or not agree("title", reference.title, record.title):
        return False
    short, long = sorted((title_form(work.title) for work in (reference, record)), key=lambda title: len(title.core))
    if short.core == long.core or short.length >= _SHORT:
        return True
    # The beginning of a title is a title of its own; who wrote it, or where it stands, must say that it is this one.
    cut = short.core == long.head and not short.generic and evidence.people is People.SAME
    return cut or _is_supported(evidence)


def _is_supported(evidence: Evidence) -> bool:
    return _is_placed(evidence) or (evidence.people is People.SAME and evidence.container is not False)


def _is_placed(evidence: Evidence) -> bool:
    return evidence.located or evidence.volume is True or (evidence.pages > 0 and evidence.volume is not False)


def _without_titles(ours: Forms, theirs: Forms, evidence: Evidence) -> Objection | None:
    """Judge by people, year and place alone: a title is missing, or in another script."""
    if evidence.located:
        return None
    against = list(_contradictions(ours, theirs, evidence))
    if evidence.people in _STRANGERS or len(against) > 1:
        return Objection("; ".join(against), sure=True)
    agreed = (evidence.people is People.SAME, evidence.pages > 0, evidence.volume is True, evidence.container is True)
    if against:
        return None if sum(agreed) >= _OUTWEIGH else Objection(against[0], sure=False)
    unreadable = bool(ours.title.text) and not ours.title.core
    return Objection("nothing of it can be compared", sure=False) if unreadable and not any(agreed) else None


def _contradictions(ours: Forms, theirs: Forms, evidence: Evidence) -> Iterator[str]:
    if evidence.people in _STRANGERS:
        yield next(reason for reason in evidence.reasons if "uthors" in reason)
    if ours.year and theirs.year and abs(ours.year - theirs.year) > 1:
        yield f"year {ours.year} against {theirs.year}"
    if evidence.container is False and not other_scripts(ours.outlet, theirs.outlet):
        yield "containers differ"
    if evidence.volume is False:
        yield f"volume {ours.volume} against {theirs.volume}"
    if evidence.pages == -1:
        yield f"pages {ours.pages[0]} against {theirs.pages[0]}"
