"""A .bib file in one tidy form: text comes in, text goes out that says the same.

One field a line, names of types and fields in lower case, one kind of delimiter, one blank line between blocks. Macros,
concatenations, comments (also those between fields, and what stands behind a block in its line), preambles, and the
order of entries and fields stay, unless an order is asked for. An entry that is damaged is left as it is. What comes
out is read again and compared: a form that would change what any entry says is never given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from alliancebib.bibtex.blocks import Stretch, find_blocks
from alliancebib.bibtex.ordering import Part, ordered
from alliancebib.bibtex.places import FieldPlace, Flaw, field_places, key_place, value_parts
from alliancebib.bibtex.regular import Regular
from alliancebib.bibtex.syntax import Block, blocks_of

__all__ = ["Layout", "TidyForm", "tidied", "tidy_form"]

_COMMENT = re.compile(r"%[^\n]*")
_STRING = re.compile(r"@[ \t]*string\s*[{(]\s*([^\s=,{}\"#%()]+)", re.IGNORECASE)
#: What BibTeX takes for a blank; others, such as no-break blanks, are text.
_BLANK = " \t\r\n\f\v"
_BLANKS = re.compile(f"[{_BLANK}]+")
_EMPTY_LINES = re.compile(r"\n(?:[ \t\r\f\v]*+\n)+")
#: What editors (JabRef, Emacs) say of a whole file, also where it stands directly above an entry.
_ON_THE_FILE = re.compile(r"%+[ \t]*(?:Encoding:|-\*-)", re.IGNORECASE)
#: The order of fields where one is asked for: who, what, where, when, how to find it; all others follow by name.
_ORDER = (
    "author",
    "editor",
    "title",
    "subtitle",
    "journal",
    "journaltitle",
    "booktitle",
    "entrysubtype",
    "series",
    "volume",
    "number",
    "issue",
    "pages",
    "edition",
    "publisher",
    "institution",
    "school",
    "organization",
    "address",
    "location",
    "date",
    "year",
    "month",
    "day",
    "doi",
    "isbn",
    "issn",
    "url",
    "urldate",
)


#: What a block says: its kind, then, of an entry, key, type, fields and comments, of others the text.
_Told: TypeAlias = tuple[object, ...]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a tidy file looks.

    ``indent`` is the number of blanks before a field; ``align`` puts the equals signs of an entry below each other;
    ``sort_fields`` brings fields into a fixed order; ``sort`` brings entries into the order of "key", "type" or "year"
    ("": as they stand), each keeping the remarks directly above and below it.
    """

    indent: int = 2
    align: bool = False
    sort_fields: bool = False
    sort: str = ""


class TidyForm(msgspec.Struct, frozen=True):
    """The text of a tidy file; ``unsorted`` is why its entries are not in the order asked for ("": they are)."""

    text: str
    unsorted: str = ""


def tidied(text: str, layout: Layout = Layout()) -> str:
    """Give a file in tidy form; the same again gives the same.

    >>> print(tidied('@Misc{ k,TITLE="A", % why' + chr(10) + 'year=2020}'), end="")
    @misc{k,
      title = {A}, % why
      year = {2020},
    }
    """
    return tidy_form(text, layout).text


def tidy_form(text: str, layout: Layout = Layout()) -> TidyForm:
    """Give what `tidied` gives, and why entries are not in the order that the layout asks for."""
    stretches = list(find_blocks(text))
    blocks = list(blocks_of(text, stretches))
    said = _said(stretches, blocks)
    parts = list(_parts(text, stretches, blocks, layout))
    if (form := _same(parts, said, sort=layout.sort)) is not None:
        return TidyForm(form)
    parts = [_kept_if_other(part) for part in parts]
    if (form := _same(parts, said, sort=layout.sort)) is not None:
        return TidyForm(form)
    form = _same(parts, said, sort="")
    return TidyForm(text if form is None else form, _why_unsorted(blocks, parts, layout) if layout.sort else "")


def _same(parts: Sequence[Part], said: Sequence[_Told], *, sort: str) -> str | None:
    """Give the file that is made of parts, in an order, if it says the same."""
    form = _joined(ordered(parts, sort) if sort else parts)
    now = _said_alone(form)
    return form if now == said or (sort and _is_same_in_order(now, said)) else None


def _is_same_in_order(now: Sequence[_Told], said: Sequence[_Told]) -> bool:
    """Say whether two files tell the same in different orders; entries with one key keep theirs: the first is meant."""
    return Counter(now) == Counter(said) and _by_key(now) == _by_key(said)


def _by_key(said: Iterable[_Told]) -> list[_Told]:
    return sorted((told for told in said if told[0] == "entry"), key=lambda told: str(told[1]).lower())


