"""Bibliographies and citations by citeproc-py: the engine that can be asked for in place of our own.

A style, a language and references come in, entries go out. The package raises for many items and styles; where it
does, a plain form stands in the list and a finding says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from alliancebib.csl.bibliography import Bibliography, FormattedEntry
from alliancebib.csl.citeproc_py.marked_text import plain_text, runs_of, tidied
from alliancebib.csl.citeproc_py.processor import Processor, ProcessorError
from alliancebib.csl.locale import load_locale
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.csl.output.renderer import on_a_line, tokens_of
from alliancebib.csl.output.tree import Node
from alliancebib.csl.plain import plain_citation, plain_entry, short_title
from alliancebib.csl.styles import Style
from alliancebib.finding import Finding
from alliancebib.model import Reference

__all__ = ["cite_references", "format_references"]


def format_references(
    references: Sequence[Reference], *, style: Style, locale: str, output: str, order: Literal["style", "given"]
) -> Bibliography:
    """Format references as the entries of a bibliography, in the style's order or in the order given."""
    run = _Run(references, style=style, locale=locale, output=output)
    places = run.sorted() if order == "style" else tuple(range(len(run.references)))
    entries = [
        FormattedEntry(run.references[place].id, run.references[place].key, run.entry(place)) for place in places
    ]
    return Bibliography(
        entries=tuple(entries), findings=tuple(run.findings), style=run.style.name, locale=run.locale, places=places
    )


def cite_references(references: Sequence[Reference], *, style: Style, locale: str, output: str) -> str:
    """Give one citation of all references."""
    run = _Run(references, style=style, locale=locale, output=output)
    run.sorted()
    return run.citation()


class _Run:
    """One call: what it was asked for, the processor, what was noticed."""

    def __init__(self, references: Sequence[Reference], *, style: Style, locale: str, output: str) -> None:
        self.references = tuple(references)
        self.style = style
        self.locale = locale
        self.findings: list[Finding] = []
        self._output = output
        self._quotes = ""
        self._processor: Processor | None = None
        self._start()

    def _start(self) -> None:
        try:
            self._processor = Processor(self.style, locale=self.locale, references=self.references)
            self._quotes = self._processor.movable_quotes
        except ProcessorError as problem:
            self._notice(
                "AB602", f"The style `{self.style.name}` could not be used ({problem}); plain forms stand here."
            )
            return
        if not self._processor.has_bibliography:
            self._notice("AB602", f"The style `{self.style.name}` has no bibliography; its citations stand here.")

    def _notice(self, code: str, message: str, reference: Reference | None = None) -> None:
        origin, name = (reference.origin, reference.id) if reference else (None, "")
        self.findings.append(Finding.of(code, message, origin=origin, reference=name))

    def sorted(self) -> tuple[int, ...]:
        given = tuple(range(len(self.references)))
        try:
            return self._processor.sort() if self._processor else given
        except ProcessorError as problem:
            message = (
                f"The style `{self.style.name}` could not sort the list ({problem}); it stands in the given order."
            )
            self._notice("AB602", message)
            return given

    def entry(self, place: int) -> str:
        reference = self.references[place]
        text = self._rendered(place, reference)
        return self._written(text) if text else self._plain(plain_entry(reference))

    def _rendered(self, place: int, reference: Reference) -> str:
        """Give the marked text of an entry, tidied; "" where the plain form has to stand."""
        processor, name = self._processor, self.style.name
        if processor is None:
            return ""
        try:
            text = processor.entry(place) if processor.has_bibliography else processor.cite([place])
        except ProcessorError as problem:
            message = f"The style `{name}` failed for “{short_title(reference)}” ({problem})."
            self._notice("AB602", message, reference)
            return ""
        text = tidied(text, closing_quotes=self._quotes)
        if any(character.isalnum() for character in plain_text(text)):
            return text
        self._notice("AB601", f"The style `{name}` prints nothing for “{short_title(reference)}”.", reference)
        return ""

    def citation(self) -> str:
        text = ""
        if self._processor and self.references:
            try:
                text = tidied(self._processor.cite(range(len(self.references))), closing_quotes=self._quotes)
            except ProcessorError:
                text = ""
        if text:
            return self._written(text)
        return "; ".join(self._plain(plain_citation(reference)) for reference in self.references).join("()")

    def _written(self, text: str) -> str:
        return OUTPUTS[self._output](runs_of(" ".join(text.split())))

    def _plain(self, node: Node) -> str:
        return on_a_line(tokens_of(node, load_locale(self.locale)), self._output)
