"""Addresses and DOIs as people copy them: cut free of the sentence around them, and told apart.

Text comes in; an absolute http(s) address, a bare DOI, or "" goes out. Two rules look at addresses; here they see the
same thing.
"""

from __future__ import annotations

import re

from alliancebib.identifiers import doi_of, doi_of_address
from alliancebib.identifiers.dois import cut_free
from alliancebib.web.address import BadAddress, read_address

__all__ = ["archived_in", "doi_in_address", "tidy_address", "without_remark"]

_EDGES = " \t\r\n\x0b\x0c\xa0\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WRAPPED = re.compile(r"(?:URL:?\s*)?<\s*(?:URL:)?([^<>]*)>[.,;]?", re.IGNORECASE)
#: What people write behind an address: when they saw it, a second address.
_REMARK = re.compile(
    r"[.,;]?\s+(?:[(\[]?\s?(?:last\s)?(?:accessed|retrieved|viewed|visited|archived|abgerufen|zugriff|consulté|accès|дата"
    r"\sобращения)\b|(?:(?:and|und|et|or|&)\s)?https?://).*",
    re.IGNORECASE | re.DOTALL,
)
_DOUBLED = re.compile(r"https?:/{0,2}(?=https?:/)", re.IGNORECASE)
#: https://archive.org/help/wayback_api.php; two letters and "_" after the time choose a view of the same page.
_WAYBACK = re.compile(
    r"https?://(?:web\.|www\.|wayback\.)?archive\.org/(?:web/)?\d{4,14}\*?(?:[a-z]{2}_)?/(\S+)", re.IGNORECASE
)


def tidy_address(text: str) -> str:
    """Cut an address free of the sentence around it, and complete ``www.``; else nothing is changed.

    White space within is percent-encoded: no address has any. What comes out may still be no address.

    >>> tidy_address("<www.example.org/a_(b)>."), tidy_address("https://example.org/a?utm_source=x).")
    ('https://www.example.org/a_(b)', 'https://example.org/a?utm_source=x')
    """
    previous = None
    while text != previous:
        previous = text
        text = text.strip(_EDGES)
        wrapped = _WRAPPED.fullmatch(text)
        text = cut_free(wrapped[1] if wrapped else text)
    text = _DOUBLED.sub("", text)  # "http://https://" is made by forms that put a scheme in front of everything
    if re.match(r"www\.[\w-]", text, re.IGNORECASE):
        text = f"https://{text}"
    elif re.match(r"//[\w-]+\.[\w-]", text):
        text = f"https:{text}"
    return re.sub(r"\s+", "%20", text)


def without_remark(text: str) -> str:
    """Give an address without what people wrote behind it; text that does not begin like an address stays.

    >>> without_remark("https://example.org/a, accessed 3 May 2023"), without_remark("https://example.org/A (b)")
    ('https://example.org/a', 'https://example.org/A (b)')
    """
    bare = text.strip(_EDGES)
    return _REMARK.sub("", bare) if re.match(r"<?(?:https?://|www\.)\S", bare, re.IGNORECASE) else text


def is_address(text: str) -> bool:
    """Say whether a text is an absolute http or https address."""
    return not isinstance(read_address(text), BadAddress)


def archived_in(url: str) -> str:
    """Give the address that an address of the Wayback Machine shows; "" for other addresses.

    >>> archived_in("https://web.archive.org/web/20200101000000/http://odkb-csto.org/")
    'http://odkb-csto.org/'
    """
    match = _WAYBACK.fullmatch(url)
    if match is None:
        return ""
    original = re.sub(r"^(https?):/{1,2}(?=[^/])", r"\1://", match[1], flags=re.IGNORECASE)
    original = original if re.match(r"https?://", original, re.IGNORECASE) else f"http://{original}"
    return original if is_address(original) else ""


def doi_in_address(url: str) -> str:
    """Give the DOI that an address stands for: one of the DOI system, or an archived page of it.

    >>> doi_in_address("dx.doi.org/10.1146/X"), doi_in_address("https://www.tandfonline.com/doi/10.1080/1")
    ('10.1146/x', '')
    """
    address = tidy_address(url)
    address = archived_in(address) or address
    return doi_of_address(address) or ("" if "/" in address.partition("10.")[0] else doi_of(address))
