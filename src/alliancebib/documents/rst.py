"""reStructuredText with sphinxcontrib-bibtex: roles that cite, as ``:cite:p:`key,other```."""

from __future__ import annotations

import re

from alliancebib.documents.citation import Citation, blanked, listed_keys

__all__ = ["citations"]

#: The role of a citation; notes in braces may stand around its keys.
_ROLE = re.compile(
    r":(?:foot)?(?:no)?cite(?:alp|alt|author|year|title)?\w*(?::\w+)*:`(?:\{[^{}`]*\})?([^{}`]+)", re.IGNORECASE
)
_LITERAL = re.compile(r"``.+?``", re.DOTALL)
_COMMENT = re.compile(
    r"^\.\.[ \t]+(?![\w-]+(?:[:+.][\w-]+)*::|\[|_|\|)[^\n]*(?:\n(?:[ \t]+[^\n]*|[ \t]*))*", re.MULTILINE
)
_BLOCK = re.compile(
    r"^(?P<indent>[ \t]*)(?:[^\n]*::|\.\. (?:code|code-block|literalinclude|parsed-literal)::[^\n]*)[ \t]*\n"
    r"(?:(?:(?P=indent)[ \t]+[^\n]*|[ \t]*)\n)*(?:(?P=indent)[ \t]+[^\n]*\Z)?",
    re.MULTILINE,
)


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
    return _BLOCK.sub(_hidden, text)


def _hidden(match: re.Match[str]) -> str:
    head, line_end, below = match[0].partition("\n")
    is_directive = re.match(r"[ \t]*\.\. ", head) and not re.match(r"[ \t]*\.\. (?:code|parsed-literal|literal)", head)
    return match[0] if is_directive else head + line_end + re.sub(r"[^\n]", "\0", below)
