"""How probably is a record the work that a reference's fields describe? Evidence is weighed by what data taught.

A pair goes in, facts come out of it, and of the facts of all candidates probabilities. The weights were fitted by
``training/fields.py`` on references made of records, with fields left out, cut and mistyped as bibliographies have
them, a third of works that the index did not hold; record 15 has the figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from alliancebib.matching.containers import same_publisher
from alliancebib.matching.evidence import Title, years_apart
from alliancebib.matching.pairs import SHORT, Pair
from alliancebib.matching.people import People, Person, same_person

__all__ = ["ALONE", "BESIDE", "all_people_agree", "facts_of", "is_cut", "probabilities", "settled"]

#: No weight counts for more: no sum of evidence makes certain.
_CERTAINLY = 10.0
#: From so many letters on a given name is written out.
_FULL = 3

#: Fact -> weight: how probable one candidate is by itself.
ALONE: Mapping[str, float] = {
    "always": 2.32,
    "equal title": 2.18,
    "equal title, its length": -0.04,
    "short title": -1.41,
    "nearly equal title": 2.03,
    "title cut off": -0.72,
    "title cut off, its length": 1.09,
    "other title": -0.84,
    "same people": 2.3,
    "all people": 0.98,
    "full name": -0.48,
    "other people": -2.53,
    "same year": -2.02,
    "next year": -3.88,
    "another year": -4.52,
    "volume": 0.12,
    "another volume": -2.11,
    "pages": 2.38,
    "first page": 0.24,
    "other pages": -2.17,
    "container": 0.02,
    "another container": 0.22,
    "publisher": 0.42,
    "contradicted": -1.32,
}
#: The same of the best candidate, beside the next one.
BESIDE: Mapping[str, float] = {
    "always": -2.4,
    "weight": 0.99,
    "gap": 0.23,
    "a small gap": 1.44,
    "short title": 0.66,
    "contradicted": 0.27,
}


def probabilities(facts: Sequence[Mapping[str, float]]) -> list[tuple[float, float]]:
    """Give for each candidate how much speaks for it, and how probably it is the work with the others beside it."""
    weights = [_sum(one, ALONE) for one in facts]
    found = []
    for place, weight in enumerate(weights):
        others = weights[:place] + weights[place + 1 :]
        gap = weight - max(others, default=weight - _CERTAINLY)
        found.append((weight, round(_probability(_sum(settled(weight, gap, facts[place]), BESIDE)), 4)))
    return found


def facts_of(pair: Pair, *, contradicted: bool) -> dict[str, float]:
    """Give what is weighed of a pair; ``contradicted`` where a veto speaks against it."""
    relation, evidence, ours, theirs = pair.relation, pair.evidence, pair.ours, pair.theirs
    equal, apart = relation.kind is Title.EQUAL, years_apart(ours, theirs)
    length = min(relation.length, 8) / 8
    generic = ours.title.generic or theirs.title.generic
    cut = relation.kind is Title.EXTENDED and is_cut(pair)
    return {
        "always": 1.0,
        "equal title": float(equal and not generic),
        "equal title, its length": float(equal and not generic) * length,
        "short title": float(relation.length < SHORT),
        "nearly equal title": float(relation.kind is Title.NEAR),
        "title cut off": float(cut),
        "title cut off, its length": float(cut) * length,
        "other title": float(relation.kind is Title.UNLIKE or (relation.kind is Title.EXTENDED and not cut)),
        "same people": float(evidence.people is People.SAME),
        "all people": float(all_people_agree(pair)),
        "full name": float(_full_names_agree(ours.authors, theirs.authors)),
        "other people": float(evidence.people in (People.DIFFERENT, People.NAMESAKES)),
        "same year": float(apart == 0),
        "next year": float(apart == 1),
        "another year": float(apart is not None and apart > 1),
        "volume": float(evidence.volume is True),
        "another volume": float(evidence.volume is False),
        "pages": float(evidence.pages == 2),
        "first page": float(evidence.pages == 1),
        "other pages": float(evidence.pages == -1),
        "container": float(evidence.container is True),
        "another container": float(evidence.container is False),
        "publisher": float(same_publisher(ours.publisher, theirs.publisher) is True),
        "contradicted": float(contradicted),
    }


def settled(weight: float, gap: float, facts: Mapping[str, float]) -> dict[str, float]:
    """Give what is weighed of a candidate beside the next one, whose weight is so much less."""
    return {
        "always": 1.0,
        "weight": max(-_CERTAINLY, min(_CERTAINLY, weight)),
        "gap": max(-_CERTAINLY, min(_CERTAINLY, gap)),
        "a small gap": max(-1.0, min(gap, 1.0)),
        "short title": facts["short title"],
        "contradicted": facts["contradicted"],
    }


def is_cut(pair: Pair) -> bool:
    """Say whether one title is the other without its subtitle, or cut off; a number in the rest makes it a part."""
    first, second = pair.ours.title, pair.theirs.title
    return first.numbers == second.numbers and (
        first.core.startswith(second.core) or second.core.startswith(first.core)
    )


def all_people_agree(pair: Pair) -> bool:
    """Say whether both name the same people, all of them: two and more, or one with the given name written out."""
    ours, theirs = pair.ours.authors or pair.ours.editors, pair.theirs.authors or pair.theirs.editors
    if not ours or len(ours) != len(theirs) or not all(map(same_person, ours, theirs)):
        return False
    return len(ours) > 1 or _full_names_agree(ours, theirs)


def _full_names_agree(ours: Sequence[Person], theirs: Sequence[Person]) -> bool:
    if not ours or not theirs:
        return False
    one, other = ours[0].given[:1], theirs[0].given[:1]
    return bool(one) and one == other and len(one[0]) >= _FULL


def _sum(facts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in facts.items() if value)


def _probability(weight: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight))))
