"""``alliancebib cite``: one reference, given as text or DOI, in a citation style, now."""

from __future__ import annotations

from collections.abc import Iterable

import click

from alliancebib import pipeline, plugins
from alliancebib.cli.format import OUTPUTS
from alliancebib.cli.services import make_resolvers
from alliancebib.cli.session import (
    base_url_option,
    engine_option,
    locale_option,
    make_web,
    offline_option,
    project_of,
    style_option,
)
from alliancebib.cli.talk import put, say, say_finding
from alliancebib.config import Project
from alliancebib.errors import InputError, UnavailableError
from alliancebib.files import read_text
from alliancebib.identifiers import doi_of
from alliancebib.library import Library
from alliancebib.model import Reference
from alliancebib.parsers import parse_reference
from alliancebib.resolvers import Resolver

__all__ = ["command"]


@click.command("cite", help="Format one reference, given as text or DOI.")
@click.argument("text", metavar="TEXT|DOI|-")
@style_option
@locale_option
@click.option("--to", default="text", type=click.Choice([*OUTPUTS, *plugins.EXCHANGE]), show_default=True)
@click.option("--in-text", is_flag=True, help="The short form that stands in the running text.")
@engine_option
@offline_option
@base_url_option
def command(  # noqa: D103 - click takes the help above
    text: str, *, style: str, locale: str, to: str, in_text: bool, engine: str, offline: bool, base_url: str
) -> None:
    project = project_of()
    text = read_text("-") if text == "-" else text
    doi = doi_of(text)
    library = _by_doi(doi, project, offline=offline, base_url=base_url) if doi else _by_text(text, project)
    style, locale = style or project.settings.style, locale or project.settings.locale
    if to in plugins.EXCHANGE:
        put(pipeline.write(library, to=to))
    elif in_text:
        put(pipeline.cite(library, style=style, locale=locale, output=to, engine=engine) + "\n")
    else:
        bibliography = pipeline.format(library, style=style, locale=locale, output=to, engine=engine)
        put("".join(f"{entry.text}\n" for entry in bibliography.entries))
    for noticed in library.findings:
        say_finding(noticed)


def _by_text(text: str, project: Project) -> Library:
    words = " ".join(text.split())
    if not words:
        raise InputError("there is no reference in it", place="-", help="Give a reference string or a DOI.")
    reference = parse_reference(words, page="text")
    if reference.confidence < 0.5:
        say("The text was not understood as a reference; it is kept as it is.")
    for left in reference.leftover:
        say(f"Left over: {left}")
    return pipeline.normalise(Library([reference]), project.settings.rules)


def _by_doi(doi: str, project: Project, *, offline: bool, base_url: str) -> Library:
    with make_web(project, offline=offline) as web:
        found = _work_of(doi, make_resolvers(project, web, base_url=base_url))
    if found:
        return pipeline.normalise(Library([found]), project.settings.rules)
    raise InputError("no service knows this DOI", place=doi, help="Copy it again from the work's page.")


def _work_of(doi: str, resolvers: Iterable[Resolver]) -> Reference | None:
    """Give the work of the first service that has it; that none has it is known only where all were asked."""
    problem: UnavailableError | None = None
    for resolver in resolvers:
        try:
            if found := resolver.lookup(doi):
                return found
        except UnavailableError as unavailable:
            problem = problem or unavailable
    if problem:
        raise problem
    return None
