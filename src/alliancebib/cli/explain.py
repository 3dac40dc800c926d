"""``alliancebib explain``: what a finding's code means, why it matters, what to do; and the shape of a report."""

from __future__ import annotations

import click
import msgspec

from alliancebib.cli.streams import put
from alliancebib.cli.table import put_table
from alliancebib.errors import UsageError
from alliancebib.finding import explain, register
from alliancebib.reporters.json import report_schema as make_schema

__all__ = ["command"]


@click.command("explain", help="Say what a finding's code means and what to do.")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="The code, or all codes in a list, as JSON.")
@click.option("--report-schema", is_flag=True, help="The JSON Schema of `check --report json`, for programs.")
def command(code: str | None, *, as_json: bool, report_schema: bool) -> None:  # noqa: D103 - click takes the help above
    if report_schema:
        if code:
            raise UsageError("a code and `--report-schema` exclude each other", help="Ask for one, then the other.")
        _put_json(make_schema())
        return
    found = explain(code) if code else tuple(register().values())
    if as_json:
        _put_json(found)
    elif isinstance(found, tuple):
        put_table(("code", "severity", "name"), [(entry.code, str(entry.severity), entry.name) for entry in found])
    else:
        put(f"{found.code} {found.name} ({found.severity})\n\n{found.means}\n{found.why}\n\nWhat to do: {found.help}\n")


def _put_json(value: object) -> None:
    put(msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n")
