"""A `Library`: references in order, with look-up, what was noticed about them, and the pages they came from.

Every stage takes one and gives a new one. A library is immutable; its findings grow from stage to stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import overload

from alliancebib.finding import Finding
from alliancebib.model import Reference
from alliancebib.page import Page

__all__ = ["Library"]


class Library:
    """References in order; ``findings`` so far; ``pages`` they were read from; ``aliases`` of merged references.

    ``aliases`` maps the id of a reference that was merged into another to the id of the one that stayed.
    """

    def __init__(
        self,
        references: Iterable[Reference] = (),
        *,
        findings: Iterable[Finding] = (),
        pages: Iterable[Page] = (),
        aliases: dict[str, str] | None = None,
    ) -> None:
        self.references = tuple(references)
        self.findings = tuple(findings)
        self.pages = tuple(pages)
        self.aliases = dict(aliases or {})

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
        return (self.references, self.findings, self.pages, self.aliases) == (
            other.references,
            other.findings,
            other.pages,
            other.aliases,
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

    def with_references(self, references: Iterable[Reference], *, aliases: dict[str, str] | None = None) -> Library:
        """Give a library with other references and everything else kept."""
        return Library(references, findings=self.findings, pages=self.pages, aliases=self.aliases | (aliases or {}))

    def with_findings(self, findings: Iterable[Finding]) -> Library:
        """Give a library with further findings; one that is already there is not repeated."""
        kept = dict.fromkeys(self.findings)
        kept.update(dict.fromkeys(findings))
        return Library(self.references, findings=kept, pages=self.pages, aliases=self.aliases)

    def joined(self, other: Library) -> Library:
        """Give both libraries as one, this one first."""
        return Library(
            self.references + other.references,
            findings=self.findings + other.findings,
            pages=self.pages + other.pages,
            aliases=self.aliases | other.aliases,
        )
