"""Entries to references: `read_library` reads a whole file, `reference_of` one entry of either dialect.

A field that no variable holds stays in ``extra`` as ``bibtex:name``, as TeX source, and comes back on writing. Nothing
raises: what is odd becomes findings.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from alliancebib.bibtex.dates import parse_edtf, parse_parts
from alliancebib.bibtex.fields import (
    CODES,
    CSL,
    EXTRA_DATES,
    EXTRA_NAMES,
    EXTRA_TEXT,
    IN_SERIES,
    NAMES,
    OURS,
    REPORT,
    SERIALS,
    SOURCE,
    TEXT,
    TYPE_KEYS,
)
from alliancebib.bibtex.inheritance import with_inherited
from alliancebib.bibtex.kinds import (
    GENRES,
    container_field,
    entry_type_of,
    is_known_subtype,
    kind_of,
    publisher_field,
)
from alliancebib.bibtex.names import parse_names
from alliancebib.bibtex.syntax import Block, read_blocks
from alliancebib.bibtex.tex import decode, has_unknown_commands, one_line
from alliancebib.finding import Finding
from alliancebib.identifiers import is_doi, without_resolver
from alliancebib.library import Library, distinguish
from alliancebib.model import ExtraValue, Origin, PartialDate, Provenance, Reference, reference_id

__all__ = ["read_library", "reference_of"]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\\]+")
_URL_COMMAND = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|(https?://[^\s{}]+)")
_DASH = re.compile(r"\s*(?:-{1,3}|[–—])\s*")

#: Kinds of blocks that are no entries, and their words.
_BESIDE = {"comment": "@comment", "preamble": "@preamble", "text": "text between entries"}

#: Text between entries that looks like the beginning of one.
_LOST = re.compile(r"^[ \t]*@[ \t]*(?!comment\b)[^\W\d_]\w*", re.MULTILINE | re.IGNORECASE)


def read_library(text: str, *, page: str = "") -> Library:
    """Read every entry of a file, whatever is wrong beside it; what could not be read is named with its line."""
    references: list[Reference] = []
    findings: list[Finding] = []
    beside: Counter[str] = Counter()
    blocks = deque(with_inherited(read_blocks(text)))
    while blocks:
        block = blocks.popleft()  # so that its memory is free for the next references
        if block.kind == "entry":
            reference, noticed = reference_of(block, page=page)
            references.append(reference)
            findings += noticed
        elif block.broken:
            findings.append(_lost(block.raw, page=page, line=block.line))
        elif block.kind == "text" and (match := _LOST.search(block.raw)):
            line = block.line + block.raw.count("\n", 0, match.start())
            findings.append(_lost(block.raw[match.start() :], page=page, line=line))
        elif block.kind in _BESIDE and block.raw.strip():
            beside[block.kind] += 1
    distinct, noticed = distinguish(references)
    return Library(distinct, findings=[*findings, *noticed, *_not_carried(beside, page=page)])


def _not_carried(beside: Counter[str], *, page: str) -> list[Finding]:
    """Count what a library has no place for; macros are in the values already."""
    counts = [f"{count} × {_BESIDE[kind]}" for kind, count in sorted(beside.items()) if count]
    if not counts:
        return []
    message = f"Beside the entries stands what no other file will hold: {', '.join(counts)}."
    return [Finding.of("AB111", message, origin=Origin(page=page, line=1))]


def _lost(raw: str, *, page: str, line: int) -> Finding:
    text = one_line(raw)
    shown = text if len(text) <= 80 else text[:79] + "…"
    return Finding.of("AB106", f"This is no entry: {shown}", origin=Origin(page=page, line=line, raw=raw))


class _Reading:
    """One entry on its way to a reference: fields not yet used, and what was noticed."""

    def __init__(self, block: Block) -> None:
        self.left: dict[str, str] = {}
        self.extra: dict[str, ExtraValue] = {}
        self.notes = [("AB109", f"{note}.") for note in block.notes]
        self._numbers: dict[str, int] = {}
        for field in block.fields:
            if not field.value:
                continue
            if field.name not in self.left:
                self.left[field.name] = field.value
            elif self.left[field.name] != field.value:
                self._repeated(field.name, field.value)

    def _repeated(self, name: str, value: str) -> None:
        first = self._numbers.get(name, 1) + 1  # counted on: a field may stand there thousands of times
        number = next(number for number in itertools.count(first) if f"{name}-{number}" not in self.left)
        self._numbers[name] = number
        self.left[f"{name}-{number}"] = value
        self.notes.append(
            ("AB109", f"The field `{name}` stands twice; the first counts, the second is `{value[:60]}`.")
        )

    def text(self, *names: str) -> str:
        """Take the first of these fields that is there, as Unicode text."""
        for name in names:
            if (source := self.left.get(name)) and (value := decode(source).strip()):
                del self.left[name]
                if has_unknown_commands(source):
                    self.extra[SOURCE + name] = source
                return value
        return ""

    def texts(self, table: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
        """Take the texts that a table of variables and fields names, as far as the entry has these fields."""
        there = self.left.keys()
        for variable, names in table.items():
            if not there.isdisjoint(names) and (text := self.text(*names)):
                yield variable, text

    def titled(self, *names: str) -> str:
        """Take a title and its subtitle."""
        title = self.text(*names)
        for name in names:
            if subtitle := self.text(_subtitle_of(name)):
                return f"{title}{' ' if title.endswith(('?', '!', ':')) else ': '}{subtitle}" if title else subtitle
        return title

    def verbatim(self, name: str) -> str:
        """Look at an address or identifier: never TeX, though exporters like to escape it."""
        if name not in self.left:
            return ""
        value = re.sub(r"\\url\s*\{(.*)\}", r"\1", self.left[name])
        value = re.sub(r"\s+", "", _unescaped(value))
        value = decode(value) if "\\" in value else value
        return value[1:-1] if value.startswith("{") and value.endswith("}") else value

    def date(self, name: str) -> PartialDate | None:
        return parse_edtf(self.left.pop(name)) if self.left.get(name) else None


@cache
def _subtitle_of(name: str) -> str:
    return name.replace("title", "subtitle") if "title" in name else f"{name}subtitle"


@lru_cache(maxsize=1024)
def _provenance(fields: tuple[str, ...]) -> tuple[Provenance, ...]:
    """Give one record for all entries with the same fields: thousands have them."""
    return (Provenance(actor="bibtex", fields=fields),)


def reference_of(block: Block, *, page: str = "") -> tuple[Reference, tuple[Finding, ...]]:
    """Read an entry. Its id is made of page and citation key, so that it stays when other fields or entries change."""
    reading = _Reading(block)
    subtype = reading.left.get("entrysubtype", "").strip("{}")
    kind = kind_of(block.type, subtype)
    if is_known_subtype(block.type, subtype):
        reading.left.pop("entrysubtype", None)
    if kind == "manuscript" and reading.left.get("eventtitle"):
        kind = "speech"
    values: dict[str, object] = {
        "kind": kind or "document",
        **_people(reading),
        "title": reading.titled("title"),
        "container_title": _container(block.type, reading),
        "issued": _issued(reading),
        "accessed": reading.date("urldate"),
        "page": _pages(reading),
        "language": _language(reading),
        **dict(reading.texts(TEXT)),
        **_addresses(reading),
        "publisher": _publisher(block.type, reading),
        "genre": _genre(block.type, reading),
        "issue": _numbers(block.type, reading),
    }
    _read_extra(reading)
    if block.type not in {
        entry_type_of(kind, genre=str(values["genre"]), classic=classic)[0] for classic in (True, False)
    }:
        reading.extra[OURS + "entrytype"] = block.type
    reading.extra |= {OURS + name: value for name, value in reading.left.items()}
    values = {name: value for name, value in values.items() if value}
    reference = Reference(
        id=reference_id(page, block.key or block.raw),
        key=block.key,
        extra=reading.extra,
        origins=(Origin(page=page, line=block.line, raw=block.raw),),
        provenance=_provenance(tuple(values)),
        **values,  # type: ignore[arg-type]
    )
    return reference, _findings(block, reading, reference)


def _findings(block: Block, reading: _Reading, reference: Reference) -> tuple[Finding, ...]:
    notes = reading.notes
    if block.broken:
        notes = [
            ("AB106", f"The entry `{block.key or block.type}` is not closed; it was read as far as it goes."),
            *notes,
        ]
    return tuple(Finding.of(code, note, origin=reference.origin, reference=reference.id) for code, note in notes)


def _people(reading: _Reading) -> dict[str, object]:
    options = reading.left.get("options", "")
    prefixes = "useprefix" in options and bool(re.search(r"\buseprefix\s*(?:=\s*true\b|(?:,|$))", options))
    if options == "useprefix=true":
        del reading.left["options"]
    lists = {
        field: parse_names(reading.left[field], particles_drop=not prefixes) for field in NAMES if field in reading.left
    }
    for variable, (name, _) in EXTRA_NAMES.items():
        if names := parse_names(reading.left.pop(name, ""), particles_drop=not prefixes):
            reading.extra[variable] = names
    for field, names in lists.items():
        if names:
            del reading.left[field]
    return dict(lists)


def _container(type_: str, reading: _Reading) -> str:
    return reading.titled(*_container_fields(container_field(type_)))


@cache
def _container_fields(own: str) -> tuple[str, ...]:
    """Give the fields that a container's title is looked for in, that of the type first."""
    journals = () if own == "organization" else ("journaltitle", "journal")
    return tuple(dict.fromkeys([own, *journals, "booktitle"]))


