"""Many works at once: stated DOIs are looked up together, and the answers come in the order of the references."""

from __future__ import annotations

from collections.abc import Sequence

from alliancebib.errors import UnreachableError
from alliancebib.model import Reference
from alliancebib.verification import search_all


class Counting:
    """A service that knows every DOI that ends in an even number."""

    name = "counting"

    def __init__(self, problem: str = "") -> None:
        self.problem = problem
        self.batches: list[int] = []

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        return ()

    def lookup(self, doi: str) -> Reference | None:
        return self.lookup_many([doi]).get(doi)

    def lookup_many(self, dois: Sequence[str]) -> dict[str, Reference]:
        if self.problem:
            raise UnreachableError(self.problem)
        self.batches.append(len(dois))
        return {doi: Reference(doi=doi, title=f"Work {doi}") for doi in dois if int(doi[-1]) % 2 == 0}


def stated(number: int) -> Reference:
    return Reference(id=str(number), doi=f"10.5555/N{number}", title=f"Work 10.5555/n{number}")


def test_stated_dois_are_looked_up_together_and_answered_in_order() -> None:
    service = Counting()
    references = [stated(number) if number % 3 else Reference(title=f"Title {number}") for number in range(120)]
    seen: list[int] = []
    found = list(search_all(references, [service], threshold=0.9, progress=seen.append))
    assert sorted(service.batches) == [30, 50]
    assert seen == list(range(1, 121))
    for number, one in enumerate(found):
        known = bool(number % 3) and number % 2 == 0
        assert one.judgement is not None
        assert (one.by == "counting") == (known or not number % 3)
        assert ((one.judgement.accepted.doi if one.judgement.accepted else "") == f"10.5555/n{number}") is known


def test_a_service_that_is_away_is_no_proof() -> None:
    [first, second] = search_all([stated(1), stated(2)], [Counting("away"), Counting()], threshold=0.9)
    assert (first.judgement, str(first.problem)) == (None, "away")
    assert second.judgement is not None
    assert second.judgement.accepted is not None
