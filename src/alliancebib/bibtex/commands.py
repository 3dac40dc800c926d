r"""TeX's commands as text: the tables of what they print, the tokens of a source, and the reading of one by one.

`Reading` takes tokens and gives the text; decoding (`tex`) and the reading of what keeps its case (`cased`) use it.
Unknown commands stay as they are.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files

__all__ = [
    "INVOLVED",
    "KNOWN_COMMANDS",
    "LIGATURES",
    "MATH",
    "NOCASE",
    "SIMPLE",
    "SMALL_CAPS",
    "SWITCHES",
    "TOKEN",
    "TO_READ",
    "TRANSPARENT",
    "Group",
    "Reading",
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
SWITCHES: dict[str, str] = _TABLES["switches"]
_CITING: dict[str, list[str]] = {name: ["[", "]"] for name in _TABLES["citing"]["names"]}
_QUOTES: dict[str, list[str]] = _TABLES["quotes"] | _CITING
TRANSPARENT = frozenset(_TABLES["transparent"]["names"])
_SILENT = frozenset(_TABLES["silent"]["names"])

KNOWN_COMMANDS = frozenset().union(_ACCENTS, _SYMBOLS, _MARKUP, _TABLES["quotes"], SWITCHES, TRANSPARENT)

SMALL_CAPS = ('<span style="font-variant:small-caps;">', "</span>")
#: What CSL puts around letters that keep their case.
NOCASE = ('<span class="nocase">', "</span>")

_BRACED = r"\{(?:[^${}%#&~]|\{[^${}%#&~]*\})*\}"
INVOLVED = rf"\$(?=[^$\s])(?=[^$]*[\\_^])[^$%#&~{{}}]*(?:{_BRACED}[^$%#&~{{}}]*)*(?<=[^$\s\\])\$"
#: Between dollars that touch what is in them and no letter or digit beside them; "$5 and $6" are prices.
SIMPLE = r"(?<![\w$\\])\$(?=[^$\s])[^$%#&~{}\\`'\u00a0]+(?<=\S)\$(?![\w$])"
_NO_WORDS = r"(?!\$[^$]*(?:[^\W\d_]{2}|--|</))"
#: Mathematics: something between dollars that begins and ends there and holds a command, an index or a power, or has
#: no words in it, as "$p < 0.05$".
MATH = rf"(?:{INVOLVED}|{_NO_WORDS}{SIMPLE})"
TOKEN = re.compile(
    rf"""(?P<math>{MATH})
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
#: What cannot be decoded mark by mark.
TO_READ = re.compile(r"[\\$`]|''")
LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0"}


class Group:
    """An open group: what it printed so far, what waits for its argument, what becomes of it when it closes."""

    def __init__(self, before: str = "", after: str = "", accent: str = "", *, silent: bool = False) -> None:
        self.pieces: list[str] = []
        self.before = [before]
        self.after = [after]
        self.accent = accent
        self.silent = silent
        self.waiting: Group | None = None

    def text(self) -> str:
        """Give what the group prints."""
        inner = "" if self.silent else "".join(self.pieces)
        if self.accent:
            return _accented(self.accent, inner)
        before = "".join(self.before)
        return before + inner + "".join(reversed(self.after)) if inner or not before.startswith("<") else ""


class Reading:
    """The state of one decoding: a stack of groups, so that deep nesting costs no recursion."""

    def __init__(self) -> None:
        self.groups = [Group()]
        self.accented = False

    def take(self, token: re.Match[str]) -> None:
        """Read the next token of the source (`TOKEN`)."""
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
            self._print(LIGATURES.get(token[0], token[0]))

    def _open(self) -> None:
        group = self.groups[-1].waiting or Group()
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
            self._wait(Group(accent=name))
        elif name in _SYMBOLS:
            self._print(_SYMBOLS[name])
        elif name in _MARKUP:
            self._wait(Group(*_tags(_MARKUP[name])))
        elif name in _QUOTES:
            self._wait(Group(*_QUOTES[name]))
        elif name in _SILENT:
            self._wait(Group(silent=True))
        elif name in SWITCHES:
            self._settle()
            group = self.groups[-1]
            before, after = _tags(SWITCHES[name])
            group.before += [*group.pieces, before]
            group.after.append(after)
            group.pieces = []
        elif name not in TRANSPARENT:
            self._settle()
            self.groups[-1].pieces.append(whole)
            if whole.rstrip()[-1:].isalpha():
                self.groups[-1].waiting = Group(before="{", after="}")

    def _wait(self, group: Group) -> None:
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
        """Give the text; groups that are still open are closed."""
        while len(self.groups) > 1:
            self._close()
        self._settle()
        return self.groups[0].text()


def _tags(tag: str) -> tuple[str, str]:
    return SMALL_CAPS if tag == "sc" else (f"<{tag}>", f"</{tag}>")


def _accented(accent: str, argument: str) -> str:
    argument = argument.lstrip()
    if not argument:
        return _BARE_ACCENTS.get(accent, "")
    first = {"ı": "i", "ȷ": "j"}.get(argument[0], argument[0])
    return unicodedata.normalize("NFC", first + _ACCENTS[accent]) + argument[1:]
