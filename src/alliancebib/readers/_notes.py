"""Footnotes for markdown-it: ``[^1]: text`` is a block of its own, as GitHub, Pandoc and most sites have it.

CommonMark has no footnotes and would join such lines into a paragraph, or take them for the address of a link.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

__all__ = ["NOTE", "use_notes"]

#: The type of the token that opens a footnote.
NOTE = "note_open"
#: What begins another block even without an empty line before it.
_BEGINNING = re.compile(r"\[\^[^\]\s]{1,200}\]:|[>#]|[-*+][ \t]|```|~~~")
_LABEL = re.compile(r"\[\^([^\]\s]{1,200})\]:[ \t]*")


def use_notes(parser: MarkdownIt) -> None:
    """Teach a parser footnotes."""
    parser.block.ruler.before("reference", "note", _note, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's face
    if state.is_code_block(start):
        return False
    match = _LABEL.match(state.src, _begin(state, start), state.eMarks[start])
    if not match or match.end() >= state.eMarks[start] or silent:
        return match is not None and match.end() < state.eMarks[start]
    after = start + 1
    while after < end and not state.isEmpty(after) and not _BEGINNING.match(state.src, _begin(state, after)):
        after += 1
    rest = [
        state.getLines(line, line + 1, state.tShift[line], keepLastLF=False).strip() for line in range(start + 1, after)
    ]
    state.line = after
    opening = state.push(NOTE, "li", 1)
    opening.info = match[1]
    opening.map = [start, after]
    inline = state.push("inline", "", 0)
    inline.content = "\n".join([state.src[match.end() : state.eMarks[start]].strip(), *rest])
    inline.map = [start, after]
    inline.children = []
    state.push("note_close", "li", -1)
    return True


def _begin(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]
