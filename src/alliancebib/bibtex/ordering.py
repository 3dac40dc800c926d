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
    """A block of a file, or a paragraph of the text between, in its new form, and the block as it was read.

    ``behind`` stands behind a block in its line. A text that stands directly above an entry, or directly below one and
    apart from what follows, is a remark on it.
    """

    text: str
    kind: str
    behind: str = ""
    block: Block | None = None
    above: bool = False
    below: bool = False


def ordered(parts: Sequence[Part], by: str) -> list[Part]:
    """Sort entries with their remarks; the head of the file and what defines macros, with what is above, in front.

    Another text goes with the entry that follows.
    """
    head = next((place for place, part in enumerate(parts) if part.kind != "text" or part.above), len(parts))
    front, groups, waiting = list(parts[:head]), list[list[Part]](), list[Part]()
    blocks = []
    for part in parts[head:]:
        if part.kind == "entry":
            groups.append([*waiting, part])
            blocks.append(part.block)
            waiting = []
        elif part.below:
            groups[-1].append(part)
        elif part.kind in ("string", "preamble"):
            front += [*waiting, part]
            waiting = []
        else:
            waiting.append(part)
    ranks = _ranks([_fields(block) for block in blocks], by)
    places = sorted(range(len(groups)), key=ranks.__getitem__)
    return [*front, *(part for place in places for part in groups[place]), *waiting]


def _fields(block: Block | None) -> Mapping[str, str]:
    """Give the fields of an entry that order it; of a repeated one the first."""
    if block is None:
        return {}
    return {field.name: field.value for field in reversed(block.fields)} | {"key": block.key, "type": block.type}


def _rank(fields: Mapping[str, str], by: str) -> tuple[str, str]:
    value = fields.get("year") or fields.get("date", "") if by == "year" else fields.get(by, "")
    return value.strip("{}").lower(), fields.get("key", "").lower()


def _ranks(entries: Sequence[Mapping[str, str]], by: str) -> list[tuple[int, str, str]]:
    """Give what entries are sorted by; of those with one name none is before one above it: the first is meant."""
    names = [[*_names(fields, "key"), *_names(fields, "ids")] for fields in entries]
    highest: dict[str, tuple[int, str, str]] = {}
    ranks = []
    for fields, own, height in zip(entries, names, _heights(entries, names), strict=True):
        rank = max([(height, *_rank(fields, by)), *(highest[name] for name in own if name in highest)])
        highest |= dict.fromkeys(own, rank)
        ranks.append(rank)
    return ranks


def _names(fields: Mapping[str, str], field: str) -> list[str]:
    """Give the key of an entry, or its further names in ``ids``, in small letters."""
    return [name.lower() for name in keys_in(fields.get(field, ""))]


def _heights(entries: Sequence[Mapping[str, str]], names: Sequence[Sequence[str]]) -> list[int]:
    """Give how many generations stand below each entry: 0 where no other names it in ``crossref``.

    Each step up is looked at once; entries that lead in a circle have no order.
    """
    above = _steps_up(entries, names)
    below = [0] * len(entries)
    for upper in (upper for steps in above for upper in steps):
        below[upper] += 1
    heights = [0] * len(entries)
    free = [place for place, count in enumerate(below) if not count]
    while free:
        place = free.pop()
        for upper, step in above[place].items():
            heights[upper] = max(heights[upper], heights[place] + step)
            below[upper] -= 1
            if not below[upper]:
                free.append(upper)
    return heights


def _steps_up(entries: Sequence[Mapping[str, str]], names: Sequence[Sequence[str]]) -> list[dict[int, int]]:
    """Give, for each entry, those that have to be as high (a later one of the same name) or higher (its parent)."""
    steps: list[dict[int, int]] = [{} for _ in entries]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, own in enumerate(names):
        for name in own:
            if last.get(name, place) != place:
                steps[last[name]][place] = 0
            last[name] = place
    for field in ("key", "ids"):  # a key is meant before a further name
        for place, fields in enumerate(entries):
            for name in _names(fields, field):
                first.setdefault(name, place)
    for place, fields in enumerate(entries):
        parent = first.get(fields.get("crossref", "").strip("{} ").lower())
        if parent is not None:
            steps[place][parent] = 1
    return steps
