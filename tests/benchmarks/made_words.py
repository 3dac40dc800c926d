"""Words, names, journals and houses that are made of syllables, for `made_records.py`; always the same ones.

They are as unequal as real ones: drawn by their ranks as Zipf and Mandelbrot found, a few are everywhere and most are
rare. The weights are set so that the commonest word is one in 200, the commonest family name one in 120.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

#: The years that works are of; all journals are older.
FIRST, LAST = 1980, 2026
FRONTS = {
    "Journal of": "J.",
    "International Journal of": "Int. J.",
    "Annals of": "Ann.",
    "Archives of": "Arch.",
    "European Review of": "Eur. Rev.",
    "Studies in": "Stud.",
}


class Ranked(NamedTuple):
    """Values, and their weights added up: the first is the commonest."""

    values: list[str]
    weights: list[float]

    def draw(self, dice: random.Random, count: int) -> list[str]:
        return dice.choices(self.values, cum_weights=self.weights, k=count)


class Journal(NamedTuple):
    """A journal under both of its names, and the year before its first volume."""

    name: str
    short: str
    before: int


class Stock(NamedTuple):
    """What records are made of; the same for every seed."""

    words: Ranked
    families: Ranked
    givens: Ranked
    journals: list[Journal]
    short: dict[str, str]
    outlets: list[str]
    publishers: list[str]


def _ranked(values: list[str], *, shift: float, power: float) -> Ranked:
    """Weigh values by their rank as Zipf and Mandelbrot found."""
    return Ranked(values, list(accumulate((rank + shift) ** -power for rank in range(1, len(values) + 1))))


def _syllables(dice: random.Random, count: int) -> str:
    onsets = "b c d f g h j k l m n p r s t v w z br cr dr fr gr pl pr st str tr th sh ch".split()
    ends = ("", "", "n", "r", "l", "s", "t")
    return "".join(dice.choice(onsets) + dice.choice("aaeeiou") + dice.choice(ends) for _ in range(count))


def _made_words(dice: random.Random, count: int, *, lengths: Sequence[int], endings: Sequence[str]) -> list[str]:
    """Make so many different words, one in six of them another with an ending; shorter ones rather come first."""
    made: dict[str, None] = {}
    while len(made) < count:
        word = _syllables(dice, dice.choice(lengths))
        made[word] = None
        if dice.random() < 0.2:
            made[word + dice.choice(endings)] = None
    return sorted(list(made)[:count], key=lambda word: len(word) + dice.gauss(0, 3))


@cache
def stock() -> Stock:
    """Make the words, names, journals and houses."""
    dice = random.Random(20_000)
    words = _made_words(dice, 20_000, lengths=(2, 2, 2, 3, 3, 4), endings=("s", "al", "ing", "ed", "ic", "ation"))
    families = [
        name.capitalize()
        for name in _made_words(dice, 20_000, lengths=(1, 2, 2, 2, 3, 3), endings=("son", "ov", "ez", "man"))
    ]
    givens = [name.capitalize() for name in _made_words(dice, 2_000, lengths=(1, 2, 2, 3), endings=("a", "o", "ine"))]
    journals: dict[str, Journal] = {}
    while len(journals) < 2_000:
        front = dice.choice(list(FRONTS))
        subject = [word.capitalize() for word in dice.sample(words[:3_000], dice.randint(1, 3))]
        short = " ".join([FRONTS[front], *(word if len(word) < 6 else f"{word[:5]}." for word in subject)])
        name = f"{front} {' and '.join([' '.join(subject[:2]), *subject[2:]])}"
        journals[name] = Journal(name, short, dice.randint(1900, FIRST - 1))
    outlets = [f"{word.capitalize()} {dice.choice(('News', 'Times', 'Post', 'Agency'))}" for word in words[3_000:3_150]]
    publishers = [f"{word.capitalize()} {dice.choice(('Press', 'Verlag', 'and Sons'))}" for word in words[3_200:3_400]]
    return Stock(
        words=_ranked(words, shift=20, power=0.9),
        families=_ranked(families, shift=10, power=0.9),
        givens=_ranked(givens, shift=5, power=0.9),
        journals=list(journals.values()),
        short={journal.name: journal.short for journal in journals.values()},
        outlets=outlets,
        publishers=publishers,
    )
