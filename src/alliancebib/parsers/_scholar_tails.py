"""What follows the names in Google Scholar's formats, each as a grammar in which every character has its place.

A view and a stretch without its final stop come in; a `Tail` goes out (kind, pieces, whether it can hardly be otherwise)
or None where the stretch is anything else. All patterns look at a window of bounded length.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_at
from alliancebib.parsers import _rest
from alliancebib.parsers._genres import REPORT, THESIS
from alliancebib.parsers._numbers import tidy_pages
from alliancebib.parsers._scholar_parts import JOURNAL_WORD, Cut, cut_place, last_cut, stops_in

__all__ = ["MONTH", "PUBLISHER_WORD", "YEAR", "Piece", "Tail", "after_quotes", "after_year", "date_of", "dated_at_end", "unquoted"]

YEAR = r"(?:1[5-9]|20)\d\d"
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
_VOLUME = r"(?:\d{1,4}(?:[-/]\d{1,4})?[A-Za-z]?|[IVXL][IVXLC]{0,8}|[A-Z]{1,3}-?\d{1,4})"
_ISSUE = r"[^(),;:]{1,30}(?:\([^()]{1,12}\))?"
_PLACED = r"(?:[A-Za-z]{1,7}(?:\.|-)?)?\d[\dA-Za-z.:]{0,16}|[ivxl][ivxlc]{0,8}|[IVXL][IVXLC]{0,8}"
_PAGE = rf"(?:{_PLACED})(?:[-–](?:{_PLACED})){{0,3}}(?:, (?:{_PLACED})(?:[-–](?:{_PLACED}))?){{0,4}}"
_DATE = rf"{YEAR}(?: {_SHORT_MONTH}(?: \d{{1,2}})?)?"
#: No run of numbers is longer.
_WINDOW = 130

_AUTHOR_YEAR_NUMBERS = {
    mark: re.compile(
        rf", (?:(?P<volume>{_VOLUME})(?P<a>\({_ISSUE}\))?|(?P<b>\({_ISSUE}\)))(?P<c>, {mark}(?:{_PAGE}))?$|, {mark}(?P<page>{_PAGE})$"
    )
    for mark in ("", r"pp?\.")
}
_MLA_NUMBERS = re.compile(rf"(?:^| )(?P<volume>{_VOLUME})(?:\.(?P<issue>[^.,;:]{{1,30}}))?$")
_CHICAGO_NUMBERS = re.compile(rf"(?: (?P<volume>{_VOLUME}))?, no\. (?P<issue>[^,;:]{{1,40}})$")
_YEAR_IN_BRACKETS = re.compile(rf"(?:^| )\((?P<year>{YEAR})\)(?:: (?P<page>{_PAGE}))?$")
_VANCOUVER_NUMBERS = re.compile(
    rf"\. (?P<date>{_DATE})(?:;(?P<volume>{_VOLUME}(?: Suppl(?: \d+)?)?))?(?:\((?P<issue>[^();:]{{1,30}}(?:\([^()]{{1,12}}\))?)\))?(?::(?P<page>{_PAGE}))?$"
)
_BOOK_PAGES = re.compile(
    rf" \((?:[Vv]ol\. (?P<volume>[^,()]{{1,14}})(?:, [Nn]o\. (?P<issue>[^,()]{{1,14}}))?)?(?:, )?(?:pp?\. (?P<page>{_PAGE}))?\)(?=\.|$)"
)
_CHICAGO_PAGES = re.compile(rf"(?:, vol\. (?P<volume>[^,.]{{1,14}}))?(?:, no\. (?P<issue>[^,.]{{1,14}}))?, pp?\. (?P<page>{_PAGE})$")
_THESIS_IN_BRACKETS = re.compile(
    r" \((?P<genre>(?:Doctoral|PhD|Ph\.D\.|Master['’]s|Masters|Bachelor['’]s|MS|MA) (?:dissertation|thesis))(?:, (?P<publisher>[^()]{2,150}(?:\([^()]{1,60}\))?))?\)$"
)
_THESIS = re.compile(r"\. (?P<genre>Diss\.|PhD diss\.,|MS thesis\.|MA thesis\.|Master['’]s thesis,) (?=\S)")
_THESIS_FIRST = re.compile(r"(?P<genre>PhD diss\.,|Master['’]s thesis,|Diss\.|MS thesis\.) (?=\S)")
_VOLUMES = re.compile(r"\. Vol\. (?P<volume>[\dIVXLC]{1,6})(?:(?:\.|,) [Nn]o\. (?P<issue>[\w-]{1,8}))?\. ")
_PUBLISHED = re.compile(rf"(?P<mark>\.|,) (?P<year>{YEAR})(?:\. (?P<page>{_PAGE}))?$")
_IN = re.compile(r"In (?=[^\Wa-z_]|[\"“‘'(«\[\d]|[a-z]+ )")
_PREPRINT = re.compile(r"(?:arXiv preprint arXiv:\S+|arXiv e-prints|(?:bio|med)Rxiv(?: preprint)?|Available at SSRN \d+)$", re.IGNORECASE)
PUBLISHER_WORD = re.compile(
    rf"{_rest.PUBLISHER_WORD.pattern}|(?<!\w)(?:ieee|acm|association|society|academ\w*|department|government|limited|gmbh|incorporated|"
    r"laborator\w*|bureau|agency|ministry|editor\w*|presses|media|office|world bank)(?!\w)",
    re.IGNORECASE,
)
#: Where no number tells a journal from a publisher, the name of a field of study does.
_FIELD_WORD = re.compile(r"^(?:Advances|Frontiers|Trends|Progress|Current \w+) in |(?:ology|omics|istry|ics|edicine|ciences?)(?:\W|$)", re.IGNORECASE)
_EDITED = re.compile(r"(?<=[Ii]n )(?:[^\W\d_]\. ?)+[^\W\d_]{2}|\((?:[Ee]ds?|[Hh]rsg)\.?\)|(?<!\w)(?:[Ee]dited by|[Ee]ds?\.|[Hh]rsg\.) |, \d{1,3}$|, \d+[-–]\d+$|\d(?:st|nd|rd|th) ed|[Tt]rans(?:\.|lated) |edited and|\d [A-Z][a-z]{2,8}\.? (?:19|20)\d\d")
#: A title alone with these is one with a journal behind it.
_NUMBERED = re.compile(r", ?\d|\d\(|pp?\. ?\d|\d[-–]\d|(?<!\w)[Ii]n: |[?!] [^\Wa-z]|, [^\Wa-z]|\.[\"”]|^[\"“]")
#: What is no journal's and no publisher's name, since another format has numbers, editors or dates there.
_NO_CONTAINER = re.compile(
    r"(?<!\w)(?:[Vv]ol|[Nn]o|[Pp]p|p|[Ii]ssue|[Tt]om|Bd|Jg|Heft)\.? ?\d|(?<!\w)[Ee]ds?\.|(?<!\w)[Ii]n: |(?<!\w)(?:[Ee]dited by|[Tt]rans\.|[Tt]ranslated by) |[Ss]pecial [Ii]ssue|//|https?:|[\"“”]|\d ?\(\d|, \d{1,3}(?:[,:]|$)|(?<!\w)N[or]\. ?\d"
)
_NO_PUBLISHER = re.compile(
    r"(?<!\w)(?:[Vv]ol|[Nn]o|[Pp]p|p|[Ii]ssue|S)\. ?\d|(?<!\w)[Ee]ds?\.|(?<!\w)[Ii]n:? |//|https?:|[\"“”;]|(?<![\w-])\d+[-–(:,]|[,:] ?\d|^[\d\[]|\d{4}$|et al|online publication|ahead of print|[Ii]n press$|[Ff]orthcoming$"
)


class Piece(msgspec.Struct, frozen=True):
    """A field, the characters that say it with their marks, and its value."""

    field: str
    start: int
    end: int
    value: str | PartialDate


class Tail(msgspec.Struct, frozen=True):
    """What kind of work it is, its pieces in order, and whether it can hardly be otherwise."""

    kind: str
    pieces: tuple[Piece, ...]
    sure: bool = True


def date_of(text: str) -> PartialDate | None:
    """Read "2021", "2021 Apr 3", "2019, June"; None where the calendar has no such day."""
    found = date_at(text, 0)
    return found.date if found and found.end == len(text) else None


def _piece(view: str, field: str, start: int, end: int, inner: tuple[int, int] | None = None) -> Piece:
    first, last = inner or (start, end)
    value = view[first:last].strip()
    return Piece(field, start, end, tidy_pages(value) if field == "page" else value)


def _groups(view: str, match: re.Match[str], offset: int, *fields: str) -> list[Piece]:
    """Give the groups of a match as pieces; the marks before each belong to it."""
    found, last = [], offset + match.start()
    for field in fields:
        if match[field]:
            end = offset + match.end(field)
            found.append(_piece(view, field, last, end, (offset + match.start(field), end)))
            last = end
    return found


def _titled(view: str, start: int, end: int, cut: Cut, field: str) -> list[Piece]:
    title = [_piece(view, "title", start, cut.end)] if cut.end > start else []
    return [*title, _piece(view, field, cut.start, end)]


def _whole(view: str, start: int, end: int) -> Cut:
    """Take a whole stretch for a name, where the title stands elsewhere."""
    return Cut(start, start, sure=not stops_in(view, start, end))


def may_be_container(text: str) -> bool:
    """Say whether a text can be a journal's name: nothing in it is a number with its word, an editor or a date."""
    return len(re.findall(r"[^\W\d_]", text[:200])) > 1 and not text[0].isdigit() and text[-1] != " " and _NO_CONTAINER.search(text) is None


