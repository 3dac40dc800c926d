"""New citation keys for entries that have keys already, and references whose pointers follow.

References and a pattern come in; keys, and references that have them, go out. Files get theirs in
`alliancebib.bibtex.new_keys`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from alliancebib.bibtex.fields import OURS
from alliancebib.bibtex.pointers import POINTERS, followed_field, keys_in
from alliancebib.bibtex.tex import decode
from alliancebib.bibtex.titles import cased_title
from alliancebib.citation_key import key_in_source, new_keys
from alliancebib.library import Library
from alliancebib.model import ExtraValue, Reference

__all__ = [
    "Cited",
    "cited_in_documents",
    "following_joined",
    "further_keys",
    "joined_libraries",
    "keys_by_pattern",
    "keys_of_joined",
    "rekeyed",
    "renames_of",
]

#: Entries that are no works: no pattern says anything of them, and what is put together of others keeps its name.
_NO_WORKS = frozenset({"xdata", "set"})
_IDS = f"{OURS}ids"
_POINTING = frozenset(f"{OURS}{name}" for name in POINTERS)
#: Fields that hold a text in which others may be cited.
_TEXTS = ("title", "container_title", "abstract", "note")


def keys_by_pattern(references: Sequence[Reference], pattern: str, *, missing: bool = False) -> dict[int, str]:
    """Give, by place, the keys that a pattern gives; only where none stands if ``missing``.

    Raises:
        UsageError: The pattern breaks the rules of its language, or names a part that there is not.
    """
    places = [place for place, one in enumerate(references) if not one.key or not (missing or _is_no_work(one))]
    chosen = set(places)
    taken = [one.key for place, one in enumerate(references) if place not in chosen]
    taken += [name for one in references for name in keys_in(str(one.extra.get(_IDS, "")))]
    taken += _dangling(references)
    made = new_keys([references[place] for place in places], taken=taken, pattern=pattern)
    return {places[number]: key for number, key in sorted(made.items())}


def _dangling(references: Sequence[Reference]) -> set[str]:
    """Give the keys that pointers name and no entry has: an entry that got one would be inherited from by mistake."""
    pointers = [one.extra.get(f"{OURS}{name}", "") for one in references for name in POINTERS]
    named = {key.lower() for value in pointers if isinstance(value, str) for key in keys_in(value)}
    return named - {one.key.lower() for one in references}


def _is_no_work(reference: Reference) -> bool:
    return reference.extra.get(f"{OURS}entrytype") in _NO_WORKS


def renames_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give old key, in small letters, to new key; of two entries with one key the first is meant, as in BibTeX."""
    first: dict[str, tuple[str, str]] = {}
    for old, new in pairs:
        first.setdefault(old.lower(), (old, new))
    return {name: new for name, (old, new) in first.items() if old not in ("", new)}


def rekeyed(library: Library, pattern: str, *, missing: bool = False) -> Library:
    """Give a library with new keys, whose pointers follow.

    Raises:
        UsageError: The pattern breaks the rules of its language, or names a part that there is not.
    """
    made = keys_by_pattern(library.references, pattern, missing=missing)
    keys = {place: key for place, key in made.items() if key != library[place].key}
    if not keys:
        return library
    renames = renames_of((one.key, keys.get(place, one.key)) for place, one in enumerate(library))
    changed = []
    for place, one in enumerate(library):
        changes: dict[str, object] = {"key": keys[place]} if place in keys else {}
        changes |= _followed(one, renames)
        changed.append(one.amended("citation-key", changes) if changes else one)
    return library.with_references(changed)


def keys_of_joined(before: Library, after: Library) -> dict[str, str]:
    """Give the key of each reference that was joined to another between two states, with the key that is kept."""
    joined = ((one.key, after[after.aliases[one.id]].key) for one in before if after.aliases.get(one.id, "") in after)
    return {old: kept for old, kept in joined if old and kept and old != kept}


class Cited(NamedTuple):
    """What documents must cite for the keys that they have, and the keys of which nobody knows which work they mean."""

    keys: dict[str, str]
    ambiguous: tuple[str, ...]


def cited_in_documents(before: Library, after: Library, *, anew: bool) -> Cited:
    """Say what becomes of the keys that documents cite, which are those of the sources.

    A key that several entries have is ambiguous where one of these has another key now. ``anew``: every entry is
    written under its key in ``after``, not only those that others were joined to.
    """
    stayed = {after.aliases.get(one.id, one.id): one for one in before if one.id not in after.aliases}
    rekeyed = set(after.aliases.values())
    homes: dict[str, dict[str, str]] = {}
    for one in before:
        kept = after.aliases.get(one.id, one.id)
        if (name := key_in_source(one)) and kept in stayed and kept in after:
            same = not anew and kept not in rekeyed
            homes.setdefault(name, {})[kept] = key_in_source(stayed[kept]) if same else after[kept].key
    ambiguous = tuple(name for name, kept in homes.items() if len(kept) > 1 and set(kept.values()) != {name})
    single = {name: next(iter(kept.values())) for name, kept in homes.items() if len(kept) == 1}
    return Cited({name: key for name, key in single.items() if key and key != name}, ambiguous)


