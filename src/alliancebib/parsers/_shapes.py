# ruff: noqa: E501 - patterns read best in one piece
"""The shapes of reference strings: where the names end, where the date stands, where the title begins.

A stretch of a line comes in; each shape looks for its own marks and gives `Parts`, or None. Nothing is decided about
what follows the title; that is read by `_rest`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from alliancebib.model import Name, PartialDate
from alliancebib.outline.dates import date_at, find_date
from alliancebib.parsers._names import is_body, read_names
from alliancebib.parsers._parts import QUOTES, Parts, breaks_in, closing_quote
from alliancebib.parsers._shapes_gost import (
    FAMILY_BEHIND,
    double_slash,
    names_with_initials_behind,
    title_and_responsibility,
)

__all__ = ["SHAPES", "names_behind_a_title", "repeated_title"]

_YEAR = r"(?:18|19|20)\d\d"
_BRACKETED_YEAR = re.compile(
    rf"[(\[]\s*(?P<date>c?a?\.?\s?(?:[0-3]?\d\.?\s)?(?:[^\W\d_]{{3,10}}\.?\s)?(?:[0-3]?\d,\s)?{_YEAR}[a-z]?(?:\s?[-–/]\s?\d{{2,4}})?(?:,[^()]{{1,40}})?|n\.\s?d\.|[Nn]o date|[Ii]n [Pp]ress|[Ff]orthcoming|б\.\s?г\.|"
    r"o\.\s?J\.|s\.\s?f\.)\s*[)\]]\s*(?P<mark>[.,:;]?)\s*"
)
_BARE_YEAR = re.compile(rf"(?:,|(?<=\.)|\.)\s*(?P<date>{_YEAR}[a-z]?(?:,\s[A-Z][a-z]+)?|n\.d\.)\s?[.:]\s+")
_YEAR_AGAIN = re.compile(rf"(?P<year>{_YEAR})[a-z]?\.\s+")
_EDITORS = re.compile(r"[,\s]*\(?\b(?P<role>eds?|editors?|hrsg|hg|ред|coords?|dirs?)\b\.?\)?[.,]*\s*$", re.IGNORECASE)
#: What the makers of films and podcasts did (APA 7, section 10.12).
_MADE_BY = re.compile(
    r"\s\((?:(?:Executive )?Producers?|Hosts?|Directors?|Writers?|Interviewers?|Moderators?|Narrators?|Chairs?)\)\.?"
)
_VANCOUVER = re.compile(
    r"(?P<names>(?:[^\W\d_][\w'’-]*(?:\s[^\W\d_][\w'’-]+){0,3}?\s[A-ZÀ-ÞА-ЯЁ](?:-?[A-ZÀ-ÞА-ЯЁ]){0,3}(?:\s(?:Jr|Sr|II|III))?(?:,\s|(?=\.)))+(?:et al)?)\.\s+(?![^\W\d_]\.(?![^\W\d_]\.))"
)
#: Place and year, pages, "In:", a thesis: what stands behind a title and in no headline.
_PUBLISHED_AT_END = re.compile(
    rf"[.,]\s[^\W\d_a-z][^.,:]{{1,40}}\s{_YEAR}(?:,\sS\.\s[\d–-]+)?$|\.\s[Ii]n:\s|\b(?:S|pp?)\.\s\d+(?:\s?[-–]\s?\d+)?$|\bDiss(?:ertation|\.)"
)
_TITLE_IN = re.compile(r"(?P<title>[^.:(]{4,200}(?:[.:]\s[^.:(,]{4,200})?)(?P<mark>[.?!]\s+)(?=In:\s)")
_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё]"
_FAMILY = rf"(?:[a-z]{{1,2}}[-'’])?{_CAPITAL}[\w'’-]+"
#: Without the blank behind them, which the names' mark has: it could belong to either, twice as often with each name.
_INITIALS = rf"{_CAPITAL}\.(?:[\s-]?{_CAPITAL}\.){{0,3}}"
_PARTICLES = r"(?:(?:van|von|de|der|den|la|le|el|al|di|da|dos|du|bin|ibn|ter|ten)\s){0,3}"
#: Inverted names with initials that end a stretch; of the first one only a single word is sure to be no title.
_NAMES_AT_END = re.compile(
    rf"(?<!\S)(?P<names>(?i:{_PARTICLES}){_FAMILY},\s{_INITIALS}"
    rf"(?:(?:\s?[,;])?\s{{0,2}}(?:&\s|and\s|und\s|y\s|et\s|и\s|\.\s?\.\s?\.\s|…\s)?(?i:{_PARTICLES})"
    rf"{_FAMILY}(?:\s{_CAPITAL}[\w'’-]+)?,\s{_INITIALS}){{0,20}}(?:,?\s(?:et al\.|и др\.))?)"
    r"[\s,.]*(?:\(?(?:[Ee]ds?|[Hh]rsg|[Рр]ед)\.?\)?[.,]*\s*)?$"
)
_INITIAL = re.compile(r"[^\W\d_]\.?")
_TOKEN = re.compile(r"[^\W_]+")
#: A repeated title is believed from this many characters on; a shorter one only where it is a whole title.
_SURE_LENGTH = 15
_MOST_TOKENS = 1200


def repeated_title(view: str, start: int, end: int) -> tuple[int, int] | None:
    """Find a title that stands in front of the reference and again inside it: where the first ends and the second begins.

    The first may be cut short. Words are compared, not marks, by one pass over the line (the Z function).

    >>> line = "War games in Asia De Haas, M. (2016). War games in Asia. The Journal, 29(3), 378-406."
    >>> stop, again = repeated_title(line, 0, len(line))
    >>> line[:stop], line[again:again + 9]
    ('War games in Asia', 'War games')
    """
    first = _TOKEN.search(view, start, end)
    if first is None or view.casefold().count(first[0].casefold()) < 2:
        return None  # most lines: the word that begins it stands nowhere else
    tokens = list(_TOKEN.finditer(view, start, end))[:_MOST_TOKENS]
    words = [token[0].casefold() for token in tokens]
    best, place = 0, 0
    for again, length in enumerate(_z_lengths(words)):
        if 0 < length <= again and length > best:
            best, place = length, again
    if not best:
        return None
    stop, second = tokens[best - 1].end(), tokens[place].start()
    between = view[stop:second]
    whole = re.match(r"[\"”’)\]]*[.?!:]", view[tokens[place + best - 1].end() :]) is not None
    if stop - tokens[0].start() < _SURE_LENGTH and not whole:
        return None
    if best == 1 and len(words[0]) < 4:
        return None
    closing = re.match(r"[\"”’»)\]?!…]*(?:\s?(?:…|\.\.\.)|\.{1,3}(?=\s))?", view[stop : stop + 20])
    stop += closing.end() if closing else 0
    return (stop, second) if re.search(r"[^\W\d_]{2}", between) else None


def _z_lengths(words: list[str]) -> list[int]:
    """Give for each place how many words from there on equal those at the beginning."""
    lengths = [0] * len(words)
    left = right = 0
    for place in range(1, len(words)):
        if place < right:
            lengths[place] = min(right - place, lengths[place - left])
        while place + lengths[place] < len(words) and words[lengths[place]] == words[place + lengths[place]]:
            lengths[place] += 1
        if place + lengths[place] > right:
            left, right = place, place + lengths[place]
    return lengths


def _names(view: str, start: int, end: int) -> tuple[tuple[Name, ...], bool] | None:
    """Read names, and whether they are editors."""
    text = _MADE_BY.sub("", view[start:end])
    role = _EDITORS.search(text[-30:])
    if role:
        text = text[: len(text) - len(text[-30:]) + role.start()]
    names = read_names(text)
    return (names, role is not None) if names else None


def author_year_in_brackets(view: str, start: int, end: int) -> Parts | None:
    """APA and its kin: names, the year in brackets, the title."""
    for match in list(_BRACKETED_YEAR.finditer(view, start, min(end, start + 1500)))[:3]:
        found = _names(view, start, match.start())
        if found is None:
            continue
        names, editors = found
        alone = len(names) == 1 and not names[0].family
        if not match["mark"] and (
            (alone and not is_body(names[0].literal)) or view[match.end() : match.end() + 1].islower()
        ):
            continue
        if end - match.end() < 4:
            continue
        date, stop = _bracketed_date(match["date"]), match.end()
        if again := _YEAR_AGAIN.match(view, stop, end):  # "(1952–57) 2005.": that of the original stands before
            date, stop = PartialDate(year=int(again["year"])), again.end()
        return Parts(
            shape="apa",
            names=names,
            names_at=(start, match.start()),
            editors=editors,
            date=date,
            date_at=(match.start(), stop),
            body_at=(stop, end),
        )
    return None


def names_behind_a_title(view: str, start: int, end: int) -> Parts | None:
    """Scholar's page with the title of a link in front that has other words than the title in the reference."""
    stop = min(end, start + 1500)
    years = [*_BRACKETED_YEAR.finditer(view, start, stop), *_BARE_YEAR.finditer(view, start, stop)]
    for match in sorted(years, key=lambda year: year.start())[:3]:
        first = max(start, match.start() - 400)
        found = _NAMES_AT_END.search(view[first : match.start()])
        names_start = first + found.start() if found else start
        front = view[start:names_start].strip()
        likely = (len(front) >= 8 and " " in front) or (len(front) >= 3 and front.isupper())
        names = _names(view, names_start, match.start()) if found and likely else None
        if names is None or end - match.end() < 8:
            continue
        return Parts(
            shape="apa-behind-title",
            names=names[0],
            names_at=(names_start, match.start()),
            editors=names[1],
            date=_bracketed_date(match["date"]),
            date_at=(match.start(), match.end()),
            front_at=(start, names_start),
            body_at=(match.end(), end),
        )
    return None


