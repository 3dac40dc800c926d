"""Fields that an entry has from others: ``crossref`` and ``xdata`` (BibTeX 0.99d; the manual of biblatex, appendix B).

Blocks of a file come in, the same blocks with what they inherit go out. A parent may stand anywhere in the file. A
field under its own name goes before one under another: files for BibTeX say ``booktitle`` in the parent, files for
biblatex ``title``, which becomes the title of the book around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from alliancebib.bibtex.syntax import Block, Field

__all__ = ["with_inherited"]

_INSIDE = frozenset(
    "inbook bookinbook suppbook incollection suppcollection inreference inproceedings conference".split()
)
_VOLUMES = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})
_BOOK_TITLE = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_MAIN_TITLE = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_JOURNAL_TITLE = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_TITLES = frozenset({"title", "subtitle", "titleaddon", "shorttitle", "sorttitle", "indextitle", "indexsorttitle"})
#: What is never inherited: what names or sorts an entry, and (against the letter of both programs) what finds the
#: parent, since the DOI of a volume is a wrong DOI for a chapter.
_OWN = frozenset(
    """crossref xref xdata ids entryset entrysubtype execute label options presort related relatedoptions relatedstring
    relatedtype shorthand shorthandintro sortkey key doi url urldate eprint eprinttype eprintclass archiveprefix
    primaryclass file abstract""".split()
)
#: Names of one thing: an entry that has one inherits no other.
_SAME = (
    frozenset({"journal", "journaltitle"}),
    frozenset({"address", "location"}),
    frozenset({"school", "institution"}),
    frozenset({"date", "year"}),
)
#: The name under which a field is kept that stands twice in an entry.
_AGAIN = re.compile(r"(.+?)(?:-[0-9]+)+")
#: Longer chains are a mistake, or an attack.
_LONGEST_CHAIN = 20


def with_inherited(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give the blocks of a file, each entry with the fields that it inherits behind its own.

    A parent that is not in the file is noted in ``Block.notes``.
    """
    if not any(field.name in ("crossref", "xdata") for block in blocks for field in block.fields):
        return tuple(blocks)
    by_key: dict[str, Block] = {}
    for block in blocks:
        if block.kind == "entry" and block.key:
            by_key.setdefault(block.key.lower(), block)
    return tuple(_complete(block, by_key, ()) if _inherits(block) else block for block in blocks)


def _inherits(block: Block) -> bool:
    """Say whether a block inherits at all; a set of works is none itself."""
    return block.kind == "entry" and block.type != "set"


def _complete(block: Block, by_key: Mapping[str, Block], chain: tuple[str, ...]) -> Block:
    # An empty field is none, as for biber; of two with one name the first counts.
    own = {field.name: field.value for field in reversed(block.fields) if field.value}
    fields, notes = list(block.fields), list(block.notes)
    for relation in ("xdata", "crossref"):
        for key in _keys(own.get(relation, "")):
            if key.lower() in (*chain, block.key.lower()) or len(chain) > _LONGEST_CHAIN:
                notes.append(f"`{relation}` leads back to `{key}`; nothing more was inherited")
                continue
            parent = by_key.get(key.lower())
            if parent is None:
                notes.append(f"`{key}`, which `{relation}` names, is not in the file")
                continue
            whole = _complete(parent, by_key, (*chain, block.key.lower()))
            notes += [note for note in whole.notes if note not in parent.notes]
            for field in _offered(block.type, whole, verbatim=relation == "xdata"):
                if field.value and field.name not in _taken(own):
                    own[field.name] = field.value
                    fields.append(field)
    return msgspec.structs.replace(block, fields=tuple(fields), notes=tuple(dict.fromkeys(notes)))


def _keys(value: str) -> list[str]:
    return [key.strip() for key in value.strip("{}").split(",") if key.strip()]


def _taken(own: Mapping[str, str]) -> frozenset[str]:
    """Give the names of fields that there are, with the other names of the same things."""
    also = (name for same in _SAME if not same.isdisjoint(own) for name in same)
    dated = ("month", "day") if "date" in own or "year" in own else ()
    return frozenset((*own, *also, *dated))


def _offered(child: str, parent: Block, *, verbatim: bool) -> Iterator[Field]:
    """Give what a parent has for a child of a type: fields as they are first, then titles under other names."""
    names = {field.name for field in parent.fields}
    fields = [field for field in parent.fields if not (again := _AGAIN.fullmatch(field.name)) or again[1] not in names]
    if verbatim:
        yield from (field for field in fields if field.name not in ("xdata", "ids"))
        return
    renamed = _renamed(child, parent.type)
    for field in fields:
        if field.name not in _OWN and not (renamed and field.name in _TITLES):
            yield field
    for field in parent.fields:
        if field.name in renamed:
            yield Field(renamed[field.name], field.value)
        elif field.name == "author" and child in ("inbook", "bookinbook", "suppbook"):
            yield Field("bookauthor", field.value)


def _renamed(child: str, parent: str) -> Mapping[str, str]:
    if parent in _VOLUMES:
        return _MAIN_TITLE
    if child in _INSIDE:
        return _BOOK_TITLE
    return _JOURNAL_TITLE if child == "article" and parent == "periodical" else {}
