"""What a language calls things: terms, date formats, quotation marks, ordinals (CSL 1.0.2, "Locale").

A language and the ``cs:locale`` elements of a style come in; one frozen `Locale` goes out, merged in the order of the
specification: the style's own words for the dialect, for the language, for all; then the files of the dialect, of the
main dialect of the language, and of American English. Files are read once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
from citeproc import LOCALES_PATH, PRIMARY_DIALECTS
from lxml import etree

from alliancebib.csl.output.stream import Quotes
from alliancebib.csl.style_file import NAMESPACE

__all__ = ["DateFormat", "Locale", "Term", "Words", "load_locale", "read_words"]

_CS = f"{{{NAMESPACE}}}"
_LAST_RESORT = "en-US"
#: Where to look when a term has not the form that was asked for (CSL 1.0.2, "Terms").
_FORM_FALLBACK = {"verb-short": "verb", "verb": "long", "symbol": "short", "short": "long"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_NAME = re.compile(r"[A-Za-z0-9-]{1,35}")
_Terms = dict[tuple[str, str, str], "Term"]


class Term(msgspec.Struct, frozen=True):
    """A word in one and in several; ``gender`` is that of the noun, ``match`` the digits that an ordinal looks at."""

    single: str
    multiple: str
    gender: str = ""
    match: str = ""


class DateFormat(msgspec.Struct, frozen=True):
    """A date of a locale: what stands between its parts, and each part as the attributes of its element."""

    delimiter: str
    parts: tuple[Mapping[str, str], ...]


class Words(msgspec.Struct, frozen=True):
    """One layer: what one ``cs:locale`` element says."""

    language: str
    terms: Mapping[tuple[str, str, str], Term]
    dates: Mapping[str, DateFormat]
    options: Mapping[str, str]


class Locale(msgspec.Struct, frozen=True):
    """A language, all layers merged. Terms are found by name, form and the gender that an ordinal agrees with."""

    language: str
    terms: Mapping[tuple[str, str, str], Term]
    dates: Mapping[str, DateFormat]
    options: Mapping[str, str]
    quotes: Quotes
    punctuation_in_quote: bool

    def find(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        """Find a term; a form that is missing falls back to the next wider one."""
        now: str | None = form
        while now is not None:
            found = self.terms.get((name, now, gender))
            if found is not None:
                return found
            now = _FORM_FALLBACK.get(now)
        return None

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """Give the text of a term, "" where the language has none."""
        found = self.find(name, form)
        if found is None:
            return ""
        return found.multiple if plural else found.single

    @property
    def ampersand(self) -> str:
        """The sign for "and": few languages have a term for it."""
        found = self.terms.get(("and", "symbol", ""))
        return (found.single if found else "") or "&"


def load_locale(language: str, layers: Sequence[Words] = ()) -> Locale:
    """Merge a language's files with what a style says; ``language`` without a file falls back to English."""
    return _merged(language or _LAST_RESORT, tuple(layers))


def _merged(language: str, layers: tuple[Words, ...]) -> Locale:
    terms: dict[tuple[str, str, str], Term] = {}
    dates: dict[str, DateFormat] = {}
    options: dict[str, str] = {}
    for words in _of_files(language):
        # A language that has a term has all forms that it wants of it: none comes from another language's file.
        own = {name for name, _, _ in words.terms}
        terms = _with_terms({key: term for key, term in terms.items() if key[0] not in own}, words.terms)
        dates |= words.dates
        options |= words.options
    for words in _of_style(language, layers):
        terms = _with_terms(terms, words.terms)
        dates |= words.dates
        options |= words.options
    return Locale(
        language=language,
        terms=terms,
        dates=dates,
        options=options,
        quotes=_quotes(terms),
        punctuation_in_quote=options.get("punctuation-in-quote") == "true",
    )


def _with_terms(terms: _Terms, more: Mapping[tuple[str, str, str], Term]) -> _Terms:
    """Lay terms over others; a set of ordinals counts as a whole, and only with its general term "ordinal"."""
    if ("ordinal", "long", "") in more:
        terms = {key: term for key, term in terms.items() if not key[0].startswith("ordinal")}
    elif ("ordinal", "long", "") in terms:
        more = {key: term for key, term in more.items() if not key[0].startswith("ordinal")}
    return {**terms, **more}


def _quotes(terms: Mapping[tuple[str, str, str], Term]) -> Quotes:
    names = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
    found = [terms.get((name, "long", "")) for name in names]
    return Quotes(*(term.single if term else usual for term, usual in zip(found, Quotes(), strict=True)))


def _of_files(language: str) -> list[Words]:
    """Give the layers of the locale files, the widest first."""
    primary = PRIMARY_DIALECTS.get(language.partition("-")[0], "")
    names = dict.fromkeys((_LAST_RESORT, primary, language))
    return [words for name in names if name and (words := _file(name)) is not None]


def _of_style(language: str, layers: Iterable[Words]) -> list[Words]:
    base = language.partition("-")[0].lower()
    ranks = {"": 0, base: 1, language.lower(): 2}
    fitting = [words for words in layers if words.language.lower() in ranks]
    return sorted(fitting, key=lambda words: ranks[words.language.lower()])


@cache
def _file(name: str) -> Words | None:
    path = Path(LOCALES_PATH) / f"locales-{name}.xml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return read_words(etree.fromstring(path.read_bytes(), parser))


def read_words(element: etree._Element) -> Words:
    """Read one ``cs:locale`` element."""
    terms: dict[tuple[str, str, str], Term] = {}
    for term in element.iterfind(f"{_CS}terms/{_CS}term"):
        key = (term.get("name", ""), term.get("form", "long"), term.get("gender-form", ""))
        terms[key] = _term(term)
    dates = {date.get("form", ""): _date(date) for date in element.iterfind(f"{_CS}date")}
    options: dict[str, str] = {}
    for element_ in element.iterfind(f"{_CS}style-options"):
        options |= {str(name): str(value) for name, value in element_.attrib.items()}
    return Words(language=element.get(_XML_LANG, ""), terms=terms, dates=dates, options=options)


def _term(element: etree._Element) -> Term:
    single, multiple = element.find(f"{_CS}single"), element.find(f"{_CS}multiple")
    text = element.text or "" if single is None and multiple is None else ""
    one = _text(single) if single is not None else text
    many = _text(multiple) if multiple is not None else one
    return Term(_clean(one), _clean(many), element.get("gender", ""), element.get("match", ""))


def _text(element: etree._Element) -> str:
    return element.text or ""


def _clean(text: str) -> str:
    """Drop the line breaks of a file's layout; blanks that were typed belong to the term."""
    text = html.unescape(text) if "&" in text else text  # some styles escape characters twice
    return " ".join(text.split()) if "\n" in text else text


def _date(element: etree._Element) -> DateFormat:
    parts = tuple(
        {str(name): str(value) for name, value in part.attrib.items()} for part in element.iterfind(f"{_CS}date-part")
    )
    return DateFormat(delimiter=element.get("delimiter", ""), parts=parts)
