# ruff: noqa: E501 - patterns read best in one piece
"""What stands between two commas behind a title: place, publisher, numbers, date, editors, series, sort of the work.

A stretch comes in, its segments go out, each with the one thing that it is. A comma within brackets, quotations and
dates divides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from alliancebib.model import Name, PartialDate
from alliancebib.outline.dates import date_at, date_ending
from alliancebib.parsers._genres import REPORT, THESIS
from alliancebib.parsers._names import read_names
from alliancebib.parsers._numbers import read_numbers
from alliancebib.parsers._places import is_country, is_place
from alliancebib.parsers._rest import PUBLISHER_WORD

__all__ = ["Segment", "segments_of"]

#: Field -> place of its characters and its value.
_Values = tuple[tuple[str, int, int, "str | PartialDate | tuple[Name, ...]"], ...]

_OPENING, _CLOSING = "([«“„", ")]»”"
_ROLE = r"(?:eds?|editors?|hrsg|hg|dirs?|coords?|orgs?|a cura di|ред)"
_EDITED = re.compile(
    rf"(?i:(?:edited by|eds?\. by|eds?\.|hrsg\. von|herausgegeben von|a cura di|sous la dir(?:ection|\.) d[e’']\s?|под ред\.)\s+(?P<first>.{{3,200}})"
    rf"|(?P<last>.{{3,200}}?)\s*[(\[]?\s?\b{_ROLE}\b\.?\s?[)\]]?)"
)
_SERIES = re.compile(r"(?:coll(?:ection|\.)|serie|série|reihe|series|ser\.)\s+[«“\"]?\s?(?P<name>[^«»“”\"]{3,80}?)\s?[»”\"]?", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?P<place>[^\W\d_a-z][^:,()\d]{1,60}(?:, [^:()\d]{2,30})?)\s?:\s+(?P<publisher>[^:]{2,90})")
_ORDER = re.compile(r"(?:[^\W\d_]{2,12}\s){0,3}(?:[A-ZÉ][\w’-]*\s){0,3}(?:Report|Rapport|Paper|Brief|Briefing|Cahier|Aktuell|Informe|Quaderno|Memorandum)s?(?:\s[A-Z][\w’-]*)?,?\s(?:(?:[Nn]o|[Nn]r|[Nn]úm)\.?|[Nn]\.?[°º]|№)?\s?(?P<number>[A-Z]{0,4}-?\d[\w./-]{0,12})")
_EDITION = re.compile(r"(?P<number>\d{1,2})(?:st|nd|rd|th|\.|ª|a|e)?[,\s](?:[^\W\d_]+\.?\s){0,3}?(?:ed|edn|Aufl|éd|edición|edizione|edition)\b\.?|(?P<word>[Rr]ev\.|[Rr]evised|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth)\sed(?:n|ition)?\.?")
_IN_COLON = re.compile(r"\s(?:[Ii]n|I|[Ee]n|[Ee]m|[Dd]ans):\s")
_ORDINALS = {"second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_ENDS_ROLE = re.compile(r"(?:\bEds?|\d(?:st|nd|rd|th)\sed|\beds)\.$")
_CHAPTER = re.compile(r"(?:chap|ch|cap|kap)s?\.?\s\d+", re.IGNORECASE)
_UPLOADED = re.compile(r"(?:uploaded by|hosted by|produced by|posted by)\s+(?P<name>.{2,80})", re.IGNORECASE)
_DATE_COMMA = re.compile(r"[^\W\d_]{3,10}\.?\s\d{1,2}(?=,\s(?:18|19|20)\d\d\b)")
_OF_DAY = re.compile(r"\s(?:vom|du|del|of|от)\s")


class Segment(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end``; ``sort`` is one of name, place, published, numbers, editors, series, genre, aside."""

    sort: str
    start: int
    end: int
    values: _Values = ()


def segments_of(view: str, start: int, end: int) -> list[Segment]:
    """Give the segments of a stretch; a place takes the country behind it, too."""
    found: list[Segment] = []
    pieces = list(_pieces(view, start, end))
    place = 0
    while place < len(pieces):
        one, stop = pieces[place]
        following = pieces[place + 1] if place + 1 < len(pieces) else (0, 0)
        if view[following[0] : following[1]] in {"Ed.", "Eds.", "Ed", "Eds", "ed.", "eds.", "editor", "editors"}:
            stop, place = following[1], place + 1
            following = pieces[place + 1] if place + 1 < len(pieces) else (0, 0)
        segment = _read(view, one, stop)
        if segment.sort == "place" and (country := _PUBLISHED.fullmatch(view, *following)) and following[1] and is_country(country["place"]):
            stop, place = following[1], place + 1
            cut = following[0] + len(country["place"])
            segment = Segment("published", one, stop, (("publisher_place", one, cut + 1, view[one:cut]), ("publisher", cut + 1, stop, country["publisher"].strip())))
        if segment.sort == "place" and following[1] and is_country(view[following[0] : following[1]]) and place + 2 < len(pieces):
            stop = following[1]
            segment = Segment("place", one, stop, (("publisher_place", one, stop, " ".join(view[one:stop].split())),))
            place += 1
        found.append(segment)
        place += 1
    return found


