"""DataCite's REST API: data sets, software, theses and preprints that have DOIs from repositories.

A reference or a DOI goes in, records come out as references. Only the citation or the DOI is sent. The API:
https://support.datacite.org/docs/api; the metadata: https://datacite-metadata-schema.readthedocs.io/en/4.6.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

from alliancebib.errors import UnavailableError, UnreachableError, UsageError
from alliancebib.identifiers import is_doi
from alliancebib.model import Reference
from alliancebib.resolvers._datacite_records import ACTOR, attributes_to_reference
from alliancebib.rich_text import without_markup
from alliancebib.verification import each_by_itself
from alliancebib.web import Answer, Web

__all__ = ["DataCite", "make"]

#: DOIs in one question: the address must not grow too long.
BATCH = 50
#: Words of a title that are asked for; a search for very many is refused.
MOST_WORDS = 25


def make(web: Web, *, base_url: str = "https://api.datacite.org", mail: str = "") -> DataCite:  # noqa: ARG001
    """Make the resolver over a web; DataCite asks for no mail address.

    Raises:
        UsageError: The base URL is no complete http or https address.
    """
    parts = urlsplit(base_url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        help_ = "Give the whole address, as https://api.datacite.org."
        raise UsageError("the service's base URL is no http or https address", place=base_url, help=help_)
    return DataCite(web, base_url=base_url.strip())


class DataCite:
    """A resolver over one service; questions go through the web, which keeps the limits."""

    name = ACTOR

    def __init__(self, web: Web, *, base_url: str) -> None:
        self._web = web
        self._dois = f"{re.sub(r'/(?:dois/?)?$', '', base_url)}/dois"
        self._host = urlsplit(base_url).netloc.rpartition("@")[2]

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
        answer = self._web.ask(f"{self._dois}/{quote(doi, safe='')}")
        if answer.status == 404 and "html" not in answer.headers.get("content-type", ""):
            return None
        return _work(self._data(answer))

    def lookup_many(self, dois: Sequence[str]) -> dict[str, Reference | UnavailableError]:
        """Give the works with these DOIs, by DOI, asking for many at a time; a DOI without a work is left out.

        For a DOI that the service could not be asked about it gives the reason; where a question for many fails, each
        is asked about by itself.
        """
        wanted = [doi for doi in dict.fromkeys(doi.lower() for doi in dois) if is_doi(doi)]
        found: dict[str, Reference | UnavailableError] = {}
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            query = f"doi:({' OR '.join(_phrase(doi) for doi in batch)})"
            try:
                found |= {work.doi: work for work in self._works({"query": query, "page[size]": str(len(batch))})}
            except UnavailableError:
                found |= each_by_itself(self.lookup, batch)
        return {doi: found[doi] for doi in wanted if doi in found}

    def _works(self, params: Mapping[str, str]) -> tuple[Reference, ...]:
        data = self._data(self._web.ask(self._dois, params=params))
        works = [work for item in (data if isinstance(data, list) else []) if (work := _work(item))]
        return tuple(work for work in works if work.doi)

    def _data(self, answer: Answer) -> object:
        """Give the data of an answer.

        Raises:
            UnreachableError: It is no answer of such a service.
        """
        if answer.status != 200:
            raise self._odd(f"it answers with status {answer.status}")
        try:
            whole = json.loads(answer.body)
        except (ValueError, RecursionError):
            whole = None
        if not isinstance(whole, dict) or "data" not in whole:
            raise self._odd("it answers, but not as DataCite's API does")
        return whole["data"]

    def _odd(self, reason: str) -> UnreachableError:
        message = f"{self._host} could not be asked ({reason})"
        return UnreachableError(message, help="Check the base URL, or try again later.")


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