def _published_by(view: str, start: int, end: int) -> list[Piece]:
    """Give place and publisher; none where the stretch holds what belongs to no publisher."""
    place, first = cut_place(view, start, end)
    if THESIS.match(view, start, end) or REPORT.match(view, start, end):
        return []
    if end <= first or end - start > 250 or _NO_PUBLISHER.search(view[first:end]):
        return []
    pieces = [_piece(view, "publisher_place", start, first, place)] if place else []
    return [*pieces, _piece(view, "publisher", first, end)]


# APA and Harvard: everything behind the year.


def after_year(view: str, start: int, end: int, *, style: str, year: str, titled: bool = True) -> Tail | None:
    """Read "Title. Journal, 33(2-3), 283-304" and what else stands behind the year in APA and Harvard (``style``).

    ``titled``: the title stands there too, and not before the year, where it is put when nobody is named.
    """
    if thesis := _THESIS_IN_BRACKETS.search(view, max(start + 1, end - 260), end):
        return _thesis_in_brackets(view, start, thesis)
    return (
        _article(view, start, end, style=style, year=year, titled=titled)
        or _chapter(view, start, end, titled=titled)
        or _book(view, start, end, titled=titled)
        or (_title_alone(view, start, end) if titled else None)
    )


def _thesis_in_brackets(view: str, start: int, match: re.Match[str]) -> Tail:
    pieces = [_piece(view, "title", start, match.start()), _piece(view, "genre", match.start(), match.end("genre"), match.span("genre"))]
    if match["publisher"]:
        pieces.append(_piece(view, "publisher", match.end("genre"), match.end(), match.span("publisher")))
    return Tail("thesis", tuple(pieces))


