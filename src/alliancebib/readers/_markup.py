"""Where the start tags of an HTML source stand, written into the source itself as an attribute.

libxml2 tells lines only up to 65,535 and no columns, and as a tree it drops what is nested deeper than 2,048 elements;
read as a stream it tells no places at all. So each start tag gets one attribute more, with the place behind it.
"""

from __future__ import annotations

import re

__all__ = ["PLACE", "with_places", "without_places"]

#: The attribute's name; what a page itself says under this name comes second in its tag and is not seen.
PLACE = "data-alliancebib-place"
#: A start tag. Quotes count only behind "=", as in a browser; lengths are bounded so that no page takes long.
_TAG = re.compile(
    r"<([A-Za-z][A-Za-z0-9:-]{0,60}+)(?=[\s/>])"
    r"(?:[^\"'=<>]++|=\s*+(?:\"[^\"]{0,5000}\"|'[^']{0,5000}')?+|[\"'])*+>"
)
_WRITTEN = re.compile(rf" {PLACE}=\d+:\d+ ")


def with_places(text: str, *, line: int = 1) -> str:
    r"""Give the source with the line and column (both from 1) behind each start tag written into the tag.

    ``line`` is the number of the first line.

    >>> with_places("<ul>\n<li class=x>Item")
    '<ul data-alliancebib-place=1:5 >\n<li data-alliancebib-place=2:13  class=x>Item'
    """
    pieces: list[str] = []
    counted = written = 0
    line_start = 0
    for match in _TAG.finditer(text):
        end = match.end()
        if breaks := text.count("\n", counted, end):
            line += breaks
            line_start = text.rindex("\n", counted, end) + 1
        counted = end
        pieces += (text[written : match.end(1)], f" {PLACE}={line}:{end - line_start + 1} ")
        written = match.end(1)
    pieces.append(text[written:])
    return "".join(pieces)


def without_places(text: str) -> str:
    """Give a text without what `with_places` wrote where a tag stood inside a title or comment."""
    return _WRITTEN.sub("", text)
