"""Crossref's REST API, or a service with the same face: searches by citation, look-ups by DOI.

A reference or a DOI goes in, records come out as references. Only the citation or the DOI is sent, and the contact
address where the settings give one. The API: https://api.crossref.org/swagger-ui/index.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from urllib.parse import quote, urlsplit

from alliancebib.errors import UnavailableError, UnreachableError, UsageError
from alliancebib.identifiers import is_doi
from alliancebib.model import Reference
from alliancebib.resolvers._records import ACTOR, is_work, record_to_reference
from alliancebib.resolvers._wanted import citation_of
from alliancebib.verification import each_by_itself
from alliancebib.web import Answer, Web

__all__ = ["Crossref", "make"]

#: Parts of a record that are of use here; names are those that the API accepts for ``select`` (case matters).
SELECTED = (
    """DOI type title subtitle original-title author editor translator issued published-print published-online posted
    container-title short-container-title volume issue page article-number publisher publisher-location ISSN issn-type
    ISBN event degree relation update-to updated-by"""
).split()
#: DOIs in one question: a filter takes about so many before the address grows too long.
BATCH = 50

_DOI = re.compile(r"10\.\d{2,9}(?:\.\d+)*/\S.*", re.ASCII)


def make(web: Web, *, base_url: str = "https://api.crossref.org", mail: str = "") -> Crossref:
    """Make the resolver over a web.

    Raises:
        UsageError: The base URL is no complete http or https address.
    """
    parts = urlsplit(base_url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        help_ = "Give the whole address, as https://api.crossref.org."
        raise UsageError("the service's base URL is no http or https address", place=base_url, help=help_)
    return Crossref(web, base_url=base_url.strip(), mail=mail)


class Crossref:
    """A resolver over one service; questions go through the web, which keeps the limits."""

    name = ACTOR

    def __init__(self, web: Web, *, base_url: str, mail: str = "") -> None:
        self._web = web
        self._works = f"{re.sub(r'/(?:works/?)?$', '', base_url)}/works"
        self._host = urlsplit(base_url).netloc.rpartition("@")[2]
        self._who = {"mailto": mail} if mail else {}
        self._refusal = ""

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        """Give the works of the service most like the reference, best first; none where there is nothing to ask with.

        Raises:
            UnavailableError: The service could not be asked.
        """
        words = citation_of(reference)
        if not words:
            return ()
        items = self._items({"query.bibliographic": words, "rows": str(limit)})
        return _works(item for item in items if is_work(item))

    def lookup(self, doi: str) -> Reference | None:
        """Give the work with this DOI; None where the service has none, or where it is no DOI.

        Raises:
            UnavailableError: The service could not be asked.
        """
        if not _DOI.fullmatch(doi):
            return None
        prefix, _, suffix = doi.partition("/")
        answer = self._ask(f"{self._works}/{quote(prefix, safe='')}/{quote(suffix, safe='')}", self._who)
        if answer.status == 404 and "html" not in answer.headers.get("content-type", ""):
            return None
        work = record_to_reference(self._message(answer))
        if not work.doi:  # every record has one; what has none is some other answer, and must not stand for the work
            raise self._odd("it answers, but not with a record")
        return work

    def lookup_many(self, dois: Iterable[str]) -> dict[str, Reference | UnavailableError]:
        """Give the works with these DOIs, by DOI, asking for many at a time; a DOI without a work is left out.

        For a DOI that the service could not be asked about it gives the reason. One over which the service stumbles
        does not take the others with it: each that a question for many leaves open is asked about by itself.
        """
        wanted = list(dict.fromkeys(doi.lower() for doi in dois))
        batched = [doi for doi in wanted if is_doi(doi) and "," not in doi]  # a comma ends a filter, escaped or not
        found: dict[str, Reference | UnavailableError] = {}
        for start in range(0, len(batched), BATCH):
            batch = batched[start : start + BATCH]
            filters = ",".join(f"doi:{doi}" for doi in batch)
            with suppress(UnavailableError):
                found |= {work.doi: work for work in _works(self._items({"filter": filters, "rows": str(len(batch))}))}
        left = [doi for doi in wanted if doi not in found]  # also those known under another name
        found |= each_by_itself(self.lookup, left)
        return {doi: found[doi] for doi in wanted if doi in found}

    def _items(self, params: dict[str, str]) -> list[Mapping[str, object]]:
        asked = params | self._who
        answer = self._ask(self._works, asked | {"select": ",".join(SELECTED)})
        if answer.status == 400:  # another version may not know one of the names
            answer = self._ask(self._works, asked)
        items = self._message(answer).get("items")
        if not isinstance(items, list):
            raise self._odd("it answers, but not as Crossref's API does")
        return [item for item in items if isinstance(item, dict)]

    def _ask(self, url: str, params: dict[str, str]) -> Answer:
        """Put a question; who was refused (401, 403) does not ask again, as that is how one stays refused."""
        if self._refusal:
            raise self._odd(self._refusal)
        answer = self._web.ask(url, params=params)
        if answer.status in {401, 403}:
            self._refusal = f"it refuses to answer, status {answer.status}"
            raise self._odd(self._refusal)
        return answer

    def _message(self, answer: Answer) -> Mapping[str, object]:
        """Give what an answer says.

        Raises:
            UnreachableError: It is no answer of such a service.
        """
        if answer.status != 200:
            raise self._odd(f"it answers with status {answer.status}{_reason(answer)}")
        try:
            whole = json.loads(answer.body)
        except (ValueError, RecursionError):
            whole = None
        message = whole.get("message") if isinstance(whole, dict) else None
        if not isinstance(message, dict):
            raise self._odd("it answers, but not as Crossref's API does")
        return message

    def _odd(self, reason: str) -> UnreachableError:
        message = f"{self._host} could not be asked ({reason})"
        return UnreachableError(message, help="Check the base URL, or try again later.")


def _works(items: Iterable[Mapping[str, object]]) -> tuple[Reference, ...]:
    """Give records as references; one without a DOI is no use."""
    works = (record_to_reference(item) for item in items)
    return tuple(work for work in works if work.doi)


def _reason(answer: Answer) -> str:
    """Give the words of a validation failure, as they stand in the answer's messages."""
    try:
        whole = json.loads(answer.body)
        words = [str(entry["message"]) for entry in whole["message"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return f": {' '.join(' '.join(words).split())[:200]}"
