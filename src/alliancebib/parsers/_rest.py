# ruff: noqa: E501 - patterns read best in one piece
"""What follows the title of a reference: journal with numbers, book with pages, thesis, report, newspaper, publisher.

A draft and the stretch behind the title come in; fields are set on the draft, and the kind of the work goes out.
"""

from __future__ import annotations

import re

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_ending, find_date
from alliancebib.outline.outlets import Outlets
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._genres import PRESENTED_AT, REPORT, THESIS
from alliancebib.parsers._names import read_names
from alliancebib.parsers._numbers import Numbers, find_numbers, tidy_pages
from alliancebib.parsers._places import place_at_end
from alliancebib.parsers._shapes import breaks_in

__all__ = ["CHAPTER", "JOURNAL_WORD", "PUBLISHER_WORD", "qualifiers", "read_rest"]

CHAPTER = re.compile(
    r"(?:[Ii]n|IN|Dans|En|Em|[ВвУ] кн\.|[ВвУ] сб\.)(?::\s*|\s+(?=[\"“«„(]*[^\W_a-z])|(?=[A-ZÀ-Þ][a-z]))"
)
_YEAR = r"(?:18|19|20)\d\d"
_DASH = "-‐‑‒–—−"
_PAGES = rf"(?:pp?|PP|[Pp]ages?|S|[Ss]s|С|с|стр|págs?|pag)\.?\s?(?P<pages>[A-Za-z]?\d{{1,6}}(?:\s?[{_DASH}]+\s?[A-Za-z]?\d{{1,6}})?)"
_BRACKET = re.compile(r"\((?P<inner>[^()]{1,120})\)")
_EDITORS_FIRST = re.compile(
    r"(?P<names>[^()]{2,250}?)\s*\(\s?(?:[Ee]ds?|[Hh]rsg|[Hh]g|[Рр]ед|coords?|dirs?|ed\. by)\.?\s?\)[.,:;]?\s*"
)
_EDITED_BY = re.compile(
    r"[,.]\s*(?:edited by|[Ee]ds?\.(?: by)?|hrsg\. von|herausgegeben von|под ред\.)\s+(?P<names>[^()]{3,200}?)(?=,\s(?:pp?\.\s)?\d|(?<!\b[^\W\d_])\.\s|,\s[A-Z][\w]+\s(?:Press|Publish)|$)"
)
_EDITION = re.compile(
    r"(?P<edition>\d{1,2}(?:st|nd|rd|th|\.)?|[Rr]ev(?:ised|\.)?|[Ss]econd|[Tt]hird|[Ff]irst|[Ff]ourth)\s?(?:ed(?:ition|n)?|Aufl(?:age)?|изд|éd)\b\.?"
)
_VOLUME = re.compile(r"(?:[Vv]ol(?:ume)?|Bd|Band|Т|Том)\.?\s?(?P<volume>[\dIVXLC]{1,6})")
_CONFERENCE = re.compile(
    r"\b(?:proceedings|proc\.|conference|symposium|workshop|congress|tagung|kongress|colloque|congreso|конференци\w*|конф\.)",
    re.IGNORECASE,
)
_PAGE_COUNT = re.compile(r"[.,;]?\s*[–—-]?\s*\b(?P<count>\d{2,4})\s?(?:с|p|pp|S|Seiten|pages|стр|s)\.?$")
_PAGES_BEHIND = re.compile(rf",\s*(?P<pages>(?:pp?\.\s?)?[A-Z]?\d{{1,4}}(?:\s?[{_DASH}]\s?\d{{1,4}})?)$")
_AHEAD = re.compile(
    r"[.,]\s*(?:advance online publication|(?:epub |online )?ahead of print|online first|first view|early (?:view|access)|"
    r"published online|advance access)\b[^.]{0,30}\.?$",
    re.IGNORECASE,
)
_DAY = re.compile(r"[,.]\s*(?P<day>\d{1,2}\.?\s[^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.?\s\d{1,2})$")
_PREPRINT = re.compile(r"\b(?:arXiv|SSRN|bioRxiv|medRxiv|SocArXiv|OSF|Preprints?)\b")
JOURNAL_WORD = re.compile(
    r"\b(?:journal|review|quarterly|studies|affairs|annals|bulletin|letters|politics|magazine|survey|perspectives|transactions|zeitschrift|"
    r"jahrbuch|revue|revista|rivista|cahiers|annales|вестник|журнал|вопросы|известия|обозрение|вісник|przegląd|dergisi|مجلة|学报|研究)\b",
    re.IGNORECASE,
)
PUBLISHER_WORD = re.compile(
    r"\b(?:press|publish\w*|verlag\w*|books|springer|routledge|palgrave|macmillan|brill|elgar|wiley|elsevier|sage|ashgate|nomos|taylor|francis|"
    r"penguin|harper\w*|norton|university|universit\w+|éditions|editions|editorial|edizioni|editora|издательство|изд-во|видавництво|wydawnictwo|"
    r"yayın\w*|institut\w*|corporation|rienner|mulino|mcgraw-hill|pearson|de gruyter|oldenbourg|suhrkamp|gallimard|l['’]harmattan|rowman|littlefield|"
    r"lexington|westview|praeger|bloomsbury|tauris|hurst|polity|random house|simon & schuster|наука|company|inc|ltd|group|foundation|council)(?:\b|$)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?P<place>[^\W\d_a-z][^:;()]{1,50}?)\s?[:：]\s+(?=\S)")
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}


