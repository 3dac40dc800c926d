"""People with the same family name, over all cites: how much of the given name tells them apart.

For the rules of ``givenname-disambiguation-rule`` that are not about one cite ("all-names", "primary-name", and both
"with-initials"; CSL 1.0.2, "Disambiguation").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from alliancebib.csl.elements.initials import initialized
from alliancebib.csl.elements.rendering import NamesShown
from alliancebib.csl.item import PersonName

__all__ = ["People", "people_levels"]


def people_levels(lists: Iterable[NamesShown], rule: str) -> Mapping[PersonName, int]:
    """Give the level (1 initials, 2 the whole given name) of each name that needs one."""
    people = People(rule)
    people.change((), lists)
    return people.levels


class People:
    """The people of all cites by family; ``levels`` has the names that need more of their given name, and how much.

    Cites come and go: only the families of those that did are looked at again.
    """

    def __init__(self, rule: str) -> None:
        self.levels: dict[PersonName, int] = {}
        self._first_only = rule.startswith("primary-name")
        self._initials_only = rule.endswith("with-initials")
        #: For each family its names, each with whether its given name stands whole, and how often that is printed.
        self._families: dict[str, Counter[tuple[PersonName, bool]]] = defaultdict(Counter)

    def change(self, gone: Iterable[NamesShown], new: Iterable[NamesShown]) -> set[PersonName]:
        """Take lists of names out and others in; give the names whose level is another now."""
        touched: set[str] = set()
        for lists, count in ((gone, -1), (new, 1)):
            for shown in lists:
                for name in shown.names[:1] if self._first_only else shown.names:
                    if name.family and not name.literal:
                        family = _family(name, shown)
                        self._families[family][name, shown.mark is None] += count
                        touched.add(family)
        return {name for family in touched for name in self._settle(family)}

    def _settle(self, family: str) -> set[PersonName]:
        """Work out the levels of a family; give the names whose level is another now."""
        names = self._families[family]
        there = [name for name, count in names.items() if count > 0]
        alike: dict[str, set[str]] = defaultdict(set)
        for name, _ in there:
            alike[_initials(name)].add(_given(name))
        changed = set()
        levels: dict[PersonName, int] = dict.fromkeys((name for name, _ in names), 0)
        for name, whole in there:
            levels[name] = max(levels[name], self._level(alike, name, whole=whole))
        for name, level in levels.items():
            if self.levels.get(name, 0) != level:
                changed.add(name)
                self.levels[name] = level
            if not level:
                self.levels.pop(name, None)
        self._families[family] = Counter({key: names[key] for key in there})
        return changed

    def _level(self, alike: Mapping[str, set[str]], name: PersonName, *, whole: bool) -> int:
        if self._initials_only:
            return 1 if len(alike) > 1 else 0
        if len(alike[_initials(name)]) > 1 or (len(alike) > 1 and whole):
            return 2
        return 1 if len(alike) > 1 else 0


def _family(name: PersonName, shown: NamesShown) -> str:
    return f"{name.non_dropping} {name.family}" if shown.with_particle else name.family


def _initials(name: PersonName) -> str:
    return initialized(name.given, ".")


def _given(name: PersonName) -> str:
    return " ".join(name.given.replace(".", " ").split())
