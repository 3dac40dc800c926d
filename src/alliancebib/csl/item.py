"""One CSL-JSON item as the processor sees it: texts, names and dates by variable, whatever shape they came in.

Nothing here raises: null dates, numbers for texts, a missing type or id are all common in the wild and mean "nothing
there". What a variable holds is worked out once, when it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from alliancebib.csl.dates import Date, read_date
from alliancebib.csl.item_values import OTHERS, text_from_csl
from alliancebib.csl.output.fields import is_hollow
from alliancebib.csl.particles import with_particles
from alliancebib.variables import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

__all__ = ["Item", "PersonName", "item_names"]

_SHORT = {"title": ("title-short", "shortTitle"), "container-title": ("container-title-short", "journalAbbreviation")}
_SAME_AS = {
    "title-short": ("shortTitle",),
    "container-title-short": ("journalAbbreviation",),
}
_NOTE_LINE = re.compile(r"([A-Za-z][-_ A-Za-z]*):\s*(\S.*)")
_NOTE_BRACES = re.compile(r"\{:([A-Za-z][-_ A-Za-z]*):\s*([^{}]*)\}")
_VARIABLES = {name.lower(): name for name in (*TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES)}
_NOTHING: Mapping[str, object] = {}


class PersonName(NamedTuple):
    """A name in its parts; ``literal`` is an institution's, and then all there is."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""


class Item:
    """An item; its variables are looked up by their CSL names."""

    __slots__ = ("_dates", "_extra", "_names", "_values", "cut_lists", "id", "language", "type")

    def __init__(self, values: Mapping[str, object], *, cut_lists: frozenset[str] = frozenset()) -> None:
        """``cut_lists`` names the variables whose names end in "et al.", which CSL-JSON cannot say.

        It grows by those whose last name turns out to be "others", as programs write it that do not know better.
        """
        self.cut_lists = cut_lists
        self._values = values
        self._names: dict[str, tuple[PersonName, ...]] = {}
        self._dates: dict[str, Date | None] = {}
        self.id = _text(values.get("id"))
        note = values.get("note")
        self._extra = _of_note(note, values) if isinstance(note, str) and ":" in note else _NOTHING
        self.type = _text(values.get("type")) or _text(self._extra.get("type")) or "document"
        self.language = _text(values.get("language")) or _text(self._extra.get("language"))

    def text(self, variable: str) -> str:
        """Give a text or number variable, "" where there is none or where it says nothing ("<i></i>")."""
        text = self._text(variable)
        return "" if text and is_hollow(text) else text

    def _text(self, variable: str) -> str:
        value = self._values.get(variable)
        if value is None or value == "":
            value = self._extra.get(variable)
            if value is None:
                if variable == "page-first":
                    return re.split(r"\s*(?:[-–—&]|,\s)\s*", self.text("page").strip())[0]
                others = (self._values.get(name) or self._extra.get(name) for name in _SAME_AS.get(variable, ()))
                return next((text for other in others if (text := _text(other))), "")
        return value if isinstance(value, str) else _text(value)

    def short(self, variable: str) -> str:
        """Give the short form of a text variable, or the long one where there is no other."""
        for name in _SHORT.get(variable, (f"{variable}-short",)):
            if text := self.text(name):
                return text
        return self.text(variable)

    def names(self, variable: str) -> tuple[PersonName, ...]:
        """Give the names of a name variable."""
        known = self._names.get(variable)
        if known is None:
            known = item_names(self._values.get(variable) or self._extra.get(variable))
            if len(known) > 1 and _says_others(known[-1]):
                known = known[:-1]
                self.cut_lists |= {variable}
            self._names[variable] = known
        return known

    def date(self, variable: str) -> Date | None:
        """Give a date variable, None where there is none or it is empty."""
        if variable not in self._dates:
            self._dates[variable] = read_date(self._values.get(variable))[0] or read_date(self._extra.get(variable))[0]
        return self._dates[variable]

    def has(self, variable: str) -> bool:
        """Say whether a variable holds anything."""
        if variable in DATE_VARIABLES:
            return self.date(variable) is not None
        if variable in NAME_VARIABLES:
            return bool(self.names(variable))
        return bool(self.text(variable))


def _text(value: object) -> str:
    return text_from_csl(value) or ""


def _of_note(note: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """Read the variables that reference managers keep as lines of a note, where the item has none of that name."""
    pairs = _NOTE_BRACES.findall(note)
    for place, line in enumerate(note.split("\n")):
        match = _NOTE_LINE.fullmatch(line.strip())
        if match is None and place:
            break
        pairs += [match.groups()] if match else []
    extra: dict[str, object] = {}
    for key, value in pairs:
        word = key.strip().lower().replace(" ", "-")
        name = _VARIABLES.get(word, _VARIABLES.get(word.replace("-", "_"), ""))
        if word == "type" and not values.get("type"):
            extra["type"] = value.strip()
        elif name and not values.get(name) and name != "note":
            if name in NAME_VARIABLES:
                people = extra.setdefault(name, [])
                assert isinstance(people, list)
                people.append(_note_name(value))
            else:
                extra[name] = {"raw": value.strip()} if name in DATE_VARIABLES else value.strip()
    return extra


def _note_name(value: str) -> dict[str, str]:
    family, parted, given = value.partition("||")
    return {"family": family.strip(), "given": given.strip()} if parted else {"literal": value.strip()}


def item_names(value: object) -> tuple[PersonName, ...]:
    """Read a list of names, one name, or a text."""
    if isinstance(value, str | Mapping):
        value = [value]
    if not isinstance(value, list | tuple):
        return ()
    return tuple(name for one in value if (name := _name(one)) is not None)


def _name(value: object) -> PersonName | None:
    if isinstance(value, str):
        return PersonName(literal=value.strip()) if value.strip() else None
    if not isinstance(value, Mapping):
        return None
    literal = _text(value.get("literal") or value.get("name")).strip()
    family, given = _text(value.get("family")).strip(), _text(value.get("given")).strip()
    if len(family) > 2 and family[0] == family[-1] == '"':  # a name in quotes is taken as it stands
        return PersonName(
            family[1:-1],
            given,
            dropping=_text(value.get("dropping-particle")).strip(),
            non_dropping=_text(value.get("non-dropping-particle")).strip(),
            suffix=_text(value.get("suffix")).strip(),
        )
    if literal and not family and not given:
        return PersonName(literal=literal)
    comma = bool(value.get("comma-suffix"))
    suffix = _text(value.get("suffix")).strip()
    if not suffix and "," in given:
        given, suffix, comma = _with_suffix(given)
    dropping = _text(value.get("dropping-particle")).strip()
    non_dropping = _text(value.get("non-dropping-particle")).strip()
    if not (family or given or dropping or non_dropping):
        return None
    if not dropping and not non_dropping:
        family, given, dropping, non_dropping = with_particles(family, given)
    comma = comma or suffix.startswith(",")
    return PersonName(family, given, dropping, non_dropping, suffix.lstrip(",! "), comma)


def _says_others(name: PersonName) -> bool:
    return not name.given and (name.literal or name.family).lower() in OTHERS


def _with_suffix(given: str) -> tuple[str, str, bool]:
    """Part a suffix that was typed behind the given name: "John, III", or "John,! Jr." to keep the comma."""
    name, _, rest = given.partition(",")
    return name.rstrip(), rest.lstrip("! "), rest.startswith("!")
