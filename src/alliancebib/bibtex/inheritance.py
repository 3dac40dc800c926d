"""Fields that an entry has from others: ``crossref`` and ``xdata`` (BibTeX 0.99d; the manual of biblatex, appendix B).

Blocks of a file come in, the same blocks with what they inherit go out. A parent may stand anywhere in the file. A
field under its own name goes before one under another: files for BibTeX say ``booktitle`` in the parent, files for
biblatex ``title``, which becomes the title of the book around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from alliancebib.bibtex.fields import SYNONYMS
from alliancebib.bibtex.granular import names_values, with_values
from alliancebib.bibtex.kinds import container_field
from alliancebib.bibtex.pointers import keys_in
from alliancebib.bibtex.syntax import Block, Field, Note

__all__ = ["names_parents", "with_inherited"]

_INSIDE = frozenset(
    "inbook bookinbook suppbook incollection suppcollection inreference inproceedings conference".split()
)
#: What holds no such parts, so that its title is none of a book around.
_NO_BOOKS = _INSIDE | {"article", "suppperiodical"}
_VOLUMES = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})
_BOOK_TITLE = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_MAIN_TITLE = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_JOURNAL_TITLE = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_TITLES = frozenset({"title", "subtitle", "titleaddon", "shorttitle", "sorttitle", "indextitle", "indexsorttitle"})
#: Children of a type whose author becomes their `bookauthor` (appendix B).
_BOOKAUTHORED = {
    "book": frozenset({"inbook", "bookinbook", "suppbook"}),
    "mvbook": frozenset({"book", "inbook", "bookinbook", "suppbook"}),
}
#: What is never inherited: what names or sorts an entry, and (against the letter of both programs) what finds the
#: parent, since the DOI of a volume is a wrong DOI for a chapter.
_OWN = frozenset(
    """crossref xref xdata ids entryset entrysubtype execute label options presort related relatedoptions relatedstring
    relatedtype shorthand shorthandintro sortkey key doi url urldate eprint eprinttype eprintclass archiveprefix
    primaryclass file abstract""".split()
)
#: Names of one thing: an entry that has one inherits no other.
_SAME = (*SYNONYMS, frozenset({"journal", "journaltitle", "booktitle"}), frozenset({"date", "year"}))
#: A title and what belongs to it alone: to the title of another it would be a lie.
_BELOW = {
    "title": frozenset({"subtitle", "titleaddon"}),
    "booktitle": frozenset({"booksubtitle", "booktitleaddon"}),
    "maintitle": frozenset({"mainsubtitle", "maintitleaddon"}),
    "journal": frozenset({"journalsubtitle", "journaltitleaddon"}),
    "journaltitle": frozenset({"journalsubtitle", "journaltitleaddon"}),
}
#: The name under which a field is kept that stands twice in an entry.
_AGAIN = re.compile(r"(.+?)(?:-[0-9]+)+")
#: Fields that name parents, in the order in which they count.
_RELATIONS = ("xdata", "crossref")
#: Longer chains are a mistake, or an attack.
_LONGEST_CHAIN = 20
_POINTER = re.compile(r"(?:crossref|xdata)\s*=", re.IGNORECASE)


def names_parents(text: str) -> bool:
    """Say whether anything in a file may inherit."""
    return bool(_POINTER.search(text))


def with_inherited(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give the blocks of a file, each entry with the fields that it inherits behind its own.

    A parent that is not in the file is noted in ``Block.notes``.
    """
    blocks = tuple(blocks)
    by_key: dict[str, Block] = {}
    for block in blocks:
        if block.kind == "entry" and block.key:
            by_key.setdefault(block.key.lower(), block)
    if any(map(names_values, blocks)):
        values = {id(block): with_values(block, by_key) for block in blocks if names_values(block)}
        blocks = tuple(values.get(id(block), block) for block in blocks)
        by_key = {key: values.get(id(block), block) for key, block in by_key.items()}
    heirs = _Heirs(by_key)
    return tuple(heirs.completed(block) if _inherits(block) else block for block in blocks)


