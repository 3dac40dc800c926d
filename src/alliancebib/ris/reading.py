"""Records to references: `read_library` reads a whole file, `reference_of` one record.

A line that no variable holds stays in ``extra`` as ``ris:tag`` and comes back on writing. A line ``M2  - variable:
text`` names its variable itself, as users of Zotero write it, and counts before every tag. Nothing raises: what is odd
becomes findings.
"""

from __future__ import annotations

import re

from alliancebib.finding import Finding
from alliancebib.identifiers import doi_of
from alliancebib.library import Library, distinguish
from alliancebib.model import ExtraValue, Name, Origin, PartialDate, Provenance, Reference, reference_id
from alliancebib.ris.own_lines import value_of_own_line
from alliancebib.ris.records import Record, TaggedLine, read_records
from alliancebib.ris.tags import FURTHER, OURS, is_whole, kind_of, tag_name, tags_of, type_name, type_of
from alliancebib.ris.values import date_of_text, has_more, is_plain, pages_of, serial_sort, with_day
from alliancebib.variables import FIELD_OF, NAME_VARIABLES
from alliancebib.written_names import name_of_text

__all__ = ["read_library", "reference_of"]

_FIELD_OF = FIELD_OF | {"archive-url": "archive_url"}
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_PAGE_COUNT = re.compile(r"(?:[ivxlc]+\s*[,+]\s*)?\d+\s*(?:p|pp|pages|s|S|с)?\.?")
_PMC = re.compile(r"PMC\d+")
#: Tags whose lines are a list: a further line without a tag is a further value.
_LISTS = frozenset({"KW", "UR", "L1", "L2", "L4"})
#: Tags that may hold a DOI beside, or instead of, what they are for.
_DOI_TAGS = ("M3", "L3", "N1", "C7", "AN", "M1", "LB")
#: Types in which an editor is as often under A2 as under A3.
_BOOKS = frozenset({"BOOK", "EDBOOK", "EBOOK", "CLSWK", "SER"})
#: Where the title of a container stands, the fullest form first.
_CONTAINERS = ("T2", "JF", "BT", "JO", "JA", "J2", "J1")
_CONFERENCES = frozenset({"CONF", "CPAPER"})
_SERIALS = frozenset({"JOUR", "EJOUR", "MGZN", "NEWS", "ABST", "INPR", "JFULL"})


def read_library(text: str, *, page: str = "") -> Library:
    """Read every record of a file, whatever is wrong beside it; text that is no record is named with its line."""
    references: list[Reference] = []
    findings: list[Finding] = []
    for record in read_records(text):
        if record.is_text:
            findings.append(_beside(record, page=page))
            continue
        reference, noticed = reference_of(record, page=page)
        references.append(reference)
        findings += noticed
    distinct, noticed = distinguish(references)
    return Library(distinct, findings=[*findings, *noticed])


def _beside(record: Record, *, page: str) -> Finding:
    rows = [row.strip() for row in record.raw.split("\n") if row.strip()]
    shown = rows[0] if len(rows[0]) <= 60 else rows[0][:59] + "…"
    more = f" and {len(rows) - 1} more lines" if len(rows) > 1 else ""
    message = f"Beside the records stands text that no other file will hold: {shown}{more}."
    return Finding.of("AB111", message, origin=Origin(page=page, line=record.line, raw=record.raw))


class _Reading:
    """One record on its way to a reference: lines not yet used, values found, and what was noticed."""

    def __init__(self, record: Record) -> None:
        self.type = record.type.upper()
        self.values: dict[str, ExtraValue] = {}
        self.notes: list[tuple[str, str]] = [("AB109", note) for note in record.notes]
        self.left: dict[str, list[TaggedLine]] = {}
        for line in record.lines:
            for single in _single(line):
                if single.text:
                    self.left.setdefault(single.tag, []).append(single)

    def first(self, tag: str) -> str:
        """Look at the first line of a tag that is left."""
        return self.left[tag][0].text if self.left.get(tag) else ""

    def use(self, tag: str) -> str:
        """Take the first line of a tag that is left."""
        text = self.first(tag)
        if text:
            self.left[tag] = self.left[tag][1:]
        return text

    def put(self, variable: str, value: ExtraValue | None) -> bool:
        """Set a variable that has no value yet; say whether this is so, or the value was there already."""
        if value and variable not in self.values:
            self.values[variable] = value
        return bool(value) and self.values.get(variable) == value

    def settle(self, variable: str, tag: str) -> None:
        """Take the first line of a tag for a variable, unless that has another value."""
        if self.put(variable, self.first(tag)):
            self.use(tag)

    def note(self, code: str, message: str) -> None:
        self.notes.append((code, message))

    def kept(self) -> dict[str, ExtraValue]:
        """Give every line that no variable took, by its tag and, from the second on, a number."""
        return {
            f"{OURS}{tag}" if number == 1 else f"{OURS}{tag}-{number}": line.text
            for tag, lines in self.left.items()
            for number, line in enumerate(lines, start=1)
        }


