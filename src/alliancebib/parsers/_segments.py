# ruff: noqa: E501 - patterns read best in one piece
"""What stands between two commas behind a title: place, publisher, numbers, date, editors, series, sort of the work.

A stretch comes in, its segments go out, each with the one thing that it is. A comma within brackets, quotations and
dates divides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from alliancebib.model import Name, PartialDate
from alliancebib.outline.dates import date_at, date_ending
from alliancebib.parsers._editions import EDITION, edition_in, says_more
from alliancebib.parsers._genres import DOCUMENT_SYMBOL, OF_SUBJECT, PATENT, REPORT, THESIS, form_kind
from alliancebib.parsers._names import read_names
from alliancebib.parsers._numbers import read_numbers
from alliancebib.parsers._parts import QUOTES
from alliancebib.parsers._places import is_country, is_place
from alliancebib.parsers._publishers import PUBLISHER_WORD

__all__ = ["Segment", "segments_of"]

#: A field, the place of its characters, and its value.
_Value = tuple[str, int, int, str | PartialDate | tuple[Name, ...]]

_OPENING, _CLOSING = "([", ")]"
#: Quotations in these marks are looked for; the straight ones and the single ones are apostrophes, too.
_QUOTES = {mark: QUOTES[mark] for mark in "“«„"} | {"»": "«"}
_ROLE = r"(?:eds?|editors?|hrsg|hg|dirs?|coords?|orgs?|a cura di|ред)"
_EDITED = re.compile(
    rf"(?i:(?:edited by|eds?\. by|eds?\.|hrsg\. von|herausgegeben von|a cura di|sous la dir(?:ection|\.) d[e’']\s?|под ред\.|pod red(?:akcją|\.)|red\.)\s+(?P<first>.{{3,200}})"
    rf"|(?P<last>.{{3,200}}?)(?<!\s)\s*[(\[]?\s?\b{_ROLE}\b\.?\s?[)\]]?)"
)
_PUBLISHED = re.compile(
    r"(?!(?:In|En|Em|Nel|Dans|I)\s?:)(?P<place>[^\W\d_a-z][^:,()\d]{1,60}(?:, [^:()\d]{2,30})?)\s?:\s+(?P<publisher>[^:]{2,90})"
)
_ORDER = re.compile(
    r"(?:[^\W\d_]{2,12}\s){0,3}(?:[A-ZÉ][\w’-]{0,40}\s){0,3}(?:[A-ZÉ][\w’]{1,20}-)?(?:Report|Rapport|Paper|Brief|Briefing|Cahier|Aktuell|(?<=-)Studie(?!s)|Arbeitspapier|Informe|Quaderno|Memorandum)s?(?:\s[A-Z][\w’-]{1,40})?,?\s(?:(?:[Nn]o|[Nn]r|[Nn]úm)\.?|[Nn]\.?[°º]|№)?\s?(?P<number>(?:[A-Z]\s(?=\d))?[A-Z]{0,4}-?\d[\w./|-]{0,12}(?:(?<=/[A-Z])\s\d{1,3})?)"
)
_RELEASE = re.compile(
    r"(?:press|news|media) (?:release|statement)|pressemitteilung|communiqué de presse|comunicado de prensa",
    re.IGNORECASE,
)
#: "ARI 46/2012": a series by its letters, number and year.
_ACRONYM = re.compile(r"(?P<genre>[A-Z]{2,8}(?:[ -][A-Z][a-z]{2,12})?)\s(?P<number>\d{1,4}/(?:\d{4}|\d{2}))")
#: Sort of segment, field, form: what fills one field alone.
_FIELDS = tuple(
    (sort, field, re.compile(form, re.IGNORECASE))
    for sort, field, form in (
        (
            "series",
            "collection_title",
            r"(?:coll(?:ection|\.)|serie|série|reihe|series|ser\.)\s+[«“\"]?\s?(?P<value>[^«»“”\"]{3,80}?)\s?[»”\"]?",
        ),
        ("publisher", "publisher", r"(?:uploaded|hosted|produced|posted)\sby\s+(?P<value>.{2,80})"),
        (
            "pages",
            "number-of-pages",
            r"(?P<value>\d{2,4})\s?(?:p|pp|S|s|с|стр|págs?)\.?|(?:pp|págs)\.\s(?P<count>\d{3,4})|ss\.\s(?P<sides>\d{2,4})",
        ),
        ("length", "note", r"(?P<value>\d{1,3}\s?(?:min(?:\.|utes?|uten|uti|utos)?|мин\.?|hrs?|std)\.?)"),
        (
            "aside",
            "note",
            r"(?P<value>(?:chap|ch|cap|kap|para|art|sec|ziff)s?\.?\s\d+(?:[–-]\d+)?|sec(?:t|tion)?\.?\s[A-Z])",
        ),
        ("volumes", "number-of-volumes", r"(?P<value>\d{1,2})\s(?:vols?|volumes|Bde|Bände|tomes|tomos|tomi)\.?"),
    )
)
_IN_COLON = re.compile(r"\s(?:[Ii]n|I|[Ee]n|[Ee]m|[Dd]ans):\s")
_ROLE_BEHIND = re.compile(rf"[(\[]\s?{_ROLE}\.?\s?[)\]]$", re.IGNORECASE)
#: "ss. 120": how many pages, and not which.
_COUNTED = re.compile(r"ss\.\s\d{2,4}")
_ROLE_IN_FRONT = re.compile(r"(?i:edited by|eds?\. by|eds?\.|hrsg\. von|под ред\.|pod red(?:akcją|\.)|red\.)\s")
_SHORT_NAME = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,3}[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)?")
_LEADS_INTO = re.compile(r"(?:[Ii]n|[Dd]ans|[Ee]n|[Ee]m|[Nn]el)(?::\s*|\s+)(?=\S)")
#: A city, its state and its country.
_MOST_OF_PLACE = 3
#: "Sydney, NSW, Australia": a state of three letters, where its country follows.
_FAR_STATE = re.compile(r"[A-Z]{3}")
_STATE = re.compile(r"[A-Z]{2}(?::|$)")
#: A place behind a full stop, up to the colon before its publisher.
_PLACE_NEXT = re.compile(
    r"\s(?P<place>[^\W\d_a-z][^,:.;()\d]{1,30})(?P<state>,\s[A-Z]{2})?(?:,\s[^,:;()\d]{2,20}){0,2}:\s"
)
#: "Example Quarterly 4/2009": the issue before its year.
_ISSUE_BEFORE = re.compile(r",?\s(?P<issue>\d{1,2}(?:[–-]\d{1,2})?)/$")
#: So many editors are named before the word that says so, at most.
_MOST_EDITORS = 7
_ENDS_ROLE = re.compile(r"(?:\bEds?|\d(?:st|nd|rd|th)\sed|\beds)\.$")
_DATE_COMMA = re.compile(r"[^\W\d_]{3,10}\.?\s\d{1,2}(?:[-–]\d{1,2})?(?=,\s(?:18|19|20)\d\d\b)")
_OF_DAY = re.compile(r"\s(?:vom|du|del|of|от)$")
_NUMBER_WORD = re.compile(r"(?<!\w)(?:(?:[Nn]o|[Nn]r|[Nn]úm)\.?|[Nn]\.?[°º]|№)$")
_ROLES = frozenset({"Ed.", "Eds.", "Ed", "Eds", "ed.", "eds.", "editor", "editors"})


class Segment(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end``, and what they are.

    ``sort`` is one of: name, dated (a name and its date), place, published (place and publisher), publisher, numbers,
    editors, edition, series, genre, symbol (of a document), pages (how many), length (of a broadcast),
    volumes (how many), patent, aside.
    """

    sort: str
    start: int
    end: int
    values: tuple[_Value, ...] = ()


