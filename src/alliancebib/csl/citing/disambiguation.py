"""Cites that would read alike are made to differ: more names, given names, a condition, a letter behind the year.

Items come in groups that read alike (found with a hash, so that only those are touched); hints for each go out
(CSL 1.0.2, "Disambiguation"). The steps are tried in the order of the specification, and only those that set cites
apart are kept: each step shows one name more, or more of one name. Groups that are what they were before are not
settled again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from alliancebib.csl.citing.entry import Entry
from alliancebib.csl.citing.people import Families, OwnNames, People, people_levels
from alliancebib.csl.citing.readings import Readings, Sight
from alliancebib.csl.elements.rendering import NO_HINTS, Hints, NamesShown
from alliancebib.csl.item import Item, PersonName
from alliancebib.csl.program import Area

__all__ = ["Disambiguation", "suffix_letters"]

Group = list[Entry]
_T = TypeVar("_T")
#: More names than these are never added to tell cites apart; some collaborations have thousands of authors.
_MOST_NAMES = 60
#: More tests for ``disambiguate`` are not tried one by one; each of them has the whole group rendered once more.
_MOST_TESTS = 100


class _Seen(NamedTuple):
    """How a cite reads at first, what that depends on, and its hints where it has some before cites are compared."""

    sight: Sight
    text: str
    hints: Hints | None


class Disambiguation:
    """Tells the cites of a document apart, again and again as it changes."""

    def __init__(self, area: Area, readings: Readings) -> None:
        self._area = area
        self._readings = readings
        self._by_cite = not area.add_givenname or area.givenname_rule == "by-cite"
        self._people = People(area.givenname_rule)
        self._start = Hints(people=self._people.levels, primary_only=area.givenname_rule.startswith("primary-name"))
        self._seen: dict[Item, _Seen] = {}
        self._shown: dict[Item, Sequence[NamesShown]] = {}
        self._settled: dict[tuple[Sight, ...], Mapping[str, Hints]] = {}

    def hints(self, entries: Sequence[Entry]) -> Mapping[str, Hints]:
        """Give the hints of every entry that needs some, by id; they stand in the order of their year suffixes."""
        area = self._area
        if not (area.add_names or area.add_givenname or area.add_year_suffix or area.asks_disambiguate):
            return {}
        self._look(entries)
        alike: dict[str, Group] = defaultdict(list)
        found: dict[str, Hints] = {}
        for entry in entries:
            seen = self._seen[entry.item]
            alike[seen.text].append(entry)
            if seen.hints is not None:
                found[entry.item.id] = seen.hints
        before, self._settled = self._settled, {}
        for group in alike.values():
            if len(group) > 1:
                sights = tuple(self._seen[entry.item].sight for entry in group)
                known = before.get(sights)
                self._settled[sights] = self._settle(group) if known is None else known
                found |= self._settled[sights]
        return found

    def listed(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Give entries with the hints that hold in a bibliography.

        Names that tell cites apart are shown there too where given names do; and given names tell people apart by how
        the bibliography shows them.
        """
        families, primary_only = self._families(entries), self._start.primary_only
        if families is not None:
            hints = [entry.hints._replace(families=families, primary_only=primary_only) for entry in entries]
        elif self._area.add_givenname:
            return entries
        else:
            hints = [entry.hints._replace(names=()) for entry in entries]
        return [entry.hinted(own) for entry, own in zip(entries, hints, strict=True)]

    def _families(self, entries: Sequence[Entry]) -> Families | OwnNames | None:
        """Say from whom given names tell people apart in the entries of a bibliography, None where they do not.

        By all rules but "by-cite" that is everyone in the cites; by that one those in the same list, where cites show
        family names alone.
        """
        if not self._area.add_givenname:
            return None
        lists = (shown for entry in entries for shown in self._readings.read(entry, NO_HINTS).name_lists)
        first = next(lists, None)
        if first is None:
            return None
        if self._by_cite:
            return None if first.long else OwnNames()
        return Families([first, *lists], self._area.givenname_rule)

    def _settle(self, group: Group) -> Mapping[str, Hints]:
        hints = _Run(self._area, self._readings, self._start).settled(group)
        return {
            entry.item.id: self._own(hints[entry.item.id], self._readings.sight(entry, hints[entry.item.id]))
            for entry in group
            if entry.item.id in hints
        }

    def _look(self, entries: Sequence[Entry]) -> None:
        """See how each cite reads at first; one seen before is read again only where people near it have changed."""
        items = {entry.item: entry for entry in entries}
        gone = self._seen.keys() - items.keys()
        new = [entry for entry in entries if self._area.prints_number or entry.item not in self._seen]
        changed = self._change_people(gone, new)
        for item in gone:
            del self._seen[item]
        if changed:
            new += [items[item] for item in self._seen if not changed.isdisjoint(self._readings.names(item))]
        for entry in new:
            sight = self._readings.sight(entry, self._start)
            text = self._readings.read(entry, self._start).text
            self._seen[entry.item] = _Seen(sight, text, self._own(self._start, sight) if sight[-1] else None)

    def _change_people(self, gone: Collection[Item], new: Sequence[Entry]) -> set[PersonName]:
        """Take the people of cites in and out, for all rules but "by-cite"; give those who are told apart otherwise."""
        if self._by_cite:
            return set()
        before = [shown for item in gone for shown in self._shown.pop(item, ())]
        after: list[NamesShown] = []
        for entry in new:
            if entry.item not in self._shown:
                lists = self._readings.read(entry, NO_HINTS).name_lists
                self._shown[entry.item] = [shown._replace(names=shown.names[: shown.shown]) for shown in lists]
                after += self._shown[entry.item]
        return self._people.change(before, after)

    def _own(self, hints: Hints, sight: Sight) -> Hints:
        """Give hints with those people alone that an item has, so that they stay the same when others come."""
        own = dict(sight[-1])
        return hints._replace(people=own, primary_only=hints.primary_only and bool(own))


