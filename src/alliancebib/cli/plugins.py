"""``alliancebib plugins``: every name on every shelf, and where it comes from."""

from __future__ import annotations

import click
import msgspec

from alliancebib import plugins

__all__ = ["command"]


@click.command("plugins", help="List every reader, rule, checker, writer ...")
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
def command(*, as_json: bool) -> None:  # noqa: D103 - click takes the help above
    found = plugins.plugins()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
        return
    for plugin in found:
        click.echo(f"{plugin.shelf:<11}{plugin.name:<14}{plugin.origin:<12}{plugin.module}")
