"""The weights by which works are recognised: ``python training/recognition.py RECORDS.jsonl.gz``.

Records (JSON lines of Crossref) are indexed; strings are made of some of them in styles drawn at random by the CSL
processor, and half of them damaged: letters misread, blanks lost or added, words cut by line ends, parts missing,
titles cut off or out of order. A third of the strings is searched for without its record. Two logistic regressions are
fitted: one on each candidate, one on the best beside the next; they go into ``alliancebib.matching.recognition``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from alliancebib import pipeline
from alliancebib.errors import AllianceBibError
from alliancebib.matching.recognition import facts_of, settled
from alliancebib.matching.traces import Traces, said, traces
from alliancebib.model import Name, Origin, Reference
from alliancebib.resolvers._index import make_index
from alliancebib.resolvers._records import record_to_reference
from alliancebib.resolvers.local import Local

STYLES = """apa modern-language-association chicago-author-date ieee vancouver nature american-chemical-society
    american-institute-of-physics american-physics-society-without-titles elsevier-harvard elsevier-without-titles
    elsevier-vancouver harvard-cite-them-right american-medical-association springer-basic-author-date
    chicago-fullnote-bibliography din-1505-2 iso690-author-date-en science cell american-sociological-association
    springer-lecture-notes-in-computer-science angewandte-chemie gost-r-7-0-5-2008
    deutsche-gesellschaft-fur-psychologie institute-of-physics-numeric""".split()
#: The share of strings whose record is not among the candidates.
ABSENT = 0.35
CANDIDATES = 10

#: Facts of a candidate, and whether it is the one.
Example = tuple[Mapping[str, float], bool]


class Maker:
    """Makes strings of records; one seed always gives the same."""

    def __init__(self, references: Sequence[Reference], seed: int) -> None:
        self.random = random.Random(seed)
        self.references = references

    def strings(self, count: int) -> Iterator[tuple[str, str]]:
        """Give so many DOIs, each with a string that means its work."""
        made = 0
        while made < count:
            reference = self.random.choice(self.references)
            try:
                text = self._listed(reference) if self.random.random() < 0.1 else self._formatted(reference)
            except AllianceBibError:
                continue
            made += 1
            yield reference.doi, self._damaged(text)

    def _formatted(self, reference: Reference) -> str:
        chance = self.random.random
        changes: dict[str, object] = {"doi": "", "url": ""}
        for field, share in (("issue", 0.1), ("volume", 0.08), ("page", 0.12)):
            if chance() < share:
                changes[field] = ""
        if len(reference.author) > 2 and chance() < 0.3:
            changes["author"] = (reference.author[0], Name(others=True))
        words = reference.title.split()
        if len(words) > 6 and chance() < 0.08:
            changes["title"] = " ".join(words[: self.random.randint(4, len(words))])
        listed = pipeline.format([replace(reference, **changes)], style=self.random.choice(STYLES))
        return listed.entries[0].text

    def _listed(self, reference: Reference) -> str:
        """Give the bare values of the fields, now and then with the words of the title in any order."""
        words = reference.title.split()
        if self.random.random() < 0.5:
            self.random.shuffle(words)
        people = ", ".join(f"{name.family}, {name.given}" for name in reference.author if name.given)
        rest = (reference.container_title, reference.year or "", reference.volume, reference.issue, reference.page)
        return ". ".join(map(str, (people, " ".join(words), *rest)))

    def _damaged(self, text: str) -> str:
        if self.random.random() < 0.45:
            return text
        pick, chance = self.random.choice, self.random.random
        misread, blanks, cut = pick((0.0, 0.005, 0.02, 0.04)), pick((0.0, 0.01, 0.03)), pick((0.0, 0.006))
        signs = []
        for place, sign in enumerate(text):
            if sign.isalnum() and chance() < misread:
                signs.append(pick("abcdefghijklmnopqrstuvwxyz0123456789"))
            elif sign == " " and chance() < blanks:
                continue
            elif sign.isalpha() and chance() < blanks / 2:
                signs.append(f"{sign} ")
            elif sign.isalpha() and place and text[place - 1].isalpha() and chance() < cut:
                signs.append(f"-\n{sign}")
            else:
                signs.append(sign)
        return "".join(signs)


def fitted(examples: Sequence[Example], *, rounds: int, seed: int = 0) -> dict[str, float]:
    """Fit a logistic regression by stochastic gradients with steps that shrink (AdaGrad)."""
    weights = dict.fromkeys(examples[0][0], 0.0)
    squares = dict.fromkeys(weights, 1e-2)
    shuffled, order = list(examples), random.Random(seed)
    for _ in range(rounds):
        order.shuffle(shuffled)
        for facts, right in shuffled:
            wrong = right - _probability(sum(weights[name] * value for name, value in facts.items()))
            for name, value in facts.items():
                if value:
                    step = wrong * value - 1e-4 * weights[name]
                    squares[name] += step * step
                    weights[name] += 0.5 * step / math.sqrt(squares[name])
    return {name: round(weight, 2) for name, weight in weights.items()}


def _probability(weight: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight))))


def best(seen: Sequence[tuple[str, Traces]], alone: Mapping[str, float]) -> tuple[str, dict[str, float]]:
    """Give the DOI of the best candidate and what is weighed of it beside the next."""
    weighed = sorted(
        ((sum(alone[name] * value for name, value in facts_of(one).items()), doi, one) for doi, one in seen),
        key=lambda known: -known[0],
    )
    weight, doi, one = weighed[0]
    gap = weight - weighed[1][0] if len(weighed) > 1 else 8.0
    return doi, settled(weight, gap, one)


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument(
        "--without", type=Path, nargs="*", default=[], help="JSON lines with a doi: works to leave alone"
    )
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    kept_back = {json.loads(line)["doi"] for path in given.without for line in _lines(path)}
    references = [record_to_reference(json.loads(line)) for line in _lines(given.records)]
    maker = Maker([one for one in references if one.title and one.doi not in kept_back], given.seed)
    with tempfile.TemporaryDirectory() as folder:
        make_index([given.records], path := Path(folder) / "records.index")
        index = Local(path)
        searched = []
        for doi, text in maker.strings(given.count):
            absent = maker.random.random() < ABSENT
            asked = Reference(id="x", title=text, origins=(Origin(raw=text),))
            works = [work for work in index.search(asked, limit=CANDIDATES) if not (absent and work.doi == doi)]
            string = said(text)
            searched.append((doi, [(work.doi, traces(string, work)) for work in works]))
    alone = fitted([(facts_of(one), name == doi) for doi, seen in searched for name, one in seen], rounds=25)
    tops = [(doi, *best(seen, alone)) for doi, seen in searched if seen]
    beside = fitted([(facts, name == doi) for doi, name, facts in tops], rounds=60)
    sys.stdout.write(f"ALONE = {json.dumps(alone, indent=4)}\nBESIDE = {json.dumps(beside, indent=4)}\n")


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return list(lines)


if __name__ == "__main__":
    main()
