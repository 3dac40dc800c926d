"""Places of publication: from ``places.toml``, and words that the lexicon knows as places and as nothing else."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from alliancebib.labelling import is_word_of_place

__all__ = ["is_country", "is_place", "place_at_end"]

#: Two letters of a state or country, and the few of three that stand behind cities; "PUF" is a publisher.
_STATE = re.compile(r"[A-Z]{2}|USA|U\.K\.?|U\.S\.(?:A\.?)?|D\.C\.?|UAE|DDR|GDR|UdSSR|USSR|DRC|RSA|PRC")
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
    text = _AND_OTHERS.sub("", " ".join(text.split()).strip(" ,;.[]"))
    parts = _SEVERAL.split(text)
    return bool(text) and (
        text.casefold() in known
        or all(part.casefold() in known or all(map(is_word_of_place, part.split() or [""])) for part in parts)
    )


def place_at_end(text: str) -> int:
    """Give where a place begins that stands behind the last comma; -1 where none does.

    >>> place_at_end("Gazi Üniversitesi, Ankara."), place_at_end("Beck, Hahn")
    (18, -1)
    """
    name, comma, place = text.rpartition(",")
    return len(name) + len(comma) if name.strip() and is_place(place) else -1


def is_country(text: str) -> bool:
    """Say whether a text is a country or state as it stands behind a city ("Lanham, MD")."""
    text = text.strip()
    return _STATE.fullmatch(text) is not None or text.casefold() in _names("countries")
