# ruff: noqa: E501 - patterns read best in one piece
"""Headlines and linked titles: what stands around a title is taken off it, end by end, until only the title is left.

A draft comes in whose addresses are settled already; year, outlet, by-line, remark and teaser become fields of it, and
the rest is the title as the line writes it.
"""

from __future__ import annotations

import re

from alliancebib.model import PartialDate
from alliancebib.outline.credits import credits_in
from alliancebib.outline.dates import date_at, date_ending
from alliancebib.outline.outlets import Outlets
from alliancebib.outline.tails import Tail, is_host, is_short_name, outlet_at_end
from alliancebib.outline.words import is_note, is_one_of
from alliancebib.page import Section
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._headline_bylines import end_of_link, people, take_byline, take_signature
from alliancebib.parsers._headline_fronts import LEADING, opening_of, take_credits, take_front, title_in_row
from alliancebib.parsers._parts import breaks_in
from alliancebib.parsers._places import is_country, is_place

__all__ = ["dissect", "is_news"]

#: Outlet and day in front of a headline have so many characters at least.
_CREDITED = 10
_TRAILING = " \t\u00a0\u200b\u200e\u200f\u202f,;:：–—-|·•"


_PAGES = re.compile(
    r",\s(?P<word>(?:pp?|S|с|С|str|pág)\.\s?|[Pp]ages?\s|[Ss]eite\s)?(?P<page>[A-Z]?\d{1,3}(?:[-–]\d{1,3})?)$"
)
#: "…, Russia, Belarus": the last of several places is no town that stands alone.
_LISTED = re.compile(r"(?:,|\sand|\sin)\s[^\s,]{2,24}$")
#: "Daily Times (Lagos)".
_OF_A_PLACE = re.compile(r"(?P<name>[^()]{2,60})\s\((?P<place>[^()]{3,24})\)")
#: "[Title](address) auf Example Online".
_ON_A_SITE = re.compile(r"(?:auf|bei|on|at|sur|en|su|na|на|in der|im)\s")
_CLOSED = frozenset({",”", ',"', "!”", '!"', "?”", '?"'})
_SETS_OFF = frozenset("–—-|·•,:")
_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё]"
#: "El Comercial", "Der Tagesspruch": a name that its language gives an article; "The Kremlin" would be one, too.
_WITH_ARTICLE = re.compile(rf"(?:Der|Die|Das|Le|La|Les|El|Los|Las|Il|Lo|Gli|O|Os|A|Het|De)\s{_CAPITAL}[\w'’-]+")
#: "Headline | Opinion": a rubric of the paper behind a bar or dash.
_RUBRIC = re.compile(r"(?:[|｜]|(?<=[\"”»]),|\s[-–—/·•])\s*(?P<rubric>[^|｜–—/·•,]{3,24})$")


def dissect(draft: Draft, *, outlets: Outlets) -> set[str]:
    """Take a draft's text apart; give the names of what was found beside the title."""
    start, end = draft.extent()
    found: set[str] = set()
    start = take_credits(draft, start, end, outlets, found, dated=True) or start
    for _ in range(8):
        before = (start, end)
        end = _end(draft, start, end, outlets, found)
        start = take_front(draft, start, end, outlets, found)
        if (start, end) == before:
            break
    end = _before_story(draft, start, end) if {"outlet", "date"} <= found else end
    start, end = _trimmed(draft, *title_in_row(draft, start, end))
    if draft.words(start, end):
        draft.take("title", start, end, _unquoted(draft, start, end))
    _repeated_year(draft)
    if "issued" not in draft.fields:
        draft.infer_date()
    return found


def _before_story(draft: Draft, start: int, end: int) -> int:
    """Take the sentences behind a headline for its abstract, where credits stand in front of it."""
    stop = next((stop for stop in breaks_in(draft.view, start, end) if stop[2][0] == "."), None)
    if stop is None or start < _CREDITED or "abstract" in draft.fields or draft.urls:
        return end
    story = draft.words(stop[1], end)
    if not _is_teaser(draft.words(start, stop[0]), story):
        return end
    draft.take("abstract", stop[1], end, story)
    return stop[0]


