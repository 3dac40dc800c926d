"""A list as read: a `Page` of `Line` values with their positions and links.

A reader makes the page; the outline says what each line is; the parsers turn the entries into references.
Nothing is thrown away on the way: a line that is no entry stays, with its role and the reason.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from alliancebib.finding import Finding
from alliancebib.model import PartialDate

__all__ = ["REFERENCES", "Line", "Link", "Page", "Role", "Section"]


class Role(StrEnum):
    """What a line is on its page."""

    ENTRY = "entry"
    TITLE = "title"
    HEADING = "heading"
    UPDATED = "updated"
    NAVIGATION = "navigation"
    CONTENTS = "contents"
    LABEL = "label"
    PROSE = "prose"


class Link(msgspec.Struct, frozen=True):
    """A hyperlink of the source: characters ``start`` to ``end`` of the line's text lead to ``url``."""

    url: str
    start: int
    end: int


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One paragraph, list item or row of the source.

    ``number`` and ``column`` count from 1 in the source file. ``text`` is what a reader sees: markup removed, links in
    ``links``. ``level`` is the level of a heading where the markup says so (1 to 6), else 0; ``item`` is true for an
    item of a list in the markup. ``source`` is the exact text of the source where it was wrapped over several rows, and
    else "". ``role`` is None until the outline was made; ``why`` is its reason in words.
    """

    number: int
    column: int = 1
    text: str
    links: tuple[Link, ...] = ()
    level: int = 0
    item: bool = False
    source: str = ""
    role: Role | None = None
    why: str = ""
    section: int = -1


class Section(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A heading and what may be expected below it.

    ``expects`` is "news", "literature", "web", "references" (each line is said to be one) or "". ``note`` keeps the
    prose that stands in it.
    """

    title: str
    line: int = 0
    expects: str = ""
    note: str = ""


#: The section of lines of which each is said to be one reference.
REFERENCES = Section(title="", expects="references")


class Page(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source with its lines, in order. ``Line.section`` is an index into ``sections``, or -1 above the first heading.

    ``name`` is the file's name or the address; ``url`` the page's own address where the markup states one.
    ``author`` is the name of the page's author where the page itself states it. ``findings`` say what was guessed or
    replaced when the source was read.
    """

    name: str
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
    title: str = ""
    url: str = ""
    author: str = ""
    language: str = ""
    updated: PartialDate | None = None
    findings: tuple[Finding, ...] = ()

    def section_of(self, line: Line) -> Section:
        """Give the section that a line stands in; an unnamed one above the first heading."""
        return self.sections[line.section] if line.section >= 0 else Section(title="")

    def with_role(self, role: Role) -> tuple[Line, ...]:
        """Give the lines of one role, in order."""
        return tuple(line for line in self.lines if line.role is role)
