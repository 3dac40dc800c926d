# ruff: noqa: E501 - patterns read best in one piece
"""Who published a work, where and when, in which edition: the stretch comes in, fields are set on the draft.

"London: Hurst, 2010", "Hurst & Co., London (2010)", "2nd ed. Oxford University Press".
"""

from __future__ import annotations

import re

from alliancebib.outline.dates import date_ending
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._editions import EDITION, edition_in, says_more
from alliancebib.parsers._places import is_place

__all__ = ["PUBLISHER_WORD", "bounds", "qualifiers", "take_publisher"]

_YEAR = r"(?:18|19|20)\d\d"
_VOLUME = re.compile(r"(?:[Vv]ol(?:ume)?|Bd|Band|Т|Том)\.?\s?(?P<volume>[\dIVXLC]{1,6})")
#: "Hurst & Co., London".
_PLACE_BEHIND = re.compile(r"(?P<publisher>[^:]{3,90}?)(?P<mark>[,:]\s)(?P<place>[^,:]{3,40})")
_PLACE = re.compile(r"(?P<place>[^\W\d_a-z][^:;()]{1,50}?)\s?[:：]\s+(?=\S)")
PUBLISHER_WORD = re.compile(
    r"\b(?:press|publish\w*|verlag\w*|books|springer|routledge|palgrave|macmillan|brill|elgar|wiley|elsevier|sage|ashgate|nomos|taylor|francis|"
    r"penguin|harper\w*|norton|university|universit\w+|éditions|editions|editorial|edizioni|editora|издательство|изд-во|видавництво|wydawnictwo|"
    r"yayın\w*|institut(?!ions?\b)\w*|corporation|rienner|mulino|mcgraw-hill|pearson|de gruyter|oldenbourg|suhrkamp|gallimard|l['’]harmattan|rowman|littlefield|"
    r"lexington|westview|praeger|bloomsbury|tauris|hurst|polity|random house|simon & schuster|наука|company|inc|ltd|group|foundation|council|college|center|centre)(?:\b|$)",
    re.IGNORECASE,
)


def qualifiers(draft: Draft, start: int, end: int) -> bool:
    """Read edition and volume, as brackets behind a title name them; say whether there were any."""
    found = False
    text = draft.view[start:end]
    if edition := EDITION.search(text):
        draft.take("edition", start + edition.start(), start + edition.end(), edition_in(edition["edition"]))
        if says_more(edition[0]):
            draft.add_note(edition[0])
        found = True
    if volume := _VOLUME.search(text):
        draft.take("volume", start + volume.start(), start + volume.end(), volume["volume"])
        found = True
    return found


def take_publisher(draft: Draft, start: int, end: int) -> None:
    """Set publisher and place, and the year behind them."""
    start, end = bounds(draft, start, end)
    if start >= end:
        return
    while draft.view[end - 1] == ")" and "(" not in draft.view[start:end]:
        end -= 1
    if bracketed := re.search(rf"\s\({_YEAR}\)$", draft.view[start:end]):
        draft.mark("issued", end - 1, end)
        draft.mark("issued", start + bracketed.start(), start + bracketed.start() + 2)
        end -= 1
    date = date_ending(draft.view, end)
    if date and date.start >= start:
        draft.take_date(date.start, end, date.date)
        end = start + len(draft.view[start : date.start].rstrip(" ,.;:(–—-"))
    if edition := EDITION.match(draft.view, start, end):
        qualifiers(draft, start, edition.end())
        start = bounds(draft, edition.end(), end)[0]
    place = _PLACE.match(draft.view, start, end)
    if place and start < end:
        draft.take("publisher_place", start, place.end(), _place_name(draft.words(start, place.end("place"))))
        start = place.end()
    if start < end and is_place(_place_name(draft.words(start, end))):
        draft.take("publisher_place", start, end, _place_name(draft.words(start, end)))
    elif start < end and (behind := _PLACE_BEHIND.fullmatch(draft.view, start, end)) and is_place(behind["place"]):
        draft.take("publisher", start, behind.start("mark"), behind["publisher"].strip(" ,;:[]"))
        draft.take("publisher_place", behind.start("mark"), end, behind["place"])
    elif start < end:
        draft.take("publisher", start, end, draft.words(start, end).strip(" ,;:[]"))


def _place_name(text: str) -> str:
    return text.strip(" ,.–-")


def bounds(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Give a stretch without the blanks and marks around it."""
    view = draft.view
    while end > start and view[end - 1] in " .,;\u00a0":
        end -= 1
    while start < end and view[start] in " .,;:–—-\u00a0":
        start += 1
    return start, end
