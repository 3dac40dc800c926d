"""Who did what beside writing and editing: ``editor`` to ``editorc`` with their types (biblatex, section 2.3.6).

In the entry a role is a pair of fields, ``editora = {Doe, J.}, editoratype = {director}``; between reading and writing
it is the field ``csl-director+names``. Types that CSL has no variable for (redactor, reviser) stay as they are.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from alliancebib.bibtex.fields import ROLES

__all__ = ["arrange_roles", "spread_roles"]

#: The first is left to editors: classic BibTeX takes whoever stands there for one.
_SLOTS = ("editor", "editora", "editorb", "editorc")
_TYPES = frozenset(f"{slot}type" for slot in _SLOTS)


def arrange_roles(fields: dict[str, str]) -> None:
    """Give each role that CSL knows a field of its own.

    A type stays where `spread_roles` would give the role another place: it tells the place.
    """
    if fields.keys().isdisjoint(_TYPES):
        return
    found: dict[str, str] = {}
    types: dict[str, str] = {}
    for slot in _SLOTS:
        role = _role(fields, slot)
        if slot in fields and role and role not in found and f"csl-{role}+names" not in fields:
            found[role] = slot
            types[role] = fields.pop(f"{slot}type")
    names = {role: fields.pop(slot) for role, slot in found.items()}
    usual = _usual_places(fields, found)
    for role, slot in found.items():
        fields[f"csl-{role}+names"] = names[role]
        if usual.get(role) != slot:
            fields[f"{slot}type"] = types[role]


def spread_roles(fields: dict[str, str]) -> None:
    """Put roles into the places that their types tell, the others into those that are free."""
    roles = [role for role in _RANKED if f"csl-{role}+names" in fields]
    if not roles:
        return
    told: dict[str, str] = {}
    for slot in _SLOTS:
        role = _role(fields, slot)
        if role not in roles:
            continue
        if slot in fields or role in told:
            del fields[f"{slot}type"]  # someone else stands there now
        else:
            told[role] = slot
    rest = [role for role in roles if role not in told]
    for role, slot in {**told, **_usual_places(fields, rest)}.items():
        fields[slot] = fields.pop(f"csl-{role}+names")
        fields[f"{slot}type"] = f"{{{_TYPE_OF[role]}}}" if role in rest else fields.pop(f"{slot}type")


_RANKED = tuple(dict.fromkeys(ROLES.values()))
_TYPE_OF = {role: type_ for type_, role in reversed(ROLES.items())}


def _role(fields: Mapping[str, str], slot: str) -> str:
    return ROLES.get(fields.get(f"{slot}type", "").strip("{} ").lower(), "")


def _usual_places(fields: Mapping[str, str], roles: Container[str]) -> dict[str, str]:
    """Give each role, in the order of the table, the next place that nothing stands in."""
    free = [slot for slot in _SLOTS[1:] if slot not in fields and f"{slot}type" not in fields]
    return dict(zip([role for role in _RANKED if role in roles], free, strict=False))
