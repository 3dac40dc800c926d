"""People with the same family name, over all cites: how much of the given name tells them apart.

For the rules of ``givenname-disambiguation-rule`` that are not about one cite ("all-names", "primary-name", and both
"with-initials"; CSL 1.0.2, "Disambiguation").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from alliancebib.csl.elements.initials import initialized
from alliancebib.csl.elements.rendering import NamesShown
from alliancebib.csl.item import PersonName

__all__ = ["Families", "OwnNames", "people_levels"]


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


def people_levels(lists: Sequence[NamesShown], rule: str) -> Mapping[object, int]:
    """Give the level (1 initials, 2 the whole given name) of each name that needs one."""
    families = Families(lists, rule)
    levels = {name: families.level(name, shown) for name, shown in families.people.items()}
    return {name: level for name, level in levels.items() if level}


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
