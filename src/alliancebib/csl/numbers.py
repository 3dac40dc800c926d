"""Numbers in fields and locators: "1-3", "12, 15 & 20", "2nd", "S213-S235", "367-368, fig. 333".

A text comes in and is taken apart into numbers and what joins them; whether it is numeric, whether it means several,
and how an ordinal or a Roman numeral is written all follow from the parts (CSL 1.0.2, "Number", "Label", "Is-numeric").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from alliancebib.csl.locale import Locale

__all__ = [
    "Located",
    "NumberPart",
    "is_numeric",
    "is_plural",
    "locator_of",
    "long_ordinal",
    "number_or",
    "number_parts",
    "ordinal",
    "roman",
    "whole_number",
]

#: Python reads no number of more than some thousand digits, and nobody counts that far.
_MOST_DIGITS = 300
_JOINER = re.compile(r"(\s*\\?[-–—‑]+\s*|\s*&\s*|\s*,\s*(?:&\s*)?|\s*;\s+)")
_NUMERIC = re.compile(r"[A-Za-z]*[0-9]+[A-Za-z]*|[ivxlcdm]+|")
_THOUSANDS = re.compile(r"[0-9],[0-9]")
_SEPARATOR = re.compile(r"\s*(?:[-–—&/]|,\s|\band\b)\s*")
#: What a list or range begins with: a number, perhaps with letters round it ("E12", "416b"), or a Roman one.
_PLURAL_START = re.compile(r"[^\W\d_]*\d+[^\W\d_]*|[ivxlcdm]+")
_CAPITAL_ROMAN = re.compile(r"(?=.)M*(?:C[MD]|D?C*)(?:X[CL]|L?X*)(?:I[XV]|V?I*)")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
#: Abbreviations that a locator may begin with -> label, in the spelling of CSL's locator types.
_LABELS = {
    "app.": "appendix", "art.": "article-locator", "bk.": "book", "ch.": "chapter", "chap.": "chapter",
    "chaps.": "chapter",
    "col.": "column", "cols.": "column", "fig.": "figure", "figs.": "figure", "fol.": "folio", "fols.": "folio",
    "l.": "line", "ll.": "line", "n.": "note", "nn.": "note", "no.": "issue", "nos.": "issue", "op.": "opus",
    "p.": "page", "pp.": "page", "para.": "paragraph", "paras.": "paragraph", "¶": "paragraph", "¶¶": "paragraph",
    "pt.": "part", "pts.": "part", "r.": "rule", "§": "section", "§§": "section", "sec.": "section", "secs.": "section",
    "s.v.": "sub verbo", "sv.": "sub verbo", "v.": "verse", "vv.": "verse", "vol.": "volume", "vols.": "volume",
}  # fmt: skip
#: Kinds of locator that bear the name of another term, as callers write them -> as CSL 1.0.2 has them.
_LOCATORS = {"article": "article-locator", "title": "title-locator"}
_LABEL = "|".join(re.escape(word) for word in sorted(_LABELS, key=len, reverse=True))
#: A number or a blank comes behind an abbreviation, or it may be half of another: "n.d.", "l.c.".
_LEADING_LABEL = re.compile(rf"\s*({_LABEL})(?:\s+|(?=\d)|(?<=[§¶]))(?=\w)")
_AND_WORDS = re.compile(r"\s(?:and|et|und|y|e|och|og|en|и)\s")


class NumberPart(NamedTuple):
    """A number and what joins it to the one before: "" for the first, "-" for a range, "&", "," or ";".

    ``typed`` is the joiner with the blanks round it, as it stands in the text.
    """

    text: str
    joiner: str = ""
    spaced: bool = False
    typed: str = ""


class Located(NamedTuple):
    """A locator's label and text."""

    label: str
    text: str


@lru_cache(maxsize=8_192)
def number_parts(text: str) -> tuple[NumberPart, ...]:
    """Take a text apart at ranges, commas and ampersands; an escaped hyphen joins without making a range.

    >>> [(part.joiner, part.text) for part in number_parts("142-145 & 235")]
    [('', '142'), ('-', '145'), ('&', '235')]
    """
    pieces = _JOINER.split(text.strip())
    parts = [NumberPart(pieces[0])]
    for joiner, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        bare = "".join(joiner.split())
        if bare.startswith("\\"):
            parts[-1] = NumberPart(parts[-1].text + "-" + piece, parts[-1].joiner)
            continue
        if bare and bare[0] in "-–—‑":
            bare = "-"
        parts.append(NumberPart(piece, bare, spaced=joiner != bare, typed=joiner))
    return tuple(parts)


