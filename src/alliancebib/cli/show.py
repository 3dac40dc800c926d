"""Entries shown to a person: each line with what its characters were taken for, how sure that is, and who says so.

References come in; styled rows of a terminal go out. Colours only repeat what the names below the text say, so that
the same rows can be read in a pipe, under ``NO_COLOR`` and by those who cannot tell the colours apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from alliancebib.cli.cases import FIELDS, written
from alliancebib.cli.layout import (
    LEFTOVER,
    NARROWEST,
    Cell,
    Piece,
    pieces_of,
    rows_of,
    runs_from_right,
    visible,
    wrapped,
)
from alliancebib.model import PartialDate, Reference

__all__ = ["CONFIDENCE", "GROUPS", "confidence_in_words", "shown", "style_of", "tally"]

#: From this confidence on, this word. Below 0.5 an entry is a finding (AB101, uncertain-parse): that is "doubtful".
CONFIDENCE = ((0.9, "certain"), (0.5, "likely"), (0.01, "doubtful"), (0.0, "unknown"))

#: Style -> its fields. The colours are those that Okabe and Ito chose to be told apart with every kind of colour vision
#: (https://jfly.uni-koeln.de/color/), used as by a marker: letter and ground are both set, so that it does not matter
#: whether the terminal is dark or light. Each pair has a contrast of 4.5 or more (WCAG 2.2, 1.4.3).
GROUPS = {
    "#000000 on #e69f00": "author editor translator".split(),
    "#000000 on #f0e442": "issued accessed".split(),
    "#000000 on #56b4e9": "title link_title".split(),
    "#000000 on #009e73": "container_title collection_title".split(),
    "#000000 on #cc79a7": "volume issue page number number_of_pages edition".split(),
    "#000000 on #d55e00": "publisher publisher_place".split(),
    "#000000 on #bbbbbb": "doi isbn issn url archive_url".split(),
    "#ffffff on #0072b2": "genre language abstract note".split(),
}
#: Below this an entry needs a look; it is what AB101 tells.
_LOOK = 0.5
_OTHER = "#ffffff on #0072b2"
_STYLES = {field: style for style, fields in GROUPS.items() for field in fields}

#: Fields whose values are not the characters of the line.
_READ = ("author", "editor", "translator", "issued", "accessed")
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_MARKS = " .,;:()[]"
_INDENT = "  "
#: Columns of the names of remarks.
_REMARK = 11


def style_of(field: str) -> str:
    """Give the style of a field's characters; what no field explains is underlined and has no colour."""
    return "bold underline" if field == LEFTOVER else _STYLES.get(field, _OTHER)


def confidence_in_words(confidence: float) -> str:
    """Give a confidence as a word and a number.

    >>> [confidence_in_words(number) for number in (0.97, 0.8, 0.45, 0.0)]
    ['certain 0.97', 'likely 0.80', 'doubtful 0.45', 'unknown 0.00']
    """
    number = round(confidence, 2)
    return f"{_word(number)} {number:.2f}"


def _word(number: float) -> str:
    return next((word for least, word in CONFIDENCE if number >= least), CONFIDENCE[-1][1])


def tally(references: Iterable[Reference]) -> str:
    """Count entries by how sure they are, and those of which something is left over."""
    references = tuple(references)
    words = Counter(_word(round(reference.confidence, 2)) for reference in references)
    left = sum(bool(reference.leftover) for reference in references)
    parts = [f"{words[word]} {word}" for _, word in CONFIDENCE if words[word]]
    return f"Confidence: {', '.join(parts)}. {f'In {left} something' if left else 'Nothing'} is left over."


def shown(
    references: Iterable[Reference], console: Console, *, paths: Mapping[str, str] | None = None
) -> Iterator[Text]:
    """Give the rows of all entries: a legend, and each entry below the title of its section.

    ``paths`` are the pages' names as a person finds them. The console says how wide and in which encoding.
    """
    references, paths = tuple(references), paths or {}
    width = max(console.width, NARROWEST) - len(_INDENT)
    mark = "─" if console.encoding.startswith("utf") else "-"
    if references:
        yield from _legend(references, width, coloured=console.color_system is not None and not console.no_color)
    section = ("", "")
    for reference in references:
        origin = reference.origin
        if (origin.page, origin.section) != section:
            section = (origin.page, origin.section)
            if origin.section:
                yield Text()
                yield from (Text(row, "bold") for row in wrapped(f"== {visible(origin.section)} ==", width))
        yield Text()
        yield from _entry(reference, paths.get(origin.page, origin.page), width, mark)


def _legend(references: Iterable[Reference], width: int, *, coloured: bool) -> Iterator[Text]:
    sure = ", ".join(f"{word} from {least:.2f}" for least, word in CONFIDENCE[:-1])
    cut = any(reference.spans for reference in references)
    below = "Below each part of a line: the field that it became, or leftover~~~ if none. " if cut else ""
    text = f"{below}Confidence: {sure}, else {CONFIDENCE[-1][1]}."
    yield from (Text(row) for row in wrapped(text, width))
    if coloured:
        used = {span.field for reference in references for span in reference.spans} or set(_STYLES)
        chips = [field for fields in GROUPS.values() for field in fields if field in used]
        for cells in rows_of((Piece(field, field) for field in [*chips, LEFTOVER]), width):
            yield Text(" ").join(Text(cell.field, style_of(cell.field)) for cell in cells)


