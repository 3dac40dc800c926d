"""RIS types and tags beside CSL types and variables, and what RIS cannot hold; the tables are in two TOML files.

Which tags and types there are at all, and their names for a person, comes from rispy (docs/decisions/0009).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rispy.config import TAG_KEY_MAPPING, TYPE_OF_REFERENCE_MAPPING

__all__ = [
    "FURTHER",
    "KNOWN",
    "NOT_HELD",
    "OURS",
    "VARIABLES",
    "is_whole",
    "kind_of",
    "tag_name",
    "tags_of",
    "type_name",
    "type_of",
]

#: What an RIS file cannot hold of a reference, and what becomes of it.
NOT_HELD = {
    "id": "a new one is made of the file's name and the citation key, or of the record",
    "origins": "the record itself becomes the place",
    "spans": "they speak of the text that the record no longer is",
    "leftover": "it speaks of the text that the record no longer is",
    "provenance": "the file says what is so, not who said it",
    "extra of other formats": "variables named `format:name` of other formats than RIS and BibTeX have no tag",
    "sources in TeX": "the text of the variable is written, without times of day and unknown commands of a .bib file",
    "variables that CSL does not have": "there is no tag for them",
    "white space": "line ends and runs of blanks become one blank",
    "control characters": "they are left out",
    "case that is kept": "spans `nocase` are left out, their letters stay",
    "invalid DOI or address": "it is read as what it is, and kept beside the fields",
    "particle in capitals": "it is read as the beginning of the family name",
    "particle where family or given name is missing": "it is read as that name",
    "small words at the end of a given name": "they are read as a particle",
    "comma in a part of a name": "what follows is read as the next part",
    "words beside a date": "a date that has words is written as these words",
    "year of words": "words that are a date are read as one; a single year in them is the date's year too",
    "day without month": "there is no place for it",
    "season beside a month": "a date is written with one of them",
}

_TABLES: dict[str, dict[str, str]] = tomllib.loads(files("alliancebib.ris").joinpath("kinds.toml").read_text("utf-8"))
_KINDS, _TYPES = _TABLES["kinds"], _TABLES["types"]
_TAGS = tomllib.loads(files("alliancebib.ris").joinpath("tags.toml").read_text("utf-8"))
_WRITTEN: dict[str, str] = _TAGS["written"]
_BY_TYPE: dict[str, dict[str, str]] = _TAGS["by_type"]
_WHOLE = frozenset(_TAGS["whole"]["types"])

#: Prefix of what is kept of a record because no field holds it.
OURS = "ris:"
#: Tag -> variable, for tags that are read where the variable has no value yet.
FURTHER: dict[str, str] = _TAGS["read"]
#: The variables that have a tag in some type.
VARIABLES = frozenset(_WRITTEN) | {variable for row in _BY_TYPE.values() for variable in row.values()}
#: Tags that are known to somebody: in lower case or with a blank too few they are still taken for tags.
KNOWN = frozenset(TAG_KEY_MAPPING) | frozenset(_WRITTEN.values()) | frozenset(FURTHER) | {"L3", "M2", "SN", "AV", "DI"}


def kind_of(type_: str) -> str:
    """Give the CSL type of an RIS type; the empty text for one that nobody knows.

    >>> kind_of("JOUR"), kind_of("COMIC")
    ('article-journal', '')
    """
    return _TYPES.get(type_.strip().upper(), "")


def type_of(kind: str) -> str:
    """Give the RIS type that a CSL type is written as.

    >>> type_of("article-journal"), type_of("no such type")
    ('JOUR', 'GEN')
    """
    return _KINDS.get(kind, "GEN")


@cache
def tags_of(type_: str) -> Mapping[str, str]:
    """Give the tags of a type and the variable that each stands for; one that another tag took over is not in it.

    >>> tags_of("JOUR")["T2"], tags_of("BOOK")["T2"]
    ('container-title', 'collection-title')
    """
    own = _BY_TYPE.get(type_, {})
    usual = {tag: variable for variable, tag in _WRITTEN.items() if variable not in own.values()}
    return MappingProxyType(usual | own)


def is_whole(type_: str) -> bool:
    """Say whether the type is that of works which are no part of another, so that SP alone counts their pages."""
    return type_ in _WHOLE


def tag_name(tag: str) -> str:
    """Give what a tag is called, for a person: ``A2 (secondary authors)``."""
    name = TAG_KEY_MAPPING.get(tag, "")
    return f"{tag} ({name.replace('_', ' ')})" if name and name != "unknown_tag" else tag


def type_name(type_: str) -> str:
    """Give what a type of reference is called, for a person: ``AGGR (Aggregated Database)``."""
    name = TYPE_OF_REFERENCE_MAPPING.get(type_, "")
    return f"{type_} ({name})" if name else type_
