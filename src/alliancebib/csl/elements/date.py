"""``cs:date``: a date in the style's own parts or in a format of the locale, and ranges of dates (CSL 1.0.2, "Date")."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from alliancebib.csl.elements.look import Look, look_of
from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.item import Date, DatePoint
from alliancebib.csl.elements.year_suffix import implicit_suffix
from alliancebib.csl.numbers import ordinal
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Branch, Leaf, Node

__all__ = ["DateElement", "DatePart", "date_part_of", "sort_key_of"]

_SIZES = {"year": 0, "month": 1, "day": 2}
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
    """``cs:date``; ``form`` "" has its own ``parts``, "text" and "numeric" take those of the locale, as changed here."""

    __slots__ = ("_delimiter", "_form", "_look", "_overrides", "_parts", "_shown", "_variable")

    def __init__(
        self, variable: str, *, look: Look, form: str, shown: str, delimiter: str, parts: Sequence[Mapping[str, str]]
    ) -> None:
        self._variable = variable
        self._look = look
        self._form = form
        self._shown = _SHOWN.get(shown, _SHOWN["year-month-day"])
        self._delimiter = delimiter
        self._parts = tuple(date_part_of(part) for part in parts)
        self._overrides = {part.get("name", ""): part for part in parts}

    def render(self, rendering: Rendering) -> Node | None:
        variable = self._variable
        hidden = variable in rendering.suppressed or (rendering.comparing and variable == "accessed")
        date = None if hidden else rendering.item.date(variable)
        node = self._node(date, rendering) if date is not None else None
        rendering.called(variable, has_value=node is not None)
        if node is None:
            return None
        return self._look.dressed(node, language=rendering.locale.language, tag="date")

    def _node(self, date: Date, rendering: Rendering) -> Node | None:
        if date.literal and not date.start.year:
            return self._worded(date.literal, rendering)
        parts, delimiter = self._shape(rendering)
        if rendering.sorting:
            return Leaf(sort_key_of(date, {part.name for part in parts}), self._variable)
        if date.end is not None and date.end != date.start:
            children = _range(parts, date.start, date.end, delimiter, rendering, self._variable)
        else:
            children = _written(parts, date.start, delimiter, rendering, self._variable, season=date.season)
        if not children:
            return self._worded(date.literal or date.season, rendering) if not date.start.year else None
        return children[0] if len(children) == 1 else Branch(children)

    def _worded(self, text: str, rendering: Rendering) -> Node | None:
        node = field_nodes(text, self._variable)
        suffix = implicit_suffix(rendering)
        if node is None or suffix is None:
            return node
        return Branch((node, suffix), tag="year")

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
        if "year" not in self._shown and shaped and parts[-1].get("name") == "year":
            # What joined the year goes with it.
            shaped[-1] = msgspec.structs.replace(shaped[-1], look=shaped[-1].look.without_suffix())
        return tuple(shaped)


def _written(
    parts: Sequence[DatePart], point: DatePoint, delimiter: str, rendering: Rendering, variable: str, *, season: str = ""
) -> list[Node]:
    nodes: list[Node] = []
    for part in parts:
        node = _part(part, point, rendering, variable, season=season)
        if node is not None:
            if nodes and delimiter:
                nodes.append(Leaf(delimiter, affix=True))
            nodes.append(node)
    return nodes


def _part(
    part: DatePart, point: DatePoint, rendering: Rendering, variable: str, *, season: str = "", bare: str = ""
) -> Node | None:
    """Give one part of a date, None where the date has it not; ``bare`` leaves out its "prefix" or "suffix"."""
    text = _PARTS[part.name](part, point, rendering, season) if part.name in _PARTS else ""
    if not text:
        return None
    node = field_nodes(text, f"{variable}:{part.name}")
    assert node is not None
    suffix = implicit_suffix(rendering) if part.name == "year" else None
    if suffix is not None:
        node = Branch((node, suffix))
    look = part.look
    if bare:
        look = msgspec.structs.replace(look, **{bare: ""})
    return look.dressed(node, language=rendering.locale.language, tag="year" if part.name == "year" else "")


def _year(part: DatePart, point: DatePoint, rendering: Rendering, _season: str) -> str:
    year = point.year
    if not year:
        return ""
    if part.form == "short" and year > 999:
        return f"{year % 100:02}"
    if year < 0:
        return f"{-year}{rendering.locale.term('bc')}"
    return f"{year}{rendering.locale.term('ad')}" if year < 1000 else str(year)


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


def _range(
    parts: Sequence[DatePart], start: DatePoint, end: DatePoint, delimiter: str, rendering: Rendering, variable: str
) -> list[Node]:
    """Print a range: what both ends share stands once, the range delimiter is that of the largest part that differs."""
    names = [part.name for part in parts if getattr(start, part.name, 0) or getattr(end, part.name, 0)]
    differing = [name for name in _SIZES if name in names and getattr(start, name) != getattr(end, name)]
    if differing and differing[0] != "year" and not getattr(end, differing[0]):
        differing = []  # the end says less than the beginning: May 2004 to 2004
    if not differing:
        return _written(parts, start, delimiter, rendering, variable)
    largest = _SIZES[differing[0]]
    inner = [part for part in parts if part.name in names and _SIZES[part.name] >= largest]
    dash = next((part.range_delimiter for part in inner if part.name == differing[0]), "–")
    places = [place for place, part in enumerate(parts) if part in inner]
    first, last = places[0], places[-1]
    return _joined_range(parts, (first, last, dash), (start, end), delimiter, rendering, variable, set(map(id, inner)))


def _joined_range(
    parts: Sequence[DatePart],
    span: tuple[int, int, str],
    ends: tuple[DatePoint, DatePoint],
    delimiter: str,
    rendering: Rendering,
    variable: str,
    inner: set[int],
) -> list[Node]:
    first, last, dash = span
    start, end = ends
    before = _written(parts[:first], start, delimiter, rendering, variable)
    middle_parts = parts[first : last + 1]
    left = _trimmed(middle_parts, start, delimiter, rendering, variable, inner, side="suffix")
    right = _trimmed(middle_parts, end, delimiter, rendering, variable, inner, side="prefix")
    after = _written(parts[last + 1 :], start, delimiter, rendering, variable)
    nodes: list[Node] = []
    for group in (before, [*left, Leaf(dash), *right] if left or right else [], after):
        if nodes and group and delimiter:
            nodes.append(Leaf(delimiter, affix=True))
        nodes += group
    return nodes


def _trimmed(
    parts: Sequence[DatePart],
    point: DatePoint,
    delimiter: str,
    rendering: Rendering,
    variable: str,
    inner: set[int],
    *,
    side: str,
) -> list[Node]:
    """Print one end of a range without the affix that would touch the range delimiter."""
    there = [part for part in parts if id(part) in inner and _has(part, point)]
    nodes: list[Node] = []
    for place, part in enumerate(there):
        edge = place == (len(there) - 1 if side == "suffix" else 0)
        node = _part(part, point, rendering, variable, bare=side if edge else "")
        if node is not None:
            if nodes and delimiter:
                nodes.append(Leaf(delimiter, affix=True))
            nodes.append(node)
    return nodes


def _has(part: DatePart, point: DatePoint) -> bool:
    return bool(getattr(point, part.name, 0))


def sort_key_of(date: Date, parts: Collection[str] = ("year", "month", "day")) -> str:
    """Give the parts of a date as text that sorts like it: years BC before the others, missing parts first."""
    if not date.start.year:
        return ""
    points = [date.start, *([date.end] if date.end else [])]
    return "-".join(
        f"{point.year + 50_000 if 'year' in parts else 0:05}"
        f"{point.month if 'month' in parts else 0:02}{point.day if 'day' in parts else 0:02}"
        for point in points
    )
