"""Bytes become text: by byte order mark, by what the file declares, as UTF-8, as UTF-16 without a mark, or by a guess.

What goes out says which encoding was taken, whether it was guessed, and in which lines characters were replaced.
"""

from __future__ import annotations

import codecs
import re

import msgspec

from alliancebib.files.eight_bit import guess_encoding
from alliancebib.files.wide import mark_of, wide_encoding

__all__ = ["Decoded", "decode", "tidy_text"]

#: Where a file says how it is encoded: HTML, XML, JabRef, editors. Looked for in its first bytes only.
_DECLARATIONS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rb"<meta\s[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})",
        rb"^\s*<\?xml\s[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
        rb"(?:^|\n)[ \t]*%+[ \t]*encoding:[ \t]*([\w.-]{2,40})",
        rb"^[^\n]{0,200}\n?[^\n]{0,200}-\*-[^\n]{0,80}coding:[ \t]*([\w.-]{2,40})",
    )
)
_HEAD = 4096
#: Bytes, from the first beyond ASCII, that tell damaged UTF-8 from other encodings.
_STRETCH = 262_144
_TEXT_CODECS = re.compile(
    r"iso8859|iso2022|cp\d|koi8|mac|gb|big5|euc_|shift_|utf-(?:8|16|32)|tis|kz|ascii|hz|johab|ptcp"
)
#: What files that name the first mean is the second (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_MANY_BYTES = ("gb", "cp932", "cp949", "cp950", "big5", "euc_", "shift_", "iso2022", "hz", "johab")
#: Control characters that have no place in a text; tabs, line ends, page ends and vertical tabs have.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 127])
_REPLACED = "\ufffd"


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A text and how it was read: ``guessed`` is the line that made a guess necessary, 0 where there was no guess.

    ``replaced`` and ``controls`` are the lines in which bytes or control characters were replaced.
    """

    text: str
    encoding: str = "utf-8"
    newline: str = "\n"
    guessed: int = 0
    replaced: tuple[int, ...] = ()
    controls: tuple[int, ...] = ()


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """Read bytes that are text in the encoding that they are most probably in."""
    codec, length = mark_of(data)
    if codec:
        return _decoded(data[length:], codec)
    if codec := wide_encoding(data):
        return _decoded(data, codec)
    stated = _known_codec(declared) or _declaration(data)
    if stated.startswith(_MANY_BYTES) and _is_valid(data, stated):
        return _decoded(data, stated)
    if _is_valid(data, "utf-8") or (_mostly_utf8(data) and not _is_valid_single(data, stated)):
        return _decoded(data, "utf-8")
    if stated and stated != "utf-8":
        return _decoded(data, stated)
    return _decoded(data, guess_encoding(data), guessed=True)


def tidy_text(text: str) -> Decoded:
    """Bring text that is already at hand into the same form; a surrogate without its other half is replaced."""
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").removeprefix("\ufeff")
    return _finished(whole, "utf-8", replaced=whole != text.removeprefix("\ufeff"))


def _declaration(data: bytes) -> str:
    head = data[:_HEAD]
    for form in _DECLARATIONS:
        if match := form.search(head):
            return _known_codec(match[1].decode("ascii", "replace"))
    return ""


def _known_codec(name: str) -> str:
    """Give Python's name of a text encoding; "" for one that is unknown or no encoding of text."""
    try:
        codec = codecs.lookup(name.strip()).name if name.strip() else ""
    except (LookupError, ValueError):
        return ""
    # What could be read as ASCII to find the declaration cannot be UTF-16.
    codec = "utf-8" if codec.startswith("utf-") else codec
    return _MEANT.get(codec, codec) if _TEXT_CODECS.match(codec) else ""


def _is_valid(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return False
    return True


def _is_valid_single(data: bytes, codec: str) -> bool:
    return bool(codec) and codec != "utf-8" and _is_valid(data, codec)


def _mostly_utf8(data: bytes) -> bool:
    """Say whether a text is UTF-8 with some damage: letters of other encodings rarely make valid sequences."""
    first = re.search(rb"[\x80-\xff]", data)
    text = data[first.start() : first.start() + _STRETCH].decode("utf-8", "replace") if first else ""
    bad = text.count(_REPLACED)
    good = sum(1 for letter in text if letter > "\x7f") - bad
    return good > bad


def _decoded(data: bytes, codec: str, *, guessed: bool = False) -> Decoded:
    if codec == "iso8859-1" and re.search(rb"[\x80-\x9f]", data):
        codec = "cp1252"
    text = data.decode(codec, "replace").removeprefix("\ufeff")
    real = data.count(_REPLACED.encode()) if codec == "utf-8" else 0
    line = 0
    if guessed:
        first = re.search(rb"[\x80-\xff]", data)
        line = len(re.findall(rb"\r\n|\n|\r", data[: first.start()])) + 1 if first else 1
    return _finished(text, codec, guessed=line, replaced=text.count(_REPLACED) > real)


def _finished(text: str, codec: str, *, replaced: bool, guessed: int = 0) -> Decoded:
    newline = _newline(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\x1a")  # the end mark of DOS files
    bad = _lines(text, re.compile(_REPLACED)) if replaced else ()
    controls: tuple[int, ...] = ()
    if _has_controls(text):
        controls = _lines(text, _CONTROL)
        text = _CONTROL.sub(_REPLACED, text)
    return Decoded(text=text, encoding=codec, newline=newline, guessed=guessed, replaced=bad, controls=controls)


def _has_controls(text: str) -> bool:
    if not text.isascii():
        return _CONTROL.search(text) is not None
    data = text.encode("ascii")  # taking bytes out is several times faster than looking for them
    return len(data.translate(None, _CONTROL_BYTES)) != len(data)


def _newline(text: str) -> str:
    first = min((place for place in (text.find("\n"), text.find("\r")) if place >= 0), default=-1)
    if first < 0:
        return "\n"
    return "\r\n" if text.startswith("\r\n", first) else text[first]


def _lines(text: str, pattern: re.Pattern[str]) -> tuple[int, ...]:
    lines: list[int] = []
    line, counted = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if not lines or lines[-1] != line:
            lines.append(line)
    return tuple(lines)
