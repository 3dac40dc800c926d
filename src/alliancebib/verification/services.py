"""Who is asked about works: resolvers in their order, and the agencies that know DOIs of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from alliancebib.lock import THRESHOLD
from alliancebib.model import Reference

__all__ = ["Resolver", "Services"]


class Resolver(Protocol):
    """What an object made by a module on the shelf of resolvers (``make(web, base_url=..., mail=...)``) offers."""

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


class Services(msgspec.Struct, frozen=True, kw_only=True):
    """The services that a check of records may ask, how sure a match must be (0 to 1), and what people decided.

    ``resolvers`` are asked about every reference, in their order. ``agencies`` are asked only about DOIs that doi.org
    says are theirs, by the name that doi.org gives them ("DataCite"). ``decided`` has the DOIs that people decided by
    the ids of references, "" for none; they are not doubted.
    """

    resolvers: tuple[Resolver, ...] = ()
    agencies: Mapping[str, Resolver] = msgspec.field(default_factory=dict)
    threshold: float = THRESHOLD
    decided: Mapping[str, str] = msgspec.field(default_factory=dict)
