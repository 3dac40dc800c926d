"""The findings for what has not the form of a DOI or of an address.

Two checkers look at DOIs and addresses; here they get the same finding for the same fault.
"""

from __future__ import annotations

from alliancebib.bibtex.locating import field_origin
from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.web.address import BadAddress, read_address

__all__ = ["invalid_doi", "invalid_url"]


def invalid_doi(reference: Reference) -> Finding:
    """Say that a reference's DOI has not the form of one."""
    message = f"`{reference.doi}` is not a DOI."
    origin = field_origin(reference.origin, "doi")
    return Finding.of("AB201", message, origin=origin, reference=reference.id, subject=reference.doi)


def invalid_url(reference: Reference, url: str) -> Finding:
    """Say why an address of a reference cannot be followed."""
    address = read_address(url)
    reason = address.detail if isinstance(address, BadAddress) else "It cannot be followed."
    field = "url" if url == reference.url else "archive_url"
    origin = field_origin(reference.origin, field)
    return Finding.of("AB202", f"{url}: {reason}", origin=origin, reference=reference.id, subject=url)
