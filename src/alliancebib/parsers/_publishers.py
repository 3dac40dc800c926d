# ruff: noqa: E501 - patterns read best in one piece
"""Who published a work, where and when, in which edition: the stretch comes in, fields are set on the draft.

"London: Hurst, 2010", "Hurst & Co., London (2010)", "2nd ed. Oxford University Press".
"""

from __future__ import annotations

import re

from alliancebib.labelling import sorts_of
from alliancebib.outline.dates import date_ending
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._editions import EDITION, edition_in, says_more
from alliancebib.parsers._places import is_country, is_place

__all__ = ["CUT_PLACE", "DATABASES", "PUBLISHER_WORD", "bounds", "is_publisher", "qualifiers", "take_publisher"]

_YEAR = r"(?:18|19|20)\d\d"
_VOLUME = re.compile(
    r"(?:[Vv]ols?(?:umes?)?|Bde?|Band|Bände|Т|Том)\.?\s?(?P<volume>[\dIVXLC]{1,6}(?:\s?[–-]\s?[\dIVXLC]{1,6})?)"
)
#: "Hurst & Co., London".
CUT_PLACE = re.compile(r"(?:[^\W\d_a-zа-яё]|СПб|Пг|Спб|N\.Y|Wash|Cambr|Lond|Ffm)\.")
_PLACE_BEHIND = re.compile(r"(?P<publisher>[^:]{3,90}?)(?P<mark>[,:]\s)(?P<place>[^,:]{3,40})")
_PLACE = re.compile(r"(?P<place>[^\W\d_a-z][^:;()]{1,50}?)\s?[:：]\s+(?=\S)")
_SEVERAL_PLACES = re.compile(r"(?P<place>[^\W\d_a-z][^:()\d]{1,60}?)\s?:\s+(?=\S)")
#: "4-е изд., перераб. и доп. — Москва": what else is said of an edition, up to the next area.
_MORE_OF_EDITION = re.compile(r"(?P<more>[a-zß-ÿа-яё][^:\d–—]{2,50}?)\s?[–—]\s")
#: "Москва, МГИМО": the place stands in front, and no colon behind it.
_PLACE_AND_PUBLISHER = re.compile(r"(?P<place>[^,:]{3,40}),\s(?P<publisher>[^\W\d_a-z][^,:\d]{1,90})")
_VOLUME_IN_FRONT = re.compile(r"(?:[Vv]ol(?:ume)?|Bd|Band|Т|Том)\.?\s[\dIVXLC]{1,6}[.,]\s+")
#: "rev. 2 vols. in 1.": how many volumes a work has.
_SEVERAL_VOLUMES = re.compile(
    r"(?P<more>rev\.\s)?(?P<count>\d{1,2})\s(?:vols?|volumes|Bde|Bände|tomes|tomos|т)\b\.?(?P<others>\sin\s\d\.?)?[.,]?\s+"
)
_SERIES_BEHIND = re.compile(
    r"\s\((?P<series>[^()]{3,60}\s(?i:series|reihe|library|studies|papers|collection)|(?:[Cc]oll(?:ection|\.)|[Rr]eihe)\s[^()]{3,60})\)$"
)
#: Where MLA says that an article was read; no publishers.
DATABASES = frozenset(
    """
    jstor|project muse|taylor & francis online|sage journals|wiley online library|cambridge core|oxford academic|cairn|
    springerlink|sciencedirect|heinonline|ebscohost|proquest|academic search premier|google books|internet archive|
    hathitrust|academia.edu|persée|cairn.info|scielo|redalyc|cyberleninka""".replace("\n    ", "").split("|")
)
PUBLISHER_WORD = re.compile(
    r"\b(?:press(?:es)?|publish\w*|verlag\w*|books|springer|routledge|palgrave|macmillan|brill|elgar|wiley|elsevier|sage|ashgate|nomos|taylor|francis|"
    r"penguin|harper\w*|norton|university|universit\w+|univerz\w+|uniwersyt\w+|üniversite\w*|университет\w*|університет\w*|éditions|editions|editorial|edizioni|editora|издательство|изд-во|видавництво|wydawnictwo|"
    r"yayın\w*|inst[iy]tut(?!ions?\b)\w*|nakladatelství|vydavatelství|corporation|rienner|mulino|mcgraw-hill|pearson|de gruyter|oldenbourg|suhrkamp|gallimard|l['’]harmattan|rowman|littlefield|"
    r"lexington|westview|praeger|bloomsbury|tauris|hurst|polity|random house|simon & schuster|наука|company|inc|ltd|group|foundation|council|college|center|centre)(?:\b|$)",
    re.IGNORECASE,
)


