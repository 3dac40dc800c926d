"""Shelf: a reference becomes candidates: records of a service, each as a reference with a DOI.

A resolver decides nothing; `matching` says whether a candidate is the work.
"""

from __future__ import annotations

from typing import Protocol

from alliancebib.model import Reference
from alliancebib.web import Web

__all__ = ["Resolver"]


class Resolver(Protocol):
    """What an object made by a module on this shelf (``make(web, base_url=..., mail=...)``) offers."""

    name: str

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        """Give the works of the service most like the reference, best first.

        Raises:
            UnavailableError: The service could not be asked.
        """
        ...

    def lookup(self, doi: str) -> Reference | None:
        """Give the work with this DOI; None where the service has none.

        Raises:
            UnavailableError: The service could not be asked.
        """
        ...


class MakeResolver(Protocol):
    """The function ``make`` of a module on this shelf."""

    def __call__(self, web: Web, *, base_url: str, mail: str) -> Resolver:
        """Make the resolver over a web."""
        ...
