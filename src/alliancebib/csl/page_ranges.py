"""How a range of pages is shortened: the values of ``page-range-format`` (CSL 1.0.2, appendix V)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from alliancebib.csl.numbers import NumberPart

__all__ = ["page_range"]

_PAGE = re.compile(r"(.*?)(\d{1,300})")  # longer ones are no numbers that can be reckoned with
_LETTERED = re.compile(r"\d+[^\W\d_A-Z]?|[ivxlcdm]+|[IVXLCDM]+")
_RANGE = "–"


def page_range(parts: Sequence[NumberPart], shape: str, *, pages: bool = True) -> tuple[NumberPart, ...]:
    """Give the parts of a number text with each range in a ``page-range-format`` ("": as it was typed).

    A hyphen between what are no two numbers of one kind joins a word ("RM-3420"), and stays. ``pages`` says that
    letters before the numbers may be part of them ("S12-S19").
    """
    done: list[NumberPart] = []
    for place, part in enumerate(parts):
        last = place + 1 == len(parts) or parts[place + 1].joiner != "-"
        end = _last(parts[place - 1].text.strip(), part.text.strip(), shape, pages=pages) if place else None
        if part.joiner != "-" or not place:
            done.append(part)
        elif last and end is not None:
            done.append(NumberPart(end, _RANGE))
        else:
            done.append(part)
    return tuple(done)


def _last(first: str, last: str, shape: str, *, pages: bool) -> str | None:
    """Give the end of a range as it is to be written; None where the two ends are no range."""
    begin, end = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
    if begin is None or end is None:
        return last if _LETTERED.fullmatch(first) and _LETTERED.fullmatch(last) else None
    if begin[1] != end[1] or (begin[1] and not (pages and begin[1][-1].isalpha())):
        return None
    maker = _SHAPES.get(shape)
    if maker is None:
        return last
    whole = _expanded(begin[2], end[2])
    if shape == "expanded" or len(whole) < len(begin[2]) or int(whole) <= int(begin[2]):
        return end[1] + whole
    return maker(begin[2], whole)  # letters before the number go with the digits that both ends share


def _expanded(first: str, last: str) -> str:
    """Complete the end of a range that was typed shortened: 110-5 -> 115."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def _minimal(first: str, last: str, least: int = 1) -> str:
    if len(first) != len(last):
        return last
    same = 0
    while same < len(last) - least and first[same] == last[same]:
        same += 1
    return last[same:]


def _minimal_two(first: str, last: str) -> str:
    return _minimal(first, last, 2)


def _chicago_15(first: str, last: str) -> str:
    """Follow the 15th edition of the Chicago Manual of Style, 9.64."""
    if len(first) != len(last) or len(first) < 3 or int(first) % 100 == 0:
        return last
    if 0 < int(first) % 100 < 10:
        return _minimal(first, last)
    short = _minimal(first, last, 2)
    return last if len(first) == 4 and len(short) == 3 else short


def _chicago_16(first: str, last: str) -> str:
    """Follow the 16th edition of the Chicago Manual of Style, 9.60."""
    if len(first) != len(last) or len(first) < 3 or int(first) % 100 == 0:
        return last
    return _minimal(first, last) if 0 < int(first) % 100 < 10 else _minimal(first, last, 2)


def _full(_first: str, last: str) -> str:
    return last


_SHAPES: dict[str, Callable[[str, str], str]] = {
    "expanded": _full,
    "minimal": _minimal,
    "minimal-two": _minimal_two,
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
}
