"""The text of a label without the marks around it: quotation marks, brackets, the full stop that ends no abbreviation.

A stretch of a line comes in, its text goes out.
"""

from __future__ import annotations

import re

__all__ = [
    "EDGES",
    "EDGES_AND_DASH",
    "EDGES_AND_STOP",
    "name_without_stop",
    "with_inner_quote",
    "without_brackets",
    "without_stop",
]

_QUOTES = "\"“”„«»‘’‚'‹›`"
EDGES = f" \t,;:{_QUOTES}"
EDGES_AND_STOP, EDGES_AND_DASH, _EDGES_AND_BRACKETS = f"{EDGES}.", f"{EDGES}-–—", f"{EDGES}()[]="
_ABBREVIATED = re.compile(
    r"\b[^\W\d_]{1,5}\.\s?[^\W\d_]{1,5}\.$|\b(?:Inc|Ltd|Co|Corp|Jr|Univ|Int|Sci|Lett|Rev|Res|Phys|Soc|Technol)\.$"
)
#: The name of a journal of which one word is cut ends in a cut word, too.
_CUT_WORD = re.compile(r"\b[^\W\d_]{1,5}\.\s")
_CUT_AT_END = re.compile(r"\b[^\W\d_]{2,9}\.$")
#: "Alfred A. Knopf.", "M.E. Sharpe.": a publisher's own name is not cut, his initials are.
_PERSON = re.compile(r"(?:^|\s)(?:[^\W\d_]\.\s?){1,3}[^\W\d_]{4,}\.$")
_FIRM = re.compile(r"\b(?:Inc|Ltd|Co|Corp)\.$")
_CLOSING = {"‘": "’", "“": "”", "„": "“", "«": "»", "»": "«", "‹": "›"}
#: A closing mark behind a word, with words behind it; an apostrophe has none of its own.
_ENDS_INSIDE = {mark: re.compile(rf"[\w?!.…]{mark}\s\w") for mark in _CLOSING.values()}


def with_inner_quote(text: str, cleaned: str) -> str:
    """Give the mark back that opens a quotation in the title: "‘Why is there no NATO in Asia?’ revisited"."""
    before = text[: text.find(cleaned)].rstrip() if cleaned else ""
    closing = _CLOSING.get(before[-1:], "")
    if not closing or cleaned.count(before[-1]) >= cleaned.count(closing) or not _ENDS_INSIDE[closing].search(cleaned):
        return cleaned
    return before[-1] + cleaned


def without_brackets(text: str) -> str:
    """Drop the brackets around a text, and those of which only one is left; "Monterey (CA)" keeps its pair."""
    bare = text.strip(_EDGES_AND_BRACKETS)
    place = text.find(bare)
    behind = text[place + len(bare) : place + len(bare) + 1]
    if bare.endswith(").") and bare.count("(") < bare.count(")"):
        return bare[:-2]
    return f"{bare}{behind}" if (bare.count("(") > bare.count(")") and behind == ")") else bare


def without_stop(text: str) -> str:
    """Drop the full stop that ends a title, unless it belongs to an abbreviation."""
    return text if _ABBREVIATED.search(text) else _unstopped(text)


def name_without_stop(text: str) -> str:
    """Drop the full stop that ends the name of a journal or publisher, unless it is abbreviated."""
    cut = (_CUT_AT_END.search(text) and _CUT_WORD.search(text) and not _PERSON.search(text)) or _FIRM.search(text)
    return text if cut else _unstopped(text)


def _unstopped(text: str) -> str:
    return text[:-1].rstrip(EDGES) if text.endswith(".") and not text.endswith("..") else text
