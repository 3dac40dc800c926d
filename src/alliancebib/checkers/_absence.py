"""Whether a line speaks of the absence of a page: "Page not found", "Страница удалена", "页面不存在".

A line of a title, a heading or a text comes in, its strength goes out. The line must be made up, to its last word, of
the vocabulary of one language (``not_found.toml``): words for the thing, phrases for its absence, and neutral words
around. So "The page you were looking for could not be found" counts, and "Not found in translation" does not. All ways
to read the line are followed side by side, position by position: the time is linear in its length.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from threading import Lock

import msgspec

__all__ = ["BARE", "CLEAR", "NONE", "WEAK", "folded", "strength"]

#: Not at all; maybe ("Missing"); by its absence alone ("Not found", "404"); with the thing or the code that is absent.
NONE, WEAK, BARE, CLEAR = range(4)

#: What a line was found to have so far; a set of these is one reading of it.
_THING, _ABSENT, _FAINT, _CODE, _NEUTRAL = 1, 2, 4, 8, 16
_KINDS = {"things": _THING, "absent": _ABSENT, "faint": _FAINT, "neutral": _NEUTRAL}

#: A longer line is no message.
_LONGEST, _MOST_TOKENS = 240, 90

#: Letters without a decomposition that are written with and without their marks, or in two ways.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ə": "e", "þ": "th", "ك": "ک", "ي": "ی",
     "ى": "ی", "ې": "ی", "ة": "ه", "ۀ": "ه", "\u200c": " ", "\u200d": "", "\u00ad": "", "\ufeff": ""}
)  # fmt: skip
#: Scripts written without blanks, or with endings that cling to the word (Korean): each character is a token.
_CLINGING = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CLINGING}]|\d+|[^\W\d_{_CLINGING}]+")
#: An address or the name of a file, as pages echo it.
_ADDRESS = re.compile(r"https?://\S+|(?<!\S)[\"'«“‘(\[]?/\S*|(?<!\S)\S{1,200}\.(?:html?|php|aspx?|jsp|shtml|pdf)\b\S*")
_CODES = frozenset({"404", "410"})
_ONCE = Lock()


class _Node(msgspec.Struct):
    """A place in the tree of phrases: next words, next beginnings of words, what a phrase that ends here is."""

    words: dict[str, _Node] = msgspec.field(default_factory=dict)
    stems: dict[str, _Node] = msgspec.field(default_factory=dict)
    kinds: set[int] = msgspec.field(default_factory=set)

    def after(self, token: str) -> Iterator[_Node]:
        """Give the places that a token leads to."""
        if token in self.words:
            yield self.words[token]
        if self.stems:
            for length in range(2, len(token) + 1):
                if token[:length] in self.stems:
                    yield self.stems[token[:length]]


class _Tables(msgspec.Struct):
    """The trees of the languages, and which of them have a phrase of absence that begins with a word or a stem."""

    trees: dict[str, _Node]
    starts: dict[str, set[str]]
    start_stems: dict[str, set[str]]


def strength(line: str) -> int:
    """Say how strongly a line speaks of the absence of a page: `NONE`, `WEAK`, `BARE` or `CLEAR`.

    >>> strength("Sorry, the page you were looking for could not be found"), strength("Nothing found")
    (3, 1)
    >>> strength("Not found"), strength("Lost and not found: a history of the army")
    (2, 0)
    """
    if not line or len(line) > _LONGEST:
        return NONE
    tokens = _TOKEN.findall(folded(_ADDRESS.sub(" ", line)))
    if not tokens or len(tokens) > _MOST_TOKENS:
        return NONE
    tables = _tables()
    readings = (_strength(_readings(tokens, tables.trees[language])) for language in _languages(tokens, tables))
    return max(readings, default=NONE)


def folded(text: str) -> str:
    """Give a text without capitals and marks, each letter in one form.

    >>> folded("Séance ЁЛКА no’s")
    "seance елка no's"
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(letter for letter in apart if unicodedata.category(letter) not in {"Mn", "Mc"})
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


def _languages(tokens: Sequence[str], tables: _Tables) -> Iterable[str]:
    """Give the languages in which the line may speak of absence; a code speaks in all."""
    if not _CODES.isdisjoint(tokens):
        return tables.trees
    found: set[str] = set()
    for token in tokens:
        found |= tables.starts.get(token, set())
        for length in range(2, len(token) + 1):
            found |= tables.start_stems.get(token[:length], set())
    return found


def _readings(tokens: Sequence[str], tree: _Node) -> set[int]:
    """Give what each reading of the whole line has; an empty set where a word is left over in all of them."""
    reached: list[set[int]] = [set() for _ in range(len(tokens) + 1)]
    reached[0].add(0)
    for place, states in enumerate(reached[:-1]):
        if not states:
            continue
        for end, kind in _phrases(tokens, place, tree):
            reached[end].update(_added(state, kind) for state in states)
    return reached[-1]


def _phrases(tokens: Sequence[str], place: int, tree: _Node) -> Iterator[tuple[int, int]]:
    token = tokens[place]
    if token in _CODES:
        yield place + 1, _CODE
    elif token.isdecimal() and len(token) < 3:
        yield place + 1, 0
    nodes = [tree]
    while nodes and place < len(tokens):
        nodes = [after for node in nodes for after in node.after(tokens[place])]
        place += 1
        yield from ((place, kind) for node in nodes for kind in node.kinds)


def _added(state: int, kind: int) -> int:
    # "Missing page" may be the title of a book; "Page missing" is a message.
    return state | (_ABSENT if kind == _FAINT and state & _THING else kind)


def _strength(states: set[int]) -> int:
    best = NONE
    for state in states:
        absent = state & _ABSENT or (state & _CODE and state & _FAINT)
        if absent and state & (_THING | _CODE):
            return CLEAR
        if absent or state == _CODE:
            best = BARE
        elif state & _FAINT or state == _CODE | _THING:
            best = max(best, WEAK)
    return best


def _tables() -> _Tables:
    with _ONCE:  # threads begin together, and each would read them
        return _read_tables()


@cache
def _read_tables() -> _Tables:
    """Read the vocabularies: phrases between commas, a star for any ending of a word."""
    table = tomllib.loads(files("alliancebib.checkers").joinpath("not_found.toml").read_text("utf-8"))
    everywhere = table.pop("everywhere")
    tables = _Tables({}, defaultdict(set), defaultdict(set))
    for language, kinds in table.items():
        tree = tables.trees[language] = _Node()
        for phrase in _split(everywhere["fillers"]):
            _plant(tree, phrase, 0)
        for kind, phrases in kinds.items():
            for phrase in _split(phrases):
                _plant(tree, phrase, _KINDS[kind])
                if kind in {"absent", "faint"}:
                    starts = tables.start_stems if phrase[0].endswith("*") else tables.starts
                    starts[phrase[0].rstrip("*")].add(language)
    return tables


def _split(phrases: str) -> Iterator[list[str]]:
    for phrase in phrases.split(","):
        pieces: list[str] = []
        for word in phrase.split():
            pieces += _TOKEN.findall(folded(word.removesuffix("*")))
            if word.endswith("*"):
                pieces[-1] += "*"
        if pieces:
            yield pieces


def _plant(tree: _Node, phrase: Sequence[str], kind: int) -> None:
    node = tree
    for piece in phrase:
        branch = node.stems if piece.endswith("*") else node.words
        node = branch.setdefault(piece.rstrip("*"), _Node())
    node.kinds.add(kind)
