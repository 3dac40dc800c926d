"""What the model sees of each word of a reference: its form, its neighbours, and where it stands.

Words go in, attributes come out, one list of byte strings a word, as CRFsuite reads them. What depends on a word alone
is made once for each word and kept; few attributes depend on more. A model does not know all attributes that there are;
those that it knows can be given, and only they come out, in the same order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec

from alliancebib.labelling.lexicon import folded, folded_letters, sort_of

__all__ = ["features"]

_TABLE = tomllib.loads(files("alliancebib.labelling").joinpath("keywords.toml").read_text("utf-8"))
_KEYWORDS = {word: name for name, words in reversed(_TABLE.items()) for word in words.split()}

_LEAD = re.compile(r"\W*")
_TRAIL = re.compile(r"\W*\Z")
_ROMAN = re.compile("[IVXLC]{2,}")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20[0-3]\d)(?!\d)")
_BARE_YEAR = re.compile(r"\d{4}[a-z]?")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_UNITS = frozenset("年月日卷期号號巻页頁第권호쪽집")
_HASHES = re.compile("#+")
_FORMS = {
    "address": re.compile(r"https?:|www\.|\.(?:com|org|net|edu|gov)\b", re.IGNORECASE),
    "doi": re.compile(r"10\.\d{4,9}/"),
    "eprint": re.compile(
        r"arxiv|(?<![\w.])(?:0[7-9]|[12]\d)(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d)?(?![\w.]*\d)|"
        r"\b[a-z-]{2,8}(?:\.[A-Z]{2})?/\d{7}\b",
        re.IGNORECASE,
    ),
}
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
    #: Its word and shape, and what attributes of two words begin with, seen from the word behind it or from itself.
    word: bytes
    shape: bytes
    form: bytes
    word_before: bytes
    word_and: bytes
    trail_before: bytes
    form_before: bytes
    form_and: bytes
    opens_quote: bool
    closes_quote: bool
    brackets: int
    is_year: bool
    is_in: bool


def features(words: Sequence[str], known: frozenset[bytes] | None = None) -> list[list[bytes]]:
    """Give the attributes of each word, or those of them that are known, in time linear in their number.

    >>> found = features(["Doe,", "J."])
    >>> [b"w=doe" in found[0], b"+w=j" in found[0], b"-tr=," in found[1]]
    [True, True, True]
    >>> features(["Doe,", "J."], frozenset([b"w=doe", b"+w=j"]))
    [[b'w=doe', b'+w=j'], []]
    """
    start, end = _edges(known)
    seen = [start, start, *[_seen(word, known) for word in words], end, end]
    is_known: Callable[[bytes], bool] = bool if known is None else known.__contains__
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
                *filter(
                    is_known,
                    (
                        before.word_before + own.word,
                        own.word_and + behind.word,
                        before.trail_before + own.form,
                        before.form_before + own.shape,
                        own.form_and + behind.form,
                        _PLACES[10 * place // count],
                        _STATES[year, quoted, depth > 0, led],
                    ),
                ),
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
def _seen(word: str, known: frozenset[bytes] | None) -> _Seen:
    word = word[:_LONGEST]
    if not word.isascii():
        word = word.encode("utf-8", "replace").decode()  # halves of surrogate pairs
    lead, trail = _LEAD.match(word), _TRAIL.search(word)
    start, end = lead.end() if lead else 0, trail.start() if trail else len(word)
    core = word[start:end]
    leading, trailing = word[:start][:2], word[max(start, end) :][:2]
    plain = folded(core)
    letters = plain if core.isalnum() else folded_letters(core)
    sort = sort_of(letters)
    keyword = _KEYWORDS.get(letters, "-")
    number = _number(word, core)
    if number not in ("-", "rom"):
        letters = _DIGIT.sub("0", letters)
    shape, whole = _shape(core)[:5], _shape(word)[:10]
    own = _lines(
        f"w={letters}\np1={word[:1]}\np2={plain[:2]}\np3={plain[:3]}\n"
        f"s1={word[-1:]}\ns2={word[-2:]}\ns3={plain[-3:]}\ns4={plain[-4:]}\nk={keyword}\nn={number}\n"
        f"sh={whole}\nld={leading}\ntr={trailing}\nlen={min(len(core), 12)}\nd={sort}{_net(core, word)}",
        known,
    )
    return _Seen(
        own=own,
        before=_lines(f"-w={letters}\n-sh={shape}\n-k={keyword}\n-n={number}\n-tr={trailing}\n-d={sort}", known),
        behind=_lines(
            f"+w={letters}\n+sh={shape}\n+k={keyword}\n+n={number}\n+tr={trailing}\n+ld={leading[:1]}\n+d={sort}", known
        ),
        two_before=_lines(f"--w={letters}\n--tr={trailing}", known),
        two_behind=_lines(f"++w={letters}\n++sh={shape}\n++n={number}", known),
        **_joint(letters, shape, trailing),
        opens_quote=leading[:1] in _OPENING and bool(leading),
        closes_quote=_CLOSING.search(word, 1) is not None,
        brackets=sum(map(word.count, "([")) - sum(map(word.count, ")]")),
        is_year=number.startswith("Y"),
        is_in=keyword == "in",
    )


def _net(core: str, word: str) -> str:
    """Say whether a word is an address, a DOI, or the number of a preprint at arXiv."""
    if len(core) <= 6 or not ("." in core or ":" in core or "/" in core):
        return ""
    return "".join(f"\n{name}" for name, form in _FORMS.items() if form.search(word))


def _joint(word: str, shape: str, trail: str) -> dict[str, bytes]:
    """Give what stands of a word in the attributes that it has together with its neighbours."""
    form = shape + trail
    return {
        "word": word.encode(),
        "shape": shape.encode(),
        "form": form.encode(),
        "word_before": f"-w|w={word}|".encode(),
        "word_and": f"w|+w={word}|".encode(),
        "trail_before": f"-tr|sh={trail}|".encode(),
        "form_before": f"-sh|sh={form}|".encode(),
        "form_and": f"sh|+sh={form}|".encode(),
    }


@lru_cache(maxsize=8)
def _edges(known: frozenset[bytes] | None) -> tuple[_Seen, _Seen]:
    return _edge("<s>", known), _edge("</s>", known)


def _edge(name: str, known: frozenset[bytes] | None) -> _Seen:
    """Give what is seen beyond the first and the last word."""
    return _Seen(
        own=[],
        before=_lines(f"-w={name}", known),
        behind=_lines(f"+w={name}", known),
        two_before=_lines(f"--w={name}", known),
        two_behind=_lines(f"++w={name}", known),
        **_joint(name, name, ""),
        opens_quote=False,
        closes_quote=False,
        brackets=0,
        is_year=False,
        is_in=False,
    )


def _lines(attributes: str, known: frozenset[bytes] | None) -> list[bytes]:
    """Divide attributes, in which no line ends stand: one string and one encoding take a third of the time of many."""
    divided = attributes.encode().split(b"\n")
    return divided if known is None else [attribute for attribute in divided if attribute in known]


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


def _unit(letters: re.Match[str]) -> str:
    return letters[0] if len(letters[0]) == 1 and letters[0] in _UNITS else "w"


def _number(word: str, core: str) -> str:
    """Give the form of a number: runs of digits by their lengths up to 4; "Y" where a year is in it.

    Letters are w, but what East Asian scripts count by is kept: pages, numbers, volumes.
    """
    if not _DIGIT.search(word):
        return "rom" if _ROMAN.fullmatch(core) else "-"
    if _BARE_YEAR.fullmatch(core) and _YEAR.match(core):
        return "Y"
    form = _DIGITS.sub(lambda run: "#" * min(4, len(run[0])), _LETTER_RUN.sub(_unit, core))
    return "Y+" + _HASHES.sub("#", form)[:6] if _YEAR.search(word) else form[:12]
