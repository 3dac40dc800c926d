"""Typst: ``@key``, ``#cite(<key>)`` and ``#cite(label("key"))``; not in comments and raw text."""

from __future__ import annotations

import re

from alliancebib.documents.citation import Citation, Key

__all__ = ["citations"]

_LABEL = r"[^\W\d](?:[\w-]|[.:](?=[\w-]))*|\d(?:[\w-]|[.:](?=[\w-]))*"
#: Text that is no text of the document; each hides the beginnings of the others. `//` in an address begins nothing.
_HIDDEN = re.compile(
    r"(`{3,}).*?(?:\1|\Z)|`[^`]*(?:`|\Z)|/\*.*?(?:\*/|\Z)|(?<!:)//[^\n]*|https?://[^\s()\[\]]+", re.DOTALL
)
_REFERENCE = re.compile(rf"(?<![\w@\\.+/-])@({_LABEL})")
_CITE = re.compile(rf"\bcite\(\s*(?:<({_LABEL})>|label\(\s*\"([^\"\\\n]+)\"\s*\))")


def citations(text: str) -> list[Citation]:
    """Give the citations of a document.

    >>> text = 'As @a:b, #cite(<c>, form: "prose") and `@d` // @e'
    >>> [[key.text for key in citation.keys] for citation in citations(text)]
    [['a:b'], ['c']]
    """
    seen = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), text)
    found = [Citation((Key(match[1], match.start(), match.end()),), _reference) for match in _REFERENCE.finditer(seen)]
    for match in _CITE.finditer(seen):
        if match[1]:
            found.append(Citation((Key(match[1], match.start(1) - 1, match.end(1) + 1),), _label))
        else:
            found.append(Citation((Key(match[2], *match.span(2)),), _quoted))
    return found


def _reference(key: str) -> str:
    return f"@{key}" if re.fullmatch(_LABEL, key) else f"#cite({_label(key)})"


def _label(key: str) -> str:
    return f"<{key}>" if re.fullmatch(_LABEL, key) else f'label("{_quoted(key)}")'


def _quoted(key: str) -> str:
    return key.replace("\\", "\\\\").replace('"', '\\"')
