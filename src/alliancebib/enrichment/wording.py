"""What enrichment says: sentences about candidates and records, and the one line about a whole run."""

from __future__ import annotations

import msgspec

from alliancebib.errors import OfflineError, UnavailableError
from alliancebib.lock import Accepted, Open
from alliancebib.matching import Judgement, Proposal
from alliancebib.model import Reference
from alliancebib.rich_text import without_markup

__all__ = ["Tally", "doubt", "named", "unknown_doi"]


def doubt(judged: Judgement) -> str:
    """Put the best three candidates with what speaks for and against them into one sentence."""
    candidates = "; ".join(f"({place}) {_candidate(proposal)}" for place, proposal in enumerate(judged.proposals, 1))
    return f"No candidate is certain, as {judged.reason}: {candidates}."


def _candidate(proposal: Proposal) -> str:
    work = proposal.candidate
    reasons = ", ".join(proposal.reasons)
    return f"{work.doi} {named(work)}, {proposal.probability:.2f}: {reasons}"


def _short(title: str) -> str:
    title = without_markup(title)
    if not title:
        return "a work without a title"
    return f"'{title}'" if len(title) <= 80 else f"'{title[:77].rstrip()}...'"


def _by_whom(work: Reference) -> str:
    people = work.author or work.editor
    words = [str(people[0].family or people[0].literal) if people else "", str(work.year or "")]
    text = " ".join(word for word in words if word)
    return f" ({text})" if text else ""


def named(work: Reference) -> str:
    """Give a work as "'Title' (First author Year)"."""
    return f"{_short(work.title)}{_by_whom(work)}"


def unknown_doi(doi: str, services: str) -> str:
    """Say that no service has a DOI; it is no proof, as other agencies have DOIs as well."""
    return f"{services} has no record of the DOI {doi}; it may be mistyped, or registered elsewhere."


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many works wanted an answer, how many the lock gave, all answers, and why some are missing."""

    whole: int
    cached: int
    entries: tuple[Accepted | Open, ...]
    problem: UnavailableError | None

    @property
    def accepted(self) -> int:
        """How many have a record."""
        return sum(isinstance(entry, Accepted) for entry in self.entries)

    @property
    def doubtful(self) -> int:
        """How many have only candidates, or a DOI that is wrong or unknown."""
        return sum(isinstance(entry, Open) and entry.verdict != "none" for entry in self.entries)

    @property
    def not_asked(self) -> int:
        """How many nobody answered."""
        return self.whole - len(self.entries)

    @property
    def summary(self) -> str:
        """All this in a line."""
        if not self.whole:
            return "No entry wants to be looked up."
        if self.not_asked:
            return self._without_answers()
        none = len(self.entries) - self.accepted - self.doubtful
        lock = f"; {self.cached} answered from the lock" if self.cached else ""
        return (
            f"{self.whole} looked up: {self.accepted} confirmed or completed, {self.doubtful} doubtful, "
            f"{none} not found{lock}."
        )

    def _without_answers(self) -> str:
        answered = len(self.entries)
        end = "The others stay as they are." if self.accepted else "Nothing was changed."
        return (
            f"{self._reason(answered)}{answered} of {self.whole} answered from lock and cache; "
            f"{self.not_asked} not asked. {end}"
        )

    def _reason(self, answered: int) -> str:
        if self.problem is None:
            return "No service was asked. "
        if isinstance(self.problem, OfflineError):
            return "Offline: "
        return f"{self.problem}. " if answered > self.cached else f"Offline: {self.problem}. "
