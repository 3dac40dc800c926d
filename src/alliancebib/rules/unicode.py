"""Rule: text in one Unicode form, without characters that nobody sees.

Every text field and every part of a name comes out in NFC with plain single spaces, without controls, zero-width
characters and soft hyphens. Origins keep the text as it was; addresses and DOIs have rules of their own.
"""

from __future__ import annotations

from msgspec.structs import replace

from alliancebib.finding import Finding
from alliancebib.model import ExtraValue, Name, Reference
from alliancebib.rules._text import clean_block, clean_line

__all__ = ["apply"]

_LINES = tuple(
    """title container_title collection_title volume issue page edition publisher publisher_place genre language isbn
    issn""".split()
)
_BLOCKS = ("abstract", "note")
_NAMES = ("author", "editor", "translator")
_PARTS = ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal")


def apply(reference: Reference) -> tuple[Reference, tuple[Finding, ...]]:
    r"""Clean the text of a reference; nothing is noticed.

    >>> apply(Reference(title="Cafe\u0301\u00a0Minsk"))[0].title
    'Café Minsk'
    """
    changes: dict[str, object] = {name: clean_line(getattr(reference, name)) for name in _LINES}
    changes |= {name: clean_block(getattr(reference, name)) for name in _BLOCKS}
    changes |= {name: _clean_names(getattr(reference, name)) for name in _NAMES}
    changes["extra"] = {name: _clean_extra(name, value) for name, value in reference.extra.items()}
    return reference.amended("unicode", changes), ()


def _clean_names(names: tuple[Name, ...]) -> tuple[Name, ...]:
    return tuple(replace(name, **{part: clean_line(getattr(name, part)) for part in _PARTS}) for name in names)


def _clean_extra(name: str, value: ExtraValue) -> ExtraValue:
    if ":" in name:  # a field of another format, kept as it was written there
        return value
    if isinstance(value, str):
        return clean_block(value)
    return _clean_names(value) if isinstance(value, tuple) else value