def _article(view: str, start: int, end: int, *, style: str, year: str, titled: bool) -> Tail | None:
    offset = max(start, end - _WINDOW)
    match = _AUTHOR_YEAR_NUMBERS["pp?\\." if style == "harvard" else ""].search(view[offset:end])
    if match is None:
        return None
    stop = offset + match.start()
    cut = last_cut(view, start, stop, journal=True) if titled else _whole(view, start, stop)
    if cut is None or not may_be_container(view[cut.start : stop]):
        return None
    numbers = _apa_numbers(view, offset, match)
    if len(numbers) == 1 and numbers[0].field == "volume" and "-" in str(numbers[0].value):
        numbers = [Piece("page", numbers[0].start, numbers[0].end, numbers[0].value)]
    only = len(numbers) == 1 and numbers[0].field in {"volume", "page"}
    if only and (numbers[0].value == year or not any(map(str.isdigit, str(numbers[0].value))) or _IN.match(view, cut.start, stop)):
        return None  # the year at the end of a conference's name
    if only and view[stop - 1].isdigit():
        return None  # "Journal 17, 229-238"
    pieces = (*_titled(view, start, stop, cut, "container_title"), *numbers)
    return Tail("article-journal", pieces, cut.sure)


def _apa_numbers(view: str, offset: int, match: re.Match[str]) -> list[Piece]:
    """Give ", 33(2), pp.5-9" as pieces."""
    pieces, last = [], offset + match.start()
    for group, field in (("volume", "volume"), ("a", "issue"), ("b", "issue"), ("c", "page"), ("page", "page")):
        if match[group]:
            end = offset + match.end(group)
            value = match[group].removeprefix(", ").removeprefix("pp.").removeprefix("p.")
            value = value[1:-1] if field == "issue" else tidy_pages(value) if field == "page" else value
            pieces.append(Piece(field, last, end, value))
            last = end
    return pieces


