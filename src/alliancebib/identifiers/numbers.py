"""ISBN and ISSN by their form alone: text comes in, whether each of its numbers has the right check digit goes out."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["is_isbn", "is_issn"]

_ISBN = re.compile(r"\d{9}[\dXx]|\d{13}")
_ISSN = re.compile(r"\d{7}[\dXx]")
_LABEL = re.compile(r"(?:e-?|p-?)?IS[BS]N(?:-1[03])?(?=[\s:\d])", re.IGNORECASE)
_NUMBERS = re.compile(r"\d[\d\s\u2010-\u2015-]{0,40}[\dXx]")
_JOINTS = re.compile(r"[\s\u2010-\u2015-]")


def is_isbn(text: str) -> bool:
    """Say whether a text is one ISBN or several, each with the right check digit (ISO 2108).

    >>> is_isbn("978-3-16-148410-0 (hardback)"), is_isbn("0-19-852663-6, 9780198526636"), is_isbn("978-3-16-148410-1")
    (True, True, False)
    """
    return _all_numbers(text, _ISBN, _has_isbn_digit)


def is_issn(text: str) -> bool:
    """Say whether a text is one ISSN or several, each with the right check digit (ISO 3297).

    >>> is_issn("1463-1377"), is_issn("1463-1378"), is_issn("0378-5955 (print), 2434561X (online)")
    (True, False, True)
    """
    return _all_numbers(text, _ISSN, lambda digits: _weighted(digits) % 11 == 0)


def _all_numbers(text: str, form: re.Pattern[str], is_right: Callable[[str], bool]) -> bool:
    parts = re.split(r"[,;/]|\band\b", _LABEL.sub(" ", text))
    numbers = [number for part in parts for number in _numbers(part, form)]
    return bool(numbers) and all(form.fullmatch(number) and is_right(number) for number in numbers)


def _numbers(part: str, form: re.Pattern[str]) -> list[str]:
    """Give the numbers of a part without hyphens; a space stands within a number or between two."""
    words = [_JOINTS.sub("", word) for word in part.split() if any(sign.isdecimal() for sign in word)]
    if words and all(form.fullmatch(word) for word in words):
        return words
    found = [_JOINTS.sub("", number) for number in _NUMBERS.findall(part)]
    return [number for number in found if len(number) >= 7] or found  # "(vol. 12)" is no identifier


def _has_isbn_digit(digits: str) -> bool:
    if len(digits) == 10:
        return _weighted(digits) % 11 == 0
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _weighted(digits: str) -> int:
    """Sum digits by weights that fall to one; X counts ten."""
    values = [10 if digit in "Xx" else int(digit) for digit in digits]
    return sum(value * (len(values) - place) for place, value in enumerate(values))
