"""References to entries: `write_library` writes a whole file, `entry_of` makes one entry.

The classic dialect is written so that biblatex reads all that it needs from it (docs/decisions/0004); the other is
biblatex's own.
"""

from __future__ import annotations

from alliancebib.bibtex.dates import MONTH_MACROS, format_edtf, is_plain
from alliancebib.bibtex.fields import (
    BABEL,
    CSL,
    EXTRA_DATES,
    EXTRA_NAMES,
    EXTRA_TEXT,
    FIELD_NAME,
    IN_SERIES,
    NAMES,
    OURS,
    REPORT,
    SERIALS,
    SOURCE,
    TEXT,
    TYPE_KEY_OF,
)
from alliancebib.bibtex.kinds import GENRES, container_field, entry_type_of, kind_of, publisher_field
from alliancebib.bibtex.names import format_names
from alliancebib.bibtex.syntax import write_entries
from alliancebib.bibtex.tex import balanced, decode, encode, encode_title, encode_verbatim, one_line
from alliancebib.citation_key import safe_key, unique_key
from alliancebib.library import Library
from alliancebib.model import ExtraValue, PartialDate, Reference

__all__ = ["entry_of", "write_library"]


def write_library(library: Library, *, classic: bool) -> str:
    """Write a whole file, in the order of the library; references without a key get one.

    A key that BibTeX refuses is changed as little as need be, and a repeated one gets a letter.
    """
    taken: set[str] = set()
    counted: dict[str, int] = {}
    entries = []
    for reference in library.keyed():
        key = unique_key(safe_key(reference.key), taken, counted=counted)
        taken.add(key.lower())
        entries.append(entry_of(reference, key=key, classic=classic))
    return write_entries(entries)


