"""The outlet at an end of a line: after " | ", " - ", ", " or in brackets, or before the headline.

A stretch of text comes in, with the outlets known and the addresses it leads to; the place of the name goes out. An
attribution ("Kremlin", "- minister"), a sub-headline or a place is no outlet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from alliancebib.model import PartialDate
from alliancebib.outline.addresses import host_of, site_of
from alliancebib.outline.dates import date_at, date_ending
from alliancebib.outline.outlets import Outlets
from alliancebib.outline.words import is_one_of, is_verb

__all__ = ["Source", "Tail", "is_host", "is_short_name", "outlet_at_end", "outlet_at_start", "source_in"]

_SEPARATOR = re.compile(
    r"\s*(?P<bar>[|｜¦‖])\s*|\s+(?P<dash>[-–—−]{1,2}|[·•‧∙]|//|::|»|>)\s+|(?P<comma>[,،、，]|\s/(?=\s))[\"”»“’']?\s*|(?P<stop>[.。…]|(?<=[?!？！]))\s+(?![-–—−|·•/]\s)"
)
_VIA = re.compile(
    r"[\s,;–—-]*[(\[]?(?:\bvia|\bsource|\bquelle|\bfuente|\bfonte|\bисточник|\bджерело|\bkaynak|المصدر)\s*[:：]?\s+"
    r"(?P<name>[^\n:]{2,60}?)[)\]]?$",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"\s*(?:[\[(【（](?P<bracketed>[^\[\]()]{2,50})[\])】）]\s*[:：–—-]?\s*"
    r"|(?P<name>[^\[\]()|｜:：–—]{2,50}?(?:\s\([^()]{2,20}\))?)(?:\s*[:：|｜]\s*|\s+[-–—]\s+))"
)
#: "The Example Times, “Headline”".
_FRONT_QUOTED = re.compile(r"(?P<name>[^\[\]()|:,\"“«„]{2,50}),\s+(?=[\"“«„])")
#: "The Example Times, 8 May 2023: headline": the date is left to the reader of dates.
_FRONT_DATED = re.compile(r"(?P<name>[^\[\]()|:,]{2,50}),\s+(?=[^:]{4,24}:\s)")
#: "By Ann Doe | ", in front of outlet and date.
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s(?P<names>[^\W\d_][^|·•\d]{2,100}?)\s*(?:[|·•]|\s[–—-]\s)\s*(?=\S)"
)
_BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【"}
_LONGEST = 80


class Tail(msgspec.Struct, frozen=True):
    """An outlet: ``start`` to ``end`` is what goes with it (separator, brackets), the name stands inside."""

    start: int
    end: int
    name_start: int
    name_end: int


class Source(msgspec.Struct, frozen=True):
    """Where and when a headline appeared, as a line of its own says it; ``byline`` names who wrote it, as written."""

    outlet: str
    date: PartialDate | None = None
    byline: str = ""


def source_in(text: str, *, outlets: Outlets) -> Source | None:
    """Read a line that is an outlet and perhaps a date, and nothing else.

    >>> from alliancebib.outline.outlets import load_outlets
    >>> found = source_in("Reuters · 5 May 2020", outlets=load_outlets())
    >>> found.outlet, str(found.date)
    ('Reuters', '2020-05-05')
    >>> source_in("Reuters reports on the summit", outlets=load_outlets()) is None
    True
    """
    text = text.strip(" \t()[]*_.")
    byline = _BYLINE.match(text)
    text = text[byline.end() :] if byline else text
    if len(text) > _LONGEST:
        return None
    first, last = date_at(text, 0), date_ending(text, len(text))
    date = first if first and first.end < len(text) else last if last and last.start else None
    name = text
    if date:
        name = text[date.end :] if date.start == 0 else text[: date.start]
    name = name.strip(" \t,;:.·•|/–—-()[]*_")
    if not outlets.surely_knows(name):
        return None
    return Source(name, date.date if date else None, byline["names"] if byline else "")


def outlet_at_end(text: str, start: int, end: int, *, outlets: Outlets, urls: Sequence[str] = ()) -> Tail | None:
    """Find the outlet at the end of a stretch; the addresses behind the line are evidence for a name.

    >>> from alliancebib.outline.outlets import load_outlets
    >>> line = "Is Uzbekistan on the Verge of Rejoining? - Jamestown"
    >>> tail = outlet_at_end(line, 0, len(line), outlets=load_outlets())
    >>> tail and line[tail.name_start:tail.name_end]
    'Jamestown'
    """
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start < 4:
        return None
    return (
        _bracketed(text, start, end, outlets, urls)
        or _named_as_source(text, start, end, outlets)
        or _separated(text, start, end, outlets, urls)
    )


def _bracketed(text: str, start: int, end: int, outlets: Outlets, urls: Sequence[str]) -> Tail | None:
    opening = _BRACKETS.get(text[end - 1])
    place = text.rfind(opening, max(start, end - _LONGEST), end) if opening else -1
    if place <= start + 1:
        return None
    name = text[place + 1 : end - 1]
    several = "/" in name and all(outlets.surely_knows(one.strip()) for one in name.split("/"))
    if several or outlets.is_outlet(name) or is_host(name, urls):
        return Tail(place, end, place + 1, end - 1)
    return None


def _named_as_source(text: str, start: int, end: int, outlets: Outlets) -> Tail | None:
    match = _VIA.search(text, max(start + 1, end - _LONGEST), end)
    if match and (outlets.is_outlet(match["name"]) or ":" in match[0]):
        return Tail(match.start(), end, match.start("name"), match.end("name"))
    return None


def _separated(text: str, start: int, end: int, outlets: Outlets, urls: Sequence[str]) -> Tail | None:
    cut = end - 1 if text[end - 1] in ".。" and end - start > 4 else end
    places = list(_SEPARATOR.finditer(text, max(start + 2, cut - _LONGEST), cut))[-6:]
    accepted = None
    for match in reversed(places):
        name = text[match.end() : cut]
        if match.start() <= start or not name:
            continue
        quoted = match[0].rstrip()[-1:] in {'"', "”", "»"}  # a comma behind a title in quotation marks
        marked = (quoted or match.lastgroup in {"bar", "dash"}) and not name[0].islower()
        known = outlets.knows(name) if marked else outlets.surely_knows(name)
        if known or (accepted is None and _is_likely(text, match, name, outlets, urls)):
            accepted = Tail(match.start(), end, match.end(), cut)
    return accepted


def _is_likely(text: str, match: re.Match[str], name: str, outlets: Outlets, urls: Sequence[str]) -> bool:
    """Judge an unknown name by what separates it, by its shape, and by the address it leads to."""
    kind = match.lastgroup
    if kind == "stop":
        return is_host(name, urls) and len(name.split()) <= 4
    if len(name.split()) <= 6 and is_host(name, urls):
        return True
    if outlets.sounds_like_one(name):
        return True
    if kind in {"bar", "dash"} and outlets.begins_with_one(name):
        return True
    if kind == "bar":
        return is_short_name(name, 8)
    before = text[: match.start()].rstrip("\"'”’»")[-1:]
    return kind == "dash" and before in {"?", "!", "？", "！"} and is_short_name(name, 3)


def is_short_name(name: str, most: int) -> bool:
    """Say whether a text is a few words without a verb, with capitals at its ends or at all but the small ones."""
    words = name.split()
    if not words or len(words) > most or name[-1] in "?!" or is_one_of(name, "rubrics", "phrases"):
        return False
    if words[0][0].upper() == words[0][0].lower():  # a script without capitals
        return len(name) <= 24 and not any(mark in name for mark in "،,。")
    if not words[0][0].isupper() or any(is_verb(word) for word in words):
        return False
    return (len(words) > 2 and words[-1][0].isupper()) or all(
        word[0].isupper() or len(word) <= 3 or not word[0].isalpha() for word in words
    )


def is_host(name: str, urls: Sequence[str]) -> bool:
    """Say whether a name is that of the site an address leads to: its letters, or their initials."""
    letters = "".join(letter for letter in name.casefold() if letter.isalnum())
    words = [word for word in re.findall(r"\w+", name.casefold()) if word not in {"of", "the", "and", "for", "de", "и"}]
    initials = "".join(word[0] for word in words)
    bare = letters.removeprefix("the")
    if not name[:1].strip() or (name[0].islower() and "." not in name):
        return False
    for url in urls:
        label = re.sub(r"[^\w]", "", site_of(url).split(".")[0])
        if bare in {label, re.sub(r"\W", "", host_of(url))} and len(bare) >= 2:
            return True
        if len(label) >= 4 and len(bare) >= 4 and (label.startswith(bare) or bare.startswith(label)):
            return True
        if len(initials) >= 3 and label == initials:
            return True
    return False


def outlet_at_start(text: str, start: int, end: int, *, outlets: Outlets) -> Tail | None:
    """Find a known outlet before the headline: "Reuters: ...", "[TASS] ...", "BBC News | ..."."""
    stop = min(end, start + _LONGEST)
    match = _FRONT.match(text, start, stop)
    if match and end - match.end() >= 12:
        group = "bracketed" if match["bracketed"] else "name"
        if outlets.surely_knows(match[group]):
            return Tail(match.start(), match.end(), match.start(group), match.end(group))
    quoted = _FRONT_QUOTED.match(text, start, stop)
    if quoted and outlets.is_outlet(quoted["name"]):
        return Tail(quoted.start(), quoted.end(), quoted.start("name"), quoted.end("name"))
    dated = _FRONT_DATED.match(text, start, stop)
    if dated and date_at(text, dated.end()) and outlets.knows(dated["name"]):
        return Tail(dated.start(), dated.end(), dated.start("name"), dated.end("name"))
    return None
