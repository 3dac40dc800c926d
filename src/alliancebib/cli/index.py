"""``alliancebib index``: make an index of Crossref records on this machine, so that works are found without network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from alliancebib.cli.talk import counted, progress_line, say
from alliancebib.errors import UsageError
from alliancebib.resolvers.local import SUFFIXES, make_index

__all__ = ["command"]

#: What a folder is searched for.
_FILES = (*SUFFIXES, ".tar", ".tar.gz", ".tgz")


@click.command("index", help="Make an index of Crossref records on this machine.")
@click.argument("sources", metavar="RECORDS...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The index file to make."
)
def command(*, sources: tuple[Path, ...], output: Path) -> int:  # noqa: D103 - click takes the help above
    files = list(_files(sources))
    if not files:
        help_ = f"Files end in {', '.join(_FILES)}."
        raise UsageError("no file of records is in it", place=str(sources[0]), help=help_)
    with progress_line() as progress:
        made = make_index(files, output, progress=lambda what, done, whole: progress(what, done >> 20, whole >> 20))
    say(f"Wrote {output}: {counted(made.records, 'record')}.")
    if made.again:
        say(f"{counted(made.again, 'record')} came again; the last one was kept.")
    if made.unread:
        which = "as a record and was" if made.unread == 1 else "as records and were"
        say(f"{counted(made.unread, 'line')} could not be read {which} left out.")
    for sentence in made.damaged:
        say(f"{sentence}; what came before is in the index.")
    return 1 if made.damaged else 0


def _files(sources: Iterable[Path]) -> Iterator[Path]:
    for source in sources:
        if source.is_dir():
            yield from (path for path in sorted(source.rglob("*")) if path.name.endswith(_FILES) and path.is_file())
        else:
            yield source