def suffix_letters(place: int) -> str:
    """Give the year suffix of a place: a to z, then aa, ab ...

    >>> suffix_letters(0), suffix_letters(25), suffix_letters(26)
    ('a', 'z', 'aa')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


class _Run:
    """One run over a group; ``hints`` grows, everything else stays."""

    def __init__(self, area: Area, readings: Readings, start: Hints) -> None:
        self.area = area
        self.start = start
        self.hints: dict[str, Hints] = {}
        self._read = readings.read

    def settled(self, group: Group) -> Mapping[str, Hints]:
        """Find hints for a group that reads alike."""
        for left, hints in self._by_names(group, self.start):
            for rest, best in self._by_condition(left, hints):
                self._by_year(rest, best)
        return self.hints

    def _keep(self, group: Group, hints: Hints) -> None:
        for entry in group:
            self.hints[entry.item.id] = hints

    def _parted(self, group: Group, hints: Hints) -> list[Group]:
        classes: dict[str, Group] = defaultdict(list)
        for entry in group:
            classes[self._read(entry, hints).text].append(entry)
        return list(classes.values())

    def _by_names(self, group: Group, start: Hints) -> Iterator[tuple[Group, Hints]]:
        """Add names and given names step by step; give what still reads alike."""
        if not (self.area.add_names or self.area.add_givenname):
            yield group, start
            return
        start = self._with_people(group, start)
        steps = list(self._steps(group, start))
        if not steps or len(self._parted(group, steps[-1].hints)) == 1:  # all that can be shown makes no difference
            self._keep(group, start)
            yield group, start
            return
        open_: list[tuple[Group, Hints, int]] = [(group, start, 0)]
        while open_:
            alike, best, number = open_.pop(0)
            while number < len(steps):
                classes = self._parted(alike, steps[number].hints)
                number += 1
                if len(classes) > 1:
                    best = steps[number - 1].kept_in(best)
                    open_ += [(part, best, number) for part in classes if len(part) > 1]
                    for part in classes:
                        if len(part) == 1:
                            self._keep(part, best)
                    break
            else:
                self._keep(alike, best)
                yield alike, best

    def _with_people(self, group: Group, start: Hints) -> Hints:
        """Let names that are added be told apart as well, where given names follow from people and not from cites."""
        if not (self.area.add_givenname and self.area.add_names) or self.area.givenname_rule == "by-cite":
            return start
        lists = [shown for entry in group for shown in self._read(entry, start).name_lists]
        added = people_levels(lists, self.area.givenname_rule)
        return start._replace(people={**added, **start.people})

    def _steps(self, group: Group, start: Hints) -> Iterator[_Step]:
        """Give the hints of each step: a name more, or more of the last name."""
        lists = self._longest_lists(group, start)
        names = [shown.shown for shown in lists]
        givens = [[0] * max(count, 1) for count in names]
        for place, shown in enumerate(lists):
            for position in range(min(len(shown.names), _MOST_NAMES)):
                if position >= names[place]:
                    if not self.area.add_names:
                        break
                    names[place] += 1
                    givens[place].append(0)
                    yield _Step(_hints(start, names, givens), place, position)
                for level in self._levels(shown):
                    givens[place][position] = level
                    yield _Step(_hints(start, names, givens), place, position)

    def _levels(self, shown: NamesShown) -> tuple[int, ...]:
        """Give the levels that a given name can be raised to, cite by cite."""
        if not self.area.add_givenname or self.area.givenname_rule != "by-cite":
            return ()
        return (1, 2) if shown.mark is not None else (2,)

    def _longest_lists(self, group: Group, start: Hints) -> list[NamesShown]:
        """Give the longest list of names at each place."""
        lists: list[NamesShown] = []
        for entry in group:
            for place, shown in enumerate(self._read(entry, start).name_lists):
                if place == len(lists):
                    lists.append(shown)
                elif len(shown.names) > len(lists[place].names):
                    lists[place] = shown._replace(shown=lists[place].shown)
        return lists

    def _by_condition(self, group: Group, hints: Hints) -> Iterator[tuple[Group, Hints]]:
        """Let the branches print whose condition is ``disambiguate="true"``."""
        if not self.area.asks_disambiguate:
            yield group, hints
            return
        open_, tests = [group], 0
        most = min(_MOST_TESTS, max(self._read(entry, hints).conditions_met for entry in group))
        while open_ and tests < most:
            tests += 1
            marked = hints._replace(conditions=tests)
            parts = [part for alike in open_ for part in self._parted(alike, marked)]
            for part in parts:
                self._keep(part, marked)
            open_ = [part for part in parts if len(part) > 1]
        for part in open_:
            yield part, hints._replace(conditions=tests)

    def _by_year(self, group: Group, hints: Hints) -> None:
        if not self.area.add_year_suffix or len(group) < 2:
            return
        for place, entry in enumerate(group):
            self.hints[entry.item.id] = hints._replace(year_suffix=suffix_letters(place))


class _Step(NamedTuple):
    """Hints of one step, and the name that the step is about: its list and its place there."""

    hints: Hints
    list: int
    place: int

    def kept_in(self, best: Hints) -> Hints:
        """Take over how many names of the list are shown, and how much of the one name."""
        names = _longer(best.names, self.list, 0)
        names[self.list] = self.hints.names[self.list]
        givens = [list(levels) for levels in _longer(best.givens, self.list, ())]
        levels = _longer(tuple(givens[self.list]), self.place, 0)
        levels[self.place] = self.hints.givens[self.list][self.place]
        givens[self.list] = levels
        return _hints(best, names, givens)


def _longer(values: tuple[_T, ...], place: int, filler: _T) -> list[_T]:
    return [*values, *([filler] * (place + 1 - len(values)))]


def _hints(start: Hints, names: Sequence[int], givens: Sequence[Sequence[int]]) -> Hints:
    return start._replace(names=tuple(names), givens=tuple(tuple(levels) for levels in givens))
