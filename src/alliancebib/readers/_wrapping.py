"""Which rows of a text are one paragraph that was wrapped: a reference list out of a PDF, a mail, a terminal.

Rows come in, groups of rows go out; what is in no group stands alone. Rows are joined where three things agree: the
place where entries begin (a number or bullet, the first row of a hanging indent, names as references begin with them,
an empty line above), rows that are nearly full, and ends of rows in the middle of a sentence. On a page with one entry
a row the third is missing. Figures below were set on lists of both sorts, and leave room between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

__all__ = ["Row", "are_rows_apart", "counted", "is_page_number", "wrapped"]

#: Wider rows were not wrapped; narrower columns are not set.
_WIDEST, _NARROWEST = 160, 36
#: A row is full from this share of the usual width on: letters of print are not of one width.
_FULL = 0.72
#: So many ends of rows must stand in the middle of a sentence.
_OPEN_SHARE, _OPEN_SHARE_OF_ITEMS = 0.4, 0.25
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐΑ-ΩԱ-Ֆ]"
_NAME = rf"{_CAPITAL}[\w'’-]{{1,40}}"
_FAMILY = rf"(?:(?:[Vv][oa]n|[Dd]e[rn]?|[Ll]a|[Dd]i|[Aa]l|[Tt]en?|[Zz]u)[ -]){{0,2}}{_NAME}(?:[ -]{_NAME}){{0,2}}"
#: How references begin. The last two need the year or the title behind them.
_BEGINNINGS = tuple(
    re.compile(shape)
    for shape in (
        rf"{_FAMILY},\s(?:{_CAPITAL}\.[\s-]?){{1,4}}",
        rf"{_FAMILY}\s(?-i:[A-ZА-Я]{{1,3}})(?:,\s|\.\s|\s\()",
        rf"(?:{_CAPITAL}\.[\s-]?){{1,4}}{_FAMILY}(?:,|\sand\s)",
        r"(?:—{1,3}|–{2,3}|-{3,6}|_{3,10})[.,]\s",
        rf"{_CAPITAL}[^()\n]{{1,120}}\s\((?:18|19|20)\d\d[a-z]?(?:,[^()]{{1,30}})?\)[.,:]?(?:\s|$)",
        rf"{_FAMILY},\s{_NAME}(?:\s(?:{_CAPITAL}\.|{_NAME})){{0,2}}(?:[.,]|\sand)\s.{{0,120}}(?:[\"“«]|(?:18|19|20)\d\d)",
    )
)
_OPEN_END = re.compile(
    r"(?:[^\W\d_][-‐]|[,&(\[„“«]|(?<![^\W\d_])(?:of|the|and|in|for|on|to|with|from|at|by|an?|as|its|und|der|die|das|den|von|"
    r"im|zur?|für|et|de|des|du|la|les?|y|del|en|e|di|и|в|на|о|с|по|из|[Ii]n|vol\.|no\.|pp?\.|eds?\.))$"
)
_OPEN_BEGIN = re.compile(r"\((?:(?:18|19|20)\d\d|n\. ?d\.)")
_STOPS = tuple(".!?…。")
#: What an entry ends with, beside digits and addresses.
_ENDS = (*_STOPS, ")", "]", ";", '"', "”", "»")
_FULL_SHARE, _FULL_SHARE_OF_BLOCKS = 0.8, 0.9
_ADDRESS = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:[Pp]age|[Ss]eite|[Сс]тр\.?|p\.)?\s{0,3}[-–—|\[(]?\s?\d{1,3}(?:\s?(?:of|/|von|из)\s?\d{1,4})?\s?[-–—|\])]?"
)
#: Rows between two pages: a page number and what stands at the head or the foot.
_MOST_BETWEEN = 4


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A source line that is not empty: number, column of its first character (from 0) and of its text, which is shown.

    ``whole`` has its blanks, ``exact`` is the source's own; ``soft`` says that a soft hyphen ended it.
    """

    number: int
    indent: int
    start: int
    text: str
    whole: str
    exact: str = ""
    item: bool = False
    soft: bool = False

    @property
    def width(self) -> int:
        """The width in columns of a terminal."""
        return len(self.whole)


