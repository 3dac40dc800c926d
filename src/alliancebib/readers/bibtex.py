"""BibTeX and biblatex files: every entry becomes a reference, whatever is wrong beside it."""

from __future__ import annotations

import re

from alliancebib.bibtex import FORMAT
from alliancebib.bibtex.reading import read_library
from alliancebib.files import Source
from alliancebib.library import Library, Original

__all__ = ["read", "recognises"]

_SUFFIXES = frozenset({".bib", ".bibtex", ".biblatex"})
_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*(?:string|[^\W\d_]\w*\s*[{(]\s*[^\s{}(),\"=#%]*\s*,\s*[^\s=,{}]+\s*=)", re.MULTILINE
)
_START = re.compile(r"\s*(?:%[^\n]*\s*)*@[ \t]*[^\W\d_]\w*\s*[{(]")


def recognises(source: Source) -> float:
    """Say how sure it is that this is a .bib file: by its suffix, else by an entry."""
    if source.suffix in _SUFFIXES:
        return 1.0
    if _START.match(source.text):
        return 0.95
    return 0.6 if _ENTRY.search(source.text) else 0.0


def read(source: Source) -> Library:
    """Read every entry; what could not be read as one is a finding with its line."""
    library = read_library(source.text, page=source.name)
    return Library(library, findings=library.findings, originals=[Original(source, library.references, FORMAT)])
