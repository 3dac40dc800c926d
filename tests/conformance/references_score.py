"""The reference parser on labelled strings: ``python tests/conformance/references_score.py [SET...]``.

Each string of a labelled set (default: the development set of ``../shared/data/references``) goes through
``parse --lines --to spans``, as a user would send it; the shared scorer compares. Then the figures of each label, how
often a field of a given confidence is right, and the number of references a second.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from alliancebib.cli.parse import label_of
from alliancebib.model import Reference
from alliancebib.page import REFERENCES, Line
from alliancebib.parsers import labelled, parse_reference

SHARED = Path(__file__).parents[3] / "shared"
DEV = SHARED / "data" / "references" / "dev_grobid.jsonl.gz"
DEGREES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


def scorer(shared: Path = SHARED) -> ModuleType:
    """Load the scorer."""
    spec = importlib.util.spec_from_file_location("score_references", shared / "tools" / "score_references.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a labelled set."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def labels_of(reference: Reference, tokens: Sequence[str]) -> list[str]:
    """Give each token the label that covers most of it."""
    owner: list[str] = [""] * len(reference.origin.raw)
    for span in reference.spans:
        owner[span.start : span.end] = [label_of(span.field)] * (span.end - span.start)
    found, place = [], 0
    for token in tokens:
        labels = [label for label in owner[place : place + len(token)] if label]
        found.append(max(labels, key=labels.count) if labels else "other")
        place += len(token) + 1
    return found


def calibration(
    gold: Sequence[Mapping[str, Any]], references: Sequence[Reference], score: ModuleType
) -> Iterator[tuple[float, float, int, float]]:
    """Give for each range of confidence how many fields have it and the share of them that is right."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row, reference in zip(gold, references, strict=True):
        wanted = score.fields_of(row["tokens"], row["labels"], score.FIELDS)
        found = score.fields_of(row["tokens"], labels_of(reference, row["tokens"]), score.FIELDS)
        for field, confidence in reference.confidence_of_fields().items():
            label = label_of(field)
            if label in found:
                degree = next(n for n, limit in enumerate(DEGREES[1:]) if confidence < limit)
                counts[degree][0] += 1
                counts[degree][1] += wanted.get(label) == found[label]
    for degree, (count, right) in sorted(counts.items()):
        yield DEGREES[degree], DEGREES[degree + 1], count, right / count


def out(line: str) -> None:
    """Print a line of a table."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path, default=[DEV])
    given = parser.parse_args()
    score = scorer()
    for path in given.sets:
        gold = rows(path)
        start = time.process_time()
        references = [parse_reference(row["text"]) for row in gold]
        seconds = time.process_time() - start
        found = score.score(gold, [labels_of(one, row["tokens"]) for one, row in zip(references, gold, strict=True)])
        out(f"{path.name}: {len(gold)} references, micro {found['micro']:.4f}, exact {found['exact']:.4f}")
        for label, value in found["labels"].items():
            out(f"  {label:<12}{value:.3f}")
        out("  confidence   fields   right")
        for low, high, count, share in calibration(gold, references, score):
            out(f"  {low:.2f} - {min(high, 1):.2f}{count:>8}{share:>9.3f}")
        out(
            f"  {len(gold) / seconds:.0f} references a second of CPU time, the model loaded and each word met on the way"
        )
        for name, read in (("labels and field rules", _by_labels), ("the whole way", parse_reference)):
            start = time.process_time()
            for row in gold:
                read(row["text"])
            out(f"  {len(gold) / (time.process_time() - start):.0f} a second by {name}, words met before")


def _by_labels(text: str) -> Reference | None:
    return labelled.parse(Line(number=1, text=text), REFERENCES, page="text")


if __name__ == "__main__":
    main()
