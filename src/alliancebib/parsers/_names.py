"""Names as reference strings write them: a stretch of text comes in, `Name` values go out, or None where it is no list.

Known are inverted lists (APA, Harvard, MLA, Chicago, GOST), lists without marks (Vancouver), and given names first;
bodies stay whole. A particle in capitals belongs to the family name, one in small letters stands beside it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from alliancebib.model import Name

__all__ = ["INSTRUMENT_WORD", "is_body", "is_particle", "is_suffix", "person", "read_names"]

_INITIALS = re.compile(
    r"(?:[^\W\d_a-zà-öø-ÿа-яёіїєґα-ω]['’]?[a-zа-я]?\.[\s‐-]?-?\s?){1,5}|[^\W\d_a-zà-öø-ÿа-яё]{1,3}|(?:[A-Z]\.?-?\s?){1,4}"
)
_VANCOUVER = re.compile(
    r"(?P<family>[^\W\d_][\w'’´`-]+(?:\s[\w'’-]+){0,3}?)\s+(?P<given>[A-ZÀ-ÞА-ЯЁ](?:-?[A-ZÀ-ÞА-ЯЁ]){0,3})(?:\s(?P<suffix>Jr|Sr|II|III|IV))?"
)
_SPLIT = re.compile(
    r"(?=[\s,;…/])(?:\s*;\s*|(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])|\s*,?\s+(?:and|&|und|et|y|и|та|oraz|ve|(?-i:a(?=\s[^\W\d_a-z])))\s+|\s*,\s*&\s*|\s*,\s*(?:\.\s?){3}\s*&?\s*|\s*,?\s*…\s*&?\s*)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[^\W\d_]")
_POINTED_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,4}")
#: A word that ends a sentence; shorter ones may be cut names ("Chr.", "Wm.").
_ENDED = re.compile(r"[^\W\d_]{4,}\.")
#: Words that stand in sentences and titles, never in names.
_NO_NAME = re.compile(r"\d{2}|[?!\"“”«»=<>@#%]|://")
#: Small words that begin a family name where names are spoken ("Mario Del Pero").
_CAPITAL_PARTICLES = frozenset(
    {"De", "Del", "Della", "Dalla", "Di", "Da", "Van", "Von", "Der", "Den", "Al", "El", "Bin"}
)
_MAX = 600
#: A whole given name and a family name.
_SPOKEN = re.compile(r"[^\W\d_a-zà-öø-ÿ][^\W\d_.]{1,20}(?:\s[^\W\d_]\.?){0,2}(?:\s[^\W\d_]['’\w-]{1,24}){1,3}")
#: "SCHMITT (Olivier)", as French libraries write it; "(Hrsg)" is no given name.
_GIVEN_IN_BRACKETS = re.compile(
    r"(?<![^\s,;])([^\W\d_]{2}[\w'’-]{0,30})\s\((?!(?:Hrsg|Hg|Eds?|Dirs?|Org|Coords?|Host|Red)\b)"
    r"([^\W\d_a-zà-öø-ÿа-яё][a-zß-ÿа-яё][^\W\d_.]{0,20}(?:[ -][^\W\d_.]{1,20}){0,2})\)"
)
#: Names that are written without a blank stand whole between commas.
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[,，、;；]\s?[\u4e00-\u9fff]{2,4}){1,20}")
_CHINESE_AND_STOP = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]\.$")
_WORD_AND_STOP = re.compile(r"[^\W\d_]{3}\.$")
#: "d'Amico", "al-Assad": a small letter begins the name, but a mark stands in it.
_SMALL_BEFORE_MARK = re.compile(r"\w{0,2}['’]|[a-z]{2}-[^\W\d_a-z]")
#: It looks like initials, and is none.
_OF_A_SON = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
#: A list of people has these, the name of a body has not.
_LISTED = re.compile(r",\s*(?:[^\W\d_]\.|(?:&|and)\s)")
_INITIAL_AT_COMMA = re.compile(r"\b[A-Z]\.\s?,|,\s[A-Z]\.")
_GOST = re.compile(r"(?P<family>[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?)\s+(?P<given>(?:[^\W\d_]\.\s?-?){1,3})")
#: What begins the title of an instrument, and no name of a body but that of a treaty's organisation.
_INSTRUMENT = re.compile(
    r"(?:The\s)?(?:(?:Joint|Final|Gemeinsame|Mutual)\s)?(?:Declaration|Statement|Communiqué|Treaty(?!\sOrgani)|Agreement|Protocol|Charter|Convention|Memorandum|"
    r"Vertrag|Abkommen|Erklärung|Traité|Accord|Déclaration|Tratado|Acuerdo|Declaración|Trattato|Accordo|Dichiarazione|Договор|Устав|Хартия|Декларация)\b"
)
#: "Doe, Jane M.": a person, whatever stands behind.
_INVERTED = re.compile(r"[^\W\d_][\w'’-]{1,40},\s(?:[^\W\d_][\w'’-]{0,40}\s){1,3}[^\W\d_]\.")
#: "Doe, Jane. The Alliance": a name and the title behind it.
_BEFORE_TITLE = re.compile(r"[^\W\d_][\w'’-]{1,40},\s(?:[^\W\d_][\w'’-]{0,40}\s){0,2}[^\W\d_]{2,40}\.\s[^\W\d_a-z]")
#: What an instrument is called; nobody has such a name.
INSTRUMENT_WORD = re.compile(
    r"\b(?:Declaration|Treaty|Agreement|Charter|Protocol|Convention|Pact|Statement|Communiqué)\b"
)
#: A sentence ends and another begins.
_SENTENCE = re.compile(r"(?<!\bS)[a-zß-ÿа-я]\. ")


@cache
def _words(table: str) -> tuple[frozenset[str], tuple[str, ...]]:
    text = tomllib.loads(files("alliancebib.parsers").joinpath("names.toml").read_text("utf-8"))[table]
    entries = text.split("|") if "|" in text else text.split()
    entries = [" ".join(entry.split()) for entry in entries]
    return (
        frozenset(entry for entry in entries if not entry.endswith("*")),
        tuple(entry[:-1] for entry in entries if entry.endswith("*")),
    )


def _is(table: str, word: str) -> bool:
    words, stems = _words(table)
    folded = word.casefold().strip(",;")
    return folded in words or (bool(stems) and folded.startswith(stems))


@cache
def _others() -> re.Pattern[str]:
    phrases = sorted(_words("others")[0], key=len, reverse=True)
    return re.compile(rf"[\s,;&]*(?:\b(?:and|&)\s+)?(?:{'|'.join(map(re.escape, phrases))})[\s.,]*$", re.IGNORECASE)


def read_names(text: str, *, given_first: bool = False) -> tuple[Name, ...] | None:
    """Read a list of names; None where the text is not one.

    >>> [str(name) for name in read_names("Guliyev, F., & Gawrich, A.")]
    ['F. Guliyev', 'A. Gawrich']
    >>> read_names("De Haas, M.")[0].family, read_names("van der Berg, J.")[0].non_dropping_particle
    ('De Haas', 'van der')
    >>> [str(name) for name in read_names("Doe, Jane, and Max Roe")]
    ['Jane Doe', 'Max Roe']
    """
    text = _GIVEN_IN_BRACKETS.sub(r"\1, \2", " ".join(text.split()).strip(" ,;:"))
    if not text or len(text) > _MAX or _NO_NAME.search(text):
        return None
    if (
        text.endswith(".")
        and _WORD_AND_STOP.search(text, max(0, len(text) - 5))
        and not _is("suffixes", text.split()[-1])
    ) or _CHINESE_AND_STOP.search(text, max(0, len(text) - 2)):
        text = text[:-1]
    cut = _others().search(text)
    listed = text[: cut.start()].rstrip(" ,;") if cut else text
    names = _listed(listed, given_first=given_first)
    if names is None:
        return None
    return (*names, Name(others=True)) if cut else names


def _listed(text: str, *, given_first: bool) -> tuple[Name, ...] | None:
    if not text or not _starts_like_name(text) or ":" in text:
        return None
    if _is_body(text):
        return (Name(literal=text.rstrip(".") if text.count(".") == 1 else text),)
    if names := _vancouver(text):
        return names
    if _CHINESE.fullmatch(text):
        return tuple(Name(literal=piece) for piece in re.split(r"[,，、;；]\s?", text))
    people: list[Name] = []
    groups = [group for group in _SPLIT.split(text) if group]
    given_first = given_first or _are_spoken(groups)
    for group in groups:
        found = _group(group.strip(" ,"), given_first=given_first)
        if found is None:
            return None
        people += found
    return tuple(people) or None


def _starts_like_name(text: str) -> bool:
    first = text.split(maxsplit=1)[0].strip("\"'(")
    return bool(_CAPITAL.match(text.lstrip("'’"))) and (
        not first[:1].islower() or _is("particles", first) or _SMALL_BEFORE_MARK.match(first) is not None
    )


def _is_body(text: str) -> bool:
    words = text.replace(",", " ").split()
    if "," in text and (_LISTED.search(text) or _INVERTED.match(text) or _BEFORE_TITLE.match(text)):
        return False
    if len(words) == 1:
        return "," not in text and not text.endswith(".")
    if any(_is("bodies", word.strip(".()")) for word in words) and ";" not in text:
        return len(words) <= 14 and not _INITIAL_AT_COMMA.search(text)
    return False


def _vancouver(text: str) -> tuple[Name, ...] | None:
    """Read a list of which each name is a family name with bare initials behind it; "and" may stand before the last."""
    names = []
    for piece in (piece for group in _SPLIT.split(text) if group for piece in group.split(",")):
        match = _VANCOUVER.fullmatch(piece.strip(" ."))
        if not match or len(match["given"]) > 4:
            return None
        given = " ".join(f"{letter}." for letter in match["given"].replace("-", ""))
        names.append(person(match["family"], given, match["suffix"] or ""))
    return tuple(names) or None


def _group(text: str, *, given_first: bool) -> list[Name] | None:
    """Read names between two "and" or semicolons: pairs of family and given, or given names first."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    names: list[Name] = []
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        following = pieces[place + 1] if place + 1 < len(pieces) else ""
        suffix = pieces[place + 2] if place + 2 < len(pieces) and _is("suffixes", pieces[place + 2]) else ""
        of_a_son = _OF_A_SON.fullmatch(following) is not None
        if (
            following
            and not given_first
            and not of_a_son
            and _is_family(piece)
            and _is_given(following, alone=len(pieces) <= 2 + bool(suffix))
        ):
            names.append(person(piece, following, suffix))
            place += 2 + bool(suffix)
            continue
        if following and _is("suffixes", following):
            suffix, place = following, place + 1
        name = _upright(piece, suffix if suffix == following else "")
        if name is None or (not given_first and (_POINTED_INITIALS.fullmatch(following) or _is_stray(piece, pieces))):
            return None
        names.append(name)
        place += 1
    return names


