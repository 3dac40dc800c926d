"""What follows the title's quotation marks in MLA and Chicago, and their books and theses, which have no such marks.

A view and a stretch without its final stop come in; a `Tail` goes out, or None where the stretch is anything else.
"""

from __future__ import annotations

import re

from alliancebib.parsers._scholar_parts import last_cut
from alliancebib.parsers._scholar_pieces import (
    EDITED,
    PAGE,
    PREPRINT,
    VOLUME,
    WINDOW,
    YEAR,
    Piece,
    Tail,
    groups,
    may_be_container,
    part_kind,
    piece,
    published_by,
)

__all__ = ["after_quotes", "may_be_unquoted", "unquoted"]

_MLA_NUMBERS = re.compile(rf"(?:^| )(?P<volume>{VOLUME})(?:\.(?P<issue>[^.,;:]{{1,30}}))?$")
_CHICAGO_NUMBERS = re.compile(rf"(?: (?P<volume>{VOLUME}))?, no\. (?P<issue>[^,;:]{{1,40}})$")
_YEAR_IN_BRACKETS = re.compile(rf"(?:^| )\((?P<year>{YEAR})\)(?:: (?P<page>{PAGE}))?$")
_CHICAGO_PAGES = re.compile(
    rf"(?:, vol\. (?P<volume>[^,.]{{1,14}}))?(?:, no\. (?P<issue>[^,.]{{1,14}}))?, pp?\. (?P<page>{PAGE})$"
)
_THESIS = re.compile(r"\. (?P<genre>Diss\.|PhD diss\.,|MS thesis\.|MA thesis\.|Master['’]s thesis,) (?=\S)")
_THESIS_FIRST = re.compile(r"(?P<genre>PhD diss\.,|Master['’]s thesis,|Diss\.|MS thesis\.) (?=\S)")
_VOLUMES = re.compile(r"\. Vol\. (?P<volume>[\dIVXLC]{1,6})(?:(?:\.|,) [Nn]o\. (?P<issue>[\w-]{1,8}))?\. ")
_PUBLISHED = re.compile(rf"(?P<mark>\.|,) (?P<year>{YEAR})(?:\. (?P<page>{PAGE}))?$")
#: As much of the end of a book as holds the year.
_PUBLISHED_WIDTH = 12


def after_quotes(view: str, start: int, end: int) -> Tail | None:
    """Read what follows the title's quotation marks in MLA and Chicago."""
    if thesis := _THESIS_FIRST.match(view, start, end):
        return _thesis(view, thesis, end, [])
    return _numbered(view, start, end) or _part(view, start, end)


def _numbered(view: str, start: int, end: int) -> Tail | None:
    """Read "Journal 33.2-3 (2021): 283-304" and "Journal 33, no. 2-3 (2021): 283-304"."""
    offset = max(start, end - WINDOW)
    bracket = _YEAR_IN_BRACKETS.search(view[offset:end])
    if bracket is None:
        return None
    stop = offset + bracket.start()
    tail = [Piece("issued", stop, offset + bracket.end("year"), bracket["year"])]
    if bracket["page"]:
        tail.append(piece(view, "page", offset + bracket.end("year"), end, (offset + bracket.start("page"), end)))
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
    pieces = [piece(view, "container_title", start, name_end)]
    if numbers:
        pieces += groups(view, numbers, offset, "volume", "issue")
    return Tail("article" if PREPRINT.match(name) else "article-journal", (*pieces, *tail))


def _part(view: str, start: int, end: int) -> Tail | None:
    """Read "Book. Publisher, 2018. 421-429" and "In Book, pp. 421-429. Publisher, 2018"."""
    offset = max(start, end - WINDOW)
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
        body_end, publisher = cut.end, published_by(view, cut.start, stop)
        if not publisher:
            return None
    year = groups(view, published, offset, "year", "page")
    year[0] = Piece("issued", *_extent(year[0]), str(year[0].value))
    numbers: list[Piece] = []
    offset = max(book, body_end - 90)
    if lead and (pages := _CHICAGO_PAGES.search(view[offset:body_end])):
        numbers = groups(view, pages, offset, "volume", "issue", "page")
        body_end = offset + pages.start()
    elif not lead and (volumes := _VOLUMES.search(view[offset : body_end + 2])):
        numbers, body_end = groups(view, volumes, offset, "volume", "issue"), offset + volumes.start()
    if body_end <= book or EDITED.search(view[start:body_end]) or (lead and published["page"]):
        return None
    pieces = [piece(view, "container_title", start, body_end, (book, body_end)), *numbers, *publisher, *year]
    return Tail(part_kind(view[book:body_end]), tuple(pieces))


def _extent(piece: Piece) -> tuple[int, int]:
    return piece.start, piece.end


def _thesis(view: str, match: re.Match[str], end: int, before: list[Piece]) -> Tail | None:
    published = _PUBLISHED.search(view[max(match.end(), end - 40) : end])
    if published is None or published["page"]:
        return None
    offset = max(match.end(), end - 40)
    stop = offset + published.start()
    year = Piece("issued", stop, end, published["year"])
    genre = piece(view, "genre", match.start(), match.end(), (match.start("genre"), match.end("genre")))
    genre = Piece("genre", genre.start, genre.end, str(genre.value).rstrip(","))
    university = [piece(view, "publisher", match.end(), stop)] if stop > match.end() else []
    return Tail("thesis", (*before, genre, *university, year))


def may_be_unquoted(view: str, start: int, end: int) -> bool:
    """Say whether a stretch ends as every book and thesis does; what begins within it is one only then."""
    if _THESIS.search(view, start, end):
        return True
    published = _PUBLISHED.search(view[max(start, end - _PUBLISHED_WIDTH) : end])
    return published is not None and not published["page"]


def unquoted(view: str, start: int, end: int) -> Tail | None:
    """Read a book or thesis in MLA and Chicago: "Title. Publisher, 2018", "Title. Diss. University, 2018"."""
    if thesis := _THESIS.search(view, start, end):
        genre_start = thesis.start("genre")
        title = piece(view, "title", start, thesis.start())
        found = re.compile(r"(?P<genre>\S+(?: (?:diss\.,|thesis[.,]))?) ").match(view, genre_start, end)
        return _thesis(view, found, end, [title]) if found else None
    offset = max(start, end - _PUBLISHED_WIDTH)
    published = _PUBLISHED.search(view[offset:end])
    if published is None or published["page"]:
        return None
    stop = offset + published.start()
    year = Piece("issued", stop, end, published["year"])
    if published["mark"] == ".":
        return Tail("document", (piece(view, "title", start, stop), year)) if stop > start + 3 else None
    if volumes := _VOLUMES.search(view, start, stop):
        pieces = [piece(view, "title", start, volumes.start()), *groups(view, volumes, 0, "volume", "issue")]
        return Tail("book", (*pieces, *published_by(view, volumes.end(), stop), year))
    cut = last_cut(view, start, stop, journal=False)
    publisher = published_by(view, cut.start, stop) if cut else []
    if cut is None or not publisher:
        return None
    return Tail("book", (piece(view, "title", start, cut.end), *publisher, year), cut.sure)
