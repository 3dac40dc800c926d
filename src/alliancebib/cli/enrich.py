"""``alliancebib enrich``: complete entries from Crossref; what is added shows as a diff, ``--write`` applies it.

With ``--update`` it asks again about what the lock answers, and says what changed upstream.
"""

from __future__ import annotations

import difflib
from datetime import date
from itertools import groupby
from pathlib import Path

import click

from alliancebib import pipeline, plugins
from alliancebib.cli.services import make_resolvers, say_absent
from alliancebib.cli.session import (
    WRITABLE,
    base_url_option,
    deadline_option,
    format_for,
    lines_option,
    load_library,
    make_web,
    offline_option,
    output_option,
    project_of,
    reader_option,
    require_writable,
)
from alliancebib.cli.talk import counted, emit, progress_line, say, say_finding, summary_of
from alliancebib.cli.writing import open_lock, say_written, write_file
from alliancebib.config import Project
from alliancebib.decisions import Decisions, apply_fields, load_decisions
from alliancebib.enrichment import Change, changes_between, renew
from alliancebib.errors import UsageError
from alliancebib.library import Library
from alliancebib.lock import lock_text
from alliancebib.matching import attach, fill

__all__ = ["command"]

#: The finding of a DOI whose record is not there any more.
_NO_RECORD = "AB407"


@click.command("enrich", help="Complete entries from Crossref: the right DOI or none.")
@click.argument("place", metavar="[INPUT]", default="")
@lines_option
@reader_option
@click.option(
    "--to",
    type=click.Choice(plugins.EXCHANGE),
    help="Print all entries in this format; else in that of the output's suffix; else only what changes.",
)
@click.option("--write", "write_back", is_flag=True, help="Write the changes into INPUT (.bib or .json).")
@click.option("--only-dois", is_flag=True, help="Add DOIs and nothing else.")
@click.option(
    "--update", is_flag=True, help="Ask again about what the lock answers, of INPUT or all inputs; say what changed."
)
@base_url_option
@deadline_option
@offline_option
@output_option
@click.pass_context
def command(  # noqa: D103 - click takes the help above
    ctx: click.Context,
    place: str,
    *,
    lines: bool,
    reader: str,
    to: str | None,
    write_back: bool,
    only_dois: bool,
    update: bool,
    base_url: str,
    deadline: float | None,
    offline: bool,
    output: Path | None,
) -> None:
    project = project_of(place)
    _require_call(place, project, update=update, others=bool(write_back or only_dois or to or offline))
    _require_one_output(write_back=write_back, to=to, output=output)
    decisions = load_decisions(project.path(project.settings.decisions))
    places = (place,) if place else project.inputs
    library = load_library(places, project, lines=lines, reader=reader, offline=offline)
    if update:
        ctx.exit(_update(library, decisions, project, base_url=base_url, deadline=deadline, output=output))
    if write_back:
        require_writable(library, place, lines=lines, reader=reader)
    before = apply_fields(library, decisions)
    with make_web(project, offline=offline, deadline=deadline) as web, progress_line() as progress:
        resolvers = make_resolvers(project, web, base_url=base_url)
        enriched = pipeline.enrich(
            before,
            resolvers,
            decisions=decisions,
            lock=open_lock(project.path(project.settings.lock)),
            threshold=project.settings.enrich.threshold,
            completing=attach if only_dois else fill,
            progress=progress,
        )
    after = enriched.library
    if write_back:
        _write_back(library, after, Path(place))
    elif format_ := format_for(to, output, otherwise=""):
        written = pipeline.compose(after, to=format_)
        emit(written.text, output, data=written.data)
    else:
        emit(_diff(before, after, place), output)
    say(summary_of(library))
    say(enriched.summary)
    for found in enriched.findings:
        say_finding(found)
    # Who asks to stay offline gets what he asked for; a service that fails does not do its part.
    away = say_absent(resolvers, said=enriched.summary)
    ctx.exit(3 if away or (enriched.not_asked and not offline) else 0)


