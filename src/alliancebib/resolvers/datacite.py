"""DataCite's REST API: data sets, software, theses and preprints that have DOIs from repositories.

A reference or a DOI goes in, records come out as references. Only the citation or the DOI is sent. The API:
https://support.datacite.org/docs/api; the metadata: https://datacite-metadata-schema.readthedocs.io/en/4.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from alliancebib.errors import UnavailableError
from alliancebib.identifiers import is_doi
from alliancebib.model import Reference
from alliancebib.resolvers._datacite_records import ACTOR, attributes_to_reference
from alliancebib.resolvers._service import Service, in_batches, knows_none, whole_address
from alliancebib.rich_text import without_markup
from alliancebib.verification import each_by_itself
from alliancebib.web import Web

__all__ = ["DataCite", "make"]

#: Words of a title that are asked for; a search for very many is refused.
MOST_WORDS = 25


def make(web: Web, *, base_url: str = "https://api.datacite.org", mail: str = "") -> DataCite:  # noqa: ARG001
    """Make the resolver over a web; DataCite asks for no mail address.

    Raises:
        UsageError: The base URL is no complete http or https address.
    """
    return DataCite(web, base_url=whole_address(base_url, example="https://api.datacite.org"))


class DataCite:
    """A resolver over one service; questions go through the web, which keeps the limits."""

    name = ACTOR

    def __init__(self, web: Web, *, base_url: str) -> None:
        self._service = Service(web, base_url=base_url, room="dois", name="DataCite")

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        """Give the works of the service most like the reference, best first; none where it has no title.

        Raises:
            UnavailableError: The service could not be asked.
        """
        query = _query(reference)
        return self._works({"query": query, "page[size]": str(limit)}) if query else ()

    def lookup(self, doi: str) -> Reference | None:
        """Give the work with this DOI; None where the service has none, or where it is no DOI.

        Raises:
            UnavailableError: The service could not be asked.
        """
        if not is_doi(doi):
            return None
        answer = self._service.ask(f"{self._service.url}/{quote(doi, safe='')}")
        if knows_none(answer):
            return None
        work = _work(self._service.part(answer, "data"))
        if work is None or not work.doi:
            raise self._service.other()
        return work

    def lookup_many(self, dois: Sequence[str]) -> dict[str, Reference | UnavailableError]:
        """Give the works with these DOIs, by DOI, asking for many at a time; a DOI without a work is left out.

        For a DOI that the service could not be asked about it gives the reason; where a question for many fails, each
        is asked about by itself.
        """
        wanted = [doi for doi in dict.fromkeys(doi.lower() for doi in dois) if is_doi(doi)]
        known, left = in_batches(wanted, self._named)
        found = known | each_by_itself(self.lookup, left)
        return {doi: found[doi] for doi in wanted if doi in found}

    def _named(self, dois: Sequence[str]) -> Iterable[Reference]:
        query = f"doi:({' OR '.join(_phrase(doi) for doi in dois)})"
        return self._works({"query": query, "page[size]": str(len(dois))})

    def _works(self, params: Mapping[str, str]) -> tuple[Reference, ...]:
        data = self._service.part(self._service.ask(self._service.url, params), "data")
        return tuple(work for _, work in self._service.works(data, _work))


def _work(item: object) -> Reference | None:
    attributes = item.get("attributes") if isinstance(item, dict) else None
    return attributes_to_reference(attributes) if isinstance(attributes, dict) else None


def _query(reference: Reference) -> str:
    """Give the question in the syntax of Elasticsearch: any words of the title, and the first author where known."""
    words = re.findall(r"\w+", without_markup(reference.title))[:MOST_WORDS]
    if not words:
        return ""
    people = [name for name in (*reference.author, *reference.editor) if not name.others]
    family = re.findall(r"\w+", people[0].family or people[0].literal) if people else []
    title = f"titles.title:({' '.join(word.lower() for word in words)})"
    return f"{title} AND creators.name:({' '.join(word.lower() for word in family)})" if family else title


def _phrase(text: str) -> str:
    """Quote a text, so that none of its signs has a meaning in a question."""
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'
