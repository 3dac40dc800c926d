"""Citation keys in the documents that cite a bibliography: LaTeX, Markdown, Org, reStructuredText, Typst.

The text of a document and a map of keys come in; the text with the new keys goes out, and how many citations changed.
Every other character stays. `rewrite` is for all languages; each has a module that says where in a text keys stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from alliancebib.documents import latex, markdown, org, rst, typst
from alliancebib.documents.citation import Citation, Rewritten, with_new_keys
from alliancebib.errors import UsageError

__all__ = ["LANGUAGES", "Rewritten", "language_of", "rewrite"]

#: Language -> suffixes of its files.
LANGUAGES = {
    "latex": (".tex", ".ltx", ".latex", ".rnw", ".tikz", ".sty", ".cls"),
    "markdown": (".md", ".markdown", ".mdown", ".mkd", ".rmd", ".qmd", ".mdx", ".myst"),
    "org": (".org",),
    "rst": (".rst",),
    "typst": (".typ",),
}
_FIND: dict[str, Callable[[str], list[Citation]]] = {
    "latex": latex.citations,
    "markdown": markdown.citations,
    "org": org.citations,
    "rst": rst.citations,
    "typst": typst.citations,
}


def language_of(place: str) -> str:
    """Give the language of a document by its suffix.

    >>> language_of("paper/Main.TEX")
    'latex'

    Raises:
        UsageError: No language has this suffix.
    """
    suffix = PurePath(place).suffix.lower()
    for language, suffixes in LANGUAGES.items():
        if suffix in suffixes:
            return language
    known = ", ".join(suffix for suffixes in LANGUAGES.values() for suffix in suffixes)
    raise UsageError("keys can be rewritten in no document of this kind", place=place, help=f"Known: {known}.")


def rewrite(text: str, keys: Mapping[str, str], language: str) -> Rewritten:
    r"""Put new keys in the place of old ones; of two that become one in a citation the second goes.

    >>> rewrite(r"As \citep[3]{a} and \cite{a, b, c}", {"b": "a"}, "latex").text
    'As \\citep[3]{a} and \\cite{a, c}'
    >>> rewrite("As @b, and [see @a, p. 3; @b]", {"b": "a2"}, "markdown").text
    'As @a2, and [see @a, p. 3; @a2]'
    """
    if not keys:
        return Rewritten(text, 0)
    seen = text.replace("\r\n", " \n").replace("\r", "\n")  # places stay the same
    return with_new_keys(text, keys, _FIND[language](seen))
