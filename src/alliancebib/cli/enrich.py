"""``alliancebib enrich``: complete entries from Crossref; what is added shows as a diff, ``--write`` applies it."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from alliancebib import pipeline, plugins
from alliancebib.cli.session import (
    base_url_option,
    format_for,
    input_argument,
    lines_option,
    load_library,
    make_resolvers,
    make_web,
    offline_option,
    output_option,
    project_of,
    reader_option,
)
from alliancebib.cli.talk import counted, emit, progress_line, say, say_finding, summary_of
from alliancebib.decisions import apply_fields, load_decisions
from alliancebib.errors import UsageError
from alliancebib.files import write_atomically
from alliancebib.library import Library
from alliancebib.lock import load_lock

__all__ = ["command"]

#: Suffix of an input that ``--write`` can write back -> the writer.
WRITABLE = {".bib": "bibtex", ".json": "csl-json"}


@click.command("enrich", help="Complete entries from Crossref: the right DOI or none.")
@input_argument
@lines_option
@reader_option
@click.option(
    "--to",
    type=click.Choice(plugins.EXCHANGE),
    help="Print all entries in this format; else in that of the output's suffix; else only what changes.",
)
@click.option("--write", "write_back", is_flag=True, help="Write the changes into INPUT (.bib or .json).")
@base_url_option
@offline_option
@output_option
def command(  # noqa: D103 - click takes the help above
    place: str,
    *,
    lines: bool,
    reader: str,
    to: str | None,
    write_back: bool,
    base_url: str,
    offline: bool,
    output: Path | None,
) -> None:
    project = project_of(place)
    kind = WRITABLE.get(Path(place).suffix.lower(), "")
    if write_back and not kind:
        raise UsageError(
            "only a .bib or .json file can be written back", place=place, help="Use `--to bibtex -o FILE`."
        )
    decisions = load_decisions(project.path(project.settings.decisions))
    library = load_library([place], project, lines=lines, reader=reader, offline=offline)
    if write_back and kind != "bibtex":
        _refuse_to_lose(library, place)
    before = apply_fields(library, decisions)
    with make_web(project, offline=offline) as web, progress_line() as progress:
        enriched = pipeline.enrich(
            before,
            make_resolvers(project, web, base_url=base_url),
            decisions=decisions,
            lock=load_lock(project.path(project.settings.lock)),
            threshold=project.settings.enrich.threshold,
            progress=progress,
        )
    after = enriched.library
    if write_back:
        written = pipeline.compose(after, to=kind)
        changed = write_atomically(Path(place), written.text if written.data is None else written.data)
        say(f"Wrote {place}." if changed else f"{place} is up to date.")
        for found in written.findings:
            say_finding(found)
    elif format_ := format_for(to, output, otherwise=""):
        written = pipeline.compose(after, to=format_)
        emit(written.text, output, data=written.data)
    else:
        emit(_diff(before, after, kind or "bibtex", place), output)
    say(summary_of(library))
    say(enriched.summary)
    for found in enriched.findings:
        say_finding(found)


def _refuse_to_lose(library: Library, place: str) -> None:
    """Refuse to write back a .json file with records that could not be read; a .bib file keeps what it holds."""
    for found in library.findings:
        if found.code == "AB106":
            help_ = "Nothing was written. Use `--to csl-json -o NEW.json`, and carry the rest over by hand."
            raise UsageError(f"writing it back would lose text: {found.message}", place=place, help=help_)


def _diff(before: Library, after: Library, kind: str, place: str) -> str:
    old, new = (pipeline.write(library, to=kind).splitlines(keepends=True) for library in (before, after))
    text = "".join(difflib.unified_diff(old, new, fromfile=place, tofile=f"{place} (enriched)"))
    if text and kind:
        say(f"{counted(sum(line.startswith('+') for line in text.splitlines()) - 1, 'line')} would be new.")
    return text
