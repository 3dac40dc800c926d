r"""Markdown as Pandoc, R Markdown, Quarto and MyST have it: ``[@key, p. 3; @other]``, ``@{key}``, ``{cite}`key```.

Code, comments, addresses and mail are no citations. A document for LaTeX may cite by its commands, too.
"""

from __future__ import annotations

import re

from alliancebib.documents.citation import Citation, Key, blanked, listed_keys
from alliancebib.documents.latex import commands

__all__ = ["citations"]

#: Inner marks of a key stand alone and before a letter or digit (the manual of Pandoc, "Citation syntax").
_BARE = r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"
#: A key in a text; before it stands no letter, digit or end of a name as mail has it.
_KEY = re.compile(rf"(?<![^\W_])(?<!\w[_.+%-])(?<![\\/@])@(?:\{{([^{{}}\n]+)\}}|({_BARE}))")
_FENCE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
#: Code in a line; that of MyST's roles which cite is the list of keys.
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_ROLE = re.compile(r"\{[\w:.-]*cite[\w:.-]*\}(`)([^`{}\n]+)`", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ADDRESS = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]*:|[^\s<>@]+@)[^\s<>]*>|\]\([^()\s]*\)|\b(?:https?|ftp)://[^\s<>\]\"]+"
)
#: The label of a link, whose address stands behind it; a note begins with a caret.
_LABEL = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:(?=[ \t]*\S)", re.MULTILINE)
_INDENTED = re.compile(r"(?: {4}|\t)")
_ITEM = re.compile(r"[ \t>]*(?:[-+*]|\(?\w{1,4}[.)]|\[\^[^]\n]+\]:|:)[ \t]")
_BRACKET = re.compile(r"\[[^][\n]*(?:\n(?![ \t]*\n)[^][\n]*)*\]")


def citations(text: str) -> list[Citation]:
    r"""Give the citations of a document.

    >>> text = "As @a:b and [-@c, p. 3; @{d}]; mail x@a.org, `@e`."
    >>> [[key.text for key in citation.keys] for citation in citations(text)]
    [['c', 'd'], ['a:b']]
    """
    seen = blanked(blanked(text, _FENCE), _COMMENT)
    roles = [Citation(listed_keys(seen, *role.span(2))) for role in _ROLE.finditer(seen)]
    seen = blanked(blanked(blanked(_without_indented(seen), _CODE), _ADDRESS), _LABEL)
    return [*roles, *commands(seen), *_cited(seen)]


def _cited(seen: str) -> list[Citation]:
    grouped, taken = [], set[int]()
    for bracket in _BRACKET.finditer(seen):
        if keys := _keys_of(seen, *bracket.span()):
            grouped.append(Citation(keys, _written))
            taken |= {key.start for key in keys}
    single = (_key(match) for match in _KEY.finditer(seen))
    return grouped + [Citation((key,), _written) for key in single if key.start not in taken]


def _keys_of(seen: str, start: int, end: int) -> tuple[Key, ...]:
    """Give the keys in a bracket; an item that is a key alone can go with the mark before it."""
    found, place, bare = [], start + 1, False
    for part in seen[start + 1 : end - 1].split(";"):
        for match in _KEY.finditer(seen, place, place + len(part)):
            alone = part.strip() in (match[0], f"-{match[0]}")
            item = (place - 1, place + len(part)) if alone and bare and place > start + 1 else None
            found.append(_key(match)._replace(item=item))
            bare = bare or alone
        place += len(part) + 1
    return tuple(found)


def _key(match: re.Match[str]) -> Key:
    number = 1 if match[1] else 2
    return Key(match[number], *match.span(number), closed=bool(match[1]))


def _written(key: str) -> str:
    """Write a key; one with other marks than a bare one may have stands in braces."""
    return key if re.fullmatch(_BARE, key) else f"{{{key}}}"


def _without_indented(text: str) -> str:
    """Hide blocks of code that are only indented; what is indented within a list or a note belongs to that."""
    lines, code, inside, blank = [], False, False, True
    for line in text.splitlines(keepends=True):
        if not line.strip():
            blank = True
        elif _INDENTED.match(line):
            code = not inside and (code or blank)
            blank = False
        else:
            code, inside = False, bool(_ITEM.match(line)) or (inside and not blank)
            blank = False
        lines.append(re.sub(r"[^\n]", "\0", line) if code and line.strip() else line)
    return "".join(lines)
