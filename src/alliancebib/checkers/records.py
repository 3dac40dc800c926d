"""Checker: what do Crossref and DataCite know of each work? Is a DOI that of the work; was the work retracted?

A library comes in; findings, and of every reference what is known, go out. What nobody can look up (news, web pages,
DOIs of other agencies) is said to be not checkable, which is neither good nor bad.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from alliancebib.bibtex.locating import field_origin
from alliancebib.checkers import Progress
from alliancebib.checkers._agencies import NONE, agencies_of
from alliancebib.checkers._updates import updates_told
from alliancebib.config import CheckSettings
from alliancebib.errors import UnreachableError
from alliancebib.finding import Finding, RecordState, Report, Severity
from alliancebib.identifiers import is_doi
from alliancebib.library import Library
from alliancebib.lock import Accepted, Open
from alliancebib.matching import fill
from alliancebib.model import Reference
from alliancebib.verification import Asker, Question, Resolver, Result, Services, has_doi_as_a_rule, is_askable
from alliancebib.verification.wording import named
from alliancebib.web import Web

__all__ = ["NEEDS_SERVICES", "NEEDS_WEB", "check"]

NEEDS_WEB = True
NEEDS_SERVICES = True

#: Verdict of an open answer -> code of its finding, verdict of the reference.
_OPEN = {
    "none": ("AB405", "not-found"),
    "doubtful": ("AB403", "not-found"),
    "other-work": ("AB402", "other-work"),
}
_TOLD_BEFORE = frozenset(["AB402", "AB403", "AB405"])
#: Why a work was not looked up: the time was over, or somebody pressed Ctrl-C.
_LATE = UnreachableError("not asked within the deadline", help="Give it more time with `--deadline`.")
_STOPPED = UnreachableError("not asked before the run was stopped", help="Run it again: what was answered is kept.")


class _Answers(NamedTuple):
    """Answers by place; the agencies of DOIs that no resolver knows; the services that were asked, in lower case.

    ``stopped`` says that Ctrl-C ended the questions: what was answered until then is there.
    """

    results: dict[int, Result]
    agencies: dict[str, str]
    asked: frozenset[str]
    stopped: bool = False


class _Said(NamedTuple):
    """What is said of one reference."""

    state: RecordState
    findings: tuple[Finding, ...] = ()


def check(
    library: Library, *, services: Services, web: Web, settings: CheckSettings, progress: Progress | None = None
) -> Report:
    """Look up every work that a service may know, many DOIs at a time, and compare what its record says.

    What enrichment has told of a reference already is not told again, and what it did not find not searched again; what
    a person decided is not doubted.
    """
    told = {(finding.reference, finding.code) for finding in library.findings if finding.code in _TOLD_BEFORE}
    settled = {reference for reference, code in told if code != "AB402"}
    settled |= {reference for reference, doi in services.decided.items() if not doi}
    questions = [
        Question(place, reference, human=bool(reference.doi) and services.decided.get(reference.id) == reference.doi)
        for place, reference in enumerate(library)
        if is_askable(reference) and (reference.doi or reference.id not in settled)
    ]
    answers = _asked(questions, services, web, settings, progress)
    said = [
        _settled(reference, services)
        if reference.id in settled and not reference.doi
        else _verdict_on(place, reference, answers)
        for place, reference in enumerate(library)
    ]
    return Report(
        findings=tuple(
            finding for one in said for finding in one.findings if (finding.reference, finding.code) not in told
        ),
        records=tuple(one.state for one in said),
        unavailable=tuple(_unavailable(answers)),
        stopped=answers.stopped,
    )


def _asked(
    questions: Sequence[Question], services: Services, web: Web, settings: CheckSettings, progress: Progress | None
) -> _Answers:
    """Ask all that can be asked; Ctrl-C ends that, and costs nothing that was answered before."""
    names = frozenset(resolver.name for resolver in services.resolvers) | {name.lower() for name in services.agencies}
    answers = _Answers({}, {}, names)
    stopped = False
    try:
        _ask(questions, answers, services, web, settings, progress)
    except KeyboardInterrupt:
        stopped = True
    open_ = Result(problem=_STOPPED if stopped else _LATE)
    whole = {
        question.place: open_ if stopped and _is_open(question, answers) else answers.results.get(question.place, open_)
        for question in questions
    }
    return answers._replace(results=whole, stopped=stopped)


def _is_open(question: Question, answers: _Answers) -> bool:
    """Say whether a run that was stopped had not come to an end with a question: doi.org or an agency was not asked."""
    result = answers.results.get(question.place)
    if result is None or result.problem is _LATE:
        return True
    return _is_unknown(result) and is_doi(question.doi) and question.doi not in answers.agencies


def _ask(  # noqa: PLR0913, PLR0917 - what decides, and where the answers go
    questions: Sequence[Question],
    answers: _Answers,
    services: Services,
    web: Web,
    settings: CheckSettings,
    progress: Progress | None,
) -> None:
    """Ask the resolvers, and about DOIs that they do not know doi.org and the agencies that it names."""
    end = time.monotonic() + settings.deadline

    def ask(resolvers: Sequence[Resolver], these: Sequence[Question]) -> None:
        asker = Asker(resolvers, threshold=services.threshold, today=date.today())  # noqa: DTZ011 - goes nowhere
        for found in asker.answers(these, progress, seconds=max(end - time.monotonic(), 0.0)):
            answers.results.update(found)

    ask(services.resolvers, questions)
    unknown = [one for one in questions if _is_unknown(answers.results.get(one.place)) and is_doi(one.doi)]
    _find_agencies(unknown, answers, web, settings)
    _ask_everybody(questions, answers, services, ask)
    for agency, resolver in services.agencies.items():
        theirs = [question for question in unknown if answers.agencies.get(question.doi) == agency]
        answers.results.update({question.place: Result(problem=_LATE) for question in theirs})
        ask([resolver], theirs)


def _find_agencies(unknown: Sequence[Question], answers: _Answers, web: Web, settings: CheckSettings) -> None:
    dois = list(dict.fromkeys(question.doi for question in unknown))
    told = agencies_of(dois, web=web, base_url=settings.doi_base_url)
    for question in unknown:
        agency = told[question.doi]
        if isinstance(agency, str):
            answers.agencies[question.doi] = agency
        else:
            answers.results[question.place] = Result(problem=agency)


def _is_unknown(result: Result | None) -> bool:
    return result is not None and isinstance(result.entry, Open) and result.entry.verdict == "unknown"


def _ask_everybody(
    questions: Sequence[Question],
    answers: _Answers,
    services: Services,
    ask: Callable[[Sequence[Resolver], Sequence[Question]], None],
) -> None:
    """Ask the agencies too about works that no resolver knows, before it is said that nobody does."""
    known = {resolver.name for resolver in services.resolvers}
    others = [resolver for resolver in services.agencies.values() if resolver.name not in known]
    nowhere = [one for one in questions if not one.doi and _is_none(answers.results.get(one.place))]
    if others and nowhere:
        before = {one.place: answers.results[one.place] for one in nowhere}
        ask([*services.resolvers, *others], nowhere)
        # An agency that cannot be asked leaves what the resolvers said.
        answers.results.update({place: one for place, one in before.items() if answers.results[place].entry is None})


def _is_none(result: Result | None) -> bool:
    return result is not None and isinstance(result.entry, Open) and result.entry.verdict == "none"


def _verdict_on(place: int, reference: Reference, answers: _Answers) -> _Said:
    result = answers.results.get(place)
    if result is None:
        return _Said(
            _state(reference, "not-checkable", detail=f"Services keep no records of the kind {reference.kind}.")
        )
    if isinstance(result.entry, Accepted):
        return _confirmed(reference, result.entry)
    if result.entry is None:
        reason = result.problem.message if result.problem else "no service was asked"
        return _Said(_state(reference, "not-asked", detail=f"{reason[:1].upper()}{reason[1:]}."))
    if result.entry.verdict == "unknown":
        return _unknown(reference, answers)
    code, verdict = _OPEN[result.entry.verdict]
    state = _state(reference, verdict, by=result.entry.resolver, detail=result.entry.message)
    return _Said(state, (_finding(code, result.entry.message, reference),))


def _settled(reference: Reference, services: Services) -> _Said:
    if reference.id in services.decided:
        return _Said(_state(reference, "not-checkable", by="human", detail="A person decided that it has no DOI."))
    return _Said(_state(reference, "not-found", detail="Looked for when the bibliography was built."))


def _confirmed(reference: Reference, entry: Accepted) -> _Said:
    """Say in what a reference and its record differ, and what became of the work."""
    _, differing = fill(reference, entry.record, by=entry.resolver, confidence=entry.score)
    verdict = "differs" if differing else "agrees"
    detail = " ".join(finding.message for finding in differing)
    state = _state(reference, verdict, doi=entry.doi, by=entry.resolver, detail=detail)
    return _Said(state, (*_missing_doi(reference, entry), *differing, *updates_told(reference, entry.record)))


def _missing_doi(reference: Reference, entry: Accepted) -> Iterator[Finding]:
    if not reference.doi:
        message = f"{named(reference)} has the DOI {entry.doi} at {entry.resolver}, which is not stated."
        yield Finding.of("AB413", message, origin=reference.origin, reference=reference.id, fix=entry.doi)


def _unknown(reference: Reference, answers: _Answers) -> _Said:
    """Say what it means that no service has a record of a DOI: whether it exists is the business of `dois`."""
    doi, agency = reference.doi, answers.agencies.get(reference.doi.lower(), NONE)
    if agency == NONE:
        return _Said(_state(reference, "unknown", detail=f"The DOI system knows no DOI {doi}."))
    if agency.lower() in answers.asked:
        message = f"{doi} is registered with {agency}, which has no record of it."
        return _Said(_state(reference, "unknown", by=agency, detail=message), (_finding("AB407", message, reference),))
    message = f"{doi} exists, registered with {agency}, whose records are not asked for: not checkable."
    state = _state(reference, "not-checkable", by=agency, detail=message)
    return _Said(state, (_finding("AB408", message, reference),))


def _finding(code: str, message: str, reference: Reference) -> Finding:
    origin = field_origin(reference.origin, "doi" if reference.doi else "")
    # Books, reports and theses have no DOI more often than not.
    severity = Severity.NOTE if code == "AB405" and not has_doi_as_a_rule(reference) else None
    return Finding.of(code, message, origin=origin, reference=reference.id, severity=severity)


def _state(reference: Reference, verdict: str, *, doi: str = "", by: str = "", detail: str = "") -> RecordState:
    stated = doi or reference.doi
    return RecordState(reference=reference.id, key=reference.key, verdict=verdict, doi=stated, by=by, detail=detail)


def _unavailable(answers: _Answers) -> Iterator[str]:
    """Say once for each reason how many works could not be asked about."""
    missing = [result for result in answers.results.values() if result.entry is None]
    reasons = Counter(result.problem.message if result.problem else "no service is set" for result in missing)
    if late := reasons.pop(_STOPPED.message, 0):
        yield f"Stopped: {late} of {len(answers.results)} works were not looked up."
    for reason, number in reasons.items():
        yield f"{number} of {len(answers.results)} works could not be looked up: {reason}"
