"""Where a DOI or an address leads to; anything but the web leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from alliancebib.csl.output.runs import Run

__all__ = ["doi_link", "short_url", "url_link", "with_doi_prefix"]

_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_RESOLVER_AT_END = re.compile(r"https?://(?:dx\.)?doi\.org/$")
_SITE = re.compile(r"(?:(?:https?|ftp)://)?(?P<site>(?<=/)[^\s/?#]+|www\.[^\s/?#]+)", re.IGNORECASE)
_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)


def doi_link(text: str) -> str:
    """Give the address of a DOI, "" for none."""
    bare = _RESOLVER.sub("", text.strip())
    return "https://doi.org/" + quote(bare, safe="/:;()._-~!,@+=$'*", errors="replace") if bare else ""


def url_link(text: str) -> str:
    """Give an address of the web as it is, "" for any other.

    >>> url_link("https://example.org/a"), url_link("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    return text.strip() if _WEB.match(text.strip()) else ""


def short_url(text: str) -> str:
    """Give the part of an address that names the site, which is its short form.

    >>> short_url("https://example.org/a/b?c"), short_url("http://www.example.org/")
    ('https://example.org', 'www.example.org')
    """
    site = _SITE.match(text.strip())
    return (site["site"] if site["site"].startswith("www.") else site[0]) if site else text


def with_doi_prefix(runs: Iterable[Run]) -> Iterator[Run]:
    """Let the ``https://doi.org/`` that a style writes before a DOI be part of the link."""
    row = list(runs)
    for place, run in enumerate(row):
        found = _RESOLVER_AT_END.search(run.text)
        after = row[place + 1] if place + 1 < len(row) else None
        if found and not run.href and after and after.href.startswith("https://doi.org/"):
            yield Run(run.text[: found.start()], run.styles, "", run.label)
            yield Run(found[0], after.styles, after.href, run.label)
        else:
            yield run
