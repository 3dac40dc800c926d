"""References to entries: `write_library` writes a whole file, `entry_of` makes one entry.

Typst refuses a whole file for one value of a wrong form, so a value is written only in a form that it takes. What a
field would not give back as it was stands under ``csl``, which Typst passes over: each entry is read again before it is
written, to know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import msgspec

from alliancebib.citation_key import unique_key
from alliancebib.edtf import format_edtf
from alliancebib.hayagriva.document import Entry, Value, write_entries
from alliancebib.hayagriva.fields import FIELDS, NUMBERS, OURS, ROLES, SERIALS
from alliancebib.hayagriva.kinds import TYPES, WHOLE, container_of, kind_of, type_of
from alliancebib.hayagriva.reading import FORMATTABLE, PARENTS, reference_of
from alliancebib.hayagriva.strings import format_text, value_of_date, value_of_name
from alliancebib.library import Library
from alliancebib.model import ExtraValue, Name, PartialDate, Reference
from alliancebib.variables import TEX_FIELD, tex_fields, without_controls, written_values

__all__ = ["entry_of", "write_library"]

_ADDRESS = re.compile(r"https?://[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?::\d{1,4})?(?:[/?#]\S*)?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
_NUMBER = re.compile(r"[1-9]\d{0,8}")
_COUNT = re.compile(r"(?:[ivxlc]{1,8}(?:, | \+ ))?\d{1,6}(?: [A-Za-z]{1,5}\.?)?")
_DURATION = re.compile(r"(?:\d\d:)?[0-5]\d:[0-5]\d")
#: Fields whose value Typst checks, and the forms that it takes.
_FORMS = {"language": _LANGUAGE, "volume-total": _NUMBER, "page-total": _COUNT, "runtime": _DURATION}
#: Fields that stand in the container where there is one.
_IN_CONTAINER = frozenset({"volume", "issue"})
#: Entry types in whose parents Typst looks for these.
_SEEN_IN = frozenset({"article", "chapter", "report", "case", "web", "post"})
#: CSL types whose editors are those of the container.
_EDITED = frozenset({"chapter", "paper-conference"})
_EVENT = frozenset({"event-title", "event-place", "event-date"})
_ORDER = (
    "type title author date editor affiliated publisher location organization abstract genre note issue chapter "
    "volume volume-total edition page-range page-total runtime url serial-number language archive archive-location "
    "call-number parent csl"
).split()
_PERSON = ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal")

Fields = dict[str, object]


def write_library(library: Library) -> str:
    """Write a whole file, in the order of the library; who has no key gets one, a repeated one gets a letter."""
    taken: set[str] = set()
    counted: dict[str, int] = {}
    entries = []
    for reference in library.keyed():
        key = unique_key(without_controls(reference.key) or "ref", taken, counted=counted)
        taken.add(key.lower())
        entries.append((key, entry_of(reference)))
    return write_entries(entries)


def entry_of(reference: Reference) -> Fields:
    """Give the fields of an entry, its parents among them."""
    values = written_values(reference)
    own: dict[str, ExtraValue] = {}
    entry = _built(values, reference, own)
    for _ in range(3):  # what is wrong beside another field comes to light when that is gone
        wrong = [name for name in _differences(entry, values, reference) if name in values and name not in own]
        if not wrong:
            break
        own |= {name: values[name] for name in wrong}
        entry = _built(values, reference, own)
    return entry


def _differences(entry: Fields, values: Mapping[str, ExtraValue], reference: Reference) -> list[str]:
    """Name the variables that reading the entry would not give back as they are."""
    back, _ = reference_of(Entry(key=reference.key or "x", value=_as_read(entry)))
    found = written_values(back)
    return [name for name in values.keys() | found.keys() if values.get(name) != found.get(name)]


def _as_read(value: object) -> Value:
    """Give a value as reading the document would: every scalar as text."""
    if isinstance(value, Mapping):
        return {str(key): _as_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_read(inner) for inner in value]
    return {None: None, True: "true", False: "false"}.get(value, str(value)) if value in (None, True) else str(value)


class _Writing:
    """An entry and its parents, by their roles, on their way out."""

    def __init__(self, kind: str, *, contained: bool) -> None:
        self.fields: dict[str, Fields] = {"": {}}
        self.kind = kind
        self.container = "container" if contained else ""

    def put(self, place: str, value: object) -> None:
        role, _, field = place.rpartition("/")
        self.fields.setdefault(role, {}).setdefault(field, value)


def _built(values: Mapping[str, ExtraValue], reference: Reference, own: Mapping[str, ExtraValue]) -> Fields:
    """Build an entry of all values; texts that are our ``own`` stand under csl alone, dates and names also there."""
    kind = str(values.get("type", "document"))
    said = {name: value for name, value in values.items() if name not in own or not isinstance(value, str)}
    held = _has_container(kind, reference)
    writing = _Writing(kind, contained=held and (_needs_container(said, reference) or _tells_kind(kind)))
    if not held:
        said = {name: value for name, value in said.items() if not name.startswith("container-")}
    elif writing.container and type_of(kind) == "article" and kind != "paper-conference":
        said = {name: value for name, value in said.items() if name not in _EVENT}  # it would be the container
    left = {name for name in values if name not in said} | set(own)
    left |= _put_texts(said, writing) | _put_people(said, writing) | _put_dates(said, writing)
    left |= _put_serials(said, writing) | _put_address(said, writing) | _put_publisher(said, writing)
    _put_kept(reference, writing)
    block = {name: _csl_value(values[name]) for name in values if name in left}
    block |= {f"{TEX_FIELD}{name}": value for name, value in tex_fields(reference).items()}
    return _assembled(writing, reference, block)


def _has_container(kind: str, reference: Reference) -> bool:
    return bool(container_of(kind)) or f"{OURS}container/type" in reference.extra


def _tells_kind(kind: str) -> bool:
    """Say whether the type of the container, even of one without a title, tells Typst what the entry is."""
    type_, container = type_of(kind), container_of(kind)
    told = kind_of(type_) != kind == kind_of(type_, container)
    return told or (type_, container) in {("article", "periodical"), ("chapter", "book"), ("entry", "reference")}


def _needs_container(said: Mapping[str, ExtraValue], reference: Reference) -> bool:
    """Say whether something is told of the container: its title, its series, or what was read of it."""
    names = ("container-title", "collection-title", "container-author")
    return any(name in said for name in names) or any(name.startswith(f"{OURS}container/") for name in reference.extra)


def _put_texts(said: Mapping[str, ExtraValue], writing: _Writing) -> set[str]:
    """Put every text that has a place; give the names of those that have none, or not in this form."""
    places = {variable: place for place, variable in FIELDS.items()}
    elsewhere = {*SERIALS.values(), "URL", "publisher", "publisher-place", "original-publisher", "title-short"}
    elsewhere |= {"original-publisher-place", "container-title-short", "type"}
    left = set()
    for name, value in said.items():
        if not isinstance(value, str) or name in elsewhere:
            continue
        place = places.get(name, "")
        field = place.rpartition("/")[2]
        form = _FORMS.get(field)
        if not place or (form and not form.fullmatch(value)):
            left.add(name)
            continue
        written: object = format_text(value) if field in FORMATTABLE else value
        if field in NUMBERS and _NUMBER.fullmatch(value):
            written = int(value)
        short = said.get({"title": "title-short", "container/title": "container-title-short"}.get(place, ""))
        if isinstance(short, str):
            written = {"value": written, "short": format_text(short)}
        if field in _IN_CONTAINER and "/" not in place and writing.container and type_of(writing.kind) in _SEEN_IN:
            place = f"container/{field}"
        writing.put(place, written)
    left |= {short for short, full in (("title-short", "title"),) if short in said and full not in said}
    return left | ({"container-title-short"} if "container-title" not in said else set()) & said.keys()


def _put_people(said: Mapping[str, ExtraValue], writing: _Writing) -> set[str]:
    places = {
        "author": "author",
        "editor": "container/editor" if writing.container and writing.kind in _EDITED else "editor",
        "container-author": "container/author",
        "collection-editor": "collection/editor",
        "original-author": "original/author",
    }
    roles = {variable: role for role, variable in ROLES.items()}
    affiliated = []
    left = set()
    for name, value in said.items():
        if not isinstance(value, tuple):
            continue
        people = [value_of_name(_clean_name(person)) for person in value if not person.others]
        people = [person for person in people if person]
        if people and name in places:
            writing.put(places[name], people[0] if len(people) == 1 else people)
        elif people and name in roles:
            affiliated.append({"role": roles[name], "names": people[0] if len(people) == 1 else people})
        else:
            left.add(name)
    if affiliated:
        writing.put("affiliated", affiliated)
    return left


def _clean_name(name: Name) -> Name:
    return msgspec.structs.replace(name, **{part: without_controls(getattr(name, part)) for part in _PERSON})


def _put_dates(said: Mapping[str, ExtraValue], writing: _Writing) -> set[str]:
    places = {"issued": "date", "event-date": "event/date", "original-date": "original/date"}
    left = set()
    for name, value in said.items():
        if isinstance(value, PartialDate) and name != "accessed":
            written = value_of_date(value)
            if written is None or name not in places:
                left.add(name)
            else:
                writing.put(places[name], written)
    return left


def _put_serials(said: Mapping[str, ExtraValue], writing: _Writing) -> set[str]:
    names = {variable: name for name, variable in SERIALS.items()}
    numbers = {names[name]: value for name, value in said.items() if name in names}
    if numbers:
        writing.put("serial-number", numbers)
    return set()


def _put_address(said: Mapping[str, ExtraValue], writing: _Writing) -> set[str]:
    address, accessed = said.get("URL"), said.get("accessed")
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        return {"URL", "accessed"} & said.keys()
    visited = value_of_date(accessed) if isinstance(accessed, PartialDate) else None
    writing.put("url", {"value": address, "date": visited} if visited else address)
    return set() if visited else {"accessed"} & said.keys()


def _put_publisher(said: Mapping[str, ExtraValue], writing: _Writing) -> set[str]:
    own = "container/" if writing.container and type_of(writing.kind) != "legislation" else ""
    for role, name, place in (
        (own, "publisher", "publisher-place"),
        ("original/", "original-publisher", "original-publisher-place"),
    ):
        body, where = said.get(name), said.get(place)
        named = format_text(body) if isinstance(body, str) else ""
        if isinstance(where, str):
            both = {"name": named, "location": format_text(where)}
            writing.put(f"{role}publisher", {key: text for key, text in both.items() if text})
        elif named:
            writing.put(f"{role}publisher", named)
    return set()


def _put_kept(reference: Reference, writing: _Writing) -> None:
    """Put back the fields that no variable took when they were read."""
    for name, value in reference.extra.items():
        place = name.removeprefix(OURS)
        if place == name or place in ("type", "parent", "csl") or place.endswith("container/parent"):
            continue
        role, _, field = place.rpartition("/")
        if role == "affiliated":
            _put_role(field, value, writing)
        elif isinstance(value, str) and role in ("serial-number", "csl"):
            kept = writing.fields[""].setdefault(role, {})
            if isinstance(kept, dict):
                kept.setdefault(field, _loaded(value))
        elif isinstance(value, str) and role in ("", *PARENTS):
            writing.put(place, _loaded(value))


def _put_role(role: str, value: ExtraValue, writing: _Writing) -> None:
    affiliated = writing.fields[""].setdefault("affiliated", [])
    if isinstance(value, tuple) and isinstance(affiliated, list):
        affiliated.append({"role": role, "names": [value_of_name(_clean_name(person)) for person in value]})


def _loaded(text: str) -> object:
    """Give a list or mapping that was kept as JSON; other text as it is."""
    text = without_controls(text)
    try:
        value = json.loads(text) if text[:1] in ("[", "{") else text
    except (ValueError, RecursionError):
        return text
    return value


def _csl_value(value: ExtraValue) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, PartialDate):
        return without_controls(value.literal) or format_edtf(value)
    return [_csl_name(name) for name in value]


def _csl_name(name: Name) -> Fields:
    if name.others:
        return {"others": "true"}
    parts = ((part.replace("_", "-"), without_controls(getattr(name, part))) for part in _PERSON)
    return {part: text for part, text in parts if text}


def _assembled(writing: _Writing, reference: Reference, block: Mapping[str, object]) -> Fields:
    """Put parents where they belong, and every field in its order."""
    kind = writing.kind
    entry, roles = writing.fields[""], writing.fields
    read = reference.extra.get(f"{OURS}type")
    type_ = read if isinstance(read, str) and read in TYPES and read != "tweet" else type_of(kind)
    if writing.container:
        roles.setdefault("container", {})
    if "collection" in roles and type_ not in WHOLE:
        roles.setdefault("container", {})["parent"] = _parent("collection", roles.pop("collection"), kind)
    parents: list[object] = [_parent(role, roles[role], kind) for role in PARENTS if role in roles]
    more = reference.extra.get(f"{OURS}parent")
    loaded = _loaded(more) if isinstance(more, str) else []
    parents += loaded if isinstance(loaded, list) else []
    if parents:
        entry["parent"] = parents[0] if len(parents) == 1 else parents
    kept = entry.pop("csl", {})
    if block or kept:
        entry["csl"] = {**(kept if isinstance(kept, dict) else {}), **block}
    return {"type": type_} | _ordered(entry)


def _parent(role: str, fields: Fields, kind: str) -> Fields:
    return {"type": fields.pop("type", PARENTS[role] or container_of(kind) or "book")} | _ordered(fields)


def _ordered(fields: Fields) -> Fields:
    known = [name for name in _ORDER if name in fields]
    return {name: fields[name] for name in (*known, *(name for name in fields if name not in known))}
