"""Bytes become text: byte order marks, declarations, UTF-8, UTF-16 without a mark, and an honest guess for the rest.

What is no text at all is named. The guess between 8-bit encodings is our own: charset-normalizer judges by the language
of long texts and errs on lists of headlines, while the letters of a few encodings tell them apart in a line or two.
"""

from __future__ import annotations

import codecs
import re

import msgspec

__all__ = ["Decoded", "binary_format", "decode"]

#: First bytes of formats that people take for lists. Sources: the formats' own specifications.
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT, EPUB and XLSX files are such archives)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"wOFF", "a font"),
)
#: Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,100}?encoding\s*=\s*["']|^[%@\w{\s]{0,20}?Encoding:\s*)"""
    rb"""([A-Za-z][\w.:-]{2,30})""",
    re.IGNORECASE | re.MULTILINE,
)
#: 8-bit encodings to choose from, and the letters that are common in the languages written with them.
_GUESSES = {
    "cp1252": "äöüßéèêëàâçñóíúáãõôîïåøæÄÖÜÉÅØ’‘“”–—…«»§°·",
    "cp1251": "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъёіїєґОЕАИНТСРВЛКМДПУЯБГЧ«»—–№",
    "koi8-r": "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъёОЕАИНТСРВЛКМДПУЯБГЧ",
    "cp1250": "ąćęłńóśźżšžčřěůďťňýáíéőűăâîșțĄĆĘŁŃÓŚŹŻŠŽČŘ’‘“”–—…«»",
    "cp1254": "ğışöüçâîûĞİŞÖÜÇ’‘“”–—…«»",
    "cp1253": "αεηιουνσςτρκπλμγδθβχφωάέήίόύώψξζΑΕΟΤΣ’‘“”–—…«»",
}
_SAMPLE = 100_000


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """Text, the encoding it was read with, whether that was a guess, and how many characters had to be replaced."""

    text: str
    encoding: str
    guessed: bool = False
    replaced: int = 0


def binary_format(data: bytes) -> str:
    """Name what bytes are that are no text; empty for text.

    >>> binary_format(b"%PDF-1.7")
    'a PDF file'
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(data):
        return ""
    head = data[:_SAMPLE]
    control = sum(head.count(bytes([byte])) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    return "a binary file" if control > max(1, len(head) // 50) else ""


def decode(data: bytes) -> Decoded:
    """Turn bytes into text; no bytes raise.

    >>> decode("Müller".encode("cp1252")).encoding
    'cp1252'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data, encoding)
    if wide := _wide(data):
        return _replacing(data, wide)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError as problem:
        almost = problem
    declared = _declared(data[:4096])
    if declared and declared != "utf-8":
        return _replacing(data, declared)
    # A long valid beginning with letters beyond ASCII means UTF-8 with damage, or cut short, rather than an 8-bit file.
    if declared or any(byte > 0x7F for byte in data[: almost.start]) or _is_mostly_utf8(data):
        return _replacing(data, "utf-8")
    return _guess(data)


def _wide(data: bytes) -> str:
    """Name the UTF-16 without a mark that bytes are in: NULs stand at one side of the pairs only, and all is text."""
    head = data[: 2000 + len(data[:2000]) % 2]
    low, high = head[0::2].count(0), head[1::2].count(0)
    if min(low, high) * 10 > max(low, high) or not head or len(data) % 2:
        return ""
    encoding = "utf-16-le" if high else "utf-16-be"
    try:
        text = head.decode(encoding) if low or high else ""
    except UnicodeDecodeError:
        return ""
    strange = sum(not char.isprintable() and char not in "\t\n\r\f" for char in text)
    return encoding if text and strange * 50 <= len(text) else ""


def _declared(head: bytes) -> str:
    match = _DECLARED.search(head)
    if not match:
        return ""
    name = match[1].decode("ascii").replace("UTF8", "utf-8")
    try:
        found = codecs.lookup(name).name
        b"".decode(found)
    except LookupError:
        return ""
    # What calls itself Latin-1 is cp1252 in practice (https://encoding.spec.whatwg.org/#names-and-labels).
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(found, found)


def _is_mostly_utf8(data: bytes) -> bool:
    text = data[:_SAMPLE].decode("utf-8", "replace")
    return sum(char > "\x7f" and char != "\ufffd" for char in text) > 4 * text.count("\ufffd")


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    already = "\ufffd".encode(encoding, "ignore").removeprefix(codecs.BOM_UTF8)
    replaced = text.count("\ufffd") - (data.count(already) if encoding.startswith("utf-8") else 0)
    return Decoded(text=text, encoding=encoding.removesuffix("-sig"), replaced=max(0, replaced))


def _guess(data: bytes) -> Decoded:
    """Take the encoding in which most bytes beyond ASCII are common letters, and fewest stand inside odd words."""
    beyond = bytes(byte for byte in data[:_SAMPLE] if byte > 0x7F)
    best, most = "cp1252", -1.0
    for encoding, letters in _GUESSES.items():
        text = data[:_SAMPLE].decode(encoding, "replace")
        common = sum(char in letters for char in text if char > "\x7f")
        # An upper-case letter behind a lower-case one is what koi8 looks like when it is read as cp1251.
        odd = len(re.findall(r"[a-zа-яё][А-ЯЁÀ-Þ]", text)) + text.count("\ufffd")
        score = (common - 2 * odd) / len(beyond)
        if score > most + 1e-9:
            best, most = encoding, score
    found = _replacing(data, best)
    return Decoded(text=found.text, encoding=best, guessed=True, replaced=found.replaced)
