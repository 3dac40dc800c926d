"""``alliancebib tidy``: .bib files in one tidy form that says the same; it serves as a hook before a commit."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import click
import msgspec

from alliancebib.bibtex.new_keys import keys_for_file, with_new_keys
from alliancebib.bibtex.tidying import Layout, tidy_form
from alliancebib.cli.session import output_option, project_of
from alliancebib.cli.talk import counted, emit, put, say, say_new_key
from alliancebib.cli.writing import open_source, require_unchanged, write_file
from alliancebib.errors import InputError, UsageError
from alliancebib.files import Source

__all__ = ["command"]

#: The finding of a file in which something was replaced that cannot be written back.
_REPLACED = "AB104"


class _Tidied(msgspec.Struct, frozen=True):
    """A file as it is, in tidy form, and which key became which in it."""

    source: Source
    text: str
    data: bytes
    keys: dict[str, str]

    @property
    def changes(self) -> bool:
        return self.data != self.source.data


@click.command("tidy", help="Put .bib files into one tidy form that says the same.")
@click.argument("places", metavar="INPUT...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Only say which files are not tidy; exit with 1 if there is one.")
@click.option("--diff", is_flag=True, help="Print what would change; with --check, exit with 1 if anything would.")
@click.option("--write", "write_back", is_flag=True, help="Write the tidy form into the files.")
@click.option("--indent", type=click.IntRange(0, 16), default=2, show_default=True, help="Blanks before a field.")
@click.option("--align", is_flag=True, help="Put the equals signs of an entry below each other.")
@click.option("--sort-fields", is_flag=True, help="Bring the fields of an entry into a fixed order.")
@click.option("--sort", type=click.Choice(["key", "type", "year"]), help="Bring the entries into an order.")
@click.option("--keys", metavar="PATTERN", help="Give all entries new citation keys, as auth+year+word.")
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
    keys: str | None,
    keys_missing: bool,
    key_map: Path | None,
    output: Path | None,
) -> int:
    _require_one_way(places, change=write_back, check=check, diff=diff, output=output)
    _require_keys(keys, missing=keys_missing, key_map=key_map)
    if key_map:
        _require_map(key_map, places, output=output, only_shown=(check or diff) and not write_back)
    layout = Layout(indent=indent, align=align, sort_fields=sort_fields, sort=sort or "")
    # All are tidied before one is written: what stops the work leaves every file as it was.
    files = [_tidied(place, layout, pattern=keys, missing=keys_missing) for place in places]
    if write_back:
        require_unchanged(Path(place) for place, file in zip(places, files, strict=True) if file.changes)
    for place, file in zip(places, files, strict=True):
        if diff:
            put(_difference(place, file))
        if write_back:
            say(f"Wrote {place}." if file.changes and write_file(Path(place), file.data) else f"{place} is tidy.")
        elif check and not diff and file.changes:
            say(f"{place} is not tidy.")
        elif not (check or diff):
            emit(file.text, output, data=file.data)
    if key_map:  # last: a map of keys that stand nowhere would mislead
        written = json.dumps(files[0].keys, ensure_ascii=False, indent=2) + "\n"
        write_file(key_map, written.encode("utf-8"))
    if not check:
        return 0
    untidy = sum(file.changes for file in files)
    say(f"{counted(untidy, 'file')} of {len(places)} would change." if untidy else "All tidy.")
    return int(bool(untidy))


def _tidied(place: str, layout: Layout, *, pattern: str | None, missing: bool) -> _Tidied:
    """Read a file and give its tidy form, with new keys if they are asked for; say each of them.

    Raises:
        InputError: It is no text, it would lose characters, or its entries cannot stand in another order.
    """
    source = open_source(place)
    text, keys = source.text, dict[str, str]()
    if pattern or missing:
        text, keys = _rekeyed(text, pattern or project_of(place).settings.keys, missing=missing)
    form = tidy_form(text, layout)
    if form.unsorted:
        raise InputError(
            f"its entries cannot be sorted: {form.unsorted}",
            place=place,
            help="Leave out `--sort`, or mend what stands in the way.",
        )
    data = source.data if form.text == source.text else source.encoded(form.text)
    if data != source.data and (lost := [found for found in source.findings if found.code == _REPLACED]):
        raise InputError(
            f"it cannot be written back without loss. {lost[0].message}",
            place=f"{place}:{lost[0].origin.line}",
            help=lost[0].help,
        )
    return _Tidied(source, form.text, data, keys)


def _rekeyed(text: str, pattern: str, *, missing: bool) -> tuple[str, dict[str, str]]:
    """Give a file with new keys, and which became which; of doubled ones documents mean the first."""
    keys = keys_for_file(text, pattern, missing=missing)
    for key in keys.values():
        say_new_key(key.old, key.new, line=key.line)
    became = {key.old: key.new for key in keys.values() if key.old and not key.again}
    return with_new_keys(text, {place: key.new for place, key in keys.items()}), became


def _difference(place: str, file: _Tidied) -> str:
    rows = difflib.unified_diff(
        file.source.text.splitlines(keepends=True),
        file.text.splitlines(keepends=True),
        fromfile=place,
        tofile=f"{place} (tidy)",
    )
    return "".join(rows)


def _require_one_way(places: tuple[str, ...], *, change: bool, check: bool, diff: bool, output: Path | None) -> None:
    if change and (check or output):
        raise UsageError("`--write` changes the files themselves", help="Leave out `--check` and `-o`.")
    if change and "-" in places:
        raise UsageError("`--write` cannot change standard input", help="Leave it out; the tidy form goes to stdout.")
    if output and (check or diff):
        raise UsageError("`--check` and `--diff` give no tidy file that `-o` could name", help="Leave out `-o`.")
    if len(places) > 1 and not (change or check or diff):
        raise UsageError("several files do not go to one output", help="Use `--write`, `--check` or `--diff`.")


def _require_keys(keys: str | None, *, missing: bool, key_map: Path | None) -> None:
    if keys is not None and not keys.strip():
        raise UsageError("the pattern of `--keys` is empty", help="Name its parts, as auth+year+word.")
    if key_map and keys is None and not missing:
        raise UsageError("`--key-map` has no new keys to write", help="Ask for them with `--keys PATTERN`.")


def _require_map(key_map: Path, places: tuple[str, ...], *, output: Path | None, only_shown: bool) -> None:
    if len(places) > 1:
        raise UsageError("several files do not have one map of keys", help="Use `--key-map` with one file.")
    if only_shown:
        raise UsageError("`--check` and `--diff` give no new keys that `--key-map` could name", help="Use `--write`.")
    files = [Path(place) for place in places if place != "-"] + ([output] if output else [])
    if any(_are_one_file(key_map, file) for file in files):
        raise UsageError(f"`--key-map` would overwrite {key_map}", help="Give the map a file of its own.")


def _are_one_file(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()
