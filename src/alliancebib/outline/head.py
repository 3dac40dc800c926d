"""The head of a page: its title, the day it was updated, its author, its own sites, and where its body begins.

The signs of all lines come in, one `Head` goes out. The navigation of a site stands between the title and the body:
the body begins where the title is repeated, or at the first line that leads neither to the page's own site nor carries
its author's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import msgspec

from alliancebib.model import PartialDate
from alliancebib.outline.addresses import host_of, site_of
from alliancebib.outline.dates import find_date, is_date, is_day
from alliancebib.outline.signs import Signs
from alliancebib.outline.words import begins_with, heading_words, is_one_of, phrases
from alliancebib.page import Page

__all__ = ["Head", "authors_in", "ends_with_update", "head_of", "is_furniture", "updated_in"]

#: How far from the top a title, a by-line and the navigation are looked for.
_TOP_LINES = 60
#: A line of the top that also says when the page was changed has no more characters.
_SHORT_NOTE = 200
#: How many lines in a row may say nothing of whose they are, among the navigation.
_MOST_BETWEEN = 2
_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё]"
_MAIL = re.compile(r"(?<!\S)(?:mailto:)?[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{2,20}){1,3}(?![\w/])")
_BETWEEN_PARTS = re.compile(r"\s*[|•·/»>›]\s*|\s[–—-]\s|\s{2,}")
_NAME = (
    rf"{_CAPITAL}[\w'’.-]*(?:\s+(?:(?:de|van|von|der|den|la|del|bin|al|el|da|di)\s+){{0,2}}{_CAPITAL}[\w'’.-]*){{0,3}}"
)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the head says. ``title_at`` and ``body_at`` are places in the list of lines; -1: there is no title line."""

    title: str = ""
    title_at: int = -1
    body_at: int = 0
    repeated: bool = False
    updated: PartialDate | None = None
    author: str = ""
    sites: frozenset[str] = frozenset()

    @property
    def expects(self) -> str:
        """What the title says of the entries below it."""
        return heading_words(self.title).expects if self.title_at >= 0 else ""


@cache
def _person() -> re.Pattern[str]:
    titles = "|".join(re.escape(title) for title in phrases("byline", "titles"))
    return re.compile(rf"(?<!\w)(?i:(?:{titles})\.?\s+)+(?P<name>{_NAME})")


@cache
def _byline() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(phrases("byline", "by"), key=len, reverse=True))
    return re.compile(rf"\s*(?i:{words})\s*:?\s+(?P<name>{_NAME})\s*")


def authors_in(text: str) -> list[str]:
    """Give the persons whom a line names with a title ("Dr. Ann Lee")."""
    return [_trimmed(match["name"]) for match in _person().finditer(text[:1000])]


def _trimmed(name: str) -> str:
    return re.sub(r"(?:['’]s)?[\s.,:;]*$", "", name)


def updated_in(text: str) -> PartialDate | None:
    """Read a line that says when the page was changed; None for any other line.

    >>> str(updated_in("Latest Update: 29 October 2024"))
    '2024-10-29'
    >>> updated_in("Updated plans of NATO for 2024 worry its neighbours in the east and in the south") is None
    True
    """
    text = text.strip(" ()[]*_")
    who, comma, when = text.partition(", ")
    if comma and _byline().fullmatch(who) and begins_with(when, "updated", "phrases"):
        return updated_in(when)  # "Compiled by Ann Doe, last changed 3 May 2023"
    length = begins_with(text, "updated", "phrases")
    if not length or len(text) > 120:
        return None
    rest = text[length:].lstrip(" :：–—-,.")
    words = rest.split()
    while words and words[0].casefold().strip(":") in phrases("updated", "after"):
        words = words[1:]
    found = find_date(" ".join(words))
    if found is None or found.start > 12 or len(" ".join(words)) - found.end > 40:
        return None
    return found.date


def ends_with_update(text: str) -> bool:
    """Say whether the last of a few sentences at the top of a page says when it was changed.

    >>> ends_with_update("Kept for a seminar. Updated December 2021.")
    True
    """
    last = text.strip(" ()[]*_.").rpartition(". ")[2]
    return len(text) <= _SHORT_NOTE and last != text.strip() and updated_in(last) is not None


def is_furniture(text: str) -> bool:
    """Say whether a line is part of a site and of no list ("Back to top", "© 2024 ...", "Home | About | Contact")."""
    stripped = text.strip()
    if not stripped or len(stripped) > 200:
        return False
    if is_one_of(stripped, "furniture", "lines") or begins_with(stripped, "furniture", "starts"):
        return True
    if stripped[0] == "©":
        return True
    if len(stripped) < 100 and _MAIL.search(stripped):
        return True
    parts = [part for part in _BETWEEN_PARTS.split(stripped) if part]
    known = sum(is_one_of(part, "furniture", "lines") for part in parts)
    menu = len(parts) > 2 and all(len(part.split()) <= 3 for part in parts) and not re.search(r"\d|://", stripped)
    return len(parts) > 1 and (known * 2 > len(parts) or (menu and known > 0))


def head_of(page: Page, lines: Sequence[Signs]) -> Head:
    """Read the head of a page."""
    title_at = _title_at(page, lines)
    title = lines[title_at].text.strip() if title_at >= 0 else page.title
    author = page.author or _author(lines)
    sites = _own_sites(page, lines, author)
    updated = page.updated or next((date for one in lines if (date := updated_in(one.text))), None)
    again = _repetition(lines, title_at, sites)
    body = again if again >= 0 else _end_of_navigation(lines, title_at, author, sites)
    return Head(
        title=title,
        title_at=title_at,
        body_at=body,
        repeated=again >= 0,
        updated=updated,
        author=author,
        sites=sites,
    )


