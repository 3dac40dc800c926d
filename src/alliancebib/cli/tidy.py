"""``alliancebib tidy``: .bib files in one tidy form that says the same; it serves as a hook before a commit."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from alliancebib.bibtex.tidying import Layout, tidied
from alliancebib.cli.session import output_option
from alliancebib.cli.talk import counted, emit, put, say
from alliancebib.errors import UsageError
from alliancebib.files import read_source, write_atomically

__all__ = ["command"]


@click.command("tidy", help="Put .bib files into one tidy form that says the same.")
@click.argument("places", metavar="INPUT...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Only say which files are not tidy; exit with 1 if there is one.")
@click.option("--diff", is_flag=True, help="Print what would change; with --check, exit with 1 if anything would.")
@click.option("--write", "write_back", is_flag=True, help="Write the tidy form into the files.")
@click.option("--indent", type=click.IntRange(0, 16), default=2, show_default=True, help="Blanks before a field.")
@click.option("--align", is_flag=True, help="Put the equals signs of an entry below each other.")
@click.option("--sort-fields", is_flag=True, help="Bring the fields of an entry into a fixed order.")
@click.option("--sort", type=click.Choice(["key", "type", "year"]), help="Bring the entries into an order.")
@output_option
def command(  # noqa: D103 - click takes the help above
    places: tuple[str, ...],
    *,
    check: bool,
    diff: bool,
    write_back: bool,
    indent: int,
    align: bool,
    sort_fields: bool,
    sort: str | None,
    output: Path | None,
) -> int:
    if write_back and (check or output):
        raise UsageError("`--write` changes the files themselves", help="Leave out `--check` and `-o`.")
    if len(places) > 1 and not (check or diff or write_back):
        raise UsageError("several files do not go to one output", help="Use `--write`, `--check` or `--diff`.")
    layout = Layout(indent=indent, align=align, sort_fields=sort_fields, sort=sort or "")
    untidy = 0
    for place in places:
        source = read_source(place)
        text = tidied(source.text, layout)
        data = source.data if text == source.text else source.encoded(text)
        changes = data != source.data
        untidy += changes
        if diff:
            rows = difflib.unified_diff(
                source.text.splitlines(keepends=True),
                text.splitlines(keepends=True),
                fromfile=place,
                tofile=f"{place} (tidy)",
            )
            put("".join(rows))
        elif check and changes:
            say(f"{place} is not tidy.")
        elif write_back:
            say(f"Wrote {place}." if write_atomically(Path(place), data) else f"{place} is tidy.")
        elif not check:
            emit(text, output, data=data)
    if check:
        say(f"{counted(untidy, 'file')} of {len(places)} would change." if untidy else "All tidy.")
    return int(bool(untidy)) if check else 0
