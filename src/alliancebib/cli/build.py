"""``alliancebib build``: the whole job that the settings describe; files change only where their content does."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import click

from alliancebib import pipeline, plugins
from alliancebib.cli.enrich import say_enriched
from alliancebib.cli.session import base_url_option, load_library, make_resolvers, make_web, offline_option, project_of
from alliancebib.cli.talk import counted, needs_a_look, progress_line, say, say_finding, summary_of
from alliancebib.config import Project
from alliancebib.decisions import load_decisions
from alliancebib.errors import SettingsError
from alliancebib.files import write_atomically
from alliancebib.lock import load_lock, lock_text

__all__ = ["command"]


@click.command("build", help="Do the whole job that alliancebib.toml describes.")
@offline_option
@base_url_option
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 if a file is not up to date.")
@click.pass_context
def command(ctx: click.Context, *, offline: bool, base_url: str, only_check: bool) -> None:  # noqa: D103
    began = time.monotonic()
    project = project_of()
    _require(project)
    settings = project.settings
    library = load_library([str(project.path(name)) for name in settings.inputs], project, offline=offline)
    say(summary_of(library))
    with make_web(project, offline=offline) as web, progress_line() as progress:
        built = pipeline.build(
            library,
            settings,
            resolvers=make_resolvers(project, web, base_url=base_url),
            decisions=load_decisions(project.path(settings.decisions)),
            lock=load_lock(project.path(settings.lock)),
            today=date.today(),  # noqa: DTZ011 - the day of the person who builds
            progress=progress,
        )
    say_enriched(built.enriched)
    joined = len(library) - len(built.library)
    say(f"Joined {joined}: {counted(len(built.library), 'entry')} in the bibliography.")
    texts = {_target(project, name): text for name, text in built.texts.items()}
    texts[project.path(settings.lock)] = lock_text(built.enriched.lock)
    stale = _stale(texts)
    if not only_check:
        for target in stale:
            write_atomically(target, texts[target])
    verb = "Not up to date" if only_check else "Wrote"
    say(f"{verb}: {', '.join(target.name for target in stale)}." if stale else "All files are up to date.")
    doubtful = [found for found in needs_a_look(built.library.findings) if found not in built.enriched.findings]
    for found in doubtful:
        say_finding(found)
    say(f"Took {time.monotonic() - began:.1f} s. Next: `alliancebib check` visits the links.")
    ctx.exit(1 if only_check and stale else 0)


def _require(project: Project) -> None:
    place = str(project.file or "alliancebib.toml")
    help_ = "`alliancebib init` writes a settings file; `alliancebib LIST.txt` needs none."
    if not project.settings.inputs:
        raise SettingsError("no `inputs` are set, so there is nothing to build", place=place, help=help_)
    if not project.settings.output:
        raise SettingsError("no `output` is set, so there is no place for the result", place=place, help=help_)
    for name in project.settings.formats:
        plugins.writer(name)


def _target(project: Project, name: str) -> Path:
    output = project.path(project.settings.output)
    return output.with_name(output.name + plugins.writer(name).SUFFIX)


def _stale(texts: dict[Path, str]) -> list[Path]:
    return [path for path, text in texts.items() if not path.is_file() or path.read_bytes() != text.encode("utf-8")]
