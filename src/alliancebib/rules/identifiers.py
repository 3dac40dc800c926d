"""Rule: DOIs bare and in lower case; ISBN and ISSN looked at.

A DOI in any form comes out bare. An address of the DOI system in ``url`` gives the DOI, and ``url`` is emptied where it
says no more than ``doi`` does: the address is made from the DOI by whoever writes it. What is no DOI goes into the note
(AB201). ISBN (AB203) and ISSN (AB204) are kept as given.
"""

from __future__ import annotations

import re

from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.rules._addresses import archived_in, bare_doi, doi_in_address, tidy_address
from alliancebib.rules._text import clean_line, noted

__all__ = ["apply"]

_ISBN = re.compile(r"\d{9}[\dXx]|\d{13}")
_ISSN = re.compile(r"\d{7}[\dXx]")
_LABEL = re.compile(r"(?:e-?|p-?)?IS[BS]N(?:-1[03])?(?=[\s:\d])", re.IGNORECASE)
_JOINTS = re.compile(r"[\s‐-―-]")
_NUMBER = re.compile(r"\d[\d\s‐-―-]{0,40}[\dXx]")


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the DOI and look at the numbers of a reference.

    >>> tidy, _ = apply(Reference(url="https://doi.org/10.1093/CJIP/POY008"))
    >>> tidy.doi, tidy.url
    ('10.1093/cjip/poy008', '')
    """
    changes, faults = _doi(reference)
    reference = reference.amended("identifiers", changes)
    faults += [
        (code, f"The {name} {text} has a wrong check digit or a wrong length.")
        for code, name, text, form in (
            ("AB203", "ISBN", reference.isbn, _ISBN),
            ("AB204", "ISSN", reference.issn, _ISSN),
        )
        if text.strip() and not _all_right(text, form)
    ]
    findings = (Finding.of(code, message, origin=reference.origin, reference=reference.id) for code, message in faults)
    return reference, tuple(findings)


def _doi(reference: Reference) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """Say what changes, and what is wrong."""
    changes: dict[str, object] = {}
    faults: list[tuple[str, str]] = []
    doi = bare_doi(reference.doi)
    if not doi and clean_line(reference.doi):
        changes["note"] = noted(reference.note, "DOI as given", reference.doi)
        faults.append(("AB201", f"`{reference.doi}` is not a DOI."))
    archived = doi_in_address(reference.archive_url) if archived_in(tidy_address(reference.archive_url)) else ""
    addressed = doi_in_address(reference.url)
    doi = doi or addressed or archived
    if doi != reference.doi:
        changes["doi"] = doi
    if addressed and addressed == doi and not archived_in(tidy_address(reference.url)):
        changes["url"] = ""
    return changes, faults


def _all_right(text: str, form: re.Pattern[str]) -> bool:
    """Say whether a text is one number or several, each with the right check digit (ISO 2108, ISO 3297)."""
    parts = re.split(r"[,;/]|\band\b", _LABEL.sub(" ", text))
    numbers = [number for part in parts for number in _numbers(part, form)]
    return bool(numbers) and all(form.fullmatch(number) and _has_check_digit(number) for number in numbers)


def _numbers(part: str, form: re.Pattern[str]) -> list[str]:
    """Give the numbers of a part without hyphens; a space stands within a number or between two."""
    words = [_JOINTS.sub("", word) for word in part.split() if any(sign.isdecimal() for sign in word)]
    if words and all(form.fullmatch(word) for word in words):
        return words
    found = [_JOINTS.sub("", number) for number in _NUMBER.findall(part)]
    return [number for number in found if len(number) >= 7] or found  # "(vol. 12)" is no identifier


def _has_check_digit(number: str) -> bool:
    """Weigh the digits: 1 and 3 in turn for thirteen of them, else falling weights modulo eleven, X for ten."""
    digits = [10 if digit in "Xx" else int(digit) for digit in number]
    if len(digits) == 13:
        return sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    return sum(digit * (len(digits) - place) for place, digit in enumerate(digits)) % 11 == 0