def _are_spoken(groups: list[str]) -> bool:
    """Say whether each name of a list has two words or more: "Luis Simón, Alexander Lanoszka, and Hugo Meijer"."""
    pieces = [piece.strip() for group in groups for piece in group.split(",") if piece.strip()]
    return len(groups) > 1 and len(pieces) > 2 and all(_SPOKEN.fullmatch(piece) for piece in pieces)


def _is_stray(piece: str, pieces: list[str]) -> bool:
    """Say whether a word stands alone in a list of inverted names; there it begins something else."""
    return len(pieces) > 1 and " " not in piece and not piece.isupper() and not _is("bodies", piece)


def _is_given(text: str, *, alone: bool) -> bool:
    """Say whether a text is initials, or given names in full ("Jane", "Jane M.") where nothing else can be meant."""
    if _INITIALS.fullmatch(text):
        return True
    words = text.split()
    if not words or len(words) > 4 or any(_is("bodies", word) for word in words):
        return False
    if any(word.endswith(".") and not _INITIALS.fullmatch(word) for word in words):
        return False
    if len(words) > 2 and words[0].endswith(".") and not _INITIALS.fullmatch(words[1]):
        return False  # initials, and then a title begins
    pointed = next((place for place, word in enumerate(words) if _POINTED_INITIALS.fullmatch(word)), len(words))
    if sum(len(word) > 2 and not _INITIALS.fullmatch(word) for word in words[pointed:]) > 1:
        return False  # "A. B. Koine Harbours": a title behind initials
    capitals = all(word[0].isupper() or _is("particles", word) for word in words)
    return capitals and (alone or len(words) == 1 or any(_INITIALS.fullmatch(word) for word in words[1:]))


