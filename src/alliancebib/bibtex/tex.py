r"""TeX text and Unicode: `decode` reads the values of fields, `encode` writes them.

Letters of every script stay Unicode; only the characters that are active in TeX are written as commands. CSL's rich
text (``<i> <b> <sup> <sub>``, small capitals) and LaTeX's commands for it are one another's image. Mathematics stays.
``decode(encode(text)) == text`` for every text of one line.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from alliancebib.bibtex.commands import (
    INVOLVED,
    KNOWN_COMMANDS,
    LIGATURES,
    MATH,
    SIMPLE,
    SMALL_CAPS,
    TO_READ,
    TOKEN,
    Reading,
)

__all__ = [
    "SPECIAL",
    "TEX_LETTER",
    "TO_ENCODE",
    "decode",
    "encode",
    "has_address",
    "has_unknown_commands",
    "is_set_otherwise",
]

_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
#: What TeX sets as such, but a text may mean as it stands there: "$SU(2)$".
_MATHS = re.compile(rf"\\.|(?P<maths>{INVOLVED}|{SIMPLE})", re.DOTALL)
_LIGATURE = re.compile(r"[{}~]|---?")
#: A letter in TeX, in braces (an accent, `ss`, `v c`) or as an accent alone, and a hyphen that divides no word, `{-}`.
TEX_LETTER = re.compile(
    r"""\{\\["'`^~=.](?:[A-Za-z]|\\[ij]|\{\\?[A-Za-z]\})\}|\{\\[A-Za-z]{1,2}(?:[ ][A-Za-z]|\{[A-Za-z]\})?\}|\{-\}
    |\\["'`^=.](?:[A-Za-z]|\{\\?[A-Za-z]\})""",
    re.VERBOSE,
)
_LETTER_OR_LIGATURE = re.compile(rf"{TEX_LETTER.pattern}|[{{}}~]|---?", re.VERBOSE)
#: All literal, so that the engine looks for a set of first characters.
_ACTIVE = re.compile(r"\\|\{|\}|\$|~|`|--|''")

_ESCAPES = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "\\": r"{\textbackslash}",
    "`": r"{\textasciigrave}",
    "\u00a0": "~",
}
#: What all that is special begins with: literal, as above.
TO_ENCODE = re.compile("|".join(map(re.escape, (*_ESCAPES, "<", "--", "''"))))
_TAGS = {"i": "emph", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript", "sc": "textsc"}
#: What of a text is written with commands or in braces.
SPECIAL = re.compile(
    rf"""(?P<math>{MATH})
    |<(?P<tag>i|b|sup|sub)>(?P<inner>(?:(?!</?(?P=tag)>).)+)</(?P=tag)>
    |<span\ class=(?:"nocase"|'nocase')>
     (?P<nocase>(?:{re.escape(SMALL_CAPS[0])}[^<>]+</span>|(?!</?span\b).)+)</span>
    |{re.escape(SMALL_CAPS[0])}(?P<caps>[^<>]+){re.escape(SMALL_CAPS[1])}
    |(?P<dashes>--+)|(?P<quotes>''+)
    |(?P<character>[&%$\#_{{}}~^\\`\u00a0])""",
    re.VERBOSE,
)


def decode(source: str) -> str:
    r"""Give the Unicode text of a TeX value; braces go, unknown commands stay as they are.

    >>> decode(r"{\L}{\'o}d{\'z} \& the {NATO}")
    'Łódź & the NATO'
    """
    if source.isalnum() or not _ACTIVE.search(source):
        return source
    if not TO_READ.search(source):
        return _LIGATURE.sub(_ligature, source)
    text = _LETTER_OR_LIGATURE.sub(_letter, source)
    if not TO_READ.search(text):  # no other command than for letters, as in most values that have any
        return unicodedata.normalize("NFC", text)
    reading = Reading()
    for token in TOKEN.finditer(source):
        reading.take(token)
    return unicodedata.normalize("NFC", reading.text()) if reading.accented else reading.text()


def _ligature(match: re.Match[str]) -> str:
    return LIGATURES.get(match[0], "")


def _letter(match: re.Match[str]) -> str:
    if "\\" in match[0]:
        return _decoded_letter(match[0])
    return "-" if match[0] == "{-}" else LIGATURES.get(match[0], "")


@lru_cache(maxsize=1024)
def _decoded_letter(source: str) -> str:
    reading = Reading()
    for token in TOKEN.finditer(source):
        reading.take(token)
    return reading.text()


def has_unknown_commands(source: str) -> bool:
    r"""Say whether a TeX value holds a command of which `decode` cannot tell the meaning in text.

    >>> has_unknown_commands(r"{\'E}tude \& {\myname{a}}"), has_unknown_commands(r"{\'E}tude \& a")
    (True, False)
    """
    if KNOWN_COMMANDS.issuperset(_COMMAND.findall(source)):
        return False
    commands = (token["word"] or token["mark"] for token in TOKEN.finditer(source))  # but not those of mathematics
    return any(name and name not in KNOWN_COMMANDS for name in commands)


def is_set_otherwise(source: str, text: str) -> bool:
    r"""Say whether a TeX value has mathematics in it where what `encode` makes of its text has none, or the reverse.

    >>> is_set_otherwise("$SU(2)$", "$SU(2)$"), is_set_otherwise("$n$ for $5", "$n$ for $5")
    (True, False)
    """
    return "$" in source and _maths(source) != _maths(encode(text))


def _maths(source: str) -> list[str]:
    return [found["maths"] for found in _MATHS.finditer(source) if found["maths"]]


_ADDRESS = re.compile(r"\\(?:url|path|nolinkurl)\s*\{|https?://")


def has_address(source: str) -> bool:
    r"""Say whether a TeX value holds an address, or a command for one.

    >>> has_address(r"Available at \url{x.org}"), has_address("{http}://x.org"), has_address("Aris and Nye")
    (True, True, False)
    """
    return bool(_ADDRESS.search(source) or _ADDRESS.search(decode(source)))


def encode(text: str) -> str:
    r"""Give the TeX source that prints a text.

    >>> encode("AT&T: 100 % of {x}")
    'AT\\&T: 100 \\% of {\\textbraceleft}x{\\textbraceright}'
    """
    return SPECIAL.sub(_escaped, text) if TO_ENCODE.search(text) else text


def _escaped(match: re.Match[str]) -> str:
    if match["math"]:
        return match["math"]
    if match["tag"]:
        return f"\\{_TAGS[match['tag']]}{{{encode(match['inner'])}}}"
    if match["nocase"]:
        return f"{{{encode(match['nocase'])}}}"
    if match["caps"]:
        return f"\\textsc{{{encode(match['caps'])}}}"
    if row := match["dashes"] or match["quotes"]:
        return "{}".join(row)
    return _ESCAPES[match["character"]]