def joined_libraries(one: Library, other: Library) -> Library:
    """Give both libraries as one; where keys of the second become new ones, what names them in it follows."""
    both = one.joined(other)
    theirs = both.references[len(one) :]
    renames = renames_of((old.key, new.key) for old, new in zip(other, theirs, strict=True))
    if not renames:
        return both
    changes = ((reference, _followed(reference, renames)) for reference in theirs)
    followed = (reference.amended("citation-key", new) if new else reference for reference, new in changes)
    return both.with_references([*both.references[: len(one)], *followed])


def further_keys(library: Library) -> dict[str, str]:
    """Give the further names of entries, as those that were joined to them before have left, with their keys."""
    own = {one.key for one in library}
    names = ((name, one.key) for one in library for name in keys_in(str(one.extra.get(_IDS, ""))))
    return {name: key for name, key in names if key and name not in own}


def following_joined(before: Library, after: Library) -> Library:
    """Give a library in which everything that named a joined entry names the one that is kept.

    A list in which one entry would stand twice has it once, and no entry names itself.
    """
    after = _with_made_up(before, after)
    renames = renames_of(keys_of_joined(before, after).items())
    if not renames:
        return after
    changed = []
    for one in after:
        changes = _followed(one, renames)
        if changes:
            extra = {name: value for name, value in _without_itself(one, changes["extra"]).items() if value}
            changes["extra"] = extra
        changed.append(one.amended("citation-key", changes) if changes else one)
    return after.with_references(changed)


def _with_made_up(before: Library, after: Library) -> Library:
    """Give a library in which joined entries have, as further names, keys that differ from others in case alone.

    Reading gave them new ones, since BibTeX takes ``Poe`` and ``poe`` for one key; biber does not.
    """
    joined = {*after.aliases.values(), *after.aliases}
    known: set[str] = set()
    names: dict[str, list[str]] = {}
    for one in before:
        name = key_in_source(one)
        if name != one.key and name not in known and one.id in joined:
            names.setdefault(after.aliases.get(one.id, one.id), []).append(name)
        known.add(name)
    if not names:
        return after
    return after.with_references(_named(one, names[one.id]) if one.id in names else one for one in after)


def _named(reference: Reference, names: Iterable[str]) -> Reference:
    known = keys_in(str(reference.extra.get(_IDS, "")))
    wanted = [name for name in dict.fromkeys([*known, *names]) if name != reference.key]
    return reference.amended("citation-key", {"extra": {**reference.extra, _IDS: ", ".join(wanted)}})


def _without_itself(reference: Reference, extra: object) -> dict[str, ExtraValue]:
    assert isinstance(extra, dict)
    cleaned = dict(extra)
    for name in _POINTING & cleaned.keys():
        if cleaned[name] != reference.extra[name]:
            named = keys_in(str(cleaned[name]))
            others = list(dict.fromkeys(key for key in named if key != reference.key))
            cleaned[name] = cleaned[name] if others == named else ", ".join(others)
    return cleaned


def _followed(reference: Reference, renames: Mapping[str, str]) -> dict[str, object]:
    """Give what changes in a reference where its fields name or cite others: sources, and the texts read from them."""
    sources = {
        name: (value, new)
        for name, value in reference.extra.items()
        if name.startswith(OURS)
        and isinstance(value, str)
        and (new := followed_field(name.removeprefix(OURS), value, renames)) != value
    }
    if not sources:
        return {}
    texts: dict[ExtraValue, str] = {}
    # A pointer is a key, and no text was read from it: a work called "SCO" keeps its title when a key "SCO" changes.
    for old, new in (pair for name, pair in sources.items() if name not in _POINTING):
        texts[decode(old).strip()] = decode(new).strip()
        texts[cased_title(old, language=reference.language)] = cased_title(new, language=reference.language)
    extra = {name: sources[name][1] if name in sources else value for name, value in reference.extra.items()}
    extra |= {name: texts[value] for name, value in extra.items() if not name.startswith(OURS) and value in texts}
    fields = {name: getattr(reference, name) for name in _TEXTS}
    return {"extra": extra} | {name: texts[value] for name, value in fields.items() if value in texts}