def _single(line: TaggedLine) -> list[TaggedLine]:
    """Part a line of a list in its values; addresses are also parted by semicolons."""
    if line.tag not in _LISTS:
        return [line]
    texts = [text for text in line.texts if text]
    if line.tag == "UR":
        texts = [part.strip() for text in texts for part in re.split(r"\s*;\s*(?=https?://)", text)]
    return [TaggedLine(line.tag, (text,), line.line) for text in texts]


def reference_of(record: Record, *, page: str = "") -> tuple[Reference, tuple[Finding, ...]]:
    """Read a record. Its id is made of page and ID, so that it stays when other lines or records change."""
    reading = _Reading(record)
    kind = _kind(reading)
    _read_own(reading)
    kind = str(reading.values.pop("type", kind))
    _keep_type(kind, reading)
    key = reading.use("ID")
    _read_doi(reading)
    _read_people(reading)
    _read_container(reading)
    _read_dates(reading)
    _read_pages(reading)
    _read_serials(reading)
    _read_addresses(reading)
    _read_keywords(reading)
    _read_tags(reading)
    extra = {name: value for name, value in reading.values.items() if name not in _FIELD_OF}
    fields = {_FIELD_OF[name]: value for name, value in reading.values.items() if name in _FIELD_OF}
    reference = Reference(
        id=reference_id(page, key or record.raw),
        key=key,
        kind=kind,
        extra=extra | reading.kept(),
        origins=(Origin(page=page, line=record.line, raw=record.raw),),
        provenance=(Provenance(actor="ris", fields=("kind", *fields)),),
        **fields,  # type: ignore[arg-type]
    )
    return reference, tuple(
        Finding.of(code, text, origin=reference.origin, reference=reference.id) for code, text in reading.notes
    )


def _kind(reading: _Reading) -> str:
    kind = kind_of(reading.type)
    if reading.type and not kind:
        reading.note("AB109", f"There is no RIS type {type_name(reading.type)}; the record is taken for a document.")
    return kind or "document"


def _keep_type(kind: str, reading: _Reading) -> None:
    """Keep the type as it was written where it says more than the CSL type would be written as."""
    read = kind_of(reading.type) or "document"
    if reading.type and type_of(kind) != reading.type and (read == kind or not kind_of(reading.type)):
        reading.left["TY"] = [TaggedLine("TY", (reading.type,))]


def _read_own(reading: _Reading) -> None:
    """Read the lines of M2 that name their variable; names come one a line, anything else once."""
    left = []
    for line in reading.left.pop("M2", []):
        variable, value = value_of_own_line(line.text)
        before = reading.values.get(variable, ())
        if isinstance(value, tuple) and isinstance(before, tuple):
            reading.values[variable] = (*before, *value)
        elif not variable or not reading.put(variable, value):
            left.append(line)
    if left:
        reading.left["M2"] = left


def _read_doi(reading: _Reading) -> None:
    for tag in ("DO", "DI"):
        if text := reading.first(tag):
            if doi := doi_of(text):
                if reading.put("DOI", doi):
                    reading.use(tag)
            else:
                reading.note("AB201", f"`{text}` is no DOI.")
    for tag in _DOI_TAGS:
        if (doi := doi_of(reading.first(tag))) and reading.put("DOI", doi):
            reading.use(tag)


def _read_people(reading: _Reading) -> None:
    tags = tags_of(reading.type)
    if reading.type in _BOOKS and not (reading.left.get("A3") or reading.left.get("ED")):
        tags = {**tags, "A2": "editor"}
    named = {"AU": "author", "A1": "author", **tags, "ED": "editor"}
    told = {variable: value for variable, value in reading.values.items() if isinstance(value, tuple)}
    for tag, variable in named.items():
        if variable in told and len(reading.left.get(tag, [])) == len(told[variable]):
            reading.left.pop(tag, None)  # M2 says the same people more precisely
        if variable not in NAME_VARIABLES:
            continue
        people = [name for line in reading.left.pop(tag, []) for name in _people(line.text, reading)]
        before = reading.values.get(variable, ())  # under another tag, or in M2
        if people and isinstance(before, tuple):
            new = [name for name in people if name not in before]
            reading.values[variable] = tuple(
                sorted([*before, *(new if before else people)], key=lambda name: name.others)
            )


def _people(text: str, reading: _Reading) -> list[Name]:
    """Read the names of one line: one, though some programs put all of them there, parted by semicolons."""
    parts = [part for part in re.split(r"\s*;\s*", text) if part]
    if len(parts) > 1:
        reading.note("AB109", f"Several names stand in one line: `{text[:60]}`.")
    return [name for part in parts if (name := name_of_text(part))]


