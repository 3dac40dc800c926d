"""Are two references one work? Vetoes first, then the rules for headlines or those for works.

What is poor in data ends in "maybe", never in "same". A merged reference is judged with the values in view that gave
way when it was merged.
"""

from __future__ import annotations

from alliancebib.matching.forms import Forms
from alliancebib.matching.headlines import rule_on_headlines
from alliancebib.matching.ruling import NO_FACTS, Facts, Ruling
from alliancebib.matching.vetoes import veto
from alliancebib.matching.works import rule_on_works

__all__ = ["PRESETS", "rule_on"]

#: Preset -> what is added to the evidence that "same" asks for.
PRESETS = {"strict": 1.0, "balanced": 0.0, "relaxed": -0.5}


def rule_on(a: Forms, b: Forms, *, preset: str = "balanced", facts: Facts = NO_FACTS) -> Ruling:
    """Say whether two references are one work."""
    bar = PRESETS[preset]
    ruling = _rule(a, b, bar, facts)
    if ruling.verdict != "same":
        return ruling
    for one in (a, *a.variants):
        for other in (b, *b.variants):
            if (one is not a or other is not b) and (found := _rule(one, other, bar, facts)).hard:
                reason = f"a value that gave way in an earlier join contradicts: {found.reasons[0]}"
                return Ruling("maybe", ruling.score, (reason, *ruling.reasons))
    return ruling


def _rule(a: Forms, b: Forms, bar: float, facts: Facts) -> Ruling:
    if reason := veto(a, b):
        return Ruling("different", 0.0, (reason,), hard=True)
    if a.is_headline and b.is_headline and not (a.authors and b.authors) and not (a.posted or b.posted):
        return rule_on_headlines(a, b)
    return rule_on_works(a, b, bar=bar, facts=facts)
