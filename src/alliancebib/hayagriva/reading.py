"""Entries to references: `read_library` reads a whole file, `reference_of` one entry.

An entry's parents have roles: the container, the series of either, the event, the source, the original. A field that no
variable holds stays in ``extra`` as ``hayagriva:field``, or ``hayagriva:role/field``, and comes back on writing. Under
``csl`` stand variables that Hayagriva has no place for; they count before the fields. There also stand fields of .bib
files (``bibtex:file``). Nothing raises.
"""

from __future__ import annotations

import json
import re

import msgspec

from alliancebib.edtf import date_of_words, parse_edtf
from alliancebib.finding import Finding
from alliancebib.hayagriva.document import Entry, Value, read_entries
from alliancebib.hayagriva.fields import FIELDS, OURS, ROLES, SERIALS
from alliancebib.hayagriva.kinds import EVENTS, TYPES, WHOLE, container_of, default_parent, kind_of, type_of
from alliancebib.hayagriva.strings import date_of_value, names_of_value, plain_text, short_of
from alliancebib.identifiers import doi_of, is_doi
from alliancebib.library import Library, distinguish
from alliancebib.model import KINDS, ExtraValue, Name, Origin, Provenance, Reference, reference_id
from alliancebib.variables import DATE_VARIABLES, FIELD_OF, NAME_VARIABLES, TEX_FIELD, TEXT_VARIABLES

__all__ = ["FORMATTABLE", "PARENTS", "read_library", "reference_of"]

#: Roles of parents, and the type that a parent in this role has unless it states another.
PARENTS = {
    "container": "",
    "collection": "anthology",
    "event": "conference",
    "source": "repository",
    "original": "original",
}
#: Fields whose text is a formattable string.
FORMATTABLE = frozenset(
    "title abstract genre organization archive archive-location call-number note location publisher".split()
)
#: Fields that a reader of the entry finds in its container as well.
_INHERITED = ("volume", "issue", "edition", "page-range", "language", "genre", "organization", "archive", "abstract")
_FIELD_OF = FIELD_OF | {"archive-url": "archive_url"}
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_PERSON = ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal")

Fields = dict[str, Value]


def read_library(text: str, *, page: str = "") -> Library:
    """Read every entry of a file; what could not be read as one is named with its line."""
    references: list[Reference] = []
    findings: list[Finding] = []
    for entry in read_entries(text):
        if isinstance(entry.value, dict):
            reference, noticed = reference_of(entry, page=page)
            references.append(reference)
            findings += noticed
        else:
            findings.append(_lost(entry, page=page))
    distinct, noticed = distinguish(references)
    return Library(distinct, findings=[*findings, *noticed])


def _lost(entry: Entry, *, page: str) -> Finding:
    name = f"`{(entry.key or entry.raw.lstrip().partition(chr(10))[0])[:60]}`"
    message = f"No entry could be read of {name}: {entry.problem or 'it has no fields'}."
    return Finding.of("AB106", message, origin=Origin(page=page, line=entry.line, raw=entry.raw))


class _Reading:
    """One entry on its way to a reference: what is left of it and of its parents, values found, what was noticed."""

    def __init__(self, entry: Entry) -> None:
        own = _copied(entry.value)
        assert isinstance(own, dict)
        self.fields: dict[str, Fields] = {"": own}
        self.values: dict[str, ExtraValue] = {}
        self.notes = [("AB109", note) for note in entry.notes]
        self.extra: dict[str, ExtraValue] = {}
        self.told: frozenset[str] = frozenset()
        stated = own.pop("type", None)
        self.type = stated.strip().lower() if isinstance(stated, str) else "misc"
        if stated and self.type not in TYPES:
            self.note(f"There is no entry type `{plain_text(stated)[:60]}`; the entry is taken for a document.")
        for parent in _several(own.pop("parent", None)):
            self._take_parent(parent)
        inner = self.fields.get("container", {}).pop("parent", None)
        for parent in _several(inner):
            if "collection" not in self.fields and isinstance(parent, dict):
                self.fields["collection"] = parent
            else:
                self._keep_parent("container/parent", parent)

    def _take_parent(self, parent: Value) -> None:
        if not isinstance(parent, dict):
            self._keep_parent("parent", parent)
            return
        stated = parent.get("type")
        type_ = stated.strip().lower() if isinstance(stated, str) else default_parent(self.type)
        role = self._role(type_)
        if role in self.fields:
            self._keep_parent("parent", parent)
        else:
            self.fields[role] = parent
            parent["type"] = type_

    def _role(self, type_: str) -> str:
        if type_ == "original":
            return "original"
        if type_ == "repository" and self.type != "repository":
            return "source"
        if type_ in EVENTS:
            return "event"
        return "collection" if self.type in WHOLE else "container"

    def _keep_parent(self, name: str, parent: Value) -> None:
        before = self.extra.get(OURS + name)
        known = json.loads(before) if isinstance(before, str) else []
        self.extra[OURS + name] = json.dumps([*known, parent], ensure_ascii=False)

    def take(self, place: str) -> Value:
        """Take the value at a place: a field, or the role of a parent and its field."""
        role, _, field = place.rpartition("/")
        return self.fields.get(role, {}).pop(field, None)

    def give_back(self, place: str, value: Value) -> None:
        role, _, field = place.rpartition("/")
        self.fields[role][field] = value

    def put(self, variable: str, value: ExtraValue | None) -> bool:
        """Set a variable that has no value yet; say whether this is so, or the value was there already."""
        if value and variable not in self.values:
            self.values[variable] = value
        return bool(value) and self.values.get(variable) == value

    def note(self, message: str, code: str = "AB109") -> None:
        self.notes.append((code, message))


