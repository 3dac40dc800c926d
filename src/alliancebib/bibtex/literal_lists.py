"""Lists of bodies and places: biblatex's "literal lists" (section 2.2.1), which CSL has as one text, "Oslo; Bergen".

The source of a field comes in and goes out. Parts are divided by the word "and" outside of braces; "and others" cuts a
list.
"""

from __future__ import annotations

import re

from alliancebib.bibtex.sources import balanced, is_group

__all__ = ["bare_list", "list_parts", "list_source"]

_BETWEEN = "; "
_OTHERS = "et al."
#: Blanks that divide nothing are marks, too, so that each is looked at once.
_MARK = re.compile(r"\\.|[{}]|(\s++and\s++)|\s++", re.IGNORECASE | re.DOTALL)


def list_parts(source: str) -> list[str]:
    """Divide a list.

    >>> list_parts("{Barnes and Noble} and MIT Press")
    ['{Barnes and Noble}', 'MIT Press']
    """
    parts: list[str] = []
    depth = start = 0
    for mark in _MARK.finditer(source):
        if mark[0] in "{}":
            depth = max(0, depth + (1 if mark[0] == "{" else -1))
        elif not depth and mark[1]:
            parts.append(source[start : mark.start()])
            start = mark.end()
    return [part for part in (*parts, source[start:]) if part.strip()]


def bare_list(source: str, *, biblatex: bool) -> str:
    """Give the source with semicolons between its parts, if it is a list.

    Classic BibTeX has no such lists: there "Johnson and Sons" is one body unless braces show that it is two.

    >>> bare_list("A and B", biblatex=True), bare_list("A and B", biblatex=False)
    ('A; B', 'A and B')
    """
    if "and" not in source.lower():
        return source
    parts = list_parts(source)
    cut = len(parts) > 1 and parts[-1].lower() == "others"
    named = parts[:-1] if cut else parts
    if len(parts) == 1:
        return _inside(source.strip())
    if not parts or not (biblatex or all(part.startswith("{") and part.endswith("}") for part in named)):
        return source
    named = [part for part in map(_inside, named) if part.strip()]
    return _BETWEEN.join([*named, _OTHERS] if cut else named)


def _inside(part: str) -> str:
    """Give what is in the braces round a part, which make it one body; those of a command stay."""
    return part[1:-1] if is_group(part) and not _begins_with_command(part) else part


def _begins_with_command(part: str) -> bool:
    """Say whether a part is a group of which the braces end what a command does."""
    return part.startswith("{\\") and is_group(part)


def list_source(source: str, *, classic: bool) -> str:
    """Give the source of what is to be read as one text: a list in biblatex's dialect, else one body in braces.

    >>> list_source("A; B", classic=False), list_source("Barnes and Noble", classic=True)
    ('{A} and {B}', '{Barnes and Noble}')
    """
    parts = source.split(_BETWEEN)
    if not classic and len(parts) > 1 and all(part.strip() and balanced(part) for part in parts):
        cut = parts[-1] == _OTHERS
        return " and ".join(
            [
                *(part if _begins_with_command(part) else f"{{{part}}}" for part in parts[: len(parts) - cut]),
                *["others"] * cut,
            ]
        )
    return f"{{{source}}}" if len(list_parts(source)) > 1 else source
