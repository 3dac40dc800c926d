"""``alliancebib format``: the entries of an input in a citation style, one entry a line in text."""

from __future__ import annotations

from pathlib import Path

import click

from alliancebib import pipeline
from alliancebib.cli.session import (
    engine_option,
    input_argument,
    lines_option,
    load_library,
    locale_option,
    output_option,
    project_of,
    reader_option,
    style_option,
)
from alliancebib.cli.talk import emit, say_read

__all__ = ["OUTPUTS", "command"]

OUTPUTS = ("text", "html", "markdown", "rst", "latex")


@click.command("format", help="Print the entries in a citation style.")
@input_argument
@style_option
@locale_option
@click.option("--to", default="text", type=click.Choice(OUTPUTS), show_default=True, help="Form of the output.")
@engine_option
@lines_option
@reader_option
@output_option
def command(  # noqa: D103 - click takes the help above
    place: str, *, style: str, locale: str, to: str, engine: str, lines: bool, reader: str, output: Path | None
) -> None:
    project = project_of(place)
    library = load_library([place], project, lines=lines, reader=reader)
    style, locale = style or project.settings.style, locale or project.settings.locale
    bibliography = pipeline.format(library, style=style, locale=locale, output=to, engine=engine)
    emit("".join(entry.text + "\n" for entry in bibliography.entries), output)
    say_read(library, place, bibliography.findings)
