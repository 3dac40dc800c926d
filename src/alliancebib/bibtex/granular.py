"""Single values from ``@xdata`` entries: ``author = {Doe, Jane and xdata=key-author-2}`` (biblatex, section 3.14.6).

The blocks of a file come in, the same blocks with the values that such references name go out. A reference is a whole
value or one item of a list; it names an entry, a field and, if one item alone is meant, its number. What leads nowhere
stays as it is, as biber leaves it, and is noted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from alliancebib.bibtex.literal_lists import list_parts
from alliancebib.bibtex.syntax import Block, Field, Note

__all__ = ["names_values", "with_values"]

_REFERENCE = re.compile(r"\{?\s*xdata\s*=\s*(.+)-([A-Za-z]+)(?:-([0-9]{1,4}))?\s*\}?", re.IGNORECASE | re.DOTALL)
_BEGINNING = re.compile(r"\{?\s*xdata\s*=", re.IGNORECASE)
#: Longer chains, and longer values, are a mistake or an attack.
_LONGEST_CHAIN = 20
_LONGEST = 100_000


def names_values(block: Block) -> bool:
    """Say whether a value of an entry may name a value of another."""
    if block.kind != "entry" or "xdata" not in block.raw.lower():
        return False
    return any(_BEGINNING.search(field.value) for field in block.fields if field.name != "xdata")


def with_values(block: Block, by_key: Mapping[str, Block]) -> Block:
    """Give an entry with the values that its references name; ``by_key`` has the entries by keys in small letters."""
    values = _Values(by_key)
    fields, notes = [], list(block.notes)
    for field in block.fields:
        values.notes = []
        source = values.resolved(field.value, frozenset()) if field.name != "xdata" else field.value
        fields.append(Field(field.name, source))
        notes += [Note(words, field.name) for words in values.notes]
    return msgspec.structs.replace(block, fields=tuple(fields), notes=tuple(dict.fromkeys(notes)))


class _Values:
    """The values that were looked up for one entry, each once, and what was noticed."""

    def __init__(self, by_key: Mapping[str, Block]) -> None:
        self._by_key = by_key
        self._known: dict[tuple[str, str], str] = {}
        self.notes: list[str] = []

    def resolved(self, value: str, chain: frozenset[tuple[str, str]]) -> str:
        """Give a value with what it names in the place of the names."""
        if "xdata" not in value.lower():
            return value
        parts = list_parts(value)
        new = [self._meaning(part.strip(), chain) if _BEGINNING.match(part) else part for part in parts]
        text = " and ".join(new)
        return value if new == parts or len(text) > _LONGEST else text

    def _meaning(self, part: str, chain: frozenset[tuple[str, str]]) -> str:
        """Give what one reference names; the reference itself if that is nothing."""
        match = _REFERENCE.fullmatch(part)
        place = (match[1].strip().lower(), match[2].lower()) if match else ("", "")
        source = self._value(place, chain)
        items = list_parts(source) if match and match[3] else [source]
        number = int(match[3]) if match and match[3] else 1
        if not source or not 1 <= number <= len(items):
            self.notes.append(f"`{part[:60]}` names no value of an @xdata entry")
            return part
        return items[number - 1].strip()

    def _value(self, place: tuple[str, str], chain: frozenset[tuple[str, str]]) -> str:
        if place in chain or len(chain) > _LONGEST_CHAIN:
            return ""
        if place not in self._known:
            parent = self._by_key.get(place[0])
            fields = parent.fields if parent is not None and parent.type == "xdata" else ()
            source = next((field.value for field in fields if field.name == place[1] and field.value), "")
            self._known[place] = self.resolved(source, chain | {place})
        return self._known[place]
