"""Org: ``[cite/t:see @key p. 3; @other]``, the links of org-ref (``cite:key,other``, ``cite:&key``), and LaTeX."""

from __future__ import annotations

import re

from alliancebib.documents.citation import Citation, Key, blanked, listed_keys
from alliancebib.documents.latex import commands

__all__ = ["citations"]

_BLOCK = re.compile(
    r"^[ \t]*#\+begin_(?P<name>src|example|comment)\b.*?(?:^[ \t]*#\+end_(?P=name)\b|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile(r"^[ \t]*#(?:[ \t][^\n]*)?$|^[ \t]*:[ \t][^\n]*$", re.MULTILINE)
_VERBATIM = re.compile(r"(?<![^\s({'\"-])([=~])(?=\S)[^\n]{1,300}?(?<=\S)\1(?![\w])")
_CITE = re.compile(r"(?<!\[)\[cite(?:/[\w/-]*)?:([^][]*)\]", re.IGNORECASE)
#: The marks that a key may have, as Org's own parser (org-element) takes them.
_KEY = re.compile(r"@([-.:?!`'/*@+|(){}<>&_^$#%~\w]+)")
_REF = re.compile(r"(?<![\w/[@-])(?:\[\[)?\w*cite\w*:(?![/\s])([^\s\]\[;]+(?:;[^\s\]\[;]+)*)", re.IGNORECASE)
_AMPERSAND = re.compile(r"&([-.:\w/+]*\w)")
_COMMAS = re.compile(r"[-.:\w/+]*\w(?:,[-.:\w/+]*\w)*")


def citations(text: str) -> list[Citation]:
    """Give the citations of a document.

    >>> text = "As [cite/t:see @a p. 3; @b], cite:c,d and =cite:e=."
    >>> [[key.text for key in citation.keys] for citation in citations(text)]
    [['a', 'b'], ['c', 'd']]
    """
    seen = blanked(blanked(blanked(text, _BLOCK), _COMMENT), _VERBATIM)
    found = [Citation(_cited(seen, *match.span(1))) for match in _CITE.finditer(seen)]
    seen = blanked(seen, _CITE)
    for match in _REF.finditer(seen):
        start, end = match.span(1)
        if "&" in match[1]:
            keys = tuple(Key(key[1], *key.span(1)) for key in _AMPERSAND.finditer(seen, start, end))
        else:
            listed = _COMMAS.match(seen, start, end)
            keys = listed_keys(seen, *listed.span()) if listed else ()
        found.append(Citation(keys))
    return found + commands(seen)


def _cited(seen: str, start: int, end: int) -> tuple[Key, ...]:
    found, place, bare = [], start, False
    for part in seen[start:end].split(";"):
        for match in _KEY.finditer(seen, place, place + len(part)):
            alone = part.strip() == match[0]
            item = (place - 1, place + len(part)) if alone and bare and place > start else None
            found.append(Key(match[1], *match.span(1), item))
            bare = bare or alone
        place += len(part) + 1
    return tuple(found)
