"""Parser: reference strings as scholars and search engines write them.

APA, Harvard, MLA, Chicago, Vancouver, GOST and the German form; articles, chapters, books, theses, conference papers,
newspapers; with or without the title of a link repeated in front. What has none of these shapes is left to others.
"""

from __future__ import annotations

import re

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.outline.dates import date_ending
from alliancebib.outline.outlets import Outlets, load_outlets
from alliancebib.outline.signs import looks_like_reference
from alliancebib.page import Line, Section
from alliancebib.parsers._book_parts import CHAPTER, MADE_BY
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._editions import EDITION
from alliancebib.parsers._genres import DOCUMENT_SYMBOL, REPORT, THESIS, form_kind
from alliancebib.parsers._kinds import ENTRY
from alliancebib.parsers._numbers import find_numbers
from alliancebib.parsers._parts import HISTORY, QUOTES, Parts, breaks_in
from alliancebib.parsers._places import is_place
from alliancebib.parsers._publishers import PUBLISHER_WORD
from alliancebib.parsers._rest import JOURNAL_WORD, read_rest
from alliancebib.parsers._shapes import SHAPES, repeated_title
from alliancebib.parsers._titles import take_title, without_series

__all__ = ["parse"]

_TAG = re.compile(
    r"\s*\[(?:PDF|HTML|BOOK|B|C|CITATION|DOC|КНИГА|ЦИТИРОВАНИЕ|LIBRO|LIVRE|BUCH|ZITATION)\]\s*", re.IGNORECASE
)
#: "„Plural peace“ – principles": the quotation is the beginning of the title.
_TITLE_GOES_ON = re.compile(r"\s[–—:-]\s|\s[a-zà-öø-ÿа-я]{2,}\s")
_LEAVES = re.compile(r"(?P<count>\d{2,4})\s?[fp]\.\s+")
_YEAR_ALONE = re.compile(r"(?P<year>(?:18|19|20)\d\d)\.\s+(?=[^\W\d_]|\d{2,4}\s[fp]\.)")
#: "Routledge, London 2015", as the last sentence.
_PLACE_AND_YEAR = re.compile(r"[^,:]{2,80}, (?P<place>[^,:.\d]{3,40}) (?:18|19|20)\d\d[ .]*")
#: A repeated title of fewer characters must stand where the reference's title begins.
_SHORT = 15
#: A name that still holds a sentence with numbers, pages or a date was not understood.
_KNOTTED = re.compile(r"[^\W\d_]{4}\.\s(?=[^\W\d_]+\s*$|.*\d)|\b(?:18|19|20)\d\d\)|\b(?:pp?|S|vol|no)\.\s?\d")
#: ", in: " leads to what the work stands in, wherever it is.
_IN_COLON = re.compile(r"(?P<mark>(?:[.,;?!]|(?<!\s))\s+)[Ii]n:\s+(?=\S)")
#: Shapes by whose marks alone one can be sure, and how sure.
_SURE = {
    "apa": 0.95,
    "apa-behind-title": 0.65,
    "gost": 0.9,
    "mla": 0.9,
    "vancouver": 0.9,
    "harvard": 0.9,
    "german": 0.8,
    "in": 0.85,
    "chicago": 0.75,
    "numbers": 0.5,
    "body": 0.75,
}


