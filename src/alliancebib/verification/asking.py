"""Asking: questions about references go to the lock, or to resolvers, several at a time; answers are judged.

A `Question` comes in, an entry for the lock goes out, or the reason why nobody could be asked. The answers are the same
for every order in which they arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from alliancebib.errors import UnavailableError
from alliancebib.lock import Accepted, Lock, Open, accepted
from alliancebib.model import Reference
from alliancebib.verification.looking_up import look_up, units_of
from alliancebib.verification.searching import search
from alliancebib.verification.services import Resolver
from alliancebib.verification.stated import judge_stated
from alliancebib.verification.wording import against_stated, doubt, joined, not_found, unknown_doi
from alliancebib.verification.workers import WORKERS, done_in_time

__all__ = ["Asker", "Progress", "Question", "Result", "has_doi_as_a_rule", "is_askable"]

#: Called with the name of the work, how much is done, and how much there is.
Progress = Callable[[str, int, int], None]

#: Kinds of works that have DOIs as a rule.
_SCHOLARLY = frozenset(
    """article article-journal book chapter dataset entry entry-dictionary entry-encyclopedia paper-conference report
    review review-book standard thesis""".split()
)
#: Kinds of which nearly every new work has one; articles of old journals have got theirs since.
_WITH_DOIS = frozenset(["article-journal", "paper-conference", "dataset"])
#: How long "nothing found" and "doubtful" stand before they are asked again: records are added and corrected.
OPEN_FOR = timedelta(days=30)
#: It is tomorrow already elsewhere; what is dated later than that was written by a clock that was wrong.
_A_DAY = timedelta(days=1)


class Question(msgspec.Struct, frozen=True):
    """A reference at its place in the library that wants an answer; ``human`` where a person decided its DOI."""

    place: int
    reference: Reference
    human: bool

    @property
    def doi(self) -> str:
        """The DOI that the reference states."""
        return self.reference.doi.lower()


def is_askable(reference: Reference) -> bool:
    """Say whether a service may know the work: it has a DOI, or is of a kind that has one.

    >>> is_askable(Reference(kind="article-newspaper", title="A headline")), is_askable(Reference(doi="10.5555/1"))
    (False, True)
    """
    if reference.doi:
        return True
    if not (reference.title or reference.origin.raw):
        return False
    return reference.kind in _SCHOLARLY or (reference.kind == "document" and bool(reference.author))


def has_doi_as_a_rule(reference: Reference) -> bool:
    """Say whether a work would be expected to have a DOI: that none is found says little of books, reports and theses.

    >>> has_doi_as_a_rule(Reference(kind="article-journal")), has_doi_as_a_rule(Reference(kind="book"))
    (True, False)
    """
    return reference.kind in _WITH_DOIS


class Result(msgspec.Struct, frozen=True):
    """What a question came to: an entry for the lock, or why nobody could be asked."""

    entry: Accepted | Open | None = None
    problem: UnavailableError | None = None


class Asker:
    """Puts questions to resolvers and judges what comes back."""

    def __init__(self, resolvers: Sequence[Resolver], *, threshold: float, today: date) -> None:
        self._resolvers = resolvers
        self._threshold = threshold
        self._today = today

    @property
    def _names(self) -> list[str]:
        return [resolver.name for resolver in self._resolvers]

    def locked(self, question: Question, lock: Lock) -> Accepted | Open | None:
        """Give what the lock says of a question, if it is about the same DOI and not too old."""
        reference = question.reference
        entry = lock.works.get(reference.id) if reference.id else None
        if entry and self._still_holds(entry, question):
            return entry
        left = self.locked_earlier(question, lock)
        return left if left and -_A_DAY <= self._today - _day(left.date) < OPEN_FOR else None

    def _still_holds(self, entry: Accepted, question: Question) -> bool:
        """Say whether an accepted record is still wanted: a DOI that nobody states any more goes with its statement."""
        if question.doi:
            return entry.doi == question.doi
        return not entry.stated and entry.score >= self._threshold

    def locked_earlier(self, question: Question, lock: Lock) -> Open | None:
        """Give the open answer of any age: better than none when nobody can be asked."""
        reference = question.reference
        entry = lock.open.get(reference.id) if reference.id else None
        if not entry or entry.doi != question.doi or entry.threshold != self._threshold:
            return None
        return None if question.human and entry.verdict != "unknown" else entry

    def ask(self, questions: Sequence[Question], progress: Progress | None) -> dict[int, Result]:
        """Answer questions, several at a time; the result is by place and the same for every order of answers."""
        results: dict[int, Result] = {}
        for found in self.answers(questions, progress):
            results |= found
        return results

    def answers(
        self, questions: Sequence[Question], progress: Progress | None, *, seconds: float | None = None
    ) -> Iterator[dict[int, Result]]:
        """Answer questions, several at a time: some of the results, by place, whenever there are any.

        What is not answered within so many ``seconds`` is left out.
        """
        units = tuple(units_of(questions, lambda question: question.doi))
        label = joined(self._names) if self._resolvers else "nobody"
        done = 0
        for _, found in done_in_time(self._answers, units, workers=WORKERS, seconds=seconds):
            done += len(found)
            if progress:
                progress(f"Asking {label}", done, len(questions))
            yield found

    def _answers(self, unit: Sequence[Question]) -> dict[int, Result]:
        if unit[0].reference.doi:
            return self._looked_up(unit)
        return {question.place: self._searched(question.reference) for question in unit}

    def _searched(self, reference: Reference) -> Result:
        """Search for a work without a DOI; the first resolver whose candidate is accepted wins."""
        found = search(reference, self._resolvers, threshold=self._threshold)
        judged = found.judgement
        if judged and judged.accepted:
            return Result(self._accepted(judged.accepted, found.by, judged.probability))
        if found.problem or not judged:
            return Result(problem=found.problem)  # who could not be asked may know it: nothing is settled yet
        if judged.proposals:
            return Result(self._open("doubtful", found.by, doubt(judged)))
        return Result(self._open("none", found.by, not_found(reference, self._names, found.nearest)))

    def _looked_up(self, unit: Sequence[Question]) -> dict[int, Result]:
        """Look stated DOIs up, and say whether their records are these works."""
        found, problems = look_up([question.doi for question in unit], self._resolvers)
        results = {}
        for question in unit:
            doi = question.doi
            if doi in found:
                results[question.place] = Result(self._verified(question, *found[doi]))
            elif doi in problems or not self._resolvers:
                results[question.place] = Result(problem=problems.get(doi))
            else:
                results[question.place] = Result(self._unknown(doi))
        return results

    def _verified(self, question: Question, record: Reference, by: str) -> Accepted | Open:
        doi = question.doi
        judged, objection = judge_stated(question.reference, record, threshold=self._threshold)
        record = msgspec.structs.replace(record, doi=doi)
        if question.human or objection is None:
            return self._accepted(record, by, 1.0 if question.human else judged.probability, stated=True)
        message = against_stated(doi, question.reference, record, objection)
        return self._open("other-work" if objection.sure else "doubtful", by, message, doi=doi)

    def _unknown(self, doi: str) -> Open:
        return self._open("unknown", self._resolvers[0].name, unknown_doi(doi, self._names), doi=doi)

    def _accepted(self, record: Reference, by: str, score: float, *, stated: bool = False) -> Accepted:
        return accepted(record, resolver=by, date=self._today.isoformat(), score=score, stated=stated)

    def _open(
        self, verdict: Literal["none", "doubtful", "other-work", "unknown"], by: str, message: str, *, doi: str = ""
    ) -> Open:
        day = self._today.isoformat()
        return Open(verdict=verdict, resolver=by, date=day, threshold=self._threshold, message=message, doi=doi)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min
