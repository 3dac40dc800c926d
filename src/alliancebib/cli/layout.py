"""A line and the fields of its characters, laid out for a terminal: each stretch with the name of its field below it.

A raw text with its spans comes in; rows of cells go out, none wider than asked for. A stretch that fits on a row is
never cut. No colour is needed to read the rows: the names and how far they reach stand in letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from alliancebib.model import Span

__all__ = ["LEFTOVER", "NARROWEST", "Cell", "Piece", "pieces_of", "rows_of", "runs_from_right", "visible", "wrapped"]

#: The name of what no field explains.
LEFTOVER = "leftover"
#: Narrower than this nothing is laid out: the longest name of a field and an indent must fit.
NARROWEST = 30

#: Classes of characters that a terminal obeys or does not show at all: controls, marks of format, lone surrogates,
#: Unicode's own line ends.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
#: The two marks of format that letters need: Persian and Indic words, emoji of several parts.
_JOINERS = "\u200c\u200d"
#: Letters of Hebrew, Arabic and their like, and Arabic digits (https://www.unicode.org/reports/tr9).
_FROM_RIGHT = frozenset({"R", "AL", "AN"})


class Piece(NamedTuple):
    """A stretch of a line that belongs to one field; what is no field's is `LEFTOVER`."""

    field: str
    text: str


class Cell(NamedTuple):
    """A piece, or a part of one, on a row: its text, the name below it, and the columns that both take."""

    field: str
    text: str
    name: str
    width: int


def pieces_of(raw: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Cut a line at its spans; blanks at the ends of a piece are not kept, and all of it is made visible.

    >>> pieces_of("A title [3 refs]", [Span("title", 0, 8)])
    (Piece(field='title', text='A title'), Piece(field='leftover', text='[3 refs]'))
    """
    found, end = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        found.append(Piece(LEFTOVER, raw[end : span.start]))
        found.append(Piece(span.field, raw[max(end, span.start) : span.end]))
        end = max(end, span.end)
    found.append(Piece(LEFTOVER, raw[end:]))
    return tuple(Piece(piece.field, visible(piece.text.strip(" "))) for piece in found if piece.text.strip())


def visible(text: str) -> str:
    r"""Show what a terminal would obey, or show nothing of, by its number.

    >>> visible("\x1b[31mred\u202e, soft\xadhyphen")
    '\\x1b[31mred\\u202e, soft\\xadhyphen'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_numbered(one) if _is_unseen(one) else one for one in text)


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN and character not in _JOINERS


def _numbered(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def runs_from_right(text: str) -> bool:
    """Say whether a terminal may turn parts of a text around, so that nothing below it would stand at its place.

    >>> runs_from_right("Summit"), runs_from_right("قمة")
    (False, True)
    """
    return any(unicodedata.bidirectional(character) in _FROM_RIGHT for character in text)


def rows_of(pieces: Iterable[Piece], width: int, *, mark: str = "─") -> tuple[tuple[Cell, ...], ...]:
    """Put pieces on rows; below each stands its name, drawn out by ``mark`` as far as the piece reaches.

    >>> (row,) = rows_of([Piece("title", "A title"), Piece("doi", "10.1")], 30)
    >>> [(cell.text, cell.name) for cell in row]
    [('A title', 'title──'), ('10.1', 'doi─')]
    """
    rows: list[list[Cell]] = [[]]
    free = width
    for piece in pieces:
        for cell in _cells(piece, width, free, mark):
            if rows[-1] and cell.width > free:
                rows.append([])
                free = width
            rows[-1].append(cell)
            free -= cell.width + 1
    return tuple(tuple(row) for row in rows if row)


def _cells(piece: Piece, width: int, free: int, mark: str) -> Iterator[Cell]:
    """Give a piece as one cell, or as several where no row is wide enough; these begin on a row that is half empty."""
    first = free if cell_len(piece.text) > width and 2 * free >= width else width
    for place, part in enumerate(wrapped(piece.text, width, first=first)):
        name = f"(…{piece.field})" if place else piece.field
        reach = cell_len(part)
        sign = "~" if piece.field == LEFTOVER else mark
        yield Cell(piece.field, part, name + sign * (reach - len(name)), max(reach, len(name)))


def wrapped(text: str, width: int, *, first: int = 0) -> list[str]:
    """Break a text at its blanks; a word that is wider than a row is cut where the row ends.

    ``first`` is the width of the first row where it is another one.

    >>> wrapped("one two three", 8)
    ['one two', 'three']
    """
    if cell_len(text) <= (first or width):
        return [text]
    rows = [""]
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if cell_len(longer) <= (first or width if len(rows) == 1 else width):
            rows[-1] = longer
        else:
            rows += chop_cells(word, width)
    return [row for row in rows if row.strip()]