def parse(line: Line, section: Section, *, page: str, outlets: Outlets | None = None) -> Reference | None:
    """Read a reference string; None where a line has not the shape of one.

    >>> line = Line(number=1, text="Allison, R. (2018). Protective integration. The Journal, 11(3), 297-338.")
    >>> found = parse(line, Section(title="Literature"), page="list.txt")
    >>> found.kind, found.container_title, found.volume, found.page
    ('article-journal', 'The Journal', '11', '297-338')
    """
    draft = Draft.of(line)
    start, end = draft.extent()
    if tag := _TAG.match(draft.view, start, end):
        draft.settle("link_title", start, tag.end())
        start = tag.end()
    end = _without_history(draft, start, end)
    parts, again = _find(draft, start, end, literature=section.expects == "literature")
    if parts is None:
        return None
    if parts.front_at != (0, 0):
        _set_link_title(draft, *parts.front_at)
    if parts.names:
        names = _outlet(draft.words(*parts.names_at), outlets or load_outlets()) or parts.names
        draft.take("editor" if parts.editors else "author", *parts.names_at, names)
    draft.mark("author", *parts.aside_at)
    if parts.date_at != (0, 0):
        draft.put("issued", parts.date)
        draft.mark("issued", *parts.date_at)
    body_start, body_end = parts.body_at
    if parts.title_at:
        take_title(draft, *parts.title_at)
    else:
        title_end, body_start = _split(draft, body_start, body_end, again)
        body_start = _dated(draft, body_start, body_end)
        title_end = without_series(draft, parts.body_at[0], title_end)
        take_title(draft, parts.body_at[0], title_end)
    part = parts.shape == "gost" and draft.view[:body_start].rstrip().endswith("//")
    kind = read_rest(
        draft, body_start, body_end, outlets=outlets or load_outlets(), shape="gost-part" if part else parts.shape
    )
    if not draft.fields.get("title") or (parts.shape == "body" and not draft.urls):
        return None
    if "issued" not in draft.fields:
        draft.infer_date()
    return draft.finish(
        by=parts.shape,
        kind=_kind(draft, kind, section, outlets or load_outlets()),
        confidence=_confidence(draft, parts),
        section=section,
        page=page,
    )


def _find(draft: Draft, start: int, end: int, *, literature: bool) -> tuple[Parts | None, int]:
    """Find the shape; give it with the place up to which the title was seen in front, 0 where it was not."""
    view = draft.view
    if repeated := repeated_title(view, start, end):
        stop, second = repeated
        for shape in SHAPES:
            first = draft.extent(stop, end)[0]
            parts = shape(view, first, end)
            short = stop - start < _SHORT
            if parts is None or (short and not parts.title_at and abs(parts.body_at[0] - second) > 2):
                continue
            if parts.front_at == (0, 0) and (
                parts.body_at[0] <= second or (parts.title_at and parts.title_at[0] <= second)
            ):
                _set_link_title(draft, start, stop)
                return parts, second + (stop - start)
    if draft.link_end > start and (parts := _behind_link(draft, start, end)):
        return parts, 0
    for shape in SHAPES:
        if parts := shape(view, start, end):
            return parts, 0
    if literature or looks_like_reference(draft.text):
        return _numbers_alone(view, start, end), 0
    return None, 0


def _without_history(draft: Draft, start: int, end: int) -> int:
    """Take off the end what it says of an earlier or later printing; that is only noted."""
    history = HISTORY.search(draft.view, start, end)
    if history is None or not re.search(r"\b(?:18|19|20)\d\d\b", draft.view[start : history.start()]):
        return end
    draft.add_note(draft.words(history.start() + 1, end).rstrip("."))
    draft.mark("note", history.start() + 1, end)
    return history.start() + 1


def _outlet(written: str, outlets: Outlets) -> tuple[Name, ...]:
    """Give an outlet that stands in the place of the author, which is a body: "Al Jazeera English (2018)"."""
    name = written.strip(" .,")
    return (Name(literal=name),) if " " in name and "," not in name and outlets.surely_knows(name) else ()


def _set_link_title(draft: Draft, start: int, stop: int) -> None:
    draft.link_title = draft.words(start, stop).rstrip(" …").removesuffix("...").strip()
    draft.mark("link_title", start, stop)


def _behind_link(draft: Draft, start: int, end: int) -> Parts | None:
    """Read a line whose title is a link, with names and year behind it: "[Title] Names (2018). Journal, 1(2), 3-4"."""
    view, stop = draft.view, draft.link_end
    first = draft.extent(stop, end)[0]
    while first < end and view[first] in " ,.:;–—-":
        first += 1
    if stop - start < 8 or first >= end:
        return None
    for shape in SHAPES:
        parts = shape(view, first, end)
        if parts is None or parts.title_at or not parts.names:
            continue
        body_start, body_end = parts.body_at
        numbers = find_numbers(view, body_start, body_end)
        own_title = any(place for place, *_ in breaks_in(view, body_start, numbers.start if numbers else body_end))
        if own_title:
            _set_link_title(draft, start, stop)
            return parts
        return Parts(
            shape=parts.shape,
            names=parts.names,
            names_at=parts.names_at,
            editors=parts.editors,
            date=parts.date,
            date_at=parts.date_at,
            title_at=(start, stop),
            body_at=parts.body_at,
        )
    return None


