"""What a shape found in a line, and where sentences and quotations end: the common ground of the shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from alliancebib.model import Name, PartialDate

__all__ = ["HISTORY", "QUOTES", "Parts", "breaks_in", "closing_quote"]

QUOTES = {'"': '"', "“": "”", "«": "»", "„": '“”"', "‘": "’", "「": "」"}
#: "Reprint, Place: Publisher, 2010.", "First published 1929 by Example."
HISTORY = re.compile(r"\.\s(?:(?:[Ff]irst|[Oo]riginally)\spublished|[Rr]epr(?:int(?:ed)?|\.))\b[^;]{0,90}$")
_BREAK = re.compile(r"(?P<mark>[.?!…؟][\"”»’)\]]*)\s+(?=(?P<next>[\"“«„(\[‘]*[^\W_]))")
_ABBREVIATIONS = frozenset(
    """
    vs v dr prof mr mrs st no nos vol vols pp p ed eds e.g i.e al jr sr inc ltd co corp u.s u.k u.n gen col cf
    fig approx bzw z.b u.a bd nr hrsg d.c ph.d sgt capt adm gov sen rep univ им г с т стр ред mt ft ca art sec
    dept int ch proc conf symp trans
""".split()
)


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What a shape found, as places in the view: names, date, and the body that begins with the title.

    ``front_at`` is what stands before the names and is none: the title of a link in other words; ``aside_at`` says
    again who wrote it.
    """

    shape: str
    names: tuple[Name, ...] = ()
    names_at: tuple[int, int] = (0, 0)
    editors: bool = False
    date: PartialDate | None = None
    date_at: tuple[int, int] = (0, 0)
    title_at: tuple[int, int] | None = None
    front_at: tuple[int, int] = (0, 0)
    aside_at: tuple[int, int] = (0, 0)
    body_at: tuple[int, int]


def breaks_in(view: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Give the ends of sentences in a stretch: where the mark stands, where the next one begins, and the mark."""
    for match in _BREAK.finditer(view, start, end):
        if match["next"][-1].islower() and not re.match(
            r"[a-z]{1,3}[A-Z]|in\s[A-ZÀ-Þ]", view[match.end("next") - 1 : match.end("next") + 4]
        ):
            continue
        word = re.search(r"[^\s(\[]*$", view[max(start, match.start() - 20) : match.start()])
        before = (word[0] if word else "").casefold()
        if match["mark"][0] == "." and (before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha())):
            continue
        yield match.start(), match.end(), match["mark"]


def closing_quote(view: str, opening: int, end: int) -> int:
    """Find the mark that closes a quotation: one with a comma or full stop at it, so that inner ones are passed by."""
    marks = QUOTES[view[opening]]
    fallback = -1
    depth = 0
    for place in range(opening + 1, end):
        if view[place] == view[opening] and view[place] not in marks:
            depth += 1
        elif view[place] in marks:
            if depth:
                depth -= 1
                continue
            fallback = fallback if fallback > 0 else place
            if view[place - 1] in ".,?!" or view[place + 1 : place + 2] in {",", ".", ""}:
                return place
    return fallback
