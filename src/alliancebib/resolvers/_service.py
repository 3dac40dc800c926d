"""What all services have in common that answer questions over HTTP in JSON: addresses, refusals, odd answers, batches.

A web and the address of a service come in; what its answers hold goes out, or why they are none. Nothing an answer
holds raises anything else, and what is not understood is no proof that a work is unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from alliancebib.errors import UnavailableError, UnreachableError, UsageError
from alliancebib.model import Reference
from alliancebib.web import Answer, Web

__all__ = ["BATCH", "Service", "in_batches", "knows_none", "whole_address"]

#: DOIs in one question: its address must not grow too long.
BATCH = 50


def whole_address(base_url: str, *, example: str) -> str:
    """Give the address of a service without blanks around it.

    Raises:
        UsageError: It is no complete http or https address.
    """
    parts = urlsplit(base_url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        help_ = f"Give the whole address, as {example}."
        raise UsageError("the service's base URL is no http or https address", place=base_url, help=help_)
    return base_url.strip()


class Service:
    """One service: its works stand at ``url``, the folder ``room`` of its address; ``name`` is whose API it has."""

    def __init__(self, web: Web, *, base_url: str, room: str, name: str) -> None:
        self.url = f"{re.sub(rf'/(?:{room}/?)?$', '', base_url)}/{room}"
        self._web = web
        self._name = name
        self._host = urlsplit(base_url).netloc.rpartition("@")[2]
        self._refusal = ""

    def ask(self, url: str, params: Mapping[str, str] | None = None) -> Answer:
        """Put a question; who was refused (401, 403) does not ask again, as that is how one stays refused.

        Raises:
            UnavailableError: The service could not be asked, or refuses.
        """
        if self._refusal:
            raise self.odd(self._refusal)
        answer = self._web.ask(url, params=params)
        if answer.status in {401, 403}:
            self._refusal = f"it refuses to answer, status {answer.status}"
            raise self.odd(self._refusal)
        return answer

    def part(self, answer: Answer, name: str) -> object:
        """Give a member of what an answer says.

        Raises:
            UnreachableError: It is no answer of such a service.
        """
        if answer.status != 200:
            raise self.odd(f"it answers with status {answer.status}{_reason(answer)}")
        whole = _decoded(answer)
        if not isinstance(whole, dict) or name not in whole:
            raise self.other()
        return whole[name]

    def works(self, items: object, read: Callable[[object], Reference | None]) -> list[tuple[object, Reference]]:
        """Give the items of a list that are works, each with its reference; one without a DOI is no use.

        Raises:
            UnreachableError: It is no list, or holds items of which none is a work: that is no answer.
        """
        if not isinstance(items, list):
            raise self.other()
        works = [(item, work) for item in items if (work := read(item)) is not None and work.doi]
        if items and all(_is_broken(item, work) for item, work in works):
            raise self.other()
        return works

    def other(self) -> UnreachableError:
        """Give the problem that an answer has not the form of this API."""
        return self.odd(f"it answers, but not as {self._name}'s API does")

    def odd(self, reason: str) -> UnreachableError:
        """Give the problem that the service could not be asked, with a reason."""
        message = f"{self._host} could not be asked ({reason})"
        return UnreachableError(message, help="Check the base URL, or try again later.")


def knows_none(answer: Answer) -> bool:
    """Say whether an answer tells that there is no such work: a page that is not there tells nothing."""
    return answer.status == 404 and "html" not in answer.headers.get("content-type", "")


def in_batches(
    dois: Sequence[str], lookup: Callable[[Sequence[str]], Iterable[Reference]]
) -> tuple[dict[str, Reference], list[str]]:
    """Look DOIs up, many at a time: the works that were found, by DOI, and the DOIs that could not be asked about."""
    found: dict[str, Reference] = {}
    left: list[str] = []
    for start in range(0, len(dois), BATCH):
        batch = dois[start : start + BATCH]
        try:
            found |= {work.doi: work for work in lookup(batch)}
        except UnavailableError:
            left += batch
    return found, left


def _is_broken(item: object, work: Reference) -> bool:
    """Say whether an item has more than a DOI, of which nothing could be read."""
    read = {field for record in work.provenance for field in record.fields}
    return isinstance(item, dict) and len(item) > 1 and read <= {"kind", "doi"}


def _decoded(answer: Answer) -> object:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _reason(answer: Answer) -> str:
    """Give the words of a validation failure, as they stand in the answer's messages."""
    whole = _decoded(answer)
    entries = whole.get("message") if isinstance(whole, dict) else None
    rows = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    words = " ".join(str(row["message"]) for row in rows if "message" in row).split()
    return f": {' '.join(words)[:200]}" if words else ""