def segments_of(view: str, start: int, end: int) -> list[Segment]:
    """Give the segments of a stretch; a place takes the country behind it, editors the word that says so."""
    pieces = list(_pieces(view, start, end))
    found: list[Segment] = []
    while pieces:
        segment, used = _first(view, pieces)
        found.append(segment)
        pieces = pieces[used:]
    return found


def _first(view: str, pieces: list[tuple[int, int]]) -> tuple[Segment, int]:
    """Read the first piece, with those behind it that belong to it; say how many that are."""
    start, end = pieces[0]
    texts = [view[one:stop] for one, stop in pieces[1:4]]
    if texts and texts[0] in _ROLES:
        return _read(view, start, pieces[1][1]), 2
    if together := _editors_together(view, pieces) or _editors_behind_role(view, pieces):
        return together
    segment = _read(view, start, end)
    in_state = segment.sort == "name" and len(texts) > 1 and _STATE.match(texts[0]) and _before_colon(texts[:2])
    if not texts or (segment.sort != "place" and not in_state):
        return segment, 1
    distant = len(texts) > 1 and _FAR_STATE.fullmatch(texts[0]) is not None and is_country(texts[1].partition(":")[0])
    count = 1 + (distant or is_country(texts[0]))  # "Cambridge, MA, USA": a state may stand before the country
    count += count > 1 and len(texts) > 1 and is_country(texts[1])
    last = _PUBLISHED.fullmatch(texts[count - 1]) if count <= len(texts) and count < _MOST_OF_PLACE else None
    if last and is_country(last["place"]):
        cut = pieces[count][0] + len(last["place"])
        return _published(view, start, cut, pieces[count][1]), count + 1
    if count > 1 and len(pieces) > count:
        stop = pieces[count - 1][1]
        return Segment("place", start, stop, (("publisher_place", start, stop, _words(view, start, stop)),)), count
    return segment, 1


