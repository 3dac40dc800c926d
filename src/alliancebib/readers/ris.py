"""RIS files of reference managers and publishers: every record becomes a reference, whatever is wrong beside it."""

from __future__ import annotations

import re

from alliancebib import ris
from alliancebib.files import Source
from alliancebib.library import Library

__all__ = ["read", "recognises"]

_SUFFIXES = frozenset({".ris"})
_MEDIA = frozenset({"application/x-research-info-systems"})
_TYPE = re.compile(r"^[ \t]{0,8}TY {1,2}- ?[A-Z]{2,8}[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]{0,8}(?:T1|TI|AU|A1|PY|ER|T2|UR) {1,2}-", re.MULTILINE)


def recognises(source: Source) -> float:
    """Say how sure it is that this is RIS: by its suffix or stated type, else by a record's first line and others."""
    if source.suffix in _SUFFIXES or source.media in _MEDIA:
        return 1.0
    if match := _TYPE.search(source.text):
        return 0.96 if _FIELD.search(source.text, match.end()) else 0.5
    return 0.0


def read(source: Source) -> Library:
    """Read every record; text beside the records is a finding with its line."""
    return ris.read_library(source.text, page=source.name)