def _inherits(block: Block) -> bool:
    return block.kind == "entry" and any(field.name in _RELATIONS for field in block.fields)


class _Heirs:
    """The entries of a file by their keys, and those that are complete: each is completed once.

    What was cut short, where a chain leads back to itself or grows too long, says nothing for other chains; it is kept
    for one entry alone, so that many ways to one parent do not multiply.
    """

    def __init__(self, by_key: Mapping[str, Block]) -> None:
        self._by_key = by_key
        self._by_name: dict[str, Block] | None = None
        self._whole: dict[str, Block] = {}
        self._cut: dict[str, Block] = {}

    def completed(self, block: Block) -> Block:
        """Give an entry with what it inherits."""
        self._cut = {}
        return self._complete(block, ())[0]

    def _complete(self, block: Block, chain: tuple[str, ...]) -> tuple[Block, bool]:
        # An empty field is none, as for biber; of two with one name the first counts.
        own = {field.name: field.value for field in reversed(block.fields) if field.value}
        fields, notes, cut = list(block.fields), list(block.notes), False
        for relation in _RELATIONS:
            for key in dict.fromkeys(keys_in(own.get(relation, ""))):
                parent = self._by_key.get(key.lower()) or self._named(key.lower())
                if parent is None:
                    notes.append(Note(f"`{key}`, which `{relation}` names, is not in the file", relation))
                    continue
                if parent.key.lower() in (*chain, block.key.lower()) or len(chain) > _LONGEST_CHAIN:
                    notes.append(Note(f"`{relation}` leads back to `{key}`; nothing more was inherited", relation))
                    cut = True
                    continue
                whole, short = self._parent(parent, (*chain, block.key.lower()))
                cut = cut or short
                notes += whole.notes[len(parent.notes) :]  # its own stand first, and are said of the parent
                taken = _taken(block.type, own)  # before this parent: its year does not stand in the way of its month
                for field in _offered(block.type, whole, verbatim=relation == "xdata"):
                    if field.value and field.name not in taken and field.name not in own:
                        own[field.name] = field.value
                        fields.append(field)
        return msgspec.structs.replace(block, fields=tuple(fields), notes=tuple(dict.fromkeys(notes))), cut

    def _named(self, name: str) -> Block | None:
        """Give the entry that has a further name (`ids`, section 2.2.3 of biblatex's manual); few files ask for one."""
        if self._by_name is None:
            self._by_name = {}
            for block in self._by_key.values():
                for names in (field.value for field in block.fields if field.name == "ids"):
                    for one in keys_in(names):
                        self._by_name.setdefault(one.lower(), block)
        return self._by_name.get(name)

    def _parent(self, parent: Block, chain: tuple[str, ...]) -> tuple[Block, bool]:
        key = parent.key.lower()
        if key in self._whole:
            return self._whole[key], False
        if key in self._cut:
            return self._cut[key], True
        whole, cut = self._complete(parent, chain)
        (self._cut if cut else self._whole)[key] = whole
        return whole, cut


def _taken(type_: str, own: Mapping[str, str]) -> frozenset[str]:
    """Give the names of fields that there are, with the other names of the same things."""
    same_titles = frozenset({"booktitle", container_field(type_)})
    taken = {*own, *(name for same in (*_SAME, same_titles) if not same.isdisjoint(own) for name in same)}
    taken |= {name for title, names in _BELOW.items() if title in taken for name in names}
    return frozenset(taken | ({"month", "day"} if "date" in own or "year" in own else set()))


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
        elif field.name == "author" and child in _BOOKAUTHORED.get(parent.type, ()):
            yield Field("bookauthor", field.value)


def _renamed(child: str, parent: str) -> Mapping[str, str]:
    if parent in _VOLUMES:
        return _MAIN_TITLE
    if child in _INSIDE and parent not in _NO_BOOKS:
        return _BOOK_TITLE
    return _JOURNAL_TITLE if child in ("article", "suppperiodical") and parent == "periodical" else {}
