"""The front of a headline: a date, an outlet, or who signed it before a linked title.

A draft comes in; one thing is taken off the front, and the place where the rest begins goes out.
"""

from __future__ import annotations

import re

from alliancebib.outline.dates import FoundDate, date_at
from alliancebib.outline.outlets import Outlets
from alliancebib.outline.tails import outlet_at_start
from alliancebib.outline.words import is_one_of
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._names import is_body, read_names
from alliancebib.parsers._places import is_place

__all__ = ["LEADING", "opening_of", "take_credits", "take_front", "title_in_row"]

LEADING = " \t\u00a0\u200b\u200e\u200f\u202f,;:：–—-|·."
OPENING = {")": "(", "]": "[", "）": "（", "】": "【"}
_CELL = re.compile(r"[^|]+")
_RUBRIC = re.compile(r"[\[(【](?P<rubric>[^\[\]()【】]{3,24})[\])】]\s*[:–—-]?\s+(?=\S)")
_PERSON = r"[^\W\d_a-z][\w'’.-]{0,24}(?:\s[^\W\d_a-z][\w'’.-]{0,24}){1,3}"
_PEOPLE = rf"{_PERSON}(?:(?:,|,?\s(?:and|und|et|y|&))\s{_PERSON}){{0,4}}"
_SIGNED = re.compile(rf"(?:[Bb]y|BY|Von|Par|Por)\s(?P<names>{_PEOPLE})(?:\s[–—-]|\s?[|:])\s+")
#: No headline behind a signature is shorter.
_TITLE = 10
_CLOSING = {"(": ")", "[": "]"}


