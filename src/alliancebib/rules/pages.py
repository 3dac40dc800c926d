"""Rule: pages as numbers and plain hyphens, without the word for page.

"pp. 554–570" comes out as "554-570"; shortened ranges and article numbers stay as they are written. AB207 names a range
that ends before it begins, which stays too.
"""

from __future__ import annotations

import re

from alliancebib.bibtex.locating import field_origin
from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["apply"]

_NUMBER = r"[^\W_]{0,9}\d[\w.:]{0,20}|[ivxlc]{1,12}|[IVXLC]{1,12}"
#: The word for page. A single letter needs a full stop or a space after it: "S12" is a page of a supplement.
_WORD = re.compile(
    r"(?:(?:pp|pages?|pgs?|seiten?|стр|págs?|pág|str)(?:\.\s*|\s+|(?=\d))|[psсc](?:\.\s*|\s+))"
    rf"(?=(?:{_NUMBER})(?!\w))",
    re.IGNORECASE,
)
_DASH = re.compile(rf"(?<![\w.:])({_NUMBER})\s*(?:[‐‑‒–—―−﹘﹣－]+|-{{1,3}})\s*(?=(?:{_NUMBER})(?!\w))")
_RANGE = re.compile(r"([^\W\d_]{0,3})(\d{1,18})-([^\W\d_]{0,3})(\d{1,18})")


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the pages of a reference; AB207 for a range that ends before it begins.

    >>> apply(Reference(page="pp. 554–70, S. 3--5"))[0].page
    '554-70, 3-5'
    """
    reference = reference.amended("pages", {"page": _tidied(reference.page)})
    for part in re.split(r"[,;&]", reference.page):
        if _is_reversed(part.strip()):
            message = f"The pages {part.strip()} end before they begin."
            origin = field_origin(reference.origin, "page")
            return reference, (Finding.of("AB207", message, origin=origin, reference=reference.id),)
    return reference, ()


def _tidied(text: str) -> str:
    previous = None
    while text != previous:  # "pp. p. 5": each turn makes the text shorter or leaves it
        previous = text
        parts = re.split(r"([,;&]\s*)", text.strip())
        text = "".join(part if place % 2 else _tidy(part) for place, part in enumerate(parts))
        text = re.sub(r"(?<=\d)[.,;]+$", "", text)
    return text


def _tidy(part: str) -> str:
    start = len(part) - len(part.lstrip())
    word = _WORD.match(part, start)
    part = part[word.end() :] if word else part
    return _DASH.sub(r"\1-", part)


def _is_reversed(part: str) -> bool:
    """Say whether a range runs backwards; 554-70 is short for 554-570, A12-B3 leads to another part of a paper."""
    match = _RANGE.fullmatch(part)
    if not match or (match[3] and match[3].lower() != match[1].lower()):
        return False
    first, last = match[2], match[4]
    if len(last) < len(first):
        last = first[: -len(last)] + last
    return int(last) < int(first)
