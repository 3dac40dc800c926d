"""What references to one work say beside the fields of a `Reference`: lists are united, notes joined, the rest chosen.

Lists are keywords, groups, attached files, further names and pointers at other entries. Of other values the one is
kept that says more, and of TeX sources that of the value that was kept; `merging` records what gave way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from alliancebib.citation_key import key_in_source
from alliancebib.matching.agreement import as_text
from alliancebib.model import ExtraValue, Reference
from alliancebib.variables import OTHER_VERSIONS

__all__ = ["TEX_SOURCE", "holds", "merged_extra", "without_repeats"]

#: Values that are lists, and what may part their items; the first is written where none stands yet.
_LISTS = {
    "keyword": ",;",
    "bibtex:keywords": ",;",
    "bibtex:groups": ",;",
    "bibtex:mendeley-tags": ",;",
    "bibtex:file": ";",
    "bibtex:ids": ",",
    OTHER_VERSIONS: " ",
    "bibtex:related": ",",
    "bibtex:xdata": ",",
    "bibtex:entryset": ",",
}
#: Values that name other entries.
_POINTERS = frozenset(
    {OTHER_VERSIONS, "bibtex:related", "bibtex:xdata", "bibtex:entryset", "bibtex:crossref", "bibtex:xref"}
)
#: Values that are remarks: all are kept, as notes are.
_REMARKS = frozenset({"annote", "bibtex:annotation", "bibtex:comment", "bibtex:review"})
#: Values that say where a work stands.
_STANDING = frozenset(
    """collection-number container-title-short event-date event-place event-title number bibtex:entrytype
    bibtex:entrysubtype""".split()
)
#: Further citation keys of an entry, under the name that biblatex has for them (section 2.2.3 of its manual).
_IDS = "bibtex:ids"
#: A key that can stand in such a list.
_KEY = re.compile(r"[^\s,{}\"#%~\\]+")
#: The TeX that a value was read from stands under this and the name of a field.
TEX_SOURCE = "bibtex:tex:"
_FIELD_OF = {"date": "issued", "container": "container_title", "urldate": "accessed"}


def merged_extra(
    references: Sequence[Reference], merged: Reference, published: Sequence[Reference]
) -> dict[str, ExtraValue]:
    """Give what ``extra`` of a merged reference holds, in the order of its members; ``merged`` has its other fields.

    Only those that came out say where the work stands.
    """
    names = dict.fromkeys(name for reference in references for name in reference.extra)
    givers = {name: published if name in _STANDING else references for name in names}
    extra = {
        name: _value(name, givers[name], merged) for name in names if any(name in one.extra for one in givers[name])
    }
    own = {name for reference in references for name in (reference.key, reference.id)} | {merged.key}
    for name in _POINTERS & extra.keys():  # two that named each other are one now
        mark = _LISTS.get(name, ",")
        if isinstance(value := extra[name], str) and not own.isdisjoint(_items(value, mark)):
            extra[name] = f"{mark.strip()} ".join(key for key in _items(value, mark) if key not in own)
    extra = {name: value for name, value in extra.items() if value}
    if keys := _further_keys(references, merged.key, extra.get(_IDS, "")):
        extra[_IDS] = keys
    return extra


def holds(kept: ExtraValue, value: ExtraValue, name: str) -> bool:
    """Say whether a value that was kept says all that another says.

    >>> holds("b, a", "a", "keyword"), holds("ab", "a", "keyword"), holds("ab", "a", "publisher")
    (True, False, False)
    """
    if kept == value:
        return True
    if not isinstance(kept, str) or not isinstance(value, str):
        return False
    if name in _LISTS:
        return set(_items(value, _LISTS[name])) <= set(_items(kept, _LISTS[name]))
    return name in _REMARKS and _pieces(value) <= _pieces(kept)


def without_repeats(notes: Iterable[str]) -> str:
    """Give every note once; what stands between semicolons is a note, and is the same as a whole or not at all.

    >>> without_repeats(["Read", "Lent; read", "Unread", "read"])
    'Read; Lent; Unread'
    """
    whole = [note for note in notes if note.strip()]
    told: set[str] = set()
    kept: list[str] = []
    for note in whole:
        pieces = {name: piece.strip() for piece in note.split(";") if (name := _folded(piece))}
        new = [piece for name, piece in pieces.items() if name not in told]
        kept += [note] if len(new) == len(pieces) else new  # a note that says nothing twice stays as it is written
        told |= pieces.keys()
    return "; ".join(kept)


def _folded(note: str) -> str:
    return " ".join(note.casefold().split())


def _pieces(note: str) -> set[str]:
    return {_folded(piece) for piece in note.split(";")} - {""}


def _value(name: str, references: Sequence[Reference], merged: Reference) -> ExtraValue:
    values = [reference.extra[name] for reference in references if name in reference.extra]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) == len(values):
        if name in _LISTS:
            return _united(texts, _LISTS[name])
        if name in _REMARKS:
            return without_repeats(texts)
    if name.startswith(TEX_SOURCE):
        field = name.removeprefix(TEX_SOURCE)
        field = _FIELD_OF.get(field, field)
        own = (one.extra[name] for one in references if name in one.extra and _gave(one, merged, field))
        return next(own, values[0])
    if name in _POINTERS:  # the first entry stays where it is, with what it inherits
        return values[0]
    return max(values, key=lambda value: (len(as_text(value)), as_text(value)))


def _gave(reference: Reference, merged: Reference, field: str) -> bool:
    value = getattr(merged, field, None)
    return value is not None and value == getattr(reference, field, None)


def _united(values: Sequence[str], marks: str) -> str:
    """Give every item of several lists once; a list that says it all already stays as it is written."""
    items = list(dict.fromkeys(item for value in values for item in _items(value, marks)))
    whole = next((value for value in values if len(_items(value, marks)) == len(items)), None)
    if whole is not None:
        return whole
    mark = next((mark for mark in reversed(marks) if any(mark in value for value in values)), marks[0])
    return mark.join(items) if marks in (";", " ") else f"{mark} ".join(items)


def _items(value: str, marks: str) -> list[str]:
    mark = next((mark for mark in reversed(marks) if mark in value), marks[0])
    return list(dict.fromkeys(item for part in value.split(mark) if (item := part.strip())))


def _further_keys(references: Sequence[Reference], kept: str, known: ExtraValue) -> str:
    """Give the keys of all members as further names of the one that is kept.

    A key that its own source does not have was made to tell two entries apart, and nobody cites it.
    """
    others = [one.key for one in references if one.key and key_in_source(one) == one.key]
    names = _items(known, ",") if isinstance(known, str) else []
    fit = [key for key in others if _KEY.fullmatch(key)]
    return ", ".join(dict.fromkeys(name for name in [*names, *fit] if name != kept))
