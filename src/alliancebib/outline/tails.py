"""The outlet at an end of a line: after " | ", " - ", ", " or in brackets, or before the headline.

A stretch of text comes in, with the outlets known and the addresses it leads to; the place of the name goes out. An
attribution ("Kremlin", "- minister"), a sub-headline or a place is no outlet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from alliancebib.outline.addresses import host_of, site_of
from alliancebib.outline.credits import Credits, credits_at_start, is_several
from alliancebib.outline.outlets import Outlets
from alliancebib.outline.words import is_one_of, is_verb

__all__ = ["Tail", "is_host", "is_short_name", "outlet_at_end", "outlet_at_start"]

_SEPARATOR = re.compile(
    r"\s*(?P<bar>[|｜¦‖])\s*|\s+(?P<dash>[-–—−]{1,2}|[·•‧∙›]|//|::|»|>)\s+|(?P<comma>[,;،、，]|\s/(?=\s))[\"”»“’']?\s*|(?P<stop>[.。…]|(?<=[?!？！]))\s+(?![-–—−|·•/]\s)"
)
_VIA = re.compile(
    r"[\s,;–—-]*[(\[]?(?:\bvia|\bsource|\bquelle|\bfuente|\bfonte|\bисточник|\bджерело|\bkaynak|المصدر)\s*[:：]?\s+"
    r"(?P<name>[^\n:]{2,60}?)[)\]]?$",
    re.IGNORECASE,
)
#: "The Example Times, “Headline”".
_FRONT_QUOTED = re.compile(r"(?P<name>[^\[\]()|:,\"“«„]{2,50}),\s+(?=[\"“«„])")
_BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【"}
_LONGEST = 80


class Tail(msgspec.Struct, frozen=True):
    """An outlet: ``start`` to ``end`` is what goes with it (separator, brackets), the name stands inside."""

    start: int
    end: int
    name_start: int
    name_end: int


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
    if is_several(name, outlets) or outlets.is_outlet(name) or is_host(name, urls):
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


def outlet_at_start(text: str, start: int, end: int, *, outlets: Outlets) -> Credits | None:
    """Find a known outlet before the headline: "Reuters: ...", "[TASS] ...", "The Example Times, “...”"."""
    if found := credits_at_start(text, start, end, outlets=outlets):
        return found
    quoted = _FRONT_QUOTED.match(text, start, min(end, start + _LONGEST))
    if quoted and outlets.is_outlet(quoted["name"]):
        return Credits(quoted.end(), quoted.span("name"))
    return None
