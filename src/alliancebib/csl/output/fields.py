"""The text of a field becomes nodes: the inline markup that CSL-JSON allows, quotation marks, apostrophes.

``<i> <b> <sup> <sub> <sc>``, spans for small capitals, "nocase" and "nodecor" are understood where they are closed;
any other markup is text like the rest (CSL-JSON 1.0.2, "rich text"). Straight quotation marks that stand in pairs
take the shape of the locale; single ones are apostrophes or stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from alliancebib.csl.output.stream import FLIP
from alliancebib.csl.output.tree import Branch, Format, Leaf, Node, leaves
from alliancebib.rich_text import TAG

__all__ = ["field_nodes", "is_hollow"]

_FORMS: dict[str, Format] = {
    "i": ((FLIP + "font-style", "italic"),),
    "b": ((FLIP + "font-weight", "bold"),),
    "sup": (("vertical-align", "sup"), ("nocase", "")),
    "sub": (("vertical-align", "sub"), ("nocase", "")),
    "sc": ((FLIP + "font-variant", "small-caps"), ("nocase", "")),
    "nocase": (("nocase", ""),),
    "nodecor": (("nodecor", ""), ("nocase", "")),
}
_SPANS = (
    (re.compile(r"""class=["']nocase["']"""), "nocase"),
    (re.compile(r"""class=["']nodecor["']"""), "nodecor"),
    (re.compile(r"""style=["']\s*font-variant:\s*small-caps;?\s*["']"""), "sc"),
)
_A_TAG = re.compile(TAG)
_TOKEN = re.compile(rf"""({TAG}|["'“”„‘’‚«»‹›])""")
_RICH = re.compile(r"""[<"'“”„‘’‚«»‹›]|\s[:;?!]""")
_CLOSER = {"“": "”", "„": "“", "‘": "’", "‚": "‘", "«": "»", "‹": "›", '"': '"', "'": "'"}
_CLOSERS = frozenset(_CLOSER.values())
#: What a field begins with that says nothing.
_HOLLOW = frozenset({"<", *_CLOSER})
#: Signs after which a quotation mark opens nothing: an apostrophe, and "=" of markup that is not understood.
_NEVER_OPENS = frozenset("'’=")
_DECADE = re.compile(r"\d\ds?\b(?!['’])")
#: Deeper than anybody nests markup or quotations, and shallow enough for Python's stack.
_DEEPEST = 40
_BEFORE_HIGH = re.compile(r" (?=[:;?!»])|(?<=«) ")


class _Token(NamedTuple):
    """``kind``: "text", "open", "close" (of a tag) or "quote"; ``name`` the tag, or what may become of a quote."""

    kind: str
    text: str
    name: str = ""


class _Open(NamedTuple):
    """A tag or quotation mark that waits for its end, and where its content began."""

    token: _Token
    content: list[Part]


class Quoted(NamedTuple):
    """Text between a pair of quotation marks, as they were typed."""

    pair: str
    parts: tuple[Part, ...]


class Styled(NamedTuple):
    """Text inside a tag."""

    form: Format
    parts: tuple[Part, ...]


Part = str | Quoted | Styled


def field_nodes(text: str, label: str = "") -> Node | None:
    """Give the nodes of a field's text; None for an empty one, be there markup or quotation marks round nothing.

    ``label`` is the variable that it came from.

    >>> field_nodes("plain"), field_nodes("<i></i>")
    (Leaf('plain', ''), None)
    """
    if not text:
        return None
    if not _RICH.search(text):
        return Leaf(text, label)
    text = _unbroken(text)
    nodes = _nodes(_parsed(text), label)
    return nodes[0] if len(nodes) == 1 else Branch(nodes) if nodes else None


def _unbroken(text: str) -> str:
    """Keep high punctuation with the word before it, where a blank was typed between them as in French.

    >>> _unbroken("Le capital social : notes")
    'Le capital social\u202f: notes'
    """
    return _BEFORE_HIGH.sub("\u202f", text)


def is_hollow(text: str) -> bool:
    """Say whether a field holds nothing but blanks, or markup and quotation marks round nothing."""
    bare = text.strip()
    return not bare or (bare[0] in _HOLLOW and not any(leaf.text.strip() for leaf in leaves(field_nodes(bare))))


def _nodes(parts: Sequence[Part], label: str) -> list[Node]:
    return [node for part in parts if (node := _node(part, label)) is not None]


def _node(part: Part, label: str) -> Node | None:
    if isinstance(part, str):
        return Leaf(part, label)
    children = _nodes(part.parts, label)
    if not children:
        return None
    return Branch(children, form=part.form) if isinstance(part, Styled) else Branch(children, quotes=part.pair)


