"""Rule: titles without what belongs to the sentence around them: quotes, a full stop, character references.

Titles in capitals stay: which letters are small nobody can tell from them.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["apply"]

_FIELDS = ("title", "container_title", "collection_title")
#: Opening quote -> the quotes that may close it. German titles close with the sign that opens English ones.
_QUOTES = {"“": "”“", '"': '"”', "”": "”", "„": "“”", "«": "»", "»": "«", "‘": "’‘", "'": "'’", "‚": "‘’", "「": "」", "『": "』"}
_SINGLE = frozenset("‘'‚")
_REFERENCE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_SHOUTED_STOP = re.compile(r"(?<=[!?…])\.$")
#: Words whose full stop is their own.
_ABBREVIATIONS = frozenset(
    """inc ltd co corp jr sr etc al st no vol vols vs pp ed eds dr prof mr mrs ms gen col lt gov sen rep dept univ
    assn bros approx ca cf fig bd nr hrsg usw bzw ff гг г др пр руб тыс млн им ст c plc bhd est""".split()
)


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the titles of a reference.

    >>> apply(Reference(title="“Drills on the Move!.”"))[0].title
    'Drills on the Move!'
    >>> apply(Reference(title="Bases of the U.S."))[0].title
    'Bases of the U.S.'
    """
    changes = {field: _tidy(getattr(reference, field), title=field == "title") for field in _FIELDS}
    return reference.amended("titles", changes), ()


def _tidy(text: str, *, title: bool) -> str:
    """Repeat until nothing changes: under a quote there may be another, or a full stop."""
    while True:
        new = _without_quotes(_resolved(text))
        new = _SHOUTED_STOP.sub("", new)
        # The full stop behind a journal is mostly that of an abbreviation ("Foreign Aff.").
        new = _without_stop(new) if title else new
        if not new or new == text:
            return text
        text = new


def _resolved(text: str) -> str:
    if "&" not in text:
        return text
    return " ".join(_REFERENCE.sub(_character, text).split())


def _character(match: re.Match[str]) -> str:
    known = match[0][1] == "#" or match[0][1:] in html5
    return unescape(match[0]) if known else match[0]


def _without_quotes(text: str) -> str:
    """Take off a pair of quotes around the whole; quotes around parts of it stay."""
    if len(text) < 3 or text[-1] not in _QUOTES.get(text[0], ""):
        return text
    inner = text[1:-1]
    marks = text[0] + _QUOTES[text[0]]
    if text[0] in _SINGLE:  # an apostrophe within a word closes nothing
        inner_marks = re.search(rf"(?<!\w)[{re.escape(marks)}]|[{re.escape(marks)}](?!\w)", inner)
        return text if inner_marks else inner.strip()
    return text if any(mark in inner for mark in marks) else inner.strip()


def _without_stop(text: str) -> str:
    if not text.endswith(".") or text.endswith(".."):
        return text
    word = re.split(r"[\s(\[“\"«/-]", text[:-1])[-1]
    if not word or "." in word or len(word) == 1 or word.lower() in _ABBREVIATIONS:
        return text
    return text[:-1].rstrip()
