"""The output tree: what a style made of an item, before it is text.

Elements of a style return a `Leaf`, a `Branch`, or None for "nothing to print". Every later step (text case, quotes,
collapsing, year suffixes, author substitution) makes new trees from these; `alliancebib.csl.output.stream` flattens
them at the very end. A leaf knows the variable that its text came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "NO_FORMAT",
    "Branch",
    "Format",
    "Leaf",
    "Node",
    "find_first",
    "joined",
    "leaves",
    "mapped",
    "plain",
    "replaced",
]

#: Pairs of a CSL formatting attribute and its value, e.g. ``(("font-style", "italic"),)``.
Format = tuple[tuple[str, str], ...]
NO_FORMAT: Format = ()


class Leaf:
    """Text that nothing divides further.

    ``label`` names the variable it came from, with the part behind a colon ("author:family", "issued:year"), or is
    "" for terms and other words of the style. ``affix`` says that it is punctuation of the style, which may be
    swallowed by what stands before it.
    """

    __slots__ = ("affix", "label", "text")

    def __init__(self, text: str, label: str = "", *, affix: bool = False) -> None:
        self.text = text
        self.label = label
        self.affix = affix

    def __repr__(self) -> str:
        return f"Leaf({self.text!r}, {self.label!r})"


class Branch:
    """Nodes in a row, with what stands around and between them.

    ``form`` and ``quotes`` hold for the children and the delimiters, not for the affixes; ``quotes`` is "style" for
    quotation marks of the style, "none" where it wants none, or the pair that a field was typed with. ``tag`` names
    what the branch is where a later step looks for it ("names", "year", "citation-number" ...); ``link`` is where it
    leads to.
    """

    __slots__ = ("children", "delimiter", "display", "form", "link", "prefix", "quotes", "suffix", "tag")

    def __init__(  # noqa: PLR0913 - as many as may stand on an element
        self,
        children: Sequence[Node],
        *,
        delimiter: str = "",
        prefix: str = "",
        suffix: str = "",
        form: Format = NO_FORMAT,
        quotes: str = "",
        display: str = "",
        tag: str = "",
        link: str = "",
    ) -> None:
        self.children = children
        self.delimiter = delimiter
        self.prefix = prefix
        self.suffix = suffix
        self.form = form
        self.quotes = quotes
        self.display = display
        self.tag = tag
        self.link = link

    def __repr__(self) -> str:
        return f"Branch({list(self.children)!r}, tag={self.tag!r})"

    def holding(self, children: Sequence[Node]) -> Branch:
        """Give the same branch with other children."""
        return Branch(
            children,
            delimiter=self.delimiter,
            prefix=self.prefix,
            suffix=self.suffix,
            form=self.form,
            quotes=self.quotes,
            display=self.display,
            tag=self.tag,
            link=self.link,
        )


Node = Leaf | Branch


def joined(nodes: Sequence[Node | None], delimiter: str = "") -> Node | None:
    """Put nodes in a row; None where there is nothing."""
    there = [node for node in nodes if node is not None]
    if not there:
        return None
    return there[0] if len(there) == 1 else Branch(there, delimiter=delimiter)


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Walk over the leaves in reading order; affixes and delimiters are no leaves."""
    if node is None:
        return
    if isinstance(node, Leaf):
        yield node
        return
    for child in node.children:
        yield from leaves(child)


def plain(node: Node | None) -> str:
    """Give the text of a tree with affixes and delimiters, for comparing; no quotes, no mended seams.

    >>> plain(Branch([Leaf("a"), Leaf("b")], delimiter=", ", suffix="."))
    'a, b.'
    """
    if node is None:
        return ""
    if isinstance(node, Leaf):
        return node.text
    inner = node.delimiter.join([plain(child) for child in node.children])
    return node.prefix + inner + node.suffix


def find_first(node: Node | None, tag: str) -> Branch | None:
    """Find the first branch that has a tag, in reading order."""
    if node is None or isinstance(node, Leaf):
        return None
    if node.tag == tag:
        return node
    for child in node.children:
        found = find_first(child, tag)
        if found is not None:
            return found
    return None


def replaced(node: Node, old: Node, new: Node | None) -> Node | None:
    """Give the tree with one node (by identity) replaced or, with None, taken out; what stays empty goes too."""
    if node is old:
        return new
    if isinstance(node, Leaf):
        return node
    for place, child in enumerate(node.children):
        after = replaced(child, old, new)
        if after is not child:
            rest = [*node.children[:place], *([after] if after is not None else []), *node.children[place + 1 :]]
            return node.holding(rest) if rest else None
    return node


def mapped(node: Node, change: Callable[[Leaf], Leaf]) -> Node:
    """Give the tree with every leaf changed."""
    if isinstance(node, Leaf):
        return change(node)
    return node.holding([mapped(child, change) for child in node.children])
