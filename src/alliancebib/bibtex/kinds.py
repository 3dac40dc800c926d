"""Entry types and CSL types, both ways; the tables are in ``kinds.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

__all__ = [
    "ENTRY_TYPES",
    "GENRES",
    "container_field",
    "container_fields",
    "entry_type_of",
    "has_cased_container",
    "is_known_subtype",
    "kind_of",
    "publisher_field",
    "publisher_fields",
]

_TABLES = tomllib.loads(files("alliancebib.bibtex").joinpath("kinds.toml").read_text("utf-8"))
_KINDS: dict[str, dict[str, str]] = _TABLES["kinds"]
_ALIASES: dict[str, str] = _TABLES["aliases"]
_PUBLISHERS: dict[str, str] = _TABLES["publishers"]
_CONTAINERS: dict[str, str] = _TABLES["containers"]
#: Entry type -> what it says of the genre.
GENRES: dict[str, str] = _TABLES["genres"]

#: Every entry type that has a CSL type.
ENTRY_TYPES = frozenset(_ALIASES) | {
    row[name] for row in _KINDS.values() for name in ("type", "classic") if name in row
}

_BY_TYPE: dict[tuple[str, str], str] = {
    (type_, row.get("subtype", "")): kind
    for kind, row in _KINDS.items()
    for type_ in (row["type"], row.get("classic", row["type"]))
}


@lru_cache(maxsize=1024)
def kind_of(entry_type: str, subtype: str = "") -> str:
    """Give the CSL type of an entry; the empty text for an entry type that nobody knows.

    >>> kind_of("article", "newspaper"), kind_of("conference"), kind_of("comic")
    ('article-newspaper', 'paper-conference', '')
    """
    type_, subtype = entry_type.lower(), subtype.lower()
    return _BY_TYPE.get((type_, subtype)) or _BY_TYPE.get((type_, "")) or _ALIASES.get(type_, "")


def is_known_subtype(entry_type: str, subtype: str) -> bool:
    """Say whether the subtype tells the CSL type, so that it need not be kept beside it."""
    return not subtype or (entry_type.lower(), subtype.lower()) in _BY_TYPE


@lru_cache(maxsize=1024)
def entry_type_of(kind: str, *, genre: str = "", classic: bool) -> tuple[str, str]:
    """Give entry type and subtype for a CSL type; a thesis is named after its degree where classic BibTeX knows it.

    >>> entry_type_of("thesis", genre="PhD thesis", classic=True), entry_type_of("webpage", classic=True)
    (('phdthesis', ''), ('online', ''))
    """
    row = _KINDS.get(kind, _KINDS["document"])
    if kind == "thesis" and classic and (type_ := _degree(genre)):
        return type_, ""
    return row.get("classic", row["type"]) if classic else row["type"], row.get("subtype", "")


def _degree(genre: str) -> str:
    words = genre.lower()
    if any(word in words for word in ("phd", "ph.d", "ph. d", "doctor", "dissertation")):
        return "phdthesis"
    return "mastersthesis" if "master" in words else ""


def container_field(entry_type: str) -> str:
    """Give the field that holds the container's title."""
    return _CONTAINERS.get(entry_type, "booktitle")


def has_cased_container(entry_type: str) -> bool:
    """Say whether the container is a book, whose title styles may lower like that of the work; journals' they leave."""
    return container_field(entry_type) == "booktitle"


@lru_cache(maxsize=256)
def container_fields(entry_type: str) -> tuple[str, ...]:
    """Give the fields that may hold the container's title, in the order in which they are looked for.

    >>> container_fields("article"), container_fields("online")
    (('journal', 'journaltitle', 'booktitle'), ('organization', 'booktitle'))
    """
    own = container_field(entry_type)
    journals = () if own == "organization" else ("journaltitle", "journal")
    return tuple(dict.fromkeys((own, *journals, "booktitle")))


def publisher_field(entry_type: str) -> str:
    """Give the field that holds the publishing body."""
    return _PUBLISHERS.get(entry_type, "publisher")


@lru_cache(maxsize=256)
def publisher_fields(entry_type: str) -> tuple[str, ...]:
    """Give the fields that may hold the publishing body, in the order in which they are looked for.

    Of the two names for the school of a thesis BibTeX's is the first, whatever the entry type is called, so that
    both may stand in one entry and the dialects agree.
    """
    own = publisher_field(entry_type)
    first = ("school", "institution") if "school" in (own, _PUBLISHERS.get(f"phd{entry_type}")) else (own,)
    return tuple(dict.fromkeys((*first, "publisher", "institution", "school", "organization", "howpublished")))
