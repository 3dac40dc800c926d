"""References to entries: `write_library` writes a whole file, `entry_of` makes one entry.

The classic dialect is written so that biblatex reads all that it needs from it (docs/decisions/0004); the other is
biblatex's own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from alliancebib.bibtex.arranging import spread
from alliancebib.bibtex.as_read import are_same_names, date_as_read, divided_bodies, divided_issue, is_same_text
from alliancebib.bibtex.carrying import is_variable
from alliancebib.bibtex.dates import MONTH_MACROS, format_edtf, is_plain, joined_date, parse_edtf
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
    PART,
    REPORT,
    SERIALS,
    SOURCE,
    TEXT,
    TITLES,
    TYPE_KEY_OF,
)
from alliancebib.bibtex.kinds import (
    GENRES,
    container_field,
    container_fields,
    entry_type_of,
    has_cased_container,
    kind_of,
    publisher_field,
    publisher_fields,
)
from alliancebib.bibtex.names import extended_names, format_names, has_small
from alliancebib.bibtex.pointers import followed_field
from alliancebib.bibtex.printing import write_entries
from alliancebib.bibtex.rekeying import renames_of
from alliancebib.bibtex.sources import balanced, encode_verbatim, one_line
from alliancebib.bibtex.tex import encode, has_address
from alliancebib.bibtex.titles import encode_title
from alliancebib.citation_key import safe_key, unique_key
from alliancebib.library import Library
from alliancebib.model import ExtraValue, Name, PartialDate, Reference
from alliancebib.variables import OTHER_URLS

__all__ = ["entry_of", "write_library"]

_PART = PART.removeprefix(SOURCE)
#: Fields that name an entry of which others are inherited.
_RELATIONS = frozenset({"crossref", "xdata"})


def write_library(library: Library, *, classic: bool) -> str:
    """Write a whole file, in the order of the library; references without a key get one.

    A key that BibTeX refuses is changed as little as need be, and a repeated one gets a letter; pointers follow.
    """
    taken: set[str] = set()
    counted: dict[str, int] = {}
    keys = []
    keyed = library.keyed()
    for reference in keyed:
        keys.append(unique_key(safe_key(reference.key), taken, counted=counted))
        taken.add(keys[-1].lower())
    renames = renames_of((reference.key, key) for reference, key in zip(keyed, keys, strict=True))
    entries = []
    for reference, key in zip(keyed, keys, strict=True):
        type_, _, fields = entry_of(reference, key=key, classic=classic)
        if renames:
            fields = [(name, followed_field(name, source, renames)) for name, source in fields]
        entries.append((type_, key, fields))
    return write_entries(entries)


class _Writing:
    """The fields of one entry on their way out: pairs of name and source, each name once."""

    def __init__(self, reference: Reference, *, classic: bool) -> None:
        self.fields: dict[str, str] = {}
        #: What each field was written for: the name under which its source may have been kept.
        self.fields_of: dict[str, str] = {}
        #: Lists of names, by the names under which their sources may have been kept.
        self.lists = _lists_of(reference)
        texts = {
            name: value for name, value in reference.extra.items() if name.startswith(OURS) and isinstance(value, str)
        }
        #: Fields that were read and stand for nothing else; they are written behind the others, as they were.
        self.kept = {name.removeprefix(OURS): value for name, value in texts.items() if not name.startswith(SOURCE)}
        #: Sources that say more than the values that they were read as, each in one line.
        self.sources = {
            name.removeprefix(SOURCE): one_line(value) for name, value in texts.items() if name.startswith(SOURCE)
        }

        prefixed = any(
            name.non_dropping_particle and has_small(name.non_dropping_particle)
            for of, names in self.lists.items()
            if classic or not are_same_names(names, self.sources.get(of, ""), particles_drop=True)
            for name in names
        )
        dropped = any(name.dropping_particle for names in self.lists.values() for name in names)
        self._classic = classic
        #: Whether reading takes particles for such as are dropped. Where an option of the entry would not be true of
        #: all names, each tells of its own.
        self.particles_drop = not prefixed or (dropped and not classic)

    def names(self, names: Iterable[Name]) -> str:
        """Give the source of a list of names."""
        return format_names(names) if self._classic else extended_names(names, particles_drop=self.particles_drop)

    def put(self, name: str, source: str, *, of: str = "") -> None:
        """Add a field unless it is empty or there already; whatever it holds, it is one line."""
        if source and name not in self.fields and (source := one_line(source)):
            self.fields[name] = f"{{{source}}}"
            self.fields_of[of or name] = name

    def text(self, name: str, text: str, *, of: str = "") -> None:
        if text:
            self.put(name, encode(one_line(text)), of=of)

    def free(self, name: str, names: Iterable[str]) -> str:
        """Give the name of a field, or another for the same thing where a field that was kept has it."""
        return name if name not in self.kept else next((other for other in names if other not in self.kept), name)


def _lists_of(reference: Reference) -> dict[str, tuple[Name, ...]]:
    lists = {field: getattr(reference, field) for field in NAMES}
    for variable, value in reference.extra.items():
        if isinstance(value, tuple):
            lists[EXTRA_NAMES.get(variable, [f"{CSL}{variable.lower()}{_sort(value)}"])[0]] = value
    return lists


def entry_of(reference: Reference, *, key: str, classic: bool) -> tuple[str, str, list[tuple[str, str]]]:
    """Give an entry's type, key and fields; ``classic`` for BibTeX and biblatex alike, else biblatex's own dialect."""
    writing = _Writing(reference, classic=classic)
    type_, subtype = _typed(reference, writing, classic=classic)
    way = 0 if classic else 1
    for field in NAMES[:2]:
        writing.put(field, writing.names(getattr(reference, field)))
    writing.put("title", encode_title(one_line(reference.title), language=reference.language))
    _write_container(reference, type_, writing, classic=classic)
    writing.put("entrysubtype", subtype)
    writing.put("translator", writing.names(reference.translator))
    for field in ("collection_title", "volume"):
        _write_text(TEXT[field], getattr(reference, field), writing, way=way)
    _write_issue(reference.issue, type_, writing)
    writing.put(writing.free("pages", ("eid",)), encode(reference.page.strip()).replace("-", "--"))
    writing.text("edition", reference.edition)
    _write_publisher(reference.publisher, type_, writing, classic=classic)
    _write_text(TEXT["publisher_place"], reference.publisher_place, writing, way=way)
    writing.put("type", encode(_type_field(reference.genre, type_, classic=classic)))
    _write_issued(reference.issued, writing, classic=classic)
    for field, value in (("isbn", reference.isbn), ("issn", reference.issn)):
        writing.put(field, encode(value))
    writing.put("doi", encode_verbatim(reference.doi).lower())
    writing.put("url", encode_verbatim(reference.url))
    writing.put("urldate", _date_source(reference.accessed))
    writing.put("archiveurl", encode_verbatim(reference.archive_url))
    language = BABEL.get(reference.language, [reference.language])[0]
    writing.text(writing.free("langid", ("language", "hyphenation")), language)
    writing.text("abstract", reference.abstract)
    writing.text("note", reference.note)
    _write_options(reference, writing)
    _write_extra(reference, type_, writing, way=way)
    for of, source in writing.sources.items():  # when all is written
        _write_source(of, source, writing, classic=classic)
    raw = {name.removeprefix(OURS) for name in reference.extra if name.startswith(OURS)}
    spread(type_, writing.fields, container=bool(reference.container_title.strip()), classic=classic, raw=raw)
    return type_, key, list(writing.fields.items())


def _write_text(names: Sequence[str], text: str, writing: _Writing, *, way: int) -> None:
    """Write what has one name in each dialect; it was kept under the first."""
    writing.text(writing.free(names[way], names), text, of=names[0])


def _typed(reference: Reference, writing: _Writing, *, classic: bool) -> tuple[str, str]:
    """Give entry type and subtype; a type that was read stays, and so does a subtype that tells nothing of the kind."""
    type_, subtype = entry_type_of(reference.kind, genre=reference.genre, classic=classic)
    kept = writing.kept.get("entrysubtype", "").strip("{}")
    read = writing.kept.get("entrytype", "")
    types = (read, type_) if FIELD_NAME.fullmatch(read) else (type_,)
    pairs = [(name, kept) for name in types] if kept else [(types[0], ""), (types[0], subtype)]
    for name, sub in pairs:
        if _kind(name, sub, reference) == reference.kind and (name, sub) != (type_, ""):
            return name, "" if kept else sub
    return type_, subtype


def _kind(type_: str, subtype: str, reference: Reference) -> str:
    """Give the kind that reading takes such an entry for."""
    kind = kind_of(type_, subtype) or "document"
    return "speech" if kind == "manuscript" and reference.extra.get("event-title") else kind


def _write_container(reference: Reference, type_: str, writing: _Writing, *, classic: bool) -> None:
    own = container_field(type_)
    name = writing.free("journaltitle" if own == "journal" and not classic else own, container_fields(type_))
    text = one_line(reference.container_title)
    source = encode_title(text, language=reference.language) if has_cased_container(type_) else encode(text)
    writing.put(name, source, of="container")


def _write_issue(text: str, type_: str, writing: _Writing) -> None:
    if type_ not in SERIALS:
        writing.text("issue", text)
        return
    number, name = divided_issue(one_line(text), writing.sources.get(f"{_PART}issue", ""))
    writing.text("number", number)
    writing.put("issue", name)


def _write_publisher(text: str, type_: str, writing: _Writing, *, classic: bool) -> None:
    sources = {name.removeprefix(_PART): source for name, source in writing.sources.items() if name.startswith(_PART)}
    parts = divided_bodies(one_line(text), sources) if sources else {}
    if parts and parts.keys().isdisjoint(writing.fields.keys() | writing.kept.keys()):
        for name, source in parts.items():
            writing.put(name, source)
        return
    name = publisher_field(type_)
    # There an address would be taken for that of the work, and a body that is inherited would be told a second time.
    if name == "howpublished" and (has_address(encode(text)) or not _RELATIONS.isdisjoint(writing.kept)):
        name = "publisher"
    name = "institution" if name == "school" and not classic else name
    writing.text(writing.free(name, publisher_fields(type_)), text, of="publisher")


def _type_field(genre: str, type_: str, *, classic: bool) -> str:
    if type_ == "techreport":
        return genre or REPORT
    if GENRES.get(type_) == genre:
        return ""
    return genre if classic else TYPE_KEY_OF.get(genre, genre)


def _write_issued(date: PartialDate | None, writing: _Writing, *, classic: bool) -> None:
    if date is None:
        return
    source = date_as_read(date, writing.sources.get("date", ""))
    kept = {name: source for name, source in writing.kept.items() if name in ("date", "year", "month", "day")}
    fields = _date_fields(date, source, classic=classic or "date" in kept)  # which were words beside the older fields
    if (kept or date.literal) and not _tells(date, fields, kept):
        fields = {"date": source or _date_source(date)}
    for name, value in fields.items():
        if name == "month":
            writing.fields[name] = value
        else:
            writing.put(name, value)


def _date_fields(date: PartialDate, source: str, *, classic: bool) -> dict[str, str]:
    """Give the fields of a date of publication with their sources; the month is a macro."""
    if date.literal or date.year is None:
        year = {"year": encode(one_line(date.literal))}
        return {"date": source, **(year if classic else {})} if source else year
    fields = {}
    told = classic and is_plain(date) and not source
    if not told:
        fields["date"] = source or format_edtf(date)
    if classic and abs(date.year) <= 9999:
        fields["year"] = str(date.year)
        if date.month and 1 <= date.month <= len(MONTH_MACROS):
            fields["month"] = MONTH_MACROS[date.month - 1]
            if date.day and told:
                fields["day"] = str(date.day)
    return fields


def _tells(date: PartialDate, fields: Mapping[str, str], kept: Mapping[str, str]) -> bool:
    """Say whether these fields, beside those that were kept, are read as the date, and none that was kept is."""
    older = [fields.get(name, kept.get(name, "")) for name in ("year", "month", "day")]
    told, used = joined_date(parse_edtf(fields.get("date", kept.get("date", ""))), *older)
    same = told == replace(date, literal=one_line(date.literal))
    return same and used.isdisjoint(kept) and kept.keys().isdisjoint(fields)


def _date_source(date: PartialDate | None) -> str:
    if date is None:
        return ""
    return encode(one_line(date.literal)) if date.literal else format_edtf(date)


def _write_options(reference: Reference, writing: _Writing) -> None:
    """Say that particles belong to the family name; biblatex needs to be told, BibTeX thinks so anyway.

    A list that says so itself, in biblatex's extended form, needs no option of the entry.
    """
    if not writing.particles_drop:
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
            continue  # see `as_read`
        if name.startswith(OURS):
            _write_raw(name.removeprefix(OURS), value, writing)
        elif name == OTHER_URLS and isinstance(value, str):
            writing.put(writing.free("urls", ()), encode_verbatim(value))
        elif name in tables and _fits(name, value):
            names = tables[name]
            cased = isinstance(value, str) and name in TITLES
            source = (
                encode_title(one_line(str(value)), language=reference.language) if cased else _source(value, writing)
            )
            writing.put(writing.free(names[way], names), source, of=names[0])
        elif is_variable(name):
            writing.put(CSL + name.lower() + _sort(value), _source(value, writing))


def _fits(name: str, value: ExtraValue) -> bool:
    if isinstance(value, str):
        return name in EXTRA_TEXT
    return name in (EXTRA_DATES if isinstance(value, PartialDate) else EXTRA_NAMES)


def _sort(value: ExtraValue) -> str:
    if isinstance(value, str):
        return ""
    return "+date" if isinstance(value, PartialDate) else "+names"


def _source(value: ExtraValue, writing: _Writing) -> str:
    if isinstance(value, str):
        return encode(one_line(value))
    return _date_source(value) if isinstance(value, PartialDate) else writing.names(value)


def _write_raw(name: str, value: ExtraValue, writing: _Writing) -> None:
    """Write a field back as it was read; one whose braces are not balanced is written as text."""
    if name in ("entrytype", "options") and (name == "entrytype" or "options" in writing.fields):
        return
    if isinstance(value, str) and FIELD_NAME.fullmatch(name):
        source = one_line(value)
        names = (_numbered(name.lower(), number) for number in itertools.count(1))
        free = next(other for other in names if other not in writing.fields)
        writing.put(free, source if balanced(source) else encode(source))


def _write_source(of: str, source: str, writing: _Writing, *, classic: bool) -> None:
    """Put the source as it was read in the place of a field that still says the same."""
    name = writing.fields_of.get(of, "")
    if not name:
        return
    written = writing.fields[name]
    if of in writing.lists:  # classic BibTeX has no extended form
        same = not classic and are_same_names(writing.lists[of], source, particles_drop=writing.particles_drop)
    else:
        same = is_same_text(source, written) or bool(date_as_read(parse_edtf(written[1:-1]), source))
    if same:
        writing.fields[name] = f"{{{source}}}"


def _numbered(name: str, number: int) -> str:
    """Give the name of a field that stands for the second time: ``location-2``."""
    return name if number == 1 else f"{name}-{number}"
