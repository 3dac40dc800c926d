"""A DOI that was found where its owner wrote something that is none: proposed, and not put in its place.

A reference before and after it was completed come in; it goes out without the DOI, with a finding that has it.
"""

from __future__ import annotations

from msgspec.structs import replace

from alliancebib.bibtex.locating import field_origin
from alliancebib.finding import Finding, Severity
from alliancebib.model import Reference
from alliancebib.variables import unread_dois
from alliancebib.verification.wording import named

__all__ = ["with_unread_doi"]


def with_unread_doi(before: Reference, after: Reference, *, by: str) -> tuple[Reference, tuple[Finding, ...]]:
    """Keep what stands where a DOI should stand, and say which one was found for it; else give what was completed."""
    unread = unread_dois(before)
    if not unread or before.doi or not after.doi:
        return after, ()
    stated = next(iter(unread.values()))
    message = (
        f"{named(after)} has the DOI {after.doi} at {by}; `{stated[:60]}` stands in its place, which is no DOI, and "
        "was left there."
    )
    origin = field_origin(before.origin, "doi")
    found = Finding.of("AB413", message, origin=origin, reference=before.id, severity=Severity.WARNING, fix=after.doi)
    *earlier, last = after.provenance
    fields = tuple(field for field in last.fields if field != "doi")
    made = (*earlier, replace(last, fields=fields)) if fields else tuple(earlier)
    return replace(after, doi="", provenance=made), (found,)