def _numbers_alone(view: str, start: int, end: int) -> Parts | None:
    """Take a line without names that ends like an article: "Title. Journal, 12(3), 1-5"."""
    numbers = find_numbers(view, start, end)
    if numbers is None or "volume" not in numbers or "page" not in numbers:
        return None
    return Parts(shape="numbers", body_at=(start, end)) if any(breaks_in(view, start, numbers.start)) else None


def _split(draft: Draft, start: int, end: int, again: int) -> tuple[int, int]:
    """Say where the title ends and where the rest begins. ``again``: the title reaches at least to there."""
    view = draft.view
    if view[start] in "\"“«„‘'":
        closing = _quote_end(view, start, end)
        if closing:
            return closing, closing
    linked = next((one for one in draft.addresses if one.has_text and start <= one.text_start <= start + 2), None)
    if linked and linked.text_end < end and draft.view[linked.text_end : end].strip():
        return linked.text_end, linked.text_end
    if within := _IN_COLON.search(view, start + 4, end):
        return _title_end(within.start(), within["mark"]), within.end("mark")
    stops = list(breaks_in(view, start, end))
    seen = [stop for stop in stops if stop[0] >= again - 3]
    for place, following, mark in seen:
        if CHAPTER.match(view, following, end) and re.search(r"\d|\.\s", view[following:end]):
            return _title_end(place, mark), following
    numbers = find_numbers(view, start, end)
    before = [stop for stop in seen if not numbers or stop[1] <= numbers.start]
    if not before:
        return _without_stop(view, start, end, numbers.start if numbers else None)
    place, following, mark = _best(view, before, numbers.start if numbers else end, journal=numbers is not None)
    return _title_end(place, mark), following


def _title_end(place: int, mark: str) -> int:
    """Keep question and exclamation marks and closing marks; drop the full stop."""
    return place + (len(mark) if mark[0] in "?!…؟" else 0)


def _best(view: str, stops: list[tuple[int, int, str]], end: int, *, journal: bool) -> tuple[int, int, str]:
    """Choose among the ends of sentences the one behind which the journal or publisher begins."""
    first = stops[0]
    if len(stops) == 1:
        return first
    if first[2][0] in "?!" and first[2][-1] != "." and len(view[first[1] : stops[1][0]].split()) >= 4:
        return _best(view, stops[1:], end, journal=journal)
    if named := next((stop for stop in stops if _says_what_it_is(view, stop[1], end)), None):
        return named
    last = view[stops[-1][1] : end]
    behind = _PLACE_AND_YEAR.fullmatch(last)
    placed = behind is not None and is_place(behind["place"])
    published = PUBLISHER_WORD.search(last) or is_place(last.partition(":")[0])
    if not journal and (placed or (published and not PUBLISHER_WORD.search(view[first[1] : stops[-1][0]]))):
        return stops[-1]
    container = view[first[1] : end]
    if journal and len(container.split()) > 12 and not JOURNAL_WORD.match(container):
        return stops[-1]
    return first


def _says_what_it_is(view: str, start: int, end: int) -> bool:
    """Say whether a thesis, an edition, a report with its number or a year alone begins here."""
    report = REPORT.match(view, start, end)
    year = _YEAR_ALONE.match(view, start, end)
    date = date_ending(view, year.end("year")) if year else None
    if EDITION.match(view, start, end) or MADE_BY.match(view, start, end) or (date and date.is_year):
        return True
    return THESIS.match(view, start) is not None or bool(report and report["number"] and report.end() < end)