def _kept_if_other(part: Part) -> Part:
    """Give an entry as it was typed if its tidy form says anything else."""
    if part.kind != "entry" or part.block is None:
        return part
    same = [_said_alone(part.text), _said_alone(part.block.raw)]
    return part if same[0] == same[1] else msgspec.structs.replace(part, text=_as_it_is(part.block.raw))


def _why_unsorted(blocks: Sequence[Block], parts: Sequence[Part], layout: Layout) -> str:
    """Give what stands in the way of another order."""
    names = Counter(match[1].lower() for one in blocks if one.kind == "string" and (match := _STRING.match(one.raw)))
    if twice := next((name for name, count in names.items() if count > 1), ""):
        return f"the macro `{twice}` is defined twice"
    if broken := next((block for block in blocks if block.broken), None):
        return f"the end of {_name(broken)} was not found"
    now = set(_said_alone(_joined(ordered(parts, layout.sort))))
    others = (block for block in blocks if block.kind == "entry" and not now.issuperset(_said_alone(block.raw)))
    other = next(others, None)
    return f"{_name(other)} would not say the same in another place" if other else "they would not say the same"


def _name(block: Block) -> str:
    return f"the entry `{block.key}`" if block.key else f"the block in line {block.line}"


def _joined(parts: Sequence[Part]) -> str:
    pieces: list[str] = []
    for before, part in zip([None, *parts], parts, strict=False):
        if before is not None:
            near = before.above or part.below or before.kind == part.kind == "string"
            pieces.append("\n" if near else "\n\n")
        pieces += [part.text, part.behind and f" {part.behind}"]
    return "".join([*pieces, "\n"]) if pieces else ""


def _said_alone(text: str) -> list[_Told]:
    stretches = list(find_blocks(text))
    return _said(stretches, blocks_of(text, stretches))


def _said(stretches: Iterable[Stretch], blocks: Iterable[Block]) -> list[_Told]:
    """Give what the blocks of a file say, without their form."""
    return [told for stretch, block in zip(stretches, blocks, strict=True) for told in _told(stretch, block)]


def _told(stretch: Stretch, block: Block) -> list[_Told]:
    """Give what a block says; each line of a text by itself, as texts that become neighbours are read as one."""
    if block.kind == "entry":
        fields = tuple(sorted((field.name, field.value) for field in block.fields))
        comments = () if stretch.regular else _kept_comments(stretch, block.raw)
        return [(block.kind, block.key, block.type, fields, comments, block.broken)]
    if block.kind == "text":
        return [(block.kind, bare) for line in block.raw.split("\n") if (bare := line.strip(_BLANK))]
    return [(block.kind, _as_it_is(block.raw))]


def _kept_comments(stretch: Stretch, raw: str) -> tuple[str, ...]:
    """Give the comments between the fields of an entry."""
    body = raw[stretch.body - stretch.start : stretch.body_end - stretch.start]
    key = key_place(body)
    rows = _rows(body, key.end, tuple(field_places(body, key.end, [])))
    return tuple(sorted(comment for row in rows for comment in (*row.above, row.behind) if comment))


def _as_it_is(raw: str) -> str:
    return "\n".join(line.rstrip(_BLANK) for line in raw.strip(_BLANK).split("\n"))


def _parts(text: str, stretches: Sequence[Stretch], blocks: Sequence[Block], layout: Layout) -> Iterator[Part]:
    """Give the blocks in tidy form; what stands behind one in its line stays there."""
    for number, (stretch, block) in enumerate(zip(stretches, blocks, strict=True)):
        if block.kind == "text":
            yield from _paragraphs(blocks, number)
            continue
        behind = ""
        if number + 1 < len(blocks) and blocks[number + 1].kind == "text":
            behind = _parted(blocks, number + 1)[0].strip(_BLANK)
        tidy = _tidy_entry(text, stretch, block, layout) if block.kind == "entry" else _as_it_is(block.raw)
        yield Part(tidy, block.kind, behind=behind, block=block)


def _paragraphs(blocks: Sequence[Block], number: int) -> Iterator[Part]:
    """Give the paragraphs of a text, and which of them are remarks on the entry above or below."""
    block = blocks[number]
    raw = _parted(blocks, number)[1] if number else block.raw
    texts = [tidy for paragraph in _EMPTY_LINES.split(raw) if (tidy := _as_it_is(paragraph))]
    under = bool(number) and blocks[number - 1].kind == "entry" and bool(raw.partition("\n")[0].strip(_BLANK))
    is_last = number + 1 == len(blocks)
    apart = is_last or raw[len(raw.rstrip(_BLANK)) :].count("\n") > 1
    over = not apart and blocks[number + 1].kind == "entry"
    for place, text in enumerate(texts):
        ends = place + 1 == len(texts)
        below = under and not place and (apart or not ends)
        above = over and ends and not _ON_THE_FILE.match(text)
        yield Part(text, block.kind, block=block, below=below, above=above)


