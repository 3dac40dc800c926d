"""Places of publication, from ``places.toml``: a text comes in, a yes or no goes out."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["is_country", "is_place"]

_AND_OTHERS = re.compile(r"\s(?:u\.\s?a|et\sal|etc|i\sdr)\.?$")
_SEVERAL = re.compile(r"\s?[/;&–-]\s?|\s(?:and|und|et|e|y)\s|,\s")


@cache
def _names(table: str) -> frozenset[str]:
    text = tomllib.loads(files("alliancebib.parsers").joinpath("places.toml").read_text("utf-8"))[table]
    return frozenset(" ".join(name.split()).casefold() for name in text.split("|"))


def is_place(text: str) -> bool:
    """Say whether a text is a city where books are published, or several.

    >>> is_place("Roma-Bari"), is_place("Dakar/Bruxelles"), is_place("London and New York"), is_place("Hurst")
    (True, True, True, False)
    """
    known = _names("cities")
    text = _AND_OTHERS.sub("", " ".join(text.split()).strip(" ,;[]")).casefold()
    return text in known or (bool(text) and all(part in known for part in _SEVERAL.split(text)))


def is_country(text: str) -> bool:
    """Say whether a text is a country or state as it stands behind a city ("Lanham, MD")."""
    text = text.strip()
    return (text.isupper() and text.isalpha() and len(text) <= 3) or text.casefold() in _names("countries")
