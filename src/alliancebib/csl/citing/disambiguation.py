"""Cites that would read alike are made to differ: more names, given names, a condition, a letter behind the year.

Items come in groups that read alike (found with a hash, so that only those are touched); hints for each go out
(CSL 1.0.2, "Disambiguation"). The steps are tried in the order of the specification, and only those that set cites
apart are kept: each step shows one name more, or more of one name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from alliancebib.csl.citing.entry import Entry
from alliancebib.csl.citing.people import people_levels
from alliancebib.csl.elements.name_list import NameOptions
from alliancebib.csl.elements.rendering import NO_HINTS, Hints, Rendering
from alliancebib.csl.program import Area

__all__ = ["disambiguated", "suffix_letters"]

#: Renders a cite with hints: its text without decorations, and the rendering, which knows the names it printed.
Reading = Callable[[Entry, Hints], tuple[str, Rendering]]
Group = list[Entry]
NameLists = Sequence[tuple[object, ...]]


def disambiguated(entries: Sequence[Entry], area: Area, read: Reading) -> dict[str, Hints]:
    """Give the hints of every entry that needs some, by id; ``entries`` stand in the order of their year suffixes."""
    if not (area.add_names or area.add_givenname or area.add_year_suffix or area.asks_disambiguate):
        return {}
    people = _people(entries, area, read)
    work = _Disambiguation(area, read, Hints(people=people))
    alike: dict[str, Group] = defaultdict(list)
    for entry in entries:
        alike[read(entry, work.start)[0]].append(entry)
    for text, group in alike.items():
        if len(group) > 1 and text:
            work.settle(group)
    hints = work.hints
    if people:
        hints = {entry.item.id: hints.get(entry.item.id, work.start) for entry in entries}
    return hints


def _people(entries: Sequence[Entry], area: Area, read: Reading) -> Mapping[object, int]:
    """Work out the given names that tell people apart everywhere, for all rules but "by-cite"."""
    if not area.add_givenname or area.givenname_rule == "by-cite":
        return {}
    lists = []
    for entry in entries:
        rendering = read(entry, NO_HINTS)[1]
        lists += [(names[:shown], options) for (names, options), shown in zip(rendering.name_lists, rendering.shown, strict=True)]  # type: ignore[misc]
    return people_levels(lists, area.givenname_rule)


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
        steps = list(self._steps(group, start))
        open_: list[tuple[Group, Hints, int]] = [(group, start, 0)]
        while open_:
            alike, best, number = open_.pop(0)
            while number < len(steps):
                classes = self._parted(alike, steps[number])
                number += 1
                if len(classes) > 1:
                    best = _with_step(best, steps[number - 1], steps[number - 2] if number > 1 else start)
                    open_ += [(part, best, number) for part in classes if len(part) > 1]
                    for part in classes:
                        if len(part) == 1:
                            self._keep(part, best)
                    break
            else:
                self._keep(alike, best)
                yield alike, best

    def _steps(self, group: Group, start: Hints) -> Iterator[Hints]:
        """Give the hints of each step: a name more, or more of the last name."""
        lists, shown = self._name_lists(group, start)
        names = list(shown)
        givens = [[0] * max(count, 1) for count in shown]
        for place, (people, options) in enumerate(lists):
            most = len(people)
            position = 0
            while True:
                yield from self._raised(start, names, givens, (place, position), options)
                position += 1
                if position >= most:
                    break
                if position >= names[place]:
                    if not self.area.add_names:
                        break
                    names[place] += 1
                    givens[place].append(0)
                    yield _hints(start, names, givens)

    def _raised(
        self, start: Hints, names: list[int], givens: list[list[int]], spot: tuple[int, int], options: NameOptions
    ) -> Iterator[Hints]:
        if not self.area.add_givenname or self.area.givenname_rule.startswith("primary-name") and spot[1]:
            return
        if self.area.givenname_rule != "by-cite":
            return
        levels = (1, 2) if options.shape.initialize_with is not None else (2,)
        for level in levels:
            givens[spot[0]][spot[1]] = level
            yield _hints(start, names, givens)

    def _name_lists(self, group: Group, start: Hints) -> tuple[list[tuple[Sequence[object], NameOptions]], list[int]]:
        """Give the longest list of names at each place, and how many are shown there at first."""
        lists: list[tuple[Sequence[object], NameOptions]] = []
        shown: list[int] = []
        for entry in group:
            rendering = self._read(entry, start)[1]
            for place, (people, options) in enumerate(rendering.name_lists):
                if place == len(lists):
                    lists.append((people, options))  # type: ignore[arg-type]
                    shown.append(rendering.shown[place])
                elif len(people) > len(lists[place][0]):  # type: ignore[arg-type]
                    lists[place] = (people, options)  # type: ignore[assignment]
        return lists, shown

    def _by_condition(self, group: Group, hints: Hints) -> Iterator[tuple[Group, Hints]]:
        """Let the branches print whose condition is ``disambiguate="true"``."""
        if not self.area.asks_disambiguate:
            yield group, hints
            return
        marked = hints._replace(condition=True)
        for part in self._parted(group, marked):
            self._keep(part, marked)
            if len(part) > 1:
                yield part, marked

    def _by_year(self, group: Group, hints: Hints) -> None:
        if not self.area.add_year_suffix or len(group) < 2:
            return
        for place, entry in enumerate(group):
            self.hints[entry.item.id] = hints._replace(year_suffix=suffix_letters(place))


def _hints(start: Hints, names: Sequence[int], givens: Sequence[Sequence[int]]) -> Hints:
    return start._replace(names=tuple(names), givens=tuple(tuple(levels) for levels in givens))


def _with_step(best: Hints, now: Hints, before: Hints) -> Hints:
    """Take over what one step changed: the number of names of a list, or the level of one name."""
    names = list(now.names)
    for place, count in enumerate(now.names):
        was = before.names[place] if place < len(before.names) else 0
        if count == was:
            names[place] = best.names[place] if place < len(best.names) else 0
    givens = []
    for place, levels in enumerate(now.givens):
        was_levels = before.givens[place] if place < len(before.givens) else ()
        kept = best.givens[place] if place < len(best.givens) else ()
        givens.append(
            tuple(
                level if level != (was_levels[number] if number < len(was_levels) else 0) else (kept[number] if number < len(kept) else 0)
                for number, level in enumerate(levels)
            )
        )
    return best._replace(names=tuple(names), givens=tuple(givens))
