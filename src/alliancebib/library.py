"""A `Library`: references in order, with look-up, what was noticed about them, and the pages they came from.

Every stage takes one and gives a new one. A library is immutable; its findings grow from stage to stage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, overload

import msgspec

from alliancebib.citation_key import DEFAULT_PATTERN, new_keys, unique_key
from alliancebib.files import Source
from alliancebib.finding import Finding
from alliancebib.model import Reference, reference_id
from alliancebib.page import Page

if TYPE_CHECKING:
    from alliancebib.matching.lookup import Lookup
    from alliancebib.matching.results import Match

__all__ = ["Library", "Original", "distinguish"]


class Original(msgspec.Struct, frozen=True):
    """A file of records and the references that its records stand for, one for each, in its order.

    A writer of the same ``format`` leaves alone what is the same now as in ``references``.
    """

    source: Source
    references: tuple[Reference, ...]
    format: str


class Library:
    """References in order; ``findings`` so far; ``pages`` they were read from; ``aliases`` of merged references.

    ``aliases`` maps the id of a reference that was merged into another to the id of the one that stayed; ``originals``
    are the files of records that references were read from.
    """

    def __init__(
        self,
        references: Iterable[Reference] = (),
        *,
        findings: Iterable[Finding] = (),
        pages: Iterable[Page] = (),
        aliases: dict[str, str] | None = None,
        originals: Iterable[Original] = (),
    ) -> None:
        self.references = tuple(references)
        self.findings = tuple(findings)
        self.pages = tuple(pages)
        self.aliases = dict(aliases or {})
        self.originals = tuple(originals)

    def __len__(self) -> int:
        return len(self.references)

    def __iter__(self) -> Iterator[Reference]:
        return iter(self.references)

    @overload
    def __getitem__(self, place: int) -> Reference: ...
    @overload
    def __getitem__(self, place: str) -> Reference: ...
    def __getitem__(self, place: int | str) -> Reference:
        """Give a reference by its place, its citation key or its id (old ids of merged references included)."""
        if isinstance(place, int):
            return self.references[place]
        return self._named[place]

    def __contains__(self, name: object) -> bool:
        return name in self._named

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Library):
            return NotImplemented
        return (self.references, self.findings, self.pages, self.aliases, self.originals) == (
            other.references,
            other.findings,
            other.pages,
            other.aliases,
            other.originals,
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Library of {len(self)} references, {len(self.findings)} findings>"

    @cached_property
    def _named(self) -> dict[str, Reference]:
        by_id = {reference.id: reference for reference in self.references if reference.id}
        by_key = {reference.key: reference for reference in self.references if reference.key}
        merged = {old: by_id[kept] for old, kept in self.aliases.items() if kept in by_id}
        return merged | by_id | by_key

    def find(self, reference: Reference, *, preset: str = "balanced") -> Match | None:
        """Say whether a work is already there: the reference that is the same, else one that may be, else None.

        The first question makes an index of the library; each one after that takes the same time whatever its size.

        >>> library = Library([Reference(kind="book", title="The Origins of Alliances", isbn="9780801494185")])
        >>> found = library.find(Reference(kind="book", title="ORIGINS OF ALLIANCES", isbn="0-8014-9418-4"))
        >>> found.verdict, found.reference.title
        ('maybe', 'The Origins of Alliances')

        Raises:
            UnknownName: There is no such preset (strict, balanced, relaxed).
        """
        return self._lookup.find(reference, preset=preset)

    @cached_property
    def _lookup(self) -> Lookup:
        # The one place where a library looks up: a question to it is asked of it (ADR 19).
        from alliancebib.matching.lookup import Lookup  # noqa: PLC0415

        return Lookup(self.references)

    def with_references(self, references: Iterable[Reference], *, aliases: dict[str, str] | None = None) -> Library:
        """Give a library with other references and everything else kept."""
        return Library(
            references,
            findings=self.findings,
            pages=self.pages,
            aliases=self.aliases | (aliases or {}),
            originals=self.originals,
        )

    def settled(self) -> Library:
        """Take the references as they are now for what their files say: only later changes will be written back.

        Keys are no part of that: one that another file has, too, has to be written as the new one that it became.
        """
        now = {reference.id: reference for reference in self.references}
        originals = [
            msgspec.structs.replace(original, references=tuple(_as_now(one, now) for one in original.references))
            for original in self.originals
        ]
        return Library(
            self.references, findings=self.findings, pages=self.pages, aliases=self.aliases, originals=originals
        )

    def with_findings(self, findings: Iterable[Finding]) -> Library:
        """Give a library with further findings; one that is already there is not repeated."""
        kept = dict.fromkeys(self.findings)
        kept.update(dict.fromkeys(findings))
        return Library(self.references, findings=kept, pages=self.pages, aliases=self.aliases, originals=self.originals)

    def joined(self, other: Library) -> Library:
        """Give both libraries as one, this one first; keys and ids of the other that are taken here become new ones."""
        references, noticed = distinguish(self.references + other.references)
        ids = {old.id: new.id for old, new in zip(other.references, references[len(self) :], strict=True)}
        return Library(
            references,
            findings=dict.fromkeys([*self.findings, *other.findings, *noticed]),
            pages=self.pages + other.pages,
            aliases=self.aliases | other.aliases,
            originals=[*self.originals, *(_renamed(original, ids) for original in other.originals)],
        )

    def keyed(self, pattern: str = DEFAULT_PATTERN) -> Library:
        """Give every reference a citation key that is readable, stable and unique; keys that are there stay.

        ``pattern`` joins parts such as auth, year and word, see `alliancebib.key_pattern`. A key is made of its
        reference alone; where several would be equal, all but the one with the smallest id get a letter behind it.

        Raises:
            UsageError: The pattern breaks the rules of its language, or names a part that there is not.

        >>> Library([Reference(id="1", title="The Bloc")]).keyed()[0].key
        'bloc-nd'
        """
        without = [reference for reference in self.references if not reference.key]
        if not without:
            return self
        taken = [reference.key for reference in self.references if reference.key]
        keys = iter(sorted(new_keys(without, taken=taken, pattern=pattern).items()))
        return self.with_references(
            reference if reference.key else reference.amended("citation-key", {"key": next(keys)[1]})
            for reference in self.references
        )


def _as_now(reference: Reference, now: Mapping[str, Reference]) -> Reference:
    new = now.get(reference.id, reference)
    return new if new.key == reference.key else msgspec.structs.replace(new, key=reference.key)


def _renamed(original: Original, ids: Mapping[str, str]) -> Original:
    references = (
        msgspec.structs.replace(reference, id=ids.get(reference.id, reference.id)) for reference in original.references
    )
    return msgspec.structs.replace(original, references=tuple(references))


def distinguish(references: Iterable[Reference]) -> tuple[tuple[Reference, ...], tuple[Finding, ...]]:
    """Give references of one file keys and ids that are theirs alone; each new key is said in a finding.

    A later reference with a key that was there before gets a letter behind it, and an id made of its raw text.
    """
    references = tuple(references)
    keys = {reference.key.lower() for reference in references}
    seen_keys: set[str] = set()
    ids: set[str] = set()
    counted: dict[str, int] = {}
    occurrences: Counter[tuple[str, str]] = Counter()
    distinct, findings = [], []
    for reference in references:
        changes = {}
        if reference.key and reference.key.lower() in seen_keys:
            changes["key"] = unique_key(reference.key, keys, counted=counted)
        if reference.id and reference.id in ids:
            changes["id"] = _new_id(reference, ids, occurrences)
        new = msgspec.structs.replace(reference, **changes) if changes else reference
        if "key" in changes:
            findings.append(_repeated(reference, new))
        keys.add(new.key.lower())
        seen_keys.add(new.key.lower())
        ids.add(new.id)
        distinct.append(new)
    return tuple(distinct), tuple(findings)


def _repeated(reference: Reference, new: Reference) -> Finding:
    message = f"The key `{reference.key}` stands twice; the later entry is now `{new.key}`."
    return Finding.of("AB107", message, origin=reference.origin, reference=new.id, related=(reference.id,), fix=new.key)


def _new_id(reference: Reference, ids: set[str], occurrences: Counter[tuple[str, str]]) -> str:
    """Count equal texts on from where the last one ended: a file may repeat one of them thousands of times."""
    place = (reference.origin.page, reference.origin.raw)
    while (new := reference_id(*place, occurrences[place])) in ids:
        occurrences[place] += 1
    return new
