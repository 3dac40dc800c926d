"""The variables of CSL 1.0.2: which of them a `Reference` has a field for, and which hold names, dates or text.

`Reference.extra` has the others under their CSL names. Every format that writes or reads them asks here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from alliancebib.model import ExtraValue, PartialDate, Reference

__all__ = [
    "DATE_VARIABLES",
    "FIELDS",
    "NAME_VARIABLES",
    "OTHER_URLS",
    "OTHER_VERSIONS",
    "TEXT_VARIABLES",
    "TEX_FIELD",
    "named_fields",
    "one_line",
    "tex_fields",
    "unheld",
    "unread_dois",
    "without_controls",
    "written_values",
]

#: Fields of a reference -> CSL variables, in the order in which they are written.
FIELDS = {
    "title": "title",
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "issued": "issued",
    "accessed": "accessed",
    "container_title": "container-title",
    "collection_title": "collection-title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "edition": "edition",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "genre": "genre",
    "language": "language",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "abstract": "abstract",
    "note": "note",
}

#: The same the other way round.
FIELD_OF = {variable: field for field, variable in FIELDS.items()}

NAME_VARIABLES = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator translator""".split()
)
DATE_VARIABLES = frozenset("accessed available-date event-date issued original-date submitted".split())
#: Text and number variables that the schema of CSL-JSON 1.0.2 allows beside names and dates.
TEXT_VARIABLES = frozenset(
    """DOI ISBN ISSN PMCID PMID URL abstract annote archive archive-place archive_collection archive_location authority
    call-number chapter-number citation-key citation-label citation-number collection-number collection-title
    container-title container-title-short dimensions division edition event event-place event-title
    first-reference-note-number genre issue journalAbbreviation jurisdiction keyword language locator medium note number
    number-of-pages number-of-volumes original-publisher original-publisher-place original-title page page-first
    part-number part-title printing-number publisher publisher-place references reviewed-genre reviewed-title scale
    section shortTitle source status supplement-number title title-short version volume volume-title
    volume-title-short year-suffix""".split()
)

#: Where ``extra`` keeps the addresses beside the first, parted by blanks.
OTHER_URLS = "alliancebib:urls"
#: Where ``extra`` names the other versions of one text, by citation keys, else ids, parted by blanks.
OTHER_VERSIONS = "alliancebib:versions"

#: Prefix of the fields of a .bib file that no variable holds; they are TeX, and other formats can carry them.
TEX_FIELD = "bibtex:"
#: Prefix of the TeX that a variable was read from, kept where it says more.
_TEX_SOURCE = "bibtex:tex:"

#: Where DOIs stand in files: in fields of BibTeX, members of CSL-JSON, tags of RIS.
_DOI_NAMES = frozenset(["doi", "do", "di"])
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
#: What no text file should hold: control characters but tab and line end, halves of characters, non-characters.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def written_values(reference: Reference) -> dict[str, ExtraValue]:
    """Give every value of a reference that a variable of CSL holds, by that name, without control characters.

    The type stands first, as ``type``; the archived address, for which CSL has no variable, as ``archive-url``.

    >>> written_values(Reference(kind="book", title="T", extra={"annote": "read", "ris:AN": "7"}))
    {'type': 'book', 'title': 'T', 'annote': 'read'}
    """
    values: dict[str, ExtraValue] = {"type": reference.kind}
    values |= {variable: getattr(reference, field) for field, variable in FIELDS.items()}
    values["archive-url"] = reference.archive_url
    for name, value in sorted(reference.extra.items()):
        if name not in values and _has_sort(name, value):
            values[name] = value
    clean = {name: without_controls(value) if isinstance(value, str) else value for name, value in values.items()}
    return {name: value for name, value in clean.items() if value}


def tex_fields(reference: Reference) -> dict[str, str]:
    """Give the fields of a .bib file that no variable holds, by their names, as TeX in one line.

    >>> tex_fields(Reference(extra={"bibtex:file": "a_b.pdf", "bibtex:tex:title": "x", "ris:AN": "7"}))
    {'file': 'a_b.pdf'}
    """
    return {
        name.removeprefix(TEX_FIELD): line
        for name, value in reference.extra.items()
        if name.startswith(TEX_FIELD) and not name.startswith(_TEX_SOURCE) and isinstance(value, str)
        if (line := one_line(value))
    }


def unheld(reference: Reference, *, own: str) -> list[str]:
    """Name what ``extra`` has beside variables of CSL, fields of .bib files and what begins with ``own``.

    Of a source in TeX the variable tells the text; a date is no text, so its time of day is named.

    >>> extra = {"annote": "x", "bibtex:file": "x", "bibtex:tex:date": "2020?", "bibtex:tex:title": "x", "ris:AN": "7"}
    >>> unheld(Reference(extra=extra), own="hayagriva:")
    ['bibtex:tex:date', 'ris:AN']
    """
    told = {name for name, value in reference.extra.items() if _has_sort(name, value)}
    told |= {f"{TEX_FIELD}{name}" for name in tex_fields(reference)}
    return [
        name
        for name, value in sorted(reference.extra.items())
        if value and name not in told and not name.startswith(own)
        if not name.startswith(_TEX_SOURCE) or name.endswith("date")
    ]


def named_fields(references: Iterable[Reference], *, own: str) -> str:
    """Name what is not held of references, the most frequent first: ``3 × `ris:AN`, 1 × `colour```; "" for nothing."""
    counts = Counter(name for reference in references for name in unheld(reference, own=own))
    return ", ".join(f"{count} × `{name}`" for name, count in counts.most_common())


def one_line(text: str) -> str:
    r"""Give a text as one line without control characters; no-break blanks stay what they are.

    >>> one_line(" two\n lines ")
    'two lines'
    """
    return _BLANKS.sub(" ", without_controls(text)).strip(" ")


def without_controls(text: str) -> str:
    """Give a text without what no text file should hold."""
    return _CONTROLS.sub("", text)


def _has_sort(name: str, value: ExtraValue) -> bool:
    if isinstance(value, str):
        return name in TEXT_VARIABLES
    return name in (DATE_VARIABLES if isinstance(value, PartialDate) else NAME_VARIABLES)


def unread_dois(reference: Reference) -> dict[str, str]:
    """Give what stands in a file where a DOI should stand and is none, by its name in ``extra``.

    >>> unread_dois(Reference(extra={"csl-json:DOI": "in print", "version": "2"}))
    {'csl-json:DOI': 'in print'}
    """
    return {
        name: value
        for name, value in reference.extra.items()
        if isinstance(value, str) and ":" in name and name.rpartition(":")[2].lower() in _DOI_NAMES
    }
