"""``alliancebib plugins``: every name on every shelf, and where it comes from."""

from __future__ import annotations

import click
import msgspec

from alliancebib import plugins
from alliancebib.cli.streams import put
from alliancebib.cli.table import put_table

__all__ = ["command"]


@click.command("plugins", help="List every reader, rule, checker, writer ...")
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
def command(*, as_json: bool) -> None:  # noqa: D103 - click takes the help above
    found = plugins.plugins()
    if as_json:
        put(msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n")
        return
    rows = [(plugin.shelf, plugin.name, plugin.origin, plugin.module) for plugin in found]
    put_table(("shelf", "name", "from", "module"), rows)
