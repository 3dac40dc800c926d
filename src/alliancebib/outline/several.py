"""Several references in one paragraph: a page comes in, and goes out with a line for each.

A paragraph is parted only where the evidence is strong: numbers that count up from its beginning, or names with
initials and a year behind a sentence end, and each part must be a reference by itself. What is doubtful stays whole.
A paragraph of nothing but linked titles is parted at its links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from alliancebib.outline.signs import TOO_LONG, looks_like_reference
from alliancebib.page import Line, Link, Page

__all__ = ["parted", "with_entries_apart"]

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐΑ-ΩԱ-Ֆ"
_NAME = rf"[{_UPPER}](?:[^\W\d_]|['’-]){{1,40}}+"
#: What a family name of two words does not begin with: "In Jones, K. (2011)".
_NO_NAME = r"(?!(?:In|See|The|An?|On|At|By|From|And|Also|With|Im|Dans|En|Nel|В|См)\s)"
_FAMILY = rf"{_NO_NAME}(?:(?:[Vv][oa]n|[Dd]e[rn]?|[Dd]i|[Dd]a|[Ll]a|[Tt]en?)\s){{0,2}}{_NAME}(?:\s{_NAME}){{0,2}}"
_PERSON = rf"{_FAMILY},\s(?:[{_UPPER}]\.[\s-]?){{1,4}}+"
_PERSONS = rf"{_PERSON}(?:,?\s?(?:\.\.\.|…)?\s?(?:(?:&|and|und|y|et|и)\s)?{_PERSON}){{0,20}}+(?:,?\s?et\sal\.)?"
_YEAR = r"(?:18|19|20)\d\d[a-z]?"
#: Names and a year, as APA and Harvard begin a reference.
_BEGINNING = re.compile(
    rf"(?<!\S){_PERSONS},?\s?(?:\((?:Eds?|Hrsg)\.?\)[.,]?\s?)?"
    rf"(?:\((?:{_YEAR}(?:,\s[^()]{{1,30}})?|n\.\s?d\.|in\spress|forthcoming)\)|{_YEAR}\.\s)"
)
_NUMBERED = re.compile(r"(?<!\S)(?P<open>[\[(]?)(?P<number>\d{1,3})(?P<close>\.|\)|\])\s?(?=[^\W\d_]|[\"“„«])")
_ANY_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)|https?://|\b10\.\d{4,9}/")
#: What may stand before the next reference.
_ENDS = tuple('.;!?)]»”"')
_SHORTEST = 25
#: Titles that are linked have so many words; links of a menu have fewer.
_TITLE_WORDS = 4
_BETWEEN_LINKS = re.compile(r"[\s|·•;,/–—-]*")


def with_entries_apart(page: Page) -> Page:
    """Part the lines that hold several references; headings and what has a role already stay."""
    lines = tuple(part for line in page.lines for part in parted(line))
    return page if len(lines) == len(page.lines) else replace(page, lines=lines)


def parted(line: Line) -> tuple[Line, ...]:
    """Give the lines that a line holds: itself, or one for each reference.

    >>> text = "Doe, J. (2010). One. Peace, 1(2), 2-3. Roe, M. (2011). Two. Survival, 4(5), 5-6."
    >>> [(part.column, part.text) for part in parted(Line(number=1, text=text))]
    [(1, 'Doe, J. (2010). One. Peace, 1(2), 2-3.'), (40, 'Roe, M. (2011). Two. Survival, 4(5), 5-6.')]
    """
    text = line.text
    if line.level or line.role is not None or len(text) < 2 * _SHORTEST or len(text) > TOO_LONG:
        return (line,)
    spans = _numbered(text) or _named(text) or _linked(line)
    return tuple(_parts(line, spans)) if len(spans) > 1 else (line,)


def _numbered(text: str) -> list[tuple[int, int]]:
    """Find references with numbers that count up from the first character on."""
    marks: list[re.Match[str]] = []
    for match in _NUMBERED.finditer(text):
        if match["open"] + match["close"] not in (".", ")", "[]", "()"):
            continue
        if not marks:
            if match.start():
                return []
            marks.append(match)
        elif (
            int(match["number"]) == int(marks[-1]["number"]) + 1
            and (match["open"], match["close"]) == (marks[0]["open"], marks[0]["close"])
            and (match["open"] == "[" or _may_end(text, match.start()))
        ):
            marks.append(match)
    if len(marks) < 2:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    spans = [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    pieces = [text[start:end] for start, end in spans]
    shaped = sum(looks_like_reference(piece.strip()) for piece in pieces)
    sure = all(len(piece) >= _SHORTEST and _ANY_YEAR.search(piece) for piece in pieces) and shaped * 2 >= len(pieces)
    return spans if sure else []


def _named(text: str) -> list[tuple[int, int]]:
    """Find references that begin with names and a year, the first of them at the first character."""
    starts = [
        match.start() for match in _BEGINNING.finditer(text) if not match.start() or _may_end(text, match.start())
    ]
    if len(starts) < 2 or starts[0]:
        return []
    spans = list(zip(starts, [*starts[1:], len(text)], strict=True))
    return spans if all(_is_whole(text[start:end].strip(" ;")) for start, end in spans) else []


def _may_end(text: str, place: int) -> bool:
    """Say whether a reference may end before a place: behind a mark, a number or an address."""
    before = text[max(place - 500, 0) : place].rstrip()
    last = before.rpartition(" ")[2]
    return before.endswith(_ENDS) or before[-1:].isdigit() or last.startswith(("http://", "https://"))


def _is_whole(piece: str) -> bool:
    """Say whether a piece is a reference with something behind its year."""
    match = _BEGINNING.match(piece)
    return match is not None and len(piece) - match.end() >= 8 and len(piece) >= _SHORTEST


def _linked(line: Line) -> list[tuple[int, int]]:
    """Find linked titles where the line is made of nothing else."""
    links = sorted(line.links, key=lambda link: link.start)
    if len(links) < 2 or len({link.url for link in links}) < len(links):
        return []
    ends = [0, *(link.end for link in links)]
    between = [line.text[end : link.start] for end, link in zip(ends, links, strict=False)]
    if not all(map(_BETWEEN_LINKS.fullmatch, [*between, line.text[ends[-1] :]])):
        return []
    spans = [(link.start, link.end) for link in links]
    return spans if all(len(line.text[start:end].split()) >= _TITLE_WORDS for start, end in spans) else []


def _parts(line: Line, spans: list[tuple[int, int]]) -> Iterator[Line]:
    places = _places(line, [start for start, _ in spans])
    for (start, end), (at, until) in zip(spans, places, strict=True):
        piece = line.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        text = piece.strip().rstrip(";").rstrip()
        first = start + lead
        links = tuple(
            Link(link.url, max(link.start - first, 0), min(link.end - first, len(text)))
            for link in line.links
            if link.start < first + len(text) and link.end > first
        )
        number, column, source = line.number, line.column + first, ""
        if line.source:
            number = line.number + line.source.count("\n", 0, at)
            column = at - line.source.rfind("\n", 0, at) + (line.column - 1 if number == line.number else 0)
            source = line.source[at:until].rstrip()
        yield replace(line, number=number, column=column, text=text, links=links, source=source)


def _places(line: Line, starts: list[int]) -> list[tuple[int, int]]:
    """Give begin and end of each part in the source of a line that was wrapped: letters are counted, not blanks.

    Hyphens at the ends of rows may be gone, so that only letters and digits count.
    """
    if not line.source:
        return [(0, 0)] * len(starts)
    wanted = [sum(letter.isalnum() for letter in line.text[:start]) for start in starts]
    found: list[int] = []
    seen = 0
    for place, letter in enumerate(line.source):
        if len(found) < len(wanted) and seen == wanted[len(found)] and letter.isalnum():
            found.append(place)
        seen += letter.isalnum()
    found += [len(line.source)] * (len(wanted) - len(found))
    return list(zip(found, [*found[1:], len(line.source)], strict=True))
