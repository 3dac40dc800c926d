r"""Titles and the case of their letters: what is in braces in a title is in CSL's span "nocase", both ways.

`encode_title` puts braces around what styles that lower-case titles must leave alone, by a rule of its own and where a
span says so; `cased_title` reads a title with a span wherever the rule would not give the braces that are there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files

from alliancebib.bibtex.cased import decode_cased
from alliancebib.bibtex.commands import NOCASE
from alliancebib.bibtex.sources import inside_of_whole
from alliancebib.bibtex.tex import SPECIAL, TO_ENCODE, encode

__all__ = ["cased_title", "encode_title"]

_PROPER_NOUNS = frozenset(
    tomllib.loads(files("alliancebib.bibtex").joinpath("proper_nouns.toml").read_text("utf-8"))["words"].split()
)
#: A word whose capitals a style may not lower: hyphens divide words, full stops and apostrophes between letters do not.
_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*\.?")
#: What stands before the first word of a title or of its second half.
_OPENING = re.compile(r"[:.?!]\W*\Z")

#: A word of plain capitals.
_ACRONYM = re.compile("[A-Z]{2,}")
_UNMARKED = re.compile(rb"\x00+")

#: A span "nocase" with text alone in it.
_SPAN = re.compile(f"{re.escape(NOCASE[0])}([^<>]*){re.escape(NOCASE[1])}")

#: Characters from one place to before another.
_Range = tuple[int, int]


def encode_title(text: str, *, language: str = "") -> str:
    """Encode a title, and put braces around what styles that lower-case titles must leave alone.

    Acronyms, mixed case and the names of places and peoples always. Other capitals only where they mean something: in
    a language that does not write titles in capitals, and in an English title most of whose words are small. What a
    span "nocase" marks always.

    >>> encode_title("Putin says CSTO bloc is needed by members")
    'Putin says {CSTO} bloc is needed by members'
    >>> encode_title("Why members of the bloc came to Moscow in winter")
    'Why members of the bloc came to {Moscow} in winter'
    """
    plain, kept = _without_spans(text)
    ruled = _protected(plain, language)
    if kept:
        marks = _marks(len(plain), ruled)
        kept = [place for place in kept if not _covered(plain, place, marks)]
        ruled = sorted([*kept, *_outside(ruled, _marks(len(plain), kept))])
    pieces: list[str] = []
    end = 0
    for start, stop in ruled:
        pieces += [encode(plain[end:start]), "{", encode(plain[start:stop]), "}"]
        end = stop
    return "".join(pieces) + encode(plain[end:])


def cased_title(source: str, *, language: str = "") -> str:
    """Decode a title, with spans "nocase" for the braces that `encode_title` would not set by itself.

    No span encloses a whole title: that says nothing of its words.

    >>> cased_title("The {NATO} bloc of the {Great War}")
    'The NATO bloc of the <span class="nocase">Great War</span>'
    """
    text = decode_cased(inside_of_whole(source) or source).strip()
    plain, kept = _without_spans(text)
    if not kept:
        return text
    if all(_is_acronym(plain, place) for place in kept):
        return plain
    marks = _marks(len(plain), _protected(plain, language))
    pieces: list[str] = []
    end = 0
    for start, stop in kept:
        whole = not plain[:start].strip() and not plain[stop:].strip()
        if not whole and not _covered(plain, (start, stop), marks):
            pieces += [plain[end:start], NOCASE[0], plain[start:stop], NOCASE[1]]
            end = stop
    return "".join([*pieces, plain[end:]])


def _is_acronym(text: str, place: _Range) -> bool:
    """Say whether a range is one word with capitals within: the rule protects it wherever it stands."""
    start, stop = place
    alone = _ACRONYM.fullmatch(text, start, stop) is not None and not text[stop : stop + 1].isalnum()
    return alone and not text[start - 1 : start].isalnum()


def _without_spans(text: str) -> tuple[str, list[_Range]]:
    """Take the spans "nocase" out of a text, but for those in other markup; give where their insides are now."""
    if "nocase" not in text:
        return text, []
    pieces: list[str] = []
    kept: list[_Range] = []
    end = length = 0
    plain = list(_SPAN.finditer(text))
    spans = ((match, match[1]) for match in plain)
    if text.count("<") != 2 * len(plain):
        spans = ((match, match["nocase"]) for match in SPECIAL.finditer(text))
    for match, inner in spans:
        if inner:
            before = text[end : match.start()]
            kept.append((length + len(before), length + len(before) + len(inner)))
            pieces += [before, inner]
            length, end = kept[-1][1], match.end()
    return "".join([*pieces, text[end:]]), kept


def _marks(length: int, ranges: Iterable[_Range]) -> bytearray:
    """Mark the places of a text that are in one of the ranges."""
    marks = bytearray(length)
    for start, stop in ranges:
        marks[start:stop] = b"\1" * (stop - start)
    return marks


def _covered(text: str, place: _Range, marks: bytearray) -> bool:
    """Say whether every letter of a range that has a case is marked."""
    return all(marks[number] or text[number].lower() == text[number].upper() for number in range(*place))


def _outside(ranges: Iterable[_Range], marks: bytearray) -> Iterator[_Range]:
    """Give what of the ranges is not marked."""
    for start, stop in ranges:
        yield from (piece.span() for piece in _UNMARKED.finditer(marks, start, stop))


def _protected(text: str, language: str) -> list[_Range]:
    """Give the words that are protected by rule."""
    special = SPECIAL.finditer(text) if TO_ENCODE.search(text) else ()
    fixed = [match.span() for match in special if not match["character"]]
    meaning: bool | None = None
    found: list[_Range] = []
    first = True
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        if word.islower() and not first:
            continue
        if "." in word and word.count(".") == 1:
            word = word.rstrip(".")
        while fixed and fixed[0][1] <= start:
            del fixed[0]
        if fixed and fixed[0][0] < start:  # tags and mathematics: LaTeX's own braces protect what is in them
            continue
        opens, first = first, False
        if word[1:] != word[1:].lower() and any(map(str.isupper, word[1:])):
            found.append((start, start + len(word)))
        elif word[0].isupper() and not opens and not _OPENING.search(text, max(0, start - 4), start):
            meaning = _capitals_mean_something(text, language) if meaning is None else meaning
            if meaning or _is_proper(word):
                found.append((start, start + len(word)))
    return found


def _is_proper(word: str) -> bool:
    return re.sub(r"['’]s?$", "", word) in _PROPER_NOUNS


def _capitals_mean_something(text: str, language: str) -> bool:
    if language and not language.lower().startswith("en"):
        return True
    later = [word for word in _WORD.findall(text)[1:] if len(word) > 3 and word[0].isalpha()]
    small: int = sum(word[0].islower() for word in later)
    return small * 2 > len(later)
