"""Authors that were named in the entry before give way to a dash (CSL 1.0.2, "Reference Grouping")."""

from __future__ import annotations

from collections.abc import Sequence

from alliancebib.csl.citing.first_term import is_number
from alliancebib.csl.output.tree import Branch, Leaf, Node, find_first, plain, replaced

__all__ = ["substituted"]

Fields = tuple[str, list[Node]]


def substituted(entries: Sequence[Fields], text: str, rule: str) -> list[Fields]:
    """Replace the first names of each entry that the entry before has as well."""
    done: list[Fields] = []
    before: Branch | None = None
    for id_, fields in entries:
        names = _first_names(fields)
        changed = None
        if names is not None and before is not None:
            changed = _RULES.get(rule, _complete_all)(names, before, text)
        rest = fields
        if names is not None and changed is not None:
            rest = _with(fields, names, changed if plain(changed) else None)
        # An empty text in the place of all that is printed would take the entry out of the list.
        done.append((id_, rest or fields))
        before = names
    return done


def _first_names(fields: Sequence[Node]) -> Branch | None:
    """Find the names that an entry begins with, whose number does not count: amid an entry a dash says nothing."""
    node: Node | None = next((field for field in fields if not is_number(field)), None)
    while isinstance(node, Branch) and node.tag != "names":
        node = next((child for child in node.children if not is_number(child)), None)
    return node if isinstance(node, Branch) else None


def _with(fields: Sequence[Node], old: Node, new: Node | None) -> list[Node]:
    return [after for field in fields if (after := replaced(field, old, new)) is not None]


def _names(branch: Node) -> list[Branch]:
    if isinstance(branch, Leaf):
        return []
    if branch.tag == "name":
        return [branch]
    return [name for child in branch.children for name in _names(child)]


def _same(one: Branch, other: Branch) -> bool:
    return [plain(name) for name in _names(one)] == [plain(name) for name in _names(other)]


def _complete_all(names: Branch, before: Branch, text: str) -> Node | None:
    """Let one text stand for all names, labels stay."""
    if not _names(names):
        return _instead(names, before, text)
    if not _same(names, before):
        return None
    label = find_first(names, "label")
    return Branch([Leaf(text), *([label] if label is not None else [])], prefix=names.prefix, suffix=names.suffix)


def _instead(title: Branch, before: Branch, text: str) -> Node | None:
    """Let one text stand for the same title where it stands for names; its quotation marks and affixes stay."""
    if plain(title) != plain(before):
        return None
    inner: Node = title
    while isinstance(inner, Branch) and len(inner.children) == 1:
        inner = inner.children[0]
    return replaced(title, inner, Leaf(text))


def _complete_each(names: Branch, before: Branch, text: str) -> Node | None:
    return _each(names, before, len(_names(names)), text) if _same(names, before) else None


def _partial_each(names: Branch, before: Branch, text: str) -> Node | None:
    mine, theirs = [plain(name) for name in _names(names)], [plain(name) for name in _names(before)]
    count = 0
    while count < min(len(mine), len(theirs)) and mine[count] == theirs[count]:
        count += 1
    return _each(names, before, count, text)


def _partial_first(names: Branch, before: Branch, text: str) -> Node | None:
    mine, theirs = _names(names), _names(before)
    same = bool(mine and theirs) and plain(mine[0]) == plain(theirs[0])
    return _each(names, before, 1 if same else 0, text)


def _each(names: Branch, before: Branch, count: int, text: str) -> Node | None:
    """Put the text in the place of some names, or of all that stands there where these are no names."""
    if not _names(names):
        return _instead(names, before, text)
    return _replaced(names, count, text) if count else None


def _replaced(names: Branch, count: int, text: str) -> Node | None:
    changed: Node | None = names
    for name in _names(names)[:count]:
        assert changed is not None
        changed = replaced(changed, name, Branch((Leaf(text),), tag="name"))
    return changed


_RULES = {
    "complete-all": _complete_all,
    "complete-each": _complete_each,
    "partial-each": _partial_each,
    "partial-first": _partial_first,
}
