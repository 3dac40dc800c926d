"""Identifiers and addresses by their form alone: check digits, shape, and the findings for what is not one.

Two checkers look at DOIs and addresses; here they get the same finding for the same fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.web.address import BadAddress, read_address

__all__ = ["invalid_doi", "invalid_url", "is_isbn", "is_issn"]

_ISBN = re.compile(r"\d{9}[\dXx]|\d{13}")
_ISSN = re.compile(r"\d{7}[\dXx]")
_NUMBERS = re.compile(r"\d[\d\s\u2010-\u2015-]*[\dXx]")
_JOINTS = re.compile(r"[\s\u2010-\u2015-]")


def invalid_doi(reference: Reference) -> Finding:
    """Say that a reference's DOI has not the form of one."""
    message = f"`{reference.doi}` is not a DOI."
    return Finding.of("AB201", message, origin=reference.origin, reference=reference.id)


def invalid_url(reference: Reference, url: str) -> Finding:
    """Say why an address of a reference cannot be followed."""
    address = read_address(url)
    reason = address.detail if isinstance(address, BadAddress) else "It cannot be followed."
    return Finding.of("AB202", f"{url}: {reason}", origin=reference.origin, reference=reference.id)


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
    return _all_numbers(text, _ISSN, lambda digits: _weighted(digits, 8) % 11 == 0)


def _all_numbers(text: str, form: re.Pattern[str], is_right: Callable[[str], bool]) -> bool:
    numbers = [number for part in re.split(r"[,;/]|\band\b", text) for number in _numbers(part, form)]
    return bool(numbers) and all(form.fullmatch(number) and is_right(number) for number in numbers)


def _numbers(part: str, form: re.Pattern[str]) -> list[str]:
    """Give the numbers of a part without hyphens; spaces stand within a number or between two."""
    words = [_JOINTS.sub("", word) for word in part.split() if any(letter.isdigit() for letter in word)]
    if words and all(form.fullmatch(word) for word in words):
        return words
    found = [_JOINTS.sub("", number) for number in _NUMBERS.findall(part)]
    return [number for number in found if len(number) >= 7] or found  # "(vol. 12)" is no identifier


def _has_isbn_digit(digits: str) -> bool:
    if len(digits) == 10:
        return _weighted(digits, 10) % 11 == 0
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _weighted(digits: str, first: int) -> int:
    """Sum digits by falling weights; X counts ten."""
    values = [10 if digit in "Xx" else int(digit) for digit in digits]
    return sum(value * (first - place) for place, value in enumerate(values))
