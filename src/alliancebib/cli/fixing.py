"""``check --fix``: what the check found of addresses is written into the bibliography, and into nothing else.

A .bib or .json file is mended where it stands. Lists are their user's: of a project's lists what was found goes into
the lock, and the bibliography is written anew from it. What cannot be mended is refused before anything is asked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from alliancebib import pipeline
from alliancebib.bibtex import FORMAT
from alliancebib.cli.build import targets_of, write_built
from alliancebib.cli.services import make_resolvers
from alliancebib.cli.session import make_web
from alliancebib.cli.streams import say
from alliancebib.cli.talk import counted
from alliancebib.cli.writing import open_lock, say_written, write_file
from alliancebib.config import Project
from alliancebib.csl.editing import edited
from alliancebib.decisions import load_decisions
from alliancebib.errors import OutputError, UsageError
from alliancebib.files import is_address, printable, read_source
from alliancebib.finding import LinkState, Report, Standing, Verdict
from alliancebib.library import Library
from alliancebib.lock import Lock
from alliancebib.model import Reference
from alliancebib.repairs import fixable, moved_to, remembered, repaired

__all__ = ["Fixing", "fixing_of"]

#: Takes what a check found and mends what can be mended.
Fixing = Callable[[Report], None]

_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_FIELDS = ("url", "archive_url")


def fixing_of(place: str, library: Library, project: Project, *, lines: bool = False, reader: str = "") -> Fixing:
    """Give what will mend an input, or the project's bibliography where none is named.

    Raises:
        UsageError: It cannot be mended: it is no .bib or .json file, or one that may not be written.
    """
    if place:
        return _in_place(place, library, project, lines=lines, reader=reader)
    return _in_project(library, project)


def _in_place(place: str, library: Library, project: Project, *, lines: bool, reader: str) -> Fixing:
    bib = any(original.format == FORMAT for original in library.originals)
    item = Path(place).suffix.lower() in _JSON and not lines and reader in ("", "csl-json")
    if place == "-" or is_address(place) or not (bib or item):
        help_ = "Write its entries into one, `alliancebib convert INPUT -o NEW.bib`, and check that with `--fix`."
        raise UsageError("only a .bib or .json file can be mended where it stands", place=place, help=help_)
    _require_writable([Path(place)])
    decided = _kept(library, load_decisions(project.path(project.settings.decisions)).fields, bib=bib)
    write = _write_bib if bib else _write_json

    def fix(report: Report) -> None:
        states = {state.url: state for state in fixable(report)}
        after = repaired(library, states, decided=decided)
        changed = _changes(library, after)
        if changed and not report.stopped:
            write(Path(place), after, changed)
            _say_changes(library, after, changed)
        _say_left(report, states, changed)

    return fix


def _kept(library: Library, decided: Mapping[str, Mapping[str, str]], *, bib: bool) -> dict[str, list[str]]:
    """Add the addresses that do not stand in a field of the entry itself.

    Where the field has a copy in the archive, to write another address would lose that; and one that an entry inherits
    is mended where it is inherited from.
    """
    kept = {identity: list(fields) for identity, fields in decided.items()}
    for reference in library:
        copied = any(record.actor == "urls" and "archive_url" in record.fields for record in reference.provenance)
        inherited = bib and "url" not in reference.origin.raw.lower()
        if copied or inherited:
            kept.setdefault(reference.id, []).append("url")
    return kept


def _changes(before: Library, after: Library) -> dict[int, dict[str, str]]:
    """Give the new values of the references that changed, by their places."""
    pairs = enumerate(zip(before, after, strict=True))
    found = {
        place: {field: getattr(new, field) for field in _FIELDS if getattr(new, field) != getattr(old, field)}
        for place, (old, new) in pairs
        if new is not old
    }
    return {place: fields for place, fields in found.items() if fields}


def _write_bib(path: Path, after: Library, changed: Mapping[int, object]) -> None:  # noqa: ARG001 - as `_write_json`
    written = pipeline.compose(after, to="bibtex")
    say_written(path, changed=write_file(path, written.text if written.data is None else written.data))


def _write_json(path: Path, after: Library, changed: Mapping[int, Mapping[str, str]]) -> None:  # noqa: ARG001
    source = read_source(path)
    try:
        text = edited(source.exact, changed)
    except (ValueError, IndexError) as problem:
        message = f"it cannot be mended where it stands: {problem}"
        help_ = "`alliancebib convert` writes its entries into a file that can be."
        raise OutputError(message, place=str(path), help=help_) from None
    say_written(path, changed=write_file(path, text.encode(source.encoding, "surrogateescape")))


def _in_project(library: Library, project: Project) -> Fixing:
    targets = targets_of(project)
    path = project.path(project.settings.lock)
    lock = open_lock(path)
    _require_writable([path, *targets.values()])

    def fix(report: Report) -> None:
        states = {state.url: state for state in fixable(report)}
        well = {state.url for state in report.links if state.verdict is Verdict.OK and not moved_to(state)}
        links = remembered(lock.links, states.values(), well=well)
        changed: dict[int, dict[str, str]] = {}
        if links != lock.links and not report.stopped:
            before, after = _built(library, project, lock, links)
            stale = write_built(after, targets, project)
            say(f"Wrote: {', '.join(one.name for one in stale)}." if stale else "All files are up to date.")
            changed = _changes(before, after.library)
            _say_changes(before, after.library, changed)
        _say_left(report, states, changed)

    return fix


def _built(
    library: Library, project: Project, lock: Lock, links: Mapping[str, LinkState]
) -> tuple[Library, pipeline.Built]:
    """Give the bibliography as the lock has it, and built with other links, as ``build --offline`` does it."""
    settings = project.settings
    with make_web(project, offline=True) as web:
        decisions = load_decisions(project.path(settings.decisions))
        resolvers = make_resolvers(project, web)
        today = date.today()  # noqa: DTZ011 - the day of the person who checks
        new = msgspec.structs.replace(lock, links=dict(links))
        before, _ = pipeline.complete(
            library, settings, decisions=decisions, lock=lock, today=today, resolvers=resolvers
        )
        after = pipeline.build(library, settings, decisions=decisions, lock=new, today=today, resolvers=resolvers)
    return before, after


def _require_writable(paths: Iterable[Path]) -> None:
    """Refuse files, and folders of files that are not there yet, in which nothing may be written."""
    for path in paths:
        real = Path(os.path.realpath(path))
        folder = next((above for above in real.parents if above.exists()), real.parent)
        if not (os.access(folder, os.W_OK) and (os.access(real, os.W_OK) or not real.exists())):
            help_ = "Make file and folder writable, or leave out `--fix`."
            raise OutputError("it may not be written, so that nothing could be mended", place=str(path), help=help_)


def _say_changes(before: Library, after: Library, changed: Mapping[int, Mapping[str, str]]) -> None:
    """Say of each entry in one line what changed."""
    for place, fields in changed.items():
        old, new = before[place], after[place]
        told = [
            f"{field} {was} -> {value}" if (was := getattr(old, field)) else f"{field} {value}"
            for field, value in fields.items()
        ]
        say(f"  {_name_of(new)}: {printable('; '.join(told))}")


def _name_of(reference: Reference) -> str:
    return reference.key or (f"line {reference.origin.line}" if reference.origin.line else reference.id)


def _say_left(report: Report, states: Mapping[str, LinkState], changed: Mapping[int, Mapping[str, str]]) -> None:
    """Say how much was mended, and what is left to a person."""
    if report.stopped:
        say("Nothing was mended, as the check was stopped. Run it again: what was seen is kept.")
        return
    counts = Counter(field for fields in changed.values() for field in fields)
    parts = [f"{counted(counts['url'], 'address')} replaced by the new one"] if counts["url"] else []
    parts += [f"{counted(counts['archive_url'], 'archived copy')} added"] if counts["archive_url"] else []
    say(f"Mended: {', '.join(parts)}." if parts else "There was nothing to mend.")
    dead = [state for state in report.links if state.verdict is Verdict.DEAD and state.url not in states]
    if left := sum(state.standing in {None, Standing.COUNTS, Standing.GRACE} for state in dead):
        say(f"{counted(left, 'dead address')} left: the report says what to do.")
