r"""Titles in TeX to CSL's rich text: `decode_cased` marks the groups in braces that keep the case of their letters."""

from __future__ import annotations

import re
import unicodedata

from alliancebib.bibtex.commands import MATH, NOCASE, SWITCHES, TO_READ, TOKEN, TRANSPARENT, Group, Reading
from alliancebib.bibtex.tex import TEX_LETTER, decode

__all__ = ["decode_cased"]

#: A group with one level of groups in it.
_GROUP = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
#: What of a text has no letters of its own.
_UNLETTERED = re.compile(rf"{MATH}|<[^<>]*>")


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
    if "<" not in source and "{}" not in source and not TO_READ.search(source):  # {} parts the dashes of `-{}-`
        text = _GROUP.sub(_with_case_kept, source)
        if "{" not in text and "}" not in text:
            return unicodedata.normalize("NFC", decode(text))
    reading = _CasedReading()
    for token in TOKEN.finditer(source):
        reading.take(token)
    return unicodedata.normalize("NFC", reading.text())


def _with_case_kept(group: re.Match[str]) -> str:
    inner = group[1].replace("{", "").replace("}", "")
    return inner if inner.lower() == inner.upper() else NOCASE[0] + inner + NOCASE[1]


class _CasedGroup(Group):
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


class _CasedReading(Reading):
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
            if name in SWITCHES or name in TRANSPARENT:
                group.keeps = False
                self._shut[-1] = False
        super()._command(name, whole)
        if name in TRANSPARENT and group.waiting is None:
            group.waiting = _CasedGroup() if name == "NoCaseChange" and not self._shut[-1] else Group()
