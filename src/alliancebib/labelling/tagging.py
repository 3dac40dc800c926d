"""Words to labels, by the model that is shipped: the best sequence (Viterbi) and the probability of each label in it.

A label begins anew where a second field of the same sort follows the first (``B-``, ``I-`` of the usual notation), so
that two neighbouring fields are told apart; outside of this room labels are bare.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

import msgspec
import pycrfsuite

from alliancebib.labelling.features import features
from alliancebib.labelling.tokens import Word

__all__ = ["LABELS", "Labelled", "attributes_of", "label_words", "marked", "unmarked"]

#: The parts of a reference that the model tells apart; the names are those of AnyStyle, shortened.
LABELS = tuple(
    "author editor translator title container date volume pages publisher location series edition url doi isbn note "
    "num other".split()
)


_NUMBER = struct.Struct("<I")
#: Where a model file says at which byte its attributes begin.
_ATTRIBUTES_AT = 36


class Labelled(msgspec.Struct, frozen=True, gc=False):
    """A word with its label; ``begins`` says that a field begins with it, ``probability`` is the model's, 0 to 1."""

    word: Word
    label: str
    begins: bool
    probability: float


class _Model(msgspec.Struct, frozen=True, gc=False):
    """An open model with its file's content, which must stay where it is, and the attributes that it knows."""

    tagger: pycrfsuite.Tagger
    content: bytes
    known: frozenset[bytes]


@cache
def _model() -> _Model:
    content = files("alliancebib.labelling").joinpath("model.crf").read_bytes()
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(content)
    return _Model(tagger, content, attributes_of(content))


def attributes_of(model: bytes) -> frozenset[bytes]:
    """Read the names of a model's attributes off its file.

    CRFsuite keeps them in a constant database (``crf1d_model.c``, ``cqdb.c``): the model's header says where it begins;
    behind its own header of 24 bytes, whose last two numbers are how many records it has and where their places are
    listed, stand records of number, length and name with a closing zero.
    """
    (start,) = _NUMBER.unpack_from(model, _ATTRIBUTES_AT)
    database = model[start:]
    count, listed = struct.unpack_from("<2I", database, 16)
    places = struct.unpack_from(f"<{count}I", database, listed)
    last = places[-1] + 8 + _NUMBER.unpack_from(database, places[-1] + 4)[0]
    return frozenset([database[place + 8 : end - 1] for place, end in pairwise((*places, last))])


def label_words(words: Sequence[Word]) -> list[Labelled]:
    """Label the words of one reference, in time linear in their number.

    >>> from alliancebib.labelling.tokens import split_words
    >>> found = label_words(split_words("Doe, J. (2018). The war of words. The Journal, 11(3), 297-338."))
    >>> [one.label for one in found][:3], found[-1].label
    (['author', 'author', 'date'], 'pages')
    """
    if not words:
        return []
    model = _model()
    tagger = model.tagger
    tagger.set(features([word.text for word in words], model.known))
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