def read_rest(  # noqa: PLR0911 - one way out for each kind of work
    draft: Draft, start: int, end: int, *, outlets: Outlets, shape: str
) -> str:
    """Set the fields of what follows the title; give the kind of the work."""
    start, end = _bounds(draft, start, end)
    if start >= end:
        return _bare_kind(draft)
    chapter = CHAPTER.match(draft.view, start, end)
    if chapter:
        draft.mark("container_title", start, chapter.end())
        inside = find_numbers(draft.view, chapter.end(), end)
        if inside and "volume" in inside and _is_journal(draft, chapter.end(), inside) and inside.end >= end - 2:
            return _journal(draft, chapter.end(), end, inside)
        return _book_part(draft, chapter.end(), end)
    genre = draft.fields.get("genre")
    if presented := PRESENTED_AT.match(draft.view, start, end):
        return _presented(draft, presented.end(), start, end)
    if report := _report(draft, start, end):
        return report
    numbers = find_numbers(draft.view, start, end)
    if numbers and not genre and _is_journal(draft, start, numbers):
        return _journal(draft, start, end, numbers)
    if thesis := THESIS.match(draft.view, start, end):
        draft.take("genre", start, thesis.end())
        _publisher(draft, thesis.end(), end)
        return "thesis"
    if ahead := _AHEAD.search(draft.view[start:end]):
        draft.mark("note", start + ahead.start(), end)
        draft.take("container_title", start, start + ahead.start())
        return "article-journal"
    if shape in {"mla", "gost"} and (kind := _part_without_in(draft, start, end)):
        return kind
    return _published(draft, start, end, outlets=outlets, shape=shape)


def _presented(draft: Draft, name: int, start: int, end: int) -> str:
    """Read the meeting a paper was given at, and its date."""
    date = date_ending(draft.view, end)
    stop = end
    if date and date.start > name:
        draft.take("issued", date.start, end, _better(draft, date.date))
        draft.mark("issued", date.start, end)
        stop = name + len(draft.view[name : date.start].rstrip(" ,.;:(–—-"))
    draft.take("container_title", start, stop, draft.words(name, stop))
    return "paper-conference"


def _report(draft: Draft, start: int, end: int) -> str:
    """Read a report whose series and number stand behind its title: "CRS Report RL32418. Publisher, 2023"."""
    match = REPORT.match(draft.view, start, end)
    if match is None or (match["number"] is None and match.end() >= end):
        return ""
    draft.take("genre", start, match.end(), match["genre"])
    if match["number"]:
        draft.put("extra", {"number": match["number"]})  # type: ignore[arg-type]
    _publisher(draft, match.end(), end)
    return "report"


def _bounds(draft: Draft, start: int, end: int) -> tuple[int, int]:
    view = draft.view
    while end > start and view[end - 1] in " .,;\u00a0":
        end -= 1
    while start < end and view[start] in " .,;:–—-\u00a0":
        start += 1
    return start, end


def _bare_kind(draft: Draft) -> str:
    if draft.fields.get("genre"):
        return "thesis" if THESIS.search(str(draft.fields["genre"])) else "report"
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
    draft.take("container_title", start, numbers.start, name)
    take_numbers(draft, numbers)
    tail_start, tail_end = _bounds(draft, numbers.end, end)
    if tail_start < tail_end:
        date = find_date(draft.view[tail_start:tail_end])
        if date and date.start <= 2 and "issued" not in draft.fields:
            draft.take("issued", tail_start, tail_start + date.end, date.date)
    if _CONFERENCE.match(name) and "issue" not in numbers:
        return "paper-conference"
    if _PREPRINT.match(name):
        return "article"
    return "article-journal"


def take_numbers(draft: Draft, numbers: Numbers) -> None:
    """Set the fields of what was read as numbers."""
    for piece in numbers.pieces:
        if piece.field == "issued":
            draft.take("issued", piece.start, piece.end, _better(draft, numbers.issued))
            draft.mark("issued", piece.start, piece.end)
        else:
            draft.take(piece.field, piece.start, piece.end, piece.value)


