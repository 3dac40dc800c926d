"""Sources that say more than their values: reading keeps them in ``extra``, writing puts them back.

A source goes back only where what is to be written still says the same. Kept are commands and mathematics that no text
tells (``bibtex:tex:title``), dates with a time of day or in doubt, lists of names with options, and fields of which
CSL has one variable for several (``bibtex:tex:part:issue``).
"""

from __future__ import annotations

from collections.abc import Mapping

from alliancebib.bibtex.dates import is_exact, parse_edtf
from alliancebib.bibtex.fields import BODIES
from alliancebib.bibtex.names import parse_names
from alliancebib.bibtex.sources import balanced, one_line
from alliancebib.bibtex.tex import decode
from alliancebib.model import Name, PartialDate

__all__ = [
    "BETWEEN_BODIES",
    "BETWEEN_ISSUES",
    "are_same_names",
    "date_as_read",
    "divided_bodies",
    "divided_issue",
    "is_same_text",
]

#: What reading puts between bodies, and between the number of an issue and its name.
BETWEEN_BODIES = "; "
BETWEEN_ISSUES = ", "


def is_same_text(source: str, written: str) -> bool:
    """Say whether a source can be put in the place of what was written, and says the same."""
    return balanced(source) and one_line(decode(written)).strip() == one_line(decode(source)).strip()


def date_as_read(date: PartialDate | None, source: str) -> str:
    """Give the source of a date if it says more than the date does, and that; else the empty text.

    >>> date_as_read(PartialDate(year=2020, circa=True), "2020?"), date_as_read(PartialDate(year=2020), "2020")
    ('2020?', '')
    """
    if date is None or not source or is_exact(source) or not balanced(source):
        return ""
    return source if parse_edtf(source) == date else ""


def are_same_names(names: tuple[Name, ...], source: str, *, particles_drop: bool) -> bool:
    """Say whether a source is read as these names."""
    return balanced(source) and parse_names(source, particles_drop=particles_drop) == names


def divided_issue(text: str, source: str) -> tuple[str, str]:
    """Give the number and the source of the name of an issue; all is the number where the text has another name.

    >>> divided_issue("3, Spring", "Spring"), divided_issue("4, Summer", "Spring")
    (('3', 'Spring'), ('4, Summer', ''))
    """
    name = decode(source).strip()
    number = text.removesuffix(BETWEEN_ISSUES + name) if name and balanced(source) else text
    return (number, source) if number and number != text else (text, "")


def divided_bodies(text: str, sources: Mapping[str, str]) -> dict[str, str]:
    """Give the sources of the bodies that a text names, by their fields; none where it names others.

    >>> divided_bodies("O; P", {"publisher": "P", "organization": "O"}), divided_bodies("P", {"publisher": "Q"})
    ({'organization': 'O', 'publisher': 'P'}, {})
    """
    parts = {name: sources[name] for name in BODIES if name in sources}
    bodies = {decode(source).strip().lower(): source for source in parts.values()}  # each is told once
    same = text == one_line(decode(BETWEEN_BODIES.join(bodies.values()))).strip()
    return parts if same and all(map(balanced, parts.values())) else {}
