"""``alliancebib dedupe``: join entries of one or several inputs that are one work; show the doubtful pairs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from alliancebib import matching, pipeline, plugins
from alliancebib.cli.session import format_for, lines_option, load_library, output_option, project_of, reader_option
from alliancebib.cli.talk import counted, emit, put, say, summary_of
from alliancebib.decisions import load_decisions
from alliancebib.errors import UnknownName
from alliancebib.library import Library

__all__ = ["command"]


@click.command("dedupe", help="Join entries that are one work; show the doubtful ones.")
@click.argument("places", metavar="INPUT...", nargs=-1, required=True)
@lines_option
@reader_option
@click.option(
    "--to",
    type=click.Choice(["clusters", *plugins.EXCHANGE]),
    help="Else by the suffix of the output, else bibtex.",
)
@click.option("--preset", type=click.Choice(["strict", "balanced", "relaxed"]), help="How bold to be.")
@click.option("--dry-run", is_flag=True, help="Only show the clusters; the same as `--to clusters`.")
@click.option("--explain", nargs=2, metavar="A B", help="Say why two entries (ids or keys) are one work or not.")
@output_option
def command(  # noqa: D103 - click takes the help above
    places: tuple[str, ...],
    *,
    lines: bool,
    reader: str,
    to: str | None,
    preset: str | None,
    dry_run: bool,
    explain: tuple[str, str] | None,
    output: Path | None,
) -> None:
    project = project_of(places[0])
    preset = preset or project.settings.dedupe.preset
    decisions = load_decisions(project.path(project.settings.decisions))
    library = load_library(places, project, lines=lines, reader=reader)
    if explain:
        put(f"{_explained(library, explain, preset)}\n")
        return
    to = "clusters" if dry_run else format_for(to, output, otherwise="bibtex")
    joined = pipeline.dedupe(library, decisions=decisions, preset=preset)
    if to == "clusters":
        emit(_as_json(library, joined, matching.find_clusters(library, decisions=decisions, preset=preset)), output)
    else:
        written = pipeline.compose(joined, to=to)
        emit(written.text, output, data=written.data)
    doubtful = sum(found.code == "AB501" for found in joined.findings)
    gone = len(library) - len(joined)
    say(summary_of(library))
    say(f"{counted(len(library), 'entry')}: {gone} joined to others, {counted(doubtful, 'pair')} for you to decide.")


def _explained(library: Library, pair: tuple[str, str], preset: str) -> str:
    known = [name for reference in library.keyed() for name in (reference.key, reference.id)]
    for name in pair:
        if name not in library.keyed():
            raise UnknownName("entry", name, known, help="Give ids or citation keys of the input.")
    first, second = (library.keyed()[name] for name in pair)
    found = matching.compare(first, second, preset=preset)
    return "\n".join([f"{found.verdict} (score {found.score:.2f})", *(f"- {reason}" for reason in found.reasons)])


def _as_json(library: Library, joined: Library, clusters: matching.Clusters) -> str:
    """Give clusters, doubts and the map from old names to kept ones; a name is the citation key, else the id."""
    names = {reference.id: reference.key or reference.id for reference in library}
    value = {
        "clusters": [[names[identity] for identity in cluster] for cluster in clusters.clusters],
        "review": [{"ids": [names[doubt.a], names[doubt.b]], "reason": doubt.reason} for doubt in clusters.review],
        "keys": {names[old]: names[kept] for old, kept in joined.aliases.items() if old in names},
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
