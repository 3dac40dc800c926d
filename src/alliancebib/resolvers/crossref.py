"""Crossref's REST API, or a service with the same face: searches by citation, look-ups by DOI.

A reference or a DOI goes in, records come out as references. Only the citation or the DOI is sent, and the contact
address where the settings give one. The API: https://api.crossref.org/swagger-ui/index.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from alliancebib.errors import UnavailableError
from alliancebib.identifiers import is_doi
from alliancebib.model import Reference
from alliancebib.resolvers._records import ACTOR, is_work, record_to_reference
from alliancebib.resolvers._service import Service, in_batches, knows_none, whole_address
from alliancebib.resolvers._wanted import citation_of
from alliancebib.verification import each_by_itself
from alliancebib.web import Web

__all__ = ["Crossref", "make"]

#: Parts of a record that are of use here; names are those that the API accepts for ``select`` (case matters).
SELECTED = (
    """DOI type title subtitle original-title author editor translator issued published-print published-online posted
    container-title short-container-title volume issue page article-number publisher publisher-location ISSN issn-type
    ISBN event degree relation update-to updated-by"""
).split()
_DOI = re.compile(r"10\.\d{2,9}(?:\.\d+)*/\S.*", re.ASCII)


def make(web: Web, *, base_url: str = "https://api.crossref.org", mail: str = "") -> Crossref:
    """Make the resolver over a web.

    Raises:
        UsageError: The base URL is no complete http or https address.
    """
    return Crossref(web, base_url=whole_address(base_url, example="https://api.crossref.org"), mail=mail)


class Crossref:
    """A resolver over one service; questions go through the web, which keeps the limits."""

    name = ACTOR

    def __init__(self, web: Web, *, base_url: str, mail: str = "") -> None:
        self._service = Service(web, base_url=base_url, room="works", name="Crossref")
        self._who = {"mailto": mail} if mail else {}

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        """Give the works of the service most like the reference, best first; none where there is nothing to ask with.

        Raises:
            UnavailableError: The service could not be asked.
        """
        words = citation_of(reference)
        if not words:
            return ()
        found = self._listed({"query.bibliographic": words, "rows": str(limit)})
        return tuple(work for item, work in found if isinstance(item, dict) and is_work(item))

    def lookup(self, doi: str) -> Reference | None:
        """Give the work with this DOI; None where the service has none, or where it is no DOI.

        Raises:
            UnavailableError: The service could not be asked.
        """
        if not _DOI.fullmatch(doi):
            return None
        prefix, _, suffix = doi.partition("/")
        place = f"{quote(prefix, safe='')}/{quote(suffix, safe='')}"
        answer = self._service.ask(f"{self._service.url}/{place}", self._who)
        if knows_none(answer):
            return None
        work = _work(self._service.part(answer, "message"))
        if work is None:
            raise self._service.other()
        if not work.doi:  # every record has one; what has none is some other answer, and must not stand for the work
            raise self._service.odd("it answers, but not with a record")
        return work

    def lookup_many(self, dois: Iterable[str]) -> dict[str, Reference | UnavailableError]:
        """Give the works with these DOIs, by DOI, asking for many at a time; a DOI without a work is left out.

        For a DOI that the service could not be asked about it gives the reason. One over which the service stumbles
        does not take the others with it: each that a question for many leaves open is asked about by itself.
        """
        wanted = list(dict.fromkeys(doi.lower() for doi in dois))
        batched = [doi for doi in wanted if is_doi(doi) and "," not in doi]  # a comma ends a filter, escaped or not
        known, _ = in_batches(batched, self._filtered)
        left = [doi for doi in wanted if doi not in known]  # also those known under another name
        found = known | each_by_itself(self.lookup, left)
        return {doi: found[doi] for doi in wanted if doi in found}

    def _filtered(self, dois: Sequence[str]) -> Iterable[Reference]:
        filters = ",".join(f"doi:{doi}" for doi in dois)
        return [work for _, work in self._listed({"filter": filters, "rows": str(len(dois))})]

    def _listed(self, params: dict[str, str]) -> list[tuple[object, Reference]]:
        """Give the works of an answer that lists them, with the items that they were read from."""
        asked = params | self._who
        answer = self._service.ask(self._service.url, asked | {"select": ",".join(SELECTED)})
        if answer.status == 400:  # another version may not know one of the names
            answer = self._service.ask(self._service.url, asked)
        message = self._service.part(answer, "message")
        return self._service.works(message.get("items") if isinstance(message, dict) else None, _work)


def _work(item: object) -> Reference | None:
    return record_to_reference(item) if isinstance(item, dict) else None
