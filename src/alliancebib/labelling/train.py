"""The training program: ``python -m alliancebib.labelling.train SETS... --out model.crf``.

Labelled sets go in, a model comes out: JSON lines, plain or ``.gz``, with ``tokens`` and ``labels``; or ``.txt``,
strings labelled by hand, one a line: ``{author Doe, J.} {date (2018).} {title The war of words.}``. ``SET:N`` takes the
first N of a set, ``SET*N`` takes it N times. ``--held-out N`` keeps one document in N back. The same sets and settings
give the same model.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import pycrfsuite

from alliancebib.labelling.features import features
from alliancebib.labelling.tagging import LABELS, marked

__all__ = ["Example", "read_examples", "train"]

_PART_OF_SET = re.compile(r"(?P<path>.+?)(?:\*(?P<times>\d+)|:(?P<first>\d+))")
_BRACES = re.compile(r"\{([^{}]+)\}")
_LABELLED = re.compile(r"(?:\{[a-z]+ [^{}]*[^{}\s][^{}]*\}\s*)+")

#: The first as large as the size of the file wants, the second small; record 13 says how well the model does with them.
SETTINGS = {"c1": 0.4, "c2": 0.01, "max_iterations": 170, "feature.possible_transitions": False}


class Example(msgspec.Struct, frozen=True, gc=False):
    """A labelled reference: its id, its words and one label for each."""

    id: str
    tokens: list[str]
    labels: list[str]

    @property
    def document(self) -> str:
        """Name what the reference was taken from; references of one document are alike and are not divided."""
        return self.id.rpartition("-")[0] or self.id


def read_examples(path: Path) -> Iterator[Example]:
    """Read a labelled set.

    Raises:
        ValueError: A line has another form, or a label that is none of `LABELS`.
    """
    read = _read_by_hand if path.suffix == ".txt" else _read_json
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            example = read(line, f"{path.stem}-{number}")
            if len(example.tokens) != len(example.labels) or not set(example.labels) <= set(LABELS):
                raise ValueError(f"{path}:{number}: no labelled reference; give one of {', '.join(LABELS)} a token")
            yield example


def _read_json(line: str, name: str) -> Example:
    row = json.loads(line)
    return Example(str(row.get("id", name)), row["tokens"], row["labels"])


def _read_by_hand(line: str, name: str) -> Example:
    """Read ``{label words} {label words}``; what is wrong gives no words, or labels that there are not."""
    parts = [part.split() for part in _BRACES.findall(line)] if _LABELLED.fullmatch(line.strip()) else []
    labels = [part[0] for part in parts for _ in part[1:]] or [line.strip()]
    return Example(name, [word for part in parts for word in part[1:]], labels)


def divided(examples: Iterable[Example], every: int) -> tuple[list[Example], list[Example]]:
    """Keep one document in so many back, chosen by a hash of its name."""
    kept: tuple[list[Example], list[Example]] = ([], [])
    for example in examples:
        digest = int(hashlib.md5(example.document.encode(), usedforsecurity=False).hexdigest(), 16)
        kept[every > 0 and digest % every == 0].append(example)
    return kept


def train(examples: Sequence[Example], path: Path) -> None:
    """Train a model and write it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(SETTINGS)
    for example in examples:
        trainer.append(features(example.tokens), marked(example.labels))
    trainer.train(str(path))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(prog="python -m alliancebib.labelling.train", description=__doc__)
    parser.add_argument("sets", nargs="+", help="labelled sets: .jsonl, .jsonl.gz or .txt")
    parser.add_argument("--out", type=Path, required=True, help="the model file to write")
    parser.add_argument("--held-out", type=int, default=0, metavar="N", help="keep one document in N back")
    parser.add_argument("--held-out-to", type=Path, help="write what was kept back there, for scoring")
    given = parser.parse_args(arguments)
    used, kept = divided((example for name in given.sets for example in _examples(name)), given.held_out)
    train(used, given.out)
    sys.stdout.write(f"{len(used)} references, {given.out.stat().st_size} bytes; {len(kept)} kept back\n")
    if given.held_out_to:
        given.held_out_to.write_text("".join(map(_line, kept)), encoding="utf-8")


def _examples(name: str) -> Iterator[Example]:
    """Read a set, so many lines of it as stand behind a colon, so many times as stand behind a star."""
    if match := _PART_OF_SET.fullmatch(name):
        times, first = int(match["times"] or 1), int(match["first"]) if match["first"] else None
        found = list(itertools.islice(read_examples(Path(match["path"])), first))
        return itertools.chain.from_iterable(itertools.repeat(found, times))
    return read_examples(Path(name))


def _line(example: Example) -> str:
    row = {"id": example.id, "text": " ".join(example.tokens), "tokens": example.tokens, "labels": example.labels}
    return json.dumps(row, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
