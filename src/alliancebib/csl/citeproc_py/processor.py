"""The only door to citeproc-py: a style and references go in, marked text comes out, one entry at a time.

Items are handed over with generated ids, typed as the package expects, and with every variable under both spellings
that its elements ask for. Whatever the package raises for an item becomes a `ProcessorError`. Another processor can
take this module's place: nothing of the package leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source import BibliographySource, Date, DateRange, LiteralDate, Name, Reference, VariableError
from citeproc.source.json import CiteProcJSON
from citeproc.string import String
from lxml import etree

from alliancebib.csl.citeproc_py.elements import Others, parser
from alliancebib.csl.citeproc_py.marked_text import field_text, linked, marked
from alliancebib.csl.items import to_plain_csl
from alliancebib.csl.reference_items import cut_lists, joined_hyphens, prints_copy, title_language
from alliancebib.csl.styles import Style
from alliancebib.model import Reference as OurReference
from alliancebib.variables import DATE_VARIABLES, NAME_VARIABLES

__all__ = ["Processor", "ProcessorError"]

#: What the package raises for items and styles it cannot handle.
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
    VariableError,
    etree.XPathError,
)
#: Types of CSL 1.0.2 -> the nearest of 1.0, for styles that do not know the newer ones.
_NEAREST = {
    "collection": "book",
    "event": "speech",
    "hearing": "bill",
    "performance": "speech",
    "periodical": "book",
    "regulation": "legislation",
    "software": "book",
    "standard": "report",
}
#: Variables that newer and older styles call by different names.
_SAME = (("event", "event-title"), ("event-place", "publisher-place"), ("container-title-short", "journalAbbreviation"))
_T = TypeVar("_T")


class ProcessorError(Exception):
    """The package could not render this; the message is what it raised."""


class _Marks:
    """The package's formatter interface, with marks that say what is meant and nothing of any output."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    @staticmethod
    def Italic(text: object) -> Any:  # noqa: N802 - the interface's name, as those below
        return String(marked("italic", text))

    Oblique = Italic

    @staticmethod
    def Bold(text: object) -> Any:  # noqa: N802
        return String(marked("bold", text))

    @staticmethod
    def Light(text: object) -> Any:  # noqa: N802
        return String(text)

    @staticmethod
    def Underline(text: object) -> Any:  # noqa: N802
        return String(marked("underline", text))

    @staticmethod
    def Superscript(text: object) -> Any:  # noqa: N802
        return String(marked("sup", text))

    @staticmethod
    def Subscript(text: object) -> Any:  # noqa: N802
        return String(marked("sub", text))

    @staticmethod
    def SmallCaps(text: object) -> Any:  # noqa: N802
        return String(marked("smallcaps", text))


class _Sheet(CitationStylesStyle):  # type: ignore[misc]
    """A style parsed with the mended elements; made anew for each run, because rendering leaves traces in it."""

    def __init__(self, data: bytes, locale: str) -> None:
        root: Any = etree.fromstring(data, parser())
        root.prepare()
        root.set_locale_list(locale)
        self.root: Any = root


