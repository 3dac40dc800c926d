# ruff: noqa: E501 - patterns read best in one piece
"""What follows the names in Vancouver, whose date stands behind the title and what the title is part of.

A view and a stretch without its final stop come in; a `Tail` goes out, or None where the stretch is anything else.
"""

from __future__ import annotations

import re

from alliancebib.parsers._scholar_parts import JOURNAL_WORD, last_cut
from alliancebib.parsers._scholar_pieces import (
    BOOK_PAGES,
    DATE,
    PAGE,
    PREPRINT,
    THESIS_IN_BRACKETS,
    VOLUME,
    WINDOW,
    Piece,
    Tail,
    date_of,
    groups,
    last_match,
    may_be_container,
    part_kind,
    piece,
    published_by,
    thesis_in_brackets,
    titled_by,
)

__all__ = ["dated_at_end", "may_be_dated"]

_VANCOUVER_NUMBERS = re.compile(
    rf"\. (?P<date>{DATE})(?:;(?P<volume>{VOLUME}(?: Suppl(?: \d+)?)?))?(?:\((?P<issue>[^();:]{{1,30}}(?:\([^()]{{1,12}}\))?)\))?(?::(?P<page>{PAGE}))?$"
)
_DATED_BOOK = re.compile(rf"; (?P<date>{DATE})$")


def may_be_dated(view: str, start: int, end: int) -> bool:
    """Say whether a stretch has what each reading of its end, or of the end of what begins within it, cannot do without."""
    return (
        view.find(". In", start, end) >= 0
        or _VANCOUVER_NUMBERS.search(view[max(start, end - WINDOW) : end]) is not None
        or _DATED_BOOK.search(view[max(start, end - 20) : end]) is not None
        or THESIS_IN_BRACKETS.search(view, max(start + 1, end - 260), end) is not None
    )


def dated_at_end(view: str, start: int, end: int) -> Tail | None:
    """Read what follows the names in Vancouver: "Title. Journal. 2021 Apr 3;33(2-3):283-304" and its kin."""
    if thesis := THESIS_IN_BRACKETS.search(view, max(start + 1, end - 260), end):
        return thesis_in_brackets(view, start, thesis)
    return _dated_article(view, start, end) or _dated_part(view, start, end) or _dated_book(view, start, end)


def _dated(view: str, start: int, first: int, last: int) -> Piece | None:
    """Give the date from ``first`` to ``last``, with the marks from ``start`` on."""
    date = date_of(view[first:last])
    return Piece("issued", start, last, date) if date else None


def _dated_article(view: str, start: int, end: int) -> Tail | None:
    offset = max(start, end - WINDOW)
    match = _VANCOUVER_NUMBERS.search(view[offset:end])
    if match is None:
        return None
    stop = offset + match.start()
    issued = _dated(view, stop, offset + match.start("date"), offset + match.end("date"))
    if issued is None:
        return None
    cut = last_cut(view, start, stop, journal=True)
    numbers = groups(view, match, offset, "date", "volume", "issue", "page")[1:]
    if cut is None:
        return Tail("document", (piece(view, "title", start, stop), issued)) if not numbers else None
    if not numbers and _last_in(view, start, stop) >= 0:
        return None
    name = view[cut.start : stop]
    if not may_be_container(name):
        return None
    kind = "article" if PREPRINT.match(name) else "article-journal"
    sure = cut.sure and (bool(numbers) or kind == "article" or JOURNAL_WORD.search(name) is not None)
    return Tail(kind, (*titled_by(view, start, stop, cut, "container_title"), issued, *numbers), sure)


def _last_in(view: str, start: int, end: int) -> int:
    """Find the last ". In" with which a book begins, written together with its first word."""
    place = end
    while (place := view.rfind(". In", start, place)) >= 0:
        behind = view[place + 4 : place + 5]
        if behind.strip() and (
            not behind.islower() or re.compile(r"international|proceedings|advances").match(view, place + 4)
        ):
            return place
    return -1


def _dated_part(view: str, start: int, end: int) -> Tail | None:
    """Read "Title. InBook 2018 Jan 1 (pp. 421-429). Publisher"."""
    pages = last_match(BOOK_PAGES, view, start, end)
    limit = pages.start() if pages else end
    opened = _last_in(view, start, limit)
    if opened < 0:
        return None
    book = opened + 4
    if pages:
        stop, rest = limit, pages.end()
        if rest < end and not view.startswith(". ", rest):
            return None
        publisher = published_by(view, rest + 2, end) if rest < end else []
    elif cut := last_cut(view, book, end, journal=False):
        stop, publisher = cut.end, published_by(view, cut.start, end)
    else:
        stop, publisher = end, []
    offset = max(book, stop - 20)
    dated = re.compile(rf" (?P<date>{DATE})$").search(view[offset:stop])
    issued = dated and _dated(view, offset + dated.start(), offset + dated.start("date"), stop)
    if not dated or not issued:
        return None
    book_end = offset + dated.start()
    numbers = groups(view, pages, 0, "volume", "issue", "page") if pages else []
    container = piece(view, "container_title", opened + 2, book_end, (book, book_end))
    title = piece(view, "title", start, opened)
    return Tail(part_kind(view[book:book_end]), (title, container, issued, *numbers, *publisher))


def _dated_book(view: str, start: int, end: int) -> Tail | None:
    """Read "Title. Publisher; 2018 Jan 1"."""
    offset = max(start, end - 20)
    dated = _DATED_BOOK.search(view[offset:end])
    if dated is None:
        return None
    stop = offset + dated.start()
    issued = _dated(view, stop, offset + dated.start("date"), end)
    cut = last_cut(view, start, stop, journal=False)
    publisher = published_by(view, cut.start, stop) if cut else []
    if issued is None or cut is None or not publisher:
        return None
    return Tail("book", (piece(view, "title", start, cut.end), *publisher, issued), cut.sure)
