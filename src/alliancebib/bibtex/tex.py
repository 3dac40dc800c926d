r"""TeX text and Unicode: `decode` reads the values of fields, `encode` writes them.

Letters of every script stay Unicode; only the characters that are active in TeX are written as commands. CSL's rich
text (``<i> <b> <sup> <sub>``, small capitals) and LaTeX's commands for it are one another's image, and so are, where
`decode_cased` reads them, the span "nocase" and a group in braces. Mathematics stays.
``decode(encode(text)) == text`` for every text of one line.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

__all__ = [
    "NOCASE",
    "SPECIAL",
    "TEX_LETTER",
    "TO_ENCODE",
    "decode",
    "decode_cased",
    "encode",
    "has_address",
    "has_unknown_commands",
    "is_set_otherwise",
]

_TABLES = tomllib.loads(files("alliancebib.bibtex").joinpath("tex_symbols.toml").read_text("utf-8"))
_SYMBOLS: dict[str, str] = _TABLES["symbols"] | {
    prefix + (name if prefix == "CYR" else name.lower()): (letter if prefix == "CYR" else letter.lower())
    for prefix in ("CYR", "cyr")
    for name, letter in _TABLES["cyrillic"].items()
}
_ACCENTS: dict[str, str] = _TABLES["accents"]
_BARE_ACCENTS: dict[str, str] = _TABLES["bare_accents"]
_MARKUP: dict[str, str] = _TABLES["markup"]
_SWITCHES: dict[str, str] = _TABLES["switches"]
_CITING: dict[str, list[str]] = {name: ["[", "]"] for name in _TABLES["citing"]["names"]}
_QUOTES: dict[str, list[str]] = _TABLES["quotes"] | _CITING
_TRANSPARENT = frozenset(_TABLES["transparent"]["names"])
_SILENT = frozenset(_TABLES["silent"]["names"])

_KNOWN = frozenset().union(_ACCENTS, _SYMBOLS, _MARKUP, _TABLES["quotes"], _SWITCHES, _TRANSPARENT)
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)

_SMALL_CAPS = ('<span style="font-variant:small-caps;">', "</span>")
#: What CSL puts around letters that keep their case.
NOCASE = ('<span class="nocase">', "</span>")

_BRACED = r"\{(?:[^${}%#&~]|\{[^${}%#&~]*\})*\}"
_INVOLVED = rf"\$(?=[^$\s])(?=[^$]*[\\_^])[^$%#&~{{}}]*(?:{_BRACED}[^$%#&~{{}}]*)*(?<=[^$\s\\])\$"
#: Between dollars that touch what is in them and no letter or digit beside them; "$5 and $6" are prices.
_SIMPLE = r"(?<![\w$\\])\$(?=[^$\s])[^$%#&~{}\\`'\u00a0]+(?<=\S)\$(?![\w$])"
_NO_WORDS = r"(?!\$[^$]*(?:[^\W\d_]{2}|--|</))"
#: Mathematics: something between dollars that begins and ends there and holds a command, an index or a power, or has
#: no words in it, as "$p < 0.05$".
_MATH = rf"(?:{_INVOLVED}|{_NO_WORDS}{_SIMPLE})"
#: What TeX sets as such, but a text may mean as it stands there: "$SU(2)$".
_MATHS = re.compile(rf"\\.|(?P<maths>{_INVOLVED}|{_SIMPLE})", re.DOTALL)
_TOKEN = re.compile(
    rf"""(?P<math>{_MATH})
    |\\\((?=\S)(?=[^$\\]{{0,300}}(?:[_^]|\\[A-Za-z]))(?P<inline>(?:[^$%#&~{{}}\\]|\\[A-Za-z]|{_BRACED})*?)(?<=\S)\\\)
    |\\(?P<url>url|path|nolinkurl)\s*\{{(?P<address>[^{{}}]*)\}}
    |\\(?P<word>[A-Za-z]+)\*?[ ]*
    |\\(?P<mark>.)
    |(?P<brace>[{{}}])
    |`(?P<quoted>[^`'{{}}\\$]+)'(?!')
    |(?P<ligature>---?|``|''|\?`|!`|~)
    |(?P<text>[^\\{{}}$`'\-?!~]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0"}
_LIGATURE = re.compile(r"[{}~]|---?")
#: What cannot be decoded mark by mark.
_COMMANDS = re.compile(r"[\\$`]|''")
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
    rf"""(?P<math>{_MATH})
    |<(?P<tag>i|b|sup|sub)>(?P<inner>(?:(?!</?(?P=tag)>).)+)</(?P=tag)>
    |<span\ class=(?:"nocase"|'nocase')>
     (?P<nocase>(?:{re.escape(_SMALL_CAPS[0])}[^<>]+</span>|(?!</?span\b).)+)</span>
    |{re.escape(_SMALL_CAPS[0])}(?P<caps>[^<>]+){re.escape(_SMALL_CAPS[1])}
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
    if not _COMMANDS.search(source):
        return _LIGATURE.sub(_ligature, source)
    text = _LETTER_OR_LIGATURE.sub(_letter, source)
    if not _COMMANDS.search(text):  # no other command than for letters, as in most values that have any
        return unicodedata.normalize("NFC", text)
    reading = _Reading()
    for token in _TOKEN.finditer(source):
        reading.take(token)
    return unicodedata.normalize("NFC", reading.text()) if reading.accented else reading.text()


def _ligature(match: re.Match[str]) -> str:
    return _LIGATURES.get(match[0], "")


def _letter(match: re.Match[str]) -> str:
    if "\\" in match[0]:
        return _decoded_letter(match[0])
    return "-" if match[0] == "{-}" else _LIGATURES.get(match[0], "")


@lru_cache(maxsize=1024)
def _decoded_letter(source: str) -> str:
    reading = _Reading()
    for token in _TOKEN.finditer(source):
        reading.take(token)
    return reading.text()


def decode_cased(source: str) -> str:
    r"""Decode a title: groups in braces that protect letters are marked with CSL's span "nocase".

    The argument of a command protects nothing, nor does an accented letter in braces, nor a change of the font.

    >>> decode_cased(r"\emph{On} {NATO} in {\'E}vian")
    '<i>On</i> <span class="nocase">NATO</span> in Évian'
    """
    if "{" not in source:
        return decode(source)
    if "\\" in source and "{" not in TEX_LETTER.sub("", source):
        return unicodedata.normalize("NFC", decode(source))
    if "<" not in source and not _COMMANDS.search(source):
        text = _GROUP.sub(_with_case_kept, source)
        if "{" not in text and "}" not in text:
            return unicodedata.normalize("NFC", _LIGATURE.sub(lambda match: _LIGATURES[match[0]], text))
    reading = _CasedReading()
    for token in _TOKEN.finditer(source):
        reading.take(token)
    return unicodedata.normalize("NFC", reading.text())


#: A group with one level of groups in it.
_GROUP = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")


def _with_case_kept(group: re.Match[str]) -> str:
    inner = group[1].replace("{", "").replace("}", "")
    return inner if inner.lower() == inner.upper() else NOCASE[0] + inner + NOCASE[1]


def has_unknown_commands(source: str) -> bool:
    r"""Say whether a TeX value holds a command of which `decode` cannot tell the meaning in text.

    >>> has_unknown_commands(r"{\'E}tude \& {\myname{a}}"), has_unknown_commands(r"{\'E}tude \& a")
    (True, False)
    """
    if _KNOWN.issuperset(_COMMAND.findall(source)):
        return False
    commands = (token["word"] or token["mark"] for token in _TOKEN.finditer(source))  # but not those of mathematics
    return any(name and name not in _KNOWN for name in commands)


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


class _Group:
    """An open group: what it printed so far, what waits for its argument, what becomes of it when it closes."""

    def __init__(self, before: str = "", after: str = "", accent: str = "", *, silent: bool = False) -> None:
        self.pieces: list[str] = []
        self.before = [before]
        self.after = [after]
        self.accent = accent
        self.silent = silent
        self.waiting: _Group | None = None

    def text(self) -> str:
        inner = "" if self.silent else "".join(self.pieces)
        if self.accent:
            return _accented(self.accent, inner)
        before = "".join(self.before)
        return before + inner + "".join(reversed(self.after)) if inner or not before.startswith("<") else ""


class _Reading:
    """The state of one decoding: a stack of groups, so that deep nesting costs no recursion."""

    def __init__(self) -> None:
        self.groups = [_Group()]
        self.accented = False

    def take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup
        if kind == "brace":
            self._open() if token[0] == "{" else self._close()
        elif kind in ("word", "mark"):
            self._command(token[kind], token[0])
        elif kind == "address":
            self._print(token["address"])
        elif kind == "inline":
            self._print(f"${token['inline']}$")
        elif kind == "quoted":
            self._print(f"‘{token['quoted']}’")
        else:
            self._print(_LIGATURES.get(token[0], token[0]))

    def _open(self) -> None:
        group = self.groups[-1].waiting or _Group()
        self.groups[-1].waiting = None
        self.groups.append(group)

    def _close(self) -> None:
        if len(self.groups) > 1:  # a brace too many is dropped, as TeX does after complaining
            self._settle()
            closed = self.groups.pop()
            self._print(closed.text())

    def _command(self, name: str, whole: str) -> None:
        if name in _ACCENTS:
            self.accented = True
            self._wait(_Group(accent=name))
        elif name in _SYMBOLS:
            self._print(_SYMBOLS[name])
        elif name in _MARKUP:
            self._wait(_Group(*_tags(_MARKUP[name])))
        elif name in _QUOTES:
            self._wait(_Group(*_QUOTES[name]))
        elif name in _SILENT:
            self._wait(_Group(silent=True))
        elif name in _SWITCHES:
            self._settle()
            group = self.groups[-1]
            before, after = _tags(_SWITCHES[name])
            group.before += [*group.pieces, before]
            group.after.append(after)
            group.pieces = []
        elif name not in _TRANSPARENT:
            self._settle()
            self.groups[-1].pieces.append(whole)
            if whole.rstrip()[-1:].isalpha():
                self.groups[-1].waiting = _Group(before="{", after="}")

    def _wait(self, group: _Group) -> None:
        self._settle()
        self.groups[-1].waiting = group

    def _settle(self) -> None:
        """Let a command that found no argument take the empty one."""
        group = self.groups[-1]
        waiting, group.waiting = group.waiting, None
        if waiting and waiting.accent:
            group.pieces.append(waiting.text())

    def _print(self, text: str) -> None:
        group = self.groups[-1]
        waiting = group.waiting
        if waiting is None or not text:
            group.pieces.append(text)
            return
        if waiting.accent and not text.strip(" "):  # TeX skips blanks before an argument
            return
        group.waiting = None
        text = text.lstrip(" ") if waiting.accent else text
        if waiting.accent or waiting.before[0].startswith("<"):
            waiting.pieces.append(text[:1])
            group.pieces.append(waiting.text() + text[1:])
        else:
            group.pieces.append(text)

    def text(self) -> str:
        while len(self.groups) > 1:
            self._close()
        self._settle()
        return self.groups[0].text()


#: What of a text has no letters of its own.
_UNLETTERED = re.compile(rf"{_MATH}|<[^<>]*>")


class _CasedGroup(_Group):
    """A group in braces of its own, which keeps the case of its letters."""

    def __init__(self) -> None:
        super().__init__()
        self.keeps = True
        #: It begins with a command: BibTeX takes it for one letter ("special character").
        self.special = False

    def text(self) -> str:
        inner = super().text()
        if not self.keeps:
            return inner
        bare = unicodedata.normalize("NFC", _UNLETTERED.sub("", inner))
        one = self.special and len(bare) == 1
        return inner if one or bare.lower() == bare.upper() else NOCASE[0] + inner + NOCASE[1]


class _CasedReading(_Reading):
    """A decoding that marks which groups keep the case; of groups in each other the outer one counts."""

    def __init__(self) -> None:
        super().__init__()
        #: For each open group, whether a group in it would say nothing new, or stand where no markup can.
        self._shut = [False]
        self._in_maths = False

    def take(self, token: re.Match[str]) -> None:
        if token[0] == "$":  # mathematics too involved to be taken for such
            self._in_maths = not self._in_maths
        super().take(token)

    def _open(self) -> None:
        if self.groups[-1].waiting is None and not self._shut[-1] and not self._in_maths:
            self.groups[-1].waiting = _CasedGroup()
        super()._open()
        group = self.groups[-1]
        unknown = group.before[0] == "{"
        self._shut.append(self._shut[-1] or unknown or group.silent or isinstance(group, _CasedGroup))

    def _close(self) -> None:
        if len(self.groups) > 1:
            self._shut.pop()
        super()._close()

    def _command(self, name: str, whole: str) -> None:
        group = self.groups[-1]
        if isinstance(group, _CasedGroup) and not group.pieces and group.waiting is None:
            group.special = True
            if name in _SWITCHES or name in _TRANSPARENT:
                group.keeps = False
                self._shut[-1] = False
        super()._command(name, whole)
        if name in _TRANSPARENT and group.waiting is None:
            group.waiting = _CasedGroup() if name == "NoCaseChange" and not self._shut[-1] else _Group()


def _tags(tag: str) -> tuple[str, str]:
    return _SMALL_CAPS if tag == "sc" else (f"<{tag}>", f"</{tag}>")


def _accented(accent: str, argument: str) -> str:
    argument = argument.lstrip()
    if not argument:
        return _BARE_ACCENTS.get(accent, "")
    first = {"ı": "i", "ȷ": "j"}.get(argument[0], argument[0])
    return unicodedata.normalize("NFC", first + _ACCENTS[accent]) + argument[1:]


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
