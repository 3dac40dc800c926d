"""People with the same family name, over all cites: how much of the given name tells them apart.

For the rules of ``givenname-disambiguation-rule`` that are not about one cite ("all-names", "primary-name", and both
"with-initials"; CSL 1.0.2, "Disambiguation").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from alliancebib.csl.elements.initials import initialized
from alliancebib.csl.elements.name_list import NameOptions
from alliancebib.csl.item import PersonName

__all__ = ["people_levels"]


def people_levels(
    lists: Sequence[tuple[Sequence[PersonName], NameOptions]], rule: str
) -> Mapping[object, int]:
    """Give the level (1 initials, 2 the whole given name) of each name that needs one."""
    first_only = rule.startswith("primary-name")
    families: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    marks: dict[PersonName, str | None] = {}
    for names, options in lists:
        for name in names[:1] if first_only else names:
            if name.family and not name.literal:
                families[_family(name, options)][_initials(name)].add(_given(name))
                marks[name] = options.shape.initialize_with
    levels: dict[object, int] = {}
    for names, options in lists:
        for name in names[:1] if first_only else names:
            if name in marks:
                level = _level(families[_family(name, options)], name, marks[name], rule)
                if level:
                    levels[name] = level
    return levels


def _level(alike: Mapping[str, set[str]], name: PersonName, mark: str | None, rule: str) -> int:
    if rule.endswith("with-initials"):
        return 1 if len(alike) > 1 else 0
    if len(alike[_initials(name)]) > 1 or (len(alike) > 1 and mark is None):
        return 2
    return 1 if len(alike) > 1 else 0


def _family(name: PersonName, options: NameOptions) -> str:
    return f"{name.non_dropping} {name.family}" if options.shape.demote == "never" else name.family


def _initials(name: PersonName) -> str:
    return initialized(name.given, ".")


def _given(name: PersonName) -> str:
    return " ".join(name.given.replace(".", " ").split())
