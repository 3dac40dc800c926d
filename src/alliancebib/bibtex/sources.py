"""What holds of any TeX source, whatever it says: one line, braces in balance, addresses as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["balanced", "encode_verbatim", "inside_of_whole", "is_group", "mended", "one_line"]

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BRACE = re.compile(r"[{}]")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def one_line(text: str) -> str:
    """Make runs of blanks and line ends one blank; blanks of typography (no-break, thin) stay.

    Other control characters go: TeX refuses them, and biber breaks off at a NUL.
    """
    if text.isprintable() and "  " not in text:  # as most are
        return text.strip(" ")
    return _BLANKS.sub(" ", _CONTROLS.sub("", text)).strip(" ")


def _depths(source: str) -> Iterator[tuple[int, int]]:
    """Give how many braces are open behind each one, and its end; a backslash hides none, as in BibTeX."""
    depth = 0
    for mark in _BRACE.finditer(source):
        depth += 1 if mark[0] == "{" else -1
        yield depth, mark.end()


def balanced(source: str) -> bool:
    """Say whether the braces of a source are balanced, as BibTeX counts them."""
    depth = 0
    for depth, _ in _depths(source):
        if depth < 0:
            return False
    return not depth


def is_group(source: str) -> bool:
    """Say whether one pair of braces encloses the whole source.

    >>> is_group("{A {B}}"), is_group("{A} and {B}")
    (True, False)
    """
    return source.startswith("{") and next((end for depth, end in _depths(source) if not depth), 0) == len(source)


def mended(source: str) -> str:
    """Give a source with balanced braces: those too many go, as TeX drops them, and those that lack are added.

    Blanks that then stand at its ends go as well.

    >>> mended("a}b{c"), mended("a {b}")
    ('ab{c}', 'a {b}')
    """
    if balanced(source):
        return source
    depth, pieces = 0, []
    for piece in re.split(r"([{}])", source):
        if piece == "}" and not depth:
            continue
        depth += (piece == "{") - (piece == "}")
        pieces.append(piece)
    return "".join(pieces).strip(" ") + "}" * depth


def inside_of_whole(source: str) -> str:
    r"""Give what is in the pair of braces around a whole source; the empty text where there is none.

    >>> inside_of_whole("{Whole {T}itle}"), inside_of_whole("{A} and {B}"), inside_of_whole(r"{\em A}")
    ('Whole {T}itle', '', '')
    """
    source = source.strip()
    return source[1:-1] if is_group(source) and not source.startswith("{\\") and not source.endswith("\\}") else ""


def encode_verbatim(text: str) -> str:
    """Give an address or identifier as it is; what would break the entry is percent-encoded.

    >>> encode_verbatim("https://example.org/a_b%20c#d{")
    'https://example.org/a_b%20c#d%7B'
    """
    text = text.replace("\\", "%5C")
    return text if balanced(text) else text.replace("{", "%7B").replace("}", "%7D")
