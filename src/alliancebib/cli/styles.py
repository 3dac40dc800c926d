"""``alliancebib styles``: search the citation styles by name."""

from __future__ import annotations

import json

import click

from alliancebib.cli.talk import counted, put, say
from alliancebib.csl import style_names

__all__ = ["command"]


@click.command("styles", help="Search the citation styles.")
@click.option("--search", default="", metavar="WORD", help="Only names that hold this word.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
def command(*, search: str, as_json: bool) -> None:  # noqa: D103 - click takes the help above
    names = style_names(search)
    put(json.dumps(list(names), indent=1) + "\n" if as_json else "".join(f"{name}\n" for name in names))
    if not names:
        say(f"No name of a style holds `{search}`; a part of a journal's name in English finds most.")
        return
    say(f"{counted(len(names), 'style')}. Use one with `--style NAME`; a .csl file works as well.")
