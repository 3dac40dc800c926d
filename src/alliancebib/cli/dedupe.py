"""``alliancebib dedupe``: join entries of one or several inputs that are one work; show the doubtful pairs.

It also says why two entries are one work or not, keeps what a person decides, and lets documents follow the keys.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from alliancebib import matching, pipeline, plugins
from alliancebib.bibtex.rekeying import Cited, cited_in_documents, further_keys
from alliancebib.cli.comparing import explained, explained_as_json
from alliancebib.cli.deciding import decide, decided_in, review_text
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
    put,
    say,
    say_finding,
    say_findings,
    summary_of,
)
from alliancebib.cli.writing import say_written, write_file
from alliancebib.decisions import Judged, load_decisions
from alliancebib.errors import UsageError
from alliancebib.matching.forms import MERGER

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
@click.option("--dry-run", is_flag=True, help="Change no file, and show the clusters; the same as `--to clusters`.")
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
        others = [dry_run, as_json, write_back, documents, explain, same, different, review, reviewed, lines, reader]
        _require_plain(any(others))
        over_spark(
            places, output=output, to=to, preset=preset, merging=merge_versions, master=spark_master or "local[*]"
        )
        return
    if to in _OF_COLLECTIONS or spark_master:
        raise UsageError("`--to jsonl`, `--to parquet` and `--spark-master` are for `--engine spark`", help="Add it.")
    only_shown = dry_run or as_json or to == "clusters"
    _require_call(places, to=to, output=output, write_back=write_back, only_shown=only_shown)
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
        tell = explained_as_json if as_json else explained
        put(tell(entries, explain, decisions, preset))
        return
    judged = [("same", Judged(ids=pair, reason=reason)) for pair in same]
    judged += [("different", Judged(ids=pair, reason=reason)) for pair in different]
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
    if only_shown:
        emit(_as_json(entries, found, cited), output)
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
    _say(entries, found, call)


def _require_plain(others: bool) -> None:
    if others:
        message = "`--engine spark` goes with `-o`, `--to`, `--preset`, `--merge-versions` and `--spark-master` alone"
        help_ = "Take the doubtful pairs from FOLDER/review, and write what you decide into the decisions file."
        raise UsageError(message, help=help_)


def _require_call(
    places: tuple[str, ...], *, to: str | None, output: Path | None, write_back: bool, only_shown: bool
) -> None:
    if not write_back:
        return
    if len(places) > 1:
        raise UsageError("several files are not written back as one", help="Use `-o FILE`, which joins them.")
    if to or output:
        named = "`--to`" if to else "`-o`"
        help_ = "Leave out `--write` to write a new file, or leave out the other."
        raise UsageError(f"`--write` writes into INPUT, and {named} asks for another file", help=help_)
    if only_shown:
        raise UsageError(
            "`--write` changes INPUT, and `--dry-run` and `--json` only show", help="Leave out one of both."
        )


def _write_back(found: matching.Deduplicated, path: Path) -> None:
    written = pipeline.write_back(found.library)
    say_written(path, changed=write_file(path, written.text if written.data is None else written.data))
    for noticed in written.findings:
        say_finding(noticed)


def _say(entries: Entries, found: matching.Deduplicated, call: _Call) -> None:
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
    gave_way = sum(finding.code == "AB503" for finding in found.library.findings)
    if gave_way:
        say(f"{counted(gave_way, 'value')} gave way to others; `--json` lists them, and `--to csl-json` keeps them.")
    for doubt in clusters.review[:_SHOWN]:
        a, b = entries.own_name(doubt.a), entries.own_name(doubt.b)
        say(f"Perhaps one work ({doubt.reason}):")
        say(f"  {a}: {entries.described(doubt.a)}")
        say(f"  {b}: {entries.described(doubt.b)}")
        say(f"  decide: {call.again('--same', a, b)}   (or --different)")
    if doubtful > _SHOWN:
        every = call.again("--review", "review.toml")
        say(f"And {counted(doubtful - _SHOWN, 'other pair')}: `{every}` writes all of them.")


def _as_json(entries: Entries, found: matching.Deduplicated, cited: Cited) -> str:
    """Give clusters, doubts, versions, the map from old names to kept ones, and the values that gave way.

    A name is the citation key, else the id.
    """
    name, clusters, joined = entries.own_name, found.clusters, found.library
    kept = [joined[cluster[0]] for cluster in clusters.clusters]
    records = [(one, record) for one in kept for record in one.provenance if record.actor == MERGER]
    without = {old: name(ids[0]) for ids in clusters.clusters for old in ids[1:] if not entries.library[old].key}
    value = {
        "clusters": [[name(identity) for identity in cluster] for cluster in clusters.clusters],
        "review": [{"ids": [name(doubt.a), name(doubt.b)], "reason": doubt.reason} for doubt in clusters.review],
        "keys": cited.keys | without,
        "versions": [
            {"ids": [name(one) for one in pair.ids], "kinds": list(pair.kinds), "reason": pair.reason}
            for pair in clusters.versions
        ],
        "gave_way": [
            {"kept": name(one.id), "from": record.note.removeprefix("joined "), "field": field, "value": value}
            for one, record in records
            for field, value in record.refused
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
