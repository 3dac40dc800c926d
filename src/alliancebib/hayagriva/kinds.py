"""Hayagriva's entry types and CSL types, both ways; the tables are in ``kinds.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

__all__ = ["EVENTS", "TYPES", "WHOLE", "container_of", "default_parent", "kind_of", "type_of"]

_TABLES = tomllib.loads(files("alliancebib.hayagriva").joinpath("kinds.toml").read_text("utf-8"))
_KINDS: dict[str, dict[str, str]] = _TABLES["kinds"]

#: Every entry type that is read.
TYPES: dict[str, str] = _TABLES["types"]
#: Types that are no part of another work: what stands above them is a series.
WHOLE = frozenset("book anthology proceedings periodical newspaper reference performance exhibition".split())
#: Types of parents that are an event, and no container.
EVENTS = frozenset({"conference", "exhibition"})


def type_of(kind: str) -> str:
    """Give the entry type that a CSL type is written as.

    >>> type_of("thesis"), type_of("no such type")
    ('thesis', 'misc')
    """
    return _KINDS.get(kind, _KINDS["document"])["type"]


def container_of(kind: str) -> str:
    """Give the type of the parent that is the container of a CSL type; the empty text where it has none."""
    return _KINDS.get(kind, _KINDS["document"]).get("container", "")


def default_parent(type_: str) -> str:
    """Give the type of a parent that states none."""
    return str(_TABLES["default_parent"].get(type_, "misc"))


def kind_of(type_: str, container: str = "", *, published: bool = False) -> str:
    """Give the CSL type of an entry in a container of some type; ``published`` tells a law from its draft.

    >>> kind_of("article", "newspaper"), kind_of("legislation"), kind_of("comic")
    ('article-newspaper', 'bill', 'document')
    """
    if type_ == "legislation" and not published:
        return "bill"
    more: dict[str, str] = _TABLES["parents"].get(type_, {})
    return more.get(container) or TYPES.get(type_, "document")
