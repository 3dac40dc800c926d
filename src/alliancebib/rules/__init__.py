"""Shelf: a reference becomes a tidier reference. One rule a file; the settings list them in order.

A rule is idempotent, changes only what it can be sure of, and says so in the provenance under its own name.
"""

from __future__ import annotations

from typing import Protocol

from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["Rule"]


class Rule(Protocol):
    """What a module on this shelf offers."""

    def apply(self, reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
        """Give the tidied reference, and findings for values that had to be taken out of their field."""
        ...