def whole_number(text: str) -> int | None:
    """Give the number that a text of digits is; None for any other, and for one of more digits than can be read.

    >>> whole_number("42"), whole_number("x"), whole_number("1" * 5_000)
    (42, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def number_or(text: str | None, usual: int) -> int:
    """Give the number in an attribute, or the usual one where there is none that can be read.

    >>> number_or(" 3 ", 5), number_or("x", 5), number_or(None, 5)
    (3, 5, 5)
    """
    number = whole_number((text or "").strip())
    return usual if number is None else number


@lru_cache(maxsize=8_192)
def is_numeric(text: str) -> bool:
    """Say whether a text is made of numbers, each perhaps with letters before or behind it, and of joiners.

    >>> is_numeric("2nd"), is_numeric("D2, 5 & 7"), is_numeric("second"), is_numeric("2nd edition")
    (True, True, False, False)
    """
    text = text.strip()
    if not text or _THOUSANDS.search(text):
        return False
    pieces = [piece for _, segment in _embedded(text) for piece in _SEPARATOR.split(segment)]
    return any(pieces) and all(_NUMERIC.fullmatch(piece) for piece in pieces)


@lru_cache(maxsize=8_192)
def is_plural(text: str) -> bool:
    """Say whether a text names several things: a range, or a list."""
    segment = _embedded(text)[0][1].strip()
    parts = number_parts(segment)
    ranges = any(part.joiner == "-" for part in parts)
    if len(parts) < 2 or (_THOUSANDS.search(segment) and not ranges):
        return bool(_AND_WORDS.search(segment) and segment[0].isdigit())
    first, second = parts[0].text.strip(), parts[1].text
    if parts[1].joiner == "," and not parts[1].spaced:
        return False
    if first[-1:].isalpha() and first[:1].isdecimal() and not any(sign.isdecimal() for sign in second):
        return False  # parts of one page: "101a-e"
    if all(_CAPITAL_ROMAN.fullmatch(part.text.strip()) for part in parts):
        return True
    return bool(_PLURAL_START.fullmatch(first))


def locator_of(text: str, label: str) -> Located:
    """Give the label and text of a locator, whose text may begin with a label of its own ("vol. 1").

    >>> locator_of("vol. 1", "")
    Located(label='volume', text='1')
    """
    found = _LEADING_LABEL.match(text)
    if found and label in ("", "page"):
        return Located(_LABELS[found[1]], text[found.end() :])
    return Located(_LOCATORS.get(label, label) or "page", text.strip())


def embedded(text: str) -> tuple[tuple[str, str, str], ...]:
    """Cut a number text at labels inside it: (label as typed with what stands before it, text, label's name)."""
    return tuple((typed, piece, _LABELS.get(typed.strip(" ,"), "")) for typed, piece in _embedded(text))


_INNER_LABEL = re.compile(rf"(\s*,\s*(?:{_LABEL})\s*)(?=\w)")


@lru_cache(maxsize=8_192)
def _embedded(text: str) -> tuple[tuple[str, str], ...]:
    pieces = _INNER_LABEL.split(text)
    return (("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True))


def roman(number: int) -> str:
    """Give a number below 4,000 in small Roman numerals; larger ones stay Arabic.

    >>> roman(42)
    'xlii'
    """
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def ordinal(number: int, locale: Locale, *, gender: str = "") -> str:
    """Give a number with its ordinal suffix in a language (CSL 1.0.2, "Ordinal Suffixes")."""
    for wanted in dict.fromkeys((gender, "")):
        suffix = _suffix(number, locale, wanted)
        if suffix is not None:
            return f"{number}{suffix}"
    return str(number)


def _suffix(number: int, locale: Locale, gender: str) -> str | None:
    terms = locale.terms
    for name, value, default in (
        (f"ordinal-{number % 100:02}", number % 100, "last-two-digits"),
        (f"ordinal-{number % 10:02}", number % 10, "last-digit"),
    ):
        term = terms.get((name, "long", gender)) or terms.get((name, "long", ""))
        if term is None:
            continue
        match = term.match or default
        if match == "whole-number" and number != value:
            continue
        if match == "last-two-digits" and number % 100 != value:
            continue
        return term.single
    term = terms.get(("ordinal", "long", gender)) or terms.get(("ordinal", "long", ""))
    return term.single if term else None


def long_ordinal(number: int, locale: Locale, *, gender: str = "") -> str:
    """Give a number up to ten as a word, larger ones with a suffix."""
    term = locale.find(f"long-ordinal-{number:02}", "long", gender) or locale.find(f"long-ordinal-{number:02}")
    return term.single if term else ordinal(number, locale, gender=gender)