def _before_colon(texts: list[str]) -> bool:
    """Say whether a state, or a state and its country, is all that stands before a colon or further comma."""
    state, colon, _ = texts[0].partition(":")
    return is_country(state) and (bool(colon) or is_country(texts[1].partition(":")[0]))


def _editors_together(view: str, pieces: list[tuple[int, int]]) -> tuple[Segment, int] | None:
    """Join editors whom commas divide and a role behind the last of them names: "in Ann Doe, Max Roe and Jo Lee (eds)"."""
    start = pieces[0][0]
    if len(pieces) < 2 or _ROLE_BEHIND.search(view, start, pieces[0][1]):
        return None
    for count, (_, end) in enumerate(pieces[1:_MOST_EDITORS], 2):
        if _ROLE_BEHIND.search(view, max(start, end - 14), end) is None:
            continue
        leads = _LEADS_INTO.match(view, start, end)
        editors = _editors(view, leads.end() if leads else start, end)
        if editors is None:
            return None
        return (Segment("name", start, end) if leads else editors), count
    return None


def _editors_behind_role(view: str, pieces: list[tuple[int, int]]) -> tuple[Segment, int] | None:
    """Join editors whom commas divide behind the word that says so: "red. A. Doe, B. Roe"."""
    count = 1
    while count < len(pieces) and _SHORT_NAME.fullmatch(view, *pieces[count]):
        count += 1
    if count == 1 or not _ROLE_IN_FRONT.match(view, *pieces[0]):
        return None
    editors = _editors(view, pieces[0][0], pieces[count - 1][1])
    return (editors, count) if editors else None


def _published(view: str, start: int, colon: int, end: int, *more: _Value) -> Segment:
    """Make a segment of place and publisher, between which a colon stands."""
    place, publisher = _words(view, start, colon).rstrip(), _words(view, colon + 1, end).strip(" .:")
    values = (("publisher_place", start, colon + 1, place), ("publisher", colon + 1, end, publisher), *more)
    return Segment("published", start, end, values)


