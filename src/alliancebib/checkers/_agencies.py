"""DOIs and the agencies that registered them, as doi.org tells: many at a time, no landing page visited.

The service: https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation (5, "Which RA?").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

import msgspec

from alliancebib.errors import UnavailableError, UnreachableError
from alliancebib.web import Answer, Web

__all__ = ["NONE", "agencies_of"]

#: DOIs in one question: the address must not grow too long.
BATCH = 50
#: What stands in place of an agency where the DOI system knows no such DOI.
NONE = ""
#: What the service says of DOIs that do not exist; of those whose agency it does not know it says "Unknown".
_NO_DOI = frozenset(["DOI does not exist", "Invalid DOI"])


class _Row(msgspec.Struct, frozen=True, rename={"doi": "DOI", "agency": "RA"}):
    doi: str = ""
    agency: str = ""
    status: str = ""


def agencies_of(dois: Sequence[str], *, web: Web, base_url: str) -> Mapping[str, str | UnavailableError]:
    """Give the agency of each DOI ("Crossref", "DataCite", "mEDRA" ...), `NONE` where there is no such DOI.

    For a DOI that the service could not be asked about it gives the reason; one over which the service stumbles does
    not take the others with it.
    """
    found: dict[str, str | UnavailableError] = {}
    for start in range(0, len(dois), BATCH):
        batch = dois[start : start + BATCH]
        try:
            found |= _asked(batch, web, base_url)
        except UnavailableError:
            for doi in batch:
                try:
                    found |= _asked([doi], web, base_url)
                except UnavailableError as problem:
                    found[doi] = problem
    return found


def _asked(dois: Sequence[str], web: Web, base_url: str) -> dict[str, str]:
    base = base_url.rstrip("/")
    # A comma parts one DOI from the next; one that belongs to a DOI is escaped.
    answer = web.ask(f"{base}/doiRA/{','.join(quote(doi, safe='/') for doi in dois)}")
    rows = _rows(answer, len(dois), urlsplit(base).netloc)
    return {doi: _agency(row) for doi, row in zip(dois, rows, strict=True)}


def _rows(answer: Answer, number: int, service: str) -> list[_Row]:
    """Give one row for each DOI that was asked about, in their order."""
    try:
        rows = msgspec.json.decode(answer.body, type=list[_Row])
    except msgspec.DecodeError:  # msgspec's errors of shape are of this kind, too
        rows = []
    if len(rows) != number:
        message = f"{service} could not be asked (it answers, but not as doi.org does)"
        raise UnreachableError(message, help="Check `doi-base-url`, or try again later.")
    return rows


def _agency(row: _Row) -> str:
    return NONE if row.status in _NO_DOI else row.agency or row.status or "Unknown"
