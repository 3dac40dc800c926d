"""``alliancebib explain``: what a finding's code means, why it matters, what to do."""

from __future__ import annotations

import click
import msgspec

from alliancebib.cli.streams import put
from alliancebib.cli.table import put_table
from alliancebib.finding import explain, register

__all__ = ["command"]


@click.command("explain", help="Say what a finding's code means and what to do.")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="The code, or all codes in a list, as JSON.")
def command(code: str | None, *, as_json: bool) -> None:  # noqa: D103 - click takes the help above
    found = explain(code) if code else tuple(register().values())
    if as_json:
        put(msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n")
    elif isinstance(found, tuple):
        put_table(("code", "severity", "name"), [(entry.code, str(entry.severity), entry.name) for entry in found])
    else:
        put(f"{found.code} {found.name} ({found.severity})\n\n{found.means}\n{found.why}\n\nWhat to do: {found.help}\n")
