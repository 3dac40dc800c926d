"""What formatting gives: entries in order, each with the reference it stands for, and what was noticed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from alliancebib.finding import Finding

__all__ = ["Bibliography", "FormattedEntry", "Layout"]


class FormattedEntry(msgspec.Struct, frozen=True):
    """One entry: id and citation key of its reference, the text in the output asked for, one line."""

    reference_id: str
    key: str
    text: str


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a bibliography is set (CSL 1.0.2, "Whitespace").

    ``second_field_align`` is "", "flush" or "margin"; spacings are counted in lines; ``max_offset`` is the length of
    the longest first field, in characters.
    """

    hanging_indent: bool = False
    second_field_align: str = ""
    line_spacing: int = 1
    entry_spacing: int = 1
    max_offset: int = 0


class Bibliography(msgspec.Struct, frozen=True, kw_only=True):
    """A formatted list: entries, findings, the name of the style and the language that were used, how it is set.

    ``places`` says for each entry which of the references given it stands for, counted from 0.
    """

    entries: tuple[FormattedEntry, ...] = ()
    findings: tuple[Finding, ...] = ()
    style: str = ""
    locale: str = ""
    places: tuple[int, ...] = ()
    layout: Layout = Layout()

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[FormattedEntry]:
        return iter(self.entries)
