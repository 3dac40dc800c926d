"""Lines that name their variable themselves, ``M2  - original-date: 1886``, as users of Zotero write them in "Extra".

Fields of .bib files that no variable holds are such lines too, ``M2  - tex.file= a.pdf``, in the form of Better BibTeX
for Zotero, which writes them back into .bib files: an equals sign says that the value is TeX.

A line's text comes in, a variable and its value go out, and back. A name is ``family || given, suffix`` or the words of
a body, a date is EDTF, `type` is a CSL type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from alliancebib.edtf import format_edtf, parse_edtf
from alliancebib.identifiers import doi_of
from alliancebib.model import KINDS, ExtraValue, Name, PartialDate, Reference
from alliancebib.ris.values import date_of_text
from alliancebib.variables import DATE_VARIABLES, NAME_VARIABLES, TEX_FIELD, TEXT_VARIABLES, one_line, tex_fields
from alliancebib.written_names import says_others, split_given, split_particle

__all__ = ["own_lines", "tex_lines", "value_of_own_line"]

#: Names that a line may have beside the variables of CSL.
_MORE = ("type", "archive-url")
_NAMED = {name.lower().replace("_", "-"): name for name in (*TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES, *_MORE)}
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{1,40}?)\s*:\s*(.*)")
_TEX_LINE = re.compile(r"tex\.((?!tex:)[^\s=]+)=\s*(.+)")
_NAME = re.compile(r"(?!tex:)[^\s=]+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


def value_of_own_line(text: str) -> tuple[str, ExtraValue | None]:
    """Give variable and value of a line; no variable where it names none, no value where it has not the right form.

    >>> value_of_own_line("Original Title: Der Pakt"), value_of_own_line("a remark: none")
    (('original-title', 'Der Pakt'), ('', None))
    >>> value_of_own_line("tex.file= a_b.pdf")
    ('bibtex:file', 'a_b.pdf')
    """
    if field := _TEX_LINE.fullmatch(text):
        return f"{TEX_FIELD}{field[1]}", field[2]
    match = _LINE.fullmatch(text)
    variable = _NAMED.get(re.sub(r"[ _-]+", "-", match[1].lower()), "") if match else ""
    if not match or not variable or not match[2]:
        return "", None
    if variable in NAME_VARIABLES:
        name = _name(match[2])
        return variable, (name,) if name else None
    if variable in DATE_VARIABLES:
        return variable, parse_edtf(match[2]) or date_of_text(match[2])
    return variable, _text(variable, match[2])


def _text(variable: str, text: str) -> str:
    """Give the text of a variable that has a form; the empty text where it has not that form."""
    if variable == "type":
        kind = text.strip().lower().replace(" ", "-")
        return next((form for form in (kind, kind.replace("-", "_")) if form in KINDS), "")
    if variable == "DOI":
        return doi_of(text)
    if variable in ("URL", "archive-url"):
        return text if _URL.fullmatch(text) else ""
    return text


def _name(text: str) -> Name | None:
    """Read a name of M2: ``family || given, suffix``, or the words of a body."""
    before, bars, behind = (part.strip() for part in text.partition("||"))
    if not bars:
        return Name(others=True) if says_others(text) else (Name(literal=text) if text else None)
    given, _, suffix = (part.strip() for part in behind.partition(","))
    particle, family = split_particle(before)
    given, dropping = split_given(given)
    name = Name(family=family, given=given, dropping_particle=dropping, non_dropping_particle=particle, suffix=suffix)
    return name if name != Name() else None


def tex_lines(reference: Reference) -> list[tuple[str, str]]:
    """Give the lines of M2 for the fields of a .bib file."""
    return [("M2", f"tex.{name}= {value}") for name, value in tex_fields(reference).items() if _NAME.fullmatch(name)]


def own_lines(name: str, value: ExtraValue) -> list[tuple[str, str]]:
    """Give the lines of M2 that name their variable."""
    if isinstance(value, str):
        texts: Iterable[str] = [value]
    elif isinstance(value, PartialDate):
        texts = [one_line(value.literal or format_edtf(value))]
    else:
        texts = map(_written, value)
    return [("M2", f"{name}: {text}") for text in texts if text]


def _written(name: Name) -> str:
    if name.others or name.literal or not (name.family or name.given):
        return one_line(str(name))
    before = f"{name.non_dropping_particle} {name.family}"
    behind = f"{name.given} {name.dropping_particle}".strip() + (f", {name.suffix}" if name.suffix else "")
    return one_line(f"{before} || {behind}")
