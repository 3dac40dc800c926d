"""Entries of a library by the names that a person has for them: citation keys, and ids where there is none."""

from __future__ import annotations

from functools import cached_property

from alliancebib.errors import UnknownName
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.rich_text import without_markup

__all__ = ["Entries"]

#: A longer title is cut.
_WIDTH = 80


class Entries:
    """The entries of a library as they were read, by name."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def named(self, name: str) -> Reference:
        """Give an entry by its citation key or id; keys that the library would give count, too.

        Raises:
            UnknownName: There is none.
        """
        if name in self._keyed:
            return self._own(self._keyed[name].id)
        known = [other for reference in self._keyed for other in (reference.key, reference.id)]
        raise UnknownName("entry", name, known, help="Give ids or citation keys of the input.")

    def own_name(self, identity: str) -> str:
        """Give the key that an entry has in its file, else its id."""
        return self._own(identity).key or identity

    def stable_name(self, name: str) -> str:
        """Give the name by which a decision knows an entry for long: its key, if its source has it, else its id."""
        reference = self.named(name)
        return reference.key if reference.key and reference.key in reference.origin.raw else reference.id

    def described(self, identity: str) -> str:
        """Say in a line which work an entry is: first author, year, title, container."""
        one = self._own(identity)
        author = one.author[0] if one.author else None
        who = (author.literal or author.family or str(author)) if author else ""
        title = " ".join(without_markup(one.title).split())
        title = title if len(title) <= _WIDTH else f"{title[: _WIDTH - 1]}…"
        parts = (f"{who}{' et al.' if len(one.author) > 1 else ''}", str(one.issued or ""), title, one.container_title)
        where = f"line {one.origin.line} of {one.origin.page}" if one.origin.line and one.origin.page else ""
        return "; ".join(part for part in (*parts, where) if part)

    @cached_property
    def _keyed(self) -> Library:
        return self.library.keyed()

    @cached_property
    def _by_id(self) -> dict[str, Reference]:
        return {reference.id: reference for reference in self.library}

    def _own(self, identity: str) -> Reference:
        return self._by_id[identity]
