"""Which field of an entry holds what of a `Reference`: tables for both ways, and the list of what no field holds.

Reading and writing look everything up here; the longer tables are in ``fields.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from alliancebib.variables import TEXT_VARIABLES

__all__ = [
    "BABEL",
    "BODIES",
    "CASED",
    "CODES",
    "CSL",
    "EXTRA_DATES",
    "EXTRA_NAMES",
    "EXTRA_TEXT",
    "FIELD_NAME",
    "IN_SERIES",
    "KEYS",
    "NAMES",
    "NOT_HELD",
    "OURS",
    "PART",
    "REPORT",
    "ROLES",
    "SERIALS",
    "SORTS",
    "SOURCE",
    "SYNONYMS",
    "TEXT",
    "TITLES",
    "TITLE_PARTS",
    "TYPE_KEYS",
    "TYPE_KEY_OF",
    "VARIANTS",
    "fit_name",
]

#: What a .bib file cannot hold of a reference, and what becomes of it.
NOT_HELD = {
    "id": "a new one is made of the file's name and the citation key",
    "key that BibTeX refuses": "the characters that it refuses become hyphens",
    "origins": "the entry itself becomes the place",
    "spans": "they speak of the text that the entry no longer is",
    "leftover": "it speaks of the text that the entry no longer is",
    "provenance": "the file says what is so, not who said it",
    "extra of other formats": "variables named `format:name` of other formats than BibTeX have no field",
    "white space": "line ends and runs of blanks become one blank",
    "control characters": "they are left out, as TeX and biber refuse them",
    "given name alone": "it is read as a family name",
    "family name of several words alone": "it is read as the name of a body",
    "particle in capitals": "classic BibTeX has no form for it; it is read as the beginning of the family name",
    "two sorts of particles in one entry": "classic BibTeX has no form for them; they are read as one sort",
    "options of names": "classic BibTeX has no form for them; in biblatex's dialect they stay as long as the names do",
    "words beside a date": "a date that has words is written as these words",
    "day without month": "EDTF has no place for it",
    "season beside a month": "a date is written with one of them",
    "year of words": "a year, or a month and a year, in the words of a date are read as the date's",
    "case that is kept anyway": "no span `nocase` is read round a whole title, no letters, or what has braces by rule",
    "case in other fields than titles": "a span `nocase` there is written as braces, which are not read",
    "genre Report": "classic BibTeX must print something for a report; the word is taken for nothing",
    "keys of biblatex": "a value that is one of them (`newseries`, `inpress`) is read as the words that it stands for",
    "broken address": "braces without a partner and backslashes in addresses are percent-encoded",
}

_TABLES = tomllib.loads(files("alliancebib.bibtex").joinpath("fields.toml").read_text("utf-8"))
TEXT: dict[str, list[str]] = _TABLES["text"]
EXTRA_TEXT: dict[str, list[str]] = _TABLES["extra_text"]
EXTRA_NAMES: dict[str, list[str]] = _TABLES["extra_names"]
EXTRA_DATES: dict[str, list[str]] = _TABLES["extra_dates"]
TYPE_KEYS: dict[str, str] = _TABLES["type_keys"]
TYPE_KEY_OF = {genre: key for key, genre in TYPE_KEYS.items()}
BABEL: dict[str, list[str]] = _TABLES["languages"]
CODES = {name: code for code, names in BABEL.items() for name in names}
#: Field -> localisation key -> the words that biblatex prints for it in English.
KEYS: dict[str, dict[str, str]] = _TABLES["keys"]
ROLES: dict[str, str] = _TABLES["roles"]
TITLE_PARTS: dict[str, list[str]] = _TABLES["title_parts"]
SORTS: dict[str, frozenset[str]] = {name: frozenset(names) for name, names in _TABLES["sorts"].items()}
BODIES: tuple[str, ...] = tuple(_TABLES["sorts"]["bodies"])
VARIANTS: dict[str, str] = _TABLES["variants"]

#: Names of one field, of which an entry has one.
SYNONYMS = (
    frozenset({"journal", "journaltitle"}),
    frozenset({"address", "location"}),
    frozenset({"school", "institution"}),
    frozenset({"archiveprefix", "eprinttype"}),
    frozenset({"langid", "language", "hyphenation"}),
)
NAMES = ("author", "editor", "translator")
OURS = "bibtex:"
#: The source of a field with a command that is unknown here, so that it can be written as it was read.
SOURCE = "bibtex:tex:"
#: The source of one of several fields of which the values were joined.
PART = "bibtex:tex:part:"
CSL = "csl-"
#: Variables with capitals by their names in small letters, which fields have.
CASED = {name.lower(): name for name in TEXT_VARIABLES if name != name.lower()}
#: Variables of ``extra`` that are titles of works: letters in them keep their case where braces say so.
TITLES = frozenset({"title-short", "original-title"})
#: Entry types whose `number` counts the issues of a serial, and those where it is the volume's place in a series.
SERIALS = frozenset({"article", "periodical", "suppperiodical", "review"})
IN_SERIES = frozenset(
    """book inbook incollection inproceedings conference proceedings collection reference inreference mvbook
    mvcollection mvproceedings mvreference bookinbook suppbook suppcollection manual booklet""".split()
)
FIELD_NAME = re.compile(r"[^\s\x00-\x1f\x7f=,{}\"#%()'@\\~]+")
REPORT = "Report"

_REFUSED = re.compile(r"[\s\x00-\x1f\x7f=,{}\"#%()'@\\~]+")


@lru_cache(maxsize=4096)
def fit_name(name: str) -> str:
    """Give the name of a field without what BibTeX and biber refuse in one, and unlike what `extra` has beside fields.

    >>> fit_name("file"), fit_name("don't"), fit_name("entrytype"), fit_name("tex:title")
    ('file', 'don-t', 'entrytype-2', 'tex-title')
    """
    fit = _REFUSED.sub("-", name)
    return "entrytype-2" if fit == "entrytype" else re.sub("^tex:", "tex-", fit)
