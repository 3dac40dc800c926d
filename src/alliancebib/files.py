"""The one door to the disk: a `Source` comes in, whole files go out.

Reading tells the encoding and refuses what is no text, in one sentence. Writing is atomic: the new file stands complete
beside the old one before it takes its place, so that nothing is ever half-written.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from alliancebib import encodings
from alliancebib.errors import InputError, OutputError
from alliancebib.finding import Finding
from alliancebib.model import Origin

__all__ = ["Source", "read_source", "source_of", "write_atomically"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    r"""An input as it was opened: ``name`` for ids and origins, ``place`` as the user wrote it, bytes and text.

    ``text`` has line ends as ``\n`` and no byte order mark. ``newline`` is the line end that was found first.
    """

    name: str
    place: str
    data: bytes
    text: str
    encoding: str = "utf-8"
    newline: str = "\n"
    findings: tuple[Finding, ...] = ()

    @property
    def suffix(self) -> str:
        """The name's suffix, lower-case, with its dot."""
        return Path(self.name).suffix.lower()


def read_source(place: str | Path) -> Source:
    """Read a file, or standard input where the place is ``-``.

    Raises:
        InputError: There is no such file, it cannot be read, or it is no text.
    """
    if str(place) == "-":
        return source_of(sys.stdin.buffer.read(), name="stdin", place="-")
    path = Path(place)
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise InputError(f"it cannot be read: {reason}", place=str(place), help="Check the path.") from None
    return source_of(data, name=path.name, place=str(place))


def source_of(content: bytes | str, *, name: str = "text", place: str = "") -> Source:
    """Make a source of bytes or text that are already at hand.

    Raises:
        InputError: The bytes are no text.
    """
    place = place or name
    if isinstance(content, str):
        return Source(name=name, place=place, data=content.encode("utf-8", "replace"), text=_folded(content))
    if what := encodings.binary_format(content):
        help_ = "Give the text itself: copy it into a .txt file, or save the page as HTML."
        raise InputError(f"this is {what}, not a list of references", place=place, help=help_)
    decoded = encodings.decode(content)
    return Source(
        name=name,
        place=place,
        data=content,
        text=_folded(decoded.text),
        encoding=decoded.encoding,
        newline=next((end for end in ("\r\n", "\n", "\r") if end in decoded.text), "\n"),
        findings=tuple(_findings(decoded, name)),
    )


def _folded(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _findings(decoded: encodings.Decoded, name: str) -> Iterator[Finding]:
    if decoded.guessed:
        yield Finding.of("AB103", f"The file was read as {decoded.encoding}.", origin=Origin(page=name, line=1))
    if decoded.replaced:
        line = _folded(decoded.text).partition("\ufffd")[0].count("\n") + 1
        message = f"{decoded.replaced} characters could not be read as {decoded.encoding}."
        yield Finding.of("AB104", message, origin=Origin(page=name, line=line))


def write_atomically(path: Path, text: str) -> bool:
    """Write a UTF-8 file whole or not at all; say whether its bytes changed.

    Raises:
        OutputError: The folder or file cannot be written; an older file is untouched.
    """
    data = text.encode("utf-8")
    try:
        path = path.resolve() if path.is_symlink() else path  # a link stays a link; its target gets the text
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        help_ = "Choose another place with `-o`, or make the folder writable."
        raise OutputError(f"it cannot be written: {reason}", place=str(path), help=help_) from None
    return True


def _replace(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
