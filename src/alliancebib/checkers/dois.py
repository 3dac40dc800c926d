"""Checker: does every DOI of the library exist? Asked of the handle service, never of a publisher's page.

Each DOI is asked about once; a service that cannot be asked is named once.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

import msgspec

from alliancebib.checkers import Progress
from alliancebib.checkers._earlier import Earlier
from alliancebib.checkers._faults import invalid_doi
from alliancebib.checkers._handles import ask_handle, doi_of_url, skipped_doi
from alliancebib.checkers._rounds import Rounds, Step
from alliancebib.checkers._standing import severity_of, with_standing, words_of
from alliancebib.config import CheckSettings
from alliancebib.errors import OfflineError, UnavailableError
from alliancebib.finding import Finding, LinkState, Report
from alliancebib.identifiers import is_doi
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.sightings import FIRST_RUN, Sighting, Sightings
from alliancebib.web import Web

__all__ = ["NEEDS_SIGHTINGS", "NEEDS_WEB", "Asked", "check", "check_dois", "unknown_doi"]

NEEDS_WEB = True
NEEDS_SIGHTINGS = True


class Asked(msgspec.Struct, frozen=True):
    """What is known of DOIs: the state of each, what could not be asked, and whether it was stopped by Ctrl-C."""

    states: dict[str, LinkState]
    unavailable: tuple[str, ...] = ()
    stopped: bool = False


#: So many failures, and the service is not asked again in this run.
MOST_FAILURES = 3


def check(
    library: Library,
    *,
    web: Web,
    settings: CheckSettings,
    sightings: Sightings = FIRST_RUN,
    progress: Progress | None = None,
) -> Report:
    """Ask about the DOIs in ``doi``, and about those that stand in ``url`` or ``archive_url`` as addresses."""
    citing: dict[str, list[Reference]] = defaultdict(list)
    findings: list[Finding] = []
    for reference in library:
        for doi in dict.fromkeys(_dois_of(reference)):
            if is_doi(doi):
                citing[doi].append(reference)
            else:
                findings.append(invalid_doi(reference))
    asked = check_dois(list(citing), web=web, settings=settings, sightings=sightings, progress=progress)
    states = asked.states
    findings += [
        unknown_doi(doi, states[doi], reference, settings)
        for doi, references in citing.items()
        if states[doi].outcome == "gone"
        for reference in references
    ]
    links = [
        msgspec.structs.replace(
            states[doi], references=tuple(reference.id for reference in citing[doi] if reference.id)
        )
        for doi in citing
    ]
    return Report(
        findings=_in_order(findings, library),
        links=tuple(links),
        unavailable=asked.unavailable,
        stopped=asked.stopped,
    )


def unknown_doi(doi: str, state: LinkState, reference: Reference, settings: CheckSettings) -> Finding:
    """Say that the DOI system knows no such DOI; one that it knew before gets days of grace, as addresses do."""
    return Finding.of(
        "AB401",
        f"{doi}: {state.detail}{words_of(state, settings=settings)}",
        origin=reference.origin,
        reference=reference.id,
        subject=doi,
        severity=severity_of(state),
    )


def check_dois(
    dois: Sequence[str],
    *,
    web: Web,
    settings: CheckSettings,
    sightings: Sightings = FIRST_RUN,
    progress: Progress | None = None,
) -> Asked:
    """Ask about bare DOIs: the state of each, and a sentence if the service could not be asked."""
    states: dict[str, LinkState] = {}
    failed: list[UnavailableError] = []

    def ask(doi: str) -> Step[str, LinkState]:
        if sum(not isinstance(failure, OfflineError) for failure in failed) >= MOST_FAILURES:
            return Step(skipped_doi(doi, failed[-1].message))
        began = time.monotonic()
        try:
            state = ask_handle(doi, web=web, base_url=settings.doi_base_url)
        except UnavailableError as problem:
            failed.append(problem)
            return Step(skipped_doi(doi, problem.message))
        return Step(msgspec.structs.replace(state, seconds=round(time.monotonic() - began, 3)))

    def done(doi: str, state: LinkState) -> None:
        states[doi] = state
        if progress:
            progress("DOIs", len(states), len(dois))

    end = time.monotonic() + settings.deadline
    rounds = Rounds(ask, workers=settings.workers, per_host=settings.per_host, end=end)
    left = rounds.run({settings.doi_base_url: dois}, done)
    late = [doi for doi in dois if doi not in states]
    reason = "Not asked before the run was stopped." if left.stopped else "Not asked within the deadline."
    states |= {doi: skipped_doi(doi, reason) for doi in late}
    today = date.today()  # noqa: DTZ011 - the day of the person who checks
    earlier = Earlier(sightings, settings=settings, today=today)
    seen = earlier.add(Sighting(state=states[doi]) for doi in dois)
    whole = {doi: with_standing(one.state, settings=settings, today=today) for doi, one in zip(dois, seen, strict=True)}
    said = tuple(_unavailable(settings, states, failed, late, stopped=left.stopped))
    return Asked(whole, said, stopped=left.stopped)


def _dois_of(reference: Reference) -> Iterator[str]:
    if reference.doi:
        yield reference.doi.lower() if is_doi(reference.doi) else reference.doi
    yield from (doi for url in (reference.url, reference.archive_url) if (doi := doi_of_url(url)))


def _unavailable(
    settings: CheckSettings,
    states: dict[str, LinkState],
    failed: Sequence[UnavailableError],
    late: Sequence[str],
    *,
    stopped: bool,
) -> Iterator[str]:
    service = urlsplit(settings.doi_base_url).netloc
    skipped = sum(state.outcome == "skipped" for state in states.values()) - len(late)
    if failed:
        yield f"{skipped} of {len(states)} DOIs could not be asked about at {service}: {failed[0].message}"
    if late and stopped:
        yield f"Stopped: {len(late)} of {len(states)} DOIs were not asked about."
    elif late:
        yield f"{len(late)} of {len(states)} DOIs were not asked about within the deadline."


def _in_order(findings: Sequence[Finding], library: Library) -> tuple[Finding, ...]:
    """Put findings into the order of the library, each once."""
    places = {reference.id: place for place, reference in enumerate(library)}
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: places.get(finding.reference, 0)))
