"""Plain text: every line that is not empty is one paragraph; bullets and list numbers go, wrapped lines are rejoined.

A line's text is that of the source, without blanks at its ends, except: every sort of blank becomes a plain one, and
characters without width (soft hyphens, marks of direction) are dropped. Columns are those of the source. Of a paragraph
that was wrapped over several rows, `Line.source` has the exact text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from alliancebib.files import Source
from alliancebib.outline.dates import date_at
from alliancebib.page import Line, Page, Role
from alliancebib.readers._hyphens import joined, words_with_hyphens
from alliancebib.readers._visible import fold
from alliancebib.readers._wrapping import Row, counted, is_page_number, wrapped

__all__ = ["read", "recognises"]

_SUFFIXES = frozenset({".txt", ".text"})
_OTHER_FORMAT = re.compile(
    r"\s*(?:<!doctype\s+html|<html[\s>]|@[a-z]{2,30}\s*[{(]|[\[{]\s*[{\"]|%\s*encoding:)", re.IGNORECASE
)
#: Bullets of keyboards, word processors (U+F0B7 is Word's, "o" its second level) and web pages.
_BULLET = re.compile(r"(?:[•‣⁃◦▪▫■□●○◆◇►▶➤➢✓❖\uf0b7\uf0a7·∙*+–—-][ \t]+|[•‣◦▪●\uf0b7\uf0a7]|o\t)(?=\S)")
_NUMBER = re.compile(r"(?P<open>[\[(]?)(?P<number>\d{1,3})(?P<close>\.|\)|\])[ \t]+(?=\S)")
#: A page whose longest line is longer than this was not wrapped by hand.
_WIDEST = 120
_NARROWEST = 60
_STOPS = tuple(".!?;:…。")
#: The last item of a list may have so many rows.
_LONGEST_ITEM = 20
#: Blocks that must agree before paragraphs without indent are taken for wrapped.
_AGREEING = 3


def recognises(source: Source) -> float:
    """Say how sure it is that this is plain text: the shelf's last resort, unless the suffix says so."""
    if _OTHER_FORMAT.match(source.text[:2000]):
        return 0.1
    return 0.6 if source.suffix in _SUFFIXES else 0.3


def read(source: Source) -> Page:
    """Make one line of every source line that is not empty, or of several that one paragraph was wrapped into."""
    rows = _rows(source.text)
    rows, known = _without_numbers_of_wrapped_items(rows)
    numbered = _numbered(rows)
    rows = [_without_number(row) if place in numbered else row for place, row in enumerate(rows)]
    words = words_with_hyphens(row.text for row in rows)
    found = wrapped(rows, known)
    lines = [_line(group, words, is_print=bool(found)) for group in _grouped(rows, found)]
    return Page(name=source.name, lines=tuple(lines), findings=source.findings)


def _rows(text: str) -> list[Row]:
    rows = []
    for number, whole in enumerate(text.split("\n"), start=1):
        seen = fold(whole).rstrip()
        stripped = seen.lstrip()
        if not stripped:
            continue
        indent = _first_visible(whole)
        bullet = _BULLET.match(stripped)
        length = bullet.end() if bullet else 0
        rows.append(
            Row(
                number=number,
                indent=indent,
                start=indent + length,
                text=stripped[length:],
                whole=seen.expandtabs(8),
                exact=whole,
                soft=whole.rstrip().endswith("\u00ad"),
                item=bool(bullet),
            )
        )
    return rows


def _first_visible(whole: str) -> int:
    """Give the place of the first character that is seen."""
    place = len(whole) - len(whole.lstrip())
    while place < len(whole) and not fold(whole[place]).strip():
        place += 1
    return place


def _numbered(rows: Sequence[Row]) -> frozenset[int]:
    """Give the places of rows that begin with the number of a list: numbers that count up in one style.

    Two rows are enough where they are the first and the second, three anywhere. Nothing but indented rows may stand
    between them, so that the numbers of headings stay. A day before the name of a month is no number.
    """
    found: set[int] = set()
    run: list[int] = []
    style, last = ("", ""), 0
    for place, row in enumerate(rows):
        match = None if row.item else _NUMBER.match(row.text)
        if match is None or not _is_pair(match) or _is_day(row.text, match):
            if run and row.indent <= rows[run[-1]].indent:
                found |= _counted(run, last)
                run = []
            continue
        number, now = int(match["number"]), (match["open"], match["close"])
        if not run or number != last + 1 or now != style:
            found |= _counted(run, last)
            run = []
        run.append(place)
        style, last = now, number
    return frozenset(found | _counted(run, last))


def _counted(run: Sequence[int], last: int) -> frozenset[int]:
    return frozenset(run) if len(run) >= 3 or (len(run) == 2 and last == 2) else frozenset()


def _is_pair(match: re.Match[str]) -> bool:
    return match["open"] + match["close"] in (".", ")", "[]", "()")


def _is_day(text: str, match: re.Match[str]) -> bool:
    word = text[match.end() :].split(" ", 1)[0]
    return match["close"] == "." and date_at(f"{match['number']}. {word.rstrip('.:,')} 2000", 0) is not None


