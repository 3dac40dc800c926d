"""The order of entries in a file: by key, type or year, each with what belongs to it.

Parts of a file come in, and go out in another order. Macros and preambles stay in front. An entry that others name in
``crossref`` stands behind them, as BibTeX demands it (BibTeXing, section 2.1); biber takes any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from alliancebib.bibtex.pointers import keys_in
from alliancebib.bibtex.syntax import Block

__all__ = ["Part", "ordered"]


class Part(msgspec.Struct, frozen=True):
    """A block of a file in its new form, with what stands behind it in its line, and as it was read."""

    text: str
    kind: str
    behind: str = ""
    block: Block | None = None


def ordered(parts: Sequence[Part], by: str) -> list[Part]:
    """Sort entries; what stands above an entry goes with it, the head of the file and what defines macros in front."""
    head = 1 if parts and _is_head(parts[0]) else 0
    front, groups, waiting = list(parts[:head]), list[list[Part]](), list[Part]()
    for part in parts[head:]:
        if part.kind == "entry":
            groups.append([*waiting, part])
            waiting = []
        elif part.kind in ("string", "preamble"):
            front += [*waiting, part]
            waiting = []
        else:
            waiting.append(part)
    entries = [(_fields(group[-1].block), group) for group in groups]
    heights = _heights([fields for fields, _ in entries])
    ranks = [(height, *_rank(fields, by)) for height, (fields, _) in zip(heights, entries, strict=True)]
    places = sorted(range(len(groups)), key=ranks.__getitem__)
    return [*front, *(part for place in places for part in groups[place]), *waiting]


def _is_head(part: Part) -> bool:
    """Say whether a text speaks of the whole file: a blank line is between it and the first entry."""
    raw = part.block.raw if part.block else ""
    return part.kind == "text" and raw[len(raw.rstrip()) :].count("\n") > 1


def _fields(block: Block | None) -> Mapping[str, str]:
    """Give the fields of an entry that order it; of a repeated one the first."""
    if block is None:
        return {}
    return {field.name: field.value for field in reversed(block.fields)} | {"key": block.key, "type": block.type}


def _rank(fields: Mapping[str, str], by: str) -> tuple[str, str]:
    value = fields.get("year") or fields.get("date", "") if by == "year" else fields.get(by, "")
    return value.strip("{}").lower(), fields.get("key", "").lower()


def _heights(entries: Sequence[Mapping[str, str]]) -> list[int]:
    """Give how many generations stand below each entry: 0 where no other names it in ``crossref``.

    An entry has one such parent, so that each is looked at once; parents that lead in a circle have no order.
    """
    places: dict[str, int] = {}
    for names in ("key", "ids"):
        for place, fields in enumerate(entries):
            for name in keys_in(fields.get(names, "")):
                places.setdefault(name.lower(), place)
    parents = [places.get(fields.get("crossref", "").strip("{} ").lower()) for fields in entries]
    children = [0] * len(entries)
    for parent in parents:
        if parent is not None:
            children[parent] += 1
    heights = [0] * len(entries)
    free = [place for place, count in enumerate(children) if not count]
    while free:
        place = free.pop()
        parent = parents[place]
        if parent is not None:
            heights[parent] = max(heights[parent], heights[place] + 1)
            children[parent] -= 1
            if not children[parent]:
                free.append(parent)
    return heights
