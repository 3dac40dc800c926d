r"""Values of CSL-JSON from different programs, made alike where they differ by mere convention, and their differences.

Made alike: `<span class="nocase">` is taken away, other tags lose their blanks and semicolons; quotation marks and
apostrophes are straight; dashes between numbers are one hyphen, in variables that hold numbers; Unicode is NFC; numbers
are text; a season is one whether it stands in ``season`` or as a month from 13 or 21; ``circa`` is true or not there;
``raw`` is ``literal``; a DOI is in small letters; a name of one part is the same as a literal; a last name "others" is
no person.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from conformance.differences import classify

#: A text, the names, or a date.
Value: TypeAlias = "str | tuple[Person, ...] | Day"

NUMBERS = frozenset(
    "page volume issue number chapter-number collection-number number-of-pages number-of-volumes edition".split()
)
#: Variables with few values, of which each pair is worth a line of its own.
WORDS = frozenset("type genre language status medium archive edition".split())
_NOCASE = re.compile(r"<span class=\"nocase\">((?:(?!</?span).)*)</span>", re.DOTALL)
_TAG = re.compile(r"</?[a-z]+(?: [^<>]*)?>")
_DASHES = re.compile(r"\s*[-–—]+\s*")
_STRAIGHT = str.maketrans("“”„‘’‚", "\"\"\"'''")
#: Keys that name the item, and those that say nothing of the work.
BESIDE = frozenset({"id", "citation-key", "custom"})


class Person(NamedTuple):
    """A name; a literal stands in ``family``."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Day:
    """A date: two tuples of parts for a range, the season, whether it is about, words."""

    parts: tuple[tuple[int, ...], ...] = ()
    season: int = 0
    circa: bool = False
    words: str = ""


def values_of(item: dict[str, Any]) -> dict[str, Value]:
    """Give the variables of an item that are not empty, made alike."""
    levelled = {name: level(name, value) for name, value in item.items() if name not in BESIDE}
    return {name: value for name, value in levelled.items() if value and value != Day()}


def level(variable: str, value: object) -> Value:
    """Make a value alike.

    >>> level("title", 'The <span class="nocase">NATO</span>'), level("issued", {"date-parts": [["2001", 21]]})
    ('The NATO', Day(parts=((2001,),), season=1, circa=False, words=''))
    """
    if isinstance(value, dict):
        return _day(value)
    if isinstance(value, list):
        if all(isinstance(one, dict) for one in value):
            people = tuple(_person(one) for one in value)
            return people[:-1] if people and people[-1] == Person("others") else people
        return "; ".join(map(str, value))
    text = unicodedata.normalize("NFC", str(value)).translate(_STRAIGHT)
    if variable == "DOI":
        return text.lower()
    while (bare := _NOCASE.sub(r"\1", text)) != text:
        text = bare
    text = _TAG.sub(lambda tag: re.sub(r"[\s;]+", "", tag[0]), text).strip()
    return _DASHES.sub("-", text) if variable in NUMBERS else text


def _person(name: dict[str, Any]) -> Person:
    parts = [
        name.get(part) or "" for part in ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    ]
    person = Person(*(str(level("name", part)) for part in parts))
    literal = str(level("name", name.get("literal") or ""))
    alone = literal or (person.given if person == Person(given=person.given) else "")
    return Person(alone) if alone else person


def _day(date: dict[str, Any]) -> Day:
    parts = []
    season = int(date["season"]) if str(date.get("season", "")).isdecimal() else 0
    for point in date.get("date-parts") or []:
        numbers = tuple(int(part) for part in point or () if str(part).lstrip("-").isdecimal())
        if len(numbers) > 1 and numbers[1] > 12:
            season = season or (numbers[1] - 20 if numbers[1] > 20 else numbers[1] - 12)
            numbers = numbers[:1]
        parts.append(numbers)
    words = str(date.get("literal") or date.get("raw") or "")
    circa = date.get("circa") not in (None, False, 0, "0", "false", "")
    return Day(tuple(parts), season, circa, words)


def same_but_for_case(one: Value | None, other: Value | None) -> bool:
    """Say whether two values differ in nothing but capitals."""
    return str(one).lower() == str(other).lower()


def difference(variable: str, ours: Value | None, theirs: Value | None) -> str:
    """Name a difference; the empty text for none.

    >>> difference("type", "document", "book"), difference("author", (Person("A", "B"),), (Person("A B"),))
    ('`document` for `book`', 'literal')
    """
    if ours == theirs:
        return ""
    if ours is None or theirs is None:
        return "missing" if ours is None else "too many"
    if isinstance(ours, Day) and isinstance(theirs, Day):
        return _of_days(ours, theirs)
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return _of_people(ours, theirs)
    if isinstance(ours, str) and isinstance(theirs, str):
        return f"`{ours[:40]}` for `{theirs[:40]}`" if variable in WORDS else _of_texts(ours, theirs)
    return "sort of value"


def _of_texts(ours: str, theirs: str) -> str:
    if _TAG.sub("", ours) == _TAG.sub("", theirs):
        return "markup"
    return classify(ours, theirs) or "space"


def _of_days(ours: Day, theirs: Day) -> str:
    differing = [name for name, value in vars(ours).items() if value != vars(theirs)[name]]
    if differing == ["parts"] and len(ours.parts) == len(theirs.parts):
        depths = [[len(point) for point in day.parts] for day in (ours, theirs)]
        return "other numbers" if depths[0] == depths[1] else f"parts {depths[0]} for {depths[1]}"
    return " and ".join(differing)


def _of_people(ours: tuple[Person, ...], theirs: tuple[Person, ...]) -> str:
    if len(ours) != len(theirs):
        return "number of names"
    pairs = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    if any(_words(one) != _words(other) for one, other in pairs):
        return "words"
    if any(one == Person(one.family) or other == Person(other.family) for one, other in pairs):
        return "literal"
    fields = {name for pair in pairs for name, one, other in zip(Person._fields, *pair, strict=True) if one != other}
    return "particle" if fields <= {"dropping", "non_dropping"} else f"parts: {' '.join(sorted(fields))}"


def _words(person: Person) -> list[str]:
    return sorted(re.findall(r"[^\s,{}]+", " ".join(person)))
