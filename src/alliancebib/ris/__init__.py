"""The RIS format, in the dialects in which it is met.

Rooms: `records` (text to records of tagged lines, whatever is wrong beside them), `tags` (the tables of types and tags,
and what none can hold; rispy's one door), `values` (dates, pages and numbers as RIS writes them), `own_lines`
(lines that name their variable themselves), `reading` and `writing` (records and references). Face:
`reading.read_library`, `writing.write_library`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliancebib.ris.reading import read_library
    from alliancebib.ris.writing import write_library

__all__ = ["read_library", "write_library"]

_HOMES = {"read_library": "reading", "write_library": "writing"}


def __getattr__(name: str) -> object:
    """Import a part of the face when it is first used: who only asks what a file is needs nothing of it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
