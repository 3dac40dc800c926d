"""People with the same family name, over all cites: how much of the given name tells them apart.

For the rules of ``givenname-disambiguation-rule`` that are not about one cite ("all-names", "primary-name", and both
"with-initials"; CSL 1.0.2, "Disambiguation").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from alliancebib.csl.elements.initials import initialized
from alliancebib.csl.elements.rendering import NamesShown
from alliancebib.csl.item import PersonName

__all__ = ["Families", "OwnNames", "People", "people_levels"]


class Families:
    """Who bears which family name, by initials and given names; ``people`` is every name and where it was shown."""

    def __init__(self, lists: Sequence[NamesShown], rule: str) -> None:
        self.people: dict[PersonName, NamesShown] = {}
        self._rule = rule
        self._bearers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        first_only = rule.startswith("primary-name")
        for shown in lists:
            for name in shown.names[:1] if first_only else shown.names:
                if name.family and not name.literal:
                    self._bearers[_family(name, shown)][_initials(name)].add(_given(name))
                    self.people[name] = shown

    def among(self, _: NamesShown) -> Families:
        """Give who is to be told apart in a list of names: everyone."""
        return self

    def level(self, name: PersonName, shown: NamesShown) -> int:
        """Give how much of a given name tells it apart where it is shown; it need not be known from a cite."""
        alike = self._bearers.get(_family(name, shown))
        if not alike or name.literal:
            return 0
        initials, given = _initials(name), _given(name)
        if given not in alike.get(initials, ()):
            alike = {**alike, initials: {*alike.get(initials, ()), given}}
        return _level(alike, name, shown.mark, self._rule)


class OwnNames:
    """Tells apart who stands in the same list: what "by-cite" comes to in entries, where every name is listed."""

    def among(self, shown: NamesShown) -> Families:
        """Give who is to be told apart in a list of names: those in it, where given names are shown at all."""
        return Families([shown] if shown.long else [], "all-names")


def people_levels(lists: Sequence[NamesShown], rule: str) -> Mapping[PersonName, int]:
    """Give the level (1 initials, 2 the whole given name) of each name that needs one."""
    families = Families(lists, rule)
    levels = {name: families.level(name, shown) for name, shown in families.people.items()}
    return {name: level for name, level in levels.items() if level}


class People:
    """The people of all cites by family; ``levels`` has the names that need more of their given name, and how much.

    Cites come and go: only the families of those that did are looked at again.
    """

    def __init__(self, rule: str) -> None:
        self.levels: dict[PersonName, int] = {}
        self._rule = rule
        self._first_only = rule.startswith("primary-name")
        #: For each family its names, each with what stands behind initials, and how often that is printed.
        self._families: dict[str, Counter[tuple[PersonName, str | None]]] = defaultdict(Counter)

    def change(self, gone: Iterable[NamesShown], new: Iterable[NamesShown]) -> set[PersonName]:
        """Take lists of names out and others in; give the names whose level is another now."""
        touched: set[str] = set()
        for lists, count in ((gone, -1), (new, 1)):
            for shown in lists:
                for name in shown.names[:1] if self._first_only else shown.names:
                    if name.family and not name.literal:
                        family = _family(name, shown)
                        self._families[family][name, shown.mark] += count
                        touched.add(family)
        return {name for family in touched for name in self._settle(family)}

    def _settle(self, family: str) -> set[PersonName]:
        """Work out the levels of a family; give the names whose level is another now."""
        names = self._families[family]
        levels: dict[PersonName, int] = dict.fromkeys((name for name, _ in names), 0)
        there = self._families[family] = +names
        alike: dict[str, set[str]] = defaultdict(set)
        for name, _ in there:
            alike[_initials(name)].add(_given(name))
        for name, mark in there:
            levels[name] = max(levels[name], _level(alike, name, mark, self._rule))
        changed = {name for name, level in levels.items() if self.levels.get(name, 0) != level}
        for name in changed:
            self.levels[name] = levels[name]
            if not levels[name]:
                del self.levels[name]
        return changed


def _level(alike: Mapping[str, set[str]], name: PersonName, mark: str | None, rule: str) -> int:
    if rule.endswith("with-initials"):
        return 1 if len(alike) > 1 else 0
    if len(alike[_initials(name)]) > 1 or (len(alike) > 1 and mark is None):
        return 2
    return 1 if len(alike) > 1 else 0


def _family(name: PersonName, shown: NamesShown) -> str:
    return f"{name.non_dropping} {name.family}" if shown.with_particle else name.family


def _initials(name: PersonName) -> str:
    return initialized(name.given, ".")


def _given(name: PersonName) -> str:
    return " ".join(name.given.replace(".", " ").split())
