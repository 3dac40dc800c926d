"""``alliancebib config``: the settings in force, where they come from, and what they mean."""

from __future__ import annotations

import click
import msgspec

from alliancebib.cli.session import project_of
from alliancebib.cli.streams import put
from alliancebib.config import Settings

__all__ = ["command"]


@click.command("config", help="Show the settings in force and where they come from.")
@click.option("--schema", is_flag=True, help="The JSON Schema of alliancebib.toml, for editors.")
def command(*, schema: bool) -> None:  # noqa: D103 - click takes the help above
    project = project_of()
    value = (
        msgspec.json.schema(Settings)
        if schema
        else {
            "file": str(project.file) if project.file else None,
            "settings": project.settings,
        }
    )
    put(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")
