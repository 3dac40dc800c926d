"""What a page says of itself: its title and headings, "not found" in many languages, a wall against robots, its places.

Bytes and headers come in, plain answers go out; nothing here judges an address.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

__all__ = ["alike", "has_place", "is_html", "page_text", "says_not_found", "shows_wall"]

#: Only encodings of text, so that no codec of another sort is ever asked.
_TEXT_ENCODING = re.compile(
    r"(utf-?(8|16(le|be)?)|us-ascii|ascii|latin-?1|(x-)?(iso-?8859-?\d{1,2}|windows-?125\d|cp-?125\d|mac-?cyrillic)"
    r"|koi8-?[ru]|cp866|gb2312|gbk|gb18030|big5|shift[-_]jis|sjis|euc-?(jp|kr)|iso-2022-jp)"
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,30})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]{1,30})", re.IGNORECASE)

_TITLE = re.compile(r"<title\b[^>]{0,300}>([^<]{0,500})", re.IGNORECASE)
_HEADING = re.compile(r"<h[12]\b[^>]{0,500}>(.{0,500}?)</h[12]", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|noscript|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_WORD = re.compile(r"\w+")

#: Between the name of a page and the name of its site.
_SEGMENTS = re.compile(r"\s*[|»«·•›:]\s*|\s+[-–—/]+\s+|\s*[–—]\s*|[.!?…]+(?:\s+|$)")
#: Words around the message that say nothing of their own.
_FILLERS = re.compile(
    r"^(?:\W|_|\b(?:404|410|error|err|http|https|code|status|oops|ooops|whoops|sorry|ups|uups|hoppla|ой|fehler|erreur"
    r"|errore|erro|fout|fel|feil|fejl|virhe|błąd|chyba|hiba|eroare|greška|грешка|ошибка|помилка|памылка|қате|hata"
    r"|خطا|خطأ|错误|錯誤|エラー|오류)\b)+"
    r"|(?:\W|_|\b(?:404|410|error|err|http|code|fehler|ошибка|помилка|错误|エラー)\b)+$",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b(?:404|410)\b")

_WALL_TITLE = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|are you a (?:robot|human)|robot check"
    r"|security (?:check|verification)|human verification|verify(?:ing)? (?:that )?you are (?:a )?human|ddos-guard"
    r"|pardon our interruption|checking your browser|bot verification|captcha|einen moment|un momento|un instant"
    r"|один момент|проверка браузера|bir dakika lütfen|please wait",
    re.IGNORECASE,
)
#: Marks of walls in the markup of their pages, in lower case.
_WALL_BODY = (
    "enable javascript and cookies to continue", "_cf_chl_opt", "checking your browser before accessing", "px-captcha",
    "captcha-delivery.com", "_incapsula_resource", "awswafcookiedomainlist", "ddos-guard", "g-recaptcha", "h-captcha",
    "hcaptcha.com", "are you a robot", "verify you are human", "подтвердите, что вы не робот",
)  # fmt: skip
#: Headers that walls put on their own pages only.
_WALL_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "", "x-datadome": "protected"}
#: A wall has little to say; a page with more words than these and a captcha in its form is a page.
_WALL_WORDS = 200


def is_html(headers: Mapping[str, str], body: bytes) -> bool:
    """Say whether an answer is a page, by its stated type or, where none is stated, by its look."""
    kind = headers.get("content-type", "").lower()
    return "html" in kind or (not kind and b"<html" in body[:2000].lower())


def page_text(headers: Mapping[str, str], body: bytes) -> str:
    """Decode a page: by its header, its meta element, else as UTF-8 or Windows Western."""
    stated = [match.group(1) for match in [_HEADER_CHARSET.search(headers.get("content-type", ""))] if match]
    stated += [match.group(1).decode("ascii") for match in [_META_CHARSET.search(body[:4096])] if match]
    for name in stated:
        if _TEXT_ENCODING.fullmatch(name.lower()):
            try:
                return body.decode(name, "replace")
            except LookupError:
                continue
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as problem:
        cut = problem.start >= len(body) - 3  # the cap may have cut a letter in two
        return body.decode("utf-8" if cut else "cp1252", "replace")


def says_not_found(text: str) -> str:
    """Give the part of the title or of a first heading that says that there is no such page; "" where none does.

    >>> says_not_found("<title>Страница не найдена | Новости</title>")
    'Страница не найдена'
    >>> says_not_found("<title>Lost and not found: a history of the army</title>")
    ''
    """
    for words in _titles(text):
        whole = _plain(words)
        for segment in (whole, *_SEGMENTS.split(whole)):
            if len(segment) <= 120 and _is_not_found(segment):
                return segment
    return ""


def shows_wall(headers: Mapping[str, str], body: bytes) -> bool:
    """Say whether an answer is the page of a filter against robots rather than the page asked for."""
    if any(name in headers and value in headers[name].lower() for name, value in _WALL_HEADERS.items()):
        return True
    if not is_html(headers, body):
        return False
    text = page_text(headers, body)
    title = _TITLE.search(text)
    lowered = text.lower()
    signed = bool(title and _WALL_TITLE.search(_plain(title.group(1)))) or any(mark in lowered for mark in _WALL_BODY)
    return signed and len(_words(text)) <= _WALL_WORDS


def has_place(text: str, fragment: str) -> bool:
    """Say whether a page has the place that a fragment names, or the fragment is no name of a place.

    >>> has_place("<h2 id='results'>Results</h2>", "results"), has_place("<p>", "results")
    (True, False)
    """
    names = {fragment, unquote(fragment)}
    if fragment.lower() in {"", "top"} or fragment.startswith(("!", "/", ":~:", "?")):
        return True
    places = "|".join(re.escape(variant) for name in names for variant in (name, html.escape(name)))
    return bool(
        re.search(rf"\b(?:id|name)\s*=\s*(?:\"(?:{places})\"|'(?:{places})'|(?:{places})[\s/>])", text, re.IGNORECASE)
    )


def alike(one: str, other: str) -> bool:
    """Say whether two pages are the same but for a few words (an address, a number, the time)."""
    words, others = Counter(_words(one)), Counter(_words(other))
    most = max(words.total(), others.total())
    return (words & others).total() >= 0.9 * most - 2 if most else one == other


def _titles(text: str) -> list[str]:
    title = _TITLE.search(text)
    return [*([title.group(1)] if title else []), *_HEADING.findall(text)[:3]]


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", markup)).replace("’", "'").split())


def _is_not_found(segment: str) -> bool:
    bare = _FILLERS.sub("", _FILLERS.sub("", segment)).strip()
    if not bare:
        return bool(_STATUS.search(segment))
    return bool(_not_found().fullmatch(bare.casefold()))


@cache
def _not_found() -> re.Pattern[str]:
    """Give the phrases of ``not_found.toml`` as one expression."""
    table = tomllib.loads(files("alliancebib.checkers").joinpath("not_found.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{pattern})" for patterns in table.values() for pattern in patterns))


def _words(text: str) -> list[str]:
    return _WORD.findall(_TAG.sub(" ", _UNSEEN.sub(" ", text)))
