"""Entries to references: `read_library` reads a whole file, `reference_of` one entry of either dialect.

A field that no variable holds stays in ``extra`` as ``bibtex:name``, as TeX source, and comes back on writing. Nothing
raises: what is odd becomes findings.
"""

from __future__ import annotations

import re
from collections import Counter

from alliancebib.bibtex.dates import joined_date, parse_edtf
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
    TITLES,
    TYPE_KEYS,
    fit_name,
)
from alliancebib.bibtex.inheritance import with_inherited
from alliancebib.bibtex.kinds import (
    GENRES,
    container_fields,
    entry_type_of,
    has_cased_container,
    is_known_subtype,
    kind_of,
    publisher_fields,
)
from alliancebib.bibtex.names import parse_names
from alliancebib.bibtex.syntax import Block, read_blocks
from alliancebib.bibtex.tex import decode, has_address, has_unknown_commands, one_line
from alliancebib.bibtex.titles import cased_title, encode_title, inside_of_whole
from alliancebib.finding import Finding
from alliancebib.identifiers import is_doi, without_resolver
from alliancebib.library import Library, distinguish
from alliancebib.model import ExtraValue, Origin, PartialDate, Provenance, Reference, reference_id

__all__ = ["read_library", "reference_of"]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\\]+")
_URL_COMMAND = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|(https?://[^\s{}]+)")


#: Kinds of blocks that are no entries, and their words.
_BESIDE = {"comment": "@comment", "preamble": "@preamble", "text": "text between entries"}

#: Text between entries that looks like the beginning of one.
_LOST = re.compile(r"^[ \t]*@[ \t]*(?!comment\b)[^\W\d_]\w*", re.MULTILINE | re.IGNORECASE)


def read_library(text: str, *, page: str = "") -> Library:
    """Read every entry of a file, whatever is wrong beside it; what could not be read is named with its line."""
    references: list[Reference] = []
    findings: list[Finding] = []
    beside: Counter[str] = Counter()
    for block in with_inherited(read_blocks(text)):
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
        self.prefixes = False
        self.language = ""
        self.notes = [("AB109", f"{note}.") for note in block.notes]
        for field in block.fields:
            if not field.value:
                continue
            name = fit_name(field.name)
            if name != field.name:
                self.notes.append(("AB109", f"No field can have the name `{field.name}`; it was read as `{name}`."))
            if name not in self.left:
                self.left[name] = field.value
            elif self.left[name] != field.value:
                self._repeated(name, field.value)

    def _repeated(self, name: str, value: str) -> None:
        number = next(number for number in range(2, 10_000) if f"{name}-{number}" not in self.left)
        self.left[f"{name}-{number}"] = value
        self.notes.append(
            ("AB109", f"The field `{name}` stands twice; the first counts, the second is `{value[:60]}`.")
        )

    def text(self, *names: str, of: str = "") -> str:
        """Take the first of these fields that is there, as Unicode text; ``of`` names them all, else the first does."""
        _, source, value = self._taken(names)
        self._keep_source(of or names[0], source, value)
        return value

    def titled(self, *names: str, of: str = "") -> str:
        """Take a title and its subtitle."""
        source, title = self._with_subtitle(names)
        self._keep_source(of or names[0], source, title)
        return title

    def cased(self, *names: str, of: str = "") -> str:
        """Take a title and its subtitle, with spans for what keeps its case."""
        source, title = self._with_subtitle(names)
        return self._with_case(of or names[0], source, title)

    def cased_alone(self, *names: str) -> str:
        """Take a title that has no subtitle, with spans for what keeps its case."""
        _, source, title = self._taken(names)
        return self._with_case(names[0], source, title)

    def _with_case(self, of: str, source: str, title: str) -> str:
        self._keep_source(of, source, title)
        if "{" not in source and "nocase" not in source:
            return title
        title = cased_title(source, language=self.language)
        whole = inside_of_whole(source) and title.lower() != title.upper()
        if whole and encode_title(title, language=self.language) != source:
            self.extra[SOURCE + of] = source
        return title

    def _with_subtitle(self, names: tuple[str, ...]) -> tuple[str, str]:
        """Take a title and its subtitle: their source and their text."""
        found, source, title = self._taken(names)
        heads = (found,) if found else names
        subtitles = (name.replace("title", "subtitle") if "title" in name else f"{name}subtitle" for name in heads)
        _, below, subtitle = self._taken(tuple(subtitles))
        if not subtitle:
            return source, title
        between = "" if not title else " " if title.endswith(("?", "!", ":")) else ": "
        wholes = inside_of_whole(source), inside_of_whole(below)
        joined = f"{{{wholes[0]}{between}{wholes[1]}}}" if all(wholes) else f"{source}{between}{below}"
        return joined, f"{title}{between}{subtitle}"

    def listed(self, *names: str, of: str) -> str:
        """Take all of these fields, with commas between them."""
        parts = [(source, value) for name in names for _, source, value in [self._taken((name,))] if value]
        text = ", ".join(value for _, value in parts)
        self._keep_source(of, ", ".join(source for source, _ in parts), text)
        return text

    def _taken(self, names: tuple[str, ...]) -> tuple[str, str, str]:
        """Take the first of these fields that says something: its name, its source, its text."""
        for name in names:
            source = self.left.get(name)
            if source and (value := decode(source).strip()):
                del self.left[name]
                return name, source, value
        return "", "", ""

    def _keep_source(self, of: str, source: str, value: str) -> None:
        """Keep a source that says more than its text, if it can be written back for it."""
        if has_unknown_commands(source) and decode(source).strip() == value:
            self.extra[SOURCE + of] = source

    def verbatim(self, name: str) -> str:
        """Look at an address or identifier: never TeX, though exporters like to escape it."""
        value = re.sub(r"\\url\s*\{(.*)\}", r"\1", self.left.get(name, ""))
        value = re.sub(r"\s+", "", _unescaped(value))
        value = decode(value) if "\\" in value else value
        return value[1:-1] if value.startswith("{") and value.endswith("}") else value

    def date(self, name: str) -> PartialDate | None:
        """Take a date; a field that says none stays."""
        date = parse_edtf(self.left[name]) if self.left.get(name) else None
        if date is not None:
            del self.left[name]
        return date


def reference_of(block: Block, *, page: str = "") -> tuple[Reference, tuple[Finding, ...]]:
    """Read an entry. Its id is made of page and citation key, so that it stays when other fields or entries change."""
    reading = _Reading(block)
    subtype = reading.left.get("entrysubtype", "").strip("{}")
    kind = kind_of(block.type, subtype)
    if is_known_subtype(block.type, subtype):
        reading.left.pop("entrysubtype", None)
    if kind == "manuscript" and reading.left.get("eventtitle"):
        kind = "speech"
    reading.language = _language(reading)
    values: dict[str, object] = {
        "kind": kind or "document",
        **_people(reading),
        "title": reading.cased("title"),
        "container_title": _container(block.type, reading),
        "issued": _issued(reading),
        "accessed": reading.date("urldate"),
        "page": _pages(reading),
        "language": reading.language,
        **{field: reading.text(*names) for field, names in TEXT.items()},
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
        provenance=(Provenance(actor="bibtex", fields=tuple(values)),),
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
    prefixes = bool(re.search(r"\buseprefix\s*(?:=\s*true\b|(?:,|$))", options))
    reading.prefixes = prefixes
    if match := re.fullmatch(r"useprefix=true(?:, (.+))?", options):
        del reading.left["options"]
        if match[1]:
            reading.left["options"] = match[1]
    lists = {field: parse_names(reading.left.get(field, ""), particles_drop=not prefixes) for field in NAMES}
    for variable, (name, _) in EXTRA_NAMES.items():
        if names := parse_names(reading.left.pop(name, ""), particles_drop=not prefixes):
            reading.extra[variable] = names
    for field, names in lists.items():
        if names:
            del reading.left[field]
    return dict(lists)


def _container(type_: str, reading: _Reading) -> str:
    take = reading.cased if has_cased_container(type_) else reading.titled
    return take(*container_fields(type_), of="container")


def _issued(reading: _Reading) -> PartialDate | None:
    """Read `date`, else the older fields; of these, those that were understood or say the same are used up."""
    left = reading.left
    date, used = joined_date(reading.date("date"), *(left.get(name, "") for name in ("year", "month", "day")))
    for name in used:
        left.pop(name, None)
    return date


def _pages(reading: _Reading) -> str:
    name = next((name for name in ("pages", "eid") if decode(reading.left.get(name, "")).strip()), "")
    source = reading.left.pop(name, "")
    return re.sub(r"\s*(?:-{1,3}|[–—])\s*", "-", decode(source)).strip()


def _language(reading: _Reading) -> str:
    for name in ("langid", "language", "hyphenation"):
        word = decode(reading.left.get(name, "")).strip()
        if word:
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
    for name in publisher_fields(type_):
        source = reading.left.get(name, "")
        if source and not (name == "howpublished" and has_address(source)):
            bodies = re.sub(r"\}\s+and\s+\{", "}; {", source) if source.startswith("{") else source
            reading.left[name] = bodies
            if text := reading.text(name, of="publisher"):
                return text
    return ""


def _genre(type_: str, reading: _Reading) -> str:
    word = reading.text("type")
    if not word:
        return GENRES.get(type_, "")
    return "" if type_ == "techreport" and word == REPORT else TYPE_KEYS.get(word, word)


def _numbers(type_: str, reading: _Reading) -> str:
    """Take `number` for what it is in this type, and give the issue."""
    if type_ in SERIALS:
        return reading.listed("number", "issue", of="number")
    number, issue = reading.text("number"), reading.text("issue")
    if number:
        reading.extra["collection-number" if type_ in IN_SERIES else "number"] = number
    return issue


def _read_extra(reading: _Reading) -> None:
    for variable, names in EXTRA_TEXT.items():
        if text := reading.cased_alone(*names) if variable in TITLES else reading.text(*names):
            reading.extra[variable] = text
    for variable, (name, _) in EXTRA_DATES.items():
        if date := reading.date(name):
            reading.extra[variable] = date
    for name in [name for name in reading.left if name.startswith(CSL)]:
        variable, _, sort = name.removeprefix(CSL).partition("+")
        if not variable or ":" in variable:
            continue  # no variable of CSL
        source = reading.left.pop(name)
        if sort == "names":
            if people := parse_names(source, particles_drop=not reading.prefixes):
                reading.extra[variable] = people
            else:
                reading.left[name] = source  # it names nobody
        elif sort == "date" and (date := parse_edtf(source)):
            reading.extra[variable] = date
        else:
            reading.extra[variable] = decode(source)