def is_news(draft: Draft, section: Section, outlets: Outlets) -> bool:
    """Say whether it is news: the section says so, or a paper, agency or broadcaster had it on a day."""
    issued = draft.fields.get("issued")
    of_a_day = isinstance(issued, PartialDate) and issued.day is not None and "issued" not in draft.inferred
    press = outlets.is_press(str(draft.fields.get("container_title", "")))
    return section.expects == "news" or (press and of_a_day)


def _trimmed(draft: Draft, start: int, end: int) -> tuple[int, int]:
    view = draft.view
    while end > start and view[end - 1] in _TRAILING:
        end -= 1
    while start < end and view[start] in LEADING:
        start += 1
    if view[start:end].endswith(".") and not re.search(
        r"(?:\.\s?\.|\b\w\.\w?\.|\b[A-Z][a-z]{0,3}\.)$", view[start:end]
    ):
        end -= 1
    return start, end


def _unquoted(draft: Draft, start: int, end: int) -> str:
    text = draft.words(start, end)
    if (text[:1] in "“«„" and not re.search(r"[”»“]", text[1:])) or (text[:1] == '"' and text.count('"') == 1):
        return text[1:].strip()  # the mark that closed it went with the comma behind it
    for opening, closing in (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("**", "**"), ("*", "*"), ("_", "_")):
        inside = text[len(opening) : -len(closing)]
        if (
            text.startswith(opening)
            and text.endswith(closing)
            and inside
            and opening not in inside
            and closing not in inside
        ):
            return inside.strip().rstrip(",")
    return text


def _end(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> int:
    """Take one thing off the end: a remark, a date, an outlet, a by-line, a teaser."""
    view = draft.view
    while end > start and view[end - 1] in _TRAILING:
        end -= 1
    for take in (
        _take_pages,
        _take_bracket,
        _take_date,
        _take_outlet,
        _take_town,
        _take_rubric,
        take_byline,
        take_signature,
    ):
        cut = take(draft, start, end, outlets, found)
        if cut < end:
            return cut
    return end


def _take_bracket(  # noqa: PLR0911 - one way out for each thing a bracket can hold
    draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]
) -> int:
    view = draft.view
    stop = end - 1 if view[start:end].endswith((").", "].")) else end
    opening = opening_of(view, start, stop)
    if opening <= start:
        return end
    inner_start, inner_end = draft.extent(opening + 1, stop - 1)
    inner = draft.words(inner_start, inner_end)
    date = date_at(view, inner_start)
    if not inner:
        return opening
    if is_note(inner):
        draft.put("note", inner)
        draft.mark("note", opening, end)
        found.add("note")
        return opening
    if date and date.end == inner_end and "issued" not in draft.fields:
        draft.take("issued", opening, end, date.date)
        found.add("date")
        return opening
    if is_one_of(inner, "label", "address"):
        draft.mark("url", opening, end)  # "[link]"
        return opening
    if _credited(draft, inner_start, inner_end, outlets, found):
        draft.mark("container_title", opening, end)
        return opening
    if _outlet_and_date(draft, inner_start, inner_end, outlets, found) or _outlet_and_remark(
        draft, inner_start, inner_end, outlets, found
    ):
        draft.mark("container_title", opening, end)
        return opening
    if _is_teaser(draft.words(start, opening), inner) and "abstract" not in draft.fields:
        draft.take("abstract", opening, end, inner)
        found.add("teaser")
        return opening
    return end


