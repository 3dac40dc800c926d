"""References become entries of a bibliography, or a citation, in a style, a language and an output.

Nothing is lost on the way: a reference for which the style has nothing to say stands in the list in a plain form, and
a finding says so. Same references, same bytes. The processor is our own; citeproc-py can take its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from alliancebib.csl import citeproc_py
from alliancebib.csl.bibliography import Bibliography, FormattedEntry
from alliancebib.csl.citing.clusters import NO_PRINTED_FORM
from alliancebib.csl.locales import find_locale
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.csl.plain import plain_citation, plain_entry, short_title
from alliancebib.csl.processor import BibliographyEntry, Processor
from alliancebib.csl.reference_items import reference_items
from alliancebib.csl.styles import Style, load_style
from alliancebib.errors import UnknownName
from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["ENGINES", "cite_references", "format_references"]

#: The processors by name.
ENGINES = ("alliancebib", "citeproc-py")
#: What stands in an entry whatever the reference holds.
_GIVEN = frozenset({"", "citation-number", "citation-label", "year-suffix"})


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
    made = _Made(tuple(references), sheet, processor, output=output)
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
    citing = _Citing(references, sheet, locale=language, output=output)
    if text := citing.text(range(len(references))):
        return text
    return "; ".join(citing.processor.write(plain_citation(reference)) for reference in references).join("()")


def _asked(style: str | Path, locale: str, output: str, engine: str) -> tuple[Style, str]:
    if output not in OUTPUTS:
        raise UnknownName("output", output, OUTPUTS)
    if engine not in ENGINES:
        raise UnknownName("engine", engine, ENGINES)
    sheet = load_style(style)
    return sheet, find_locale(locale) if locale else sheet.default_locale or "en-US"


class _Citing:
    """Citations of references, or "" where the style prints nothing."""

    def __init__(self, references: Sequence[Reference], style: Style, *, locale: str, output: str) -> None:
        items = reference_items(references, style)
        self.processor = Processor(style, locale=locale, output=output, one_line=True)
        # Other outputs escape and mark; whether anything was said is to be seen in plain text.
        self._plain = self.processor if output == "text" else Processor(style, locale=locale, one_line=True)
        for processor in {self.processor, self._plain}:
            processor.register_items(items)

    def text(self, places: Iterable[int]) -> str:
        ids = [str(place) for place in places]
        plain = self._plain.cite(ids)
        says = NO_PRINTED_FORM not in plain and any(character.isalnum() for character in plain)
        return self.processor.cite(ids) if says else ""


class _Made:
    """What a processor made of references, with plain forms in the gaps."""

    def __init__(self, references: tuple[Reference, ...], style: Style, processor: Processor, *, output: str) -> None:
        self._references = references
        self._output = output
        self._style = style
        self._processor = processor
        self._findings: list[Finding] = []

    def bibliography(self, *, locale: str) -> Bibliography:
        book = self._processor.bibliography(all_items=True, labels=True)
        places = tuple(int(entry.id) for entry in book.entries)
        texts = [_said(entry) for entry in book.entries]
        return msgspec.structs.replace(self._listed(places, texts, locale=locale), layout=book.layout)

    def citations(self, *, locale: str) -> Bibliography:
        self._notice("AB602", f"The style `{self._style.name}` has no bibliography; its citations stand here.")
        places = tuple(range(len(self._references)))
        citing = _Citing(self._references, self._style, locale=locale, output=self._output)
        texts = [(text, bool(text)) for text in (citing.text([place]) for place in places)]
        return self._listed(places, texts, locale=locale)

    def _listed(self, places: tuple[int, ...], texts: Sequence[tuple[str, bool]], *, locale: str) -> Bibliography:
        entries = [self._entry(place, text, says=says) for place, (text, says) in zip(places, texts, strict=True)]
        return Bibliography(
            entries=tuple(entries),
            findings=tuple(self._findings),
            style=self._style.name,
            locale=locale,
            places=places,
        )

    def _entry(self, place: int, text: str, *, says: bool) -> FormattedEntry:
        """Take the text of an entry; where it says nothing, put the plain form in its place, or behind its number."""
        reference = self._references[place]
        if not says:
            name = short_title(reference)
            self._notice("AB601", f"The style `{self._style.name}` prints nothing for “{name}”.", reference)
            text = " ".join(part for part in (text, self._processor.write(plain_entry(reference))) if part)
        return FormattedEntry(reference.id, reference.key, text)

    def _notice(self, code: str, message: str, reference: Reference | None = None) -> None:
        origin, name = (reference.origin, reference.id) if reference else (None, "")
        self._findings.append(Finding.of(code, message, origin=origin, reference=name))


def _said(entry: BibliographyEntry) -> tuple[str, bool]:
    """Give what an entry says and whether it says anything of its reference; of one that does not, its number."""
    says = any(run.label not in _GIVEN and any(map(str.isalnum, run.text)) for run in entry.runs)
    numbered = any(run.label == "citation-number" for run in entry.runs)
    return entry.text if says or numbered else "", says
