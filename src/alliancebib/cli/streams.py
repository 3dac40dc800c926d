"""The two streams of a command: data out of stdout, sentences out of stderr.

Data that does not go to a terminal is UTF-8 whatever the locale, as in files. A reader of stdout that goes away early
(`head`) ends nothing: the work is done, and the talk and the exit code are those of the whole.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

import click

from alliancebib.errors import OutputError

__all__ = ["prepare_streams", "put", "say", "silence"]


def prepare_streams() -> None:
    """Make stdout and stderr able to take every character: UTF-8, or at a terminal with a sign for what it cannot show.

    Names of files that are no UTF-8 come out of stdout with the bytes that they have.
    """
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors=errors)


def put(data: str | bytes) -> None:
    """Put data on stdout.

    Raises:
        OutputError: stdout is closed or full.
    """
    help_ = "Name a file with `-o`, or make room."
    if sys.stdout is None:
        raise OutputError("it is closed", place="standard output", help=help_)
    try:
        click.echo(data, nl=False)
    except BrokenPipeError:
        silence(sys.stdout)
    except OSError as problem:
        silence(sys.stdout)
        raise OutputError(f"it cannot be written: {problem.strerror}", place="standard output", help=help_) from None


def say(text: str) -> None:
    """Say one sentence on stderr; where nobody can hear it, that is no reason to stop."""
    try:
        click.echo(text, err=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let what is still buffered, and all that follows, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
