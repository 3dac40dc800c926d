# ruff: noqa: E501 - patterns read best in one piece
"""Who wrote a headline, at its end: "by Ann Doe", and names between the title and the outlet.

A draft comes in; the names become its author, and the place where the rest ends goes out.
"""

from __future__ import annotations

import re
from functools import cache

from alliancebib.labelling import sorts_of
from alliancebib.model import Name
from alliancebib.outline.outlets import Outlets
from alliancebib.outline.words import phrases
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._names import read_names
from alliancebib.parsers._parts import QUOTES, closing_quote

__all__ = ["end_of_link", "people", "take_byline", "take_signature"]

_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё]"
_NAME = rf"{_CAPITAL}[\w'’.-]*(?:\s+(?:(?:de|van|von|der|den|la|del|bin|al|el|da|di|и|and|&|und|et|y)\s+){{0,2}}{_CAPITAL}[\w'’.-]*){{0,8}}"
#: "led by Dr. X": what someone did, not who wrote.
_DONE_BY = re.compile(
    r"(?:\w(?:ed|en|wn|ung|known|held|made|led|sent|run|told|met|won)|\bgiven|\bby)\s*$", re.IGNORECASE
)
_SIGNED = re.compile(rf"\s*[–—,|｜¦·•-]?\s+(?:[Bb]y\s+)?(?P<names>{_NAME})\s*")
_BARS = frozenset("|｜¦")
_BAR = re.compile(r"\s*[|｜¦]\s*|\s[–—·•-]\s")
_ENDED = frozenset("?!”»")


@cache
def _byline() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(phrases("byline", "by"), key=len, reverse=True))
    titles = "|".join(re.escape(title) for title in sorted(phrases("byline", "titles"), key=len, reverse=True))
    return re.compile(
        rf"(?P<sep>[\s,;|–—(\[-]+)(?P<by>(?i:{words})):?\s+(?P<titles>(?:(?i:{titles})\.?\s+)*)(?P<names>{_NAME})[)\]]?$"
    )


def take_byline(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> int:
    """Take "by Ann Doe" off the end: with a title, set off, behind a link or a closed sentence."""
    window = max(start, end - 120)
    match = _byline().search(draft.view, window, end)
    if match is None or match.start() <= start or "author" in draft.fields:
        return end
    titled, separated = bool(match["titles"].strip()), bool(match["sep"].strip())
    linked = 0 < end_of_link(draft, end) <= match.start("by")
    ended = draft.view[: match.start("sep") + 1].rstrip()[-1:] in _ENDED
    certain = titled or separated or linked or ended or match["by"][0].isupper()
    if not certain or (not linked and _DONE_BY.search(draft.view[window : match.start()])):
        return end
    written = re.sub(
        rf"\b(?i:{'|'.join(map(re.escape, sorted(phrases('byline', 'titles'))))})\.\s+", "", match["names"]
    )
    if outlets.knows(written):
        draft.take("container_title", match.start(), end, written)
        found.add("outlet")
        return match.start()
    names = people(written)
    if names is None or (not titled and len(written.split()) < 2):
        return end
    draft.take("author", match.start(), end, names)
    found.add("byline")
    return match.start()


def take_signature(draft: Draft, start: int, end: int, _: Outlets, found: set[str]) -> int:
    """Take a person's name between a closed title (quoted, or linked) and the outlet: "“Headline” – Ann Doe, The Example Times"."""
    if "container_title" not in draft.fields or "author" in draft.fields:
        return end
    closing = closing_quote(draft.view, start, end) + 1 if draft.view[start : start + 1] in QUOTES else 0
    cut = max(closing, end_of_link(draft, end), _before_given_name(draft.view, start, end))
    signed = _SIGNED.fullmatch(draft.view, cut, end) if cut > start else None
    names = people(signed["names"]) if signed else None
    if not names or not all(name.family and name.given for name in names):
        return end
    draft.take("author", cut, end, names)
    found.add("byline")
    return cut


def _before_given_name(view: str, start: int, end: int) -> int:
    """Give the place of a bar or dash behind which a given name stands: "Headline | Ann Doe"; 0 where there is none."""
    marks = list(_BAR.finditer(view, max(start + 8, end - 60), end))
    words = view[marks[-1].end() : end].split() if marks else []
    spoken = 1 < len(words) < 5 and all(word[0].isupper() for word in words)
    between_bars = bool(marks) and marks[-1][0].strip() in _BARS and view[end : end + 4].strip()[:1] in _BARS
    known = spoken and ("g" in sorts_of(words[0]) or between_bars) and not any("t" in sorts_of(one) for one in words)
    return marks[-1].start() if known else 0


def end_of_link(draft: Draft, end: int) -> int:
    """Give the place where the last linked text before a place ends; 0 where there is none."""
    return max((one.text_end for one in draft.addresses if one.has_text and one.text_end < end), default=0)


def people(written: str) -> tuple[Name, ...] | None:
    """Read the names of those who wrote a headline, as they are spoken."""
    return read_names(written, given_first=True)
