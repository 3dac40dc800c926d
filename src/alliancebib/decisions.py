"""What people decided, as data: ``decisions.toml``, keyed by the ids of references; groups may name citation keys.

The file is written by hand or by a review, read before enrichment and deduplication, and always wins::

    [doi]
    "3f2a9c01de" = "10.1080/14631377.2020.1800316"   # "" means: this work has no DOI

    [fields."3f2a9c01de"]
    title = "The right title"

    [[same]]
    ids = ["3f2a9c01de", "77ab12cd34"]
    reason = "one talk, listed twice"

    [[different]]
    ids = ["roe2020", "roe2020sea"]

A name in ``ids`` is an id, else a citation key, which stays when a .bib file is renamed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import msgspec

from alliancebib.errors import SettingsError
from alliancebib.finding import Finding
from alliancebib.identifiers import doi_of
from alliancebib.library import Library
from alliancebib.model import PartialDate, Reference
from alliancebib.variables import unread_dois

__all__ = ["Decisions", "Judged", "apply_fields", "decided_doi", "load_decisions", "names_in", "with_judged"]


class Judged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """References that a person called the same work, or different works."""

    ids: tuple[str, ...]
    reason: str = ""


class Decisions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All decisions of a file: DOIs and fields by id, groups of the same and of different works.

    ``undecided`` are pairs that a review has left open; they decide nothing.
    """

    doi: dict[str, str] = msgspec.field(default_factory=dict)
    fields: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    same: tuple[Judged, ...] = ()
    different: tuple[Judged, ...] = ()
    undecided: tuple[Judged, ...] = ()

    def pairs(self, groups: Iterable[Judged]) -> frozenset[frozenset[str]]:
        """Give the pairs of ids that groups of `same` or `different` amount to."""
        return frozenset(frozenset(pair) for group in groups for pair in combinations(group.ids, 2))

    def by_id(self, library: Library) -> Decisions:
        """Give the decisions with ids in the place of citation keys, as a library has them."""
        if not (self.same or self.different):
            return self
        names = names_in(library)
        groups = [
            tuple(
                msgspec.structs.replace(group, ids=tuple(names.get(name, name) for name in group.ids)) for group in part
            )
            for part in (self.same, self.different)
        ]
        return msgspec.structs.replace(self, same=groups[0], different=groups[1])

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that the file speaks of, once, in order."""
        judged = [identity for group in (*self.same, *self.different) for identity in group.ids]
        return tuple(dict.fromkeys([*self.doi, *self.fields, *judged]))


#: Fields of a reference that are plain text and may be set by hand.
_TEXT_FIELDS = frozenset(
    """key kind title container_title collection_title volume issue page edition publisher publisher_place genre
    language isbn issn url archive_url abstract note""".split()
)


def names_in(library: Library) -> dict[str, str]:
    """Give the id that each name of a reference means: citation key, further key of a merged entry, or id itself."""
    names: dict[str, str] = {}
    for reference in library:
        further = reference.extra.get("bibtex:ids", "")
        for key in further.split(",") if isinstance(further, str) else ():
            names.setdefault(key.strip(), reference.id)
    names |= {reference.key: reference.id for reference in reversed(library.references)}
    names |= {old: old for old in library.aliases} | {reference.id: reference.id for reference in library}
    names.pop("", None)
    return names


def load_decisions(path: Path) -> Decisions:
    """Read a decisions file; a missing file means that nothing was decided.

    Raises:
        SettingsError: The file cannot be read or holds something else than decisions.
    """
    if not path.exists():
        return Decisions()
    try:
        decisions = msgspec.convert(tomllib.loads(path.read_bytes().decode("utf-8-sig")), Decisions)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        help_ = "Mend the place named, or move the file away to go on without its decisions."
        raise SettingsError(f"the decisions cannot be used: {problem}", place=str(path), help=help_) from None
    unknown = {name for fields in decisions.fields.values() for name in fields} - _TEXT_FIELDS - {"issued", "doi"}
    if unknown:
        message = f"no field `{min(unknown)}` can be set by a decision"
        known = ", ".join(sorted(_TEXT_FIELDS | {"doi", "issued"}))
        raise SettingsError(message, place=str(path), help=f"Known: {known}.")
    in_fields = {identity: fields["doi"] for identity, fields in decisions.fields.items() if "doi" in fields}
    bare = {identity: _bare(doi, identity, path) for identity, doi in (in_fields | decisions.doi).items()}
    return msgspec.structs.replace(decisions, doi=bare)


def with_judged(text: str, judged: Iterable[tuple[str, Judged]], *, place: str = "") -> str:
    r"""Give the text of a decisions file with further groups, "same" or "different", at its end; all else stays.

    Raises:
        SettingsError: The file writes its groups in a way that nothing can be added to.

    >>> print(with_judged("# mine\n", [("same", Judged(ids=("a", "b")))]), end="")
    # mine
    <BLANKLINE>
    [[same]]
    ids = ["a", "b"]
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
    groups = []
    for kind, group in judged:
        reason = [f"reason = {_quoted(group.reason)}"] if group.reason else []
        lines = [f"[[{kind}]]", f"ids = [{', '.join(map(_quoted, group.ids))}]", *reason, ""]
        groups.append(newline.join(lines))
    added = newline.join(groups)
    whole = text + gap + added
    try:
        msgspec.convert(tomllib.loads(whole.removeprefix("\ufeff")), Decisions)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError):
        help_ = f"Write its groups as `[[same]]`, or add by hand: {' '.join(added.split())}"
        raise SettingsError("no decision can be added at its end", place=place, help=help_) from None
    return whole


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _bare(doi: str, identity: str, path: Path) -> str:
    bare = doi_of(doi)
    if doi.strip() and not bare:
        message = f"`{doi}`, decided for {identity}, is no DOI"
        raise SettingsError(message, place=str(path), help='Write it as "10.1234/example", or "" for none.')
    return bare


def apply_fields(library: Library, decisions: Decisions) -> Library:
    """Set the DOIs and fields that people decided; ids that no reference has become findings."""
    known = names_in(library)
    findings = [
        Finding.of("AB701", f"A decision names {identity}, which is the id or key of no reference.")
        for identity in decisions.ids
        if identity not in known
    ]
    decided = [_decided(reference, decisions) for reference in library]
    return library.with_references(decided).with_findings(findings)


def decided_doi(reference: Reference, doi: str) -> dict[str, object]:
    """Give what a decided DOI changes: it takes the place of what stands there and is none."""
    changes: dict[str, object] = {"doi": doi_of(doi)}
    if doi and (unread := unread_dois(reference)):
        changes["extra"] = {name: value for name, value in reference.extra.items() if name not in unread}
    return changes


def _decided(reference: Reference, decisions: Decisions) -> Reference:
    changes: dict[str, object] = dict(decisions.fields.get(reference.id, {}))
    if isinstance(issued := changes.get("issued"), str):
        changes["issued"] = PartialDate.from_iso(issued) or PartialDate(literal=issued)
    if reference.id in decisions.doi:
        changes |= decided_doi(reference, decisions.doi[reference.id])
    return reference.amended("human", changes)