def _issued(reading: _Reading) -> PartialDate | None:
    """Read `date`, else the older fields; of these, those that were understood or say the same are used up."""
    left = reading.left
    older = parse_parts(*(left.get(name, "") for name in ("year", "month", "day")))
    date = reading.date("date")
    if date is None:
        date = older
    if date is None or older is None or older.year != date.year:
        return date
    del left["year"]
    if older.season or (older.month and date.month in (older.month, None)):
        left.pop("month", None)
    if older.day and date.day in (older.day, None):
        left.pop("day", None)
    return date


def _pages(reading: _Reading) -> str:
    name = "pages" if reading.left.get("pages") else "eid"
    source = reading.left.pop(name, "")
    return _DASH.sub("-", decode(source)).strip()


def _language(reading: _Reading) -> str:
    for name in ("langid", "language", "hyphenation"):
        if word := decode(reading.left.get(name, "")).strip():
            del reading.left[name]
            return CODES.get(word.lower(), word)
    return ""


def _addresses(reading: _Reading) -> dict[str, str]:
    found = {}
    if doi := without_resolver(reading.verbatim("doi")):
        if is_doi(doi):
            found["doi"] = doi
            del reading.left["doi"]
        else:
            reading.notes.append(("AB201", f"`{reading.left['doi']}` is no DOI."))
    for name, field in (("url", "url"), ("archiveurl", "archive_url")):
        if address := reading.verbatim(name):
            if _URL.fullmatch(address):
                found[field] = address
                del reading.left[name]
            else:
                reading.notes.append(("AB202", f"`{reading.left[name]}` is no complete address."))
    told = _URL_COMMAND.fullmatch(reading.left.get("howpublished", "").strip())
    if told and "url" not in found and "url" not in reading.left:
        del reading.left["howpublished"]
        found["url"] = _unescaped(told[1] or told[2])
    return found


