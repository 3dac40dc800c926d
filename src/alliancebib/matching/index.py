"""Comparison forms under numbers and keys: which pairs are worth a look, and which references are near a given one.

Forms go in, pairs of numbers come out, each pair once. A block of forms with one key that is too large is walked in
sorted order with a window: nothing is dropped and nothing becomes quadratic.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence

from alliancebib.matching.forms import Forms, order_of
from alliancebib.matching.keys import keys_of

__all__ = ["LARGEST_BLOCK", "WINDOW", "Index", "pairs_of_block"]

#: The largest block whose pairs are all looked at, and how far the window reaches in larger ones.
LARGEST_BLOCK = 60
WINDOW = 12


def pairs_of_block(block: Sequence[int], forms: Sequence[Forms]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a block that are worth a look, the smaller number first.

    Args:
        block: Numbers of forms that share a key.
        forms: The forms by number.
    """
    reach = len(block)
    if reach > LARGEST_BLOCK:
        block, reach = sorted(block, key=lambda number: order_of(forms[number])), WINDOW
    for at, a in enumerate(block):
        for b in block[at + 1 : at + 1 + reach]:
            yield (a, b) if a < b else (b, a)


class Index:
    """All different comparison forms of a run, each under a number, with what shares a key with what.

    Keys are kept as 64-bit hashes: two keys with one hash make a pair too many, which the rules tell apart.
    """

    def __init__(self) -> None:
        self.forms: list[Forms] = []
        self._numbers: dict[Forms, int] = {}
        #: The keys of all numbers one behind the other, and where those of each number end.
        self._keys = array("q")
        self._ends = array("q", [0])
        #: One number, or all numbers, under a key.
        self._blocks: dict[int, int | list[int]] = {}
        self._large: dict[int, None] = {}
        self._ordered: dict[int, list[int]] = {}
        self._looked_at = 0
        #: Numbers that were looked at and given again since: of references that are merged now.
        self._again: set[int] = set()

    def add(self, forms: Forms) -> int:
        """Give the number of forms; equal forms have one number."""
        number = self._numbers.get(forms)
        if number is not None:
            if number < self._looked_at:
                self._again.add(number)
            return number
        number = self._numbers[forms] = len(self.forms)
        self.forms.append(forms)
        keys = [hash(key) for key in keys_of(forms)]
        self._keys.extend(keys)
        self._ends.append(len(self._keys))
        blocks = self._blocks
        for key in keys:
            block = blocks.get(key)
            if block is None:
                blocks[key] = number
            elif isinstance(block, int):
                blocks[key] = [block, number]
            else:
                block.append(number)
                if len(block) > LARGEST_BLOCK:
                    self._large[key] = None
        return number

    def pairs(self, among: Container[int]) -> Iterator[tuple[int, int]]:
        """Give the pairs of numbers that share a key, the smaller first.

        The first time all of them; then those with a number that was added since, whether it is new or not, and those
        of large blocks, where others stand side by side now.

        Args:
            among: The numbers that still stand for a reference.
        """
        first, self._looked_at = self._looked_at, len(self.forms)
        again, self._again = self._again, set()
        for number in sorted(again):
            if number < first and number in among:
                near = self._in_small_blocks(number, first)
                yield from ((min(other, number), max(other, number)) for other in near if other in among)
        for number in range(first, len(self.forms)):
            if number in among:
                near = self._in_small_blocks(number, number)
                yield from ((other, number) for other in near if other in among)
        for key in self._large:
            block = self._blocks[key]
            assert isinstance(block, list)
            yield from pairs_of_block([number for number in block if number in among], self.forms)

    def _in_small_blocks(self, number: int, end: int) -> list[int]:
        """Give the other numbers below ``end`` that share a small block with a number, in order."""
        found: set[int] = set()
        for key in self._keys[self._ends[number] : self._ends[number + 1]]:
            block = self._blocks[key]
            if not isinstance(block, int) and key not in self._large:
                found.update(block)
        return sorted(other for other in found if other < end and other != number)

    def restart(self) -> None:
        """Give all pairs anew: what is known of the whole has changed."""
        self._looked_at = 0

    def near(self, forms: Forms) -> list[int]:
        """Give the numbers that share a key with forms, which need not be in the index, in order.

        Of a large block those that stand next to the forms in its order.
        """
        found: set[int] = set()
        for key in map(hash, keys_of(forms)):
            block = self._blocks.get(key)
            if isinstance(block, int):
                found.add(block)
            elif block:
                found.update(self._next_to(forms, key, block))
        return sorted(found)

    def _next_to(self, forms: Forms, key: int, block: list[int]) -> list[int]:
        if len(block) <= LARGEST_BLOCK:
            return block
        ordered = self._ordered.get(key)
        if ordered is None or len(ordered) != len(block):
            ordered = self._ordered[key] = sorted(block, key=lambda number: order_of(self.forms[number]))
        place = bisect_left(ordered, order_of(forms), key=lambda number: order_of(self.forms[number]))
        return ordered[max(0, place - WINDOW) : place + WINDOW]
