"""UTF-16 and UTF-32: told by their marks, or by where their NUL bytes stand. Bytes come in, a codec's name goes out."""

from __future__ import annotations

import codecs
import unicodedata

__all__ = ["has_mark", "mark_of", "wide_encoding"]

#: Byte order marks; those of UTF-32 begin like those of UTF-16 and come first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Bytes that tell enough; a multiple of four.
_SAMPLE = 8192
#: The share of characters that must be letters, marks or blanks for a text to be believed.
_BELIEVABLE = 0.95


def mark_of(data: bytes) -> tuple[str, int]:
    """Give codec and length of the byte order mark; ("", 0) where there is none."""
    for mark, codec in _MARKS:
        if data.startswith(mark) and (codec != "utf-32-le" or _is_text(data[4 : 4 + _SAMPLE], codec)):
            return codec, len(mark)
    return "", 0


def has_mark(data: bytes) -> bool:
    """Say whether the bytes begin with a byte order mark."""
    return bool(mark_of(data)[0])


def wide_encoding(data: bytes) -> str:
    r"""Give the codec of UTF-16 or UTF-32 without a mark; "" where the bytes are neither.

    Blanks, line ends and Latin letters have NUL bytes on one side, in whatever language a list is.

    >>> wide_encoding("Саммит ОДКБ 2024".encode("utf-16-le")), wide_encoding(b"a\0b\0\0c")
    ('utf-16-le', '')
    """
    sample = data[:_SAMPLE]
    places = {place % 4 for place, byte in enumerate(sample) if not byte}
    if not places:
        return ""
    codec = ""
    if places <= {1, 3}:
        codec = "utf-16-le"
    elif places <= {0, 2}:
        codec = "utf-16-be"
    elif places in ({1, 2, 3}, {2, 3}):
        codec = "utf-32-le"
    elif places in ({0, 1, 2}, {0, 1}):
        codec = "utf-32-be"
    return codec if codec and _is_text(sample, codec) else ""


def _is_text(sample: bytes, codec: str) -> bool:
    text = sample.decode(codec, "replace")
    if not text:
        return codec.startswith("utf-16")
    good = sum(1 for letter in text if letter in "\t\n\r\f\v" or unicodedata.category(letter)[0] != "C")
    return good >= len(text) * _BELIEVABLE and "\x00" not in text and text.count("\ufffd") <= 1