def _bracketed_date(text: str) -> PartialDate | None:
    found = date_at(text.lstrip("ca. "), 0) if text[0] == "c" else find_date(_reordered(text))
    return found.date if found else None


def _reordered(text: str) -> str:
    """Give "2019, June 5" as "June 5, 2019", which dates are written as; a letter behind the year goes."""
    text = re.sub(r"(?<=\d)\s?[-–]\s?\d{1,2}$", "", text.strip())  # of several days the first
    match = re.fullmatch(rf"(?P<year>{_YEAR})[a-z]?,\s*(?P<rest>.+)", text)
    if match:
        return f"{match['rest']} {match['year']}" if not re.search(_YEAR, match["rest"]) else match["rest"]
    return re.sub(rf"({_YEAR})[a-z]$", r"\1", text)


def author_year_bare(view: str, start: int, end: int) -> Parts | None:
    """Harvard and Chicago's author-date form: names, the year between commas or full stops, the title."""
    for match in list(_BARE_YEAR.finditer(view, start, min(end, start + 1000)))[:2]:
        stop = match.start() + (view[match.start()] == ".")
        found = _names(view, start, stop)
        if found is None or end - match.end() < 8 or not (found[0][0].family or len(found[0][0].literal) > 1):
            continue
        date = find_date(_reordered(match["date"]))
        return Parts(
            shape="harvard",
            names=found[0],
            names_at=(start, stop),
            editors=found[1],
            date=date.date if date else None,
            date_at=(stop, match.end()),
            body_at=(match.end(), end),
        )
    return None


