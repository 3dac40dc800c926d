"""Checker: what can be told from the fields alone: gaps, odd dates and pages, identifiers with a wrong check digit.

A library comes in, findings go out; nothing is asked and nothing changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from alliancebib.bibtex.locating import field_origin
from alliancebib.checkers import Progress
from alliancebib.checkers._faults import invalid_doi, invalid_url
from alliancebib.config import CheckSettings
from alliancebib.finding import Finding, Report
from alliancebib.identifiers import is_doi, is_isbn, is_issn
from alliancebib.library import Library
from alliancebib.model import PartialDate, Reference
from alliancebib.web import Web
from alliancebib.web.address import BadAddress, read_address

__all__ = ["NEEDS_WEB", "check", "check_fields"]

NEEDS_WEB = False

#: Kind to what every entry of it should have; of names joined by | one is enough. After the required fields of
#: biblatex (manual 3.20, section 2.1.1), for the kinds that lists of literature and news hold.
REQUIRED: dict[str, tuple[str, ...]] = {
    "article-journal": ("title", "author", "container_title", "issued"),
    "article-magazine": ("title", "container_title", "issued"),
    "article-newspaper": ("title", "container_title", "issued"),
    "bill": ("title", "issued"),
    "book": ("title", "author|editor", "issued"),
    "broadcast": ("title", "issued"),
    "chapter": ("title", "author", "container_title", "issued"),
    "collection": ("title", "editor|author", "issued"),
    "dataset": ("title", "author|publisher", "issued"),
    "entry-dictionary": ("title", "container_title"),
    "entry-encyclopedia": ("title", "container_title"),
    "legislation": ("title", "issued"),
    "paper-conference": ("title", "author", "container_title", "issued"),
    "patent": ("title", "author", "issued"),
    "post": ("title", "url"),
    "post-weblog": ("title", "url"),
    "report": ("title", "author|publisher", "issued"),
    "review": ("author", "container_title", "issued"),
    "review-book": ("author", "container_title", "issued"),
    "software": ("title", "author|publisher"),
    "speech": ("title", "author", "issued"),
    "thesis": ("title", "author", "publisher", "issued"),
    "treaty": ("title", "issued"),
    "webpage": ("title", "url"),
}

_WORDS = {
    "container_title": "the title of what it appeared in",
    "issued": "a date",
    "author|editor": "an author or editor",
    "editor|author": "an editor or author",
    "author|publisher": "an author or publisher",
    "title": "a title",
    "author": "an author",
    "publisher": "a publisher",
    "url": "an address",
}

#: What appears on a day, not with the date of an issue to come.
_OF_THE_DAY = frozenset("article-newspaper broadcast post post-weblog webpage interview".split())
#: Kinds that are older than printing by right.
_OLD = frozenset("classic manuscript treaty legislation graphic figure map collection".split())
#: Printing with movable type in Europe.
_FIRST_PRINT = 1440
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_RANGE = re.compile(
    r"^\s*([^\W\d_]{0,3}?)(\d+|[ivxlcdm]+)\s*[-\u2010-\u2015]+\s*([^\W\d_]{0,3}?)(\d+|[ivxlcdm]+)\s*$", re.IGNORECASE
)


def check(
    library: Library,
    *,
    web: Web,  # noqa: ARG001 - the shelf's face
    settings: CheckSettings,  # noqa: ARG001
    progress: Progress | None = None,  # noqa: ARG001
) -> Report:
    """Look at the fields of every reference."""
    today = datetime.now(UTC).date()
    return Report(findings=tuple(finding for reference in library for finding in check_fields(reference, today=today)))


def check_fields(reference: Reference, *, today: date) -> Iterator[Finding]:
    """Look at the fields of one reference, and give what is wrong.

    >>> [f.code for f in check_fields(Reference(kind="webpage", title="A", page="20-10"), today=date(2026, 1, 1))]
    ['AB205', 'AB207']
    """
    looks = (
        ("AB205", "", _missing(reference)),
        ("AB206", "accessed", _odd_access(reference, today)),
        ("AB206", "issued", _odd_date(reference, today)),
        ("AB207", "page", _odd_pages(reference.page)),
        ("AB203", "isbn", _wrong_number(reference.isbn, "ISBN", is_isbn)),
        ("AB204", "issn", _wrong_number(reference.issn, "ISSN", is_issn)),
    )
    for code, field, message in looks:
        if message:
            yield Finding.of(code, message, origin=field_origin(reference.origin, field), reference=reference.id)
    if reference.doi and not is_doi(reference.doi):
        yield invalid_doi(reference)
    for url in dict.fromkeys((reference.url, reference.archive_url)):
        if url and isinstance(read_address(url), BadAddress):
            yield invalid_url(reference, url)


def _missing(reference: Reference) -> str:
    gaps = [
        _WORDS.get(names, names)
        for names in REQUIRED.get(reference.kind, ())
        if not any(getattr(reference, name) for name in names.split("|"))
    ]
    # CSL names the general before the special: article-journal, paper-conference, review-book.
    kind = " ".join(reversed(reference.kind.replace("_", " ").split("-")))
    return f"This {kind} lacks {_listed(gaps)}." if gaps else ""


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _odd_access(reference: Reference, today: date) -> str:
    accessed = reference.accessed
    is_odd = accessed and accessed.year and _first_day(accessed) > _parts(_tomorrow(today))
    return f"The date of access, {accessed}, lies in the future." if is_odd else ""


def _tomorrow(today: date) -> date:
    return today + timedelta(days=1)  # somewhere it is tomorrow already


def _odd_date(reference: Reference, today: date) -> str:
    issued = reference.issued
    if not issued or issued.year is None:
        return ""
    # Issues of journals and books are dated ahead by months, news and pages are not.
    dated = issued.day and reference.kind in _OF_THE_DAY
    latest = _tomorrow(today) if dated else today + timedelta(days=365)
    if _first_day(issued) > _parts(latest):
        return f"The date, {issued}, lies in the future."
    if issued.year < _FIRST_PRINT and reference.kind not in _OLD:
        return f"The date, {issued}, lies before printing."
    end = issued.end
    if end and end.year is not None and _last_day(end) < _first_day(issued):
        return f"The date, {issued}, ends before it begins."
    return ""


def _first_day(value: PartialDate) -> tuple[int, int, int]:
    month = value.month or (value.season - 1) * 3 + 1 if value.season else value.month
    return (value.year or 0, month or 1, value.day or 1)


def _last_day(value: PartialDate) -> tuple[int, int, int]:
    return (value.year or 0, value.month or 12, value.day or 31)


def _parts(day: date) -> tuple[int, int, int]:
    return (day.year, day.month, day.day)


def _odd_pages(pages: str) -> str:
    for part in re.split(r"[,;&]", pages):
        match = _RANGE.match(part)
        if not match:
            continue
        before, first, before_end, last = match.groups()
        if before_end and before_end.lower() != before.lower():
            continue  # A12-B3 leads from one part of a paper to another
        begin, end = _page_number(first), _page_number(last)
        if begin is None or end is None or first.isdigit() != last.isdigit():
            continue
        if last.isdigit() and len(last) < len(first):
            end = int(first[: -len(last)] + last)  # 234-45 is short for 234-245
        if end < begin:
            return f"The pages {part.strip()} end before they begin."
    return ""


def _page_number(text: str) -> int | None:
    if text.isdecimal():
        return int(text[:18])
    values = [_ROMAN[letter] for letter in text.lower() if letter in _ROMAN]
    if len(values) != len(text):
        return None
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _wrong_number(text: str, name: str, is_right: Callable[[str], bool]) -> str:
    return f"The {name} {text} has a wrong check digit or a wrong length." if text and not is_right(text) else ""