def _entry(reference: Reference, path: str, width: int, mark: str) -> Iterator[Text]:
    yield from _head(reference, path, width)
    raw = reference.origin.raw
    if not reference.spans:
        yield from _beside([Piece(field, visible(value)) for field, value in _values(reference)], width)
    elif runs_from_right(raw):
        yield from _beside(pieces_of(raw, reference.spans), width)
    else:
        for cells in rows_of(pieces_of(raw, reference.spans), width, mark=mark):
            yield from _below(cells)
    for name, text in _remarks(reference):
        for place, row in enumerate(wrapped(visible(text), width - _REMARK)):
            yield Text(f"{_INDENT}{'' if place else name:<{_REMARK}}{row}")


def _head(reference: Reference, path: str, width: int) -> Iterator[Text]:
    place = visible(f"{path}:{reference.origin.line}" if reference.origin.line else path)
    actor = f"read by {visible(reference.provenance[0].actor)}" if reference.provenance else "made by hand"
    sure = confidence_in_words(reference.confidence)
    rest = f"{reference.kind}, {sure}, {actor}"
    whole = f"{place}  {rest}"
    for row in [whole] if cell_len(whole) <= width else [*chop_cells(place, width), *wrapped(rest, width)]:
        text = Text(row)
        text.highlight_words([place], "bold")
        if reference.confidence < _LOOK:
            text.highlight_words([sure], "bold reverse")
        yield text


def _below(cells: Iterable[Cell]) -> Iterator[Text]:
    """Give a row of text and the row of names below it."""
    text, names = Text(_INDENT), Text(_INDENT)
    for cell in cells:
        part = Text(cell.text, style_of(cell.field))
        text.append_text(part).append(" " * (cell.width - part.cell_len + 1))
        names.append(cell.name.ljust(cell.width + 1))
    for line in (text, names):
        line.rstrip()
        yield line


def _beside(pieces: Iterable[Piece], width: int) -> Iterator[Text]:
    """Give each piece a row of its own, its name in front: a line that runs from the right has no place below it."""
    pieces = tuple(pieces)
    column = max((len(piece.field) for piece in pieces), default=0) + 2
    for piece in pieces:
        for place, row in enumerate(wrapped(piece.text, max(width - column, 10))):
            name = "" if place else piece.field
            yield Text(f"{_INDENT}{name:<{column}}").append(row, style_of(piece.field))


def _values(reference: Reference) -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        if field != "kind" and (value := getattr(reference, field)):
            yield field, written(value)


def _remarks(reference: Reference) -> Iterator[tuple[str, str]]:
    if read := _read_as(reference):
        yield "read as", " · ".join(f"{field}: {text}" for field, text in read)
    if reference.leftover:
        yield "left over", "  ".join(f"“{piece}”" for piece in reference.leftover)
    if reference.provenance and (by_field := dict(reference.provenance[0].by_field)):
        unsure = [f"{field} {sure:.2f}" for field, sure in by_field.items() if sure < _LOOK]
        if unsure:
            yield "unsure", ", ".join(unsure)
    if reference.inferred:
        yield "inferred", _with_values(reference, sorted(reference.inferred))
    if reference.spans and (also := _said_elsewhere(reference)):
        yield "also", _with_values(reference, also)
    if reference.provenance and reference.provenance[0].note:
        yield "note", reference.provenance[0].note
    for record in reference.provenance[1:]:
        why = f": {record.note}" if record.note else ""
        yield "changed", f"{_with_values(reference, record.fields)} (by {record.actor}{why})"


def _read_as(reference: Reference) -> list[tuple[str, str]]:
    """Give the names and dates that were read, where they are not the text itself."""
    if not reference.spans:
        return []
    raw, found = reference.origin.raw, []
    for field in _READ:
        own = " ".join(raw[span.start : span.end] for span in reference.spans if span.field == field)
        value = getattr(reference, field)
        text = _dated(value) if isinstance(value, PartialDate) else written(value)
        if own and text and own.strip(_MARKS) != text.strip(_MARKS):
            found.append((field, text))
    return found


def _dated(date: PartialDate) -> str:
    season = f"{date.year} {_SEASONS[date.season - 1]}" if date.season and date.season <= len(_SEASONS) else ""
    return str(date) if date.end or not season else season


def _said_elsewhere(reference: Reference) -> list[str]:
    """Name the fields that have no characters of their own: a link of the markup, a DOI that stands in an address."""
    own = {span.field for span in reference.spans} | reference.inferred | {"extra"}
    return [field for field in reference.provenance[0].fields if field not in own] if reference.provenance else []


def _with_values(reference: Reference, fields: Iterable[str]) -> str:
    return "; ".join(f"{field} {written(getattr(reference, field, '')) or '(none)'}" for field in fields)
