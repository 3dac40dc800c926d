"""Cites that would read alike are made to differ: more names, given names, a condition, a letter behind the year.

Items come in groups that read alike (found with a hash, so that only those are touched); hints for each go out
(CSL 1.0.2, "Disambiguation"). The steps are tried in the order of the specification, and only those that set cites
apart are kept: each step shows one name more, or more of one name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from alliancebib.csl.citing.entry import Entry
from alliancebib.csl.citing.people import Families, OwnNames, people_levels
from alliancebib.csl.elements.rendering import NO_HINTS, Hints, NamesShown, Rendering
from alliancebib.csl.program import Area

__all__ = ["disambiguated", "suffix_letters"]

#: Renders a cite with hints: its text without decorations, and the rendering, which knows the names it printed.
Reading = Callable[[Entry, Hints], tuple[str, Rendering]]
Group = list[Entry]
_T = TypeVar("_T")
#: More names than these are never added to tell cites apart; some collaborations have thousands of authors.
_MOST_NAMES = 60


def disambiguated(entries: Sequence[Entry], area: Area, read: Reading) -> dict[str, Hints]:
    """Give the hints of every entry that needs some, by id; ``entries`` stand in the order of their year suffixes."""
    if not (area.add_names or area.add_givenname or area.add_year_suffix or area.asks_disambiguate):
        return {}
    lists = _lists(entries, area, read)
    cut = [shown._replace(names=shown.names[: shown.shown]) for shown in lists]
    start = Hints(
        people=people_levels(cut, area.givenname_rule),
        families=Families(lists, area.givenname_rule) if lists else _own_names(entries, area, read),
        primary_only=area.givenname_rule.startswith("primary-name"),
    )
    work = _Disambiguation(area, read, start)
    alike: dict[str, Group] = defaultdict(list)
    for entry in entries:
        alike[read(entry, work.start)[0]].append(entry)
    for group in alike.values():
        if len(group) > 1:
            work.settle(group)
    hints = work.hints
    if start.families is not None:
        hints = {entry.item.id: hints.get(entry.item.id, work.start) for entry in entries}
    return hints


def _lists(entries: Sequence[Entry], area: Area, read: Reading) -> list[NamesShown]:
    """Give the names of all cites, where given names tell people apart everywhere: by all rules but "by-cite"."""
    if not area.add_givenname or area.givenname_rule == "by-cite":
        return []
    return [shown for entry in entries for shown in read(entry, NO_HINTS)[1].name_lists]


def _own_names(entries: Sequence[Entry], area: Area, read: Reading) -> OwnNames | None:
    """Let entries tell apart who stands in one list, where cites add given names to family names."""
    if not area.add_givenname:
        return None
    lists = (shown for entry in entries for shown in read(entry, NO_HINTS)[1].name_lists)
    first = next(lists, None)
    return OwnNames() if first is not None and not first.long else None


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


class _Disambiguation:
    """One run over all groups; ``hints`` grows, everything else stays."""

    def __init__(self, area: Area, read: Reading, start: Hints) -> None:
        self.area = area
        self.start = start
        self.hints: dict[str, Hints] = {}
        self._read = read

    def settle(self, group: Group) -> None:
        """Find hints for a group that reads alike."""
        for left, hints in self._by_names(group, self.start):
            for rest, best in self._by_condition(left, hints):
                self._by_year(rest, best)

    def _keep(self, group: Group, hints: Hints) -> None:
        for entry in group:
            self.hints[entry.item.id] = hints

    def _parted(self, group: Group, hints: Hints) -> list[Group]:
        classes: dict[str, Group] = defaultdict(list)
        for entry in group:
            classes[self._read(entry, hints)[0]].append(entry)
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
        lists = [shown for entry in group for shown in self._read(entry, start)[1].name_lists]
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
            for place, shown in enumerate(self._read(entry, start)[1].name_lists):
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
        while open_ and tests < max(self._read(entry, hints)[1].conditions_met for entry in group):
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
