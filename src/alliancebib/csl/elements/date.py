"""``cs:date``: a date in the style's own parts or in a format of the locale, and ranges (CSL 1.0.2, "Date")."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from alliancebib.csl.dates import Date, DatePoint
from alliancebib.csl.elements.look import Look, look_of
from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.elements.year_suffix import implicit_suffix
from alliancebib.csl.numbers import ordinal
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Branch, Leaf, Node

__all__ = ["DateElement", "DatePart", "date_part_of", "sort_key_of"]

_SIZES = {"year": 0, "month": 1, "day": 2}
#: Added to years in sort keys, where those BC would be negative; an item has years of nine digits at most.
_PAST = 10**9
#: From here on a year says by itself that it is one. The specification would have the era up to 999, but citeproc-js
#: ends earlier, and what style authors see is no mistake: "770" needs no "AD".
_PLAIN_YEARS = 500
_SHOWN = {
    "year": ("year",),
    "year-month": ("year", "month"),
    "month-day": ("month", "day"),
    "year-month-day": ("year", "month", "day"),
}


class DatePart(msgspec.Struct, frozen=True):
    """``cs:date-part``: "year", "month" or "day", its form and look."""

    name: str
    form: str
    look: Look
    range_delimiter: str


def date_part_of(attributes: Mapping[str, str]) -> DatePart:
    """Read the attributes of a ``cs:date-part``."""
    name = attributes.get("name", "year")
    usual = "long" if name in ("year", "month") else "numeric"
    return DatePart(name, attributes.get("form", usual), look_of(attributes), attributes.get("range-delimiter", "–"))


class DateElement:
    """``cs:date``; ``form`` "" has its own ``parts``, "text" and "numeric" those of the locale, as changed here."""

    __slots__ = ("_delimiter", "_form", "_look", "_overrides", "_parts", "_shown", "_variable")

    def __init__(  # noqa: PLR0913 - as many as the element has attributes
        self, variable: str, *, look: Look, form: str, shown: str, delimiter: str, parts: Sequence[Mapping[str, str]]
    ) -> None:
        self._variable = variable
        self._look = look
        self._form = form
        self._shown = _SHOWN.get(shown, _SHOWN["year-month-day"])
        self._delimiter = delimiter
        self._parts = tuple(date_part_of(part) for part in parts if part.get("name") in _SIZES)
        self._overrides = {part.get("name", ""): part for part in parts}

    def render(self, rendering: Rendering) -> Node | None:
        """Give what to print, None for nothing."""
        variable = self._variable
        # Days of access tell no works apart, as the official tests have it, though readers could by them: pages
        # without a date get letters (date_YearSuffixImplicitWithNoDate, date_YearSuffixWithNoDate).
        hidden = variable in rendering.suppressed or (rendering.comparing and variable == "accessed")
        date = None if hidden else rendering.item.date(variable)
        node = self._node(date, rendering) if date is not None else None
        rendering.called(variable, has_value=node is not None)
        if node is None:
            return None
        return self._look.dressed(node, language=rendering.locale.language, tag="date")

    def _node(self, date: Date, rendering: Rendering) -> Node | None:
        parts, delimiter = self._shape(rendering)
        if date.literal and not date.start.year:
            return self._worded(date.literal, parts, rendering)
        if rendering.sorting:
            return Leaf(sort_key_of(date, {part.name for part in parts}), self._variable)
        writing = _Writing(parts, delimiter, rendering, self._variable)
        if date.end is not None and date.end != date.start:
            children = writing.range(date.start, date.end)
        else:
            children = writing.point(parts, date.start, season=date.season)
        if not children:
            return self._worded(date.literal or date.season, parts, rendering) if not date.start.year else None
        return children[0] if len(children) == 1 else Branch(children)

    def _worded(self, text: str, parts: Sequence[DatePart], rendering: Rendering) -> Node | None:
        """Give a date in words, which stands where the year would and looks like it."""
        year = next((part for part in parts if part.name == "year"), None)
        node = field_nodes(text, self._variable)
        if year is None or node is None:
            return None
        suffix = implicit_suffix(rendering, self._variable)
        if suffix is not None:
            node = Branch((node, suffix))
        return year.look.dressed(node, language=rendering.locale.language, tag="year" if suffix is not None else "")

    def _shape(self, rendering: Rendering) -> tuple[tuple[DatePart, ...], str]:
        if not self._form:
            return self._parts, self._delimiter
        known = rendering.locale.dates.get(self._form)
        if known is None:
            return self._parts, self._delimiter
        return self._localized(known.parts), known.delimiter

    def _localized(self, parts: Sequence[Mapping[str, str]]) -> tuple[DatePart, ...]:
        """Give the locale's parts as far as they are shown, with what the style changes about them."""
        shaped = []
        for part in parts:
            name = part.get("name", "")
            if name not in self._shown:
                continue
            changes = self._overrides.get(name, {})
            shaped.append(date_part_of({**part, **changes}))
        if "year" not in self._shown and shaped:  # what joined the year goes with it
            if parts[-1].get("name") == "year":
                shaped[-1] = msgspec.structs.replace(shaped[-1], look=shaped[-1].look.without_suffix())
            if parts[0].get("name") == "year":
                shaped[0] = msgspec.structs.replace(shaped[0], look=shaped[0].look.without_prefix())
        return tuple(shaped)


