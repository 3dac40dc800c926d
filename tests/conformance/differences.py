"""What kind of difference lies between two printed forms of one item, and which small change would make them equal.

Two strings come in; a class of `CLASSES` or aligned changes with values of the item masked (``{title}``, ``{author}``)
go out, so that one fault of a processor looks the same in all styles and items and can be counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

#: From the harmless to the grave; "label" is the number before an entry, where only the order of entries differs.
CLASSES = ("quotes", "space", "case", "punctuation", "case and punctuation", "label", "words moved", "words", "missing",
           "too many", "error")  # fmt: skip
QUOTES = re.compile(r"[\"'«»‘’‚‛“”„‟‹›「」『』《》〈〉`´]")
SPACE = re.compile(r"\s+")
NO_WORD = re.compile(r"[\W_]+")
LABEL = re.compile(r"^\W*\d+\W*")
TOKEN = re.compile(r"\d+|[^\W\d]+|\s|[^\w\s]")
#: Signs for space that would not be seen: a new line, a no-break space, a narrow one, a zero-width one.
SEEN = str.maketrans({"\n": "⏎", "\u00a0": "⍽", "\u202f": "⎵", "\u200b": "∅", "\u2011": "‑(no-break)"})
#: Fields whose value is a word of the style's language more often than one of the item.
NOT_MASKED = ("id", "type", "language")
#: Longer changes say less the longer they are.
LONGEST = 90


class Change(NamedTuple):
    """One place where two texts differ: what stands before it in both, ours, theirs, what stands after it."""

    before: str
    ours: str
    theirs: str
    after: str

    def __str__(self) -> str:
        ours, theirs = (self.before + text + self.after for text in (self.ours, self.theirs))
        return f"{_shown(ours)} -> {_shown(theirs)}"


def classify(ours: str, theirs: str, *, same_order: bool = True) -> str:
    """Give the class of a difference, or "" where there is none."""
    if ours == theirs:
        return ""
    if not ours or not theirs:
        return "too many" if ours else "missing"
    if not same_order and LABEL.sub("", ours) == LABEL.sub("", theirs):
        return "label"
    for name, first, second in _reductions(ours, theirs):
        if first == second:
            return name
    return "words"


def changes(ours: str, theirs: str, item: dict[str, Any]) -> list[Change]:
    """Align two texts word by word and give what differs, with the values of the item masked."""
    first, second = TOKEN.findall(ours), TOKEN.findall(theirs)
    mask = _Mask(item)
    found = []
    for a, b, c, d in _spans(first, second):
        before = _context(first[a - 1]) if a else "^"
        after = _context(first[b]) if b < len(first) else "$"
        found.append(Change(before, mask("".join(first[a:b])), mask("".join(second[c:d])), after))
    return found


def _reductions(ours: str, theirs: str) -> Iterator[tuple[str, Any, Any]]:
    yield "quotes", QUOTES.sub("", ours), QUOTES.sub("", theirs)
    yield "space", SPACE.sub("", ours), SPACE.sub("", theirs)
    yield "case", ours.casefold(), theirs.casefold()
    yield "punctuation", NO_WORD.sub("", ours), NO_WORD.sub("", theirs)
    yield "case and punctuation", NO_WORD.sub("", ours).casefold(), NO_WORD.sub("", theirs).casefold()
    yield "words moved", _words(ours), _words(theirs)


def _words(text: str) -> list[str]:
    return sorted(word for word in NO_WORD.split(text.casefold()) if word)


def _spans(first: list[str], second: list[str]) -> list[tuple[int, int, int, int]]:
    """Give the differing spans; those that only a space or a mark parts are one."""
    spans: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if spans and a - spans[-1][1] <= 1:
            start, _, start_theirs, _ = spans.pop()
            spans.append((start, b, start_theirs, d))
        else:
            spans.append((a, b, c, d))
    return spans


def _context(token: str) -> str:
    return "…" if token[0].isalnum() else token


def _shown(text: str) -> str:
    shown = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return f"`{shown.translate(SEEN)}`"


class _Mask:
    """Puts the names of an item's fields for their values, the longest first."""

    def __init__(self, item: dict[str, Any]) -> None:
        values = {text: name for name, value in item.items() if name not in NOT_MASKED for text in _texts(value)}
        self._values = {text.casefold(): name for text, name in values.items() if len(text) > 1 or text.isdigit()}
        longest = sorted(self._values, key=len, reverse=True)
        found = "|".join(re.escape(text) for text in longest)
        self._pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE) if found else None

    def __call__(self, text: str) -> str:
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: f"{{{self._values.get(match[0].casefold(), '?')}}}", text)


def _texts(value: object) -> Iterator[str]:
    """Give the texts of a field: a name's and a date's parts, numbers as they are printed, markup left out."""
    if isinstance(value, str):
        yield re.sub(r"<[^>]+>", "", value)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
