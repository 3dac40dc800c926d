"""Bodies of visited pages: read up to a cap, unpacked up to a cap, so that no server can fill memory or time.

An `http.client` response comes in, bytes go out, with a word on whether the body was whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse

import msgspec

__all__ = ["BODY_CAP", "Body", "read_body", "unpacked"]

#: Enough for the head and the first screens of any page; headings and most places for fragments stand there.
BODY_CAP = 256 * 1024
#: Of a picture, a PDF or an archive one piece is enough: it shows that bytes flow.
PIECE = 16 * 1024

_CODINGS = frozenset(["gzip", "x-gzip", "deflate"])
#: Content types that are read to the cap; one that is not stated counts as text.
_TEXTS = ("text/", "application/xhtml", "application/xml", "application/json")


class Body(msgspec.Struct, frozen=True):
    """What was read of a body. ``broken`` says in one sentence why it is not what it should be."""

    data: bytes
    broken: str = ""


def read_body(response: HTTPResponse, headers: Mapping[str, str], *, late: Callable[[], bool]) -> Body:
    """Read a body until it ends, the cap is reached or it is ``late``; never drain the rest."""
    kind = headers.get("content-type", "").strip().lower()
    wanted = BODY_CAP if not kind or kind.startswith(_TEXTS) or response.status >= 400 else PIECE
    packed, broken = _read(response, wanted, late)
    coding = headers.get("content-encoding", "")
    data, sound = unpacked(packed, coding)
    if not sound and not broken:
        broken = f"The body is not in the coding that it states ({coding.strip()[:40]})."
    return Body(data, broken)


def _read(response: HTTPResponse, wanted: int, late: Callable[[], bool]) -> tuple[bytes, str]:
    pieces: list[bytes] = []
    size = 0
    try:
        while size < wanted and not late():
            piece = response.read1(min(PIECE, wanted - size))
            if not piece:
                whole = not response.length  # None where no length was stated, else what is missing
                return b"".join(pieces), "" if whole else "The body ends before its stated length."
            pieces.append(piece)
            size += len(piece)
    except (OSError, HTTPException, ValueError):
        return b"".join(pieces), "" if late() and pieces else "The body broke off."
    return b"".join(pieces), ""


def unpacked(data: bytes, codings: str, *, cap: int = BODY_CAP) -> tuple[bytes, bool]:
    """Undo the codings of ``Content-Encoding``, giving at most ``cap`` bytes, and say whether the data was sound.

    Data that was cut at its end is sound. A coding that was not asked for gives no bytes.

    >>> len(unpacked(zlib.compress(bytes(10_000_000)), "deflate", cap=1000)[0])
    1000
    """
    names = [name.strip().lower() for name in codings.split(",")]
    for name in reversed([name for name in names if name and name != "identity"][:3]):
        if name not in _CODINGS:
            return b"", True
        try:
            data = _inflated(data, name, cap)
        except zlib.error:
            return b"", False
    return data[:cap], True


def _inflated(data: bytes, coding: str, cap: int) -> bytes:
    if not data:
        return b""
    if coding != "deflate":
        return zlib.decompressobj(31).decompress(data, cap)
    try:
        return zlib.decompressobj().decompress(data, cap)
    except zlib.error:  # some servers send the bare stream
        return zlib.decompressobj(-15).decompress(data, cap)
