"""``alliancebib INPUT``: the first run, with nothing known. A bibliography and a page appear beside the input."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from alliancebib import pipeline
from alliancebib.cli.session import lines_option, load_library, project_of, reader_option
from alliancebib.cli.talk import counted, needs_a_look, put, say, say_findings, summary_of
from alliancebib.cli.writing import write_file
from alliancebib.errors import InputError, OutputError, UsageError
from alliancebib.files import holds, is_address, printable
from alliancebib.library import Library
from alliancebib.writers import Options

__all__ = ["command"]

#: Written beside the input: suffix -> writer.
WRITTEN = {".bib": "bibtex", ".html": "html"}
SHOWN = 5


@click.command("first-run", help="Read INPUT, write INPUT.bib and INPUT.html, say what needs a look.")
@click.argument("place", metavar="INPUT")
@lines_option
@reader_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Name of the files without suffix.")
@click.option("--force", is_flag=True, help="Replace files of the same names.")
def command(place: str, *, lines: bool, reader: str, output: Path | None, force: bool) -> None:  # noqa: D103
    if str(output) == "-":
        raise UsageError("two files cannot go to stdout", help="`alliancebib convert INPUT --to bibtex` prints one.")
    project = project_of(place)
    parsed = load_library([place], project, lines=lines, reader=reader)
    if not len(parsed):
        raise _nothing_found(place, parsed)
    library = pipeline.dedupe(parsed).keyed(project.settings.keys)
    stem = output or _stem(place)
    options = Options(
        title=next((page.title for page in library.pages if page.title), printable(stem.name)),
        style=project.settings.style,
        locale=project.settings.locale,
        section_styles=project.settings.section_styles,
        downloads=tuple(printable(stem.name) + suffix for suffix in WRITTEN),
    )
    targets = [
        target for target in (stem.with_name(stem.name + suffix) for suffix in WRITTEN) if not _same(target, place)
    ]
    written = {target: pipeline.compose(library, to=WRITTEN[target.suffix], options=options) for target in targets}
    texts = {target: one.text for target, one in written.items()}
    _refuse_to_replace(texts, force=force)
    for target, text in texts.items():
        write_file(target, text)
    joined = f" Joined {len(parsed) - len(library)}." if len(library) < len(parsed) else ""
    say(f"{summary_of(parsed)}{joined} Wrote {' and '.join(target.name for target in texts)}.")
    if len(texts) < len(WRITTEN):
        say(f"{place} itself stays as it is; with `-o NAME` both files are written.")
    for target in texts:
        put(f"{target}\n")
    _say_what_needs_a_look(library.with_findings(found for one in written.values() for found in one.findings), place)


def _stem(place: str) -> Path:
    if place == "-":
        return Path("bibliography")
    if is_address(place):
        last = urlsplit(place).path.rstrip("/").rpartition("/")[2]
        return Path(Path(last).stem or urlsplit(place).hostname or "bibliography")
    return Path(place).with_suffix("")


def _same(target: Path, place: str) -> bool:
    return target.exists() and not is_address(place) and Path(place).exists() and target.samefile(place)


def _nothing_found(place: str, library: Library) -> InputError:
    found = next((found for found in library.findings if found.code == "AB105"), None)
    if found is None or not any(page.lines for page in library.pages):
        return InputError("there is nothing in it", place=place, help="Check the path; nothing was written.")
    return InputError("no line of it looks like an entry, so nothing was written", place=place, help=found.help)


def _refuse_to_replace(texts: dict[Path, str], *, force: bool) -> None:
    for target, text in texts.items():
        if not force and target.exists() and not holds(target, text):
            help_ = "Choose other names with `-o NAME`, or replace the file with `--force`."
            raise OutputError("the file is there already, with other content", place=str(target), help=help_)


def _say_what_needs_a_look(library: Library, place: str) -> None:
    doubtful = needs_a_look(library.findings)
    if not doubtful:
        say("Next: `alliancebib init` sets up a project that completes entries with DOIs and checks their links.")
        return
    say(f"{counted(len(doubtful), 'thing')} to look at:")
    say_findings(doubtful, more="see below.", shown=SHOWN)
    say(f"Next: `alliancebib check {place} --offline` names them all, with what to do.")
