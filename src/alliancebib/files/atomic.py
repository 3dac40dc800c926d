"""Writing a file whole or not at all: a text comes in, a file or an `OutputError` goes out, nothing is left behind."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

import msgspec

from alliancebib.errors import OutputError

__all__ = ["Read", "holds", "require_as_read", "write_atomically"]


class Read(msgspec.Struct, frozen=True):
    """The bytes of a file when it was read; None where there was no file."""

    data: bytes | None


def write_atomically(path: Path, content: str | bytes, *, read: Read | None = None) -> bool:
    """Write a file whole or not at all, text as UTF-8; say whether its bytes changed.

    A symbolic link stays one: the file that it leads to is replaced. Permissions are kept. Folders that are missing are
    made, and taken away again when the file cannot be written. Devices and pipes (``/dev/stdout``) are written to as
    they are. A lone surrogate, which no file can hold, becomes U+FFFD. Where ``read`` is given, the content was made
    from these bytes of the file, and what somebody wrote since is not written over.

    Raises:
        OutputError: The folder or file cannot be written, or holds something else than was read; an older file is
            untouched.
    """
    try:
        return _write(Path(os.path.realpath(path)), _bytes_of(content), read)
    except (OSError, ValueError) as problem:  # ValueError: a name with a NUL character
        reason = (isinstance(problem, OSError) and problem.strerror) or str(problem)
        raise OutputError(f"it cannot be written: {reason}", place=str(path), help=_help(problem)) from None


def require_as_read(path: Path, read: Read) -> None:
    """Refuse a file that has other bytes than when it was read.

    Raises:
        OutputError: It has; or it is gone, or new.
    """
    try:
        now = path.read_bytes()
    except FileNotFoundError:
        now = None
    except OSError as problem:
        raise OutputError(
            f"it cannot be read again: {problem.strerror}", place=str(path), help=_help(problem)
        ) from None
    if now != read.data:
        message = "the file was changed while this ran, so it was left as it is now"
        raise OutputError(message, place=str(path), help="Run the same command again; answers that came are kept.")


def holds(path: Path, text: str) -> bool:
    """Say whether a file has exactly the bytes that writing a text into it would give."""
    try:
        return path.read_bytes() == _bytes_of(text)
    except (OSError, ValueError):  # there is none, or none that may be read
        return False


def _bytes_of(content: str | bytes) -> bytes:
    if isinstance(content, bytes):
        return content
    return content.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")


def _help(problem: OSError | ValueError) -> str:
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Make room on the disk, or choose another place with `-o`."
    if isinstance(problem, IsADirectoryError):
        return "Name a file in this folder with `-o`."
    return "Choose another place with `-o`, or make the folder writable."


def _write(path: Path, data: bytes, read: Read | None) -> bool:
    if path.is_symlink():  # what was resolved and is a link still leads in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    state = path.stat() if path.exists() else None
    if state is None:
        made = _make_folders(path.parent)
        try:
            _replace(path, data, read, mode=None)
        except BaseException:
            _remove_folders(made)
            raise
        return True
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):
        path.write_bytes(data)
        return True
    if state.st_size == len(data) and path.read_bytes() == data:
        return False
    if not os.access(path, os.W_OK):  # a folder's permission would be enough to replace it, but not what was meant
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    _replace(path, data, read, mode=stat.S_IMODE(state.st_mode))
    return True


def _replace(path: Path, data: bytes, read: Read | None, *, mode: int | None) -> None:
    """Write beside the file and take its place; a new file gets the permissions that the user's mask leaves."""
    temporary = path.parent / f".alliancebib-{secrets.token_hex(8)}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        if read:  # as late as can be: at the next step the new file takes its place
            require_as_read(path, read)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; give the ones that were made, the innermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    made: list[Path] = []
    try:
        for new in reversed(missing):
            new.mkdir(exist_ok=True)
            made.insert(0, new)
    except OSError:
        _remove_folders(made)
        raise
    return made


def _remove_folders(made: list[Path]) -> None:
    for folder in made:
        with contextlib.suppress(OSError):  # somebody else put something there meanwhile
            folder.rmdir()