def quoted_title(view: str, start: int, end: int) -> Parts | None:
    """MLA, Chicago, IEEE: names, the title in quotation marks, the rest."""
    opening = next((p for p in range(start, min(end, start + 500)) if view[p] in QUOTES and view[p] != "‘"), -1)
    if opening < 0:
        return None
    closing = closing_quote(view, opening, end)
    if closing < 0 or closing - opening < 4:
        return None
    before = view[start:opening].rstrip()
    if before and not (before[-1] in ".,)" or (before[-1] == ":" and "," in before)):
        return None  # a quotation within a headline
    names = _names(view, start, opening) if before.strip(" ,.") else ((), False)
    rest = view[closing + 1 : end]
    if names is None or not re.search(_YEAR, rest) or (not names[0] and not re.search(r"\d+\s?[-–]\s?\d+", rest)):
        return None
    return Parts(
        shape="mla",
        names=names[0],
        names_at=(start, opening),
        editors=names[1],
        title_at=(opening, closing + 1),
        body_at=(closing + 1, end),
    )


def names_without_marks(view: str, start: int, end: int) -> Parts | None:
    """Vancouver: names without full stops, title, journal, date; volume."""
    match = _VANCOUVER.match(view, start, min(end, start + 1500))
    if match is None or not re.search(_YEAR, view[match.end() : end]):
        return None
    names = read_names(match["names"])
    if names is None or (len(names) == 1 and FAMILY_BEHIND.match(view, match.end(), end)):
        return None
    return Parts(shape="vancouver", names=names, names_at=(start, match.end()), body_at=(match.end(), end))


