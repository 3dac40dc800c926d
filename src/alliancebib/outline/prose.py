"""Prose: sentences that a page's author wrote around the list. The signs of a line come in, a yes or no goes out."""

from __future__ import annotations

import re

from alliancebib.outline.signs import Signs
from alliancebib.outline.words import is_auxiliary

__all__ = ["is_prose"]

#: So many characters a bullet or number in front of an item has at most.
_NUMBERING = 6
#: Sentences of so many characters and words are prose, and among news so many more characters.
_LONG, _LONG_AMONG_NEWS, _MANY_WORDS = 110, 240, 12


def is_prose(one: Signs, expected: str) -> bool:
    """Say whether a line is sentences and no reference, in a section that expects news, literature or nothing."""
    cited = one.cited and expected == "literature"
    if one.reference or one.seen or one.sentences == 0 or cited or _is_mostly_address(one):
        return False
    text = one.text.rstrip()
    ended = text.rstrip("\"'”’»)").endswith((".", "!", "?", "…", "。", "؟", "！", ":"))
    if expected == "news" or one.dated or one.evidence.startswith(("a date", "an outlet", "a remark")):
        return one.sentences > 2 and len(text) > _LONG_AMONG_NEWS and ended
    if expected == "literature" and one.line.item and not any(map(is_auxiliary, text.split()[1:])):
        return False  # names, titles, archives between full stops
    if one.sentences > 1 and ended:
        many = one.words > _MANY_WORDS and expected != "literature"
        return len(text) > _LONG or many or len(text) > 40 > one.words
    return _is_one_sentence(one, expected)


def _is_mostly_address(one: Signs) -> bool:
    text = one.text.rstrip()
    if one.line.item and any(link.has_text and link.text_start <= _NUMBERING for link in one.addresses):
        return True  # an item that begins with a linked title
    linked = sum(address.text_end - address.text_start for address in one.addresses)
    return linked * 2 > len(text) or re.search(r"(?:https?://|www\.)\S+$", text) is not None


def _is_one_sentence(one: Signs, expected: str) -> bool:
    """Say whether a line is one sentence with its full stop: a long one, or a shorter one with such a verb."""
    text = one.text.rstrip()
    if one.urls or not text.endswith((".", "。")):
        return False
    if expected != "literature" and one.words > 8:
        return True
    return not (one.evidence or one.line.item) and one.words > 4 and any(map(is_auxiliary, text.split()[1:]))
