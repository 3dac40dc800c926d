"""Rule: pages in one form: no "pp.", a hyphen between first and last, blanks where they help.

Numbers stay as written: shortened ranges (554-70), article numbers (e123), Roman ones.
"""

from __future__ import annotations

import re

from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.rules._fields import found

__all__ = ["apply"]

_WORD = re.compile(
    r"(?:pages?|pp?|seiten?|págs?|pags?|pgs?|str|стр|sid|blz|стор|s|c|с)\s?\.?\s?(?=[\divxlcIVXLC])", re.IGNORECASE
)
#: Words for pages that need their full stop or a blank: "S12" and "s12" are pages of supplements.
_NEEDS_MARK = frozenset({"s", "c", "с", "p", "pp"})
_TOKEN = r"(?:[A-Za-z]{0,3}\d+[A-Za-z]?|[ivxlcdm]+|[IVXLCDM]+)"
_DASH = "[-\u2010-\u2015\u2212]"
_RANGE = re.compile(rf"(?<!\w)({_TOKEN})\s*{_DASH}+\s*({_TOKEN})(?!\w)")
_NUMBERS = re.compile(r"(\d{1,9})-(\d{1,9})")


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the pages of a reference, and say where a range runs backwards.

    >>> apply(Reference(page="pp. 421 – 429"))[0].page
    '421-429'
    """
    new = reference.amended("pages", {"page": _tidy(reference.page)})
    backwards = next((part for part in re.split(r"[,;&]", new.page) if _is_backwards(part.strip())), "")
    if not backwards:
        return new, ()
    return new, (found(new, "AB207", f"The pages {backwards.strip()} end before they begin."),)


def _tidy(text: str) -> str:
    """Repeat until nothing changes."""
    while True:
        new = _RANGE.sub(r"\1-\2", _without_word(text.strip())).rstrip(" ,;")
        if re.fullmatch(rf"{_TOKEN}(?:-{_TOKEN})?\.", new):
            new = new[:-1]
        if not new or new == text:
            return text
        text = new


def _without_word(text: str) -> str:
    match = _WORD.match(text)
    if not match:
        return text
    word = match[0].strip(" .").lower()
    return text if word in _NEEDS_MARK and match[0].strip().lower() == match[0].lower() == word else text[match.end() :]


def _is_backwards(part: str) -> bool:
    match = _NUMBERS.fullmatch(part)
    if not match:
        return False
    first, last = match.groups()
    whole = first[: -len(last)] + last if len(last) < len(first) else last  # 234-45 is short for 234-245
    return int(whole) < int(first)
