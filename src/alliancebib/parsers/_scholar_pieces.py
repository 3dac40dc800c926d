# ruff: noqa: E501 - patterns read best in one piece
"""What the strict grammars of Google Scholar's formats share: pieces with their places, volumes, pages, publishers.

A view and places in it come in; a `Piece` says which characters are which field. All patterns look at a window of
bounded length.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_at
from alliancebib.parsers import _publishers
from alliancebib.parsers._genres import REPORT, THESIS
from alliancebib.parsers._numbers import tidy_pages
from alliancebib.parsers._scholar_parts import Cut, cut_place, stops_in

__all__ = [
    "BOOK_PAGES",
    "DATE",
    "EDITED",
    "ISSUE",
    "MONTH",
    "PAGE",
    "PREPRINT",
    "PUBLISHER_WORD",
    "THESIS_IN_BRACKETS",
    "VOLUME",
    "WINDOW",
    "YEAR",
    "Piece",
    "Tail",
    "date_of",
    "groups",
    "last_match",
    "may_be_container",
    "part_kind",
    "piece",
    "published_by",
    "thesis_in_brackets",
    "titled_by",
    "whole",
]

YEAR = r"(?:1[5-9]|20)\d\d"
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
VOLUME = r"(?:\d{1,4}(?:[-/]\d{1,4})?[A-Za-z]?|[IVXL][IVXLC]{0,8}|[A-Z]{1,3}-?\d{1,4})"
ISSUE = r"[^(),;:]{1,30}(?:\([^()]{1,12}\))?"
_PLACED = r"(?:[A-Za-z]{1,7}(?:\.|-)?)?\d[\dA-Za-z.:]{0,16}|[ivxl][ivxlc]{0,8}|[IVXL][IVXLC]{0,8}"
PAGE = rf"(?:{_PLACED})(?:[-–](?:{_PLACED})){{0,3}}(?:, (?:{_PLACED})(?:[-–](?:{_PLACED}))?){{0,4}}"
DATE = rf"{YEAR}(?: {_SHORT_MONTH}(?: \d{{1,2}})?)?"
#: No run of numbers is longer.
WINDOW = 130
BOOK_PAGES = re.compile(
    rf" \((?:[Vv]ol\. (?P<volume>[^,()]{{1,14}})(?:, [Nn]o\. (?P<issue>[^,()]{{1,14}}))?)?(?:, )?(?:pp?\. (?P<page>{PAGE}))?\)(?=\.|$)"
)
THESIS_IN_BRACKETS = re.compile(
    r" \((?P<genre>(?:Doctoral|PhD|Ph\.D\.|Master['’]s|Masters|Bachelor['’]s|MS|MA) (?:dissertation|thesis))(?:, (?P<publisher>[^()]{2,150}(?:\([^()]{1,60}\))?))?\)$"
)
PREPRINT = re.compile(
    r"(?:arXiv preprint arXiv:\S+|arXiv e-prints|(?:bio|med)Rxiv(?: preprint)?|Available at SSRN \d+)$", re.IGNORECASE
)
PUBLISHER_WORD = re.compile(
    rf"{_publishers.PUBLISHER_WORD.pattern}|(?<!\w)(?:ieee|acm|association|society|academ\w*|department|government|limited|gmbh|incorporated|"
    r"laborator\w*|bureau|agency|ministry|editor\w*|presses|media|office|world bank)(?!\w)",
    re.IGNORECASE,
)
EDITED = re.compile(
    r"(?<=[Ii]n )(?:[^\W\d_]\. ?)+[^\W\d_]{2}|\((?:[Ee]ds?|[Hh]rsg)\.?\)|(?<!\w)(?:[Ee]dited by|[Ee]ds?\.|[Hh]rsg\.) |, \d{1,3}$|, \d+[-–]\d+$|\d(?:st|nd|rd|th) ed|[Tt]rans(?:\.|lated) |edited and|\d [A-Z][a-z]{2,8}\.? (?:19|20)\d\d"
)
#: What is no journal's and no publisher's name, since another format has numbers, editors or dates there.
_NO_CONTAINER = re.compile(
    r"(?<!\w)(?:[Vv]ol|[Nn]o|[Pp]p|p|[Ii]ssue|[Tt]om|Bd|Jg|Heft)\.? ?[A-Z]?\d|\d,$|(?<!\w)[Ee]ds?\.|(?<!\w)[Ii]n: |(?<!\w)(?:[Ee]dited by|[Tt]rans\.|[Tt]ranslated by) |[Ss]pecial [Ii]ssue|//|https?:|[\"“”]|\d ?\(\d|, \d{1,3}(?:[,:]|$)|(?<!\w)N[or]\. ?\d"
)
_NO_PUBLISHER = re.compile(
    r"(?<!\w)(?:[Vv]ol|[Nn]o|[Pp]p|p|[Ii]ssue|S)\. ?[A-Z]?\d|(?<!\w)[Ee]ds?\.|(?<!\w)[Ii]n:? |//|https?:|[\"“”;]|(?<![\w-])\d+[-–(:,]|[,:] ?\d|^\d|^\[(?!s\.)|\d{4}$|et al|online publication|ahead of print|[Ii]n press$|[Ff]orthcoming$"
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


def piece(view: str, field: str, start: int, end: int, inner: tuple[int, int] | None = None) -> Piece:
    """Make a piece of a stretch; its value is that of the inner stretch, where there is one."""
    first, last = inner or (start, end)
    value = view[first:last].strip()
    return Piece(field, start, end, tidy_pages(value) if field == "page" else value)


def groups(view: str, match: re.Match[str], offset: int, *fields: str) -> list[Piece]:
    """Give the groups of a match as pieces; the marks before each belong to it."""
    found, last = [], offset + match.start()
    for field in fields:
        if match[field]:
            end = offset + match.end(field)
            found.append(piece(view, field, last, end, (offset + match.start(field), end)))
            last = end
    return found


def titled_by(view: str, start: int, end: int, cut: Cut, field: str) -> list[Piece]:
    """Give the title and the name behind the cut as pieces."""
    title = [piece(view, "title", start, cut.end)] if cut.end > start else []
    return [*title, piece(view, field, cut.start, end)]


def whole(view: str, start: int, end: int) -> Cut:
    """Take a whole stretch for a name, where the title stands elsewhere."""
    return Cut(start, start, sure=not stops_in(view, start, end))


def may_be_container(text: str) -> bool:
    """Say whether a text can be a journal's name: nothing in it is a number with its word, an editor or a date."""
    return (
        len(re.findall(r"[^\W\d_]", text[:200])) > 1
        and not text[0].isdigit()
        and text[-1] != " "
        and _NO_CONTAINER.search(text) is None
    )


