"""The Hayagriva format: the YAML that Typst reads bibliographies from.

Rooms: `document` (YAML text to plain values and back; PyYAML's one door), `kinds` (entry types and CSL types), `fields`
(the tables of fields and roles, and what none can hold), `strings` (formattable strings, persons, dates), `reading` and
`writing` (entries and references). Face: `reading.read_library`, `writing.write_library`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliancebib.hayagriva.reading import read_library
    from alliancebib.hayagriva.writing import write_library

__all__ = ["read_library", "write_library"]

_HOMES = {"read_library": "reading", "write_library": "writing"}


def __getattr__(name: str) -> object:
    """Import a part of the face when it is first used: who only asks what a file is needs nothing of it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