class _Writing:
    """One date being written: the parts asked for, what stands between them, the state."""

    def __init__(self, parts: Sequence[DatePart], delimiter: str, rendering: Rendering, variable: str) -> None:
        self._parts = parts
        self._delimiter = delimiter
        self._rendering = rendering
        self._variable = variable

    def point(
        self, parts: Sequence[DatePart], point: DatePoint, *, season: str = "", open_side: str = ""
    ) -> list[Node]:
        """Write some parts of a date; ``open_side`` is the end whose outer affix makes way for a range delimiter."""
        there = [part for part in parts if _PARTS[part.name](part, point, self._rendering, season)]
        edge = there[-1 if open_side == "suffix" else 0] if there and open_side else None
        nodes: list[Node] = []
        for part in there:
            if nodes and self._delimiter:
                nodes.append(Leaf(self._delimiter, affix=True))
            nodes.append(self._part(part, point, season, bare=open_side if part is edge else ""))
        return nodes

    def _part(self, part: DatePart, point: DatePoint, season: str, *, bare: str) -> Node:
        rendering = self._rendering
        node = field_nodes(_PARTS[part.name](part, point, rendering, season), f"{self._variable}:{part.name}")
        assert node is not None
        suffix = implicit_suffix(rendering, self._variable) if part.name == "year" else None
        if suffix is not None:
            node = Branch((node, suffix))
        look = msgspec.structs.replace(part.look, **{bare: ""}) if bare else part.look
        return look.dressed(node, language=rendering.locale.language, tag="year" if part.name == "year" else "")

    def range(self, start: DatePoint, end: DatePoint) -> list[Node]:
        """Write a range: what both ends share stands once; the largest part that differs gives the delimiter."""
        largest = _largest_difference(start, end, {part.name for part in self._parts})
        if not largest:
            return self.point(self._parts, start)
        inner = [part for part in self._parts if _SIZES[part.name] >= _SIZES[largest] and _has(part, start, end)]
        places = [place for place, part in enumerate(self._parts) if part in inner]
        before, after = self._parts[: places[0]], self._parts[places[-1] + 1 :]
        dash = next((part.range_delimiter for part in inner if part.name == largest), "–")
        left = self.point(inner, start, open_side="suffix")
        right = self.point(inner, end, open_side="prefix")
        nodes: list[Node] = []
        for row in (self.point(before, start), [*left, Leaf(dash), *right], self.point(after, start)):
            if nodes and row and self._delimiter:
                nodes.append(Leaf(self._delimiter, affix=True))
            nodes += row
        return nodes


def _largest_difference(start: DatePoint, end: DatePoint, shown: Collection[str]) -> str:
    """Name the largest part in which two dates differ; "" where the end only says less than the beginning."""
    for name in _SIZES:
        one, other = getattr(start, name), getattr(end, name)
        if name in shown and one != other:
            return name if other or name == "year" else ""
    return ""


def _has(part: DatePart, *points: DatePoint) -> bool:
    return any(getattr(point, part.name, 0) for point in points)


def _year(part: DatePart, point: DatePoint, rendering: Rendering, _season: str) -> str:
    year = point.year
    if not year:
        return ""
    if part.form == "short" and year > 999:
        return f"{year % 100:02}"
    if year < 0:
        return f"{-year}{rendering.locale.term('bc')}"
    return f"{year}{rendering.locale.term('ad')}" if year < _PLAIN_YEARS else str(year)


def _month(part: DatePart, point: DatePoint, rendering: Rendering, season: str) -> str:
    month = point.month
    if not month:
        return season
    if month > 12:
        return rendering.locale.term(f"season-{month - 12:02}")
    if part.form == "numeric":
        return str(month)
    if part.form == "numeric-leading-zeros":
        return f"{month:02}"
    return rendering.locale.term(f"month-{month:02}", part.form)


def _day(part: DatePart, point: DatePoint, rendering: Rendering, _season: str) -> str:
    day = point.day
    if not day:
        return ""
    if part.form == "numeric-leading-zeros":
        return f"{day:02}"
    if part.form == "ordinal":
        first_only = rendering.locale.options.get("limit-day-ordinals-to-day-1") == "true"
        if day == 1 or not first_only:
            month = rendering.locale.find(f"month-{point.month:02}")
            return ordinal(day, rendering.locale, gender=month.gender if month else "")
    return str(day)


_PARTS = {"year": _year, "month": _month, "day": _day}


def sort_key_of(date: Date, parts: Collection[str] = ("year", "month", "day")) -> str:
    """Give the parts of a date as text that sorts like it: years BC before the others, missing parts first."""
    if not date.start.year:
        return ""
    points = [date.start, *([date.end] if date.end else [])]
    return "-".join(
        f"{point.year + _PAST if 'year' in parts else 0:010}"
        f"{point.month if 'month' in parts else 0:02}{point.day if 'day' in parts else 0:02}"
        for point in points
    )
