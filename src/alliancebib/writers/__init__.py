"""Shelf: a library becomes text in one format. Same library, same bytes.

What a format cannot hold is listed in its module and in the documentation, and kept true by a test.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import msgspec

from alliancebib.finding import Finding, LinkState
from alliancebib.library import Library

__all__ = ["FormattingWriter", "Options", "Writer", "Written"]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a writer may be told: title of the whole, CSL style, styles of sections by what they expect, locale, links.

    ``section_styles`` has the keys news, literature and web; ``links`` the last known state of each address;
    ``downloads`` the names of the files that are written beside this one. ``anew`` asks for every entry in the writer's
    own form, also those that stand unchanged in a file of the same format.
    """

    title: str = ""
    style: str = "apa"
    locale: str = ""
    section_styles: dict[str, str] = msgspec.field(default_factory=dict)
    links: dict[str, LinkState] = msgspec.field(default_factory=dict)
    downloads: tuple[str, ...] = ()
    anew: bool = False


class Writer(Protocol):
    """What a module on this shelf offers. ``SUFFIX`` is that of its files, with the dot."""

    SUFFIX: str

    def write(self, library: Library, options: Options = ...) -> str:
        """Give the library as text."""
        ...


class Written(msgspec.Struct, frozen=True):
    """A text, and what was noticed when it was made; ``data`` are its bytes where they are not simply UTF-8."""

    text: str
    findings: tuple[Finding, ...] = ()
    data: bytes | None = None


@runtime_checkable
class FormattingWriter(Writer, Protocol):
    """What a module offers beside `write` if there is more to say than a text.

    Entries that are formatted in a style can go wrong (AB601, AB602); files that are written back have their encoding.
    """

    def compose(self, library: Library, options: Options = ...) -> Written:
        """Give the text that `write` gives, and the findings."""
        ...
