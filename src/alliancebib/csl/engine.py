"""References become entries of a bibliography, or a citation, in a style, a language and an output.

Nothing is lost on the way: a reference for which the style has nothing to say stands in the list in a plain form, and
a finding says so. Same references, same bytes. The processor is our own; citeproc-py can take its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from alliancebib.csl import citeproc_py
from alliancebib.csl.bibliography import Bibliography, FormattedEntry
from alliancebib.csl.citing.clusters import NO_PRINTED_FORM
from alliancebib.csl.locales import find_locale
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.csl.plain import plain_citation, plain_entry
from alliancebib.csl.processor import Processor
from alliancebib.csl.reference_items import reference_items
from alliancebib.csl.styles import Style, load_style
from alliancebib.errors import UnknownName
from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["ENGINES", "cite_references", "format_references"]

#: The processors by name.
ENGINES = ("alliancebib", "citeproc-py")


def format_references(  # noqa: PLR0913 - each is a choice of the person who formats
    references: Sequence[Reference],
    *,
    style: str | Path,
    locale: str = "",
    output: str = "text",
    order: Literal["style", "given"] = "style",
    engine: str = "alliancebib",
) -> Bibliography:
    """Format references as the entries of a bibliography, in the style's order or in the order given.

    ``style`` is a name or a ``.csl`` file, ``locale`` a language ("": the style's own), ``output`` one of text, html,
    markdown, rst, latex, ``engine`` "alliancebib" or "citeproc-py". A style that has no bibliography gives its
    citations instead, and a finding.

    Raises:
        UnknownName: There is no such style, locale, output or engine.
        StyleError: The style cannot be used.
    """
    sheet, language = _asked(style, locale, output, engine)
    if engine == "citeproc-py":
        return citeproc_py.format_references(references, style=sheet, locale=language, output=output, order=order)
    processor = Processor(sheet, locale=language, output=output, one_line=True, keep_order=order == "given")
    processor.register_items(reference_items(references, sheet))
    made = _Made(tuple(references), sheet, processor)
    return made.bibliography(locale=language) if sheet.has_bibliography else made.citations(locale=language)


def cite_references(
    references: Sequence[Reference],
    *,
    style: str | Path,
    locale: str = "",
    output: str = "text",
    engine: str = "alliancebib",
) -> str:
    """Give one citation of all references, as it stands in the running text or, for note styles, in the note.

    Raises:
        UnknownName: There is no such style, locale, output or engine.
        StyleError: The style cannot be used.
    """
    sheet, language = _asked(style, locale, output, engine)
    if engine == "citeproc-py":
        return citeproc_py.cite_references(references, style=sheet, locale=language, output=output)
    processor = Processor(sheet, locale=language, output=output, one_line=True)
    items = reference_items(references, sheet)
    processor.register_items(items)
    text = processor.cite([item.id for item in items])
    if text and NO_PRINTED_FORM not in processor.plain(text):
        return text
    return "; ".join(processor.write(plain_citation(reference)) for reference in references).join("()")


def _asked(style: str | Path, locale: str, output: str, engine: str) -> tuple[Style, str]:
    if output not in OUTPUTS:
        raise UnknownName("output", output, OUTPUTS)
    if engine not in ENGINES:
        raise UnknownName("engine", engine, ENGINES)
    sheet = load_style(style)
    return sheet, find_locale(locale) if locale else sheet.default_locale or "en-US"


class _Made:
    """What a processor made of references, with plain forms in the gaps."""

    def __init__(self, references: tuple[Reference, ...], style: Style, processor: Processor) -> None:
        self._references = references
        self._style = style
        self._processor = processor
        self._findings: list[Finding] = []

    def bibliography(self, *, locale: str) -> Bibliography:
        book = self._processor.bibliography(all_items=True)
        places = tuple(int(entry.id) for entry in book.entries)
        texts = [entry.text for entry in book.entries]
        return msgspec.structs.replace(self._listed(places, texts, locale=locale), layout=book.layout)

    def citations(self, *, locale: str) -> Bibliography:
        self._notice("AB602", f"The style `{self._style.name}` has no bibliography; its citations stand here.")
        places = tuple(range(len(self._references)))
        return self._listed(places, [self._processor.cite([str(place)]) for place in places], locale=locale)

    def _listed(self, places: tuple[int, ...], texts: Sequence[str], *, locale: str) -> Bibliography:
        entries = [self._entry(place, text) for place, text in zip(places, texts, strict=True)]
        return Bibliography(
            entries=tuple(entries),
            findings=tuple(self._findings),
            style=self._style.name,
            locale=locale,
            places=places,
        )

    def _entry(self, place: int, text: str) -> FormattedEntry:
        reference = self._references[place]
        plain = self._processor.plain(text)
        if NO_PRINTED_FORM in plain or not any(character.isalnum() for character in plain):
            title = " ".join((reference.title or reference.origin.raw or reference.id).split())
            short = title if len(title) <= 60 else title[:59] + "…"
            self._notice("AB601", f"The style `{self._style.name}` prints nothing for “{short}”.", reference)
            text = self._processor.write(plain_entry(reference))
        return FormattedEntry(reference.id, reference.key, text)

    def _notice(self, code: str, message: str, reference: Reference | None = None) -> None:
        origin, name = (reference.origin, reference.id) if reference else (None, "")
        self._findings.append(Finding.of(code, message, origin=origin, reference=name))