def _without_number(row: Row) -> Row:
    match = _NUMBER.match(row.text)
    length = match.end() if match else 0
    return msgspec.structs.replace(row, text=row.text[length:], start=row.start + length, item=True)


def _without_numbers_of_wrapped_items(rows: list[Row]) -> tuple[list[Row], list[tuple[int, ...]]]:
    """Take the numbers of a wrapped list off its items; give the rows of each item, too."""
    rows, groups = rows.copy(), list[tuple[int, ...]]()
    for run in _counting(rows):  # runs follow each other, so that every row is looked at once or twice
        if run[-1] - run[0] == len(run) - 1:  # nothing stands between
            continue
        first, behind = run[0], run[-1] + _LONGEST_ITEM
        found = counted(rows[first:behind], [place - first for place in run])
        if found:
            groups += [tuple(place + first for place in group) for group in found]
            for place in run:
                rows[place] = _without_number(rows[place])
    return rows, groups


def _counting(rows: Sequence[Row]) -> list[list[int]]:
    """Give the runs of rows that begin with numbers that count up, whatever stands between."""
    runs: list[list[int]] = []
    last, style = 0, ("", "")
    for place, row in enumerate(rows):
        match = None if row.item else _NUMBER.match(row.text)
        if match is None or not _is_pair(match) or _is_day(row.text, match):
            continue
        number, now = int(match["number"]), (match["open"], match["close"])
        if runs and number == last + 1 and now == style:
            runs[-1].append(place)
        elif number == 1 or not runs or len(runs[-1]) < 2:
            runs.append([place])
        else:
            continue  # a number within an item: "12. edition"
        last, style = number, now
    return [run for run in runs if len(run) > 1]


def _grouped(rows: Sequence[Row], found: Sequence[tuple[int, ...]]) -> list[list[Row]]:
    """Give all rows in groups: those found by the shape of the whole page, the others as `_joined` does."""
    if not found:
        return _joined(rows)
    inside = {place for group in found for place in group}
    alone = _joined([row for place, row in enumerate(rows) if place not in inside])
    return sorted([*([rows[place] for place in group] for group in found), *alone], key=lambda group: group[0].number)


def _joined(rows: Sequence[Row]) -> list[list[Row]]:
    """Group the rows of each paragraph that was wrapped by hand.

    A row goes on with the one directly above where that one was full (its next word had no room on the longest line of
    the page) and the row hangs: it stands below the text of a bulleted item, or is indented in a list whose entries are
    not. Rows without indent are joined only where blank lines part the paragraphs. In both cases every such pair of
    rows on the page must agree, so that indented entries below a heading stay apart.
    """
    width = max((row.width for row in rows), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return [[row] for row in rows]
    pairs = [(one, two) for one, two in pairwise(rows) if two.number == one.number + 1]
    hanging = [(one, two) for one, two in pairs if two.indent and not two.item]
    hangs = all(_is_full(one, two, width) for one, two in hanging)
    flat = _all_blocks_full(pairs, width)
    groups: list[list[Row]] = []
    for row in rows:
        above = groups[-1] if groups else None
        if above and _goes_on(above, row, hangs=hangs, flat=flat):
            above.append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(above: list[Row], row: Row, *, hangs: bool, flat: bool) -> bool:
    first, last = above[0], above[-1]
    if row.item or row.number != last.number + 1:
        return False
    if first.item:
        return hangs and first.indent < row.indent <= first.start + 1
    if row.indent >= first.indent + 2 and (len(above) == 1 or row.indent == last.indent):
        return hangs and first.indent == 0
    return flat and row.indent == first.indent


def _is_full(above: Row, row: Row, width: int) -> bool:
    return above.width + 1 + len(row.text.split(" ", 1)[0]) > width


def _all_blocks_full(pairs: Sequence[tuple[Row, Row]], width: int) -> bool:
    """Say whether every row that has another directly below it is full, in several blocks, most without a stop."""
    if any(two.item or one.indent != two.indent or not _is_full(one, two, width) for one, two in pairs):
        return False
    blocks = {one.number for one, _ in pairs} - {two.number for _, two in pairs}
    open_ends = sum(1 for one, _ in pairs if not one.text.endswith(_STOPS))
    return len(blocks) >= _AGREEING and open_ends * 4 >= len(pairs) * 3


def _line(group: Sequence[Row], words: frozenset[str], *, is_print: bool) -> Line:
    """Make the line of a group; on a wrapped page a number that stands alone is a page's."""
    first = group[0]
    line = Line(number=first.number, column=first.start + 1, text=first.text, item=first.item)
    if len(group) > 1:
        text = joined([row.text for row in group], [row.soft for row in group], words)
        exact = "\n".join([first.exact[first.start :], *(row.exact for row in group[1:])])
        return msgspec.structs.replace(line, text=text, source=exact)
    if is_print and is_page_number(first):
        return msgspec.structs.replace(line, role=Role.NAVIGATION, why="the number of a page")
    return line
