"""The words by which pages say what stands where, from ``words.toml``: headings, contents, furniture, by-lines.

A word or a line comes in, a yes or a kind goes out; nothing here looks at more than one line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

__all__ = [
    "HeadingWords",
    "begins_with",
    "heading_words",
    "is_auxiliary",
    "is_note",
    "is_one_of",
    "is_stopword",
    "is_verb",
    "phrases",
    "plain",
    "words_of",
]

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|&")
#: The parts of a heading: "Scientific Literature - Research Papers".
_PARTS = re.compile(r"\s[-–—|/]\s|[:;,()]")


class HeadingWords(msgspec.Struct, frozen=True):
    """What the words of a heading say: what it ``expects``, whether ``nothing_else``, or that it names a ``part``."""

    expects: str = ""
    nothing_else: bool = False
    part: bool = False


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("alliancebib.outline").joinpath("words.toml").read_text("utf-8"))


class _Vocabulary:
    """Words and beginnings of words (those with a star), and stretches for scripts without blanks."""

    def __init__(self, words: str, within: str = "") -> None:
        entries = words.split()
        self.words = frozenset(word for word in entries if not word.endswith("*"))
        self.stems = tuple(word[:-1] for word in entries if word.endswith("*"))
        self.within = tuple(within.split())

    def __contains__(self, word: object) -> bool:
        assert isinstance(word, str)
        return (
            word in self.words
            or (bool(self.stems) and word.startswith(self.stems))
            or any(stretch in word for stretch in self.within)
        )


@cache
def _vocabulary(table: str, name: str) -> _Vocabulary:
    tables = _tables()[table]
    return _Vocabulary(tables[name], tables.get(f"within_{name}", ""))


@cache
def phrases(table: str, name: str) -> frozenset[str]:
    """Give the phrases of a table, lower-case."""
    return frozenset(" ".join(phrase.split()) for phrase in _tables()[table][name].split("|"))


@cache
def _starts(table: str, name: str) -> re.Pattern[str]:
    longest_first = sorted(phrases(table, name), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """Give the words of a text, lower-case; hyphens and apostrophes inside a word stay."""
    return [word.casefold().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text)]


def plain(text: str) -> str:
    """Give the words of a text with single blanks: the form in which lines are compared.

    >>> plain("NATO – North Atlantic Treaty  Organization.") == plain("NATO - North Atlantic Treaty Organization")
    True
    """
    return " ".join(words_of(text))


def is_one_of(text: str, table: str, name: str) -> bool:
    """Say whether a whole text is one of the phrases of a table, whatever its capitals and marks at the ends."""
    phrase = " ".join(text.split()).strip(" .:!?»«›‹>→←↑|·•-–—[]()").casefold()
    return phrase in phrases(table, name)


def begins_with(text: str, table: str, name: str) -> int:
    """Give the length of the phrase of a table with which a text begins; 0 where there is none."""
    match = _starts(table, name).match(text)
    return match.end() if match else 0


def is_stopword(word: str) -> bool:
    """Say whether a word is one of the small words that headings keep small."""
    return word.casefold() in _vocabulary("beside", "stopwords")


def is_verb(word: str) -> bool:
    """Say whether a word is a verb as English headlines have them."""
    return word.casefold() in _vocabulary("parts", "verbs")


def is_auxiliary(word: str) -> bool:
    """Say whether a word is a verb that sentences have and titles seldom: "is", "wurde", "ont"."""
    return word.casefold() in _vocabulary("parts", "auxiliaries")


def is_note(text: str) -> bool:
    """Say whether the text of a bracket is a remark on the form of the target ("Translated", "in Russian")."""
    return is_one_of(text, "notes", "phrases") or (len(text) <= 60 and begins_with(text, "notes", "starts") > 0)


def heading_words(text: str, topic: Iterable[str] = ()) -> HeadingWords:
    """Judge the words of a heading; ``topic`` are the words of the page's title, which say nothing of their own.

    >>> heading_words("From Scientific Literature - Research Papers and Research Books").expects
    'literature'
    >>> heading_words("Pressestimmen zur NATO", ["nato"])
    HeadingWords(expects='news', nothing_else=True, part=False)
    >>> heading_words("Russian media praise the drills").nothing_else
    False
    """
    own = frozenset(topic)
    stop, beside = _vocabulary("beside", "stopwords"), _vocabulary("beside", "adjectives")
    content = [word for word in words_of(text) if word not in stop and not word.isdigit() and word not in own]
    if not content or len(content) > 14:
        return HeadingWords()
    kinds = [_kind_of(word) for word in content]
    expects = _decided([kind for kind in kinds if kind]) if _leads(text, own) else ""
    known = [bool(kind) or word in beside for word, kind in zip(content, kinds, strict=True)]
    nothing_else = bool(expects) and all(known)
    nouns = _vocabulary("parts", "nouns")
    part = not expects and any(word in nouns for word in (*content[:2], content[-1]))
    return HeadingWords(expects, nothing_else, part)


def _kind_of(word: str) -> str:
    """Give the kind that a word announces, with a question mark where it is weak."""
    for kind in ("news", "literature", "web"):
        if word in _vocabulary("expects", kind):
            return kind
    for kind in ("news", "literature", "web"):
        if word in _vocabulary("expects", f"weak_{kind}"):
            return f"{kind}?"
    return ""


def _decided(kinds: list[str]) -> str:
    strong = [kind for kind in kinds if not kind.endswith("?")]
    return (strong or kinds or [""])[0].rstrip("?")


def _leads(text: str, topic: frozenset[str]) -> bool:
    """Say whether a telling word stands where it names the section: first or last in one of the heading's parts."""
    stop, beside = _vocabulary("beside", "stopwords"), _vocabulary("beside", "adjectives")
    for part in _PARTS.split(text):
        content = [word for word in words_of(part) if word not in stop and not word.isdigit() and word not in topic]
        while len(content) > 1 and content[0] in beside and not _kind_of(content[0]):
            content = content[1:]
        if content and (_kind_of(content[0]) or _kind_of(content[-1])):
            return True
    return False
