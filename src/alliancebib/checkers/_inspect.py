"""One address, from visit to judgement: a page that seems to say "not found" costs a second visit beside it.

The page's body is dropped as soon as it was judged; what goes out is small, so that thousands of addresses fit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import msgspec

from alliancebib.checkers._page import has_place, is_html, page_text
from alliancebib.checkers._verdict import Judgement, judge, settle
from alliancebib.web import Visit
from alliancebib.web.body import BODY_CAP

__all__ = ["Inspection", "beside", "inspect", "unvisited"]

_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|shtml)$", re.IGNORECASE)


class Inspection(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is kept of a visit: the judgement, the evidence, the fragments that the page does not have."""

    judgement: Judgement
    problem: str = ""
    status: int | None = None
    final_url: str = ""
    attempts: int = 0
    seconds: float = 0.0
    missing: frozenset[str] = frozenset()


def inspect(visit: Visit, fragments: Sequence[str], probe: Callable[[str], Visit]) -> Inspection:
    """Judge a visit of an address without fragment; a page that seems to be none costs a second visit, by ``probe``."""
    judgement = judge(visit)
    if judgement.doubt:
        judgement = settle(judgement, probe(beside(judgement.doubt.beside)))
    return Inspection(
        judgement=judgement,
        problem=visit.problem,
        status=visit.status,
        final_url=visit.final_url,
        attempts=visit.attempts,
        seconds=visit.seconds,
        missing=_missing(visit, fragments) if judgement.outcome in {"ok", "moved"} else frozenset(),
    )


def unvisited(reason: str) -> Inspection:
    """Give what stands for an address that was not visited."""
    return Inspection(judgement=Judgement(outcome="skipped", detail=reason))


def beside(url: str) -> str:
    """Give an address in the same folder that no page has: the same for the same folder.

    >>> beside("https://example.org/news/2021/item.html?id=4#top")
    'https://example.org/news/2021/no-such-page-7466afa7.html'
    """
    parts = urlsplit(url)
    path = parts.path or "/"
    folder, _, name = path.rstrip("/").rpartition("/")
    ending = _ENDING.search(name)
    mark = hashlib.sha256(f"{parts.netloc}{folder}".encode()).hexdigest()[:8]
    return f"{parts.scheme}://{parts.netloc}{folder}/no-such-page-{mark}{ending.group() if ending else ''}"


def _missing(visit: Visit, fragments: Sequence[str]) -> frozenset[str]:
    """Give the fragments that a page read whole has no place for."""
    if not fragments or not is_html(visit.headers, visit.body) or len(visit.body) >= BODY_CAP:
        return frozenset()
    text = page_text(visit.headers, visit.body)
    return frozenset(fragment for fragment in fragments if not has_place(text, fragment))
