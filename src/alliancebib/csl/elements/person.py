"""One name: its parts in the order that the style and the script ask for (CSL 1.0.2, "Name", "Name-part Order")."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from alliancebib.csl.elements.initials import initialized
from alliancebib.csl.elements.look import PLAIN, Look
from alliancebib.csl.item import PersonName
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Branch, Node, joined

__all__ = ["NameShape", "NameUse", "person"]

#: Chinese characters, kana and Hangul: names in them put the family name first, and no blank between their parts.
_UNSPACED = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_OTHER_LETTER = re.compile(rf"[^\W\d_{_UNSPACED}]")
_CLOSE = ("'", "’", "ʼ", "-", " ", "\u00a0")


class NameShape(msgspec.Struct, frozen=True):
    """How names of one ``cs:name`` are written; the level of a `NameUse` overrides ``long``.

    ``family`` and ``given`` are the looks of the parts, ``bare_family`` and ``bare_given`` the same without affixes.
    """

    long: bool = True
    initialize_with: str | None = None
    initialize: bool = True
    hyphens: bool = True
    sort_separator: str = ", "
    demote: str = "display-and-sort"
    family: Look = PLAIN
    given: Look = PLAIN
    bare_family: Look = PLAIN
    bare_given: Look = PLAIN
    look: Look = PLAIN


class _Parts:
    """A name's parts as nodes, each in its own formatting, without the affixes of the part."""

    __slots__ = ("dropping", "dropping_text", "family", "given", "particle", "particle_text", "suffix")

    def __init__(self, name: PersonName, given: str, shape: NameShape, use: NameUse) -> None:
        label, language = use.label, use.language
        self.family = _styled(name.family, shape.bare_family, f"{label}:family", language)
        self.given = _styled(given, shape.bare_given, f"{label}:given", language)
        self.particle = _styled(
            name.non_dropping.rstrip(" "), shape.bare_family, f"{label}:non-dropping-particle", language
        )
        self.dropping = _styled(name.dropping.rstrip(" "), shape.bare_given, f"{label}:dropping-particle", language)
        bare_marks = shape.initialize_with is not None and "." not in shape.initialize_with
        self.suffix = field_nodes(name.suffix.replace(".", "") if bare_marks else name.suffix, f"{label}:suffix")
        self.particle_text = name.non_dropping
        self.dropping_text = name.dropping


class NameUse(NamedTuple):
    """Where one name stands: its variable, how much of the given name is shown, turned round or not.

    ``level`` 1 adds initials, 2 the whole given name to what the style shows; ``blank`` stands between a particle and
    the family name (French, Russian and Czech do not break a line there); ``language`` is the one that raises letters.
    """

    label: str
    level: int = 0
    inverted: bool = False
    sorting: bool = False
    blank: str = " "
    language: str = "en"


def person(name: PersonName, shape: NameShape, use: NameUse) -> Node | None:
    """Give one name."""
    label, level, blank = use.label, use.level, use.blank
    if name.literal:
        return _styled(name.literal, shape.bare_family, f"{label}:literal", use.language)
    shows_given = shape.long or level > 0
    if name.given and name.family and _is_unspaced(name.family + name.given):
        parts = _Parts(name, name.given if shows_given else "", shape, use)
        return joined([parts.particle, parts.family, parts.given])
    parts = _Parts(name, _given(name, shape, level) if shows_given or not name.family else "", shape, use)
    if not shows_given:
        parts.dropping = parts.suffix = None
    if use.sorting:
        return _sorting(parts, shape)
    if use.inverted:
        return _inverted(name, parts, shape, blank)
    return _straight(name, parts, shape, blank, level)


def _is_unspaced(text: str) -> bool:
    return _UNSPACED_LETTER.search(text) is not None and _OTHER_LETTER.search(text) is None


def _given(name: PersonName, shape: NameShape, level: int) -> str:
    if shape.initialize_with is None or level == 2 or not name.family:
        return name.given
    return initialized(name.given, shape.initialize_with, shorten=shape.initialize, hyphens=shape.hyphens)


def _styled(text: str, look: Look, label: str, language: str) -> Node | None:
    node = field_nodes(text, label)
    return look.dressed(node, language=language) if node is not None else None


def _affixed(node: Node | None, look: Look) -> Node | None:
    """Give a name part in the affixes that the style puts round it."""
    if node is None or not (look.prefix or look.suffix):
        return node
    return Branch((node,), prefix=look.prefix, suffix=look.suffix)


def _with_particle(particle: Node | None, typed: str, node: Node | None, blank: str) -> Node | None:
    """Put a particle before a name; one that ends in an apostrophe, a hyphen or a typed blank needs no other."""
    if particle is None or node is None:
        return particle or node
    if typed.endswith(" "):
        return Branch((particle, node), delimiter=" ")
    return Branch((particle, node), delimiter="" if typed.endswith(_CLOSE) else blank)


def _straight(name: PersonName, parts: _Parts, shape: NameShape, blank: str, level: int) -> Node | None:
    family = _with_particle(parts.particle, parts.particle_text, parts.family, blank)
    close = parts.dropping_text if parts.particle is None and not parts.dropping_text.startswith("de'") else "x"
    family = _with_particle(parts.dropping, close, family, blank)
    if parts.suffix is not None:
        family = joined([family, parts.suffix], ", " if name.comma_suffix else " ")
    # A style that keeps initials together keeps them with the family name, where the language does.
    together = "\u00a0" in (shape.initialize_with or "") and level < 2
    given, family = _affixed(parts.given, shape.given), _affixed(family, shape.family)
    if shape.given.suffix[-1:].isspace():  # the style brings the blank
        return joined([given, family])
    return joined([given, family], blank if together else " ")


def _inverted(name: PersonName, parts: _Parts, shape: NameShape, blank: str) -> Node | None:
    separator = ", " if name.given in ("Lord", "Lady") else shape.sort_separator
    demoted = shape.demote == "display-and-sort"
    family, behind = parts.family, [parts.given, parts.dropping]
    if demoted:
        behind.append(parts.particle)
    else:
        family = _with_particle(parts.particle, parts.particle_text, family, blank)
    rest = _affixed(joined(behind, " "), shape.given)
    return joined([joined([_affixed(family, shape.family), rest], separator), parts.suffix], separator)


def _sorting(parts: _Parts, shape: NameShape) -> Node | None:
    """Give the name as sorting compares it: parts in order of weight, each a word of its own, no affixes."""
    if shape.demote == "never":
        family = joined([parts.particle, parts.family, parts.dropping], " ")
        return joined([joined([family, parts.given], shape.sort_separator), parts.suffix], " ")
    rest = joined([parts.given, parts.dropping, parts.particle], " ")
    return joined([joined([parts.family, rest], shape.sort_separator), parts.suffix], " ")
