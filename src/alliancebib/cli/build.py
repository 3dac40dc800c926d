"""``alliancebib build``: the whole job that the settings describe; files change only where their content does."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import click

from alliancebib import pipeline, plugins
from alliancebib.cli.services import make_resolvers, say_absent
from alliancebib.cli.session import base_url_option, load_library, make_web, offline_option, project_of
from alliancebib.cli.talk import counted, needs_a_look, progress_line, say, say_findings, summary_of
from alliancebib.cli.writing import open_lock, require_unchanged, write_file
from alliancebib.config import Project
from alliancebib.decisions import load_decisions
from alliancebib.errors import SettingsError
from alliancebib.files import holds, is_address
from alliancebib.lock import lock_text

__all__ = ["command", "targets_of", "write_built"]


@click.command("build", help="Do the whole job that alliancebib.toml describes.")
@offline_option
@base_url_option
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 if a file is not up to date.")
@click.pass_context
def command(ctx: click.Context, *, offline: bool, base_url: str, only_check: bool) -> None:  # noqa: D103
    began = time.monotonic()
    project = project_of()
    targets = targets_of(project)
    settings = project.settings
    library = load_library(project.inputs, project, offline=offline)
    say(summary_of(library))
    with make_web(project, offline=offline) as web, progress_line() as progress:
        resolvers = make_resolvers(project, web, base_url=base_url)
        built = pipeline.build(
            library,
            settings,
            resolvers=resolvers,
            decisions=load_decisions(project.path(settings.decisions)),
            lock=open_lock(project.path(settings.lock)),
            today=date.today(),  # noqa: DTZ011 - the day of the person who builds
            progress=progress,
        )
    say(built.enriched.summary)
    say_absent(resolvers, said=built.enriched.summary)
    joined = len(library) - len(built.library)
    say(f"Joined {joined}: {counted(len(built.library), 'entry')} in the bibliography.")
    stale = write_built(built, targets, project, only_look=only_check)
    verb = "Not up to date" if only_check else "Wrote"
    say(f"{verb}: {', '.join(target.name for target in stale)}." if stale else "All files are up to date.")
    doubtful = needs_a_look(built.library.with_findings(built.enriched.findings).findings)
    say_findings(doubtful, more="`alliancebib check` names them all.")
    say(f"Took {time.monotonic() - began:.1f} s. Next: `alliancebib check` visits the links.")
    ctx.exit(1 if only_check and stale else 0)


def write_built(
    built: pipeline.Built, targets: dict[str, Path], project: Project, *, only_look: bool = False
) -> list[Path]:
    """Write lock and formats, unless this is only a look, where they are not up to date; give those that are not.

    Raises:
        OutputError: One cannot be written, or was read by this command and changed since.
    """
    lock = project.path(project.settings.lock)
    texts = {targets[name]: text for name, text in built.texts.items()}
    texts[lock] = lock_text(built.enriched.lock)
    stale = [path for path, text in texts.items() if not holds(path, text)]
    if not only_look:
        require_unchanged(stale)
        for target in sorted(stale, key=lambda path: path != lock):  # from the lock the others can be made again
            write_file(target, texts[target])
    return stale


def targets_of(project: Project) -> dict[str, Path]:
    """Give the file of each format; settings that leave nothing to do, or would write over something, stop here."""
    if project.file is None:
        help_ = "`alliancebib init` writes one; `alliancebib LIST.txt` needs none."
        raise SettingsError("there is no alliancebib.toml here or in a folder above", help=help_)
    for setting in ("inputs", "output", "formats"):
        if not getattr(project.settings, setting):
            message = f"no `{setting}` {'is' if setting == 'output' else 'are'} set, so there is nothing to build"
            raise SettingsError(message, place=str(project.file), help="Set it there; `alliancebib config` shows all.")
    output = project.path(project.settings.output)
    targets = {name: output.with_name(output.name + plugins.writer(name).SUFFIX) for name in project.settings.formats}
    _require_free(project, targets)
    return targets


def _require_free(project: Project, targets: dict[str, Path]) -> None:
    used = {Path(name).resolve(): f"the input {name}" for name in project.inputs if not is_address(name)}
    for setting in ("decisions", "lock"):
        used[project.path(getattr(project.settings, setting)).resolve()] = f"the file of `{setting}`"
    for name, target in targets.items():
        if other := used.get(target.resolve()):
            message = f"the format {name} would be written over {other}"
            raise SettingsError(message, place=str(project.file), help="Set another `output`, or leave the format out.")
        used[target.resolve()] = f"the format {name}"
