"""Lists of names in BibTeX's form: ``von Last, Jr, First`` joined by ``and``; "and others" is the flag of a cut list.

Lists are split at brace depth 0 first and decoded afterwards, so that ``{Barnes and Noble}`` is one body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from alliancebib.bibtex.sources import inside_of_whole
from alliancebib.bibtex.tex import TEX_LETTER, decode, encode
from alliancebib.model import Name

__all__ = ["extended_names", "format_names", "has_options", "has_small", "parse_names"]

_MARK = re.compile(r"[{}]|,|(?:(?<=[ \t\r\n~])|^|(?<=\}))and(?=[ \t\r\n~{]|$)|(?<!\\)[ \t\r\n~]+", re.IGNORECASE)

#: What a name without TeX, in one line, has not: braces, commands, ties, ligatures, keys, odd or doubled blanks. Two
#: patterns, since the engine looks for one set of letters, and for literals alone, several times faster than for both.
_ACTIVE = re.compile(r"[{}\\~$`=\t\r\n\u00a0]")
_DOUBLED = re.compile("--|''|  ")
_AND = re.compile(" and ", re.IGNORECASE)
_AND_WORD = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)

#: biblatex's extended form: parts of a name, and options of one name or of the list.
_EXTENDED = re.compile(
    r"(?:(?:family|given|prefix|suffix)(?:-i)?|id|useprefix|uniquename|uniquelist|nosortothers|[a-z]+template(?:name)?)\s*=",
    re.IGNORECASE,
)

_USEPREFIX = re.compile(r"useprefix\s*=\s*(true|false)\b", re.IGNORECASE)


def parse_names(source: str, *, particles_drop: bool = True) -> tuple[Name, ...]:
    """Read a field of names.

    ``particles_drop`` says what a particle is where nothing tells: biblatex drops it unless ``useprefix`` is set.

    >>> [str(name) for name in parse_names("Ludwig van Beethoven and {Barnes and Noble} and others")]
    ['Ludwig van Beethoven', 'Barnes and Noble', 'et al.']
    """
    if not source:
        return ()
    plain = _decoded(source)
    if _is_plain(plain):
        names = tuple(map(_plain_name, _AND.split(plain)))
        if None not in names:
            return names  # type: ignore[return-value]
    return _parsed(source, particles_drop=particles_drop)


def _decoded(source: str) -> str:
    """Decode a list in which TeX stands for single letters alone; others have to be divided first."""
    if "\\" not in source and "{" not in source:
        return source
    return decode(source) if _is_plain(TEX_LETTER.sub("x", source)) else source


def _is_plain(text: str) -> bool:
    """Say whether a list is divided and read by its blanks and commas alone."""
    if _ACTIVE.search(text) or _DOUBLED.search(text) or text.count(",") != text.count(", "):
        return False
    first, last = text[:3].lower(), text[-4:].lower()
    if first == "and" and not text[3:4].isalnum():
        return False
    return not (text.startswith(" ") or last.endswith((" ", ",")) or last in ("and", " and"))


@lru_cache(maxsize=8192)
def _plain_name(words: str) -> Name | None:
    """Read a name without TeX, particle and suffix, as most are; None where it has to be looked at closer."""
    if words.lower() == "others":
        return Name(others=True)
    head, comma, tail = words.partition(", ")
    if "," in head or "," in tail or (comma and not tail) or words[:4].lower() in ("and", "and "):
        return None
    parts = head.split(" ")
    if not all(part[:1].isalpha() and not part[0].islower() for part in parts):
        return None
    if comma:
        return Name(family=head, given=tail)
    return Name(family=parts[-1], given=" ".join(parts[:-1]))


def _parsed(source: str, *, particles_drop: bool) -> tuple[Name, ...]:
    names = []
    for commas, words in _split(source):
        texts = ["".join(part) for part in words]
        if [text.lower() for text in texts] == ["others"] and not commas:
            names.append(Name(others=True))
        elif name := _name(commas, words, particles_drop=particles_drop):
            names.append(name)
        elif told := _USEPREFIX.search(" ".join(texts)):  # an option of the whole list
            particles_drop = told[1].lower() != "true"
    return tuple(names)


def _split(source: str) -> list[tuple[list[int], list[str]]]:
    """Give each name as its words and the numbers of words before each comma, all at brace depth 0."""
    names: list[tuple[list[int], list[str]]] = []
    commas: list[int] = []
    words: list[str] = []
    depth, start = 0, 0

    def take(end: int) -> None:
        if word := source[start:end].strip():
            words.append(word)

    for mark in _MARK.finditer(source):
        if mark[0] in "{}":
            depth = max(0, depth + (1 if mark[0] == "{" else -1))
            continue
        if depth:
            continue
        take(mark.start())
        start = mark.end()
        if mark[0] == ",":
            commas.append(len(words))
        elif mark[0].lower() == "and":
            names.append((commas, words))
            commas, words = [], []
    take(len(source))
    names.append((commas, words))
    return [(commas, words) for commas, words in names if words]


def _name(commas: list[int], words: list[str], *, particles_drop: bool) -> Name | None:
    if _EXTENDED.match(words[0]):
        return _extended(commas, words, particles_drop=particles_drop)
    if not commas and len(words) == 1 and inside_of_whole(words[0]):
        literal = decode(words[0]).strip()
        return Name(literal=literal) if literal else None
    if not commas:
        first, last = _von(words[:-1])
        given, family = words[:first], words[last:]
    else:
        head = words[: commas[0]]
        first, last = 0, max((place for place, word in enumerate(head[:-1], 1) if _is_small(word)), default=0)
        family = head[last:]
        given = words[commas[1] if len(commas) > 1 else commas[0] :]
    suffix = words[commas[0] : commas[1]] if len(commas) > 1 else []
    von = _text(words[first:last])
    name = Name(
        family=_text(family),
        given=_text(given),
        dropping_particle=von if particles_drop else "",
        non_dropping_particle="" if particles_drop else von,
        suffix=_text(suffix),
    )
    return _somebody(name)


def _extended(commas: list[int], words: list[str], *, particles_drop: bool) -> Name | None:
    """Read biblatex's extended form: ``family=Beethoven, given=Ludwig, prefix=van, useprefix=true``.

    Options alone, which speak of the whole list, are no name.
    """
    parts: dict[str, str] = {}
    for start, end in zip([0, *commas], [*commas, len(words)], strict=True):
        key, _, value = " ".join(words[start:end]).partition("=")
        parts[key.strip().lower()] = decode(value).strip()
    prefix = parts.get("prefix", "")
    if "useprefix" in parts:
        particles_drop = parts["useprefix"].lower() != "true"
    name = Name(
        family=parts.get("family", ""),
        given=parts.get("given", ""),
        suffix=parts.get("suffix", ""),
        dropping_particle=prefix if particles_drop else "",
        non_dropping_particle="" if particles_drop else prefix,
    )
    return _somebody(name)


def _somebody(name: Name) -> Name | None:
    """Give a name that has a family or a given name; a particle or suffix of nobody is the name of a body."""
    if name.family or name.given:
        return name
    return Name(literal=str(name)) if str(name) else None


def has_options(source: str) -> bool:
    """Say whether a list is written in biblatex's extended form, of which a `Name` does not hold every part.

    >>> has_options("family=Beethoven, prefix=van, useprefix=true"), has_options("Doe, Jane")
    (True, False)
    """
    return "=" in source and _EXTENDED.search(source) is not None


def _von(words: list[str]) -> tuple[int, int]:
    """Give where the particle begins and ends: from the first to the last word in small letters, if there are any."""
    small = [place for place, word in enumerate(words) if _is_small(word)]
    return (small[0], small[-1] + 1) if small else (len(words), len(words))


def _is_small(word: str) -> bool:
    """Say whether the first letter outside of braces is a small one; a word in braces has no case."""
    if word[:1].isupper() or (word.startswith("{") and not word.startswith("{\\")):
        return False
    text = decode(word)
    letter = next((letter for letter in text if letter.isalpha()), "")
    return letter.islower() and not re.match(r"(?:d|l)['’]\w", text)


def _text(words: Iterable[str]) -> str:
    return " ".join(text for word in words if (text := decode(word).strip()))


def format_names(names: Iterable[Name]) -> str:
    """Write names in the order ``particle family, suffix, given``; a body in braces.

    >>> format_names([Name(family="Aris", given="S."), Name(literal="United Nations"), Name(others=True)])
    'Aris, S. and {United Nations} and others'
    """
    return " and ".join("others" if name.others else _no_option(_written(name)) for name in names)


def _no_option(source: str) -> str:
    """Keep a name that begins as one in the extended form does from being read as such."""
    return source.replace("=", "{=}", 1) if "=" in source and _EXTENDED.match(source) else source


def extended_names(names: Iterable[Name], *, particles_drop: bool) -> str:
    """Write names in the same form, but those whose particle would be read otherwise in biblatex's extended form.

    ``particles_drop`` is what `parse_names` will be told.

    >>> names = [Name(family="Bann", given="Ann", non_dropping_particle="van"), Name(family="Aris", given="S.")]
    >>> extended_names(names, particles_drop=True)
    'family={Bann}, given={Ann}, prefix={van}, useprefix=true and Aris, S.'
    """
    return " and ".join(
        _extended_form(name) if _is_read_otherwise(name, particles_drop=particles_drop) else format_names([name])
        for name in names
    )


def _is_read_otherwise(name: Name, *, particles_drop: bool) -> bool:
    particle = _particles(name)
    if not particle or name.literal:
        return False
    other = name.non_dropping_particle if particles_drop else name.dropping_particle
    return bool(other) or not has_small(particle)


def has_small(particle: str) -> bool:
    """Say whether a particle is read as one: a word of it begins with a small letter."""
    return any(_is_small(word) for word in encode(particle).split())


def _particles(name: Name) -> str:
    return " ".join(part for part in (name.dropping_particle, name.non_dropping_particle) if part)


def _extended_form(name: Name) -> str:
    parts = {"family": name.family, "given": name.given, "prefix": _particles(name), "suffix": name.suffix}
    told = [f"{key}={{{encode(text)}}}" for key, text in parts.items() if text]
    return ", ".join([*told, f"useprefix={'true' if name.non_dropping_particle else 'false'}"])


def _written(name: Name) -> str:
    if not name.literal and _particles(name) and not has_small(_particles(name)):  # it would be read as family name
        family = f"{_particles(name)} {name.family}".strip()
        name = replace(name, family=family, dropping_particle="", non_dropping_particle="")
    if name.literal or not (name.family or name.given):
        source = encode(str(name))
        return f"{{{{{source}}}}}" if source.startswith("\\") else f"{{{source}}}"  # `{\"` begins an accented letter
    particle = _particles(name)
    if not (name.family or particle or name.suffix):
        return _part(name.given, whole=True)
    bare = not (name.given or particle or name.suffix)
    family = _part(name.family, whole=bare) or "{}"  # a particle or a suffix needs a family name, if an empty one
    head = f"{_particle(particle)} {family}" if particle else family
    if name.suffix:
        return f"{head}, {_part(name.suffix)}, {_part(name.given) or '{}'}"
    capital = bool(particle) and not _is_small(encode(particle.split()[0]))  # it would be read as a given name
    return f"{head}, {_part(name.given) or '{}'}" if name.given or capital else head


def _particle(text: str) -> str:
    """Encode a particle; what would divide the list stands in braces, but no first letter: that would lose its case."""
    source = re.sub("[,~]", r"{\g<0>}", encode(text))
    words = source.split(" ")
    if (last := max((place for place, word in enumerate(words) if _is_small(word)), default=-1)) >= 0:
        source = " ".join([*words[:last], "{ }".join(words[last:])])  # a particle ends with a small word
    return re.sub(r"(?<![^\s}])(an)(d)(?![^\s{])", r"\1{\2}", source, flags=re.IGNORECASE)


def _divides(text: str) -> bool:
    """Say whether a comma or an "and" in a part would end the part or the name."""
    return "," in text or bool(_AND_WORD.search(text))


def _part(text: str, *, whole: bool = False) -> str:
    """Encode a part of a name; braces keep it in one piece where it would be read otherwise."""
    source = encode(text)
    odd = _divides(text) or "~" in source or "{" in source
    words = text.split()
    small = not (whole and len(words) == 1) and any(_is_small(encode(word)) for word in words)
    if odd or small or text.lower() == "others" or (whole and len(words) > 1):
        return f"{{{source}}}"
    return source