def names_and_colon(view: str, start: int, end: int) -> Parts | None:
    """The German form: names, a colon, the title."""
    colon = view.find(": ", start, min(end, start + 200))
    if colon < 0 or not re.search(_YEAR, view[colon:end]):
        return None
    if re.search(r"[^\W\d_]{4}\.\s", view[start:colon]):
        return None  # a sentence ends before the colon, and names with it
    upright = _upright_names(view, start, colon, end)
    if "," not in view[start:colon] and not upright:
        return None
    dated = re.search(rf"\s\(({_YEAR})[a-z]?\)$", view[start:colon])
    found = upright or _names(view, start, start + dated.start() if dated else colon)
    if found is None:
        return None
    return Parts(
        shape="german",
        names=found[0],
        names_at=(start, start + dated.start() if dated else colon + 1),
        editors=found[1],
        date=PartialDate(year=int(dated[1])) if dated else None,
        date_at=(start + dated.start(), colon + 2) if dated else (0, 0),
        body_at=(colon + 2, end),
    )


def _upright_names(view: str, start: int, colon: int, end: int) -> tuple[tuple[Name, ...], bool] | None:
    """Read names as they are spoken before a colon ("Ann Doe, Max Roe (Hrsg.): Title"), as Wikipedia's lists have them.

    A speaker in a headline stands so, too: something behind must be what only references have.
    """
    if not _PUBLISHED_AT_END.search(view[colon:end].rstrip(" .,")):
        return None
    text = view[start:colon]
    role = _EDITORS.search(text[-30:])
    if role:
        text = text[: len(text) - len(text[-30:]) + role.start()]
    if not all(" " in piece.strip() for piece in text.split(",")):
        return None
    names = read_names(text, given_first=True)
    sure = names and all(name.others or (name.family and name.given and name.given[0].isupper()) for name in names)
    return (names, role is not None) if names and sure else None


def title_and_in(view: str, start: int, end: int) -> Parts | None:
    """A title without names, and what it stands in: "Title. In: Book. Place 2006, S. 4"."""
    match = _TITLE_IN.match(view, start, end)
    if match is None or not re.search(_YEAR, view[match.end() : end]) or len(match["title"].split()) > 25:
        return None
    first, stop, _ = match["title"].partition(". ")
    if stop and _names(first, 0, len(first)):
        return None  # names stand in front
    stop = match.end("title") + (view[match.end("title")] in "?!")
    return Parts(shape="in", title_at=(start, stop), body_at=(match.end("mark"), end))


def names_and_full_stop(view: str, start: int, end: int) -> Parts | None:
    """MLA and Chicago for books: names, full stop, title, publisher, year."""
    if not re.search(_YEAR, view[start:end]):
        return None
    best = None
    for match in list(re.finditer(r"[.,]\s+(?=[^\W_])", view[start : min(end, start + 400)]))[:12]:
        stop = start + match.end()
        text = view[start : start + match.start() + 1]
        if match[0][0] == "," or ("," not in text and text.count(".") < 2):
            continue
        found = _names(view, start, start + match.start() + 1)
        if found and any(map(_INITIAL.fullmatch, (name.family for name in found[0]))):
            continue  # "M. S." of "M. S. Doe"
        if found and any(name.family for name in found[0]) and end - stop > 10:
            best = Parts(shape="chicago", names=found[0], names_at=(start, stop), editors=found[1], body_at=(stop, end))
        elif best:
            break
    return best


def body_and_full_stop(view: str, start: int, end: int) -> Parts | None:
    """Web pages of bodies: "Example Institute. Title." with the address behind, which is blank here."""
    stop = next((place for place, _, mark in breaks_in(view, start, min(end, start + 150)) if mark == "."), -1)
    name = view[start:stop].strip() if stop > 0 else ""
    words = name.split()
    acronym = name.isalpha() and name.isupper() and 3 <= len(name) <= 12
    if not (acronym or is_body(name)) or len(words) > 10 or end - stop < 8:
        return None
    return Parts(
        shape="body",
        names=(Name(literal=name),),
        names_at=(start, stop + 1),
        body_at=(stop + 1 + (view[stop + 1] == " "), end),
    )


#: In the order in which they are asked: the more a shape demands, the earlier.
SHAPES: tuple[Callable[[str, int, int], Parts | None], ...] = (
    author_year_in_brackets,
    names_behind_a_title,
    double_slash,
    title_and_responsibility,
    quoted_title,
    names_with_initials_behind,
    names_without_marks,
    author_year_bare,
    names_and_colon,
    title_and_in,
    names_and_full_stop,
    body_and_full_stop,
)