def published_by(view: str, start: int, end: int) -> list[Piece]:
    """Give place and publisher; none where the stretch holds what belongs to no publisher."""
    place, first = cut_place(view, start, end)
    if THESIS.match(view, start, end) or REPORT.match(view, start, end):
        return []
    if end <= first or end - start > 250 or _NO_PUBLISHER.search(view[first:end]):
        return []
    pieces = [piece(view, "publisher_place", start, first, place)] if place else []
    return [*pieces, piece(view, "publisher", first, end)]


def thesis_in_brackets(view: str, start: int, match: re.Match[str]) -> Tail:
    """Give title, genre and university of "Title (Doctoral dissertation, University)"."""
    pieces = [
        piece(view, "title", start, match.start()),
        piece(view, "genre", match.start(), match.end("genre"), match.span("genre")),
    ]
    if match["publisher"]:
        pieces.append(piece(view, "publisher", match.end("genre"), match.end(), match.span("publisher")))
    return Tail("thesis", tuple(pieces))


def last_match(pattern: re.Pattern[str], view: str, start: int, end: int) -> re.Match[str] | None:
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


def part_kind(book: str) -> str:
    """Tell a paper of a conference from a chapter by the name of the book."""
    conference = r"(?<!\w)(?:proceedings|conference|symposium|workshop|congress|conferencia|congreso|tagung|konferenz|colloque)(?!\w)"
    return "paper-conference" if re.search(conference, book, re.IGNORECASE) else "chapter"
