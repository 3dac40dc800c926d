"""Text becomes comparison forms: entities, tags, TeX, accents, case and spelling out of the way.

Comparison forms are never written into a record; they are made to be compared and thrown away.
"""

from __future__ import annotations

import html
import re
import unicodedata
from sys import intern
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = [
    "bare_doi",
    "bare_isbns",
    "bare_url",
    "fold",
    "page_range",
    "plain",
    "roman",
    "squeezed",
    "words",
]

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_TEX_ACCENT = re.compile(r"\\(?:[\"'`^~=.]|[uvHcdbkrt](?![A-Za-z]))\s*\{?\\?([A-Za-z])\}?")
_TEX_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_TEX_MATHS = re.compile(r"\$([^$]{1,200})\$")
_RAISED = str.maketrans("", "", "_^{}")
_APOSTROPHES = re.compile("['’‘ʼ′`´ʹʻ]")
_WORD = re.compile(r"[^\W_]+")
#: What is more than letters, punctuation and single blanks between them.
_UNPLAIN = re.compile(r"[&<$\\{}'’‘ʼ′`´ʹʻ]|[^\S ]| (?= |$)|^ ")
_BRACES = str.maketrans("", "", "{}$")
#: Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ŋ": "n"}
)
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|mc_[a-z]+|igshid|ref_src|sphrase_id|ocid|cmpid|ncid|yclid", re.IGNORECASE)
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_RANGE = re.compile(r"([a-z]*)(\d{1,9})([a-z]?)(?:\s*(?:--?|[–—‐−‑/])\s*([a-z]*)(\d{1,9})([a-z]?)(?![a-z]))?")
#: Pages as most sources write them.
_PLAIN_PAGES = re.compile(r"([1-9]\d{0,8})(?:[-–]([1-9]\d{0,8}))?")
_PAGE_WORDS = re.compile(r"\b(?:pp?|pages?|seiten?|art|article|no)\b\.?")


def plain(text: str) -> str:
    r"""Take entities, tags, TeX and apostrophes out of a text; the rest stays, case included.

    >>> plain("M{\\\"u}ller &amp; Sons: the <i>Journal</i>")
    'Muller & Sons: the Journal'
    """
    if not _UNPLAIN.search(text):
        return text
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    if "$" in text:
        text = _TEX_MATHS.sub(lambda maths: maths[1].translate(_RAISED), text)
    if "\\" in text:
        text = _TEX_COMMAND.sub(_letter, _TEX_ACCENT.sub(r"\1", text.replace("\\&", "&")))
    return " ".join(_APOSTROPHES.sub("", text.translate(_BRACES)).split())


def _letter(command: re.Match[str]) -> str:
    """Give the Greek letter that a command of TeX stands for; "" for all other commands."""
    name = command[1].removeprefix("var")
    name = {"lambda": "lamda", "Lambda": "Lamda"}.get(name, name)  # as Unicode has it
    try:
        return unicodedata.lookup(f"GREEK {'CAPITAL' if name[:1].isupper() else 'SMALL'} LETTER {name}")
    except KeyError:
        return ""


def fold(text: str) -> str:
    """Fold accents and case.

    >>> fold("Ørsted, ŞAHİN, Йод")
    'orsted, sahin, иод'
    """
    text = text.casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    if decomposed.isascii():
        return decomposed.casefold()
    # Below U+0300 nothing combines.
    return "".join([sign for sign in decomposed if sign < "\u0300" or not unicodedata.combining(sign)]).casefold()


def words(text: str) -> list[str]:
    """Split folded text into words of letters and digits."""
    return _WORD.findall(text)


def squeezed(text: str) -> str:
    """Fold a text and keep letters and digits alone.

    >>> squeezed("Post-Soviet: Eurasia")
    'postsovieteurasia'
    """
    return "".join(words(fold(plain(text))))


def roman(word: str) -> str:
    """Give the digits of a Roman number up to 39 in lower case; "" for any other word.

    >>> roman("xiv"), roman("mix")
    ('14', '')
    """
    if not word or not _ROMAN.fullmatch(word):
        return ""
    values = [_ROMAN_VALUES[sign] for sign in word]
    return str(sum(-value if value < max(values[place:]) else value for place, value in enumerate(values)))


def bare_doi(text: str) -> str:
    r"""Give a DOI bare and in lower case, whatever form it has; "" for what holds none.

    >>> bare_doi("https://doi.org/10.1146/ANNUREV\\_POLISCI.3")
    '10.1146/annurev_polisci.3'
    """
    if "10." not in text:
        return ""
    found = _DOI.search(unquote(text).replace("\\_", "_"))
    return found.group().rstrip(".,;").lower() if found else ""


def bare_isbns(text: str) -> tuple[str, ...]:
    """Give every ISBN of a field in its form with 13 digits, without check digit.

    >>> bare_isbns("0-674-53751-3") == bare_isbns("9780674537514")
    True
    """
    if not text:
        return ()
    found = re.findall(r"\d[\d\- ]{7,15}[\dXx]", text)
    digits = [re.sub(r"[^\dX]", "", isbn.upper()) for isbn in found]
    long = ["978" + isbn[:9] if len(isbn) == 10 else isbn[:12] for isbn in digits if len(isbn) in (10, 13)]
    return tuple(dict.fromkeys(long))


def bare_url(text: str) -> tuple[str, str]:
    """Give host and the rest of an address without scheme, www, fragment and tracking; ("", "") for none.

    A fragment is kept where it is the address itself (``#!`` and ``#/``).

    >>> bare_url("http://www.example.org/a/?utm_source=x&id=3#top")
    ('example.org', '/a?id=3')
    """
    if not text:
        return "", ""
    try:
        parts = urlsplit(text.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return "", ""
    if not host:
        return "", ""
    path = unquote(parts.path).rstrip("/").removesuffix("/index.html").removesuffix("/index.php").removesuffix("/amp")
    query = "&".join(
        f"{name}={value}" for name, value in sorted(parse_qsl(parts.query)) if not _TRACKING.fullmatch(name)
    )
    fragment = f"#{parts.fragment}" if parts.fragment[:1] in ("!", "/") and len(parts.fragment) > 1 else ""
    return host, f"{path}{'?' if query else ''}{query}{fragment}"


def page_range(text: str) -> tuple[str, str]:
    """Give first and last page, the last expanded; "" where there is none. Of several ranges the first page decides.

    >>> page_range("pp. 554–70"), page_range("S12-9"), page_range("e1001"), page_range("230-5, 246-51")
    (('554', '570'), ('s12', 's19'), ('e1001', ''), ('230', '235'))
    >>> page_range("99-105"), page_range("554-70")
    (('99', '105'), ('554', '570'))
    """
    if plain_pages := _PLAIN_PAGES.fullmatch(text):
        first, last = plain_pages[1], plain_pages[2] or ""
        # Pages are the same few thousand numbers in all records: each is kept once.
        return intern(first), intern(first[: max(0, len(first) - len(last))] + last) if last else ""
    folded = _PAGE_WORDS.sub(" ", fold(text))
    ranges = [_one_range(match) for match in _RANGE.finditer(folded)]
    if not ranges:
        return "".join(words(folded)), ""
    return min(ranges, key=lambda pages: int(re.sub(r"\D", "", pages[0]))) if len(ranges) > 1 else ranges[0]


def _one_range(match: re.Match[str]) -> tuple[str, str]:
    before, first, after, lead, last, tail = (part or "" for part in match.groups())
    start = f"{before}{first.lstrip('0') or '0'}{after}"
    if not last:
        return start, ""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    end = f"{lead or before}{last.lstrip('0')}{tail}"
    return start, end