def take_front(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> int:
    """Take a date or an outlet off the front."""
    view = draft.view
    while start < end and view[start] in LEADING:
        start += 1
    if credited := take_credits(draft, start, end, outlets, found):
        return credited
    dated = _date_in_front(view, start, end)
    if dated and "issued" not in draft.fields:
        date, stop = dated
        draft.take("issued", start, stop, date.date)
        found.add("date")
        return stop
    return (
        _rubric_in_front(draft, start, end, found)
        or _signed_in_front(draft, start, end, outlets, found)
        or _before_link(draft, start, end, outlets, found)
        or start
    )


def take_credits(  # noqa: PLR0913 - what all readers of a headline take, and one word more
    draft: Draft, start: int, end: int, outlets: Outlets, found: set[str], *, dated: bool = False
) -> int:
    """Take outlet, date and names before a headline; give where that begins, 0 where there are none.

    ``dated``: only those that have a date, which are nothing else whatever stands behind the headline.
    """
    view = draft.view
    known = draft.fields.keys()
    credited = outlet_at_start(view, start, end, outlets=outlets) if "container_title" not in known else None
    if credited is None or (credited.date and "issued" in known) or (dated and not credited.date):
        return 0
    names = read_names(draft.words(*credited.names), given_first=True) if credited.names != (0, 0) else None
    if credited.names != (0, 0) and ("author" in known or not names):
        return 0
    draft.take("container_title", *credited.outlet)
    found.add("outlet")
    if credited.date:
        draft.take("issued", *credited.date_at, credited.date)
        found.add("date")
    if names:
        draft.take("author", *credited.names, names)
        found.add("byline")
    if credited.town != (0, 0):
        draft.take("publisher_place", *credited.town, draft.words(*credited.town).title())
    draft.mark("container_title", start, credited.end)
    return credited.end


def _rubric_in_front(draft: Draft, start: int, end: int, found: set[str]) -> int:
    """Take a rubric in brackets: "[Video] Headline"; give where the headline begins, 0 where there is none."""
    match = _RUBRIC.match(draft.view, start, end)
    if match is None or "genre" in draft.fields or not is_one_of(match["rubric"], "rubrics", "phrases"):
        return 0
    draft.put("genre", match["rubric"].strip())
    draft.mark("genre", *match.span())
    found.add("rubric")
    return match.end()


def _signed_in_front(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> int:
    """Take who signed in front: "By Ann Doe – Headline"; give where the headline begins, 0 where nobody did."""
    match = _SIGNED.match(draft.view, start, end)
    names = read_names(match["names"], given_first=True) if match and "author" not in draft.fields else None
    if not match or not names or not all(name.family and name.given for name in names):
        return 0
    if end - match.end() < _TITLE or outlets.is_outlet(match["names"]):
        return 0
    draft.take("author", *match.span(), names)
    found.add("byline")
    return match.end()


def _before_link(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> int:
    """Take the names of persons or a body before a linked title; give where that begins, 0 where none do."""
    first = next((one for one in draft.addresses if one.has_text), None)
    if first is None or not start + 3 < first.text_start < end or "author" in draft.fields:
        return 0
    written = draft.view[start : first.text_start].rstrip()
    outlet, comma, signed = written.partition(", ")
    if comma and outlets.surely_knows(outlet) and "container_title" not in draft.fields:
        draft.take("container_title", start, start + len(outlet) + 1, outlet)
        found.add("outlet")
        start, written = start + len(outlet) + 2, signed
    if written[-1:] not in {":", ",", "."} or outlets.is_outlet(written[:-1].strip()):
        return 0
    names = read_names(written[:-1])
    sure = names and all(name.others or (name.family and name.given) or is_body(name.literal) for name in names)
    if not names or not sure or len(draft.words(first.text_start, first.text_end).split()) < 2:
        return 0
    draft.take("author", start, first.text_start, names)
    found.add("byline")
    return first.text_start


def _date_in_front(view: str, start: int, end: int) -> tuple[FoundDate, int] | None:
    opening = view[start : start + 1]
    place = start + 1 if opening in {"(", "["} else start
    date = date_at(view, place)
    if date is None or date.end >= end:
        return None
    if place > start:
        closing = view[date.end]
        return (date, date.end + 1) if closing == _CLOSING[opening] and end - date.end > 8 else None
    mark = re.compile(r"\s*(?:[.:;|،。]\s+|[-–—]\s+|\)\s+)|,\s+" if date.is_year else r"\s*[.:;,|،。–—-]?\s+").match(
        view, date.end
    )
    if mark is None or mark.end() >= end or (date.is_year and mark[0].strip() in {",", ""}):
        return None
    return date, mark.end()


def opening_of(view: str, start: int, end: int) -> int:
    """Give the place of the bracket that the last character closes; -1 where there is none."""
    opening = OPENING.get(view[end - 1 : end])
    if opening is None:
        return -1
    depth = 0
    for place in range(end - 1, start - 1, -1):
        depth += (view[place] == view[end - 1]) - (view[place] == opening)
        if depth == 0:
            return place
    return -1


def title_in_row(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Give the one linked cell of a row of a table that has several: it is the title, and the others are about it.

    A cell before or behind it that is a town is where the work appeared; of any other it is only noted what it says.
    """
    links = [one for one in draft.addresses if one.has_text and start <= one.text_start and one.text_end <= end]
    if len(links) != 1 or "|" not in draft.view[start:end]:
        return start, end
    first, last = links[0].text_start, links[0].text_end
    before, behind = draft.view[start:first].rstrip(), draft.view[last:end].lstrip()
    if (before and before[-1:] != "|") or (behind and behind[0] != "|"):
        return start, end
    for at, stop in ((start, first), (last, end)):
        for cell in _CELL.finditer(draft.view, at, stop):
            text = draft.words(*cell.span()).strip(LEADING)
            field = "publisher_place" if is_place(text) and "publisher_place" not in draft.fields else "note"
            if text and field == "note":
                draft.add_note(text)
            draft.put("publisher_place", text if field == "publisher_place" else "")
            draft.mark(field, *cell.span())
    return first, last