def is_publisher(text: str) -> bool:
    """Say whether a name is that of a publisher: one of its words says so, or all are known from publishers' names.

    >>> is_publisher("Presses de Sciences Po"), is_publisher("Europa und der Westen")
    (True, False)
    """
    words = [word for word in text.split() if word[0].isupper()]
    known = [sorts_of(word) for word in words]
    return bool(words) and (
        PUBLISHER_WORD.search(text) is not None
        or (len(words) < 4 and all("p" in sort and "t" not in sort for sort in known))
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
    start, end = _aside(draft, start, end)
    for form in (EDITION, _VOLUME_IN_FRONT):
        if match := form.match(draft.view, start, end):
            qualifiers(draft, start, match.end())
            start = bounds(draft, match.end(), end)[0]
            if more := _MORE_OF_EDITION.match(draft.view, start, end):
                draft.add_note(more["more"])
                draft.mark("note", *more.span())
                start = more.end()
    if several := _SEVERAL_VOLUMES.match(draft.view, start, end):
        draft.add_extra("number-of-volumes", several["count"])
        if several["more"]:
            draft.add_note(draft.words(*several.span()).rstrip("."))
        draft.mark("volume", *several.span())
        start = bounds(draft, several.end(), end)[0]
    _place_and_publisher(draft, start, end)


def _aside(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Take off what stands behind a publisher in brackets: the series that the work is in."""
    series = _SERIES_BEHIND.search(draft.view, start, end)
    if series is None or "collection_title" in draft.fields:
        return start, end
    draft.take("collection_title", series.start(), end, series["series"])
    return start, series.start()


def _place_and_publisher(draft: Draft, start: int, end: int) -> None:
    place = _PLACE.match(draft.view, start, end) or _places(draft.view, start, end)
    if place and start < end:
        draft.take("publisher_place", start, place.end(), _place_name(draft.words(start, place.end("place"))))
        start = place.end()
    cut = draft.view[end : end + 1] == "." and CUT_PLACE.fullmatch(f"{draft.words(start, end)}.") is not None
    if start < end and is_place(_place_name(draft.words(start, end))):
        draft.take("publisher_place", start, end, _place_name(draft.words(start, end + cut)))
    elif (front := _PLACE_AND_PUBLISHER.fullmatch(draft.view, start, end)) and _is_front(front):
        draft.take("publisher_place", start, front.end("place"))
        draft.take("publisher", front.end("place"), end, front["publisher"].strip(" ,;:[]"))
    elif start < end and (behind := _PLACE_BEHIND.fullmatch(draft.view, start, end)) and is_place(behind["place"]):
        draft.take("publisher", start, behind.start("mark"), behind["publisher"].strip(" ,;:[]"))
        draft.take("publisher_place", behind.start("mark"), end, behind["place"])
    elif start < end:
        draft.take("publisher", start, end, draft.words(start, end).strip(" ,;:[]"))


def _is_front(match: re.Match[str]) -> bool:
    return is_place(match["place"]) and not is_place(match["publisher"]) and not is_country(match["publisher"])


def _places(view: str, start: int, end: int) -> re.Match[str] | None:
    """Find several places that semicolons divide: "London; New York: Routledge"."""
    match = _SEVERAL_PLACES.match(view, start, end)
    return match if match and is_place(match["place"]) else None


def _place_name(text: str) -> str:
    """Drop the marks around a place; the full stop of "М." and "СПб." belongs to it."""
    text = text.strip(" ,–-")
    return text if CUT_PLACE.fullmatch(text) else text.strip(" .")


def bounds(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Give a stretch without the blanks and marks around it."""
    view = draft.view
    while end > start and view[end - 1] in " .,;–—\u00a0":
        end -= 1
    while start < end and view[start] in " .,;:–—-\u00a0":
        start += 1
    return start, end