def _title_at(page: Page, lines: Sequence[Signs]) -> int:
    top = [place for place, one in enumerate(lines[:_TOP_LINES]) if one.line.role is None and one.key]
    firsts = [place for place in top if lines[place].line.level == 1]
    if firsts and (len(firsts) == 1 or not heading_words(lines[firsts[0]].text).nothing_else):
        return firsts[0]
    wanted = " ".join(page.title.casefold().split())
    for place in top:
        if len(wanted) > 3 and lines[place].key and " ".join(lines[place].text.casefold().split()) == wanted:
            return place
    for place in top[:6]:
        one = lines[place]
        if is_furniture(one.text) or updated_in(one.text) or _byline().fullmatch(one.text):
            continue
        return place if _may_be_title(lines, place) else -1
    return -1


def _may_be_title(lines: Sequence[Signs], place: int) -> bool:
    one = lines[place]
    if one.evidence or one.words > 20 or one.sentences > 1 or one.too_long or one.line.item or is_date(one.text):
        return False
    if heading_words(one.text).nothing_else or is_one_of(one.text.rstrip(":"), "contents", "titles"):
        return False
    if any(later.key == one.key for later in lines[place + 1 : place + _TOP_LINES]):
        return True
    if one.text.rstrip().endswith((".", "?", "!", ":", "...", "…")):
        return False
    return not one.headline or any(
        is_date(below.text) or updated_in(below.text) or _byline().fullmatch(below.text)
        for below in lines[place + 1 : place + 3]
    )


def _author(lines: Sequence[Signs]) -> str:
    """Name the author: who signs a line of the top alone, or is named with a title in two lines of it."""
    top = [one.text for one in lines[:_TOP_LINES] if not one.reference and one.sentences < 3]
    for text in top[:8]:
        alone = _byline().fullmatch(text)
        if alone and len(alone["name"].split()) > 1:
            return _trimmed(alone["name"])
        signed = re.search(rf"\s(?:by|von|par|por|di)\s+(?P<name>{_NAME})$", text) if authors_in(text) else None
        if signed and len(top) < 4:
            return _trimmed(signed["name"])
    named = Counter(name for text in top for name in set(authors_in(text)) if " " in name)
    if not named:
        return ""
    name, count = named.most_common(1)[0]
    return name if count > 1 else ""


def _own_sites(page: Page, lines: Sequence[Signs], author: str) -> frozenset[str]:
    """Name the sites that are the page's own: by its address, or by its author's name in the name of the site."""
    sites = {site_of(page.url)} if page.url else set()
    family = re.sub(r"\W", "", author.rpartition(" ")[2].casefold()) if author else ""
    if len(family) >= 4:
        sites |= {
            site_of(url)
            for one in lines
            for url in one.urls
            if family in re.sub(r"\W", "", host_of(url).rpartition(".")[0])
        }
    return frozenset(site for site in sites if site)


def _repetition(lines: Sequence[Signs], title_at: int, sites: frozenset[str]) -> int:
    """Find the line that repeats the title, with nothing but the site's own lines between; -1 where there is none."""
    if title_at < 0:
        return -1
    for place in range(title_at + 1, min(len(lines), title_at + 1 + 2 * _TOP_LINES)):
        if lines[place].key != lines[title_at].key:
            continue
        between = [one for one in lines[title_at + 1 : place] if one.evidence]
        strange = [one for one in between if one.reference or not one.urls or not _is_own(one, sites)]
        if not between or not sites or len(strange) * 3 <= len(between):
            return place if not any(one.reference for one in between) else -1
        return -1
    return -1


def _is_own(one: Signs, sites: frozenset[str]) -> bool:
    return all(site_of(url) in sites for url in one.urls)


def _end_of_navigation(lines: Sequence[Signs], title_at: int, author: str, sites: frozenset[str]) -> int:
    """Give the place of the first line below the title that is not the site's own.

    A line or two that say nothing of whose they are go with the own lines that follow them.
    """
    family = author.rpartition(" ")[2]
    place = body = title_at + 1
    while place < len(lines) and place - body <= _MOST_BETWEEN:
        one = lines[place]
        if _is_of_the_site(one, family, sites) and not _labels_what_follows(lines, place):
            body = place + 1
        elif one.evidence or one.sentences > 1 or one.line.level or heading_words(one.text).nothing_else:
            break
        place += 1
    return body


def _is_of_the_site(one: Signs, family: str, sites: frozenset[str]) -> bool:
    """Say whether a line above the body leads to the page's own site, is signed by its author, or is furniture."""
    if is_furniture(one.text) or updated_in(one.text) or one.line.role is not None or _byline().fullmatch(one.text):
        return True
    if is_day(one.text):
        return True
    if one.reference or one.line.level:
        return False
    signed = bool(family) and family in one.text and one.sentences < 2
    own = bool(sites) and _is_own(one, sites)
    return (signed and (own or not one.urls)) or (bool(one.urls) and own)


def _labels_what_follows(lines: Sequence[Signs], place: int) -> bool:
    return begins_with(lines[place].text, "label", "starts") > 0 and not lines[place].urls
