"""Who is asked about works: resolvers in their order, and the agencies that know DOIs of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import msgspec

from alliancebib.errors import UnavailableError
from alliancebib.lock import THRESHOLD
from alliancebib.model import Reference

__all__ = ["BatchResolver", "Resolver", "Services", "each_by_itself"]


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


@runtime_checkable
class BatchResolver(Protocol):
    """A resolver that looks many DOIs up at a time."""

    def lookup_many(self, dois: Sequence[str]) -> Mapping[str, Reference | UnavailableError]:
        """Give the works with these DOIs, by DOI, and for those that could not be asked about the reason.

        A DOI that the service does not know is left out.

        Raises:
            UnavailableError: The service could not be asked about any of them.
        """
        ...


def each_by_itself(
    lookup: Callable[[str], Reference | None], dois: Iterable[str]
) -> dict[str, Reference | UnavailableError]:
    """Look DOIs up one by one; what one of them runs into is its own."""
    found: dict[str, Reference | UnavailableError] = {}
    for doi in dois:
        try:
            work = lookup(doi)
        except UnavailableError as problem:
            found[doi] = problem
            continue
        if work is not None:
            found[doi] = work
    return found


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
