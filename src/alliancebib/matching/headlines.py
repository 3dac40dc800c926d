"""Judges news and web pages: an equal headline at one outlet is one item, at two outlets a question for a person.

Headlines are never matched loosely: "begins" and "ends", or a number that grew, make another item.
"""

from __future__ import annotations

from alliancebib.matching.evidence import Evidence, Relation, Title, relate_titles, weigh
from alliancebib.matching.forms import Forms, Group, other_days
from alliancebib.matching.people import People
from alliancebib.matching.ruling import Ruling

__all__ = ["rule_on_headlines"]

#: Meaningful words from which a headline says something by itself.
LONG_HEADLINE = 4
#: Parts of a date that names a day.
_WHOLE = 3
_OWN_SITE = "the outlet's own site"
#: Parts of hosts that name nobody.
_NAMELESS = frozenset({"com", "org", "net", "gov", "edu", "www", "eng", "news", "web", "blog", "english", "archive"})
#: Signs of the shortest name of an outlet or a site that is compared.
_SHORTEST_NAME = 3
#: Signs from which one slip of the pen in a headline is believed.
_LONG_ENOUGH_FOR_A_SLIP = 60


def rule_on_headlines(a: Forms, b: Forms) -> Ruling:
    """Say whether two headlines are one item."""
    relation, evidence = relate_titles(a, b), weigh(a, b)
    if _is_site_of(a, b) or _is_site_of(b, a):
        evidence = evidence._replace(score=evidence.score + 1, reasons=(*evidence.reasons, _OWN_SITE))
    reasons = (relation.reason, *evidence.reasons)
    address = "same address" in evidence.reasons
    if reason := _contradiction(a, b, evidence):
        return Ruling("different", evidence.score, (reason, *reasons), hard=True)
    if relation.kind is not Title.EQUAL and not (relation.kind is Title.MISSING and address):
        return _unequal(a, b, relation, evidence)
    if not address and (doubt := _two_items(a, b, evidence)):
        return Ruling("maybe", evidence.score, (doubt, *reasons), hard=True)
    if not address and (doubt := _too_little(a, b, relation, evidence)):
        return Ruling("maybe", evidence.score, (doubt, *reasons))
    return Ruling("same", evidence.score, reasons)


def _contradiction(a: Forms, b: Forms, evidence: Evidence) -> str:
    if a.year and b.year and a.year != b.year:
        return f"year {a.year} against {b.year}"
    if evidence.people in (People.DIFFERENT, People.NAMESAKES):
        return "authors differ"
    return "DOIs differ" if a.doi and b.doi and not evidence.same_doi else ""


def _unequal(a: Forms, b: Forms, relation: Relation, evidence: Evidence) -> Ruling:
    """Judge headlines that are not equal: one slip in a long one at one address is forgiven, more is a question."""
    reasons = (relation.reason, *evidence.reasons)
    address = "same address" in evidence.reasons or evidence.same_doi
    slip = relation.kind is Title.NEAR and min(len(a.title.core), len(b.title.core)) >= _LONG_ENOUGH_FOR_A_SLIP
    if slip and address:
        return Ruling("same", evidence.score, reasons)
    if address or (slip and evidence.container is not False):
        return Ruling("maybe", evidence.score, reasons)
    return Ruling("different", evidence.score, reasons, hard=relation.kind is not Title.MISSING)


def _two_items(a: Forms, b: Forms, evidence: Evidence) -> str:
    """Say what speaks for two items of one headline; "" for nothing."""
    if evidence.container is False or (a.address[0] and b.address[0] and a.address[0] != b.address[0]):
        return "the same headline at two outlets"
    if a.address[1] and b.address[1] and a.address != b.address:
        return "the same headline at two addresses"
    if other_days(a, b):
        return "the same headline on two days"
    return ""


def _is_site_of(a: Forms, b: Forms) -> bool:
    """Say whether one stands at an address without a name, and the other names the outlet whose address it is."""
    if not a.address[0] or a.outlet or not b.outlet or b.address[0]:
        return False
    names = {b.outlet, *("".join(word[0] for word in variant) for variant in b.container.variants)}
    labels = {label for label in a.address[0].replace("-", "").split(".")[:-1] if len(label) >= _SHORTEST_NAME}
    return any(
        name in label or label in name for name in names if len(name) >= _SHORTEST_NAME for label in labels - _NAMELESS
    )


def _too_little(a: Forms, b: Forms, relation: Relation, evidence: Evidence) -> str:
    """Say that too little is known of two equal headlines; "" where it is enough."""
    sides = [x.address[0] and not x.outlet and y.outlet and not y.address[0] for x, y in ((a, b), (b, a))]
    if any(sides) and _OWN_SITE not in evidence.reasons:
        return "one names an outlet, the other a site that may be another's"
    known = any((x.outlet or x.address[0] or x.year) for x in (a, b))
    if not known and a.group is b.group is Group.ANY:
        return "nothing but the title is known"
    certain = evidence.container is True and a.day == b.day != () and len(a.day) == _WHOLE
    if certain or (relation.length >= LONG_HEADLINE and not (a.title.generic or b.title.generic)):
        return ""
    return "the headline is short, and outlet and day are not known to agree"
