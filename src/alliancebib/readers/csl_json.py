"""CSL-JSON: a list of items, one item, ``{"items": [...]}``, or one item a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import msgspec

from alliancebib.csl.in_place import FORMAT
from alliancebib.csl.item_values import without_halves
from alliancebib.csl.items import from_csl
from alliancebib.errors import InputError
from alliancebib.files import Source
from alliancebib.finding import Finding
from alliancebib.library import Library, Original, distinguish
from alliancebib.model import Reference

__all__ = ["read", "recognises"]

_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
_START = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
_SEPARATOR = re.compile(r"[\s,]*")
_BLANKS = re.compile(r"\s*")
_DECODER = json.JSONDecoder()


class _Item(msgspec.Struct, frozen=True):
    value: object
    start: int
    end: int
    halves: bool = False


def recognises(source: Source) -> float:
    """Say how sure it is that this is JSON: by its suffix, else by how it begins."""
    begins = bool(_START.match(source.text))
    if source.suffix in _SUFFIXES:
        return 1.0 if begins else 0.9
    return 0.9 if begins else 0.0


def read(source: Source) -> Library:
    """Read every item; one that has not the shape of an item is kept and becomes a finding.

    Raises:
        InputError: The text is no JSON.
    """
    text = source.text
    references: list[Reference] = []
    findings: list[Finding] = []
    line, counted = 1, 0
    for item in _items(source):
        line += text.count("\n", counted, item.start)
        counted = item.start
        reference, noticed = from_csl(item.value, page=source.name, line=line, raw=text[item.start : item.end])
        references.append(reference)
        findings += noticed
        if item.halves:
            message = "A half of a character cannot be written anywhere; a replacement character stands for it."
            findings.append(Finding.of("AB104", message, origin=reference.origin, reference=reference.id))
    distinct, noticed = distinguish(references)
    return Library(distinct, findings=[*findings, *noticed], originals=[Original(source, distinct, FORMAT)])


def _items(source: Source) -> Iterator[_Item]:
    """Give the items with their places; those inside ``{"items": [...]}`` have the place of the whole."""
    text = source.text
    place = _end(_BLANKS, text, 0)
    if text.startswith("[", place):
        yield from _list(source, place + 1)
        return
    while place < len(text):
        whole = _item(source, place)
        nested = _nested(whole.value)
        if nested is None:
            yield whole
        else:
            yield from (_Item(one, place, whole.end, whole.halves) for one in nested)
        place = _end(_BLANKS, text, whole.end)


def _list(source: Source, place: int) -> Iterator[_Item]:
    text = source.text
    while True:
        place = _end(_SEPARATOR, text, place)
        if text.startswith("]", place):
            break
        item = _item(source, place)
        yield item
        place = item.end
        after = _end(_BLANKS, text, place)
        if not text.startswith((",", "]"), after):
            raise _broken(source, after, "a comma is missing")
    rest = _end(_BLANKS, text, place + 1)
    if rest < len(text):
        raise _broken(source, rest, "something follows the end of the list")


def _nested(value: object) -> list[object] | None:
    """Give the list inside the wrappers that reference managers and Crossref put around it."""
    if not isinstance(value, dict):
        return None
    for inner in (value.get("items"), value.get("references"), value.get("message")):
        if isinstance(inner, list):
            return inner
        if isinstance(inner, dict) and isinstance(inner.get("items"), list):
            return list(inner["items"])
    return None


def _item(source: Source, place: int) -> _Item:
    try:
        value, end = _DECODER.raw_decode(source.text, place)
        whole = without_halves(value)
        return _Item(whole, place, end, whole != value)
    except json.JSONDecodeError as problem:
        raise _broken(source, problem.pos, problem.msg[:1].lower() + problem.msg[1:]) from None
    except RecursionError:
        raise _broken(source, place, "it is nested too deeply") from None
    except ValueError as problem:
        raise _broken(source, place, str(problem)) from None


def _broken(source: Source, place: int, why: str) -> InputError:
    line = source.text.count("\n", 0, place) + 1
    return InputError(f"this is no valid JSON: {why}", place=f"{source.place}:{line}", help="Mend the line named.")


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place
