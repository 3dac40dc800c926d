"""Rule: DOIs bare and in lower case; ISBN and ISSN looked at.

A DOI in any form comes out bare. An address of the DOI system in ``url`` gives the DOI, and ``url`` is emptied where it
says no more than ``doi`` does: the address is made from the DOI by whoever writes it. What is no DOI goes into the note
(AB201). ISBN (AB203) and ISSN (AB204) are kept as given.
"""

from __future__ import annotations

from alliancebib.bibtex.locating import field_origin
from alliancebib.finding import Finding
from alliancebib.identifiers import doi_in, is_isbn, is_issn
from alliancebib.model import Reference
from alliancebib.rules._addresses import archived_in, doi_in_address, tidy_address
from alliancebib.rules._text import clean_line, noted

__all__ = ["apply"]


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    """Tidy the DOI and look at the numbers of a reference.

    >>> tidy, _ = apply(Reference(url="https://doi.org/10.1093/CJIP/POY008"))
    >>> tidy.doi, tidy.url
    ('10.1093/cjip/poy008', '')
    """
    changes, faults = _doi(reference)
    reference = reference.amended("identifiers", changes)
    faults += [
        (code, name.lower(), f"The {name} {text} has a wrong check digit or a wrong length.")
        for code, name, text, is_right in (
            ("AB203", "ISBN", reference.isbn, is_isbn),
            ("AB204", "ISSN", reference.issn, is_issn),
        )
        if text.strip() and not is_right(text)
    ]
    findings = (
        Finding.of(code, message, origin=field_origin(reference.origin, field), reference=reference.id)
        for code, field, message in faults
    )
    return reference, tuple(findings)


def _doi(reference: Reference) -> tuple[dict[str, object], list[tuple[str, str, str]]]:
    """Say what changes, and what is wrong."""
    changes: dict[str, object] = {}
    faults: list[tuple[str, str, str]] = []
    doi = doi_in(reference.doi)
    if not doi and clean_line(reference.doi):
        changes["note"] = noted(reference.note, "DOI as given", reference.doi)
        faults.append(("AB201", "doi", f"`{reference.doi}` is not a DOI."))
    archived = doi_in_address(reference.archive_url) if archived_in(tidy_address(reference.archive_url)) else ""
    addressed = doi_in_address(reference.url)
    doi = doi or addressed or archived
    if doi != reference.doi:
        changes["doi"] = doi
    if addressed and addressed == doi and not archived_in(tidy_address(reference.url)):
        changes["url"] = ""
    return changes, faults
