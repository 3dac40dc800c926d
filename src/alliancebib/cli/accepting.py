"""``check --baseline``: the file of accepted faults is read before anything is asked, and brought up to date on demand.

A report comes in, one goes out in which what people accepted does not count. Reports are of the day on which they are
made: the days of the file and of the settings are those of the person who checks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import click
import msgspec

from alliancebib.baseline import (
    Baseline,
    Fault,
    Looked,
    Updated,
    accept_answers,
    accept_faults,
    baseline_text,
    fault_line,
    read_baseline,
    updated,
)
from alliancebib.cli.session import paths_from_here
from alliancebib.cli.streams import say
from alliancebib.cli.talk import SHOWN, counted
from alliancebib.cli.writing import say_written
from alliancebib.config import Project
from alliancebib.errors import SettingsError, UsageError
from alliancebib.files import Read, write_atomically
from alliancebib.finding import Finding, Report, Severity

__all__ = ["Accepting", "baseline_options"]

F = TypeVar("F", bound=Callable[..., object])


def baseline_options(command: F) -> F:
    """Add the options for accepted faults to a command."""
    update = click.option(
        "--update-baseline", is_flag=True, help="Accept what fails today, and drop from the baseline what is healed."
    )
    file = click.option(
        "--baseline",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="A file of accepted faults, which do not count.",
    )
    return file(update(command))


class Accepting(msgspec.Struct, frozen=True, kw_only=True):
    """What people accepted: the baseline with its path (None: there is none) and bytes, and whether to update it."""

    project: Project
    baseline: Baseline = Baseline()
    path: Path | None = None
    read: Read = Read(None)
    update: bool = False

    @classmethod
    def of(cls, project: Project, file: Path | None, *, update: bool) -> Accepting:
        """Read the baseline that is named in the call, else the one of the settings.

        One that the settings name may be missing: nothing was accepted yet, or nothing is any more. Then more fails,
        never less.

        Raises:
            UsageError: The call names a file that is not there, or asks to update none.
            SettingsError: The file cannot be used.
        """
        setting = project.settings.check.baseline
        path = file or (project.path(setting) if setting else None)
        if path is None:
            if update:
                help_ = "Name it with `--baseline FILE`, or set `baseline` in the table [check] of alliancebib.toml."
                raise UsageError("there is no baseline to update", help=help_)
            return cls(project=project)
        data = _bytes_of(path)
        if data is None and file and not update:
            help_ = "Check the path; `--update-baseline` makes a new one."
            raise UsageError("there is no such baseline", place=str(path), help=help_)
        baseline = read_baseline(data or b"", place=_from_here(path))
        return cls(project=project, baseline=baseline, path=path, read=Read(data), update=update)

    def applied(self, report: Report, *, looked: Looked, fail_on: str, today: date) -> Report:
        """Give a report in which what was accepted does not count; write the baseline first if it is to be updated.

        Raises:
            OutputError: The baseline cannot be written, or was changed while the check ran.
        """
        settings = str(self.project.file) if self.project.file else ""
        place = _from_here(Path(settings)) if settings else ""
        report = accept_answers(report, self.project.settings.check.accept, today=today, place=place)
        if not self.path:
            return report
        baseline = self.baseline
        if self.update and report.stopped:
            say(f"{self.path} is as it was, as the check was stopped.")
        elif self.update:
            new = updated(report, baseline, looked=looked, today=today, fails=lambda found: _fails(found, fail_on))
            changed = write_atomically(self.path, baseline_text(new.baseline), read=self.read)
            _say_updated(self.path, new, changed=changed)
            baseline = new.baseline
        return accept_faults(report, baseline, looked=looked, today=today)


def _fails(found: Finding, fail_on: str) -> bool:
    """Say whether a finding makes ``check`` end with 1."""
    return fail_on != "never" and found.severity.rank >= Severity(fail_on).rank


def _say_updated(path: Path, new: Updated, *, changed: bool) -> None:
    say_written(path, changed=changed)
    _say_faults("accepted", new.added, sign="+")
    _say_faults("accepted anew, as the last day was over", new.renewed, sign="+")
    _say_faults("healed and removed", new.removed, sign="-")


def _say_faults(what: str, faults: tuple[Fault, ...], *, sign: str) -> None:
    """Say faults as the lines of the file, in which nothing can steer a terminal."""
    if not faults:
        return
    say(f"{counted(len(faults), 'fault')} {what}:")
    for fault in faults[:SHOWN]:
        say(f"{sign} {fault_line(fault)}")
    if len(faults) > SHOWN:
        say(f"{sign} and {len(faults) - SHOWN} more")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        message = f"the baseline cannot be read: {problem.strerror}"
        raise SettingsError(message, place=str(path), help="Ask for permission to read the file.") from None


def _from_here(path: Path) -> str:
    return next(iter(paths_from_here([str(path)]).values()), str(path))
