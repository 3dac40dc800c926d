"""How a file of JSON sets what it holds: blanks, line breaks and escapes, so that what is new looks like the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from alliancebib.csl.in_place.stretches import Member, Stretch, members_of

__all__ = ["Layout", "escapes_all", "is_expanded", "layout_of"]

#: How lists and objects are set in one line: behind a comma, and around a colon.
_INLINE = ((", ", ": "), (",", ":"), (",", ": "), (", ", ":"))
_ESCAPED = re.compile(r"\\u(?!00[0-7])[0-9A-Fa-f]{4}")


class Layout(NamedTuple):
    """How an object sets its members: ``lead`` stands between comma and name, ``colon`` between name and value.

    Lists and objects inside are set over several lines, each step further in by ``unit``, where there is one; else in
    one line with these marks. ``ascii_only`` escapes all other characters.
    """

    lead: str
    colon: str
    unit: str
    marks: tuple[str, str]
    ascii_only: bool

    def member(self, name: str, value: object) -> str:
        """Give a member as it is set here."""
        return f"{json.dumps(name, ensure_ascii=self.ascii_only)}{self.colon}{self.value(value)}"

    def value(self, value: object) -> str:
        """Give a value as it is set here; the lines of one of several are as far in as the member is."""
        if not self.unit or not isinstance(value, (list, dict)):
            return json.dumps(value, ensure_ascii=self.ascii_only, separators=self.marks)
        marks = (",", self.colon)
        text = json.dumps(value, ensure_ascii=self.ascii_only, indent=self.unit, separators=marks)
        return text.replace("\n", self.lead[: self.lead.index("\n")] + self.lead[self.lead.rindex("\n") :])


def escapes_all(text: str) -> bool:
    """Say whether a file spells letters that are not ASCII by their numbers."""
    return text.isascii() and bool(_ESCAPED.search(text))


def is_expanded(text: str, items: Iterable[Stretch]) -> bool | None:
    """Say whether lists and objects inside items stand over several lines; None where no item holds any."""
    for item in items:
        if text.startswith("{", item.start) and (nested := _nested(text, members_of(text, item))):
            return any("\n" in value for value in nested)
    return None


def layout_of(
    text: str, whole: Stretch, members: Sequence[Member], *, expanded: bool | None, ascii_only: bool
) -> Layout:
    """Look at how an object is set; ``expanded`` says of the file what the object itself does not show."""
    start = members[0].start if members else whole.end - 1
    first = text[whole.start + 1 : start]
    colon = text[members[0].stop : members[0].value.start] if members else ": "
    marks = (",", ":") if colon == ":" else (", ", ": ")
    if "\n" in first and members:
        lead = first
    elif len(members) > 1:
        lead = text[members[0].value.end : members[1].start].lstrip().removeprefix(",")
    else:
        lead = marks[0][1:]
    nested = _nested(text, members)
    over_lines = any("\n" in value for value in nested) if nested else expanded is not False
    unit = _unit(text, whole, lead) if over_lines and "\n" in lead else ""
    return Layout(lead, colon, unit, _marks(nested, marks), ascii_only)


def _nested(text: str, members: Iterable[Member]) -> list[str]:
    values = (text[member.value.start : member.value.end] for member in members)
    return [value for value in values if value[0] in "[{" and len(value) > 2]


def _unit(text: str, whole: Stretch, lead: str) -> str:
    """Give by how much a member stands further in than its object."""
    head = text[text.rfind("\n", 0, whole.start) + 1 : whole.start]
    outer = head[: len(head) - len(head.lstrip())]
    inner = lead[lead.rindex("\n") + 1 :]
    return inner.removeprefix(outer) or "  "


def _marks(nested: Iterable[str], otherwise: tuple[str, str]) -> tuple[str, str]:
    """Give the marks with which a value is set that tells of both."""
    for value in nested:
        read = json.loads(value)
        fitting = [marks for marks in _INLINE for plain in (True, False) if value == _set(read, marks, plain=plain)]
        if len(set(fitting)) == 1:
            return fitting[0]
    return otherwise


def _set(value: object, marks: tuple[str, str], *, plain: bool) -> str:
    return json.dumps(value, ensure_ascii=plain, separators=marks)
