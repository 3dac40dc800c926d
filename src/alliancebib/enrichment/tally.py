"""How a run of enrichment went: its counts, and the one line about it."""

from __future__ import annotations

import msgspec

from alliancebib.errors import OfflineError, UnavailableError
from alliancebib.lock import Accepted, Open

__all__ = ["Tally", "renewal"]


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
        stay = "The others stay as they are." if self.accepted else "The entries stay as they are."
        return (
            f"{self._reason}{answered} of {self.whole} answered{self._from_where}; {self.not_asked} not asked. "
            f"{stay}{self._next_step}"
        )

    @property
    def _reason(self) -> str:
        if self.problem is None:
            return "No service was asked. "
        return "Offline: " if isinstance(self.problem, OfflineError) else f"{self.problem}. "

    @property
    def _from_where(self) -> str:
        return " from lock and cache" if self.problem is None or isinstance(self.problem, OfflineError) else ""

    @property
    def _next_step(self) -> str:
        """What to do where a service failed; who asked to stay offline knows."""
        told = self.problem is None or isinstance(self.problem, OfflineError) or not self.problem.help
        return "" if told or self.problem is None else f" {self.problem.help}"


def renewal(tally: Tally) -> str:
    """Say how a run that asked again went: the lock's answers that nobody renewed stay.

    >>> renewal(Tally(whole=2, cached=0, entries=(), problem=None))
    'Asked again about 2 works: 2 answered.'
    """
    answered = tally.whole - tally.cached
    words = f"Asked again about {tally.whole} works: {answered} answered"
    reason = f" ({tally.problem})" if tally.problem else ""
    return f"{words}, {tally.cached} not{reason}; of these the lock stays." if tally.cached else f"{words}."
