"""What the commands say to a person: sentences, summaries and progress, all on stderr; and data where it is to go.

Progress shows only at a terminal, and only after half a second.
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

from alliancebib.cli.streams import put, say
from alliancebib.cli.writing import say_written, write_file
from alliancebib.finding import Finding, Severity
from alliancebib.library import Library

__all__ = [
    "counted",
    "emit",
    "needs_a_look",
    "progress_line",
    "put",
    "say",
    "say_finding",
    "say_findings",
    "say_new_key",
    "say_read",
    "summary_of",
]

Progress = Callable[[str, int, int], None]

#: Kinds in the order of the summary, with their words for one and for many.
_GROUPS = {
    "scholarly reference": frozenset(
        "article-journal book chapter paper-conference thesis report review review-book manuscript article".split()
    ),
    "news title": frozenset("article-newspaper article-magazine broadcast post post-weblog".split()),
    "web page": frozenset(["webpage"]),
}


#: Notes that a person should see: uncertain parses, what a new file will lack.
_TOLD = frozenset({"AB101", "AB111"})


#: So many findings are said one by one.
SHOWN = 10


def counted(number: int, what: str) -> str:
    """Give "1 line", "3 lines", "2 entries".

    >>> counted(2, "entry")
    '2 entries'
    """
    if number == 1:
        return f"1 {what}"
    if what.endswith("y"):
        return f"{number} {what[:-1]}ies"
    return f"{number} {what}{'es' if what.endswith('s') else 's'}"


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
    line = f":{found.origin.line}" if found.origin.line else ""
    place = f"{found.origin.page}{line}: " if found.origin.page else ""
    say(f"  {place}{found.code} {found.message}")


def say_findings(findings: Iterable[Finding], *, more: str, shown: int = SHOWN) -> None:
    """Say the first findings one by one and count the others; ``more`` says where all of them are."""
    findings = tuple(findings)
    for found in findings[:shown]:
        say_finding(found)
    if len(findings) > shown:
        say(f"  and {len(findings) - shown} more: {more}")


def say_new_key(old: str, new: str, *, line: int) -> None:
    """Say which key became which; an entry that had none is named by its line."""
    say(f"{old or f'line {line}'} -> {new}")


def say_read(library: Library, place: str, noticed: Iterable[Finding] = ()) -> None:
    """Say what was read, and what a person should look at: what reading noticed, and what formatting did."""
    say(summary_of(library))
    say_findings(needs_a_look(library.findings), more=f"`alliancebib check {place} --offline` names them.")
    say_findings(needs_a_look(noticed), more="another style may print them.")


def needs_a_look(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that a person should see: warnings, errors, and notes of what may be wrong or left out.

    They are in the order of their places, whichever stage noticed them; pages are in the order in which they come up.
    """
    shown = [found for found in findings if found.severity is not Severity.NOTE or found.code in _TOLD]
    pages: dict[str, int] = {}
    for found in shown:
        pages.setdefault(found.origin.page, len(pages))
    return tuple(sorted(shown, key=lambda one: (pages[one.origin.page], one.origin.line, one.origin.column)))


def emit(text: str, output: Path | None, *, data: bytes | None = None) -> None:
    """Write data to a file, whole or not at all, or to stdout; a path goes to stderr as a sentence.

    ``data`` are the bytes of the text where they are not simply UTF-8.
    """
    if output is None or str(output) == "-":
        if data is None or sys.stdout is None or sys.stdout.isatty():
            put(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
        else:
            put(data)
        return
    say_written(output, changed=write_file(output, text if data is None else data))


@contextmanager
def progress_line(*, live: bool = True) -> Iterator[Progress]:
    """Give a function that shows ``what 3/12`` on one live line of a terminal, and wipes it at the end.

    Not ``live`` where the data itself comes to the terminal line by line.
    """
    live = live and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
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
