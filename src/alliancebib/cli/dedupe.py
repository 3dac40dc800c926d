"""``alliancebib dedupe``: join entries of one or several inputs that are one work; show the doubtful pairs.

It also says why two entries are one work or not, keeps what a person decides, and lets documents follow the keys.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from alliancebib import matching, pipeline, plugins
from alliancebib.bibtex.rekeying import cited_in_documents, further_keys
from alliancebib.cli.comparing import explained, explained_as_json
from alliancebib.cli.deciding import decide, decided_in, review_text
from alliancebib.cli.dedupe_calls import require_call
from alliancebib.cli.dedupe_report import as_json as clusters_as_json
from alliancebib.cli.dedupe_report import gave_way, keep_gave_way, path_of_gave_way
from alliancebib.cli.dedupe_spark import over_spark
from alliancebib.cli.documents import changes_in, open_documents, require_clear, write_changes
from alliancebib.cli.naming import Entries
from alliancebib.cli.session import (
    format_for,
    lines_option,
    load_library,
    output_option,
    project_of,
    reader_option,
    require_writable,
)
from alliancebib.cli.talk import (
    counted,
    emit,
    needs_a_look,
    progress_line,
    say,
    say_finding,
    say_findings,
    summary_of,
)
from alliancebib.cli.writing import require_unchanged, say_written, write_file
from alliancebib.decisions import Judged, load_decisions
from alliancebib.errors import UsageError

__all__ = ["command"]

#: What a collection is written as.
_OF_COLLECTIONS = ("jsonl", "parquet")
#: So many joins and doubtful pairs are said one by one.
_SHOWN = 5


F = TypeVar("F", bound=Callable[..., object])


class _Call(NamedTuple):
    """How the command was called, for the lines that say what to type next."""

    places: tuple[str, ...]
    lines: bool
    reader: str

    def again(self, *words: str) -> str:
        """Give the same call with other options."""
        own = ["--lines"] * self.lines + (["--from", self.reader] if self.reader else [])
        return shlex.join(["alliancebib", "dedupe", *self.places, *own, *words])


def _pairs(kind: str, help_: str) -> Callable[[F], F]:
    return click.option(f"--{kind}", nargs=2, multiple=True, metavar="A B", help=help_)


@click.command("dedupe", help="Join entries that are one work; show the doubtful ones.")
@click.argument("places", metavar="INPUT...", nargs=-1, required=True)
@lines_option
@reader_option
@click.option(
    "--to",
    type=click.Choice(["clusters", *plugins.EXCHANGE, *_OF_COLLECTIONS]),
    help="Else by the suffix of the output, else bibtex; jsonl and parquet are for --engine spark.",
)
@click.option(
    "--engine",
    type=click.Choice(["process", "spark"]),
    default="process",
    show_default=True,
    help="spark: JSON lines or Parquet of any size into a folder; see the how-to on large collections.",
)
@click.option(
    "--spark-master", default="", metavar="MASTER", help="Where Spark works: local[*], yarn, spark://HOST ..."
)
@click.option("--preset", type=click.Choice(["strict", "balanced", "relaxed"]), help="How bold to be.")
@click.option("--merge-versions", is_flag=True, help="Join a preprint and its article, too; the published one speaks.")
@click.option(
    "--dry-run", is_flag=True, help="Change neither INPUT nor documents; show the clusters, as `--to clusters` does."
)
@click.option("--json", "as_json", is_flag=True, help="The same as `--to clusters`; with --explain, its data.")
@click.option("--write", "write_back", is_flag=True, help="Write what changes into INPUT, a .bib file.")
@click.option(
    "--rewrite-keys",
    "documents",
    multiple=True,
    metavar="FILE",
    help="Let a document (.tex, .md, .qmd, .org, .rst, .typ) cite the kept keys; may be given several times.",
)
@click.option("--explain", nargs=2, metavar="A B", help="Say why two entries (ids or keys) are one work or not.")
@_pairs("same", "Keep in the decisions that two entries are one work; may be given several times.")
@_pairs("different", "Keep in the decisions that two entries are two works; may be given several times.")
@click.option("--reason", default="", metavar="TEXT", help="Why, to be kept with --same or --different.")
@click.option(
    "--review", type=click.Path(path_type=Path, dir_okay=False), help="Write the doubtful pairs to FILE, to go through."
)
@click.option(
    "--decide",
    "reviewed",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take what was decided in such a FILE.",
)
@output_option
def command(  # noqa: D103 - click takes the help above; one argument for each option
    places: tuple[str, ...],
    *,
    lines: bool,
    reader: str,
    to: str | None,
    engine: str,
    spark_master: str | None,
    preset: str | None,
    merge_versions: bool,
    dry_run: bool,
    as_json: bool,
    write_back: bool,
    documents: tuple[str, ...],
    explain: tuple[str, str] | None,
    same: tuple[tuple[str, str], ...],
    different: tuple[tuple[str, str], ...],
    reason: str,
    review: Path | None,
    reviewed: Path | None,
    output: Path | None,
) -> None:
    if engine == "spark":
        others = [dry_run, as_json, write_back, documents, explain, same, different, reason, review, reviewed]
        _require_plain(any([*others, lines, reader]))
        over_spark(
            places, output=output, to=to, preset=preset, merging=merge_versions, master=spark_master or "local[*]"
        )
        return
    if to in _OF_COLLECTIONS or spark_master:
        raise UsageError("`--to jsonl`, `--to parquet` and `--spark-master` are for `--engine spark`", help="Add it.")
    given: dict[str, object] = {
        "--write": write_back,
        "--rewrite-keys": documents,
        "--review": review,
        "--to": to,
        "-o": output,
        "--json": as_json,
        "--dry-run": dry_run,
        "--merge-versions": merge_versions,
        "--explain": explain,
        "--same": same,
        "--different": different,
        "--decide": reviewed,
        "--reason": reason,
    }
    require_call(places, given)
    only_shown = dry_run or as_json or to == "clusters"
    project = project_of(places[0])
    call = _Call(places, lines, reader)
    how = project.settings.dedupe
    preset = preset or how.preset
    path = project.path(project.settings.decisions)
    decisions = load_decisions(path)
    opened = open_documents(documents)
    library = load_library(places, project, lines=lines, reader=reader)
    entries = Entries(library)
    if explain:
        emit((explained_as_json if as_json else explained)(entries, explain, decisions, preset), output)
        return
    asked = [*(("same", pair) for pair in same), *(("different", pair) for pair in different)]
    judged = [(kind, Judged(ids=pair, reason=reason)) for kind, pair in asked]
    judged += decided_in(reviewed) if reviewed else []
    if judged or reviewed:
        decide(entries, judged, path)
        return
    if write_back:
        require_writable(library, places[0], lines=lines, reader=reader, formats=frozenset({"bibtex"}))
    versions = "merge" if merge_versions else how.versions
    with progress_line() as progress:
        found = pipeline.deduplicated(library, decisions=decisions, preset=preset, versions=versions, progress=progress)
    to = to if only_shown else format_for(to, output, otherwise="bibtex")
    anew = len(library.originals) > 1 or to not in ("bibtex", "clusters", None)
    cited = cited_in_documents(library, found.library, anew=anew)
    require_clear(opened, cited.ambiguous)
    changes = changes_in(opened, further_keys(found.library) | cited.keys)
    into = None if only_shown else Path(places[0]) if write_back else _among(output, places)
    kept = _kept(gave_way(entries, found), into)
    if only_shown:
        emit(clusters_as_json(entries, found, cited), output)
    elif write_back:
        _write_back(found, Path(places[0]))
    else:
        written = pipeline.compose(found.library, to=to or "bibtex")
        emit(written.text, output, data=written.data)
        for noticed in needs_a_look(written.findings):
            say_finding(noticed)
    write_changes(changes, dry_run=only_shown)
    if review:
        then = call.again("--decide", str(review))
        say_written(review, changed=write_file(review, review_text(entries, found.clusters, then)))
    _say(entries, found, call, kept)


def _require_plain(others: bool) -> None:
    if others:
        message = "`--engine spark` goes with `-o`, `--to`, `--preset`, `--merge-versions` and `--spark-master` alone"
        help_ = "Take the doubtful pairs from FOLDER/review, and write what you decide into the decisions file."
        raise UsageError(message, help=help_)


def _among(output: Path | None, places: tuple[str, ...]) -> Path | None:
    """Give the output if it is one of the inputs, which will be gone then."""
    same = output and any(Path(place).exists() and Path(place).resolve() == output.resolve() for place in places)
    return output if same else None


def _kept(gone: list[dict[str, str]], into: Path | None) -> str:
    """Keep the values that gave way beside a file that is to be changed, and say where; "" for none."""
    where = "`--json` lists them, and `--to csl-json` keeps them."
    if into and gone:
        aside = path_of_gave_way(into)
        require_unchanged([into])
        keep_gave_way(gone, aside)
        where = f"{aside} keeps them."
    return f"{counted(len(gone), 'value')} gave way to others: {where}" if gone else ""


def _write_back(found: matching.Deduplicated, path: Path) -> None:
    written = pipeline.write_back(found.library)
    say_written(path, changed=write_file(path, written.text if written.data is None else written.data))
    for noticed in written.findings:
        say_finding(noticed)


def _say(entries: Entries, found: matching.Deduplicated, call: _Call, gave_way: str) -> None:
    """Say what was joined, what a person should decide, and what to type for it."""
    library, clusters = entries.library, found.clusters
    gone, doubtful = len(library) - len(found.library), len(clusters.review)
    say(summary_of(library))
    named = call.places[0] if len(call.places) == 1 else "INPUT"
    say_findings(needs_a_look(library.findings), more=f"`alliancebib check {named} --offline` names them.")
    tally = [f"{gone} joined to others", f"{counted(doubtful, 'pair')} for you to decide"]
    tally += [f"{counted(len(clusters.versions), 'pair')} of versions kept"] if clusters.versions else []
    say(f"{counted(len(library), 'entry')}: {', '.join(tally)}.")
    for noticed in [one for one in found.library.findings if one.code in ("AB502", "AB504")][:_SHOWN]:
        say(f"  {noticed.message}")
    if gave_way:
        say(gave_way)
    for doubt in clusters.review[:_SHOWN]:
        a, b = entries.own_name(doubt.a), entries.own_name(doubt.b)
        say(f"Perhaps one work ({doubt.reason}):")
        say(f"  {a}: {entries.described(doubt.a)}")
        say(f"  {b}: {entries.described(doubt.b)}")
        say(f"  decide: {call.again('--same', a, b)}   (or --different)")
    if doubtful > _SHOWN:
        every = call.again("--review", "review.toml")
        say(f"And {counted(doubtful - _SHOWN, 'other pair')}: `{every}` writes all of them.")
