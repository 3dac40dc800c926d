"""How far the verdict on a stated DOI can be relied on: right ones that are called wrong, wrong ones that are found.

    python tests/conformance/crossref_verifying.py [RECORDS] [--count 3000] [--seed 7] [--show 5]

Real records are cited in other forms (sentence case, subtitle cut, initials, "et al.", short journal titles, first page
only, a year off by one, no author, no kind), with their DOI, with that of any other work, and with that of another work
of the same journal and year. ``RECORDS`` is a file of JSON lines (default: ``shared/data/crossref/records.jsonl.gz``
beside the repository); where it is absent the program says so and ends. Nothing is asked of any service.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alliancebib.checkers import records
from alliancebib.config import CheckSettings
from alliancebib.finding import Report
from alliancebib.library import Library
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.verification import Services
from conformance.crossref_records import ROOT, references_of
from no_web import NoWeb


class Registry:
    """A resolver over records in memory."""

    name = "crossref"

    def __init__(self, works: Sequence[Reference]) -> None:
        self.works = {work.doi: work for work in works}

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        """Know nothing: all references here state a DOI."""
        return ()

    def lookup(self, doi: str) -> Reference | None:
        """Give the work with this DOI."""
        return self.works.get(doi)


def cited(work: Reference, number: int) -> Reference:
    """Give a work as a list may have it; the number decides in which forms."""
    title = work.title.capitalize() if number % 2 else work.title
    title = title.partition(": ")[0] if number % 5 == 0 and len(title.partition(": ")[0].split()) > 2 else title
    people = tuple(replace(name, given=_initials(name.given)) for name in work.author)
    people = (*people[:1], Name(others=True)) if number % 3 == 0 and len(people) > 2 else people
    short = str(work.extra.get("container-title-short", work.container_title))
    assert work.year is not None
    return Reference(
        id=f"r{number}",
        kind="article-journal" if number % 4 else "document",
        title=title,
        author=people if number % 11 else (),
        issued=PartialDate(year=work.year + (number % 7 == 0)),
        container_title=short if number % 2 else work.container_title,
        volume=work.volume if number % 3 else "",
        page=work.page.partition("-")[0] if number % 2 else "",
        doi=work.doi,
    )


def _initials(given: str) -> str:
    return " ".join(f"{word[0]}." for word in given.split())


def with_any_doi(references: Sequence[Reference], works: Sequence[Reference], drawn: random.Random) -> list[Reference]:
    """Give references the DOIs of other works."""
    return [replace(reference, doi=drawn.choice(works).doi) for reference in references]


def with_near_dois(
    references: Sequence[Reference], works: Sequence[Reference], drawn: random.Random
) -> Iterator[Reference]:
    """Give references the DOIs of other works of the same journal and year, where there are any."""
    near = defaultdict(list)
    for work in works:
        near[work.container_title, work.year].append(work.doi)
    places = {work.doi: (work.container_title, work.year) for work in works}
    for reference in references:
        if others := [doi for doi in near[places[reference.doi]] if doi != reference.doi]:
            yield replace(reference, doi=drawn.choice(others))


def verified(references: Sequence[Reference], works: Sequence[Reference]) -> Report:
    """Run the checker over a library."""
    services = Services(resolvers=(Registry(works),))
    return records.check(Library(references), services=services, web=NoWeb(), settings=CheckSettings())


def main() -> None:
    """Print a line of verdicts for each of the three sets, and some of the verdicts that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = ROOT.parent / "shared" / "data" / "crossref" / "records.jsonl.gz"
    parser.add_argument("records", nargs="?", type=Path, default=default)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=5)
    given = parser.parse_args()
    if not given.records.exists():
        print(f"Skipped: there is no {given.records}.")
        return
    drawn = random.Random(given.seed)
    works = [work for work in references_of(given.records) if work.title and work.year]
    right = [cited(work, number) for number, work in enumerate(drawn.sample(works, given.count))]
    sets = {
        "right DOIs": right,
        "DOIs of any other work": with_any_doi(right, works, drawn),
        "DOIs of another work of the same journal and year": list(with_near_dois(right, works, drawn)),
    }
    for name, references in sets.items():
        report = verified(references, works)
        verdicts = Counter(state.verdict for state in report.records)
        print(f"{len(references)} {name}: {', '.join(f'{number} {word}' for word, number in verdicts.most_common())}")
        wrong = {"other-work", "not-found"} if name == "right DOIs" else {"agrees", "differs"}
        shown = [state for state in report.records if state.verdict in wrong][: given.show]
        for state in shown:
            print(f"  {state.doi}: {state.detail or state.verdict}")


if __name__ == "__main__":
    main()