class _Writing:
    """The fields of one entry on their way out: pairs of name and source, each name once."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def put(self, name: str, source: str) -> None:
        """Add a field unless it is empty or there already; whatever it holds, it is one line."""
        if source and (source := one_line(source)):
            self.fields.setdefault(name, f"{{{source}}}")

    def text(self, name: str, text: str) -> None:
        if text:
            self.put(name, encode(one_line(text)))


def entry_of(reference: Reference, *, key: str, classic: bool) -> tuple[str, str, list[tuple[str, str]]]:
    """Give an entry's type, key and fields; ``classic`` for BibTeX and biblatex alike, else biblatex's own dialect."""
    type_, subtype = _typed(reference, classic=classic)
    way = 0 if classic else 1
    writing = _Writing()
    for field in NAMES[:2]:
        writing.put(field, format_names(getattr(reference, field)))
    writing.put("title", encode_title(one_line(reference.title), language=reference.language))
    _write_container(reference, type_, writing, classic=classic)
    writing.put("entrysubtype", subtype)
    writing.put("translator", format_names(reference.translator))
    for field in ("collection_title", "volume"):
        writing.text(TEXT[field][way], getattr(reference, field))
    writing.text("number" if type_ in SERIALS else "issue", reference.issue)
    writing.put("pages", encode(reference.page.strip()).replace("-", "--"))
    writing.text("edition", reference.edition)
    name = publisher_field(type_)
    writing.text("institution" if name == "school" and not classic else name, reference.publisher)
    writing.text(TEXT["publisher_place"][way], reference.publisher_place)
    writing.put("type", encode(_type_field(reference.genre, type_, classic=classic)))
    _write_issued(reference.issued, writing, classic=classic)
    for field, value in (("doi", reference.doi), ("isbn", reference.isbn), ("issn", reference.issn)):
        writing.put(field, encode_verbatim(value) if field == "doi" else encode(value))
    writing.put("url", encode_verbatim(reference.url))
    writing.put("urldate", _date_source(reference.accessed))
    writing.put("archiveurl", encode_verbatim(reference.archive_url))
    writing.put("langid", encode(BABEL.get(reference.language, [reference.language])[0]))
    writing.text("abstract", reference.abstract)
    writing.text("note", reference.note)
    _write_options(reference, writing)
    _write_extra(reference, type_, writing, way=way)
    return type_, key, list(writing.fields.items())


def _typed(reference: Reference, *, classic: bool) -> tuple[str, str]:
    type_, subtype = entry_type_of(reference.kind, genre=reference.genre, classic=classic)
    read = reference.extra.get(OURS + "entrytype")
    if isinstance(read, str) and FIELD_NAME.fullmatch(read):
        for sub in ("", subtype):
            if (kind_of(read, sub) or "document") == reference.kind:
                return read, sub
    return type_, subtype


def _write_container(reference: Reference, type_: str, writing: _Writing, *, classic: bool) -> None:
    name = container_field(type_)
    text = one_line(reference.container_title)
    if name == "booktitle":
        writing.put(name, encode_title(text, language=reference.language))
    else:
        writing.put("journaltitle" if name == "journal" and not classic else name, encode(text))


def _type_field(genre: str, type_: str, *, classic: bool) -> str:
    if type_ == "techreport":
        return genre or REPORT
    if GENRES.get(type_) == genre:
        return ""
    return genre if classic else TYPE_KEY_OF.get(genre, genre)


def _write_issued(date: PartialDate | None, writing: _Writing, *, classic: bool) -> None:
    if date is None:
        return
    if date.literal or date.year is None:
        writing.text("year", date.literal)
        return
    if not is_plain(date) or not classic:
        writing.put("date", format_edtf(date))
    if classic and abs(date.year) <= 9999:
        writing.put("year", str(date.year))
        if date.month and 1 <= date.month <= len(MONTH_MACROS):
            writing.fields["month"] = MONTH_MACROS[date.month - 1]
            writing.put("day", str(date.day) if date.day and is_plain(date) else "")


def _date_source(date: PartialDate | None) -> str:
    if date is None:
        return ""
    return encode(date.literal) if date.literal else format_edtf(date)


def _write_options(reference: Reference, writing: _Writing) -> None:
    """Say that particles belong to the family name; biblatex needs to be told, BibTeX thinks so anyway."""
    people = [name for field in NAMES for name in getattr(reference, field)]
    people += [name for value in reference.extra.values() if isinstance(value, tuple) for name in value]
    if any(name.non_dropping_particle for name in people):
        options = reference.extra.get(OURS + "options", "")
        others = f", {options}" if isinstance(options, str) and options and balanced(options) else ""
        writing.put(
            "options", options if isinstance(options, str) and "useprefix" in options else f"useprefix=true{others}"
        )


def _write_extra(reference: Reference, type_: str, writing: _Writing, *, way: int) -> None:
    extra = dict(sorted(reference.extra.items()))
    number = extra.get("collection-number" if type_ in IN_SERIES else "number")
    if isinstance(number, str) and type_ not in SERIALS:
        writing.text("number", number)
        del extra["collection-number" if type_ in IN_SERIES else "number"]
    tables = {**EXTRA_TEXT, **EXTRA_NAMES, **EXTRA_DATES}
    for name, value in extra.items():
        if name.startswith(SOURCE):
            _write_source(value, writing)
        elif name.startswith(OURS):
            _write_raw(name.removeprefix(OURS), value, writing)
        elif ":" in name or not FIELD_NAME.fullmatch(name) or "+" in name or name != name.lower():
            continue
        elif name in tables and _fits(name, value):
            writing.put(tables[name][way], _source(value))
        else:
            writing.put(CSL + name + _sort(value), _source(value))


def _fits(name: str, value: ExtraValue) -> bool:
    if isinstance(value, str):
        return name in EXTRA_TEXT
    return name in (EXTRA_DATES if isinstance(value, PartialDate) else EXTRA_NAMES)


def _sort(value: ExtraValue) -> str:
    if isinstance(value, str):
        return ""
    return "+date" if isinstance(value, PartialDate) else "+names"


def _source(value: ExtraValue) -> str:
    if isinstance(value, str):
        return encode(one_line(value))
    return _date_source(value) if isinstance(value, PartialDate) else format_names(value)


def _write_raw(name: str, value: ExtraValue, writing: _Writing) -> None:
    """Write a field back as it was read; one whose braces are not balanced is written as text."""
    if name in ("entrytype", "options") and (name == "entrytype" or "options" in writing.fields):
        return
    if isinstance(value, str) and FIELD_NAME.fullmatch(name):
        source = one_line(value)
        free = next(
            other for number in range(1, 10_000) if (other := _numbered(name.lower(), number)) not in writing.fields
        )
        writing.put(free, source if balanced(source) else encode(source))


def _write_source(value: ExtraValue, writing: _Writing) -> None:
    """Put the source as it was read in the place of a field that still says the same."""
    if isinstance(value, str) and balanced(source := one_line(value)):
        text = decode(source).strip()
        for name, written in writing.fields.items():
            if decode(written).strip() == text:
                writing.fields[name] = f"{{{source}}}"
                return


def _numbered(name: str, number: int) -> str:
    """Give the name of a field that stands for the second time: ``location-2``."""
    return name if number == 1 else f"{name}-{number}"
