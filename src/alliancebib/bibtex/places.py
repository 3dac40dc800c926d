"""Where the parts of an entry stand: the body of an entry comes in, places of its key and its fields go out.

Places count characters of the body, so that a part can be replaced and everything beside it keeps its bytes. Comments
between fields and between the parts of one (``%`` to the end of the line, as biber reads them) say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from alliancebib.bibtex.blocks import closing_brace, closing_quote

__all__ = ["FieldPlace", "Flaw", "KeyPlace", "field_places", "key_place", "value_parts"]

_SKIPPED = re.compile(r"(?:[\s,]+|%[^\n]*)+")
#: What may stand between the parts of a field.
_BLANKS = re.compile(r"(?:\s+|%[^\n]*)*+")
_NAME = re.compile(r"([^\s=,{}\"#%()]+)\s*=(?:\s+|%[^\n]*)*+")
_COMMENT = re.compile(r"%[^\n]*")
_BETWEEN = re.compile(r"(?:[\s#]+|%[^\n]*)+")
_BARE = re.compile(r"[^\s,#{}\"%][^\s,#{}\"]*")
_KEY = re.compile(r"\s*+([^,={}\"]*+)(,|$)")
#: A key whose comma was forgotten: one word before the name of a field.
_BARE_KEY = re.compile(r"\s*([^\s,={}\"#%()]+)\s+(?=[^\s=,{}\"#%()]+\s*=)")


class KeyPlace(msgspec.Struct, frozen=True):
    """A citation key, its blanks made single, where it stands as typed, and where the fields begin."""

    text: str
    start: int
    stop: int
    end: int


class FieldPlace(msgspec.Struct, frozen=True):
    """A field: its name as typed, where it starts, where its value starts, and where that ends."""

    name: str
    start: int
    value: int
    end: int


class Flaw(msgspec.Struct, frozen=True):
    """What is odd in the body of an entry, and where it stands; ``lost`` is what had to be skipped."""

    words: str
    place: int
    lost: bool = False


def key_place(body: str) -> KeyPlace:
    """Find the citation key; an entry may have none."""
    match = _KEY.match(body) or _BARE_KEY.match(body)
    if not match:
        return KeyPlace("", 0, 0, 0)
    stop = match.start(1) + len(match[1].rstrip())
    return KeyPlace(" ".join(match[1].split()), match.start(1), stop, match.end())


def field_places(body: str, place: int, flaws: list[Flaw]) -> Iterator[FieldPlace]:
    """Find the fields of an entry's body from a place on; ``flaws`` gets what is odd, above all what was skipped."""
    junk: list[str] = []
    bare: list[tuple[str, int]] = []  # fields without a comma before them
    first_junk, behind_field = 0, False
    while place < len(body):
        if skipped := _SKIPPED.match(body, place):
            behind_field = behind_field and "," not in _COMMENT.sub("", skipped[0])
            place = skipped.end()
        elif match := _NAME.match(body, place):
            if behind_field:
                bare.append((match[1], place))
            behind_field = True
            end = _value_end(body, match.end())
            if "%" in body[place:end] and (comments := _within(match[0], body[match.end() : end])):
                words = f"`{comments[0][:60]}` stands within the field `{match[1]}`; no other file will hold it"
                flaws.append(Flaw(words, body.index(comments[0], place), lost=True))
            yield FieldPlace(match[1], place, match.end(), end)
            place = end
        else:
            end = max(_part_end(body, place), place + 1)
            first_junk = first_junk if junk else place
            junk.append(body[place:end])
            place, behind_field = end, False
    if bare:
        name, start = bare[0]
        others = f" and before {len(bare) - 1} more" if len(bare) > 1 else ""
        flaws.append(Flaw(f"a comma is missing before the field `{name}`{others}", start))
    if junk:
        flaws.append(Flaw(f"`{' '.join(junk)[:60]}` is no field and was skipped", first_junk, lost=True))


def _within(head: str, value: str) -> list[str]:
    """Give the comments behind the equals sign of a field and between the parts of its value."""
    between: list[str] = _COMMENT.findall(head)
    place = 0
    for part in value_parts(value):
        start = value.index(part, place)
        between += _COMMENT.findall(value[place:start])
        place = start + len(part)
    return [comment.rstrip() for comment in between]


def _value_end(body: str, place: int) -> int:
    """Give the place after a value: parts joined by ``#``."""
    while True:
        end = _part_end(body, place)
        after = _BLANKS.match(body, end)
        assert after is not None  # it matches the empty text
        if not body.startswith("#", after.end()):
            return end
        blanks = _BLANKS.match(body, after.end() + 1)
        assert blanks is not None
        place = blanks.end()


def _part_end(body: str, place: int) -> int:
    """Give the place after a part of a value: a group in braces or quotes, a number, or the name of a macro."""
    if body.startswith("{", place):
        end = closing_brace(body, place + 1, len(body))
        return end + 1 if end >= 0 else len(body)
    if body.startswith('"', place):
        end = closing_quote(body, place + 1, len(body))
        return end + 1 if end >= 0 else len(body)
    match = _BARE.match(body, place)
    return match.end() if match else place


def value_parts(source: str) -> Iterator[str]:
    """Give the parts of a value as they stand there, without the ``#`` between them."""
    place = 0
    while place < len(source):
        if blanks := _BETWEEN.match(source, place):
            place = blanks.end()
            continue
        end = max(_part_end(source, place), place + 1)
        yield source[place:end]
        place = end
