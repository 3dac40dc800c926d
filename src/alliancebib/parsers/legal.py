# ruff: noqa: E501 - patterns read best in one piece
"""Parser: legal citations of The Bluebook and OSCOLA: articles, cases, statutes, treaties, books, reports, newspapers.

Names stand upright in front ("&" before the last), the title without marks; then volume, reporter and first page, or the
first page and the editors, or the day. Each form is read from its end; what has none of them is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.outline.dates import date_at, date_ending, find_date
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.outline.tails import is_short_name
from alliancebib.page import Line, Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import FORM_IN_BRACKETS
from alliancebib.parsers._legal_cited import Cited, cited_at, is_court, is_journal, is_law, is_treaty_series
from alliancebib.parsers._legal_fronts import CASE, INSTRUMENT, TREATY, Head, head_of
from alliancebib.parsers._names import read_names
from alliancebib.parsers._oscola import oscola

__all__ = ["parse"]

ACTOR = "legal"
_CONFIDENCE = 0.9
_LONGEST = 1500
_YEAR = r"(?:18|19|20)\d\d"
_PIN = r"(?:,\s(?P<pin>\d{1,5}(?:[–-]\d{1,5})?(?:\s&\sn\.\s?\d{1,3}|\sn\.\s?\d{1,3})?))?"
_NUMBERED = re.compile(
    r",\s(?P<name>(?:T\.I\.A\.S|[CU]?\.?E?\.?K?\.?T\.S|Treaty Doc|Exec\. Doc)\.?)\s(?:No\.\s)?(?P<number>\d[\d-]{0,11})$"
)
_STATUTE = re.compile(
    r"(?:of\s(?P<year>(?:18|19|20)\d\d))?(?P<comma>,)\s(?:Pub\.\sL\.|Private\sL\.)\s(?:No\.\s)?(?P<number>\d{1,3}[-–]\d{1,4})(?:,\s(?P<part>§{1,2}\s[\w().–-]{1,20}))?$"
)
#: An act of one parliament, whatever it is about.
_ENACTED = re.compile(r"\b(?:Act|Resolution|Code|Amendment|Amendments)\b")
#: "opened for signature May 23, 1969".
_SIGNED = re.compile(r",\s(?:opened\sfor\ssignature|adopted|done|signed|concluded)(?:\sat\s[A-Z]\w{2,20})?,?$")
#: "Austl.-U.K.-U.S.": the parties of a treaty.
_PARTIES = re.compile(
    r",\s(?P<parties>[A-Z][\w.]{1,12}(?:\s[A-Z][\w.]{1,12})?(?:[-–][A-Z][\w.]{1,12}(?:\s[A-Z][\w.]{1,12})?){1,6})$"
)
_IN_BOOK = re.compile(
    rf",\s[Ii]n\s(?P<book>[A-Z][^()]{{3,250}}?)(?:,\sat)?\s(?P<page>\d{{1,4}}){_PIN}\s\((?P<editors>[^()]{{3,200}}?)\s[Ee]ds?\.,\s(?P<edition>\d(?:st|nd|rd|th|d)\sed\.,?\s)?(?P<year>{_YEAR})\)$"
)
_DATED_END = re.compile(rf"\s\((?P<edition>\d{{1,2}}(?:st|nd|rd|th|d)\sed\.,?\s|rev\.\sed\.,?\s)?(?P<year>{_YEAR})\)$")
#: A number at the end of a title: a page that is cited, or a part of the title.
_PIN_END = re.compile(
    r"(?P<at>,\sat)?(?<![,.\d])\s(?P<pin>(?P<first>\d{1,4})(?:[–-](?P<last>\d{1,4}))?)(?P<foot>\s(?:&\s)?n{1,2}\.\s?\d{1,3})?$"
)
#: What goes on with a number: "The Group of 20", "Article 5".
_COUNTED = re.compile(r"(?:^|\s)(?:of|at|to|the|for|and|in|No\.|[A-Z]?(?:rticle|ection|hapter|art|olume))$")
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
    readers: tuple[Callable[[Draft, int, int], str], ...] = (
        _hearing,
        _in_reporter,
        _in_series,
        _in_book,
        partial(_of_a_day, outlets=known),
        partial(oscola, outlets=known),
        partial(_alone, literature=section.expects == "literature"),
    )
    kind = ""
    for read in readers:
        draft = Draft.of(line)  # what a form that does not fit has set is no concern of the next
        if kind := read(draft, start, end):
            break
    if not kind or not draft.fields.get("title"):
        return None
    return draft.finish(by=ACTOR, kind=kind, confidence=_CONFIDENCE, section=section, page=page)


def _named(draft: Draft, start: int, end: int, *, wanted: bool) -> bool:
    """Set names and title of what stands in front; say whether there is a title, and names where they are wanted."""
    head = head_of(draft.view, start, end)
    if head is None:
        if wanted:
            return False
        head = Head((), start)
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
    cited = next((found for comma in _commas(view, start, end) if (found := cited_at(view, comma))), None)
    if cited is None:
        return ""
    name, stop = cited.names[0], cited.start
    official = is_law(name) or is_court(name) or any(map(is_treaty_series, cited.names))
    statute = _STATUTE.search(view[start:stop])
    stop, told = (
        _day_in_front(draft, start, stop) if cited.date is None or (official and not is_court(name)) else (stop, False)
    )
    _take_bracket_date(draft, cited, told=told)
    if statute:
        stop = _take_statute(draft, statute, start, stop)
    if "issued" not in draft.fields:
        return ""
    stop = _without_parties(draft, start, stop)
    title = view[start:stop]
    if official or (CASE.search(title) and not is_journal(name)):
        draft.take("title", start, stop)
    elif not _named(draft, start, stop, wanted="." not in name and not INSTRUMENT.search(title)):
        return ""
    for field, span in (("volume", cited.volume), ("page", cited.page), ("container_title", cited.name)):
        draft.take(field, *span)
    kind = _sort(cited.names, title, law=statute is not None, by="author" in draft.fields)
    _take_rest(draft, cited, kind=kind, told=told)
    return kind


def _take_bracket_date(draft: Draft, cited: Cited, *, told: bool) -> None:
    """Take the date in the bracket, unless another was told and the bracket says more about its own."""
    if cited.date and not told:
        draft.put("issued", cited.date.date)
    if cited.date and (not told or not cited.court):
        draft.mark("issued", cited.date.start, cited.date.end)


def _take_statute(draft: Draft, statute: re.Match[str], start: int, stop: int) -> int:
    """Take the number of a law, and the year of its name where there is no other; say where its name ends."""
    draft.add_extra("number", statute["number"])
    if statute["year"]:
        draft.put("issued", PartialDate(year=int(statute["year"])))
    if statute["part"]:
        draft.add_note(statute["part"])
        draft.mark("note", start + statute.start("part"), stop)
    end = start + statute.start("comma")
    draft.mark("number", end, stop)
    return end


def _take_rest(draft: Draft, cited: Cited, *, kind: str, told: bool) -> None:
    """Take the court of a case; all that stands in other reporters, in brackets and behind becomes a note."""
    bracket = cited.bracket if told and cited.court else cited.court
    if bracket and kind == "legal_case":
        draft.add_extra("authority", draft.words(*bracket))
        draft.mark("authority", *bracket)
        bracket = None
    for span in sorted([*cited.rest, *([bracket] if bracket else [])]):
        draft.add_note(draft.words(*span))
        draft.mark("note", *span)


def _sort(names: tuple[str, ...], title: str, *, law: bool, by: bool) -> str:
    """Say what stands in the series of these names; what persons wrote is no instrument and no case."""
    if law:
        return "legislation"
    if by:
        return "article-journal"
    if CASE.search(title) and not is_journal(names[0]):
        return "legal_case"
    if any(map(is_treaty_series, names)):
        return "treaty"
    if is_law(names[0]):
        agreed = names[0].endswith("Stat.") and TREATY.search(title) and not _ENACTED.search(title)
        return "treaty" if agreed else "legislation"
    return "legal_case" if is_court(names[0]) else "article-journal"


def _commas(view: str, start: int, end: int) -> list[int]:
    """Give the commas behind which a number stands."""
    return [match.start() for match in _BEFORE_VOLUME.finditer(view, start, end)]


def _day_in_front(draft: Draft, start: int, stop: int) -> tuple[int, bool]:
    """Take the day on which a treaty was signed, which stands before its series; say where the rest ends, and whether.

    A day that a comma does not part from the title belongs to the title too ("Act of June 5, 1990").
    """
    date = date_ending(draft.view, stop)
    if date is None or date.start <= start + 3:
        return stop, False
    cut = start + len(draft.view[start : date.start].rstrip())
    signed = _SIGNED.search(draft.view[start:cut])
    if signed is None and draft.view[cut - 1] != ",":
        if date.date.day:
            draft.put("issued", date.date)
        return stop, date.date.day is not None
    cut = start + signed.start() if signed else start + len(draft.view[start:cut].rstrip(" ,"))
    draft.take("issued", cut, stop, date.date)
    return cut, True


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
    stop, told = _day_in_front(draft, start, start + match.start()) if match else (end, False)
    if match is None or not told:
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
    counted = _COUNTED.search(match["book"]) is not None
    draft.take("container_title", start + match.start("book"), start + match.end("page" if counted else "book"))
    if not counted:
        draft.take("page", start + match.start("page"), start + match.end("page"))
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
    head = head_of(draft.view, start, start + dated.start()) if dated else None
    if dated is None or head is None or not any(_WHOLE_WORD.search(name.given) for name in head.names):
        return ""  # lawyers write given names in full; initials and numbers are of physicists
    stop = start + dated.start()
    report = _BODY_AND_NUMBER.match(draft.view, head.title, stop)
    title = report.end() if report else head.title
    pin = _PIN_END.search(draft.view[title:stop])
    numbered = pin is not None and not re.fullmatch(_YEAR, pin["pin"])
    pinned = (
        pin is not None
        and numbered
        and _is_pin(pin, draft.view[title : title + pin.start()], known=bool(report or dated["edition"]))
    )
    if not (report or numbered or (literature and "&" in draft.view[start : head.title])) or date_at(draft.view, title):
        return ""
    draft.take("author", start, head.title, head.names)
    if report:
        draft.take("publisher", *report.span("body"))
        draft.add_extra("number", report["number"])
        draft.mark("number", report.end("body"), report.end())
    if pin and pinned:
        draft.take("page", title + pin.start(), title + pin.end("pin"), pin["pin"])
        if pin["foot"]:
            draft.add_note(pin["foot"].strip())
            draft.mark("note", title + pin.start("foot"), stop)
        stop = title + pin.start()
    draft.take("title", title, stop, draft.words(title, stop).rstrip(" ,"))
    _take_edition(draft, dated, start)
    draft.take("issued", start + dated.start("year"), end, PartialDate(year=int(dated["year"])))
    return "report" if report else "book"


def _is_pin(pin: re.Match[str], title: str, *, known: bool) -> bool:
    """Say whether the number at the end of a title is a page: something else than the number must tell it.

    That is an edition or a report's number, or a mark ("at", a footnote, the end of a range cut short).
    """
    if pin["at"] or pin["foot"]:
        return True
    if _COUNTED.search(title):
        return False
    cut_short = pin["last"] is not None and len(pin["last"]) < len(pin["first"]) == 3
    return known or cut_short


def _take_edition(draft: Draft, dated: re.Match[str], start: int) -> None:
    if dated["edition"]:
        number = re.match(r"\d+", dated["edition"])
        draft.put("edition", number[0] if number else "revised")
        draft.mark("edition", start + dated.start("edition"), start + dated.end("edition"))
