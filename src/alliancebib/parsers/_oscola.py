# ruff: noqa: E501 - patterns read best in one piece
"""Legal citations as OSCOLA writes them: the title in single quotation marks, brackets without commas, no full stops.

A draft and the stretch of a line come in; fields are set on the draft, and the kind of the work goes out, "" for none.
"""

from __future__ import annotations

import re

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_at, date_ending
from alliancebib.outline.outlets import Outlets
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import THESIS
from alliancebib.parsers._names import read_names
from alliancebib.parsers._places import is_place

__all__ = ["oscola"]

_YEAR = r"(?:18|19|20)\d\d"
_REPORTER = r"(?P<name>[A-Z][\w.'’&-]{0,24}(?:\s(?:[A-Z&][\w.'’&-]{0,24}|of|the|and|for|on|in)){0,7})"
_QUOTED = re.compile(r"(?P<names>[^‘’\"“”()]{3,200}?),?\s[‘“](?P<title>.{3,400}?)[’”](?=,?\s[(\[]|\s[A-Z]|,?\sin\s)")
#: "(2011) 121 Yale LJ 252", "[2003] 2 AC 57".
_IN_VOLUME = re.compile(
    rf",?\s[(\[](?P<year>{_YEAR})[)\]]\s(?:(?P<volume>\d{{1,4}})(?:\((?P<issue>[\d–/-]{{1,7}})\))?\s)?{_REPORTER}\s(?P<page>[A-Z]{{0,2}}\d{{1,5}}(?:/\d{{1,3}})?)(?:,\s(?P<pin>\d[\d–-]{{0,11}}))?$"
)
#: "(adopted 23 May 1969, entered into force 27 January 1980) 1155 UNTS 331".
_ADOPTED = re.compile(
    rf"(?P<title>[A-Z][^()]{{5,300}}?)\s\((?P<dates>[^()]{{0,60}}?(?:adopted|signed|opened for signature)\s(?P<date>[^(),]{{6,30}})[^()]{{0,120}})\)"
    rf"(?:\s\[(?P<issued>{_YEAR})\])?(?:\s(?P<volume>\d{{1,4}}))?\s{_REPORTER}\s(?P<page>[A-Z]{{0,2}}\d{{1,5}}(?:/\d{{1,3}})?)$"
)
_CASE = re.compile(rf"(?P<title>[A-Z][^\[\]]{{3,300}}?\sv\.?\s[^\[\]]{{3,300}}?)(?={_IN_VOLUME.pattern})")
_BRACKET = re.compile(r",?\s\((?P<inner>[^()]{4,120})\)(?:\s(?P<page>[A-Z]?\d{1,4}(?:[–-]\d{1,4})?))?$")
_SITE = re.compile(r"(?P<site>[^,]{2,80}),\s(?P<date>.{6,24})")
_OUTLET = re.compile(
    r"\s(?P<name>[A-Z][\w'’.& -]{2,50}?)\s\((?P<place>[^(),]{3,30}),\s(?P<date>[^()]{6,24})\)(?:\s(?P<page>[A-Z]?\d{1,3}))?$"
)


def oscola(draft: Draft, start: int, end: int, outlets: Outlets) -> str:
    """Set the fields of what OSCOLA cites; give the kind of the work."""
    quoted = _QUOTED.match(draft.view, start, end)
    names = read_names(quoted["names"], given_first=True) if quoted else None
    if quoted and names and all(name.others or (name.family and name.given) for name in names):
        kind = _behind_title(draft, quoted.end(), end, outlets)
        if kind:
            draft.take("author", start, quoted.end("names"), names)
            draft.take("title", quoted.end("names"), quoted.end(), " ".join(quoted["title"].split()))
        return kind
    return _treaty_or_case(draft, start, end)


def _behind_title(draft: Draft, start: int, end: int, outlets: Outlets) -> str:
    if volume := _IN_VOLUME.match(draft.view[:end], start):
        _take_volume(draft, volume)
        return "article-journal"
    if (outlet := _OUTLET.match(draft.view[:end], start)) and outlets.is_outlet(outlet["name"]):
        return _newspaper(draft, outlet, start)
    bracket = _BRACKET.match(draft.view[:end], start)
    return _in_bracket(draft, bracket) if bracket else ""


def _take_volume(draft: Draft, match: re.Match[str]) -> None:
    for field, group in (("volume", "volume"), ("issue", "issue"), ("container_title", "name"), ("page", "page")):
        if match[group]:
            draft.take(field, *match.span(group))
    draft.take("issued", *match.span("year"), PartialDate(year=int(match["year"])))
    if match["pin"]:
        draft.take("note", *match.span("pin"))


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


def _treaty_or_case(draft: Draft, start: int, end: int) -> str:
    if adopted := _ADOPTED.match(draft.view[:end], start):
        date = date_at(adopted["date"], 0)
        if date is None:
            return ""
        for field, group in (("title", "title"), ("volume", "volume"), ("container_title", "name"), ("page", "page")):
            if adopted[group]:
                draft.take(field, *adopted.span(group))
        draft.take("issued", *adopted.span("date"), date.date)
        draft.take("note", *adopted.span("dates"))
        draft.mark("issued", *adopted.span("issued"))
        return "treaty"
    case = _CASE.match(draft.view[:end], start)
    volume = _IN_VOLUME.match(draft.view[:end], case.end()) if case else None
    if case is None or volume is None:
        return ""
    draft.take("title", start, case.end())
    _take_volume(draft, volume)
    return "legal_case"
