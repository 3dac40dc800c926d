"""Rule: addresses absolute, or not at all; archived pages beside the address that they show.

``www.`` gets a scheme, the punctuation of the sentence around goes, a remark behind it goes into the note, and else the
address stays as its user gave it. What is no http or https address goes into the note (AB202).
"""

from __future__ import annotations

from msgspec.structs import replace

from alliancebib.bibtex.locating import field_origin
from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.rules._addresses import archived_in, doi_in_address, tidy_address, without_remark
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
    inferred: list[str] = []
    for field, words in _FIELDS.items():
        given: str = getattr(reference, field)
        bare = without_remark(given)
        address = tidy_address(bare)
        problem = read_address(address)
        if isinstance(problem, BadAddress):
            address = ""
            if clean_line(given):
                found["note"] = noted(found["note"], words, given)
                message = f"{given}: {problem.detail}"
                origin = field_origin(reference.origin, field)
                findings.append(Finding.of("AB202", message, origin=origin, reference=reference.id))
        elif bare != given and tidy_address(given) != address:
            found["note"] = noted(found["note"], words, given)
        if address and "//" not in bare:
            inferred.append(field)
        found[field] = address
    _tell_apart(found, doi=reference.doi)
    return _amended(reference, found, tuple(inferred)), tuple(findings)


def _amended(reference: Reference, found: dict[str, str], inferred: tuple[str, ...]) -> Reference:
    """Change the fields; a scheme that nobody wrote is said to be inferred."""
    new = reference.amended("urls", found)
    if new is reference or not inferred:
        return new
    record = replace(new.provenance[-1], inferred=inferred)
    return replace(new, provenance=(*new.provenance[:-1], record))


def _tell_apart(found: dict[str, str], *, doi: str) -> None:
    """Put an archived page where archived pages stand, and the address that it shows where addresses stand."""
    url, archive = found["url"], found["archive_url"]
    if archived_in(url) and archive in ("", url):
        found["url"], found["archive_url"] = "", url
    original = archived_in(found["archive_url"])
    if original and not found["url"] and not (doi and doi_in_address(original) == doi):
        found["url"] = original
