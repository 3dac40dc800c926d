"""The front of a reference whose parts stand between commas: names, perhaps their year, and a title in quotation marks.

A draft comes in; a `Front` goes out, or None. A title without marks is left among the parts behind it.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.labelling import sorts_of
from alliancebib.model import Name
from alliancebib.parsers._draft import Draft
from alliancebib.parsers._names import is_body, read_names
from alliancebib.parsers._parts import closing_quote

__all__ = ["SENTENCE", "Front", "dated_front", "quoted_front", "upright_front"]

_YEAR = r"(?:18|19|20)\d\d"
_QUOTES = '"“«„‘'
_EDITOR = re.compile(r"(?:\(\s?)?\b(?:eds?|editors?|hrsg|hg|dirs?|coords?|orgs?|a cura di)\b\.?\s?\)?$", re.IGNORECASE)
#: Names before a colon: "Major, Claudia/Mölling, Christian: Title".
_INVERTED = re.compile(r"(?:(?:von|van|de|der|den|zu|di|da)\s){0,2}[^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z]")
#: A sentence ends, and another begins: where commas divide, none does behind the title.
SENTENCE = re.compile(r"(?:[^\W\d_]{4}(?<!\bDept|\bUniv|\bInst|\bProc|\bConf|\bAcad)|[)\]»”\d])\.\s+[^\W\d_a-z]")
_STOP = re.compile(r"[^\W\d_]{4}\.\s")
_TOGETHER = re.compile(r"(?:^|\s)(?:and|&|et|und|y|e|и)\s")
_DATED = re.compile(
    rf"(?P<names>[^()]{{3,200}}(?:\s\([^()\d]{{2,12}}\))?)\s\((?P<year>{_YEAR})[a-z]?\)\s?[:.,]?\s+(?=\S)"
)
_YEAR_BEHIND = re.compile(rf"\s\((?P<year>{_YEAR})[a-z]?\)[.,:]?\s+(?=\S)")
#: What stands in a book or journal is read by `citation`.
_DATED_IN = re.compile(r"[.,;?!]\s(?:[Ii]n|[Ee]n|[Dd]ans)[:\s]|\d\s?\(")
_GOES_ON = re.compile(
    r"(?:et al|[Ee]ds?\b|[Ee]ditors?\b|Jr\b|Sr\b|&|(?:and|und|et|y|e|и)\s(?=[^\W\d_a-z])|[^\W\d_]\.|"
    r"[^\W\d_a-z][\w'’-]{1,24}\s(?:[^\W\d_]\.\s?){1,3},)"
)
#: What leads into a footnote, and is no part of a name.
_SIGNAL = re.compile(r"(?:Vgl|Cf|Cfr|Siehe|See|Voir|Véase)\b\.?(?:\s(?:also|auch|dazu|aussi))?:?\s")
#: Of so many parts names are looked for in front of an unquoted title.
_MOST_NAMES = 4


class Front(msgspec.Struct, frozen=True):
    """Names and title in front, and where the rest begins; an unquoted title is still among the segments."""

    names: tuple[Name, ...]
    names_at: tuple[int, int]
    body: int
    title: str = ""
    title_at: tuple[int, int] = (0, 0)
    editors: bool = False
    year: int = 0
    year_at: tuple[int, int] = (0, 0)


def quoted_front(draft: Draft, start: int, end: int) -> Front | None:
    """Find a title in quotation marks, with names before it or none."""
    view = draft.view
    opening = next((place for place in range(start, min(end, start + 400)) if view[place] in _QUOTES), -1)
    closing = closing_quote(view, opening, end) if opening >= 0 else -1
    if closing - opening < 5:
        return None
    before = view[start:opening].strip()
    if before and (before[-1] not in ",.:)" or (before[-1] == ":" and "," not in before)):
        return None  # a quotation within a headline
    names, editors = _names(before.rstrip(",:")) if before else ((), False)
    if names is None or not _are_sure(names):
        return None
    title = " ".join(view[opening + 1 : closing].split()).rstrip(",").strip()
    title = title[:-1] if title.endswith(".") and not title.endswith("..") else title
    dated = (
        None if names else _YEAR_BEHIND.match(view, closing + 1, end)
    )  # "‘Title’ (2019) The Example Times, 14 March"
    year, year_at = (int(dated["year"]), dated.span()) if dated else (0, (0, 0))
    body = dated.end() if dated else closing + 1
    return Front(names, (start, opening), body, title, (opening, closing + 1), editors, year, year_at)


def dated_front(draft: Draft, start: int, end: int) -> Front | None:
    """Find names and their year in front of a title: "Doe, Ann (2012): Title, Place, Publisher"."""
    view = draft.view
    match = _DATED.match(view, start, end)
    if match is None:
        return None
    names, editors = _names(match["names"])
    if not names or not _are_sure(names):
        return None
    year, year_at = int(match["year"]), (match.end("names"), match.end())
    at = (start, match.end("names"))
    opening = match.end()
    if view[opening] not in _QUOTES:
        upright = not SENTENCE.search(view, opening, end) and not _DATED_IN.search(view, opening, end)
        return Front(names, at, opening, editors=editors, year=year, year_at=year_at) if upright else None
    closing = closing_quote(view, opening, end)
    if closing - opening < 5 or not (view[closing - 1] == "," or view[closing + 1 : closing + 2] == ","):
        return None
    title = " ".join(view[opening + 1 : closing].split()).rstrip(",").strip()
    return Front(names, at, closing + 1, title, (opening, closing + 1), editors, year, year_at)


def upright_front(draft: Draft, start: int, end: int) -> Front | None:
    """Find names in front of a title without marks: before a colon, or in the first parts between commas."""
    view = draft.view
    if _SIGNAL.match(view, start, end):
        return None
    colon = view.find(": ", start, min(end, start + 160))
    before = view[start:colon] if colon > 0 else ""
    if _INVERTED.match(before) and not _STOP.search(before):
        names, editors = _names(before)
        if names and _are_sure(names) and not _begins_title(names):
            return Front(names, (start, colon + 1), colon + 1, editors=editors)
    commas = [match.start() for match in re.finditer(r", ", view[start:end])][:_MOST_NAMES]
    if commas and ";" in view[start : start + commas[0] + 30].partition("(")[0]:
        return None  # names between semicolons end with a mark of their own
    best = None
    for comma in commas:
        text = view[start : start + comma]
        names, editors = _names(text)
        inverted = "," in text and not text.endswith(")") and not editors and not re.search(r"\b[^\W\d_]\.", text)
        body = names is not None and bool(names[0].literal) and "," in text
        if names is None or body or (inverted and len(names) > 1) or not _are_sure(names) or _STOP.search(text):
            continue
        if _GOES_ON.match(view, start + comma + 2):
            continue
        if comma == commas[0] and len(commas) > 1 and _is_given_name(view[start + comma + 2 : start + commas[1]]):
            continue  # "Paredes Vela, María": the family name has two words
        best = Front(names, (start, start + comma + 1), start + comma + 1, editors=editors)
        if not (len(names) == 1 and names[0].literal) and not inverted:
            return _with_more_names(view, start, commas, best)
    return best


def _with_more_names(view: str, start: int, commas: list[int], front: Front) -> Front:
    """Take further names between commas, where an "and" among them says so: "A. Doe, M. Roe et J. Lee, Title"."""
    for comma in commas:
        text = view[start : start + comma]
        if start + comma + 1 <= front.names_at[1] or not _TOGETHER.search(text.rpartition(", ")[2]):
            continue
        names, editors = _names(text)
        if names and len(names) > 2 and all(name.others or (name.family and name.given) for name in names):
            return Front(names, (start, start + comma + 1), start + comma + 1, editors=editors)
    return front


def _is_given_name(text: str) -> bool:
    """Say whether a part is a given name: one word or two, known from names as such."""
    words = text.split()
    sorts = [sorts_of(word) for word in words]
    return (
        0 < len(words) <= 2
        and all(word[0].isupper() for word in words)
        and all("g" in sort and "t" not in sort for sort in sorts)
    )


def _names(text: str) -> tuple[tuple[Name, ...] | None, bool]:
    """Read names, and whether they are editors."""
    role = _EDITOR.search(text)
    names = read_names(text[: role.start()].rstrip(", ") if role else text)
    return names, role is not None


def _are_sure(names: tuple[Name, ...]) -> bool:
    return all(name.others or (name.family and name.given) or is_body(name.literal) for name in names)


def _begins_title(names: tuple[Name, ...]) -> bool:
    """Say whether the last of several names is none: the first has initials, it has words."""
    first, last = names[0], names[-1]
    return len(names) > 1 and first.given.endswith(".") and not last.others and "." not in last.given
