"""A list of names: how many are shown, what stands between them, how the rest is named (CSL 1.0.2, "Name", "Et-al")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from alliancebib.csl.elements.look import PLAIN, Look
from alliancebib.csl.elements.person import NameShape, NameUse, person
from alliancebib.csl.elements.rendering import Rendering
from alliancebib.csl.item import PersonName
from alliancebib.csl.output.fields import field_nodes
from alliancebib.csl.output.tree import Branch, Leaf, Node

__all__ = ["NameOptions", "People", "levels_of", "name_list", "shown_count"]

#: Languages that keep a particle and its family name on one line.
_UNBROKEN = frozenset({"fr", "ru", "cs"})

#: Chinese, Japanese and Korean words, which stand close to names.
_UNSPACED = re.compile("[\u3000-\u9fff\uf900-\ufaff\uac00-\ud7af]")


class NameOptions(msgspec.Struct, frozen=True):
    """``cs:name`` and ``cs:et-al`` with what they inherit; ``and_`` is "text", "symbol" or ""."""

    shape: NameShape = NameShape()
    form: str = "long"
    and_: str = ""
    delimiter: str = ", "
    precedes_last: str = "contextual"
    precedes_et_al: str = "contextual"
    et_al_min: int = 0
    et_al_use_first: int = -1
    subsequent_min: int = 0
    subsequent_use_first: int = 0
    et_al_use_last: bool = False
    as_sort_order: str = ""
    et_al_term: str = "et-al"
    et_al_look: Look = PLAIN


class People(NamedTuple):
    """The names of a variable: how many are shown, how much of each given name, and whether the list was cut."""

    names: tuple[PersonName, ...]
    variable: str
    shown: int
    levels: Sequence[int]
    cut: bool = False


def shown_count(options: NameOptions, total: int, *, subsequent: bool) -> int:
    """Give how many of ``total`` names are shown; a style without ``et-al-use-first`` shows them all."""
    least, first = options.et_al_min, options.et_al_use_first
    if subsequent:
        least, first = options.subsequent_min or least, options.subsequent_use_first or first
    return first if least and 0 <= first < total and total >= least else total


def levels_of(names: Sequence[PersonName], rendering: Rendering, place: int) -> list[int]:
    """Give for each name of the list at a place how much of its given name disambiguation adds."""
    hints, shown = rendering.hints, rendering.name_lists[place]
    bearers = hints.families.among(shown) if hints.families and rendering.area == "bibliography" else None
    own = hints.givens[place] if place < len(hints.givens) else ()
    levels = []
    for number, name in enumerate(names):
        level = own[number] if number < len(own) else 0
        if not (hints.primary_only and number):
            level = max(level, bearers.level(name, shown) if bearers is not None else hints.people.get(name, 0))
        levels.append(level)
    return levels


def name_list(people: People, options: NameOptions, rendering: Rendering) -> Node | None:
    """Give the names of one variable, the rest of them as "et al."."""
    nodes, turned = _written(people, options, rendering)
    if not nodes:
        return None
    if rendering.sorting:
        return Branch(nodes, delimiter="  ")
    shown, total = people.shown, len(people.names)
    if people.cut:
        shown = min(shown, len(nodes))
        children = _with_et_al(nodes[:shown], options, rendering, last_inverted=turned[shown - 1])
    elif shown >= total or (options.et_al_use_last and shown + 1 >= total):
        children = _with_and(nodes, options, rendering, last_inverted=len(turned) > 1 and turned[-2])
    elif options.et_al_use_last:  # one name before the dots has no delimiter, as style authors see it
        lead = options.delimiter if shown > 1 else " "
        children = [*_delimited(nodes[:-1], options.delimiter), Leaf(lead, affix=True), Leaf("… "), nodes[-1]]
    else:
        children = _with_et_al(nodes, options, rendering, last_inverted=turned[-1])
    return Branch(children) if len(children) > 1 else children[0]


def _written(people: People, options: NameOptions, rendering: Rendering) -> tuple[list[Node], list[bool]]:
    """Give the names that are shown, and which of them are turned round."""
    nodes: list[Node] = []
    turned: list[bool] = []
    language = rendering.words_language
    blank = "\u00a0" if rendering.locale.language[:2] in _UNBROKEN else " "
    last = len(people.names) - 1
    for place, name in enumerate(people.names):
        if place >= people.shown and not (place == last and options.et_al_use_last):
            continue
        inverted = options.as_sort_order == "all" or (options.as_sort_order == "first" and place == 0)
        level = people.levels[place] if place < len(people.levels) else 0
        how = NameUse(
            people.variable, level, inverted=inverted, sorting=rendering.sorting, blank=blank, language=language
        )
        node = person(name, options.shape, how)
        if node is None:
            continue
        if not name.literal:
            node = options.shape.look.dressed(node, language=language)
        nodes.append(Branch((node,), tag="name"))
        turned.append(inverted and not name.literal)
    return nodes, turned


def _delimited(nodes: Sequence[Node], delimiter: str) -> list[Node]:
    row: list[Node] = []
    for node in nodes:
        if row:
            row.append(Leaf(delimiter, affix=True))
        row.append(node)
    return row


def _with_and(nodes: Sequence[Node], options: NameOptions, rendering: Rendering, *, last_inverted: bool) -> list[Node]:
    if len(nodes) < 2 or not options.and_:
        return _delimited(nodes, options.delimiter)
    locale = rendering.locale
    word = locale.ampersand if options.and_ == "symbol" else locale.term("and") or "and"
    with_comma = _precedes(options.precedes_last, many=len(nodes) > 2, inverted=last_inverted)
    before = options.delimiter if with_comma else " "
    if _UNSPACED.match(word) or word[-1:].isspace():  # written without blanks, or with one of its own
        return [*_delimited(nodes[:-1], options.delimiter), Leaf(word), nodes[-1]]
    return [
        *_delimited(nodes[:-1], options.delimiter),
        Leaf(before, affix=True),
        Leaf(word),
        Leaf(" ", affix=True),
        nodes[-1],
    ]


def _precedes(value: str, *, many: bool, inverted: bool) -> bool:
    if value == "always":
        return True
    if value == "never":
        return False
    return inverted if value == "after-inverted-name" else many


def _with_et_al(
    nodes: Sequence[Node], options: NameOptions, rendering: Rendering, *, last_inverted: bool
) -> list[Node]:
    text = rendering.locale.term(options.et_al_term)
    node = field_nodes(text)
    if node is None:
        return _delimited(nodes, options.delimiter)
    with_comma = _precedes(options.precedes_et_al, many=len(nodes) > 1, inverted=last_inverted)
    lead = options.delimiter if with_comma else "" if _UNSPACED.match(text) or text[0].isspace() else " "
    dressed = options.et_al_look.dressed(node, language=rendering.locale.language)
    row = [*_delimited(nodes, options.delimiter), Leaf(lead, affix=True), dressed]
    suffix = options.shape.look.suffix
    return [Branch(row, suffix=suffix)] if suffix.isspace() else row  # a blank behind names stands behind them all
