# ruff: noqa: E501 - patterns read best in one piece
"""What follows the title of a reference: journal with numbers, book with pages, thesis, report, newspaper, publisher.

A draft and the stretch behind the title come in; fields are set on the draft, and the kind of the work goes out.
"""

from __future__ import annotations

import re

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_at, date_ending, find_date
from alliancebib.outline.outlets import Outlets
from alliancebib.parsers._book_parts import (
    CHAPTER,
    CONFERENCE,
    PAGES,
    book_part,
    edited_sentence,
    part_of_areas,
    part_without_in,
)
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import PATENT, PRESENTED_AT, REPORT, THESIS, form_kind, kind_of_mark, without_mark
from alliancebib.parsers._names import read_names
from alliancebib.parsers._numbers import Numbers, find_numbers, tidy_pages
from alliancebib.parsers._places import is_place
from alliancebib.parsers._publishers import PUBLISHER_WORD, bounds, take_publisher

__all__ = ["JOURNAL_WORD", "read_rest"]

_YEAR = r"(?:18|19|20)\d\d"
_DASH = "-‐‑‒–—−"
_PAGE_COUNT = re.compile(r"\b(?P<count>\d{2,4})\s?(?:с|p|pp|S|Seiten|pages|стр|s)\.?$")
_PAGES_BEHIND = re.compile(rf",\s*(?P<pages>(?:(?:pp?|S)\.\s?)?[A-Z]?\d{{1,4}}(?:\s?[{_DASH}]\s?\d{{1,4}})?)$")
_AHEAD = re.compile(
    r"[.,]\s*(?:advance online publication|(?:epub |online )?ahead of print|online first|first view|early (?:view|access)|"
    r"published online|advance access)\b[^.]{0,30}\.?$",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:^|[,.]\s*)(?P<day>\d{1,2}\.?\s[^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.?\s\d{1,2})$")
_PREPRINT = re.compile(r"\b(?:arXiv|SSRN|bioRxiv|medRxiv|SocArXiv|OSF|Preprints?)\b")
JOURNAL_WORD = re.compile(
    r"\b(?:journal|review|quarterly|studies|affairs|annals|bulletin|letters|politics|magazine|survey|perspectives|transactions|zeitschrift|"
    r"jahrbuch|revue|revista|rivista|cahiers|annales|вестник|журнал|вопросы|известия|обозрение|вісник|przegląd|dergisi|مجلة|学报|研究)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\((?:orgs?|eds?|coords?|dirs?|hrsg|hg|comps?)\.?\)", re.IGNORECASE)
#: ABNT: "20 jul. 2022. Mundo, p. A12": the section of a newspaper.
_ON_PAGE_OF_SECTION = re.compile(
    rf"(?<=\s{_YEAR})\.\s(?P<section>[^\W\d_][^.,\d]{{2,30}}),\sp\.\s(?P<page>[A-Z]?\d{{1,3}}(?:-\d{{1,3}})?)$"
)
#: "York University, PhD dissertation".
_THESIS_BEHIND = re.compile(r"(?P<publisher>[^.,]{4,80}),\s(?P<genre>[^,]{4,40})")
#: What stands on a site or is broadcast under a name; data and speeches have who published them.
_SHOWN_BY_A_SITE = frozenset({"post-weblog", "motion_picture", "broadcast", "post", "interview"})
#: The number of the speciality of a Russian thesis.
_SPECIALITY = re.compile(r"\s?:?\s?(?P<code>\d\d\.\d\d\.\d\d)\b[.\s]*(?:[–—-]\s)?")
#: AMA's newspaper: "New York Times. February 1, 2019:A1".
_DAY_AND_PAGE = re.compile(
    rf"(?P<name>[^.:;]{{3,60}})\.\s(?P<date>[^\W\d_]{{3,9}}\.?\s\d{{1,2}},\s{_YEAR}|{_YEAR}\s[^\W\d_]{{3,9}}\s\d{{1,2}}):\s?(?P<page>[A-Z]\d{{0,3}}|\d{{1,3}})[.\s]*"
)
_MEETING = re.compile(
    r"(?P<name>[^.\[\]]{0,120}\b(?:[Cc]onference|[Cc]onvention|[Cc]ongress|[Mm]eeting|[Ss]ymposium|[Ww]orkshop)\b[^.\[\]]{0,60})\.\s"
    r"(?P<place>[^.\d\[\]]{3,40}),\s(?:\d{1,2}(?:\s[^\W\d_]+)?[–-])?\d{1,2}\s[^\W\d_]{3,10}(?:\s(?:18|19|20)\d\d)?"
    r"(?:\.\s(?P<publisher>[^.,\[\]]{3,80}))?(?:,\spp?\.\s(?P<page>\d{1,4}[–-]\d{1,4}))?(?:\.?\s\[(?P<genre>[^\[\]]{3,30})\]?)?[.\s]*"
)
#: "Title. 3 vols": how many there are is no part of it.
_HOW_MANY = re.compile(r"[.,]\s(?P<count>\d{1,2})\s(?:vols?|volumes|Bde|Bände)\.?$")
_PATENT = re.compile(r"\bpatent\b", re.IGNORECASE)
#: Who wrote a thesis, said again behind the number of its speciality.
_AGAIN = re.compile(r"\s?/\s(?P<names>[^/()\d–—]{4,80}?)\.?\s[–—]\s")
_VANCOUVER_BOOK = re.compile(
    rf"(?P<place>[^:;.\d]{{2,60}}):\s(?P<publisher>[^;:]{{2,120}});\s(?P<date>{_YEAR}(?:\s[^\W\d_]{{3,9}})?(?:\s\d{{1,2}})?)"
    r"(?:\.\s(?P<genre>Report|Working Paper|Policy Brief|Paper)\s(?:No\.?)?:?\s(?P<number>[\w/-]*\d[\w/-]*))?"
)


def read_rest(draft: Draft, start: int, end: int, *, outlets: Outlets, shape: str) -> str:
    """Set the fields of what follows the title; give the kind of the work."""
    title = str(draft.fields.get("title", ""))
    if how_many := _HOW_MANY.search(title, max(0, len(title) - 20)):
        draft.add_extra("number-of-volumes", how_many["count"])
        draft.fields["title"] = title[: how_many.start()]
    elif "]" in title:
        draft.fields["title"] = without_mark(title)
    kind = _read(draft, start, end, outlets=outlets, shape=shape)
    marked = "patent" if _PATENT.search(str(draft.fields.get("genre", ""))) else kind_of_mark(draft.text)
    return kind if kind == "chapter" and marked == "book" else marked or kind


def _read(draft: Draft, start: int, end: int, *, outlets: Outlets, shape: str) -> str:
    start, end = bounds(draft, start, end)
    start = edited_sentence(draft, start, end)
    if start >= end:
        return _bare_kind(draft)
    if chapter := CHAPTER.match(draft.view, start, end):
        if chapter["pages"]:
            draft.take("volume", start, chapter.end(), chapter["volume"] or "")
            draft.take("page", start, chapter.end(), chapter["pages"])
        draft.mark("container_title", start, chapter.end())
        return _inside(draft, chapter.end(), end, outlets)
    return (
        _by_its_words(draft, start, end)
        or _numbered(draft, start, end, inside=shape == "gost-part")
        or _thesis_or_part(draft, start, end, shape)
        or _published(draft, start, end, outlets=outlets, shape=shape)
    )


def _inside(draft: Draft, start: int, end: int, outlets: Outlets) -> str:
    """Read what follows "In": a journal where its numbers say so, else a book."""
    inside = find_numbers(draft.view, start, end)
    numbered = (
        inside
        and not _EDITED.search(draft.view, start, end)
        and ("volume" in inside or ("issue" in inside and "page" in inside))
    )
    if inside and numbered and _is_journal(draft, start, inside) and inside.end >= end - 2:
        return _journal(draft, start, end, inside)
    if _is_outlet_of_a_day(draft, start, end, outlets):
        return _published(draft, start, end, outlets=outlets, shape="mla")
    return book_part(draft, start, end)


def _is_outlet_of_a_day(draft: Draft, start: int, end: int, outlets: Outlets) -> bool:
    """Say whether a known outlet and a day, perhaps with a page, are all that stands there."""
    pages = _PAGES_BEHIND.search(draft.view[start:end])
    stop = start + pages.start() if pages else end
    date = date_ending(draft.view, stop)
    if date is None or date.date.day is None or date.start <= start:
        return False
    name = re.sub(r"\s(?:vom|du|del|of|от)$", "", draft.words(start, date.start).strip(" ,.;:(–—-"))
    return outlets.knows(name)


def _by_its_words(draft: Draft, start: int, end: int) -> str:
    """Read a paper given at a meeting, a report, a book of Vancouver's form; "" for what is none of these."""
    if presented := PRESENTED_AT.match(draft.view, start, end):
        return _presented(draft, presented.end(), start, end)
    if patent := PATENT.match(draft.view, start, end):
        draft.take("genre", start, patent.end("genre"))
        draft.add_extra("number", patent["number"])
        draft.mark("number", patent.end("genre"), patent.end())
        take_publisher(draft, patent.end(), end)
        return "patent"
    if report := _report(draft, start, end):
        return report
    if printed := _DAY_AND_PAGE.fullmatch(draft.view, start, end):
        date = find_date(printed["date"])
        if date and date.date.day:
            draft.take("container_title", start, printed.end("name"), printed["name"])
            draft.take_date(*printed.span("date"), date.date)
            draft.take("page", printed.end("date"), end, printed["page"])
            return "article-newspaper"
    if meeting := _MEETING.fullmatch(draft.view, start, end):
        return _meeting(draft, meeting)
    book = _VANCOUVER_BOOK.fullmatch(draft.view[start:end])
    return _vancouver_book(draft, book, start) if book else ""


def _numbered(draft: Draft, start: int, end: int, *, inside: bool) -> str:
    """Read a journal with its numbers; ``inside``: a mark says that the work stands in what follows."""
    numbers = find_numbers(draft.view, start, end)
    named = draft.fields.get("genre") or THESIS.match(draft.view, start, end)
    wanted = (
        numbers is not None and not named and (_is_journal(draft, start, numbers) or (inside and _is_dated(numbers)))
    )
    return _journal(draft, start, end, numbers) if numbers and wanted else ""


def _is_dated(numbers: Numbers) -> bool:
    return numbers.issued is not None and numbers.issued.day is not None


def _thesis_or_part(draft: Draft, start: int, end: int, shape: str) -> str:
    """Read a thesis, an article ahead of print, or a chapter without "In"; "" for what is none of these."""
    if thesis := THESIS.match(draft.view, start, end):
        draft.take("genre", start, thesis.end())
        if speciality := _SPECIALITY.match(draft.view, thesis.end(), end):
            draft.add_note(speciality["code"])
            draft.mark("note", thesis.end(), speciality.end())
            again = _AGAIN.match(draft.view, speciality.end(), end)
            behind = again.end() if again and read_names(again["names"]) else speciality.end()
            draft.mark("author", speciality.end(), behind)
            take_publisher(draft, behind, _without_pages(draft, behind, end))
            return "thesis"
        take_publisher(draft, thesis.end(), _without_pages(draft, thesis.end(), end))
        return "thesis"
    publisher_first = _THESIS_BEHIND.fullmatch(draft.view, start, end)
    thesis = THESIS.match(draft.view, publisher_first.start("genre"), end) if publisher_first else None
    if publisher_first and thesis and thesis.end() == end:
        draft.take("publisher", start, publisher_first.end("publisher"))
        draft.take("genre", publisher_first.end("publisher"), end, thesis["genre"])
        return "thesis"
    if CONFERENCE.match(draft.view, start, end) and re.search(PAGES, draft.view[start:end]):
        return book_part(draft, start, end)
    if ahead := _AHEAD.search(draft.view[start:end]):
        draft.add_extra("status", draft.words(start + ahead.start(), end).strip(" .,").lower())
        draft.mark("note", start + ahead.start(), end)
        draft.take("container_title", start, start + ahead.start())
        return "article-journal"
    gost = shape in {"gost", "gost-part"}
    found = part_of_areas(draft, start, end) if gost else ""
    return found or (part_without_in(draft, start, end) if gost or shape == "mla" else "")


def _vancouver_book(draft: Draft, match: re.Match[str], start: int) -> str:
    """Read "Place: Publisher; 2021 Jul. Report No.: 142"."""
    for field, group in (("publisher_place", "place"), ("publisher", "publisher")):
        draft.take(field, start + match.start(group), start + match.end(group))
    date = date_at(match["date"], 0)
    if date:
        draft.take_date(start + match.start("date"), start + match.end("date"), date.date)
    if match["genre"] is None:
        return "book"
    draft.take("genre", start + match.start("genre"), start + match.end(), match["genre"])
    draft.add_extra("number", match["number"])
    return "report"


def _presented(draft: Draft, name: int, start: int, end: int) -> str:
    """Read the meeting a paper was given at, and its date."""
    date = date_ending(draft.view, end)
    stop = end
    if date and date.start > name:
        draft.take_date(date.start, end, date.date)
        stop = name + len(draft.view[name : date.start].rstrip(" ,.;:(–—-"))
    draft.take("container_title", start, stop, draft.words(name, stop))
    return "paper-conference"


def _meeting(draft: Draft, match: re.Match[str]) -> str:
    """Read Harvard's conference paper: "Conference. Place, 4–7 April. Publisher, pp. 1–45"."""
    draft.take("container_title", match.start(), match.end("name"))
    draft.take("publisher_place", match.end("name"), match.end("place"), match["place"])
    for field in ("publisher", "page", "genre"):
        if match[field]:
            draft.take(field, match.start(field), match.end(field), match[field])
    draft.mark("issued", match.start(), match.end())  # the days are the meeting's, its year stands in front
    return "paper-conference"


def _report(draft: Draft, start: int, end: int) -> str:
    """Read a report whose series and number stand behind its title: "CRS Report RL32418. Publisher, 2023"."""
    match = REPORT.match(draft.view, start, end)
    if match is None or (match["number"] is None and match.end() >= end):
        return ""
    draft.take("genre", start, match.end(), match["genre"])
    if match["number"]:
        draft.add_extra("number", match["number"])
    take_publisher(draft, match.end(), _without_day(draft, match.end(), end))
    return "report"


def _bare_kind(draft: Draft) -> str:
    if genre := str(draft.fields.get("genre", "")):
        return "thesis" if THESIS.search(genre) else form_kind(genre) or "report"
    return "webpage" if draft.urls and "doi" not in draft.fields else "document"


def _is_journal(draft: Draft, start: int, numbers: Numbers) -> bool:
    """Say whether numbers belong to a journal: a name stands before them, and they are more than pages of a book."""
    name = draft.words(start, numbers.start).strip(" ,.:;–-")
    if not name or len(name.split()) > 25:
        return False
    strong = "volume" in numbers or "issue" in numbers
    return strong or JOURNAL_WORD.search(name) is not None


def _journal(draft: Draft, start: int, end: int, numbers: Numbers) -> str:
    name_end = start + len(draft.view[start : numbers.start].rstrip(" ,.:;–—-("))
    name = draft.words(start, name_end).strip('"“”«»*_ ')
    name += (
        "." if ". " in name and draft.view[name_end : name_end + 1] == "." and len(name.rpartition(" ")[2]) < 8 else ""
    )
    head, _, place = name.rpartition(", ")
    if head and is_place(place):  # Brazilian lists name the journal's city
        draft.put("publisher_place", place)
        name = head
    draft.take("container_title", start, numbers.start, name)
    take_numbers(draft, numbers)
    tail_start, tail_end = bounds(draft, numbers.end, end)
    if tail_start < tail_end:
        date = find_date(draft.view[tail_start:tail_end])
        if date and date.start <= 2 and "issued" not in draft.fields:
            draft.take("issued", tail_start, tail_start + date.end, date.date)
    if CONFERENCE.match(name) and "issue" not in numbers:
        return "paper-conference"
    if _PREPRINT.match(name):
        return "article"
    return "article-journal"


def take_numbers(draft: Draft, numbers: Numbers) -> None:
    """Set the fields of what was read as numbers."""
    for piece in numbers.pieces:
        if piece.field == "issued":
            draft.take_date(piece.start, piece.end, numbers.issued)
        else:
            draft.take(piece.field, piece.start, piece.end, piece.value)


def _published(draft: Draft, start: int, end: int, *, outlets: Outlets, shape: str) -> str:
    """Read what is neither journal nor book part: a newspaper with a date, or a publisher."""
    in_front = draft.fields.get("issued")
    if printed := _ON_PAGE_OF_SECTION.search(draft.view[start:end]):
        draft.add_note(printed["section"])
        draft.take("page", start + printed.start(), end, printed["page"])
        end = start + printed.start()
    end = _without_pages(draft, start, end)
    end -= re.search(rf"\s\({_YEAR}\)$", draft.view[start:end]) is not None
    date = date_ending(draft.view, end)
    stop = _without_day(draft, start, end)
    if (
        date
        and date.start >= start
        and re.fullmatch(r"[\s,.(;:–—-]*", draft.view[date.start - 2 : date.start] or " ") is not None
    ):
        stop = start + len(draft.view[start : date.start].rstrip(" ,.;:(–—-"))
        if stop > start or date.start == start:
            draft.take_date(max(stop, start), end, date.date)
    name = draft.words(start, stop).strip(' ,."“”*_')
    if not name:
        return _bare_kind(draft)
    head, _, place = name.rpartition(", ")
    if head and is_place(place) and outlets.knows(head):
        draft.put("publisher_place", place)
        name = head
    genre = draft.fields.get("genre")
    known = outlets.knows(name) or (shape == "mla" and outlets.sounds_like_one(name))
    issued = draft.fields.get("issued")
    of_a_day = isinstance(issued, PartialDate) and issued.day is not None
    if known and not genre and (not outlets.publishes(name) or (of_a_day and issued != in_front)):
        draft.take("container_title", start, stop, name)
        return "article-newspaper"
    if genre:
        return _of_genre(draft, start, stop, name)
    if shape == "gost-part" or _PREPRINT.match(name):
        draft.take("container_title", start, stop, name)
        undated = "webpage" if draft.urls else "document"
        return "article" if _PREPRINT.match(name) else "article-newspaper" if of_a_day else undated
    quoted = shape == "mla"
    if (JOURNAL_WORD.search(name) or quoted) and not PUBLISHER_WORD.search(name) and ":" not in name:
        draft.take("container_title", start, stop, name)
        return "article-journal" if JOURNAL_WORD.search(name) else "document"
    take_publisher(draft, start, stop)
    return "report" if outlets.publishes(name) else "book"


def _of_genre(draft: Draft, start: int, end: int, name: str) -> str:
    """Read who published a thesis or report, or the meeting where a paper was given."""
    if form_kind(str(draft.fields["genre"])) in _SHOWN_BY_A_SITE:
        draft.take("container_title", start, end, name)
        return _bare_kind(draft)
    if CONFERENCE.search(name) and not THESIS.match(str(draft.fields["genre"])):
        draft.take("container_title", start, end, name)
        return "paper-conference"
    take_publisher(draft, start, end)
    return _bare_kind(draft)


def _without_pages(draft: Draft, start: int, end: int) -> int:
    """Take off the end how many pages a book has, or on which ones of a newspaper an article stands."""
    view = draft.view
    if count := _PAGE_COUNT.search(view[start:end]):
        stop = start + len(view[start : start + count.start()].rstrip(" .,;–—-"))
        draft.add_extra("number-of-pages", count["count"])
        draft.mark("number_of_pages", stop, end)
        return stop
    pages = _PAGES_BEHIND.search(view[start:end])
    known = draft.fields.get("issued")
    of_day = (
        isinstance(known, PartialDate)
        and pages is not None
        and pages["pages"][0] in "pS"
        and _DAY.search(view[start : start + pages.start()]) is not None
    )
    if pages and (of_day or date_ending(view, start + pages.start())):
        draft.take("page", start + pages.start(), end, tidy_pages(pages["pages"].lstrip("pS. ")))
        return start + pages.start()
    return end


def _without_day(draft: Draft, start: int, end: int) -> int:
    """Take day and month off the end where the year stands in front: "The Example Times, 12 March"."""
    known, day = draft.fields.get("issued"), _DAY.search(draft.view[start:end])
    if not isinstance(known, PartialDate) or known.month or day is None:
        return end
    written = f"{day['day']} {known.year}"
    date = find_date(written)
    if date is None or date.is_year or date.end < len(written) or date.start:
        return end
    draft.fields["issued"] = date.date
    draft.mark("issued", start + day.start(), end)
    return start + day.start()