def is_page_number(row: Row) -> bool:
    """Say whether a row is a page's number and nothing else."""
    return len(row.text) < 24 and not row.item and _PAGE_NUMBER.fullmatch(row.text) is not None


def are_rows_apart(texts: Sequence[str]) -> bool:
    """Say whether the rows of one paragraph are lines of their own: there was room above, and none breaks off.

    A list is often kept so, one entry a row without marks or empty lines; sentences in rows end with full stops.

    >>> are_rows_apart(["Summit ends in Minsk - TASS", "Armenia to leave the bloc, which is led by Russia - Reuters"])
    True
    >>> are_rows_apart(["Doe, J. (2018). The end of the long", "alliance. The Journal, 1(2), 3-4."])
    False
    """
    rows = [
        Row(number=number, indent=0, start=0, text=text.strip(), whole=text.strip())
        for number, text in enumerate(texts)
        if text.strip()
    ]
    if len(rows) < 2:
        return False
    page = _Page(rows, max(row.width for row in rows))
    pairs = list(pairwise(range(len(rows))))
    if any(page.is_open(*pair) for pair in pairs):
        return False
    linked = all(re.search(r"https?://", row.text) for row in rows)
    if not linked and all(page.is_full(*pair) for pair in pairs):
        return False
    if any(row.text[0] in ":;,.)" for row in rows):
        return False
    return all(page.begins(below) or not rows[above].text.endswith((*_STOPS, ":")) for above, below in pairs)


def counted(rows: Sequence[Row], run: Sequence[int]) -> list[tuple[int, ...]]:
    """Give the groups of a list whose items begin at the rows of a run, where it is wrapped; else none at all.

    The numbers say where items begin: all rows up to the next number belong to an item, whatever they look like.
    """
    usual = _usual_width(rows)
    page = _Page(rows, usual)
    groups = [page.without_heading((one, *page.between(one, other))) for one, other in pairwise(run)]
    pairs = [pair for group in groups for pair in pairwise(group)]
    if any(not page.follows(*pair) for pair in pairs) or any(page.is_heading(group) for group in groups):
        return []
    groups.append(page.group(run[-1], "item"))
    full = sum(page.is_full(*pair) for pair in pairs)
    opened = sum(page.is_open(*pair) for pair in pairs)
    if not usual or full < len(pairs) * _FULL_SHARE or opened < max(1, len(pairs) * _OPEN_SHARE_OF_ITEMS):
        return []
    return [group for group in groups if len(group) > 1]


def wrapped(rows: Sequence[Row], taken: Sequence[tuple[int, ...]] = ()) -> list[tuple[int, ...]]:
    """Give the groups of rows that are one paragraph each, by their places; rows that stand alone are in none.

    ``taken`` are groups that are known already; they are given back with the others.
    """
    found = list(taken)
    usual = _usual_width(rows)
    if not usual:
        return found
    page = _Page(rows, usual)
    if page.is_hopeless():
        return found
    page.taken.update(place for group in taken for place in group)
    blocks = page.blocks()
    page.taken.update(place for group in blocks for place in group)
    found += blocks
    for mode in ("item", "indent", "name", "gap"):
        groups = [group for group in page.groups(mode) if not page.taken.intersection(group)]
        if page.agree(groups, mode):
            kept = [group for group in groups if page.holds(group, mode)]
            page.taken.update(place for group in kept for place in group)
            found += kept
    return sorted(found)


