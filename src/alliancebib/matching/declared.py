"""What entries of a .bib file say of each other: one that names another knows that it is another.

A volume inherits from the edition around it, a set from its members, a reprint from what it reprints. They share title,
names and numbers, and are never one work.
"""

from __future__ import annotations

from itertools import combinations

import msgspec

from alliancebib.decisions import Decisions, Judged, names_in
from alliancebib.library import Library
from alliancebib.model import Reference

__all__ = ["targets_of", "with_declared"]

#: Fields that name other entries.
_POINTERS = tuple(f"bibtex:{name}" for name in ("crossref", "xref", "xdata", "entryset", "related"))
_REASON = "one names the other"


def with_declared(decisions: Decisions, library: Library) -> Decisions:
    """Give decisions, by id, with the pairs of which one names the other as different; what people decided wins."""
    pointing = [reference for reference in library if not reference.extra.keys().isdisjoint(_POINTERS)]
    if not pointing:
        return decisions
    names = {name.lower(): identity for name, identity in names_in(library).items()}
    same = {pair for group in decisions.same for pair in combinations(sorted(group.ids), 2)}
    found = {}
    for reference in pointing:
        for key in targets_of(reference):
            pair = tuple(sorted((reference.id, names.get(key, reference.id))))
            if pair[0] != pair[1] and pair not in same:
                found[pair] = Judged(ids=pair, reason=_REASON)
    return msgspec.structs.replace(decisions, different=(*decisions.different, *found.values()))


def targets_of(reference: Reference) -> list[str]:
    """Give the keys of the entries that a reference names, in lower case."""
    values = [value for name in _POINTERS if isinstance(value := reference.extra.get(name), str)]
    return [part.strip(" {}").lower() for value in values for part in value.split(",")]
