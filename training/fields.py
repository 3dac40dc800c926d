"""The weights of fields: ``python training/fields.py RECORDS.jsonl.gz [--folds 5]``.

Records (JSON lines of Crossref) are indexed; references are made of some of them as bibliographies have them: fields
left out, names cut to initials, titles cut at the colon, first pages alone, short names of journals, years a year off,
letters mistyped, any kind. As many are read from strings that the CSL processor made of records, half of them damaged,
as fields come out of a parser. A third is searched for without its record. Two logistic regressions are fitted as for
strings (``recognition.py``): one on each candidate, one on the best beside the next; they go into
``alliancebib.matching.weighing``. With ``--folds`` it is told how often a probability is right of references that were
left out when the weights were fitted.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path

from msgspec.structs import replace

from alliancebib.matching.acceptance import _is_alike
from alliancebib.matching.objections import first_objection
from alliancebib.matching.pairs import pair_of
from alliancebib.matching.weighing import facts_of, settled
from alliancebib.model import Name, PartialDate, Reference
from alliancebib.parsers import parse_reference
from alliancebib.resolvers._index import make_index
from alliancebib.resolvers._records import record_to_reference
from alliancebib.resolvers.local import Local
from recognition import ABSENT, CANDIDATES, _lines, _probability, fitted
from recognition import Maker as StringMaker

#: Fields, and how often a bibliography has them.
_KEPT = {"volume": 0.75, "issue": 0.5, "page": 0.65, "container_title": 0.8, "publisher": 0.4}
DEGREES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)

#: The facts of each candidate with its DOI, and the DOI that is meant.
Search = tuple[str, list[tuple[str, Mapping[str, float]]]]


class Maker:
    """Makes references of records; one seed always gives the same."""

    def __init__(self, references: Sequence[Reference], seed: int) -> None:
        self.random = random.Random(seed)
        self.references = references

    def made(self, count: int) -> Iterator[tuple[str, Reference]]:
        """Give so many DOIs, each with a reference that means its work."""
        for _ in range(count):
            work = self.random.choice(self.references)
            yield work.doi, self._of(work)

    def _of(self, work: Reference) -> Reference:
        chance = self.random.random
        fields = {name: getattr(work, name) if chance() < share else "" for name, share in _KEPT.items()}
        if chance() < 0.3:
            fields["container_title"] = str(work.extra.get("container-title-short", fields["container_title"]))
        if chance() < 0.3:
            fields["page"] = fields["page"].partition("-")[0]
        made = Reference(
            kind=work.kind if chance() < 0.8 else self.random.choice(["article-journal", "document", "book"]),
            title=self._title(work.title),
            author=self._people(work.author),
            editor=work.editor if not work.author else (),
            issued=self._date(work.year),
        )
        return replace(made, **fields)

    def _title(self, title: str) -> str:
        chance = self.random.random
        if chance() < 0.15:
            title = title.partition(": ")[0]
        if chance() < 0.03:
            return ""
        if chance() < 0.15 and len(title) > 8:
            place = self.random.randrange(len(title))
            title = title[:place] + self.random.choice("aeinrst") + title[place + 1 :]
        return title.capitalize() if chance() < 0.5 else title

    def _people(self, people: tuple[Name, ...]) -> tuple[Name, ...]:
        chance = self.random.random
        if chance() < 0.5:
            people = tuple(
                replace(name, given="".join(f"{word[0]}." for word in name.given.split())) for name in people
            )
        if len(people) > 2 and chance() < 0.3:
            people = (people[0], Name(others=True))
        return people if chance() < 0.95 else ()

    def _date(self, year: int | None) -> PartialDate | None:
        chance = self.random.random()
        off = 1 if chance < 0.05 else -1 if chance < 0.1 else self.random.choice((-3, -2, 2, 4)) if chance < 0.12 else 0
        return PartialDate(year=year + off) if year and chance < 0.97 else None


def read(strings: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Reference]]:
    """Read strings, and give the fields alone."""
    for doi, text in strings:
        yield doi, replace(parse_reference(" ".join(text.split())), spans=())


def searched(references: Iterable[tuple[str, Reference]], index: Local, drawn: random.Random) -> Iterator[Search]:
    """Search for references, and give the facts of what is found."""
    for doi, asked in references:
        absent = drawn.random() < ABSENT
        works = [work for work in index.search(asked, limit=CANDIDATES) if not (absent and work.doi == doi)]
        pairs = [pair for pair in (pair_of(asked, work) for work in works) if _is_alike(pair)]
        yield doi, [(one.record.doi, facts_of(one, contradicted=bool(first_objection(one)))) for one in pairs]


def best(seen: Sequence[tuple[str, Mapping[str, float]]], alone: Mapping[str, float]) -> tuple[str, dict[str, float]]:
    """Give the DOI of the best candidate and what is weighed of it beside the next; the contradicted are no rivals."""
    weighed = sorted(
        ((facts["contradicted"], -_sum(facts, alone), doi, facts) for doi, facts in seen),
        key=lambda known: known[:3],
    )
    contradicted, weight, doi, facts = weighed[0]
    rivals = [-other for refused, other, _, _ in weighed[1:] if refused == contradicted]
    return doi, settled(-weight, -weight - max(rivals, default=-weight - 10.0), facts)


def _sum(facts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in facts.items())


def learned(searches: Sequence[Search]) -> tuple[dict[str, float], dict[str, float]]:
    """Fit both regressions."""
    alone = fitted([(facts, name == doi) for doi, seen in searches for name, facts in seen], rounds=25)
    tops = [(doi, *best(seen, alone)) for doi, seen in searches if seen]
    return alone, fitted([(facts, name == doi) for doi, name, facts in tops], rounds=60)


def calibrated(searches: Sequence[Search], folds: int) -> Iterator[str]:
    """Say for each degree of probability how often the best is right, of references left out when it was learned."""
    told: list[tuple[float, bool]] = []
    for fold in range(folds):
        alone, beside = learned([one for place, one in enumerate(searches) if place % folds != fold])
        for doi, seen in searches[fold::folds]:
            if seen:
                name, facts = best(seen, alone)
                told.append((_probability(_sum(facts, beside)), name == doi))
    yield f"{'probability of the best':28}{'works':>8}{'mean':>8}{'right':>8}"
    for low, high in pairwise(DEGREES):
        these = [one for one in told if low <= one[0] < high]
        if these:
            mean, right = (sum(one[place] for one in these) / len(these) for place in (0, 1))
            yield f"{f'{low:.2f} to {min(high, 1):.2f}':28}{len(these):8}{mean:8.3f}{right:8.3f}"


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, nargs="+")
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="JSON lines with a doi: works left alone")
    parser.add_argument("--count", type=int, default=4000, help="references made of each file")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folds", type=int, default=0)
    given = parser.parse_args()
    kept_back = {json.loads(line)["doi"] for path in given.without for line in _lines(path)}
    searches: list[Search] = []
    for path in given.records:
        references = [record_to_reference(json.loads(line)) for line in _lines(path)]
        works = [one for one in references if one.title and one.doi not in kept_back]
        maker, strings = Maker(works, given.seed), StringMaker(works, given.seed)
        with tempfile.TemporaryDirectory() as folder:
            make_index([path], place := Path(folder) / "records.index")
            made = chain(maker.made(given.count), read(strings.strings(given.count)))
            searches += searched(made, Local(place), random.Random(given.seed))
    random.Random(given.seed).shuffle(searches)
    alone, beside = learned(searches)
    sys.stdout.write(f"ALONE = {json.dumps(alone, indent=4)}\nBESIDE = {json.dumps(beside, indent=4)}\n")
    if given.folds:
        sys.stdout.write("\n".join(calibrated(searches, given.folds)) + "\n")


if __name__ == "__main__":
    main()
