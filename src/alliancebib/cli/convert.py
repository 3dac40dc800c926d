"""``alliancebib convert``: a list or bibliography in one format becomes the same in another."""

from __future__ import annotations

from pathlib import Path

import click

from alliancebib import pipeline, plugins
from alliancebib.bibtex.rekeying import rekeyed
from alliancebib.citation_key import key_parts
from alliancebib.cli.session import (
    format_for,
    input_argument,
    lines_option,
    load_library,
    locale_option,
    output_option,
    project_of,
    reader_option,
    style_option,
)
from alliancebib.cli.talk import emit, say_new_key, say_read
from alliancebib.errors import UsageError
from alliancebib.writers import Options

__all__ = ["command"]


@click.command("convert", help="Turn a list or bibliography into another format.")
@input_argument
@lines_option
@reader_option
@click.option(
    "--to",
    metavar="FORMAT",
    help=f"{', '.join(plugins.BUILT_IN['writers'])}; else by the suffix of the output, else bibtex.",
)
@style_option
@locale_option
@click.option("--anew", is_flag=True, help="Write every entry in our form, also those of a .bib that nobody changed.")
@click.option("--keys", default="", metavar="PATTERN", help="With --anew: new citation keys, as auth+year+word.")
@output_option
def command(  # noqa: D103 - click takes the help above; one argument for each option
    place: str,
    *,
    lines: bool,
    reader: str,
    to: str | None,
    style: str,
    locale: str,
    anew: bool,
    keys: str,
    output: Path | None,
) -> None:
    if keys and not anew:
        raise UsageError(
            "`--keys` needs `--anew`, as keys that stand already are kept otherwise",
            help="`alliancebib tidy --keys` changes the keys of a .bib file and nothing else that it says.",
        )
    if keys:
        key_parts(keys)
    to = format_for(to, output, otherwise="bibtex")
    plugins.writer(to)  # an unknown format is told before any work is done
    project = project_of(place)
    library = load_library([place], project, lines=lines, reader=reader)
    if keys:
        before, library = library, rekeyed(library, keys)
        for old, new in zip(before, library, strict=True):
            if old.key != new.key:
                say_new_key(old.key, new.key, line=old.origin.line)
    elif anew:
        library = library.keyed(project.settings.keys)
    title = library.pages[0].title if library.pages else ""
    options = Options(
        title=title,
        style=style or project.settings.style,
        locale=locale or project.settings.locale,
        anew=anew,
    )
    written = pipeline.compose(library, to=to, options=options)
    emit(written.text, output, data=written.data)
    say_read(library, place, written.findings)
