"""Shelf: a report becomes text for a person or a machine. Foreign text is made harmless for the place it goes to."""

from __future__ import annotations

from typing import Protocol

from alliancebib.finding import Report

__all__ = ["Reporter"]


class Reporter(Protocol):
    """What a module on this shelf offers."""

    def report(self, report: Report) -> str:
        """Give the report as text, ending with a line end unless it is empty."""
        ...
