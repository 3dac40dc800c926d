"""Shelf: one line of a page becomes one reference, if the parser knows the shape; they are asked in order.

Parsing never raises on text. The spans of a reference and its leftover tile the raw line.
"""

from __future__ import annotations

from typing import Protocol

from alliancebib.model import Reference
from alliancebib.page import Line, Section

__all__ = ["Parser"]


class Parser(Protocol):
    """What a module on this shelf offers."""

    def parse(self, line: Line, section: Section, *, page: str) -> Reference | None:
        """Read the line of the named page; give None where it has not the shape that this parser knows."""
        ...