@lru_cache(maxsize=16_384)
def _parsed(text: str) -> tuple[Part, ...]:
    tokens = _tokens(text)
    stack: list[_Open] = [_Open(_Token("root", ""), [])]
    for place, token in enumerate(tokens):
        if token.kind == "text":
            stack[-1].content.append(token.text)
        elif token.kind == "open" and len(stack) <= _DEEPEST:
            stack.append(_Open(token, []))
        elif token.kind == "open":
            stack[-1].content.append(token.text)
        elif token.kind == "close":
            _close_tag(stack, token)
        else:
            _take_quote(stack, token, _before(tokens, place), _after(tokens, place))
    while len(stack) > 1:
        _give_up(stack)
    return tuple(_fused(stack[0].content))


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    spans: list[bool] = []
    for piece in _TOKEN.split(text):
        if piece in _CLOSERS or piece in _CLOSER:
            tokens.append(_Token("quote", piece))
        elif piece.startswith("<span") and _A_TAG.fullmatch(piece):
            name = next((name for pattern, name in _SPANS if pattern.search(piece)), "")
            spans.append(bool(name))
            tokens.append(_Token("open", piece, name) if name else _Token("text", piece))
        elif piece == "</span>":
            known = spans.pop() if spans else False
            tokens.append(_Token("close", piece, "span") if known else _Token("text", piece))
        elif piece.startswith("<") and _A_TAG.fullmatch(piece):
            name = piece.strip("</>")
            tokens.append(_Token("close" if piece[1] == "/" else "open", piece, name))
        elif piece:
            tokens.append(_Token("text", piece))
    return tokens


def _before(tokens: Sequence[_Token], place: int) -> str:
    for number in range(place - 1, -1, -1):
        if tokens[number].kind in ("text", "quote"):
            return tokens[number].text[-1]
    return ""


def _after(tokens: Sequence[_Token], place: int) -> str:
    for number in range(place + 1, len(tokens)):
        if tokens[number].kind in ("text", "quote"):
            return tokens[number].text[:3]
    return ""


def _close_tag(stack: list[_Open], token: _Token) -> None:
    names = ("sc", "nocase", "nodecor") if token.name == "span" else (token.name,)
    for back in range(len(stack) - 1, 0, -1):
        waiting = stack[back].token
        same = (
            waiting.kind == "open"
            and waiting.name in names
            and waiting.text.startswith("<span") == (token.name == "span")
        )
        if same:
            while len(stack) - 1 > back:
                _give_up(stack)
            done = stack.pop()
            stack[-1].content.append(Styled(_FORMS[waiting.name], tuple(_fused(done.content))))
            return
    stack[-1].content.append(token.text)


def _take_quote(stack: list[_Open], token: _Token, before: str, after: str) -> None:
    mark = token.text
    word_before, word_after = before.isalnum(), after[:1].isalnum()
    apostrophe = mark in "'’" and word_before and word_after
    closes = mark in _CLOSERS and not apostrophe and before and not before.isspace()
    if closes and not (word_after and mark in "\"'"):
        back = _opened(stack, mark)
        if back:
            _close_quote(stack, back, mark)
            return
    may_open = mark in _CLOSER and not word_before and after and not after[0].isspace() and before not in _NEVER_OPENS
    if may_open and len(stack) <= _DEEPEST and not (mark == "'" and _DECADE.match(after)):
        stack.append(_Open(token, []))
        return
    stack[-1].content.append("’" if mark == "'" else mark)


def _opened(stack: list[_Open], mark: str) -> int:
    """Give the place of the quotation that a mark closes, 0 where none is open inside the innermost tag."""
    for back in range(len(stack) - 1, 0, -1):
        waiting = stack[back].token
        if waiting.kind == "open":
            return 0
        if _CLOSER.get(waiting.text) == mark:
            return back
    return 0


def _close_quote(stack: list[_Open], back: int, mark: str) -> None:
    while len(stack) - 1 > back:
        _give_up(stack)
    done = stack.pop()
    stack[-1].content.append(Quoted(done.token.text + mark, tuple(_fused(done.content))))


def _give_up(stack: list[_Open]) -> None:
    """Take what was never closed for plain text."""
    left = stack.pop()
    text = "’" if left.token.text == "'" else left.token.text
    stack[-1].content.extend([text, *left.content])


def _fused(parts: Sequence[Part]) -> list[Part]:
    """Join neighbouring strings."""
    fused: list[Part] = []
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        if texts:
            fused.append("".join(texts))
        fused.append(part)
        texts = []
    return [*fused, "".join(texts)] if texts else fused
