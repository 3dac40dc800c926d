"""The words that decide whether titles are alike: opposites, generic titles, notices, notes, countries.

They are data, in ``vocabulary.toml`` beside this module; here they become sets and tables for quick look-up.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from alliancebib.matching.spelling import spelling

__all__ = ["Vocabulary", "vocabulary"]


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The tables, all in comparison form.

    Words that are looked up in the content of titles are in one spelling; ``generic`` and ``notices`` hold phrases that
    are only folded. ``notices`` maps a phrase to the kind of notice it announces, ``serial_pattern`` matches the
    beginning of the titles of columns and newsletters. ``lettered`` are words that a letter belongs to, ``silent``
    beginnings of a word that say nothing, ``substances`` endings by which substances are told apart, ``bodies`` the
    short names of bodies that their first letters do not give.
    """

    opposites: frozenset[frozenset[str]]
    beginnings: tuple[tuple[str, str], ...]
    negations: frozenset[str]
    generic: frozenset[str]
    notices: dict[str, str]
    note_pattern: re.Pattern[str]
    languages: frozenset[str]
    empty: frozenset[str]
    articles: frozenset[str]
    parts: frozenset[str]
    particles: frozenset[str]
    publishers: frozenset[str]
    countries: frozenset[str]
    serial_pattern: re.Pattern[str]
    lettered: frozenset[str]
    silent: frozenset[str]
    substances: frozenset[str]
    bodies: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """Read the tables once."""
    table = tomllib.loads(files("alliancebib.matching").joinpath("vocabulary.toml").read_text("utf-8"))
    words: dict[str, str] = table["words"]
    return Vocabulary(
        opposites=frozenset(frozenset(map(spelling, pair)) for pair in table["opposites"]),
        beginnings=tuple((first, second) for first, second in table["opposite_beginnings"]),
        negations=_spelled(table["negations"]),
        generic=frozenset(table["generic"]),
        notices={phrase: kind for kind, phrases in table["notices"].items() for phrase in phrases},
        languages=frozenset(table["notes"]["languages"].split()),
        note_pattern=_note_pattern(table["notes"]["words"], table["notes"]["languages"].split()),
        empty=_spelled(words["empty"].split()),
        articles=_spelled(words["articles"].split()),
        parts=_spelled(words["parts"].split()),
        particles=frozenset(words["particles"].split()),
        publishers=frozenset(words["publishers"].split()),
        countries=_spelled(table["countries"]["names"].split()),
        serial_pattern=re.compile(f"(?:{'|'.join(table['serials'])})"),
        lettered=_spelled(table["lettered"]),
        silent=frozenset(table["silent_beginnings"]),
        substances=frozenset(table["substances"]),
        bodies=table["bodies"],
    )


def _spelled(words: list[str]) -> frozenset[str]:
    """Give words as they stand in the comparison form of a title."""
    return frozenset(spelling(word) for word in words)


def _note_pattern(words: list[str], languages: list[str]) -> re.Pattern[str]:
    """Match the words inside a bracket that hold nothing but notes: ``33 refs``, ``Chinese``, ``see comment``."""
    piece = "|".join(sorted(map(re.escape, [*words, *languages, r"and"]), key=len, reverse=True))
    number = r"\d+"
    # What follows "appears in" or "comment in" is another work's place and may hold anything.
    open_end = (
        r"(?:(?:published )?(?:erratum|comment|retraction|correction|update)s? (?:appears )?(?:in|of|for)|original) .*"
    )
    return re.compile(rf"(?:(?:{piece}|{number})(?: |$))+|{open_end}")
