"""Entries to references: `read_library` reads a whole file, `reference_of` one entry of either dialect.

A field that no variable holds stays in ``extra`` as ``bibtex:name``, as TeX source, and comes back on writing. Nothing
raises: what is odd becomes findings.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from sys import intern

from alliancebib.bibtex.arranging import arrange
from alliancebib.bibtex.dates import joined_date
from alliancebib.bibtex.fields import (
    CASED,
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
    TITLES,
    TYPE_KEYS,
)
from alliancebib.bibtex.inheritance import names_parents, with_inherited
from alliancebib.bibtex.kinds import (
    GENRES,
    container_fields,
    entry_type_of,
    has_cased_container,
    is_known_subtype,
    kind_of,
    publisher_fields,
)
from alliancebib.bibtex.locating import origin_in
from alliancebib.bibtex.pending import Pending, Tables, unescaped
from alliancebib.bibtex.sources import one_line
from alliancebib.bibtex.syntax import Block, read_blocks
from alliancebib.bibtex.tex import decode, has_address
from alliancebib.finding import Finding
from alliancebib.identifiers import doi_of
from alliancebib.library import Library, distinguish
from alliancebib.model import Origin, PartialDate, Provenance, Reference, reference_id
from alliancebib.variables import OTHER_URLS

__all__ = ["read_library", "reference_of"]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\\]+")
_URL_COMMAND = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|(https?://[^\s{}]+)")
_ADDRESSES = frozenset({"doi", "url", "archiveurl", "howpublished"})
_DASH = re.compile("-{1,3}|[–—]")

#: Kinds of blocks that are no entries, and their words.
_BESIDE = {"comment": "@comment", "preamble": "@preamble", "text": "text between entries"}

#: Text between entries that looks like the beginning of one.
_LOST = re.compile(r"^[ \t]*@[ \t]*(?!comment\b)[^\W\d_]\w*", re.MULTILINE | re.IGNORECASE)


def read_library(text: str, *, page: str = "") -> Library:
    """Read every entry of a file, whatever is wrong beside it; what could not be read is named with its line."""
    references: list[Reference] = []
    findings: list[Finding] = []
    beside: Counter[str] = Counter()
    for block in _complete_blocks(text):
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


def _complete_blocks(text: str) -> Iterator[Block]:
    """Give the blocks with what they inherit; each may be forgotten when the next one is asked for."""
    if not names_parents(text):
        yield from read_blocks(text)
        return
    blocks = deque(with_inherited(read_blocks(text)))
    while blocks:
        yield blocks.popleft()


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


_Rows = list[tuple[str, Sequence[str]]]
_TABLES = Tables(TEXT, EXTRA_TEXT, EXTRA_NAMES, EXTRA_DATES)


def reference_of(block: Block, *, page: str = "") -> tuple[Reference, tuple[Finding, ...]]:
    """Read an entry. Its id is made of page and citation key, so that it stays when other fields or entries change."""
    reading = Pending(block)
    subtype = reading.left.get("entrysubtype", "").strip("{}")
    kind = kind_of(block.type, subtype)
    if is_known_subtype(block.type, subtype):
        reading.left.pop("entrysubtype", None)
    if kind == "manuscript" and reading.left.get("eventtitle"):
        kind = "speech"
    aside = arrange(block.type, reading.left)
    texts, extra_texts, extra_names, extra_dates = _TABLES.rows_of(reading.left)
    reading.language = _language(reading)
    values: dict[str, object] = {
        "kind": kind or "document",
        **_people(reading, extra_names),
        "title": reading.cased("title"),
        "container_title": _container(block.type, reading),
        "issued": _issued(reading),
        "accessed": reading.date("urldate"),
        "page": _pages(reading),
        "language": reading.language,
        **{field: reading.text(*names) for field, names in texts},
        **_addresses(reading),
        "publisher": _publisher(block.type, reading),
        "genre": _genre(block.type, reading),
        "issue": _numbers(block.type, reading),
    }
    _read_extra(reading, extra_texts, extra_dates)
    if block.type not in _usual_types(kind, str(values["genre"])):
        reading.extra[OURS + "entrytype"] = block.type
    for name, value in {**aside, **reading.left}.items():
        reading.extra[intern(OURS + name)] = value
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


@lru_cache(maxsize=1024)
def _usual_types(kind: str, genre: str) -> frozenset[str]:
    return frozenset(entry_type_of(kind, genre=genre, classic=classic)[0] for classic in (True, False))


@lru_cache(maxsize=4096)
def _provenance(fields: tuple[str, ...]) -> tuple[Provenance, ...]:
    """Give the record of what was read; entries with the same fields share one."""
    return (Provenance(actor="bibtex", fields=fields),)


def _findings(block: Block, reading: Pending, reference: Reference) -> tuple[Finding, ...]:
    notes = reading.notes
    if block.broken:
        message = f"The entry `{block.key or block.type}` is not closed; it was read as far as it goes."
        notes = [("AB106", message, ""), *notes]
    return tuple(
        Finding.of(code, note, origin=origin_in(reference.origin, where), reference=reference.id)
        for code, note, where in notes
    )


def _people(reading: Pending, extra: _Rows) -> dict[str, object]:
    options = reading.left.get("options", "")
    prefixes = "useprefix" in options and bool(re.search(r"\buseprefix\s*(?:=\s*true\b|(?:,|$))", options))
    reading.prefixes = prefixes
    if match := re.fullmatch(r"useprefix=true(?:, (.+))?", options):
        del reading.left["options"]
        if match[1]:
            reading.left["options"] = match[1]
    lists = {field: reading.names(field) for field in NAMES if field in reading.left}
    for variable, (name, _) in extra:
        if names := reading.names(name):
            reading.extra[variable] = names
        del reading.left[name]
    for field, names in lists.items():
        if names:
            del reading.left[field]
    return dict(lists)


def _container(type_: str, reading: Pending) -> str:
    take = reading.cased if has_cased_container(type_) else reading.titled
    return take(*container_fields(type_), "csl-container-title", of="container")


def _issued(reading: Pending) -> PartialDate | None:
    """Read `date`, else the older fields; of these, those that were understood or say the same are used up."""
    left = reading.left
    source, read = left.get("date", ""), reading.date("date")
    date, used = joined_date(read, *(left.get(name, "") for name in ("year", "month", "day")))
    if read and "date" not in used:  # words that say nothing to the year, which counts
        left["date"] = source
    if "year" in used and not left["year"].isdecimal() and SOURCE + "date" not in reading.extra:
        reading.keep_date("date", left["year"])
    for name in used - {"date"}:
        left.pop(name, None)
    return date


def _pages(reading: Pending) -> str:
    for name in ("pages", "eid"):
        if name in reading.left and (text := decode(reading.left[name]).strip()):
            del reading.left[name]
            return "-".join(map(str.strip, _DASH.split(text)))
    return ""


def _language(reading: Pending) -> str:
    for name in ("langid", "language", "hyphenation"):
        if name in reading.left and (word := decode(reading.left[name]).strip()):
            del reading.left[name]
            return CODES.get(word.lower(), word)
    return ""


def _addresses(reading: Pending) -> dict[str, str]:
    found: dict[str, str] = {}
    if reading.left.keys().isdisjoint(_ADDRESSES):
        return found
    if stated := reading.verbatim("doi"):
        if doi := doi_of(stated):
            found["doi"] = doi
            del reading.left["doi"]
        else:
            reading.notes.append(("AB201", f"`{reading.left['doi']}` is no DOI.", "doi"))
    for name, field in (("url", "url"), ("archiveurl", "archive_url")):
        if address := reading.verbatim(name):
            if _URL.fullmatch(address):
                found[field] = address
                del reading.left[name]
            else:
                reading.notes.append(("AB202", f"`{reading.left[name]}` is no complete address.", name))
    told = "howpublished" in reading.left and _URL_COMMAND.fullmatch(reading.left["howpublished"].strip())
    if told and "url" not in found and "url" not in reading.left:
        del reading.left["howpublished"]
        found["url"] = unescaped(told[1] or told[2])
    return found


def _publisher(type_: str, reading: Pending) -> str:
    for name in publisher_fields(type_):
        source = reading.left.get(name, "")
        is_address = name == "howpublished" and has_address(source)
        if source and not is_address and (text := reading.text(name, of="publisher")):
            return text
    return ""


def _genre(type_: str, reading: Pending) -> str:
    word = reading.text("type")
    if not word:
        return GENRES.get(type_, "")
    return "" if type_ == "techreport" and word == REPORT else TYPE_KEYS.get(word, word)


def _numbers(type_: str, reading: Pending) -> str:
    """Take `number` for what it is in this type, and give the issue."""
    if type_ in SERIALS:
        return reading.listed("number", "issue", of="number")
    number, issue = reading.text("number"), reading.text("issue")
    if number:
        reading.extra["collection-number" if type_ in IN_SERIES else "number"] = number
    return issue


def _read_extra(reading: Pending, texts: _Rows, dates: _Rows) -> None:
    for variable, names in texts:
        if text := reading.cased_alone(*names) if variable in TITLES else reading.text(*names):
            reading.extra[variable] = text
    _read_other_addresses(reading)
    for variable, (name, _) in dates:
        if date := reading.date(name):
            reading.extra[variable] = date
    for name in [name for name in reading.left if name.startswith(CSL)]:
        variable, _, sort = name.removeprefix(CSL).partition("+")
        if not variable or ":" in variable:
            continue  # no variable of CSL
        variable = CASED.get(variable, variable)
        if sort == "names":
            if people := reading.names(name):
                reading.extra[variable] = people
                del reading.left[name]
        elif sort == "date" and (date := reading.date(name)):
            reading.extra[variable] = date
        else:
            reading.extra[variable] = decode(reading.left.pop(name))


def _read_other_addresses(reading: Pending) -> None:
    """Take the addresses beside the first, which entries have that others were joined to."""
    others = reading.left.get("urls", "").split()
    if others and all(map(_URL.fullmatch, others)):
        del reading.left["urls"]
        reading.extra[OTHER_URLS] = " ".join(others)
