"""What the commands say to a person: sentences, summaries and progress, all on stderr.

Progress shows only at a terminal, and only after half a second; colours follow NO_COLOR, as click does.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from alliancebib.files import write_atomically
from alliancebib.finding import Finding, Severity
from alliancebib.library import Library

__all__ = ["counted", "emit", "needs_a_look", "progress_line", "say", "say_finding", "summary_of"]

Progress = Callable[[str, int, int], None]

#: Kinds in the order of the summary, with their words for one and for many.
_GROUPS = {
    "scholarly reference": frozenset(
        "article-journal book chapter paper-conference thesis report review review-book manuscript article".split()
    ),
    "news title": frozenset("article-newspaper article-magazine broadcast post post-weblog".split()),
    "web page": frozenset(["webpage"]),
}


def say(text: str) -> None:
    """Say one sentence on stderr."""
    click.echo(text, err=True)


def counted(number: int, what: str) -> str:
    """Give "1 line", "3 lines", "2 entries".

    >>> counted(2, "entry")
    '2 entries'
    """
    if number == 1:
        return f"1 {what}"
    return f"{number} {what[:-1]}ies" if what.endswith("y") else f"{number} {what}s"


def summary_of(library: Library) -> str:
    """Say what was read: lines, and entries by kind."""
    lines = sum(len(page.lines) for page in library.pages)
    tally: Counter[str] = Counter()
    for reference in library:
        group = next((name for name, kinds in _GROUPS.items() if reference.kind in kinds), "other entry")
        tally[group] += 1
    words = [counted(tally[name], name) for name in (*_GROUPS, "other entry") if tally[name]]
    what = ", ".join(words) or "no entry"
    if not lines:
        return f"Read {what}."
    others = lines - sum(1 for page in library.pages for line in page.lines if line.role == "entry")
    return f"Read {counted(lines, 'line')}: {what}; {counted(others, 'other line')}."


def say_finding(found: Finding) -> None:
    """Say one finding with its place."""
    place = f"{found.origin.page}:{found.origin.line}: " if found.origin.page else ""
    say(f"  {place}{found.code} {found.message}")


def needs_a_look(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that a person should see: warnings and errors, and uncertain parses."""
    return tuple(found for found in findings if found.severity is not Severity.NOTE or found.code == "AB101")


def emit(text: str, output: Path | None) -> None:
    """Write data to a file, whole or not at all, or to stdout; a path goes to stderr as a sentence."""
    if output is None or str(output) == "-":
        click.echo(text, nl=False)
        return
    changed = write_atomically(output, text)
    say(f"Wrote {output}." if changed else f"{output} is up to date.")


@contextmanager
def progress_line() -> Iterator[Progress]:
    """Give a function that shows ``what 3/12`` on one live line of a terminal, and wipes it at the end."""
    live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    began = time.monotonic()
    width = 0

    def show(what: str, done: int, whole: int) -> None:
        nonlocal width
        if not live or time.monotonic() - began < 0.5:
            return
        text = f"{what} {done}/{whole}"
        click.echo("\r" + text.ljust(width), nl=False, err=True)
        width = len(text)

    try:
        yield show
    finally:
        if width:
            click.echo("\r" + " " * width + "\r", nl=False, err=True)