def _read_container(reading: _Reading) -> None:
    """Tell the conference from its proceedings, and the full title of a serial from its short ones."""
    if reading.type in _CONFERENCES and reading.left.get("C3"):
        reading.settle("container-title", "C3")
        reading.settle("event-title", "T2")
    if reading.type in _CONFERENCES and reading.left.get("C1"):
        reading.settle("publisher-place", "C1")
        reading.settle("event-place", "CY")
    if reading.type in ("BOOK", "EDBOOK", "UNPB") and not (reading.left.get("TI") or reading.left.get("T1")):
        reading.settle("title", "BT")
    if tags_of(reading.type).get("T2") != "container-title":
        return
    full = next((tag for tag in _CONTAINERS if reading.left.get(tag)), "")
    reading.settle("container-title", full)
    for tag in _CONTAINERS:
        same = reading.first(tag) and reading.first(tag) == reading.values.get("container-title")
        if same:
            reading.use(tag)
    reading.settle("container-title-short", "JO")


def _read_dates(reading: _Reading) -> None:
    if "issued" not in reading.values:
        _read_issued(reading)
    else:
        _drop_years(reading)
    if reading.put("accessed", date_of_text(reading.first("Y2"))):
        reading.use("Y2")


def _read_issued(reading: _Reading) -> None:
    """Join year and date: the fuller one counts where they agree, the year where they do not."""
    found: PartialDate | None = None
    for tag in ("PY", "Y1", "DA"):
        text = reading.first(tag)
        date = date_of_text(text) if text else None
        if date is None:
            continue
        if found is None:
            found = date
        elif date.year is None and found.year and is_plain(found) and (fuller := with_day(found, text)) != found:
            found = fuller
        elif date.year != found.year:
            reading.note("AB109", f"`{tag}` says `{text}`, another line {found}; the first counts.")
            continue
        elif is_plain(date) and is_plain(found):
            found = max(found, date, key=lambda one: len(str(one)))
        if not has_more(text):
            reading.use(tag)
    reading.put("issued", found)


def _drop_years(reading: _Reading) -> None:
    """Leave out the lines that say in part what M2 says in full."""
    issued = reading.values["issued"]
    assert isinstance(issued, PartialDate)
    for tag in ("PY", "Y1", "DA"):
        date = date_of_text(reading.first(tag)) if reading.first(tag) else None
        if date and date.year is not None and date.year == issued.year:
            reading.use(tag)


def _read_pages(reading: _Reading) -> None:
    first, last = reading.first("SP"), reading.first("EP")
    if is_whole(reading.type) and first and not last and _PAGE_COUNT.fullmatch(first):
        reading.settle("number-of-pages", "SP")
        return
    article = reading.first("C7") if reading.type in _SERIALS else ""
    if not (first or last) and article:
        first = article
        reading.use("C7")
    if reading.put("page", pages_of(first, last)):
        reading.use("SP")
        reading.use("EP")
    if (
        reading.first("SE") and reading.first("SE") == pages_of(first, "").partition("-")[0]
    ):  # EndNote says the first page here once more
        reading.use("SE")


def _read_serials(reading: _Reading) -> None:
    """Tell ISBN from ISSN by their form; several of a sort become one text."""
    sorts: dict[str, list[str]] = {"isbn": [], "issn": []}
    left = []
    for line in reading.left.pop("SN", []):
        sort = serial_sort(line.text, whole=reading.type not in _SERIALS)
        if not sort or sort.upper() in reading.values:
            left.append(line)
        elif line.text not in sorts[sort]:
            sorts[sort].append(line.text)
    for sort, texts in sorts.items():
        reading.put(sort.upper(), ", ".join(texts))
    if left and reading.type in ("RPRT", "REPORT", "PAT", "STAND", "GOVDOC") and reading.put("number", left[0].text):
        left = left[1:]
    if left:
        reading.left["SN"] = left
    if reading.type in _SERIALS and _PMC.fullmatch(reading.first("C2")):
        reading.settle("PMCID", "C2")


def _read_addresses(reading: _Reading) -> None:
    lines = reading.left.pop("UR", [])
    left = []
    for line in lines:
        address = line.text
        if not _URL.fullmatch(address):
            reading.note("AB202", f"`{address}` is no complete address.")
            left.append(line)
        elif not reading.put("URL", address):
            left.append(line)
    if left:
        reading.left["UR"] = left


def _read_keywords(reading: _Reading) -> None:
    words = list(dict.fromkeys(line.text for line in reading.left.get("KW", [])))
    separator = "; " if any("," in word for word in words) else ", "
    if words and reading.put("keyword", separator.join(words)):
        del reading.left["KW"]


def _read_tags(reading: _Reading) -> None:
    """Read every other tag that stands for one variable of text."""
    tags = tags_of(reading.type)
    for tag, variable in [*tags.items(), *((tag, name) for tag, name in FURTHER.items()), ("T3", "collection-title")]:
        if variable not in NAME_VARIABLES and variable != "DOI":
            reading.settle(variable, tag)
    for tag in ("TI", "T1", "AB", "N2"):
        if reading.first(tag) and reading.first(tag) in (reading.values.get("title"), reading.values.get("abstract")):
            reading.use(tag)
    if "title" in reading.values and reading.first("TI"):
        reading.note(
            "AB109", f"The record has two titles; kept beside is {tag_name('TI')} `{reading.first('TI')[:60]}`."
        )