def _without_stop(view: str, start: int, end: int, numbers: int | None) -> tuple[int, int]:
    """Find the end of a title that no full stop ends: before " in Journal" or the last comma before the numbers."""
    if numbers is None:
        mark = re.compile(r"[.?!]\.?\s*$").search(view, start, end)
        stop = mark.start() + (view[mark.start()] in "?!") if mark else end
        return stop, end
    piece = view[start:numbers].rstrip(" ,.(")
    comma = piece.rfind(", ")
    bare = not any(mark in view[numbers:end] for mark in ",(:") and " " not in view[numbers:end].strip(" .")
    if bare and view[max(start, numbers - 2) : numbers].rstrip()[-1:] not in {",", ";", "."}:
        return _without_stop(view, start, end, None)  # "NATO at 60": a number of the title
    if comma > 10 and piece[comma + 2 : comma + 3].isupper():
        return start + comma, start + comma + 2
    return start + len(piece), numbers


def _quote_end(view: str, start: int, end: int) -> int:
    closing = QUOTES.get(view[start], "'")
    for place in range(start + 4, end):
        if view[place] in closing and (view[place - 1] in ".,?!" or view[place + 1 : place + 2] in {".", ",", " ", ""}):
            if _TITLE_GOES_ON.match(view, place + 1, end):
                continue
            if view[start] in "'‘" and view[place + 1 : place + 2] == " " and view[place - 1] not in ".,?!":
                continue
            return place + 1
    return 0


def _dated(draft: Draft, start: int, end: int) -> int:
    """Take a year that stands as a sentence of its own behind the title: "Title. 2002. York University"."""
    match = _YEAR_ALONE.match(draft.view, start, end)
    if match is None or "issued" in draft.fields:
        return start
    draft.take("issued", start, match.end(), PartialDate(year=int(match["year"])))
    if leaves := _LEAVES.match(draft.view, match.end(), end):  # ABNT: "2011. 230 f. Dissertação"
        draft.add_extra("number-of-pages", leaves["count"])
        draft.mark("number_of_pages", *leaves.span())
        return leaves.end()
    return match.end()


def _kind(draft: Draft, kind: str, section: Section, outlets: Outlets) -> str:  # noqa: PLR0911 - one way out for each kind
    container, extra = str(draft.fields.get("container_title", "")), draft.fields.get("extra", {})
    issued = draft.fields.get("issued")
    author: tuple[Name, ...] = draft.fields.get("author", ())  # type: ignore[assignment]
    of_a_day = isinstance(issued, PartialDate) and issued.day is not None
    if (
        kind in {"document", "book"}
        and "publisher" not in draft.fields
        and of_a_day
        and any(outlets.is_press(name.literal) for name in author)
    ):
        return "article-newspaper"
    if (
        kind == "article-journal"
        and isinstance(issued, PartialDate)
        and issued.day is not None
        and not {"volume", "issue"} & draft.fields.keys()
        and outlets.knows(container)
    ):
        return "article-newspaper"
    if kind in {"book", "document"} and isinstance(extra, dict) and DOCUMENT_SYMBOL.fullmatch(extra.get("number", "")):
        return "report"
    if form := form_kind(str(draft.fields.get("genre", ""))):
        return form
    if kind in {"chapter", "article-journal"} and ENTRY.search(container):
        return "entry-encyclopedia"
    if kind in {"document", "webpage"} and section.expects == "news":
        return "article-newspaper"
    if (
        kind == "book"
        and {"accessed", "url"} <= draft.fields.keys()
        and not {"issued", "publisher"} <= draft.fields.keys()
    ):
        return "webpage"
    if kind == "book" and not draft.fields.get("publisher"):
        return "document"
    return kind


def _confidence(draft: Draft, parts: Parts) -> float:
    sure = _SURE[parts.shape]
    if not isinstance(draft.fields.get("issued"), PartialDate):
        sure -= 0.1
    if not ({"container_title", "publisher"} & draft.fields.keys()) and parts.shape != "body":  # web pages have neither
        sure -= 0.25
    if any(_KNOTTED.search(str(draft.fields.get(field, ""))) for field in ("container_title", "publisher")):
        sure -= 0.3
    return sure
