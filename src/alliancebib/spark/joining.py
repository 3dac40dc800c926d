"""One component by itself: its references are joined as one process joins them, and their forms' doubts are told.

A join depends on the pairs of its own component alone, in their order; so each component can be joined on another
machine. In come the records, forms and rulings of one component, out come records, doubts, and what rulings across
components need to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from alliancebib.matching.clusters import Judge, Pair, between, join, of_places, speaking
from alliancebib.matching.forms import order_of
from alliancebib.matching.merging import merge
from alliancebib.matching.ruling import Facts
from alliancebib.matching.versions import leading
from alliancebib.spark.pairs import Ruled
from alliancebib.spark.records import Record, decoded, decoded_forms, encoded

__all__ = ["NEW", "Apart", "Decided", "Doubt", "Home", "Speakers", "across", "joined", "merged"]

#: The number of a reference that was just merged: its forms are not known yet.
NEW = -1


class Doubt(NamedTuple):
    """Two places that may be one work, and why. Of two doubts for one pair of references the later counts.

    ``order`` is that in which one process comes to them.
    """

    ends: Pair
    order: tuple[Any, ...]
    reason: str


class Speakers(NamedTuple):
    """The places of a number that are held against other numbers."""

    number: int
    places: tuple[int, ...]


class Home(NamedTuple):
    """Where a place went that shares its group with one that a person decided on."""

    place: int
    home: int


class Decided(NamedTuple):
    """Pairs of places that a person called the same, with reasons, those called different, and all their places."""

    same: dict[Pair, str]
    different: frozenset[Pair]
    places: frozenset[int]

    @classmethod
    def of(cls, same: dict[Pair, str], different: Iterable[Pair]) -> Decided:
        """Take decisions, the smaller place of each pair first."""
        different = frozenset(different)
        return cls(same, different, frozenset[int]().union(*same, *different))


class _Component:
    """Records, forms and rulings under numbers from 0 on, in the order that they have in the whole."""

    def __init__(self, parts: Iterable[Any]) -> None:
        records: list[Record] = []
        forms: dict[int, bytes] = {}
        ruled: list[Ruled] = []
        for part in parts:
            if isinstance(part, Record):
                records.append(part)
            elif isinstance(part, Ruled):
                ruled.append(part)
            else:
                forms[part[0]] = part[1]
        self.records = sorted(records)
        self.places = [record.place for record in self.records]
        self.names = sorted(forms)
        self.forms = [decoded_forms(forms[name]) for name in self.names]
        number = {name: at for at, name in enumerate(self.names)}
        self.numbers = [number[record.number] for record in self.records]
        self.rulings = {(number[one.pair[0]], number[one.pair[1]]): one.ruling for one in ruled}

    def decided(self, decided: Decided) -> Decided:
        """Give the decisions in places of this component; a place elsewhere is one behind its last."""
        at = {place: at for at, place in enumerate(self.places)}
        if decided.places.isdisjoint(at):
            return Decided.of({}, ())
        beyond = len(at)
        same = {(at[a], at[b]): reason for (a, b), reason in decided.same.items() if a in at and b in at}
        different = {(at.get(a, beyond), at.get(b, beyond)) for a, b in decided.different if a in at or b in at}
        return Decided.of(same, ((min(pair), max(pair)) for pair in different))


def joined(parts: Iterable[Any], facts: Facts, preset: str, decided: Decided, turn: int) -> Iterator[Any]:
    """Join one component.

    Args:
        parts: Its records, its rulings, and pairs of a number and the bytes of its forms.
        facts: What is known of the whole.
        preset: How bold to be.
        decided: What people decided, by places.
        turn: Which round this is.
    """
    whole = _Component(parts)
    ours = whole.decided(decided)
    judge = Judge(whole.forms, facts, preset)
    found = join(whole.numbers, whole.rulings, judge, same=ours.same, different=ours.different)
    yield from _merged(whole.records, found.groups)
    if found.doubts:
        order = _orders(whole, judge, ours, turn)
        for (a, b), reason in found.doubts.items():
            yield Doubt((whole.places[a], whole.places[b]), order[a, b], reason)
    yield from _speakers(whole, judge, ours)
    yield from _homes(whole, found.groups, decided)


def _merged(records: Sequence[Record], groups: Iterable[Sequence[int]]) -> Iterator[Record]:
    group_of = {place: group for group in groups for place in group}
    for at, record in enumerate(records):
        group = group_of.get(at)
        if group is None:
            yield record
        elif group[0] == at:
            yield merged([records[member] for member in group])


def merged(records: Sequence[Record], *, versions: bool = False) -> Record:
    """Make one record of several in their order; ``versions``: they are several versions of one text."""
    references = [decoded(record.reference) for record in records]
    one, _ = merge(references, published=leading(references, always=versions))
    members = sorted(member for record in records for member in record.members)
    return Record(records[0].place, NEW, tuple(members), encoded(one))


def _orders(whole: _Component, judge: Judge, ours: Decided, turn: int) -> dict[Pair, tuple[Any, ...]]:
    """Say of each pair when one process comes to it: alike pairs from strong to weak, then the others by number."""
    orders: dict[Pair, tuple[Any, ...]] = {}
    undecided = of_places(whole.numbers, whole.rulings, judge, ours.places)
    for at, ((a, b), ruling) in enumerate(undecided):
        place, other = whole.numbers[a], whole.numbers[b]
        if ruling.verdict == "same":
            contents = sorted(order_of(whole.forms[number]) for number in (place, other))
            orders[a, b] = (turn, 0, -ruling.score, contents, (whole.places[a], whole.places[b]))
        elif place == other:
            orders[a, b] = (turn, 1, 0, (whole.places[whole.numbers.index(place)],), at)
        else:
            names = sorted((whole.names[place], whole.names[other]))
            orders[a, b] = (turn, 1, 1, tuple(names), at)
    return orders


def _speakers(whole: _Component, judge: Judge, ours: Decided) -> Iterator[Speakers]:
    places: dict[int, list[int]] = {}
    for at, number in enumerate(whole.numbers):
        places.setdefault(number, []).append(at)
    for number, equal in places.items():
        heard = speaking(equal, judge(number, number), ours.places) if len(equal) > 1 else equal
        yield Speakers(whole.names[number], tuple(whole.places[at] for at in heard))


def _homes(whole: _Component, groups: Iterable[Sequence[int]], decided: Decided) -> Iterator[Home]:
    for group in groups:
        places = [whole.places[at] for at in group]
        if not decided.places.isdisjoint(places):
            yield from (Home(place, places[0]) for place in places)


class Apart(NamedTuple):
    """What a person's word keeps apart: pairs of homes, and where the places near such words went."""

    pairs: frozenset[Pair]
    home: dict[int, int]

    def holds(self, a: int, b: int) -> bool:
        """Say whether the groups of two places are kept apart."""
        one, other = self.home.get(a, a), self.home.get(b, b)
        return (one, other) in self.pairs or (other, one) in self.pairs


def across(ruled: Ruled, ours: Sequence[int], theirs: Sequence[int], apart: Apart, turn: int) -> Iterator[Doubt]:
    """Tell the doubts of a ruling whose numbers are in two components.

    Args:
        ruled: The ruling.
        ours: The places that speak for the smaller number.
        theirs: Those that speak for the larger.
        apart: What is kept apart; that is no doubt.
        turn: Which round this is.
    """
    mine = set(ours)
    for at, (a, b) in enumerate(between(ours, theirs)):
        if not apart.holds(a, b):
            reasons = ruled.ruling.reasons if a in mine else ruled.turned
            yield Doubt((a, b), (turn, 1, 1, ruled.pair, at), "; ".join(reasons))
