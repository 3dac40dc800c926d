"""What changed upstream: two locks come in, and field by field what their records say differently goes out."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from alliancebib.lock import Accepted, Lock, Open
from alliancebib.matching.agreement import as_text
from alliancebib.model import Reference
from alliancebib.verification.wording import named

__all__ = ["Change", "changes_between"]

#: Fields of a `Reference` that a record has; the others say where it was read.
_NOT_OF_THE_RECORD = frozenset("id key origins spans leftover provenance extra".split())


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One value that a service gives differently than before; ``work`` names the record, ``reference`` is an id."""

    reference: str
    work: str
    field: str
    old: str
    new: str


def changes_between(before: Lock, after: Lock) -> tuple[Change, ...]:
    """Give what changed between two locks, sorted by the ids of references, the fields in the order of a reference.

    What only one of the locks speaks of is no change upstream, but one of the list.
    """
    both = sorted(_names(before) & _names(after))
    return tuple(change for name in both for change in _changes(name, _entry(before, name), _entry(after, name)))


def _names(lock: Lock) -> set[str]:
    return {*lock.works, *lock.open}


def _entry(lock: Lock, name: str) -> Accepted | Open:
    return lock.works.get(name) or lock.open[name]


def _changes(name: str, before: Accepted | Open, after: Accepted | Open) -> Iterator[Change]:
    record = next((entry.record for entry in (before, after) if isinstance(entry, Accepted)), None)
    work = named(record) if record else name
    old, new = _said(before), _said(after)
    for field in dict.fromkeys([*old, *new]):
        if old.get(field, "") != new.get(field, ""):
            yield Change(reference=name, work=work, field=field, old=old.get(field, ""), new=new.get(field, ""))


def _said(entry: Accepted | Open) -> dict[str, str]:
    """Give an answer as fields and texts; one that attached nothing is its sentence."""
    if isinstance(entry, Open):
        return {"answer": entry.message}
    return {field: text for field, text in _fields(entry.record) if text}


def _fields(record: Reference) -> Iterator[tuple[str, str]]:
    for field in record.__struct_fields__:
        if field not in _NOT_OF_THE_RECORD:
            yield field, as_text(getattr(record, field))
    for field, value in sorted(record.extra.items()):
        yield field, as_text(value)
