"""Archived copies of what died: a report comes in, and goes out with the copies that the Wayback Machine names.

Asked is its availability service (https://archive.org/help/wayback_api.php), about dead addresses alone, near the day
on which the list cites them. What it answers is judged before it is told; that it could not be asked is a note and no
fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

import msgspec

from alliancebib.archive.asking import askable, copy_of, moment_near
from alliancebib.archive.copies import Copy
from alliancebib.checkers import Progress
from alliancebib.config import CheckSettings
from alliancebib.errors import OfflineError, UnavailableError
from alliancebib.finding import Finding, LinkState, Report, Standing, Verdict
from alliancebib.identifiers import is_doi, without_resolver
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.verification.workers import done_in_time
from alliancebib.web import Web

__all__ = ["with_archived"]

#: Questions under way at a time; the pace is that of `alliancebib.web`.
WORKERS = 4
#: Findings of a dead address, which are told of its copy.
_OF_THE_DEAD = frozenset(["AB301", "AB302", "AB304"])
_FIXED = "`alliancebib check --fix` adds the copy as archive_url; or search the title for its new address."
_WAITING = "The address has days of grace; if it stays dead, `alliancebib check --fix` adds the copy as archive_url."
_NO_ENTRY = "Search for its new address, or cite the archived copy beside it."
_BY_HAND = "Put the copy into archive_url in the place of the one that is dead."


class _Wanted(NamedTuple):
    """A dead address, and the moment near which a copy is wanted."""

    url: str
    moment: str


class _Answers(NamedTuple):
    """Copies by address; why the service could not be asked, and about how many; whether Ctrl-C ended it."""

    copies: Mapping[str, Copy]
    problem: str = ""
    missing: int = 0
    stopped: bool = False


def with_archived(
    report: Report, library: Library, *, web: Web, settings: CheckSettings, progress: Progress | None = None
) -> Report:
    """Fill `LinkState.archived` of the dead, and tell their findings of the copies: message, next step and fix.

    A reference whose own archived copy works is offered no other. ``settings`` has the time that is left as its
    deadline, and the address of the service, "" for none.
    """
    wanted = _wanted(report, library, settings)
    if not settings.archive_base_url or not wanted:
        return report
    answers = _asked(wanted, web, settings, progress)
    links = tuple(
        msgspec.structs.replace(state, archived=answers.copies[state.url].url) if state.url in answers.copies else state
        for state in report.links
    )
    states = {state.url: state for state in links}
    told = [_told(finding, answers.copies, states, library) for finding in report.findings]
    return msgspec.structs.replace(
        report, findings=(*told, *_not_asked(answers)), links=links, stopped=report.stopped or answers.stopped
    )


def _wanted(report: Report, library: Library, settings: CheckSettings) -> list[_Wanted]:
    """Give the dead addresses that the service may be asked about, each once, with the moment of the first citing."""
    states = {state.url: state for state in report.links}
    citing: dict[str, list[Reference]] = {}
    for reference in library:
        citing.setdefault(reference.url, []).append(reference)
    cited_as_copies = {reference.archive_url for reference in library} - citing.keys()
    wanted = []
    for state in states.values():
        references = citing.get(state.url, [])
        needed = not references or any(not _has_copy(reference, states) for reference in references)
        dead = state.verdict is Verdict.DEAD and state.standing is not Standing.ACCEPTED
        dead = dead and not is_doi(without_resolver(state.url))  # a DOI that is unknown was never a page
        if dead and needed and state.url not in cited_as_copies and askable(state.url, settings):
            wanted.append(_Wanted(state.url, moment_near(references, state.last_ok, today=_today())))
    return wanted


def _has_copy(reference: Reference, states: Mapping[str, LinkState]) -> bool:
    """Say whether a reference has an archived copy of which nobody says that it is dead."""
    state = states.get(reference.archive_url)
    return bool(reference.archive_url) and (state is None or state.verdict is not Verdict.DEAD)


def _asked(wanted: list[_Wanted], web: Web, settings: CheckSettings, progress: Progress | None) -> _Answers:
    """Ask about each address; what is not answered in time, or before Ctrl-C, is not known."""

    def ask(one: _Wanted) -> Copy | UnavailableError | None:
        try:
            return copy_of(one.url, one.moment, web=web, base_url=settings.archive_base_url)
        except UnavailableError as problem:
            return problem

    copies: dict[str, Copy] = {}
    problems: list[UnavailableError] = []
    done, stopped = 0, False
    try:
        for place, found in done_in_time(ask, wanted, workers=WORKERS, seconds=settings.deadline):
            done += 1
            if isinstance(found, Copy):
                copies[wanted[place].url] = found
            elif found is not None:
                problems.append(found)
            if progress:
                progress("archived copies", done, len(wanted))
    except KeyboardInterrupt:
        stopped = True
    if all(isinstance(problem, OfflineError) for problem in problems) and done == len(wanted):
        return _Answers(copies, stopped=stopped)  # who stays offline asked for that
    problem = problems[0].message if problems else "the time of the run was over"
    return _Answers(copies, problem, len(problems) + len(wanted) - done, stopped)


def _not_asked(answers: _Answers) -> Iterable[Finding]:
    """Say once that copies could not be asked for: that is a pity, and changes nothing of what was checked."""
    if answers.missing and not answers.stopped:
        number = "one dead address" if answers.missing == 1 else f"{answers.missing} dead addresses"
        message = f"No archived copy could be asked for of {number}: {answers.problem}."
        yield Finding.of("AB309", message)


def _told(finding: Finding, copies: Mapping[str, Copy], states: Mapping[str, LinkState], library: Library) -> Finding:
    """Tell the finding of a dead address that there is a copy."""
    copy = copies.get(finding.subject)
    if copy is None or finding.code not in _OF_THE_DEAD:
        return finding
    reference = library[finding.reference] if finding.reference in library else Reference()
    if finding.subject == reference.archive_url or _has_copy(reference, states):
        return finding
    tell = partial(
        msgspec.structs.replace,
        finding,
        message=f"{finding.message} An archived copy of {copy.day} is there: {copy.url}",
    )
    if reference.archive_url:
        return tell(help=_BY_HAND)
    if not finding.reference:
        return tell(help=_NO_ENTRY, fix=copy.url)
    if states[finding.subject].standing is Standing.GRACE:
        return tell(help=_WAITING)
    return tell(help=_FIXED, fix=copy.url)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day of the person who checks
