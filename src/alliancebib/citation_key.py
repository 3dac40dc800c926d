"""Citation keys that a person can read and type: a reference comes in, a key such as ``aris2010collective`` goes out.

A key is made of nothing but the reference, so that it stays when the list grows; only references that would get the
same key are told apart, by a letter, in the order of their ids.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from importlib.resources import files

import msgspec

from alliancebib.key_pattern import Choice, parse_pattern
from alliancebib.model import Name, Reference

__all__ = ["DEFAULT_PATTERN", "folded", "key_in_source", "key_parts", "new_keys", "safe_key", "unique_key"]

#: The pattern where none is asked for.
DEFAULT_PATTERN = "auth+year+word"
#: Behind all letters that can stand behind a key.
_NO_KEY = 1_000

_TABLES = tomllib.loads(files("alliancebib").joinpath("citation_key.toml").read_text("utf-8"))
_LETTERS = str.maketrans(_TABLES["letters"])
_STOP_WORDS = {language: frozenset(words.split()) for language, words in _TABLES["stop_words"].items()}
_ALL_STOP_WORDS = frozenset().union(*_STOP_WORDS.values())
_MARKUP = re.compile(r"<[^<>]{1,60}>")
_WORD = re.compile(r"[^\W_]+")
#: The beginning of an entry of BibTeX with its key.
_ENTRY = re.compile(r"\s*@\s*[^\W\d_]\w*\s*[{(]\s*([^,={}\"]+?)\s*,")
#: Characters that BibTeX, biber or TeX refuse in a key.
_REFUSED = re.compile(r"[\s\x00-\x1f\x7f\"#%'(),={}~\\@&$^]+")


def folded(text: str) -> str:
    """Give the text in the letters a to z and digits: marks dropped, other alphabets transliterated.

    >>> folded("Müller-Øre"), folded("Иванов")
    ('mullerore', 'ivanov')
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text.lower()).translate(_LETTERS))
    return re.sub(r"[^a-z0-9]", "", letters)


def _author(reference: Reference) -> list[str]:
    for name in (*reference.author[:1], *reference.editor[:1]):
        if words := _name(name):
            return words
    container = _words(reference.container_title, reference.language)
    return container[:2] or _words(reference.title, reference.language)[:1]


def _name(name: Name) -> list[str]:
    if name.literal and not name.family:
        return _words(name.literal, "")[:2]
    word = folded(name.dropping_particle + name.non_dropping_particle + (name.family or name.given))
    return [word] if word else []


def _first_author(reference: Reference, count: int) -> list[str]:
    words = _author(reference)
    return ["".join(words)[:count]] if count else words


def _authors(reference: Reference, count: int) -> list[str]:
    """Give the authors, or the editors where there are none; those beyond the number, or cut off, are EtAl."""
    people = reference.author or reference.editor
    named = ["".join(words) for name in people if not name.others and (words := _name(name))]
    if not named:
        return _author(reference)
    shown = named[: count or None]
    cut = len(shown) < len(named) or any(name.others for name in people)
    return [*shown, "et", "al"] if cut else shown


def _words(text: str, language: str) -> list[str]:
    """Give the significant words, folded; all words where none is significant."""
    stop = _STOP_WORDS.get(language[:2].lower(), frozenset()) | _STOP_WORDS["en"] if language else _ALL_STOP_WORDS
    words = [word.lower() for word in _WORD.findall(_MARKUP.sub("", text))]
    significant = [word for word in words if word not in stop and len(word) > 1 and not word.isdecimal()]
    return [key for word in significant or words if (key := folded(word))]


def _title_words(reference: Reference, count: int) -> list[str]:
    author = "".join(_author(reference))
    words = _words(reference.title, reference.language)
    return [word for word in words if word not in author][: count or 1]


def _year(reference: Reference) -> str:
    return str(abs(reference.year)) if reference.year is not None else ""


def _month(reference: Reference) -> str:
    issued = reference.issued
    return f"{issued.month:02d}" if issued and issued.month and not issued.literal else ""


def _first_page(reference: Reference) -> str:
    match = re.match(r"\W*(\w+)", reference.page)
    return folded(match[1]) if match else ""


def _one(text: str) -> list[str]:
    return [text] if text else []


class _Part(msgspec.Struct, frozen=True):
    """What a part gives: words, from a reference and the number behind the part (0: none); whether it takes one."""

    words: Callable[[Reference, int], list[str]]
    counted: bool = False
    joint: str = ""


