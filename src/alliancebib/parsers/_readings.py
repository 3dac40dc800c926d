# ruff: noqa: E501 - patterns read best in one piece
"""Two readings of one line, by the labels of its words and in a known style: which one explains the line better?

A label says what a word mostly is; it does not know what a bracket behind a title or a name is for. Where the labels
left such a mark within a field and the style took it out, the style has understood the line and the labels have not.
"""

from __future__ import annotations

import re

from alliancebib.model import Name, PartialDate, Reference
from alliancebib.page import Line
from alliancebib.parsers._genres import (
    FORM_IN_BRACKETS,
    NUMBER_IN_BRACKETS,
    PRESENTED_AT,
    REPORT_IN_BRACKETS,
    SERIES_IN_BRACKETS,
    THESIS_IN_BRACKETS,
    VERSION_IN_BRACKETS,
)

__all__ = ["CERTAIN", "SURE", "explains_more", "marks_left"]

#: From here on a known style counts as one that fits.
CERTAIN = 0.9
#: The labels are as sure as their least sure field; so sure they are right more often than a style that fits.
SURE = 0.85
#: A style whose only doubt is a date or a publisher that the line does not have; below this its marks are too few.
_GOOD, _FITS = 0.65, 0.8
#: "(Host)", "(org.)", "(eds Tan": what someone did, within a name or a title.
_ROLE = re.compile(
    r"\((?:[Hh]osts?|[Pp]roducers?|[Dd]irectors?|[Nn]arrators?|[Ww]riters?|[Oo]rgs?\.|[Ee]ds?\.?|[Hh]rsg\.?|[Cc]oords?\.|[Dd]irs?\.|[Cc]omps?\.)[ )]"
    r"|(?<!\w)(?:под\s(?:общ\.\s)?ред|отв\.\sред)\."
)
#: "Doe J, Roe K": initials behind what was taken for one family name.
_JOINED = re.compile(
    r"[^\W\d_a-z][\w'’-]{1,30} [^\W\d_a-z]{1,3}, [^\W\d_a-z][\w'’-]{1,30} [^\W\d_a-z]{1,3}(?:\.|,| |$)"
)
#: What stands between two fields, or in front of a number, and is the end or the beginning of none.
_EDGE = re.compile(
    r"^[–—/]|\s//?$|\s// |(?<!\w)(?:[Aa]dvance|[Vv]ol\.?|[Nn][or]\.?|Bd\.?|Band|Jg\.?|Heft|[Tt]om|Cilt|Sayı)$"
    r"|[Aa]dvance online publication\.?$|, (?:Cilt|Sayı) \d"
)
_IN_BRACKETS = (
    FORM_IN_BRACKETS,
    NUMBER_IN_BRACKETS,
    REPORT_IN_BRACKETS,
    SERIES_IN_BRACKETS,
    THESIS_IN_BRACKETS,
    VERSION_IN_BRACKETS,
)
_BRACKET_AT_END = re.compile(r" [(\[](?P<inner>[^()\[\]]{1,160}|[A-Z]{1,6}\(\d{4}\)[^()\[\]]{0,20})[)\]]$")
#: What the shapes of GOST are known by; initials behind a name are written elsewhere, too.
_GOST = re.compile(r"\s//?\s|\s[–—]\s")
_SHORT, _WINDOW = 40, 170
_TEXTS = ("title", "container_title", "collection_title", "publisher", "publisher_place", "note")


def explains_more(known: Reference, found: Reference, line: Line) -> bool:
    """Say whether a style explains what the labels left over, left within a field, or ended elsewhere than its marks.

    ``known`` is the reading in a style, ``found`` the one by labels.
    """
    if known.confidence < _GOOD or len("".join(known.leftover)) > len("".join(found.leftover)):
        return False
    left, by_labels = marks_left(known), marks_left(found)
    signs_itself = not found.author and any(name.literal == found.title for name in known.author)
    if left != by_labels or signs_itself:  # for the labels a body in front is a title, as what nobody signed has one
        return left <= by_labels
    unmarked = known.provenance[0].actor == "gost" and not _GOST.search(line.text)
    if found.confidence >= SURE or known.confidence < _FITS or known.leftover or unmarked:
        return False
    return _knots_left(known) < _knots_left(found) or (known.confidence >= CERTAIN and _fits_better(known, found, line))


def _fits_better(known: Reference, found: Reference, line: Line) -> bool:
    linked = {line.text[link.start : link.end].strip() for link in line.links}
    marked = any(f"{one}{known.title}" in line.text for one in "“‘«„\"'") and found.title in known.title
    more = set(known.provenance[0].fields) > set(found.provenance[0].fields)
    ended = known.title != found.title and (marked or (known.title in linked and found.title not in linked))
    noted = bool(found.note) and not known.note
    return more or ended or noted or _edges_left(known) < _edges_left(found)


def marks_left(reference: Reference) -> int:
    """Count the fields that hold what is no part of them: a role, a bracket that says what a work is, a word of a number."""
    names = (f"{name.family}, {name.given} {name.literal}" for name in (*reference.author, *reference.editor))
    return sum(map(_is_marked, _texts(reference))) + sum(
        _ROLE.search(name) is not None or _JOINED.match(name) is not None for name in names
    )


def _is_marked(text: str) -> bool:
    if _ROLE.search(text) or PRESENTED_AT.match(text):
        return True
    bracket = _BRACKET_AT_END.search(f" ({text})" if len(text) < _SHORT and text[-1] not in ")]" else text[-_WINDOW:])
    return bracket is not None and any(form.fullmatch(bracket["inner"]) for form in _IN_BRACKETS)


def _knots_left(reference: Reference) -> int:
    """Count what was not taken apart: half a bracket, several persons in one name, a word for a date; no title at all."""
    halved = sum(one.count("(") != one.count(")") or one.count("[") != one.count("]") for one in _texts(reference))
    several = sum(map(_is_several, (*reference.author, *reference.editor)))
    undated = isinstance(reference.issued, PartialDate) and reference.issued.year is None
    return halved + several + undated + reference.collection_title.startswith("=") + (not reference.title)


def _edges_left(reference: Reference) -> int:
    return sum(_EDGE.search(text) is not None for text in _texts(reference))


def _texts(reference: Reference) -> list[str]:
    return [text for field in _TEXTS if (text := getattr(reference, field))]


def _is_several(name: Name) -> bool:
    """Say whether one name holds two: "Ann Doe, Max Roe" read as family and given names."""
    listed = " " in name.family and " " in name.given and "." not in name.given
    return listed or ", " in name.literal or name.literal[:1] in {"–", "—", "/"}
