"""Which of several values of one field a merged reference keeps: they come in, the best goes out, whatever their order.

What says more wins: a title that is whole, a range of pages, the longer text; then what more members have; then how it
is written: with its accents, italics and capitals, a DOI bare, a number without "Vol.".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from alliancebib.matching.normal import bare_doi, page_range, plain, squeezed
from alliancebib.matching.titles import TitleForm, title_form

__all__ = ["best", "best_text"]

#: Words and signs before a number that say what it counts.
_COUNTED = re.compile(
    r"^(?:vol(?:ume)?s?|bd|band|nos?|nr|num(?:ber|ero)?|iss(?:ue)?|heft|t|tome?|том|т|вып(?:уск)?|№)\.?\s*(?=\d)",
    re.IGNORECASE,
)
_NUMBERS = frozenset({"volume", "issue"})
#: A code of a language, where others write its name.
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MARKUP = re.compile(r"</?[a-z]+\b[^<>]*>")
#: Letters that take two where there are no accents.
_WIDE = re.compile("[äöüÄÖÜåÅøØ]")


def best(values: Sequence[str], better: Callable[[str], tuple[object, ...]]) -> str:
    """Give the value for which ``better`` is largest; among equals the text decides, so that order does not."""
    different = dict.fromkeys(value for value in values if value)
    return max(different, key=lambda value: (*better(value), value), default="")


def best_text(field: str, values: Sequence[str]) -> str:
    """Give the value of a field that is kept.

    >>> best_text("title", ["NATO and russia in the black sea", "NATO and Russia in the Black Sea"])
    'NATO and Russia in the Black Sea'
    >>> best_text("volume", ["Vol. 12", "12"]), best_text("doi", ["https://doi.org/10.1000/abc", "10.1000/abc"])
    ('12', '10.1000/abc')
    """
    if len(set(values)) <= 1:
        return values[0] if values else ""
    same = Counter(values)
    if field == "title":
        forms = {text: title_form(text) for text in same}
        cores = frozenset(form.core for form in forms.values())
        return best(
            values,
            lambda text: (
                not forms[text].cut,
                not text.isupper(),
                *_told(text, forms[text], cores),
                same[text],
                *_written(text),
            ),
        )
    if field in ("container_title", "publisher"):
        return best(values, lambda text: (not text.isupper(), _length(plain(text)), same[text], *_written(text)))
    if field == "abstract":
        return best(values, lambda text: (not text.isupper(), len(text)))
    alike = Counter(_form(field, value) for value in values)

    def better(text: str) -> tuple[object, ...]:
        ranges = len(page_range(text)[1]) if field == "page" else 0
        return (alike[_form(field, text)], ranges, *_plainly(field, text), len(text), *_written(text))

    return best(values, better)


def _told(text: str, form: TitleForm, cores: frozenset[str]) -> tuple[int, bool]:
    """Say how much a title tells, and that it is without the name of an outlet that another does not have."""
    if form.without_outlet and form.without_outlet in cores:
        return len(form.without_outlet) + len(_WIDE.findall(text)), False
    return len(form.core) + len(_WIDE.findall(text)), True


def _length(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _form(field: str, text: str) -> str:
    if field == "doi":
        return bare_doi(text) or text
    return squeezed(_COUNTED.sub("", text.strip()) if field in _NUMBERS else text)


def _plainly(field: str, text: str) -> tuple[bool, ...]:
    """Prefer the form that programs read: a bare DOI, a number alone, the code of a language."""
    if field == "doi":
        return (text == bare_doi(text),)
    if field == "language":
        return (bool(_CODE.fullmatch(text)),)
    return (not _COUNTED.match(text.strip()),) if field in _NUMBERS else ()


def _written(text: str) -> tuple[int, int, int]:
    """Count what is easily lost in copying and cannot be guessed: accents, italics, capitals."""
    accents = 0
    if not text.isascii():
        accents = sum(map(bool, map(unicodedata.combining, unicodedata.normalize("NFD", text)))) + text.count("ß")
    return accents, len(_MARKUP.findall(text)) if "<" in text else 0, sum(map(str.isupper, text))
