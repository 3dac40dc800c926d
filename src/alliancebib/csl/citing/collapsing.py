"""Cites of one citation that share authors, years or neighbouring numbers are drawn together.

Rendered cites come in, rows of nodes with the delimiters between them go out (CSL 1.0.2, "Cite Grouping", "Cite
Collapsing").
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from alliancebib.csl.citing.cite import Cite
from alliancebib.csl.output.tree import Branch, Leaf, Node, find_first, leaves, plain, replaced
from alliancebib.csl.program import Area

__all__ = ["RenderedCite", "collapsed"]


class RenderedCite(msgspec.Struct, frozen=True):
    """A cite and its tree; ``number`` is its citation number, ``suffix`` its year suffix.

    ``body`` is the part of the tree that the style made, without what a person wrote round it.
    """

    cite: Cite
    node: Node
    body: Node
    number: int = 0
    suffix: str = ""


#: A cite, what is printed of it (and perhaps of those drawn together with it), and the delimiter behind it.
Part = tuple[RenderedCite, Node, str]
_POINTS = tuple(",;:.!?")


def collapsed(cites: Sequence[RenderedCite], area: Area) -> Node | None:
    """Join the cites of a citation."""
    if not cites:
        return None
    if area.collapse == "citation-number":
        return _row(_numbers(cites, area))
    if area.collapse in ("year", "year-suffix", "year-suffix-ranged") or area.cite_group_delimiter is not None:
        return _row(_grouped(cites, area))
    return _row([(cite, cite.node, area.delimiter) for cite in cites])


def _between(cite: RenderedCite, following: RenderedCite, delimiter: str) -> str:
    """Give the delimiter between two cites; one that ends or begins with punctuation of its own brings it along."""
    if following.cite.prefix.lstrip()[:1] in _POINTS and following.cite.prefix:
        return ""
    return " " if delimiter and cite.cite.suffix and cite.cite.suffix.rstrip()[-1:] in _POINTS else delimiter


def _row(parts: Sequence[Part]) -> Node | None:
    """Put nodes in a row, each with the delimiter that follows it where another does."""
    nodes: list[Node] = []
    for place, (cite, node, delimiter) in enumerate(parts):
        nodes.append(node)
        if place + 1 < len(parts) and (between := _between(cite, parts[place + 1][0], delimiter)):
            nodes.append(Leaf(between, affix=True))
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else Branch(nodes)


# numbers


def _numbers(cites: Sequence[RenderedCite], area: Area) -> list[Part]:
    """Write runs of three or more neighbouring numbers as a range."""
    parts: list[Part] = []
    after = area.after_collapse_delimiter if area.after_collapse_delimiter is not None else area.delimiter
    start = 0
    while start < len(cites):
        end = start
        while end + 1 < len(cites) and _neighbours(cites[end], cites[end + 1]):
            end += 1
        if end - start < 2:
            parts += [(cite, cite.node, area.delimiter) for cite in cites[start : end + 1]]
        else:
            parts.append((cites[end], Branch((cites[start].node, Leaf("–"), cites[end].node)), after))
        start = end + 1
    return parts


def _neighbours(one: RenderedCite, other: RenderedCite) -> bool:
    return (
        one.number + 1 == other.number
        and not (one.cite.locator or other.cite.locator or one.cite.suffix or other.cite.prefix)
        and find_first(one.node, "citation-number") is not None
        and find_first(other.node, "citation-number") is not None
    )


# names and years


def _grouped(cites: Sequence[RenderedCite], area: Area) -> list[Part]:
    """Gather cites of the same names; print names, and years, once."""
    groups: list[list[RenderedCite]] = []
    by_names: dict[str, list[RenderedCite]] = {}
    for cite in cites:
        names = _names_text(cite)
        nameless = not names and groups and not _names_text(groups[-1][0]) and not groups[-1][0].cite.author_only
        if cite.cite.author_only:  # the names are all there is of it
            groups.append([cite])
        elif names and names in by_names and not cite.cite.prefix:
            by_names[names].append(cite)
        elif nameless and not cite.cite.prefix:
            groups[-1].append(cite)
        else:
            groups.append([cite])
            if names:
                by_names[names] = groups[-1]
    parts: list[Part] = []
    for group in groups:
        parts += _group(group, area)
    return parts


def _names_text(cite: RenderedCite) -> str:
    names = find_first(cite.node, "names")
    return plain(names) if names is not None else ""


def _group(group: Sequence[RenderedCite], area: Area) -> list[Part]:
    within, after = _delimiters(area)
    if area.collapse == "year-suffix" and len(group) == 1 and not group[0].cite.locator:
        after = area.delimiter
    if not area.collapse:
        return [*((cite, cite.node, within) for cite in group[:-1]), (group[-1], group[-1].node, area.delimiter)]
    parts: list[Part] = []
    place = 0
    while place < len(group):
        end = _same_year_end(group, place, area)
        node = group[place].node if place == 0 else _without_names(group[place])
        if node is None:
            place += 1
            continue
        if end > place:
            node = _with_suffixes(node, group[place : end + 1], area)
        # A locator has commas of its own: what follows it is set further apart.
        parts.append((group[end], node, after if group[end].cite.locator else within))
        place = end + 1
    return [*parts[:-1], (*parts[-1][:2], after)]


def _delimiters(area: Area) -> tuple[str, str]:
    """Give what stands between cites of the same names, and behind the last of them."""
    if area.after_collapse_delimiter is not None:
        after = area.after_collapse_delimiter
        return area.delimiter if area.cite_group_delimiter is None else area.cite_group_delimiter, after
    usual = ", " if area.in_text else area.delimiter
    return usual if area.cite_group_delimiter is None else area.cite_group_delimiter, area.delimiter


def _same_year_end(group: Sequence[RenderedCite], start: int, area: Area) -> int:
    """Give the last of the cites from ``start`` on that only differ in their year suffix."""
    end = start
    if area.collapse == "year" or not group[start].suffix:
        return start
    while end + 1 < len(group) and _same_year(group[start], group[end + 1]) and not group[end].cite.locator:
        if group[end + 1].cite.locator or group[end].cite.suffix or group[end + 1].cite.prefix:
            break
        end += 1
    return end


def _same_year(one: RenderedCite, other: RenderedCite) -> bool:
    return bool(other.suffix) and _bare_year(one) == _bare_year(other)


def _bare_year(cite: RenderedCite) -> str:
    date = _suffix_leaf(cite.node)
    node = replaced(cite.node, date, None) if date is not None else cite.node
    return plain(node)


def _suffix_leaf(node: Node) -> Node | None:
    found = find_first(node, "year-suffix")
    return found if found is not None else next((leaf for leaf in leaves(node) if leaf.label == "year-suffix"), None)


def _without_names(cite: RenderedCite) -> Node | None:
    """Give a cite without its names, None where it says nothing else, as the official tests have it.

    What a person wrote round a cite is never lost, and never stands there alone.
    """
    names = find_first(cite.body, "names")
    if names is None:
        return cite.node
    if replaced(cite.body, names, None) is None:
        return cite.node if cite.node is not cite.body else None
    return replaced(cite.node, names, None)


def _with_suffixes(node: Node, group: Sequence[RenderedCite], area: Area) -> Node:
    """Print the year once with all suffixes behind it: 2000a, b or 2000a–c."""
    leaf = _suffix_leaf(node)
    if leaf is None:
        return node
    delimiter = next(
        text for text in (area.cite_group_delimiter, area.year_suffix_delimiter, area.delimiter) if text is not None
    )
    nodes: list[Node] = [leaf]
    place = 1
    letters = [cite.suffix for cite in group]
    if area.collapse == "year-suffix-ranged":
        nodes = []
        place = len(group)
        for first, last in _ranges(letters):
            nodes += [Leaf(delimiter, affix=True)] if nodes else []
            nodes.append(_suffixed(first))
            if last != first:
                nodes += [Leaf("–"), _suffixed(last)]
    for letter in letters[place:]:
        nodes += [Leaf(delimiter, affix=True), _suffixed(letter)]
    made = replaced(node, leaf, Branch(nodes))
    return made if made is not None else node


def _suffixed(letters: str) -> Node:
    return Leaf(letters, "year-suffix")


def _ranges(letters: Sequence[str]) -> list[tuple[str, str]]:
    """Give runs of three or more neighbouring letters as pairs, single ones twice.

    >>> _ranges(["a", "b", "c", "e", "f"])
    [('a', 'c'), ('e', 'e'), ('f', 'f')]
    """
    ranges: list[tuple[str, str]] = []
    start = 0
    while start < len(letters):
        end = start
        while end + 1 < len(letters) and len(letters[end]) == 1 and letters[end + 1] == chr(ord(letters[end]) + 1):
            end += 1
        if end - start >= 2:
            ranges.append((letters[start], letters[end]))
        else:
            ranges += [(letter, letter) for letter in letters[start : end + 1]]
        start = end + 1
    return ranges