def _pieces(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the stretches between commas that divide."""
    kept = {match.end() for match in _DATE_COMMA.finditer(view, start, end)}
    depth, first = 0, start
    for place in range(start, end + 1):
        letter = view[place] if place < end else ","
        depth += (letter in _OPENING) - (letter in _CLOSING and depth > 0)
        role = letter == "." and _ENDS_ROLE.search(view, max(first, place - 12), place + 1) is not None
        inside = letter == "." and _IN_COLON.match(view, place + 1, end) is not None
        if place < end and ((letter not in ",;" and not role and not inside) or depth or place in kept or view[place + 1 : place + 2] not in {" ", "\u00a0"}):
            continue
        one, stop = first, place + (role and not inside)
        while one < stop and (view[one].isspace() or view[one] in ",;"):
            one += 1
        while stop > one and view[stop - 1].isspace():
            stop -= 1
        if stop > one:
            yield one, stop
        first = place + 1


def _read(view: str, start: int, end: int) -> Segment:  # noqa: PLR0911 - one way out for each sort
    text = view[start:end]
    numbers = read_numbers(view, start, end)
    if numbers and not view[numbers.end : end].strip(" .,;()") and numbers.pieces:
        fields = {piece.field for piece in numbers.pieces}
        if fields != {"volume"} or not text.strip(".").isdigit():
            values = tuple(
                (piece.field, piece.start, piece.end, numbers.issued if piece.field == "issued" else piece.value)
                for piece in numbers.pieces
                if piece.field != "issued" or numbers.issued
            )
            return Segment("numbers", start, end, values)  # type: ignore[arg-type]
        if len(text.strip(".")) < 4:
            return Segment("numbers", start, end, (("page", start, end, text.strip(".")),))
    if is_place(text.rstrip(".") if len(text) > 4 else text):
        return Segment("place", start, end, (("publisher_place", start, end, " ".join(text.split())),))
    if thesis := THESIS.match(text):
        rest = start + thesis.end()
        return Segment("genre", start, end, (("genre", start, end, text.strip()),)) if not view[rest:end].strip(" .") else Segment("name", start, end)
    if order := _ORDER.fullmatch(text) or REPORT.fullmatch(text):
        genre = text[: order.start("number")] if order["number"] else text
        genre = re.sub(r"[\s,]*(?:(?:[Nn]o|[Nn]r|[Nn]úm)\.?|[Nn]\.?[°º]|№)?\s*$", "", genre)
        values = (("genre", start, end, genre), *((("number", start, end, order["number"]),) if order["number"] else ()))
        return Segment("genre", start, end, values)
    if (published := _PUBLISHED.fullmatch(text)) and (is_place(published["place"]) or PUBLISHER_WORD.search(published["publisher"])):
        cut = start + published.end("place")
        return Segment(
            "published",
            start,
            end,
            (("publisher_place", start, cut + 1, published["place"].strip()), ("publisher", cut + 1, end, published["publisher"].strip(" ."))),
        )
    if series := _SERIES.fullmatch(text):
        return Segment("series", start, end, (("collection_title", start, end, series["name"]),))
    if uploaded := _UPLOADED.fullmatch(text):
        return Segment("publisher", start, end, (("publisher", start, end, uploaded["name"]),))
    if edition := _EDITION.fullmatch(text):
        return Segment("edition", start, end, (("edition", start, end, edition["number"] or _ORDINALS.get(edition["word"].lower(), edition["word"])),))
    if _CHAPTER.fullmatch(text):
        return Segment("aside", start, end, (("note", start, end, text),))
    if (edited := _EDITED.fullmatch(text)) and (names := read_names((edited["first"] or edited["last"]).strip(" ,("), given_first=True)):
        return Segment("editors", start, end, (("editor", start, end, names),))
    return _dated_name(view, start, end)


def _dated_name(view: str, start: int, end: int) -> Segment:
    """Read "Example Times of 9 May 2020" and "Baden-Baden 2004": a name or place with the date right behind it."""
    date = date_ending(view, end)
    if date is None or date.start <= start + 2 or date_at(view, start):
        return Segment("name", start, end)
    stop = start + len(view[start : date.start].rstrip())
    if of := _OF_DAY.search(view[start : stop + 1] + " ") if not date.is_year else None:
        if start + of.end() >= stop:
            stop = start + of.start()
    text = " ".join(view[start:stop].split())
    issued = ("issued", stop, end, date.date)
    if is_place(text):
        return Segment("place", start, end, (("publisher_place", start, stop, text), issued))
    if published := _PUBLISHED.fullmatch(text):
        cut = view.index(":", start)
        return Segment("published", start, end, (("publisher_place", start, cut + 1, published["place"].strip()), ("publisher", cut + 1, stop, published["publisher"].strip()), issued))
    return Segment("dated", start, end, (("name", start, stop, text), issued))
