# ruff: noqa: E501 - patterns read best in one piece
"""Where a work stands in reporters, law reviews, statute books and treaty series, as The Bluebook writes it.

The first place is the work's own; further reporters, what became of a case later, and remarks in brackets stand behind.
Each piece is matched at the end of the one before, so that no pattern searches.
"""

from __future__ import annotations

import re

import msgspec

from alliancebib.outline.dates import FoundDate, date_ending

__all__ = ["Cited", "cited_at", "is_court", "is_journal", "is_law", "is_treaty_series"]

_WORD = r"(?:[A-Z][\w.'’&-]{0,20}|&|of|the|for|on|and|in|[23]d|[4-9]th)"
#: "131 Harv. L. Rev. 1201": abbreviations have a full stop or are in capitals; the whole names of journals are known too.
_PLACE = re.compile(rf",\s(?P<volume>\d{{1,4}})\s(?P<name>{_WORD}(?:\s{_WORD}){{0,9}})\s(?P<page>\d{{1,5}})(?!\w)")
_PIN = re.compile(
    r",\s(?P<pin>\d{1,5}(?:[–-]\d{1,5})?(?:\s&\sn\.\s?\d{1,3}|\sn\.\s?\d{1,3})?(?:,\s\d{1,5}(?:[–-]\d{1,5})?){0,3})(?=,|\s\(|$)"
)
#: "T.I.A.S. No. 2493" beside another series.
_NUMBERED = re.compile(r",\s(?P<name>(?:[A-Z]\.){2,5})\s(?:No\.\s)?\d[\d-]{0,11}(?=,|\s\(|$)")
_BRACKET = re.compile(r"\s\((?P<inner>[^()]{4,80})\)")
_ASIDE = re.compile(r"\s\((?P<inner>[^()]{3,200})\)")
#: "vacated, 444 U.S. 996 (1979)": what became of the case.
_HISTORY = re.compile(
    r",\s(?P<text>(?:aff['’]d|aff['’]g|rev['’]d|rev['’]g|vacat\w{2,3}|cert\.|overrul\w{2,3}|abrogat\w{2,3}|supersed\w{2,3}|modif\w{2,4}|remand\w{2,3}|"
    r"reh['’]g|appeal|amended|as\samended|on\sremand|petition|stay|enforc\w{1,3}|invalidated|withdrawn|depublished|sub\snom\.|reprinted|codified)[\s,].{3,500})"
)
_MOST = 8

_TREATIES = re.compile(
    r"(?:U\.?S\.?T|U\.?N\.?T\.?S|L\.?N\.?T\.?S|I\.?L\.?M|Bevans|T\.?I\.?A\.?S|(?:C\.?)?E\.?T\.?S|(?:^|\s)T\.S)\.?$"
)
_LAW = re.compile(r"(?:Stat|U\.S\.C|C\.F\.R|Fed\. Reg)\.?$")
_COURTS = re.compile(
    r"(?:U\.\s?S\.|S\.\s?Ct\.|L\.\s?Ed\.|F\.|F\.\s?Supp\.|F\.\sApp['’]x|F\.R\.D\.|Fed\.\sCl\.|B\.R\.|[NS]\.[EW]\.|So\.|[PA]\.|N\.Y\.S\.|"
    r"Cal\.\sRptr\.|I\.C\.J\.(?:\sRep\.)?)(?:\s?(?:[23]d|[4-9]th))?"
)
_JOURNAL = re.compile(
    r"\b(?:Rev|Review|J|Journal|Q|Quarterly|Aff|Affairs|Y\.B|Yearbook|Stud|Studies|Pol['’]y|Probs|Persp|Forum|Bull|Int['’]l\sL|L\.F|Proc)\b"
)


class Cited(msgspec.Struct, frozen=True):
    """A place in a series: where volume, name and page stand, and what stands behind them.

    ``rest`` are stretches of the text that say more; ``names`` are those of all series, the first that of the place.
    """

    start: int
    volume: tuple[int, int]
    name: tuple[int, int]
    page: tuple[int, int]
    names: tuple[str, ...]
    rest: tuple[tuple[int, int], ...] = ()
    #: The bracket behind, and what stands in it before the date: a court.
    bracket: tuple[int, int] | None = None
    court: tuple[int, int] | None = None
    date: FoundDate | None = None


def cited_at(view: str, place: int) -> Cited | None:
    """Read the place of a work that begins with a comma and ends with the text.

    >>> found = cited_at("Doe v. Roe, 1 U.S. 12, 13 S. Ct. 5, 35 L. Ed. 2d 7 (1973)", 10)
    >>> found.names, str(found.date.date)
    (('U.S.', 'S. Ct.', 'L. Ed. 2d'), '1973')
    """
    first = _PLACE.match(view, place)
    if first is None:
        return None
    names, rest, at = [first["name"]], [], first.end()
    for _ in range(_MOST):
        pin = _PIN.match(view, at)
        further = _PLACE.match(view, at) or _NUMBERED.match(view, at)
        if pin:
            rest.append(pin.span("pin"))
        elif further:
            names.append(further["name"])
            rest.append((at + 2, further.end()))
        else:
            break
        at = (pin or further or first).end()
    bracket = _BRACKET.match(view, at)
    date = date_ending(view, bracket.end("inner")) if bracket else None
    court = None
    if bracket and date and date.start >= bracket.start("inner"):
        at = bracket.end()
        inner = bracket.start("inner")
        court = (inner, inner + len(view[inner : date.start].rstrip(" ,")))
    else:
        date = None
    tail = _tail(view, at)
    if tail is None:
        return None
    return Cited(
        start=place,
        volume=first.span("volume"),
        name=first.span("name"),
        page=first.span("page"),
        names=tuple(names),
        rest=(*rest, *tail),
        bracket=bracket.span("inner") if bracket and date else None,
        court=court if court and court[0] < court[1] else None,
        date=date,
    )


def _tail(view: str, at: int) -> list[tuple[int, int]] | None:
    """Give the remarks in brackets and the later history that end a text; None where something else stands there."""
    rest = []
    for _ in range(_MOST):
        aside = _ASIDE.match(view, at)
        if aside is None:
            break
        rest.append(aside.span("inner"))
        at = aside.end()
    if at < len(view):
        history = _HISTORY.fullmatch(view, at)
        if history is None:
            return None
        rest.append(history.span("text"))
    return rest


def is_treaty_series(name: str) -> bool:
    """Say whether a series holds treaties."""
    return _TREATIES.search(name) is not None


def is_law(name: str) -> bool:
    """Say whether a series holds statutes and orders."""
    return _LAW.search(name) is not None


def is_court(name: str) -> bool:
    """Say whether a series reports the judgments of courts."""
    return _COURTS.fullmatch(name) is not None


def is_journal(name: str) -> bool:
    """Say whether one of the words of a name is that of a law review or another journal."""
    return _JOURNAL.search(name) is not None
