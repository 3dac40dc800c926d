# ruff: noqa: E501 - patterns read best in one piece
"""What stands behind the year in APA and Harvard, as a grammar in which every character has its place.

A view and a stretch without its final stop come in; a `Tail` goes out, or None where the stretch is anything else.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.parsers._numbers import tidy_pages
from alliancebib.parsers._scholar_parts import JOURNAL_WORD, last_cut, stops_in
from alliancebib.parsers._scholar_pieces import (
    BOOK_PAGES,
    EDITED,
    ISSUE,
    PAGE,
    PREPRINT,
    PUBLISHER_WORD,
    THESIS_IN_BRACKETS,
    VOLUME,
    WINDOW,
    Piece,
    Tail,
    groups,
    last_match,
    may_be_container,
    part_kind,
    piece,
    published_by,
    thesis_in_brackets,
    titled_by,
    whole,
)

__all__ = ["Front", "after_year"]

_AUTHOR_YEAR_NUMBERS = {
    mark: re.compile(
        rf", (?:(?P<volume>{VOLUME})(?P<a>\({ISSUE}\))?|(?P<b>\({ISSUE}\)))(?P<c>, {mark}(?:{PAGE}))?$|, {mark}(?P<page>{PAGE})$"
    )
    for mark in ("", r"pp?\.")
}
_IN = re.compile(r"In (?=[^\Wa-z_]|[\"“‘'(«\[\d]|[a-z]+ )")
#: Where no number tells a journal from a publisher, the name of a field of study does.
_FIELD_WORD = re.compile(
    r"^(?:Advances|Frontiers|Trends|Progress|Current \w+) in |(?:ology|omics|istry|ics|edicine|ciences?)(?:\W|$)",
    re.IGNORECASE,
)
#: A title alone with these is one with a journal behind it.
_NUMBERED = re.compile(r", ?\d|\d\(|pp?\. ?\d|\d[-–]\d|(?<!\w)[Ii]n: |[?!] [^\Wa-z]|, [^\Wa-z]|\.[\"”]|^[\"“]")


class Front(msgspec.Struct, frozen=True):
    """What is known of the stretch before: the style, "apa" or "harvard", and the year.

    ``titled``: the title stands behind the year, and not before it, where it is put when nobody is named.
    """

    style: str
    year: str
    titled: bool = True


def after_year(view: str, start: int, end: int, front: Front) -> Tail | None:
    """Read "Title. Journal, 33(2-3), 283-304" and what else stands behind the year in APA and Harvard."""
    if thesis := THESIS_IN_BRACKETS.search(view, max(start + 1, end - 260), end):
        return thesis_in_brackets(view, start, thesis)
    return (
        _article(view, start, end, front)
        or _chapter(view, start, end, titled=front.titled)
        or (_volumes(view, start, end) if front.titled else None)
        or _book(view, start, end, titled=front.titled)
        or (_title_alone(view, start, end) if front.titled else None)
    )


def _article(view: str, start: int, end: int, front: Front) -> Tail | None:
    offset = max(start, end - WINDOW)
    match = _AUTHOR_YEAR_NUMBERS["pp?\\." if front.style == "harvard" else ""].search(view[offset:end])
    if match is None:
        return None
    stop = offset + match.start()
    cut = last_cut(view, start, stop, journal=True) if front.titled else whole(view, start, stop)
    if cut is None or not may_be_container(view[cut.start : stop]):
        return None
    numbers = _apa_numbers(offset, match)
    if len(numbers) == 1 and numbers[0].field == "volume" and "-" in str(numbers[0].value):
        numbers = [Piece("page", numbers[0].start, numbers[0].end, numbers[0].value)]
    only = len(numbers) == 1 and numbers[0].field in {"volume", "page"}
    if only and (
        numbers[0].value == front.year
        or not any(map(str.isdigit, str(numbers[0].value)))
        or _IN.match(view, cut.start, stop)
    ):
        return None  # the year at the end of a conference's name
    if only and view[stop - 1].isdigit():
        return None  # "Journal 17, 229-238"
    if len(numbers) == 1 and re.fullmatch(r"[A-Z]\d{1,3}", str(numbers[0].value)):
        return None  # a page of a newspaper as well as a volume
    pieces = (*titled_by(view, start, stop, cut, "container_title"), *numbers)
    return Tail("article-journal", pieces, cut.sure)


def _apa_numbers(offset: int, match: re.Match[str]) -> list[Piece]:
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
    pages = last_match(BOOK_PAGES, view, start, end)
    limit = pages.start() if pages else end
    stops = [stop for stop in stops_in(view, start, limit) if _IN.match(view, stop + 2, limit)]
    if not titled:
        stops = [start - 2] if _IN.match(view, start, limit) else []
    if not stops:
        return None
    opened = stops[-1]
    book = opened + 5
    if EDITED.search(view[opened + 2 : limit]):
        return None  # editors: another format
    pieces = [piece(view, "title", start, opened)] if titled else []
    if pages:
        pieces.append(piece(view, "container_title", opened + 2, limit, (book, limit)))
        pieces += groups(view, pages, 0, "volume", "issue", "page")
        rest = pages.end()
        if rest < end:
            published = published_by(view, rest + 2, end) if view.startswith(". ", rest) else []
            if not published:
                return None
            pieces += published
        return Tail(part_kind(view[book:limit]), tuple(pieces))
    cut = last_cut(view, book, end, journal=False)
    stop = cut.end if cut else end
    pieces.append(piece(view, "container_title", opened + 2, stop, (book, stop)))
    if cut:
        published = published_by(view, cut.start, end)
        if not published:
            return None
        pieces += published
    return Tail(part_kind(view[book:stop]), tuple(pieces), sure=cut is None or cut.sure)


def _volumes(view: str, start: int, end: int) -> Tail | None:
    """Read a book that is a volume of others: "Title (Vol. 1, No. 2). Publisher"."""
    found = last_match(BOOK_PAGES, view, start, end)
    if found is None or found["page"] or not found["volume"]:
        return None
    pieces = [piece(view, "title", start, found.start()), *groups(view, found, 0, "volume", "issue")]
    return (
        Tail("book", (*pieces, *published_by(view, found.end() + 2, end)))
        if found.end() < end
        else Tail("book", tuple(pieces))
    )


def _book(view: str, start: int, end: int, *, titled: bool) -> Tail | None:
    if last_match(BOOK_PAGES, view, start, end):
        return None
    cut = last_cut(view, start, end, journal=False) if titled else whole(view, start, end)
    if cut is None or not may_be_container(view[cut.start : end]):
        return None
    name = view[cut.start : end]
    title = [piece(view, "title", start, cut.end)] if titled else []
    if PREPRINT.match(name):
        return Tail("article", (*title, piece(view, "container_title", cut.start, end)))
    if (JOURNAL_WORD.search(name) or _FIELD_WORD.search(name)) and not PUBLISHER_WORD.search(name) and ": " not in name:
        return Tail("article-journal", (*title, piece(view, "container_title", cut.start, end)), sure=False)
    published = published_by(view, cut.start, end)
    if not published:
        return None
    sure = cut.sure and PUBLISHER_WORD.search(name) is not None
    return Tail("book", (*title, *published), sure and len(name.split()) <= 12)


def _title_alone(view: str, start: int, end: int) -> Tail | None:
    if end - start < 4 or _NUMBERED.search(view, start, end) or stops_in(view, start, end):
        return None
    return Tail("document", (piece(view, "title", start, end),), sure=False)