def _better(draft: Draft, date: PartialDate | None) -> PartialDate | None:
    """Keep the date that stands already, unless the new one only makes it more exact."""
    known = draft.fields.get("issued")
    if date and isinstance(known, PartialDate) and known.year == date.year and known.month is None and date.month:
        draft.fields["issued"] = date
    return date


def _book_part(draft: Draft, start: int, end: int) -> str:
    """Read what follows "In": editors, book, edition and pages in brackets or after a comma, place and publisher."""
    start = _editors(draft, start, end)
    bracket = next((one for one in _BRACKET.finditer(draft.view, start, end) if re.search(_PAGES, one["inner"])), None)
    if bracket:
        _inside_bracket(draft, bracket)
        _book_title(draft, start, bracket.start())
        _publisher(draft, bracket.end(), end)
    else:
        _book_without_bracket(draft, start, end)
    title = str(draft.fields.get("container_title", ""))
    return "paper-conference" if _CONFERENCE.search(title) else "chapter"


def _editors(draft: Draft, start: int, end: int) -> int:
    match = _EDITORS_FIRST.match(draft.view, start, end)
    if match:
        names = (
            read_names(match["names"], given_first=True)
            if not re.search(r",\s[A-Z]\.", match["names"])
            else read_names(match["names"])
        )
        names = names or read_names(match["names"])
        if names:
            draft.take("editor", match.start(), match.end(), names)
            return match.end()
    return start


def _inside_bracket(draft: Draft, bracket: re.Match[str]) -> None:
    pages = re.search(_PAGES, bracket["inner"])
    offset = bracket.start("inner")
    qualifiers(draft, offset, offset + (pages.start() if pages else len(bracket["inner"])))
    if pages:
        draft.take("page", offset + pages.start(), bracket.end(), tidy_pages(pages["pages"]))
    draft.mark("page", bracket.start(), bracket.end())


def qualifiers(draft: Draft, start: int, end: int) -> bool:
    """Read edition and volume, as brackets behind a title name them; say whether there were any."""
    found = False
    text = draft.view[start:end]
    if edition := _EDITION.search(text):
        value = edition["edition"].rstrip(".")
        value = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", value)
        draft.take("edition", start + edition.start(), start + edition.end(), _ORDINALS.get(value.lower(), value))
        found = True
    if volume := _VOLUME.search(text):
        draft.take("volume", start + volume.start(), start + volume.end(), volume["volume"])
        found = True
    return found


def _book_title(draft: Draft, start: int, end: int) -> None:
    """Set the book's title; a date at its end is the date, editors behind a comma are editors."""
    if edited := _EDITED_BY.search(draft.view, start, end):
        names = read_names(edited["names"], given_first=True)
        if names:
            draft.take("editor", edited.start(), edited.end(), names)
            end = edited.start()
    stripped = start + len(draft.view[start:end].rstrip(" ,."))
    date = date_ending(draft.view, stripped)
    if date and date.start > start + 2 and (not date.is_year or "issued" not in draft.fields):
        draft.take("issued", date.start, end, date.date)
        end = date.start
    draft.take("container_title", start, end, draft.words(start, end).strip(' ,.:;"“”«»'))


def _book_without_bracket(draft: Draft, start: int, end: int) -> None:
    numbers = re.compile(rf"[,.:]?\s+{_PAGES}(?!\w)").search(draft.view, start, end)
    stops = list(breaks_in(draft.view, start, end))
    if numbers is None:
        numbers = re.compile(rf"[,.:]\s+(?P<pages>\d{{1,4}}\s?[{_DASH}]\s?\d{{1,4}})(?!\w)").search(
            draft.view, start, end
        )
    if numbers is None:
        stop = stops[0] if stops else None
        _book_title(draft, start, stop[0] if stop else end)
        if stop:
            _publisher(draft, stop[1], end)
        return
    draft.take("page", numbers.start(), numbers.end(), tidy_pages(numbers["pages"]))
    first = next((stop for stop in stops if stop[1] <= numbers.start()), None)
    if first:
        _book_title(draft, start, first[0])
        _publisher(draft, first[1], numbers.start())
    else:
        _book_title(draft, start, numbers.start())
    _publisher(draft, numbers.end(), end)


