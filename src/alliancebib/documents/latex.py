r"""LaTeX: every command that cites (see `alliancebib.bibtex.citing`); not in comments, nor in text shown as it is."""

from __future__ import annotations

import re

from alliancebib.bibtex.citing import cited_keys
from alliancebib.documents.citation import Citation, blanked, listed_keys

__all__ = ["citations", "commands"]

#: Commands whose argument is no key: styles, text, and new commands.
_NO_KEYS = re.compile(
    r"\\(?:citestyle|setcitestyle|citetext|newcites|citereset\w*|bibcite|citation\w*|Declare\w*Cite\w*|cite(?:index|dash"
    r"|left|right|mid|punct|form|numfont|setup)\w*)(?![A-Za-z])",
    re.IGNORECASE,
)
_ENVIRONMENT = r"(?:[vV]erbatim|BVerbatim|LVerbatim|SaveVerbatim|lstlisting|minted|comment|filecontents)\*?"
#: What is no text of the document: environments that show text as it is, the same in a line, and comments. They are
#: looked for together, since each hides the beginnings of the others.
_HIDDEN = re.compile(
    rf"(?P<text>\\begin\s*\{{(?P<name>{_ENVIRONMENT})\}}.*?(?:\\end\s*\{{(?P=name)\}}|\Z)"
    r"|\\(?:verb|Verb)\*?(?P<mark>[^A-Za-z\s*])[^\n]*?(?P=mark)"
    r"|\\(?:lstinline|mintinline)(?![A-Za-z])(?:\s*\[[^]\n]*\])?(?:\{\w+\}(?=[^\s\w]))?"
    r"(?:\{[^{}\n]*\}|(?P<sign>[^A-Za-z\s{])[^\n]*?(?P=sign)))"
    r"|(?P<escaped>\\[^A-Za-z])"
    r"|(?P<comment>%[^\n]*)",
    re.DOTALL,
)


def citations(text: str) -> list[Citation]:
    r"""Give the citations of a document.

    >>> text = "\\cite{a, % not b\n c} % \\cite{d}\n\\autocites(see)()[3]{e}{f}"
    >>> [[key.text for key in citation.keys] for citation in citations(text)]
    [['a', 'c'], ['e'], ['f']]
    """
    seen = _HIDDEN.sub(_hidden, text)
    return [_with_comments(citation, text) for citation in commands(seen)]


def commands(seen: str) -> list[Citation]:
    """Give the citations by commands in a text without comments and the like; other languages have such, too."""
    seen = blanked(seen, _NO_KEYS)
    return [Citation(listed_keys(seen, start, end)) for start, end in cited_keys(seen)]


def _with_comments(citation: Citation, text: str) -> Citation:
    """Let no key go that a comment would go with."""
    keys = (key._replace(item=None) if key.item and "%" in text[slice(*key.item)] else key for key in citation.keys)
    return citation._replace(keys=tuple(keys))


def _hidden(match: re.Match[str]) -> str:
    """Hide what is no text; a comment is as good as a blank, and an escaped mark is no mark."""
    if match["escaped"] is not None:
        return match[0] if match[0] not in (r"\{", r"\}", r"\[", r"\]") else "\0\0"
    mark = " " if match["comment"] is not None else "\0"
    return re.sub(r"[^\n]", mark, match[0])
