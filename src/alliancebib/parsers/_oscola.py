# ruff: noqa: E501 - patterns read best in one piece
"""Legal citations as OSCOLA writes them: the title in single quotation marks, brackets without commas, no full stops.

Curly marks or straight ones stand around a title; an apostrophe in it is told by what follows.

A draft and the stretch of a line come in; fields are set on the draft, and the kind of the work goes out, "" for none.
"""

from __future__ import annotations

import re

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_at, date_ending
from alliancebib.outline.outlets import Outlets
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import THESIS
from alliancebib.parsers._legal_courts import IN_VOLUME, PIN, REPORTER, act, judgment, take_volume
from alliancebib.parsers._legal_fronts import head_of
from alliancebib.parsers._names import read_names
from alliancebib.parsers._places import is_place

__all__ = ["oscola"]

_YEAR = r"(?:18|19|20)\d\d"
#: Where the title begins, and where it may end: an apostrophe can stand in it.
_OPENS = re.compile(r",?\s(?P<mark>[‘“'\"])(?=[^\s])")
_CLOSES = re.compile(r"(?<=\S)[’”'\"](?=,?\s[(\[]|,?\s[A-Z]|,?\sin\s)")
_PAIRS = {"‘": "’", "“": "”", "'": "'", '"': '"'}
#: So many ends of a title are tried at most.
_MOST = 12
#: "(adopted 23 May 1969, entered into force 27 January 1980) 1155 UNTS 331".
_ADOPTED = re.compile(
    rf"(?P<title>[A-Z][^()]{{5,300}}?)\s\((?P<dates>[^()]{{0,60}}?(?:adopted|signed|opened for signature)\s(?P<date>[^(),]{{6,30}})[^()]{{0,120}})\)"
    rf"(?:\s\[(?P<issued>{_YEAR})\])?(?:\s(?P<volume>\d{{1,4}}))?\s{REPORTER}\s(?P<page>[A-Z]{{0,2}}\d{{1,5}}(?:/\d{{1,3}})?)$"
)
#: "Title (3rd edn, OUP 2009) 12": a book, which has no marks around its title.
_BOOK = re.compile(
    rf"\s\((?P<edition>[^(),]{{1,30}}?)\sedn,\s(?P<publisher>[A-Z][^(),:]{{1,60}}?),?\s(?P<year>{_YEAR})\)(?:,?\s(?:(?:pp?\.?\s)?(?P<page>\d{{1,4}}(?:[–-]\d{{1,4}})?)|(?P<part>(?:ch|para)s?\s[\d.–-]{{1,11}})))?$"
)
_BRACKET = re.compile(r",?\s\((?P<inner>[^()]{4,120})\)(?:\s(?P<page>[A-Z]?\d{1,4}(?:[–-]\d{1,4})?))?$")
_SITE = re.compile(r"(?P<site>[^,]{2,80}),\s(?P<date>.{6,24})")
_OUTLET = re.compile(
    r"\s(?P<name>[A-Z][\w'’.& -]{2,50}?)\s\((?P<place>[^(),]{3,30}),\s(?P<date>[^()]{6,24})\)(?:\s(?P<page>[A-Z]?\d{1,3}))?$"
)


def oscola(draft: Draft, start: int, end: int, outlets: Outlets) -> str:
    """Set the fields of what OSCOLA cites; give the kind of the work."""
    opens = _OPENS.search(draft.view, start + 3, min(end, start + 220))
    front = draft.view[start : opens.start()] if opens else ""
    names = None if re.search(r"[()“”‘\"]", front) else read_names(front, given_first=True)
    if opens and names and all(name.others or (name.family and name.given) for name in names):
        for place in _ends(draft.view, opens, end):
            kind = _behind_title(draft, place + 1, end, outlets)
            if kind:
                draft.take("author", start, opens.start(), names)
                title = " ".join(draft.view[opens.end() : place].split())
                draft.take("title", opens.start(), place + 1, title)
                return kind
        return ""
    if judgment(draft, start, end):
        return "legal_case"
    if act(draft, start, end):
        return "legislation"
    return _treaty(draft, start, end) or _book(draft, start, end)


