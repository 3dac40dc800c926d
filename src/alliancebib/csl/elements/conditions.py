"""``cs:if`` and ``cs:else-if``: what an item or a cite has to be for a branch to print (CSL 1.0.2, "Choose")."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.numbers import is_numeric, locator_of
from alliancebib.variables import DATE_VARIABLES

__all__ = ["Condition", "condition_of"]

Test = Callable[[Rendering], bool]
_POSITIONS = {"first": 0, "subsequent": 1, "ibid": 2, "ibid-with-locator": 3}
_FROM_CITE = frozenset({"locator", "first-reference-note-number", "citation-number", "citation-label", "year-suffix"})


class Condition:
    """Tests of one branch and how they join: "all", "any", "none"."""

    __slots__ = ("_match", "_tests")

    def __init__(self, tests: Sequence[Test], match: str) -> None:
        self._tests = tests
        self._match = match

    def holds(self, rendering: Rendering) -> bool:
        """Say whether the branch is the one to print."""
        if self._match == "any":
            return any(test(rendering) for test in self._tests)
        if self._match == "none":
            return not any(test(rendering) for test in self._tests)
        return all(test(rendering) for test in self._tests)


def condition_of(attributes: Mapping[str, str]) -> Condition:
    """Read the attributes of ``cs:if``; every value of a list is a test of its own."""
    tests: list[Test] = []
    match = attributes.get("match", "all")
    for name, maker in _MAKERS.items():
        made = [maker(value) for value in attributes.get(name, "").split()]
        # An item has one type and a cite one kind of locator: a list of them always means any of these.
        tests += [_any(made)] if name in ("type", "locator") and match == "all" and len(made) > 1 else made
    return Condition(tests, match)


def _any(tests: Sequence[Test]) -> Test:
    return lambda rendering: any(test(rendering) for test in tests)


def has_variable(rendering: Rendering, variable: str) -> bool:
    """Say whether an item, or the cite it stands in, has a value for a variable."""
    if variable not in _FROM_CITE:
        return rendering.item.has(variable)
    cite = rendering.cite
    if variable == "locator":
        return bool(cite.locator)
    if variable == "first-reference-note-number":
        return bool(cite.first_note)
    if variable == "year-suffix":
        return bool(rendering.hints.year_suffix)
    return bool(cite.number) if variable == "citation-number" else bool(rendering.item.text(variable))


def _type(value: str) -> Test:
    # "document" and what has no type are alike; an unknown type is no other.
    return lambda rendering: rendering.item.type == value


def _variable(value: str) -> Test:
    return lambda rendering: has_variable(rendering, value)


def _numeric(value: str) -> Test:
    def test(rendering: Rendering) -> bool:
        if value == "locator":
            return is_numeric(locator_of(rendering.cite.locator, rendering.cite.label).text)
        if value == "citation-number":
            return True
        return value not in DATE_VARIABLES and is_numeric(rendering.item.text(value))

    return test


def _uncertain(value: str) -> Test:
    def test(rendering: Rendering) -> bool:
        date = rendering.item.date(value)
        return date is not None and date.circa

    return test


def _locator(value: str) -> Test:
    wanted = locator_of("", value).label.replace("-", " ")  # "sub-verbo" is written with a blank, too

    def test(rendering: Rendering) -> bool:
        cite = rendering.cite
        return bool(cite.locator) and locator_of(cite.locator, cite.label).label.replace("-", " ") == wanted

    return test


def _position(value: str) -> Test:
    if value == "near-note":
        return lambda rendering: rendering.cite.near_note
    if value == "far-note":
        return lambda rendering: rendering.cite.position > 0 and not rendering.cite.near_note
    if value == "first":
        return lambda rendering: rendering.cite.position == 0 and rendering.area == "citation"
    wanted = _POSITIONS.get(value, 9)
    return lambda rendering: rendering.cite.position >= wanted and rendering.area == "citation"


def _disambiguate(value: str) -> Test:
    def test(rendering: Rendering) -> bool:
        rendering.conditions_met += 1
        return (rendering.conditions_met <= rendering.hints.conditions) is (value == "true")

    return test


_MAKERS: dict[str, Callable[[str], Test]] = {
    "type": _type,
    "variable": _variable,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
