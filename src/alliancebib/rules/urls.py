"""Rule: addresses absolute, or not at all; archived pages beside the address that they show.

``www.`` gets a scheme, the punctuation of the sentence around goes, and else the address stays as its user gave it.
What is no http or https address goes into the note (AB202).
"""

from __future__ import annotations

from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.rules._addresses import archived_in, doi_in_address, tidy_address
from alliancebib.rules._text import clean_line, noted
from alliancebib.web.address import BadAddress, read_address

__all__ = ["apply"]

_FIELDS = {"url": "URL as given", "archive_url": "Archive URL as given"}


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the addresses of a reference; AB202 for what had to leave its field.

    >>> tidy, _ = apply(Reference(url="https://web.archive.org/web/2020/http://odkb-csto.org/news/"))
    >>> tidy.url, tidy.archive_url
    ('http://odkb-csto.org/news/', 'https://web.archive.org/web/2020/http://odkb-csto.org/news/')
    """
    found: dict[str, str] = {"note": reference.note}
    findings: list[Finding] = []
    for field, words in _FIELDS.items():
        given: str = getattr(reference, field)
        address = tidy_address(given)
        problem = read_address(address)
        if isinstance(problem, BadAddress):
            address = ""
            if clean_line(given):
                found["note"] = noted(found["note"], words, given)
                message = f"{given}: {problem.detail}"
                findings.append(Finding.of("AB202", message, origin=reference.origin, reference=reference.id))
        found[field] = address
    _tell_apart(found, doi=reference.doi)
    return reference.amended("urls", found), tuple(findings)


def _tell_apart(found: dict[str, str], *, doi: str) -> None:
    """Put an archived page where archived pages stand, and the address that it shows where addresses stand."""
    url, archive = found["url"], found["archive_url"]
    if archived_in(url) and archive in ("", url):
        found["url"], found["archive_url"] = "", url
    original = archived_in(found["archive_url"])
    if original and not found["url"] and not (doi and doi_in_address(original) == doi):
        found["url"] = original
