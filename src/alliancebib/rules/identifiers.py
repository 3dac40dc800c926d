"""Rule: DOIs bare and in lower case, ISBNs and ISSNs with their check digits looked at.

A DOI that stands in the address field goes into its own; the address is then left out, being the same thing twice,
except for web pages, which need one. What is no DOI leaves its field and is kept in ``extra``
(``alliancebib:doi``); numbers with a wrong digit stay where they are, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.rules._fields import found, moved_out

__all__ = ["apply", "bare_doi"]

_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org", "www.dx.doi.org"})
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_BEFORE = re.compile(
    r"(?:https?:/+)?(?:(?:www\.)?(?:dx\.)?doi\.org/+)|(?:info:|urn:)?doi(?:\s?[:=]\s?|\s(?=10\.))|info:hdl/|doi(?=10\.)",
    re.IGNORECASE,
)
_QUERY = re.compile(r"\?[\w.-]+=\S*$")
#: What PubMed and others write behind a DOI.
_AFTER = re.compile(r"\s*(?:\[doi\]|\(doi\)|\[pii\].*)$", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
#: Kinds that are nothing without their address.
_ADDRESSED = frozenset({"webpage", "post", "post-weblog"})
_ISBN = re.compile(r"\d{9}[\dXx]|\d{13}")
_ISSN = re.compile(r"\d{7}[\dXx]")
_NUMBER = re.compile(r"\d[\d\s\u2010-\u2015-]*[\dXx]")
_JOINTS = re.compile(r"[\s\u2010-\u2015-]")
_NAME = re.compile(r"^\s*(?:e-?|p-?)?(?:ISBN|ISSN)(?:-1[03])?\s*:?\s*(?=\d)", re.IGNORECASE)


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the identifiers of a reference.

    >>> new, _ = apply(Reference(doi="https://doi.org/10.1080/14631377.2020.1800316"))
    >>> new.doi
    '10.1080/14631377.2020.1800316'
    """
    changes: dict[str, object] = {"isbn": _tidy_isbn(reference.isbn), "issn": _tidy_issn(reference.issn)}
    findings = [*_wrong_numbers(reference, str(changes["isbn"]), str(changes["issn"]))]
    doi = bare_doi(reference.doi)
    if reference.doi and not doi:
        findings.append(found(reference, "AB201", f"`{reference.doi}` is not a DOI."))
        changes["extra"] = moved_out(reference, "doi", reference.doi, extra=reference.extra)
    addressed = bare_doi(reference.url) if _is_doi_address(reference.url) else ""
    changes["doi"] = doi or addressed
    if addressed and addressed == changes["doi"] and reference.kind not in _ADDRESSED:
        changes["url"] = ""
    return reference.amended("identifiers", changes), tuple(findings)


def bare_doi(text: str) -> str:
    """Give the DOI that a text is, in whatever form; "" where it is none.

    >>> bare_doi("doi:10.1002/(SICI)1096-8644(199601)99:1<1::AID-1>3.0.CO;2-1")
    '10.1002/(sici)1096-8644(199601)99:1<1::aid-1>3.0.co;2-1'
    >>> bare_doi("http://dx.doi.org/10.1093%2Fcjip%2Fpoy008."), bare_doi("10.1093")
    ('10.1093/cjip/poy008', '')
    """
    while True:
        new = _unwrapped(text)
        if new == text:
            break
        text = new
    return text.lower() if _DOI.fullmatch(text) else ""


def _unwrapped(text: str) -> str:
    """Take off one layer: blanks, a prefix, percent signs, what belongs to the sentence behind."""
    text = _AFTER.sub("", text.strip(" \t\n\u00a0\"'“”‘’«»"))
    if match := _BEFORE.match(text):
        if "://" in match[0] or "/" in match[0]:
            text = _QUERY.sub("", text)
        text = text[match.end() :]
    if re.search(r"%[0-9A-Fa-f]{2}", text):
        text = unquote(text)
    while text and (text[-1] in ".,;:!?…" or _is_unpaired(text)):
        text = text[:-1]
    return text.removeprefix("<") if text.startswith("<") and ">" not in text else text


def _is_unpaired(text: str) -> bool:
    opening = _PAIRS.get(text[-1])
    return bool(opening) and text.count(text[-1]) > text.count(opening or "")


def _is_doi_address(url: str) -> bool:
    try:
        return (urlsplit(url.strip()).hostname or "") in _HOSTS
    except ValueError:
        return False


def _wrong_numbers(reference: Reference, isbn: str, issn: str) -> list[Finding]:
    looks = (("AB203", "ISBN", isbn, _ISBN, _has_isbn_digit), ("AB204", "ISSN", issn, _ISSN, _has_issn_digit))
    return [
        found(reference, code, f"The {name} {text} has a wrong check digit or a wrong length.")
        for code, name, text, form, is_right in looks
        if text and not _all_right(text, form, is_right)
    ]


def _tidy_isbn(text: str) -> str:
    return re.sub(r"[\u2010-\u2015]", "-", _NAME.sub("", text)).strip()


def _tidy_issn(text: str) -> str:
    tidy = re.sub(r"[\u2010-\u2015]", "-", _NAME.sub("", text)).strip()
    bare = tidy.replace("-", "").replace(" ", "").upper()
    whole = _ISSN.fullmatch(bare) and _has_issn_digit(bare)
    return f"{bare[:4]}-{bare[4:]}" if whole else tidy


def _all_right(text: str, form: re.Pattern[str], is_right: Callable[[str], bool]) -> bool:
    """Say whether every number of a text has the form and the digit that it should have; there must be one."""
    joined = [
        _JOINTS.sub("", number) for part in re.split(r"[,;/]|\band\b", text) for number in _NUMBER.findall(part)
    ]
    numbers = [
        piece for number in joined for piece in ([number] if form.fullmatch(number) else form.findall(number) or [number])
    ]
    return bool(numbers) and all(form.fullmatch(number) and is_right(number) for number in numbers)


def _has_isbn_digit(digits: str) -> bool:
    if len(digits) == 10:
        return _weighted(digits) % 11 == 0
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _has_issn_digit(digits: str) -> bool:
    return _weighted(digits) % 11 == 0


def _weighted(digits: str) -> int:
    """Sum the digits by weights that fall to 1; X counts ten (ISO 2108, ISO 3297)."""
    return sum(
        (10 if digit in "Xx" else int(digit)) * (len(digits) - place) for place, digit in enumerate(digits)
    )
