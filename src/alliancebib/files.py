"""The one door to the disk: a `Source` comes in, whole files go out.

Reading tells the encoding and refuses what is no text, in one sentence. Writing is atomic: the new file stands complete
beside the old one before it takes its place, so that nothing is ever half-written.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

import msgspec

from alliancebib.errors import InputError, OutputError
from alliancebib.finding import Finding

__all__ = ["Source", "read_source", "source_of", "write_atomically"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    r"""An input as it was opened: ``name`` for ids and origins, ``place`` as the user wrote it, bytes and text.

    ``text`` has line ends as ``\n`` and no byte order mark; it is empty for formats that are no text.
    """

    name: str
    place: str
    data: bytes
    text: str
    encoding: str = "utf-8"
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
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise InputError(f"it cannot be read: {reason}", place=str(place), help="Check the path.") from None
    return source_of(data, name=path.name, place=str(place))


def source_of(content: bytes | str, *, name: str = "text", place: str = "") -> Source:
    """Make a source of bytes or text that are already at hand."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return Source(name=name, place=place or name, data=data, text=text)


def write_atomically(path: Path, text: str) -> bool:
    """Write a UTF-8 file whole or not at all; say whether its bytes changed.

    Raises:
        OutputError: The folder or file cannot be written; an older file is untouched.
    """
    data = text.encode("utf-8")
    try:
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
