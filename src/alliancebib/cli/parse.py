"""``alliancebib parse``: a list becomes entries, as data, for the eye or as test cases.

What was no entry is counted on stderr.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from alliancebib import pipeline, plugins
from alliancebib.cli.cases import Case, case_text, cases_of
from alliancebib.cli.layout import visible
from alliancebib.cli.session import (
    format_for,
    lines_option,
    load_library,
    output_option,
    parse_settings,
    paths_from_here,
    project_of,
    reader_option,
)
from alliancebib.cli.show import shown, tally
from alliancebib.cli.talk import counted, emit, say, say_read
from alliancebib.csl.items import to_csl
from alliancebib.errors import InputError, UsageError
from alliancebib.library import Library
from alliancebib.model import Reference

__all__ = ["command"]

#: The labels of token-labelled reference corpora.
LABELS = frozenset(
    """author editor title container date volume pages publisher location url doi series edition note translator isbn
    num other""".split()
)
#: Our fields -> labels, where they differ; what has no label of its own is a note, as in the corpora.
OF_FIELDS = {
    "issued": "date",
    "container_title": "container",
    "issue": "volume",
    "page": "pages",
    "number_of_pages": "pages",
    "publisher_place": "location",
    "collection_title": "series",
    "issn": "isbn",
    "genre": "note",
    "abstract": "note",
    "archive_url": "url",
    "link_title": "title",
    "number": "num",
}


@click.command("parse", help="Read lists and show each entry as data; with --show for the eye.")
@click.argument("places", metavar="INPUT...", nargs=-1, required=True)
@lines_option
@reader_option
@click.option(
    "--to",
    type=click.Choice([*plugins.EXCHANGE, "jsonl", "spans", "roles"]),
    help="jsonl: one entry a line; spans: which characters became which field; roles: what each line was taken for. "
    "Else by the suffix of the output, else csl-json.",
)
@click.option(
    "--show",
    is_flag=True,
    help="For the eye instead of a program: each line with the fields that its parts became, what is left over, and "
    "how sure that is: certain (from 0.90), likely (from 0.50), doubtful, unknown (0.00).",
)
@click.option(
    "--as-case",
    is_flag=True,
    help="Each entry as a test case to correct and paste into a file of tests/cases.",
)
@output_option
def command(  # noqa: D103 - click takes the help above
    places: tuple[str, ...],
    *,
    lines: bool,
    reader: str,
    to: str | None,
    show: bool,
    as_case: bool,
    output: Path | None,
) -> None:
    if show + as_case + (to is not None) > 1:
        help_ = "`--to` is for programs, `--show` for the eye, `--as-case` for a report; run the command once for each."
        raise UsageError("`--show`, `--as-case` and `--to` exclude each other", help=help_)
    project = project_of(places[0])
    library = load_library(places, project, lines=lines, reader=reader)
    if show:
        _show(library, places, output)
    elif as_case:
        if not library.pages:
            message = "it holds records, and a case needs a line that was read"
            raise InputError(message, place=places[0], help="`--as-case` takes lists: text, HTML or Markdown.")
        _put_cases(tuple(cases_of(library, parse_settings(project))), output)
    else:
        emit(_as_text(library, format_for(to, output, otherwise="csl-json")), output)
    say_read(library, places[0] if len(places) == 1 else "INPUT")
    if show and len(library):
        say(tally(library))
        if library.pages:
            say("One that is wrong becomes a test case with `--as-case` instead of `--show`.")


def _show(library: Library, places: tuple[str, ...], output: Path | None) -> None:
    """Put entries for the eye; a file gets them without colour."""
    to_file = output is not None and str(output) != "-"
    console = Console(
        file=io.StringIO() if to_file else sys.stdout,
        color_system=None if to_file else "auto",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    with console.capture() as captured:
        for row in shown(library, console, paths=paths_from_here(places)):
            console.print(row)
    text = captured.get()
    # As bytes, because click would take the colours out again that FORCE_COLOR asked for.
    emit(text, output, data=text.encode("utf-8", "replace"))


def _put_cases(cases: tuple[Case, ...], output: Path | None) -> None:
    """Put entries as test cases; say of which the line alone does not tell all, and which cannot be one."""
    at_terminal = (output is None or str(output) == "-") and sys.stdout is not None and sys.stdout.isatty()
    fit = tuple(case for case in cases if case.fits and not (at_terminal and _would_be_lost(case.line)))
    emit("\n".join(case_text(case) for case in fit), output)
    for sentence in _about(cases, fit):
        say(sentence)


def _would_be_lost(line: str) -> bool:
    """Say whether a line cannot be copied from a terminal, because that obeys or hides some of its characters."""
    line = line.replace("\t", " ")
    return visible(line) != line


def _about(cases: tuple[Case, ...], fit: tuple[Case, ...]) -> Iterator[str]:
    for case in cases:
        place = visible(case.place)
        if not case.fits:
            yield f"{place}: the line cannot stand in one row of a file, so it is no case."
        elif case not in fit:
            yield f"{place}: the line holds characters that a terminal would obey or hide; `-o FILE` writes its case."
        elif case.alone:
            fields = ", ".join(case.alone)
            yield f"{place}: read without its page and settings, the line gives another {fields}."
    yield f"{counted(len(fit), 'case')}: correct the fields that are wrong, and paste them into a file of tests/cases."


def _as_text(library: Library, to: str) -> str:
    if to == "jsonl":
        return "".join(_json_line(to_csl(reference)) for reference in library)
    if to == "spans":
        return "".join(_json_line(_spans(reference)) for reference in library)
    if to == "roles":
        lines = (line for page in library.pages for line in page.lines)
        return "".join(f"{line.number}\t{line.role or ''}\t{line.why}\t{line.text}\n" for line in lines)
    return pipeline.write(library, to=to)


def _json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _spans(reference: Reference) -> dict[str, object]:
    spans = [{"label": label_of(span.field), "start": span.start, "end": span.end} for span in reference.spans]
    return {"raw": reference.origin.raw, "spans": spans}


def label_of(field: str) -> str:
    """Give the label of a field.

    >>> label_of("container_title"), label_of("doi"), label_of("medium")
    ('container', 'doi', 'note')
    """
    return OF_FIELDS.get(field, field if field in LABELS else "note")
