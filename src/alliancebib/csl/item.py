"""One CSL-JSON item as the processor sees it: texts, names and dates by variable, whatever shape they came in.

Nothing here raises: null dates, numbers for texts, a missing type or id are all common in the wild and mean "nothing
there". What a variable holds is worked out once, when it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from alliancebib.csl.items import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES
from alliancebib.csl.particles import with_particles

__all__ = ["Date", "DatePoint", "Item", "PersonName", "item_names"]

_SHORT = {"title": ("title-short", "shortTitle"), "container-title": ("container-title-short", "journalAbbreviation")}
_SAME_AS = {
    "title-short": ("shortTitle",),
    "container-title-short": ("journalAbbreviation",),
}
_NOTE_LINE = re.compile(r"([A-Za-z][-_ A-Za-z]*):\s*(\S.*)")
_NOTE_BRACES = re.compile(r"\{:([A-Za-z][-_ A-Za-z]*):\s*([^{}]*)\}")
_VARIABLES = {name.lower(): name for name in (*TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES)}
_NUMBER = re.compile(r"-?\d{1,9}")
_ISO = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
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


class DatePoint(NamedTuple):
    """A day, month or year; ``month`` 13 to 16 are the seasons from spring on; 0 is unknown. Years BC are negative."""

    year: int = 0
    month: int = 0
    day: int = 0


class Date(NamedTuple):
    """A date or a range of two; ``literal`` is a date in words, ``season`` one in a word."""

    start: DatePoint = DatePoint()
    end: DatePoint | None = None
    literal: str = ""
    season: str = ""
    circa: bool = False


class Item:
    """An item; its variables are looked up by their CSL names."""

    __slots__ = ("_dates", "_extra", "_names", "_values", "cut_lists", "id", "language", "type")

    def __init__(self, values: Mapping[str, object], *, cut_lists: frozenset[str] = frozenset()) -> None:
        """``cut_lists`` names the variables whose names end in "et al.", which CSL-JSON cannot say."""
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
        """Give a text or number variable, "" where there is none."""
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
            known = self._names[variable] = item_names(self._values.get(variable) or self._extra.get(variable))
        return known

    def date(self, variable: str) -> Date | None:
        """Give a date variable, None where there is none or it is empty."""
        if variable not in self._dates:
            self._dates[variable] = _date(self._values.get(variable) or self._extra.get(variable))
        return self._dates[variable]

    def has(self, variable: str) -> bool:
        """Say whether a variable holds anything."""
        if variable in DATE_VARIABLES:
            return self.date(variable) is not None
        if variable in NAME_VARIABLES:
            return bool(self.names(variable))
        return bool(self.text(variable))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else ""


def _of_note(note: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """Read the variables that reference managers keep as lines of a note, where the item has none of that name."""
    found: dict[str, str] = {}
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
            found[name] = value.strip()
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
        return PersonName(family[1:-1], given, suffix=_text(value.get("suffix")).strip())
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


def _with_suffix(given: str) -> tuple[str, str, bool]:
    """Part a suffix that was typed behind the given name: "John, III", or "John,! Jr." to keep the comma."""
    name, _, rest = given.partition(",")
    return name.rstrip(), rest.lstrip("! "), rest.startswith("!")


def _date(value: object) -> Date | None:
    if isinstance(value, list | tuple):
        value = {"date-parts": value}
    if isinstance(value, str | int) and not isinstance(value, bool):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return None
    circa = _text(value.get("circa")).lower() not in ("", "0", "false") or value.get("circa") is True
    points = _points(value.get("date-parts"))
    season, literal = _text(value.get("season")).strip(), _text(value.get("literal")).strip()
    if not points and (raw := _text(value.get("raw") or value.get("edtf")).strip()):
        return _of_text(raw, circa=circa)
    if not points and "year" in value:
        points = _points([[value.get("year"), value.get("month"), value.get("day")]])
    start = points[0] if points else DatePoint()
    if season and not start.month:
        number = int(season) if season.isdecimal() and len(season) < 3 else _SEASONS.get(season.lower(), 0)
        if 1 <= number <= 4 or 21 <= number <= 24:
            start, season = start._replace(month=12 + number % 20), ""
    if not start.year and not literal and not season:
        return None
    return Date(start, points[1] if len(points) > 1 else None, literal, season, circa)


def _points(value: object) -> list[DatePoint]:
    if not isinstance(value, list | tuple) or not value:
        return []
    ends = value if isinstance(value[0], list | tuple) else [value]
    points = [_point(end) for end in ends[:2]]
    if not points[0].year:
        return []
    return points


def _point(value: object) -> DatePoint:
    texts = [_text(part).strip() for part in value] if isinstance(value, list | tuple) else []
    numbers = [int(text) if _NUMBER.fullmatch(text) else 0 for text in texts[:3]]
    year, month, day = (*numbers, 0, 0, 0)[:3]
    if 21 <= month <= 24:  # seasons by EDTF
        month -= 8
    elif 17 <= month <= 20:
        month -= 4
    if not 0 < month <= 16:
        return DatePoint(year)
    return DatePoint(year, month, day if 0 < day <= 31 and month <= 12 else 0)


def _of_text(raw: str, *, circa: bool) -> Date:
    """Read a date of text: ISO, an ISO range, "May 6, 2004", "6 May 2004", "Spring 1999"; else it stays words."""
    first, slash, last = raw.partition("/")
    start, end = _iso(first), _iso(last)
    if start and (end or not slash or last.strip() in ("", "..")):
        return Date(start, end or (DatePoint() if slash else None), circa=circa or raw.endswith("~"))
    point = _of_words(raw)
    return Date(point, circa=circa) if point else Date(literal=raw, circa=circa)


def _iso(text: str) -> DatePoint | None:
    match = _ISO.fullmatch(re.sub(r"(?<=\d)[T ]\d\d:\d\d.*", "", text.strip()).rstrip("~?"))
    return _point(list(match.groups())) if match else None


def _of_words(text: str) -> DatePoint | None:
    words = re.findall(r"[^\W\d_]+|\d+", text.lower())
    if not 2 <= len(words) <= 3:
        return None
    names = [word for word in words if not word.isdecimal()]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 5]
    if len(names) != 1 or not numbers or len(names) + len(numbers) != len(words):
        return None
    year = numbers.pop() if numbers[-1] > 31 or len(numbers) > 1 or len(words) == 2 else 0
    season = _SEASONS.get(names[0])
    month = 12 + season if season else next((n for n, m in enumerate(_MONTHS, 1) if names[0].startswith(m)), 0)
    return DatePoint(year, month, numbers[0] if numbers else 0) if year and month else None