def _chapter(view: str, start: int, end: int, *, titled: bool) -> Tail | None:
    pages = _last(_BOOK_PAGES, view, start, end)
    limit = pages.start() if pages else end
    stops = [stop for stop in stops_in(view, start, limit) if _IN.match(view, stop + 2, limit)]
    if not titled:
        stops = [start - 2] if _IN.match(view, start, limit) else []
    if not stops:
        return None
    opened = stops[-1]
    book = opened + 5
    if _EDITED.search(view[opened + 2 : limit]):
        return None  # editors: another format
    pieces = [_piece(view, "title", start, opened)] if titled else []
    if pages:
        pieces.append(_piece(view, "container_title", opened + 2, limit, (book, limit)))
        pieces += _groups(view, pages, 0, "volume", "issue", "page")
        rest = pages.end()
        if rest < end:
            published = _published_by(view, rest + 2, end) if view.startswith(". ", rest) else []
            if not published:
                return None
            pieces += published
        return Tail(_part_kind(view[book:limit]), tuple(pieces))
    cut = last_cut(view, book, end, journal=False)
    stop = cut.end if cut else end
    pieces.append(_piece(view, "container_title", opened + 2, stop, (book, stop)))
    if cut:
        published = _published_by(view, cut.start, end)
        if not published:
            return None
        pieces += published
    return Tail(_part_kind(view[book:stop]), tuple(pieces), sure=cut is None or cut.sure)


def _last(pattern: re.Pattern[str], view: str, start: int, end: int) -> re.Match[str] | None:
    """Find the last match that begins at a bracket; there are few brackets with pages."""
    place = end
    for _ in range(6):
        place = view.rfind(" (", start, place)
        if place < 0:
            return None
        match = pattern.match(view, place, end)
        if match and any(match.groups()):
            return match
    return None


def _part_kind(book: str) -> str:
    conference = r"(?<!\w)(?:proceedings|conference|symposium|workshop|congress|conferencia|congreso|tagung|konferenz|colloque)(?!\w)"
    return "paper-conference" if re.search(conference, book, re.IGNORECASE) else "chapter"


def _book(view: str, start: int, end: int, *, titled: bool) -> Tail | None:
    if volumes := _last(_BOOK_PAGES, view, start, end):
        if volumes["page"] or not volumes["volume"]:
            return None
        pieces = [_piece(view, "title", start, volumes.start()), *_groups(view, volumes, 0, "volume", "issue")]
        if volumes.end() < end:
            pieces += _published_by(view, volumes.end() + 2, end)
        return Tail("book", tuple(pieces)) if titled else None
    cut = last_cut(view, start, end, journal=False) if titled else _whole(view, start, end)
    if cut is None:
        return None
    name = view[cut.start : end]
    title = [_piece(view, "title", start, cut.end)] if titled else []
    if _PREPRINT.match(name):
        return Tail("article", (*title, _piece(view, "container_title", cut.start, end)))
    if not may_be_container(name):
        return None
    if (JOURNAL_WORD.search(name) or _FIELD_WORD.search(name)) and not PUBLISHER_WORD.search(name) and ": " not in name:
        return Tail("article-journal", (*title, _piece(view, "container_title", cut.start, end)), sure=False)
    published = _published_by(view, cut.start, end)
    if not published:
        return None
    sure = cut.sure and PUBLISHER_WORD.search(name) is not None
    return Tail("book", (*title, *published), sure and len(name.split()) <= 12)


def _title_alone(view: str, start: int, end: int) -> Tail | None:
    if end - start < 4 or _NUMBERED.search(view, start, end) or stops_in(view, start, end):
        return None
    return Tail("document", (_piece(view, "title", start, end),), sure=False)


# MLA and Chicago.


def after_quotes(view: str, start: int, end: int) -> Tail | None:
    """Read what follows the title's quotation marks in MLA and Chicago."""
    if thesis := _THESIS_FIRST.match(view, start, end):
        return _thesis(view, start, thesis, end, [])
    return _numbered(view, start, end) or _part(view, start, end)