def _words(view: str, start: int, end: int) -> str:
    return " ".join(view[start:end].split())


def _pieces(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the stretches between commas that divide, without the blanks at their ends."""
    kept = {match.end() for match in _DATE_COMMA.finditer(view, start, end)}
    depth, first, closing = 0, start, ""
    for place in range(start, end + 1):
        letter = view[place] if place < end else ","
        depth += (letter in _OPENING) - (letter in _CLOSING and depth > 0)
        closing = _closing(view, place, end, closing)
        if place < end and (depth or closing or place in kept or not _divides(view, first, place, end)):
            continue
        stop = place + (letter == "." and _ENDS_ROLE.search(view, max(first, place - 12), place + 1) is not None)
        left = len(view[first:stop]) - len(view[first:stop].lstrip(" \u00a0,;"))
        right = first + len(view[first:stop].rstrip())
        if right > first + left:
            yield first + left, right
        first = place + 1


def _closing(view: str, place: int, end: int, closing: str) -> str:
    """Give the marks that end the quotation in which a character stands; "" where it stands in none."""
    if place >= end or closing:
        return "" if place < end and view[place] in closing else closing
    marks = _QUOTES.get(view[place], "")
    return marks if any(view.find(mark, place + 1, end) > 0 for mark in marks) else ""


def _divides(view: str, first: int, place: int, end: int) -> bool:
    """Say whether a mark divides: a comma with its blank, the full stop of "Ed." or before "In:"."""
    if view[place] in ",;":
        return view[place + 1 : place + 2] in {" ", "\u00a0"}
    if view[place] != "." or view[place + 1 : place + 2] != " ":
        return False
    role = _ENDS_ROLE.search(view, max(first, place - 12), place + 1)
    if role is not None or _IN_COLON.match(view, place + 1, end) is not None:
        return True
    behind = _PLACE_NEXT.match(view, place + 1, end)
    return behind is not None and (behind["state"] is not None or is_place(behind["place"]))


def _read(view: str, start: int, end: int) -> Segment:
    """Tell what a piece is: the readers are asked in turn, and what none of them knows is a name."""
    for reader in _READERS:
        if segment := reader(view, start, end):
            return segment
    return Segment("name", start, end)


def _numbers(view: str, start: int, end: int) -> Segment | None:
    numbers = read_numbers(view, start, end)
    if numbers is None or view[numbers.end : end].strip(" .,;()"):
        return None
    if _COUNTED.fullmatch(view, start, end):
        return None
    digits = view[start:end].strip(".")
    if digits.isdigit() and {piece.field for piece in numbers.pieces} == {"volume"}:  # a number alone is a page's
        return Segment("numbers", start, end, (("page", start, end, digits),)) if len(digits) < 4 else None
    values: list[_Value] = []
    for piece in numbers.pieces:
        value = numbers.issued if piece.field == "issued" else piece.value
        if value:
            values.append((piece.field, piece.start, piece.end, value))
    return Segment("numbers", start, end, tuple(values))


def _place(view: str, start: int, end: int) -> Segment | None:
    text = _words(view, start, end)
    known = is_place(text.rstrip(".") if len(text) > 4 else text)
    return Segment("place", start, end, (("publisher_place", start, end, text),)) if known else None


def _genre(view: str, start: int, end: int) -> Segment | None:
    """Read "PhD thesis", and a report with its number."""
    text = view[start:end]
    thesis = THESIS.match(text)
    behind = text[thesis.end() :].rstrip(" .") if thesis else ""
    if thesis and (not behind or OF_SUBJECT.fullmatch(behind)):
        return Segment("genre", start, end, (("genre", start, end, text.strip()),))
    if (form_kind(text) == "speech" or _RELEASE.fullmatch(text)) and text.casefold() != "address":
        return Segment("genre", start, end, (("genre", start, end, text),))
    if patent := PATENT.fullmatch(text):
        genre: _Value = ("genre", start, start + patent.end("genre"), patent["genre"])
        return Segment("patent", start, end, (genre, ("number", start + patent.start("number"), end, patent["number"])))
    order = _ORDER.fullmatch(text) or REPORT.fullmatch(text) or _ACRONYM.fullmatch(text)
    if order is None:
        return None
    number = order["number"]
    name = text[: order.start("number")] if number else text
    name = _NUMBER_WORD.sub("", name.rstrip(" ,")).rstrip(" ,")
    counted: tuple[_Value, ...] = (("number", start, end, number),) if number else ()
    return Segment("genre", start, end, (("genre", start, end, name), *counted))


def _place_and_publisher(view: str, start: int, end: int) -> Segment | None:
    match = _PUBLISHED.fullmatch(view, start, end)
    if match is None:
        return None
    words = len(match["place"].split()), len(match["publisher"].split())
    likely = words[0] <= 2 and words[1] <= 5 and PUBLISHER_WORD.search(match["publisher"]) is not None
    if not (likely or is_place(match["place"])):
        return None
    return _published(view, start, match.end("place"), end)


def _one_field(view: str, start: int, end: int) -> Segment | None:
    """Read a series, who uploaded a film, an edition, a chapter that is cited."""
    for sort, field, form in _FIELDS:
        if match := form.fullmatch(view, start, end):
            value = next(filter(None, match.groups()))
            return Segment(sort, start, end, ((field, start, end, value.strip()),))
    if EDITION.fullmatch(view, start, end):
        text = _words(view, start, end)
        more: tuple[_Value, ...] = (("note", start, end, text),) if says_more(text) else ()
        return Segment("edition", start, end, (("edition", start, end, edition_in(text)), *more))
    return None


def _editors(view: str, start: int, end: int) -> Segment | None:
    match = _EDITED.fullmatch(view, start, end)
    names = read_names((match["first"] or match["last"]).strip(" ,("), given_first=True) if match else None
    return Segment("editors", start, end, (("editor", start, end, names),)) if names else None


def _dated(view: str, start: int, end: int) -> Segment | None:
    """Read "Example Times of 9 May 2020" and "Baden-Baden 2004": a name or place with the date right behind it."""
    date = date_ending(view, end)
    if date is None or date.start <= start + 2 or date_at(view, start):
        return None
    stop = start + len(view[start : date.start].rstrip())
    of_day = None if date.is_year else _OF_DAY.search(view, start, stop)
    stop = of_day.start() if of_day else stop
    text = _words(view, start, stop)
    issued: _Value = ("issued", stop, end, date.date)
    if issue := _ISSUE_BEFORE.search(view[start:stop]):
        leads = _LEADS_INTO.match(view, start, stop)
        first, cut = leads.end() if leads else start, start + issue.start()
        name = _words(view, first, cut).strip('«»“”„" ')
        return Segment("dated", start, end, (("name", first, cut, name), ("issue", cut, stop, issue["issue"]), issued))
    if is_place(text):
        return Segment("place", start, end, (("publisher_place", start, stop, text), issued))
    if _PUBLISHED.fullmatch(text):
        return _published(view, start, view.index(":", start), stop, issued)
    return Segment("dated", start, end, (("name", start, stop, text), issued))


def _symbol(view: str, start: int, end: int) -> Segment | None:
    """Read the symbol of an official document: "S/RES/1973 (2011)", "COM(2022) 60 final", "7371/22"."""
    match = DOCUMENT_SYMBOL.fullmatch(view, start, end)
    return Segment("symbol", start, end, (("number", start, end, match[0]),)) if match else None


_READERS: tuple[Callable[[str, int, int], Segment | None], ...] = (
    _symbol,
    _numbers,
    _place,
    _genre,
    _place_and_publisher,
    _one_field,
    _editors,
    _dated,
)
