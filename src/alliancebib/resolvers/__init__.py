"""Shelf: a reference becomes candidates: records of a service, each as a reference with a DOI.

A resolver decides nothing; `matching` says whether a candidate is the work.
"""

from __future__ import annotations

from typing import Protocol

from alliancebib.verification import Resolver
from alliancebib.web import Web

__all__ = ["MakeResolver", "Resolver"]


class MakeResolver(Protocol):
    """The function ``make`` of a module on this shelf; ``NEEDS_WEB = False`` beside it says that it asks no network."""

    def __call__(self, web: Web, *, base_url: str, mail: str) -> Resolver:
        """Make the resolver over a web.

        ``base_url`` is the address or path that the settings have for a resolver of this package; it is "" for those of
        other packages, which know their own.

        Raises:
            UnavailableError: It cannot be asked at all.
            UsageError: The address is none.
        """
        ...
