"""DOIs, in every form in which people and programs write them: the one place that reads them.

Four questions, from strict to lenient: is a text a DOI (`is_doi`), which DOI does a record state (`without_resolver`),
which one does an address stand for (`doi_of_address`), which one does a text state (`doi_of` all of it, `doi_in` some
part of it). A DOI may hold almost any sign (``<>;()`` in those of old journals), so that little can be cut off.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

__all__ = ["cut_free", "doi_in", "doi_of", "doi_of_address", "is_doi", "without_resolver"]

#: The prefix is "10." and a registrant's number, which may be divided (DOI Handbook, 2.2.2); the suffix is anything.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_IN_TEXT = re.compile(rf"(?<![\d.]){_DOI.pattern}")
_RESOLVER = re.compile(r"^(?:https?://(?:[\w-]+\.)*doi\.[\w.-]+/|doi:\s*)", re.IGNORECASE)
#: The DOI system, also through a library's proxy, which writes the host behind (doi.org.ezproxy.example.edu) or makes
#: one name of it (doi-org.proxy.example.edu).
_SYSTEM = re.compile(
    r"(?:https?:/{0,2})?(?:www[.-])?(?:dx[.-])?doi[.-]org(?:[.-][\w.-]+)?(?::\d+)?/+(?=10(?:\.|%2e))", re.IGNORECASE
)
#: The same with what some publishers have (doi.wiley.com, doi.apa.org).
_HOST = re.compile(
    rf"(?:{_SYSTEM.pattern}|https?://(?:[\w-]+\.)*doi(?:[.-][\w-]+)+(?::\d+)?/+(?=10(?:\.|%2e)))", re.IGNORECASE
)
#: A page on which one logs in, with the address that one wants behind it.
_LOGIN = re.compile(r"https?://[^\s?#]+\?(?:[^\s#]*&)?q?url=(?=https?(?::|%3a))", re.IGNORECASE)
_LABEL = re.compile(r"(?:doi|info:doi/|urn:doi:)(?:\s*[:=.])*\s*(?=10[.%]|https?:|[\w.-]*doi)", re.IGNORECASE)
#: What follows a DOI in an address; the numbers of old journals may end in ";2-#".
_QUERY = re.compile(r"(?<!;\d-)[?#].*", re.DOTALL)
#: What services and mailings put behind addresses to count readers; it stays when an address is cut to its DOI.
_TRACKING = re.compile(
    r"[?&](?:utm_\w+|fbclid|gclid|mc_[ce]id|casa_token|journalcode|needaccess|nosfx|via|ref|src|source)=\S*",
    re.IGNORECASE,
)
_SICI = re.compile(r"\(sici\)|\d{4}-\d{3}[\dx]\(", re.IGNORECASE)
#: Ends of publishers' addresses that lead to one form of the work, not to another work.
_VIEW = re.compile(r"(?:/(?:full|pdf|abstract|epdf|html|fulltext)|\.pdf)$", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EDGES = " \t\r\n\x0b\x0c\xa0\u00ad\u200b\u200c\u200d\u2060\ufeff<\"'“‘«"
_PUNCTUATION = ".,;:!'\"’”“»…"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def is_doi(text: str) -> bool:
    """Say whether a text is a bare DOI and nothing else.

    >>> is_doi("10.1002/(SICI)1096-8644(199601)99:1<1::AID-1>3.0.CO;2-1"), is_doi("doi:10.1093/cjip/poy008")
    (True, False)
    """
    return _DOI.fullmatch(text) is not None


def without_resolver(text: str) -> str:
    """Give the DOI that a record states without address or label, in lower case; other text only in lower case.

    Records of services hold what was registered: no sign of it is punctuation of somebody else's.

    >>> without_resolver("https://doi.org/10.1093/CJIP/poy008")
    '10.1093/cjip/poy008'
    """
    return _RESOLVER.sub("", text.strip()).lower()


def doi_of_address(url: str) -> str:
    """Give the DOI that an address of the DOI system stands for, also through a library's proxy; "" for all others.

    >>> doi_of_address("https://dx.doi.org/10.1080%2F14631377.2020.1800316?utm_source=x")
    '10.1080/14631377.2020.1800316'
    >>> doi_of_address("https://doi-org.proxy.example.edu/10.5555/GOOD"), doi_of_address("https://example.org/10.5555/1")
    ('10.5555/good', '')
    """
    address = _behind_login(url)
    host = _SYSTEM.match(address)
    if host is None:
        return ""
    doi = unquote(_QUERY.sub("", address[host.end() :])).strip("/ ").lower()
    return doi if is_doi(doi) else ""


def doi_of(text: str) -> str:
    """Give the DOI that a text states and nothing else: bare, with a label, as an address; "" where it is none.

    >>> [doi_of(text) for text in ("DOI 10.5555/Good", "doi:10.5555/good.", "https://doi.wiley.com/10.5555%2Fgood#a")]
    ['10.5555/good', '10.5555/good', '10.5555/good']
    >>> doi_of("10.1002/(SICI)1096-8644(199601)99:1<1::AID-1>3.0.CO;2-#"), doi_of("see 10.5555/good")
    ('10.1002/(sici)1096-8644(199601)99:1<1::aid-1>3.0.co;2-#', '')
    """
    if is_doi(bare := text.strip().lower()):
        return bare
    rest = _INVISIBLE.sub("", text).lstrip(_EDGES).rstrip()
    if label := _LABEL.match(rest):
        rest = rest[label.end() :]
    rest = _behind_login(rest)
    if host := _HOST.match(rest):
        rest = _QUERY.sub("", rest[host.end() :])
    return _finished(_decoded(rest))


def doi_in(text: str) -> str:
    """Give the DOI that stands somewhere in a text, bare and in lower case; "" where there is none.

    >>> doi_in("https://doi.org/10.1080%2F14631377.2020.1800316."), doi_in("see doi: 10.1093/CJIP/poy008)")
    ('10.1080/14631377.2020.1800316', '10.1093/cjip/poy008')
    >>> doi_in("10.1002/(SICI)1097-0258(19980815/30)17:15/16&lt;1661::AID-SIM968&gt;3.0.CO;2-2")
    '10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2'
    """
    if not is_doi(text.strip()) and (whole := doi_of(text)):
        return whole
    text = _decoded(text)
    match = _IN_TEXT.search(text)
    if match is None:
        return ""
    doi = match[0]
    if text[: match.start()].endswith("/") and not _SICI.search(doi):
        doi = _VIEW.sub("", re.split(r"[?#]", doi)[0])
    return _finished(doi)


def cut_free(text: str) -> str:
    """Cut punctuation off the end, and closing brackets that nothing opened.

    >>> cut_free("https://example.org/a_(b).)")
    'https://example.org/a_(b)'
    """
    surplus = {closing: text.count(closing) - text.count(opening) for closing, opening in _PAIRS.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if last in _PAIRS and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _PUNCTUATION:
            break
        end -= 1
    return text[:end]


def _behind_login(text: str) -> str:
    """Give the address that a page to log in leads to; proxies take it as it is, or escaped."""
    login = _LOGIN.match(text)
    if login is None:
        return text
    rest = text[login.end() :]
    return rest if "://" in rest[:8] else unquote(rest)


def _finished(doi: str) -> str:
    doi = _TRACKING.sub("", doi)
    previous = None
    while doi != previous:
        previous = doi
        doi = cut_free(doi).rstrip("/").lower()
    return doi if is_doi(doi) else ""


def _decoded(text: str) -> str:
    previous = None
    while text != previous:  # what was encoded twice is no different
        previous = text
        text = _INVISIBLE.sub("", _ENTITY.sub(lambda match: html.unescape(match[0]), unquote(text)))
    return text
