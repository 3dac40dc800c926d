"""What a page of HTML says of itself in its head, and what its links lead to.

Tags with their attributes come in; title, address, author, language and date go out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urljoin, urlsplit

from alliancebib.model import PartialDate

__all__ = ["Head", "is_absolute"]

#: Names of `meta` elements, best first.
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "article:author", "citation_author")
_UPDATES = (
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
)
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "og:locale")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class Head:
    """Collects what a page says of itself; ``own`` is the address that it was read from, if it was."""

    def __init__(self, own: str = "") -> None:
        self.own = own
        self.title_text: list[str] = []
        self.base = ""
        self.canonical = ""
        self.root_language = ""
        self._said: dict[str, str] = {}

    def see(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Look at a tag of the head: base, link, meta or html."""
        if tag == "html":
            self.root_language = attributes.get("lang") or attributes.get("xml:lang") or ""
        elif tag == "base" and not self.base:
            self.base = self.resolved(attributes.get("href", ""))
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            self.canonical = self.canonical or _http(attributes.get("href", ""))
        elif tag == "meta":
            for key in ("property", "name", "itemprop", "http-equiv"):
                if name := attributes.get(key, "").strip().lower():
                    self._said.setdefault(name, " ".join(attributes.get("content", "").split()))

    @property
    def url(self) -> str:
        """The page's own address, where the markup states it."""
        return self.canonical or _http(self._said.get("og:url", ""))

    @property
    def title(self) -> str:
        """The page's title."""
        return " ".join("".join(self.title_text).split()) or self._first(_TITLES)

    @property
    def author(self) -> str:
        """The page's author; an address is none."""
        return next((said for name in _AUTHORS if (said := self._said.get(name, "")) and not is_absolute(said)), "")

    @property
    def language(self) -> str:
        """The page's language as a tag of BCP 47."""
        return (self.root_language or self._first(_LANGUAGES)).split(",")[0].strip().replace("_", "-")

    @property
    def updated(self) -> PartialDate | None:
        """The day of the last change."""
        return PartialDate.from_iso(self._first(_UPDATES)[:10])

    def _first(self, names: tuple[str, ...]) -> str:
        return next((self._said[name] for name in names if self._said.get(name)), "")

    def resolved(self, href: str) -> str:
        """Give the absolute address that a link leads to; "" for what leads nowhere else on the web.

        Places of the page itself, scripts, mail and telephone are no links; a relative address needs the page's own.

        >>> Head("https://example.org/lists/csto").resolved("../news?id=1#a")
        'https://example.org/news?id=1#a'
        >>> [Head().resolved(href) for href in ("/news", "#top", "mailto:a@b.org", "javascript:void(0)")]
        ['', '', '', '']
        """
        text = _CONTROLS.sub("", href).strip().replace(" ", "%20")
        if not text or text.startswith("#"):
            return ""
        if text.lower().startswith("www."):  # a browser would look for a file of this name; nobody means that
            return f"https://{text}"
        here = self.base or self.url or self.own
        try:
            whole = urljoin(here, text) if here else f"https:{text}" if text.startswith("//") else text
            parts = urlsplit(whole)
            if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
                return ""
        except ValueError:
            return ""
        own = (self.url or self.own).partition("#")[0]
        return "" if parts.fragment and whole.partition("#")[0] == own else _unwrapped(whole)


def is_absolute(text: str) -> bool:
    """Say whether a text begins like an address of the web."""
    return text.lower().startswith(("http://", "https://"))


def _http(href: str) -> str:
    return href.strip() if is_absolute(href.strip()) else ""


def _unwrapped(url: str) -> str:
    """Give the address behind a redirect that Google's editors put around links of the pages they publish."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if not (host.startswith("google.") and parts.path == "/url"):
        return url
    query = parse_qs(parts.query)
    target = (query.get("q") or query.get("url") or [""])[0]
    return target if is_absolute(target) else url
