"""One name: its parts in the order that the style and the script ask for (CSL 1.0.2, "Name", "Name-part Order")."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from alliancebib.csl.elements.initials import initialized
from alliancebib.csl.elements.look import PLAIN, Look
from alliancebib.csl.item import PersonName
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Branch, Leaf, Node, joined

__all__ = ["NameShape", "person"]

#: Scripts whose names are written with blanks between their parts; others put the family name first without one.
_SPACED_SCRIPT = re.compile("[A-Za-zÀ-ʯͰ-ϿЀ-ԯ԰-֏֐-׿؀-ۿऀ-ॿก-๛Ⴀ-ჿḀ-ỿἀ-῿]")


class NameShape(msgspec.Struct, frozen=True):
    """How names of one ``cs:name`` are written; ``level`` of `person` overrides ``long``."""

    long: bool = True
    initialize_with: str | None = None
    initialize: bool = True
    hyphens: bool = True
    sort_separator: str = ", "
    demote: str = "display-and-sort"
    family: Look = PLAIN
    given: Look = PLAIN
    look: Look = PLAIN


def person(name: PersonName, shape: NameShape, *, inverted: bool, label: str, level: int = 0, sorting: bool = False) -> Node | None:
    """Give one name; ``level`` 1 adds initials, 2 the whole given name to what the style shows."""
    if name.literal:
        return shape.family.bare().dressed(field_nodes(name.literal, f"{label}:literal") or Leaf("", label))
    if not _SPACED_SCRIPT.search(name.family + name.given) and name.given and name.family:
        return _unspaced(name, shape, label=label, level=level)
    if not shape.long and not level:
        return _family_first(name, shape, label)
    given = _given(name.given, shape, level)
    if not name.family and not name.non_dropping:
        return _part(given or name.given, shape.given, f"{label}:given")
    if inverted or sorting:
        return _inverted(name, given, shape, label=label, sorting=sorting)
    return _straight(name, given, shape, label=label)


def _given(given: str, shape: NameShape, level: int) -> str:
    if shape.initialize_with is None or level == 2:
        return given
    return _initials(given, shape.initialize_with, shape.initialize, shape.hyphens)


@lru_cache(maxsize=16_384)
def _initials(given: str, mark: str, shorten: bool, hyphens: bool) -> str:  # noqa: FBT001 - a cache's key
    return initialized(given, mark, shorten=shorten, hyphens=hyphens)


def _part(text: str, look: Look, label: str) -> Node | None:
    node = field_nodes(text, label)
    return look.dressed(node) if node is not None else None


def _family_first(name: PersonName, shape: NameShape, label: str) -> Node | None:
    """Give the short form: family name with the particle that does not drop."""
    family = _spaced(
        _bare(name.non_dropping, shape, label), field_nodes(name.family, f"{label}:family"), name.non_dropping
    )
    if family is None:
        return _part(name.given, shape.given, f"{label}:given")
    return shape.family.dressed(family)


def _bare(particle: str, shape: NameShape, label: str) -> Node | None:
    return field_nodes(particle, f"{label}:non-dropping-particle")


def _spaced(before: Node | None, after: Node | None, particle: str) -> Node | None:
    """Join a particle and what it belongs to; one that ends in an apostrophe or hyphen stands close."""
    if before is None or after is None:
        return before or after
    close = particle.endswith(("'", "’", "ʼ", "-", "\u00a0")) and len(particle) > 1 or particle in ("'", "’")
    return Branch((before, after)) if close else Branch((before, after), delimiter=" ")


def _straight(name: PersonName, given: str, shape: NameShape, *, label: str) -> Node | None:
    family: Node | None = field_nodes(name.family, f"{label}:family")
    family = _spaced(_bare(name.non_dropping, shape, label), family, name.non_dropping)
    if name.dropping:
        family = _spaced(field_nodes(name.dropping, f"{label}:dropping-particle"), family, name.dropping)
    family = shape.family.dressed(family) if family is not None else None
    nodes = [_part(given, shape.given, f"{label}:given"), family]
    whole = joined(nodes, " ")
    return _with_suffix(whole, name, ", " if name.comma_suffix else " ", label)


def _with_suffix(node: Node | None, name: PersonName, joiner: str, label: str) -> Node | None:
    if not name.suffix or node is None:
        return node
    return Branch((node, Leaf(joiner, affix=True), field_nodes(name.suffix, f"{label}:suffix") or Leaf("")))


def _inverted(name: PersonName, given: str, shape: NameShape, *, label: str, sorting: bool) -> Node | None:
    demoted = shape.demote == "display-and-sort" or (shape.demote == "sort-only" and sorting)
    family: Node | None = field_nodes(name.family, f"{label}:family")
    particle = _bare(name.non_dropping, shape, label)
    if not demoted:
        family = _spaced(particle, family, name.non_dropping)
    family = shape.family.dressed(family) if family is not None else None
    behind: list[Node | None] = [field_nodes(given, f"{label}:given")]
    if name.dropping:
        behind.append(_styled(field_nodes(name.dropping, f"{label}:dropping-particle"), shape.given))
    if demoted and particle is not None:
        behind.append(_styled(particle, shape.family))
    rest = joined(behind, " ")
    rest = shape.given.dressed(rest) if rest is not None else None
    whole = joined([family, rest], shape.sort_separator)
    return _with_suffix(whole, name, shape.sort_separator, label)


def _styled(node: Node | None, look: Look) -> Node | None:
    return look.bare().dressed(node) if node is not None else None


def _unspaced(name: PersonName, shape: NameShape, *, label: str, level: int) -> Node | None:
    family = _part(name.non_dropping + name.family, shape.family, f"{label}:family")
    if not shape.long and not level:
        return family
    return joined([family, _part(name.given + name.dropping, shape.given, f"{label}:given")])
