"""Whether a line without markup, and without any evidence of an entry, is a heading: what speaks for it and against it.

No single sign decides; they are added up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import msgspec

from alliancebib.outline.signs import Signs
from alliancebib.outline.words import HeadingWords, is_verb, words_of

__all__ = ["Around", "Weighed", "holds_references", "level_of_text", "weigh"]

#: What speaks for a heading (above 0) or against it; a line without any evidence of an entry needs `_ENOUGH` in sum.
_WEIGHTS = {
    "the next line is an entry": 1.5,
    "the next line is its source or prose": 2.0,
    "it names a part of a page": 1.5,
    "its words are in capitals": 1.0,
    "it reads like a headline": -1.5,
    "it has the verb of a headline": -1.0,
    "it ends like a sentence": -2.0,
    "it is very short": 0.5,
    "it is a word or two": 0.5,
    "it is long": -1.0,
    "it begins with the topic of the page": 0.5,
    "an empty line is above it and none below": 2.0,
    "no empty line is above it": -2.0,
    "it stands alone, and the lines below together": 2.5,
    "the lines below are set in": 1.5,
    "it is an item of a list": -2.0,
    "it stands among news": -4.0,
    "it stands among literature": -0.5,
    "all others here have links": 1.5,
    "nothing follows it": -2.0,
    "a year in brackets ends it": -4.0,
}
_ENOUGH = 1
#: So many lines below a heading tell what stands there.
_TELLING = 6
_SET_IN = "the lines below are set in"
#: "Treaty of the Straits (1951)": the year of what the line names.
_YEAR_AT_END = re.compile(r"\s\((?:1[5-9]|20)\d\d\)[.;]?$")
_BEFORE_DASH = re.compile(r"[^\s-]+\s+[-–—:]\s")


class Around(msgspec.Struct, frozen=True):
    """What stands around a line.

    The next line that says something, and whether it is text or the source of the line; empty lines above and below,
    where a page has some but not everywhere, and whether the line
    is alone between two while those below are not; what the section expects, and whether all of its entries have links.
    """

    following: Signs | None
    text_follows: bool
    gap_above: bool
    gap_below: bool
    has_gaps: bool
    alone: bool
    expected: str
    topic: AbstractSet[str]
    all_linked: bool


class Weighed(msgspec.Struct, frozen=True):
    """Whether a line is a heading, what speaks for it, and whether it only heads the lines set in below it."""

    is_heading: bool
    reasons: tuple[str, ...]
    heads_what_is_set_in: bool


def weigh(one: Signs, words: HeadingWords, around: Around) -> Weighed:
    """Add up what speaks for a heading and against it."""
    reasons = [reason for reason, holds in _said(one, words, around).items() if holds]
    return Weighed(
        sum(_WEIGHTS[reason] for reason in reasons) >= _ENOUGH,
        tuple(reason for reason in reasons if _WEIGHTS[reason] > 0),
        _SET_IN in reasons,
    )


def _said(one: Signs, words: HeadingWords, around: Around) -> dict[str, bool]:
    text, following = one.text.strip(), around.following
    begins_with_topic = bool(set(words_of(text)[:1]) & around.topic)
    return {
        "the next line is an entry": following is not None and bool(following.evidence),
        "the next line is its source or prose": around.text_follows,
        "it names a part of a page": words.part or bool(words.expects),
        "its words are in capitals": not one.headline,
        "it reads like a headline": one.headline,
        "it has the verb of a headline": any(is_verb(word) for word in text.split()[1:]),
        "it ends like a sentence": text.rstrip("\"'”’»)").endswith((".", "!", "?", "。", "؟")),
        "it is very short": one.words <= 4,
        "it is a word or two": one.words <= 2,
        "it is long": one.words > 16,
        "it begins with the topic of the page": begins_with_topic and _BEFORE_DASH.match(text) is not None,
        "an empty line is above it and none below": around.gap_above and not around.gap_below,
        "no empty line is above it": around.has_gaps and not around.gap_above,
        "it stands alone, and the lines below together": around.alone,
        _SET_IN: following is not None and following.line.column > one.line.column,
        "it is an item of a list": one.line.item,
        "it stands among news": around.expected == "news",
        "it stands among literature": around.expected == "literature",
        "all others here have links": around.all_linked and following is not None and bool(following.urls),
        "nothing follows it": following is None,
        "a year in brackets ends it": _YEAR_AT_END.search(text[-12:]) is not None,
    }


def holds_references(below: Sequence[Signs]) -> bool:
    """Say whether the lines below a heading, up to the next one that is marked as such, are reference strings."""
    telling: list[Signs] = []
    for one in below:
        if len(telling) == _TELLING or one.line.level:
            break
        if one.text.strip():
            telling.append(one)
    shaped = sum(one.reference for one in telling)
    return shaped > 1 and shaped * 2 >= len(telling)


def level_of_text(lines: Sequence[Signs]) -> int:
    """Give the level of heading that is used for ordinary lines; 0 where headings are used for headings."""
    levels = Counter(one.line.level for one in lines if one.line.level > 1)
    if not levels or len(lines) < 8:
        return 0
    level, count = levels.most_common(1)[0]
    return level if count * 2 > len(lines) else 0
