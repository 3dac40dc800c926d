# ruff: noqa: E501 - patterns read best in one piece
"""Chapters: the book a work stands in, with its editors, pages and publisher, as each style has them.

A draft and the stretch behind "In" come in; fields are set on the draft, and the kind of the work goes out.
"""

from __future__ import annotations

import re

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_ending
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._names import read_names
from alliancebib.parsers._numbers import tidy_pages
from alliancebib.parsers._parts import breaks_in
from alliancebib.parsers._places import is_place
from alliancebib.parsers._publishers import qualifiers, take_publisher
from alliancebib.parsers._shapes_gost import edited_behind

__all__ = [
    "CHAPTER",
    "CONFERENCE",
    "MADE_BY",
    "PAGES",
    "book_part",
    "edited_sentence",
    "part_of_areas",
    "part_without_in",
]

_YEAR = r"(?:18|19|20)\d\d"
_DASH = "-‐‑‒–—−"
PAGES = rf"(?:pp?|PP|[Pp]ages?|S|[Ss]s|С|с|стр|págs?|pag)\.?\s?(?P<pages>[A-Za-z]?\d{{1,6}}(?:\s?[{_DASH}]+\s?[A-Za-z]?\d{{1,6}})?)"
CONFERENCE = re.compile(
    r"\b(?:proceedings|proc\.|conference|symposium|workshop|congress(?!ional)|tagung|kongress|colloque|congreso|congresso|anais\b|encontro\b|simpósio|конференци\w*|конф\.)",
    re.IGNORECASE,
)
CHAPTER = re.compile(
    r"(?:(?:(?:[Vv]ol\.\s(?P<volume>\d{1,3}),\s)?(?:[Pp]ages|[Pp]p\.|[Pp]p)\s(?P<pages>[ivxlc\d]{1,6}[–—-][ivxlc\d]{1,6})\s)?[Ii]n|IN|I(?=:)|[Dd]ans|[Ee]n|[Ee]m|[ВвУ] кн\.|[ВвУ] сб\.)(?::\s*|\s+(?=[\"“«„(]*[^\W_a-z])|(?=[A-ZÀ-Þ][a-z]))"
)
_EDITORS_FIRST = re.compile(
    r"(?P<names>[^()]{2,250}?)\s*\(\s?(?:[Ee]ds?|[Hh]rsg|[Hh]g|[Рр]ед|[Cc]oords?|[Dd]irs?|[Oo]rgs?|[Cc]omps?|a cura di|ed\. by)\.?\s?\)[.,:;]?\s*"
)
_EDITED_BY = re.compile(
    r"[,.]\s*(?:edited by|[Ee]ds?\.(?: by)?|hrsg\. von|herausgegeben von|под ред\.)\s+(?P<names>[^()]{3,200}?)(?=,\s(?:pp?\.\s)?\d|(?<!\b[^\W\d_])\.\s|,\s[A-Z][\w]+\s(?:Press|Publish)|$)"
)
#: "In: Lee A, Roe B, eds. Book".
_EDITORS_STOPPED = re.compile(r"(?P<names>[^().:]{3,200}?),\s(?:[Ee]ds?|[Ee]ditors?)\.\s+(?=[^\W\d_a-z])")
#: "Publisher; 2008:25-46".
_DATED_PAGES = re.compile(rf";\s(?P<year>{_YEAR}):(?P<pages>\d{{1,5}}\s?[{_DASH}]\s?\d{{1,5}})\.?$")
#: "Book, Place: Publisher", where nothing but commas divides.
_PUBLISHED_BEHIND = re.compile(r",\s(?P<place>[^,:]{3,40}):\s[^,:]{3,60}(?=[,.\s]*$)")
#: ", edited by Ann Doe, " between a book and its publisher.
_EDITED_BEHIND = re.compile(
    r",\s(?:edited by|ed\. by)\s(?P<names>[^,()\d]{3,80}(?:,\s(?:and\s)?[^,()\d]{3,40}){0,3}?)(?=,\s[^,]{3,80},\s(?:18|19|20)\d\d)"
)
#: "Edited by Ann Doe and Max Roe. ", behind a book's title.
MADE_BY = re.compile(
    r"(?P<made>[Ee]dited|[Tt]ranslated|[Ee]d\.|[Tt]rans\.)\s(?:by\s)?(?P<names>[^().:]{2,40}(?:\.[^().:]{1,40}){0,8}?)(?<!\b[^\W\d_])\.\s+(?=[^\W_])"
)
_BRACKET = re.compile(r"\((?P<inner>[^()]{1,120})\)")
_GOST_PART = re.compile(
    rf"(?P<book>.{{3,250}}?)\.?\s[–—-]\s(?P<place>[^:]{{1,40}}?)\s?:\s(?P<publisher>[^:]{{2,120}}?),\s(?P<year>{_YEAR})\.?"
    rf"(?:\s[–—-])?\s[СCсcSP]\.\s?(?P<pages>\d{{1,5}}(?:\s?[{_DASH}]\s?\d{{1,5}})?)$"
)
#: "Book : сб. ст.": what sort of book it is, in GOST's words.
_COLLECTED = re.compile(r"\s:\s(?:сб(?:орник|\.)|материалы|коллект|моногр|учеб|энцикл|хрестом|тез\.)[^:]{0,80}$")
#: ABNT: "Publisher, 2006. v. 2, p. 25-60".
_VOLUME_BEFORE_PAGES = re.compile(r"\bv\.\s(?P<volume>\d{1,3}),\s(?=p\.\s\d)")
_EDITORS_WITHIN = re.compile(
    rf"\((?:[Ee]ds?|[Hh]rsg)\.?\s(?P<names>[^()]{{3,200}})\)\s(?P<pages>\d{{1,5}}(?:\s?[{_DASH}]\s?\d{{1,5}})?)"
)


