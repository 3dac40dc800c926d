"""Reader of plain text: one line for each line of the file that is not empty.

Bullets and numbers of a list go, with the column moved on; everything else stands as it was written, except that white
space at both ends goes and a tab or a no-break space becomes a blank.
"""

from __future__ import annotations

import re
from itertools import pairwise

from alliancebib.files import Source
from alliancebib.page import Line, Page

__all__ = ["read", "recognises"]

_BULLET = re.compile(r"[-*+•‣◦▪▫●○■□–—·»›→✓]\s+(?=\S)")
#: "1. " or "1) " or "[1] " before a line. A four-digit number with a full stop is a year, not a place in a list.
_NUMBER = re.compile(r"(?:\((\d{1,3})\)|\[(\d{1,3})\]|(\d{1,3})[.)])\s+(?=\S)")
_BLANKS = str.maketrans("\t\u00a0\u2007\u202f\u3000", "     ")


def recognises(source: Source) -> float:
    """Say how sure it is: any text can be read as text, and a ``.txt`` most likely is."""
    return 0.5 if source.suffix in {".txt", ".text"} else 0.1


def read(source: Source) -> Page:
    """Give the lines of the text, with their number and column in the file."""
    rows = [(number, row.translate(_BLANKS)) for number, row in enumerate(source.text.split("\n"), start=1)]
    filled = [(number, row) for number, row in rows if row.strip()]
    numbered = _is_numbered([row for _, row in filled])
    return Page(name=source.name, lines=tuple(_line(number, row, numbered=numbered) for number, row in filled))


def _line(number: int, row: str, *, numbered: bool) -> Line:
    text = row.strip()
    column = len(row) - len(row.lstrip()) + 1
    mark = _BULLET.match(text) or (_NUMBER.match(text) if numbered else None)
    if mark:
        return Line(number=number, column=column + mark.end(), text=text[mark.end() :], item=True)
    return Line(number=number, column=column, text=text)


def _is_numbered(rows: list[str]) -> bool:
    """Say whether the numbers that lines begin with count up by one, three times at least or on every line."""
    found = [match for match in (_NUMBER.match(row.strip()) for row in rows) if match]
    places = [int(next(group for group in match.groups() if group)) for match in found]
    steps = sum(later == earlier + 1 for earlier, later in pairwise(places))
    return steps >= 2 or (steps >= 1 and len(found) == len(rows))