def _numbered(view: str, start: int, end: int) -> Tail | None:
    """Read "Journal 33.2-3 (2021): 283-304" and "Journal 33, no. 2-3 (2021): 283-304"."""
    offset = max(start, end - _WINDOW)
    bracket = _YEAR_IN_BRACKETS.search(view[offset:end])
    if bracket is None:
        return None
    stop = offset + bracket.start()
    tail = [_piece(view, "issued", stop, offset + bracket.end("year"), tuple(offset + place for place in bracket.span("year")))]  # type: ignore[arg-type]
    if bracket["page"]:
        tail.append(_piece(view, "page", offset + bracket.end("year"), end, (offset + bracket.start("page"), end)))
    if stop <= start:
        return Tail("document", tuple(tail))
    offset = max(start, stop - 90)
    numbers = _CHICAGO_NUMBERS.search(view[offset:stop]) or _MLA_NUMBERS.search(view[offset:stop])
    name_end = offset + numbers.start() if numbers else stop
    if name_end <= start:
        return None
    name = view[start:name_end]
    if not may_be_container(name):
        return None
    pieces = [_piece(view, "container_title", start, name_end)]
    if numbers:
        pieces += _groups(view, numbers, offset, "volume", "issue")
    return Tail("article" if _PREPRINT.match(name) else "article-journal", (*pieces, *tail))


def _part(view: str, start: int, end: int) -> Tail | None:
    """Read "Book. Publisher, 2018. 421-429" and "In Book, pp. 421-429. Publisher, 2018"."""
    offset = max(start, end - _WINDOW)
    published = _PUBLISHED.search(view[offset:end])
    if published is None:
        return None
    stop = offset + published.start()
    lead = view.startswith("In ", start)
    book = start + 3 if lead else start
    if published["mark"] == ".":
        body_end, publisher = stop, []
    else:
        cut = last_cut(view, book, stop, journal=False)
        if cut is None:
            return None
        body_end, publisher = cut.end, _published_by(view, cut.start, stop)
        if not publisher:
            return None
    year = _groups(view, published, offset, "year", "page")
    year[0] = Piece("issued", *_extent(year[0]), str(year[0].value))
    numbers: list[Piece] = []
    offset = max(book, body_end - 90)
    if lead and (pages := _CHICAGO_PAGES.search(view[offset:body_end])):
        numbers = _groups(view, pages, offset, "volume", "issue", "page")
        body_end = offset + pages.start()
    elif not lead and (volumes := _VOLUMES.search(view[offset : body_end + 2])):
        numbers, body_end = _groups(view, volumes, offset, "volume", "issue"), offset + volumes.start()
    if body_end <= book or _EDITED.search(view[start:body_end]) or (lead and published["page"]):
        return None
    pieces = [_piece(view, "container_title", start, body_end, (book, body_end)), *numbers, *publisher, *year]
    return Tail(_part_kind(view[book:body_end]), tuple(pieces))


def _extent(piece: Piece) -> tuple[int, int]:
    return piece.start, piece.end


def _thesis(view: str, start: int, match: re.Match[str], end: int, before: list[Piece]) -> Tail | None:
    published = _PUBLISHED.search(view[max(match.end(), end - 40) : end])
    if published is None or published["page"]:
        return None
    offset = max(match.end(), end - 40)
    stop = offset + published.start()
    year = Piece("issued", stop, end, published["year"])
    genre = _piece(view, "genre", match.start(), match.end(), (match.start("genre"), match.end("genre")))
    genre = Piece("genre", genre.start, genre.end, str(genre.value).rstrip(","))
    university = [_piece(view, "publisher", match.end(), stop)] if stop > match.end() else []
    return Tail("thesis", (*before, genre, *university, year))


def unquoted(view: str, start: int, end: int) -> Tail | None:
    """Read a book or thesis in MLA and Chicago: "Title. Publisher, 2018", "Title. Diss. University, 2018"."""
    if thesis := _THESIS.search(view, start, end):
        genre_start = thesis.start("genre")
        title = _piece(view, "title", start, thesis.start())
        found = re.compile(r"(?P<genre>\S+(?: (?:diss\.,|thesis[.,]))?) ").match(view, genre_start, end)
        return _thesis(view, start, found, end, [title]) if found else None
    offset = max(start, end - 12)
    published = _PUBLISHED.search(view[offset:end])
    if published is None or published["page"]:
        return None
    stop = offset + published.start()
    year = Piece("issued", stop, end, published["year"])
    if published["mark"] == ".":
        return Tail("document", (_piece(view, "title", start, stop), year)) if stop > start + 3 else None
    if volumes := _VOLUMES.search(view, start, stop):
        pieces = [_piece(view, "title", start, volumes.start()), *_groups(view, volumes, 0, "volume", "issue")]
        return Tail("book", (*pieces, *_published_by(view, volumes.end(), stop), year))
    cut = last_cut(view, start, stop, journal=False)
    published_by = _published_by(view, cut.start, stop) if cut else []
    if cut is None or not published_by:
        return None
    return Tail("book", (_piece(view, "title", start, cut.end), *published_by, year), cut.sure)


