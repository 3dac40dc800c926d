"""How many works of one author with titles alike are taken for one another: ``python tests/conformance/siblings.py``.

    python tests/conformance/siblings.py [RECORDS] [--threshold 0.8] [--show 5]

Siblings are two records of one first author whose titles are alike: parts of a series, columns, replies, answers to two
questions. Each is asked about with its own record taken out of the index: as a line of text in two forms, as fields,
and as each of these with the DOI of its sibling stated. Nothing of that is right. Counted apart are twins, which
nothing in the reference tells apart: the same title, people and year, and no volume, issue or page that differs.
``RECORDS`` is a file of JSON lines (default: ``shared/data/crossref/records.jsonl.gz`` beside the repository); where it
is absent the program says so and ends.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alliancebib.config import Settings
from alliancebib.lock import Accepted
from alliancebib.matching import fill, judge
from alliancebib.matching.agreement import agree
from alliancebib.model import Name, Reference
from alliancebib.parsers import parse_reference
from alliancebib.resolvers.local import Local, make_index
from alliancebib.verification import Asker, Question
from conformance.crossref_records import ROOT, references_of

#: From this likeness of the words on, titles are alike.
ALIKE = 75
#: Who has more works than that is a name that many share.
MANY = 200
#: The day of all answers; which one is no matter.
TODAY = date(2026, 11, 28)


class Taken(NamedTuple):
    """A work that was asked about, the record that was taken for it, and how probable it was."""

    asked: Reference
    taken: Reference
    probability: float

    @property
    def twin(self) -> bool:
        """Say whether nothing tells the two apart."""
        return are_twins(self.asked, self.taken)

    @property
    def contradicted(self) -> bool:
        """Say whether completing the reference from this record tells that its title is another one."""
        _, findings = fill(self.asked, self.taken, by="crossref", confidence=1.0)
        return any(finding.code == "AB404" and "title" in finding.message for finding in findings)

    def __str__(self) -> str:
        return f"({self.probability:.3f}) {_told(self.asked)}\n      taken: {_told(self.taken)} {self.taken.doi}"


class Known:
    """A resolver that has one record, whatever DOI is asked about."""

    name = "crossref"

    def __init__(self, record: Reference) -> None:
        self._record = record

    def search(self, reference: Reference, *, limit: int = 10) -> tuple[Reference, ...]:
        """Know nothing: all references here state a DOI."""
        return ()

    def lookup(self, doi: str) -> Reference | None:
        """Give the record."""
        return self._record


def are_twins(one: Reference, other: Reference) -> bool:
    """Say whether title, people and year of two records are the same, and no part of the place is another."""
    same = one.year == other.year and agree("author", one.author, other.author)
    fields = ("volume", "issue", "page")
    apart = any(getattr(one, field) and getattr(other, field, "") not in ("", getattr(one, field)) for field in fields)
    return same and not apart and one.title.casefold() == other.title.casefold()


def siblings(works: Iterable[Reference]) -> list[tuple[Reference, Reference]]:
    """Give pairs of works by one first author with titles alike, each pair both ways round."""
    by_author = defaultdict(list)
    for work in works:
        by_author[(work.author[0].family or work.author[0].literal).casefold(), work.author[0].given[:1]].append(work)
    groups = (group for group in by_author.values() if len(group) <= MANY)
    pairs = [pair for group in groups for pair in combinations(group, 2) if _are_alike(*pair)]
    return [ordered for one, other in pairs for ordered in ((one, other), (other, one))]


def _are_alike(one: Reference, other: Reference) -> bool:
    return fuzz.token_set_ratio(one.title.casefold(), other.title.casefold()) > ALIKE


def in_apa(work: Reference) -> Reference:
    """Give a work read from a line as APA has it."""
    people = ", ".join(_surname_first(name, ", ", ".") for name in work.author[:3])
    place = work.container_title + (f", {work.volume}" if work.volume else "")
    place += (f"({work.issue})" if work.issue else "") + (f", {work.page}" if work.page else "")
    return parse_reference(f"{people} ({work.year}). {work.title}.{f' {place}' if place else ''}.")


def in_vancouver(work: Reference) -> Reference:
    """Give a work read from a line as Vancouver has it, without the issue, which is left out often."""
    people = ", ".join(_surname_first(name, " ", "") for name in work.author[:6])
    place = f"{work.year}" + (f";{work.volume}" if work.volume else "") + (f":{work.page}" if work.page else "")
    return parse_reference(f"{people}. {work.title}. {work.container_title}. {place}.")


def _surname_first(name: Name, between: str, behind: str) -> str:
    return f"{name.family}{between}{name.given[:1]}{behind}" if name.family and name.given else str(name)


def as_fields(work: Reference) -> Reference:
    """Give a work as a .bib file has it."""
    return replace(work, doi="", extra={})


def found(
    pairs: Sequence[tuple[Reference, Reference]], index: Local, threshold: float, made: Callable[[Reference], Reference]
) -> Iterator[Taken]:
    """Search for each work without its record, with its sibling among the candidates."""
    for work, sibling in pairs:
        asked = made(work)
        candidates = {one.doi: one for one in index.search(asked) if one.doi != work.doi} | {sibling.doi: sibling}
        judged = judge(asked, list(candidates.values()), threshold=threshold)
        if judged.accepted:
            yield Taken(as_fields(work), judged.accepted, judged.probability)


def stated(
    pairs: Sequence[tuple[Reference, Reference]], index: Local, threshold: float, made: Callable[[Reference], Reference]
) -> Iterator[Taken]:
    """Let each work state the DOI of its sibling."""
    del index
    for work, sibling in pairs:
        asked = replace(made(work), doi=sibling.doi, id="asked")
        asker = Asker([Known(sibling)], threshold=threshold, today=TODAY)
        entry = asker.ask([Question(0, asked, human=False)], None)[0].entry
        if isinstance(entry, Accepted):
            yield Taken(as_fields(work), sibling, entry.score)


def _told(work: Reference) -> str:
    place = " ".join(filter(None, (work.container_title, work.volume, work.issue and f"({work.issue})", work.page)))
    people = str(work.author[0].family or work.author[0].literal) if work.author else "nobody"
    return f"{work.title[:100]} | {people} {work.year} {place}"


def main() -> None:
    """Print a line of counts for each way to ask, and some of those that were taken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = ROOT.parent / "shared" / "data" / "crossref" / "records.jsonl.gz"
    parser.add_argument("records", nargs="?", type=Path, default=default)
    parser.add_argument("--threshold", type=float, default=Settings().enrich.threshold)
    parser.add_argument("--show", type=int, default=5)
    given = parser.parse_args()
    if not given.records.exists():
        print(f"Skipped: there is no {given.records}.")
        return
    works = {work.doi: work for work in references_of(given.records) if work.title and work.author and work.year}
    pairs = siblings(works.values())
    print(f"{len(pairs)} works asked about, each with a sibling and without its own record")
    print(f"{'':28}{'taken':>8}{'share':>9}{'twins':>8}{'title contradicted':>21}")
    with tempfile.TemporaryDirectory() as folder:
        make_index([given.records], path := Path(folder) / "records.index")
        index = Local(path)
        for asking in (found, stated):
            for made in (in_apa, in_vancouver, as_fields):
                taken = list(asking(pairs, index, given.threshold, made))
                others = [one for one in taken if not one.twin]
                name = f"{asking.__name__}, {made.__name__.replace('_', ' ')}"
                counts = f"{len(taken):8}{len(taken) / len(pairs):9.2%}{len(taken) - len(others):8}"
                print(f"{name:28}{counts}{sum(one.contradicted for one in others):21}")
                for one in others[: given.show]:
                    print(f"  {one}")


if __name__ == "__main__":
    main()
