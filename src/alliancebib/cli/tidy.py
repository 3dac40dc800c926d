"""``alliancebib tidy``: .bib files in one tidy form that says the same; it serves as a hook before a commit."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import click

from alliancebib.bibtex.reading import read_library
from alliancebib.bibtex.rekeying import keys_by_pattern
from alliancebib.bibtex.rewriting import with_keys
from alliancebib.bibtex.tidying import Layout, tidied
from alliancebib.cli.session import output_option, project_of
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
@click.option("--keys", default="", metavar="PATTERN", help="Give all entries new citation keys, as auth+year+word.")
@click.option("--keys-missing", is_flag=True, help="Give keys to entries that have none, and to no others.")
@click.option(
    "--key-map",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write which key became which to this file, as JSON.",
)
@output_option
def command(  # noqa: D103 - click takes the help above; one argument for each option
    places: tuple[str, ...],
    *,
    check: bool,
    diff: bool,
    write_back: bool,
    indent: int,
    align: bool,
    sort_fields: bool,
    sort: str | None,
    keys: str,
    keys_missing: bool,
    key_map: Path | None,
    output: Path | None,
) -> int:
    _require_one_way(places, change=write_back, show=check or diff, check=check, output=output)
    if key_map and len(places) > 1:
        raise UsageError("several files do not have one map of keys", help="Use `--key-map` with one file.")
    layout = Layout(indent=indent, align=align, sort_fields=sort_fields, sort=sort or "")
    untidy = 0
    for place in places:
        source = read_source(place)
        text = source.text
        if keys or keys_missing:
            pattern = keys or project_of(place).settings.keys
            text = _rekeyed(text, source.name, pattern, missing=keys_missing, key_map=key_map)
        text = tidied(text, layout)
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


def _rekeyed(text: str, page: str, pattern: str, *, missing: bool, key_map: Path | None) -> str:
    """Give a file with new keys; say each, and write them as a map from old to new."""
    library = read_library(text, page=page)
    keys = keys_by_pattern(library.references, pattern, missing=missing)
    for number, key in keys.items():
        reference = library[number]
        say(f"{reference.key or f'line {reference.origin.line}'} -> {key}")
    if key_map:
        changed = {library[number].key: key for number, key in keys.items() if library[number].key}
        written = json.dumps(changed, ensure_ascii=False, indent=2) + "\n"
        write_atomically(key_map, written.encode("utf-8"))
    return with_keys(text, keys)


def _require_one_way(places: tuple[str, ...], *, change: bool, show: bool, check: bool, output: Path | None) -> None:
    if change and (check or output):
        raise UsageError("`--write` changes the files themselves", help="Leave out `--check` and `-o`.")
    if len(places) > 1 and not (change or show):
        raise UsageError("several files do not go to one output", help="Use `--write`, `--check` or `--diff`.")
