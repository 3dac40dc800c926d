"""The verdict on two references as the rules give it, and what they are told about the whole set."""

from __future__ import annotations

from typing import NamedTuple

from alliancebib.matching.results import Verdict

__all__ = ["NO_FACTS", "Facts", "Ruling"]


class Facts(NamedTuple):
    """What the whole set of records says: titles that many works share, and whether the issue column has a meaning."""

    generic: frozenset[str] = frozenset()
    issues_count: bool = True


#: Nothing is known but the two references themselves.
NO_FACTS = Facts()


class Ruling(NamedTuple):
    """A verdict, the sum of evidence, the reasons.

    ``hard`` says that "different" rests on a contradiction, not on mere lack of likeness.
    """

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    hard: bool = False
