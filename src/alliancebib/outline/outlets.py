"""Outlets: newspapers, agencies, broadcasters, think tanks, encyclopedias, from ``outlets.toml`` and from users' files.

The tail of a line comes in; what goes out is how sure one can be that it names the place of publication.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from alliancebib.errors import SettingsError

__all__ = ["Outlets", "load_outlets", "outlet_key"]

_ARTICLES = ("the ", "a ", "die ", "der ", "das ", "le ", "la ", "les ", "el ", "los ", "il ", "o ", "de ", "het ")
#: The tables of what has news of the day.
_PRESS = frozenset({"agencies", "newspapers", "broadcasters"})
_EDGES = " .,;:!?\"'“”‘’«»„()[]*_"
#: "El País de Montevideo": a name, and the place that tells it from others of the name.
_OF_A_PLACE = re.compile(r"(.{3,50}?)\s(?:de|di|of|von|do|da)\s[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)?")
_DOMAIN = re.compile(r"(?:www\.)?([\w-]{2,})(?:\.(?:com|co|org|net|int|info|news|tv|[a-z]{2})){1,2}$", re.IGNORECASE)


def outlet_key(name: str) -> str:
    """Give the form in which names of outlets are compared: no capitals, accents, article, marks at the ends."""
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).strip(_EDGES).casefold())
    key = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("’", "'")
    return next((key.removeprefix(article) for article in _ARTICLES if key.startswith(article)), key)


class Outlets:
    """Known outlets and the words that outlets are called by. Made by `load_outlets`; never changed."""

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each table
        self,
        names: Iterable[str],
        words: Iterable[str],
        editions: Iterable[str],
        ambiguous: Iterable[str] = (),
        publishers: Iterable[str] = (),
        press: Iterable[str] = (),
    ) -> None:
        self.names = frozenset(outlet_key(name) for name in names)
        self.words = frozenset(word.casefold() for word in words)
        self.editions = frozenset(outlet_key(word) for word in editions)
        self.ambiguous = frozenset(outlet_key(word) for word in ambiguous)
        self.publishers = frozenset(outlet_key(name) for name in publishers)
        self.press = frozenset(outlet_key(name) for name in press)
        self.suffixes = tuple(word for word in self.words if not word.isascii() and len(word) <= 4)

    def knows(self, text: str) -> bool:
        """Say whether a text is an outlet of the list, perhaps with its edition or as its address.

        >>> outlets = load_outlets()
        >>> outlets.knows("The Guardian"), outlets.knows("BBC News Türkçe"), outlets.knows("reuters.com")
        (True, True, True)
        >>> outlets.knows("Kremlin")
        False
        """
        if not 1 < len(text) <= 80:
            return False
        key = outlet_key(text)
        if key in self.words and text.strip(_EDGES).islower():
            return False  # "news" is no "The News"
        if key in self.names:
            return True
        domain, place = _DOMAIN.fullmatch(key), _OF_A_PLACE.fullmatch(text.strip())
        if (
            (domain and domain[1] in self.names)
            or (place and (name := outlet_key(place[1])) in self.names and name not in self.ambiguous)
            or (text.rstrip().endswith(")") and key.partition(" (")[0] in self.names)
        ):
            return True
        head, _, tail = key.rpartition(" ")
        while head and tail.strip("()") in self.editions:
            if head in self.names:
                return True
            head, _, tail = head.rpartition(" ")
        return False

    def begins_with_one(self, text: str) -> bool:
        """Say whether a text is a known outlet with one or two words behind it: "Arab Times Kuwait"."""
        words = text.split()
        cuts = (" ".join(words[:-count]) for count in (1, 2) if len(words) > count)
        return all(word[0].isupper() for word in words[-2:]) and any(self.surely_knows(cut) for cut in cuts)

    def sounds_like_one(self, text: str) -> bool:
        """Say whether an unknown text is built like an outlet's name: short, in capitals, with a word for such things.

        >>> load_outlets().sounds_like_one("Lake County Herald"), load_outlets().sounds_like_one("Press conference")
        (True, False)
        """
        words = text.strip(_EDGES).split()
        if not words or len(text) > 60:
            return False
        cased = [word for word in words if word[0].upper() != word[0].lower()]
        if not cased:
            return len(words) <= 4 and (words[0] in self.words or text.strip(_EDGES).endswith(self.suffixes))
        if not 2 <= len(words) <= 6 or not (words[0][0].isupper() or words[0][0].isdigit()):
            return False
        if any(word[0].islower() and len(word) > 4 for word in cased[:-1]):
            return False
        first, last = words[0].casefold().strip(_EDGES), words[-1].casefold().strip(_EDGES)
        named = last in self.words and (words[-1][0].isupper() or not words[-1].isascii())
        return named or (first in self.words and not words[0].isascii())

    def surely_knows(self, text: str) -> bool:
        """Say whether a text is a known outlet and no ordinary word besides, as "Trend" is and "The Trend" is not."""
        if not self.knows(text):
            return False
        return outlet_key(text) not in self.ambiguous or re.match(r"The\s[A-Z]", text.strip()) is not None

    def publishes(self, text: str) -> bool:
        """Say whether a known outlet is a think tank, which publishes books and reports of its own."""
        return outlet_key(text) in self.publishers

    def is_press(self, text: str) -> bool:
        """Say whether a known outlet is an agency, a newspaper or a broadcaster."""
        return outlet_key(text) in self.press

    def is_outlet(self, text: str) -> bool:
        """Say whether a text is a known outlet or is built like the name of one."""
        return self.knows(text) or self.sounds_like_one(text)


def load_outlets(paths: Sequence[str | Path] = ()) -> Outlets:
    """Give the outlets shipped, with those of further TOML files of the same form.

    Raises:
        SettingsError: A file cannot be read or has another form.
    """
    return _loaded(tuple(str(path) for path in paths))


@cache
def _loaded(paths: tuple[str, ...]) -> Outlets:
    tables = [tomllib.loads(files("alliancebib.outline").joinpath("outlets.toml").read_text("utf-8"))]
    tables += [_read(path) for path in paths]
    names: list[str] = []
    words: list[str] = []
    publishers: list[str] = []
    press: list[str] = []
    other: dict[str, list[str]] = {"editions": [], "ambiguous": []}
    for table in tables:
        for name, value in table.items():
            if isinstance(value, dict):
                other.get(name, words).extend(word for text in value.values() for word in str(text).split())
            else:
                listed = value if isinstance(value, list) else str(value).split("|")
                named = [text for one in listed if (text := " ".join(str(one).split()))]
                names += named
                publishers += named if name == "think-tanks" else []
                press += named if name in _PRESS else []
    return Outlets(names, words, other["editions"], other["ambiguous"], publishers, press)


def _read(path: str) -> dict[str, object]:
    help_ = 'Write tables of names as in the file shipped: `newspapers = ["The Example Times"]`.'
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as problem:
        raise SettingsError(f"the outlets cannot be read: {problem.strerror}", place=path, help=help_) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SettingsError(f"the outlets are no valid TOML: {problem}", place=path, help=help_) from None
