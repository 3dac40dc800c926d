"""``alliancebib check``: links, DOIs, records, fields and keys of an input, or addresses; exit codes for CI."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import click
import msgspec

from alliancebib import pipeline, plugins
from alliancebib.archive import with_archived
from alliancebib.baseline import Looked
from alliancebib.checkers import RecordChecker
from alliancebib.checkers.links import check_urls
from alliancebib.cli.accepting import Accepting, baseline_options
from alliancebib.cli.fixing import Fixing, fixing_of
from alliancebib.cli.job_summary import add_to_job_summary
from alliancebib.cli.services import absent, answers_offline, make_services
from alliancebib.cli.session import (
    base_url_option,
    lines_option,
    load_library,
    make_web,
    paths_from_here,
    project_of,
    reader_option,
    with_check,
)
from alliancebib.cli.talk import counted, emit, progress_line, say, summary_of
from alliancebib.config import FreshFor, Project
from alliancebib.decisions import load_decisions
from alliancebib.errors import UsageError
from alliancebib.files import printable, read_text
from alliancebib.finding import Finding, Report, Severity
from alliancebib.library import Library
from alliancebib.lock import load_lock
from alliancebib.model import Origin
from alliancebib.sightings import SightingsFile
from alliancebib.verification import Services
from alliancebib.verification.wording import joined
from alliancebib.web.client import HttpWeb

__all__ = ["command"]

#: Every address is visited.
NEVER_FRESH = FreshFor(ok=0, moved=0, refused=0, gone=0)
FAIL_ON = ("never", "error", "warning", "note")
SECONDS = click.FloatRange(min=0, min_open=True)


@click.command("check", help="Check links, DOIs and what Crossref knows of them, fields and keys.")
@click.argument("place", metavar="[INPUT]", default="")
@click.option("--urls", type=click.Path(), help="A file with one address a line, instead of INPUT.")
@lines_option
@reader_option
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="NAME[=FILE]",
    help="terminal, json, sarif, junit, github, markdown; may be repeated.",
)
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Lowest severity that ends with exit code 1.")
@baseline_options
@click.option("--only", multiple=True, metavar="CHECKER", help="Only this checker; may be repeated.")
@base_url_option
@click.option("--offline", is_flag=True, help="Ask and visit nothing: only the checks that need no network.")
@click.option("--allow-private", is_flag=True, default=None, help="Visit private and loopback addresses as well.")
@click.option(
    "--timeout", type=SECONDS, metavar="SECONDS", help="Longest wait for a first byte; twice as long for services."
)
@click.option("--deadline", type=SECONDS, metavar="SECONDS", help="Longest time for the whole run.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Addresses visited at a time.")
@click.option(
    "--grace", type=click.IntRange(min=0), metavar="DAYS", help="A dead address counts after so many days; 0: at once."
)
@click.option("--anew", is_flag=True, help="Ask and visit again, whatever earlier runs saw.")
@click.option(
    "--fix", is_flag=True, help="Write new addresses of moved pages, and archived copies, into INPUT or the outputs."
)
@click.pass_context
def command(  # noqa: D103 - click takes the help above
    ctx: click.Context,
    place: str,
    *,
    urls: str | None,
    lines: bool,
    reader: str,
    reports: tuple[str, ...],
    fail_on: str | None,
    baseline: Path | None,
    update_baseline: bool,
    only: tuple[str, ...],
    base_url: str,
    offline: bool,
    allow_private: bool | None,
    timeout: float | None,
    deadline: float | None,
    workers: int | None,
    grace: int | None,
    anew: bool,
    fix: bool,
) -> None:
    project = with_check(
        project_of(place),
        allow_private=allow_private,
        timeout=timeout,
        deadline=deadline,
        workers=workers,
        grace=grace,
        fresh_for=NEVER_FRESH if anew else None,
    )
    if urls and place:
        raise UsageError("INPUT and `--urls` exclude each other", place=place, help="Check one, then the other.")
    if urls and fix:
        help_ = "Put the addresses into a bibliography and check that with `--fix`, or leave one of the two out."
        raise UsageError("a list of addresses is no bibliography that `--fix` could mend", place=urls, help=help_)
    if urls and (only or lines or reader or base_url):
        help_ = "Leave out `--only`, `--lines`, `--from` and `--base-url`, which are for an INPUT."
        raise UsageError("a list of addresses has links and DOIs alone to be checked", place=urls, help=help_)
    wanted = [_report_option(text) for text in reports] or [("terminal", None)]
    accepting = Accepting.of(project, baseline, update=update_baseline)
    fail_on = fail_on or project.settings.check.fail_on
    fixing: Fixing | None = None
    if urls:
        whole = _check_addresses(urls, project, offline=offline, anew=anew)
        looked = Looked(checkers=frozenset(["dois", "links"]))
    else:
        read, places = _read(place, project, lines=lines, reader=reader, offline=offline)
        fixing = fixing_of(place, read, project, lines=lines, reader=reader) if fix else None
        library = read if place else _as_built(read, project)
        checkers = _checkers_of(project, only, offline=offline, as_built=not place)
        whole = _checked(library, checkers, project, base_url=base_url, offline=offline, anew=anew)
        whole = _at_place(whole, places)
        looked = Looked.at(library, checkers, whole=not place)
    whole = accepting.applied(whole, looked=looked, fail_on=fail_on, today=date.today())  # noqa: DTZ011 - as below
    for name, file in wanted:
        emit(pipeline.report(whole, name), file)
    add_to_job_summary(whole, wanted)
    if ("terminal", None) not in wanted:  # which has them already
        for sentence in whole.unavailable:
            say(sentence)
    if fixing:
        fixing(whole)
    code = _exit_code(whole, fail_on, offline=offline)
    if code == 1 and whole.unavailable and not offline:  # which the code does not say
        say(f"Not everything could be checked: {whole.unavailable[0]}")
    ctx.exit(code)


def _report_option(text: str) -> tuple[str, Path | None]:
    name, _, file = text.partition("=")
    plugins.reporter(name)  # an unknown name is told before anything is asked
    return name, Path(file) if file else None


def _read(place: str, project: Project, *, lines: bool, reader: str, offline: bool) -> tuple[Library, tuple[str, ...]]:
    """Give the library of an input, or of all inputs of the project; and the inputs."""
    places = (place,) if place else project.inputs
    if not places:
        raise UsageError("there is nothing to check", help="Name a file, or set `inputs` in alliancebib.toml.")
    library = load_library(places, project, lines=lines, reader=reader, offline=offline)
    say(summary_of(library))
    return library, places


def _checkers_of(project: Project, only: tuple[str, ...], *, offline: bool, as_built: bool) -> list[str]:
    """Give the checkers that are asked for and can work; what was joined by decisions is no duplicate any more."""
    wanted = only or project.settings.check.checkers
    indexed = offline and answers_offline(project)
    chosen = [
        name
        for name in wanted
        if not (offline and plugins.checker(name).NEEDS_WEB)
        or (indexed and isinstance(plugins.checker(name), RecordChecker))
    ]
    if skipped := [name for name in wanted if name not in chosen]:
        say(f"Offline: {joined(skipped)} not checked. Nothing was marked as broken.")
    return [name for name in chosen if not (as_built and name == "duplicates")]


def _checked(
    library: Library, checkers: list[str], project: Project, *, base_url: str, offline: bool, anew: bool
) -> Report:
    deadline = project.settings.check.deadline
    with (
        _network(project, offline=offline, anew=anew, deadline=deadline) as (web, sightings),
        progress_line() as progress,
    ):
        asked = any(isinstance(plugins.checker(name), RecordChecker) for name in checkers)
        services = make_services(project, web, base_url=base_url) if asked else Services()
        found = pipeline.check(
            library,
            checkers,
            web=web,
            services=services,
            sightings=sightings,
            settings=project.settings.check,
            progress=progress,
        )
    return found.joined(Report(unavailable=absent(services.resolvers, said=" ".join(found.unavailable))))


def _as_built(library: Library, project: Project) -> Library:
    """Give the library as the bibliography has it: decided, completed from the lock, joined; nobody is asked."""
    decisions = load_decisions(project.path(project.settings.decisions))
    lock = load_lock(project.path(project.settings.lock))
    finished, _ = pipeline.complete(
        library,
        project.settings,
        decisions=decisions,
        lock=lock,
        today=date.today(),  # noqa: DTZ011 - the day of the person who checks
    )
    findings = [found for found in finished.findings if found.code != "AB406"]
    return Library(finished, findings=findings, aliases=finished.aliases)


def _at_place(whole: Report, places: Iterable[str]) -> Report:
    """Give a report whose findings name each file as a path from here, so that annotations find it."""
    paths = paths_from_here(places)

    def moved(found: Finding) -> Finding:
        page = paths.get(found.origin.page, found.origin.page)
        return msgspec.structs.replace(found, origin=msgspec.structs.replace(found.origin, page=page))

    return msgspec.structs.replace(whole, findings=tuple(moved(found) for found in whole.findings))


def _check_addresses(file: str, project: Project, *, offline: bool, anew: bool) -> Report:
    page = paths_from_here([file]).get(printable(Path(file).name), "")
    wanted: dict[str, Origin] = {}
    for number, row in enumerate(map(str.strip, read_text(file).split("\n")), start=1):
        if row and not row.startswith("#"):
            wanted.setdefault(row, Origin(page=page, line=number))
    if not wanted:
        say(f"There is no address in {file}: put one on each line.")
    if offline:
        return Report(unavailable=(f"Offline: {counted(len(wanted), 'address')} not checked.",))
    check = project.settings.check
    end = time.monotonic() + check.deadline
    with _network(project, deadline=check.deadline, anew=anew) as (web, sightings), progress_line() as progress:
        found = check_urls(wanted, web=web, settings=check, sightings=sightings, origins=wanted, progress=progress)
        if found.stopped:
            return found
        left = msgspec.structs.replace(check, deadline=max(end - time.monotonic(), 0.001))
        return with_archived(found, Library(), web=web, settings=left, progress=progress)


@contextmanager
def _network(
    project: Project, *, deadline: float, anew: bool, offline: bool = False
) -> Iterator[tuple[HttpWeb, SightingsFile]]:
    """Give the door to the network, and what earlier runs saw behind it."""
    today = date.today()  # noqa: DTZ011 - the day of the person who checks
    with (
        make_web(project, offline=offline, anew=anew, deadline=deadline) as web,
        closing(SightingsFile(today=today)) as sightings,
    ):
        yield web, sightings
    if sightings.problem:
        say(
            f"What was seen cannot be kept ({sightings.problem}): every run is the first one,"
            " and hosts that give no answer never count."
        )


def _exit_code(whole: Report, fail_on: str, *, offline: bool) -> int:
    """0 nothing at or above ``fail_on``, 1 findings, 3 something could not be checked although it was asked for.

    130, as shells have it, where Ctrl-C stopped the checks.
    """
    worst = max((found.severity.rank for found in whole.findings), default=-1)
    if whole.stopped:
        return 130
    if fail_on != "never" and worst >= Severity(fail_on).rank:
        return 1
    return 3 if whole.unavailable and not offline else 0
