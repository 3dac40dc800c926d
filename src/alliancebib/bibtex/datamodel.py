"""Which entry types and fields programs know: `is_known_type`, `is_known_field`, and what a misspelt one may mean.

The names come from BibTeX, biblatex and the programs that write .bib files (``datamodel.toml``), and from the tables
that give them a meaning here.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from alliancebib.bibtex import fields, kinds

__all__ = ["is_known_field", "is_known_type", "meant_field", "meant_type"]

_TABLES = tomllib.loads(files("alliancebib.bibtex").joinpath("datamodel.toml").read_text("utf-8"))
_STANDARD = frozenset(_TABLES["biblatex"].split())
_FIELDS = _STANDARD.union(_TABLES["custom"].split(), _TABLES["programs"].split())
_TYPES = frozenset(_TABLES["types"].split()) | kinds.ENTRY_TYPES
#: Families of names: numbered ones, dates in parts, annotations, those of one program.
_FAMILIES = re.compile(
    r"""(?:bdsk|mendeley|jabref|zotero|citeulike|x|opt|alt|wos|acm)[-_].*
    |.*[+-]an(?::\w+)?
    |(?:orig|event|url)?(?:end)?(?:year|month|day|hour|minute|second|timezone|yeardivision|season)
    |comment-.*|file-?\d+|url-?\d+|.*-\d+""",
    re.VERBOSE,
)
#: Names shorter than this are near to everything: there only two letters that stand the other way round are a slip.
_LONG_ENOUGH = 5


def is_known_type(name: str) -> bool:
    """Say whether BibTeX, biblatex or a common style knows an entry type; case makes no difference.

    >>> is_known_type("InProceedings"), is_known_type("artcle")
    (True, False)
    """
    return name.lower() in _TYPES


def is_known_field(name: str) -> bool:
    """Say whether BibTeX, biblatex or a common program knows a field.

    >>> is_known_field("journaltitle"), is_known_field("bdsk-url-1"), is_known_field("titel")
    (True, True, False)
    """
    name = name.lower()
    return name in _FIELDS or name.startswith(fields.CSL) or bool(_FAMILIES.fullmatch(name))


def meant_type(name: str) -> str:
    """Give the entry type that a misspelt one means; the empty text where none is near.

    >>> meant_type("artcle"), meant_type("recipe")
    ('article', '')
    """
    return _nearest(name, _TYPES)


def meant_field(name: str) -> str:
    """Give the standard field that a misspelt one means; the empty text where none is near.

    >>> meant_field("titel"), meant_field("pges"), meant_field("yaer"), meant_field("rate")
    ('title', 'pages', 'year', '')
    """
    return _nearest(name, _STANDARD)


def _nearest(name: str, known: frozenset[str]) -> str:
    return next((one for one in sorted(known) if _one_slip(name.lower(), one)), "")


def _one_slip(typed: str, name: str) -> bool:
    """Say whether a letter of a name is missing, doubled, or changed places with the next, or an s stands behind it.

    Another letter instead of one makes another word as often as not: folder and holder, published and publisher, titre;
    so does one that is added: stitle, ajournal.
    """
    start = next((place for place, (one, other) in enumerate(zip(typed, name, strict=False)) if one != other), None)
    if start is None:
        return len(name) >= _LONG_ENOUGH and (typed in (name[:-1], name + name[-1:], f"{name}s"))
    rest, right = typed[start:], name[start:]
    if rest[:2] == right[1::-1] and rest[2:] == right[2:]:
        return True
    return len(name) >= _LONG_ENOUGH and (
        rest == right[1:] or (rest[1:] == right and typed[start - 1 : start] == rest[0])
    )
