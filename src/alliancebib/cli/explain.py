"""``alliancebib explain``: what a finding's code means, why it matters, what to do."""

from __future__ import annotations

import click

from alliancebib.finding import explain, register

__all__ = ["command"]


@click.command("explain", help="Say what a finding's code means and what to do.")
@click.argument("code", required=False)
def command(code: str | None) -> None:  # noqa: D103 - click takes the help above
    if code is None:
        for entry in register().values():
            click.echo(f"{entry.code}  {entry.severity:<8} {entry.name}")
        return
    entry = explain(code)
    click.echo(
        f"{entry.code} {entry.name} ({entry.severity})\n\n{entry.means}\n{entry.why}\n\nWhat to do: {entry.help}"
    )
