"""Strings labelled by hand, in several languages, from which the model did not learn: it must not fall below that.

Each line of ``strings/*.txt`` is a reference string, its fields in braces behind their labels.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from alliancebib.labelling import label_words, split_words
from alliancebib.labelling.train import Example, read_examples

STRINGS = sorted((Path(__file__).parent / "strings").glob("*.txt"))
TRAINING = sorted((Path(__file__).parents[2] / "training" / "strings").glob("*.txt"))
#: Set -> the share of parts with the right label and extent, and that of strings whose parts all have, less a little.
FLOORS = {
    "english": (0.9, 0.67),
    "german": (0.87, 0.62),
    "italian": (0.9, 0.74),
    "romance": (0.86, 0.58),
    "russian": (0.73, 0.43),
}


def parts(example: Example) -> set[tuple[str, str]]:
    """Give label and words of each part."""
    pairs = groupby(zip(example.labels, example.tokens, strict=True), key=lambda pair: pair[0])
    return {(label, " ".join(token for _, token in words)) for label, words in pairs}


def labelled(example: Example) -> Example:
    words = label_words(split_words(" ".join(example.tokens)))
    return Example(example.id, [one.word.text for one in words], [one.label for one in words])


@pytest.mark.parametrize("path", STRINGS, ids=lambda path: path.stem)
def test_strings_of_other_languages_are_labelled(path: Path) -> None:
    examples = list(read_examples(path))
    found = [labelled(example) for example in examples]
    right = sum(len(parts(one) & parts(other)) for one, other in zip(examples, found, strict=True))
    whole = sum(parts(one) == parts(other) for one, other in zip(examples, found, strict=True))
    fields, strings = FLOORS[path.stem]
    assert right / sum(len(parts(one)) for one in examples) >= fields
    assert whole / len(examples) >= strings


def test_no_string_is_both_learned_from_and_tested_on() -> None:
    learned = {line for path in TRAINING for line in path.read_text(encoding="utf-8").splitlines()}
    assert not learned & {line for path in STRINGS for line in path.read_text(encoding="utf-8").splitlines()}