def book_part(draft: Draft, start: int, end: int) -> str:
    """Read what follows "In": editors, book, edition and pages in brackets or after a comma, place and publisher."""
    if kind := _nature_part(draft, start, end):
        return kind
    if dated := _DATED_PAGES.search(draft.view[start:end]):
        draft.take("issued", start + dated.start(), start + dated.end("year"), PartialDate(year=int(dated["year"])))
        draft.take("page", start + dated.end("year"), end, tidy_pages(dated["pages"]))
        end = start + dated.start()
    start = _editors(draft, start, end)
    if volume := _VOLUME_BEFORE_PAGES.search(draft.view, start, end):
        draft.take("volume", volume.start(), volume.end(), volume["volume"])
        draft.settle("volume", volume.start(), volume.end())
    bracket = next((one for one in _BRACKET.finditer(draft.view, start, end) if re.search(PAGES, one["inner"])), None)
    if bracket:
        _inside_bracket(draft, bracket)
        _book_title(draft, start, bracket.start())
        take_publisher(draft, bracket.end(), end)
    else:
        _book_without_bracket(draft, start, end)
    title = str(draft.fields.get("container_title", ""))
    return "paper-conference" if CONFERENCE.search(title) else "chapter"


def _nature_part(draft: Draft, start: int, end: int) -> str:
    """Read "Book (eds Names) 201–219 (Publisher, Year)", as Nature has it; "" where it is not that."""
    within = _EDITORS_WITHIN.search(draft.view, start, end)
    names = read_names(within["names"]) if within else None
    if within is None or not names:
        return ""
    draft.take("container_title", start, within.start())
    draft.take("editor", within.start(), within.start("pages"), names)
    draft.take("page", within.start("pages"), within.end(), tidy_pages(within["pages"]))
    take_publisher(draft, draft.view.find("(", within.end(), end) + 1 or within.end(), end)
    return "chapter"


def _editors(draft: Draft, start: int, end: int) -> int:
    match = _EDITORS_FIRST.match(draft.view, start, end) or _EDITORS_STOPPED.match(draft.view, start, end)
    if match:
        names = (
            read_names(match["names"], given_first=True)
            if not re.search(r",\s[A-Z]\.|,\s[^,]+[/;]", match["names"])
            else read_names(match["names"])
        )
        names = names or read_names(match["names"])
        if names:
            draft.take("editor", match.start(), match.end(), names)
            return match.end()
    return start


def _inside_bracket(draft: Draft, bracket: re.Match[str]) -> None:
    pages = re.search(PAGES, bracket["inner"])
    offset = bracket.start("inner")
    qualifiers(draft, offset, offset + (pages.start() if pages else len(bracket["inner"])))
    if pages:
        draft.take("page", offset + pages.start(), bracket.end(), tidy_pages(pages["pages"]))
    draft.mark("page", bracket.start(), bracket.end())


