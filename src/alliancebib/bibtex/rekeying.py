"""New citation keys for entries that have keys already, and the fields that point at entries by their keys.

References and a pattern come in, keys and references whose pointers follow go out; the text of a file is changed by
`alliancebib.bibtex.rewriting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from alliancebib.bibtex.fields import OURS
from alliancebib.citation_key import new_keys
from alliancebib.library import Library
from alliancebib.model import ExtraValue, Reference

__all__ = ["POINTERS", "followed", "keys_by_pattern", "rekeyed", "renames_of"]

#: Fields whose value is the key of another entry, or several with commas between them.
POINTERS = frozenset({"crossref", "xdata", "xref", "related", "entryset"})
#: Entries that are no works: no pattern says anything of them, and what is put together of others keeps its name.
_NO_WORKS = frozenset({"xdata", "set"})
_KEY = re.compile(r"[^,{}\"]+")


def keys_by_pattern(references: Sequence[Reference], pattern: str, *, missing: bool = False) -> dict[int, str]:
    """Give, by place, each key that is other than the one that stands; only where none stands if ``missing``.

    Raises:
        UsageError: The pattern breaks the rules of its language, or names a part that there is not.
    """
    places = [place for place, one in enumerate(references) if not one.key or not (missing or _is_no_work(one))]
    chosen = set(places)
    taken = [one.key for place, one in enumerate(references) if place not in chosen]
    made = new_keys([references[place] for place in places], taken=taken, pattern=pattern)
    keys = {places[number]: key for number, key in made.items()}
    return {place: key for place, key in sorted(keys.items()) if key != references[place].key}


def _is_no_work(reference: Reference) -> bool:
    return reference.extra.get(f"{OURS}entrytype") in _NO_WORKS


def renames_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give old key, in small letters, to new key; of two entries with one key the first is meant, as in BibTeX."""
    first: dict[str, tuple[str, str]] = {}
    for old, new in pairs:
        first.setdefault(old.lower(), (old, new))
    return {name: new for name, (old, new) in first.items() if old not in ("", new)}


def followed(value: str, renames: Mapping[str, str]) -> str:
    """Give the value of a pointer with the new keys.

    >>> followed("{a, B,c}", {"a": "x", "b": "y"})
    '{x, y,c}'
    """
    return _KEY.sub(lambda piece: _renamed(piece[0], renames), value)


def _renamed(piece: str, renames: Mapping[str, str]) -> str:
    key = piece.strip()
    return piece.replace(key, renames.get(" ".join(key.lower().split()), key)) if key else piece


def rekeyed(library: Library, pattern: str, *, missing: bool = False) -> Library:
    """Give a library with new keys, whose pointers follow.

    Raises:
        UsageError: The pattern breaks the rules of its language, or names a part that there is not.
    """
    keys = keys_by_pattern(library.references, pattern, missing=missing)
    if not keys:
        return library
    renames = renames_of((one.key, keys.get(place, one.key)) for place, one in enumerate(library))
    changed = []
    for place, one in enumerate(library):
        changes: dict[str, object] = {"key": keys[place]} if place in keys else {}
        extra = {name: _pointed(name, value, renames) for name, value in one.extra.items()}
        changes |= {"extra": extra} if extra != one.extra else {}
        changed.append(one.amended("citation-key", changes) if changes else one)
    return library.with_references(changed)


def _pointed(name: str, value: ExtraValue, renames: Mapping[str, str]) -> ExtraValue:
    points = name.startswith(OURS) and name.removeprefix(OURS) in POINTERS
    return followed(value, renames) if points and isinstance(value, str) else value
