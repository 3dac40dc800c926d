"""A file whose references may have changed: what nobody changed keeps every character, a changed field its own line.

The file as it was read, the references that reading it gave, and those that there are now come in; the file goes out.
Entries are matched with references by their order, references then and now by their ids. Comments, macros, preambles,
spaces and the order of entries and fields stay; an entry whose reference is gone goes, with the blank line behind it.
Of entries that were joined the first stays, or, where BibTeX needs a parent behind its children, the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from alliancebib.bibtex.blocks import Stretch, find_blocks
from alliancebib.bibtex.fields import BODIES, OURS, SYNONYMS, TITLE_PARTS
from alliancebib.bibtex.literal_lists import bare_list
from alliancebib.bibtex.places import FieldPlace, KeyPlace, field_places, key_place
from alliancebib.bibtex.pointers import followed_file, keys_in
from alliancebib.bibtex.rekeying import renames_of
from alliancebib.bibtex.sources import one_line
from alliancebib.bibtex.tex import decode
from alliancebib.bibtex.writing import entry_of
from alliancebib.model import Reference

__all__ = ["rewritten"]

#: Fields of which the one changes where the other is written, if that stands in the entry.
_SAME = (*SYNONYMS, frozenset({"pages", "eid"}))
#: A text that changes says all of it: what was joined to it goes.
_JOINED: dict[str, Sequence[str]] = {**TITLE_PARTS, "journal": TITLE_PARTS["journaltitle"], "note": ("addendum",)}
#: Fields that only biblatex has.
_BIBLATEX = frozenset({"date", "journaltitle", "location", "eventtitle", "eprinttype"})
#: What is not a property of the work, but of how its reference came about.
_ASIDE = frozenset({"id", "origins", "spans", "leftover", "provenance"})
#: Fields that name the language.
_LANGUAGE = frozenset({"langid", "language", "hyphenation"})
#: A comment behind a field in its line, which belongs to it.
_REMARK = re.compile(r"[ \t]*%[^\r\n]*")
_URL_COMMAND = re.compile(r"^\W*\\url\b")
_CROSSREF = f"{OURS}crossref"
_NONE: Mapping[str, Reference] = MappingProxyType({})
_Change = tuple[Reference, Reference | None]
_BLANK_LINES = re.compile(r"[ \t]*\r?\n(?:[ \t]*\r?\n)?")


def rewritten(
    text: str,
    before: Sequence[Reference],
    now: Mapping[str, Reference],
    joined: Mapping[str, Reference] = _NONE,
    *,
    rekeyed: AbstractSet[str] = frozenset(),
) -> str | None:
    """Give a file with what changed between two states of its references.

    ``before`` has one reference for each entry of ``text``, in its order; ``now`` the present ones by id. One that is
    not there any more is taken out; ``joined`` has by its id the one that it was joined to, which pointers now mean.
    Entries named in ``rekeyed``, by id, get the keys of their references even where reading made these up to tell twins
    apart. None where the text has another number of entries than there are references.
    """
    changed = [None if (new := now.get(old.id)) is not None and _alike(old, new) else (old, new) for old in before]
    if not any(changed) and rekeyed.isdisjoint(old.id for old in before):
        return text
    kept = [(old, new or joined.get(old.id)) for old, new in filter(None, changed)]
    keys = [(old.key, new.key) for old, new in kept if new is not None and new.key not in ("", old.key)]
    text = followed_file(text, renames_of(keys)) if keys else text
    entries = [stretch for stretch in find_blocks(text) if stretch.kind == "entry"]
    if len(entries) != len(before):
        return None
    typed = _as_typed(text, entries, list(zip(before, changed, strict=True)), rekeyed)
    texts = [
        text[stretch.start : stretch.end] if change is None else _changed(text, stretch, *change)
        for stretch, change in zip(entries, typed, strict=True)
    ]
    for first, last in _behind_children(before, now, joined).items():
        texts[last], texts[first] = texts[first], ""
    pieces: list[str] = []
    place = 0
    for stretch, entry in zip(entries, texts, strict=True):
        pieces += [text[place : stretch.start], entry]
        gap = None if entry else _BLANK_LINES.match(text, stretch.end)
        place = gap.end() if gap else stretch.end
    return "".join([*pieces, text[place:]])


def _as_typed(
    text: str,
    entries: Sequence[Stretch],
    changed: Sequence[tuple[Reference, _Change | None]],
    rekeyed: AbstractSet[str],
) -> Iterator[_Change | None]:
    """Give the changes with those that lead from the key that stands in the file, which reading may have replaced."""
    for stretch, (old, change) in zip(entries, changed, strict=True):
        new = change[1] if change else old
        typed = key_place(text[stretch.body : stretch.body_end]).text if old.id in rekeyed else old.key
        yield change if new is None or not new.key or typed == old.key else (replace(old, key=typed), new)


def _behind_children(
    before: Sequence[Reference], now: Mapping[str, Reference], joined: Mapping[str, Reference]
) -> dict[int, int]:
    """Give the places of parents that must move, and where to: that of the last entry that was joined to each.

    BibTeX finds a parent only behind its children; where others name the one that was joined, it has to stand there.
    """
    home = {old.id: place for place, old in enumerate(before)}
    last = {home[joined[old.id].id]: place for place, old in enumerate(before) if _is_joined(old, now, joined, home)}
    if not last:
        return {}
    named = {
        (key.lower(), place)
        for place, old in enumerate(before)
        if (new := now.get(old.id)) is not None
        for key in keys_in(str(new.extra.get(_CROSSREF, "")))
    }
    return {
        first: end
        for first, end in last.items()
        if any(key == now[before[first].id].key.lower() and first < place < end for key, place in named)
    }


def _is_joined(
    old: Reference, now: Mapping[str, Reference], joined: Mapping[str, Reference], home: Mapping[str, int]
) -> bool:
    return old.id not in now and old.id in joined and joined[old.id].id in home


def _alike(old: Reference, new: Reference) -> bool:
    if old is new:
        return True
    fields = (field for field in Reference.__struct_fields__ if field not in _ASIDE)
    return all(getattr(old, field) == getattr(new, field) for field in fields)


def _changed(text: str, stretch: Stretch, old: Reference, new: Reference | None) -> str:
    """Give the text of an entry with the fields in which two references differ; "" where the second is gone."""
    if new is None:
        return ""
    work = _Entry(text, stretch)
    classic = work.names.isdisjoint(_BIBLATEX)
    type_before, _, fields_before = entry_of(old, key=old.key or "k", classic=classic)
    type_now, _, fields_now = entry_of(new, key=new.key or "k", classic=classic)
    sources, wanted = dict(fields_before), dict(fields_now)
    same = _set_anew(old, new, classic=classic)
    work.told = sources.keys() | wanted.keys()
    if new.key != old.key:
        work.rename(new.key)
    if type_now != type_before:
        work.retype(type_now)
    for name in sources.keys() - wanted.keys():
        work.remove(name)
    for name, source in wanted.items():
        if sources.get(name) != source and (name not in sources or same.get(name) != source):
            work.put(name, source)
    for name in BODIES:
        if sources.get(name) != wanted.get(name):
            work.remove_bodies(decode(sources.get(name, "")))
    return work.text()


def _set_anew(old: Reference, new: Reference, *, classic: bool) -> dict[str, str]:
    """Give the fields that say the same as before and would only be set in another way, as the language is known now.

    The language decides on the braces in titles; what stands in the file stays as its owner braced it.
    """
    if old.language == new.language:
        return {}
    _, _, fields = entry_of(replace(old, language=new.language), key=old.key or "k", classic=classic)
    return {name: source for name, source in fields if name not in _LANGUAGE}


class _Edit(msgspec.Struct, frozen=True, order=True):
    """Characters of the whole text that give way to others."""

    start: int
    end: int
    text: str


class _Entry:
    """The edits of one entry; places count from the start of the file's text."""

    def __init__(self, text: str, stretch: Stretch) -> None:
        self._text = text
        self._stretch = stretch
        body = text[stretch.body : stretch.body_end]
        self._key: KeyPlace = key_place(body)
        self._fields: tuple[FieldPlace, ...] = tuple(field_places(body, self._key.end, []))
        self._edits: list[_Edit] = []
        self._new: list[tuple[str, str]] = []
        #: Fields that were changed or taken out: each is touched once.
        self._touched: set[FieldPlace] = set()
        self._removed: set[FieldPlace] = set()
        self.key = self._key.text
        self.names = frozenset(field.name.lower() for field in self._fields)
        #: Names that are written; a field that has one of them stands for no other.
        self.told: AbstractSet[str] = frozenset()

    def rename(self, key: str) -> None:
        """Put another citation key in the place of the one that is there."""
        comma = "" if self._key.end > self._key.stop else ", "
        self._replace(self._key.start, self._key.stop, key + (comma if self._fields else ""))

    def retype(self, type_: str) -> None:
        """Put another entry type in the place of the one that is there."""
        head = self._text[self._stretch.start : self._stretch.body]
        start = self._stretch.start + head.lower().index(self._stretch.type)
        self._edits.append(_Edit(start, start + len(self._stretch.type), type_))

    def put(self, name: str, source: str) -> None:
        """Give a field another value, or add it behind the others."""
        field = self._found(name)
        if field is None and name == "url" and (field := self._published_at()):
            source = f"{{\\url{source}}}"
        if field is None:
            self._new.append((name, source))
            return
        self._touched.add(field)
        typed = self._body[field.value : field.end]
        self._replace(field.value, field.end, _in_marks_of(typed, source))
        for joined in _JOINED.get(name, ()):
            self.remove(joined)

    def remove(self, name: str) -> None:
        """Take a field out, with its line where it has one of its own."""
        field = self._found(name)
        if field is None:
            return
        self._touched.add(field)
        self._removed.add(field)
        start, end = field.start, field.end
        after = re.compile(r"[ \t]*,?").match(self._body, end)
        end = after.end() if after else end
        line = re.compile(r"[ \t]*\r?\n").match(self._body, end)
        head = self._body.rfind("\n", 0, start) + 1
        if line and head and not self._body[head:start].strip():
            start, end = head, line.end()
        self._replace(start, end, "")

    def remove_bodies(self, told: str) -> None:
        """Take out the bodies that were told together with one that changed."""
        told = told.lower()
        for field in self._fields:
            value = decode(bare_list(self._body[field.value : field.end].strip('{}"'), biblatex=True)).strip().lower()
            if field.name.lower() in BODIES and field not in self._touched and value and value in told:
                self.remove(field.name.lower())

    def text(self) -> str:
        """Give the entry with all edits done."""
        if self._new:
            self._append()
        pieces, place = [], self._stretch.start
        for edit in sorted(self._edits):
            pieces += [self._text[place : edit.start], edit.text]
            place = edit.end
        return "".join([*pieces, self._text[place : self._stretch.end]])

    @property
    def _body(self) -> str:
        return self._text[self._stretch.body : self._stretch.body_end]

    def _replace(self, start: int, end: int, text: str) -> None:
        self._edits.append(_Edit(self._stretch.body + start, self._stretch.body + end, text))

    def _found(self, name: str) -> FieldPlace | None:
        """Find a field by its name, else by another name that it has; the first of the same name counts."""
        names = next((names for names in _SAME if name in names), frozenset((name,)))
        others = self.told - {name}
        free = [field for field in self._fields if field not in self._touched and field.name.lower() not in others]
        ranked = sorted(free, key=lambda field: field.name.lower() != name)
        return next((field for field in ranked if field.name.lower() in names), None)

    def _published_at(self) -> FieldPlace | None:
        """Find the field in which those write an address whose styles have no `url`."""
        field = self._found("howpublished")
        return field if field and _URL_COMMAND.search(self._body[field.value : field.end]) else None

    def _append(self) -> None:
        """Add the new fields behind the last one, in the form that it has."""
        body, left = self._body, [field for field in self._fields if field not in self._removed]
        last = left[-1] if left else None
        end = last.end if last else self._key.end
        comma = re.compile(r"[ \t]*,").match(body, end)
        followed = comma is not None or (last is None and body[:end].rstrip().endswith(","))
        end = comma.end() if comma else end
        remark = _REMARK.match(body, end)
        behind = remark.end() if remark else end
        newline = "\r\n" if "\r\n" in self._text else "\n"
        lead = self._lead(last, newline)
        lead = f"{newline}  " if remark and "\n" not in lead else lead
        rows = f",{lead}".join(f"{name}{self._equals(last)}{source}" for name, source in self._new)
        trailing = "," if comma is not None else ""
        closing = newline if "\n" not in body[behind:] and "\n" in lead else ""
        if behind > end and not followed:
            self._replace(end, end, ",")
        self._replace(behind, behind, ("" if followed or behind > end else ",") + lead + rows + trailing + closing)

    def _lead(self, last: FieldPlace | None, newline: str) -> str:
        """Give what stands before a field: a line break and the same blanks, or one blank where all are in a line."""
        if last is None:
            return f"{newline}  "
        head = self._body.rfind("\n", 0, last.start)
        if head < 0:
            return " "
        blanks = self._body[head + 1 : last.start]
        return newline + (blanks if not blanks.strip() else "  ")

    def _equals(self, last: FieldPlace | None) -> str:
        if last is None:
            return " = "
        return self._body[last.start + len(last.name) : last.value]


def _in_marks_of(typed: str, source: str) -> str:
    """Put a value in quotes where the old one stood in them and the new one allows it."""
    if typed[:1] == '"' and typed[-1:] == '"' and source[:1] == "{" and '"' not in source:
        return f'"{one_line(source[1:-1])}"'
    return source