def _usual_width(rows: Sequence[Row]) -> int:
    """Give the width that most full rows have; 0 where the rows are too few or too narrow to tell."""
    widths = sorted(row.width for row in rows if row.width <= _WIDEST)
    usual = widths[(len(widths) - 1) * 9 // 10] if len(widths) > 1 else 0
    return usual if usual >= _NARROWEST else 0


class _Page:
    """The rows of a page with what was found out about them; made anew for each page."""

    def __init__(self, rows: Sequence[Row], usual: int) -> None:
        self.rows, self.usual = rows, usual
        self.taken: set[int] = set()
        self.aside = _aside(rows)
        self._begins: dict[int, bool] = {}

    def groups(self, mode: str) -> Iterator[tuple[int, ...]]:
        """Give every group of two rows and more that a way of telling where entries begin makes."""
        place = 0
        while place < len(self.rows):
            group = self.group(place, mode) if self._begins_in(mode, place) else (place,)
            if len(group) > 1:
                yield group
            place = group[-1] + 1

    def begins(self, place: int) -> bool:
        """Say whether a row looks like the first of a reference."""
        if place not in self._begins:
            self._begins[place] = not self.rows[place].item and _begins_reference(self.rows[place].text)
        return self._begins[place]

    def is_hopeless(self) -> bool:
        """Say whether no full row of the page ends in the middle of a sentence."""
        return not any(
            self.rows[above].width <= _WIDEST and self.is_open(above, above + 1) and self.is_full(above, above + 1)
            for above in range(len(self.rows) - 1)
        )

    def blocks(self) -> list[tuple[int, ...]]:
        """Give what stands between empty lines, where that is an entry each: in all of it rows are full and go on."""
        blocks: list[list[int]] = []
        for place, row in enumerate(self.rows):
            if blocks and row.number == self.rows[place - 1].number + 1:
                blocks[-1].append(place)
            else:
                blocks.append([place])
        several = [
            block
            for block in blocks
            if len(block) > 1
            and self.taken.isdisjoint(block)
            and not any(self.rows[place].item or self.rows[place].width > _WIDEST for place in block)
        ]
        pairs = [pair for block in several for pair in pairwise(block)]
        full = sum(self.is_full(*pair) for pair in pairs)
        opened = sum(self.is_open(*pair) for pair in pairs)
        if (
            len(several) < 3
            or full < len(pairs) * _FULL_SHARE_OF_BLOCKS
            or opened < max(2, len(pairs) * _OPEN_SHARE_OF_ITEMS)
        ):
            return []
        return [tuple(block) for block in several if not self.is_heading(block) and self.holds(block, "name")]

    def group(self, place: int, mode: str) -> tuple[int, ...]:
        """Give the rows that belong to an entry that begins at a place."""
        group = [place]
        while below := self._next(group, mode):
            group.append(below)
        return tuple(group[:-1] if self.is_heading(group) else group)

    def _begins_in(self, mode: str, place: int) -> bool:
        row = self.rows[place]
        if place in self.taken or row.width > _WIDEST or is_page_number(row):
            return False
        if mode == "item":
            return row.item
        if mode == "name":
            return self.begins(place)
        if mode == "gap":
            return not row.item and (place == 0 or row.number > self.rows[place - 1].number + 1)
        return not row.item

    def _next(self, group: list[int], mode: str) -> int:
        """Give the place of the row that goes on with a group; 0 where none does."""
        last, place = group[-1], group[-1] + 1
        if place >= len(self.rows):
            return 0
        while place < len(self.rows) and place in self.aside and place - last <= _MOST_BETWEEN:
            place += 1
        if place >= len(self.rows) or not self.follows(last, place) or not self._goes_on(group, place, mode):
            return 0
        across = self.rows[place].number != self.rows[last].number + 1
        return 0 if across and not self.is_open(last, place) else place

    def follows(self, above: int, below: int) -> bool:
        """Say whether a row stands directly below another, or on the next page."""
        if self.rows[below].number == self.rows[above].number + 1:
            return True
        between = self.rows[above + 1 : below]
        return any(map(is_page_number, between)) or any("\f" in row.exact for row in self.rows[above + 1 : below + 1])

    def between(self, one: int, other: int) -> Iterator[int]:
        """Give the rows from one item of a list to the next that are no part of a page's foot or head."""
        for place in range(one + 1, other):
            heads = "\f" in self.rows[place].exact and not self.is_open(place - 1, place)
            if place not in self.aside and not heads:
                yield place

    def without_heading(self, group: tuple[int, ...]) -> tuple[int, ...]:
        """Cut off what stands behind an empty line below an item: one short row, as the heading of the next section."""
        apart = next((size for size in range(1, len(group)) if not self.follows(group[size - 1], group[size])), 0)
        heads = apart == len(group) - 1 and self._is_short(group[-1])
        return group[:apart] if apart and heads else group

    def _is_short(self, place: int) -> bool:
        text = self.rows[place].text
        return len(text.split()) <= 8 and not text.endswith(_STOPS)

    def is_full(self, above: int, below: int) -> bool:
        """Say whether the first word of a row had no room above, or was parted there."""
        end, begin = self.rows[above], self.rows[below].text
        if len(end.text) > 1 and end.text[-1] in "-‐" and end.text[-2].isalpha() and begin[0].isalpha():
            return True
        return end.width + 1 + len(begin.split(" ", 1)[0]) >= self.usual * _FULL

    def _goes_on(self, group: list[int], place: int, mode: str) -> bool:
        row, above = self.rows[place], group[-1]
        if not self._may_stand_below(self.rows[group[0]], place, mode) or not self.is_full(above, place):
            return False
        if mode == "indent" or self.is_open(above, place):
            return True
        end = self.rows[above].text
        if mode == "name" and _ADDRESS.match(end.rpartition(" ")[2]) and row.text[0] not in "([":
            return False
        return not self.begins(place) or not (end.endswith(_ENDS) or end[-1].isdigit())

    def _may_stand_below(self, first: Row, place: int, mode: str) -> bool:
        """Say whether a row can be part of an entry, by its width and by where it begins."""
        row = self.rows[place]
        if row.item or place in self.taken or is_page_number(row):
            return False
        if row.width > _WIDEST and not (_ADDRESS.match(row.text) and " " not in row.text):  # nothing could wrap it
            return False
        least = {"indent": first.indent + 2, "name": 0}.get(mode, first.indent)
        return row.indent >= least

    def is_open(self, above: int, below: int) -> bool:
        """Say whether a row ends in the middle of a sentence, by its last word or by the first of the next."""
        end, begin = self.rows[above], self.rows[below].text
        if _ADDRESS.match(begin):
            return False
        if end.soft or begin[0].islower() or _OPEN_BEGIN.match(begin):
            return True
        return _OPEN_END.search(end.text[-40:]) is not None

    def is_heading(self, group: Sequence[int]) -> bool:
        """Say whether the last row is no part of the paragraph: it stops nowhere, and the row above did."""
        if len(group) < 2:
            return False
        above, last = self.rows[group[-2]].text, self.rows[group[-1]].text
        if not above.endswith(_STOPS) or last[0].islower() or last[0].isdigit() or _ADDRESS.search(last):
            return False
        return not last.endswith(_STOPS) and not last[-1].isdigit() and len(last.split()) <= 10

    def agree(self, groups: Sequence[tuple[int, ...]], mode: str) -> bool:
        """Say whether the groups together show that the page is wrapped in this way."""
        pairs = [
            pair for group in groups for pair in pairwise(group) if not _ADDRESS.match(self.rows[pair[1]].text)
        ]  # fmt: skip
        opened = sum(self.is_open(*pair) for pair in pairs)
        if mode == "item":
            return opened >= 1 and opened >= len(pairs) * _OPEN_SHARE_OF_ITEMS
        if mode == "gap" and len(groups) < 3 and not all(self.begins(group[0]) for group in groups):
            return False
        return opened >= 2 and opened >= len(pairs) * _OPEN_SHARE

    def holds(self, group: Sequence[int], mode: str) -> bool:
        """Say whether a group shows it by itself, so that a list of headlines beside a wrapped one stays as it is."""
        pairs = list(pairwise(group))
        opened = sum(self.is_open(*pair) for pair in pairs)
        if mode == "gap" and not self.begins(group[0]):
            return opened * 2 >= len(pairs)
        return opened * 4 >= len(pairs) or len(pairs) < 3


def _aside(rows: Sequence[Row]) -> frozenset[int]:
    """Give the places of page numbers and of what stands beside them on several pages, but for the number in it."""
    aside = {place for place, row in enumerate(rows) if is_page_number(row)}
    heads = Counter(_without_digits(row.text) for row in rows)
    for place in sorted(aside):
        for step in (-1, 1):
            beside = place + step
            while 0 <= beside < len(rows) and abs(beside - place) < _MOST_BETWEEN and beside not in aside:
                if heads[_without_digits(rows[beside].text)] < 2:
                    break
                aside.add(beside)
                beside += step
    tops = [place for place, row in enumerate(rows) if "\f" in row.exact]
    aside.update(place for place in tops if heads[_without_digits(rows[place].text)] > 1)
    return frozenset(aside)


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "", text[:200]).strip()


def _begins_reference(text: str) -> bool:
    return any(shape.match(text[:300]) for shape in _BEGINNINGS)