_PARTS = {
    "auth": _Part(_first_author, counted=True),
    "auths": _Part(_authors, counted=True),
    "year": _Part(lambda reference, _: _one(_year(reference))),
    "shortyear": _Part(lambda reference, _: _one(_year(reference)[-2:])),
    "month": _Part(lambda reference, _: _one(_month(reference))),
    "word": _Part(_title_words, counted=True),
    "title": _Part(
        lambda reference, count: _words(reference.title, reference.language)[: count or 4], counted=True, joint="-"
    ),
    "journal": _Part(
        lambda reference, count: _words(reference.container_title, reference.language)[: count or None], counted=True
    ),
    "firstpage": _Part(lambda reference, _: _one(_first_page(reference))),
    "id": _Part(
        lambda reference, count: _one(folded(reference.id)[: count or None]),
        counted=True,
    ),
}
_COUNTED = {name: part.counted for name, part in _PARTS.items()}
#: Printed for a part that is empty and has no alternatives; the hyphens keep "armeniand..." readable.
_MISSING = {"year": "-nd-"}


def key_parts(pattern: str) -> tuple[Callable[[Reference], str], ...]:
    """Give the makers of the parts of a pattern, see `alliancebib.key_pattern`.

    Raises:
        UsageError: The pattern breaks the rules of its language, or names a part that there is not.

    >>> [part(Reference(title="The Bloc")) for part in key_parts("year|'undated'+word:title")]
    ['undated', '']
    """
    return tuple(partial(_first_told, choices) for choices in parse_pattern(pattern, _COUNTED))


def _first_told(choices: tuple[Choice, ...], reference: Reference) -> str:
    told = next((text for choice in choices if (text := _told(choice, reference))), "")
    return told or (_MISSING.get(choices[0].name, "") if len(choices) == 1 else "")


def _told(choice: Choice, reference: Reference) -> str:
    part = _PARTS.get(choice.name)
    words = part.words(reference, choice.count) if part else [choice.text]
    joint = part.joint if part else ""
    for modifier in choice.modifiers:
        if modifier == "abbr":
            words, joint = [word[:1] for word in words], ""
        elif modifier == "title":
            words = [word[:1].upper() + word[1:] for word in words]
        else:
            words = [word.upper() if modifier == "upper" else word.lower() for word in words]
    return joint.join(words)


def new_keys(references: Iterable[Reference], *, taken: Iterable[str] = (), pattern: str) -> dict[int, str]:
    """Make keys for references; give them by their places. ``taken`` are the keys that stand already.

    A reference of which the pattern says nothing keeps the key that it has. Of several that would get the same key, one
    that has it already, with or without a letter, keeps it; the others follow by id.
    """
    parts = key_parts(pattern)
    wanted: dict[str, list[tuple[int, str, str, int]]] = {}
    for place, reference in enumerate(references):
        made = "".join(part(reference) for part in parts).strip("-")
        nothing = made in ("", "nd") or made.isdecimal()
        base = (safe_key(reference.key) if reference.key else f"ref{folded(reference.id)}") if nothing else made
        wanted.setdefault(base, []).append((*_standing(reference.key, base), reference.id, place))
    used = {key.lower() for key in taken}
    counted: dict[str, int] = {}
    keys = {}
    for base, places in sorted(wanted.items()):
        for *_, place in sorted(places):
            keys[place] = unique_key(base, used, counted=counted)
            used.add(keys[place].lower())
    return keys


def _standing(key: str, base: str) -> tuple[int, str]:
    """Rank a key that is the base with or without letters behind it, in the order in which they are given."""
    letters = key.removeprefix(base)
    standing = key.startswith(base) and (not letters or bool(re.fullmatch("[b-z]|[a-z]{2,}", letters)))
    return (len(letters), letters) if standing else (_NO_KEY, "")


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


def key_in_source(reference: Reference) -> str:
    """Give the key that documents cite: that of its source where reading put a letter behind it to tell twins apart.

    >>> from alliancebib.model import Origin
    >>> key_in_source(Reference(key="poeb", origins=(Origin(raw="@misc{poe, title={A}}"),)))
    'poe'
    """
    match = _ENTRY.match(reference.origin.raw) if reference.key else None
    typed = " ".join(match[1].split()) if match else ""
    made_up = typed and re.fullmatch(re.escape(typed) + r"(?:[a-z]+|-\d+)", reference.key)
    return typed if made_up else reference.key