def _is_family(text: str) -> bool:
    words = text.split()
    if len(words) > 1 and not text.isupper() and len(words[0]) > 2 and words[0].isupper():
        return False  # an acronym stands before it, which belongs to a title
    if len(words) > 1 and (words[0] == "The" or (len(words) > 2 and any(_is("bodies", word) for word in words[:-1]))):
        return False  # the end of a title stands before it
    return (
        0 < len(words) <= 5
        and not any(len(word) > 40 or (word.endswith(".") and not _is("suffixes", word)) for word in words)
        and (words[-1][0].isupper() or not words[-1].isascii() or words[-1][1:2] in {"'", "’"} or "-" in words[-1])
        and all(word[0].isupper() or _is("particles", word) or word[1:2] in {"'", "’"} or "-" in word for word in words)
    )


def _upright(text: str, suffix: str = "") -> Name | None:  # noqa: PLR0911 - one way out for each shape of a name
    """Read a name as it is spoken, or as GOST writes it ("Иванов И. И.")."""
    words = text.split()
    if not words or len(words) > 7:
        return None
    gost = _GOST.fullmatch(text)
    if gost:
        return person(gost["family"], gost["given"], suffix)
    if any(_is("bodies", word.strip(".")) for word in words):
        return Name(literal=text)
    if len(words) == 1:
        # Initials alone are half a name: "Li, Z., and D.E." of "Li, Z., and D.E. Vance".
        whole = (text[0].isupper() or not text.isascii()) and not _POINTED_INITIALS.fullmatch(text)
        return (Name(family=text, suffix=suffix) if suffix else Name(literal=text)) if whole else None
    if not all(_may_be_of_name(word) for word in words):
        return None
    if turned := _in_capitals(words, suffix):
        return turned
    start = len(words) - 1
    if words[start].casefold() in _words("suffixes")[0] and start > 1:
        suffix, start, words = words[start], start - 1, words[:-1]
    while start > 1 and (words[start - 1][0].islower() or words[start - 1] in _CAPITAL_PARTICLES):
        start -= 1
    if len(words) > 5:
        return None
    return person(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _in_capitals(words: list[str], suffix: str) -> Name | None:
    """Read a name of which capitals mark the family name; None where they do not."""
    if len(words) == 2 and all(word.isupper() and len(word) > 2 for word in words):
        return person(words[1], words[0], suffix)
    first = words[0]
    marked = len(first) > 2 and first.isupper() and "." not in first and not any(word.isupper() for word in words[1:])
    return person(first, " ".join(words[1:]), suffix) if marked and len(words) < 4 else None  # "BADIE Bertrand"


def _may_be_of_name(word: str) -> bool:
    if _ENDED.fullmatch(word) and not _is("suffixes", word):
        return False
    return word[0].isupper() or _is("particles", word) or word[1:2] in {"'", "’"} or "-" in word


def person(family: str, given: str, suffix: str = "") -> Name:
    """Make a person; small particles before the family name stand in a part of their own.

    >>> person("van der Berg", "J.").family
    'Berg'
    """
    words = family.split()
    if len(words) > 1 and not suffix and _is("suffixes", words[-1]):
        suffix = words.pop()
    count = 0
    while count < len(words) - 1 and words[count][0].islower() and _is("particles", words[count]):
        count += 1
    tail = given.split()
    dropped: list[str] = []
    while len(tail) > 1 and tail[-1][0].islower() and _is("particles", tail[-1]):
        dropped.insert(0, tail.pop())
    return Name(
        family=" ".join(words[count:]),
        given=" ".join(tail),
        non_dropping_particle=" ".join(words[:count]) or " ".join(dropped),
        suffix=suffix,
    )


def is_suffix(text: str) -> bool:
    """Say whether a text is what stands behind a family name ("Jr", "III")."""
    return _is("suffixes", text)


def is_particle(text: str) -> bool:
    """Say whether a text is a small word of family names ("van", "De")."""
    return _is("particles", text)


def is_body(text: str) -> bool:
    """Say whether a text names an organisation: it begins with a capital, and one of its words says so."""
    words = text.split()
    return (
        0 < len(words) <= 14
        and not words[0][0].islower()
        and "., " not in text
        and not _INSTRUMENT.match(text)
        and not _INVERTED.match(text)
        and not _SENTENCE.search(text)
        and not any(letter.isdigit() or letter in ":;?!" for letter in text)
        and any(_is("bodies", word.strip(".()'’")) and word[0].isupper() for word in words)
    )
