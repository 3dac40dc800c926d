"""reStructuredText with sphinxcontrib-bibtex: roles that cite, as ``:cite:p:`key,other```."""

from __future__ import annotations

import re

from alliancebib.documents.citation import Citation, blanked, listed_keys

__all__ = ["citations"]

#: The role of a citation; notes in braces may stand around its keys.
_ROLE = re.compile(
    r":(?:foot)?(?:no)?cite(?:alp|alt|author|year|title)?\w*(?::\w+){0,3}:`(?:\{[^{}`]*\})?([^{}`]+)", re.IGNORECASE
)
_LITERAL = re.compile(r"``.+?``", re.DOTALL)
_COMMENT = re.compile(
    r"^\.\.[ \t]+(?![\w-]+(?:[:+.][\w-]+)*::|\[|_|\|)[^\n]*(?:\n(?:[ \t]+[^\n]*|[ \t]*))*", re.MULTILINE
)
#: Directives below which stands text as it is; below other ones stands text of the document.
_CODE = re.compile(r"\.\. (?:code|code-block|sourcecode|parsed-literal|highlight|literalinclude|math)::")


def citations(text: str) -> list[Citation]:
    """Give the citations of a document.

    >>> text = "As :cite:p:`{see}a, b` and ``:cite:`c```"
    >>> [[key.text for key in citation.keys] for citation in citations(text)]
    [['a', 'b']]
    """
    seen = blanked(blanked(_without_code(text), _COMMENT), _LITERAL)
    return [Citation(listed_keys(seen, *match.span(1))) for match in _ROLE.finditer(seen)]


def _without_code(text: str) -> str:
    """Hide what stands as it is: indented below a line that ends with two colons, and in directives for code."""
    lines, outside = [], -1
    for line in text.split("\n"):
        body = line.strip(" \t")
        indent = len(line) - len(line.lstrip(" \t"))
        if body and indent <= outside:
            outside = -1
        if body and 0 <= outside < indent:
            lines.append("\0" * len(line))
            continue
        if outside < 0 and (_CODE.match(body) or (body.endswith("::") and not body.startswith(".. "))):
            outside = indent
        lines.append(line)
    return "\n".join(lines)
