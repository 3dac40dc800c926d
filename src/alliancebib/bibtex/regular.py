r"""The quick way through entries that are written as programs write them: `regular_entry`.

The text of a file and the place after an entry's opening brace come in; its key and its fields go out, or None for what
has to be looked at closer: comments, missing commas, ``#``, deep braces. Most entries of most files are regular, and
`alliancebib.bibtex.places`, which reads them all, takes five times as long. Both give the same.
"""

from __future__ import annotations

import re

import msgspec

__all__ = ["Regular", "regular_entry"]

_KEY = re.compile(r"\s*+([^\s,={}\"#%()]*+)\s*+,")
#: A field and what stands before it. Quantifiers are possessive: nothing is tried twice, however long the value.
_FIELD = re.compile(
    r"""
    [\s,]*+ ([^\s=,{}"\#%()]++) \s*+ = \s*+
    (?: \{ ((?: [^{}]++ | \{ (?: [^{}]++ | \{ (?: [^{}]++ | \{ [^{}]*+ \} )*+ \} )*+ \} )*+) \}
      | " ((?: [^{}"]++ | \{ (?: [^{}]++ | \{ [^{}]*+ \} )*+ \} )*+) "
      | ([^\s,\#{}"%][^\s,\#{}"]*+)
    )
    \s*+ (?= [,})] )
    """,
    re.VERBOSE,
)
_END = re.compile(r"[\s,]*+([})])")


class Regular(msgspec.Struct, frozen=True, gc=False):
    """A regular entry: its key, its fields, and where its closing brace or parenthesis stands.

    A field is its name as typed, its text if that stands in braces or quotes, and else None and the bare word.
    """

    key: str
    fields: tuple[tuple[str, str | None, str], ...]
    end: int


def regular_entry(text: str, start: int) -> Regular | None:
    """Read the entry whose body begins at ``start``; None where it is not regular.

    >>> regular_entry("@misc{k, title = {A {B}}, month = jan}", 6)
    Regular(key='k', fields=(('title', 'A {B}', ''), ('month', None, 'jan')), end=37)
    """
    key = _KEY.match(text, start)
    if key is None:
        return None
    fields = []
    place = key.end()
    while match := _FIELD.match(text, place):
        name, braced, quoted, bare = match.groups()
        if bare and ")" in bare and text[start - 1] == "(":
            return None  # it may be the end of the entry
        fields.append((name, quoted if braced is None else braced, bare or ""))
        place = match.end()
    end = _END.match(text, place)
    if end is None or (end[1] == "}") != (text[start - 1] == "{"):
        return None
    return Regular(key[1], tuple(fields), end.start(1))