def _require_call(place: str, project: Project, *, update: bool, others: bool) -> None:
    """Refuse calls that ask for nothing, or for two things at once."""
    if not place and not (update and project.inputs):
        help_ = "Name a file; `--update` takes all `inputs` of alliancebib.toml."
        raise UsageError("there is nothing to complete", help=help_)
    if update and others:
        help_ = "Update first, then complete: the lock is used by both."
        raise UsageError("`--update` changes the lock alone and needs a network", help=help_)


def _require_one_output(*, write_back: bool, to: str | None, output: Path | None) -> None:
    """Refuse to write into the input what is to go elsewhere, or to be in another format."""
    if write_back and (to or output):
        named = "`--to`" if to else "`-o`"
        help_ = "Leave out `--write` to write a new file, or leave out the other."
        raise UsageError(
            f"`--write` writes into INPUT, in its own format, and {named} asks for another file", help=help_
        )


def _write_back(library: Library, after: Library, path: Path) -> None:
    """Write a completed file back, if anything was added: one that is only set in another way is no reason to."""
    written = pipeline.write_back(after)
    if written.text == pipeline.write_back(library).text:
        say(f"{path} stays as it is.")
    else:
        say_written(path, changed=write_file(path, written.text if written.data is None else written.data))
    for found in written.findings:
        say_finding(found)


def _update(
    library: Library,
    decisions: Decisions,
    project: Project,
    *,
    base_url: str,
    deadline: float | None,
    output: Path | None,
) -> int:
    """Ask again about what the lock answers, write it, print what changed; 3 where not all could be asked about."""
    path = project.path(project.settings.lock)
    lock = open_lock(path)
    if not (lock.works or lock.open):
        help_ = "`alliancebib build` makes one."
        raise UsageError("there is no lock whose answers could be asked for again", place=str(path), help=help_)
    with make_web(project, anew=True, deadline=deadline) as web, progress_line() as progress:
        resolvers = make_resolvers(project, web, base_url=base_url)
        renewed = renew(
            apply_fields(library, decisions),
            resolvers=resolvers,
            lock=lock,
            decisions=decisions,
            threshold=project.settings.enrich.threshold,
            today=date.today(),  # noqa: DTZ011 - the day of the person who asks
            progress=progress,
        )
    changes = changes_between(lock, renewed.lock)
    changed = write_file(path, lock_text(renewed.lock))
    say(renewed.summary)
    say(f"{counted(len({change.reference for change in changes}), 'record')} changed upstream.")
    if renewed.lost:
        say(f"{counted(renewed.lost, 'record')} could not be found any more, and stayed as before.")
    say_written(path, changed=changed)
    emit(_told(changes), output)
    for found in renewed.findings:
        if found.code == _NO_RECORD:
            say_finding(found)
    return 3 if say_absent(resolvers, said=renewed.summary) or renewed.cached else 0


def _told(changes: tuple[Change, ...]) -> str:
    lines = []
    for work, group in groupby(changes, key=lambda change: f"{change.reference} {change.work}"):
        lines += [work, *(f"  {change.field}: {change.old!r} -> {change.new!r}" for change in group)]
    return "".join(f"{line}\n" for line in lines)


def _diff(before: Library, after: Library, place: str) -> str:
    """Show what ``--write`` would change in a file that it can write, and what is new in entries of any other."""
    old, new = (_shown(library).splitlines(keepends=True) for library in (before, after))
    lines = difflib.unified_diff(old, new, fromfile=place, tofile=f"{place} (enriched)")
    text = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    if text:
        say(f"{counted(sum(line.startswith('+') for line in text.splitlines()) - 1, 'line')} would be new.")
    return text


def _shown(library: Library) -> str:
    if any(original.format in WRITABLE for original in library.originals):
        return pipeline.write_back(library).text
    return pipeline.write(library, to="bibtex")
