r"""What in a .bib file points at an entry by its key: fields, ``\cite`` in any text, and the groups of JabRef.

The text of an entry or comment and a table from old keys, in small letters, to new ones come in; the text in which
they follow goes out. The field ``ids`` points at nothing: it gives an entry further names, which stay its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from alliancebib.bibtex.blocks import find_blocks
from alliancebib.bibtex.citing import cited_keys
from alliancebib.bibtex.places import field_places, key_place, value_parts
from alliancebib.bibtex.syntax import Block, blocks_of

__all__ = ["POINTERS", "followed", "followed_field", "followed_file", "followed_text", "keys_in"]

#: Fields whose value is the key of another entry, or several with commas between them.
POINTERS = frozenset({"crossref", "xdata", "xref", "related", "entryset"})
_KEY = re.compile(r"[^,{}\"]+")
#: JabRef before version 4 lists the keys of a group: ``1 ExplicitGroup:name\;context\;key\;key\;;``.
_GROUPS = re.compile(r"@comment\s*\{\s*jabref-meta:\s*group(?:ing|stree):", re.IGNORECASE)
_GROUP = re.compile(r"(\bExplicitGroup:)((?:[^\\;]|\\.)*+)", re.DOTALL)
_BETWEEN = "\\;"


def followed(value: str, renames: Mapping[str, str]) -> str:
    """Give the value of a pointer with the new keys.

    >>> followed("{a, B,c}", {"a": "x", "b": "y"})
    '{x, y,c}'
    """
    return _KEY.sub(lambda piece: _renamed(piece[0], renames), value)


def _renamed(piece: str, renames: Mapping[str, str]) -> str:
    key = piece.strip()
    return piece.replace(key, renames.get(" ".join(key.lower().split()), key)) if key else piece


def keys_in(value: str) -> list[str]:
    """Give the keys in the value of a pointer, or the further names in one of ``ids``.

    >>> keys_in("{a, B,c}")
    ['a', 'B', 'c']
    """
    return [key for part in _KEY.findall(value) if (key := part.strip())]


def followed_text(raw: str, renames: Mapping[str, str]) -> str:
    r"""Give the text of any block with the new keys in commands that cite and in the groups of JabRef.

    >>> followed_text("@misc{c, note = {In \\citet[3]{a, b}}}", {"a": "x"})
    '@misc{c, note = {In \\citet[3]{x, b}}}'
    """
    if _GROUPS.match(raw):
        return _GROUP.sub(lambda group: group[1] + _followed_group(group[2], renames), raw)
    pieces, place = [], 0
    for start, end in cited_keys(raw):
        pieces += [raw[place:start], followed(raw[start:end], renames)]
        place = end
    return "".join([*pieces, raw[place:]])


def _followed_group(record: str, renames: Mapping[str, str]) -> str:
    """Follow the keys of a group behind its name and context; a long line may be broken within a key."""
    parts = record.split(_BETWEEN)
    keys = [renames.get("".join(key.split("\n")).strip().lower(), key) for key in parts[2:]]
    return _BETWEEN.join([*parts[:2], *keys])


def followed_field(name: str, source: str, renames: Mapping[str, str]) -> str:
    r"""Give the value of a field with the new keys: those that it consists of, or those that it cites.

    >>> followed_field("xref", "{a}", {"a": "x"}), followed_field("note", r"a, \cite{a}", {"a": "x"})
    ('{x}', 'a, \\cite{x}')
    """
    return followed(source, renames) if name in POINTERS else followed_text(source, renames)


def followed_file(text: str, renames: Mapping[str, str]) -> str:
    """Give a file in which everything that points at an entry has the new keys; the entries keep theirs.

    >>> followed_file("@misc{a, title={A}} @misc{b, crossref={a}}", {"a": "x"})
    '@misc{a, title={A}} @misc{b, crossref={x}}'
    """
    stretches = list(find_blocks(text))
    pieces = []
    for stretch, block in zip(stretches, blocks_of(text, stretches), strict=True):
        if block.kind == "entry":
            body, body_end = stretch.body - stretch.start, stretch.body_end - stretch.start
            pieces.append(_followed_entry(block, body, body_end, renames))
        else:
            pieces.append(block.raw if block.kind == "text" else followed_text(block.raw, renames))
    return "".join(pieces)


def _followed_entry(block: Block, body: int, body_end: int, renames: Mapping[str, str]) -> str:
    r"""Give the text of an entry in which every pointer has the new keys; ``body`` counts from its beginning.

    A pointer that is no single text in braces or quotes, such as a macro, becomes one if it has to follow.
    """
    raw = block.raw
    inside = raw[body:body_end]
    pieces, place = [], 0
    for field, read in zip(field_places(inside, key_place(inside).end, []), block.fields, strict=True):
        if field.name.lower() in POINTERS:
            typed = inside[field.value : field.end]
            plain = len(list(value_parts(typed))) == 1 and typed[:1] in '{"'
            source = followed(typed, renames) if plain else followed(f"{{{read.value}}}", renames)
            if source != (typed if plain else f"{{{read.value}}}"):
                pieces += [raw[place : body + field.value], source]
                place = body + field.end
    return followed_text("".join([*pieces, raw[place:]]), renames)
