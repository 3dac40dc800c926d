"""What stands in front of a legal citation: persons and the title, or the parties or the name of an instrument."""

from __future__ import annotations

import re

import msgspec

from alliancebib.model import Name
from alliancebib.parsers._names import read_names

__all__ = ["CASE", "INSTRUMENT", "TREATY", "Head", "head_of"]

CASE = re.compile(r"\sv\.?\s|^(?:In re|Ex parte)\s")
#: What begins or names an agreement between states.
TREATY = re.compile(
    r"\b(?:Treaty|Agreement|Convention|Charter|Protocol|Pact|Covenant|Accords?|Memorandum of Understanding)\b"
)
#: What begins or names an instrument: it has parties and no authors.
INSTRUMENT = re.compile(rf"{TREATY.pattern}|\b(?:Act|Statute|Constitution)\b")
_NAME_END = re.compile(r",\s")
_AND = re.compile(r"\sand\s")
#: So many names stand in front at most.
_MOST = 6


class Head(msgspec.Struct, frozen=True):
    """Names in front, and the place where the title begins."""

    names: tuple[Name, ...]
    title: int


def head_of(view: str, start: int, end: int, *, spelled: bool = False) -> Head | None:
    """Find the names in front: to the comma behind the name that "&" leads to, or to the first comma.

    With ``spelled`` the last name is led to by "and".
    """
    commas = [match.start() for match in _NAME_END.finditer(view, start, min(end, start + 300))][:_MOST]
    if not commas:
        return None
    together = view.find(" & ", start, commas[-1])
    if spelled and (word := _AND.search(view, start, commas[-1])):
        together = word.start()
    behind = next((comma for comma in commas if comma > together), -1) if together > 0 else -1
    for comma in (behind, commas[0]):
        if comma < 0 or INSTRUMENT.search(view[start:comma]):
            continue
        names = read_names(view[start:comma], given_first=True)
        if names and all(name.others or (name.family and name.given) for name in names):
            return Head(names, comma + 2)
    return None