# Vancouver.


def dated_at_end(view: str, start: int, end: int) -> Tail | None:
    """Read what follows the names in Vancouver: "Title. Journal. 2021 Apr 3;33(2-3):283-304" and its kin."""
    if thesis := _THESIS_IN_BRACKETS.search(view, max(start + 1, end - 260), end):
        return _thesis_in_brackets(view, start, thesis)
    return _dated_article(view, start, end) or _dated_part(view, start, end) or _dated_book(view, start, end)


def _dated(view: str, start: int, first: int, last: int) -> Piece | None:
    """Give the date from ``first`` to ``last``, with the marks from ``start`` on."""
    date = date_of(view[first:last])
    return Piece("issued", start, last, date) if date else None


def _dated_article(view: str, start: int, end: int) -> Tail | None:
    offset = max(start, end - _WINDOW)
    match = _VANCOUVER_NUMBERS.search(view[offset:end])
    if match is None:
        return None
    stop = offset + match.start()
    issued = _dated(view, stop, offset + match.start("date"), offset + match.end("date"))
    if issued is None:
        return None
    cut = last_cut(view, start, stop, journal=True)
    numbers = _groups(view, match, offset, "date", "volume", "issue", "page")[1:]
    if cut is None:
        return Tail("document", (_piece(view, "title", start, stop), issued)) if not numbers else None
    if not numbers and _last_in(view, start, stop) >= 0:
        return None
    name = view[cut.start : stop]
    if not may_be_container(name):
        return None
    kind = "article" if _PREPRINT.match(name) else "article-journal"
    sure = cut.sure and (bool(numbers) or kind == "article" or JOURNAL_WORD.search(name) is not None)
    return Tail(kind, (*_titled(view, start, stop, cut, "container_title"), issued, *numbers), sure)


def _last_in(view: str, start: int, end: int) -> int:
    """Find the last ". In" with which a book begins, written together with its first word."""
    place = end
    while (place := view.rfind(". In", start, place)) >= 0:
        behind = view[place + 4 : place + 5]
        if behind.strip() and (not behind.islower() or re.compile(r"international|proceedings|advances").match(view, place + 4)):
            return place
    return -1


def _dated_part(view: str, start: int, end: int) -> Tail | None:
    """Read "Title. InBook 2018 Jan 1 (pp. 421-429). Publisher"."""
    pages = _last(_BOOK_PAGES, view, start, end)
    limit = pages.start() if pages else end
    opened = _last_in(view, start, limit)
    if opened < 0:
        return None
    book = opened + 4
    if pages:
        stop, rest = limit, pages.end()
        if rest < end and not view.startswith(". ", rest):
            return None
        publisher = _published_by(view, rest + 2, end) if rest < end else []
    elif cut := last_cut(view, book, end, journal=False):
        stop, publisher = cut.end, _published_by(view, cut.start, end)
    else:
        stop, publisher = end, []
    offset = max(book, stop - 20)
    dated = re.compile(rf" (?P<date>{_DATE})$").search(view[offset:stop])
    issued = dated and _dated(view, offset + dated.start(), offset + dated.start("date"), stop)
    if not dated or not issued:
        return None
    book_end = offset + dated.start()
    numbers = _groups(view, pages, 0, "volume", "issue", "page") if pages else []
    container = _piece(view, "container_title", opened + 2, book_end, (book, book_end))
    title = _piece(view, "title", start, opened)
    return Tail(_part_kind(view[book:book_end]), (title, container, issued, *numbers, *publisher))


def _dated_book(view: str, start: int, end: int) -> Tail | None:
    """Read "Title. Publisher; 2018 Jan 1"."""
    offset = max(start, end - 20)
    dated = re.compile(rf"; (?P<date>{_DATE})$").search(view[offset:end])
    if dated is None:
        return None
    stop = offset + dated.start()
    issued = _dated(view, stop, offset + dated.start("date"), end)
    cut = last_cut(view, start, stop, journal=False)
    published_by = _published_by(view, cut.start, stop) if cut else []
    if issued is None or cut is None or not published_by:
        return None
    return Tail("book", (_piece(view, "title", start, cut.end), *published_by, issued), cut.sure)