def _part_without_in(draft: Draft, start: int, end: int) -> str:
    """Read MLA's chapter: book, publisher, year, pages."""
    match = re.compile(
        rf"(?P<book>.{{3,250}}?)[.,]\s+(?P<publisher>[^.]{{3,120}}?),\s+(?P<year>{_YEAR})[.,]\s+(?:pp?\.\s?)?"
        rf"(?P<pages>\d{{1,5}}(?:\s?[{_DASH}]\s?\d{{1,5}})?)$"
    ).match(draft.view[start:end])
    if match is None:
        return ""
    draft.take("page", start + match.start("pages"), end, tidy_pages(match["pages"]))
    draft.take("issued", start + match.start("year"), start + match.end("year"), PartialDate(year=int(match["year"])))
    _publisher(draft, start + match.start("publisher"), start + match.end("publisher"))
    _book_title(draft, start, start + match.end("book"))
    return "paper-conference" if _CONFERENCE.search(match["book"]) else "chapter"


def _published(draft: Draft, start: int, end: int, *, outlets: Outlets, shape: str) -> str:
    """Read what is neither journal nor book part: a newspaper with a date, or a publisher."""
    end = _without_pages(draft, start, end)
    date = date_ending(draft.view, end)
    stop = _without_day(draft, start, end)
    if (
        date
        and date.start >= start
        and re.fullmatch(r"[\s,.(;:–—-]*", draft.view[date.start - 2 : date.start] or " ") is not None
    ):
        stop = start + len(draft.view[start : date.start].rstrip(" ,.;:(–—-"))
        if stop > start or date.start == start:
            draft.take("issued", max(stop, start), end, _better(draft, date.date))
            draft.mark("issued", max(stop, start), end)
    name = draft.words(start, stop).strip(' ,."“”*_')
    if not name:
        return _bare_kind(draft)
    genre = draft.fields.get("genre")
    known = outlets.knows(name) or (shape == "mla" and outlets.sounds_like_one(name))
    issued = draft.fields.get("issued")
    of_a_day = isinstance(issued, PartialDate) and issued.day is not None
    if known and not genre and (of_a_day or not outlets.publishes(name)):
        draft.take("container_title", start, stop, name)
        return "article-newspaper"
    if genre:
        return _of_genre(draft, start, stop, name)
    quoted = shape == "mla"
    if _PREPRINT.match(name):
        draft.take("container_title", start, stop, name)
        return "article"
    if (JOURNAL_WORD.search(name) or quoted) and not PUBLISHER_WORD.search(name) and ":" not in name:
        draft.take("container_title", start, stop, name)
        return "article-journal" if JOURNAL_WORD.search(name) else "document"
    _publisher(draft, start, stop)
    return "report" if outlets.publishes(name) else "book"


def _of_genre(draft: Draft, start: int, end: int, name: str) -> str:
    """Read who published a thesis or report, or the meeting where a paper was given."""
    if _CONFERENCE.search(name) and not THESIS.match(str(draft.fields["genre"])):
        draft.take("container_title", start, end, name)
        return "paper-conference"
    _publisher(draft, start, end)
    return _bare_kind(draft)


def _without_pages(draft: Draft, start: int, end: int) -> int:
    """Take off the end how many pages a book has, or on which ones of a newspaper an article stands."""
    view = draft.view
    if count := _PAGE_COUNT.search(view[start:end]):
        draft.put("extra", {"number-of-pages": count["count"]})  # type: ignore[arg-type]
        draft.mark("number_of_pages", start + count.start(), end)
        return start + count.start()
    pages = _PAGES_BEHIND.search(view[start:end])
    if pages and date_ending(view, start + pages.start()):
        draft.take("page", start + pages.start(), end, tidy_pages(pages["pages"].removeprefix("p").lstrip("p. ")))
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


def _publisher(draft: Draft, start: int, end: int) -> None:
    """Set publisher and place, and the year behind them."""
    start, end = _bounds(draft, start, end)
    if start >= end:
        return
    while draft.view[end - 1] == ")" and "(" not in draft.view[start:end]:
        end -= 1
    date = date_ending(draft.view, end)
    if date and date.start >= start:
        draft.take("issued", date.start, end, _better(draft, date.date))
        draft.mark("issued", date.start, end)
        end = start + len(draft.view[start : date.start].rstrip(" ,.;:(–—-"))
    if edition := _EDITION.match(draft.view, start, end):
        qualifiers(draft, start, edition.end())
        start = _bounds(draft, edition.end(), end)[0]
    place = _PLACE.match(draft.view, start, end)
    if place and start < end:
        draft.take("publisher_place", start, place.end(), draft.words(start, place.end("place")).strip(" ,.–-"))
        start = place.end()
    behind = -1 if "publisher_place" in draft.fields else place_at_end(draft.view[start:end])
    if behind >= 0:
        draft.take("publisher_place", start + behind, end, draft.words(start + behind, end).strip(" ,;.[]"))
        end = start + behind
    if start < end:
        draft.take("publisher", start, end, draft.words(start, end).strip(" ,;:[]"))
