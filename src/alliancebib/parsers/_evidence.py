"""Is a line a reference string at all? What the labels found in it, weighed and summed up.

A headline, too, has a title, often an outlet and a date; it has no volume, no pages, no place of publication, and does
not begin with initials. The weights are those of a logistic regression on 2,252 reference strings and 1,300 titles,
titles with outlet and date or with an address, headlines and other lines, rounded.
"""

from __future__ import annotations

import re

from alliancebib.model import Name, Reference
from alliancebib.page import Section

__all__ = ["is_reference"]

_WEIGHTS = {
    "author": 2.0,
    "editor": 2.0,
    "translator": 1.0,
    "container_title": 1.0,
    "issued": 1.5,
    "volume": 4.0,
    "issue": 1.5,
    "page": 4.0,
    "publisher": 2.0,
    "publisher_place": 3.5,
    "edition": 1.5,
    "genre": 2.5,
    "note": 2.5,
    "extra": 2.5,
}
_INITIALS, _GIVEN, _IN_FRONT = 3.0, 1.5, 1.0
#: What the sum must reach, by what the section holds.
_WANTED = {"references": 2.5, "literature": 3.0, "news": 8.0}
_WANTED_ELSEWHERE = 5.0
_DOUBTFUL, _CERTAIN = 0.45, 0.95
#: Names begin in front, behind a number at most.
_FRONT = 6
_INITIAL = re.compile(r"\W*\w\b")


def is_reference(found: Reference, section: Section) -> bool:
    """Say whether what the labels found makes the line a reference string, in this section.

    A field that is more probably wrong than right counts nothing, one of which the model is certain counts whole.
    """
    sure = found.confidence_of_fields()
    total = sum(
        weight * _certainty(sure.get(field, 1.0)) for field, weight in _WEIGHTS.items() if getattr(found, field)
    )
    for field in ("author", "editor"):
        names = getattr(found, field)
        if names:
            total += _certainty(sure.get(field, 1.0)) * (
                _INITIALS * any(_INITIAL.match(name.given) or _is_caseless(name) for name in names)
                + _GIVEN * any(name.given for name in names)
                + _IN_FRONT * any(span.field == field and span.start < _FRONT for span in found.spans)
            )
            break
    return total >= _WANTED.get(section.expects, _WANTED_ELSEWHERE)


def _is_caseless(name: Name) -> bool:
    """Say whether a name is written in a script without capitals, where initials are no sign."""
    text = f"{name.literal}{name.family}{name.given}"
    return bool(text) and not text.isascii() and text.upper() == text.lower()


def _certainty(probability: float) -> float:
    return min(1.0, max(0.0, (probability - _DOUBTFUL) / (_CERTAIN - _DOUBTFUL)))
