"""``alliancebib INPUT``: the first run, with nothing known. A bibliography and a page appear beside the input."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from alliancebib import pipeline
from alliancebib.cli.session import lines_option, load_library, project_of, reader_option
from alliancebib.cli.talk import counted, needs_a_look, say, say_finding, summary_of
from alliancebib.errors import OutputError
from alliancebib.files import write_atomically
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
    project = project_of(place)
    parsed = load_library([place], project, lines=lines, reader=reader)
    library = pipeline.dedupe(parsed).keyed()
    stem = output or _stem(place)
    options = Options(
        title=next((page.title for page in library.pages if page.title), stem.name),
        style=project.settings.style,
        locale=project.settings.locale,
        section_styles=project.settings.section_styles,
        downloads=tuple(stem.name + suffix for suffix in WRITTEN),
    )
    targets = [
        target for target in (stem.with_name(stem.name + suffix) for suffix in WRITTEN) if not _same(target, place)
    ]
    texts = {target: pipeline.write(library, to=WRITTEN[target.suffix], options=options) for target in targets}
    _refuse_to_replace(texts, force=force)
    for target, text in texts.items():
        write_atomically(target, text)
    joined = f" Joined {len(parsed) - len(library)}." if len(library) < len(parsed) else ""
    say(f"{summary_of(parsed)}{joined} Wrote {' and '.join(target.name for target in texts)}.")
    for target in texts:
        click.echo(str(target))
    _say_what_needs_a_look(library, place)


def _stem(place: str) -> Path:
    if place == "-":
        return Path("bibliography")
    if "://" in place:
        last = urlsplit(place).path.rstrip("/").rpartition("/")[2]
        return Path(Path(last).stem or urlsplit(place).hostname or "bibliography")
    return Path(place).with_suffix("")


def _same(target: Path, place: str) -> bool:
    return target.exists() and "://" not in place and Path(place).exists() and target.samefile(place)


def _refuse_to_replace(texts: dict[Path, str], *, force: bool) -> None:
    for target, text in texts.items():
        if not force and target.exists() and target.read_bytes() != text.encode():
            help_ = "Choose other names with `-o NAME`, or replace the file with `--force`."
            raise OutputError("the file is there already, with other content", place=str(target), help=help_)


def _say_what_needs_a_look(library: Library, place: str) -> None:
    doubtful = needs_a_look(library.findings)
    if not doubtful:
        say("Next: `alliancebib init` sets up a project that completes entries with DOIs and checks their links.")
        return
    say(f"{counted(len(doubtful), 'thing')} to look at:")
    for found in doubtful[:SHOWN]:
        say_finding(found)
    say(f"Next: `alliancebib check {place} --offline` names them all, with what to do.")
