"""A tree becomes a stream: pieces of text in reading order, between marks that open and close a style.

Here quotation marks get their shape by their depth, and styles that a field brings along turn round inside the same
style of the citation style (flip-flopping; CSL 1.0.2, "Rich Text"). `alliancebib.csl.output.seams` then mends the
places where parts meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from alliancebib.csl.output.tree import Branch, Leaf, Node, leaves

__all__ = ["FLIP", "PLAIN_PART", "PLAIN_QUOTES", "Mark", "Piece", "Quotes", "Token", "stream"]

#: Before an attribute of a format: the style comes from a field, and turns round inside itself.
FLIP = "flip "
_NORMAL = {"font-style": "normal", "font-variant": "normal", "font-weight": "normal", "text-decoration": "none"}
#: The name of marks round a part that is styled as the text around it; no output shows it.
PLAIN_PART = "plain part"
#: The attribute that is written innermost comes first; the order is that of the official test suite.
_ORDER = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")

#: Which quotation marks stand around: none, the locale's outer or its inner ones.
#: `_FLAT`: none, and the outer ones are the first, whichever were typed.
_FLAT, _NONE, _OUTER, _INNER = -2, -1, 0, 1
#: Tags of parts that are one number; citeproc-js sets them apart like parts in a style.
_NUMBERS = frozenset({"number", "citation-number"})
#: Quotation marks that have no shape of their own: those of a style, and straight ones of a field.
_SHAPELESS = frozenset({"style", '""', "''"})


class Quotes(NamedTuple):
    """The quotation marks of a locale: open and close, open and close inside others."""

    open: str = "“"
    close: str = "”"
    inner_open: str = "‘"
    inner_close: str = "’"


PLAIN_QUOTES = Quotes()


class Piece:
    """A stretch of text; ``quote`` is "open" or "close" for quotation marks that the processor set.

    ``owner`` tells affixes and quotation marks of one row from those of rows further in or out; ``place`` says of an
    affix that it is the "prefix" of a part, the "suffix" of one, or the "dressed suffix" of one in a style of its own
    or in quotation marks, or of a number; "last dressed suffix" where nothing follows that in its row.
    """

    __slots__ = ("affix", "label", "owner", "place", "quote", "text")

    def __init__(  # noqa: PLR0913 - as many as a stretch has traits
        self, text: str, label: str = "", *, affix: bool = False, quote: str = "", owner: int = 0, place: str = ""
    ) -> None:
        self.owner = owner
        self.text = text
        self.label = label
        self.affix = affix
        self.quote = quote
        self.place = place

    def reading(self, text: str) -> Piece:
        """Give the same piece with another text."""
        return Piece(text, self.label, affix=self.affix, quote=self.quote, owner=self.owner, place=self.place)

    def __repr__(self) -> str:
        return f"Piece({self.text!r})"


class Mark(NamedTuple):
    """Where a style, a display block or a link opens or closes: ("font-style", "italic"), ("display", "block") ..."""

    name: str
    value: str
    opens: bool


Token = Piece | Mark


def stream(node: Node | None, quotes: Quotes = PLAIN_QUOTES) -> list[Token]:
    """Flatten a tree."""
    tokens: list[Token] = []
    if node is not None:
        _Flattening(tokens, quotes).walk(node, {}, _NONE, 0)
    return tokens


class _Flattening:
    """One walk over a tree; the state of the styles and the depth of quotes go down with it."""

    def __init__(self, tokens: list[Token], quotes: Quotes) -> None:
        self._tokens = tokens
        self._quotes = quotes
        self._typed = (
            quotes.open.strip() + quotes.close.strip(),
            quotes.inner_open.strip() + quotes.inner_close.strip(),
        )

    def walk(self, node: Node, state: dict[str, str], level: int, owner: int) -> None:
        tokens = self._tokens
        if isinstance(node, Leaf):
            tokens.append(Piece(node.text, node.label, affix=node.affix))
            return
        if node.display:
            tokens.append(Mark("display", node.display, opens=True))
        if node.prefix:
            tokens.append(Piece(node.prefix, affix=True, owner=owner, place="prefix"))
        if node.link:
            tokens.append(Mark("link", node.link, opens=True))
        pair, inner_level = self._pair(node.quotes, level, owner)
        if pair is not None:
            pair[0].label = pair[1].label = _label_of(node)
            tokens.append(pair[0])
        inner, marks = (state, []) if not node.form else _styled(node.form, state)
        tokens.extend(marks)
        self._children(node, inner, inner_level)
        tokens.extend([Mark(mark.name, mark.value, opens=False) for mark in reversed(marks)])
        if pair is not None:
            tokens.append(pair[1])
        if node.link:
            tokens.append(Mark("link", node.link, opens=False))
        if node.suffix:
            place = "dressed suffix" if marks or pair is not None or node.tag in _NUMBERS else "suffix"
            tokens.append(Piece(node.suffix, affix=True, owner=owner, place=place))
        if node.display:
            tokens.append(Mark("display", node.display, opens=False))

    def _pair(self, typed: str, level: int, owner: int) -> tuple[tuple[Piece, Piece] | None, int]:
        """Give the marks round a quotation and the level inside; typed marks turn round inside others only."""
        if not typed or typed == "none":
            return None, _FLAT if typed and level == _NONE else level
        own = next((place for place in (_OUTER, _INNER) if self._typed[place] == typed), _NONE)
        if own == _NONE and typed not in _SHAPELESS:
            return (Piece(typed[0]), Piece(typed[1])), level
        inside = _INNER if level == _OUTER else _OUTER
        if level == _NONE and typed not in _SHAPELESS:
            inside = own
        opening, closing = self._quotes[2 * inside], self._quotes[2 * inside + 1]
        return (Piece(opening, quote="open"), Piece(closing, quote="close", owner=owner)), inside

    def _children(self, node: Branch, state: dict[str, str], level: int) -> None:
        delimiter, owner, first = node.delimiter, id(node), True
        for child in node.children:
            if delimiter and not first:
                self._tokens.append(Piece(delimiter, affix=True, owner=owner))
            self.walk(child, state, level, owner)
            first = False
        last = self._tokens[-1] if self._tokens else None
        if isinstance(last, Piece) and last.owner == owner and last.place == "dressed suffix" and not node.display:
            last.place = "last dressed suffix"


def _label_of(node: Branch) -> str:
    """Give the label of quotation marks: those that were typed in a field are text of it."""
    return "" if node.quotes == "style" else next((leaf.label for leaf in leaves(node)), "")


def _styled(form: Sequence[tuple[str, str]], state: dict[str, str]) -> tuple[dict[str, str], list[Mark]]:
    """Give the state inside a format and the marks that open it, the outermost first."""
    inner = dict(state)
    marks = []
    for name, value in _wanted(form, state):
        now = inner.get(name, _NORMAL.get(name, "baseline"))
        if value != now:
            inner[name] = value
            marks.append(Mark(name, value, opens=True))
    if not marks and any(name in _NORMAL for name, _ in form):
        # A style that asks for what is there already still sets its part apart: blanks inside it stay.
        marks.append(Mark(PLAIN_PART, "", opens=True))
    marks.sort(key=lambda mark: -_ORDER.index(mark.name) if mark.name in _ORDER else 1)
    return inner, marks


def _wanted(form: Sequence[tuple[str, str]], state: dict[str, str]) -> list[tuple[str, str]]:
    wanted = []
    for name, value in form:
        if name == "nodecor":
            wanted += list(_NORMAL.items())
        elif name.startswith(FLIP):
            style = name.removeprefix(FLIP)
            turned = state.get(style) == value and style in _NORMAL
            wanted.append((style, _NORMAL[style] if turned else value))
        elif name != "nocase":
            wanted.append((name, value))
    return wanted
