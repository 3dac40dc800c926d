"""DOI, ISBN and ISSN by their form alone: is it one, and what is its bare form.

Text comes in, a verdict or a bare identifier goes out. Whether an identifier exists is a question for a service.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["is_doi", "is_isbn", "is_issn", "without_resolver"]

#: The prefix is "10." and a registrant's number, which may be divided (DOI Handbook, 2.2.2); the suffix is anything.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_RESOLVER = re.compile(r"^(?:https?://(?:[\w-]+\.)*doi\.[\w.-]+/|doi:\s*)", re.IGNORECASE)
_ISBN = re.compile(r"\d{9}[\dXx]|\d{13}")
_ISSN = re.compile(r"\d{7}[\dXx]")
_LABEL = re.compile(r"(?:e-?|p-?)?IS[BS]N(?:-1[03])?(?=[\s:\d])", re.IGNORECASE)
_NUMBERS = re.compile(r"\d[\d\s\u2010-\u2015-]{0,40}[\dXx]")
_JOINTS = re.compile(r"[\s\u2010-\u2015-]")


def is_doi(text: str) -> bool:
    """Say whether a text is a bare DOI and nothing else.

    >>> is_doi("10.1002/(SICI)1096-8644(199601)99:1<1::AID-1>3.0.CO;2-1"), is_doi("doi:10.1093/cjip/poy008")
    (True, False)
    """
    return _DOI.fullmatch(text) is not None


def without_resolver(text: str) -> str:
    """Give a DOI without the address or label in front of it, in lower case; other text only in lower case.

    >>> without_resolver("https://doi.org/10.1093/CJIP/poy008")
    '10.1093/cjip/poy008'
    """
    return _RESOLVER.sub("", text.strip()).lower()


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
