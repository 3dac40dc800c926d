"""What the model sees of each word of a reference: its form, its neighbours, and where it stands.

Words go in, attributes come out, one list of byte strings a word, as CRFsuite reads them. What depends on a word alone
is made once for each word and kept; few attributes depend on more.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec

__all__ = ["features"]

_TABLE = tomllib.loads(files("alliancebib.labelling").joinpath("keywords.toml").read_text("utf-8"))
_KEYWORDS = {word: name for name, words in reversed(_TABLE.items()) for word in words.split()}

_LETTERS = re.compile(r"[^\W_]+")
_LEAD = re.compile(r"\W*")
_TRAIL = re.compile(r"\W*\Z")
_ROMAN = re.compile("[IVXLC]{2,}")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20[0-3]\d)(?!\d)")
_BARE_YEAR = re.compile(r"\d{4}[a-z]?")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_HASHES = re.compile("#+")
_ADDRESS = re.compile(r"https?:|www\.|\.(?:com|org|net|edu|gov)\b", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/")
_OPENING = frozenset("\"“„«‘'‹")
_CLOSING = re.compile('["”“»’›]')
#: Longer words are looked at so far; an address may have thousands of characters.
_LONGEST = 80


class _Seen(msgspec.Struct, frozen=True, gc=False):
    """What one word tells of itself, by the place from which it is seen."""

    own: list[bytes]
    before: list[bytes]
    behind: list[bytes]
    two_before: list[bytes]
    two_behind: list[bytes]
    word: str
    shape: str
    trail: str
    opens_quote: bool
    closes_quote: bool
    brackets: int
    is_year: bool
    is_in: bool


def features(words: Sequence[str]) -> list[list[bytes]]:
    """Give the attributes of each word, in time linear in their number.

    >>> found = features(["Doe,", "J."])
    >>> [b"w=doe" in found[0], b"+w=j" in found[0], b"-tr=," in found[1]]
    [True, True, True]
    """
    seen = [_START, _START, *map(_seen, words), _END, _END]
    count = len(words)
    rows: list[list[bytes]] = []
    year = quoted = led = False
    depth = 0
    for place in range(count):
        two_before, before, own, behind, two_behind = seen[place : place + 5]
        quoted = quoted or own.opens_quote
        rows.append(
            [
                *own.own,
                *before.before,
                *behind.behind,
                *two_before.two_before,
                *two_behind.two_behind,
                _words(before.word, own.word),
                _words_behind(own.word, behind.word),
                *_shapes((before.shape, before.trail), (own.shape, own.trail), (behind.shape, behind.trail)),
                _PLACES[10 * place // count],
                _STATES[year, quoted, depth > 0, led],
            ]
        )
        depth = max(0, depth + own.brackets)
        quoted = quoted and not own.closes_quote
        year = year or own.is_year
        led = led or own.is_in
    return rows


_PLACES = [f"at={tenth}".encode() for tenth in range(10)]
_STATES = {
    (year, quoted, inside, led): f"st={year:d}{quoted:d}{inside:d}{led:d}".encode()
    for year in (False, True)
    for quoted in (False, True)
    for inside in (False, True)
    for led in (False, True)
}


@lru_cache(maxsize=65536)
def _words(before: str, own: str) -> bytes:
    return f"-w|w={before}|{own}".encode()


@lru_cache(maxsize=65536)
def _words_behind(own: str, behind: str) -> bytes:
    return f"w|+w={own}|{behind}".encode()


@lru_cache(maxsize=65536)
def _shapes(before: tuple[str, str], own: tuple[str, str], behind: tuple[str, str]) -> list[bytes]:
    """Give what three shapes and the marks behind them say together."""
    shape, mark = own
    return _lines(
        f"-tr|sh={before[1]}|{shape}{mark}\n-sh|sh={''.join(before)}|{shape}\nsh|+sh={shape}{mark}|{''.join(behind)}"
    )


@lru_cache(maxsize=65536)
def _seen(word: str) -> _Seen:
    word = word[:_LONGEST]
    if not word.isascii():
        word = word.encode("utf-8", "replace").decode()  # halves of surrogate pairs
    lead, trail = _LEAD.match(word), _TRAIL.search(word)
    start, end = lead.end() if lead else 0, trail.start() if trail else len(word)
    core = word[start:end]
    leading, trailing = word[:start][:2], word[max(start, end) :][:2]
    folded = _folded(core)
    letters = folded if core.isalnum() else _folded("".join(_LETTERS.findall(core)))
    keyword = _KEYWORDS.get(letters, "-")
    number = _number(word, core)
    if number not in ("-", "rom"):
        letters = _DIGIT.sub("0", letters)
    shape, whole = _shape(core)[:5], _shape(word)[:10]
    own = _lines(
        f"w={letters}\np1={word[:1]}\np2={folded[:2]}\np3={folded[:3]}\n"
        f"s1={word[-1:]}\ns2={word[-2:]}\ns3={folded[-3:]}\ns4={folded[-4:]}\nk={keyword}\nn={number}\n"
        f"sh={whole}\nld={leading}\ntr={trailing}\nlen={min(len(core), 12)}"
    )
    if len(core) > 6 and ("." in core or ":" in core):
        if _ADDRESS.search(word):
            own.append(b"address")
        if _DOI.search(word):
            own.append(b"doi")
    return _Seen(
        own=own,
        before=_lines(f"-w={letters}\n-sh={shape}\n-k={keyword}\n-n={number}\n-tr={trailing}"),
        behind=_lines(f"+w={letters}\n+sh={shape}\n+k={keyword}\n+n={number}\n+tr={trailing}\n+ld={leading[:1]}"),
        two_before=_lines(f"--w={letters}\n--tr={trailing}"),
        two_behind=_lines(f"++w={letters}\n++sh={shape}\n++n={number}"),
        word=letters,
        shape=shape,
        trail=trailing,
        opens_quote=leading[:1] in _OPENING and bool(leading),
        closes_quote=_CLOSING.search(word, 1) is not None,
        brackets=sum(map(word.count, "([")) - sum(map(word.count, ")]")),
        is_year=number.startswith("Y"),
        is_in=keyword == "in",
    )


def _edge(name: str) -> _Seen:
    """Give what is seen beyond the first and the last word."""
    sign = {"before": "-", "behind": "+"}
    return _Seen(
        own=[],
        before=[f"{sign['before']}w={name}".encode()],
        behind=[f"{sign['behind']}w={name}".encode()],
        two_before=[f"--w={name}".encode()],
        two_behind=[f"++w={name}".encode()],
        word=name,
        shape=name,
        trail="",
        opens_quote=False,
        closes_quote=False,
        brackets=0,
        is_year=False,
        is_in=False,
    )


_START, _END = _edge("<s>"), _edge("</s>")


def _lines(attributes: str) -> list[bytes]:
    """Divide attributes, in which no line ends stand: one string and one encoding take a third of the time of many."""
    return attributes.encode().split(b"\n")


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()


def _shape(core: str) -> str:
    """Give the shape of a word: capitals X, small letters x, digits d, each at most twice in a row."""
    kinds = core.translate(_KINDS) if core.isascii() else "".join(map(_kind, core))
    return _RUN.sub(r"\1\1", kinds)


def _kind(sign: str) -> str:
    return (
        "X" if sign.isupper() else "x" if sign.islower() else "d" if sign.isdigit() else "a" if sign.isalpha() else sign
    )


_KINDS = str.maketrans({chr(code): _kind(chr(code)) for code in range(128)})
_RUN = re.compile(r"(.)\1{2,}")


def _number(word: str, core: str) -> str:
    """Give the form of a number: runs of digits by their lengths up to 4, letters as w; "Y" where a year is in it."""
    if not _DIGIT.search(word):
        return "rom" if _ROMAN.fullmatch(core) else "-"
    if _BARE_YEAR.fullmatch(core) and _YEAR.match(core):
        return "Y"
    form = _DIGITS.sub(lambda run: "#" * min(4, len(run[0])), _LETTER_RUN.sub("w", core))
    return "Y+" + _HASHES.sub("#", form)[:6] if _YEAR.search(word) else form[:12]
