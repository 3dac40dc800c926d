"""``alliancebib match``: which DOI does each line mean? One JSON object a line, in the order of the input."""

from __future__ import annotations

import json
from pathlib import Path

import click

from alliancebib import pipeline
from alliancebib.cli.session import (
    base_url_option,
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
from alliancebib.cli.talk import counted, emit, progress_line, say
from alliancebib.model import Reference
from alliancebib.verification import Found

__all__ = ["command"]


@click.command("match", help="Find the DOI of each entry, or say that there is none.")
@input_argument
@lines_option
@reader_option
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="How probable a work must be to be taken; else as the settings say.",
)
@base_url_option
@offline_option
@output_option
def command(  # noqa: D103 - click takes the help above
    place: str,
    *,
    lines: bool,
    reader: str,
    threshold: float | None,
    base_url: str,
    offline: bool,
    output: Path | None,
) -> None:
    project = project_of(place)
    library = load_library([place], project, lines=lines, reader=reader, offline=offline)
    with make_web(project, offline=offline) as web, progress_line() as progress:
        answers = pipeline.match(
            library,
            make_resolvers(project, web, base_url=base_url),
            threshold=project.settings.enrich.threshold if threshold is None else threshold,
            progress=progress,
        )
    rows = [_row(reference, found) for reference, found in zip(library, answers, strict=True)]
    emit("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), output)
    say(f"{counted(len(rows), 'entry')}: {sum(row['doi'] is not None for row in rows)} with a DOI.")
    unasked = [found.problem for found in answers if found.problem and not _is_answered(found)]
    if unasked:
        say(f"{counted(len(unasked), 'entry')} could not be asked about.")
        raise unasked[0]


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
