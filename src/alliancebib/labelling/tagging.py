"""Words to labels, by the model that is shipped: the best sequence (Viterbi) and the probability of each label in it.

A label begins anew where a second field of the same sort follows the first (``B-``, ``I-`` of the usual notation), so
that two neighbouring fields are told apart; outside of this room labels are bare.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import msgspec
import pycrfsuite

from alliancebib.labelling.features import features
from alliancebib.labelling.tokens import Word

__all__ = ["LABELS", "Labelled", "label_words", "marked", "unmarked"]

#: The parts of a reference that the model tells apart; the names are those of AnyStyle, shortened.
LABELS = tuple(
    "author editor translator title container date volume pages publisher location series edition url doi isbn note "
    "num other".split()
)


class Labelled(msgspec.Struct, frozen=True, gc=False):
    """A word with its label; ``begins`` says that a field begins with it, ``probability`` is the model's, 0 to 1."""

    word: Word
    label: str
    begins: bool
    probability: float


@cache
def _tagger() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    with as_file(files("alliancebib.labelling").joinpath("model.crf")) as path:
        tagger.open(str(path))
    return tagger


def label_words(words: Sequence[Word]) -> list[Labelled]:
    """Label the words of one reference, in time linear in their number.

    >>> from alliancebib.labelling.tokens import split_words
    >>> found = label_words(split_words("Doe, J. (2018). The war of words. The Journal, 11(3), 297-338."))
    >>> [one.label for one in found][:3], found[-1].label
    (['author', 'author', 'date'], 'pages')
    """
    if not words:
        return []
    tagger = _tagger()
    tagger.set(features([word.text for word in words]))
    marks = tagger.tag()
    return [
        Labelled(word, mark[2:], mark[0] == "B", tagger.marginal(mark, place))
        for place, (word, mark) in enumerate(zip(words, marks, strict=True))
    ]


def marked(labels: Sequence[str]) -> list[str]:
    """Mark where fields begin.

    >>> marked(["author", "author", "date"])
    ['B-author', 'I-author', 'B-date']
    """
    before = ("", *labels)
    return [("I-" if label == last else "B-") + label for label, last in zip(labels, before, strict=False)]


def unmarked(marks: Sequence[str]) -> list[str]:
    """Take the marks off again."""
    return [mark[2:] for mark in marks]