def _credited(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> bool:
    """Read a bracket like "(The Example Times, Ann Doe, 12 May 2023)"."""
    credited = credits_in(draft.view, start, end, outlets=outlets)
    if credited is None or credited.town != (0, 0) or {"container_title", "author"} & draft.fields.keys():
        return False
    names = people(draft.words(*credited.names)) if credited.names != (0, 0) else None
    if names is None or credited.date is None or "issued" in draft.fields:
        return False
    draft.take("container_title", *credited.outlet)
    draft.take("author", *credited.names, names)
    draft.take("issued", *credited.date_at, credited.date)
    found |= {"outlet", "byline", "date"}
    return True


def _outlet_and_date(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> bool:
    """Read a bracket like "(Reuters, 12 May 2023)" or "(12 May 2023, Reuters)"."""
    first = date_at(draft.view, start)
    date = date_ending(draft.view, end) or (first if first and first.end < end else None)
    if date is None or {"issued", "container_title"} & draft.fields.keys():
        return False
    start, stop = draft.extent(date.end, end) if date.start <= start else draft.extent(start, date.start)
    while stop > start and draft.view[stop - 1] in _TRAILING:
        stop -= 1
    while start < stop and draft.view[start] in LEADING:
        start += 1
    name = draft.words(start, stop)
    likely = not date.is_year and len(name.split()) > 1 and is_short_name(name, 6) and not is_place(name)
    likely = likely or is_host(name, draft.urls)
    if not (likely or outlets.is_outlet(name)):
        return False
    draft.take("container_title", start, stop)
    draft.take("issued", date.start, date.end, date.date)
    found |= {"outlet", "date"}
    return True


def _outlet_and_remark(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> bool:
    """Read a bracket like "(Reuters, in Russian)"."""
    match = re.compile(r"(?P<name>[^,;]{2,60})[,;]\s*(?P<note>[^,;]{2,60})").fullmatch(draft.view, start, end)
    if match is None or "container_title" in draft.fields or not is_note(match["note"]):
        return False
    if not outlets.is_outlet(match["name"]):
        return False
    draft.take("container_title", match.start("name"), match.end("name"))
    draft.take("note", match.start("note"), match.end("note"))
    found |= {"outlet", "note"}
    return True


def _is_teaser(title: str, inner: str) -> bool:
    """Say whether a bracket tells more of the story: a sentence, not a name or an abbreviation."""
    words = inner.split()
    small = sum(word[0].islower() for word in words)
    if not title or len(title) < 10:
        return False
    if not any(word[0].isupper() for word in words) and inner.isascii():
        return len(words) >= 8
    uncased = inner.upper() == inner.lower()
    return (
        (len(words) >= 8 and small >= 3)
        or (uncased and len(inner) >= 25)
        or (len(words) >= 6 and inner.endswith((".", "!", "?")))
    )


def _take_pages(draft: Draft, start: int, end: int, _: Outlets, found: set[str]) -> int:
    """Take the page of a printed paper, which stands behind its date."""
    stop = end - 1 if draft.view[start:end].endswith(".") else end
    match = _PAGES.search(draft.view, max(start, end - 24), stop)
    if match is None or "page" in draft.fields:
        return end
    if not match["word"] and date_ending(draft.view, match.start()) is None:
        return end
    draft.take("page", match.start(), end, match["page"])
    found.add("page")
    return match.start()


def _take_date(draft: Draft, start: int, end: int, _: Outlets, found: set[str]) -> int:
    view = draft.view
    if "issued" in draft.fields:
        return end
    date = date_ending(view, end) or (date_ending(view, end - 1) if view[start:end].endswith(".") else None)
    if date is None or date.start <= start + 3:
        return end
    before = view[start : date.start].rstrip()
    mark = before[-1:]
    separated = (
        mark in ",;|·•،("
        or (mark in "-–—/›»" and before[:-1].endswith(" "))
        or (mark == "." and not date.is_year)
        or before[-2:] in _CLOSED
    )
    if not separated or len(before) < 8 or (date.is_year and mark == "("):
        return end
    cut = start + len(before if before[-2:] in _CLOSED else before[:-1].rstrip())
    draft.take("issued", cut, end, date.date)
    found.add("date")
    return cut


def _take_outlet(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> int:
    if "container_title" in draft.fields:
        return end
    tail = (
        outlet_at_end(draft.view, start, end, outlets=outlets, urls=draft.urls)
        or _behind_link(draft, start, end, outlets)
        or _linked_alone(draft, start, end)
        or _before_day(draft, start, end, outlets, found)
    )
    if tail is None or tail.start <= start:
        return end
    name = draft.words(tail.name_start, tail.name_end).strip('*_ «»“”„"')
    if (placed := _OF_A_PLACE.fullmatch(name)) and is_place(placed["place"]):
        draft.put("publisher_place", placed["place"])
        name = placed["name"]
    draft.put("container_title", name)
    draft.mark("container_title", tail.start, end)
    found.add("outlet")
    return tail.start


def _before_day(draft: Draft, start: int, end: int, outlets: Outlets, found: set[str]) -> Tail | None:
    """Find an outlet between commas, before the day that was taken: "Headline, Example Courier, 3 May 2020"."""
    issued = draft.fields.get("issued")
    if (
        "date" not in found
        or not isinstance(issued, PartialDate)
        or issued.day is None
        or draft.view[end : end + 1] != ","
    ):
        return None
    comma = draft.view.rfind(", ", start + 8, end)
    name = draft.words(comma + 1, end) if comma > 0 else ""
    if outlets.knows(name) and name[0].isupper():
        return Tail(comma, end, comma + 2, end)  # an ordinary word as well, but it stands where outlets do
    named = (
        outlets.is_outlet(name)
        or _WITH_ARTICLE.fullmatch(name)
        or (is_short_name(name, 5) and is_host(name, draft.urls))
    )
    if len(name.split()) < 2 or not named or is_place(name) or is_country(name):
        return None  # who spoke and where stands between commas, too
    return Tail(comma, end, comma + 2, end)


def _take_town(draft: Draft, start: int, end: int, _: Outlets, found: set[str]) -> int:
    """Take the town where a document was signed or a report was filed, between a comma and the day that was taken."""
    issued = draft.fields.get("issued")
    of_a_day = isinstance(issued, PartialDate) and issued.day is not None and "date" in found
    comma = draft.view.rfind(", ", start + 8, end)
    if not of_a_day or draft.view[end : end + 1] != "," or comma < 0 or "publisher_place" in draft.fields:
        return end
    name = draft.words(comma + 1, end)
    if not is_place(name) or _LISTED.search(draft.view, start, comma):
        return end
    draft.take("publisher_place", comma, end, name)
    return comma


def _behind_link(draft: Draft, start: int, end: int, outlets: Outlets) -> Tail | None:
    """Find the outlet that is all that stands behind a linked title, without a mark between."""
    cut = end_of_link(draft, end)
    first, stop = draft.extent(cut, end)
    if not start < cut <= first:
        return None
    if on := _ON_A_SITE.match(draft.view, first, stop):
        name = draft.words(on.end(), stop)
        if outlets.is_outlet(name) or is_host(name, draft.urls):
            return Tail(cut, end, on.end(), stop)
    return Tail(cut, end, first, stop) if outlets.is_outlet(draft.words(first, stop)) else None


def _linked_alone(draft: Draft, start: int, end: int) -> Tail | None:
    """Find the name that alone is linked, behind a headline and a mark: "Headline – [Example Commission](address)"."""
    last = next((one for one in draft.addresses if one.has_text and one.text_end == end), None)
    if last is None or last.text_start <= start + 8:
        return None
    words = draft.words(last.text_start, end).split()
    before = draft.view[start : last.text_start].rstrip()
    named = all(word[0].isupper() or len(word) < 4 for word in words) and words[0][0].isupper()
    if not named or len(words) > 6 or before[-1:] not in _SETS_OFF:
        return None
    return Tail(start + len(before) - 1, end, last.text_start, end)


def _take_rubric(draft: Draft, start: int, end: int, _: Outlets, found: set[str]) -> int:
    """Take the rubric under which an outlet has it; it tells the sort of the work. Without an outlet it may be a title's."""
    match = _RUBRIC.search(draft.view, max(start, end - 40), end)
    wanted = "container_title" in draft.fields and "genre" not in draft.fields
    if match is None or not wanted or not is_one_of(match["rubric"], "rubrics", "phrases"):
        return end
    draft.put("genre", match["rubric"].strip())
    draft.mark("genre", match.start(), end)
    found.add("rubric")
    return match.start()


def _repeated_year(draft: Draft) -> None:
    """Take the year in front of a title where the address tells the same year: "2024 Report https://.../2024"."""
    title = draft.fields.get("title")
    date = date_at(title, 0) if isinstance(title, str) else None
    if "issued" in draft.fields or date is None:
        return
    draft.infer_date()
    issued = draft.fields.get("issued")
    if issued == date.date and date.is_year:
        draft.inferred.remove("issued")
