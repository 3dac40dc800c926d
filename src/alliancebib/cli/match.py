"""``alliancebib match``: which DOI does each line mean? One JSON object a line, in order, as soon as it is known."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from alliancebib import pipeline
from alliancebib.cli.services import make_resolvers, say_absent
from alliancebib.cli.session import (
    base_url_option,
    deadline_option,
    input_argument,
    lines_option,
    load_library,
    make_web,
    offline_option,
    output_option,
    project_of,
    reader_option,
)
from alliancebib.cli.talk import counted, emit, needs_a_look, progress_line, put, say, say_findings
from alliancebib.errors import UnavailableError
from alliancebib.library import Library
from alliancebib.model import Reference, reference_id
from alliancebib.page import Line, Role
from alliancebib.verification import Found

__all__ = ["command"]

#: The finding of a line that is too long to be read.
_TOO_LONG = "AB108"
#: Findings of fields that are uncertain or left over: the score of the row tells what they come to.
_OF_FIELDS = frozenset({"AB101", "AB102"})


@click.command("match", help="Find the DOI of each entry, or say that there is none.")
@input_argument
@lines_option
@reader_option
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="How probable a work must be to be taken; else as the settings say.",
)
@click.option(
    "--index",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Search this index of records, whatever the settings say.",
)
@base_url_option
@deadline_option
@offline_option
@output_option
def command(  # noqa: D103 - click takes the help above
    place: str,
    *,
    lines: bool,
    reader: str,
    threshold: float | None,
    index: Path | None,
    base_url: str,
    deadline: float | None,
    offline: bool,
    output: Path | None,
) -> int:
    project = project_of(place)
    library = load_library([place], project, lines=lines, reader=reader, offline=offline)
    told = [found for found in needs_a_look(library.findings) if found.code not in _OF_FIELDS]
    say_findings(told, more=f"`alliancebib check {place} --offline` names them.")
    shown = output is None or str(output) == "-"
    rows: list[dict[str, object]] = []
    problems: list[UnavailableError | None] = []
    live = not (shown and sys.stdout.isatty())
    with make_web(project, offline=offline, deadline=deadline) as web, progress_line(live=live) as progress:
        resolvers = make_resolvers(project, web, base_url=base_url, index=index)
        answers = pipeline.match(
            library,
            resolvers,
            threshold=project.settings.enrich.threshold if threshold is None else threshold,
            progress=progress,
        )
        for entry in _entries(library):
            row, problem = _unread(entry, library) if isinstance(entry, Line) else _answered(entry, next(answers))
            rows.append(row)
            if "problem" in row:
                problems.append(problem)
            if shown:
                put(_as_line(row))
    if not shown:
        emit("".join(map(_as_line, rows)), output)
    say(f"{counted(len(rows), 'entry')}: {sum(row['doi'] is not None for row in rows)} with a DOI.")
    problem = next((problem for problem in problems if problem), None)
    away = say_absent(resolvers, said=str(problem))
    if problems:
        say(f"{counted(len(problems), 'entry')} could not be asked about.")
    if problem:
        raise problem
    return 3 if away or problems else 0


def _entries(library: Library) -> Iterator[Reference | Line]:
    """Give the references of a library in their order, and between them the entries that could not be read."""
    unread = {(found.origin.line, found.origin.column) for found in library.findings if found.code == _TOO_LONG}
    references = iter(library)
    for line in (line for page in library.pages for line in page.with_role(Role.ENTRY)):
        if (line.number, line.column) in unread:
            yield line
        elif line.text.strip() and (reference := next(references, None)):
            yield reference
    yield from references


def _unread(line: Line, library: Library) -> tuple[dict[str, object], None]:
    place = (line.number, line.column)
    found = next(one for one in library.findings if (one.origin.line, one.origin.column) == place)
    row = {"id": reference_id(found.origin.page, line.text), "text": line.text, "doi": None, "score": 0.0}
    return row | {"candidates": [], "problem": found.message}, None


def _answered(reference: Reference, found: Found) -> tuple[dict[str, object], UnavailableError | None]:
    return _row(reference, found), None if _is_answered(found) else found.problem


def _as_line(row: dict[str, object]) -> str:
    return f"{json.dumps(row, ensure_ascii=False)}\n"


def _is_answered(found: Found) -> bool:
    """Say whether a work was found; that there is none is no answer while a service could not be asked."""
    return found.judgement is not None and found.judgement.accepted is not None


def _row(reference: Reference, found: Found) -> dict[str, object]:
    judged = found.judgement
    accepted = judged.accepted if judged else None
    candidates = [
        {"doi": one.candidate.doi, "score": one.probability, "title": one.candidate.title, "reasons": list(one.reasons)}
        for one in (judged.proposals if judged else ())
    ]
    row: dict[str, object] = {
        "id": reference.id,
        "text": reference.origin.raw or reference.title,
        "doi": accepted.doi if accepted else None,
        "score": judged.probability if judged else 0.0,
        "candidates": candidates,
    }
    if judged is None or (found.problem and not accepted):
        row["problem"] = found.problem.message if found.problem else "there is no service to ask"
    return row
