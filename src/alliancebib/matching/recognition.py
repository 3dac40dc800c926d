"""Which work does a string mean? Judged by the traces of its record in it, not by what a parser understood.

A string and candidates go in, a `Recognition` for each comes out, the most probable first. The weights were fitted by
``training/recognition.py`` on strings that the CSL processor made of records, in 26 styles, half of them damaged, a
third of works that the index did not hold; record 15 has the figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from alliancebib.matching.traces import Traces, said, traces
from alliancebib.model import Reference

__all__ = ["TITLED", "Recognition", "facts_of", "recognise", "settled", "without_rivals"]

#: Below this likeness the string has another title, or none.
TITLED = 0.7
_CERTAINLY = 8.0

#: Fact -> weight: how probable one candidate is by itself.
ALONE: Mapping[str, float] = {
    "always": -0.85,
    "title": 1.03,
    "half a title": 0.48,
    "a long title": 1.79,
    "a short title": -0.7,
    "first": 1.11,
    "not the first": -1.27,
    "people": 1.24,
    "year": -0.46,
    "next year": -5.65,
    "another year": -3.14,
    "volume": 2.04,
    "no such volume": 0.53,
    "issue": -1.36,
    "no such issue": -2.01,
    "page": 2.08,
    "no such page": -0.98,
    "container": 0.38,
    "another container": -0.66,
    "strange": -2.68,
    "strange words": -1.13,
    "strange numbers": -2.56,
    "no title": -1.16,
    "no title, all else": 1.43,
    "no title, all else and volume": -0.37,
    "no title, the place": -0.28,
}
#: The same of the best candidate, beside the next one.
BESIDE: Mapping[str, float] = {
    "always": -1.51,
    "weight": 0.59,
    "gap": 0.34,
    "a small gap": 1.18,
    "no title": 1.21,
    "no title, weight": 0.71,
    "no title, gap": -0.02,
}


class Recognition(msgspec.Struct, frozen=True):
    """A candidate, how probably the string means it (0 to 1), and the traces of it."""

    candidate: Reference
    probability: float
    traces: Traces

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for and against it, in words."""
        return tuple(_reasons(self.traces))


def recognise(text: str, candidates: Sequence[Reference]) -> tuple[Recognition, ...]:
    """Say how probably a string means each candidate, the most probable first.

    >>> recognise("A. Rai, Alliances 3, 45 (2018)", [])
    ()
    """
    string = said(text)
    return _ranked([(traces(string, candidate), candidate) for candidate in candidates])


def without_rivals(found: Sequence[Recognition]) -> tuple[Recognition, ...]:
    """Judge those anew that are left when others turned out not to be meant, the most probable first."""
    return _ranked([(one.traces, one.candidate) for one in found])


def _ranked(found: Sequence[tuple[Traces, Reference]]) -> tuple[Recognition, ...]:
    weighed = sorted(
        ((_weight(facts_of(seen), ALONE), place) for place, (seen, _) in enumerate(found)),
        key=lambda pair: (-pair[0], found[pair[1]][1].doi),
    )
    recognitions = []
    for rank, (weight, place) in enumerate(weighed):
        seen, candidate = found[place]
        others = [other for other, _ in (*weighed[:rank], *weighed[rank + 1 :])]
        gap = weight - max(others, default=weight - _CERTAINLY)
        sure = _probability(_weight(settled(weight, gap, seen), BESIDE))
        recognitions.append(Recognition(candidate, round(sure, 4), seen))
    return tuple(recognitions)


def facts_of(seen: Traces) -> dict[str, float]:
    """Give what is weighed of the traces of one candidate."""
    titled = seen.title >= TITLED
    place = seen.first is True and bool(seen.volume and seen.page) and seen.year is not None and seen.year < 2
    whole = (
        seen.first is True
        and (seen.people or 0.0) == 1.0
        and (seen.container or 0.0) >= 0.8
        and seen.year == 0
        and not seen.strange_words
    )
    return {
        "always": 1.0,
        "title": max(0.0, (seen.title - 0.8) / 0.2),
        "half a title": max(0.0, min(1.0, (seen.title - 0.4) / 0.4)),
        "a long title": max(0.0, (seen.title - 0.8) / 0.2) * min(seen.title_words, 8) / 8,
        "a short title": float(seen.title_words < 3),
        "first": float(seen.first is True),
        "not the first": float(seen.first is False),
        "people": seen.people or 0.0,
        "year": float(seen.year == 0),
        "next year": float(seen.year == 1),
        "another year": float(seen.year is not None and seen.year > 1),
        "volume": float(seen.volume is True),
        "no such volume": float(seen.volume is False),
        "issue": float(seen.issue is True),
        "no such issue": float(seen.issue is False),
        "page": float(seen.page is True),
        "no such page": float(seen.page is False),
        "container": seen.container or 0.0,
        "another container": float(seen.container is not None and seen.container < 0.5),
        "strange": seen.strange,
        "strange words": min(seen.strange_words, 8) / 8,
        "strange numbers": seen.strange_numbers,
        "no title": float(not titled),
        "no title, all else": float(not titled and whole),
        "no title, all else and volume": float(not titled and whole and seen.volume is True),
        "no title, the place": float(not titled and place),
    }


def settled(weight: float, gap: float, seen: Traces) -> dict[str, float]:
    """Give what is weighed of the best candidate beside the next one, whose weight is so much less."""
    weight, gap = max(-_CERTAINLY, min(_CERTAINLY, weight)), min(_CERTAINLY, gap)
    untitled = float(seen.title < TITLED)
    return {
        "always": 1.0,
        "weight": weight,
        "gap": gap,
        "a small gap": min(gap, 1.0),
        "no title": untitled,
        "no title, weight": untitled * weight,
        "no title, gap": untitled * gap,
    }


def _weight(facts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in facts.items() if value)


def _probability(weight: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight))))


def _reasons(seen: Traces) -> Iterator[str]:
    if seen.title >= 0.95:
        yield "its title stands there"
    elif seen.title >= TITLED:
        yield f"a title like it stands there ({seen.title:.2f})"
    else:
        yield "its title does not stand there"
    if seen.first is not None:
        yield f"the first author {'is' if seen.first else 'is not'} there"
    if seen.year is not None:
        yield "the year agrees" if seen.year == 0 else f"the year is {seen.year} off"
    for name, there in (("volume", seen.volume), ("issue", seen.issue), ("first page", seen.page)):
        if there is not None:
            yield f"the {name} {'agrees' if there else 'is not there'}"
    if seen.strange_words:
        words = "word" if seen.strange_words == 1 else "words"
        yield f"{seen.strange_words} {words} that its record does not have"
