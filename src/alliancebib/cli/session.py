"""What every command shares: the settings in force, the web made from them, inputs read, and common options."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import reduce
from pathlib import Path
from typing import NamedTuple, TypeVar

import click
import msgspec

from alliancebib import pipeline, plugins
from alliancebib.bibtex.rekeying import joined_libraries
from alliancebib.cli.streams import say
from alliancebib.cli.writing import open_source
from alliancebib.config import ParseSettings, Project, load_project
from alliancebib.errors import UsageError
from alliancebib.files import is_address, printable
from alliancebib.library import Library
from alliancebib.web.client import HttpWeb

__all__ = [
    "WRITABLE",
    "Input",
    "base_url_option",
    "deadline_option",
    "engine_option",
    "format_for",
    "input_argument",
    "inputs_of",
    "lines_option",
    "load_library",
    "locale_option",
    "make_web",
    "offline_option",
    "output_option",
    "parse_settings",
    "paths_from_here",
    "project_of",
    "reader_option",
    "require_writable",
    "style_option",
    "with_check",
]

#: Formats of inputs that ``--write`` can write back, and in which what changes is shown.
WRITABLE = frozenset({"bibtex", "csl-json"})

F = TypeVar("F", bound=Callable[..., object])

input_argument: Callable[[F], F] = click.argument("place", metavar="INPUT")
output_option: Callable[[F], F] = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
lines_option: Callable[[F], F] = click.option(
    "--lines", is_flag=True, help="Every line that is not empty is one reference."
)
reader_option: Callable[[F], F] = click.option(
    "--from", "reader", default="", metavar="FORMAT", help="Read the input as this format, whatever its name."
)
style_option: Callable[[F], F] = click.option(
    "--style", default="", metavar="NAME|FILE", help="CSL style by name, or a .csl file."
)
locale_option: Callable[[F], F] = click.option(
    "--locale", default="", metavar="LANG", help="Language of the list, as en-GB or de; else the style's own."
)
engine_option: Callable[[F], F] = click.option(
    "--engine",
    default="alliancebib",
    type=click.Choice(["alliancebib", "citeproc-py"]),
    show_default=True,
    help="Citation processor.",
)
offline_option: Callable[[F], F] = click.option("--offline", is_flag=True, help="Ask nothing; use cache and lock.")
deadline_option: Callable[[F], F] = click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Longest time for the questions; what is not answered then stays open.",
)
base_url_option: Callable[[F], F] = click.option(
    "--base-url", default="", metavar="URL", help="Ask this Crossref-compatible service instead."
)


def project_of(place: str = "") -> Project:
    """Give the settings nearest to an input file, or to the current folder."""
    path = Path(place) if place and place != "-" and not is_address(place) else None
    return load_project(path.absolute().parent if path else None)


def make_web(project: Project, *, offline: bool = False, anew: bool = False, deadline: float | None = None) -> HttpWeb:
    """Make the one door to the network as the settings say.

    ``anew``: older answers do not count; ``deadline``: seconds after which nothing is asked any more.
    """
    check = project.settings.check
    return HttpWeb(
        mail=project.settings.mail,
        offline=offline,
        anew=anew,
        timeout=check.timeout,
        deadline=deadline,
        allow_private=check.allow_private,
        per_host=check.per_host + check.per_host // 2,  # those that are silent for long leave their places to others
    )


def load_library(
    places: Iterable[str], project: Project, *, lines: bool = False, reader: str = "", offline: bool = False
) -> Library:
    """Read, parse and normalise inputs into one library, in their order."""
    places = tuple(places)
    inputs, libraries = inputs_of(places), []
    if again := len(places) - len(inputs):
        say(f"{'One input is' if again == 1 else f'{again} inputs are'} named twice and read once.")
    settings = parse_settings(project)
    read = pipeline.read_each_line if lines else pipeline.read
    for place, name in inputs:
        if is_address(place):
            with make_web(project, offline=offline) as web:
                found = read(place, reader=reader, web=web)
        else:
            found = read(open_source(place, name=name), reader=reader)
        parsed = pipeline.parse(found, settings)
        libraries.append(pipeline.normalise(parsed, project.settings.rules))
    return reduce(joined_libraries, libraries).settled()  # what the rules tidied is no change that files get back


def parse_settings(project: Project) -> ParseSettings:
    """Give the settings of ``[parse]`` with the files of outlets where they are."""
    outlets = tuple(str(project.path(name)) for name in project.settings.parse.outlets)
    return msgspec.structs.replace(project.settings.parse, outlets=outlets)


class Input(NamedTuple):
    """An input as it was named in the call, and its name in ids and origins."""

    place: str
    name: str


def inputs_of(places: Iterable[str]) -> tuple[Input, ...]:
    """Name inputs by their file names, each input once.

    Where a name is taken already, the folders above that tell the files apart go before it: two files with one name are
    two pages.
    """
    inputs: list[Input] = []
    seen: set[Path | str] = set()
    for place in places:
        where = place if place == "-" or is_address(place) else Path(place).resolve()
        if where not in seen:
            taken = {known.name for known in inputs}
            inputs.append(Input(place, where if isinstance(where, str) else _name_of(where, taken)))
        seen.add(where)
    return tuple(inputs)


def _name_of(path: Path, taken: set[str]) -> str:
    tails = ("/".join(path.parts[-length:]) for length in range(1, len(path.parts) + 1))
    return printable(next((tail for tail in tails if tail not in taken), str(path)))


def paths_from_here(places: Iterable[str]) -> dict[str, str]:
    """Give the path from the current folder for the name of each file, so that editors and annotations find it."""
    return {
        name: printable(_from_here(place))
        for place, name in inputs_of(places)
        if place != "-" and not is_address(place)
    }


def _from_here(place: str) -> str:
    try:
        return os.path.relpath(place).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return place


def format_for(to: str | None, output: Path | None, *, otherwise: str) -> str:
    """Give the format that was asked for: by its name, else by the suffix of the output file."""
    by_suffix = {plugins.writer(name).SUFFIX: name for name in reversed(plugins.BUILT_IN["writers"])}
    suffix = output.suffix.lower().replace(".yaml", ".yml") if output else ""
    return to or by_suffix.get(suffix, otherwise)


def with_check(project: Project, **changes: object) -> Project:
    """Give a project with some settings of ``[check]`` changed; None means unchanged."""
    real = {name: value for name, value in changes.items() if value is not None}
    check = msgspec.structs.replace(project.settings.check, **real)
    settings = msgspec.structs.replace(project.settings, check=check)
    return msgspec.structs.replace(project, settings=settings)


def require_writable(
    library: Library, place: str, *, lines: bool, reader: str, formats: frozenset[str] = WRITABLE
) -> None:
    """Refuse what has no file, and a file that was not read as what it is: entries read out of lines are no file."""
    help_ = "Use `--to bibtex -o FILE`, which writes all entries into a new file."
    if place == "-" or is_address(place):
        raise UsageError("there is no file that could be written back", place=place, help=help_)
    if [original.format for original in library.originals if original.format in formats]:
        return
    if lines or reader:
        how = "`--lines`" if lines else f"`--from {reader}`"
        message = f"what was read with {how} cannot be written back: only entries of BibTeX or CSL-JSON can"
        raise UsageError(message, place=place, help=help_)
    names = "BibTeX or CSL-JSON" if "csl-json" in formats else "BibTeX"
    raise UsageError(f"only a file of {names} can be written back", place=place, help=help_)
