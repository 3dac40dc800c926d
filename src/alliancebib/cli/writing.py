"""Files that a command reads and may write back: what was read is remembered, and nothing newer is written over.

A command that asks services can run for minutes, in which its user goes on working. So inputs are opened here, and
every file is written here; where both are one file, it must still hold the bytes that were read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import click

from alliancebib.cli.streams import say
from alliancebib.files import Read, Source, read_source, require_as_read, write_atomically
from alliancebib.lock import Lock, load_lock

__all__ = ["open_lock", "open_source", "open_text", "require_unchanged", "say_written", "write_file"]

_KEY = "alliancebib.files-as-read"


def open_source(place: str, *, name: str = "") -> Source:
    """Read an input, and remember its bytes; standard input has no file that could change.

    Raises:
        InputError: There is no such file, it cannot be read, or it is no text.
    """
    source = read_source(place, name=name)
    if place != "-":
        _as_read()[_name_of(Path(place))] = Read(source.data)
    return source


def open_lock(path: Path) -> Lock:
    """Read the lock, and remember its bytes, or that there was none.

    Raises:
        SettingsError: It cannot be used.
    """
    try:
        data = path.read_bytes()
    except OSError:  # that it is there and cannot be read is told below
        data = None
    _as_read()[_name_of(path)] = Read(data)
    return load_lock(path)


def open_text(path: Path) -> str | None:
    """Read a file that will be added to, and remember its bytes; None where there is none.

    Raises:
        InputError: It cannot be read, or is no text.
    """
    if not path.exists():
        _as_read()[_name_of(path)] = Read(None)
        return None
    return open_source(str(path)).exact


def write_file(path: Path, content: str | bytes) -> bool:
    """Write a file whole or not at all, and say whether its bytes changed.

    Raises:
        OutputError: It cannot be written, or was read by this command and changed since.
    """
    return write_atomically(path, content, read=_as_read().get(_name_of(path)))


def say_written(path: Path, *, changed: bool) -> None:
    """Say that a file was written, or that it holds already what would be."""
    say(f"Wrote {path}." if changed else f"{path} is up to date.")


def require_unchanged(paths: Iterable[Path]) -> None:
    """Refuse to begin to write several files, of which one was read by this command and changed since.

    Raises:
        OutputError: One did.
    """
    for path in paths:
        if read := _as_read().get(_name_of(path)):
            require_as_read(path, read)


def _as_read() -> dict[str, Read]:
    """Give what this call read, by path; it ends with the call."""
    context = click.get_current_context(silent=True)
    return cast("dict[str, Read]", context.meta.setdefault(_KEY, {})) if context else {}


def _name_of(path: Path) -> str:
    return os.path.realpath(path)
