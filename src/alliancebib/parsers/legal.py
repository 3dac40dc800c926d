# ruff: noqa: E501 - patterns read best in one piece
"""Parser: legal citations of The Bluebook and OSCOLA: articles, cases, statutes, treaties, books, reports, newspapers.

Names stand upright in front ("&" before the last), the title without marks; then volume, reporter and first page, or the
first page and the editors, or the day. Each form is read from its end; what has none of them is left to others.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.outline.dates import date_at, date_ending, find_date
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.outline.tails import is_short_name
from alliancebib.page import Line, Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import FORM_IN_BRACKETS
from alliancebib.parsers._names import read_names
from alliancebib.parsers._oscola import oscola

__all__ = ["parse"]

ACTOR = "legal"
_CONFIDENCE = 0.9
_LONGEST = 1500
_YEAR = r"(?:18|19|20)\d\d"
_PIN = r"(?:,\s(?P<pin>\d{1,5}(?:[–-]\d{1,5})?(?:\s&\sn\.\s?\d{1,3}|\sn\.\s?\d{1,3})?))?"
#: "131 Harv. L. Rev. 1201": abbreviations have a full stop or are in capitals; the whole names of journals are known too.
_REPORTER = r"(?P<name>(?:[A-Z][\w.'’&-]{0,20}|&|of|the|for|on|and|in|2d|3d|4th)(?:\s(?:[A-Z][\w.'’&-]{0,20}|&|of|the|for|on|and|in|2d|3d|4th)){0,9})"
_CITED = re.compile(
    rf",\s(?P<volume>\d{{1,4}})\s{_REPORTER}\s(?P<page>\d{{1,5}}){_PIN}(?P<parallel>(?:,\s\d{{1,4}}\s[A-Z][A-Za-z.\s]{{1,30}}\s\d{{1,5}})*)"
    rf"(?:\s\((?P<court>[^()]{{0,40}}?)(?P<year>{_YEAR})\))?$"
)
_NUMBERED = re.compile(
    r",\s(?P<name>(?:T\.I\.A\.S|[CU]?\.?E?\.?K?\.?T\.S|Treaty Doc|Exec\. Doc)\.?)\s(?:No\.\s)?(?P<number>\d[\d-]{0,11})$"
)
_STATUTE = re.compile(r",\s(?:Pub\.\sL\.|Private\sL\.)\s(?:No\.\s)?(?P<number>\d{1,3}[-–]\d{1,4})$")
_TREATIES = re.compile(r"(?:U\.?S\.?T|U\.?N\.?T\.?S|L\.?N\.?T\.?S|I\.?L\.?M|Bevans|T\.?I\.?A\.?S|E\.?T\.?S)\.?$")
_LAW = re.compile(r"(?:Stat|U\.S\.C|C\.F\.R|Fed\. Reg)\.?$")
_CASE = re.compile(r"\sv\.?\s|^(?:In re|Ex parte)\s")
#: What begins or names an instrument: it has parties and no authors.
_INSTRUMENT = re.compile(
    r"\b(?:Treaty|Agreement|Convention|Charter|Protocol|Pact|Covenant|Accords?|Act|Statute|Constitution|Memorandum of Understanding)\b"
)
#: "Austl.-U.K.-U.S.": the parties of a treaty.
_PARTIES = re.compile(
    r",\s(?P<parties>[A-Z][\w.]{1,12}(?:\s[A-Z][\w.]{1,12})?(?:[-–][A-Z][\w.]{1,12}(?:\s[A-Z][\w.]{1,12})?){1,6})$"
)
_IN_BOOK = re.compile(
    rf",\s[Ii]n\s(?P<book>[A-Z][^()]{{3,250}}?)(?:,\sat)?\s(?P<page>\d{{1,4}}){_PIN}\s\((?P<editors>[^()]{{3,200}}?)\s[Ee]ds?\.,\s(?P<edition>\d(?:st|nd|rd|th|d)\sed\.,?\s)?(?P<year>{_YEAR})\)$"
)
_DATED_END = re.compile(rf"\s\((?P<edition>\d{{1,2}}(?:st|nd|rd|th|d)\sed\.,?\s|rev\.\sed\.,?\s)?(?P<year>{_YEAR})\)$")
_PIN_END = re.compile(r"(?:,?\sat|(?<![,.\d]))\s(?P<pin>\d{1,4}(?:[–-]\d{1,4})?)$")
_AT_PAGE = re.compile(r",\sat\s(?P<page>[A-Z]{0,2}\d{1,4}(?:[–-]\d{1,4})?)$")
_DAY_BRACKET = re.compile(r"\s\((?P<date>[^()]{6,30})\)$")
_HEARING = re.compile(
    rf"(?P<title>.{{5,400}}?:?\s[Hh]earings?\s(?:[Bb]efore|[Oo]n)\s.{{3,250}}?),\s(?P<congress>\d{{2,3}}(?:st|nd|rd|th|d)\sCong\.)(?:,?\s(?P<pin>\d{{1,4}}(?:[–-]\d{{1,4}})?))?\s\((?P<year>{_YEAR})\)(?:\s\((?P<aside>[^()]{{3,200}})\))?$"
)
#: "Cong. Rsch. Serv., RL32418, ": who made a report, and its number, in front of the title.
_BODY_AND_NUMBER = re.compile(r"\s?(?P<body>(?:[A-Z][\w.'’]{1,20}\s?){1,5}),\s(?P<number>[A-Z]{1,4}[-\s]?\d{2,6}),\s")
_WHOLE_WORD = re.compile(r"[^\W\d_]{2}")
_NAME_END = re.compile(r",\s")
_BEFORE_VOLUME = re.compile(r",\s\d{1,4}\s[A-Z]")
#: So many names stand in front at most.
_MOST = 6


class _Head(msgspec.Struct, frozen=True):
    """Names in front, and the place where the title begins."""

    names: tuple[Name, ...]
    title: int


def parse(line: Line, section: Section, *, page: str, outlets: Outlets | None = None) -> Reference | None:
    """Read a legal citation; None where a line has the form of none.

    >>> text = "Ann B. Doe & Max Roe, The Law of Pacts, 45 Yale L.J. 12 (1999)."
    >>> found = parse(Line(number=1, text=text), Section(title=""), page="list.txt")
    >>> found.title, found.volume, found.container_title, found.page
    ('The Law of Pacts', '45', 'Yale L.J.', '12')
    """
    draft = Draft.of(line)
    start, end = draft.extent()
    if end - start > _LONGEST:
        return None
    while end > start and draft.view[end - 1] in " ,.;":
        end -= 1
    known = outlets or load_outlets()
    kind = (
        _hearing(draft, start, end)
        or _in_reporter(draft, start, end)
        or _in_series(draft, start, end)
        or _in_book(draft, start, end)
        or _of_a_day(draft, start, end, known)
        or oscola(draft, start, end, known)
        or _alone(draft, start, end, literature=section.expects == "literature")
    )
    if not kind or not draft.fields.get("title"):
        return None
    return draft.finish(by=ACTOR, kind=kind, confidence=_CONFIDENCE, section=section, page=page)


def _head(view: str, start: int, end: int) -> _Head | None:
    """Find the names in front: to the comma behind the name that "&" leads to, or to the first comma."""
    commas = [match.start() for match in _NAME_END.finditer(view, start, min(end, start + 300))][:_MOST]
    together = view.find(" & ", start, commas[-1]) if commas else -1
    behind = next((comma for comma in commas if comma > together), -1) if together > 0 else -1
    for comma in (behind, commas[0] if commas else -1):
        if comma < 0:
            continue
        names = read_names(view[start:comma], given_first=True)
        if names and all(name.others or (name.family and name.given) for name in names):
            return _Head(names, comma + 2)
    return None


def _named(draft: Draft, start: int, end: int, *, wanted: bool) -> bool:
    """Set names and title of what stands in front; say whether there is a title, and names where they are wanted."""
    head = _head(draft.view, start, end)
    if head is None:
        if wanted:
            return False
        head = _Head((), start)
    if head.names:
        draft.take("author", start, head.title, head.names)
    if end - head.title < 3:
        return False
    draft.take("title", head.title, end, draft.words(head.title, end).strip(" ,"))
    return True


def _year(draft: Draft, match: re.Match[str]) -> None:
    draft.take("issued", match.start("year"), match.end("year"), PartialDate(year=int(match["year"])))


def _hearing(draft: Draft, start: int, end: int) -> str:
    """Read "Title: Hearing Before the Committee, 118th Cong. 12 (2023) (statement of somebody)"."""
    match = _HEARING.match(draft.view[:end], start)
    if match is None:
        return ""
    draft.take("title", match.start("title"), match.end("title"))
    _year(draft, match)
    draft.mark("page", *match.span("pin"))
    draft.put("page", match["pin"])
    for group in ("congress", "aside"):
        if match[group]:
            draft.add_note(match[group])
            draft.mark("note", *match.span(group))
    return "hearing"


def _in_reporter(draft: Draft, start: int, end: int) -> str:
    """Read what stands in a volume of a reporter, law review, statute book or treaty series."""
    view = draft.view[:end]
    match = next((found for comma in _commas(view, start, end) if (found := _CITED.match(view, comma))), None)
    if match is None:
        return ""
    stop = match.start()
    instrument = _CASE.search(view[start:stop]) or _INSTRUMENT.search(view[start:stop])
    statute = _STATUTE.search(view[start:stop])
    if not match["year"]:
        stop = _day_in_front(draft, start, stop)
        if not stop:
            return ""
    else:
        _year(draft, match)
    if statute:
        draft.add_extra("number", statute["number"])
        draft.mark("number", start + statute.start(), stop)
        stop = start + statute.start()
    stop = _without_parties(draft, start, stop)
    if instrument:
        draft.take("title", start, stop)
    elif not _named(draft, start, stop, wanted="." not in match["name"]):
        return ""
    for field in ("volume", "page"):
        draft.take(field, *match.span(field))
    draft.take("container_title", *match.span("name"))
    for group in ("pin", "parallel", "court"):
        if text := (match[group] or "").strip(" ,"):
            draft.add_note(text)
            draft.mark("note", *match.span(group))
    return _sort(match["name"], view[start:stop], law=statute is not None)


def _sort(name: str, title: str, *, law: bool) -> str:
    if law or _LAW.search(name):
        return "legislation"
    if _CASE.search(title):
        return "legal_case"
    return "treaty" if _TREATIES.search(name) else "article-journal"


def _commas(view: str, start: int, end: int) -> list[int]:
    """Give the commas behind which a number stands."""
    return [match.start() for match in _BEFORE_VOLUME.finditer(view, start, end)]


def _day_in_front(draft: Draft, start: int, stop: int) -> int:
    """Take the day on which a treaty was signed, which stands before its series; 0 where none does."""
    date = date_ending(draft.view, stop)
    if date is None or date.start <= start + 3:
        return 0
    draft.take("issued", date.start, stop, date.date)
    return start + len(draft.view[start : date.start].rstrip(" ,"))


def _without_parties(draft: Draft, start: int, stop: int) -> int:
    parties = _PARTIES.search(draft.view[start:stop])
    if parties is None:
        return stop
    draft.add_note(parties["parties"])
    draft.mark("note", start + parties.start(), stop)
    return start + parties.start()


def _in_series(draft: Draft, start: int, end: int) -> str:
    """Read a treaty that has a number in its series and no page: "T.I.A.S. No. 25-117"."""
    match = _NUMBERED.search(draft.view[start:end])
    stop = _day_in_front(draft, start, start + match.start()) if match else 0
    if match is None or not stop:
        return ""
    stop = _without_parties(draft, start, stop)
    draft.take("title", start, stop)
    draft.take("container_title", start + match.start("name"), start + match.end("name"))
    draft.add_extra("number", match["number"])
    draft.mark("number", start + match.end("name"), end)
    return "treaty"


def _in_book(draft: Draft, start: int, end: int) -> str:
    """Read a chapter: "Names, Title, in Book 21 (Names eds., 2007)"."""
    match = _IN_BOOK.search(draft.view[start:end])
    editors = read_names(match["editors"].rstrip(","), given_first=True) if match else None
    if match is None or not editors or not _named(draft, start, start + match.start(), wanted=True):
        return ""
    for field, group in (("container_title", "book"), ("page", "page")):
        draft.take(field, start + match.start(group), start + match.end(group))
    draft.take("editor", start + match.start("editors"), start + match.end("editors"), editors)
    draft.mark("container_title", start + match.start(), start + match.start("book"))
    year = start + match.start("year")
    draft.take("issued", year, year + 4, PartialDate(year=int(match["year"])))
    for group, field in (("pin", "note"), ("edition", "edition")):
        if match[group]:
            draft.put(field, re.sub(r"\D*\s?ed\.,?\s?$", "", match[group]))
            draft.mark(field, start + match.start(group), start + match.end(group))
    draft.mark("editor", start + match.end("editors"), year)
    return "chapter"


def _of_a_day(draft: Draft, start: int, end: int, outlets: Outlets) -> str:
    """Read what appeared on a day: "Names, Title, Outlet, Date, at A1", "Names, Title, Outlet (Date)" with an address."""
    at_page = _AT_PAGE.search(draft.view[start:end])
    stop = start + at_page.start() if at_page else end
    bracket = _DAY_BRACKET.search(draft.view[start:stop])
    date = find_date(bracket["date"]) if bracket else (date_ending(draft.view, stop) if at_page else None)
    if date is None or date.date.day is None or not (at_page or draft.urls):
        return ""
    if bracket and date.end - date.start != len(bracket["date"]):
        return ""
    cut = start + bracket.start() if bracket else start + len(draft.view[start : date.start].rstrip(" ,"))
    name_at = draft.view.rfind(", ", start, cut) + 2
    name = draft.words(name_at, cut)
    released = _released(draft, start, cut)
    if not released:
        listed = outlets.is_outlet(name) or (bool(draft.urls) and is_short_name(name, 8) and bracket)
        if name_at < start + 4 or not listed or not _named(draft, start, name_at - 2, wanted=True):
            return ""
        draft.take("container_title", name_at - 2, cut, name)
    draft.take("issued", cut, stop, date.date)
    if at_page:
        draft.take("page", start + at_page.start(), end, at_page["page"])
    if released or outlets.publishes(name) or not outlets.is_outlet(name):
        return "webpage"
    return "article-newspaper"


def _released(draft: Draft, start: int, cut: int) -> bool:
    """Read "Press Release, Body, Title": the sort of the work and who made it stand in front."""
    commas = [match.start() for match in _NAME_END.finditer(draft.view, start, cut)][:2]
    if len(commas) < 2 or not FORM_IN_BRACKETS.fullmatch(draft.view, start, commas[0]):
        return False
    draft.take("genre", start, commas[0])
    body = draft.words(commas[0] + 1, commas[1])
    draft.take("author", commas[0], commas[1], (Name(literal=body),))
    draft.take("title", commas[1] + 2, cut)
    return True


def _alone(draft: Draft, start: int, end: int, *, literature: bool) -> str:
    """Read a book or report: "Names, Title 181 (1997)", "Names, Body, RL32418, Title (2024)"."""
    dated = _DATED_END.search(draft.view[start:end])
    head = _head(draft.view, start, start + dated.start()) if dated else None
    if dated is None or head is None or not any(_WHOLE_WORD.search(name.given) for name in head.names):
        return ""  # lawyers write given names in full; initials and numbers are of physicists
    stop = start + dated.start()
    report = _BODY_AND_NUMBER.match(draft.view, head.title, stop)
    title = report.end() if report else head.title
    pin = _PIN_END.search(draft.view[title:stop])
    pinned = pin is not None and not re.fullmatch(_YEAR, pin["pin"])
    if not (report or pinned or (literature and "&" in draft.view[start : head.title])) or date_at(draft.view, title):
        return ""
    draft.take("author", start, head.title, head.names)
    if report:
        draft.take("publisher", *report.span("body"))
        draft.add_extra("number", report["number"])
        draft.mark("number", report.end("body"), report.end())
    if pin and pinned:
        draft.take("page", title + pin.start(), stop, pin["pin"])
        stop = title + pin.start()
    draft.take("title", title, stop, draft.words(title, stop).rstrip(" ,"))
    _take_edition(draft, dated, start)
    draft.take("issued", start + dated.start("year"), end, PartialDate(year=int(dated["year"])))
    return "report" if report else "book"


def _take_edition(draft: Draft, dated: re.Match[str], start: int) -> None:
    if dated["edition"]:
        number = re.match(r"\d+", dated["edition"])
        draft.put("edition", number[0] if number else "revised")
        draft.mark("edition", start + dated.start("edition"), start + dated.end("edition"))
