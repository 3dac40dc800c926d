"""The whole job as eight stages and the recipe that joins them.

Read, parse, normalise, enrich, dedupe, format, check, report: each is a plain function from values to a new value; what
was noticed travels in ``Library.findings``. Nothing here opens a file but `read`, and nothing opens a connection: what
needs the network receives a `Web`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from alliancebib import enrichment, matching, plugins, repairs, verification
from alliancebib.archive import with_archived
from alliancebib.bibtex.rekeying import following_joined
from alliancebib.checkers import LinkChecker, RecordChecker
from alliancebib.config import CheckSettings, ParseSettings, Settings
from alliancebib.csl import Bibliography, cite_references, format_references
from alliancebib.decisions import Decisions, apply_fields
from alliancebib.enrichment import Completing, Enriched, Progress
from alliancebib.errors import InputError, UsageError
from alliancebib.files import Source
from alliancebib.finding import Finding, Report, Verdict
from alliancebib.library import Library
from alliancebib.lock import THRESHOLD, Lock
from alliancebib.model import Origin, Reference
from alliancebib.outline import make_outline
from alliancebib.outline.outlets import load_outlets
from alliancebib.page import REFERENCES, Line, Page, Role
from alliancebib.parsers import parse_lines
from alliancebib.resolvers import Resolver
from alliancebib.sightings import FIRST_RUN, Sightings
from alliancebib.sources import source_at
from alliancebib.verification import Found, Services
from alliancebib.web import Fetch, Web
from alliancebib.writers import FormattingWriter, Options, Written, csl_json

__all__ = [
    "Built",
    "build",
    "check",
    "cite",
    "complete",
    "compose",
    "dedupe",
    "deduplicated",
    "enrich",
    "format",
    "match",
    "normalise",
    "parse",
    "read",
    "read_each_line",
    "report",
    "write",
    "write_back",
]


#: Files whose markup must be read before there are lines.
_MARKED_UP = frozenset({".html", ".htm", ".xhtml", ".md", ".markdown"})


def read(place: str | Path | Source, *, reader: str = "", web: Fetch | None = None) -> Page | Library:
    """Read a file, an address, standard input (``-``) or a `Source` made of text by `source_of`.

    The reader is chosen by suffix and content unless it is named. Formats that hold records give a library, all others
    a page. An address needs a ``web`` to read it with.

    Raises:
        InputError: The input cannot be opened or is no text.
        UnavailableError: The address could not be read.
    """
    source = source_at(place, web)
    shelf = plugins.reader(reader) if reader else plugins.reader_for(source)
    if source.document and reader in plugins.BUILT_IN["readers"] and reader != source.document:
        raise InputError(
            f"this is a document of the format {source.document}, and `{reader}` reads text",
            place=source.place,
            help=f"Name `{source.document}`, or no reader.",
        )
    found = shelf.read(source)
    if isinstance(found, Page):
        return found
    nothing = () if found.references or found.findings else (_nothing_in(source),)
    return found.with_findings([*source.findings, *nothing])


def read_each_line(place: str | Path | Source, *, reader: str = "", web: Fetch | None = None) -> Page:
    """Read a list in which every line that is not empty is one reference: no headings, no prose.

    The lines of HTML, Markdown and DOCX are those that a person sees.

    Raises:
        InputError: As `read`; or the reader named gives records, which have no lines.
    """
    source = source_at(place, web)
    if reader or source.document or source.suffix in _MARKED_UP or plugins.reader_for(source) is plugins.reader("html"):
        found = read(source, reader=reader)
        if isinstance(found, Library):
            message = f"the reader `{reader}` gives records, not lines"
            raise InputError(message, place=source.place, help="Leave out `--lines`, or name another reader.")
        shown = tuple(msgspec.structs.replace(line, role=Role.ENTRY, section=0) for line in found.lines)
        return msgspec.structs.replace(found, lines=shown, sections=(REFERENCES,))
    lines = [
        Line(number=number, column=len(text) - len(text.lstrip()) + 1, text=text.strip(), role=Role.ENTRY, section=0)
        for number, text in enumerate(source.text.split("\n"), start=1)
        if text.strip()
    ]
    return Page(name=source.name, lines=tuple(lines), sections=(REFERENCES,), findings=source.findings)


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
    threshold: float = THRESHOLD,
    today: date | None = None,
    completing: Completing = matching.fill,
    progress: Progress | None = None,
) -> Enriched:
    """Complete references from services: a DOI only where title, author and year support it.

    Human decisions come first, then the lock, then the resolvers in their order. Give no resolvers to work from
    decisions and lock alone, and `alliancebib.matching.attach` as ``completing`` to take DOIs and nothing else.
    """
    return enrichment.enrich(
        library,
        resolvers=resolvers,
        decisions=decisions,
        lock=lock,
        threshold=threshold,
        today=today or date.today(),  # noqa: DTZ011 - a calendar day of the person who runs it
        completing=completing,
        progress=progress,
    )


def match(
    library: Library,
    resolvers: Sequence[Resolver],
    *,
    threshold: float = THRESHOLD,
    progress: Progress | None = None,
) -> Iterator[Found]:
    """Say of each reference which work it means, if any: in their order, each as soon as it is known."""
    done = (lambda number: progress("Matching", number, len(library))) if progress else None
    return verification.search_all(tuple(library), resolvers, threshold=threshold, progress=done)


def dedupe(
    library: Library, *, decisions: Decisions = Decisions(), preset: str = "balanced", versions: str = "link"
) -> Library:
    """Join references that are one work; show doubtful pairs as findings and keep them apart.

    Two versions of one text, as a preprint and its article, stay two, unless ``versions`` is "merge".
    """
    return deduplicated(library, decisions=decisions, preset=preset, versions=versions).library


def deduplicated(
    library: Library,
    *,
    decisions: Decisions = Decisions(),
    preset: str = "balanced",
    versions: str = "link",
    progress: Progress | None = None,
) -> matching.Deduplicated:
    """Give what `dedupe` gives, with the clusters that were joined, the doubtful pairs and the versions."""
    library = matching.with_ids(library)
    found = matching.deduplicated(library, decisions=decisions, preset=preset, versions=versions, progress=progress)
    return found._replace(library=following_joined(library, found.library))


def format(  # noqa: A001 - the stage's name
    library: Library | Sequence[Reference],
    *,
    style: str = "apa",
    locale: str = "",
    output: str = "text",
    engine: str = "alliancebib",
) -> Bibliography:
    """Format references in a CSL style, by name or ``.csl`` file, as text, html, markdown, rst or latex.

    ``engine`` is the processor: "alliancebib", or "citeproc-py".
    """
    return format_references(tuple(library), style=style, locale=locale, output=output, engine=engine)


def cite(
    library: Library | Sequence[Reference],
    *,
    style: str = "apa",
    locale: str = "",
    output: str = "text",
    engine: str = "alliancebib",
) -> str:
    """Give the in-text citation of references in a CSL style."""
    return cite_references(tuple(library), style=style, locale=locale, output=output, engine=engine)


def write(library: Library, *, to: str = "bibtex", options: Options = Options()) -> str:
    """Give a library as text in a format: bibtex, biblatex, csl-json, ris, hayagriva, markdown or html."""
    return compose(library, to=to, options=options).text


def compose(library: Library, *, to: str = "bibtex", options: Options = Options()) -> Written:
    """Give what `write` gives, and what was noticed when entries were formatted for it."""
    writer = plugins.writer(to)
    if isinstance(writer, FormattingWriter):
        return writer.compose(library, options)
    return Written(writer.write(library, options))


def write_back(library: Library) -> Written:
    """Give the file that a library was read from, a .bib file or CSL-JSON, with what changed since and no more.

    Raises:
        UsageError: It was not read from one such file, or that holds something that cannot be changed in place.
    """
    formats = [original.format for original in library.originals]
    if formats == ["bibtex"]:
        return compose(library, to="bibtex")
    if formats != ["csl-json"]:
        help_ = "Use `--to bibtex -o FILE`, which writes all entries into a new file."
        raise UsageError("only a file that was read as BibTeX or CSL-JSON can be written back", help=help_)
    try:
        return csl_json.written_back(library)
    except ValueError as problem:
        help_ = "Use `--to csl-json -o FILE`, which writes all entries into a new file."
        raise UsageError(f"it cannot be changed in place: {problem}", help=help_) from None


def check(  # noqa: PLR0913 - one argument for each thing that decides
    library: Library,
    checkers: Iterable[str] = CheckSettings().checkers,
    *,
    web: Web,
    services: Services = Services(),
    sightings: Sightings = FIRST_RUN,
    settings: CheckSettings = CheckSettings(),
    progress: Progress | None = None,
) -> Report:
    """Check references by the checkers named; ``library.findings`` come first in the report.

    ``services`` are those that `records` asks about works; without any it says that nobody was asked. ``sightings`` are
    what earlier runs saw of addresses. Ctrl-C ends the checks, and the report has what was found until then. Of what
    is dead archived copies are asked for in the time that is left.
    """
    shelf = [plugins.checker(name) for name in checkers]
    whole = Report(findings=library.findings)
    end = time.monotonic() + settings.deadline  # that of all checkers together
    for checker in shelf:
        left = msgspec.structs.replace(settings, deadline=max(end - time.monotonic(), 0.001))
        try:
            if isinstance(checker, RecordChecker):
                found = checker.check(library, services=services, web=web, settings=left, progress=progress)
            elif isinstance(checker, LinkChecker):
                found = checker.check(library, web=web, settings=left, sightings=sightings, progress=progress)
            else:
                found = checker.check(library, web=web, settings=left, progress=progress)
        except KeyboardInterrupt:
            found = Report(unavailable=("Stopped before all was checked.",), stopped=True)
        whole = _without_suspicions(whole, found).joined(found)
        if whole.stopped:
            return whole
    left = msgspec.structs.replace(settings, deadline=max(end - time.monotonic(), 0.001))
    return with_archived(whole, library, web=web, settings=left, progress=progress)


def _without_suspicions(whole: Report, found: Report) -> Report:
    """Take back that a service does not know a DOI, where the DOI system itself now says that there is none."""
    settled = {finding.reference for finding in found.findings if finding.code == "AB401"} - {""}
    kept = (one for one in whole.findings if not (one.code == "AB401" and one.reference in settled))
    return msgspec.structs.replace(whole, findings=tuple(kept)) if settled else whole


def report(whole: Report, to: str = "terminal") -> str:
    """Give a report as text: terminal, json, sarif, junit, github or markdown."""
    return plugins.reporter(to).report(whole)


def _nothing_in(source: Source) -> Finding:
    text = f"There is no entry in {source.name}." if source.text.strip() else f"{source.name} is empty."
    return Finding.of("AB105", text, origin=Origin(page=source.name))


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
    """Decide, enrich, dedupe, repair and key a library that was read, parsed and normalised; say what was enriched.

    Addresses are repaired from what the lock knows of links; of links that nobody cites any more it keeps nothing.
    """
    enriched = enrich(
        apply_fields(library, decisions),
        resolvers,
        decisions=decisions,
        lock=lock,
        threshold=settings.enrich.threshold,
        today=today,
        progress=progress,
    )
    links = repairs.still_cited(enriched.lock.links, enriched.library)
    enriched = msgspec.structs.replace(enriched, lock=msgspec.structs.replace(enriched.lock, links=links))
    how = settings.dedupe
    joined = dedupe(enriched.library, decisions=decisions, preset=how.preset, versions=how.versions)
    return repairs.repaired(joined, links, decided=decisions.fields).keyed(settings.keys), enriched


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
        links={url: state for url, state in enriched.lock.links.items() if state.verdict is Verdict.DEAD},
        downloads=tuple(Path(settings.output).name + plugins.writer(name).SUFFIX for name in settings.formats),
    )
    written = {name: compose(finished, to=name, options=options) for name in settings.formats}
    noticed = [finding for one in written.values() for finding in one.findings]
    texts = {name: one.text for name, one in written.items()}
    return Built(library=finished.with_findings(noticed), enriched=enriched, texts=texts)
