"""Shelf: a source becomes a page of lines, or, for formats that hold records, a library.

Each reader is a module with the two names of `Reader`; its file name is its public name.
"""

from __future__ import annotations

from typing import Protocol

from alliancebib.files import Source
from alliancebib.library import Library
from alliancebib.page import Page

__all__ = ["Reader"]


class Reader(Protocol):
    """What a module on this shelf offers."""

    def recognises(self, source: Source) -> float:
        """Say from 0 to 1 how sure the reader is that the source is in its format; the suffix is one sign of it."""
        ...

    def read(self, source: Source) -> Page | Library:
        """Read the source; what cannot be read becomes findings or lines, never an exception."""
        ...
