"""Shelf: a library becomes a report. One concern a file: links, dois, records, fields, keys, duplicates.

A checker never raises for what it looks at; what it could not check it names in ``Report.unavailable``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from alliancebib.config import CheckSettings
from alliancebib.finding import Report
from alliancebib.library import Library
from alliancebib.sightings import Sightings
from alliancebib.verification import Services
from alliancebib.web import Web

__all__ = ["Checker", "LinkChecker", "Progress", "RecordChecker"]

#: Called with the name of the work, how much is done, and how much there is.
Progress = Callable[[str, int, int], None]


class Checker(Protocol):
    """What a module on this shelf offers. ``NEEDS_WEB`` says whether it asks the network."""

    NEEDS_WEB: bool

    def check(self, library: Library, *, web: Web, settings: CheckSettings, progress: Progress | None = None) -> Report:
        """Look at every reference and give what is wrong, in the order of the library."""
        ...


@runtime_checkable
class RecordChecker(Protocol):
    """A module on this shelf that asks services about works, too; ``NEEDS_SERVICES`` tells it from the others."""

    NEEDS_WEB: bool
    NEEDS_SERVICES: bool

    def check(
        self,
        library: Library,
        *,
        services: Services,
        web: Web,
        settings: CheckSettings,
        progress: Progress | None = None,
    ) -> Report:
        """Look at every reference and its record, and give what is wrong, in the order of the library."""
        ...


@runtime_checkable
class LinkChecker(Protocol):
    """A module on this shelf that visits addresses, and remembers what it saw; ``NEEDS_SIGHTINGS`` tells it apart."""

    NEEDS_WEB: bool
    NEEDS_SIGHTINGS: bool

    def check(
        self,
        library: Library,
        *,
        web: Web,
        settings: CheckSettings,
        sightings: Sightings,
        progress: Progress | None = None,
    ) -> Report:
        """Look at every address, and give what is wrong, in the order of the library."""
        ...
