"""The whole job as eight stages and the recipe that joins them.

Read, parse, normalise, enrich, dedupe, format, check, report: each is a plain function from values to a new value; what
was noticed travels in ``Library.findings``. Nothing here opens a file but `read`, and nothing opens a connection: what
needs the network receives a `Web`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from alliancebib import enrichment, matching, plugins
from alliancebib.config import CheckSettings, ParseSettings, Settings
from alliancebib.csl import Bibliography, cite_references, format_references
from alliancebib.decisions import Decisions, apply_fields
from alliancebib.enrichment import Enriched, Progress
from alliancebib.errors import UsageError
from alliancebib.files import Source, read_source, source_of
from alliancebib.finding import Finding, Report
from alliancebib.library import Library
from alliancebib.lock import Lock
from alliancebib.model import Reference
from alliancebib.outline import make_outline
from alliancebib.outline.outlets import load_outlets
from alliancebib.page import Line, Page, Role
from alliancebib.parsers import parse_lines
from alliancebib.resolvers import Resolver
from alliancebib.web import Web
from alliancebib.writers import Options

__all__ = [
    "Built",
    "build",
    "check",
    "cite",
    "complete",
    "dedupe",
    "enrich",
    "format",
    "normalise",
    "parse",
    "read",
    "read_each_line",
    "report",
    "write",
]


def read(place: str | Path | Source, *, reader: str = "", web: Web | None = None) -> Page | Library:
    """Read a file, an address, standard input (``-``) or a `Source` made of text by `source_of`.

    The reader is chosen by suffix and content unless it is named. Formats that hold records give a library, all others
    a page. An address needs a ``web`` to read it with.

    Raises:
        InputError: The input cannot be opened or is no text.
        UnavailableError: The address could not be read.
    """
    source = _source(place, web)
    shelf = plugins.reader(reader) if reader else plugins.reader_for(source)
    found = shelf.read(source)
    return found.with_findings(source.findings) if isinstance(found, Library) else found


def read_each_line(place: str | Path | Source, *, web: Web | None = None) -> Page:
    """Read a list in which every line that is not empty is one reference: no headings, no prose."""
    source = _source(place, web)
    lines = [
        Line(number=number, column=len(text) - len(text.lstrip()) + 1, text=text.strip(), role=Role.ENTRY)
        for number, text in enumerate(source.text.split("\n"), start=1)
        if text.strip()
    ]
    return Page(name=source.name, lines=tuple(lines), findings=source.findings)


def parse(found: Page | Library, settings: ParseSettings | None = None) -> Library:
    """Turn each entry of a page into a reference; what was read as a library already stays as it is.

    Lines whose role is known already (see `read_each_line`) are not judged again. ``library.pages[0].lines`` says of
    every line what it was taken for, and why.
    """
    if isinstance(found, Library):
        return found
    settings = settings or ParseSettings()
    page = found
    if not all(line.role for line in found.lines):
        page = make_outline(found, navigation=settings.navigation, outlets=load_outlets(settings.outlets))
    return parse_lines(page, outlets=settings.outlets).with_findings(found.findings)


def normalise(library: Library, rules: Iterable[str] = Settings().rules) -> Library:
    """Tidy every reference by the rules named, in their order."""
    shelf = [plugins.rule(name) for name in rules]
    tidied: list[Reference] = []
    findings: list[Finding] = []
    for reference in library:
        current = reference
        for rule in shelf:
            current, noticed = rule.apply(current)
            findings += noticed
        tidied.append(current)
    return library.with_references(tidied).with_findings(findings)


def enrich(  # noqa: PLR0913 - one argument for each thing that decides
    library: Library,
    resolvers: Sequence[Resolver],
    *,
    decisions: Decisions = Decisions(),
    lock: Lock = Lock(),
    threshold: float = 0.9,
    today: date | None = None,
    progress: Progress | None = None,
) -> Enriched:
    """Complete references from services: a DOI only where title, author and year support it.

    Human decisions come first, then the lock, then the resolvers in their order. Give no resolvers to work from
    decisions and lock alone.
    """
    return enrichment.enrich(
        library,
        resolvers=resolvers,
        decisions=decisions,
        lock=lock,
        threshold=threshold,
        today=today or date.today(),  # noqa: DTZ011 - a calendar day of the person who runs it
        progress=progress,
    )


def dedupe(library: Library, *, decisions: Decisions = Decisions(), preset: str = "balanced") -> Library:
    """Join references that are one work; show doubtful pairs as findings and keep them apart."""
    return matching.dedupe(library, decisions=decisions, preset=preset)


def format(  # noqa: A001 - the stage's name
    library: Library | Sequence[Reference], *, style: str = "apa", locale: str = "", output: str = "text"
) -> Bibliography:
    """Format references in a CSL style, by name or ``.csl`` file, as text, html, markdown, rst or latex."""
    return format_references(tuple(library), style=style, locale=locale, output=output)


def cite(library: Library | Sequence[Reference], *, style: str = "apa", locale: str = "", output: str = "text") -> str:
    """Give the in-text citation of references in a CSL style."""
    return cite_references(tuple(library), style=style, locale=locale, output=output)


def write(library: Library, *, to: str = "bibtex", options: Options = Options()) -> str:
    """Give a library as text in a format: bibtex, biblatex, csl-json, markdown or html."""
    return plugins.writer(to).write(library, options)


def check(
    library: Library,
    checkers: Iterable[str] = CheckSettings().checkers,
    *,
    web: Web,
    settings: CheckSettings = CheckSettings(),
    progress: Progress | None = None,
) -> Report:
    """Check references by the checkers named; ``library.findings`` come first in the report."""
    shelf = [plugins.checker(name) for name in checkers]
    whole = Report(findings=library.findings)
    for checker in shelf:
        whole = whole.joined(checker.check(library, web=web, settings=settings, progress=progress))
    return whole


def report(whole: Report, to: str = "terminal") -> str:
    """Give a report as text: terminal, json, github or markdown."""
    return plugins.reporter(to).report(whole)


def _source(place: str | Path | Source, web: Web | None) -> Source:
    if isinstance(place, Source):
        return place
    if not str(place).startswith(("http://", "https://")):
        return read_source(place)
    if web is None:
        raise UsageError("an address needs a web to be read with", place=str(place), help="Pass `web=HttpWeb()`.")
    answer = web.ask(str(place), accept="text/html, text/plain, text/markdown;q=0.9, */*;q=0.5")
    if answer.status != 200:
        raise UsageError(f"the address answers {answer.status}", place=str(place), help="Open it in a browser.")
    declared = re.search(r"charset=[\"']?([\w.:-]+)", answer.headers.get("content-type", ""))
    return source_of(answer.body, name=str(place), place=str(place), declared=declared[1] if declared else "")


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """A finished bibliography: the library, what enrichment did (its lock included), the text of each format."""

    library: Library
    enriched: Enriched
    texts: dict[str, str]


def complete(  # noqa: PLR0913 - one argument for each thing that decides
    library: Library,
    settings: Settings,
    *,
    decisions: Decisions,
    lock: Lock,
    today: date,
    resolvers: Sequence[Resolver] = (),
    progress: Progress | None = None,
) -> tuple[Library, Enriched]:
    """Decide, enrich, dedupe and key a library that was read, parsed and normalised; say what enrichment did."""
    enriched = enrich(
        apply_fields(library, decisions),
        resolvers,
        decisions=decisions,
        lock=lock,
        threshold=settings.enrich.threshold,
        today=today,
        progress=progress,
    )
    return dedupe(enriched.library, decisions=decisions, preset=settings.dedupe.preset).keyed(), enriched


def build(  # noqa: PLR0913 - one argument for each thing that decides
    library: Library,
    settings: Settings,
    *,
    resolvers: Sequence[Resolver],
    decisions: Decisions,
    lock: Lock,
    today: date,
    progress: Progress | None = None,
) -> Built:
    """Do the whole job on a library that was read, parsed and normalised: the recipe of ``alliancebib build``."""
    finished, enriched = complete(
        library, settings, decisions=decisions, lock=lock, today=today, resolvers=resolvers, progress=progress
    )
    options = Options(
        title=settings.title,
        style=settings.style,
        locale=settings.locale,
        section_styles=settings.section_styles,
        links=lock.links,
        downloads=tuple(Path(settings.output).name + plugins.writer(name).SUFFIX for name in settings.formats),
    )
    texts = {name: write(finished, to=name, options=options) for name in settings.formats}
    return Built(library=finished, enriched=enriched, texts=texts)
