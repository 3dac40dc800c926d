"""How often a field is right: ``python training/calibration.py HELD_OUT --model MODEL``.

The model must not have seen the set (``alliancebib.labelling.train --held-out N --held-out-to FILE``). For each field,
the least probability of its words is compared with whether the field is right; the printed steps rise (by the algorithm
that pools adjacent violators) and go into ``alliancebib.labelling.calibration``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pycrfsuite

from alliancebib.labelling.features import features
from alliancebib.labelling.tagging import unmarked
from alliancebib.labelling.train import Example, read_examples

EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 1.001)


def fields(tagger: pycrfsuite.Tagger, example: Example) -> Iterator[tuple[float, bool]]:
    """Give for each run of words of one label how sure the model is of it and whether it is right."""
    marks = tagger.tag(features(example.tokens))
    labels = unmarked(marks)
    start = 0
    for place in range(1, len(labels) + 1):
        if place < len(labels) and labels[place] == labels[start]:
            continue
        sure = min(tagger.marginal(marks[word], word) for word in range(start, place))
        alone = all(
            neighbour not in range(len(labels)) or example.labels[neighbour] != labels[start]
            for neighbour in (start - 1, place)
        )
        yield sure, alone and set(example.labels[start:place]) == {labels[start]}
        start = place


def rising(bins: Sequence[tuple[float, int, int]]) -> list[tuple[float, float]]:
    """Give middle and share of each bin, bins joined until the shares rise."""
    pools: list[list[float]] = []
    for middle, right, count in bins:
        pools.append([middle * count, right, count])
        while len(pools) > 1 and pools[-2][1] * pools[-1][2] >= pools[-1][1] * pools[-2][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return [(round(total / count, 3), round(right / count, 3)) for total, right, count in pools]


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("held_out", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    given = parser.parse_args()
    tagger = pycrfsuite.Tagger()
    tagger.open(str(given.model))
    found = [pair for path in given.held_out for example in read_examples(path) for pair in fields(tagger, example)]
    bins = []
    for low, high in pairwise(EDGES):
        inside = [(sure, right) for sure, right in found if low <= sure < high]
        if inside:
            middle = sum(sure for sure, _ in inside) / len(inside)
            bins.append((middle, sum(right for _, right in inside), len(inside)))
            sys.stdout.write(f"{low:.3f} - {min(high, 1):.3f}  {len(inside):>6}  {bins[-1][1] / len(inside):.3f}\n")
    sys.stdout.write(f"{rising(bins)}\n")


if __name__ == "__main__":
    main()