def _book_title(draft: Draft, start: int, end: int) -> None:
    """Set the book's title; a date at its end is the date, editors behind a comma are editors."""
    if edited := _EDITED_BY.search(draft.view, start, end):
        names = read_names(edited["names"], given_first=True)
        if names:
            draft.take("editor", edited.start(), edited.end(), names)
            end = edited.start()
    published = _PUBLISHED_BEHIND.search(draft.view, start, end)
    if published and is_place(published["place"]) and published.start() > start:
        take_publisher(draft, published.start("place"), end)
        end = published.start()
    stripped = start + len(draft.view[start:end].rstrip(" ,."))
    date = date_ending(draft.view, stripped)
    if date and date.start > start + 2 and (not date.is_year or "issued" not in draft.fields):
        draft.take("issued", date.start, end, date.date)
        end = date.start
    draft.take("container_title", start, end, draft.words(start, end).strip(' ,.:;"“”«»'))


def _book_without_bracket(draft: Draft, start: int, end: int) -> None:
    numbers = re.compile(rf"[,.:]?\s+{PAGES}(?!\w)").search(draft.view, start, end)
    stops = list(breaks_in(draft.view, start, end))
    if numbers is None:
        numbers = re.compile(rf"[,.:]\s+(?P<pages>\d{{1,4}}\s?[{_DASH}]\s?\d{{1,4}})(?!\w)").search(
            draft.view, start, end
        )
    if numbers is None:
        stop = stops[0] if stops else None
        _book_title(draft, start, stop[0] if stop else end)
        if stop:
            take_publisher(draft, edited_sentence(draft, stop[1], end), end)
        return
    draft.take("page", numbers.start(), numbers.end(), tidy_pages(numbers["pages"]))
    first = next((stop for stop in stops if stop[1] <= numbers.start()), None)
    if first:
        _book_title(draft, start, first[0])
        take_publisher(draft, edited_sentence(draft, first[1], numbers.start()), numbers.start())
    else:
        _book_title(draft, start, numbers.start())
    take_publisher(draft, numbers.end(), end)


def edited_sentence(draft: Draft, start: int, end: int) -> int:
    """Take the editors or translators who stand in a sentence of their own behind the title; give where that ends."""
    for _ in range(2):
        match = MADE_BY.match(draft.view, start, end)
        names = read_names(match["names"], given_first=True) if match else None
        if match is None or not names:
            return start
        draft.take("translator" if match["made"][0] in "Tt" else "editor", start, match.end(), names)
        start = match.end()
    return start


def part_of_areas(draft: Draft, start: int, end: int) -> str:
    """Read GOST's chapter: "Book. – Place: Publisher, Year. – С. 66–78"."""
    match = _GOST_PART.match(draft.view[start:end])
    if match is None:
        return ""
    slash, editors = edited_behind(match["book"])
    if editors:
        draft.take("editor", start + slash, start + match.end("book"), editors)
    book = match["book"][:slash] if editors else match["book"]
    title = _COLLECTED.sub("", book)
    draft.take("container_title", start, start + len(book), title.strip(" .,:"))
    for field, group in (("publisher_place", "place"), ("publisher", "publisher")):
        draft.take(field, start + match.start(group), start + match.end(group))
    draft.take("issued", start + match.start("year"), start + match.end("year"), PartialDate(year=int(match["year"])))
    draft.take("page", start + match.end("year"), end, tidy_pages(match["pages"]))
    return "paper-conference" if CONFERENCE.search(match["book"]) else "chapter"


def part_without_in(draft: Draft, start: int, end: int) -> str:
    """Read MLA's chapter: book, publisher, year, pages."""
    if edited := _EDITED_BEHIND.search(draft.view, start, end):
        names = read_names(edited["names"], given_first=True)
        if names:
            draft.take("editor", edited.start(), edited.end("names"), names)
            draft.take("container_title", start, edited.start(), draft.words(start, edited.start()).strip(' ,.:;"“”«»'))
            draft.settle("container_title", start, edited.start())
            draft.settle("editor", edited.start(), edited.end("names"))
    match = re.compile(
        rf"(?P<book>.{{3,250}}?)[.,]\s+(?P<publisher>[^.]{{3,120}}?),\s+(?P<year>{_YEAR})[.,]\s+(?:pp?\.\s?)?"
        rf"(?P<pages>\d{{1,5}}(?:\s?[{_DASH}]\s?\d{{1,5}})?)$"
    ).match(draft.view[start:end])
    if match is None:
        return ""
    draft.take("page", start + match.end("year"), end, tidy_pages(match["pages"]))
    draft.take("issued", start + match.start("year"), start + match.end("year"), PartialDate(year=int(match["year"])))
    take_publisher(draft, start + match.start("publisher"), start + match.end("publisher"))
    _book_title(draft, start, start + match.end("book"))
    return "paper-conference" if CONFERENCE.search(match["book"]) else "chapter"