def _unescaped(address: str) -> str:
    r"""Undo what exporters do to marks of an address: ``\_``, ``{\_}``, ``\{_\}``."""
    address = re.sub(r"\\?\{\\?([_%&#~$])\\?\}", r"\1", address.strip())
    return re.sub(r"\\([_%&#~$])", r"\1", address)


def _publisher(type_: str, reading: _Reading) -> str:
    names = dict.fromkeys(
        [publisher_field(type_), "publisher", "institution", "school", "organization", "howpublished"]
    )
    for name in names:
        source = reading.left.get(name, "")
        if source and not _URL_COMMAND.search(source):
            bodies = re.sub(r"\}\s+and\s+\{", "}; {", source) if source.startswith("{") else source
            reading.left[name] = bodies
            return reading.text(name)
    return ""


def _genre(type_: str, reading: _Reading) -> str:
    word = reading.text("type")
    if not word:
        return GENRES.get(type_, "")
    return "" if type_ == "techreport" and word == REPORT else TYPE_KEYS.get(word, word)


def _numbers(type_: str, reading: _Reading) -> str:
    """Take `number` for what it is in this type, and give the issue."""
    number, issue = reading.text("number"), reading.text("issue")
    if type_ in SERIALS:
        return ", ".join(part for part in (number, issue) if part)
    if number:
        reading.extra["collection-number" if type_ in IN_SERIES else "number"] = number
    return issue


def _read_extra(reading: _Reading) -> None:
    for variable, text in reading.texts(EXTRA_TEXT):
        reading.extra[variable] = text
    for variable, (name, _) in EXTRA_DATES.items():
        if date := reading.date(name):
            reading.extra[variable] = date
    for name in [name for name in reading.left if name.startswith(CSL)]:
        variable, _, sort = name.removeprefix(CSL).partition("+")
        source = reading.left.pop(name)
        if sort == "names":
            reading.extra[variable] = parse_names(source)
        elif sort == "date" and (date := parse_edtf(source)):
            reading.extra[variable] = date
        else:
            reading.extra[variable] = decode(source)
