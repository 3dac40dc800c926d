r"""Formattable strings, persons and dates as Hayagriva writes them, both ways.

In a formattable string braces keep the case, dollar signs enclose mathematics, and a backslash takes the meaning from
these and from itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from alliancebib.edtf import date_of_words, parse_edtf
from alliancebib.hayagriva.document import Value
from alliancebib.model import Name, PartialDate
from alliancebib.written_names import name_of_text, split_given, split_particle

__all__ = [
    "date_of_value",
    "format_text",
    "names_of_value",
    "plain_text",
    "short_of",
    "value_of_date",
    "value_of_name",
]

_NOCASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)
_MARK = re.compile(r"[\\{}$]")
_PIECE = re.compile(r"\\([\\{}$])|(\$[^$]*\$)|([{}])")
_DATE = re.compile(r"(~?)\s*(-?\d{1,9})(?:-(\d\d))?(?:-(\d\d))?")
_NAME_KEYS = frozenset({"name", "given-name", "prefix", "suffix", "alias"})


def format_text(text: str) -> str:
    r"""Write a text so that it is shown as it is; parts that keep their case stand in braces.

    >>> format_text('<span class="nocase">NATO</span> at $5 {sic}')
    '{NATO} at \\$5 \\{sic\\}'
    """
    parts = _NOCASE.split(text)
    escaped = [_MARK.sub(r"\\\g<0>", part) for part in parts]
    return "".join(f"{{{part}}}" if place % 2 else part for place, part in enumerate(escaped))


def plain_text(value: Value) -> str:
    r"""Read a formattable string, or a mapping with `value`; mathematics stays as it is written.

    >>> plain_text({"value": "{NATO} at \\$5", "short": "NATO"})
    '<span class="nocase">NATO</span> at $5'
    """
    if isinstance(value, Mapping):
        inner = value.get("value")
        if isinstance(inner, str) and value.get("verbatim") in ("true", "True"):
            return inner
        return plain_text(inner) if inner is not value else ""
    if not isinstance(value, str):
        return ""
    depth = 0
    pieces, end = [], 0
    for match in _PIECE.finditer(value):
        pieces.append(value[end : match.start()])
        end = match.end()
        escaped, formula, brace = match.groups()
        if brace:
            before = depth
            depth = max(0, depth + (1 if brace == "{" else -1))
            opened, closed = before == 0 and depth == 1, before == 1 and depth == 0
            pieces.append('<span class="nocase">' if opened else "</span>" if closed else "")
        else:
            pieces.append(escaped or formula)
    pieces.append(value[end:])
    return "".join(pieces) + ("</span>" if depth else "")


def short_of(value: Value) -> str:
    """Read the short form of a formattable string; older files call that of a title its shorthand."""
    if not isinstance(value, Mapping):
        return ""
    return plain_text(value.get("short")) or plain_text(value.get("shorthand"))


def names_of_value(value: Value) -> tuple[tuple[Name, ...], bool]:
    """Read a person or a list of persons; say whether everything in it was understood.

    >>> [str(name) for name in names_of_value(["von der Leyen, Ursula", {"name": "UNICEF"}])[0]]
    ['Ursula von der Leyen', 'UNICEF']
    """
    people = value if isinstance(value, list) else [value]
    read = [_name(one) for one in people if one is not None]
    names = tuple(name for name, _ in read if name is not None)
    return names, all(understood for _, understood in read)


def _name(value: Value) -> tuple[Name | None, bool]:
    if isinstance(value, str):
        return _name_of_text(value), bool(value.strip())
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        return None, False
    parts = {key: part for key in _NAME_KEYS if isinstance(part := value.get(key), str) and part}
    understood = set(value) <= _NAME_KEYS and "alias" not in value
    if parts.keys() <= {"name"}:
        return (Name(literal=parts["name"]) if parts else None), understood and bool(parts)
    particle, family = split_particle(parts.get("name", ""))
    name = Name(
        family=family,
        given=parts.get("given-name", ""),
        dropping_particle=parts.get("prefix", ""),
        non_dropping_particle=particle,
        suffix=parts.get("suffix", ""),
    )
    return name, understood


def _name_of_text(text: str) -> Name | None:
    """Read `prefix Name, Given` and, with three parts, what both the documentation and Typst take them for."""
    if "," not in text:
        return Name(literal=text.strip()) if text.strip() else None
    parts = [part.strip() for part in text.split(",")]
    name = name_of_text(", ".join(parts))
    if name is None or name.literal or len(parts) > 3:
        return Name(literal=text.strip())
    if len(parts) == 3 and _is_suffix(parts[1]) and not _is_suffix(parts[2]):  # as BibTeX and Typst order them
        given, dropping = split_given(parts[2])
        particle, family = split_particle(parts[0])
        name = Name(
            family=family, given=given, dropping_particle=dropping, non_dropping_particle=particle, suffix=parts[1]
        )
    if name.dropping_particle or name.non_dropping_particle:
        return Name(
            family=name.family,
            given=" ".join(part for part in (name.given, name.dropping_particle) if part),
            dropping_particle=name.non_dropping_particle,
            suffix=name.suffix,
        )
    return name


def _is_suffix(text: str) -> bool:
    return bool(re.fullmatch(r"(?:jn?r|sn?r)\.?|i{2,3}|iv", text, re.IGNORECASE))


def value_of_name(name: Name) -> object:
    """Write a person: as text where Typst reads it as it is, else as a mapping."""
    if name.literal and name == Name(literal=name.literal):
        plain = "," not in name.literal and not name.literal[:1].islower() and name.literal == name.literal.strip()
        return name.literal if plain else {"name": name.literal}
    family = f"{name.non_dropping_particle} {name.family}".strip()
    text = f"{family}, {name.given}"
    if name.given and family and _name_of_text(text) == name and text.count(",") == 1:
        return text
    parts = {
        "name": family or str(name) or "Anonymous",
        "given-name": name.given if family else "",
        "prefix": name.dropping_particle,
        "suffix": name.suffix,
    }
    return {key: part for key, part in parts.items() if part}


def date_of_value(value: Value) -> tuple[PartialDate | None, bool]:
    """Read a date; say whether it is one of the calendar. What is not becomes words.

    >>> str(date_of_value("~2020-05")[0]), date_of_value("soon")[0].literal
    ('2020-05~', 'soon')
    """
    if not isinstance(value, str) or not value.strip():
        return None, value is None
    if match := _DATE.fullmatch(value.strip()):
        circa, year, month, day = match.groups()
        date = PartialDate.of(int(year), int(month) if month else None, int(day) if day else None)
        if date is not None and not (month and int(month) == 0):
            return PartialDate(year=date.year, month=date.month, day=date.day, circa=bool(circa)), True
    elif date := parse_edtf(value.strip()):
        return date, True
    return date_of_words(value.strip()), False


def value_of_date(date: PartialDate) -> object:
    """Write what of a date Hayagriva has a form for: its first point, without a season; None where that is nothing.

    >>> value_of_date(PartialDate(year=2020)), value_of_date(PartialDate(year=-43, circa=True))
    (2020, '~-0043')
    """
    if date.literal or date.year is None or abs(date.year) > 2**31 - 1:
        return None
    if abs(date.year) > 9999:  # Typst reads these only as numbers
        return date.year
    written = f"{'-' if date.year < 0 else ''}{abs(date.year):04d}"
    month = date.month and not date.season
    if month:
        written += f"-{date.month:02d}" + (f"-{date.day:02d}" if date.day else "")
    if date.circa:
        return f"~{written}"
    return date.year if not month and date.year >= 1000 else written
