# ruff: noqa: E501 - patterns read best in one piece
"""Credits: what says where, when and by whom a headline appeared, in any order, before it or on a line of its own.

"TASS, 3 May 2019 — ...", "(Interfax, 14 February 2020) ...", "MOSCOW, October 11, 2019 (AFP) – ...", "Ann Doe, The
Example Times, 5 July 2023". A stretch of text comes in; what goes out are the places of outlet, date, names and town.
Every part must be one of these, and one a known outlet.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.model import PartialDate
from alliancebib.outline.addresses import addresses_of
from alliancebib.outline.dates import date_at, date_ending
from alliancebib.outline.outlets import Outlets
from alliancebib.outline.words import begins_with, is_one_of, is_verb
from alliancebib.page import Line

__all__ = ["Credits", "Source", "credits_at_start", "credits_in", "is_several", "source_in", "source_of"]

_LONGEST = 90
_MOST_PARTS = 6
#: A headline has so many characters at least.
_HEADLINE = 12
_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё]"
_PERSON = rf"{_CAPITAL}[\w'’.-]{{1,24}}(?:\s(?:(?:de|van|von|der|den|la|del|bin|al|el|da|di)\s)?{_CAPITAL}[\w'’.-]{{0,24}}){{1,3}}"
_PERSONS = re.compile(rf"{_PERSON}(?:(?:,\s|\s(?:and|&|und|et|y|и)\s){_PERSON}){{0,3}}")
_OPENS = re.compile(r"[\s(\[【（]*")
_BETWEEN = re.compile(
    r"\s*[|｜¦•·‧∙›»/]\s+|\s+[-–—−]{1,2}\s+|[,;،]\s*|[)\]】）]?[,;]?\s*[(\[【（]\s*|[)\]】）][,;]?\s+"
)
_ENDS_PART = re.compile(r"\s*[|｜¦›»]|\s+(?:[-–—−]{1,2}|[•·‧∙/])\s|[,;،:：]\s|\s*[()\[\]【】（）]")
#: "The Star (Malaysia)".
_OF_A_PLACE = re.compile(r"\s?\([^()\d]{2,20}\)(?=\s*[:：|–—-])")
_CLOSES = re.compile(
    r"\s*[:：|｜¦›»]\s*|\s+(?:[-–—−]{1,2}|[/•·])\s+|[\])】）]\s*[:：|–—-]?\s*|[.。]\s+(?=[^\W\d_a-z\"“«])"
)
_MARKS = " \t,;:.·•|/–—-()[]*_"


class Credits(msgspec.Struct, frozen=True):
    """Places of the outlet, the date and the names in a text ((0, 0): none), and where the credits end."""

    end: int
    outlet: tuple[int, int]
    date: PartialDate | None = None
    date_at: tuple[int, int] = (0, 0)
    names: tuple[int, int] = (0, 0)
    town: tuple[int, int] = (0, 0)


class Source(msgspec.Struct, frozen=True):
    """Where and when a headline appeared, as a line of its own says it; ``byline`` names who wrote it, as written."""

    outlet: str
    date: PartialDate | None = None
    byline: str = ""
    url: str = ""


class _Found:
    """The parts seen so far; made anew for each stretch."""

    def __init__(self, text: str, outlets: Outlets) -> None:
        self.text, self.outlets = text, outlets
        self.places: dict[str, tuple[int, int]] = {}
        self.date: PartialDate | None = None

    def take(self, place: int, end: int) -> int:
        """Read the part that begins at a place; give where it ends, or -1 where it is none."""
        text = self.text
        dated = date_at(text, place)
        if dated and dated.end <= end and not text[dated.end : dated.end + 1].isalnum():
            return self._dated(dated.date, dated.start, dated.end)
        mark = _ENDS_PART.search(text, place, end)
        stop = mark.start() if mark else end
        sentence = text.find(". ", place, stop)
        bracket = _OF_A_PLACE.match(text, stop, end)
        for at in (
            bracket.end() if bracket else -1,
            stop,
            sentence,
            stop - 1 if text[stop - 1 : stop] in {".", "。"} else -1,
        ):
            if at > place and (field := self._field_of(text[place:at])) and (at <= stop or field == "outlet"):
                return self._put(field, place, at)
        last = date_ending(text, stop)
        if last and last.start > place + 1 and self._field_of(text[place : last.start].strip()) == "outlet":
            name = place + len(text[place : last.start].rstrip())
            return self._dated(last.date, last.start, last.end) if self._put("outlet", place, name) > 0 else -1
        return -1

    def _dated(self, date: PartialDate, start: int, end: int) -> int:
        self.date = date
        return self._put("date", start, end)

    def _put(self, field: str, start: int, end: int) -> int:
        known = self.places.get(field)
        if known and field != "outlet":
            return -1
        self.places[field] = (known[0] if known else start, end)
        return end

    def _field_of(self, name: str) -> str:
        words = name.split()
        if not words or len(name) > _LONGEST:
            return ""
        several = is_several(name, self.outlets)
        service, _, rest = name.replace("’s ", "'s ").partition("'s ")
        of_it = rest.istitle() and len(rest.split()) < 4 and self.outlets.surely_knows(service)
        if several or of_it or self.outlets.knows(name):
            return "outlet"
        if name.isupper() and len(name) > 3 and len(words) < 4 and not self.places:
            return "town"
        byline = begins_with(name, "byline", "by")
        person = name[byline:].strip() if byline and name[byline : byline + 1].isspace() else name
        spoken = _PERSONS.fullmatch(person) is not None and person[0].isupper() and not person.isupper()
        return "names" if spoken and not any(map(is_verb, words)) else ""

    def given(self, end: int) -> Credits | None:
        """Give what was found, where it is enough: an outlet that is no ordinary word, or one with a date."""
        outlet = self.places.get("outlet")
        if outlet is None:
            return None
        name = self.text[slice(*outlet)]
        if self.date is None and not (self.outlets.surely_knows(name) or "/" in name or "'s " in name or "’s " in name):
            return None
        none = (0, 0)
        dated, names, town = (self.places.get(field, none) for field in ("date", "names", "town"))
        return Credits(end, outlet, self.date, dated, names, town)


def is_several(name: str, outlets: Outlets) -> bool:
    """Say whether a name is those of several outlets with a slash between: "Reuters/AP"."""
    names = [one.strip() for one in name.split("/")]
    return len(names) > 1 and all(map(outlets.knows, names)) and any(map(outlets.surely_knows, names))


def credits_in(text: str, start: int, end: int, *, outlets: Outlets) -> Credits | None:
    """Read a stretch that is credits and nothing else.

    >>> from alliancebib.outline.outlets import load_outlets
    >>> line = "Ann Doe, Reuters, 5 May 2020"
    >>> found = credits_in(line, 0, len(line), outlets=load_outlets())
    >>> line[slice(*found.outlet)], line[slice(*found.names)], str(found.date)
    ('Reuters', 'Ann Doe', '2020-05-05')
    """
    if end - start > _LONGEST:
        return None
    found, place = _Found(text, outlets), start
    for _ in range(_MOST_PARTS):
        opened = _OPENS.match(text, place, end)
        place = found.take(opened.end() if opened else place, end)
        if place < 0:
            return None
        between = _BETWEEN.match(text, place, end)
        if not text[place:end].strip(_MARKS):
            return found.given(end)
        if between is None:
            return None
        place = between.end()
    return None


def credits_at_start(text: str, start: int, end: int, *, outlets: Outlets) -> Credits | None:
    """Read the credits before a headline, up to the mark that divides them from it.

    >>> from alliancebib.outline.outlets import load_outlets
    >>> line = "MINSK, October 11, 2019 (AFP) – Leaders gather for a summit"
    >>> found = credits_at_start(line, 0, len(line), outlets=load_outlets())
    >>> line[found.end:], str(found.date), line[slice(*found.outlet)]
    ('Leaders gather for a summit', '2019-10-11', 'AFP')
    """
    stop = min(end, start + _LONGEST)
    found, place, best = _Found(text, outlets), start, None
    for _ in range(_MOST_PARTS):
        opened = _OPENS.match(text, place, stop)
        place = found.take(opened.end() if opened else place, stop)
        if place < 0:
            return best
        closing = _CLOSES.match(text, place, end)
        alone = closing is None or closing[0].strip() not in {".", "。"} or len(found.places) == 1
        if closing and alone and end - closing.end() >= _HEADLINE and (given := found.given(closing.end())):
            best = given
        between = _BETWEEN.match(text, place, stop)
        if between is None:
            return best
        place = between.end()
    return best


def source_in(text: str, *, outlets: Outlets) -> Source | None:
    """Read a line that is an outlet, perhaps with a date and who wrote it, and nothing else.

    >>> from alliancebib.outline.outlets import load_outlets
    >>> found = source_in("Reuters · 5 May 2020", outlets=load_outlets())
    >>> found.outlet, str(found.date)
    ('Reuters', '2020-05-05')
    >>> source_in("Reuters reports on the summit", outlets=load_outlets()) is None
    True
    """
    text = text.strip(_MARKS)
    found = credits_in(text, 0, len(text), outlets=outlets)
    if found is None:
        return None
    outlet, names = text[slice(*found.outlet)], text[slice(*found.names)]
    if not (outlets.surely_knows(outlet) or is_several(outlet, outlets)):
        return None
    return Source(outlet, found.date, names[begins_with(names, "byline", "by") :].strip())


def source_of(line: Line, *, outlets: Outlets) -> Source | None:
    """Read a line that is an outlet and what goes with it, and perhaps a word that leads to the article ("Read more")."""
    addresses = addresses_of(line)
    text, url = line.text, ""
    for one in reversed(addresses):
        if url or not one.has_text or not is_one_of(text[one.text_start : one.text_end], "label", "address"):
            return None
        text, url = f"{text[: one.start]} {text[one.end :]}", one.url
    found = source_in(text, outlets=outlets)
    return msgspec.structs.replace(found, url=url) if found else None
