r"""Commands that cite, as ``\cite[see][3]{a}`` and ``\parencites(see)(){a}{b}``, in any TeX source.

A source comes in; where in it the keys stand goes out, so that they can be replaced. The commands are those whose names
have "cite" in them: LaTeX's, natbib's, and biblatex's (section 3.9 of its manual), those of csquotes that quote with a
citation (section 5 of its manual), and a few of bibentry and biblatex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

__all__ = ["cited_keys"]

_COMMAND = re.compile(
    r"\\begin\s*+\{((?:foreign|hyphen)?displaycquote)\*?+\}|\\([a-z]++)\*?+",
    re.IGNORECASE,
)
_WORDS = re.compile(r"cite|cquote|bibentry", re.IGNORECASE)
#: What else cites: ``\textcquote[3]{key}{text}``, ``\foreignblockcquote{language}{key}``, ``\defbibentryset{set}{a}``.
_OTHERS = re.compile(r"\w*cquotes?|bibentry|defbibentryset")
#: Of these the keys are the second argument.
_SECOND = re.compile(r"(?:foreign|hyphen|hybrid)\w*cquote|defbibentryset")
#: Commands that take any number of works, and two notes on all of them in parentheses.
_MULTICITE = re.compile(r"cite(?:text)?s$", re.IGNORECASE)
_MARKS = re.compile(r"[][{}()]")
_BLANKS = re.compile(r"\s*+")
#: Slides for which a command of beamer is meant.
_SLIDES = re.compile(r"<[^<>{}\\]*+>")
_KEYS = re.compile(r"\{([^{}\\]++)\}")


def cited_keys(source: str) -> list[tuple[int, int]]:
    r"""Give where the keys of each argument begin and end, in the order of the source.

    >>> source = r"\cites(see)()[p.~[2]]{a}{b, c} and \cited{a}[\cite{d}]"
    >>> [source[start:end] for start, end in cited_keys(source)]
    ['a', 'b, c', 'a', 'd']
    """
    if not _WORDS.search(source):
        return []
    ends = _ends(source)
    commands = ((match.end(), (match[1] or match[2]).lower()) for match in _COMMAND.finditer(source))
    arguments = (
        _arguments(source, place, name, ends) for place, name in commands if "cite" in name or _OTHERS.fullmatch(name)
    )
    return sorted({keys for found in arguments for keys in found})  # a note may cite as well


def _ends(source: str) -> Mapping[int, int]:
    """Give the place behind each bracket's partner, all in one pass; braces hide the brackets in them."""
    ends: dict[int, int] = {}
    braces: list[int] = []
    levels: list[dict[str, list[int]]] = [{"]": [], ")": []}]
    for match in _MARKS.finditer(source):
        mark, place = match[0], match.start()
        if mark == "{":
            braces.append(place)
            levels.append({"]": [], ")": []})
        elif mark == "}":
            if braces:
                ends[braces.pop()] = place + 1
                levels.pop()
        elif mark in "[(":
            levels[-1]["]" if mark == "[" else ")"].append(place)
        elif opened := levels[-1][mark]:
            ends[opened.pop()] = place + 1
    return ends


def _arguments(source: str, place: int, name: str, ends: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Give where the keys stand among the arguments that begin at a place."""
    many, notes = bool(_MULTICITE.search(name)), "<[("
    by_volume = "volcite" in name  # the number of a volume stands before each key
    volume = by_volume or bool(_SECOND.fullmatch(name))
    while True:
        place = _behind_notes(source, place, notes if many else "<[", ends)
        if volume and source[place : place + 1] == "{" and place in ends:
            place, volume = ends[place], False
            continue
        keys = _KEYS.match(source, place)
        if keys is None:
            return
        yield keys.span(1)
        if not many:
            return
        place, notes, volume = keys.end(), "[", by_volume


def _behind_notes(source: str, place: int, openings: str, ends: Mapping[int, int]) -> int:
    """Give the place behind blanks and notes in brackets; a bracket without partner is none."""
    while True:
        blanks = _BLANKS.match(source, place)
        place = blanks.end() if blanks else place
        mark = source[place : place + 1]
        if not mark or mark not in openings:
            return place
        slides = _SLIDES.match(source, place) if mark == "<" else None
        end = slides.end() if slides else ends.get(place)
        if end is None:
            return place
        place = end