def _parted(blocks: Sequence[Block], number: int) -> tuple[str, str]:
    """Part a text into what stands in the line of the block above, and the lines below; not if more blocks do."""
    first, line_end, rest = blocks[number].raw.partition("\n")
    return (first, rest) if line_end or number + 1 == len(blocks) else ("", first)


def _tidy_entry(text: str, stretch: Stretch, block: Block, layout: Layout) -> str:
    """Give an entry in tidy form, or as it is if it is damaged."""
    rows = _regular_rows(stretch.regular) if stretch.regular else _found_rows(text, stretch)
    if rows is None:
        return _as_it_is(block.raw)
    if layout.sort_fields:
        rows.sort(key=lambda row: _rank(row.name))
    return _entry(block.type, block.key, rows, layout)


class _Row(msgspec.Struct, frozen=True):
    """A field with the comments above it and the one behind it; a row without name holds the last comments."""

    name: str
    value: str
    above: tuple[str, ...] = ()
    behind: str = ""


def _regular_rows(regular: Regular) -> list[_Row]:
    return [
        _Row(name.lower(), _bare_value(bare) if inside is None else f"{{{_single(inside)}}}")
        for name, inside, bare in regular.fields
    ]


def _found_rows(text: str, stretch: Stretch) -> list[_Row] | None:
    """Give the fields of an entry that is not regular; None where it is damaged."""
    body, flaws = text[stretch.body : stretch.body_end], list[Flaw]()
    key = key_place(body)
    places = tuple(field_places(body, key.end, flaws))
    return list(_rows(body, key.end, places)) if stretch.closed and not any(flaw.lost for flaw in flaws) else None


def _rows(body: str, start: int, places: Sequence[FieldPlace]) -> Iterator[_Row]:
    """Give the fields in order, each with the comments that stand around it."""
    above = tuple(comment for comment in _comments(body, start, places[0].start if places else len(body)) if comment)
    for number, place in enumerate(places):
        end = places[number + 1].start if number + 1 < len(places) else len(body)
        behind, *below = _comments(body, place.end, end)
        yield _Row(place.name.lower(), _value(body[place.value : place.end]), above, behind)
        above = tuple(below)
    if above:
        yield _Row("", "", above)


def _comments(body: str, start: int, end: int) -> list[str]:
    """Give the comments of a gap: that of its first line ("" for none), then the others."""
    gap = body[start:end]
    found = [(match.start(), match[0].rstrip()) for match in _COMMENT.finditer(gap)]
    line = gap.find("\n") if "\n" in gap else len(gap)
    same = [text for place, text in found if place < line]
    return [same[0] if same else "", *(text for place, text in found if place >= line)]


def _value(source: str) -> str:
    """Give a value in braces, a macro as it is, parts with one blank round each ``#``."""
    parts = list(value_parts(source))
    if len(parts) == 1:
        part = parts[0]
        marks = part[0] + part[-1] if len(part) > 1 else ""
        return f"{{{_single(part[1:-1])}}}" if marks in ('""', "{}") else _bare_value(part)
    return " # ".join(_BLANKS.sub(" ", part) for part in parts)  # blanks at the ends of parts count here


def _bare_value(word: str) -> str:
    """Give a number in braces, and the name of a macro as it is."""
    return f"{{{word}}}" if word.isdecimal() else word


def _single(text: str) -> str:
    """Give a text on one line, as BibTeX reads it, without blanks at its ends."""
    if text.isprintable() and "  " not in text:  # as most are
        return text.strip(" ")
    return _BLANKS.sub(" ", text).strip(_BLANK)


def _entry(type_: str, key: str, rows: Sequence[_Row], layout: Layout) -> str:
    blanks = " " * layout.indent
    width = max((len(row.name) for row in rows), default=0) if layout.align else 0
    lines = [f"@{type_}{{{key},"]
    for row in rows:
        lines += [f"{blanks}{comment}" for comment in row.above]
        if row.name:
            behind = f" {row.behind}" if row.behind else ""
            lines.append(f"{blanks}{row.name.ljust(width)} = {row.value},{behind}")
    return "\n".join([*lines, "}"])


def _rank(name: str) -> tuple[int, str]:
    if not name:
        return len(_ORDER) + 1, ""
    return (_ORDER.index(name), "") if name in _ORDER else (len(_ORDER), name)
