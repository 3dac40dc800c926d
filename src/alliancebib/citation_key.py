"""Citation keys that a person can read and type: a reference comes in, a key such as ``aris2010collective`` goes out.

A key is made of nothing but the reference, so that it stays when the list grows; only references that would get the
same key are told apart, by a letter, in the order of their ids.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from importlib.resources import files

from alliancebib.errors import UnknownName
from alliancebib.model import Name, Reference

__all__ = ["folded", "key_parts", "new_keys", "safe_key", "unique_key"]

_TABLES = tomllib.loads(files("alliancebib").joinpath("citation_key.toml").read_text("utf-8"))
_LETTERS = str.maketrans(_TABLES["letters"])
_STOP_WORDS = {language: frozenset(words.split()) for language, words in _TABLES["stop_words"].items()}
_ALL_STOP_WORDS = frozenset().union(*_STOP_WORDS.values())
_MARKUP = re.compile(r"<[^<>]{1,60}>")
_WORD = re.compile(r"[^\W_]+")
#: Characters that BibTeX, biber or TeX refuse in a key.
_REFUSED = re.compile(r"[\s\x00-\x1f\x7f\"#%'(),={}~\\@&$^]+")


def folded(text: str) -> str:
    """Give the text in the letters a to z and digits: marks dropped, other alphabets transliterated.

    >>> folded("Müller-Øre"), folded("Иванов")
    ('mullerore', 'ivanov')
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text.lower()).translate(_LETTERS))
    return re.sub(r"[^a-z0-9]", "", letters)


def _author(reference: Reference) -> str:
    for name in (*reference.author[:1], *reference.editor[:1]):
        if word := _name(name):
            return word
    container = _words(reference.container_title, reference.language)
    if container:
        return "".join(container[:2])
    return next(iter(_words(reference.title, reference.language)), "")


def _name(name: Name) -> str:
    if name.literal and not name.family:
        return "".join(_words(name.literal, "")[:2])
    return folded(name.dropping_particle + name.non_dropping_particle + (name.family or name.given))


def _words(text: str, language: str) -> list[str]:
    """Give the significant words, folded; all words where none is significant."""
    stop = _STOP_WORDS.get(language[:2].lower(), frozenset()) | _STOP_WORDS["en"] if language else _ALL_STOP_WORDS
    words = [word.lower() for word in _WORD.findall(_MARKUP.sub("", text))]
    significant = [word for word in words if word not in stop and len(word) > 1 and not word.isdecimal()]
    return [key for word in significant or words if (key := folded(word))]


def _word(reference: Reference) -> str:
    author = _author(reference)
    words = _words(reference.title, reference.language)
    return next((word for word in words if word not in author), "")


def _year(reference: Reference) -> str:
    return str(abs(reference.year)) if reference.year is not None else "-nd-"  # hyphens keep "armeniand..." readable


_PARTS: dict[str, Callable[[Reference], str]] = {
    "auth": _author,
    "year": _year,
    "word": _word,
    "title": lambda reference: "-".join(_words(reference.title, reference.language)[:4]),
    "id": lambda reference: folded(reference.id),
}


def key_parts(pattern: str) -> tuple[Callable[[Reference], str], ...]:
    """Give the makers of the parts of a pattern: auth, year, word, title, id, joined by ``+``.

    Raises:
        UnknownName: The pattern names a part that there is not.
    """
    names = [name.strip() for name in pattern.split("+")]
    unknown = next((name for name in names if name not in _PARTS), None)
    if unknown is not None:
        raise UnknownName("part of a citation key", unknown, _PARTS, place=pattern)
    return tuple(_PARTS[name] for name in names)


def new_keys(references: Iterable[Reference], *, taken: Iterable[str] = (), pattern: str) -> dict[int, str]:
    """Make keys for references; give them by their places. ``taken`` are the keys that stand already."""
    parts = key_parts(pattern)
    wanted: dict[str, list[tuple[str, int]]] = {}
    for place, reference in enumerate(references):
        made = "".join(part(reference) for part in parts).strip("-")
        base = f"ref{folded(reference.id)}" if made in ("", "nd") or made.isdecimal() else made
        wanted.setdefault(base, []).append((reference.id, place))
    used = {key.lower() for key in taken}
    counted: dict[str, int] = {}
    keys = {}
    for base, places in sorted(wanted.items()):
        for _, place in sorted(places):
            keys[place] = unique_key(base, used, counted=counted)
            used.add(keys[place])
    return keys


def unique_key(key: str, taken: Iterable[str], *, counted: dict[str, int] | None = None) -> str:
    """Give the key, with the first letter behind it that makes it new; case makes no difference.

    ``counted`` remembers how far each key was counted, for one who asks again and again while ``taken`` only grows.

    >>> unique_key("aris2010", {"aris2010", "aris2010b"})
    'aris2010c'
    """
    taken = taken if isinstance(taken, set) else set(taken)
    number = counted.get(key, 1) if counted else 1
    candidate = key if number == 1 else key + _suffix(number)
    while candidate.lower() in taken:
        number += 1
        candidate = key + _suffix(number)
    if counted is not None:
        counted[key] = number
    return candidate


def _suffix(number: int) -> str:
    """Count b, c ... z, ba, bb ...: 2 is b."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def safe_key(key: str) -> str:
    """Give a key without the characters that BibTeX refuses; letters of other scripts stay, as biber takes them.

    >>> safe_key("http://example.org/items (1)")
    'http://example.org/items-1'
    """
    return _REFUSED.sub("-", key).strip("-") or "ref"
