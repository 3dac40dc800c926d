"""Names and texts as CSL-JSON writes them, and as the rest of the world does; dates are in `alliancebib.csl.dates`.

Values of the model go out in the shapes of the CSL 1.0.2 schema; any JSON value comes in. A reader here gives the value
and whether everything in the JSON was understood; it never raises.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

from alliancebib.model import Name

__all__ = ["OTHERS", "names_from_csl", "names_to_csl", "text_from_csl", "without_halves"]

_PARTS = (
    ("family", "family"),
    ("given", "given"),
    ("dropping_particle", "dropping-particle"),
    ("non_dropping_particle", "non-dropping-particle"),
    ("suffix", "suffix"),
    ("literal", "literal"),
)
#: What a program that does not know the flag makes of "and others" and "et al.".
OTHERS = frozenset({"others", "and others", "et al", "et al.", "et alii", "u.a.", "и др."})
_HALF = re.compile("[\ud800-\udfff]")
#: Python writes no longer numbers than of some thousand digits.
_MOST_BITS = 1_000


def text_from_csl(value: object) -> str | None:
    """Give a text or number as text; None for what is neither.

    >>> text_from_csl(12), text_from_csl(3.0), text_from_csl([])
    ('12', '3', None)
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if value.bit_length() <= _MOST_BITS else None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return None


def names_to_csl(names: tuple[Name, ...]) -> list[dict[str, str]]:
    """Give names as CSL-JSON; "others" has no form there and is left out."""
    return [{key: value for part, key in _PARTS if (value := getattr(name, part))} for name in names if not name.others]


def names_from_csl(value: object) -> tuple[tuple[Name, ...], bool]:
    """Read a name variable: a list of names, one name, or a text.

    >>> names_from_csl([{"family": "Aris", "given": "S."}, {"literal": "others"}])[0][1].others
    True
    """
    if isinstance(value, (str, Mapping)):
        value = [value]
    if not isinstance(value, (list, tuple)):
        return (), False
    read = [_name(one) for one in value]
    names = [name for name in read if name is not None]
    if len(names) > 1 and _says_others(names[-1]):
        names[-1] = Name(others=True)
    return tuple(names), len(names) == len(value)


def _name(value: object) -> Name | None:
    if isinstance(value, str):
        return Name(literal=value.strip()) if value.strip() else None
    if not isinstance(value, Mapping):
        return None
    parts = {part: text for part, key in _PARTS if key in value and (text := text_from_csl(value[key]))}
    if not parts and (body := text_from_csl(value.get("name"))):  # Crossref's way to write an organisation
        parts = {"literal": body}
    # A collection names few people often: each part of a name is kept once.
    return Name(**{part: sys.intern(text) for part, text in parts.items()}) if parts else None  # type: ignore[arg-type]


def _says_others(name: Name) -> bool:
    return not name.given and (name.literal or name.family).strip().lower() in OTHERS


def without_halves(value: object) -> object:
    """Put the replacement character for halves of characters, which JSON can spell and no file can hold."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [without_halves(part) for part in value]
    if isinstance(value, dict):
        return {without_halves(name): without_halves(part) for name, part in value.items()}
    return value
