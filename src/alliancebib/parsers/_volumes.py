"""Volume, issue and pages in stretches that are known to hold them: "33(2-3):1-9", "Jg. 12, Heft 3", "pp. 45–67"."""

from __future__ import annotations

import re

from alliancebib.parsers._numbers import tidy_pages

__all__ = [
    "issue_behind_year",
    "page_count",
    "read_around_year",
    "read_pages",
    "read_volume",
    "volume_count",
    "volume_of_others",
]

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
#: Pages behind "89:1, " or "3:4 (Winter 1984), ": then the number behind the colon is that of the issue.
_ISSUE_AND_PAGES = re.compile(
    rf"\s{{0,2}}(?:\([^()]{{4,24}}\)|,\s(?:19|20)\d\d)?[,:]?\s{{0,2}}(?:pp?\.\s?|S\.\s?)?\d{{1,5}}\s?[{_DASH}]{{1,3}}\s?\d{{1,5}}(?!\d)"
)
#: "3/2009", "Nr. 4/2011": an issue and its year.
_ISSUE_OF_YEAR = re.compile(
    r"[\s,(]{0,4}(?:(?:[Nn][or]|[Nn]úm|[Nn]|Heft|H)\.?\s?[°º]?\s?)?(?P<issue>\d{1,2}(?:[-–]\d{1,2})?)\s?/\s?(?P<issued>(?:19|20)\d\d)[\s.,;:)]{0,4}"
)
_ISSUE_ALONE = re.compile(r"\d{1,3}")
#: "3 vols.": how many there are.
_HOW_MANY = re.compile(r"[\s,(]{0,4}(?P<count>\d{1,3})\s?(?:vols?|volumes|Bde|Bände|tomes|tomos|tomi)\b[\s.,;:)]{0,4}")
#: "c. 11, s. 2": volume and issue in Turkish, whose pages have "ss.".
_CILT = re.compile(r"\b[Cc](?:ilt)?\.?\s?[\dIVXL]{1,5}\s?,\s?$")
_SAYI = re.compile(r"\s{0,2}[Ss](?:ayı)?\.?\s?(?P<issue>\d{1,3}(?:/\d{1,3})?)[\s.,;:]{0,3}")
#: "64 (2009) 4": the year in brackets before the issue.
_YEAR_BEFORE = re.compile(r"\((?:18|19|20)\d\d\)[\s,]{0,2}$")
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


def read_volume(text: str, behind: str = "") -> dict[str, str]:  # noqa: PLR0911 - one way out for each form
    """Read what a stretch says of volume and issue, and of pages and year (``issued``) where they are tied to it.

    Of what stands ``behind`` it only pages are looked for: where they are, no number before them is that of a page.

    >>> read_volume("33(2-3):1-9,"), read_volume("Jg. 12, Heft 3")
    ({'volume': '33', 'issue': '2-3', 'page': '1-9'}, {'volume': '12', 'issue': '3'})
    >>> read_volume("89:1", ", 53-68.")
    {'volume': '89', 'issue': '1'}
    """
    if around := _ISSUE_OF_YEAR.fullmatch(text):
        return around.groupdict()
    if around_year := read_around_year(text):
        return around_year
    found: dict[str, str] = {}
    if ":" in text and (tied := _BEHIND_COLON.search(text)):
        number, rest = tied["page"].strip(), text[tied.end() :] + behind
        text = text[: tied.start()]
        an_issue = ")" not in text and _ISSUE_ALONE.fullmatch(number) and _ISSUE_AND_PAGES.match(rest)
        found["issue" if an_issue else "page"] = tidy_pages(number)
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


def volume_of_others(text: str, before: str) -> dict[str, str]:
    """Read a number that is not that of a volume of the work: how many there are, or which one of a series it is.

    >>> volume_of_others("3 vols.", ""), volume_of_others("Bd. 3).", "Ein Titel (= Kieler Analysen, ")
    ({'number-of-volumes': '3'}, {'collection-number': '3'})
    """
    if how_many := _HOW_MANY.fullmatch(text):
        return {"number-of-volumes": how_many["count"]}
    if "(=" in before and before.rpartition("(")[2].startswith("=") and (number := read_volume(text).get("volume")):
        return {"collection-number": number}
    return {}


def issue_behind_year(text: str, before: str) -> str:
    """Give the issue where it stands behind the volume's year; "" where no year stands before the number.

    >>> issue_behind_year("4,", "Politik 64 (2009) "), issue_behind_year("4,", "Politik 64, ")
    ('4', '')
    """
    number = text.strip(" .,;:")
    return number if number.isdigit() and len(number) < 4 and _YEAR_BEFORE.search(before[-10:]) else ""


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


def read_pages(text: str, before: str = "") -> dict[str, str]:
    """Read pages; a volume tied to them by a colon comes with them, and what stands ``before`` may say it is an issue.

    >>> read_pages("pp. 283 – 304."), read_pages("12:345-67")
    ({'page': '283-304'}, {'volume': '12', 'page': '345-67'})
    >>> read_pages("36(4):461–95.")
    {'volume': '36', 'issue': '4', 'page': '461-95'}
    """
    if _CILT.search(before[-16:]) and (number := _SAYI.fullmatch(text)):
        return number.groupdict()
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
