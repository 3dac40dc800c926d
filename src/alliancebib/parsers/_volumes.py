"""Volume, issue and pages in stretches that are known to hold them: "33(2-3):1-9", "Jg. 12, Heft 3", "pp. 45–67"."""

from __future__ import annotations

import re

from alliancebib.parsers._numbers import tidy_pages

__all__ = ["page_count", "read_around_year", "read_pages", "read_volume", "volume_count"]

_DASH = "-‐‑‒–—−"
_NUMBER = r"[A-Z]{0,4}-?\d{1,6}[A-Za-z]?|[IVXLCDM]{1,8}\b"
_SPAN = rf"(?:{_NUMBER})(?:\s?[{_DASH}/]\s?\d{{1,6}}[A-Za-z]?)?"
_ISSUE_WORD = re.compile(
    r"\b(?:no|nos|nr|num(?:ber)?|núm|n|iss(?:ue)?|heft|h|fasc|вып|выпуск|quaderno)\b\.?\s*[°º]?|№|\bn\s?[°º]\.?",
    re.IGNORECASE,
)
#: "24 Suppl 1", "7, Pt. 2": without its word the number would be that of an issue.
_SUPPLEMENT = re.compile(r"\b(?:s[uú]ppl(?:ement)?|pt|part)\b\.?\s*\d{0,4}[A-Z]?\b", re.IGNORECASE)
_VOLUME_WORD = re.compile(
    r"\b(?:vols?|volumes?|bde?|band|jg|jahrgang|tom[eo]?|t|v|annata|anno|deel|том|т)\b\.?", re.IGNORECASE
)
_BEHIND_COLON = re.compile(rf"(?<=[\d)])\s?:\s?(?P<page>[A-Za-z]?\d[{_DASH}\d\s]*[A-Za-z]?)")
_BRACKETED = re.compile(rf"(?:(?P<volume>{_SPAN})\s*)?[(\[]\s*(?P<issue>[^()\[\]]{{1,40}})\s*[)\]]")
_DIVIDED = re.compile(rf"(?P<volume>{_NUMBER})\s*[./,;]\s*(?P<issue>{_SPAN})")
_ONE = re.compile(_SPAN)
_BEFORE_DIGIT = re.compile(rf"\s?[{_DASH}]\s?(?=\d)")
#: As physicists write it: "A30(2015)1530022".
_AROUND_YEAR = re.compile(
    rf"(?:(?:(?P<volume>{_SPAN})\s*)?[(\[]\s*|^\W*)(?P<issued>(?:1[5-9]|20)\d\d)\s*[a-z]?\s*[)\]]\s*[,:]?\s*(?P<page>[A-Za-z]?\d[{_DASH}\w]*)?"
)
_PAGES = re.compile(
    rf"(?P<page>[A-Za-z]{{0,3}}\.?\d[\w.]{{0,9}}(?:\s?[{_DASH}]+\s?[A-Za-z]{{0,2}}\d{{1,6}}[A-Za-z]?)?(?:\s?,\s?\d+(?:\s?[{_DASH}]+\s?\d+)?)*|"
    rf"[ivxlc]+\s?[{_DASH}]+\s?[ivxlc\d]+)"
)
_COUNT = re.compile(r"(?P<count>\d{1,5})\s?(?:pp?|pages?|s|S|Seiten|pagine|с|стр)\b\.?")
_VOLUME_COUNT = re.compile(
    r"(?<![\d.])(?P<count>\d{1,2})\s(?:vols|volumes|vol|Bde|Bände|tomes|tomos|tomi|т|тт)\b\.?(?!\s?\d)", re.IGNORECASE
)
#: "D78,114014": a volume and an article's number, which is longer than a page's.
_VOLUME_AND_PAGE = re.compile(r"(?P<volume>[A-Z]\s?\d{1,4}|\d{1,3})\s?,\s?(?P<page>\d{4,})")
_TIED = re.compile(r"[\d)]\s?:\s?[A-Za-z]?\d")
_PAGE_SPAN = re.compile(rf"\d\s?[{_DASH}]\s?\d")