class Processor:
    """One run: a style, a language, references. ``items`` are the places of the references, from 0."""

    def __init__(self, style: Style, *, locale: str, references: Sequence[OurReference]) -> None:
        known_types = set(re.findall(rb'type="([^"]*)"', style.data))
        self._types = {name for names in known_types for name in names.decode("utf-8", "replace").split()}
        self._prints_archived_copy = prints_copy(style.data)
        self._sheet = _try(lambda: _Sheet(style.data, locale))
        source = BibliographySource()
        for place, reference in enumerate(references):
            source.add(self._item(_id(place), reference))
        self._run = CitationStylesBibliography(self._sheet, source, _Marks)
        self._citation = Citation([CitationItem(_id(place)) for place in range(len(references))])
        self._run.register(self._citation)

    @property
    def has_bibliography(self) -> bool:
        """Say whether the style can print a list."""
        return bool(self._sheet.has_bibliography())

    @property
    def movable_quotes(self) -> str:
        """The closing quotation mark that takes a following full stop inside; "" where that is not usage."""
        if str(self._sheet.root.get_locale_option("punctuation-in-quote")).lower() != "true":
            return ""
        mark = str(self._sheet.root.get_single_term(name="close-quote"))
        return mark if mark in ("”", '"', "»", "“") else ""

    def sort(self) -> tuple[int, ...]:
        """Put the items in the style's order, which their numbers follow; give their places.

        Raises:
            ProcessorError: The style's keys cannot be compared; the order is unchanged.
        """
        if self.has_bibliography:
            _try(self._run.sort)
        return tuple(int(item.key[1:]) for item in self._run.items)

    def entry(self, place: int) -> str:
        """Give the bibliography's entry of an item as marked text; "" where the style prints nothing.

        Raises:
            ProcessorError: The package cannot render it.
        """
        item = self._citation.cites[place]
        return "".join(str(text) for text in _try(lambda: self._sheet.render_bibliography([item])))

    def cite(self, places: Sequence[int]) -> str:
        """Give one citation of some items as marked text, those items in the order given unless the style sorts.

        Raises:
            ProcessorError: The package cannot render it.
        """
        cites = Citation([CitationItem(_id(place)) for place in places])
        cites.bibliography = self._run
        keys = self._run.keys
        numbers = {key: place for place, key in enumerate(keys)}
        self._run.keys = [*[_id(place) for place in places], *[key for key in keys if key not in numbers]]
        return str(_try(lambda: self._run.cite(cites, lambda item: item.key)) or "")

    def _item(self, key: str, reference: OurReference) -> Reference:
        plain = to_plain_csl(reference)
        kind = str(plain.pop("type"))
        made = Reference(key, kind if kind in self._types else _NEAREST.get(kind, kind))
        if reference.archive_url and self._prints_archived_copy and "archive_location" not in plain:
            plain["archive_location"] = reference.archive_url
        for one, other in _SAME[:1] + _SAME[2:]:
            plain.setdefault(one, plain.get(other, ""))
            plain.setdefault(other, plain[one])
        cut = cut_lists(reference)
        for variable, value in plain.items():
            if variable != "id" and (read := _value(variable, value, cut)):
                made[variable.replace("-", "_")] = read
                made[variable] = read
        if "shortTitle" in made:
            made["title_short"] = made["shortTitle"]
        made.setdefault("language", title_language(reference))
        if not made["language"]:
            del made["language"]
        return made


def _try(work: Callable[[], _T]) -> _T:
    try:
        return work()
    except _FAILURES as problem:
        raise ProcessorError(f"{type(problem).__name__}: {problem}".rstrip(": ")) from problem


def _id(place: int) -> str:
    return f"i{place}"


def _value(variable: str, value: object, cut: frozenset[str]) -> object:
    if variable in NAME_VARIABLES and isinstance(value, list):
        names = [_name(name) for name in value if any(str(part).strip() for part in name.values())]
        return [*names, Others()] if names and variable in cut else names
    if variable in DATE_VARIABLES and isinstance(value, Mapping):
        return _date(value)
    text = str(value)
    if variable in ("DOI", "URL"):
        return String(linked(variable.lower(), text)) if text.strip() else None
    if variable == "language":
        return text.strip().lower()
    if variable == "archive_location" and "://" in text:
        return String(linked("url", text))
    if variable == "page":
        text = joined_hyphens(text)
    return CiteProcJSON([]).parse_string(field_text(text)) or None


def _name(parts: Mapping[str, str]) -> Name:
    texts = {part: String(field_text(text)) for part, text in parts.items() if text.strip()}
    return Name(literal=texts["literal"]) if "literal" in texts else Name(**texts)


def _date(value: Mapping[str, Any]) -> object:
    parts = [part for part in value.get("date-parts") or [] if part]
    circa = bool(value.get("circa"))
    if not parts:
        return LiteralDate(String(field_text(str(value["literal"]))), circa=circa) if value.get("literal") else None
    begin = _single(parts[0], value, circa=circa)
    if len(parts) < 2 or not _can_be_range(*parts[:2]):
        return begin
    return DateRange(begin=begin, end=_single(parts[1], {}, circa=circa), circa=circa)


def _single(parts: Sequence[int], value: Mapping[str, Any], *, circa: bool) -> Date:
    known = dict(zip(("year", "month", "day"), parts, strict=False))
    if value.get("season") and "month" not in known:
        known["season"] = int(value["season"])
    return Date(circa=circa, **known)


def _can_be_range(begin: Sequence[int], end: Sequence[int]) -> bool:
    """Say whether the package prints a range of these: not when one end lacks the part in which they differ."""
    return any(one != other for one, other in zip(begin, end, strict=False))