def _ends(view: str, opens: re.Match[str], end: int) -> list[int]:
    """Give the places where a title may end: the mark that closes it stands there."""
    closing = _PAIRS[opens["mark"]]
    places = [match.start() for match in _CLOSES.finditer(view, opens.end() + 3, min(end, opens.end() + 410))]
    return [place for place in places if view[place] == closing][:_MOST]


def _behind_title(draft: Draft, start: int, end: int, outlets: Outlets) -> str:
    if volume := _volume(draft.view[:end], start):
        place, pin = volume
        take_volume(draft, place)
        if pin:
            draft.take("note", *pin.span("pin"))
        return "article-journal"
    if (outlet := _OUTLET.match(draft.view[:end], start)) and outlets.is_outlet(outlet["name"]):
        return _newspaper(draft, outlet, start)
    bracket = _BRACKET.match(draft.view[:end], start)
    return _in_bracket(draft, bracket) if bracket else ""


def _volume(view: str, start: int) -> tuple[re.Match[str], re.Match[str] | None] | None:
    """Read the place of an article in a volume, and the page that is cited, up to the end of the text."""
    place = IN_VOLUME.match(view, start)
    pin = PIN.match(view, place.end()) if place else None
    end = (pin or place).end() if place else 0
    return (place, pin) if place and end == len(view) else None


def _newspaper(draft: Draft, match: re.Match[str], start: int) -> str:
    date = date_at(match["date"], 0)
    if date is None or date.end < len(match["date"]):
        return ""
    draft.take("container_title", start, match.end("name"), match["name"].strip())
    draft.take("publisher_place", *match.span("place"))
    draft.take("issued", *match.span("date"), date.date)
    if match["page"]:
        draft.take("page", *match.span("page"))
    return "article-newspaper"


def _in_bracket(draft: Draft, match: re.Match[str]) -> str:
    """Read "(DPhil thesis, University of Oxford 1998)", "(War on the Rocks, 8 May 2018)" with an address."""
    inner, offset = match["inner"], match.start("inner")
    thesis = THESIS.match(inner)
    if thesis and (date := date_ending(inner, len(inner))):
        draft.take("genre", offset, offset + thesis.end())
        publisher = inner[thesis.end() : date.start].strip(" ,")
        draft.take("publisher", offset + thesis.end(), offset + date.start, publisher)
        draft.take("issued", offset + date.start, match.end(), date.date)
        return "thesis"
    site = _SITE.fullmatch(inner)
    seen = date_at(site["date"], 0) if site else None
    if site is None or seen is None or seen.end < len(site["date"]) or not draft.urls or is_place(site["site"]):
        return ""
    draft.take("container_title", offset, offset + site.end("site"))
    draft.take("issued", offset + site.start("date"), match.end(), seen.date)
    return "webpage"


def _treaty(draft: Draft, start: int, end: int) -> str:
    adopted = _ADOPTED.match(draft.view[:end], start)
    date = date_at(adopted["date"], 0) if adopted else None
    if adopted is None or date is None:
        return ""
    for field, group in (("title", "title"), ("volume", "volume"), ("container_title", "name"), ("page", "page")):
        if adopted[group]:
            draft.take(field, *adopted.span(group))
    draft.take("issued", *adopted.span("date"), date.date)
    draft.take("note", *adopted.span("dates"))
    draft.mark("issued", *adopted.span("issued"))
    return "treaty"


def _book(draft: Draft, start: int, end: int) -> str:
    """Read a book of which the edition is told in its bracket: the names end at a comma, the title at the bracket."""
    place = draft.view.rfind(" (", start, end)
    match = _BOOK.match(draft.view[:end], place) if place > 0 else None
    head = head_of(draft.view, start, place, spelled=True) if match else None
    if match is None or head is None or place - head.title < 3 or draft.view.startswith("in ", head.title):
        return ""
    draft.take("author", start, head.title, head.names)
    draft.take("title", head.title, place)
    number = re.match(r"\d{1,2}", match["edition"])
    draft.take("edition", place, match.start("publisher"), number[0] if number else match["edition"])
    draft.take("publisher", *match.span("publisher"))
    draft.take("issued", match.end("publisher"), match.end("year"), PartialDate(year=int(match["year"])))
    if match["page"]:
        draft.take("page", *match.span("page"))
    if match["part"]:
        draft.take("note", *match.span("part"))
    return "book"