def read_volume(text: str) -> dict[str, str]:
    """Read what a stretch says of volume and issue, and of pages and year (``issued``) where they are tied to it.

    >>> read_volume("33(2-3):1-9,"), read_volume("Jg. 12, Heft 3")
    ({'volume': '33', 'issue': '2-3', 'page': '1-9'}, {'volume': '12', 'issue': '3'})
    """
    if around := read_around_year(text):
        return around
    found: dict[str, str] = {}
    if ":" in text and (tied := _BEHIND_COLON.search(text)):
        found["page"] = tidy_pages(tied["page"])
        text = text[: tied.start()]
    if "(" not in text and (more := _SUPPLEMENT.search(text)):
        head = _ONE.search(_VOLUME_WORD.sub(" ", text[: more.start()]))
        return _filled(head[0] if head else "", more[0], found)
    issue = _ISSUE_WORD.search(text)
    number = _ONE.search(text, issue.end()) if issue else None
    if issue and number and not text[issue.end() : number.start()].strip(" (["):
        head = _ONE.search(_VOLUME_WORD.sub(" ", text[: issue.start()]))
        return _filled(head[0] if head else "", number[0], found)
    text = _VOLUME_WORD.sub(" ", text)
    if match := _BRACKETED.search(text):
        return _filled(match["volume"] or "", _ISSUE_WORD.sub("", match["issue"]), found)
    if match := _DIVIDED.search(text):
        return _filled(match["volume"], match["issue"], found)
    match = _ONE.search(text)
    return _filled(match[0] if match else text.strip(" .,;:()[]"), "", found)


def _filled(volume: str, issue: str, found: dict[str, str]) -> dict[str, str]:
    pairs = {"volume": _tidy(volume), "issue": _tidy(issue), **found}
    return {field: value for field, value in pairs.items() if value}


def _tidy(text: str) -> str:
    return _BEFORE_DIGIT.sub("-", text.strip(" .,;:"))


def read_around_year(text: str) -> dict[str, str]:
    """Read what is tied to a year in brackets.

    >>> read_around_year("A30(2015)1530022"), read_around_year("(1967),377")
    ({'volume': 'A30', 'issued': '2015', 'page': '1530022'}, {'issued': '1967', 'page': '377'})
    """
    if ")" not in text and "]" not in text:
        return {}
    around = _AROUND_YEAR.search(text)
    return {field: tidy_pages(value) for field, value in around.groupdict().items() if value} if around else {}


def read_pages(text: str) -> dict[str, str]:
    """Read pages; a volume tied to them by a colon comes with them.

    >>> read_pages("pp. 283 – 304."), read_pages("12:345-67")
    ({'page': '283-304'}, {'volume': '12', 'page': '345-67'})
    >>> read_pages("36(4):461–95.")
    {'volume': '36', 'issue': '4', 'page': '461-95'}
    """
    if _TIED.search(text) or read_around_year(text):
        return read_volume(text)
    if pair := _VOLUME_AND_PAGE.fullmatch(text.strip(" .,;:()")):
        return pair.groupdict()
    match = _PAGES.search(text)
    return {"page": tidy_pages(match["page"]).rstrip(".")} if match else {}


def volume_count(text: str) -> str:
    """Give the number of volumes that a work has, if it is that; else the empty text.

    >>> volume_count("3 vols."), volume_count("Vol. 3")
    ('3', '')
    """
    match = _VOLUME_COUNT.search(text)
    return match["count"] if match else ""


def page_count(text: str) -> str:
    """Give the number of pages that a book has, if it is that; else the empty text.

    >>> page_count("320 S."), page_count("S. 320")
    ('320', '')
    """
    match = _COUNT.search(text)
    return match["count"] if match and not _PAGE_SPAN.search(text) else ""
