"""Addresses in a line: where they stand, what text they carry, whose they are, and what date their path tells.

A line of any reader comes in: addresses typed into the text, links of the markup, and markup that a reader of plain
text has left standing (``[text](address)``, ``<a href="address">text</a>``). Positions are those of the line's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import msgspec

from alliancebib.model import PartialDate
from alliancebib.page import Line, Link

__all__ = ["Address", "addresses_of", "date_in_url", "doi_in", "host_of", "site_of"]

_MARKDOWN = re.compile(
    r"!?\[(?P<text>[^\[\]]{0,2000})\]\(\s?<?(?P<url>[^\s()<>]{1,2000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,500}){0,3})>?"
    r"(?:\s+\"[^\"]{0,300}\")?\s?\)"
)
_HTML = re.compile(
    r"<a\s[^<>]{0,500}?href\s?=\s?[\"']?(?P<url>[^\s\"'<>]{1,2000})[\"']?[^<>]{0,500}>(?P<text>[^<>]{0,2000})</a>",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:https?://|(?<![\w.@/-])www\.(?=[\w-]{1,63}\.))[^\s<>\"“”«»]+", re.IGNORECASE)
#: "history.example.gov/milestones/pact", as MLA writes addresses: a host with a path, in small letters.
_HOST = re.compile(
    r"(?<![\w.@/:-])(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,3}(?:com|org|net|gov|edu|int|info|mil|eu|de|fr|ru|ua|pl|cz|it|es|pt|br|tr|jp|cn|in|ca|au|ch|at|uk|nl|se|no|fi|dk)/"
    r"(?=[^\s<>]{3})[^\s<>\"“”«»]+"
)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_DOI = re.compile(r"(?<![\w.])(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>“”]+)", re.IGNORECASE)
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})

_MONTHS = {
    name: number
    for number, name in enumerate(
        """
    jan feb mar apr may jun jul aug sep oct nov dec
""".split(),
        1,
    )
}
#: The years that an address can name: those of the web, and a little ahead. 2030 and later mark plans, not days.
_YEAR = r"(?P<y>199\d|20[0-2]\d)"
_M, _D = r"(?P<m>0?[1-9]|1[0-2])", r"(?P<d>0?[1-9]|[12]\d|3[01])"
_URL_DATES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"/{_YEAR}/{_M}/{_D}(?=[/.?-]|$)",
        rf"/{_YEAR}/(?P<m>{'|'.join(_MONTHS)})[a-z]{{0,6}}/{_D}(?=/|$)",
        rf"(?<=[/_=-]){_YEAR}[-_](?P<m>0[1-9]|1[0-2])[-_](?P<d>0[1-9]|[12]\d|3[01])(?![\d])",
        rf"/{_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)",
        rf"/(?P<d>0[1-9]|[12]\d|3[01])[-.](?P<m>0[1-9]|1[0-2])[-.]{_YEAR}(?=[/_.-]|$)",
        rf"/{_YEAR}[/-](?P<m>0[1-9]|1[0-2])(?=/|$)",
        rf"/{_YEAR}(?=/|$)",
    )
)
#: Second-level labels under which names are given out ("co.uk"); enough to tell one site from another.
_SHARED_LABELS = frozenset(
    """
    co com org net gov edu ac gob gouv gov or ne go mil int info
""".split()
)


class Address(msgspec.Struct, frozen=True):
    """An address in a line: characters ``start`` to ``end`` with its markup, and the text that it carries."""

    url: str
    start: int
    end: int
    text_start: int
    text_end: int

    @property
    def has_text(self) -> bool:
        """The address stands behind a text, not in the open."""
        return self.text_end > self.text_start


def addresses_of(line: Line) -> tuple[Address, ...]:
    """Give the addresses of a line in order; what overlaps an earlier one is left out."""
    text = line.text
    found = [_of_link(link, text) for link in line.links if link.url]
    if "](" in text:
        found += [_of_markup(match) for match in _MARKDOWN.finditer(text)]
    if "href" in text.lower():
        found += [_of_markup(match) for match in _HTML.finditer(text)]
    typed = list(_BARE.finditer(text)) if "://" in text or "www." in text.lower() else []
    marked = tuple(found)
    for match in typed:
        end = _trimmed(text, match.start(), match.end())
        url = text[match.start() : end]
        if len(url) > len("https://") and not any(one.start <= match.start() < one.end for one in marked):
            found.append(Address(_absolute(url), match.start(), end, end, end))
    if "/" in text:
        taken = tuple(found)
        for match in _HOST.finditer(text):
            if not any(one.start <= match.start() < one.end for one in taken):
                end = _trimmed(text, match.start(), match.end())
                found.append(Address(f"https://{text[match.start() : end]}", match.start(), end, end, end))
    return _apart(sorted(found, key=lambda one: (one.start, -one.end)))


def _of_link(link: Link, text: str) -> Address:
    shown = text[link.start : link.end]
    stripped = shown.strip().rstrip("/.…").lower()
    spelled = stripped.startswith(("http://", "https://", "www.")) or stripped == host_of(link.url)
    in_the_open = spelled and " " not in stripped
    start, end = link.start, min(link.end, len(text))
    return Address(_absolute(link.url), start, end, end if in_the_open else start, end)


def _of_markup(match: re.Match[str]) -> Address:
    return Address(_absolute(match["url"]), match.start(), match.end(), match.start("text"), match.end("text"))


def _apart(found: Sequence[Address]) -> tuple[Address, ...]:
    kept: list[Address] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _trimmed(text: str, start: int, end: int) -> int:
    """Cut what belongs to the sentence, not to the address; a closing bracket stays where its opening one is inside."""
    while end > start:
        last = text[end - 1]
        if last in ".,;:!?'’…*_|·" or (
            last in _CLOSING and text.count(last, start, end) > text.count(_CLOSING[last], start, end)
        ):
            end -= 1
        else:
            break
    return end


def _absolute(url: str) -> str:
    return f"https://{url}" if url.lower().startswith("www.") else url


def host_of(url: str) -> str:
    """Give the host of an address, lower-case, without port and ``www.``; "" where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def site_of(url: str) -> str:
    """Give the part of the host that names the owner.

    >>> site_of("https://uz.sputniknews.ru/20210802/"), site_of("https://www.bbc.co.uk/news")
    ('sputniknews.ru', 'bbc.co.uk')
    """
    labels = host_of(url).split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _SHARED_LABELS and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def doi_in(url: str) -> str:
    """Give the DOI of an address of the DOI system, or of text; bare and lower-case, "" where there is none."""
    if "://" in url and host_of(url) not in _DOI_HOSTS:
        return ""
    match = _DOI.search(unquote(url))
    return match[1][: _trimmed(match[1], 0, len(match[1]))].lower() if match else ""


def date_in_url(url: str) -> PartialDate | None:
    """Infer a date from the path of an address; arbitrary runs of digits are none.

    >>> str(date_in_url("https://www.gazeta.uz/ru/2021/08/12/training/"))
    '2021-08-12'
    >>> date_in_url("https://example.org/id/19909396.html") is None
    True
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for pattern in _URL_DATES:
        match = pattern.search(path[:1000])
        if match is None:
            continue
        parts = match.groupdict()
        month = parts.get("m") or ""
        number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
        date = PartialDate.of(int(parts["y"]), number or None, int(parts.get("d") or 0) or None)
        if date:
            return date
    return None