def _copied(value: Value) -> Value:
    """Copy a value whole: aliases share what they repeat, and reading takes it apart."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _several(value: Value) -> list[Value]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def reference_of(entry: Entry, *, page: str = "") -> tuple[Reference, tuple[Finding, ...]]:
    """Read an entry. Its id is made of page and key, so that it stays when other fields or entries change."""
    reading = _Reading(entry)
    container = reading.fields.get("container", {}).get("type")
    published = any("publisher" in reading.fields.get(role, {}) for role in ("", "container"))
    kind = kind_of(reading.type, str(container or ""), published=published)
    _read_csl(reading)
    kind = str(reading.values.pop("type", kind))
    _read_texts(reading)
    _read_publisher(reading, kind)
    _read_people(reading)
    _read_dates(reading)
    _read_serials(reading)
    _read_address(reading)
    _keep_rest(reading, kind)
    named = {_FIELD_OF[name]: value for name, value in reading.values.items() if name in _FIELD_OF}
    others = {name: value for name, value in reading.values.items() if name not in _FIELD_OF}
    reference = Reference(
        id=reference_id(page, entry.key or entry.raw),
        key=entry.key,
        kind=kind,
        extra=others | reading.extra,
        origins=(Origin(page=page, line=entry.line, raw=entry.raw),),
        provenance=(Provenance(actor="hayagriva", fields=("kind", *named)),),
        **named,  # type: ignore[arg-type]
    )
    return reference, tuple(
        Finding.of(code, text, origin=reference.origin, reference=reference.id) for code, text in reading.notes
    )


def _read_csl(reading: _Reading) -> None:
    block = reading.fields[""].get("csl")
    if not isinstance(block, dict):
        return
    for name, value in list(block.items()):
        if name.startswith(TEX_FIELD) and isinstance(value, str):
            reading.extra[name] = value
            del block[name]
    for name, value in list(block.items()):  # what is told here counts before the fields, and in their place
        if reading.put(name, _csl_value(name, value)):
            del block[name]
    reading.told = frozenset(reading.values)
    if not block:
        del reading.fields[""]["csl"]


def _csl_value(name: str, value: Value) -> ExtraValue | None:  # noqa: PLR0911 - one line for each sort of variable
    if name in NAME_VARIABLES:
        people = [_csl_name(one) for one in _several(value)]
        return tuple(person for person in people if person) if all(people) else None
    if not isinstance(value, str):
        return None
    if name in DATE_VARIABLES:
        return parse_edtf(value) or date_of_words(value)
    if name == "type":
        return value if value in KINDS else None
    if name == "DOI":
        return value if is_doi(value) and value == doi_of(value) else None
    if name in ("URL", "archive-url"):
        return value if _URL.fullmatch(value) else None
    return value if name in TEXT_VARIABLES else None


def _csl_name(value: Value) -> Name | None:
    if not isinstance(value, dict):
        return None
    if value.get("others") == "true":
        return Name(others=True)
    parts = {part: text for part in _PERSON if isinstance(text := value.get(part.replace("_", "-")), str)}
    return msgspec.convert(parts, Name) if any(parts.values()) else None


def _read_texts(reading: _Reading) -> None:
    for field in _INHERITED:
        if field not in reading.fields[""] and (value := reading.take(f"container/{field}")) is not None:
            reading.fields[""][field] = value
    for place, variable in FIELDS.items():
        value = reading.take(place)
        field = place.rpartition("/")[2]
        text = plain_text(value) if field in FORMATTABLE else value if isinstance(value, str) else ""
        if not text.strip():
            if value not in (None, ""):
                reading.note(f"`{place}` holds no text: {_dumped(value)[:60]}.")
                reading.give_back(place, value)
            continue
        short = {"title": "title-short", "container/title": "container-title-short"}.get(place)
        if short:
            reading.put(short, short_of(value))
        if not reading.put(variable, text):
            reading.give_back(place, value)


def _read_publisher(reading: _Reading, kind: str) -> None:
    for role, name, place in (
        ("", "publisher", "publisher-place"),
        ("container", "publisher", "publisher-place"),
        ("original", "original-publisher", "original-publisher-place"),
    ):
        fields = reading.fields.get(role, {})
        publisher = fields.pop("publisher", None)
        where = fields.get("location")
        if isinstance(publisher, dict) and not isinstance(publisher.get("value"), str):
            where = publisher.pop("location", None) or where
            publisher, rest = publisher.pop("name", None), publisher
            if rest:
                fields["publisher"] = rest
        reading.put(name, plain_text(publisher))
        if reading.put(place, plain_text(where)) and where == fields.get("location"):
            fields.pop("location", None)
    if kind in ("thesis", "report") and "publisher" not in reading.values and "authority" in reading.values:
        reading.values["publisher"] = reading.values.pop("authority")


def _read_people(reading: _Reading) -> None:
    for place, variable in (
        ("author", "author"),
        ("editor", "editor"),
        ("container/editor", "editor"),
        ("container/author", "container-author"),
        ("collection/editor", "collection-editor"),
        ("original/author", "original-author"),
    ):
        value = reading.take(place)
        if value is None:
            continue
        names, understood = names_of_value(value)
        if not understood:
            reading.note(f"`{place}` holds something that is no name: {_dumped(value)[:60]}.")
        taken = variable in reading.told or reading.put(variable, names)
        if not taken or not understood:
            reading.give_back(place, value)
    rest = []
    for group in _several(reading.take("affiliated")):
        role = group.get("role") if isinstance(group, dict) else None
        names, understood = names_of_value(group.get("names")) if isinstance(group, dict) else ((), False)
        role = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", role.strip()).lower() if isinstance(role, str) else ""
        if not understood or not role or not names:
            rest.append(group)
        elif role not in ROLES:
            reading.put(f"{OURS}affiliated/{role}", names)
        elif ROLES[role] not in reading.values:
            reading.put(ROLES[role], names)
    if rest:
        reading.note(f"`affiliated` holds something that is no role and names: {_dumped(rest)[:60]}.")
        reading.fields[""]["affiliated"] = rest


def _read_dates(reading: _Reading) -> None:
    for place, variable in (
        ("date", "issued"),
        ("container/date", "issued"),
        ("event/date", "event-date"),
        ("original/date", "original-date"),
    ):
        value = reading.take(place)
        date, understood = date_of_value(value)
        if not understood:
            reading.note(f"`{place}` is no date of the calendar: {_dumped(value)[:60]}.")
        if (date is None and value is not None) or (
            date is not None and variable not in reading.told and not reading.put(variable, date)
        ):
            reading.give_back(place, value)


def _read_serials(reading: _Reading) -> None:
    """Read serial numbers: under `serial-number`, or as the fields of their own that older files have."""
    for role in ("", "container"):
        fields = reading.fields.get(role, {})
        value = fields.pop("serial-number", None)
        numbers: Fields = value if isinstance(value, dict) else {"serial": value} if isinstance(value, str) else {}
        older = {name: fields.pop(name) for name in ("doi", "isbn", "issn") if name in fields}
        kept = {
            name: number
            for name, number in [*numbers.items(), *older.items()]
            if not _put_serial(SERIALS.get(name.lower(), ""), number, reading)
        }
        if kept or isinstance(value, list):
            fields["serial-number"] = kept or value


def _put_serial(variable: str, number: Value, reading: _Reading) -> bool:
    text = number.strip() if isinstance(number, str) else ""
    if variable != "DOI" or not text:
        return bool(variable) and reading.put(variable, text)
    if doi := doi_of(text):
        return reading.put("DOI", doi)
    reading.note(f"`{text[:60]}` is no DOI.", "AB201")
    return False


def _read_address(reading: _Reading) -> None:
    for role in ("", "container"):
        fields = reading.fields.get(role, {})
        value = fields.get("url")
        address = value.get("value") if isinstance(value, dict) else value
        visited = value.get("date") if isinstance(value, dict) else None
        if not isinstance(address, str):
            if value is not None:
                reading.note(f"`url` holds no address: {_dumped(value)[:60]}.")
            continue
        if not _URL.fullmatch(address.strip()):
            reading.note(f"`{address[:60]}` is no complete address.", "AB202")
            continue
        date, understood = date_of_value(visited)
        if "URL" in reading.values and role:
            continue
        del fields["url"]
        reading.put("URL", address.strip())
        if not understood:
            reading.note(f"`url` was visited on no date of the calendar: {_dumped(visited)[:60]}.")
        if date is not None and "accessed" not in reading.values:
            reading.put("accessed", date)


def _keep_rest(reading: _Reading, kind: str) -> None:
    """Keep what no variable took: fields by their place, types where they are not those that would be written."""
    if reading.type != type_of(kind):
        reading.extra[f"{OURS}type"] = reading.type
    for role, fields in reading.fields.items():
        usual = PARENTS.get(role, "") or container_of(kind)
        stated = fields.get("type", usual)
        if role and isinstance(stated, str) and stated.strip().lower() == usual:
            fields.pop("type", None)
        for field, value in fields.items():
            if isinstance(value, dict) and field in ("serial-number", "csl"):
                for name, inner in value.items():
                    reading.extra[f"{OURS}{field}/{name}"] = _dumped(inner)
            else:
                reading.extra[OURS + (f"{role}/{field}" if role else field)] = _dumped(value)


def _dumped(value: Value) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
