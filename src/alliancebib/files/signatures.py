"""What bytes look like when they are no text: known beginnings, and the marks of binary data in general.

Bytes come in and go out as they are, or an `InputError` says what they look like and what to do instead.
"""

from __future__ import annotations

from alliancebib.errors import InputError
from alliancebib.files.wide import has_mark, wide_encoding

__all__ = ["document_in", "refuse_binary"]

_AS_TEXT = "Open it, copy the text, and save it as a .txt file."
_AS_PAGE = "Open it in a browser and save the page as HTML only."
_UNPACK = "Unpack it first."
#: Beginning -> what it is, next step. The beginnings are those of the formats' own descriptions.
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", _AS_TEXT),
    (b"%!PS", "a PostScript document", _AS_TEXT),
    (b"{\\rtf", "a Rich Text document", "Save it as plain text (UTF-8)."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document", _AS_TEXT),
    (b"bplist00", "a web archive or settings file of macOS", _AS_PAGE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", _AS_TEXT),
    (b"\xff\xd8\xff", "a picture (JPEG)", _AS_TEXT),
    (b"GIF8", "a picture (GIF)", _AS_TEXT),
    (b"II*\x00", "a picture (TIFF)", _AS_TEXT),
    (b"MM\x00*", "a picture (TIFF)", _AS_TEXT),
    (b"RIFF", "a picture, sound or film", _AS_TEXT),
    (b"OggS", "a sound or film", _AS_TEXT),
    (b"ID3", "a sound (MP3)", _AS_TEXT),
    (b"SQLite format 3\x00", "an SQLite database", "Export its records as BibTeX or CSL-JSON."),
    (b"\x7fELF", "a program", "Check the path."),
    (b"MZ", "a program", "Check the path."),
    (b"\xca\xfe\xba\xbe", "a program", "Check the path."),
    (b"\xcf\xfa\xed\xfe", "a program", "Check the path."),
    (b"wOF", "a font", "Check the path."),
)
#: Beginnings that a text can have too; they count only where control characters follow.
_ALSO_TEXT = frozenset([b"BZh", b"GIF8", b"RIFF", b"OggS", b"ID3", b"MZ", b"wOF"])
#: A zip archive is told by the names of its first members.
_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint presentation (PPTX)"),
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
)
#: Office files locked with a password are old files around this stream (MS-OFFCRYPTO 2.3.4).
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b") + b"\x7f"
#: Bytes looked at where the whole is not needed.
_SAMPLE = 65_536
#: Random bytes have 11 in 100 control characters, texts next to none.
_BINARY_SHARE = 0.05
_SHORTEST = 64


def document_in(data: bytes) -> str:
    """Name the format of a document that a reader of its own unpacks: "docx", or "" for everything else.

    The names of an archive's members stand at its beginning and, all of them, in the directory at its end.
    """
    is_zip = data.startswith(b"PK\x03\x04")
    return "docx" if is_zip and (b"word/" in data[:_SAMPLE] or b"word/" in data[-_SAMPLE:]) else ""


def refuse_binary(data: bytes, *, place: str) -> bytes:
    r"""Give the bytes back if they can be text.

    Raises:
        InputError: They look like something else.

    >>> refuse_binary(b"PK\x03\x04...word/document.xml", place="list.docx")
    Traceback (most recent call last):
    alliancebib.errors.InputError: list.docx: this looks like a Word document (DOCX), not like text
    """
    if has_mark(data):
        return data
    found = _known(data)
    if found is None and b"\x00" in data and not wide_encoding(data):
        found = (
            "binary data",
            "Check the path; a list must be text, HTML, Markdown, DOCX, BibTeX, CSL-JSON, RIS or Hayagriva.",
        )
    if found is None and _is_noise(data[:_SAMPLE]):
        found = (
            "binary data",
            "Check the path; a list must be text, HTML, Markdown, DOCX, BibTeX, CSL-JSON, RIS or Hayagriva.",
        )
    if found is None:
        return data
    what, next_step = found
    raise InputError(f"this looks like {what}, not like text", place=place, help=next_step)


def _known(data: bytes) -> tuple[str, str] | None:
    start = data[:_SAMPLE]
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        named = next((name for member, name in _ZIP if member in start), "")
        return (named, _AS_TEXT) if named else ("a zip archive", _UNPACK)
    if data.startswith(b"\xd0\xcf\x11\xe0") and _LOCKED in data:
        return "an Office document locked with a password", "Open it and save it without a password."
    for beginning, name, next_step in _BEGINNINGS:
        if start.startswith(beginning) and (beginning not in _ALSO_TEXT or _has_controls(start[:512])):
            return name, next_step
    if start[4:8] == b"ftyp":
        return "a film or picture (MP4, HEIC)", _AS_TEXT
    head = start[:2000].lower()
    if b"\nmime-version:" in b"\n" + head and b"multipart/related" in head:
        return "a web archive (MHTML)", _AS_PAGE
    return None


def _has_controls(data: bytes) -> bool:
    return len(data.translate(None, _CONTROLS)) != len(data)


def _is_noise(data: bytes) -> bool:
    if len(data) < _SHORTEST or b"\x00" in data:
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > len(data) * _BINARY_SHARE
